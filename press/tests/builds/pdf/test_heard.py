"""What a screen reader makes of ids, addresses, spans, blanks and languages."""

import re

import pikepdf
import pypdf
import pypdfium2
import pytest

from bookpress.pdf import tree
from bookpress.pdf.compile import compile_pdf
from bookpress.pdf.write import write_book
from pdf_parts import broken_rules, tagged
from stress_edition import EDITION

ID = "a_long_id_of_a_row_2012_06_27"
ADDRESS = "https://example.org/a-path-of-many-words/and-another-path-of-many-words/table.csv"
NARROW = "\u202f"


def foreign(words):
    return tree.Language((tree.Text(words),), "fr")


def item(*words):
    return (tree.Paragraph(tuple(tree.Text(part) if isinstance(part, str) else part for part in words)),)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    cells = [tree.Cell((tree.Paragraph((tree.Text(words),)),)) for words in ("words " * 40, "\u2007\u20077")]
    cells.append(tree.Cell((tree.Paragraph((tree.Text("The last. "), tree.RowId(ID))),)))
    more = [tree.Cell((tree.Paragraph((part,)),)) for part in (tree.Text("a"), tree.Text("b"), tree.RowId("one"))]
    table = tree.Table(
        "tab", (), (tuple(cells), tuple(more)), tree.Caption("Table 1", (tree.Text("From 12–15 May, du 1er–2 avril."),))
    )
    blocks = (
        tree.Heading(1, "1", (tree.Text("h"),), ("page",)),
        tree.Paragraph(
            (tree.Text("3 times in Apr – Dec 2012, 28\u00a0Nov – 2\u00a0Dec 2012 and 2012 – Oct 2023."),), number="1.1"
        ),
        tree.Paragraph(
            (tree.Text("From May – September 2012 – as of May 13 – the MNLA – Mali, 2012 – Part II; May – Mayor."),)
        ),
        tree.Paragraph((tree.Styled("strong", (tree.Text("In bold, 3–4 May."),)),)),
        tree.Paragraph(
            (tree.Text(f"On 12–15 January 2012–2014 in {ADDRESS} with 9{NARROW}000 times, and "), tree.Code("a.b"))
        ),
        tree.List((item(foreign("Un nom"), ", a group"), item("An other"))),
        table,
    )
    path = tmp_path_factory.mktemp("heard") / "book.pdf"
    path.write_bytes(compile_pdf(write_book([tree.Page("page", "", blocks)]), EDITION))
    return path


def test_ids_addresses_and_code_are_heard_as_one_and_spans_with_a_word_for_their_dash(file):
    spans = tagged(pypdf.PdfReader(file).trailer["/Root"]["/StructTreeRoot"], {"/Span"})
    told = [str(span["/ActualText"]) for span in spans if "/ActualText" in span]
    assert {ADDRESS, "a.b", "12 to 15", "1er to 2", "3 to 4", "2012 to 2014"} <= set(told)
    assert told.count("12 to 15") == 3  # in the text, in the caption and in the list of tables


def test_a_dash_between_dates_is_heard_as_a_word_and_one_between_words_is_not(file):
    spans = tagged(pypdf.PdfReader(file).trailer["/Root"]["/StructTreeRoot"], {"/Span"})
    told = [str(span["/ActualText"]).replace("\u00a0", " ") for span in spans if "/ActualText" in span]
    dates = [words for words in told if re.search("[A-Z].* to | to .*[A-Z]", words)]
    assert dates == ["Apr to Dec", "Nov to 2 Dec", "2012 to Oct", "May to September"]


def test_the_id_of_a_row_is_heard_as_an_id_and_a_number_ends_before_its_words(file):
    tags = list(tagged(pypdf.PdfReader(file).trailer["/Root"]["/StructTreeRoot"], {"/Span", "/Lbl"}))
    told = {(tag["/S"], str(tag["/ActualText"])) for tag in tags if "/ActualText" in tag}
    assert {("/Span", f"id {ID}"), ("/Span", "id one"), ("/Lbl", "1."), ("/Lbl", "1.1.")} <= told


