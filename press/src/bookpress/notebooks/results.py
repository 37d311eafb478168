"""The kept results of notebooks, a file of JSON for each: what the cells gave, and what it rests on."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

SUFFIX = ".json"


def code_cells(notebook):
    """The code cells of a notebook as {"source", "tags"}."""
    return [
        {"source": cell.source, "tags": list(cell.metadata.get("tags", []))}
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def code_digest(cells):
    """A digest of a notebook's code cells, dicts with "source" and "tags"; its prose does not matter to the results."""
    return hashlib.sha256(json.dumps([[cell["source"], cell["tags"]] for cell in cells]).encode()).hexdigest()


def read(store, name):
    """The kept result of a document, or None."""
    try:
        return json.loads(file_of(store, name).read_text("utf-8"))
    except (OSError, ValueError):  # never kept, or half written by a machine that lost power
        return None


def write(store, name, result):
    """Keep the result of a document, in one step."""
    file = file_of(store, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_text(json.dumps(result, ensure_ascii=False), "utf-8")
    os.replace(new, file)


def forget_others(store, names):
    """Remove the results of all documents but these."""
    files = {file_of(store, name) for name in names}
    for file in Path(store).rglob(f"*{SUFFIX}*"):
        if file not in files:
            file.unlink()


def file_of(store, name):
    """Where the result of a document is kept."""
    return Path(store, name + SUFFIX)
