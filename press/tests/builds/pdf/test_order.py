"""Words that run from right to left, as a screen reader finds them, and what it announces links by."""

import io
from urllib.parse import unquote

import pypdf
import pypdfium2
import pytest

from bookpress.pdf import tree
from bookpress.pdf.compile import compile_pdf
from bookpress.pdf.order import RIGHT_TO_LEFT
from bookpress.pdf.write import write_book
from pdf_parts import broken_rules, tagged
from stress_edition import EDITION

WORD = "أزواد"
# Marks at its ends, digits and more than one line: what stands where and what is read when are far apart.
TITLE = '«حركة» تحرير أزواد: نحاصر 41 جزائريين من "التوحيد والجهاد" شمال مالي وحلفاؤه الإرهابيون'
ADDRESS = "https://example.org/" + "archive/شمال-مالي/and-so-on/" * 5


def marked(words):
    return tree.Language((tree.Text(words),), "ar", "rtl")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    words = (
        "Before ",
        marked(WORD),
        " and ",
        tree.Styled("emph", (marked(TITLE),)),
        ". ",
        marked(TITLE[::-1]),
        " after ",
    )
    nodes = tuple(tree.Text(part) if isinstance(part, str) else part for part in words)
    link = tree.Link(ADDRESS, (tree.Text(ADDRESS),))
    page = tree.Page("page", "", (tree.Heading(1, "", (tree.Text("h"),), ()), tree.Paragraph((*nodes, link))))
    path = tmp_path_factory.mktemp("order") / "book.pdf"
    path.write_bytes(compile_pdf(write_book([page]), EDITION))
    return path


def told(file):
    spans = tagged(pypdf.PdfReader(file).trailer["/Root"]["/StructTreeRoot"], {"/Span"})
    found = [(str(span["/ActualText"]), span["/P"]["/S"]) for span in spans if "/ActualText" in span]
    return [each for each in found if RIGHT_TO_LEFT.search(each[0])]


def test_they_are_told_in_the_order_of_reading(file):
    assert (WORD, "/P") in told(file) and (ADDRESS, "/Link") in told(file)


def test_of_two_texts_with_the_same_letters_none_is_taken_for_the_other(file):
    assert {words for words, _ in told(file)} == {WORD, ADDRESS}


def test_a_number_after_them_is_drawn_after_them():
    words = (tree.Text("A name. "), marked(WORD), tree.Text(". 16 May."))
    page = tree.Page("page", "", (tree.Heading(1, "", (tree.Text("h"),), ()), tree.Paragraph(words)))
    document = pypdfium2.PdfDocument(compile_pdf(write_book([page]), EDITION))
    text = next(found for found in (page.get_textpage() for page in document) if "A name. " in found.get_text_range())
    letters = text.get_text_range()
    left = {number: text.get_charbox(number)[0] for number in range(len(letters))}
    arabic = [left[number] for number, letter in enumerate(letters) if letter in WORD]
    assert max(arabic) < left[letters.index("16")] < left[letters.index("May")]


def test_the_tags_keep_to_the_rules(file):
    assert broken_rules(file) == []


def test_a_link_to_an_entry_is_announced_by_its_short_name():
    def entry(label, words):
        return tree.Entry(label, "", (tree.Text(words), tree.Styled("emph", (tree.Text("A title"),))))

    call = [tree.Reference(name, (tree.Text("there"),)) for name in ("one", "two", "three", "four")]
    entries = (
        entry("one", "Ann Alpha and Bill Beta (2012a). "),
        entry("two", "Office (of Gamma) (n.d.-b). "),
        entry("three", "No year. " + "Words follow. " * 20),
        entry("four", "Wikipédia (français) (s.\u00a0d.-ab). "),
    )
    blocks = (
        tree.Heading(1, "", (tree.Text("h"),), ("page",)),
        tree.Paragraph(tuple(call)),
        tree.Bibliography(entries),
    )
    reader = pypdf.PdfReader(io.BytesIO(compile_pdf(write_book([tree.Page("page", "", blocks)]), EDITION)))
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    said = [str(note["/Contents"]) for note in notes if "/Dest" in note]
    links = tagged(reader.trailer["/Root"]["/StructTreeRoot"], {"/Link"})
    assert not [link for link in links if "/Alt" in link]  # its words are heard as they are printed
    assert said[6:] == ["h, page 1"] * 4
    assert said[2:6] == [  # behind the contents
        "Ann Alpha and Bill Beta (2012a), page 1",
        "Office (of Gamma) (n.d.-b), page 1",
        "No year. Words follow. Words follow. Words follow. Words follow. Words follow.…, page 1",
        "Wikipédia (français) (s.\u00a0d.-ab), page 1",
    ]


