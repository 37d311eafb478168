"""The order of the pages: depth and parts as Jupyter Book has them, and what cannot be read is named."""

from pathlib import Path

import pytest

from bookpress.book.edition import EditionError
from bookpress.book.toc import chapter_numbers, read_toc

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


HEAD = "format: jb-book\nroot: a\nchapters:\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("root: [", ", line 1: a bracket or a quotation mark is not closed"),
        (HEAD + "- file: b\n - file: c\n", ", line 5: stands in another column than the entries above it"),
        (HEAD + "\t- file: b\n", ", line 4: begins with a tab"),
        (HEAD + "- file: b\n  title: A: c\n", ", line 5: a colon where none can be"),
        (HEAD + "- file: b\n  title\n- file: c\n", ", line 6: a name without a colon"),
        (HEAD + "- file b\n", ", line 4: entry is no `name: value`; an entry is `- file: PAGE`"),
        (
            HEAD + "- fil: b\n",
            ", line 4: entry does not contain one of 'file', 'glob', 'url'; an entry is `- file: PAGE`",
        ),
        ("", ": no contents; it begins with `format: jb-book` and `root: index`"),
        ("chapters: []", ", line 1: 'root' key not found"),
        ("format: jb-book\nroot: a\nchapters: [{file: b}, {file: b}]", "used multiple times: 'b'"),
        ("format: jb-book\nroot: a\nchapters: [{glob: b*}]", r"glob: b\*: name the pages one by one"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, text, fault):
    toc = tmp_path / "_toc.yml"
    toc.write_text(text)
    with pytest.raises(EditionError, match=rf"_toc\.yml.*{fault}") as told:
        read_toc(toc)
    assert "\n" not in str(told.value)


TOC = """format: jb-book
root: index
parts:
- caption: Report
  chapters: [{file: short}, {file: one, sections: [{file: within}]}, {file: map}, {file: two}]
- caption: More
  chapters: [{file: tables}, {file: list}]
"""


def numbered(book, toc=TOC):
    (book / "_toc.yml").write_text(toc)
    return chapter_numbers(book)


def test_chapters_have_numbers_and_annexes_letters(configured):
    """The front page, the summary, sections and pages for the screen have none."""
    settings = "      annexes: [More]\n      summary: short\n      pages: {map: {screen_only: true}}\n"
    assert numbered(configured(settings)) == {"one": "1", "two": "2", "tables": "A", "list": "B"}


def test_a_book_without_annexes_has_no_numbers(configured):
    assert numbered(configured("")) == {}


def test_letters_go_on_after_z(configured):
    pages = ", ".join(f"{{file: p{number}}}" for number in range(28))
    found = numbered(
        configured("      annexes: [More]\n"),
        f"format: jb-book\nroot: index\nparts:\n- caption: More\n  chapters: [{pages}]\n",
    )
    assert [found[name] for name in ("p0", "p25", "p26", "p27")] == ["A", "Z", "AA", "AB"]


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ("      annexes: [More, Les]\n", "annexes: Les: no part of _toc.yml has this caption"),
        ("      summary: shrt\n", "summary: shrt: no page of _toc.yml"),
    ],
)
def test_a_part_or_page_that_is_not_there_is_named(configured, settings, fault):
    with pytest.raises(EditionError, match=rf"_config\.yml: bookpress: {fault}"):
        numbered(configured(settings))
