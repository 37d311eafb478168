"""What of a book runs: its documents with cells for Python, read as MyST-NB reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bookpress.notebooks import results
from bookpress.notebooks.dependencies import unchanged


@dataclass(frozen=True)
class Document:
    """A page with cells to run: its name in the book, its file, its code as `results.code_of` gives it, and how it may run."""

    name: str
    path: Path
    code: dict
    timeout: float | None
    allow_errors: bool

    @property
    def cells(self):
        """The code cells as {"source", "metadata"}."""
        return self.code["cells"]


def read_documents(job):
    """The documents of the book that hold cells for Python, as myst-nb reads them."""
    found = []
    for name in job["documents"]:
        for suffix in (".ipynb", ".md"):
            path = Path(job["book"], name + suffix)
            if path.is_file():
                notebook = _notebook(path, job["extensions"])
                if notebook is not None and _is_ours(notebook, path, job):
                    found.append(_document(name, path, notebook, job))
                break
    return found


def _notebook(path, extensions):
    """The notebook in a file, or None for a page of prose."""
    if path.suffix == ".ipynb":
        import nbformat

        return nbformat.read(path, as_version=4)
    text = path.read_text("utf-8")
    if not text.startswith("---"):  # saves the import
        return None
    from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
    from myst_parser.config.main import MdParserConfig

    if not is_myst_markdown_notebook(text):
        return None
    return read_myst_markdown_notebook(text, MdParserConfig(enable_extensions=extensions), path=path)


def _is_ours(notebook, path, job):
    """Whether it may run here; Sphinx runs the others: of another kernel, or with settings of their own for myst-nb."""
    own = notebook.metadata.get("mystnb", {})
    return (
        notebook.metadata.get("kernelspec", {}).get("name", "python3") == "python3"
        and not any(key.startswith("execution_") for key in own)
        and not any(path.match(pattern) for pattern in job["exclude"])
    )


def _document(name, path, notebook, job):
    own = notebook.metadata.get("execution", {})
    timeout = own.get("timeout", job["timeout"])
    allow_errors = own.get("allow_errors", job["allow_errors"])
    return Document(name, path, results.code_of(notebook), timeout if timeout and timeout > 0 else None, allow_errors)


def is_current(result, document, environment):
    """Whether a kept result is what the document would give now."""
    return (
        result is not None
        and result.get("environment") == environment  # else another press may have kept it, in another form
        and not result["beyond"]
        and result["code"] == document.code
        and unchanged(result["found"])
    )
