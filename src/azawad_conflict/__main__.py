"""Command line: `python -m azawad_conflict check [DATA_DIR]`."""

import argparse
import io
import sys
from pathlib import Path

from azawad_conflict import tables
from azawad_conflict.checks.bibliography import read_bibliography
from azawad_conflict.checks.prose import prose_faults
from azawad_conflict.checks.rules.sources import sources_in_bibliography


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code: 0 if nothing is wrong, 1 if something is, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m azawad_conflict")
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="check the data folder and the prose of the book: one line per fault")
    check.add_argument(
        "folder", nargs="?", metavar="DATA_DIR", help="default: AZAWAD_DATA, else data/ of the repository"
    )
    chosen = parser.parse_args(arguments)
    return _check(chosen.folder or tables.data_dir())


def _check(folder):
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a stream of few letters, as under PYTHONIOENCODING=ascii
    found, faults = tables.read(folder)
    faults += _uncited(folder, found) + prose_faults(tables.REPOSITORY)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{len(found)} tables, {sum(map(len, found.values())):,} rows: no fault")
    return 1 if faults else 0


def _uncited(folder, found):
    """The faults of sources that the pages of the book could not cite, where the data have a bibliography of their own."""
    pages = tables.CITED_FROM
    if "sources" not in found or not pages.is_file() or tables.bibliography(Path(folder)) == pages:
        return []
    entries, faults = read_bibliography(pages)
    return faults if entries is None else faults + sources_in_bibliography(found["sources"], entries)


if __name__ == "__main__":
    sys.exit(main())
