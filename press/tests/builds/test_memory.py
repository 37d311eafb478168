"""What the PDF step has read of a page serves again as long as nothing changed that the page's tree rests on."""

from pathlib import Path

import pytest

from bookpress import pdf
from bookpress.book.edition import read_edition
from bookpress.pdf import PressError, make_pdf, memory
from bookpress.pdf.tree import Page

EDITION = read_edition(Path(__file__).parents[1] / "small_book" / "book")
ENTRY, KNOWN = ("one", 0, ""), (["one", "two"], "https://example.org/", "book.pdf")


@pytest.fixture
def pages(tmp_path):
    """A folder of pages, and their table of contents."""
    folder = tmp_path / "html"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.html").write_text(
            f'<article class="bd-article"><section id="s"><h1>{name}</h1><p>Words.</p></section></article>'
        )
    toc = tmp_path / "_toc.yml"
    toc.write_text("format: jb-book\nroot: one\nchapters:\n  - file: two\n")
    return folder, toc


CHANGES = {
    "the page": lambda folder: (folder / "one.html").write_text("other words"),
    "a file that its links could lead to": lambda folder: (folder / "new.csv").write_text(""),
    "a file that is gone": lambda folder: (folder / "two.html").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_tree_rests_on_its_page_and_on_what_links_can_lead_to(pages, change):
    folder, _ = pages
    before = memory.tree_key(folder, ENTRY, KNOWN)
    assert memory.tree_key(folder, ENTRY, KNOWN) == before
    CHANGES[change](folder)
    assert memory.tree_key(folder, ENTRY, KNOWN) != before


def test_a_tree_rests_on_the_place_of_its_page_and_on_the_other_pages(pages):
    folder, _ = pages
    others = [
        (("one", 1, ""), KNOWN),
        (("one", 0, "Part"), KNOWN),
        (ENTRY, (["one"], *KNOWN[1:])),
        (ENTRY, (KNOWN[0], "", KNOWN[2])),
    ]
    keys = {memory.tree_key(folder, *given) for given in [(ENTRY, KNOWN), *others]}
    assert len(keys) == 1 + len(others)


def test_only_a_whole_tree_under_the_same_key_is_taken(tmp_path):
    assert memory.take(tmp_path, ENTRY, "a") is None
    memory.keep(tmp_path, ENTRY, "a", Page("one", ""))
    assert memory.take(tmp_path, ENTRY, "a") == Page("one", "")
    assert memory.take(tmp_path, ENTRY, "b") is None
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert memory.take(tmp_path, ENTRY, "a") is None


def test_only_changed_pages_are_read_and_the_pdf_is_the_same(pages, tmp_path, monkeypatch):
    folder, toc = pages
    read, reader = [], pdf.read_page
    monkeypatch.setattr(pdf, "cores", lambda: 1)  # in this process, where what is read can be noted
    monkeypatch.setattr(pdf, "read_page", lambda page: read.append(page.name) or reader(page))

    def made(trees=tmp_path / "trees"):
        """The bytes of the PDF, and which pages were read for it."""
        read.clear()
        make_pdf(folder, toc, tmp_path / "book.pdf", EDITION, trees=trees)
        return (tmp_path / "book.pdf").read_bytes(), list(read)

    first, again = made(), made()
    assert first[1] == ["one", "two"] and again == (first[0], [])
    page = folder / "two.html"
    page.write_text(page.read_text().replace("Words", "Other words"))
    changed, anew = made(), made(trees=None)
    assert changed == (anew[0], ["two"]) and anew[1] == ["one", "two"] and changed[0] != first[0]


def test_a_page_that_cannot_be_printed_is_refused_at_every_run(pages, tmp_path):
    folder, toc = pages
    page = folder / "two.html"
    page.write_text(page.read_text().replace("<p>Words.</p>", "<p>Words <blink>x</blink></p>"))
    for _ in range(2):
        with pytest.raises(PressError, match="page two"):
            make_pdf(folder, toc, tmp_path / "book.pdf", EDITION, trees=tmp_path / "trees")
