"""What the press refuses to print, and what it leaves out."""

import dataclasses
import shutil

import pypdf
import pytest

from bookpress.book.attachments import Attachment
from bookpress.markup.html import select
from bookpress.pdf import PressError, make_pdf, tree
from bookpress.pdf.compile import compile_pdf
from bookpress.pdf.pages import load_page, printed
from bookpress.pdf.write import write_book
from stress_edition import EDITION, STRESS_BOOK


@pytest.mark.parametrize(
    ("page", "old", "new", "told"),
    [
        ("chapters/prose", "<p>Plain words", "<marquee>Running</marquee><p>Plain words", "page chapters/prose: <marquee> 'Running': not known"),
        ("chapters/prose", "<p>Plain words", "<div class='strange docutils'>Odd</div><p>Plain words", "page chapters/prose: <div.strange.docutils> 'Odd': class 'strange'"),
        ("chapters/prose", 'alt="A blue dot on white ground."', 'alt=""', "page chapters/prose: <img> ../_images/dot.svg: has no alt text"),
        ("chapters/prose", 'alt="A blue dot on white ground."', 'alt="../_images/dot.svg"', "has no alt text"),
        ("chapters/prose", 'src="../_images/dot.svg"', 'src="../_images/gone.svg"', "page chapters/prose: <img> ../_images/gone.svg: file is missing"),
        ("index", 'points to <a class="reference internal" href="chapters/prose.html"', '<a href="chapters/gone.html"', "page index: <a> to chapters/gone.html: leads nowhere"),
        ("index", "chapters/tables.html#tab-long", "chapters/tables.html#gone", "page index: link to chapters/tables--gone"),
        ("references", '<div role="list"', '<p><span class="math notranslate">x</span></p><div role="list"', "page references: <span.math"),
        ("chapters/computed", "output stream", "output traceback stream", "page chapters/computed: .*a cell of the notebook failed"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_named_and_the_old_pdf_stays(spoiled, toc, tmp_path, page, old, new, told):
    target = tmp_path / "book.pdf"
    target.write_bytes(b"the last good one")
    with pytest.raises(PressError, match=told):
        make_pdf(spoiled(page, old, new), toc, target, EDITION)
    assert target.read_bytes() == b"the last good one"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["book.pdf"]


def test_a_page_for_the_screen_is_left_out_and_links_to_it_are_words(spoiled, toc, tmp_path):
    html = spoiled("chapters/section", 'class="bd-article"', 'class="bd-article noprint"')
    make_pdf(html, toc, tmp_path / "book.pdf", dataclasses.replace(EDITION, url=""))
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "book.pdf").pages).split())
    assert "Text of the section file" not in text and "A link to a place elsewhere" in text


def test_a_missing_page_is_named(html, toc, tmp_path):
    copy = tmp_path / "html"
    shutil.copytree(html, copy)
    (copy / "references.html").unlink()
    with pytest.raises(PressError, match="page references: references.html is not in the built book"):
        make_pdf(copy, toc, tmp_path / "book.pdf", EDITION)


def test_a_missing_attachment_is_named(html, toc, tmp_path):
    with pytest.raises(PressError, match="attachment gone.csv"):
        make_pdf(
            html, toc, tmp_path / "book.pdf", EDITION, attachments=[Attachment(tmp_path / "gone.csv", "data", "Gone")]
        )


def test_unknown_paper_is_named(html, toc, tmp_path):
    with pytest.raises(PressError, match="papyrus"):
        make_pdf(html, toc, tmp_path / "book.pdf", EDITION, paper="papyrus")


def test_ids_are_unique_in_the_book(html, toc):
    entries = printed(html, toc)
    pages = [load_page(html, entry, [name for name, *_ in entries]) for entry in entries]
    ids = [node.get("id") for page in pages for node in select(page.article, "[id]")]
    assert len(ids) == len(set(ids)) > 10


def test_a_figure_taller_than_a_page_is_named_with_its_page():
    picture = tree.Image(STRESS_BOOK / "_static/dot.svg", "A dot", "100%")
    legend = (tree.Paragraph((tree.Text("A legend without an end. " * 400),)),)
    figure = tree.Figure("fig-tall", (picture,), tree.Caption("Figure 7", (tree.Text("A dot."),), legend))
    with pytest.raises(
        PressError, match=r"^page long: <figure> Figure 7: is taller than a page; shorten its caption or legend$"
    ):
        compile_pdf(write_book([tree.Page("long", "", (figure,))]), EDITION)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"nothing of a picture", r"page chapters/prose: picture dot.svg: cannot be printed: failed to parse SVG"),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg"><path',
            r"page chapters/prose: picture dot.svg: cannot be printed: failed to parse SVG",
        ),
    ],
)
def test_a_picture_that_cannot_be_read_is_named_with_its_page(spoiled, toc, tmp_path, content, told):
    html = spoiled("chapters/prose", "Plain words", "Plain words")
    (html / "_images" / "dot.svg").write_bytes(content)
    with pytest.raises(PressError, match=told):
        make_pdf(html, toc, tmp_path / "book.pdf", EDITION)


def test_signs_that_no_font_has_are_named_each_with_its_page(spoiled, toc, tmp_path):
    html = spoiled("chapters/prose", "Plain words", "Plain 🐪 and 中 words")
    with pytest.raises(PressError) as refused:
        make_pdf(html, toc, tmp_path / "book.pdf", EDITION)
    first, second = str(refused.value).splitlines()
    assert first.startswith("page chapters/prose: 🐪 (U+1F42A DROMEDARY CAMEL): no font") and "U+4E2D" in second


@pytest.mark.tables
def test_a_table_without_heads_is_printed(spoiled, toc, tmp_path):
    table = "<table><tbody><tr><td>one cell</td><td>another</td></tr></tbody></table><p>Plain words"
    make_pdf(spoiled("chapters/prose", "<p>Plain words", table), toc, tmp_path / "book.pdf", EDITION)
    assert "another" in " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "book.pdf").pages)
