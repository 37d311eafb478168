"""Each page shows what its own notebook gave: run by the press, or left to Sphinx, or kept as it stands."""

import json
import re

import pytest
import yaml
from bs4 import BeautifulSoup
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook

from bookpress.sphinx.kept_results import with_settings

# A kernel has an application of its own; a fork of the press has none.
CODE = "import os, sys\nprint(os.path.basename(os.getcwd()), 'ipykernel.kernelapp' in sys.modules)"
SETTINGS = {"execution_mode": "cache", "execution_cache_path": "/a place/of its own"}


def write_notebook(file, own=None, shown=()):
    """A notebook with one cell; `own` are its settings for MyST-NB, `shown` the lines that it printed once."""
    file.parent.mkdir(exist_ok=True)
    outputs = [{"output_type": "stream", "name": "stdout", "text": text} for text in shown]
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": f"# {file.stem}"},
        {"cell_type": "code", "id": "b", "metadata": {}, "source": CODE, "outputs": outputs, "execution_count": None},
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}} | (
        {"mystnb": own} if own else {}
    )
    file.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}), "utf-8")


def test_notebooks_with_equal_code_show_their_own_outputs_and_own_settings_hold(build, small_book):
    book = small_book / "book"
    write_notebook(book / "one" / "same.ipynb")
    write_notebook(book / "two" / "same.ipynb")
    write_notebook(book / "two" / "sphinx.ipynb", {"execution_timeout": 50})
    write_notebook(book / "two" / "kept.ipynb", {"execution_mode": "off"}, ["as it stands"])
    text = f"---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n# Text\n\n```{{code-cell}}\n{CODE}\n```\n"
    (book / "two" / "text.md").write_text(text, "utf-8")
    (book / "index.md").write_text("# Small book\n", "utf-8")
    pages = ["one/same", "two/same", "two/sphinx", "two/kept", "two/text"]
    chapters = [{"file": page} for page in pages]
    (book / "_toc.yml").write_text(yaml.safe_dump({"format": "jb-book", "root": "index", "chapters": chapters}))
    run = build(small_book)
    assert run.returncode == 0, run.stdout + run.stderr
    html = {page: (small_book / "build" / "html" / f"{page}.html").read_text("utf-8") for page in pages}
    shown = {
        page: BeautifulSoup(text, "html.parser").select_one(".cell_output").get_text() for page, text in html.items()
    }
    assert {page: words.strip() for page, words in shown.items()} == {
        "one/same": "one False",
        "two/same": "two False",
        "two/sphinx": "two True",
        "two/kept": "as it stands",
        "two/text": "two False",
    }


FRONT = {
    "plain": "file_format: mystnb\nkernelspec:\n  name: python3",
    "dates, numbers, words over several lines": (
        "file_format: mystnb\ndate: 2020-02-29\nnumber: 1.50\ntext: |\n  one: two\n  'three'\n\n  {four}\nnone:"
    ),
    "settings of its own": "file_format: mystnb\nmystnb:\n  render_image_options: {width: 10em}",
    "one line": "{file_format: mystnb, kernelspec: {name: python3}}",
}


@pytest.mark.parametrize("front", FRONT)
def test_settings_in_a_text_notebook_change_nothing_else_and_no_line_moves(front):
    text = f"---\n{FRONT[front]}\n---\n\n# Title\n\n```{{code-cell}}\n:tags: [hide-input]\n1 + 1\n```\n\nEnd.\n"
    given = with_settings(text, ".md", "mystnb", SETTINGS)
    assert is_myst_markdown_notebook(given)
    old, new = (read_myst_markdown_notebook(words, add_source_map=True) for words in (text, given))
    assert new.metadata.pop("mystnb") == old.metadata.pop("mystnb", {}) | SETTINGS
    assert new.metadata == old.metadata
    assert re.sub("id': '.*?'", "", str(new.cells)) == re.sub("id': '.*?'", "", str(old.cells))


def test_settings_in_a_notebook_change_nothing_else():
    notebook = {"metadata": {"mystnb": {"number_source_lines": True}, "kernelspec": {"name": "é"}}, "cells": [1]}
    given = json.loads(with_settings(json.dumps(notebook), ".ipynb", "mystnb", SETTINGS))
    assert given["metadata"].pop("mystnb") == {"number_source_lines": True} | SETTINGS
    assert given == {"metadata": {"kernelspec": {"name": "é"}}, "cells": [1]}
