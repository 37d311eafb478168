"""The wheels kept for machines without a network: which are chosen, what is fetched, and that each is the locked one."""

import hashlib
import json

import pytest
from packaging.tags import sys_tags

from bookpress.release.lock import locked_here
from tools import environment, wheels
from tools.environment import EnvironmentFault

BEST, PLAIN = str(next(sys_tags())), "py3-none-any"
NAMES = [
    "shape-1.0.tar.gz",
    f"shape-1.0-{PLAIN}.whl",
    f"shape-1.0-{BEST}.whl",
    "shape-1.0-cp27-cp27m-win32.whl",
    f"shape-1.1-{PLAIN}.whl",
    "odd.whl",
]


def content(name):
    return f"the bytes of {name}".encode()


def digest(name):
    return hashlib.sha256(content(name)).hexdigest()


def lock(*names):
    hashes = "".join(f" \\\n    --hash=sha256:{digest(name)}" for name in names)
    return f"# made by hand\nshape==1.0{hashes}\n    # via nothing\nother==2 ; python_version < '3' \\\n    --hash=sha256:{'0' * 64}\n"


@pytest.fixture
def index(monkeypatch):
    """An index with the files NAMES; the list of what was asked for."""
    asked = []

    def download(url, accept="*/*"):
        asked.append(url)
        return (
            json.dumps({"files": [{"filename": name, "url": f"/files/{name}"} for name in NAMES]}).encode()
            if url.endswith("/")
            else content(url.rpartition("/")[2])
        )

    monkeypatch.setattr(environment, "download", download)
    return asked


def test_the_lock_is_read_for_this_machine():
    (package,) = locked_here(lock(*NAMES[:2]))
    assert (package.name, package.version, package.hashes) == ("shape", "1.0", {digest(NAMES[0]), digest(NAMES[1])})


def test_the_wheel_that_suits_the_machine_best_is_fetched_once(index, tmp_path):
    names = wheels.fetch_wheels(lock(*NAMES), tmp_path)
    assert names == [f"shape-1.0-{BEST}.whl"]
    (tmp_path / "old-1.0-py3-none-any.whl").write_bytes(b"of another lock")
    assert wheels.fetch_wheels(lock(*NAMES), tmp_path) == names and len(index) == 2
    assert [path.name for path in tmp_path.iterdir()] == names and (tmp_path / names[0]).read_bytes() == content(
        names[0]
    )


def test_a_kept_wheel_that_does_not_run_here_is_not_taken_for_it(index, tmp_path):
    (tmp_path / NAMES[3]).write_bytes(content(NAMES[3]))
    assert wheels.fetch_wheels(lock(*NAMES), tmp_path) == [f"shape-1.0-{BEST}.whl"]


def test_a_wheel_that_the_lock_does_not_allow_is_not_kept(index, tmp_path):
    with pytest.raises(EnvironmentFault, match="which requirements.txt does not allow"):
        wheels.fetch_wheels(lock(NAMES[0]), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_package_without_wheel_is_named(index, tmp_path, capsys):
    (tmp_path / "requirements.txt").write_text(lock(*NAMES).replace("shape==1.0", "shape==1.2"))
    assert wheels.main(tmp_path) == 1
    assert "wheels: the index has no wheel of shape 1.2 for this machine" in capsys.readouterr().err
