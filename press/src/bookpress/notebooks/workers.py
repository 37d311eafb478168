"""Runs notebooks side by side, each in a fork of this process; watches the forks and ends them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from multiprocessing import Pipe
from multiprocessing.connection import wait
from pathlib import Path

from bookpress.errors import STDERR, BuildError, Unforeseen
from bookpress.notebooks.dependencies import SITE_FOLDERS, Recorder, is_own

POLL_SECONDS = 0.1
SHOWN_LINES = 15
MEMORY = "bookpress: memory in _config.yml"
# What a process says that could have no more memory, where Python could not say it as MemoryError.
_NO_MEMORY = re.compile(r"MemoryError|bad_alloc|Cannot allocate memory|out of memory", re.IGNORECASE)
_WARNED = ("remove-warn", "warn", "error", "severe")  # by these `stderr_output` is a warning, which stops a build
_UNSEEN = {"remove-stderr", "remove-output", "remove_output", "remove-cell", "remove_cell"}


def run_side_by_side(job, shell, documents, recorder=None):
    """Yield each document with its result, as they end. Raises BuildError at the first fault.

    recorder : the resting one of what this process has loaded for all notebooks, or None.

    However it ends, no worker runs on.
    """
    waiting, workers = list(documents), []
    # Workers hold one end and end when the other one closes, which it does however this dies.
    lifeline = os.pipe()
    try:
        while waiting or workers:
            while waiting and len(workers) < job["jobs"]:
                workers.append(Worker(job, shell, waiting.pop(0), lifeline, recorder))
            if sys.stdin in wait([sys.stdin, *(worker.pipe for worker in workers)], POLL_SECONDS):
                raise BuildError("the press is gone")
            ended = [worker for worker in workers if worker.has_ended()]
            workers = [worker for worker in workers if worker not in ended]
            show_running(workers, len(waiting))
            for worker in ended:
                yield worker.document, worker.checked_result()
    finally:
        for worker in workers:
            worker.kill()


class Worker:
    """A process that runs one notebook. It sends the index of each cell, and a dict at the end."""

    def __init__(self, job, shell, document, lifeline, recorder):
        self.document, self._job = document, job
        self._folder = Path(tempfile.mkdtemp(dir=job["scratch"]))
        self.start = self._cell_start = time.monotonic()
        self.cell = self._exit_code = self._result = None
        self.pipe, writer = Pipe(duplex=False)
        self._pid = os.fork()
        if not self._pid:
            _run_and_exit(job, shell, document, self._folder, lifeline, recorder, writer)
        writer.close()

    def has_ended(self):
        """Tell if the process has ended. Raises BuildError if a cell takes too long."""
        # Before the pipe is read, which then holds all that an ended process sent.
        pid, status = os.waitpid(self._pid, os.WNOHANG)
        with contextlib.suppress(EOFError, OSError):  # it ended, perhaps amid a message
            while self.pipe.poll():
                sent = self.pipe.recv()
                if isinstance(sent, dict):
                    self._result = sent
                else:
                    self.cell, self._cell_start = sent, time.monotonic()
        if pid:
            self._exit_code = os.waitstatus_to_exitcode(status)
            self.kill()
            return True
        timeout = self.document.timeout
        if timeout and self.cell is not None and time.monotonic() - self._cell_start > timeout:
            too_long = f"the cell did not end within {timeout:g} s (execute: timeout in _config.yml)"
            raise BuildError(failure(self.document, self.cell, too_long))
        return False

    def kill(self):
        """End the process and what it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        if self._exit_code is None:
            os.waitpid(self._pid, 0)
        self.pipe.close()

    def checked_result(self):
        """Return what the process sent. Raises BuildError if it died, or for a fault of a cell."""
        if self._exit_code != 0 or self._result is None:
            self._raise_death()
        if "message" in self._result:
            raise BuildError(failure(self.document, self.cell, self._result["message"], self._result["calls"]))
        for cells in (self._result["cells"], *self._result["translated"].values()):
            for index, cell in enumerate(cells):
                shown = json.dumps(cell["outputs"])
                for name, value in self._job["secrets"].items():
                    if json.dumps(value)[1:-1] in shown:
                        secret = f"the cell shows the value of the environment variable {name}, which may be a secret"
                        raise BuildError(failure(self.document, index, secret))
                self._refuse_stderr(index, cell["outputs"])
        shutil.rmtree(self._folder, ignore_errors=True)
        return {"seconds": time.monotonic() - self.start, **self._result}

    def _raise_death(self):
        code, errors = self._exit_code, self._folder / "stderr"
        said = errors.read_text("utf-8", "replace") if errors.is_file() else ""
        short_of_memory = code == -signal.SIGKILL or _NO_MEMORY.search(said)
        if code == os.EX_SOFTWARE and "Traceback" in said and not short_of_memory:
            raise Unforeseen(place(self.document, self.cell), said)
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        remedy = "leave out what ends it, such as os._exit" if code >= 0 else "a library that the cell calls crashed"
        if short_of_memory:
            remedy = f"it may take {self._job['memory']:g} GB of memory ({MEMORY})"
        message = "\n".join([f"its process died, {how}; {remedy}", *said.splitlines()[-SHOWN_LINES:]])
        raise BuildError(failure(self.document, self.cell, message))

    def _refuse_stderr(self, index, outputs):
        """Raise BuildError for words on stderr that the page would be stopped for, before pages are made."""
        metadata = self.document.cells[index]["metadata"]
        own = metadata.get("mystnb", {})
        is_unseen = own.get("remove_code_outputs") or _UNSEEN & set(metadata.get("tags", []))
        if is_unseen or own.get("output_stderr", self.document.stderr) not in _WARNED:
            return
        said = "".join(output["text"] for output in outputs if output.get("name") == "stderr")
        said = said.replace(f"{self._folder}{os.sep}", "")  # where the cell's code lay
        if said:
            message = "\n  ".join([f"the cell writes to stderr; {STDERR}:", *said.splitlines()[-SHOWN_LINES:]])
            raise BuildError(failure(self.document, index, message))


