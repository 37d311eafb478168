"""The Makefile: what it passes on, and that its help names every command of the README."""

import os
import re
import shutil
import subprocess

import pytest

from prose import ROOT


def inherited():
    """The environment without what `make test` puts there."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}


def make(*arguments, **variables):
    run = subprocess.run(["make", *arguments], cwd=ROOT, env=inherited() | variables, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.parametrize(
    ("given", "passed_on"),
    [
        ("data", str(ROOT / "data")),
        ("else where/data", str(ROOT / "else where" / "data")),
        ("else /where", str(ROOT / "else " / "where")),
        ("/elsewhere/data", "/elsewhere/data"),
        ("/else where/data", "/else where/data"),
    ],
)
def test_the_data_folder_is_passed_on_as_an_absolute_path(given, passed_on):
    """The notebooks run in another folder than make."""
    told = make("--eval=show: ; @echo $$AZAWAD_DATA; echo $$BOOKPRESS_PACKAGE", "show", AZAWAD_DATA=given).splitlines()
    assert told == [passed_on, f"{passed_on}/datapackage.json"]


def test_a_folder_of_data_may_have_a_space_in_its_name(tmp_path):
    data = shutil.copytree(ROOT / "data", tmp_path / "my data")
    for given in (str(data), os.path.relpath(data, ROOT)):
        assert "no fault" in make("check", AZAWAD_DATA=given)
        assert "azawad_conflict check" in make("-n", "book", AZAWAD_DATA=given)


def test_bad_data_stop_make_book_with_their_faults_before_a_notebook_runs(tmp_path):
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    (data / "events.csv").write_text("no table\n", encoding="utf-8")
    run = subprocess.run(
        ["make", "book"], cwd=ROOT, env=inherited() | {"AZAWAD_DATA": str(data)}, capture_output=True, text=True
    )
    assert run.returncode != 0
    assert run.stdout.startswith("events.csv:1: ") and "notebooks" not in run.stdout


def test_help_lists_the_commands_of_the_readme():
    listed = set(re.findall(r"^([a-z-]+)\t", make("help"), re.MULTILINE))
    named = set(re.findall(r"`make ([\w-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"book", "test", "test-fast", "check", "lab"} <= listed and named <= listed


@pytest.mark.parametrize("file", ["data/events.csv", "book/cite.md", "notebooks/02-casualties.ipynb"])
def test_a_change_of_data_or_prose_is_checked_before_the_book(file):
    """--what-if takes the file for one that has just changed."""
    assert "azawad_conflict check" in make("-n", f"--what-if={file}", "book")
