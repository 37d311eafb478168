"""How wide each column of a table must be, worked out from its words.

A column is never narrower than its longest piece that cannot be broken, so nothing is cut off or
runs into its neighbour.
"""

import math
import re
from dataclasses import dataclass, replace
from functools import cache

from bookpress.markup.fonts import text_width
from bookpress.markup.numbers import side

from . import tree
from .tree import leaves, plain_text

PADDING = 8.0  # pt, both sides of a cell together; report.typ sets the same
VERTICAL_PADDING = 6.0  # pt, above and below the words of a cell together; report.typ sets the same
GUTTER = 6.0  # pt more before words to the left that follow numbers to the right, where there is room
SIZES = {"mono": 0.84, "id": 0.85}  # of the words around: code, and ids of rows; report.typ sets the same
LONG_TOKEN = 20  # letters; a longer run without a space may break after a mark, as in paths and addresses
TOWER = 9  # lines of one cell; more and the eye loses the row
LOW = 200.0  # pt; a lower table leaves most of a page across white, and rather has its towers
FILLING = 800.0  # pt; a table fills pages across from this height, and stands there rather than starve
HUNGRY = 1 / 8  # lines a row that hold hardly more than a word; a table with more of them starves
OPENING = 4  # rows of a table that begin it on one page, beside the names of their groups
LINE = 1.08  # of the size, from one line to the next; report.typ sets the same
NO_WORD = 45  # letters; a longer run is a digest or the like, and may break anywhere
HYPHENATED = 18  # letters; a longer word is expected to find a hyphen
A_PAGE = 25  # rows of a table that a page holds; each page has its head
SHARES = (2 / 3, 1.0)  # of its room that a table takes which needs no line broken
STEPS = (2.0, 6.0, 18.0, 54.0, 162.0)  # pt that a column gives up at once
ROUNDED = 1e-6  # pt, by which a sum of widths may miss what it adds up to
OWN_LINES = 0.2  # of a line of a row, what a line of a cell counts for that makes its row no higher: a column of single words is no help
STARVED = 0.75  # of a line of a row, what a line counts for beyond the first two of a cell that holds fewer than two words a line
KEPT = r"\b\d{1,2}[^\W\d_]{0,2}–\d{1,2}\b|\b(?:[^\W\d_]\.\s?)+-\w{1,3}\b"  # spans of days and undated works, "n.d.-b"; report.typ keeps the same whole


@dataclass(frozen=True)
class Form:
    """One way of setting a table: `room` pt wide, in letters of `size` pt."""

    name: str
    size: float
    room: float


@dataclass(frozen=True)
class Layout:
    """The form taken, the columns' widths in pt, their alignments, the gutter between numbers to the right and words to the left, and
    estimates in pt: of the heights of the rows, and of the opening.

    The opening is the head and the first rows, which stand on one page.
    """

    form: Form
    widths: tuple[float, ...]
    aligns: tuple[str, ...]
    gutter: float
    heights: tuple[float, ...]
    opening: float

    @property
    def height(self):
        return sum(self.heights)


def lay_out(table, forms):
    """Return the layout in the first of `forms` that the table fits in, or None where it fits in none.

    The text's own column is for tables that need no line broken, or have no wider form; a form that
    would squeeze the words into towers is passed over while another is left. One that starves columns is passed over where the next
    starves fewer of them, or the table fills pages across.
    """
    columns = column_count(table)
    cells = list(_placed(table))
    aligns = tuple(_align(cells, column) for column in range(columns))
    lengths = _lengths(cells)
    if table.landscape:
        forms = [form for form in forms if form.name == "landscape"]
    longest, pieces = _wishes(cells, columns)
    wanted = [GUTTER * (pair == ("right", "left")) for pair in zip(("", *aligns), aligns)]
    narrow = squeezed = starving = None
    fewest = math.inf
    for form in forms:
        has_room = sum(_wide(pieces, form, wanted)) <= form.room
        gutters = wanted if has_room else [0.0] * columns  # rather numbers beside words than another form
        natural = _wide(longest, form, gutters)
        least = [min(pair) for pair in zip(natural, _wide(pieces, form, gutters))]
        if sum(least) > form.room:
            continue
        widths = _narrowed(lengths, natural, least, form)
        layout = Layout(form, widths, aligns, max(gutters, default=0.0), *_heights(table, lengths, widths, form))
        upright = None if table.landscape or form.name != "landscape" else starving or squeezed
        if upright and layout.height < (FILLING if starving else LOW):
            return upright
        if sum(natural) <= form.room:
            return replace(layout, widths=_spread(widths, form.room))
        if max(_lines(lengths, widths, form)) > TOWER:
            is_better = not squeezed or (layout.height < squeezed.height and form.name != "landscape")
            squeezed = layout if is_better else squeezed
        elif form.name == "column":
            narrow = narrow or layout
        elif form.name == "landscape" or (hungry := _hungry(lengths, widths, form)) <= HUNGRY * len(table.body):
            return layout
        elif hungry <= fewest:
            starving, fewest = layout, hungry
    return starving or narrow or squeezed


