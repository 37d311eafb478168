"""The press: from a built Jupyter Book to one PDF."""

import dataclasses
import datetime
import re
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup

from bookpress.book.attachments import Attachment, Package
from bookpress.book.edition import Edition
from bookpress.pdf import PressError, make_pdf, tree
from bookpress.pdf.columns import Form, lay_out, unbreakable
from bookpress.pdf.compile import compile_pdf
from bookpress.pdf.pages import HtmlPage, load_page, printed
from bookpress.pdf.read import read_page
from bookpress.pdf.write import COLUMN, WIDE, write_book
from pdf_parts import bookmarks, tagged, words_cut

STRESS_BOOK = Path(__file__).parents[1] / "stress_book"
EDITION = Edition(
    title="The stress book",
    subtitle="All that goes wrong on paper",
    authors=("Ada Tester", "Ben Prüfer"),
    version="1.2.3",
    date=datetime.date(2026, 11, 23),
    licence="CC BY-SA 4.0",
    abstract="What the book says.",
    keywords=("tests", "printing"),
    url="https://example.org/stress/",
    language="en-GB",
    commit="0123abc",
    rebuild="make book",
    slug="stress",
)


ATTACHED = [
    Attachment(STRESS_BOOK / "_static/data.csv", "data", "Données en été"),
    Attachment(STRESS_BOOK / "index.md", "source", "The text", ("*.md", "The text")),
    Attachment(STRESS_BOOK / "references.md", "source", "The list", ("*.md", "The text")),
]
PACKAGE = Package("Stress data", "1.2.3", STRESS_BOOK / "datapackage.json", (), "5" * 64)


# --- the built book and its PDF ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def html(tmp_path_factory):
    out = tmp_path_factory.mktemp("stress")
    source = out / "book"
    shutil.copytree(STRESS_BOOK, source, ignore=shutil.ignore_patterns("_build"))
    program = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", program, "build", str(source), "--path-output", str(out)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert (out / "_build/html/chapters/computed.html").is_file(), done.stdout + done.stderr
    return out / "_build/html"


@pytest.fixture(scope="session")
def toc():
    return STRESS_BOOK / "_toc.yml"


@pytest.fixture(scope="session")
def pdf(html, toc, tmp_path_factory):
    target = tmp_path_factory.mktemp("pdf") / "book.pdf"
    count = make_pdf(html, toc, target, EDITION, attachments=ATTACHED, package=PACKAGE)
    reader = pypdf.PdfReader(target)
    assert count == len(reader.pages)
    return reader


@pytest.fixture(scope="session")
def page_texts(pdf):
    document = pypdfium2.PdfDocument(pdf.stream)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.fixture(scope="session")
def text(page_texts):
    return " ".join(page_texts)


@pytest.fixture
def spoiled(html, tmp_path):
    """A function that copies the built book, changes words on one page and returns the copy."""

    def spoil(page, old, new):
        copy = tmp_path / "html"
        shutil.copytree(html, copy)
        path = copy / f"{page}.html"
        words = path.read_text(encoding="utf-8")
        assert old in words
        path.write_text(words.replace(old, new, 1), encoding="utf-8")
        return copy

    return spoil


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
        "Fig. 3.1 Lines, as computed.",
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


def test_prose_with_a_point_is_no_address():
    """Only the path itself is set as one: prose beside it keeps its hyphens."""
    words = "A sentence that is long. Then src/some/long/path/to/a/file.py, and incomprehensibilities. The end."
    page = tree.Page("index", "", (tree.Paragraph((tree.Text(words),)),))
    source = write_book([page])[0]["index"]
    assert source.count("#address(") == 1 and '#address("src/some/long/path/to/a/file.py,");' in source
    assert '#" and incomprehensibilities. The end.";' in source


def test_a_word_cut_without_a_hyphen_is_found():
    known = {"somebody", "some", "else", "reading"}
    assert list(words_cut(["they are read", "ing somebody's el", "se", "some", "else"], known)) == [
        ("read", "ing"),
        ("el", "se"),
    ]
    assert list(words_cut(["they are read\ufffeing some", "else"], known)) == []


def test_arabic_is_printed(text):
    # The letters of a right-to-left word may come out in either order, according to who reads the file.
    assert "أزواد" in text or "أزواد"[::-1] in text


def test_a_note_is_printed_once_and_called_twice(text):
    assert text.count("The first note, with") == 1


def test_lists_of_figures_leave_the_notes_out(page_texts):
    front = next(words for words in page_texts if words.startswith("Contents"))
    assert "Fig. 1.1 A dot, with a note in the caption and a citation" in front
    assert "The note of the caption" not in front


def test_far_references_name_the_page(page_texts, pdf):
    opening = page_texts[3]
    table = next(number for number, words in enumerate(page_texts) if "Table 2.1 A long table" in words and number > 2)
    assert f"Table 2.1 (p. {pdf.page_labels[table]})" in opening


