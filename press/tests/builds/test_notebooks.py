"""The notebooks run in forks of a warm process: as in cold kernels, again where something changed, and with clear failures."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
import yaml
from nbclient import NotebookClient

from bookpress.book.edition import read_edition
from bookpress.environment import fixed_variables
from bookpress.errors import BuildError
from bookpress.notebooks import results
from bookpress.notebooks.plan import execute_book

SMALL_BOOK = Path(__file__).parents[1] / "small_book"
KINDS = {  # a cell for each way in which something comes out of one
    "text": "print('one')\nprint('two', end='')\n'three'",
    "table": "import pandas\npandas.DataFrame({'shape': ['a', 'b'], 'sides': [3, 4.5]})",
    "wide table": "print(pandas.DataFrame([[0.123456789] * 30]))",
    "glue": "from myst_nb import glue\nglue('sides', 7, display=False)\nglue('shape', 'round')",
    "displays": "from IPython.display import HTML, Markdown, display\ndisplay(HTML('<b>x</b>'), Markdown('*y*'))\nprint('z')\ndisplay({'a': (1, 2)})",
    "changed display": "shown = display('old', display_id='one')\nshown.update('new')",
    "cleared": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')\nclear_output(wait=True)\ndisplay('last')",
    "error": "def fail():\n    return 1 / 0\nfail()",
    "last value": "_, __, Out.keys(), In[1]",
    "async": "import asyncio\nawait asyncio.sleep(0)\nasyncio.get_running_loop().is_running()",
    "frontend": "from pandas.io.formats.console import in_ipython_frontend\nget_ipython().__class__.__name__, in_ipython_frontend(), __name__",
    "place": "import os, sys\n'' in sys.path, os.path.basename(os.getcwd()), os.environ['MPLBACKEND']",
    "errors of a program": "import sys\nprint('to stderr', file=sys.stderr)\nprint('to stdout')",
    "below Python": "import subprocess\n_ = os.write(1, b'straight\\n')\n_ = subprocess.run(['echo', 'from outside'])",
    "figure unseen": "from matplotlib import pyplot\n_ = pyplot.plot([1, 2])\n_ = pyplot.title('agg shows none')",
    "figure": "%matplotlib inline\npyplot.figure(figsize=(2, 1))\n_ = pyplot.plot([1, 2])",
    "figure again": "figure, axes = pyplot.subplots(figsize=(2, 1))\n_ = axes.text(0.5, 0.5, 'x')\npyplot.show()",
    "magic": "%precision 2\n1 / 3",
    "unshowable": "class Odd:\n    def _repr_html_(self):\n        raise ValueError('odd')\n    def __repr__(self):\n        return 'odd'\nOdd()",
    "empty": "",
    "skipped": "raise SystemExit",
}
TAGS = {"error": ["raises-exception"], "unshowable": ["raises-exception"], "skipped": ["skip-execution"]}


def make_book(folder, documents, press=None, **execute):
    """A book of notebooks in `folder`: {name: [sources]}; below notebooks/ as .ipynb, else as .md. Returns its folder."""
    book = folder / "book"
    book.mkdir()
    (folder / "CITATION.cff").write_text(SMALL_BOOK.joinpath("CITATION.cff").read_text("utf-8"), "utf-8")
    (folder / "requirements.txt").write_text("pandas==1\n", "utf-8")
    config = {
        "execute": {"execute_notebooks": "force"} | execute,
        "sphinx": {"config": {"bookpress": {"slug": "b"} | (press or {})}},
    }
    (book / "_config.yml").write_text(yaml.safe_dump(config), "utf-8")
    (book / "index.md").write_text("# Book\n", "utf-8")
    for name, sources in documents.items():
        write_document(book, name, sources)
    chapters = [{"file": name} for name in documents]
    (book / "_toc.yml").write_text(
        yaml.safe_dump({"format": "jb-book", "root": "index", "chapters": chapters}), "utf-8"
    )
    return book


def write_document(book, name, sources, tags=()):
    if name.startswith("notebooks/"):
        cells = [nbformat.v4.new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)]
        for cell, own in zip(cells, tags or [[]] * len(cells), strict=True):
            cell.metadata["tags"] = own
        file = book / f"{name}.ipynb"
        file.parent.mkdir(exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=cells), file)
    else:
        blocks = "\n".join(f"```{{code-cell}}\n{source}\n```\n" for source in sources)
        (book / f"{name}.md").write_text(
            f"---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n# {name}\n\n{blocks}", "utf-8"
        )


def run(book, jobs=2):
    """Run what needs to run; return {document: [[outputs of a cell]]}."""
    store, scratch = book.parent / "store", book.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    execute_book(book, store, scratch, read_edition(book), jobs)
    return kept(store)


def kept(store):
    files = sorted(store.rglob("*.json"))
    names = [file.relative_to(store).with_suffix("").as_posix() for file in files]
    return {name: [cell["outputs"] for cell in results.read(store, name)["cells"]] for name in names}


def texts(outputs):
    """What a document's cells printed."""
    return "".join(output["text"] for cell in outputs for output in cell)


