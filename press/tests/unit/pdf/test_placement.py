"""Where the figures of a page may move to, and where tables begin."""

from pathlib import Path

import pytest

from bookpress.pdf import tree
from bookpress.pdf.columns import Form, Layout
from bookpress.pdf.placement import LONG_TABLE, room_to_begin, runs_of, waiting

LONG = tree.Table("", (), ())
WORDS, MANY = (tree.Paragraph((tree.Text("word " * number),)) for number in (20, 1_000))
NAME, HEADING = (tree.Heading(level, "", (tree.Text("h"),), ()) for level in (1, 2))
FIGURE, ANOTHER, BARE = (
    tree.Figure("", (tree.Image(Path("a.svg"), "", size=(300, 200)),), caption)
    for caption in (tree.Caption("", (tree.Text("What is drawn."),)), tree.Caption("", (tree.Text("Another."),)), None)
)


@pytest.mark.tables
@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([WORDS, FIGURE, WORDS], [(1, 3)]),
        ([NAME, WORDS, FIGURE, WORDS, LONG], [(2, 4)]),
        ([FIGURE, WORDS, HEADING, LONG], [(0, 2)]),
        ([LONG, FIGURE, WORDS, FIGURE, LONG, WORDS], [(1, 4)]),
        ([FIGURE, LONG, FIGURE, HEADING, HEADING], [(0, 1), (2, 3)]),
        ([FIGURE, NAME, WORDS], [(0, 1)]),
        ([WORDS, BARE, WORDS], []),
    ],
    ids=["to the end", "after a name", "no heading alone", "between tables", "two", "before a name", "without caption"],
)
def test_figures_move_between_names_of_chapters_and_long_tables(nodes, expected):
    assert list(runs_of(nodes, lambda nodes: nodes[0] is LONG or nodes[0] is NAME)) == expected


@pytest.mark.parametrize(
    ("nodes", "waits"),
    [
        ([FIGURE, WORDS, HEADING], False),
        ([FIGURE, WORDS, ANOTHER, WORDS, HEADING], True),
        ([FIGURE, MANY, ANOTHER, WORDS, HEADING], False),
        ([FIGURE, WORDS, ANOTHER, NAME, HEADING], False),
    ],
    ids=["one", "two", "far apart", "another chapter"],
)
def test_a_heading_waits_for_several_figures(nodes, waits):
    assert (id(HEADING) in waiting(nodes, lambda _: None, "a4")) == waits


@pytest.mark.parametrize(
    ("height", "form", "led", "room"),
    [
        (400.0, "wide", False, LONG_TABLE),
        (400.0, "wide", True, LONG_TABLE - 80),
        (900.0, "wide", False, 60.0),
        (400.0, "landscape", False, 60.0),
    ],
    ids=["fits on a page", "below a heading", "taller than a page", "across"],
)
def test_a_table_that_a_page_holds_begins_where_much_of_it_has_room(height, form, led, room):
    layout = Layout(Form(form, 8.5, 400.0), (), (), 0.0, (height,), 60.0)
    assert room_to_begin(layout, "a4", led) == room
