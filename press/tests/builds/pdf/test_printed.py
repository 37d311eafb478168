"""What the PDF of the stress book says, and how it is set."""

import dataclasses
import datetime
import io
import re
import shutil
from itertools import pairwise

import pypdf
import pypdfium2
import pytest
from pypdfium2 import raw

from bookpress.pdf import make_pdf, tree
from bookpress.pdf.compile import compile_pdf
from bookpress.pdf.write import write_book
from pdf_parts import bookmarks, tagged
from stress_edition import ATTACHED, EDITION, PACKAGE, STRESS_BOOK


@pytest.mark.parametrize(
    "words",
    [
        "Plain words with emphasis, strength, code_in_line, H2O",
        "Markup must not act: #set text(red) $x^2$ not bold _under_ @ref <label> “quoted” \\backslash ` // comment /* block */ = heading.",
        "Dropped down text.",
        "Drawer text.",
        "Text of tab two.",
        "with a second paragraph",
        "3. begins at three",
        "It shows 1234 and a glued name",
        "printed 2",
        "The first note, with emphasis and a link.",
        "The note of the caption.",
        "A note called in a cell.",
        "Fig. 3.1. Lines, as computed.",
        "Axis label, long enough to be clipped when it is clipped",
        "Dot label",
        "empty first cell",
        "Anne Alpha and Bill Beta. On counting.",
        "ⴰⵣⴰⵡⴰⴷ",
        "Office of Gamma [2014]",
        "The text goes on after the wide page",
    ],
)
def test_everything_said_is_printed(text, words):
    assert words in text


@pytest.mark.parametrize(
    "words",
    [
        "only on the screen",
        "Only for the screen",
        "hidden_word",
        "Show code cell",
        "Data (CSV)",
        "\u2067",
        "[AB13]",
        "\u200b",
    ],
)
def test_what_is_for_the_screen_is_not_printed(text, words):
    assert words not in text


def test_arabic_is_printed(text):
    # The letters of a right-to-left word may come out in either order, according to who reads the file.
    assert "أزواد" in text or "أزواد"[::-1] in text


def test_a_note_is_printed_once_and_called_twice(text):
    assert text.count("The first note, with") == 1


def test_lists_of_figures_leave_the_notes_out(page_texts):
    listed = next(words for words in page_texts[::-1] if "Figures Fig. 1.1." in words)
    assert "Fig. 1.1. A dot, with a note in the caption and a citation" in listed
    assert "The note of the caption" not in listed


def test_far_references_name_the_page(page_texts, pdf):
    opening = page_texts[pdf.page_labels.index("1")]
    table = next(number for number, words in enumerate(page_texts) if "Table 2.1. A long table" in words)
    assert f"Table 2.1 (p. {pdf.page_labels[table]})" in opening


def test_near_references_do_not(text):
    assert "Table 2.1 is long; Table 2.2 is wide." in text


def test_bookmarks_follow_the_book(pdf):
    found = list(bookmarks(pdf.outline))
    assert [title for depth, title in found if depth == 0] == [
        "Abstract", "Contents", "The stress book", "First part", "Second part", "Back matter", "Figures", "Tables", "Files inside this PDF", "Colophon",
    ]  # fmt: skip
    assert (1, "1 Prose and its parts") in found
    assert (2, "1.1 Lists") in found
    assert (2, "1.2 A section file") in found


def test_page_labels(pdf):
    assert pdf.page_labels[1:4] == ["i", "ii", "1"]  # the abstract, and the contents


def test_metadata(pdf):
    assert pdf.metadata.title == "The stress book: All that goes wrong on paper"
    assert "Ada Tester" in pdf.metadata.author and "Ben Prüfer" in pdf.metadata.author
    assert "printing" in pdf.metadata["/Keywords"]
    assert pdf.metadata.creation_date == datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdf.trailer["/Root"]["/MarkInfo"] == {"/Marked": True}  # and nothing that Poppler's tools call an error
    xmp = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "pdfuaid:part>1" in xmp and "pdfaid:part>3" in xmp and "pdfaid:conformance>A" in xmp


def test_cover(page_texts):
    for words in (
        "The stress book",
        "All that goes wrong on paper",
        "Ada Tester & Ben Prüfer",
        "Edition 1.2.3",
        "23 November 2026",
        "CC BY-SA 4.0",
        "How to cite",
    ):
        assert words in page_texts[0]


