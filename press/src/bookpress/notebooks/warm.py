"""The warm parent of a book's notebooks: imports the heavy libraries once, forks a process for each notebook that needs to run.

Started by `bookpress.notebooks.execute`, which sends the job as one line of JSON and holds stdin open; when that closes, the press is gone
and this process ends with all it started. A fault goes to stderr, in words for the reader, with exit code 1.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import platform
import resource
import select
import shutil
import signal
import sys
import sysconfig
import tempfile
import threading
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from bookpress.errors import PressError
from bookpress.notebooks import results
from bookpress.notebooks.depends import LIBRARIES, Recorder, file_digest, names_digest, unchanged
from bookpress.sphinx.compat import without_address_grammars

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
POLL_SECONDS = 0.1
SHOWN_LINES = 15


class Fault(PressError):
    """A notebook does not run through; the message says which one, where and why."""


@dataclass(frozen=True)
class Document:
    """A page with cells to run: its name in the book, its file, its code as `results.code_of` gives it, and how it may run."""

    name: str
    path: Path
    code: dict
    timeout: float | None
    allow_errors: bool

    @property
    def cells(self):
        """The code cells as {"source", "metadata"}."""
        return self.code["cells"]


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

    job : {"book", "store", "scratch", "ran", "documents", "extensions", "exclude", "timeout", "allow_errors", "jobs", "memory", "preload",
    "unnoted", "secrets"}, as `bookpress.notebooks.execute` makes it. Raises Fault.
    """
    store = Path(job["store"])
    documents = read_documents(job)
    results.forget_others(store, [document.name for document in documents])
    surroundings = surroundings_digest(job)
    known = {document.name: results.read(store, document.name) for document in documents}
    outdated = [document for document in documents if not is_current(known[document.name], document, surroundings)]
    if not outdated:
        print(f"          no notebook to run, {len(documents)} unchanged", flush=True)
        return
    shell = preload(job["preload"])
    refuse_hiding_modules(outdated)
    # those that took longest start first, so that no core waits long at the end; what is new may be long as well
    outdated.sort(key=lambda document: -(known[document.name] or {"seconds": float("inf")})["seconds"])
    pool, ran = Pool(job, shell), {}
    try:
        for document, result, done in pool.run(outdated):
            kept = {"surroundings": surroundings, "code": document.code, **result}
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


def show_running(children, waiting):
    """On a terminal, one line that says where each running notebook is."""
    if sys.stdout.isatty():
        at = [
            f"{child.document.name}, cell {(child.cell or 0) + 1} of {len(child.document.cells)}, {time.monotonic() - child.start:.0f} s"
            for child in children
        ]
        line = f"          {'; '.join(at)}; {waiting} waiting"
        print("\r\033[K" + line[: shutil.get_terminal_size().columns - 1], end="", flush=True)


# --- what there is to run -----------------------------------------------------------------------------------------------


def read_documents(job):
    """The documents of the book that hold cells for Python, as myst-nb reads them."""
    found = []
    for name in job["documents"]:
        for suffix in (".ipynb", ".md"):
            path = Path(job["book"], name + suffix)
            if path.is_file():
                notebook = _notebook(path, job["extensions"])
                if notebook is not None and _is_ours(notebook, path, job):
                    found.append(_document(name, path, notebook, job))
                break
    return found


def _notebook(path, extensions):
    """The notebook in a file, or None for a page of prose."""
    if path.suffix == ".ipynb":
        import nbformat

        return nbformat.read(path, as_version=4)
    text = path.read_text("utf-8")
    if not text.startswith("---"):  # saves the import
        return None
    from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
    from myst_parser.config.main import MdParserConfig

    if not is_myst_markdown_notebook(text):
        return None
    return read_myst_markdown_notebook(text, MdParserConfig(enable_extensions=extensions), path=path)


def _is_ours(notebook, path, job):
    """Whether it may run here; Sphinx runs the others: of another kernel, or with settings of their own for myst-nb."""
    own = notebook.metadata.get("mystnb", {})
    return (
        notebook.metadata.get("kernelspec", {}).get("name", "python3") == "python3"
        and not any(key.startswith("execution_") for key in own)
        and not any(path.match(pattern) for pattern in job["exclude"])
    )


