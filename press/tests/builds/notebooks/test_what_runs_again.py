"""A notebook runs again if something that it used changed, and else not."""

import shutil

import pytest

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
        "notebooks/variable": ["import os\nprint(os.environ.get('SHAPES', 'unset'))"],
        "notebooks/optional": [
            "try:\n    import shapes.extra\n    print('extra')\nexcept ImportError:\n    print('plain')"
        ],
        "notebooks/writes": ["import os\nopen(os.devnull, 'w').close()\nopen('made.txt', 'w').close()\nprint('wrote')"],
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
        {"notebooks/module"},
        "hidden",
    ),
    "a module that was missing": ("src/shapes/extra.py", "", {"notebooks/optional"}, "extra"),
    "a module that nobody uses": ("src/shapes/unused.py", "", set(), ""),
    "a name in a folder, which was looked for": ("lists/there", "", {"notebooks/folder", "notebooks/exists"}, "there"),
    "a name in a folder": ("lists/other", "", {"notebooks/folder"}, "other"),
    "a module beside a notebook": ("book/notebooks/shapes.py", "", {"notebooks/module", "notebooks/optional"}, "plain"),
    "the lock": ("requirements.txt", "pandas==2\n", EVERY, "unset"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_decides_what_runs_again(dependent, change):
    name, text, expected, word = CHANGES[change]
    root = dependent.parent
    file = root / (name or "unused")
    old = file.read_text() if file.is_file() else None
    before = times(root)
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
        elif file.parent.name == "outer":
            shutil.rmtree(file.parent)


def test_an_environment_variable_that_was_read(dependent, monkeypatch):
    before = times(dependent.parent)
    monkeypatch.setenv("SHAPES", "round")
    assert texts(run(dependent)["notebooks/variable"]) == "round\n"
    assert ran(dependent.parent, before) == {"notebooks/variable"} | ALWAYS


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
