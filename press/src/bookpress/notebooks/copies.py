"""Executed copies of notebooks, for readers who run nothing: on GitHub, in VS Code, in nbviewer."""

from __future__ import annotations

import base64
import copy
import html
import re

from bookpress.markup.pictures import PIXELS_PER_INCH
from bookpress.notebooks.words import Words, plain_html, plain_markdown

SCREEN_INCH = 96  # pixels of CSS
_DRAWING = re.compile(r'<img src="data:image/svg\+xml;base64,[^"]*" alt="(?P<alt>[^"]*)">')


def executed_copy(notebook: dict, cells: list[dict], words: Words, page: str, drawings: dict[str, bytes]) -> dict:
    """A notebook with its outputs, and with words where only the book understands the text.

    notebook : as nbformat 4 has it. cells : {"execution_count", "outputs"} of its code cells, in order. page : its name in the
    book. drawings : PNG by the name of the figure, in the place of drawings that viewers of notebooks leave out.
    """
    numbers = words.numbers.get(page, {})
    made, ran = copy.deepcopy(notebook), iter(cells)
    for cell in made["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = plain_markdown("".join(cell["source"]), words, page, numbers)
        elif cell["cell_type"] == "code":
            given = next(ran)
            cell["execution_count"] = given["execution_count"]
            cell["outputs"] = [
                said for output in given["outputs"] for said in _said(output, words, page, numbers, drawings)
            ]
    return made


def _said(output, words, page, numbers, drawings):
    """An output as outputs that every viewer shows; none for what serves the book alone."""
    data = output.get("data")
    if data is None:
        return [output]
    if "scrapbook" in output.get("metadata", {}):
        return []
    if "text/html" not in data or "text/markdown" not in data:
        return [output]
    shown = plain_html("".join(data["text/html"]), words, page, numbers)
    label, drawing = re.search(r'data-label="([^"]*)"', shown), _DRAWING.search(shown)
    pictures = []
    if label and drawing and label[1] in drawings:
        shown = _DRAWING.sub("", shown)
        png = drawings[label[1]]
        data = {"image/png": base64.b64encode(png).decode(), "text/plain": html.unescape(drawing["alt"])}
        width = int.from_bytes(png[16:20], "big") * SCREEN_INCH // PIXELS_PER_INCH  # as large as on the page
        pictures = [_output(data) | {"metadata": {"image/png": {"width": width}}}]
    return [*pictures, _output({"text/html": shown, "text/plain": data.get("text/plain", "")})] if shown else []


def _output(data):
    return {"output_type": "display_data", "data": data, "metadata": {}}
