"""Where the figures of a page may move to."""

from pathlib import Path

import pytest

from bookpress.pdf import tree
from bookpress.pdf.placement import sides_of

LONG = tree.Table("", (), ())  # may break over pages, for it is given no height
FEW, SOME, MANY = (tree.Paragraph((tree.Text("word " * number),)) for number in (20, 150, 1_000))
CAPTION = tree.Caption("", (tree.Text("What is drawn."),))


def figure(points):
    return tree.Figure("", (tree.Image(Path("a.svg"), "", size=(300, points)),), CAPTION)


def sides(*nodes):
    """Where the figures among the blocks may move to, in order."""
    found, _ = sides_of(nodes, lambda _: None, "a4")
    return [found[id(node)] for node in nodes if isinstance(node, tree.Figure)]


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([FEW, figure(200), FEW], ["auto"]),
        ([figure(200), FEW, LONG], ["top"]),
        ([LONG, FEW, figure(200)], ["bottom"]),
        ([LONG, FEW, figure(200), FEW, LONG], ["none"]),
        ([LONG, MANY, figure(200), MANY, LONG], ["auto"]),
    ],
    ids=["far from tables", "before one", "after one", "between two", "far from both"],
)
def test_a_figure_parts_no_table(nodes, expected):
    assert sides(*nodes) == expected


@pytest.mark.parametrize(("between", "second"), [(SOME, "bottom"), (MANY, "auto")])
def test_a_figure_does_not_go_above_one_that_stays(between, second):
    high = figure(500)  # beside the end of the table it has no room, and is none of its affair
    assert sides(LONG, FEW, figure(200), FEW, LONG, between, high) == ["none", second]
