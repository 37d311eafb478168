"""The tree as Typst: words, references, and the widths of columns."""

import re

import pytest

from bookpress.markup.fonts import text_width
from bookpress.pdf import PressError, tree
from bookpress.pdf.columns import LINE, PADDING, VERTICAL_PADDING, Form, lay_out, lay_out_alike, unbreakable
from bookpress.pdf.write import write_book
from bookpress.pdf.write.code import INSET, SIZE, folded


def test_prose_with_a_point_is_no_address():
    """Only the path itself is set as one: prose beside it keeps its hyphens."""
    words = "A sentence that is long. Then src/some/long/path/to/a/file.py, and incomprehensibilities. The end."
    page = tree.Page("index", "", (tree.Paragraph((tree.Text(words),)),))
    source = write_book([page]).pages["index"]
    assert source.count("#address(") == 1 and '#address("src/some/long/path/to/a/file.py,");' in source
    assert '#" and incomprehensibilities. The end.";' in source


def written(*blocks):
    return write_book([tree.Page("page", "", blocks)]).pages["page"]


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


def test_write_puts_the_number_of_a_paragraph_before_its_words():
    words = tree.Paragraph((tree.Text("one"),), number="7")
    assert '#paragraph-number("7", inward: 0pt);#"one";' in written(words)
    box = written(tree.Admonition("note", (), (words,)), tree.List(((words,),)))
    assert re.findall(r'number\("7", inward: (\w+\.?\w+)\)', box) == ["10pt", "1.25em"]


def test_two_ids_of_one_place_are_one_label():
    head = tree.Heading(1, "", (tree.Text("Head"),), ("first", "second"))
    source = written(head, tree.Paragraph((tree.Reference("second", (tree.Text("x"),)),)))
    assert 'reference(label("first"))' in source


@pytest.mark.parametrize("words", [("RFI, 2012c",), ("Journal du Mali (2012)",), ("", ", 2012")])
def test_the_year_of_a_source_stands_on_one_line_with_the_word_before_it(words):
    source = tree.Bibliography((tree.Entry("source", "", (tree.Text("RFI (2012c). News."),)),))
    call = tree.Reference("source", tuple(map(tree.Text, words)))
    paragraph = tree.Paragraph((call,), number="7")
    assert re.search(r"#citation\(.*\u00a0\(?2012c?\)?\";\];", written(source, paragraph))


def cells(*words, head=False):
    return tuple(tree.Cell((tree.Paragraph((tree.Text(word),)),) if word else (), head) for word in words)


A_HEAD = cells("What is said of it", "Best of the one side of both", head=True)


def test_the_lists_have_the_first_sentence_of_a_caption_whose_abbreviations_end_none():
    words = tree.Text("Gao on 10\u00a0janv.\u00a02013 and after. Marks: fights.")
    figure = tree.Figure("fig", (), tree.Caption("Figure 1", (words,)))
    assert '[#"Gao on 10\u00a0janv.\u00a02013 and after.";]' in written(figure)


@pytest.mark.tables
def test_columns_of_numbers_stand_right():
    table = tree.Table(
        "",
        (cells("Place", "Killed", "Share", "Year", head=True),),
        (cells("x", "1,200", "3 %", "2012"), cells("y", "", "10–12 %", "2013")),
    )
    assert lay_out(table, [Form("column", 8.5, 368)]).aligns == ("left", "right", "right", "left")


@pytest.mark.tables
def test_a_cell_that_looks_like_the_space_of_a_note_is_a_number_and_a_note_is_no_word():
    note = tree.Cell((tree.Paragraph((tree.Text("7"), tree.Note("a", (tree.Text("Words."),)))),))
    table = tree.Table("", (), ((*cells("00"), note), (*cells("00"), note)))
    assert lay_out(table, [Form("column", 8.5, 368)]).aligns == ("right", "right")


@pytest.mark.tables
def test_no_column_is_narrower_than_its_longest_word():
    table = tree.Table("", (), (cells("administration " * 9, "interdepartmental " * 30, "x " * 200),))
    layout = lay_out(table, [Form("column", 8.5, 300)])
    assert layout.widths[0] > 8.5 * 14 * 0.4 and sum(layout.widths) <= 300.01


@pytest.mark.tables
def test_the_column_that_makes_rows_high_gets_the_more_of_the_room():
    """A column of one long cell among many short ones makes one row high, not all."""
    rows = [cells("a few words of a place", "what a source says of it " * 9, "who says it")] * 9
    table = tree.Table("", (), (*rows, cells("a place " * 12, "", "")))
    form = Form("column", 8.5, 300)
    place, said, who = lay_out(table, [form]).widths
    assert said > 2 * place > 2 * who and sum((place, said, who)) == pytest.approx(300)


