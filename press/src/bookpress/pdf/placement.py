"""Where the figures of a page may move to, and which tables stand across, which stay whole: decided before it is set, from its blocks and their letters.

Asked for positions, Typst might never come to an end.
"""

from . import tree
from .columns import OPENING, plain_text
from .measures import COLUMN, TALLEST, WIDE
from .tree import walk

A_PAGE, A_HEADING = 3_300, 150  # letters of running text on a page, and as many as a heading takes the room of
FEW_WORDS = A_PAGE // 4  # letters that may stand above a table on its page across
A_LETTER = 0.2  # points that a letter of running text takes, at 73 letters and 15 points a line

# Points; a taller table may break over pages, one of few rows where it is taller still.
LONG_TABLE, HIGHEST_WHOLE = 240.0, 450.0
HIGHEST_OPENING = 270.0  # points of a table; where its rows are taken for higher, fewer must do
LED = 80.0  # points that a heading and its few words take, which go along with their table to the next page


def stands_whole(table, height):
    """Whether a table of this height in points may not break over pages."""
    return height <= (LONG_TABLE if len(table.body) > OPENING + 1 else HIGHEST_WHOLE)


def room_to_begin(layout, paper, is_led):
    """The room in points that a table over pages begins in.

    Its first rows have it. A table that a page holds goes whole to the next one instead of parting, where no more white is left than a whole
    one leaves. is_led : whether a heading goes along.
    """
    least = min(layout.opening, HIGHEST_OPENING)
    if layout.height > TALLEST[paper] or layout.form.name == "landscape":
        return least
    return max(least, LONG_TABLE - LED * is_led)


def runs_of(nodes, parts):
    """(start, end) of each run of blocks in which figures move.

    A run begins with a captioned figure, so that none goes above the name of a chapter or a table before it. It ends before what
    the function `parts` finds at the head of the blocks that follow, so that none goes among the rows of a table, and before
    the headings above that, which would stand alone.
    """
    start = None
    for number in range(len(nodes) + 1):
        if number == len(nodes) or parts(nodes[number:]):
            if start is not None:
                yield (
                    start,
                    next(end for end in range(number, start, -1) if not isinstance(nodes[end - 1], tree.Heading)),
                )
            start = None
        elif start is None and isinstance(nodes[number], tree.Figure) and nodes[number].caption:
            start = number


def waiting(nodes, height_of, paper):
    """The ids of the headings that wait for the figures before them.

    Words may run ahead of one figure that has no room where it is called, not of several on one page. height_of : a function
    that gives the height of a table in points, or None of one that may break over pages.
    """
    ends, waits, moved = 0, set(), []  # letters up to the end of each block; where the figures end that may move
    for node in nodes:
        start, ends = ends, ends + _letters(node, height_of, paper)
        if isinstance(node, tree.Figure):
            moved.append(ends)
        elif isinstance(node, tree.Heading) and node.level <= 2:
            moved = [place for place in moved if start - place < A_PAGE and node.level == 2]
            if len(moved) > 1:
                waits.add(id(node))
                moved = []
    return waits


def tables_across(nodes, layout, height_of):
    """The tables over pages of blocks that end with one and hold few other words, where one has to stand across: all do, or a page between
    stays half white. layout, height_of : the functions of the writer.
    """
    long = [node for node in nodes if isinstance(node, tree.Table) and height_of(node) is None]
    words = [node for node in nodes if not isinstance(node, tree.Table)]
    is_few = nodes[-1] in long[-1:] and len(plain_text(words)) < FEW_WORDS
    return long if is_few and any(layout(table).form.name == "landscape" for table in long) else []


def _letters(node, height_of, paper):
    """As many letters of running text as a block takes the room of at least."""
    if isinstance(node, tree.Figure):
        caption = node.caption.children if node.caption else ()
        return int(_height(node, paper) / A_LETTER) + len(plain_text(caption))
    height = (height_of(node) or 0) if isinstance(node, tree.Table) else 0
    return len(plain_text([node])) + int(height / A_LETTER) + (A_HEADING if isinstance(node, tree.Heading) else 0)


def _height(figure, paper):
    """How high a figure is drawn at least, in points."""
    images = [node for node in walk(figure.blocks) if isinstance(node, tree.Image) and node.size]
    wide = (WIDE / width if width > COLUMN else 1 for width, _ in (image.size for image in images))
    return min(TALLEST[paper], sum(share * image.size[1] for share, image in zip(wide, images)))
