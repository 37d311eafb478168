"""The book's notebooks, run by the press, give what each gives in a kernel of its own."""

import json

import pytest

from bookpress.cache import Cache
from bookpress.notebooks import results
from notebook_books import in_cold_kernel
from prose import NOTEBOOKS, ROOT


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_the_book_shows_of_a_notebook_is_as_from_a_cold_kernel(build, notebook, tmp_path, monkeypatch):
    warm = results.read(Cache(build).results, f"notebooks/{notebook.stem}")["cells"]
    cold, _ = in_cold_kernel(notebook, ROOT / "book", monkeypatch, tmp_path)
    assert len(warm) == len(cold)
    for number, (ours, theirs) in enumerate(zip(warm, cold, strict=True)):
        assert ours == {"execution_count": theirs.execution_count, "outputs": theirs.outputs}, f"cell {number}"
    assert ("data:image/svg+xml" in json.dumps(warm)) == any("figure(" in cell.source for cell in cold)
