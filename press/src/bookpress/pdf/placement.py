"""Where the figures of a page may move to: decided before it is set, from the letters that stand between them.

Asked for positions, Typst might never come to an end.
"""

from . import tree
from .columns import plain_text
from .measures import PAGE, TALLEST, WIDE
from .tree import walk

A_PAGE, A_HEADING = 3_300, 150  # letters of running text on a page, and as many as a heading takes the room of
A_NAME = 300  # letters, of a chapter's name
AN_END = 400  # letters, of a long table on the page that it ends on: its head, the last rows and its note
A_LETTER = 0.2  # points that a letter of running text takes, at 73 letters and 15 points a line


def sides_of(nodes, height_of, paper):
    """Where each captioned figure among some blocks may move to: "auto", "top", "bottom" or "none", by the id of the node. And the ids
    of the headings that wait for the figures before them: words may run ahead of one figure that has no room where it is called,
    not of several on one page.

    It parts no table that may break over pages, for which the function `height_of` gives None. Before such a table that
    is less than a page away it is the head of a page. After one it is the foot, and after the name of a chapter, above which
    nothing may stand; but for a figure that has no room beside that name and the words below it, and so is the head of
    the next page. Between them it stays where it is, and figures behind it do not go above it.
    """
    # Letters up to the end of each block, and where the long tables stand. These count none, so what stands behind one is
    # taken for nearer than it is: a figure then has fewer places to move to, and parts nothing.
    ends, long = [0], []
    for node in nodes:
        height = height_of(node) if isinstance(node, tree.Table) else 0
        ends.append(ends[-1] + _letters(node, height or 0, paper))
        if height is None:
            long.append(ends[-1])
    names = [
        end for node, end in zip(nodes, ends[1:], strict=True) if isinstance(node, tree.Heading) and node.level == 1
    ]
    sides, waits = {}, set()
    moved, stayed = [], -A_PAGE  # where those end that may move, since the last that may not; where that one ends
    for node, start, end in zip(nodes, ends, ends[1:], strict=False):
        if isinstance(node, tree.Figure):
            room = PAGE[paper] / A_LETTER - (end - start)
            after = (
                start - stayed < A_PAGE
                or any(0 <= start - name < room - A_NAME for name in names)
                or any(0 <= start - place < room - AN_END for place in long)
            )
            before = any(0 <= place - end < A_PAGE for place in long)
            if after:
                sides[id(node)] = "none" if before else "bottom"
            else:
                sides[id(node)] = "top" if before else "auto"
            moved = [*moved, end] if sides[id(node)] != "none" else []
            stayed = stayed if moved else end
        elif isinstance(node, tree.Heading) and node.level <= 2:
            moved = [place for place in moved if start - place < A_PAGE and node.level == 2]
            if len(moved) > 1:
                waits.add(id(node))
                moved = []
    return sides, waits


def _letters(node, height, paper):
    """As many letters of running text as a block takes the room of at least; height: that of a table, in points."""
    if isinstance(node, tree.Figure):
        caption = node.caption.children if node.caption else ()
        return int(_height(node, paper) / A_LETTER) + len(plain_text(caption))
    return len(plain_text([node])) + int(height / A_LETTER) + (A_HEADING if isinstance(node, tree.Heading) else 0)


def _height(figure, paper):
    """How high a figure is drawn at least, in points."""
    images = [node for node in walk(figure.blocks) if isinstance(node, tree.Image) and node.size]
    return min(TALLEST[paper], sum(min(1, WIDE / image.size[0]) * image.size[1] for image in images))
