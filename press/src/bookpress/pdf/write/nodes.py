"""What the writer asks of the tree: the labels of places, rows that name others, what stands together on a page."""

from itertools import pairwise

from .. import tree
from ..columns import OPENING, is_group_name
from ..tree import plain_text, walk

LAST = 4  # rows that end a table on one page
FEWEST_LAST = 2  # rows; to a last group of fewer come rows of the one before
HIGHEST_LAST = 200.0  # points, of these rows
LONG_CELL = 1500  # letters; a longer cell may break over pages, others stay whole
SHORT_SECTION = 400  # letters; more of them may stand on the page before their table


def labels_of(nodes):
    """Map each label to the one that its place bears in print, for a place can have many ids but one label. nodes : all of the book."""
    found = {}
    for node in nodes:
        if isinstance(node, tree.Heading):
            inner = [part.label for part in walk(node.children) if isinstance(part, tree.Anchor)]
            found.update(dict.fromkeys([*node.labels, *inner], node.labels[0] if node.labels else ""))
        elif isinstance(node, (tree.Figure, tree.Table)):
            # A caption is printed twice, in place and in a list; so anchors inside it mean the
            # whole.
            words = node.caption.children if node.caption else ()
            inner = [part.label for part in walk(words) if isinstance(part, tree.Anchor)]
            found.update({name: node.label or name for name in [node.label, *inner] if name})
        elif isinstance(node, (tree.Anchor, tree.Entry, tree.Note)):
            found.setdefault(node.label, node.label)
    return found


def is_short_section(nodes):
    """Whether three blocks are a heading, few words and their table."""
    heading, words, table = nodes
    kinds = isinstance(heading, tree.Heading), isinstance(words, tree.Paragraph), isinstance(table, tree.Table)
    return all(kinds) and len(plain_text([words])) < SHORT_SECTION


def lead_ins(blocks):
    """The ids of the paragraphs that end with a colon, each with its code below it."""
    return {
        id(words)
        for words, code in pairwise(blocks)
        if isinstance(words, tree.Paragraph)
        and isinstance(code, tree.CodeBlock)
        and plain_text([words]).rstrip().endswith(":")
    }


def parting(blocks):
    """The ids of the headings that part a bibliography; none where a page has one heading of this kind."""
    heads = [
        id(head)
        for head, below in pairwise(blocks)
        if isinstance(head, tree.Heading) and head.level > 1 and isinstance(below, tree.Bibliography)
    ]
    return set(heads) if len(heads) > 1 else set()


def last_rows(body, heights):
    """How many rows at the end of a table's body stand on one page: none where a cell reaches over several rows, or they are very high.

    heights : estimates for all rows, in points.
    """
    if any(cell.rowspan > 1 for row in body for cell in row):
        return 0
    count = 0
    while (
        count < min(LAST, max(len(body) - OPENING, 2), len(body) - 1)
        and not (is_group_name(body[-count - 1]) and count >= FEWEST_LAST)
        and sum(heights[-count - 1 :]) <= HIGHEST_LAST
    ):
        count += 1
    # The name of a group whose rows all stand there stands there too.
    return count + (0 < count < len(body) and is_group_name(body[-count - 1]))


def naming_columns(body):
    """The columns whose cells name the rows of a table's body: the first, where none says that it does."""
    return tuple(sorted({place for row in body for place, cell in enumerate(row) if cell.names_row})) or (0,)


def name_of(table):
    """What a fault calls a table: its number, or its columns where it has none."""
    heads = [plain_text(cell.blocks).strip() for row in table.head[:1] for cell in row]
    return table.caption.number if table.caption else f"with the columns {', '.join(filter(None, heads))}"


def cell_arguments(cell):
    """The arguments of a cell as Typst has them, each "name: value"; a cell of many words may break over pages."""
    given = [f"{name}: {value}" for name, value in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if value > 1]
    if cell.align and cell.colspan > 1:
        given.append(f"align: {cell.align}")
    if len(plain_text(cell.blocks)) > LONG_CELL:
        given.append("breakable: true")
    return given
