"""Keeps the results of notebooks, a file of JSON for each: outputs, and what they rest on."""

from __future__ import annotations

import json
import os
from pathlib import Path

from bookpress.environment import LANGUAGE_VARIABLE, RESULTS_VARIABLE
from bookpress.files import replace_file

SUFFIX = ".json"


def read(store, name):
    """Return the kept result of a document, or None."""
    try:
        return json.loads(file_of(store, name).read_text("utf-8"))
    except (OSError, ValueError):  # never kept, or half written by a machine that lost power
        return None


def of_page(name):
    """Return the result that the press kept of a page for this process of Sphinx, in its language; None of another page and without the press."""
    if RESULTS_VARIABLE not in os.environ:
        return None
    result, language = read(os.environ[RESULTS_VARIABLE], name), os.environ.get(LANGUAGE_VARIABLE)
    return result | {"cells": result["translated"][language]} if result and language else result


def write(store, name, result):
    """Keep the result of a document, in one step."""
    replace_file(file_of(store, name), json.dumps(result, ensure_ascii=False).encode())


def remove_others(store, names):
    """Remove the results of all documents but these."""
    files = {file_of(store, name) for name in names}
    for file in Path(store).rglob(f"*{SUFFIX}*"):
        if file not in files:
            file.unlink()


def file_of(store, name):
    """Return the file that keeps the result of a document."""
    return Path(store, name + SUFFIX)
