"""The packages that the book is built with: version and licence of each that requirements.txt locks for this machine.

python -m bookpress.release.licences
"""

from __future__ import annotations

import csv
import importlib.metadata
import io
import sys
from pathlib import Path

from packaging.utils import canonicalize_name

from bookpress.release.lock import locked_here

COLUMNS = ("package", "version", "licence", "stated_in")
LONGEST = 60  # characters; what is longer is the text of a licence, not its name
_NAMELESS = {"", "unknown", "license", "licence", "license text"}


def main(root=Path()):
    """Print the report; return the exit code: 1 where a package states no licence."""
    rows = report((root / "requirements.txt").read_text("utf-8"))
    print(as_csv(rows), end="")
    silent = [row["package"] for row in rows if not row["licence"]]
    if silent:
        print(f"licences: {', '.join(silent)} state no licence", file=sys.stderr)
    return 1 if silent else 0


def report(lock):
    """One row per package that the lock's text names for this machine, by name: COLUMNS.

    version : the one installed, "missing" where there is none. licence : as the package states it, "" where it does not.
    stated_in : the field or file that says so (Core Metadata, https://packaging.python.org/specifications/core-metadata/).
    """
    installed = {canonicalize_name(one.name): one for one in importlib.metadata.distributions()}
    rows = []
    for name in sorted(package.name for package in locked_here(lock)):
        version = installed[name].version if name in installed else "missing"
        licence, place = _stated(installed[name]) if name in installed else ("", "")
        rows.append(dict(zip(COLUMNS, (name, version, licence, place), strict=True)))
    return rows


def as_csv(rows):
    """The rows as the text of a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _stated(distribution):
    """The licence that a package states, and where: the most exact statement first."""
    metadata = distribution.metadata
    if expression := metadata.get("License-Expression"):
        return expression, "License-Expression"
    classifiers = [
        entry.rpartition("::")[2].strip()
        for entry in metadata.get_all("Classifier") or []
        if entry.startswith("License ::")
    ]
    if named := [entry for entry in classifiers if entry != "OSI Approved"]:
        return "; ".join(named), "Classifier"
    if name := _name(metadata.get("License") or ""):
        return name, "License"
    for file in distribution.files or []:
        if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING")) and (
            name := _name(file.locate().read_text("utf-8", "replace"))
        ):
            return name, file.name
    return "", ""


def _name(text):
    """The name of a licence in what a package says of it: its first line, where that is one."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first if len(first) <= LONGEST and first.lower() not in _NAMELESS else ""


if __name__ == "__main__":
    sys.exit(main())
