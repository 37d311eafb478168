"""The build as a whole: the same pages whoever builds, and a clear failure for each thing that can go wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def tree(folder):
    """{path: content} of the pages, without the files that only one of the two commands writes."""
    own = {".buildinfo", "small-book-1.2.0.pdf"}
    files = (file for file in folder.rglob("*") if file.is_file() and file.name not in own)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_jupyter_book_alone_gives_the_same_pages_in_another_folder(built_book, small_book):
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "book", "-W", "-n", "--keep-going"]
    subprocess.run(command, cwd=small_book, check=True, capture_output=True)
    pages = tree(built_book / "build" / "html")
    assert "notebooks/01-shapes.html" in pages and "_images/fig-shapes.svg" in pages
    plain = tree(small_book / "book" / "_build" / "html")
    assert sorted(plain) == sorted(pages)
    assert [path for path in pages if plain[path] != pages[path]] == []


def test_jupyter_book_alone_talks_to_its_kernels_through_files_not_ports(small_book):
    notebook = {
        "cells": [],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    source = "import ipykernel, json\nprint('talks by', json.loads(ipykernel.get_connection_info())['transport'])"
    notebook["cells"] = [
        {"cell_type": "code", "id": "a", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
    ]
    (small_book / "notebooks" / "01-shapes.ipynb").write_text(json.dumps(notebook), "utf-8")
    (small_book / "book" / "index.md").write_text("# Small book\n", "utf-8")
    (small_book / "book" / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters: [{file: notebooks/01-shapes}]\n", "utf-8"
    )
    run = subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", "book"],
        cwd=small_book,
        capture_output=True,
        text=True,
    )
    page = small_book / "book" / "_build" / "html" / "notebooks" / "01-shapes.html"
    assert page.is_file(), run.stdout + run.stderr
    assert "talks by ipc" in page.read_text("utf-8")


def break_notebook(cell, source):
    """A change that puts `source` into one cell of the notebook."""

    def change(project):
        file = project / "notebooks" / "01-shapes.ipynb"
        notebook = json.loads(file.read_text("utf-8"))
        notebook["cells"][cell]["source"] = source
        file.write_text(json.dumps(notebook), "utf-8")

    return change


def misspell_keys(project):
    """Have a notebook and index.md tell numbers that nobody computes."""
    break_notebook(0, "# Shapes\n\nThere are {glue:text}`absent_key`.")(project)
    file = project / "book" / "index.md"
    file.write_text(file.read_text("utf-8").replace("shapes_total", "shape_total"), "utf-8")


def break_prose(text):
    """A change that leaves `text` alone in the book, on line 3 of index.md; without notebook, which saves its run."""

    def change(project):
        (project / "book" / "index.md").write_text(f"# Small book\n\n{text}\n", "utf-8")
        (project / "book" / "_toc.yml").write_text("format: jb-book\nroot: index\n", "utf-8")

    return change


def leave_notebook(project):
    """Take the notebook that index.md quotes out of the book, and add a page without heading."""
    (project / "book" / "words.md").write_text("Words alone.\n", "utf-8")
    (project / "book" / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters: [{file: words}]\n", "utf-8")


FAULTS = {
    "notebook raises": (
        break_notebook(-1, "1 / 0"),
        ["book/notebooks/01-shapes.ipynb, cell 5: ZeroDivisionError: division by zero", "in the cell\n1 / 0"],
    ),
    "notebook writes to stderr": (
        break_notebook(-1, "import sys\nprint('oops', file=sys.stderr)"),
        ["book/notebooks/01-shapes.ipynb, cell 5: the cell writes to stderr; silence it", "\n  oops\n"],
    ),
    "an unknown glue key in its own notebook, and a slip in one on another page": (
        misspell_keys,
        [
            "book/notebooks/01-shapes.ipynb, cell 1: WARNING: this page computes no number absent_key\n",
            "book/index.md:3: WARNING: notebooks/01-shapes computes no number shape_total; the nearest is shapes_total",
        ],
    ),
    "a quoted notebook left the book, and a page has no heading": (
        leave_notebook,
        [
            "book/index.md:3: WARNING: Glue reference 'shapes_total' not found in doc 'notebooks/01-shapes'",
            "book/words.md: has no heading; begin it with a line such as: # Title",
        ],
    ),
    # One build tells all of them: a fault in a page keeps none of the others from being seen.
    "glue, citation, image and data of a page": (
        break_prose(
            "{glue:text}`notebooks/01.ipynb::absent_key:s`\n\n{glue:text}`notebooks/01.ipynb::total`\n\n"
            "{cite:t}`absent2000`\n\nWord ![](data:image/gif;base64,R0lGODlhAQABAAAAACw=)\n\n"
            ":::{datafile} a.csv\nb,c\n:::\n\n:::{datafile} a.csv\nb,c\n:::\n\n:::{datafile} d.csv\n:::\n\n"
            ":::{csv-table} A\n:url: http://127.0.0.1:9/a.csv\n:::\n\n![A dot](attachment:dot.png)\n\n"
            "{citation}`page` and {language}`mot`"
        ),
        [
            "book/index.md:3: WARNING: Glue reference 'absent_key' not found in doc 'notebooks/01'",
            "book/index.md:5: WARNING: glue:text of another page needs a format: write `notebooks/01.ipynb::total:s`",
            'book/index.md:7: WARNING: could not find bibtex key "absent2000"',
            "book/index.md:9: WARNING: image without alternative text",
            "book/index.md:15: ERROR: data file a.csv was already given in index",
            "book/index.md:19: ERROR: Content block expected",
            'directive URL "http://127.0.0.1:9/a.csv"; a build fetches nothing: save the table in the book',
            "book/index.md:28: WARNING: citation: page: is not known; write {citation}`report`",
            "book/index.md:28: WARNING: language: mot: write {language}`words <code>`",
            "image file not readable: attachment:dot.png; a picture pasted into a cell is no file of the book: save it",
        ],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_stops_the_build_and_is_named_and_the_last_good_pages_stand(build, ran_book, fault):
    change, messages = FAULTS[fault]
    change(ran_book)
    good = ran_book / "build" / "html" / "index.html"
    good.parent.mkdir(parents=True)
    good.write_text("the last good build")
    run = build(ran_book)
    assert run.returncode == 1
    for message in messages:
        assert message in run.stderr
    assert (
        "book: not built" in run.stderr
        and "Traceback" not in run.stderr
        and "Error:" not in run.stderr.replace("ZeroDivisionError:", "")
    )
    assert good.read_text() == "the last good build"
    assert {file.name for file in (ran_book / "build").iterdir()} == {"html", ".cache"}


def test_jupyter_book_alone_refuses_a_page_that_it_would_print_with_blots(small_book):
    break_prose("")(small_book)
    page = small_book / "book" / "index.md"
    page.write_bytes(page.read_bytes() + b"\nCaf\xe9.\n")
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "book"]
    run = subprocess.run(command, cwd=small_book, capture_output=True, text=True)
    assert run.returncode and "is not UTF-8 (byte 0xE9); save the file as UTF-8" in run.stdout + run.stderr
