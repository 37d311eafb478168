"""The same book gives the same bytes: in another folder, time zone and locale, with another hash seed, on one core or more, cold or warm."""

import os
import shutil

import pytest

PDF = "build/small-book-1.2.0.pdf"
ELSEWHERE = [
    {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "fr_FR.UTF-8", "OMP_NUM_THREADS": "1"},
    {
        "PYTHONHASHSEED": "2",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "",
        "LANG": "tr_TR.UTF-8",
        "COLUMNS": "40",
        "SOURCE_DATE_EPOCH": "1",
        "MPLBACKEND": "svg",
    },
]


def tree(folder):
    """{path: content} of all that is published."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def one_core():
    """This process, and those it starts, on one core."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    yield
    os.sched_setaffinity(0, cores)


@pytest.mark.parametrize("surroundings", ELSEWHERE, ids=["west", "east"])
def test_pages_and_pdf_are_the_same(build, built_book, small_book, tmp_path, one_core, surroundings):
    project = shutil.copytree(small_book, tmp_path / "another place, à côté", symlinks=True)
    first = tree(built_book / "build" / "html")
    assert "notebooks/01-shapes.html" in first and "small-book-1.2.0.pdf" in first
    for options in ((), ("--jobs", "3"), ("--fresh", "--jobs", "1")):  # cold, with nothing to do, and cold again
        run = build(project, *options, HOME=str(tmp_path), **surroundings)
        assert run.returncode == 0, run.stdout + run.stderr
        again = tree(project / "build" / "html")
        assert sorted(again) == sorted(first)
        assert [path for path in first if again[path] != first[path]] == []
        assert (project / PDF).read_bytes() == first["small-book-1.2.0.pdf"]