def _document(name, path, notebook, job):
    own = notebook.metadata.get("execution", {})
    timeout = own.get("timeout", job["timeout"])
    allow_errors = own.get("allow_errors", job["allow_errors"])
    return Document(name, path, results.code_of(notebook), timeout if timeout and timeout > 0 else None, allow_errors)


def is_current(result, document, surroundings):
    """Whether a kept result is what the document would give now."""
    return (
        result is not None
        and not result["beyond"]
        and result["surroundings"] == surroundings
        and result["code"] == document.code
        and unchanged(result["found"])
    )


def surroundings_digest(job):
    """A digest of what all results rest on: Python, the lock, what is installed, fixed variables, and the code that runs cells."""
    own = sorted(module.__file__ for module in list(sys.modules.values()) if _is_own(getattr(module, "__file__", None)))
    own.append(str(Path(__file__).with_name("cells.py")))
    stated = [
        sys.version,
        platform.platform(),
        file_digest(Path(job["book"]).parent / "requirements.txt"),
        names_digest(sysconfig.get_path("purelib")),
        {name: os.environ.get(name) for name in job["fixed"]},
        job["preload"],
        [file_digest(path) for path in own],
    ]
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()


def _is_own(file):
    return file and not os.path.realpath(file).startswith(LIBRARIES)


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
    from bookpress.notebooks.cells import open_shell  # slow to import, and where nothing changed no one needs it

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


# --- the processes ------------------------------------------------------------------------------------------------------


