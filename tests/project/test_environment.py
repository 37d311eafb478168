"""The environment: which wheel is chosen, what is refused, and when nothing needs doing."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from bookpress.book.edition import press_settings
from tools import environment
from tools.environment import EnvironmentFault

ROOT = Path(__file__).parents[2]
TAGS = [
    "linux_armv6l",
    "macosx_10_12_x86_64",
    "macosx_11_0_arm64",
    "manylinux_2_17_aarch64.manylinux2014_aarch64",
    "manylinux_2_17_x86_64.manylinux2014_x86_64",
    "musllinux_1_1_aarch64",
    "musllinux_1_1_x86_64",
    "win_amd64",
]
FILES = [{"filename": "uv-1.2.3.tar.gz", "url": "uv-1.2.3.tar.gz"}] + [
    {"filename": f"uv-{version}-py3-none-{tag}.whl", "url": f"{tag}.whl"}
    for version in ("1.2.2", "1.2.3")
    for tag in TAGS
]


def chosen_tag(*machine):
    entry = environment.choose_wheel(FILES, "1.2.3", environment.platform_pattern(*machine))
    return entry["filename"].removeprefix("uv-1.2.3-py3-none-").removesuffix(".whl")


@pytest.mark.parametrize(
    ("machine", "tag"),
    [
        (("Linux", "x86_64", "glibc"), "manylinux_2_17_x86_64.manylinux2014_x86_64"),
        (("Linux", "aarch64", "glibc"), "manylinux_2_17_aarch64.manylinux2014_aarch64"),
        (("Linux", "arm64", "glibc"), "manylinux_2_17_aarch64.manylinux2014_aarch64"),
        (("Linux", "x86_64", "musl"), "musllinux_1_1_x86_64"),
        (("Linux", "aarch64", "musl"), "musllinux_1_1_aarch64"),
        (("Darwin", "arm64", None), "macosx_11_0_arm64"),
        (("Darwin", "x86_64", None), "macosx_10_12_x86_64"),
    ],
)
def test_the_wheel_of_the_locked_version_that_runs_here_is_chosen(machine, tag):
    assert chosen_tag(*machine) == tag


def test_a_platform_without_wheel_is_named():
    with pytest.raises(EnvironmentFault, match="no wheel of uv 1.2.3 for this platform.*riscv64"):
        chosen_tag("Linux", "riscv64", "glibc")
    with pytest.raises(EnvironmentFault, match="Windows is not supported"):
        environment.platform_pattern("Windows", "AMD64")


def test_version_and_hashes_of_one_package_are_read_from_the_lock():
    lock = f"other==9 \\\n    --hash=sha256:{'c' * 64}\nuv==1.2.3 \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\n    # via x\n"
    assert environment.locked("uv", lock) == ("1.2.3", {"a" * 64, "b" * 64})
    with pytest.raises(EnvironmentFault, match="does not lock absent; run: make lock"):
        environment.locked("absent", lock)


def wheel_of_uv(version):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"uv-{version}.data/scripts/uv", "#!/bin/sh\nexit 0\n")
    return content.getvalue()


@pytest.fixture
def index(monkeypatch):
    """A package index that holds FILES; every download is counted in the list it returns."""
    wheel, asked = wheel_of_uv("1.2.3"), []

    def download(url, accept="*/*"):
        asked.append(url)
        return json.dumps({"files": FILES}).encode() if url.endswith("/uv/") else wheel

    monkeypatch.setattr(environment, "download", download)
    return wheel, asked


def test_uv_is_fetched_when_its_digest_is_locked(index, tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    wheel, asked = index
    lock = f"uv==1.2.3 \\\n    --hash=sha256:{hashlib.sha256(wheel).hexdigest()}\n"
    program = environment.unpack_uv(*environment.fetch_uv(lock), tmp_path)
    assert program.read_text().startswith("#!/bin/sh")
    assert program.stat().st_mode & 0o111
    assert asked[0] == "https://mirror.example/simple/uv/"
    assert asked[1].startswith("https://mirror.example/simple/uv/") and asked[1].endswith(".whl")


def test_a_wheel_with_another_digest_is_refused(index):
    with pytest.raises(EnvironmentFault, match="which requirements.txt does not allow"):
        environment.fetch_uv(f"uv==1.2.3 \\\n    --hash=sha256:{'0' * 64}\n")


def test_an_index_that_answers_in_html_is_named(monkeypatch):
    monkeypatch.setattr(environment, "download", lambda url, accept: b"<!DOCTYPE html>")
    with pytest.raises(EnvironmentFault, match="does not answer in JSON"):
        environment.fetch_uv(f"uv==1.2.3 \\\n    --hash=sha256:{'0' * 64}\n")


def test_no_network_is_said(monkeypatch):
    with pytest.raises(EnvironmentFault, match="cannot fetch http://127.0.0.1:1/simple/.*Is there a network"):
        environment.download("http://127.0.0.1:1/simple/")


@pytest.mark.parametrize("name", ["PIP_INDEX_URL", "UV_INDEX_URL"])
def test_the_index_of_the_machine_is_used(monkeypatch, name):
    for other in ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        monkeypatch.delenv(other, raising=False)
    assert environment.index_url() == "https://pypi.org/simple/"
    monkeypatch.setenv(name, "https://mirror.example/simple")
    assert environment.index_url() == "https://mirror.example/simple/"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose installation only leaves a mark; returns its folder and the list of installations."""
    installations = []

    def run_uv(uv, root, verb, *arguments):
        installations.append(verb)

    monkeypatch.setattr(environment, "fetch_uv", lambda lock: ("1.2.3", wheel_of_uv("1.2.3")))
    monkeypatch.setattr(environment, "run_uv", run_uv)
    (tmp_path / "requirements.txt").write_text("uv==1.2.3\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "pyproject.toml").write_text("[project]\n")
    return tmp_path, installations


def test_a_second_call_does_nothing(project):
    root, installations = project
    assert environment.main(root) == 0
    assert installations == ["sync", "install"]
    assert environment.main(root) == 0
    assert installations == ["sync", "install"]


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml", "press/pyproject.toml", ".venv/stamp"])
def test_a_change_or_a_half_made_environment_is_made_anew(project, changed):
    root, installations = project
    environment.main(root)
    (root / changed).write_text("changed\n")
    (root / ".venv" / "left-over").touch()
    assert environment.main(root) == 0
    assert len(installations) == 4
    assert not (root / ".venv" / "left-over").exists()
    assert environment.is_current(root)


def test_a_failed_installation_is_not_taken_for_a_finished_one(project, monkeypatch, capsys):
    root, _ = project

    def fail(*arguments):
        raise EnvironmentFault("uv pip sync failed")

    monkeypatch.setattr(environment, "run_uv", fail)
    assert environment.main(root) == 1
    assert "environment: uv pip sync failed" in capsys.readouterr().err
    assert (root / ".venv" / "bin" / "python").exists() and not environment.is_current(root)


def keep_wheel_of_uv(root):
    """A folder of wheels with that of uv for this machine, which the lock names."""
    content = wheel_of_uv("1.2.3")
    (root / "wheels").mkdir()
    name = environment.choose_wheel([{"filename": entry["filename"]} for entry in FILES], "1.2.3")["filename"]
    (root / "wheels" / name).write_bytes(content)
    (root / "requirements.txt").write_text(f"uv==1.2.3 \\\n    --hash=sha256:{hashlib.sha256(content).hexdigest()}\n")
    return root / "wheels" / name


def test_with_kept_wheels_nothing_is_fetched(project, monkeypatch):
    root, _ = project
    keep_wheel_of_uv(root)
    calls = []
    monkeypatch.setattr(environment, "run_uv", lambda uv, root, verb, *arguments: calls.append((verb, arguments)))
    monkeypatch.setattr(environment, "fetch_uv", None)
    assert environment.main(root) == 0
    verb, (*options, wanted) = calls[0]
    assert verb == "sync" and Path(wanted).name == "requirements.txt"
    assert options == ["--no-index", "--find-links", str(root / "wheels"), "--require-hashes"]


def test_what_is_excluded_is_installed_by_pip_and_not_by_make():
    lock = "a==1 \\\n    --hash=sha256:00\n    # via b\nb==2 \\\n    --hash=sha256:11\n"
    assert environment.without(lock, ["a"]) == "b==2 \\\n    --hash=sha256:11\n"
    own = (ROOT / "requirements.txt").read_text("utf-8")
    for name in environment.excluded(ROOT):
        assert f"\n{name}==" in own and f"\n{name}==" not in environment.without(own, [name])


def test_kept_wheels_of_another_lock_or_with_other_bytes_are_named(project, capsys):
    root, _ = project
    wheel = keep_wheel_of_uv(root)
    wheel.write_bytes(wheel.read_bytes() + b"more")
    assert environment.main(root) == 1
    assert f"environment: {wheel.name} has sha256" in capsys.readouterr().err
    wheel.unlink()
    assert environment.main(root) == 1
    assert "does not hold what requirements.txt locks (there is no wheel of uv 1.2.3" in capsys.readouterr().err


def test_an_old_python_is_told_so(project, monkeypatch, capsys):
    monkeypatch.setattr(environment, "OLDEST_PYTHON", (99, 0))
    assert environment.main(project[0]) == 1
    assert "Python 99.0 or newer is needed" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["3.12", "3.13"])
