"""A report and its annexes on paper: numbers, letters, what pages are called, the summary after the cover."""

import dataclasses
import io
import re

import pypdf
import pypdfium2
import pytest

from bookpress.book.attachments import Attachment
from bookpress.pdf import PressError, tree
from bookpress.pdf.compile import compile_pdf
from bookpress.pdf.write import write_book
from pdf_parts import Places, far_figures, tagged
from stress_edition import EDITION, STRESS_BOOK


def words(text):
    return tree.Paragraph((tree.Text(text),))


def chapter(name, number, *blocks, part=""):
    heading = tree.Heading(1, number, (tree.Text(name.title()),), (name,))
    return tree.Page(name, part, (heading, *blocks))


def led(label, text="there"):
    return tree.Paragraph((tree.Reference(label, (tree.Text(text),), with_page=True),))


PICTURE = tree.Image(STRESS_BOOK / "_static/dot.svg", "A dot", "100%")
FIGURE = tree.Figure("one--fig-dot", (PICTURE,), tree.Caption("Figure 1", (tree.Text("A dot."),)))
BOOK = (
    chapter("short", "", words("All of it."), part="The report"),
    chapter("one", "1", FIGURE, words("Plain words. " * 600)),
    chapter("two", "2", words("Few words."), led("second"), led("one--fig-dot", "Figure 1")),
    chapter("first", "A", words("Rows. " * 900), led("one"), part="Annexes"),
    chapter("second", "B", words("Last words.")),
)


@pytest.fixture(scope="module")
def reader():
    return pypdf.PdfReader(io.BytesIO(compile_pdf(write_book(BOOK, summary="short", cover="fig-dot"), EDITION)))


def where(reader, title):
    """What the page is called on which a bookmark lies."""

    def flat(items):
        for item in items:
            yield from flat(item) if isinstance(item, list) else [item]

    (found,) = [item for item in flat(reader.outline) if item.title == title]
    return reader.page_labels[reader.get_destination_page_number(found)]


def test_pages_are_called_by_number_and_in_annexes_by_letter(reader):
    labels = reader.page_labels
    assert labels[:2] == ["Cover", "i"] and labels[-1] == "Colophon"
    assert [where(reader, title) for title in ("Short", "1 One", "A First", "B Second")] == ["i", "1", "A-1", "B-1"]
    assert (
        "A-2" in labels
        and labels.index("B-1") == max(number for number, name in enumerate(labels) if name[:1] == "A") + 1
    )
    assert len(labels) == len(set(labels))


def test_the_foot_of_a_page_and_references_name_it_so(reader):
    texts = dict(zip(reader.page_labels, (page.extract_text() for page in reader.pages), strict=True))
    assert "(p. B-1)" in " ".join("".join(texts[name] for name in texts if name.isdigit()).split())
    assert "A-2" in texts["A-2"]


def test_links_to_chapters_and_figures_are_announced_by_name_and_page(reader):
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    said = {str(note["/Contents"]) for note in notes if "/Dest" in note}
    assert {"One, page 1", "Second, page B-1", "Figure 1, page 1"} <= said
    assert [words for words in said if not re.search(r", page \S+$", words)] == []


def test_no_link_is_without_an_area(reader):
    """A line of a list that has no room at the foot of a page must not begin there."""
    listed = [
        dataclasses.replace(
            FIGURE, label=f"two--fig-{n}", caption=tree.Caption(f"Figure {n}", words("A dot.").children)
        )
        for n in range(2, 90)
    ]
    many = pypdf.PdfReader(io.BytesIO(compile_pdf(write_book((*BOOK[:2], chapter("two", "2", *listed))), EDITION)))
    areas = [note.get_object()["/Rect"] for page in many.pages for note in page.get("/Annots", [])]
    assert len(areas) > 90 and [area for area in areas if area[2] - area[0] < 1 or area[3] - area[1] < 1] == []


def test_each_page_has_a_name_of_its_own_also_where_several_follow_the_last_chapter(tmp_path):
    files = [tmp_path / f"{number}.txt" for number in range(120)]
    for file in files:
        file.write_text("words")
    inside = [Attachment(file, "supplement", "Words") for file in files]
    for book in (BOOK, BOOK[1:2]):
        labels = pypdf.PdfReader(io.BytesIO(compile_pdf(write_book(book), EDITION, inside))).page_labels
        assert labels[-2:] == ["Colophon 1", "Colophon 2"] and len(labels) == len(set(labels))