def test_near_references_do_not(text):
    assert "Table 2.1 is long; Table 2.2 is wide." in text


def test_the_long_table_repeats_its_head(page_texts):
    bearing = [words for words in page_texts if "a remark about place" in words]
    assert len(bearing) >= 2
    assert all("Place Killed Date Remark" in words for words in bearing)


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


def test_bookmarks_follow_the_book(pdf):
    found = list(bookmarks(pdf.outline))
    assert [title for depth, title in found if depth == 0] == [
        "Abstract", "Contents", "The stress book", "First part", "Second part", "Back matter", "Colophon",
    ]  # fmt: skip
    assert (1, "1 Prose and its parts") in found
    assert (2, "1.1 Lists") in found
    assert (2, "1.2 A section file") in found


def test_page_labels(pdf):
    assert pdf.page_labels[1:4] == ["i", "ii", "1"]


def test_metadata(pdf):
    assert pdf.metadata.title == "The stress book"
    assert "Ada Tester" in pdf.metadata.author and "Ben Prüfer" in pdf.metadata.author
    assert "printing" in pdf.metadata["/Keywords"]
    assert pdf.metadata.creation_date == datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
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
    found = [str(tag["/Alt"]) for tag in tagged(pdf.trailer["/Root"]["/StructTreeRoot"], {"/Figure"})]
    assert sorted(found) == sorted(
        ["A blue dot on white ground.", "A rising line.", "Two bars.", "Two bars.", "A line going down and up."]
    )


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
    colophon = next(words for words in page_texts[2:] if words.startswith("Colophon"))
    for words in ("1.2.3, 23 November 2026", "0123abc", "git checkout 0123abc && make book", "5" * 64, "sha256sum datapackage.json",
                  "PDF/A-3a", "data.csv Données en été", "*.md (2) The text"):  # fmt: skip
        assert words in colophon


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


def test_nothing_stands_above_the_name_of_a_chapter_but_its_part(pdf):
    document = pypdfium2.PdfDocument(pdf.stream)
    for part, chapter in (("First part", "Prose and its parts"), ("", "Tables"), ("Second part", "A computed chapter")):
        page = next(page for page in list(document)[4:] if page.get_textpage().search(chapter).get_next())
        words = page.get_textpage()
        top = words.get_charbox(words.search(part or chapter).get_next()[0], loose=True)[3]
        assert max(item.get_bounds()[3] for item in page.get_objects()) <= top + 1, chapter


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
    sheet = pypdf.PdfReader(tmp_path / "letter.pdf").pages[3].mediabox
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
    sources, images = write_book([tree.Page("page", "", tuple(blocks))])
    document = pypdfium2.PdfDocument(compile_pdf(sources, images, EDITION))
    texts = [page.get_textpage().get_text_range() for page in document]
    texts = [words for words in texts if ". . . ." not in words]  # not those of the contents
    assert len(texts) > 10
    for k in range(60):
        assert any(f"Heading{k}." in words and f"Opening{k}." in words for words in texts), k
    for k in range(0, 60, 3):
        (words,) = [words for words in texts if f"Caption{k}." in words]
        assert "Dot label" in words, k


def test_a_line_holds_66_to_75_letters():
    words = "Plain prose of the ordinary kind is what a column must be measured with, for the same word again and again tells little. "
    blocks = (tree.Heading(1, "", (tree.Text("h"),), ()), tree.Paragraph((tree.Text((words * 20).strip()),)))
    sources, images = write_book([tree.Page("page", "", blocks)])
    page = pypdfium2.PdfDocument(compile_pdf(sources, images, EDITION))[3]
    lines = page.get_textpage().get_text_range().split("\r\n")[2:-3]
    assert len(lines) > 20
    assert 66 <= sum(map(len, lines)) / len(lines) <= 75


def test_tables_and_the_page_agree_on_their_measures():
    looks = resources.files("bookpress.pdf").joinpath("report.typ").read_text(encoding="utf-8")
    column, hang = (float(re.search(rf"#let {name} = (\d+)mm", looks)[1]) * 72 / 25.4 for name in ("column", "hang"))
    assert column - 1 < COLUMN <= column and column + hang - 1 < WIDE <= column + hang


# --- what the press refuses -------------------------------------------------------------------------------------------


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


# --- reading ----------------------------------------------------------------------------------------------------------


def read(html):
    article = BeautifulSoup(f'<article class="bd-article">{html}</article>', "html.parser").article
    return read_page(HtmlPage("page", 0, "", article, "page.html")).blocks


def test_read_keeps_no_break_spaces_and_folds_the_others():
    assert read("<p> 12\u00a0km \n  on </p>")[-1] == tree.Paragraph((tree.Text("12\u00a0km on"),))


def test_read_begins_a_new_line_without_a_space():
    assert read("<h1>h</h1><p>one<br/>\n two</p>")[-1] == tree.Paragraph(
        (tree.Text("one"), tree.LineBreak(), tree.Text("two"))
    )