def test_every_figure_has_its_alt_text(pdf):
    """It begins with the number of a figure that has one: its caption comes after it, and a list of figures tells nothing else of it."""
    found = [str(tag["/Alt"]) for tag in tagged(pdf.trailer["/Root"]["/StructTreeRoot"], {"/Figure"})]
    numbered = ["1.1. A blue dot on white ground.", "3.1. A rising line.", "3.2. A line going down and up."]
    assert sorted(found) == [*(f"Fig. {words}" for words in numbered), "Two bars.", "Two bars."]


def test_links(pdf):
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    outside = {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}
    assert "https://example.org/note" in outside
    assert any(url.startswith("https://example.org/stress/_downloads/") for url in outside)
    inside = [note for note in notes if "/Dest" in note or note.get("/A", {}).get("/S") == "/GoTo"]
    assert len(inside) > 20


def test_fonts_come_from_the_packages(pdf):
    fonts = {
        str(f.get_object()["/BaseFont"]) for page in pdf.pages for f in page["/Resources"].get("/Font", {}).values()
    }
    names = {name.split("+")[-1].split("-")[0] for name in fonts}
    assert names <= {"SourceSerifPro", "SourceSansPro", "DejaVuSans", "DejaVuSansMono", "DejaVuSerif"}
    assert {"SourceSerifPro", "SourceSansPro"} <= names


def test_the_files_travel_with_the_pdf(pdf):
    assert pdf.attachments == {file.path.name: [file.path.read_bytes()] for file in ATTACHED}
    told = {
        str(f["/F"]): (str(f["/AFRelationship"]), str(f["/Desc"]))
        for f in (ref.get_object() for ref in pdf.trailer["/Root"]["/AF"])
    }
    assert told["data.csv"] == ("/Data", "Données en été") and told["index.md"] == ("/Source", "The text")


def test_the_colophon_tells_how_to_check_and_rebuild(page_texts):
    # One page has both, where the files leave the room; at its foot stands what it is called.
    files, colophon, _ = page_texts[-1].split("Colophon")
    for words in ("1.2.3, 23 November 2026", "0123abc", "git checkout 0123abc && make book", "5" * 64, "sha256sum datapackage.json",
                  "PDF/A-3a"):  # fmt: skip
        assert words in colophon
    assert "Files inside this PDF" in files and "data.csv: Données en été" in files and "*.md (2): The text" in files


def test_a_tree_with_changes_names_no_commit_to_check_out(html, toc, tmp_path):
    make_pdf(html, toc, tmp_path / "book.pdf", dataclasses.replace(EDITION, commit="0123abc-dirty"))
    text = pypdf.PdfReader(tmp_path / "book.pdf").pages[-1].extract_text()
    assert "0123abc-dirty" in text and "make book" in text and "git checkout" not in text


def test_the_licence_is_in_the_metadata(pdf):
    xmp = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"<dc:rights>.*?CC BY-SA 4.0.*?</dc:rights>", xmp, re.DOTALL)
    assert re.search(r"<dc:identifier>\s*https://example.org/stress/\s*</dc:identifier>", xmp)


def test_an_entry_leads_back_to_the_pages_that_cite_it(text, pdf, page_texts):
    assert re.search(r"On counting\..*?Cited on p\. 2–3\.", text)
    entry = next(n for n, words in enumerate(page_texts) if "On counting." in words)
    back = [note.get_object() for note in pdf.pages[entry]["/Annots"]]
    assert any("/Dest" in note or note.get("/A", {}).get("/S") == "/GoTo" for note in back)
    told = [str(note["/Contents"]) for note in back if "/Dest" in note]
    first = next(n for n, words in enumerate(told) if words.endswith(", page 2"))
    assert told[first + 1].endswith(", page 3")  # the end of the run
    spans = [
        str(tag["/ActualText"])
        for tag in tagged(pdf.trailer["/Root"]["/StructTreeRoot"], {"/Span"})
        if "/ActualText" in tag
    ]
    assert " to " in spans  # the dash between both


def test_nothing_stands_above_the_name_of_a_part(pdf):
    document = pypdfium2.PdfDocument(pdf.stream)
    for part, chapter in (("First part", "Prose and its parts"), ("Second part", "A computed chapter")):
        pages = list(document)[pdf.page_labels.index("1") :]
        page = next(page for page in pages if page.get_textpage().search(part).get_next())
        words = page.get_textpage()
        assert words.search(chapter).get_next()
        top = words.get_charbox(words.search(part).get_next()[0], loose=True)[3]
        assert max(item.get_bounds()[3] for item in page.get_objects()) <= top + 1, part


