"""Books of notebooks that tests make, run by the press or in a cold kernel."""

from pathlib import Path

import nbformat
import yaml
from nbclient import NotebookClient

from bookpress.book.edition import EXTENSION, read_edition
from bookpress.environment import fixed_variables
from bookpress.notebooks import results
from bookpress.notebooks.plan import execute_book

SMALL_BOOK = Path(__file__).parent / "small_book"


def make_book(folder, documents, press=None, **execute):
    """A book of notebooks in `folder`: {name: [sources]}; below notebooks/ as .ipynb, else as .md. Returns its folder.

    No library is imported before the notebooks start, unless `press` says so: most notebooks here need none.
    """
    book = folder / "book"
    book.mkdir()
    (folder / "CITATION.cff").write_text(SMALL_BOOK.joinpath("CITATION.cff").read_text("utf-8"), "utf-8")
    (folder / "requirements.txt").write_text("pandas==1\n", "utf-8")
    config = {
        "execute": {"execute_notebooks": "force"} | execute,
        "sphinx": {
            "extra_extensions": [EXTENSION],
            "config": {"bookpress": {"slug": "b", "preload": []} | (press or {})},
        },
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
    # After the four seconds of its default a client on a slow machine goes on without the last outputs of a cell.
    NotebookClient(
        notebook, iopub_timeout=120, resources={"metadata": {"path": str(file.parent)}}, coalesce_streams=True
    ).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"], notebook.metadata["language_info"]