def test_read_gives_a_heading_all_its_ids():
    blocks = read(
        '<section id="one"><span id="two"></span><h1><span class="section-number">1. </span>Head</h1></section>'
    )
    assert blocks == (tree.Heading(1, "1", (tree.Text("Head"),), ("page", "one", "two")),)


def test_read_skips_no_heading_level():
    assert [block.level for block in read("<h1>a</h1><h4>b</h4><h2>c</h2>")] == [1, 2, 2]


def test_read_table_cells():
    (table,) = read(
        '<h1>h</h1><table><thead><tr><th colspan="2">a</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table>'
    )[1:]
    assert table.head[0][0].colspan == 2 and table.head[0][0].head
    assert table.body[0][1].blocks == ()


def test_read_refuses_words_where_none_belong():
    with pytest.raises(PressError, match="<ul> .*: words between its parts"):
        read("<h1>h</h1><ul>loose<li>a</li></ul>")


def test_ids_are_unique_in_the_book(html, toc):
    entries = printed(html, toc)
    pages = [load_page(html, entry, [name for name, *_ in entries]) for entry in entries]
    ids = [node["id"] for page in pages for node in page.article.select("[id]")]
    assert len(ids) == len(set(ids)) > 10


# --- writing ----------------------------------------------------------------------------------------------------------


def written(*blocks):
    return write_book([tree.Page("page", "", blocks)])[0]["page"]


def test_words_are_always_literals():
    assert '#"a \\"b\\" \\\\ #c";' in written(tree.Paragraph((tree.Text('a "b" \\ #c'),)))


def test_a_page_told_inside_brackets_takes_no_second_pair():
    call = tree.Reference("head", (tree.Text("there"),), with_page=True)
    head = tree.Heading(1, "", (tree.Text("Head"),), ("head",))
    paragraph = tree.Paragraph((tree.Text("(see "), call, tree.Text(")")))
    assert "bracketed: true" in written(head, paragraph)
    assert "bracketed: false" in written(head, tree.Paragraph((tree.Text("(one) "), call)))


def test_a_page_is_told_once_in_a_paragraph():
    call = tree.Reference("head", (tree.Text("there"),), with_page=True)
    head = tree.Heading(1, "", (tree.Text("Head"),), ("head",))
    assert written(head, tree.Paragraph((call, call))).count("#far-reference") == 1
    assert written(head, tree.Paragraph((call,)), tree.Paragraph((call,))).count("#far-reference") == 2


def test_two_ids_of_one_place_are_one_label():
    head = tree.Heading(1, "", (tree.Text("Head"),), ("first", "second"))
    source = written(head, tree.Paragraph((tree.Reference("second", (tree.Text("x"),)),)))
    assert 'reference(label("first"))' in source


def cells(*words, head=False):
    return tuple(tree.Cell((tree.Paragraph((tree.Text(word),)),) if word else (), head) for word in words)


def test_columns_of_numbers_stand_right():
    table = tree.Table(
        "",
        (cells("Place", "Killed", "Share", "Year", head=True),),
        (cells("x", "1,200", "3 %", "2012"), cells("y", "", "10–12 %", "2013")),
    )
    assert lay_out(table, [Form("column", 8.5, 368)]).aligns == ("left", "right", "right", "left")


def test_a_cell_that_looks_like_the_space_of_a_note_is_a_number_and_a_note_is_no_word():
    note = tree.Cell((tree.Paragraph((tree.Text("7"), tree.Note("a", (tree.Text("Words."),)))),))
    table = tree.Table("", (), ((*cells("00"), note), (*cells("00"), note)))
    assert lay_out(table, [Form("column", 8.5, 368)]).aligns == ("right", "right")


def test_no_column_is_narrower_than_its_longest_word():
    table = tree.Table("", (), (cells("administration " * 9, "interdepartmental " * 30, "x " * 200),))
    layout = lay_out(table, [Form("column", 8.5, 300)])
    assert layout.widths[0] > 8.5 * 14 * 0.4 and sum(layout.widths) <= 300.01


def test_a_table_too_wide_for_any_page_is_named():
    table = tree.Table("tab", (), (cells(*["unbreakableword"] * 30),), tree.Caption("Table 9", (tree.Text("Wide"),)))
    with pytest.raises(PressError, match="page page: <table> Table 9: is too wide"):
        written(table)


def test_paths_break_after_their_marks():
    assert list(unbreakable("one/two_three/four.five-six")) == ["one/", "two_", "three/", "four.", "five-", "six", ""]


def test_no_edition_field_is_needed_but_the_title(html, toc, tmp_path):
    bare = dataclasses.replace(
        EDITION, subtitle="", licence="", abstract="", keywords=(), url="", commit="", language="fr"
    )
    assert make_pdf(html, toc, tmp_path / "bare.pdf", bare) > 5
    assert "Table des matières" in "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "bare.pdf").pages)
