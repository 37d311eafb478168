"""What all notebooks begin with is loaded once, and each depends on it."""

import re

import pytest

from bookpress.errors import BuildError
from notebook_books import make_book, run, texts

LOADED = "import os\nfrom pathlib import Path\nROWS = Path(__file__).with_name('rows.txt').read_text()\nPROCESS = os.getpid()\n"
SHOWN = "import os, shapes\nprint(shapes.ROWS, shapes.PROCESS, os.getpid(), 'hidden' in globals())"


@pytest.fixture
def begun(tmp_path, monkeypatch):
    """A book with a module that reads a file, which two notebooks use and a third does not."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "shapes.py").write_text(LOADED)
    (tmp_path / "src" / "rows.txt").write_text("two")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "src"))
    documents = {
        "notebooks/one": [SHOWN],
        "notebooks/two": [SHOWN],
        "notebooks/three": ["import os\nprint(os.getpid())"],
    }
    return make_book(tmp_path, documents, {"variables": ["PYTHONPATH"], "begin": "import shapes\nhidden = 1"})


def words(book):
    return {name: texts(outputs).split() for name, outputs in run(book).items()}


def test_it_is_loaded_once_and_its_names_are_hidden(begun):
    shown = words(begun)
    one, two = shown["notebooks/one"], shown["notebooks/two"]
    assert one[:2] == two[:2] and one[0] == "two" and one[3] == "False"
    assert len({one[1], one[2], two[2]}) == 3


def test_each_notebook_runs_again_where_what_it_used_or_its_code_changed(begun):
    first = words(begun)
    assert words(begun) == first
    (begun.parent / "src" / "rows.txt").write_text("three")
    second = words(begun)
    assert second["notebooks/one"][0] == "three" and second["notebooks/three"] != first["notebooks/three"]
    config = begun / "_config.yml"
    config.write_text(config.read_text("utf-8").replace("hidden = 1", "hidden = 2"), "utf-8")
    assert words(begun)["notebooks/three"] != second["notebooks/three"]


def test_what_it_does_that_cannot_be_noted_has_all_run_at_every_build(begun, capfd):
    config = begun / "_config.yml"
    config.write_text(config.read_text("utf-8").replace("hidden = 1", 'import os; os.system("true")'), "utf-8")
    assert words(begun) != words(begun)
    assert re.search(r"notebooks/three: .* for it started another program", capfd.readouterr().out)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("import nowhere", "begin: ModuleNotFoundError: No module named 'nowhere'"),
        ("1 +", r"begin: SyntaxError: invalid syntax"),
        ("import matplotlib.pyplot", "begin: imports matplotlib.pyplot, after which notebooks show no figures"),
    ],
)
def test_a_beginning_that_fails_is_told(tmp_path, code, fault):
    book = make_book(tmp_path, {"notebooks/one": ["print(1)"]}, {"begin": code})
    with pytest.raises(BuildError, match=fault):
        run(book)
