"""Outputs of cells that a page could not show: each is warned of with its cell and what to do instead."""

from __future__ import annotations

import os
import re

from docutils import nodes
from sphinx.util import logging

CELL = "cell_code"  # how MyST-NB marks the container of a cell's code and outputs
log = logging.getLogger(__name__)
# The policy of the pages refuses these. pandas gives each plain frame a style that changes nothing.
_REFUSED = re.compile(
    r"<(?P<script>script)\b(?![^>]*\btype=[\"']?application/(?:ld\+)?json)|<(?P<style>style)\b(?! scoped)"
    r"|\bstyle=[\"'][^\"']*\b(?P<colour>color|background)\b",
    re.IGNORECASE,
)
_WHY = {
    "script": "brings a <script>, which the pages' policy refuses; show it as a picture, or as HTML that says the same without a script",
    "style": "brings a <style>, which the pages' policy refuses; a styled frame would lose its colours: show the frame itself, or a picture",
    "colour": "has colours of its own, which the pages' policy refuses; say in words or signs what they mean, or show a picture",
}


def setup(app):
    """Look at each page once it is read."""
    app.connect("doctree-read", warn_of_refused)


def warn_of_refused(app, doctree):
    """Warn of outputs that bring a script or a style of their own, which a browser would leave out without a word."""
    for raw in doctree.findall(nodes.raw):
        found = _REFUSED.search(raw.astext()) if raw.get("format") == "html" else None
        if found and (cell := cell_of(raw)) is not None:
            log.warning("%s: its output %s", place(app, cell), _WHY[found.lastgroup])


def cell_of(node):
    """The place, among all cells of its notebook, of the cell that a node is an output of; None for other nodes."""
    while node is not None and node.get("nb_element") != CELL:
        node = node.parent
    return None if node is None else node.get("cell_index")


def place(app, cell):
    """ "notebooks/01-shapes.ipynb, cell 6": a cell of the page that is read."""
    return f"{os.path.relpath(app.env.doc2path(app.env.docname), app.srcdir)}, cell {cell + 1}"
