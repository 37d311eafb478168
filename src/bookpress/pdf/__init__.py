"""A built Jupyter Book as one PDF: HTML -> document tree -> Typst -> PDF/A-3a and PDF/UA-1.

pages.py    the pages in order, made ready to be one document
read.py     HTML -> tree          tree.py     what a printed book is made of
write.py    tree -> Typst         columns.py  how wide each column of a table must be
compile.py  Typst -> PDF          fonts.py    where the fonts come from
tags.py     what the compiler's tags of tables need after it
report.typ  all looks
"""

from pathlib import Path

import pikepdf

from .compile import compile_pdf, replace_file
from .errors import PressError
from .pages import load_pages
from .read import citation_words, read_page
from .write import write_book

__all__ = ["PAPERS", "PressError", "make_pdf"]

PAPERS = ("a4", "us-letter")


def make_pdf(html_dir, toc_file, target, edition, *, attachments=(), package=None, paper="a4"):
    """Write one PDF of the built book to `target`; return its page count.

    html_dir : the built HTML. toc_file : the book's _toc.yml. edition : see bookpress.edition.
    attachments : `bookpress.attachments.Attachment`s to be carried inside the PDF. package : the data package among them,
    whose digest the colophon prints, or None. paper : "a4" or "us-letter".
    Raises PressError, naming page and element, when anything in the book cannot be printed; an older PDF then stays as it is.
    """
    if paper not in PAPERS:
        raise PressError(f"paper {paper!r}: not known to the press; it has {', '.join(PAPERS)}")
    html_pages = load_pages(html_dir, toc_file, edition.url, Path(target).name)
    cited = citation_words(html_pages)
    source, images = write_book([read_page(page, cited) for page in html_pages], paper)
    replace_file(Path(target), compile_pdf(source, images, edition, attachments, package, paper))
    with pikepdf.open(target) as pdf:
        return len(pdf.pages)
