"""The warm parent of a book's notebooks: imports the heavy libraries once, forks a process for each notebook that needs to run.

Started by `bookpress.notebooks.plan`, which sends the job as one line of JSON and holds stdin open; when that closes, the press is gone
and this process ends with all it started. A fault goes to stderr, in words for the reader, with exit code 1.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import platform
import shutil
import sys
import sysconfig
from pathlib import Path

from bookpress.compat import without_address_grammars
from bookpress.files import file_digest, names_digest
from bookpress.notebooks import results
from bookpress.notebooks.dependencies import is_own
from bookpress.notebooks.documents import is_current, read_documents
from bookpress.notebooks.workers import Fault, Pool

# What notebooks that show figures, tables and citations import sooner or later.
PRELOADED = [
    "bs4",
    "docutils.parsers.rst.states",
    "fontTools.subset",
    "IPython.display",
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
# They look for the notebook's shell when they are imported; without it no figure of theirs would ever be shown.
NEVER_PRELOADED = ["matplotlib.pyplot", "matplotlib_inline.backend_inline"]


def main():
    """Run the job that comes on stdin; return the exit code."""
    job = json.loads(sys.stdin.readline())
    with without_address_grammars():
        import nbformat  # noqa: F401
    try:
        run_book(job)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def run_book(job):
    """Run the notebooks of which something changed, keep their results in `job["store"]`, and tell their seconds in the file `job["ran"]`.

    job : {"book", "lock", "store", "scratch", "ran", "documents", "extensions", "exclude", "timeout", "allow_errors", "jobs", "memory", "preload",
    "unnoted", "secrets"}, as `bookpress.notebooks.plan` makes it. Raises Fault.
    """
    store = Path(job["store"])
    documents = read_documents(job)
    results.forget_others(store, [document.name for document in documents])
    environment = environment_digest(job)
    known = {document.name: results.read(store, document.name) for document in documents}
    outdated = [document for document in documents if not is_current(known[document.name], document, environment)]
    if not outdated:
        print(f"          no notebook to run, {len(documents)} unchanged", flush=True)
        return
    shell = preload(job["preload"])
    refuse_hiding_modules(outdated)
    # those that took longest start first, so that no core waits long at the end; what is new may be long as well
    outdated.sort(key=lambda document: -(known[document.name] or {}).get("seconds", float("inf")))
    pool, ran = Pool(job, shell), {}
    try:
        for document, result, done in pool.run(outdated):
            kept = {"environment": environment, "code": document.code, **result}
            results.write(store, document.name, kept)
            report(document, result, done, len(outdated))
            ran[document.name] = result["seconds"]
    finally:
        pool.kill()
    Path(job["ran"]).write_text(json.dumps(ran), "utf-8")
    if sys.stdout.isatty():
        print("\r\033[K", end="")
    print(f"          {len(outdated)} notebooks run, {len(documents) - len(outdated)} unchanged", flush=True)


def report(document, result, done, total):
    """One line for each notebook that ran; on a terminal the next one takes its place."""
    again = f"; runs at every build, for it {', '.join(result['beyond'])}" if result["beyond"] else ""
    line = f"          {document.name}: {result['seconds']:.1f} s, {total - done} left{again}"
    if sys.stdout.isatty():
        line = "\r\033[K" + line[: shutil.get_terminal_size().columns - 1]
    print(line, end="" if sys.stdout.isatty() else "\n", flush=True)


def environment_digest(job):
    """A digest of what all results rest on: Python, the lock, what is installed, fixed variables, and the code that runs cells."""
    own = sorted(module.__file__ for module in list(sys.modules.values()) if is_own(getattr(module, "__file__", None)))
    own.append(str(Path(__file__).with_name("cell_runner.py")))
    stated = [
        sys.version,
        platform.platform(),
        file_digest(job["lock"]),
        names_digest(sysconfig.get_path("purelib")),
        {name: os.environ.get(name) for name in job["fixed"]},
        job["preload"],
        [file_digest(path) for path in own],
    ]
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()


# --- the libraries ------------------------------------------------------------------------------------------------------


def refuse_hiding_modules(documents):
    """Raise Fault where a file beside a notebook has the name of a library: whether it hides it would hang on who came first."""
    for folder in {document.path.parent.resolve() for document in documents}:
        for place in [*folder.glob("*.py"), *(path.parent for path in folder.glob("*/__init__.py"))]:
            if place.stem in sys.modules and place.stem not in sys.stdlib_module_names:
                raise Fault(
                    f"{place}: the library of the same name could not be imported any more; give it another name"
                )


def preload(more):
    """Import what most notebooks need, into the shell that they will run in, and return that.

    Raises Fault for a name that cannot be imported, or that must not be yet.
    """
    from bookpress.notebooks.cell_runner import open_shell  # slow to import, and where nothing changed no one needs it

    shell = open_shell()
    for name in [*PRELOADED, *more]:
        try:
            with shell.builtin_trap:
                importlib.import_module(name)
        except ImportError as error:
            raise Fault(f"_config.yml: bookpress: preload: {name} cannot be imported: {error}") from error
        if early := [trap for trap in NEVER_PRELOADED if trap in sys.modules]:
            raise Fault(
                f"_config.yml: bookpress: preload: {name} imports {early[0]}, after which notebooks show no figures"
            )
    return shell
