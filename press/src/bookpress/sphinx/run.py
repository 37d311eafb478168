"""Runs jupyter-book as its own process, with fixed environment variables, and says what went wrong in a few lines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from bookpress.book.edition import named_variables
from bookpress.book.languages import LOCALE
from bookpress.book.toc import PAGE_SUFFIXES
from bookpress.environment import COMMIT_VARIABLE, LANGUAGE_VARIABLE, RESULTS_VARIABLE, environment_variables
from bookpress.errors import STDERR, BuildError, Unforeseen

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_PROBLEM = re.compile(r"\b(WARNING|ERROR|CRITICAL):")
_TRACE = "Traceback (most recent call last):"
# Errors of Sphinx are worded for readers, but not those that name a function or another process.
_FOR_READERS = re.compile(
    r"^sphinx\.errors\.(?!SphinxParallelError)\w+: (?!Handler <)(?P<message>.*?)(?:\n\n|\Z)", re.DOTALL | re.MULTILINE
)
_NO_TITLE = re.compile(r"toctree contains reference to document '(?P<page>[^']+)' that doesn't have a title")
MADE = "_build"  # the folder inside the staging folder that jupyter-book works in
_FAILED_CELL = re.compile(
    r"following cell:\n-+\n(?P<cell>.*?)\n-+\n(?P<trace>.*?)\n\n\nThe above exception.*?ExecutionError: (?P<notebook>.*?)\n",
    re.DOTALL,
)
_ERROR_LINE = re.compile(r"[\w.]*(Error|Exception|Interrupt|Exit)\b")
_CELL_LINE = re.compile(r"(\.ipynb):(\d{5,})")
SHOWN_LINES = 30
# What to do where a warning of others does not say it.
_REMEDIES = {
    "[mystnb.unknown_mime_type]": "show it as a picture (PNG, SVG or JPEG), as HTML without a script, or as text",
    "[mystnb.stderr]": STDERR,
    "attachment:": "a picture pasted into a cell is no file of the book: save it beside the page, and name its path",
    'directive URL "': "a build fetches nothing: save the table in the book, and name it by :file:",
}


@contextmanager
def jupyter_book(book, staging, edition, results=None, jobs=1, language=""):
    """Start jupyter-book for the book and the empty folder `staging`; give the process, which waits for `build_html`, and end it after.

    results : folder into which `execute_book` puts what the notebooks give; without it Sphinx runs
    them. jobs : how many pages it reads and writes side by side. language : a further language of the book, whose catalogues lie compiled
    in `staging`/LOCALE; "" for the book's own. A reading that lies in
    `staging`/MADE by then (bookpress.sphinx.doctree_cache) is brought up to date.
    """
    book, staging = Path(book), Path(staging)
    environ = environment_variables(named_variables(book), edition, staging / "home")
    environ[COMMIT_VARIABLE] = edition.commit
    if results:
        environ[RESULTS_VARIABLE] = str(results)
    if language:
        environ[LANGUAGE_VARIABLE] = language
    # -P: what lies in the current folder is nothing to it
    command = [sys.executable, "-P", "-m", "bookpress.sphinx.run_jupyter_book"]
    command += [
        book,
        staging / MADE / "html",
        str(jobs),
        str(os.getpid()),
        *([language, staging / LOCALE] if language else []),
    ]
    with subprocess.Popen(
        command,
        env=environ,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def build_html(process, book, staging):
    """Let a waiting `jupyter_book` build; return the folder of the HTML.

    Raises BuildError with the notebook's error or Sphinx' warnings; any warning is a failure.
    """
    said, _ = process.communicate("go\n")
    html = Path(staging) / MADE / "html"
    if process.returncode or not (html / "index.html").is_file():
        raise BuildError(_decisive(Path(book), said))
    (html / ".buildinfo").unlink()  # a digest of the configuration, which holds the path of this checkout
    return html


def _decisive(book, output):
    """The error of a notebook that failed, else the warnings, else the end of the output; paths as seen from `book/..`.

    Raises Unforeseen for an error that is not worded for readers.
    """
    output = _ANSI.sub("", output).replace(f"{book.parent}/", "")
    if failed := _FAILED_CELL.search(output):
        return f"{failed['notebook']}: {_message(failed['trace'].strip().splitlines())}\nin the cell\n{failed['cell']}"
    lines = output.splitlines()
    problems = [_of_page(book, line) for line in lines if _PROBLEM.search(line)]
    if not problems and _TRACE in output:
        if told := _FOR_READERS.search(output):
            return told["message"].strip()
        raise Unforeseen("the pages", output[output.index(_TRACE) :])
    return _CELL_LINE.sub(_cell, "\n".join(map(_with_remedy, dict.fromkeys(problems or lines[-SHOWN_LINES:]))))


def _of_page(book, line):
    """A warning of the contents that a page has no title, as one of the page."""
    if not (untitled := _NO_TITLE.search(line)):
        return line
    page = untitled["page"]
    file = next((name for suffix in PAGE_SUFFIXES if (book / (name := page + suffix)).is_file()), page)
    return f"{book.name}/{file}: has no heading; begin it with a line such as: # Title"


def _with_remedy(line):
    return line.rstrip(":") + "".join(f"; {remedy}" for kind, remedy in _REMEDIES.items() if kind in line)


def _message(trace):
    """The message that ends a traceback, all its lines: those after the last one that names an error."""
    named = [number for number, line in enumerate(trace) if _ERROR_LINE.match(line)]
    return "\n".join(trace[named[-1] if named else -1 :])


def _cell(place):
    """ "a.ipynb:20004" as "a.ipynb, cell 2": myst-nb counts ten thousand lines for each cell."""
    return f"{place[1]}, cell {int(place[2]) // 10_000}"