def lay_out_alike(tables, forms):
    """The layouts of tables with the same columns, all in the widths that are fit for their rows together, or None."""
    layout = lay_out(replace(tables[0], body=sum((table.body for table in tables), ())), forms)
    if layout is None:
        return None
    lengths = [_lengths(_placed(table)) for table in tables]
    heights = [_heights(table, own, layout.widths, layout.form) for table, own in zip(tables, lengths)]
    return [replace(layout, heights=rows, opening=opening) for rows, opening in heights]


def _lengths(cells):
    """(row, column, cell, its lines) of each cell: of a line the length in em, and (width, with a blank before it) of each of its pieces."""
    return [
        (*place, [(sum(_width(*part) for part in line), _pieces(line)) for line in _lines_of(place[-1])])
        for place in cells
    ]


def _pieces(line):
    """The pieces of a line of a cell that cannot be broken: the width in em of the blank before each, and its own."""
    found = []
    for text, font in line:
        if font == "formula":
            found.append((0.0, text))
            continue
        blank = _width(" ", font)
        for number, word in enumerate(re.split(r"[ \t\r\n]+", text)):
            parts = list(unbreakable(word, font)) if word else []
            rest = word[sum(map(len, parts)) :]  # of a word that finds a hyphen
            for place, part in enumerate([*parts, *([rest] if rest else [])]):
                found.append((blank if number and not place else 0.0, _width(part, font)))
    return found


def _heights(table, lengths, widths, form):
    """Estimates in pt: of the heights of a table's rows, and of its opening."""
    heights = tuple(lines * LINE * form.size + VERTICAL_PADDING for lines in _lines(lengths, widths, form))
    return heights, sum(heights[: len(table.head) + _opening_rows(table.body)])


def _spread(widths, room):
    """Widths in pt of columns that leave room: what the table needs is brought up to one of few widths, by as much for each column."""
    whole = next(share * room for share in SHARES if sum(widths) <= share * room)
    return tuple(width + (whole - sum(widths)) / len(widths) for width in widths)


def is_group_name(row):
    """Whether a row of a table's body is the name of the rows below it: one head cell, and no other."""
    return len(row) == 1 and row[0].head and row[0].colspan > 1


def _opening_rows(body):
    """How many rows begin a table on one page."""
    rows = [number for number, row in enumerate(body, 1) if not is_group_name(row)]
    return rows[min(OPENING, len(rows)) - 1] if rows else 0


def column_count(table):
    """The number of columns of the widest row."""
    return max((sum(cell.colspan for cell in row) for row in (*table.head, *table.body)), default=0)


def _placed(table):
    """(row, column, cell) of each cell; cells that reach over several rows push the later ones to the right."""
    taken = set()
    for index, row in enumerate((*table.head, *table.body)):
        column = 0
        for cell in row:
            while (index, column) in taken:
                column += 1
            taken |= {(index + down, column + right) for down in range(cell.rowspan) for right in range(cell.colspan)}
            yield index, column, cell
            column += cell.colspan


def _align(cells, column):
    own = [cell for _, place, cell in cells if place == column and cell.colspan == 1]
    for cell in own:
        if cell.align:
            return cell.align
    return side([plain_text(cell.blocks).strip() for cell in own if not cell.head])


def _wishes(cells, columns):
    """For each column its longest line and its longest piece that cannot be broken, in em."""
    lines, pieces = [0.0] * columns, [0.0] * columns
    for _, column, cell in cells:
        if cell.colspan > 1:
            continue
        for line in _lines_of(cell):
            lines[column] = max(lines[column], sum(_width(*part) for part in line))
            unbroken = (_width(piece, font) for text, font in line for piece in unbreakable(text, font))
            pieces[column] = max(pieces[column], *unbroken, 0.0)
    return lines, pieces


def _wide(longest, form, gutters):
    """The width in pt of columns that hold lines of so many em, and never less than one letter."""
    return [gutter + max(PADDING + form.size, PADDING + 1 + form.size * line) for line, gutter in zip(longest, gutters)]


def _width(text, font):
    if font == "formula":  # its width in em
        return text
    return text_width(text, "sans" if font == "id" else font) * SIZES.get(font, 1)