def test_another_python_makes_the_environment_and_a_book(version, tmp_path):
    python = shutil.which(f"python{version}")
    # Where pyenv has chosen another version, its command of that name runs nothing.
    if not python or subprocess.run([python, "--version"], capture_output=True).returncode:
        pytest.skip(f"python{version} is not on this machine")
    made = shutil.ignore_patterns(".git", ".venv", "build", "wheels", "*.egg-info", "__pycache__", ".*_cache")
    root = shutil.copytree(ROOT, tmp_path / "project", symlinks=True, ignore=made)
    for command in (
        [python, "tools/environment.py"],
        [".venv/bin/python", "-m", "azawad_conflict", "check"],
        [".venv/bin/python", "-m", "bookpress", "build", "press/tests/small_book/book", "--output", "build"],
    ):
        run = subprocess.run(command, cwd=root, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
    assert (root / "build" / "html" / "index.html").is_file()


def test_a_release_makes_this_environment():
    named = press_settings(ROOT / "book" / "_config.yml")["environment"]
    assert (ROOT / "book" / named).resolve() == Path(environment.__file__).resolve()


def test_the_lock_holds_only_what_the_public_index_serves():
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", lock) if not entry.startswith("#")]
    assert len(entries) > 100
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==[0-9][0-9a-z.]*( ;| \\)", entry), entry  # no URL, no path, no +local version
        assert "--hash=sha256:" in entry, entry
    assert "://" not in "".join(entries) and "--find-links" not in lock and "--index" not in lock
