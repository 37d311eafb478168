"""Tables of the PDF: where they stand and break, that nothing is cut, and that columns.py and report.typ reckon alike.

What else holds them bears the mark `tables`: press/tests -m tables.
"""

import io
import re
from importlib import resources

import pypdfium2
import pytest
from pypdfium2 import raw

from bookpress.pdf import tree
from bookpress.pdf.columns import LINE, PADDING, SIZES, VERTICAL_PADDING
from bookpress.pdf.compile import compile_pdf
from bookpress.pdf.measures import COLUMN, WIDE
from bookpress.pdf.write import write_book
from pdf_parts import Places, parted_tables, short_beginnings
from stress_edition import EDITION, STRESS_BOOK

pytestmark = pytest.mark.tables


def test_the_long_table_repeats_its_head(page_texts):
    bearing = [words for words in page_texts if "a remark about place" in words]
    assert len(bearing) >= 2
    assert all("Place Killed Date Remark" in words for words in bearing)


def test_a_table_that_goes_on_says_so_above_its_head_and_to_the_eye_alone(page_texts, pdf):
    first, *further = [number for number, words in enumerate(page_texts) if "a remark about place" in words]
    assert further and "(continued)" not in page_texts[first]
    assert all("Table 2.1 (continued) Place Killed Date Remark" in page_texts[number] for number in further)
    for number in further:  # what has no mark belongs to no tag
        page = pypdfium2.PdfDocument(pdf.stream)[number]
        words = page.get_textpage()
        at, _ = words.search("(continued)").get_next()
        x, y = words.get_charbox(at)[0] + 1, words.get_charbox(at)[1] + 1
        boxes = [(thing, *thing.get_bounds()) for thing in page.get_objects((raw.FPDF_PAGEOBJ_TEXT,))]
        there = [thing for thing, left, low, right, high in boxes if left <= x <= right and low <= y <= high]
        assert there and all(raw.FPDFPageObj_GetMarkedContentID(thing) == -1 for thing in there)


def test_the_very_wide_table_has_a_page_across(pdf, page_texts):
    across = [n for n, page in enumerate(pdf.pages) if page.mediabox.width > page.mediabox.height]
    assert len(across) == 1
    assert "A very wide table" in page_texts[across[0]]
    assert "The text goes on" not in page_texts[across[0]]


def test_nothing_stands_outside_the_margins(pdf):
    """No letter comes nearer to the sheet's edge than its margin; letters that run out of a line would."""
    document = pypdfium2.PdfDocument(pdf.stream)
    for number, page in enumerate(document):
        words = page.get_textpage()
        boxes = [words.get_charbox(k) for k in range(words.count_chars())]
        right = max(box[2] for box in boxes)
        left = min(box[0] for box in boxes if box[2] > box[0])
        assert left > 60 and right < page.get_width() - 60, number + 1


def test_cells_do_not_run_into_each_other(pdf):
    """In the table of words the path of the last column begins to the right of the words of the one before."""
    document = pypdfium2.PdfDocument(pdf.stream)
    for page in document:
        words = page.get_textpage()
        if found := words.search("A sentence that is long").get_next():
            neighbour = max(words.get_charbox(k)[2] for k in range(found[0], found[0] + 85))
            start, _ = words.search("src/some/long").get_next()
            assert words.get_charbox(start)[0] > neighbour
            return
    pytest.fail("the table of words is not printed")


@pytest.mark.parametrize("order", ["figure table", "table figure", "table figure table"])
def test_a_figure_does_not_part_a_table_and_a_table_begins_with_its_first_rows(order):
    """Figures that have no room where they are called, and tables that begin where there is room for a row or two."""
    picture = tree.Image(STRESS_BOOK / "_static/dot.svg", "A dot", "100%")
    figure = tree.Figure("", (picture,), tree.Caption("", (tree.Text("A dot."),)))

    def cells(head, *words):
        return tuple(tree.Cell((tree.Paragraph((tree.Text(word),)),), head) for word in words)

    for count in range(180, 330, 10):
        rows = tuple(cells(False, f"Row{number}", "words " * 30) for number in range(60))
        parts = {
            "figure": figure,
            "table": tree.Table("", (cells(True, "Name", "Words"),), rows, tree.Caption("", (tree.Text("A table."),))),
        }
        blocks = (
            tree.Heading(1, "", (tree.Text("h"),), ()),
            tree.Paragraph((tree.Text("Words follow. " * count),)),
            *(parts[name] for name in order.split()),
            tree.Paragraph((tree.Text("Words follow. " * count),)),
        )
        source = write_book([tree.Page("page", "", blocks)])
        places = Places(io.BytesIO(compile_pdf(source, EDITION)))
        assert list(parted_tables(places)) == [] and list(short_beginnings(places, 4)) == [], count


def test_tables_and_the_page_agree_on_their_measures():
    """The columns by what report.typ says; around, between and in the lines of cells by what is printed."""
    looks = resources.files("bookpress.pdf").joinpath("report.typ").read_text(encoding="utf-8")
    column, hang = (float(re.search(rf"#let {name} = ([\d.]+)mm", looks)[1]) * 72 / 25.4 for name in ("column", "hang"))
    assert column - 1 < COLUMN <= column and column + hang - 1 < WIDE <= column + hang

    def row(*nodes, head=False):
        return (tree.Cell((tree.Paragraph(nodes),), head), tree.Cell((tree.Paragraph((tree.Text("words"),)),), head))

    rows = (
        row(tree.Text("H1st")),
        row(tree.Text("H2nd"), tree.LineBreak(), tree.Text("H3rd")),
        row(tree.Text("H4th "), tree.Code("H5th"), tree.RowId(" H6th")),
    )
    words = tree.Paragraph((tree.Text("H0th"),))
    blocks = (
        tree.Heading(1, "", (tree.Text("h"),), ()),
        words,
        tree.Table("", (row(tree.Text("n"), head=True),), rows, None),
    )
    pages = pypdfium2.PdfDocument(compile_pdf(write_book([tree.Page("page", "", blocks)]), EDITION))
    page = next(page.get_textpage() for page in pages if "H0th" in page.get_textpage().get_text_range())
    at = [page.search(f"H{number}").get_next()[0] for number in range(7)]
    _, foot, _, top = zip(*(page.get_charbox(place) for place in at))
    begins = [page.get_charbox(place, loose=True)[0] for place in at]
    size, *others = (raw.FPDFText_GetFontSize(page, at[number]) for number in (1, 5, 6))
    assert begins[1] - begins[0] == pytest.approx(PADDING / 2, abs=0.05)
    assert foot[2] - foot[3] == pytest.approx(LINE * size, abs=0.05)
    assert foot[1] - top[2] == pytest.approx(VERTICAL_PADDING, abs=0.1)
    assert others == pytest.approx([SIZES[font] * size for font in ("mono", "id")], abs=0.01)