def test_the_colophon_stands_with_the_files_where_smaller_letters_make_room_for_it(tmp_path):
    files = [tmp_path / f"{number}.txt" for number in range(59)]
    for file in files:
        file.write_text("words")
    inside = [Attachment(file, "supplement", "Words") for file in files]
    last = pypdf.PdfReader(io.BytesIO(compile_pdf(write_book(BOOK), EDITION, inside))).pages[-1].extract_text()
    assert (
        "Files inside this PDF" in last and last.count("Colophon") == 2
    )  # its name, and at the foot what the page is called


def test_the_contents_list_annexes_in_two_columns_a_blank_behind_each_letter():
    annexes = [chapter(f"annex {letter}", letter, words("Rows.")) for letter in "ABCDEFGH"]
    document = pypdfium2.PdfDocument(compile_pdf(write_book([BOOK[1], *annexes]), EDITION))
    text = next(page.get_textpage() for page in document if "Contents" in page.get_textpage().get_text_range())
    letters = text.get_text_range()
    is_right = [text.get_charbox(letters.index(f"{letter}\u00a0 Annex {letter}"))[0] > 250 for letter in "ABCDEFGH"]
    assert is_right == sorted(is_right) and 2 <= sum(is_right) <= 4


def test_the_contents_keep_the_sections_of_a_chapter_in_one_column():
    def section(number, name):
        return tree.Heading(2, "", (tree.Text(f"Section {name}{number}."),), ())

    chapters = [
        chapter(f"chapter {name}.", str(at), words("Words."), *(section(number, name) for number in range(4 + at)))
        for at, name in enumerate("vwxyz", 1)
    ]
    document = pypdfium2.PdfDocument(compile_pdf(write_book(chapters), EDITION))
    text = next(page.get_textpage() for page in document if "Contents" in page.get_textpage().get_text_range())
    listing = text.get_text_range()
    sides = [
        {
            text.get_charbox(place.start())[0] > 250
            for place in re.finditer(rf"Section {name}\d|Chapter {name}\.", listing)
        }
        for name in "vwxyz"
    ]
    assert all(len(side) == 1 for side in sides) and {True, False} == set.union(*sides)


def test_the_summary_is_the_page_after_the_cover_and_its_part_begins_with_the_next_chapter(reader):
    texts = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert "Short All of it." in texts[1]
    assert "The report" not in texts[1]
    first = reader.page_labels.index("1")
    assert "The report 1 One" in texts[first]


def test_lists_stand_between_the_report_and_its_annexes_and_the_colophon_is_last(reader):
    two, lists = int(where(reader, "2 Two")), int(where(reader, "Figures"))
    assert two <= lists and reader.page_labels[reader.page_labels.index("A-1") - 1] == str(lists)
    assert "Colophon" in reader.pages[-1].extract_text()


@pytest.mark.tables
@pytest.mark.parametrize(("sections", "listed"), [(3, True), (30, False)])
def test_the_lists_leave_out_the_tables_of_an_annex_with_many_sections_of_one_table(sections, listed):
    def section(number):
        cell = tree.Cell((tree.Paragraph((tree.Text("x"),)),))
        caption = tree.Caption(f"Table {number}", (tree.Text(f"Columns {number}."),))
        return (
            tree.Heading(2, "", (tree.Text(f"File {number}"),), ()),
            words("What it holds."),
            tree.Table("", (), ((cell, cell),), caption),
        )

    annex = chapter("codes", "A", *(block for number in range(sections) for block in section(number)))
    nameless = tree.Figure("", (PICTURE,), tree.Caption("", (tree.Text("Bears no number."),)))
    book = write_book([*BOOK[:2], chapter("few", "3", nameless, section(99)[2]), annex])
    assert book.pages["codes"].count("listed: false, gutter") == (0 if listed else sections)
    file = compile_pdf(book, EDITION)
    document = pypdfium2.PdfDocument(file)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    assert bool(re.search(rf"Table 0\W+Table {sections - 1}\. A\W", text)) == (
        not listed
    )  # in one line, with the name of their annex
    assert text.count("Bears no number.") == 1 and "– ." not in text
    links = tagged(pypdf.PdfReader(io.BytesIO(file)).trailer["/Root"]["/StructTreeRoot"], {"/Link"})
    assert {link["/P"]["/S"] for link in links} == {
        "/Reference",
        "/LBody",
    }  # entries of a list, and the address on its line