def test_a_source_that_its_year_links_to_is_told_by_its_name_and_so_is_its_address():
    """A year alone says nothing to who goes from link to link; the same address with words of its own keeps them."""
    url, known = "https://www.example.org/a/l%C3%B6ng/path", "https://example.org/known"
    entry = tree.Entry(
        "one",
        "",
        (tree.Text("Office (2012a). "), *(tree.Link(each, (tree.Text(unquote(each)),)) for each in (url, known))),
    )
    blocks = (
        tree.Heading(1, "", (tree.Text("h"),), ("page",)),
        tree.Paragraph((tree.Text("Office ("), tree.Reference("one", (tree.Text("2012a"),)), tree.Text(")."))),
        tree.Paragraph((tree.Reference("one", (tree.Text("Office (2012a)"),)), tree.Link(known, (tree.Text("It."),)))),
        tree.Bibliography((entry,)),
    )
    reader = pypdf.PdfReader(io.BytesIO(compile_pdf(write_book([tree.Page("page", "", blocks)]), EDITION)))
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    said = [str(note["/Contents"]) for note in notes]
    assert said.count("Office (2012a), page 1") == 2 and said.count("Office (2012a), example.org") == 1
    links = list(tagged(reader.trailer["/Root"]["/StructTreeRoot"], {"/Link"}))
    assert len(links) >= 6 and not [link for link in links if "/Alt" in link]  # their printed words are heard


def test_words_in_another_language_say_so_in_the_tags(tmp_path):
    """An element for them alone bears it; of a longer one the words become an element of their own."""

    def foreign(words):
        return tree.Language((tree.Text(words),), "fr")

    blocks = (
        tree.Heading(1, "", (tree.Text("h"),), ("page",)),
        tree.Paragraph(
            (tree.Styled("emph", (foreign("Un titre"),)), tree.Text(" in English, "), foreign("puis en français"))
        ),
    )
    file = tmp_path / "book.pdf"
    file.write_bytes(compile_pdf(write_book([tree.Page("page", "", blocks)]), EDITION))
    reader = pypdf.PdfReader(file)
    found = tagged(reader.trailer["/Root"]["/StructTreeRoot"], {"/Em", "/Span"})
    assert [(tag["/S"], tag["/Lang"]) for tag in found if "/Lang" in tag] == [("/Em", "fr"), ("/Span", "fr")]
    assert broken_rules(file) == []


def test_bookmarks_with_the_same_words_tell_what_they_stand_below():
    def page(name, *below):
        heads = (tree.Heading(2, "", (tree.Text(words),), (f"{name}-{words}",)) for words in below)
        return tree.Page(name, "", (tree.Heading(1, "", (tree.Text(name),), (name,)), *heads))

    pages = [page("One", "Doubts", "Sums"), page("Two", "Doubts")]
    reader = pypdf.PdfReader(io.BytesIO(compile_pdf(write_book(pages), EDITION)))
    titles = [str(entry["/Title"]) for entry in _flat(reader.outline)]
    assert [title for title in titles if title[:4] in ("Doub", "Sums")] == ["Doubts (One)", "Sums", "Doubts (Two)"]


def _flat(outline):
    for entry in outline:
        yield from _flat(entry) if isinstance(entry, list) else [entry]
