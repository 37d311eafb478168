"""The book's notebooks, run by the press, give what each gives in a kernel of its own."""

import json

import nbformat
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from bookpress.cache import Cache
from bookpress.notebooks import results
from notebook_books import in_cold_kernel
from prose import NOTEBOOKS, ROOT, captions_of, said_alike


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_the_book_shows_of_a_notebook_is_as_from_a_cold_kernel(build, notebook, tmp_path, monkeypatch):
    warm = results.read(Cache(build).results, f"notebooks/{notebook.stem}")["cells"]
    cold, _ = in_cold_kernel(notebook, ROOT / "book", monkeypatch, tmp_path)
    assert len(warm) == len(cold)
    for number, (ours, theirs) in enumerate(zip(warm, cold, strict=True)):
        assert ours == {"execution_count": theirs.execution_count, "outputs": theirs.outputs}, f"cell {number}"
    assert ("data:image/svg+xml" in json.dumps(warm)) == any("figure(" in cell.source for cell in cold)


def test_nothing_runs_again_that_nobody_changed(build):
    store = Cache(build).results
    names = [file.relative_to(store).with_suffix("").as_posix() for file in store.rglob(f"*{results.SUFFIX}")]
    assert len(names) > len(NOTEBOOKS)
    assert {name: told for name in names if (told := results.read(store, name)["untraceable"])} == {}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_copy_with_outputs_reads_as_the_page(build, pages, notebook):
    page = pages[f"notebooks/{notebook.stem}"]
    (address,) = [link["href"] for link in page.select("p.notebook a")]
    copy = nbformat.read(build / "html" / "notebooks" / address, as_version=4)
    nbformat.validate(copy)
    prose = "\n\n".join(cell.source for cell in copy.cells if cell.cell_type == "markdown")
    said = BeautifulSoup(MarkdownIt("commonmark").render(prose), "html.parser").select("p, li")
    printed = {said_alike(part.get_text()) for part in page.article.select("p, li")}
    assert len(said) > 5 and [part.get_text() for part in said if said_alike(part.get_text()) not in printed] == []
    outputs = [output for cell in copy.cells if cell.cell_type == "code" for output in cell.outputs]
    shown = BeautifulSoup("".join(output.data.get("text/html", "") for output in outputs), "html.parser")
    captions = captions_of(page.article)
    assert [said_alike(part.get_text()) for part in shown.select("figcaption, caption")] == captions
    assert sum("image/png" in output.data for output in outputs) == len(page.article.select("figure"))
