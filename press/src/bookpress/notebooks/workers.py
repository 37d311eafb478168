"""The processes that run notebooks side by side: each a fork for one notebook, watched and ended by a `Pool`."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

from bookpress.errors import PressError
from bookpress.notebooks.dependencies import Recorder, is_own

POLL_SECONDS = 0.1
SHOWN_LINES = 15


class Fault(PressError):
    """A notebook does not run through; the message says which one, where and why."""


def show_running(children, waiting):
    """On a terminal, one line that says where each running notebook is."""
    if sys.stdout.isatty():
        at = [
            f"{child.document.name}, cell {(child.cell or 0) + 1} of {len(child.document.cells)}, {time.monotonic() - child.start:.0f} s"
            for child in children
        ]
        line = f"          {'; '.join(at)}; {waiting} waiting"
        print("\r\033[K" + line[: shutil.get_terminal_size().columns - 1], end="", flush=True)


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
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
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
        if os.path.isabs(file) and is_own(file) and os.path.isfile(file)
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
    except BaseException:  # noqa: BLE001  the fork ends here, whatever happened: nothing may reach the parent's frames
        traceback.print_exc(file=sys.__stderr__)
        sys.__stderr__.flush()
    finally:
        os._exit(code)  # no handler of the parent's may run twice


def _run(shell, document, folder, unnoted, tell):
    from bookpress.notebooks.cell_runner import LANGUAGE, CellError, run_cells

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
