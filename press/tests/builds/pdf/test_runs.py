"""Figures that have no room where they are called, and the words that run on past them."""

import io

import pytest

from bookpress.pdf import tree
from bookpress.pdf.compile import compile_pdf
from bookpress.pdf.write import write_book
from pdf_parts import Places, tagged
from stress_edition import EDITION, STRESS_BOOK


@pytest.mark.parametrize("words", [60, 260])
def test_words_run_on_past_a_figure_without_room_and_none_stands_above_its_chapter(words):
    """On the page of the chapter's name the figure has room below it, or none; a long table follows."""
    picture = tree.Image(STRESS_BOOK / "_static/dot.svg", "A dot", "100%")
    row = tuple(tree.Cell((tree.Paragraph((tree.Text(word),)),)) for word in ("row", "words " * 30))
    chapters = (
        tree.Page(
            "one", "", (tree.Heading(1, "", (tree.Text("One"),), ()), tree.Paragraph((tree.Text("Before. " * words),)))
        ),
        tree.Page(
            "two",
            "",
            (
                tree.Heading(1, "", (tree.Text("Two"),), ()),
                tree.Paragraph((tree.Text("Opening words."),)),
                tree.Figure("", (picture,), tree.Caption("", (tree.Text("A dot."),))),
                tree.Paragraph((tree.Text("Words that run on. " * 10),)),
                tree.Table("", (), (row,) * 40),
            ),
        ),
    )
    places = Places(io.BytesIO(compile_pdf(write_book(list(chapters)), EDITION)))
    found = list(tagged(places.root, {"/H1", "/P", "/Figure", "/Table"}))
    figure = next(number for number, tag in enumerate(found) if tag["/S"] == "/Figure")
    name = next(number for number in range(figure, 0, -1) if found[number]["/S"] == "/H1")
    told, drawn, on, table = (places.of(found[number])[0] for number in (name, figure, figure + 1, figure + 2))
    assert told[:2] < drawn[:2] < table[:2]
    assert on[0] == told[0] == (drawn[0] if words == 60 else drawn[0] - 1)