@pytest.mark.tables
@pytest.mark.parametrize("steps", [(1.0,), (1000.0,)])
def test_columns_give_up_room_in_steps_by_which_the_table_gets_the_least_higher(steps):
    """Where they give up little at once, no line more is seen to come; where much, there is no choice."""
    head = cells("Event", "Records", "With a side", "This report, everyone", "Inside the range", "Note", head=True)
    total = "20\u00a0to\u00a035\u00a0or\u00a0more"
    one = cells("Battle of a town", "5", "14", total, "yes", "one record although fighting ran over days " * 2)
    other = "Killing of people near another town", "coded as of one side, and not as of the other " * 2
    table = tree.Table("", (head,), (one, cells(other[0], "5", "14", total, "yes", other[1])))
    form = Form("column", 8.5, 360)
    low = lay_out(table, [form])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bookpress.pdf.columns.STEPS", steps)
        high = lay_out(table, [form])
    assert low.height < high.height and sum(low.widths) == pytest.approx(sum(high.widths))


@pytest.mark.tables
def test_a_row_is_as_high_as_its_words_need_of_which_none_is_parted():
    """A column that holds a word and a half has one on each line."""
    word = "mountains"
    room = 8.5 * 1.5 * text_width(word) + PADDING
    layout = lay_out(tree.Table("", (), (cells(" ".join([word] * 6)),)), [Form("wide", 8.5, room)])
    assert layout.height == pytest.approx(6 * LINE * 8.5 + VERTICAL_PADDING)


@pytest.mark.tables
def test_of_tables_as_low_the_one_whose_cells_have_fewer_lines_is_chosen():
    """A column of single words makes no row higher beside a long cell, and is hard to read."""
    rows = [cells("what a source says of it " * 9, "Malian state and allies", "town")] * 5
    form = Form("wide", 8.5, 250)
    low = lay_out(tree.Table("", (), tuple(rows)), [form])
    with pytest.MonkeyPatch.context() as patch:
        for name in ("OWN_LINES", "STARVED"):
            patch.setattr(f"bookpress.pdf.columns.{name}", 0)
        narrow = lay_out(tree.Table("", (), tuple(rows)), [form])
    assert low.widths[1] > narrow.widths[1] and low.height <= narrow.height


@pytest.mark.tables
def test_a_head_of_single_words_gets_room_from_a_column_of_many():
    few, many = cells("what a source says", "63"), cells("what a source says of it and nobody else " * 5, "63")
    table = tree.Table("", (A_HEAD,), (*(few,) * 7, many))
    form = Form("wide", 8.5, 150)
    fed = lay_out(table, [form])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bookpress.pdf.columns.STARVED", 0)
        starved = lay_out(table, [form])
    assert fed.widths[1] > starved.widths[1]


@pytest.mark.tables
def test_a_head_that_one_page_has_takes_no_room_from_rows_that_get_higher_by_it():
    table = tree.Table("", (A_HEAD,), (cells("what a source says of it and nobody else " * 5, "63"),) * 4)
    form = Form("wide", 8.5, 180)
    low = lay_out(table, [form])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bookpress.pdf.columns.A_PAGE", 1)
        high = lay_out(table, [form])
    assert low.widths[1] < high.widths[1] and low.height < high.height


@pytest.mark.tables
@pytest.mark.parametrize(("words", "rows", "form"), [(0, 40, "wide"), (5, 4, "dense"), (5, 40, "landscape")])
def test_a_table_that_starves_is_dense_where_it_is_low_and_else_stands_across(words, rows, form):
    """In the wide form, and hardly less in the dense one, the second column has a word a line."""
    row = cells("unbreakable" * 2, " ".join(["governments"] * words), "said " * 50)
    forms = [Form("wide", 8.5, 250), Form("dense", 8.0, 250), Form("landscape", 8.5, 696)]
    layout = lay_out(tree.Table("", (), (row,) * rows), forms)
    assert layout.form.name == form


@pytest.mark.tables
def test_tables_with_the_same_columns_have_the_same_widths_and_rows_of_their_own():
    head = (cells("Place", "What is said", head=True),)
    tables = [tree.Table("", head, (cells(place, "words " * count),)) for place, count in (("Gao", 90), ("Kidal", 9))]
    high, low = lay_out_alike(tables, [Form("column", 8.5, 260)])
    assert high.widths == low.widths and high.height > 2 * low.height and len(high.heights) == len(low.heights) == 2


@pytest.mark.tables
def test_a_span_of_days_and_an_undated_work_stay_on_one_line():
    assert list(unbreakable("19–20\u00a0Nov n.d.-ac 2012–2014")) == ["19–20\u00a0Nov", "n.d.-ac", "2012–", "2014"]


