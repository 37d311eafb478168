"""Notebooks: valid, stripped, short, and each with the topic's anatomy. That they run is shown by the built book."""

import ast

import nbformat
import pytest

from prose import NOTEBOOKS

IDS = [path.name for path in NOTEBOOKS]


def read(path):
    return nbformat.read(path, as_version=4)


def code(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_valid_and_stripped(path):
    notebook = read(path)
    nbformat.validate(notebook)
    kept = [cell.id for cell in code(path) if cell.outputs or cell.execution_count is not None]
    assert kept == [], f"{path.name}: cells {', '.join(kept)} have outputs: make strip"
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_cells_are_few_and_short(path):
    cells = code(path)
    assert len(cells) <= 12
    assert all(len(cell.source.splitlines()) <= 15 for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_no_logic_and_no_paths_in_cells(path):
    for cell in code(path):
        tree = ast.parse(cell.source)
        assert not [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda))]
        texts = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [text for text in texts if "../" in text or text.endswith(".csv")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_anatomy(path):
    cells = read(path).cells
    topic = path.stem.split("-", 1)[1]
    assert f"({topic})=\n# " in cells[0].source
    assert "## What the sources disagree on" in "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    labels = [label for cell in code(path) for label in _labels(cell.source)]
    assert labels and all(label.split("-", 1)[1].startswith(f"{topic}-") for label in labels)
    assert len(labels) == len(set(labels))


def _labels(source):
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(("tab-", "fig-"))
    ]