def show_running(workers, waiting):
    """On a terminal, show one line that says where each running notebook is."""
    if sys.stdout.isatty():
        at = [
            f"{worker.document.name}, cell {(worker.cell or 0) + 1} of {len(worker.document.cells)}, "
            f"{time.monotonic() - worker.start:.0f} s"
            for worker in workers
        ]
        line = f"          {'; '.join(at)}; {waiting} waiting"
        print("\r\033[K" + line[: shutil.get_terminal_size().columns - 1], end="", flush=True)


def place(document, cell):
    """Return notebook and number of a cell among all its cells, as the reader counts; of a text notebook the line."""
    file = str(document.path).removeprefix(document.project + os.sep)
    if cell is None:
        return file
    return f"{file}, {'cell' if document.path.suffix == '.ipynb' else 'line'} {document.places[cell]}"


def failure(document, cell, message, calls=()):
    """Return the message of a cell that failed: notebook, reason, cell, and the calls to it."""
    root = document.project + os.sep
    lines = [f"{place(document, cell)}: {message}"]
    if cell is not None:
        lines += ["in the cell", document.cells[cell]["source"]]
    through = [
        f"  {os.path.realpath(file).removeprefix(root)}, line {line}, in {function}"
        for file, line, function in calls
        if os.path.isabs(file) and is_own(file) and os.path.isfile(file)
    ]
    return "\n".join([*lines, "through", *through] if through else lines)


# --- in the worker -------------------------------------------------------------------------------


def _run_and_exit(job, shell, document, folder, lifeline, recorder, pipe):
    """Run the notebook in this process, a fork of its own; send the result; end the process."""
    code = os.EX_SOFTWARE
    try:
        os.setpgid(0, 0)
        os.close(lifeline[1])
        threading.Thread(target=_end_with_parent, args=(lifeline[0],), daemon=True).start()
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        os.chdir(document.path.parent)
        libraries = (at for at, entry in enumerate(sys.path) if Path(entry).name in SITE_FOLDERS)
        sys.path.insert(next(libraries, 0), "")  # the notebook's folder, where a kernel has it
        _limit_memory(job["memory"])
        pipe.send(_run(job, shell, document, folder, recorder, pipe))
        code = 0
    except BaseException:  # noqa: BLE001  the fork ends here, whatever happened: nothing may reach the parent's frames
        traceback.print_exc(file=sys.__stderr__)
        sys.__stderr__.flush()
    finally:
        os._exit(code)  # no handler of the parent's may run twice


def _run(job, shell, document, folder, recorder, pipe):
    """Run the cells; return what they gave and used, or {"message", "calls"} of an error."""
    from bookpress.notebooks.cell_runner import LANGUAGE, CellError, run_cells

    def begin(cell):
        nonlocal recorder
        # Not before the first cell: the notebook does not use what the shell reads as it starts.
        recorder = recorder or Recorder(document.project, job["scratch"])
        recorder.is_resting = False
        pipe.send(cell)

    try:
        cells, translated = run_cells(shell, document.cells, folder, begin, document.allow_errors, job["languages"])
    except CellError as error:
        message = str(error)
        if message.startswith("MemoryError"):
            message += f" (of at most {job['memory']:g} GB: {MEMORY})"
        return {"message": message, "calls": error.calls}
    fingerprints, untraceable = (recorder.fingerprints, sorted(recorder.untraceable)) if recorder else ({}, [])
    return {
        "cells": cells,
        "translated": translated,
        "language": LANGUAGE,
        "fingerprints": fingerprints,
        "untraceable": untraceable,
    }


def _end_with_parent(lifeline):
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)


def _limit_memory(gigabytes):
    """Have Linux give this process so much memory more; beyond, Python raises MemoryError."""
    own = Path("/proc/self/statm")
    if own.is_file():
        most = int(own.read_text().split()[0]) * resource.getpagesize() + int(gigabytes * 2**30)
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
