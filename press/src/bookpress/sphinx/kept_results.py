"""Gives MyST-NB the outputs of notebooks that the press ran, through a jupyter-cache; without the press MyST-NB runs them.

jupyter-cache tells notebooks apart by kernel and code alone, and two notebooks with equal code can
give different outputs: their folders differ. So each page has a cache of its own.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_notebook

from bookpress.environment import RESULTS_VARIABLE
from bookpress.notebooks import results


def setup(app):
    """Give out kept results if the press started Sphinx."""
    if RESULTS_VARIABLE in os.environ:
        app.connect("source-read", give_result)


def give_result(app, docname, source):
    """Fill a cache with the kept result of a page, and name it in the page's own settings for MyST-NB (event source-read).

    A page without kept result keeps its settings. MyST-NB runs it, as it does if the code has
    changed since the press ran it.
    """
    result = results.of_page(docname)
    if result is not None:
        folder = tempfile.mkdtemp(prefix="outputs-")
        get_cache(folder).cache_notebook_bundle(CacheBundleIn(_executed(result), docname), check_validity=False)
        settings = {"execution_mode": "cache", "execution_cache_path": folder}
        source[0] = with_settings(
            source[0], Path(app.env.doc2path(docname)).suffix, app.config.nb_metadata_key, settings
        )


def _executed(result):
    """The notebook of a kept result, without its prose."""
    code = result["code"]
    cells = [
        new_code_cell(cell["source"], metadata=cell["metadata"], execution_count=given["execution_count"])
        | {"outputs": given["outputs"]}
        for cell, given in zip(code["cells"], result["cells"], strict=True)
    ]
    return from_dict(new_notebook(cells=cells, metadata=code["metadata"] | {"language_info": result["language"]}))


def with_settings(text, suffix, key, settings):
    """The text of a notebook with `settings` added to its metadata under `key`; each line of a text notebook stays in its place."""
    if suffix == ".ipynb":
        notebook = json.loads(text)
        notebook["metadata"].setdefault(key, {}).update(settings)
        return json.dumps(notebook)
    lines = text.split("\n")
    end = next(number for number, line in enumerate(lines) if number and line.startswith(("---", "...")))
    metadata = yaml.safe_load("\n".join(lines[1:end]))
    metadata.setdefault(key, {}).update(settings)
    written = yaml.safe_dump(metadata, default_flow_style=True, default_style='"', width=sys.maxsize).rstrip("\n")
    return "\n".join([lines[0], written, *[""] * (end - 2), *lines[end:]])
