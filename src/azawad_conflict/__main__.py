"""Command line: `python -m azawad_conflict check [DATA_DIR]`."""

import argparse
import io
import sys

from azawad_conflict import tables
from azawad_conflict.checks.prose import prose_faults


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
    faults += prose_faults(tables.REPOSITORY)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{len(found)} tables, {sum(map(len, found.values())):,} rows: no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