def test_a_summary_of_two_pages_is_refused():
    long = (chapter("short", "", words("Too many words. " * 900)), *BOOK[1:])
    with pytest.raises(
        PressError, match="page short: takes 4 pages in print; as the summary after the cover it must be on one"
    ):
        compile_pdf(write_book(long, summary="short"), EDITION)


def test_a_summary_that_would_take_a_little_more_than_its_page_is_set_smaller():
    book = (chapter("short", "", words("Too many words. " * 300)), *BOOK[1:])
    reader = pypdf.PdfReader(io.BytesIO(compile_pdf(write_book(book, summary="short"), EDITION)))
    assert where(reader, "Short") == "i" and where(reader, "Contents") == "iii"


def test_a_summary_that_is_not_printed_is_named():
    with pytest.raises(PressError, match="page gone: is to be the summary after the cover, and is not printed"):
        write_book(BOOK, summary="gone")


def test_a_cover_that_no_figure_has_is_named():
    with pytest.raises(PressError, match="the cover: no figure that is printed has the name fig-gone"):
        write_book(BOOK, cover="fig-gone")


def test_a_figure_that_fills_a_page_does_not_stand_before_the_name_of_its_annex():
    tall = [
        tree.Figure(f"c--fig-{n}", (PICTURE,), tree.Caption(f"Figure {n}", (tree.Text("A dot. " * 40),)))
        for n in (1, 2)
    ]
    book = (
        BOOK[1],
        chapter("first", "A", words("Rows. " * 500)),
        chapter("curves", "B", words("Two drawings."), *tall),
    )
    places = Places(io.BytesIO(compile_pdf(write_book(book), EDITION)))
    assert list(far_figures(places)) == []


@pytest.mark.tables
def test_an_annex_that_begins_with_a_table_across_has_its_name_on_that_page():
    cell = [tree.Cell((words(f"column {n} of a table that is wide"),)) for n in range(10)]
    head = tuple(tree.Cell((words(f"unforeseeable {n}"),), head=True) for n in range(10))
    table = tree.Table("wide--tab", (head,), (tuple(cell),) * 30, tree.Caption("Table 1", (tree.Text("Wide."),)))
    source = write_book((BOOK[1], chapter("wide", "A", words("One row is a thing."), table, part="Annexes")))
    reader = pypdf.PdfReader(io.BytesIO(compile_pdf(source, EDITION)))
    page = reader.pages[reader.page_labels.index("A-1")]
    text = " ".join(page.extract_text().split())
    assert page.mediabox.width > page.mediabox.height and "Wide One row is a thing. Table 1" in text


@pytest.mark.parametrize(("chapters", "annexes"), [(36, 16), (60, 20)])
def test_the_contents_stand_on_one_page_the_annexes_too_in_smaller_letters_where_there_are_many(chapters, annexes):
    numbers = [*map(str, range(1, chapters + 1)), *map(chr, range(ord("A"), ord("A") + annexes))]
    pages = [chapter(f"head {number}.", number, words("Few words.")) for number in numbers]
    document = pypdfium2.PdfDocument(compile_pdf(write_book(pages), EDITION))
    (listing,) = [text for page in document if ". . . ." in (text := page.get_textpage().get_text_range())]
    assert all(f"Head {number}." in listing for number in numbers)


def test_the_name_of_the_report_above_the_summary_is_no_part_of_what_is_read(reader):
    """It stands there for whoever hands the page out alone."""
    page = reader.pages[1]
    of_page = [
        tag["/S"]
        for tag in tagged(reader.trailer["/Root"]["/StructTreeRoot"], {"/P", "/H1"})
        if tag.get("/Pg") == page.indirect_reference
    ]
    assert EDITION.title in page.extract_text() and of_page[0] == "/H1"
