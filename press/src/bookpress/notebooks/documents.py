"""Reads the pages that have cells to run, as MyST-NB does; tells if their kept results still hold."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from bookpress.errors import BuildError
from bookpress.files import digest_of, read_text
from bookpress.notebooks.dependencies import unchanged

PYTHON = "python3"  # the kernel of this environment
FORMAT = 4  # of notebooks


@dataclass(frozen=True)
class Document:
    """A page with cells to run."""

    name: str  # in the book, without suffix
    path: Path
    project: str  # the folder above the book
    code: dict  # kernel and code cells, which jupyter-cache knows a notebook by; prose does not matter
    timeout: float | None
    allow_errors: bool
    stderr: str  # `stderr_output`
    places: tuple[int, ...]  # of each code cell: its number among all cells; in a text notebook its line

    @property
    def cells(self):
        """The code cells as {"source", "metadata"}."""
        return self.code["cells"]

    def key(self, environment):
        """A digest of what decides the outputs before a cell runs. environment : a digest."""
        place = os.path.relpath(os.path.realpath(self.path), os.path.realpath(self.project))
        imported = [folder.replace(self.project, "") for folder in sys.path]
        return digest_of(environment, imported, self.code, self.allow_errors, place)

    def is_current(self, result, environment):
        """Tell if a kept result is what the document would give now."""
        return (
            result is not None
            # Another press may have kept it, in another form, but under another key.
            and result.get("key") == self.key(environment)
            and not result["untraceable"]
            and unchanged(result["fingerprints"], self.project)
        )


def read_documents(job):
    """Return the documents of the book that hold cells for Python."""
    found = []
    for name in job["documents"]:
        files = (Path(job["book"], name + suffix) for suffix in (".ipynb", ".md"))
        path = next((file for file in files if file.is_file()), None)
        notebook = path and _notebook(path, job["extensions"])
        if notebook and _runs_here(notebook, path, job):
            found.append(_document(name, path, notebook, job))
    return found


def _notebook(path, extensions):
    """The notebook in a file, or None for a page of prose."""
    text = read_text(path)
    if path.suffix == ".ipynb":
        notebook = json.loads(text)
        if notebook["nbformat"] == FORMAT:
            return notebook
        import nbformat  # slow to import

        return nbformat.reads(text, as_version=FORMAT)
    if not text.startswith("---"):  # saves the import
        return None
    from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
    from myst_parser.config.main import MdParserConfig

    if not is_myst_markdown_notebook(text):
        return None
    return read_myst_markdown_notebook(
        text, MdParserConfig(enable_extensions=extensions), add_source_map=True, path=path
    )


def _runs_here(notebook, path, job):
    """Tell if the press runs it. Sphinx runs those with another kernel or own MyST-NB settings.

    Raises BuildError for a kernel that is not there, unless it is one for Python.
    """
    own = notebook["metadata"].get("mystnb", {})
    if any(key.startswith("execution_") for key in own) or any(path.match(pattern) for pattern in job["exclude"]):
        return False
    kernel = notebook["metadata"].get("kernelspec", {})
    if kernel.get("name", PYTHON) == PYTHON:
        return True
    from jupyter_client.kernelspec import KernelSpecManager  # slow to import, and needed only here

    installed = KernelSpecManager().find_kernel_specs()
    if kernel["name"] in installed:
        return False
    language = kernel.get("language") or notebook["metadata"].get("language_info", {}).get("name", "")
    if language.lower() == "python":  # of another environment
        return True
    raise BuildError(
        f"{os.path.relpath(path, Path(job['book']).parent)}: its kernel {kernel['name']} is not installed, only "
        f"{', '.join(sorted(installed))}; install it, or choose another (JupyterLab: Kernel, Change Kernel) and save"
    )


def project_of(job):
    """The folder from which the files are seen that notebooks use: that of the book's folder."""
    return str(Path(job["book"]).parent)


def _document(name, path, notebook, job):
    own, cells = notebook["metadata"], notebook["cells"]
    settings = {"timeout": job["timeout"], "allow_errors": job["allow_errors"]} | own.get("execution", {})
    timeout = settings["timeout"] if (settings["timeout"] or 0) > 0 else None
    metadata = {key: value for key, value in own.items() if key == "kernelspec"}
    places = own.get("source_map") or range(1, len(cells) + 1)
    stderr = own.get("mystnb", {}).get("output_stderr", job["stderr"])
    of_code = [(place, cell) for place, cell in zip(places, cells, strict=True) if cell["cell_type"] == "code"]
    # In a file the source of a cell may be a list of lines.
    code = {
        "metadata": metadata,
        "cells": [{"source": "".join(cell["source"]), "metadata": cell["metadata"]} for _, cell in of_code],
    }
    return Document(
        name,
        path,
        project_of(job),
        code,
        timeout,
        settings["allow_errors"],
        stderr,
        tuple(place for place, _ in of_code),
    )
