"""A copy of the small book that a test may break, and the command that builds it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bookpress.cache import Cache

SMALL_BOOK = Path(__file__).parent / "small_book"


def copy_small_book(folder):
    """Copy the small book, its link to the notebooks included, into `folder`."""
    return shutil.copytree(SMALL_BOOK, folder / "small_book", symlinks=True)


def run_build(project, *options, **variables):
    """Run the command on the book of `project` as a reader would; return the finished process."""
    command = [sys.executable, "-m", "bookpress", "build", "book", "--output", "build", *options]
    environ = {**os.environ, "PYTHONHASHSEED": "random", "TZ": "Asia/Tokyo"} | variables
    return subprocess.run(command, cwd=project, env=environ, capture_output=True, text=True)


@pytest.fixture(scope="session")
def build():
    """The function that builds the book of a project."""
    return run_build


@pytest.fixture
def small_book(tmp_path):
    """The folder of a fresh copy: CITATION.cff, book/, notebooks/."""
    return copy_small_book(tmp_path)


@pytest.fixture
def ran_book(small_book, built_book):
    """The same with what its notebook gave, which runs again only where something that it rests on is changed."""
    shutil.copytree(Cache(built_book / "build").results, Cache(small_book / "build").results)
    return small_book


@pytest.fixture
def configured(small_book):
    """A function that adds settings of the press, indented lines, to `small_book`, and returns the folder of its book."""

    def configure(settings):
        config = small_book / "book" / "_config.yml"
        config.write_text(config.read_text("utf-8").replace("      slug:", f"{settings}      slug:"), "utf-8")
        return config.parent

    return configure


@pytest.fixture(scope="session")
def built_book(made_once):
    """The folder of a copy that was built once for all tests, in whichever process; build/html and the PDF stand in it.

    In the files `first` and `second` beside it stands what this build printed, and one after it.
    """

    def make(folder):
        project = copy_small_book(folder)
        for told in ("first", "second"):
            run = run_build(project)
            assert run.returncode == 0, run.stdout + run.stderr
            (folder / told).write_text(run.stdout, "utf-8")

    return made_once("small", make) / "small_book"
