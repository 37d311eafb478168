"""The tags of tables in the PDF, as a screen reader finds them."""

import io
import re

import pikepdf
import pypdf
import pypdfium2
import pytest

from bookpress.pdf import tree
from bookpress.pdf.compile import compile_pdf
from bookpress.pdf.write import write_book
from pdf_parts import tagged
from stress_edition import EDITION


@pytest.fixture(scope="module")
def tables(built_book):
    """For each table of the small book's PDF its rows; a row is a list of (kind, id, heads) of its cells."""
    with pikepdf.open(built_book / "build" / "small-book-1.2.0.pdf") as pdf:
        yield [_rows(table) for table in _find(pdf.Root.StructTreeRoot, "/Table")]


def _find(node, kind):
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if kid.S == kind:
                yield kid
            else:
                yield from _find(kid, kind)


def _rows(table):
    return [[_cell(cell) for kind in ("/TH", "/TD") for cell in _find(row, kind)] for row in _find(table, "/TR")]


def _cell(cell):
    attributes = next(entry for entry in cell.A if entry.O == "/Table")
    return str(cell.S), str(cell.get("/ID", "")), [str(head) for head in attributes.get("/Headers", [])]


@pytest.mark.tables
def test_each_cell_is_announced_with_the_heads_of_its_column_its_group_and_its_row(tables):
    for heads, *rows in tables:
        ids, group = [identity for _, identity, _ in heads], []
        assert len(set(ids)) == len(ids) and {kind for kind, _, _ in heads} == {"/TH"}
        for row in rows:
            if len(row) == 1:
                assert row[0][0] == "/TH" and row[0][2] == []
                group = [row[0][1]]
            elif len(row) == len(heads):
                own = row[0][1]
                assert [kind for kind, _, _ in row] == ["/TH", *["/TD"] * (len(row) - 1)] and own
                assert [told for _, _, told in row] == [
                    [ids[0], *group],
                    *[[identity, *group, own] for identity in ids[1:]],
                ]


@pytest.mark.tables
def test_the_name_of_a_group_stands_among_the_rows_and_not_among_the_heads_of_columns(built_book):
    with pikepdf.open(built_book / "build" / "small-book-1.2.0.pdf") as pdf:
        for table in _find(pdf.Root.StructTreeRoot, "/Table"):
            for head in _find(table, "/THead"):
                assert all(len(list(_find(row, "/TH"))) > 1 for row in _find(head, "/TR"))
    grouped = [rows for rows in _all_rows(built_book) if any(len(row) == 1 for row in rows)]
    assert [len(row) for row in grouped[0]] == [2, 1, 2, 2, 1, 2]


def _all_rows(built_book):
    with pikepdf.open(built_book / "build" / "small-book-1.2.0.pdf") as pdf:
        return [_rows(table) for table in _find(pdf.Root.StructTreeRoot, "/Table")]


@pytest.mark.tables
def test_every_head_is_found_by_its_id(built_book):
    with pikepdf.open(built_book / "build" / "small-book-1.2.0.pdf") as pdf:
        names = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        ids = [str(cell.ID) for cell in _find(pdf.Root.StructTreeRoot, "/TH")]
        assert len(ids) == len(set(ids)) > 6 and all(names[identity].ID == identity for identity in ids)


@pytest.mark.tables
@pytest.mark.parametrize("rows", [3, 80])
def test_a_note_stands_above_its_table(rows):
    """What its blanks mean is known before its first row."""

    def words(text):
        return (tree.Paragraph((tree.Text(text),)),)

    body = tuple((tree.Cell(words(f"Row {number}")), tree.Cell(words("words"))) for number in range(rows))
    head = ((tree.Cell(words("Name"), True), tree.Cell(words("Words"), True)),)
    table = tree.Table("", head, body, tree.Caption("", (tree.Text("A table."),)), note=words("The note."))
    heading = tree.Heading(1, "", (tree.Text("h"),), ())
    file = io.BytesIO(compile_pdf(write_book([tree.Page("page", "", (heading, table, *words("After.")))]), EDITION))
    with pikepdf.open(file) as pdf:
        (found,) = _find(pdf.Root.StructTreeRoot, "/Table")
        kinds = [kid.S for kid in found.P.K if isinstance(kid, pikepdf.Dictionary)]
        behind, above = kinds[kinds.index("/Table") + 1 :], list(_find(found.K[0], "/P"))
        assert (behind, len(above)) == (["/P", "/H1", "/L"], 2)
        assert [kid.S for kid in found.K] == ["/Caption", "/THead", "/TBody"] and len(_rows(found)) == rows + 1
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))
    assert text.index("The note.") < text.index("Row 0")


