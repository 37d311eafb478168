"""Open the next edition of the report, or date it anew on the day of its release.

python -m tools.edition VERSION [--date YYYY-MM-DD]
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys

from azawad_conflict.checks.rules.shared import edition_order
from tools.environment import ROOT

LOG = "CHANGELOG.md"
HEADING = re.compile(r"^## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)$", re.MULTILINE)
# The lines that say version and day: what is kept of each, and what it says then.
SAID = {
    "CITATION.cff": {r"(version: ).+()": "version", r"(date-released: ).+()": "date"},
    "pyproject.toml": {r'(version = ").+(")': "version"},
    "data/datapackage.json": {r'( "version": ").+(",)': "version", r'( "created": ").{10}(.*)': "date"},
}


def main(arguments=None, root=ROOT):
    """Write version and day wherever an edition says them, and its heading into the change log; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.edition", description=__doc__.partition("\n")[0])
    parser.add_argument("version", help="as 3.1.0: later than the newest, or the newest, which is dated anew")
    today = datetime.date.today().isoformat()
    parser.add_argument("--date", default=today, help="day of the edition, as YYYY-MM-DD; default: today")
    asked = parser.parse_args(arguments)
    heading, log = f"## {asked.version} ({asked.date})", (root / LOG).read_text("utf-8")
    newest = HEADING.search(log)
    if not HEADING.fullmatch(heading) or edition_order(asked.version) < edition_order(newest[1]):
        parser.error(
            f"{heading.removeprefix('## ')}: expected three numbers, {newest[1]} or later, and a day as YYYY-MM-DD"
        )
    is_open = asked.version == newest[1]
    _write(root / LOG, log.replace(newest[0], heading if is_open else f"{heading}\n\n{newest[0]}", 1))
    for name, lines in SAID.items():
        text = (root / name).read_text("utf-8")
        for line, what in lines.items():
            text = re.sub(f"^{line}$", rf"\g<1>{getattr(asked, what)}\2", text, count=1, flags=re.MULTILINE)
        _write(root / name, text)
    changes = root / "data" / "changes.csv"
    dated = rf"^(\w+,{re.escape(asked.version)}),[^,]*"
    _write(changes, re.sub(dated, rf"\1,{asked.date}", changes.read_text("utf-8"), flags=re.MULTILINE))
    print(f"edition {asked.version}, {asked.date}: {', '.join([*SAID, LOG])}")
    return 0


def _write(path, text):
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
