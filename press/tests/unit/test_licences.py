"""The licences of the packages: each one is stated, read from the most exact place, and none is guessed."""

import csv
import importlib.metadata
from email.message import Message
from pathlib import Path

import pytest

from bookpress.release import licences

ROOT = Path(__file__).parents[3]


class Package:
    """What importlib.metadata knows of a package."""

    name, version = "Shape_Tools", "1.0"

    def __init__(self, *fields, **files):
        self.metadata = Message()
        for name, value in fields:
            self.metadata[name] = value
        self.files = [File(name, text) for name, text in files.items()]


class File:
    def __init__(self, name, text):
        self.name, self._text = name, text

    def locate(self):
        return self

    def read_text(self, *_):
        return self._text


OSI, NAMED = ("Classifier", "License :: OSI Approved"), ("Classifier", "License :: OSI Approved :: MIT License")
TEXT = ("License", "Redistribution and use in source and binary forms, with or without modification, are permitted")


@pytest.mark.parametrize(
    ("package", "stated"),
    [
        (
            Package(NAMED, ("License-Expression", "MIT OR BSD-3-Clause"), ("License", "GPL")),
            ("MIT OR BSD-3-Clause", "License-Expression"),
        ),
        (Package(OSI, NAMED, ("License", "GPL")), ("MIT License", "Classifier")),
        (Package(OSI, ("License", "Apache 2.0")), ("Apache 2.0", "License")),
        (
            Package(("License", "UNKNOWN"), README="words", LICENSE="\n  ISC License\n\nPermission to use"),
            ("ISC License", "LICENSE"),
        ),
        (Package(TEXT, README="MIT"), ("", "")),
    ],
)
def test_the_most_exact_statement_is_taken_and_none_is_guessed(monkeypatch, package, stated):
    monkeypatch.setattr(importlib.metadata, "distributions", lambda: [package])
    (row,) = licences.report("shape-tools==1.0\n")
    assert row == {"package": "shape-tools", "version": "1.0", "licence": stated[0], "stated_in": stated[1]}


def test_a_package_that_states_none_fails_the_report(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(importlib.metadata, "distributions", lambda: [])
    (tmp_path / "requirements.txt").write_text("shape-tools==1.0\n")
    assert licences.main(tmp_path) == 1
    said = capsys.readouterr()
    assert "shape-tools,missing,," in said.out and "licences: shape-tools state no licence" in said.err


def test_every_package_in_use_states_its_licence():
    rows = licences.report((ROOT / "requirements.txt").read_text("utf-8"))
    assert len(rows) > 100 and [row["package"] for row in rows if not row["licence"]] == []
    assert list(csv.DictReader(licences.as_csv(rows).splitlines())) == rows
