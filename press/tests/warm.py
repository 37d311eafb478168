"""The press as a command would run, in a fork of a process that has imported what it needs: for tests of what a build says and writes.

How it starts is for others to test. Each process of tests has one such process; Sphinx is a fork of the press, notebooks run as ever.
"""

import inspect
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from unittest.mock import patch

SPHINX = [sys.executable, "-P", "-m", "bookpress.sphinx.run_jupyter_book"]
START = inspect.signature(subprocess.Popen._execute_child)
WARM = multiprocessing.get_context("forkserver")
WARM.set_forkserver_preload(["bookpress.cli", "bookpress.pdf", "jupyter_book.sphinx", "bookpress.sphinx.extension"])


def run_press(arguments, cwd):
    """Run `python -m bookpress` with these arguments; return the finished process."""
    if sys.platform != "linux":  # elsewhere a process with threads cannot be forked safely
        command = [sys.executable, "-m", "bookpress", *arguments]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    with tempfile.TemporaryDirectory() as folder:
        told = [Path(folder, name) for name in ("stdout", "stderr")]
        process = WARM.Process(target=_run, args=(arguments, cwd, os.environ | {"TZ": "Asia/Tokyo"}, told))
        with patch.dict(os.environ, {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}):  # as Sphinx is started
            process.start()
        process.join()
        done = subprocess.CompletedProcess(arguments, process.exitcode, *(file.read_text("utf-8") for file in told))
        process.close()
        return done


def _run(arguments, cwd, environ, told):
    for number, file in enumerate(told, 1):
        os.dup2(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND), number)
    os.chdir(cwd)
    subprocess.Popen = Forking
    _be("bookpress", arguments, environ)


def _be(module, arguments, environ):
    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


class Forking(subprocess.Popen):
    """Starts Sphinx as a fork of this process, and all else as ever."""

    def _execute_child(self, *arguments):
        given = START.bind(self, *arguments).arguments
        command = [*map(str, given["args"])]
        if command[: len(SPHINX)] != SPHINX:
            super()._execute_child(*arguments)
            return
        self.pid = os.fork()
        if self.pid:
            self._child_created = True
            self._close_pipe_fds(*map(given.get, ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")))
            return
        try:
            os.close(given["p2cwrite"])
            for number, end in enumerate(("p2cread", "c2pwrite", "c2pwrite")):
                os.dup2(given[end], number)
            sys.stdin = os.fdopen(0, encoding="utf-8")
            _be(SPHINX[-1], command[len(SPHINX) :], given["env"])
        finally:  # no more than a fault leads here, for Sphinx ends its process itself
            traceback.print_exc()
            os._exit(1)
