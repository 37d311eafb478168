"""Gives myst-nb the results that the press has kept, where it would start a kernel; without the press it starts one.

Such a kernel is talked to through files that only its owner can open (IPC), not through TCP ports, which every user of the
machine reaches; https://jupyter-client.readthedocs.io tells of both transports.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import myst_nb.sphinx_
from jupyter_core.paths import jupyter_runtime_dir
from myst_nb.core.execute.base import NotebookClientBase
from nbclient import NotebookClient
from nbformat import from_dict

from bookpress.notebooks import results
from bookpress.sphinx.html import RESULTS_VARIABLE


def setup(app):
    """Put `kept_or_new` in the place of the function with which myst-nb's parser opens a notebook, and kernels off the network."""
    NotebookClient.create_kernel_manager = _manager_without_ports
    if RESULTS_VARIABLE in os.environ:
        open_client = myst_nb.sphinx_.create_client

        def kept_or_new(notebook, source, *arguments):
            name = Path(source).relative_to(app.srcdir).with_suffix("").as_posix()
            result = results.read(os.environ[RESULTS_VARIABLE], name)
            if result is None or result["code"] != results.code_digest(results.code_cells(notebook)):
                return open_client(notebook, source, *arguments)  # a document that the press left to Sphinx
            return KeptResults(notebook, Path(source), *arguments[:2], result=result)

        myst_nb.sphinx_.create_client = kept_or_new


_create_kernel_manager = NotebookClient.create_kernel_manager


def _manager_without_ports(client):
    manager = _create_kernel_manager(client)
    folder = Path(
        jupyter_runtime_dir()
    )  # the files lie beside this one; a relative place would be another for the kernel
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    manager.connection_file = str(folder / f"kernel-{uuid.uuid4().hex[:12]}.json")
    manager.transport = "ipc"
    return manager


class KeptResults(NotebookClientBase):
    """A client that fills the notebook with kept results."""

    def start_client(self):
        result = self._kwargs["result"]
        cells = [cell for cell in self.notebook.cells if cell.cell_type == "code"]
        for cell, kept in zip(cells, result["cells"], strict=True):
            cell.execution_count = kept["execution_count"]
            cell.outputs = [from_dict(output) for output in kept["outputs"]]
        self.notebook.metadata["language_info"] = from_dict(result["language"])