def test_a_box_has_a_label_and_the_cover_a_heading():
    blocks = (
        tree.Heading(1, "", (tree.Text("h"),), ()),
        tree.Admonition("note", (tree.Text("Mind this"),), (tree.Paragraph((tree.Text("words"),)),)),
    )
    with pikepdf.open(io.BytesIO(compile_pdf(write_book([tree.Page("page", "", blocks)]), EDITION))) as pdf:
        root = pdf.Root.StructTreeRoot
        assert len(list(_find(root, "/Title"))) == 1 and root.RoleMap.Title == "/H1"
        assert sum(label.P.S == "/P" for label in _find(root, "/Lbl")) == 1


@pytest.mark.tables
@pytest.mark.parametrize("rows", [1, 2, 3, 5])
def test_the_name_of_the_last_group_stands_with_its_rows_and_is_their_head(rows):
    """On whichever page: the last rows of a long table move together."""

    def cell(text, **more):
        return tree.Cell((tree.Paragraph((tree.Text(text),)),), **more)

    def group(name, count):
        return [(cell(name, head=True, colspan=2),), *((cell(f"{name} {row}"), cell("words")) for row in range(count))]

    head = ((cell("Name", head=True), cell("Words", head=True)),)
    for before in range(40, 60):
        table = tree.Table("", head, (*group("First", before), *group("Last", rows)), tree.Caption("", ()))
        page = tree.Page("page", "", (tree.Heading(1, "", (tree.Text("h"),), ()), table))
        file = io.BytesIO(compile_pdf(write_book([page]), EDITION))
        texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
        assert [("Last\r" in text) for text in texts if "Last 0" in text] == [True], before
    with pikepdf.open(file) as pdf:
        (found,) = map(_rows, _find(pdf.Root.StructTreeRoot, "/Table"))
    *_, (kind, name, _) = [row[0] for row in found if len(row) == 1]
    assert kind == "/TH" and all(name in told for row in found[-rows:] for _, _, told in row)


def reader_of(*blocks):
    return pypdf.PdfReader(io.BytesIO(compile_pdf(write_book([tree.Page("page", "", blocks)]), EDITION)))


def kinds_in(reader, kind):
    """For each element of a kind what kinds stand in it."""
    every = tagged(reader.trailer["/Root"]["/StructTreeRoot"], {kind})
    kids = [[kid.get_object() for kid in words.get("/K", [])] for words in every]
    return [[kid["/S"] for kid in each if isinstance(kid, dict) and "/S" in kid] for each in kids]


def test_the_number_of_a_paragraph_and_of_a_heading_is_a_label_of_its_own():
    def numbered(number, *words):
        return tree.Paragraph((*words, tree.Text("Words.")), number=number)

    strong = tree.Styled("strong", (tree.Text("So."),))
    blocks = (numbered("7.1"), tree.List(((numbered("7.2", strong),),)), numbered("7.3"))
    reader = reader_of(tree.Heading(1, "7", (tree.Text("Name"),), ()), *blocks)
    assert [kinds for kinds in kinds_in(reader, "/H1") if kinds] == [["/Lbl"]]
    paragraphs = [kinds for kinds in kinds_in(reader, "/P") if kinds and kinds[0] in ("/Lbl", "/Quote")]
    assert paragraphs == [["/Lbl"], ["/Lbl", "/Strong"], ["/Lbl"]]
    text = "".join(page.extract_text() for page in reader.pages)
    assert re.findall(r"7\.\d\s+(?:So\. ?)?Words", text) == ["7.1\xa0 Words", "7.2\xa0 So.Words", "7.3\xa0 Words"]