@pytest.mark.parametrize(("words", "page"), [(5, "1"), (140, "1"), (200, "2")])
def test_a_chapter_runs_on_where_the_page_has_room_for_its_first_words(words, page):
    first, second = (
        tree.Page(
            name,
            "",
            (tree.Heading(1, "", (tree.Text(name),), ()), tree.Paragraph((tree.Text("Words follow. " * count),))),
        )
        for name, count in (("One", words), ("Two", 100))
    )
    source = write_book([first, second])
    reader = pypdf.PdfReader(io.BytesIO(compile_pdf(source, EDITION)))
    begins = next(item for item in reader.outline if not isinstance(item, list) and item.title == "Two")
    assert reader.page_labels[reader.get_destination_page_number(begins)] == page


def test_same_bytes_from_another_folder_time_zone_and_locale(html, toc, pdf, tmp_path, monkeypatch):
    other = tmp_path / "elsewhere" / "html"
    shutil.copytree(html, other)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LC_ALL", "C")
    make_pdf(other, toc, tmp_path / "again.pdf", EDITION, attachments=ATTACHED, package=PACKAGE)
    pdf.stream.seek(0)
    assert (tmp_path / "again.pdf").read_bytes() == pdf.stream.read()


def test_us_letter(html, toc, tmp_path):
    make_pdf(html, toc, tmp_path / "letter.pdf", EDITION, paper="us-letter")
    sheet = pypdf.PdfReader(tmp_path / "letter.pdf").pages[2].mediabox
    assert (round(sheet.width), round(sheet.height)) == (612, 792)


def test_headings_and_captions_never_stand_alone_at_a_page_foot(tmp_path):
    """Sections of many lengths, so that some heading comes near the foot of nearly every page."""
    picture = tree.Image(STRESS_BOOK / "_static/dot.svg", "A dot")
    blocks = [tree.Heading(1, "", (tree.Text("Start"),), ())]
    for k in range(60):
        blocks.append(tree.Heading(2, "", (tree.Text(f"Heading{k}."),), ()))
        blocks.append(tree.Paragraph((tree.Text(f"Opening{k}. " + "filling words " * (7 * k % 90 + 20)),)))
        if k % 3 == 0:
            blocks.append(tree.Figure("", (picture,), tree.Caption("", (tree.Text(f"Caption{k}."),))))
    source = write_book([tree.Page("page", "", tuple(blocks))])
    document = pypdfium2.PdfDocument(compile_pdf(source, EDITION))
    texts = [page.get_textpage().get_text_range() for page in document]
    texts = [words for words in texts if ". . . ." not in words]  # not those of the contents
    assert len(texts) > 10
    for k in range(60):
        assert any(f"Heading{k}." in words and f"Opening{k}." in words for words in texts), k
    for k in range(0, 60, 3):
        (words,) = [words for words in texts if f"Caption{k}." in words]
        assert "Dot label" in words, k


def test_short_code_stays_on_one_page():
    blocks = []
    for block in range(12):
        blocks.append(tree.Paragraph((tree.Text("Plain words. " * 60),)))
        blocks.append(tree.CodeBlock("\n".join(f"line_{block} = {line}" for line in range(12))))
    page = tree.Page("page", "", (tree.Heading(1, "", (tree.Text("h"),), ()), *blocks))
    document = pypdfium2.PdfDocument(compile_pdf(write_book([page]), EDITION))
    texts = [page.get_textpage().get_text_range() for page in document]
    assert [[text.count(f"line_{block} =") for text in texts if f"line_{block} =" in text] for block in range(12)] == [
        [12]
    ] * 12
    assert len(texts) > 4


def test_a_line_of_code_that_goes_on_bears_a_sign_that_is_not_copied():
    long = "value = " + " + ".join(f"word{number}" for number in range(20))
    blocks = tree.Heading(1, "", (tree.Text("h"),), ()), tree.CodeBlock(f"short = 1\n{long}\nlast = 2", "input")
    (page,) = [
        page
        for page in pypdfium2.PdfDocument(compile_pdf(write_book([tree.Page("page", "", blocks)]), EDITION))
        if "short = 1" in page.get_textpage().get_text_range()
    ]
    words = page.get_textpage()
    lines = words.get_text_range().split("\r\n")
    code = [line.strip() for line in lines[lines.index("short = 1") : lines.index("last = 2") + 1]]
    assert len(code) > 4 and " ".join(code) == f"short = 1 {long} last = 2"
    signs = [
        item.get_bounds()
        for item in page.get_objects((raw.FPDF_PAGEOBJ_PATH,))
        if item.get_bounds()[2] - item.get_bounds()[0] < 8
    ]
    for line in code[1:]:
        left, low, _, high = words.get_charbox(words.search(line).get_next()[0])
        beside = [sign for sign in signs if sign[2] <= left + 1 and low - 3 < sign[1] < high and left - sign[2] < 8]
        assert bool(beside) == (line in code[2:-1]), line


