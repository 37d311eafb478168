"""The packages that the book is built with: version and licence of each that its lock names for this machine.

python -m bookpress.release.licences requirements.txt
"""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

from packaging.utils import canonicalize_name
from piplicenses import LICENSE_UNKNOWN as UNKNOWN
from piplicenses import create_output_string, create_parser

from bookpress.release.lock import locked_here

COLUMNS = ("package", "version", "licence")
LONGEST = 60  # letters; what is longer is the text of a licence, not its name


def main(lock):
    """Print the report; return the exit code: 1 if a package states no licence."""
    rows = report(Path(lock).read_text("utf-8"))
    print(as_csv(rows), end="")
    silent = [row["package"] for row in rows if not row["licence"]]
    if silent:
        print(f"licences: {', '.join(silent)} state no licence", file=sys.stderr)
    return 1 if silent else 0


def report(lock):
    """One row per installed package that the lock's text names for this machine, by name: COLUMNS.

    licence : as the metadata state it, else the first line of the licence file, if that names one;
    else "".
    """
    installed = {canonicalize_name(entry["Name"]): entry for entry in _installed()}
    rows = []
    for name in sorted(installed.keys() & locked_here(lock)):
        entry = installed[name]
        stated, text = (entry.get(field, UNKNOWN) for field in ("License", "LicenseText"))
        licence = stated if stated != UNKNOWN and len(stated.splitlines()) == 1 else _first_line(text)
        rows.append(dict(zip(COLUMNS, (name, entry["Version"], licence), strict=True)))
    return rows


def as_csv(rows):
    """The rows as the text of a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _installed():
    """What pip-licenses says of each installed package: Name, Version, License, LicenseText."""
    options = ["--from=mixed", "--format=json", "--with-system", "--with-license-file", "--no-license-path"]
    return json.loads(create_output_string(create_parser().parse_args(options)))


def _first_line(text):
    """The first line of a licence's text, "" if it is too long to be a name."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), UNKNOWN)
    return "" if first == UNKNOWN or len(first) > LONGEST else first


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
