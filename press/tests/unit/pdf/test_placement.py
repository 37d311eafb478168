"""Where the figures of a page may move to, and where tables begin."""

from functools import partial
from pathlib import Path

import pytest

from bookpress.pdf import tree
from bookpress.pdf.columns import Form, Layout
from bookpress.pdf.placement import (
    AROUND,
    IN_CAPTION,
    LEFT_WHITE,
    MOST_WHITE,
    alike,
    at_section_ends,
    letters_of,
    room_to_begin,
    room_to_call,
    runs_of,
    waiting,
)

LONG = tree.Table("", (), ())
WORDS, MANY = (tree.Paragraph((tree.Text("word " * number),)) for number in (20, 1_000))
NAME, HEADING = (tree.Heading(level, "", (tree.Text("h"),), ()) for level in (1, 2))
TALL = tree.Figure("", (tree.Image(Path("a.svg"), "", size=(300, 400)),), tree.Caption("", ()))
FIGURE, ANOTHER, BARE = (
    tree.Figure("", (tree.Image(Path("a.svg"), "", size=(300, 200)),), caption)
    for caption in (tree.Caption("", (tree.Text("What is drawn."),)), tree.Caption("", (tree.Text("Another."),)), None)
)


letters = partial(letters_of, height_of=lambda _: None, paper="a4")


@pytest.mark.tables
@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([WORDS, FIGURE, WORDS], [(1, 3)]),
        ([NAME, WORDS, FIGURE, WORDS, LONG], [(2, 4)]),
        ([FIGURE, WORDS, HEADING, LONG], [(0, 2)]),
        ([LONG, FIGURE, WORDS, FIGURE, LONG, WORDS], [(1, 4), (3, 4)]),
        ([FIGURE, LONG, FIGURE, HEADING, HEADING], [(0, 1), (2, 3)]),
        ([FIGURE, NAME, WORDS], [(0, 1)]),
        ([WORDS, BARE, WORDS], []),
        ([FIGURE, WORDS, FIGURE, MANY, FIGURE, WORDS], [(0, 4), (2, 4), (4, 6)]),
        ([TALL, WORDS, TALL, WORDS], [(0, 4), (2, 4)]),
        ([TALL, WORDS, FIGURE, WORDS], [(0, 4)]),
        ([TALL, *[WORDS] * 9, FIGURE, WORDS], [(0, 12), (10, 12)]),
        ([FIGURE, *[WORDS] * 5, TALL, WORDS], [(0, 6), (6, 8)]),
    ],
    ids=[
        "to the end",
        "after a name",
        "no heading alone",
        "between tables",
        "two",
        "before a name",
        "without caption",
        "after many words",
        "one as high inside",
        "a lower one could go before",
        "one that is lower by hardly a line",
        "one that rather waits for a lower one",
    ],
)
def test_figures_move_between_names_of_chapters_and_long_tables(nodes, expected):
    found = runs_of(nodes, lambda nodes: nodes[0] is LONG or nodes[0] is NAME, letters)
    assert list(found) == expected


@pytest.mark.parametrize(
    ("nodes", "waits"),
    [
        ([TALL, WORDS, HEADING], False),
        ([FIGURE, WORDS, HEADING], True),
        ([TALL, WORDS, HEADING, WORDS, TALL, WORDS, HEADING], True),
        ([TALL, MANY, TALL, WORDS, HEADING], False),
        ([FIGURE, WORDS, ANOTHER, NAME, HEADING], False),
    ],
    ids=["a high one", "one that leaves little white", "two", "far apart", "another chapter"],
)
def test_a_heading_waits_for_several_figures_and_for_one_that_leaves_little_white(nodes, waits):
    assert (id(HEADING) in waiting(nodes, letters)) == waits


@pytest.mark.parametrize(
    ("height", "form", "led", "room"),
    [
        (400.0, "wide", False, LEFT_WHITE),
        (400.0, "wide", True, LEFT_WHITE - 80),
        (900.0, "wide", False, 60.0),
        (400.0, "landscape", False, 60.0),
    ],
    ids=["fits on a page", "below a heading", "taller than a page", "across"],
)
def test_a_table_that_a_page_holds_begins_where_much_of_it_has_room(height, form, led, room):
    layout = Layout(Form(form, 8.5, 400.0), (), (), 0.0, (height,), 60.0)
    assert room_to_begin(layout, "a4", led) == room


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([FIGURE, WORDS, HEADING, WORDS], [WORDS, FIGURE, HEADING, WORDS]),
        ([FIGURE, WORDS, ANOTHER, WORDS, HEADING], [FIGURE, WORDS, WORDS, ANOTHER, HEADING]),
        ([FIGURE, MANY, HEADING], None),
        ([FIGURE, WORDS, LONG, HEADING], None),
        ([FIGURE, WORDS], None),
        ([BARE, WORDS, HEADING], None),
    ],
    ids=["few words", "two", "many words", "a table", "the end of a chapter", "without caption"],
)
def test_a_figure_stands_at_the_end_of_its_section_where_few_words_are_left(nodes, expected):
    assert at_section_ends(nodes) == (expected or nodes)


@pytest.mark.parametrize(
    ("nodes", "room"),
    [
        ([FIGURE, HEADING, MANY], 200 + AROUND + len("What is drawn.") * IN_CAPTION),
        ([TALL, HEADING, MANY], 692 * MOST_WHITE),
        ([FIGURE, WORDS, HEADING], None),
        ([WORDS, HEADING], None),
    ],
    ids=["its height", "most of the white that may stay", "no end of a section", "no figure"],
)
def test_a_figure_at_the_end_of_its_section_needs_room_where_it_is_called(nodes, room):
    assert room_to_call(nodes, "a4") == (room and pytest.approx(room))


@pytest.mark.parametrize(
    ("nodes", "room"),
    [
        ([FIGURE, WORDS], 200 + AROUND + len("What is drawn.") * IN_CAPTION),
        ([TALL, HEADING], 400 + AROUND),
        ([WORDS, FIGURE], None),
    ],
    ids=["its height", "all of it, however much white is left", "no figure"],
)
def test_a_run_inside_another_needs_the_room_of_its_first_figure(nodes, room):
    assert room_to_call(nodes, "a4", is_inside=True) == (room and pytest.approx(room))


@pytest.mark.tables
def test_tables_with_the_same_columns_are_alike():
    def table(*heads, landscape=False):
        cells = tuple(tree.Cell((tree.Paragraph((tree.Text(head),)),), head=True) for head in heads)
        return tree.Table("", (cells,), (), landscape=landscape)

    one, two, other, across = table("a", "b"), table("a", "b"), table("a", "c"), table("a", "b", landscape=True)
    assert alike([one, WORDS, other, two, across, LONG, LONG]) == [[one, two]]
