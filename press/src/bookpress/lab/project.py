"""Finds the book that a notebook belongs to, and the words that its roles stand for: from the last build, else from the sources."""

from __future__ import annotations

import os
import re
from pathlib import Path

from bookpress.book.sources import bibliographies, page_file, read_notebook
from bookpress.book.toc import read_toc
from bookpress.files import read_text
from bookpress.notebooks.words import WORDS_FILE, Words, read_words
from bookpress.sphinx.bibliography import citations

BUILT = ("../build/html", "_build/html")  # seen from the book: where the press and jupyter-book alone put the pages
PAGES_VARIABLE = "BOOKPRESS_PAGES"  # names the folder of the pages if it is another
_TITLE = re.compile(r"^(?:\((?P<label>[^()\n]+)\)=[ \t]*\n+)?#{1,6} +(?P<title>.+)$", re.MULTILINE)


def book_of(notebook: Path) -> Path | None:
    """The folder of the book that a notebook belongs to: one with `_toc.yml`, above the notebook or beside a folder above it."""
    for folder in Path(os.path.realpath(notebook)).parents:
        for contents in (folder / "_toc.yml", *sorted(folder.glob("*/_toc.yml"))):
            if contents.is_file() and contents.with_name("_config.yml").is_file():
                return contents.parent
    return None


def words_of(book: Path) -> Words:
    """The words of the last build of a book; where there is none those that its sources tell, without numbers of figures."""
    places = [os.environ[PAGES_VARIABLE]] if PAGES_VARIABLE in os.environ else BUILT
    built = [book / place / WORDS_FILE for place in places]
    for file in sorted(filter(Path.is_file, built), key=os.path.getmtime, reverse=True):
        try:
            return read_words(file)
        except (OSError, ValueError, TypeError):
            continue
    return _from_sources(book)


def page_of(book: Path, notebook: Path, words: Words) -> str:
    """The name in the book of the page that a notebook makes."""
    for name in words.pages:
        file = book / f"{name}.ipynb"
        if file.is_file() and os.path.samefile(file, notebook):
            return name
    return notebook.stem


def _from_sources(book):
    labels, pages, cited = {}, {}, {}
    for name, *_ in read_toc(book / "_toc.yml"):
        titles = list(_TITLE.finditer(_prose(book, name)))
        if titles:
            pages[name] = titles[0]["title"].strip()
        labels |= {title["label"]: title["title"].strip() for title in titles if title["label"]}
    for file in bibliographies(book):
        cited |= citations(file)
    return Words(labels=labels, pages=pages, citations=cited)


def _prose(book, name):
    file = page_file(book, name)
    if file is None or file.suffix != ".ipynb":
        return read_text(file) if file else ""
    cells = read_notebook(file).get("cells", [])
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
