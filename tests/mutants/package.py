"""The package as it should be, and what a mutant of it is."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

from azawad_conflict import tables
from azawad_conflict.tables import REPOSITORY

BIBLIOGRAPHY = "references.bib"


ANYWHERE = (None, None, None)  # what is lost leaves no place: the fault is where something pointed to it


@dataclass(frozen=True)
class Mutant:
    """One way to break the package, and the fault that the check owes for it.

    cells : (file, row, column, value) of the cells that change; rows are counted from 0.
    edit : instead of cells, (file, function from its bytes to the new ones; None for no file).
    touches : what no other mutant of the same batch may touch; empty for a mutant that has to be alone.
    place, words : file, line and column of the fault, and a part of what it says.
    """

    level: str
    kind: str
    target: str
    place: tuple
    words: str
    cells: tuple = ()
    edit: tuple[str, Callable] | None = None
    touches: frozenset = frozenset()

    @property
    def name(self):
        return f"{self.target}: {self.kind}"


@dataclass(frozen=True)
class Table:
    """A CSV file of the package as it should be. The line of a row is its number + 2: no cell holds a line break."""

    resource: dict
    header: list
    rows: list

    @property
    def name(self):
        return self.resource["name"]

    @property
    def file(self):
        return self.resource["path"]

    @property
    def fields(self):
        return self.resource["schema"]["fields"]

    def column(self, name):
        return [row[self.header.index(name)] for row in self.rows]

    def records(self):
        return [dict(zip(self.header, row)) for row in self.rows]


def read_package():
    """The tables of the project's own package, by name."""
    package = {}
    for resource in tables.schema()["resources"]:
        header, *rows = csv.reader((REPOSITORY / "data" / resource["path"]).read_text(encoding="utf-8").splitlines())
        package[resource["name"]] = Table(resource, header, rows)
    return package


def csv_bytes(rows, **options):
    """Rows as the bytes of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", **options).writerows(rows)
    return text.getvalue().encode()


def bibliography():
    return REPOSITORY / "book" / BIBLIOGRAPHY
