"""The book's notebooks, run by the press, give what each gives in a kernel of its own."""

import json
import random
import shutil
from pathlib import Path

import pytest
import yaml

from bookpress.book.edition import read_edition
from bookpress.notebooks import results
from bookpress.notebooks.plan import execute_book
from notebook_books import in_cold_kernel

ROOT = Path(__file__).parents[2]
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
