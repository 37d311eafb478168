"""Imports the heavy libraries once, then forks a worker for each notebook that must run.

`bookpress.notebooks.plan` starts it, sends the job as one line of JSON, and holds stdin open. When
stdin closes, the press is gone, and this process ends with all that it started. A fault goes to
stderr, in words for the reader, with exit code 1; one that nobody foresaw with EX_SOFTWARE and, as
the last line, the arguments of `Unforeseen` in JSON.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import shutil
import sys
import traceback
from pathlib import Path

from bookpress.environment import spoken
from bookpress.errors import BuildError, Unforeseen
from bookpress.notebooks import results
from bookpress.notebooks.dependencies import Recorder, is_own
from bookpress.notebooks.documents import project_of, read_documents
from bookpress.notebooks.workers import run_side_by_side
from bookpress.processes import write_any_letter

# They look for the notebook's shell when they are imported; without it they never show a figure.
NEVER_PRELOADED = ["matplotlib.pyplot", "matplotlib_inline.backend_inline"]


def main():
    """Run the job that comes on stdin; return the exit code."""
    write_any_letter()
    job = json.loads(sys.stdin.readline())
    try:
        run_book(job)
    except BuildError as fault:
        print(fault, file=sys.stderr)
        return 1
    except Exception as error:  # noqa: BLE001  the last net: a reader is told, whatever happened
        where = str(error) if isinstance(error, Unforeseen) else "the process that runs the notebooks"
        trace = error.trace if isinstance(error, Unforeseen) else traceback.format_exc()
        print(json.dumps([where, trace]), file=sys.stderr)
        return os.EX_SOFTWARE
    return 0


def run_book(job):
    """Run the notebooks of which something changed; keep their results and their seconds.

    job : what `bookpress.notebooks.plan.execute_book` sends. Raises BuildError.
    """
    documents = read_documents(job)
    results.remove_others(job["store"], [document.name for document in documents])
    known = {document.name: results.read(job["store"], document.name) for document in documents}
    outdated = [document for document in documents if not document.is_current(known[document.name], job["environment"])]
    if not outdated:
        print(f"          no notebook to run, {len(documents)} unchanged", flush=True)
        return
    gc.disable()
    shell = preload(job["preload"])
    refuse_hiding_modules(outdated)
    recorder = begin(shell, job) if job["begin"] else None
    gc.freeze()  # what is loaded stays: no notebook's collector goes through it
    gc.enable()
    # Those that took longest start first, so that no core waits long at the end. A new notebook may
    # take long as well.
    outdated.sort(key=lambda document: -(known[document.name] or {}).get("seconds", float("inf")))
    seconds = {}
    for document, result in run_side_by_side(job, shell, outdated, recorder):
        kept = {"key": document.key(job["environment"]), "code": document.code, **result}
        results.write(job["store"], document.name, kept)
        seconds[document.name] = result["seconds"]
        report(document, result, len(outdated) - len(seconds))
    Path(job["seconds"]).write_text(json.dumps(seconds), "utf-8")
    if sys.stdout.isatty():
        print("\r\033[K", end="")
    print(f"          {len(outdated)} notebooks run, {len(documents) - len(outdated)} unchanged", flush=True)


def report(document, result, left):
    """Print one line for each notebook that ran; on a terminal the next one takes its place."""
    again = f"; runs at every build, for it {', '.join(result['untraceable'])}" if result["untraceable"] else ""
    line = f"          {document.name}: {result['seconds']:.1f} s, {left} left{again}"
    if sys.stdout.isatty():
        line = "\r\033[K" + line[: shutil.get_terminal_size().columns - 1]
    print(line, end="" if sys.stdout.isatty() else "\n", flush=True)


def refuse_hiding_modules(documents):
    """Raise BuildError for a file beside a notebook with the name of a library.

    It would be chance which of the two a notebook gets.
    """
    for folder in {document.path.parent.resolve() for document in documents}:
        for place in [*folder.glob("*.py"), *(path.parent for path in folder.glob("*/__init__.py"))]:
            if place.stem in sys.modules and place.stem not in sys.stdlib_module_names:
                raise BuildError(
                    f"{place}: the library of the same name could not be imported any more; give it another name"
                )


def preload(libraries):
    """Import the libraries, by name, into a shell; return the shell.

    Raises BuildError for a name that cannot be imported, or that must not be.
    """
    from bookpress.notebooks.cell_runner import open_shell  # slow to import, and needed only if a notebook runs

    shell = open_shell()
    before = set(sys.modules)  # a system's own sitecustomize may be among them, wherever it lies
    for name in libraries:
        fault = f"_config.yml: bookpress: preload: {name}"
        try:
            with shell.builtin_trap:
                importlib.import_module(name)
        except ImportError as error:
            raise BuildError(f"{fault} cannot be imported: {error}") from error
        refuse_early(fault)
    new = [(name, sys.modules[name]) for name in sys.modules.keys() - before]
    if own := sorted(name for name, module in new if is_own(getattr(module, "__file__", None))):
        raise BuildError(f"_config.yml: bookpress: preload: {own[0]} is the book's own: a change of it would go unseen")
    return shell


def refuse_early(fault):
    """Raise BuildError, which begins with `fault`, if something is imported that takes notebooks their figures."""
    if early := [trap for trap in NEVER_PRELOADED if trap in sys.modules]:
        raise BuildError(f"{fault} imports {early[0]}, after which notebooks show no figures")


def begin(shell, job):
    """Run the code that `bookpress: begin` names, in each language; return the resting Recorder of what it used. Notebooks see no name of it.

    Raises BuildError if it fails.
    """
    fault = "_config.yml: bookpress: begin:"
    recorder = Recorder(project_of(job), job["scratch"])
    try:
        code = compile(job["begin"], "<bookpress: begin>", "exec")
        for language in ("", *job["languages"]):
            with shell.builtin_trap, spoken(language):
                exec(code, {"__name__": "__begin__"})
    except Exception as error:
        raise BuildError(f"{fault} {type(error).__name__}: {error}") from error
    recorder.is_resting = True
    refuse_early(fault)
    return recorder


if __name__ == "__main__":
    sys.exit(main())
