"""Says what the processes of a build see of the machine: variables, folders, the environment."""

from __future__ import annotations

import os
import platform
import sys
import sysconfig
from contextlib import contextmanager
from pathlib import Path

from bookpress.files import digest_of, fingerprint, tree_digest

PACKAGE_FOLDER = "_downloads/package"  # where the extension copies the data package
PACKAGE_VARIABLE = "BOOKPRESS_PACKAGE"  # names the descriptor of the data, if it is not the one in _config.yml
LANGUAGES_VARIABLE = (
    "BOOKPRESS_LANGUAGES"  # names the further languages, with commas between, if not those of _config.yml
)
COMMIT_VARIABLE = "BOOKPRESS_COMMIT"  # tells the processes of a build its commit, "" if it has none
CITATION_FILE = "_downloads/CITATION.cff"  # below the HTML, with the addresses that `_config.yml` gives
RESULTS_VARIABLE = "BOOKPRESS_RESULTS"  # tells the extension where the results of the notebooks are
LANGUAGE_VARIABLE = "LANGUAGE"  # GNU gettext's: of a further language of the book, while it is made; else there is none
KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "SSL_CERT_FILE")  # of the caller's: what programs need to run at all
PARAGRAPH_NUMBER = (
    "paragraph-number"  # class of the mark at the beginning of a paragraph, which the pages draw and the PDF prints
)
HEADING_CLASS = (
    "drawn-heading"  # of the title that a drawing bears, before its caption: pages and PDF show it in the drawing alone
)
FILES_FOLDER = "_downloads/files"  # below the HTML, where it writes the files that cells give
DATA_FOLDER = "_downloads/data"  # below the HTML, where the extension writes the tables and the PDF finds them
QUOTED_NUMBERS = "_downloads/quoted-numbers.csv"  # below the HTML: the computed numbers of the text, with their rules


def fixed_variables(edition):
    """Return what a page must not depend on, as variables: hash order, date, language, screen."""
    return {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(edition.epoch),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as in every kernel: open figures are shown
        "JUPYTER_PREFER_ENV_PATH": "1",  # this environment's kernel, not one of the same name in the user's home
    }


@contextmanager
def spoken(language):
    """Set LANGUAGE_VARIABLE to a further language of the book; "" is the book's own, for which there is none."""
    if language:
        os.environ[LANGUAGE_VARIABLE] = language
    try:
        yield
    finally:
        os.environ.pop(LANGUAGE_VARIABLE, None)


def environment_variables(named, edition, home):
    """Return all environment variables that Sphinx and the notebooks see.

    Of the caller's own they get what programs need to run, the place of the data, and those
    `named`; no token or password, which a notebook could print, and no setting that could reach a
    figure. home : a folder made for programs that look for a user's settings.
    """
    kept = {
        name: os.environ[name]
        for name in (*KEPT_VARIABLES, PACKAGE_VARIABLE, LANGUAGES_VARIABLE, *named)
        if name in os.environ
    }
    settings = home / "matplotlib" / "matplotlibrc"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("svg.hashsalt: book\n", "utf-8")  # by chance otherwise: the ids in a cell's SVG
    own = {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "TMPDIR": str(home),
    }
    return kept | fixed_variables(edition) | own


def environment_digest(lock):
    """Return a digest of the press, Python, its packages and the system. lock : a file, or None."""
    packages = fingerprint(sysconfig.get_path("purelib"))
    press = tree_digest(Path(__file__).parent)
    return digest_of(press, packages, fingerprint(lock) if lock else "", sys.version, platform.platform())
