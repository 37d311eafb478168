"""Marks tests by the folder that they lie in: tests/builds, tests/browser, press/tests/builds; what all processes of a run make once."""

import fcntl
import os
import shutil

import pytest

from bookpress.processes import cores, look_for_garbage_rarely

os.environ.pop("LANGUAGE", None)  # tests see English, whatever their caller reads
look_for_garbage_rarely()  # in what all test modules import there is none, and it took an eighth of the time


def pytest_xdist_auto_num_workers(config):
    """One process more than cores, for those that build or open pages wait now and then; where they are left out none waits."""
    return cores() + (not config.option.markexpr)


def pytest_collection_modifyitems(config, items):
    """Mark each test by the kind of its folder, and let those that take long start first.

    The longest file of all, whose first test builds the book on one process, comes before; meanwhile another one builds small books.
    """
    for item in items:
        for kind in {"builds", "browser"} & set(item.path.relative_to(config.rootpath).parts):
            item.add_marker(kind)
    items.sort(key=lambda item: _turn(item.path.relative_to(config.rootpath).parts))


def _turn(parts):
    if parts[-1] == "test_every_page.py":
        return 0
    if "builds" in parts:
        return 1 if parts[0] == "press" else 2
    return 2 if "browser" in parts else 3


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """The function that makes something for all processes of this run: from a name and what makes a folder, to the folder of that name."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def once(name, make):
        folder, made = shared / name, shared / f"{name}.made"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)  # of an attempt that failed
                make(folder)
                made.touch()
        return folder

    return once
