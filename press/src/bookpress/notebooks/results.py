"""The kept results of notebooks, a file of JSON for each: what the cells gave, and what it rests on."""

from __future__ import annotations

import json
from pathlib import Path

from bookpress.files import replace_file

SUFFIX = ".json"


def code_of(notebook):
    """What decides a notebook's outputs, and what jupyter-cache knows it by: its kernel, its code cells; its prose does not matter."""
    metadata = {name: notebook.metadata[name] for name in ("kernelspec",) if name in notebook.metadata}
    cells = [{"source": cell.source, "metadata": cell.metadata} for cell in notebook.cells if cell.cell_type == "code"]
    return {"metadata": metadata, "cells": cells}


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
    replace_file(file, json.dumps(result, ensure_ascii=False).encode())


def forget_others(store, names):
    """Remove the results of all documents but these."""
    files = {file_of(store, name) for name in names}
    for file in Path(store).rglob(f"*{SUFFIX}*"):
        if file not in files:
            file.unlink()


def file_of(store, name):
    """Where the result of a document is kept."""
    return Path(store, name + SUFFIX)
