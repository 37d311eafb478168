"""Runs a book's notebooks: collects what its settings say of them, starts the fork server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bookpress.book.edition import EXECUTE, lock_file, named_variables, press_settings, section
from bookpress.book.languages import languages_of
from bookpress.book.toc import read_toc
from bookpress.environment import environment_digest, environment_variables
from bookpress.errors import BuildError, Unforeseen
from bookpress.files import digest_of
from bookpress.processes import cores

# Of `execute: execute_notebooks`; with the others notebooks run otherwise or not at all.
MODES = ("force", "auto", "cache")
TIMEOUT_SECONDS = 30  # for a cell; jupyter-book's own default, as those below
EXTENSIONS = ["colon_fence", "dollarmath", "linkify", "substitution", "tasklist"]
# Names of variables that keep a secret. A notebook does not see them, but could ask the system for
# those of its parents.
_SECRET = re.compile(r"token|secret|passw|passphrase|credential|api_?key|private|auth(?!or)", re.IGNORECASE)
SHORTEST_SECRET = 8  # what is shorter may stand in a text by chance
MEMORY_GIGABYTES = 4  # for a notebook, beyond what the libraries take
# What notebooks that show figures, tables and citations import sooner or later.
PRELOADED = [
    "docutils.parsers.rst.states",
    "fontTools.subset",
    "IPython.display",
    "lxml.html",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "matplotlib.font_manager",
    "myst_nb.ext.glue",
    "numpy",
    "pandas",
    "pikepdf",
    "pybtex.backends.plaintext",
    "pybtex.database.input.bibtex",
    "pybtex.style.formatting.unsrt",
    "sphinxcontrib.bibtex.style.referencing.author_year",
    "typst",
]


def execute_book(book, store, scratch, edition, jobs=None):
    """Run the notebooks of which anything changed since their results were put into `store`.

    scratch : folder for what need not stay. jobs : how many run side by side, by default as many as
    there are cores. Prints a line for each, and returns the seconds of those that ran, by name.
    Raises BuildError with notebook, cell and message if one fails; nothing that it started runs on.
    """
    book = Path(book)
    job = _job(book)
    if job["mode"] not in MODES:
        return {}
    folder = Path(tempfile.mkdtemp(prefix="notebooks-", dir=scratch))
    environ, seconds = environment_variables(named_variables(book), edition, folder), folder / "seconds.json"
    seen = [(name, _relative(value, folder, book.parent)) for name, value in sorted(environ.items())]
    job |= {
        "store": str(store),
        "scratch": str(folder),
        "seconds": str(seconds),
        "jobs": jobs or cores(),
        "environment": digest_of(
            environment_digest(lock_file(book)), seen, job["preload"], job["begin"], job["languages"]
        ),
        "secrets": {
            name: value for name, value in os.environ.items() if _SECRET.search(name) and len(value) >= SHORTEST_SECRET
        },
    }
    # -P: what lies in the current folder is nothing to it
    command = [sys.executable, "-P", "-m", "bookpress.notebooks.fork_server"]
    with subprocess.Popen(
        command, env=environ, encoding="utf-8", errors="replace", stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as server:
        server.stdin.write(json.dumps(job) + "\n")
        server.stdin.flush()
        fault = server.stderr.read()
    if server.returncode == os.EX_SOFTWARE:
        raise Unforeseen(*json.loads(fault.splitlines()[-1]))
    if server.returncode:
        raise BuildError(fault.strip() or f"the process that runs the notebooks ended with code {server.returncode}")
    return json.loads(seconds.read_text("utf-8")) if seconds.is_file() else {}


def _relative(value, *folders):
    """The value of a variable without the folders, which differ by checkout and build."""
    for folder in folders:
        value = value.replace(str(folder), "")
    return value


def _job(book):
    """What `_config.yml` and `_toc.yml` say of the notebooks."""
    config = book / "_config.yml"
    execute, press = section(config, "execute", types=EXECUTE), press_settings(config)
    sphinx = section(config, "sphinx", "config")
    extensions = section(config, "parse").get("myst_enable_extensions", EXTENSIONS)
    return {
        "book": str(book),
        "documents": [name for name, *_ in read_toc(book / "_toc.yml")],
        "mode": "off" if execute.get("run_in_temp") else execute.get("execute_notebooks", "auto"),
        "exclude": execute.get("exclude_patterns", []),
        "timeout": execute.get("timeout", TIMEOUT_SECONDS),
        "allow_errors": execute.get("allow_errors", False),
        "stderr": execute.get("stderr_output", "show"),
        "extensions": sphinx.get("myst_enable_extensions", extensions),
        "languages": languages_of(book, begun=False),
        "memory": press.get("memory", MEMORY_GIGABYTES),
        "preload": press.get("preload", PRELOADED),
        "begin": press.get("begin", ""),
    }
