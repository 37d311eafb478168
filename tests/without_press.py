"""The analysis in a process that has no press: all its modules, and all numbers that prose quotes."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import azawad_conflict

FOLDER = Path(azawad_conflict.__file__).parent
NUMBERS = "numbers.pickle"
# What makes a page of the book: it cites as the press does.
OF_PAGES = ("azawad_conflict.interactive", "azawad_conflict.headline.provenance")
PROGRAM = """
import importlib, json, pathlib, pickle, sys

sys.modules["bookpress"] = None
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
from azawad_conflict import headline

quoted = {topic: headline.quoted(topic) for topic in headline.TOPICS}
pathlib.Path(sys.argv[2]).write_bytes(pickle.dumps(quoted))
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


def compute(folder):
    """Write NUMBERS into a new folder: topic to its quoted numbers, key to Number. Fails with what the process says."""
    folder.mkdir()
    command = [sys.executable, "-c", PROGRAM, json.dumps(modules()), str(folder / NUMBERS)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def computed(folder):
    """What `compute` has written."""
    return pickle.loads((folder / NUMBERS).read_bytes())