class Child:
    """A process that runs one notebook; it writes the place of each cell into a pipe as it begins it."""

    def __init__(self, shell, document, folder, memory, unnoted, alive):
        self.document, self.folder = document, folder
        self.start = self.began = time.monotonic()
        self.cell = None
        self.pipe, tell = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            run_child(shell, document, folder, memory, unnoted, alive, tell)  # never returns
        os.close(tell)
        os.set_blocking(self.pipe, False)
        self.code = None

    def look(self):
        """Whether the process has ended; notes the cell that it is at. Raises Fault when that takes too long."""
        ended = os.waitpid(self.pid, os.WNOHANG)  # before the pipe is read, which then holds all that it wrote
        try:
            while said := os.read(self.pipe, 4096):
                self.cell, self.began = int(said.split()[-1]), time.monotonic()
        except BlockingIOError:
            pass
        if ended[0]:
            self.code = os.waitstatus_to_exitcode(ended[1])
            self.kill()
            return True
        timeout = self.document.timeout
        if timeout and self.cell is not None and time.monotonic() - self.began > timeout:
            raise Fault(
                failure(
                    self.document,
                    self.cell,
                    f"the cell did not end within {timeout:g} s (execute: timeout in _config.yml)",
                )
            )
        return False

    def kill(self):
        """End the process and what it started."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.pipe)

    def result(self, memory, secrets):
        """What the process left. Raises Fault when it died, a cell raised, or one shows a secret."""
        seconds = time.monotonic() - self.start
        if self.code != 0:
            raise Fault(failure(self.document, self.cell, self._death(memory)))
        told = json.loads((self.folder / "result.json").read_text("utf-8"))
        if "message" in told:
            limit = (
                f" (of at most {memory:g} GB: bookpress: memory in _config.yml)"
                if told["message"].startswith("MemoryError")
                else ""
            )
            raise Fault(failure(self.document, told["cell"], told["message"] + limit, told["trace"]))
        self._refuse_secrets(told["cells"], secrets)
        return {"seconds": seconds, **told}

    def _refuse_secrets(self, cells, secrets):
        """Raise Fault where an output holds the value of one of the `secrets`, {name of the variable: value}; the fault does not tell it."""
        for index, cell in enumerate(cells):
            shown = json.dumps(cell["outputs"])
            for name, value in secrets.items():
                if json.dumps(value)[1:-1] in shown:
                    raise Fault(
                        failure(
                            self.document,
                            index,
                            f"the cell shows the value of the environment variable {name}, which may be a secret",
                        )
                    )

    def _death(self, memory):
        how = f"signal {signal.Signals(-self.code).name}" if self.code < 0 else f"exit code {self.code}"
        last = _text(self.folder / "stderr").splitlines()[-SHOWN_LINES:]
        return "\n".join(
            [f"its process died, {how}; it may take {memory:g} GB of memory (bookpress: memory in _config.yml)", *last]
        )


class Pool:
    """Runs documents side by side, each in a fork of this process."""

    def __init__(self, job, shell):
        self._job, self._shell, self._children = job, shell, []
        # children hold one end and end when the other one closes, which it does however this process dies
        self._alive = os.pipe()

    def run(self, documents):
        """Yield each document with its result and how many are done, as they end. Raises Fault at the first that fails."""
        waiting, done = list(documents), 0
        while waiting or self._children:
            while waiting and len(self._children) < self._job["jobs"]:
                folder = Path(tempfile.mkdtemp(dir=self._job["scratch"]))
                job = self._job["memory"], self._job["unnoted"], self._alive
                self._children.append(Child(self._shell, waiting.pop(0), folder, *job))
            pipes = [child.pipe for child in self._children]
            ready, _, _ = select.select([sys.stdin.fileno(), *pipes], [], [], POLL_SECONDS)
            if sys.stdin.fileno() in ready:
                raise Fault("the press is gone")
            ended = [child for child in self._children if child.look()]
            show_running(self._children, len(waiting))
            for child in ended:
                self._children.remove(child)
                done += 1
                yield child.document, child.result(self._job["memory"], self._job["secrets"]), done
                shutil.rmtree(child.folder, ignore_errors=True)

    def kill(self):
        """End all that still runs."""
        while self._children:
            self._children.pop().kill()


def failure(document, cell, message, trace=()):
    """What the reader is told of a cell that failed: notebook, message, cell, and the calls that led there."""
    root = str(document.path.parents[document.name.count("/") + 1]) + os.sep  # the folder above the book
    lines = [f"{str(document.path).removeprefix(root)}: {message}"]
    if cell is not None:
        lines += ["in the cell", document.cells[cell]["source"]]
    own = [
        (file, line, function)
        for file, line, function in trace
        if os.path.isabs(file) and _is_own(file) and os.path.isfile(file)
    ]
    if own:
        lines += [
            "through",
            *(
                f"  {os.path.realpath(file).removeprefix(root)}, line {line}, in {function}"
                for file, line, function in own
            ),
        ]
    return "\n".join(lines)


def run_child(shell, document, folder, memory, unnoted, alive, tell):
    """Run the notebook in this process, which was forked for it, leave `result.json` in `folder`, and end the process."""
    code = 1
    try:
        os.setpgid(0, 0)
        os.close(alive[1])
        threading.Thread(target=_end_with_parent, args=(alive[0],), daemon=True).start()
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        os.chdir(document.path.parent)
        libraries = [
            number for number, entry in enumerate(sys.path) if Path(entry).name in ("site-packages", "dist-packages")
        ]
        sys.path.insert(min(libraries, default=0), "")  # the notebook's folder, where a kernel has it
        _limit_memory(memory)
        told = _run(shell, document, folder, unnoted, lambda cell: os.write(tell, f"{cell}\n".encode()))
        (folder / "result.json").write_text(json.dumps(told), "utf-8")
        code = 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        sys.__stderr__.flush()
    finally:
        os._exit(code)  # no handler of the parent's may run twice


def _run(shell, document, folder, unnoted, tell):
    from bookpress.notebooks.cells import LANGUAGE, CellError, run_cells

    recorders = []

    def begin(cell):
        if not recorders:  # not before the first cell: what the shell reads as it starts is no one's own
            recorders.append(Recorder(folder.parent, unnoted))
        tell(cell)

    try:
        cells = run_cells(shell, document.cells, folder, begin, document.allow_errors)
    except CellError as error:
        return {"cell": error.index, "message": str(error), "trace": error.trace}
    found, beyond = (recorders[0].found, sorted(recorders[0].beyond)) if recorders else ({}, [])
    return {"cells": cells, "language": LANGUAGE, "found": found, "beyond": beyond}


def _end_with_parent(alive):
    os.read(alive, 1)
    os.killpg(0, signal.SIGKILL)


def _limit_memory(gigabytes):
    """Let this process take so much memory more than it has; beyond, Python raises MemoryError. Linux alone keeps such a limit."""
    own = Path("/proc/self/statm")
    if own.is_file():
        most = int(own.read_text().split()[0]) * resource.getpagesize() + int(gigabytes * 2**30)
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _text(path):
    return path.read_text("utf-8", "replace") if path.is_file() else ""
