"""The tables of the data folder, checked as they are loaded; no other code knows where they are.

`load("events")` gives one table; the first call in a process checks the whole folder, so that
nothing is ever computed on data with a fault. `check(folder)` gives the faults instead of raising
them.
"""

import difflib
import gc
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from azawad_conflict.checks.bibliography import read_bibliography
from azawad_conflict.checks.columns import column_faults, descriptor_faults, fields_of, key_faults, typed
from azawad_conflict.checks.csv_files import cell_faults, read_cells
from azawad_conflict.checks.edition import edition_faults
from azawad_conflict.checks.faults import FILE, ROW, DataError, Fault
from azawad_conflict.checks.rules import rule_faults

__all__ = ["DataError", "Fault", "check", "data_dir", "load", "schema", "stamp"]

REPOSITORY = Path(__file__).resolve().parents[2]
PACKED = Path(__file__).with_name("data")  # in a wheel: setup.py puts it there
# What the pages cite from, as bibtex_bibfiles in book/_config.yml says.
CITED_FROM = REPOSITORY / "book" / "references.bib"
DESCRIPTOR = "datapackage.json"

Tables = dict[str, pd.DataFrame]  # by name
Stamp = tuple[tuple[str, int, int], ...]  # path, size and time of change of each file


def data_dir() -> Path:
    """The data folder: the environment variable AZAWAD_DATA, else data/ of the repository, else that of an installed wheel."""
    own = REPOSITORY / "data"
    return Path(os.environ.get("AZAWAD_DATA") or (own if (own / DESCRIPTOR).is_file() else PACKED))


def schema() -> dict[str, Any]:
    """The descriptor of the data package (Frictionless), as a new dict."""
    return json.loads((data_dir() / DESCRIPTOR).read_text(encoding="utf-8"))


def load(name: str) -> pd.DataFrame:
    """One row per record of a table, as a new frame with the types of the schema.

    Integers are Int64, numbers Float64, everything else "string"; days are ISO text and dates EDTF
    text; a list is a tuple of str. Blanks are pd.NA, or an empty tuple.
    Raises DataError, with every fault of the folder, when there is one; KeyError for a name that is
    no table, with the names that there are.
    """
    tables = _valid_tables(data_dir().resolve(), stamp())
    if name not in list(tables):  # also of what has no hash
        near = difflib.get_close_matches(str(name), tables, n=1, cutoff=0.5)
        meant = f"did you mean {near[0]!r}? " if near else ""
        raise KeyError(f"{name!r}: no such table; {meant}There are: {', '.join(sorted(tables))}")
    return tables[name].reset_index(drop=True)


def stamp() -> Stamp:
    """A key that changes with any file of the data folder, for results computed from all of it."""
    return _stamp(data_dir().resolve())


def check(folder: str | Path) -> list[Fault]:
    """Every fault of a data folder, sorted by file and line; an empty list when there is none."""
    return read(folder)[1]


@lru_cache(maxsize=4)
def _valid_tables(folder: Path, _stamp: Stamp) -> Tables:
    """The tables of a folder by name; the stamp, a key of the cache, makes changed files be read.

    Raises DataError.
    """
    tables, faults = read(folder)
    if faults:
        raise DataError(faults)
    return tables


def _stamp(folder: Path) -> Stamp:
    """Name, size and time of change of each file that a check reads."""
    files = [folder / DESCRIPTOR, *_csv_files(folder), bibliography(folder)]
    stats = [(path, path.stat()) for path in files if path.exists()]
    return tuple((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in stats)


def _csv_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix.lower() == ".csv")


def bibliography(folder: Path) -> Path:
    """The file that the sources of a data folder are compared with: book/references.bib beside it, else CITED_FROM."""
    beside = folder.resolve().parent / "book" / CITED_FROM.name
    return beside if beside.is_file() else CITED_FROM


def read(folder: str | Path) -> tuple[Tables, list[Fault]]:
    """The tables of a folder by name, and its faults, sorted.

    Tables with other columns than the schema are left out.
    """
    with without_collector():
        return _read(Path(folder))


@contextmanager
def without_collector() -> Iterator[None]:
    """Stop the search for garbage in cycles; cells make none, and it takes a sixth to a half of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _read(folder: Path) -> tuple[Tables, list[Fault]]:
    package, faults = _package(folder)
    if package is None:
        return {}, faults
    cells, ragged, wrong, misnamed = {}, set(), set(), set()
    for resource in package["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        table, found = read_cells(folder / resource["path"], names)
        ragged |= {(fault.file, fault.line) for fault in found if fault.column == ROW}
        misnamed |= {resource["name"] for fault in found if fault.line == 1 and fault.column not in (FILE, ROW)}
        faults += found
        if table is not None:
            cells[resource["name"]] = table
            faults += cell_faults(table, fields_of(resource, "string"), resource["path"])
            found = column_faults(table, resource)
            wrong |= {(fault.file, fault.line, fault.column) for fault in found}
            faults += found
    for name in cells:
        faults += key_faults(name, cells, package)
    entries, found = read_bibliography(bibliography(folder))
    faults += found
    tables = {
        resource["name"]: typed(cells[resource["name"]], resource)
        for resource in package["resources"]
        if resource["name"] in cells and resource["name"] not in misnamed
    }
    # What a rule says of a cell that is wrong by itself only follows from that.
    found = rule_faults(tables, package, entries)
    faults += [fault for fault in found if (fault.file, fault.line, fault.column) not in wrong]
    faults += _stray_files(folder, package)
    # In a line of the wrong length every cell stands in the wrong column: one fault says it.
    kept = {fault for fault in faults if fault.column == ROW or (fault.file, fault.line) not in ragged}
    return tables, sorted(kept)


def _package(folder: Path) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The descriptor, or None when nothing can be checked by it; and its faults."""
    path = folder / DESCRIPTOR
    if not path.is_file():
        return None, [Fault(DESCRIPTOR, 1, FILE, f"the file is missing in {folder}", "the schema of the data")]
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        return None, [Fault(DESCRIPTOR, error.lineno, FILE, f"not read as JSON ({error.msg})", "JSON")]
    except UnicodeDecodeError:
        return None, [Fault(DESCRIPTOR, 1, FILE, "not UTF-8", "UTF-8")]
    faults = descriptor_faults(package) or edition_faults(package)
    return (None if faults else package), faults


def _stray_files(folder: Path, package: dict[str, Any]) -> list[Fault]:
    named = {resource["path"] for resource in package["resources"]}
    return [
        Fault(path.name, 1, FILE, "the file is not in datapackage.json", "every table in the schema")
        for path in _csv_files(folder)
        if path.name not in named
    ]
