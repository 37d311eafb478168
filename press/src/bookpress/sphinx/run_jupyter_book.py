"""Builds a book's HTML with jupyter-book's own function: python -m bookpress.sphinx.run_jupyter_book BOOK TARGET JOBS PARENT [LANGUAGE CATALOGUES]

The command of jupyter-book cannot tell Sphinx to work on several pages at once
(jupyter-book/jupyter-book#1735); its function can. Imports all it needs, then waits for a line on
stdin. On Linux it ends with the process PARENT, even with one that is killed.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from pathlib import Path

from bookpress.processes import end_with_parent, look_for_garbage_rarely


def main(book, target, jobs, parent, language="", catalogues=""):
    """Build the book in folder `book` as HTML into `target` with so many jobs; return the exit code. Any warning is a failure.

    language : a further one of the book, whose compiled catalogues lie in the folder `catalogues`.
    """
    end_with_parent(int(parent))
    look_for_garbage_rarely()
    from jupyter_book.sphinx import build_sphinx

    import bookpress.sphinx.extension  # noqa: F401

    gc.freeze()  # modules stay to the end; sphinx-external-toc goes through all else for one object, and so does each fork's collector
    if not sys.stdin.readline():
        return 1
    book = Path(book)
    result = build_sphinx(
        book,
        Path(target),
        noconfig=True,
        path_config=book / "_config.yml",
        confoverrides={
            "external_toc_path": str(book / "_toc.yml"),
            "latex_individualpages": False,
            "nitpicky": True,
            **({"language": language, "locale_dirs": [catalogues], "gettext_compact": False} if language else {}),
        },
        warningiserror=True,
        keep_going=True,
        jobs=int(jobs),
    )
    if isinstance(result, BaseException):
        traceback.print_exception(result)
        return 1
    return result


if __name__ == "__main__":
    code = main(*sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # Sphinx' trees are not taken apart
