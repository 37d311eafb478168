"""A built Jupyter Book as one PDF: HTML -> document tree -> Typst -> PDF/A-3a and PDF/UA-1.

pages.py    the pages in order, made ready to be one document
read/       HTML -> tree          tree.py     what a printed book is made of
write/      tree -> Typst         columns.py  how wide each column of a table must be
placement.py  where figures may move to, which tables stand across          measures.py  those of the page, as in report.typ
compile.py  Typst -> PDF
order.py    words as they are read: from the right, whole, with known blanks     languages.py  words in another language than the book's
tags.py     what the compiler's tags need after it
labels.py   what pages are called in a reader of PDF
report.typ  all looks
"""

import sys
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pikepdf

from bookpress.book.edition import PAPERS
from bookpress.errors import PressError
from bookpress.files import replace_file
from bookpress.processes import begun, cores, forks

from .compile import compile_ahead, compile_pdf
from .pages import WITHOUT_WORDS, load_page, printed
from .read import read_page
from .write import write_book

__all__ = ["PressError", "compile_ahead", "make_pdf", "unprintable"]


def make_pdf(
    html_dir,
    toc_file,
    target,
    edition,
    *,
    attachments=(),
    package=None,
    paper="a4",
    summary="",
    cover="",
    words=None,
    kept=None,
):
    """Write one PDF of the built book to `target`; return its page count.

    html_dir : the built HTML. toc_file : the book's _toc.yml. edition : see bookpress.book.edition.
    attachments : `bookpress.book.attachments.Attachment`s to be carried inside the PDF. package :
    the data package among them, whose digest the colophon prints, or None. paper : "a4" or
    "us-letter". summary, cover : see `write_book`. words : `bookpress.book.languages.Words` of a further language, or None. kept : folder in which to keep what the compiler read, for `compile_ahead` in a
    later run, or None.
    Raises PressError, naming page and element, when anything in the book cannot be printed; an
    older PDF then stays as it is.
    """
    if paper not in PAPERS:
        raise PressError(f"paper {paper!r}: not known to the press; it has {', '.join(PAPERS)}")
    pages = _pages(html_dir, toc_file, edition, words)
    if faults := _faults(pages):
        raise PressError("\n".join(faults))
    source = write_book(pages, paper, summary, cover)
    source = replace(source, images={name: Path(html_dir, path) for name, path in source.images.items()})
    replace_file(Path(target), compile_pdf(source, edition, attachments, package, paper, words, kept))
    with pikepdf.open(target) as pdf:
        return len(pdf.pages)


def unprintable(html_dir, toc_file, edition):
    """Return a line for each thing on the pages of a built book that cannot be printed, but for pictures without words."""
    return [line for line in _faults(_pages(html_dir, toc_file, edition)) if WITHOUT_WORDS not in line]


def _pages(html_dir, toc_file, edition, words=None):
    """The tree of each printed page, or the PressError that it gives."""
    entries = printed(html_dir, toc_file)
    if words:  # the names of parts are messages of the first page, as Sphinx has them
        entries = [(name, depth, words.say(part, entries[0][0])) for name, depth, part in entries]
    known = [name for name, *_ in entries], edition.url, edition.pdf_name
    with _side_by_side(len(entries)) as each:
        return list(each(partial(_read, Path(html_dir), known), entries))


def _read(html_dir, known, entry):
    try:
        return read_page(load_page(html_dir, entry, *known))
    except PressError as fault:
        return fault


def _faults(pages):
    return [line for page in pages if isinstance(page, PressError) for line in str(page).splitlines()]


@contextmanager
def _side_by_side(number):
    """A `map` for so many pages that works on all cores, where a process can be forked though it has threads."""
    if sys.platform != "linux" or min(cores(), number) < 2:
        yield map
        return
    with forks(cores()) as pool:
        yield partial(begun, pool.map)
