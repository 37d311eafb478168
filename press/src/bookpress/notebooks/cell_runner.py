"""Runs the cells of one notebook in this process, as a Jupyter kernel would.

Shell, displays and tracebacks are ipykernel's own classes. nbclient puts the outputs together, as
for any Jupyter client. So the outputs are those of a kernel, without its sockets and threads.
"""

from __future__ import annotations

import ast
import asyncio
import io
import logging
import os
import re
import sys
import traceback

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from bookpress.environment import spoken
from bookpress.errors import PressError
from bookpress.show import Shown

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_ENDS = "SystemExit: the cell ends its notebook (quit, exit or sys.exit), and a page is made of all cells; leave the call out, or raise an error"
LANGUAGE = dict(IPythonKernel.language_info)  # as a kernel describes itself; pages are coloured by it


class CellError(PressError):
    """A cell raised. `calls` led to the error: (file, line, function) of each, from the cell on."""

    def __init__(self, message, calls):
        super().__init__(message)
        self.calls = calls


class _DirectSession(Session):
    """A session without sockets: hands each message to `receive`, after a way through JSON."""

    def send(self, stream, msg_or_type, content=None, parent=None, ident=None, **_):
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content, parent)
        self.receive(message | {"content": self.unpack(self.pack(message["content"]))})