def in_cold_kernel(file, book, monkeypatch, folder):
    """The code cells of a notebook as a kernel of its own gives them through nbclient, streams put together."""
    for name, value in fixed_variables(read_edition(book)).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("IPYTHONDIR", str(folder / "ipython"))
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it a kernel does not look at what is written below Python
    text = file.read_text("utf-8")
    notebook = nbformat.reads(text, 4)
    NotebookClient(notebook, resources={"metadata": {"path": str(file.parent)}}, coalesce_streams=True).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"], notebook.metadata["language_info"]


def test_every_kind_of_output_is_as_from_a_cold_kernel(tmp_path, monkeypatch):
    book = make_book(tmp_path, {"notebooks/kinds": []})
    write_document(book, "notebooks/kinds", KINDS.values(), [TAGS.get(kind, []) for kind in KINDS])
    run(book)
    warm = results.read(tmp_path / "store", "notebooks/kinds")
    cold, language = in_cold_kernel(book / "notebooks" / "kinds.ipynb", book, monkeypatch, tmp_path)
    for kind, ours, theirs in zip(KINDS, warm["cells"], cold, strict=True):
        assert ours == {"execution_count": theirs.execution_count, "outputs": theirs.outputs}, kind
    assert warm["language"] == language
    pictures = ["image/png" in json.dumps(cell["outputs"]) for cell in warm["cells"]]
    assert [kind for kind, picture in zip(KINDS, pictures, strict=True) if picture] == ["figure", "figure again"]


