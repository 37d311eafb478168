"""Where the figures of a page may move to, and which tables stand across, which stay whole: decided before it is set, from its blocks and their letters.

Asked for positions, Typst might never come to an end.
"""

from . import tree
from .columns import OPENING, Form
from .measures import COLUMN, LANDSCAPE, PAGE, SET_IN, TALLEST, WIDE
from .tree import plain_text, walk

A_PAGE, A_HEADING = 3_460, 150  # letters of running text on a page, and as many as a heading takes the room of
# Letters that may stand above a table on its page across, and between a figure and the end of its section.
FEW_WORDS = A_PAGE // 4
MOST_WHITE = 0.45  # of a page, that may stay empty so that no section comes between a figure and its own
WORTH_WAITING = 3 / 4  # of a figure's own room, that may stay empty before it, so that it begins a run of its own
DEEPEST = 6  # runs inside each other; the compiler stops at some dozens
A_LETTER = 0.2  # points that a letter of running text takes, at 73 letters and 15 points a line
IN_CAPTION = 0.14  # the same of a caption
AROUND = 22.0  # points of white between a figure and the words next to it; report.typ sets the same

# Points; a taller table may break over pages, one of few rows where it is taller still.
LONG_TABLE, HIGHEST_WHOLE = 240.0, 450.0
HIGHEST_OPENING = 270.0  # points of a table; where its rows are taken for higher, fewer must do
LEFT_WHITE = 150.0  # points of a page that a table over pages may leave white, so that it stands whole on the next one
LED = 80.0  # points that a heading and its few words take, which go along with their table to the next page


def forms_of(paper, top=True):
    """The ways of setting a table, in the order of choice. top : whether it stands on the page itself, not in a list or box."""
    if not top:
        return [Form("column", size, COLUMN - SET_IN) for size in (8.5, 7.5)]
    across = [Form("landscape", size, LANDSCAPE[paper]) for size in (8.5, 7.5, 6.5)]
    return [Form("column", 8.5, COLUMN), Form("wide", 8.5, WIDE), Form("dense", 8.0, WIDE), *across]


def alike(nodes):
    """The tables among some blocks that have the same columns, in groups of several."""
    groups = {}
    for table in nodes:
        if isinstance(table, tree.Table):
            heads = tuple(plain_text(cell.blocks) for cell in sum(table.head, ()))
            groups.setdefault((heads, table.landscape), []).append(table)
    return [tables for (heads, _), tables in groups.items() if heads and len(tables) > 1]


def stands_whole(table, height):
    """Whether a table of this height in points may not break over pages."""
    return height <= (LONG_TABLE if len(table.body) > OPENING + 1 else HIGHEST_WHOLE)


def room_to_begin(layout, paper, is_led):
    """The room in points that a table over pages begins in.

    Its first rows have it. A table that a page holds goes whole to the next one instead of parting, where no more white is left than
    LEFT_WHITE. is_led : whether a heading goes along.
    """
    least = min(layout.opening, HIGHEST_OPENING)
    if layout.height > TALLEST[paper] or layout.form.name == "landscape":
        return least
    return max(least, LEFT_WHITE - LED * is_led)


def runs_of(nodes, parts, letters):
    """(start, end) of each run of blocks in which figures move; one may lie in another, and ends with it.

    A run begins with a captioned figure, so that none goes above the name of a chapter or a table before it, or above the words
    that call it. A figure for which there are enough words after the last ones, so that these have their places, ends the runs before; so does one
    for which little enough is missing, since a run inside, which no figure leaves for the next page, may leave its whole room white. Another
    one begins a run inside where it is no lower, by the lines that the reckoning may err by, than what may be missing of one before, and so finds
    no room before that one does. A run ends
    before what the function `parts` finds at the head of the blocks that follow, so that none goes among the rows of a table, and before
    the headings above that, which would stand alone. letters : a function that gives the letters whose room a block takes.
    """
    starts, owed, missing = [], 0, 0  # of all figures together, and of the one for which most is missing
    for number in range(len(nodes) + 1):
        parted = number == len(nodes) or parts(nodes[number:])
        is_figure = not parted and is_captioned(nodes[number])
        few = min(WORTH_WAITING * letters(nodes[number]), MOST_WHITE * A_PAGE) if is_figure else 0
        if starts and (parted or (is_figure and owed <= few)):
            end = next(end for end in range(number, starts[-1], -1) if not isinstance(nodes[end - 1], tree.Heading))
            yield from ((start, end) for start in starts)
            starts, owed, missing = [], 0, 0
        if is_figure:
            high = letters(nodes[number])
            if missing <= high + A_HEADING and len(starts) < DEEPEST:
                starts.append(number)
            owed, missing = max(owed, 0) + high, max(missing, high)
        elif not parted:
            taken = letters(nodes[number])
            owed, missing = owed - taken, missing - taken


