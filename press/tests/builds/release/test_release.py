"""Verify and release: a rebuild is the same book, a changed byte is found, and the zip of a commit is always the same."""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pypdf
import pytest

from bookpress.book.edition import EditionError, read_edition
from bookpress.cache import Cache
from bookpress.environment import PACKAGE_VARIABLE
from bookpress.release import rebuild as verification
from bookpress.release.archive import ReleaseError, release
from bookpress.release.compare import Difference
from bookpress.release.rebuild import VerifyError, environment_faults, verify


def git(folder, *arguments):
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def configure(project, *settings):
    """Add lines to what `_config.yml` says to the press."""
    config = project / "book" / "_config.yml"
    lines = "".join(f"      {line}\n" for line in settings)
    config.write_text(config.read_text().replace("      slug:", f"{lines}      slug:"))


ENVIRONMENT = f"""
import pathlib
program = pathlib.Path(".venv/bin/python")
program.parent.mkdir(parents=True)
program.write_text('#!/bin/sh\\nexec {sys.executable} "$@"\\n')
program.chmod(0o755)
"""


@pytest.fixture(scope="module")
def released(tmp_path_factory, built_book):
    """A checkout of the small book, built from its commit; and the zip."""
    project = shutil.copytree(built_book, tmp_path_factory.mktemp("released") / "small_book", symlinks=True)
    shutil.rmtree(project / "build")
    (project / "requirements.txt").write_text("")
    (project / ".gitignore").write_text("/build/\n")
    (project / "make_environment.py").write_text(ENVIRONMENT)
    configure(project, "environment: ../make_environment.py", "contents: {notebooks/: The notebooks}")
    git(project, "init")
    git(project, "add", ".")
    git(project, "commit", "--message", "first")
    run = subprocess.run(
        [sys.executable, "-m", "bookpress", "build", "book"], cwd=project, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return project, release(project / "book", project / "build")


@pytest.fixture
def unpacked(released, tmp_path):
    with zipfile.ZipFile(released[1]) as archive:
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    return folder


def check(folder, *options):
    run = subprocess.run([sys.executable, "verify.py", *options], cwd=folder, capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


def test_a_rebuild_is_the_same_to_the_byte_and_a_changed_page_is_found(released, tmp_path, monkeypatch, capfd):
    project, _ = released
    rebuild, rebuilt = verification.rebuild, tmp_path / "rebuilt"

    def once(book, folder, *how):
        if not rebuilt.exists():
            rebuild(book, folder, *how)
            shutil.copytree(folder / "build", rebuilt, symlinks=True)
        else:
            shutil.copytree(rebuilt, folder / "build", symlinks=True)

    monkeypatch.setattr(verification, "rebuild", once)
    again = verify(project / "book", project / "build")
    certificate, steps = capfd.readouterr()
    assert not certificate and steps.startswith("verify: ") and "running the notebooks" in steps
    assert again.identical and "Verdict    identical" in again.certificate
    page = project / "build" / "html" / "index.html"
    content = page.read_bytes()
    page.write_bytes(content.replace(b">3<", b">4<", 1))
    changed = verify(project / "book", project / "build")
    page.write_bytes(content)
    assert not changed.identical and "index.html, number" in "".join(changed.differences)


def test_a_book_on_other_paper_and_of_other_data_is_rebuilt_as_it_was_made(released, build, tmp_path, monkeypatch):
    project, _ = released
    data = shutil.copytree(project / "data", tmp_path / "data")
    descriptor = json.loads((data / "datapackage.json").read_text("utf-8"))
    (data / "datapackage.json").write_text(json.dumps(descriptor | {"title": "Other shapes"}), "utf-8")
    published = shutil.copytree(project / "build", tmp_path / "published", symlinks=True)
    monkeypatch.setenv(PACKAGE_VARIABLE, str(data / "datapackage.json"))
    run = build(project, "--output", str(published), "--paper", "us-letter")
    assert run.returncode == 0, run.stdout + run.stderr
    sheet = pypdf.PdfReader(published / "small-book-1.2.0.pdf").pages[2].mediabox
    assert (round(sheet.width), round(sheet.height)) == (612, 792)
    assert verify(project / "book", published).identical
    monkeypatch.delenv(PACKAGE_VARIABLE)
    assert not verify(project / "book", published).identical


@pytest.fixture
def foreign(monkeypatch, tmp_path):
    """Have Git take each checkout for one of another user, as a folder that is mounted into a container is."""
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {shutil.which("git")} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


def test_what_git_does_not_tell_is_said_with_the_remedy(released, foreign, build, tmp_path, monkeypatch):
    project, _ = released
    with pytest.raises(VerifyError, match=rf"was built from \w+, .*--add safe\.directory {project}$"):
        verify(project / "book", project / "build")
    with pytest.raises(ReleaseError, match=f"safe.directory {project}$"):
        release(project / "book", project / "build")
    copy = shutil.copytree(project, tmp_path / "copy", symlinks=True)
    (copy / "book" / "_toc.yml").write_text("- none")  # a build that ends early says it too
    assert "the PDF will name no commit: fatal: detected dubious ownership" in build(copy).stdout
    shutil.copytree(project / "build", tmp_path / "build", symlinks=True)
    shutil.copy(project / "CITATION.cff", tmp_path)
    shutil.copytree(project / "book", tmp_path / "book", symlinks=True)
    with pytest.raises(VerifyError, match="is in no git checkout: verify a clone"):
        verify(tmp_path / "book", tmp_path / "build")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VerifyError, match="git is not on the PATH"):
        verify(project / "book", project / "build")


def test_a_checkout_that_the_caller_calls_safe_is_rebuilt_with_its_commit(released, foreign, monkeypatch):
    """The rebuild has another home, in which nothing is called safe."""
    project, _ = released
    for name, value in (("COUNT", "1"), ("KEY_0", "safe.directory"), ("VALUE_0", str(project))):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    assert verify(project / "book", project / "build").identical


def test_what_is_listed_with_a_reason_does_not_fail(released, monkeypatch):
    project, _ = released
    monkeypatch.setattr(
        verification,
        "rebuild",
        lambda book, folder, commit, paper: shutil.copytree(project / "build", folder / "build", symlinks=True),
    )
    monkeypatch.setattr(
        verification, "compare_trees", lambda one, other: ([Difference("a.html", "line 1", "noon", "one")], 3)
    )
    assert not verify(project / "book", project / "build").identical
    monkeypatch.setattr(verification, "_reasons", lambda config: [("a.*", "a clock on the page")])
    verdict = verify(project / "book", project / "build")
    assert verdict.identical and verdict.listed == (
        "a.html, line 1: published “noon”, rebuilt “one” (a clock on the page)",
    )


@pytest.mark.parametrize("entry", [{"files": "a.html"}, {"files": "a.html", "reason": " "}, "a.html"])
def test_a_difference_without_a_reason_cannot_be_listed(tmp_path, entry):
    config = tmp_path / "_config.yml"
    config.write_text(json.dumps({"sphinx": {"config": {"bookpress": {"differences": [entry]}}}}))
    with pytest.raises(EditionError, match="needs files and a reason"):
        verification._reasons(config)


def test_without_a_published_book_there_is_nothing_to_verify(small_book):
    with pytest.raises(VerifyError, match="holds no edition"):
        verify(small_book / "book", small_book / "build")


def test_the_environment_is_held_against_the_lock(tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        f"pytest=={pytest.__version__} \\\n    --hash=sha256:0\npypdf==0.0.1 ; python_version >= '3' \\\npandas==0.0.1 ; python_version < '3'\n"
    )
    (fault,) = environment_faults(lock)
    assert fault.startswith("package pypdf: ") and fault.endswith("the lock has 0.0.1")


def test_the_same_commit_gives_the_same_archive(released, tmp_path):
    project, archive = released
    before = archive.read_bytes()
    assert release(project / "book", project / "build").read_bytes() == before
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
    assert names == sorted(names) and {name.partition("/")[0] for name in names} == {"small-book-1.2.0"}


def test_an_archive_that_is_whole_says_so_and_each_changed_byte_is_named(unpacked):
    assert check(unpacked)[0] == 0 and (unpacked / "book" / "notebooks").is_dir()
    for name in ("notebooks/01-shapes.ipynb", "build/html/index.html", "build/small-book-1.2.0.pdf"):
        content = (unpacked / name).read_bytes()
        (unpacked / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        code, said = check(unpacked)
        assert code == 1 and f"{name}: changed" in said
        (unpacked / name).write_bytes(content)
    link = unpacked / "book" / "notebooks"
    for target, told in (
        ("elsewhere", "book/notebooks: leads to elsewhere"),
        (None, "book/notebooks: changed, it is a link to"),
    ):
        link.unlink()
        link.symlink_to(target) if target else link.write_text("other words")
        code, said = check(unpacked)
        assert code == 1 and told in said
    link.write_text("../notebooks")  # as a program without links unpacks it
    code, said = check(unpacked)
    assert code == 0 and "note: book/notebooks was unpacked as a file" in said and link.is_symlink()
    (unpacked / "CITATION.cff").unlink()
    (unpacked / "more.txt").touch()
    code, said = check(unpacked)
    assert code == 1 and "CITATION.cff: missing" in said and "note: more.txt is not part of the archive" in said


def test_an_archive_makes_its_environment_and_computes_everything_anew(unpacked):
    code, said = check(unpacked, "--rerun")
    assert code == 0 and "Verdict    identical" in said and (unpacked / ".venv" / "bin" / "python").exists(), said
    (unpacked / "make_environment.py").unlink()
    assert check(unpacked, "--rerun")[0] == 1


def test_the_archive_describes_itself_for_catalogues(unpacked):
    crate = json.loads((unpacked / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    parts = {entry["@id"]: entry for entry in crate["@graph"]}
    assert all((unpacked / part["@id"]).exists() for part in parts["./"]["hasPart"])
    assert [parts[author["@id"]]["@type"] for author in parts["./"]["author"]] == ["Person", "Organization"]
    assert parts["notebooks/"]["name"] == "The notebooks" and {"book/", "data/", "CITATION.cff"} <= parts.keys()
    assert json.loads((unpacked / ".zenodo.json").read_text(encoding="utf-8"))["version"] == "1.2.0"


def test_only_a_commit_with_its_own_book_is_released(released, tmp_path):
    project = shutil.copytree(released[0], tmp_path / "copy", symlinks=True)
    (project / "CITATION.cff").write_text((project / "CITATION.cff").read_text() + "# more\n")
    with pytest.raises(ReleaseError, match="commit what has changed"):
        release(project / "book", project / "build")
    git(project, "commit", "--all", "--message", "second")
    with pytest.raises(ReleaseError, match="was built from"):
        release(project / "book", project / "build")


def test_an_edition_that_is_not_translated_as_a_whole_is_not_released(released, tmp_path):
    project = shutil.copytree(released[0], tmp_path / "project", symlinks=True)
    record = Cache(project / "build").record
    record.write_text(json.dumps(json.loads(record.read_text("utf-8")) | {"untranslated": {"fr": 2}}), "utf-8")
    with pytest.raises(ReleaseError, match="2 messages are not translated into fr: an edition is released whole"):
        release(project / "book", project / "build")


@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        ("contents: {more/: Nothing}", "contents: more/: not in the archive"),
        ("environment: ../none.py", "none.py is not in the commit"),
        ("citation: ../../CITATION.cff", "lies outside the checkout"),
    ],
)
def test_what_an_archive_cannot_hold_is_named(small_book, monkeypatch, setting, fault):
    configure(small_book, setting)
    shutil.copy(small_book / "CITATION.cff", small_book.parent)
    (small_book / "build" / "html").mkdir(parents=True)
    (small_book / "build" / "html" / "small-book-1.2.0.pdf").touch()
    (small_book / ".gitignore").write_text("/build/\n")
    git(small_book, "init")
    git(small_book, "add", ".")
    git(small_book, "commit", "--message", "first")
    edition = read_edition(small_book / "book")
    monkeypatch.setattr("bookpress.release.archive.commit_of", lambda pdf: edition.commit)
    with pytest.raises(ReleaseError, match=fault):
        release(small_book / "book", small_book / "build")