class _Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of the cells: text becomes an output when flushed, as in a kernel."""

    encoding, errors = "UTF-8", "strict"

    def __init__(self, name, number, session):
        self.name, self._number, self._session = f"<{name}>", number, session
        self._kind, self._written = name, []

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        text.encode(self.encoding, self.errors)  # as a file does: half a surrogate pair fails where it is printed
        self._written.append(text)
        return len(text)

    def flush(self):
        text, self._written = "".join(self._written), []
        if text:
            self._session.send(None, "stream", {"name": self._kind, "text": text})

    def writable(self):
        return True

    def fileno(self):
        return self._number


class _Descriptor:
    """Keeps what compiled libraries and programs write to file descriptor 1 or 2, past Python."""

    def __init__(self, file, number):
        self._file = file.open("w+b", buffering=0)
        os.dup2(self._file.fileno(), number)

    def read_and_clear(self):
        text = os.pread(self._file.fileno(), os.fstat(self._file.fileno()).st_size, 0).decode("utf-8", "replace")
        os.ftruncate(self._file.fileno(), 0)
        os.lseek(self._file.fileno(), 0, os.SEEK_SET)
        return text


def open_shell():
    """Return the shell of a kernel, one for a process and its forks.

    Libraries must be imported inside its `builtin_trap`: some set themselves up for a notebook if
    they find its shell.
    """
    config = Config()
    config.HistoryManager.enabled = False  # it would write a database, from a thread of its own
    shell = ZMQInteractiveShell.instance(config=config, compiler_class=XCachingCompiler)
    shell.enable_gui = lambda gui=None: None  # `%matplotlib inline` asks for one, and a book has no windows
    # Each build has a home of its own, and so a new cache of fonts; of a slow one matplotlib would tell the reader.
    logging.getLogger("matplotlib.font_manager").addFilter(lambda told: "font cache" not in told.getMessage())
    shell.ask_exit = sys.exit  # of `quit` and `exit`: there is no kernel that they could end
    return shell


def run_cells(shell, cells, folder, begin, allow_errors=False, languages=()):
    """Run code cells one after another in the shell; return {"execution_count", "outputs"} of each, and the same in further languages.

    cells : dicts with "source" and "metadata". folder : gets the files `stdout` and `stderr`, which
    tell why this process died if it does. begin : called with the index of each cell before it
    runs. languages : those in which the last expression of a cell is evaluated once more, if it gives what `bookpress.show` makes; the
    other lines of the cell run once. Returns (cells, {language: cells}). Raises CellError at the first cell that raises, unless it may.
    Takes over stdin, stdout and stderr of the process.
    """
    # A kernel's cells run inside an event loop as well.
    return asyncio.run(_run(shell, cells, folder, begin, allow_errors, languages))


async def _run(shell, cells, folder, begin, allow_errors, languages):
    nodes = [new_code_cell(cell["source"]) for cell in cells]
    translated = {language: [new_code_cell(cell["source"]) for cell in cells] for language in languages}
    client = NotebookClient(new_notebook(cells=nodes))
    session = _DirectSession(key=b"")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    descriptors = {"stdout": _Descriptor(folder / "stdout", 1), "stderr": _Descriptor(folder / "stderr", 2)}
    sys.stdout, sys.stderr = (_Stream(name, number, session) for number, name in enumerate(descriptors, 1))
    sys.argv = [""]
    shell.display_pub.session = shell.displayhook.session = session
    # Never used, but without a socket nothing is sent.
    shell.display_pub.pub_socket = shell.displayhook.pub_socket = object()
    shell.displayhook.topic = b"execute_result"
    for index, (cell, node) in enumerate(zip(cells, nodes, strict=True)):
        tags = cell["metadata"].get("tags", [])
        if not cell["source"].strip() or "skip-execution" in tags:
            continue
        begin(index)
        session.receive = lambda message, node=node, index=index: client.process_message(message, node, index)
        client.clear_before_next_output = False
        node.execution_count = shell.execution_count
        result = await _run_cell(shell, cell["source"])
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        for name, descriptor in descriptors.items():
            if text := descriptor.read_and_clear():
                session.send(None, "stream", {"name": name, "text": text})
        message, calls = _error(shell, result)
        if message and not (allow_errors or "raises-exception" in tags):
            raise CellError(message, calls)
        for language in languages:
            shown = translated[language][index]
            shown.outputs, shown.execution_count = node.outputs, node.execution_count
            if not message and isinstance(result.result, Shown):
                shown.outputs = _shown_again(shell, session, client, cell["source"], language, node, index)
    return _given(nodes), {language: _given(shown) for language, shown in translated.items()}


def _given(nodes):
    return [{"execution_count": node.execution_count, "outputs": node.outputs} for node in nodes]


def _shown_again(shell, session, client, source, language, node, index):
    """The outputs of a cell in another language: those of its last expression, evaluated anew, in the place of its last ones.

    Raises CellError if it fails there, or shows other things than before.
    """
    last = new_code_cell(ast.unparse(ast.parse(shell.transform_cell(source)).body[-1]))
    session.receive = lambda message: client.process_message(message, last, index)
    count = shell.execution_count
    with spoken(language):
        message, calls = _error(shell, shell.run_cell(last.source, store_history=False))
    shell.execution_count = count
    if message:
        raise CellError(f"in the language {language}: {message}", calls)
    earlier = node.outputs[: len(node.outputs) - len(last.outputs)]
    kinds = [[output.output_type for output in outputs] for outputs in (node.outputs, [*earlier, *last.outputs])]
    if kinds[0] != kinds[1]:
        raise CellError(f"in the language {language} its last expression shows other things than before", [])
    for output in last.outputs:
        if "execution_count" in output:
            output.execution_count = node.execution_count
    return [*earlier, *last.outputs]


async def _run_cell(shell, source):
    """Run one cell as a kernel does (ipykernel's do_execute)."""
    shell._last_traceback_during_displayhook = False  # run_cell resets it, run_cell_async does not
    transformed = shell.transform_cell(source)
    if not shell.should_run_async(source, transformed_cell=transformed):
        return shell.run_cell(source, store_history=True)
    try:
        result = await shell.run_cell_async(source, store_history=True, transformed_cell=transformed)
    finally:
        shell.events.trigger("post_execute")
    shell.events.trigger("post_run_cell", result)
    return result


def _error(shell, result):
    """The message of the error that the cell ended with, and the calls to it; blanks if none."""
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        calls = [(call.filename, call.lineno, call.name) for call in traceback.extract_tb(error.__traceback__)]
        if isinstance(error, SystemExit):
            return _ENDS, calls
        return ": ".join(filter(None, (type(error).__name__, str(error)))), calls
    # The cell ran, but its last value cannot be shown. A kernel calls that an error too.
    if shell._last_traceback_during_displayhook:
        return _ANSI.sub("", shell._last_traceback[-1]), []
    return "", []