def test_no_blank_that_few_voices_know_is_left(file):
    with pikepdf.open(file) as document:
        written = [page.Contents.read_bytes() for page in document.pages]
        fonts = [font for page in document.pages for font in page.Resources.get("/Font", {}).values()]
        written += [font.ToUnicode.read_bytes() for font in fonts]
    told = b"".join(written).upper()
    assert b"<FEFF00A0>" in told and not [code for code in (b"202F>", b"2007>") if code in told]


def test_a_list_that_begins_with_words_in_another_language_is_not_in_that_language(file):
    tags = tagged(pypdf.PdfReader(file).trailer["/Root"]["/StructTreeRoot"], {"/L", "/LI", "/LBody", "/P", "/Span"})
    assert [tag["/S"] for tag in tags if "/Lang" in tag] == ["/Span"]


def test_the_tags_keep_to_the_rules(file):
    assert broken_rules(file) == []


def test_the_area_of_a_link_follows_its_words_and_no_word_of_it_is_parted(tmp_path):
    """An entry of a bibliography stays in one column: an address in two would be two links."""
    long = tree.Link("https://example.org/", (tree.Text("incomprehensibilities of the BBC "),))
    addresses = [f"https://example.org/{'a-path-of-many-words/' * (number % 17)}{number}" for number in range(90)]
    entries = [
        tree.Entry(f"ref-{number}", "", (tree.Text(f"Office ({number}). "), tree.Link(url, (tree.Text(url),))))
        for number, url in enumerate(addresses)
    ]
    blocks = (
        tree.Heading(1, "", (tree.Text("h"),), ("page",)),
        tree.Paragraph((long,) * 30, number="1"),
        tree.Bibliography(tuple(entries)),
    )
    (tmp_path / "links.pdf").write_bytes(compile_pdf(write_book([tree.Page("page", "", blocks)]), EDITION))
    links = list(tagged(pypdf.PdfReader(tmp_path / "links.pdf").trailer["/Root"]["/StructTreeRoot"], {"/Link"}))
    kinds = ["".join("a" if "/Obj" in kid else "w" for kid in _dictionaries(link)) for link in links]
    assert not [kind for kind in kinds if not re.fullmatch("w+a", kind)] and max(map(len, kinds)) > 2
    printed = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "links.pdf"))
    assert printed.count("incomprehensibilities") == 30
    assert broken_rules(tmp_path / "links.pdf") == []


def _dictionaries(element):
    """The kids of an element of the tags; marked words, which may be numbers, as dictionaries without an object."""
    kids = element["/K"].get_object()
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        yield kid if isinstance(kid, dict) else {}


def test_words_with_a_halo_are_told_once(tmp_path):
    words = '<text x="10" y="40" style="paint-order: stroke; stroke: #fff; stroke-width: 3px">Konna</text>'
    (tmp_path / "map.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60" font-family="Source Sans Pro" font-size="20">{words}</svg>'
    )
    blocks = (
        tree.Heading(1, "", (tree.Text("h"),), ("page",)),
        tree.Figure("map", (tree.Image(tmp_path / "map.svg", "A map"),)),
    )
    (tmp_path / "map.pdf").write_bytes(compile_pdf(write_book([tree.Page("page", "", blocks)]), EDITION))
    reader = pypdf.PdfReader(tmp_path / "map.pdf")
    drawn = b"".join(page["/Contents"].get_object().get_data() for page in reader.pages)
    outlines = re.findall(rb"^(.*)\nBT 1 Tr", drawn, re.MULTILINE)
    assert len(outlines) == len("Konna") and set(outlines) == {b"/Span<</ActualText()>>BDC"}
    assert broken_rules(tmp_path / "map.pdf") == []