@pytest.mark.tables
def test_a_range_has_its_width_with_the_figure_spaces_before_it():
    span = "\u2007\u20078\u00a0to\u00a011\u00a0or\u00a0more"
    assert list(unbreakable(f" {span} of them ")) == [span, "of", "them"]
    table = tree.Table("", (), ((*cells("words " * 90), *cells(span)),))
    assert lay_out(table, [Form("column", 8.5, 300)]).widths[1] > 8.5 * text_width(span) + PADDING


@pytest.mark.tables
def test_the_last_rows_of_a_long_table_stand_on_one_page_with_the_name_of_their_group_and_more_only_if_it_has_one_row():
    def ending(body):
        return re.search(
            r" last: \((.*)\),$", written(tree.Table("", (cells("A", "B", head=True),), body)), re.MULTILINE
        )[1]

    group = (tree.Cell((tree.Paragraph((tree.Text("group"),)),), head=True, colspan=2),)
    assert ending(tuple(cells(f"{row}", "x") for row in range(40))).count("[") == 2 * 4
    rows = [cells(f"{row}", "x") for row in range(40)]
    assert ending((*rows, group, cells("y", "z"), cells("y", "z"))).count("[") == 1 + 2 * 2
    assert ending((*rows, group, cells("y", "z"))).count("[") == 2 * 2 + 1 + 2
    assert ending((cells("a", "b"), cells("c", "d"))) == ""


@pytest.mark.tables
def test_a_table_of_few_rows_stays_whole_and_one_of_more_keeps_rows_to_begin_with():
    def told(count):
        return written(tree.Table("", (), (cells("x", "words " * 250),) * count))

    assert "opening: none" in told(4) and "opening: none" not in told(6)
    assert re.search(r" last: \((.*)\),$", told(6), re.MULTILINE)[1].count("[") == 2 * 2


@pytest.mark.tables
@pytest.mark.parametrize(("end", "across"), [((), 2), ((tree.Paragraph((tree.Text("After."),)),), 1)])
def test_long_tables_of_an_annex_all_stand_across_where_one_has_to_and_no_words_follow(end, across):
    def table(landscape):
        return tree.Table("", (cells("Name", "Words", head=True),), (cells("name", "words"),) * 60, landscape=landscape)

    heading = tree.Heading(1, "A", (tree.Text("h"),), ())
    assert written(heading, table(False), table(True), *end).count('"landscape"') == across


@pytest.mark.tables
def test_a_table_that_leaves_room_takes_two_thirds_of_the_column_or_all_of_it():
    forms = [Form("column", 8.5, 360.0)]
    small, large = (lay_out(tree.Table("", (), (cells(word, "1"),)), forms) for word in ("few", "words " * 10))
    assert [round(sum(layout.widths)) for layout in (small, large)] == [240, 360]


@pytest.mark.tables
def test_a_table_too_wide_for_any_page_is_named():
    table = tree.Table("tab", (), (cells(*["unbreakableword"] * 30),), tree.Caption("Table 9", (tree.Text("Wide"),)))
    with pytest.raises(PressError, match="page page: <table> Table 9: is too wide"):
        written(table)
    bare = tree.Table("", (cells(*[f"columnnumber{number}" * 3 for number in range(30)]),), (cells(*["x"] * 30),))
    with pytest.raises(PressError, match="<table> with the columns columnnumber0columnnumber0columnnumber0, .*noprint"):
        written(bare)


@pytest.mark.tables
def test_paths_break_after_their_marks():
    assert list(unbreakable("gao_2012_06_27_mnla")) == ["gao_2012_06_27_mnla"]  # too short for a path, and no word
    assert list(unbreakable("one/two_three/four.five-six")) == ["one/", "two_", "three/", "four.", "five-", "six", ""]


@pytest.mark.tables
def test_the_id_of_a_row_breaks_before_a_word_and_not_inside_a_day():
    assert list(unbreakable(" gao_2012_06_27_mnla_killed_2", "id")) == ["gao_2012_06_27_", "mnla_", "killed_2"]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("short enough", 1),
        ("word " * 30, 3),
        ("go " + "word " * 30, 3),
        ("    indented = " + "word " * 30, 3),
        ("https://example.org/" + "part/" * 30, 3),
        ("x" * 150, 3),
    ],
)
def test_a_long_line_of_code_is_folded_at_its_spaces_and_loses_nothing(line, parts):
    found = folded(line, 357.0)
    assert len(found) == parts and "".join(found) == line
    assert all(text_width(part, "mono") * SIZE <= 357.0 - INSET for part in found)  # with the blank that it breaks at


@pytest.mark.parametrize(("words", "stays"), [("Point it there:", True), ("It was pointed there.", False)])
def test_words_that_end_with_a_colon_stand_with_their_code(words, stays):
    source = written(tree.Paragraph((tree.Text(words),)), tree.CodeBlock("make book"))
    assert ("#leading-on[" in source) == stays