def test_an_abbreviation_of_the_text_tells_its_name():
    """In notes, whose tags stand elsewhere, and in captions, which are printed twice, it is letters."""
    letters = tree.Abbreviation((tree.Text("MUJAO"),), "Mouvement", "fr")
    bold, note = tree.Styled("strong", (letters, tree.Text(" came."))), tree.Note("note", (letters,))
    table = tree.Table("", (), ((tree.Cell((tree.Paragraph((letters,)),)),),), tree.Caption("Table 1", (letters,)))
    text = (
        tree.Paragraph((tree.Text("One "), letters, note, bold), number="7.1"),
        table,
        tree.Paragraph((letters,), number="7.2"),
    )
    reader = reader_of(tree.Heading(1, "7", (tree.Text("Name"),), ()), *text)
    spans = [span for span in tagged(reader.trailer["/Root"]["/StructTreeRoot"], {"/Span"}) if "/E" in span]
    assert [(span["/E"], span["/Lang"]) for span in spans] == [("Mouvement", "fr")] * 3
    numbered = [kinds[:2] for kinds in kinds_in(reader, "/P") if kinds[:1] == ["/Lbl"]]
    assert numbered == [["/Lbl", "/Span"]] * 2


def test_a_heading_holds_its_words_and_no_paragraph(pdf):
    found = [kinds for level in "123" for kinds in kinds_in(pdf, f"/H{level}")]
    assert len(found) > 10 and not any("/P" in kinds for kinds in found)


def test_a_blank_line_of_code_is_no_empty_paragraph():
    reader = reader_of(tree.Heading(1, "", (tree.Text("h"),), ()), tree.CodeBlock("one = 1\n\ntwo = 2"))
    (code,) = tagged(reader.trailer["/Root"]["/StructTreeRoot"], {"/Code"})
    assert [len(line["/K"]) > 0 for line in tagged(code, {"/P"})] == [True, True]


def test_lists_say_what_their_marks_are():
    """A bibliography has none; signs of lists inside others have no name in PDF."""
    words = tree.Paragraph((tree.Text("Words."),))
    inner = tree.List(((words,), (words,)))
    entries = tree.Bibliography(tuple(tree.Entry(f"entry{number}", "", words.children) for number in range(3)))
    lists = tree.List(((words, inner), (words,))), tree.List(((words,),), ordered=True), entries
    reader = reader_of(tree.Heading(1, "", (tree.Text("h"),), ()), *lists)
    found = tagged(reader.trailer["/Root"]["/StructTreeRoot"], {"/L"})
    assert [look["/ListNumbering"] for each in found for look in each["/A"]][1:5] == [  # behind that of the abstract
        "/Disc",
        "/None",
        "/Decimal",
        "/None",
    ]


@pytest.mark.tables
def test_a_caption_is_read_behind_its_figure_and_above_its_table(stress_pdf):
    with pikepdf.open(stress_pdf) as pdf:
        boxes = [[str(kid.S) for kid in box.K] for box in _find(pdf.Root.StructTreeRoot, "/Div")]
        tables = [str(table.K[0].S) for table in _find(pdf.Root.StructTreeRoot, "/Table")]
    figures = [kinds for kinds in boxes if "/Figure" in kinds and "/Caption" in kinds]
    assert len(figures) > 1 and all(kinds.index("/Figure") < kinds.index("/Caption") for kinds in figures)
    assert "/Caption" in tables


@pytest.mark.tables
def test_the_cells_that_name_a_row_are_the_heads_of_its_others_in_whichever_columns():
    def cell(text, **more):
        return tree.Cell((tree.Paragraph((tree.Text(text),)),), **more)

    def table(columns):
        rows = (tuple(cell(f"{row} {n}", names_row=n in columns) for n in range(3)) for row in ("first", "second"))
        return tree.Table("", (tuple(cell(f"Head {n}", head=True) for n in range(3)),), tuple(rows))

    pages = [
        tree.Page(name, "", (tree.Heading(1, "", (tree.Text("h"),), (name,)), table(columns)))
        for name, columns in (("one", (0, 2)), ("summary", (1,)))
    ]
    file = io.BytesIO(compile_pdf(write_book(pages, summary="summary"), EDITION))
    with pikepdf.open(file) as pdf:
        summary, one = map(_rows, _find(pdf.Root.StructTreeRoot, "/Table"))
    for (heads, *rows), columns in ((summary, (1,)), (one, (0, 2))):
        for row in rows:
            own = [name for kind, name, _ in row if kind == "/TH"]
            assert {told[0] for _, _, told in row} == {name for _, name, _ in heads}
            assert [told[1:] for kind, _, told in row if kind == "/TD"] == [own] * (3 - len(columns))
            assert [told for kind, _, told in row if kind == "/TH"] == [[heads[column][1]] for column in columns]
