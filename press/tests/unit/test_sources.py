"""Sources that are missing or cannot be read: file, line, reason and remedy are told before anything runs."""

import json
import os

import pytest

from bookpress.book.sources import check_bibliographies, check_sources
from bookpress.errors import BuildError
from bookpress.files import tree_digest

NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
FAULTS = {
    "broken JSON": ("page.ipynb", b'{"cells": [\n  {"a" 1}]}', ", line 2: no JSON, as a notebook is: Expecting ':' delimiter; save"),
    "empty": ("page.ipynb", b"", ": is empty, and no notebook; save it anew"),
    "a list": ("page.ipynb", b"[]", ": JSON, but no notebook"),
    "no cells": ("page.ipynb", b'{"nbformat": 4, "metadata": {}}', ": has no cells"),
    "half a cell": ("page.ipynb", json.dumps(NOTEBOOK | {"cells": [{"source": ""}]}).encode(), ", cell 1: has no cell_type"),
    "a format to come": ("page.ipynb", json.dumps(NOTEBOOK | {"nbformat": 5}).encode(), ": is in format 5"),
    "merged notebook": ("page.ipynb", b'{\n<<<<<<< HEAD\n"cells": []\n', ", line 2: marks of a merge; keep one"),
    "merged prose": ("page.md", b"# A\n\na\n=======\nb\n>>>>>>> other\n", ", line 6: marks of a merge; keep one"),
    "Latin-1": ("page.md", "# A\n\nété".encode("latin-1"), ", line 3: is not UTF-8 (byte 0xE9); save"),
    "Latin-1 notebook": ("page.ipynb", b'{"a":\n"\xe9"}', ", line 2: is not UTF-8 (byte 0xE9); save"),
    "UTF-16": ("page.md", "# A".encode("utf-16"), ", line 1: is UTF-16"),
    "Latin-1 contents": ("_toc.yml", b"format: jb-book\n# \xe9", ", line 2: is not UTF-8 (byte 0xE9); save"),
    "Latin-1 bibliography": ("references.bib", b"@book{a,\n title={\xe9}}", ", line 2: is not UTF-8 (byte 0xE9); save"),
}  # fmt: skip


@pytest.fixture
def book(small_book):
    """The folder of a copy of the small book with one more page, which is not written yet."""
    toc = small_book / "book" / "_toc.yml"
    toc.write_text(toc.read_text("utf-8") + "  - {file: page}\n", "utf-8")
    return small_book / "book"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_source_that_cannot_be_read_is_named(book, fault):
    name, content, message = FAULTS[fault]
    (book / "page.md").write_text("# Page\n", "utf-8")
    if name == "page.ipynb":
        (book / "page.md").unlink()
    (book / name).write_bytes(content)
    with pytest.raises(BuildError) as raised:
        check_sources(book)
    assert str(raised.value).replace(f"{book.parent}/", "").startswith(f"book/{name}{message}")


def test_a_pipe_in_the_folder_is_named_and_not_waited_for(tmp_path):
    (tmp_path / "link").symlink_to("nowhere")  # an editor's lock, such as .#page.md, is one
    tree_digest(tmp_path)
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(BuildError, match=r"pipe\.md: is a pipe, a socket or a device; take it out of the folder"):
        tree_digest(tmp_path)


@pytest.mark.parametrize("name", ["page.md", "page.ipynb"])
def test_a_mark_of_the_encoding_is_no_fault(book, name):
    (book / name).write_text(json.dumps(NOTEBOOK) if name.endswith(".ipynb") else "# Page", "utf-8-sig")
    check_sources(book)


@pytest.mark.parametrize(
    ("written", "nearest"), [("pages.md", "; the nearest name is pages"), ("other.md", "; write the page, or take")]
)
def test_a_page_that_is_not_there_is_named_with_its_line_and_the_nearest_name(book, written, nearest):
    (book / written).touch()
    with pytest.raises(BuildError) as raised:
        check_sources(book)
    assert str(raised.value).startswith(f"book/_toc.yml, line 5: page: no such page (.md, .ipynb, .rst){nearest}")


def test_a_link_that_was_unpacked_as_a_file_is_told_once_with_its_remedy(book):
    (book / "page.md").touch()
    (book / "notebooks").unlink()
    (book / "notebooks").write_text("../notebooks", "utf-8")
    with pytest.raises(BuildError) as raised:
        check_sources(book)
    message = "book/notebooks: is a link to ../notebooks that was unpacked as a file; make it a link again: ln -sfn ../notebooks book/notebooks"
    assert str(raised.value).startswith(message) and "\n" not in str(raised.value)


def test_a_fault_of_syntax_in_a_bibliography_is_named(small_book):
    file = small_book / "book" / "references.bib"
    file.write_text(file.read_text("utf-8") + "\n@book{a,\n title = {b", "utf-8")
    with pytest.raises(BuildError, match=r"^book/references\.bib: syntax error in line \d+"):
        check_bibliographies(small_book / "book")
