"""The analysis computes without the press: only pages, notebooks and what words their notes import bookpress."""

import json
import subprocess
import sys
from pathlib import Path

import azawad_conflict

FOLDER = Path(azawad_conflict.__file__).parent
EXPECTED = Path(__file__).parents[1] / "expected" / "headline.json"
# What makes a page of the book: it cites as the press does.
OF_PAGES = ("azawad_conflict.interactive", "azawad_conflict.headline.provenance")
BLOCKED = """
import importlib, json, sys

sys.modules["bookpress"] = None
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
from azawad_conflict import headline

print(json.dumps({key: text for topic in headline.TOPICS for key, text in headline.numbers(topic).items()}))
"""


def modules():
    """Every module of the analysis by name, the command line's own and those of pages apart."""
    found = []
    for path in sorted(FOLDER.rglob("*.py")):
        parts = path.relative_to(FOLDER.parent).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if not name.startswith(OF_PAGES) and parts[-1] != "__main__":
            found.append(name)
    return found


def test_every_module_is_imported_and_every_number_computed_without_the_press():
    names = modules()
    assert {"azawad_conflict.wording", "azawad_conflict.reader_tables.data", "azawad_conflict.multiverse"} <= set(names)
    run = subprocess.run([sys.executable, "-c", BLOCKED, json.dumps(names)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == json.loads(EXPECTED.read_text(encoding="utf-8"))