def test_a_line_holds_66_to_75_letters():
    words = "Plain prose of the ordinary kind is what a column must be measured with, for the same word again and again tells little. "
    blocks = (tree.Heading(1, "", (tree.Text("h"),), ()), tree.Paragraph((tree.Text((words * 20).strip()),)))
    source = write_book([tree.Page("page", "", blocks)])
    page = pypdfium2.PdfDocument(compile_pdf(source, EDITION))[3]
    lines = page.get_textpage().get_text_range().split("\r\n")[2:-3]
    assert len(lines) > 20
    assert 66 <= sum(map(len, lines)) / len(lines) <= 75


def test_no_edition_field_is_needed_but_the_title(html, toc, tmp_path):
    bare = dataclasses.replace(
        EDITION, subtitle="", licence="", abstract="", keywords=(), url="", commit="", language="fr"
    )
    assert make_pdf(html, toc, tmp_path / "bare.pdf", bare) > 5
    assert "Table des matières" in "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "bare.pdf").pages)


def test_the_running_head_names_the_section_of_the_first_words_on_the_page():
    """Sections of many lengths, so that some end with few lines at the top of a page."""
    blocks = [tree.Heading(1, "", (tree.Text("Start"),), ())]
    for k in range(60):
        blocks.append(tree.Heading(2, "", (tree.Text(f"Section {k}."),), ()))
        blocks.append(tree.Paragraph((tree.Text(f"word{k} " * (7 * k % 90 + 20)),)))
    document = pypdfium2.PdfDocument(compile_pdf(write_book([tree.Page("page", "", tuple(blocks))]), EDITION))
    checked = 0
    for page in document:
        words = " ".join(page.get_textpage().get_text_range().split())
        if head := re.search(r"Start \W* Section (\d+)\.", words):
            first = re.search(r"(?:Section |word)(\d+)\b", words.replace(head[0], ""))
            assert head[1] == first[1], words[:200]
            checked += 1
    assert checked > 5


def test_a_long_name_of_a_section_makes_room_for_the_title_in_the_running_head():
    long = tree.Heading(
        2, "", (tree.Text("A section of a name that is far too long to stand beside another one " * 2),), ()
    )
    blocks = [tree.Heading(1, "", (tree.Text("Start"),), ()), long, tree.Paragraph((tree.Text("word " * 2000),))]
    document = pypdfium2.PdfDocument(compile_pdf(write_book([tree.Page("page", "", tuple(blocks))]), EDITION))
    heads = [" ".join(page.get_textpage().get_text_range().split()[:9]) for page in document]
    assert sum(head.startswith(f"{EDITION.title} Start word") for head in heads) > 2


def letters_of(page):
    """(letter, left, right, height above the foot) of each letter of a page that shows."""
    text = page.get_textpage()
    for number, letter in enumerate(text.get_text_range()):
        if letter.strip():
            left, bottom, right, _ = text.get_charbox(number)
            yield letter, left, right, bottom


def test_both_parts_of_a_running_head_stand_well_apart():
    blocks = [tree.Heading(1, "", (tree.Text("Start"),), ())]
    for k in range(10, 50):
        blocks.append(tree.Heading(2, "", (tree.Text("so " * k),), ()))
        blocks.append(tree.Paragraph((tree.Text("word " * 700),)))
    gaps = []
    for page in pypdfium2.PdfDocument(compile_pdf(write_book([tree.Page("page", "", tuple(blocks))]), EDITION)):
        head = sorted((left, right) for _, left, right, bottom in letters_of(page) if bottom > page.get_height() - 65)
        gaps += [max(after[0] - before[1] for before, after in pairwise(head))] if len(head) > 1 else []
    assert len(gaps) > 20 and min(gaps) > 24  # points


def test_no_words_of_a_list_stand_above_its_numbers_of_pages():
    picture = tree.Image(STRESS_BOOK / "_static/dot.svg", "A dot", "30%")
    figure = tree.Figure("dot", (picture,), tree.Caption("Figure 1", (tree.Text("i " * 240),)))
    page = tree.Page("page", "", (tree.Heading(1, "", (tree.Text("Start"),), ()), figure))
    document = pypdfium2.PdfDocument(compile_pdf(write_book([page]), EDITION))
    listed = [page for page in document if "Figures" in page.get_textpage().get_text_range().split("\r\n")][-1]
    letters = [letter for letter in letters_of(listed) if 71 < letter[3] < listed.get_height() - 79]
    words = max(right for letter, _, right, _ in letters if letter == "i")
    number = [left for letter, left, *_ in letters if letter.isdigit()]
    assert words + 4 < max(number)
