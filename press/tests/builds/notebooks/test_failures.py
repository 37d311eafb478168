"""Cells that fail, hang or die are named; nothing runs on, and no secret is told."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bookpress.errors import BuildError, Unforeseen
from notebook_books import kept, make_book, run, texts, write_document

SLEEPER = "import subprocess, sys, pathlib\nprocess = subprocess.Popen(['sleep', '600'])\npathlib.Path('sleeper').write_text(str(process.pid))\n"
FAILURES = {
    "raises": ("def f():\n    return 1 / 0\nf()", "ZeroDivisionError: division by zero\nin the cell\ndef f():"),
    "is no Python": ("1 +", "SyntaxError: "),
    "raises in a module": ("import faulty\nfaulty.fail()", "through\n  book/notebooks/faulty.py, line 2, in fail"),
    "hangs": (SLEEPER + "import time\ntime.sleep(600)", "the cell did not end within 2 s"),
    "dies": (
        SLEEPER + "import os\nos.write(2, b'last words')\nos._exit(3)",
        "its process died, exit code 3; leave out",
    ),
    "ends as if all were well": ("import os\nos._exit(0)", "its process died, exit code 0; leave out what ends it"),
    "is killed": ("import os\nos.kill(os.getpid(), 9)", "its process died, signal SIGKILL; it may take 1 GB"),
    "crashes": ("import os\nos.kill(os.getpid(), 11)", "its process died, signal SIGSEGV; a library"),
    "prints half a sign": (
        "print('a \\ud800 b')",
        "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800'",
    ),
    "quits": ("quit()", "SystemExit: the cell ends its notebook"),
    "exits": ("import sys\nsys.exit(3)", "SystemExit: the cell ends its notebook"),
    "warns": ("import warnings\nwarnings.warn('x is old')", "UserWarning: x is old\n    warnings"),
    "eats memory": ("x = [bytearray(10**8) for _ in range(100)]", "MemoryError (of at most 1 GB"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_cell_that_fails_is_named_and_nothing_runs_on(tmp_path, failure):
    source, message = FAILURES[failure]
    documents = {"notebooks/good": ["print('good')"], "notebooks/bad": ["print('fine')", source]}
    book = make_book(tmp_path, documents, {"memory": 1}, timeout=2 if failure == "hangs" else 60, stderr_output="error")
    (book / "notebooks" / "faulty.py").write_text("def fail():\n    raise ValueError('from below')\n")
    with pytest.raises(BuildError) as raised:
        run(book)
    told = str(raised.value)
    assert told.startswith("book/notebooks/bad.ipynb, cell 2: ") and message in told
    assert source.splitlines()[0] in told and "print('fine')" not in told
    assert ("memory" in told.lower()) == (failure in ("eats memory", "is killed"))
    assert failure != "dies" or told.count("last words") == 2  # in the cell, and what it said
    assert "bad" not in "".join(kept(tmp_path / "store"))
    if source.startswith(SLEEPER):
        assert gone(int((book / "notebooks" / "sleeper").read_text()))


def test_a_cell_of_a_text_notebook_is_named_by_its_line(tmp_path):
    with pytest.raises(BuildError, match=r"^book/text\.md, line 12: ZeroDivisionError"):
        run(make_book(tmp_path, {"text": ["1", "1 / 0"]}))


def test_the_first_cell_may_wait_and_the_next_ones_too(tmp_path):
    book = make_book(
        tmp_path, {"notebooks/one": ["import asyncio\nawait asyncio.sleep(0, 'first')", "await asyncio.sleep(0, 2)"]}
    )
    (first,), (second,) = run(book)["notebooks/one"]
    assert (first["data"]["text/plain"], second["data"]["text/plain"]) == ("'first'", "2")


def test_a_fault_of_the_press_in_a_notebooks_process_says_where_and_keeps_its_traceback(tmp_path):
    broken = "from bookpress.notebooks import workers\nworkers.Recorder.fingerprints = property(lambda self: 1 / 0)"
    with pytest.raises(Unforeseen, match="^book/notebooks/bad.ipynb, cell 1$") as raised:
        run(make_book(tmp_path, {"notebooks/bad": [broken]}))
    assert raised.value.trace.strip().endswith("ZeroDivisionError: division by zero")


@pytest.mark.parametrize(("language", "runs"), [("python", True), ("R", False)])
def test_a_notebook_of_a_kernel_that_is_not_here_runs_if_it_is_python(tmp_path, language, runs):
    book = make_book(tmp_path, {"notebooks/one": ["print(1)"]})
    file = book / "notebooks" / "one.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    notebook["metadata"]["kernelspec"] = {"name": "elsewhere", "language": language, "display_name": "Elsewhere"}
    file.write_text(json.dumps(notebook), "utf-8")
    if runs:
        assert texts(run(book)["notebooks/one"]) == "1\n"
    else:
        with pytest.raises(
            BuildError, match=r"^book/notebooks/one\.ipynb: its kernel elsewhere is not installed, only .*python3"
        ):
            run(book)


def test_notebooks_see_nothing_of_the_callers_environment_but_what_the_book_names(tmp_path, monkeypatch):
    monkeypatch.setenv("API_TOKEN", "1234-5678-abcd")
    monkeypatch.setenv("EDITOR", "none of theirs")
    monkeypatch.setenv("PLACE", "named by the book")
    source = "import os\nprint(sorted(os.environ))\nos.environ.get('PLACE')"
    book = make_book(
        tmp_path,
        {"notebooks/one": [source], "notebooks/two": ["import os\nos.environ['API_TOKEN']"]},
        {"variables": ["PLACE"]},
    )
    with pytest.raises(BuildError, match="two.ipynb, cell 1: KeyError: 'API_TOKEN'"):
        run(book)
    write_document(book, "notebooks/two", ["print(2)"])
    said = json.dumps(run(book)["notebooks/one"])
    assert "PATH" in said and "named by the book" in said and "EDITOR" not in said and "API_TOKEN" not in said


def test_a_secret_that_a_notebook_shows_stops_the_build_and_is_not_told(tmp_path, monkeypatch):
    monkeypatch.setenv("API_TOKEN", '12"34-é-abcd')
    spy = "import os, pathlib\nfor line in pathlib.Path('/proc/self/status').read_text().splitlines():\n    if line.startswith('PPid'):\n        pid = line.split()[1]\n"
    spy += "told = pathlib.Path('/proc', pid, 'status').read_text().split('PPid:')[1].split()[0]\nprint(pathlib.Path('/proc', told, 'environ').read_text())"
    program = "import sys, pathlib, notebook_books as t; t.run(pathlib.Path(sys.argv[1]))"  # a process that was started with the secret
    book = make_book(tmp_path, {"notebooks/spy": ["1", spy]})
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    press = subprocess.run([sys.executable, "-c", program, str(book)], env=environ, capture_output=True, text=True)
    assert (
        press.returncode == 1
        and "spy.ipynb, cell 2: the cell shows the value of the environment variable API_TOKEN" in press.stderr
    )
    assert (
        "34-é" not in press.stderr
        and "34-é" not in press.stdout
        and not (tmp_path / "store" / "notebooks" / "spy.json").exists()
    )


def gone(pid):
    """Whether the process ends within some seconds; one that ended and that nobody asked for is gone too."""
    for _ in range(50):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


def test_a_press_that_is_killed_leaves_no_notebook_running(tmp_path):
    source = "import os, pathlib\npathlib.Path('new').write_text(str(os.getpid()))\nos.rename('new', 'pid')\nimport time\ntime.sleep(600)"
    book = make_book(tmp_path, {"notebooks/long": [source]}, timeout=600)
    program = "import sys, pathlib, notebook_books as t; t.run(pathlib.Path(sys.argv[1]))"
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    press = subprocess.Popen([sys.executable, "-c", program, str(book)], env=environ)
    pid = book / "notebooks" / "pid"
    while not pid.exists():
        assert press.poll() is None
        time.sleep(0.1)
    press.send_signal(signal.SIGKILL)
    press.wait()
    assert gone(int(pid.read_text()))


def test_a_terminal_shows_where_each_notebook_is_and_a_log_each_that_is_done(tmp_path):
    book = make_book(tmp_path, {"notebooks/one": ["1", "import time\ntime.sleep(0.5)", "3"]})
    program = f"import pathlib, sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r}); import notebook_books as t; t.run(pathlib.Path({str(book)!r}))"
    shown = subprocess.run(
        [sys.executable, "-c", f"import pty; pty.spawn([{sys.executable!r}, '-c', {program!r}])"],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    ).stdout
    assert re.search(r"notebooks/one, cell 2 of 3, \d+ s; 0 waiting", shown) and "1 notebooks run, 0 unchanged" in shown
    shutil.rmtree(tmp_path / "store")
    logged = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout
    assert "cell" not in logged and "\r" not in logged and re.search(r"notebooks/one: \d+\.\d s, 0 left", logged)


def test_a_file_that_would_hide_a_library_is_refused(tmp_path):
    book = make_book(tmp_path, {"notebooks/one": ["print(1)"]}, {"preload": ["pandas"]})
    (book / "notebooks" / "pandas.py").write_text("")
    with pytest.raises(BuildError, match="pandas.py: the library of the same name could not be imported"):
        run(book)


def test_a_module_of_the_project_is_not_preloaded(tmp_path, monkeypatch):
    book = make_book(tmp_path, {"notebooks/one": ["print(1)"]}, {"preload": ["shapes"], "variables": ["PYTHONPATH"]})
    (tmp_path / "shapes.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(BuildError, match="preload: shapes is the book's own"):
        run(book)


def test_a_library_that_would_lose_the_figures_is_not_preloaded(tmp_path):
    book = make_book(tmp_path, {"notebooks/one": ["print(1)"]}, {"preload": ["matplotlib.pyplot"]})
    with pytest.raises(
        BuildError, match="matplotlib.pyplot imports matplotlib.pyplot, after which notebooks show no figures"
    ):
        run(book)
