"""A notebook runs again if something that it used changed, and else not."""

import shutil

import pytest
import yaml

from bookpress.errors import BuildError
from bookpress.notebooks import results
from notebook_books import make_book, run, texts


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
        "notebooks/asked": [
            "import os\nprint(os.path.lexists('../../lists/asked'), os.access('../../lists/asked', os.R_OK))"
        ],
        "notebooks/numbered": [
            "import os\nfolder = os.open('../../data', os.O_RDONLY)\nprint(os.read(os.open('two.csv', os.O_RDONLY, dir_fd=folder), 9))"
        ],
        "notebooks/variable": ["import os\nprint(os.environ.get('SHAPES', 'unset'))"],
        "notebooks/optional": [
            "try:\n    import shapes.extra\n    print('extra')\nexcept ImportError:\n    print('plain')"
        ],
        "notebooks/writes": [
            "import os\nopen(os.devnull, 'w').close()\nopen('../../made.txt', 'w').close()\nprint('wrote')"
        ],
        "notebooks/memory": [
            "import os, sqlite3\nprint(os.path.exists(''), os.path.isdir('.'))\nbase = sqlite3.connect(':memory:')\nbase.execute('create table a (b)')\nprint(len(base.serialize()) > 0)"
        ],
        "notebooks/database": ["import sqlite3\nprint(sqlite3.connect('../../made.sqlite').total_changes)"],
        "notebooks/namesake": ["open(':memory:', 'w').close()"],
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


# What they do is not only in their output, or cannot be followed.
ALWAYS = {"notebooks/writes", "notebooks/database", "notebooks/namesake"}
EVERY = {
    "notebooks/one",
    "two",
    "notebooks/module",
    "notebooks/folder",
    "notebooks/exists",
    "notebooks/asked",
    "notebooks/numbered",
    "notebooks/variable",
    "notebooks/optional",
    "notebooks/memory",
}
CHANGES = {  # file that changes, its new text, what runs again, and what one of those then prints
    "nothing": (None, "", set(), ""),
    "a data table": ("data/one.csv", "a\n11\n", {"notebooks/one"}, "11"),
    "another data table": ("data/two.csv", "a\n22\n", {"two", "notebooks/numbered"}, "22"),
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
    "a name that was asked for": ("lists/asked", "", {"notebooks/folder", "notebooks/asked"}, "True"),
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


def test_a_notebook_that_clears_its_own_folder_away_runs_once(tmp_path):
    """Python empties a folder by the number that it has opened it under."""
    source = (
        "import os, tempfile\nwith tempfile.TemporaryDirectory() as folder:\n    os.mkdir(f'{folder}/inner')\n"
        "    for name in ('made', 'inner/made'):\n        open(f'{folder}/{name}', 'w').close()"
    )
    book = make_book(tmp_path, {"notebooks/one": [source]})
    run(book)
    assert not results.read(tmp_path / "store", "notebooks/one")["untraceable"]


def test_a_notebook_that_changes_the_project_from_a_folder_that_it_opened_runs_at_every_build(tmp_path):
    source = "import os\nfolder = os.open('../..', os.O_RDONLY)\nos.close(os.open('made.txt', os.O_CREAT | os.O_WRONLY, dir_fd=folder))"
    book = make_book(tmp_path, {"notebooks/one": [source]})
    run(book)
    assert results.read(tmp_path / "store", "notebooks/one")["untraceable"] == ["changed made.txt"]


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


BROKEN = {
    "cut": '{"cells": ',
    "empty": "{}",
    "another": '{"surroundings": "1", "code": "2", "beyond": [], "found": {}, "seconds": 1}',
}


def test_the_result_of_a_page_that_left_the_book_is_removed_and_a_broken_one_made_again(tmp_path):
    book = make_book(tmp_path, {f"notebooks/{name}": [f"print('{name}')"] for name in [*BROKEN, "gone"]})
    run(book)
    for name, broken in BROKEN.items():
        (tmp_path / "store" / "notebooks" / f"{name}.json").write_text(broken)
    chapters = ", ".join(f"{{file: notebooks/{name}}}" for name in BROKEN)
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters: [{chapters}]\n")
    assert {name: texts(cells) for name, cells in run(book).items()} == {
        f"notebooks/{name}": f"{name}\n" for name in BROKEN
    }


def times(root):
    return {file: file.stat().st_mtime_ns for file in (root / "store").rglob("*.json")}


def ran(root, before):
    changed = [file for file, time in times(root).items() if before.get(file) != time]
    return {file.relative_to(root / "store").with_suffix("").as_posix() for file in changed}
