"""The command: its exit code and words for faults that nobody foresaw, and for letters that a stream does not know."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bookpress import cli
from bookpress.errors import Unforeseen


def fails(*_):
    raise KeyError("x")


def fails_elsewhere(*_):
    raise Unforeseen("book/a.ipynb, cell 2", "Traceback (most recent call last):\n  ...\nKeyError: 'x'\n")


@pytest.mark.parametrize(
    ("fault", "where"),
    [(fails, f"{__file__}, line {fails.__code__.co_firstlineno + 1}"), (fails_elsewhere, "book/a.ipynb, cell 2")],
)
def test_a_fault_that_nobody_foresaw_is_told_in_one_line_and_its_traceback_kept(
    monkeypatch, capsys, tmp_path, fault, where
):
    monkeypatch.setattr(cli, "build_book", fault)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert cli.main(["build", "book"]) == 1
    said = capsys.readouterr().err
    file = re.search(r"report it with (\S+)", said)[1]
    assert f"{where}: KeyError: 'x'; nobody foresaw this fault" in said and "Traceback" not in said
    assert Path(file).read_text("utf-8").strip().endswith("KeyError: 'x'")
    monkeypatch.setenv(cli.DEBUG_VARIABLE, "1")
    assert cli.main(["build", "book"]) == 1
    assert "Traceback" in capsys.readouterr().err and len(list(tmp_path.iterdir())) == 1


def test_letters_that_a_stream_does_not_know_are_printed_by_their_numbers(small_book):
    for file, before, after in (("CITATION.cff", "Small book", "Smäll book"), ("book/_toc.yml", "01-shapes", "wörds")):
        path = small_book / file
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    command = [sys.executable, "-m", "bookpress", "build", "book"]
    run = subprocess.run(command, cwd=small_book, env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True)
    assert run.returncode == 1 and rb"Sm\xe4ll book" in run.stdout
    assert rb"notebooks/w\xf6rds: no such page" in run.stderr and b"Traceback" not in run.stderr
