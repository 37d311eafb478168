"""Gives MyST-NB the outputs of notebooks that the press ran, as jupyter-caches; without the press MyST-NB runs them.

jupyter-cache tells notebooks apart by kernel and code alone, and two notebooks with equal code can
give different outputs: their folders differ. So each page has a cache of its own.
"""

from __future__ import annotations

import copy
import json
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import yaml
from jupyter_cache.base import CacheBundleOut
from jupyter_cache.cache.main import JupyterCacheBase
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_notebook

from bookpress.environment import RESULTS_VARIABLE
from bookpress.notebooks import results
from bookpress.sphinx.compat import open_caches_as

KEPT = 0  # the number of the record of a kept result; those of the database begin with 1


def setup(app):
    """Give out kept results if the press started Sphinx."""
    if RESULTS_VARIABLE in os.environ:
        open_caches_as(KeptCache)
        app.connect("source-read", give_result)


def give_result(app, docname, source):
    """Name the cache of a page with a kept result in the page's own settings for MyST-NB (event source-read).

    A page without kept result keeps its settings. MyST-NB runs it, as it does if the code has
    changed since the press ran it.
    """
    if results.of_page(docname) is not None:
        settings = {"execution_mode": "cache", "execution_cache_path": str(_folder() / docname)}
        source[0] = with_settings(
            source[0], Path(app.env.doc2path(docname)).suffix, app.config.nb_metadata_key, settings
        )


def _folder():
    """The folder below which each page with a kept result has its cache; what MyST-NB itself runs it keeps there."""
    return Path(tempfile.gettempdir(), "outputs")


class KeptCache(JupyterCacheBase):
    """A cache that holds the kept result of its page, for which it opens no database."""

    def __init__(self, path):
        super().__init__(path)
        self._kept, self._key = None, None
        if self._path.is_relative_to(_folder()):
            result = results.of_page(self._path.relative_to(_folder()).as_posix())
            self._kept, self._key = self.create_hashed_notebook(_executed(result))

    def match_cache_notebook(self, nb):
        """The record of the kept result, if the code is its own; else what the database has."""
        if self.create_hashed_notebook(nb)[1] != self._key:
            return super().match_cache_notebook(nb)
        return SimpleNamespace(pk=KEPT, created=datetime.now(), data={})

    def get_cache_bundle(self, pk):
        """The notebook of a record."""
        return CacheBundleOut(copy.deepcopy(self._kept), None) if pk == KEPT else super().get_cache_bundle(pk)


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