def unbreakable(text, font="sans"):
    """The pieces of a text inside which no line can end."""
    if font == "formula":
        yield text
        return
    # A no-break space holds its words together, and a figure space before them is as wide as a digit: strip() would take both.
    for word in re.split(r"[ \t\r\n]+", text.strip(" \t\r\n")):
        if font == "id":
            yield from re.split(r"(?<=_)(?=[^\W\d_])", word)
        elif font in SIZES or is_long_token(word):
            yield from re.findall(r"%?[^/_?&=.,;:(\[{\-%]{0,30}[/_?&=.,;:(\[{\-]?", word)
        elif len(word) > HYPHENATED and not re.search(r"[\d_]", word):  # no dictionary parts a key
            yield word[: len(word) * 2 // 3]
        else:
            yield from re.findall(rf"(?:{KEPT}|[^\-–—/])+[\-–—/]?|[\-–—/]", word)


def is_long_token(word):
    """True for a path or an address, which may break after its marks, and for a run of letters that no line holds.

    A point that ends a sentence is no mark.
    """
    if len(word) > NO_WORD and not re.search(r"\s", word):
        return True
    return len(word) > LONG_TOKEN and not re.search(r"\s", word) and bool(re.search(r"[/_?&=]|\.(?=\w)", word))


def _narrowed(lengths, natural, least, form):
    """Widths in pt that fill the room, from natural ones, none below its least.

    Again and again that column gives up room whose cells make the rows the least higher by it, for each point.
    """
    columns = [
        [cell for cell in lengths if cell[1] == column and cell[2].colspan == 1] for column in range(len(natural))
    ]
    rows = max(row for row, *_ in lengths) + 1

    @cache
    def needs(column, width):
        """The lines that a column needs of each row, and what its cells count for beside these."""
        own, cost = [1] * rows, 0.0
        for row, _, cell, parts in columns[column]:
            own[row] = _lines_in(parts, cell, width, form.size)
            cost += OWN_LINES * own[row] + STARVED * _weight(cell, rows) * _starved(parts, own[row])
        return own, cost

    def lines(column, width, others):
        """The lines of the rows, beside others so high, and what the cells of a column count for."""
        own, cost = needs(column, width)
        return sum(map(max, own, others)) + cost

    def prices(widths, over):
        """(lines for a point, points, column) of what each column may give up, the points below zero."""
        taken = [needs(*place)[0] for place in enumerate(widths)]
        for column, width in enumerate(widths):
            others = [max(row) for row in zip([1] * rows, *taken[:column], *taken[column + 1 :])]
            now = lines(column, width, others)
            for by in {min(step, over, width - least[column]) for step in STEPS}:
                if by > 0:
                    yield (lines(column, width - by, others) - now) / by, -by, column

    widths = [min(most, form.room - sum(least) + few) for most, few in zip(natural, least)]
    while (over := sum(widths) - form.room) > ROUNDED:
        _, by, column = min(prices(widths, over))
        widths[column] += by
    return tuple(widths)


def _lines(lengths, widths, form):
    """An estimate of the lines of each row."""
    rows = {}
    for row, column, cell, parts in lengths:
        lines = _lines_in(parts, cell, sum(widths[column : column + cell.colspan]), form.size)
        rows[row] = max(rows.get(row, 1), lines)
    return list(rows.values()) or [1]


def _lines_in(parts, cell, width, size):
    """An estimate of the lines that a cell adds to each of its rows, in columns so many pt wide."""
    room = max(width - PADDING, size) / size
    lines = sum(1 if length <= room else _broken(pieces, room) for length, pieces in parts)
    return int(lines / cell.rowspan)


def _hungry(lengths, widths, form):
    """An estimate of the lines of a table that hold hardly more than a word, a head's as often as it counts."""
    rows = max(row for row, *_ in lengths) + 1
    return sum(
        _weight(cell, rows) * _starved(parts, _lines_in(parts, cell, widths[column], form.size))
        for _, column, cell, parts in lengths
        if cell.colspan == 1
    )


def _weight(cell, rows):
    """How many cells one counts for in a table of so many rows: each page has the head of a column."""
    return max(1, rows / A_PAGE) if cell.head and not cell.names_row else 1


def _starved(parts, lines):
    """How many of the lines of a cell are too many, as they hold hardly more than a word each."""
    return lines - 2 if lines > 2 and sum(len(pieces) for _, pieces in parts) < 2 * lines else 0


def _broken(pieces, room):
    """How many lines of so many em some pieces take, each on the first that has room for it."""
    lines, filled = 1, 0.0
    for blank, width in pieces:
        filled += blank + width
        if filled > room:
            lines, filled = lines + 1, width
    return lines


def _lines_of(cell):
    """The cell's words as lines of (text, font), one line for each paragraph and each break."""
    lines, is_bold = [[]], cell.head or _has_bold(cell.blocks)
    for part in leaves(cell.blocks):
        if part is None:
            lines.append([])
        elif isinstance(part, tree.Formula):
            lines[-1].append((part.width, "formula"))
        elif isinstance(part, tree.Code):
            lines[-1].append((part.text, "mono"))
        elif isinstance(part, tree.RowId):
            lines[-1].append((part.text, "id"))
        elif isinstance(part, tree.Text):
            lines[-1].append((part.text, "bold" if is_bold else "sans"))
    return [line for line in lines if line] or [[("", "sans")]]


def _has_bold(nodes):
    return any(
        getattr(node, "style", "") == "strong" or _has_bold(getattr(node, "children", getattr(node, "blocks", ())))
        for node in nodes
    )