def at_section_ends(nodes):
    """The blocks with each captioned figure below which its section has few words, and nothing else, at the end of the section.

    There it does not part the words of its section from one another.
    """
    moved = list(nodes)
    for number in range(len(moved) - 1, -1, -1):
        if is_captioned(moved[number]):
            end = next((at for at in range(number + 1, len(moved)) if not _is_words(moved[at])), len(moved))
            ends_section = end < len(moved) and isinstance(moved[end], tree.Heading)
            if ends_section and len(plain_text(moved[number + 1 : end])) < FEW_WORDS:
                moved.insert(end - 1, moved.pop(number))
    return moved


def is_captioned(node):
    """Whether a block is a figure that may move."""
    return isinstance(node, tree.Figure) and node.caption is not None


def _is_words(node):
    return isinstance(node, (tree.Paragraph, tree.List))


def room_to_call(nodes, paper, is_inside=False):
    """The room in points that must be left where a figure is called that ends its section, or begins a run inside another; None where the first of some blocks is none.

    Without it the figure goes to the next page with what follows, so that what follows does not go before it. A run inside another
    does not go on to the next page before its first figure: with less room this would stand beyond the foot.
    """
    figure, *rest = nodes
    if is_captioned(figure) and is_inside:
        return _taken(figure, paper)
    if not is_captioned(figure) or not isinstance((*rest, None)[0], tree.Heading):
        return None
    return min(MOST_WHITE * PAGE[paper], _taken(figure, paper))


def waiting(nodes, letters):
    """The ids of the headings that wait for the figures before them.

    Words may run ahead of one figure that has no room where it is called, not of several on one page; and not those of another section where
    its own words fill the page enough, however much room it missed. letters : as for `runs_of`.
    """
    ends, waits, moved = 0, set(), []  # letters up to the end of each block; where the figures end that may move
    owed = 0  # letters that may be missing of a page where a figure of the section has no room
    for node in nodes:
        start, ends = ends, ends + letters(node)
        if isinstance(node, tree.Heading) and node.level <= 2:
            moved = [place for place in moved if start - place < A_PAGE and node.level == 2]
            if len(moved) > 1 or (0 < owed <= MOST_WHITE * A_PAGE and node.level == 2):
                waits.add(id(node))
                moved = []
            owed = 0
        if isinstance(node, tree.Figure):
            moved.append(ends)
            owed = max(owed, letters(node))
        else:
            owed -= letters(node)
    return waits


def tables_across(nodes, layout, height_of):
    """The tables over pages of blocks that end with one and hold few other words, where one has to stand across: all do, or a page between
    stays half white. layout, height_of : the functions of the writer.
    """
    long = [node for node in nodes if isinstance(node, tree.Table) and height_of(node) is None]
    words = [node for node in nodes if not isinstance(node, tree.Table)]
    is_few = nodes[-1] in long[-1:] and len(plain_text(words)) < FEW_WORDS
    return long if is_few and any(layout(table).form.name == "landscape" for table in long) else []


def letters_of(node, height_of, paper):
    """As many letters of running text as a block takes the room of at least.

    height_of : a function that gives the height of a table in points, or None of one that may break over pages.
    """
    if isinstance(node, tree.Figure):
        return int(_taken(node, paper) / A_LETTER)
    height = (height_of(node) or 0) if isinstance(node, tree.Table) else 0
    return len(plain_text([node])) + int(height / A_LETTER) + (A_HEADING if isinstance(node, tree.Heading) else 0)


def _taken(figure, paper):
    """The room in points that a figure takes, most likely."""
    caption = len(plain_text(figure.caption.children)) if figure.caption else 0
    return _height(figure, paper) + AROUND + caption * IN_CAPTION


def _height(figure, paper):
    """How high a figure is drawn at least, in points."""
    images = [node for node in walk(figure.blocks) if isinstance(node, tree.Image) and node.size]
    wide = (WIDE / width if width > COLUMN else 1 for width, _ in (image.size for image in images))
    return min(TALLEST[paper], sum(share * image.size[1] for share, image in zip(wide, images)))
