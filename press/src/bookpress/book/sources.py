"""Looks at the sources of a book before anything runs: whether each page is there and can be read."""

from __future__ import annotations

import difflib
import json
import re

from pybtex.database import parse_file
from pybtex.exceptions import PybtexError

from bookpress.book.edition import section
from bookpress.book.toc import PAGE_SUFFIXES, read_toc
from bookpress.errors import BuildError
from bookpress.files import read_text

LONGEST_LINK = 200  # letters; a link that was unpacked as a file holds a path and nothing else
_FENCED = re.compile(r"^(`{3,})(\{)?.*?^\1`*$", re.MULTILINE | re.DOTALL)  # a directive, or code that a page prints
_NOTE, _CALL = re.compile(r"^\[\^([^\]]+)\]:", re.MULTILINE), re.compile(r"\[\^([^\]]+)\](?!:)")
RESTORE = "save it anew in JupyterLab, or take the last good one from git"


def check_sources(book):
    """Raise BuildError, with a line for each, if pages or bibliographies of the book are missing or cannot be read."""
    pages = [(page_file(book, name), name) for name, *_ in read_toc(book / "_toc.yml")]
    faults = [_missing(book, name) for path, name in pages if path is None]
    for path in [*(path for path, _ in pages if path), *bibliographies(book)]:
        try:
            text = _prose(path)
            if path.suffix in PAGE_SUFFIXES:
                faults += _idle_notes(path, text)
        except BuildError as fault:
            faults.append(str(fault))
    if faults:
        raise BuildError("\n".join(dict.fromkeys(faults)).replace(f"{book.parent}/", ""))


def check_bibliographies(book):
    """Raise BuildError for the first fault of syntax in a bibliography of the book; reading a long one takes a moment."""
    for path in bibliographies(book):
        try:
            parse_file(str(path), "bibtex")
        except PybtexError as error:
            shown = str(path).removeprefix(f"{book.parent}/")
            raise BuildError(f"{shown}: {error}; mend the entry there or above") from error


def read_notebook(path):
    """Return the notebook in a file, as its JSON has it. Raises BuildError if it holds none."""
    text = read_text(path)
    if not text.strip():
        raise BuildError(f"{path}: is empty, and no notebook; {RESTORE}")
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        raise BuildError(f"{path}, line {error.lineno}: no JSON, as a notebook is: {error.msg}; {RESTORE}") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("nbformat"), int):
        raise BuildError(f"{path}: JSON, but no notebook: it has no nbformat; {RESTORE}")
    if notebook["nbformat"] > 4:
        raise BuildError(
            f"{path}: is in format {notebook['nbformat']} of notebooks, which the press does not know; save it in format 4"
        )
    if notebook["nbformat"] == 4:
        for field, kind in (("metadata", dict), ("cells", list)):
            if not isinstance(notebook.get(field), kind):
                raise BuildError(f"{path}: has no {field}, and is no whole notebook; {RESTORE}")
        for number, cell in enumerate(notebook["cells"], 1):
            if not isinstance(cell, dict) or {"cell_type", "metadata", "source"} - cell.keys():
                raise BuildError(f"{path}, cell {number}: has no cell_type, metadata or source; {RESTORE}")
            _check_metadata(f"{path}, cell {number}", cell)
    return notebook


def _check_metadata(place, cell):
    """Raise BuildError for what a cell says of itself and no page would follow."""
    metadata = cell["metadata"]
    tags, own = metadata.get("tags", []), metadata.get("mystnb", {})
    if not (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)):
        raise BuildError(
            f'{place}: its tags are {json.dumps(tags)}, and no list of words; write: "tags": ["remove-input"]'
        )
    image = own.get("image", {}) if isinstance(own, dict) else None
    if not isinstance(image, dict) or not isinstance(image.get("alt", ""), str):
        raise BuildError(
            f'{place}: its mystnb is {json.dumps(own)}; write: "mystnb": {{"image": {{"alt": "what it shows"}}}}'
        )
    if (
        cell["cell_type"] == "raw"
        and not metadata.get("format")
        and "remove-cell" not in tags
        and "".join(cell["source"]).strip()
    ):
        raise BuildError(
            f"{place}: a raw cell without a format stands on no page; make it Markdown or code, or tag it remove-cell"
        )


def _prose(path):
    """The text of a page or bibliography, of a notebook its Markdown cells. Raises BuildError if it cannot be read."""
    if path.suffix != ".ipynb":
        return read_text(path)
    cells = [cell for cell in read_notebook(path).get("cells", []) if cell["cell_type"] == "markdown"]
    return "\n\n".join("".join(cell["source"]) for cell in cells)


def _idle_notes(path, text):
    """What is said of each footnote of a page that is given and never called: MyST leaves it out without a word."""
    prose = _FENCED.sub(lambda fenced: fenced[0] if fenced[2] else "\n" * fenced[0].count("\n"), text)
    called = set(_CALL.findall(prose))
    for note in _NOTE.finditer(prose):
        if note[1] not in called:
            line = "" if path.suffix == ".ipynb" else f", line {prose.count(chr(10), 0, note.start()) + 1}"
            yield f"{path}{line}: the note [^{note[1]}] is given but not called; call it, or take it out"


def bibliographies(book):
    """Return the files of `bibtex_bibfiles` that are there; Sphinx warns of others."""
    named = section(book / "_config.yml", types={"bibtex_bibfiles": list}).get("bibtex_bibfiles", [])
    return [path for file in named if (path := book / file).is_file()]


def page_file(book, name):
    """Return the file of a page, None if there is none."""
    return next((file for suffix in PAGE_SUFFIXES if (file := book / f"{name}{suffix}").is_file()), None)


def _missing(book, name):
    """What is said of a page of `_toc.yml` without a file: a link above it that is none, or its line and the nearest name."""
    toc = book / "_toc.yml"
    for parent in (book / name).parents:
        if parent.is_file() and parent.stat().st_size < LONGEST_LINK:
            target = parent.read_text("utf-8", "replace").strip()
            if "\n" not in target and (parent.parent / target).is_dir():
                return f"{parent}: is a link to {target} that was unpacked as a file; make it a link again: ln -sfn {target} {parent} (git: core.symlinks true, then git checkout)"
    entry = re.compile(rf"\b(?:file|root):\s*['\"]?{re.escape(name)}(?:\.\w+)?['\"]?\s*(?:[,}}#].*)?$")
    lines = enumerate(toc.read_text("utf-8").splitlines(), 1)
    line = next((f", line {number}" for number, line in lines if entry.search(line)), "")
    files = [path for pattern in ("*", "*/*") for path in book.glob(pattern) if path.suffix in PAGE_SUFFIXES]
    nearest = difflib.get_close_matches(
        name, sorted({str(path.relative_to(book).with_suffix("")) for path in files}), 1
    )
    nearest = f"; the nearest name is {nearest[0]}" if nearest else "; write the page, or take the line out"
    return f"{toc}{line}: {name}: no such page ({', '.join(PAGE_SUFFIXES)}){nearest}"
