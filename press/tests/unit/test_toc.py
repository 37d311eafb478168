"""The order of the pages: depth and parts as Jupyter Book has them, and what cannot be read is named."""

from pathlib import Path

import pytest

from bookpress.book.edition import EditionError
from bookpress.book.toc import read_toc

STRESS_BOOK = Path(__file__).parents[1] / "stress_book"


def test_order_depth_and_parts():
    assert read_toc(STRESS_BOOK / "_toc.yml") == [
        ("index", 0, ""),
        ("chapters/prose", 0, "First part"),
        ("chapters/section", 1, ""),
        ("chapters/tables", 0, ""),
        ("chapters/computed", 0, "Second part"),
        ("references", 0, "Back matter"),
    ]


def test_a_link_is_no_page_and_files_may_have_their_suffix(tmp_path):
    toc = tmp_path / "_toc.yml"
    toc.write_text(
        "format: jb-book\nroot: a.md\nparts:\n- caption: One\n  chapters: [{url: https://example.org}, {file: b.ipynb}]\n"
    )
    assert read_toc(toc) == [("a", 0, ""), ("b", 0, "One")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("root: [", "while parsing"),
        ("chapters: []", "'root' key not found"),
        ("format: jb-book\nroot: a\nchapters: [{file: b}, {file: b}]", "used multiple times: 'b'"),
        ("format: jb-book\nroot: a\nchapters: [{glob: b*}]", r"glob: b\*: name the pages one by one"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, text, fault):
    toc = tmp_path / "_toc.yml"
    toc.write_text(text)
    with pytest.raises(EditionError, match=rf"_toc\.yml: .*{fault}"):
        read_toc(toc)