ROOT = Path(__file__).parents[3]
OWN = sorted(f"notebooks/{path.stem}" for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def own_book(tmp_path_factory):
    """A copy of this project's book, whose notebooks ran side by side in an order of chance."""
    project = tmp_path_factory.mktemp("own")
    for folder in ("book", "notebooks"):
        shutil.copytree(ROOT / folder, project / folder, symlinks=True, ignore=shutil.ignore_patterns("_build"))
    for name in ("CITATION.cff", "requirements.txt"):
        shutil.copy(ROOT / name, project)
    names = random.Random(2012).sample(OWN, len(OWN))
    assert names != OWN
    (project / "book" / "_toc.yml").write_text(
        yaml.safe_dump({"format": "jb-book", "root": "index", "chapters": [{"file": name} for name in names]})
    )
    ran = execute_book(project / "book", project / "store", project, read_edition(project / "book"), jobs=3)
    assert set(ran) == {"index", *OWN} and all(seconds > 0 for seconds in ran.values())
    return project / "book"


@pytest.mark.parametrize("name", OWN)
def test_this_projects_own_notebooks_are_as_from_a_cold_kernel(own_book, name, tmp_path, monkeypatch):
    warm = results.read(own_book.parent / "store", name)["cells"]
    cold, _ = in_cold_kernel(own_book / f"{name}.ipynb", own_book, monkeypatch, tmp_path)
    assert len(warm) == len(cold)
    for number, (ours, theirs) in enumerate(zip(warm, cold, strict=True)):
        assert ours == {"execution_count": theirs.execution_count, "outputs": theirs.outputs}, f"{name}, cell {number}"
    assert ("data:image/svg+xml" in json.dumps(warm)) == any("figure(" in cell.source for cell in cold)


def test_order_and_company_do_not_matter(tmp_path):
    imports = {"first": "import pandas, matplotlib.pyplot", "second": "import this_is_absent", "third": "import json"}
    documents = {
        f"notebooks/{name}": [
            f"try:\n    {line}\nexcept ImportError as error:\n    print(error)",
            "import sys\nsorted(globals())",
            f"print('{name}')",
        ]
        for name, line in imports.items()
    }
    seen = []
    for number, (names, jobs) in enumerate(
        [(list(documents), 1), (list(documents)[::-1], 1), (list(documents)[1:] + list(documents)[:1], 3)]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        seen.append(run(make_book(folder, {name: documents[name] for name in names}), jobs))
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == 3


@pytest.fixture(scope="module")
def built_dependent(tmp_path_factory):
    """A project whose notebooks each use something else, built once."""
    root = tmp_path_factory.mktemp("dependent")
    (root / "data").mkdir()
    (root / "data" / "one.csv").write_text("a\n1\n")
    (root / "data" / "two.csv").write_text("a\n2\n")
    (root / "lists").mkdir()
    (root / "src" / "shapes").mkdir(parents=True)
    (root / "src" / "shapes" / "__init__.py").write_text("")
    (root / "src" / "shapes" / "outer.py").write_text("from shapes.inner import WORD\nWORDS = ['outer', WORD]\n")
    (root / "src" / "shapes" / "inner.py").write_text("WORD = 'inner'\n")
    documents = {
        "notebooks/one": ["import pandas\nprint(pandas.read_csv('../../data/one.csv').to_csv())"],
        "two": ["print(open('../data/two.csv').read())"],
        "notebooks/module": ["from shapes.outer import WORDS\nprint(WORDS)"],
        "notebooks/folder": ["import os\nprint(sorted(os.listdir('../../lists')))"],
        "notebooks/exists": ["from pathlib import Path\nprint(Path('../../lists/there').is_file())"],
        "notebooks/variable": ["import os\nprint(os.environ.get('SHAPES', 'unset'))"],
        "notebooks/optional": [
            "try:\n    import shapes.extra\n    print('extra')\nexcept ImportError:\n    print('plain')"
        ],
        "notebooks/writes": [
            "import os\nopen(os.devnull, 'w').close()\nopen('../../made.txt', 'w').close()\nprint('wrote')"
        ],
    }
    book = make_book(root, documents, {"variables": ["PYTHONPATH", "SHAPES"]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(root / "src"))
        run(book)
        shutil.copytree(root / "store", root / "first")
        yield book


@pytest.fixture
def dependent(built_dependent):
    """The same with the results of its first run; a test that changes a file restores it."""
    root = built_dependent.parent
    shutil.rmtree(root / "store")
    shutil.copytree(root / "first", root / "store")
    return built_dependent


ALWAYS = {"notebooks/writes"}  # what it does is not only in its output
EVERY = {
    "notebooks/one",
    "two",
    "notebooks/module",
    "notebooks/folder",
    "notebooks/exists",
    "notebooks/variable",
    "notebooks/optional",
}
CHANGES = {  # file that changes, its new text, what runs again, and what one of those then prints
    "nothing": (None, "", set(), ""),
    "a data table": ("data/one.csv", "a\n11\n", {"notebooks/one"}, "11"),
    "another data table": ("data/two.csv", "a\n22\n", {"two"}, "22"),
    "a module": ("src/shapes/outer.py", "WORDS = ['changed']\n", {"notebooks/module"}, "changed"),
    "a module of a module": ("src/shapes/inner.py", "WORD = 'deeper'\n", {"notebooks/module"}, "deeper"),
    "a module that hides another": (
        "src/shapes/outer/__init__.py",
        "WORDS = ['hidden']\n",
        {"notebooks/module", "notebooks/optional"},
        "hidden",
    ),
    "a module that was missing": ("src/shapes/extra.py", "", {"notebooks/module", "notebooks/optional"}, "extra"),
    "a module that nobody uses": ("src/shapes/unused.py", "", {"notebooks/module", "notebooks/optional"}, "plain"),
    "a page beside the notebooks": ("book/notebooks/new.md", "# New\n", set(), ""),
    "a name in a folder, which was looked for": ("lists/there", "", {"notebooks/folder", "notebooks/exists"}, "there"),
    "a name in a folder": ("lists/other", "", {"notebooks/folder"}, "other"),
    "a module beside a notebook": ("book/notebooks/shapes.py", "", EVERY - {"two"}, "plain"),
    "the lock": ("requirements.txt", "pandas==2\n", EVERY, "unset"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_decides_what_runs_again(dependent, change):
    name, text, expected, word = CHANGES[change]
    root = dependent.parent
    file = root / (name or "unused")
    old = file.read_text() if file.is_file() else None
    before = times(root)
    is_new_folder = not file.parent.exists()
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    try:
        outputs = run(dependent)
        assert ran(root, before) == expected | ALWAYS
        assert not expected or word in "".join(texts(outputs[document]) for document in expected)
    finally:
        file.unlink()
        if old is not None:
            file.write_text(old)
        elif is_new_folder:
            shutil.rmtree(file.parent)


def test_an_environment_variable_that_the_book_names(dependent, monkeypatch):
    before = times(dependent.parent)
    monkeypatch.setenv("SHAPES", "round")
    assert texts(run(dependent)["notebooks/variable"]) == "round\n"
    assert ran(dependent.parent, before) == EVERY | ALWAYS


def test_results_hold_for_a_copy_with_the_same_contents_alone(dependent, tmp_path, monkeypatch):
    """The copy takes the results of the first project. What differs in the copy alone runs again there, and gives its numbers."""
    root = shutil.copytree(dependent.parent, tmp_path / "deeper" / "copy")
    (root / "data" / "one.csv").write_text("a\n11\n")
    (root / "src" / "shapes" / "inner.py").write_text("WORD = 'deeper'\n")
    monkeypatch.setenv("PYTHONPATH", str(root / "src"))
    before = times(root)
    outputs = run(root / "book")
    assert ran(root, before) == {"notebooks/one", "notebooks/module"} | ALWAYS
    assert "11" in texts(outputs["notebooks/one"]) and "deeper" in texts(outputs["notebooks/module"])


def test_a_file_outside_the_project_and_a_link_to_it_count_by_their_content(tmp_path, monkeypatch):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(name)
    (tmp_path / "project").mkdir()
    beside = "from pathlib import Path\nplace = Path.cwd().parents[2]\nprint((place / 'a.txt').read_text())"
    documents = {"notebooks/beside": [beside], "notebooks/link": ["print(open('../../link').read())"]}
    book = make_book(tmp_path / "project", documents)
    (link := book.parent / "link").symlink_to("../a.txt")
    run(book)
    link.unlink()
    link.symlink_to("../b.txt")
    assert {name: texts(cells) for name, cells in run(book).items()} == {
        "notebooks/beside": "a\n",
        "notebooks/link": "b\n",
    }
    moved = shutil.copytree(book.parent, tmp_path / "elsewhere" / "project", symlinks=True)
    for name in ("a", "b"):
        (tmp_path / "elsewhere" / f"{name}.txt").write_text(f"other {name}")
    assert {name: texts(cells) for name, cells in run(moved / "book").items()} == {
        "notebooks/beside": "other a\n",
        "notebooks/link": "other b\n",
    }


def test_a_notebook_that_may_fail_no_more_fails(tmp_path):
    book = make_book(tmp_path, {"notebooks/one": ["1 / 0"]}, allow_errors=True)
    run(book)
    config = yaml.safe_load((book / "_config.yml").read_text("utf-8"))
    config["execute"]["allow_errors"] = False
    (book / "_config.yml").write_text(yaml.safe_dump(config), "utf-8")
    with pytest.raises(BuildError, match="ZeroDivisionError"):
        run(book)


def test_a_notebook_that_moves_a_file_into_the_project_runs_at_every_build(tmp_path):
    source = "import os, tempfile\nfile, name = tempfile.mkstemp()\nos.replace(name, '../../made.txt')"
    book = make_book(tmp_path, {"notebooks/one": [source]})
    run(book)
    assert results.read(tmp_path / "store", "notebooks/one")["untraceable"]


def test_a_lock_that_the_book_names_decides_what_runs_again(tmp_path):
    book = make_book(tmp_path, {"notebooks/one": ["print(1)"]}, {"lock": "../locked.txt"})
    (tmp_path / "locked.txt").write_text("pandas==1\n")
    run(book)
    before = times(tmp_path)
    run(book)
    assert ran(tmp_path, before) == set()
    (tmp_path / "locked.txt").write_text("pandas==2\n")
    run(book)
    assert ran(tmp_path, before) == {"notebooks/one"}


def test_own_code_counts_and_prose_does_not(dependent):
    before = times(dependent.parent)
    page, notebook = dependent / "two.md", dependent / "notebooks" / "one.ipynb"
    old_page, old_notebook = page.read_text(), notebook.read_text()
    page.write_text(old_page.replace("# two", "# Two, with other words"))
    notebook.write_text(old_notebook.replace("print(pandas", "print('own', pandas"))
    assert texts(run(dependent)["notebooks/one"]).startswith("own")
    assert ran(dependent.parent, before) == {"notebooks/one"} | ALWAYS
    page.write_text(old_page)
    notebook.write_text(old_notebook)


@pytest.mark.parametrize(
    "broken", ['{"cells": ', "{}", '{"surroundings": "1", "code": "2", "beyond": [], "found": {}, "seconds": 1}']
)
def test_the_result_of_a_page_that_left_the_book_is_removed_and_a_broken_one_made_again(tmp_path, broken):
    book = make_book(tmp_path, {"notebooks/one": ["print(1)"], "notebooks/two": ["print(2)"]})
    run(book)
    (tmp_path / "store" / "notebooks" / "one.json").write_text(broken)
    (book / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters: [{file: notebooks/one}]\n")
    assert {name: texts(cells) for name, cells in run(book).items()} == {"notebooks/one": "1\n"}


def times(root):
    return {file: file.stat().st_mtime_ns for file in (root / "store").rglob("*.json")}


def ran(root, before):
    changed = [file for file, time in times(root).items() if before.get(file) != time]
    return {file.relative_to(root / "store").with_suffix("").as_posix() for file in changed}


SLEEPER = "import subprocess, sys, pathlib\nprocess = subprocess.Popen(['sleep', '600'])\npathlib.Path('sleeper').write_text(str(process.pid))\n"
FAILURES = {
    "raises": ("def f():\n    return 1 / 0\nf()", "ZeroDivisionError: division by zero\nin the cell\ndef f():"),
    "is no Python": ("1 +", "SyntaxError: "),
    "raises in a module": ("import faulty\nfaulty.fail()", "through\n  book/notebooks/faulty.py, line 2, in fail"),
    "hangs": (SLEEPER + "import time\ntime.sleep(600)", "the cell did not end within 2 s"),
    "dies": (SLEEPER + "import os\nos.write(2, b'last words')\nos._exit(3)", "its process died, exit code 3"),
    "is killed": ("import os\nos.kill(os.getpid(), 9)", "its process died, signal SIGKILL"),
    "eats memory": ("x = [bytearray(10**8) for _ in range(100)]", "MemoryError:"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_cell_that_fails_is_named_and_nothing_runs_on(tmp_path, failure):
    source, message = FAILURES[failure]
    documents = {"notebooks/good": ["print('good')"], "notebooks/bad": ["print('fine')", source]}
    book = make_book(tmp_path, documents, {"memory": 1}, timeout=2 if failure == "hangs" else 60)
    (book / "notebooks" / "faulty.py").write_text("def fail():\n    raise ValueError('from below')\n")
    with pytest.raises(BuildError) as raised:
        run(book)
    told = str(raised.value)
    assert told.startswith("book/notebooks/bad.ipynb: ") and message in told
    assert source.splitlines()[0] in told and "print('fine')" not in told
    assert failure != "dies" or told.count("last words") == 2  # in the cell, and what it said
    assert "bad" not in "".join(kept(tmp_path / "store"))
    if source.startswith(SLEEPER):
        assert gone(int((book / "notebooks" / "sleeper").read_text()))


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
    with pytest.raises(BuildError, match="two.ipynb: KeyError: 'API_TOKEN'"):
        run(book)
    write_document(book, "notebooks/two", ["print(2)"])
    said = json.dumps(run(book)["notebooks/one"])
    assert "PATH" in said and "named by the book" in said and "EDITOR" not in said and "API_TOKEN" not in said


def test_a_secret_that_a_notebook_shows_stops_the_build_and_is_not_told(tmp_path, monkeypatch):
    monkeypatch.setenv("API_TOKEN", '12"34-é-abcd')
    spy = "import os, pathlib\nfor line in pathlib.Path('/proc/self/status').read_text().splitlines():\n    if line.startswith('PPid'):\n        pid = line.split()[1]\n"
    spy += "told = pathlib.Path('/proc', pid, 'status').read_text().split('PPid:')[1].split()[0]\nprint(pathlib.Path('/proc', told, 'environ').read_text())"
    program = "import sys, pathlib, test_notebooks as t; t.run(pathlib.Path(sys.argv[1]))"  # a process that was started with the secret
    book = make_book(tmp_path, {"notebooks/spy": ["1", spy]})
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    press = subprocess.run([sys.executable, "-c", program, str(book)], env=environ, capture_output=True, text=True)
    assert (
        press.returncode == 1
        and "spy.ipynb: the cell shows the value of the environment variable API_TOKEN" in press.stderr
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
    program = "import sys, pathlib, test_notebooks as t; t.run(pathlib.Path(sys.argv[1]))"
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
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
    program = f"import pathlib, sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_notebooks as t; t.run(pathlib.Path({str(book)!r}))"
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
    book = make_book(tmp_path, {"notebooks/one": ["print(1)"]})
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
