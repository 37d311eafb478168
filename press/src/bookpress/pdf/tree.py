"""The document tree: what a printed book is made of, free of HTML and of Typst.

Inline nodes stand in a line, block nodes stand under one another. Labels are unique in the whole
book.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

# --- inline -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Styled:
    """Words set apart; `style` is one of emph, strong, super, sub, strike, underline, small, highlight."""

    style: str
    children: tuple


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Link:
    """A link out of the book."""

    url: str
    children: tuple


@dataclass(frozen=True)
class Reference:
    """A link to a label inside the book; `with_page` asks for "(p. N)" after it."""

    label: str
    children: tuple
    with_page: bool = False


@dataclass(frozen=True)
class Note:
    """A footnote, standing where it is called for the first time."""

    label: str
    children: tuple


@dataclass(frozen=True)
class NoteAgain:
    """A further call of a footnote."""

    label: str


@dataclass(frozen=True)
class Language:
    """Words marked as being in another language or running the other way."""

    children: tuple
    lang: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Abbreviation:
    """Letters, the name that they stand for, and its language if it is another one."""

    children: tuple
    name: str
    lang: str = ""


@dataclass(frozen=True)
class Anchor:
    """A place that can be referred to and shows nothing."""

    label: str


@dataclass(frozen=True)
class RowId:
    """The id of the row of a table at the end of which it stands: its address, and its key in the data."""

    text: str


@dataclass(frozen=True)
class Drawn:
    """Words of a caption that the drawing bears: for lists of figures alone."""

    children: tuple


@dataclass(frozen=True)
class LineBreak:
    pass


@dataclass(frozen=True)
class Image:
    """A picture file, as seen from the folder of the HTML. `width` is "" or a share of the page ("60%") or a length ("12pt");
    `size` is its own width and height in points, where the page tells them."""

    path: Path
    alt: str
    width: str = ""
    size: tuple = ()


@dataclass(frozen=True)
class Formula:
    """The drawing of a formula in a line, and its TeX; width, height and how far it hangs below the line in em."""

    path: Path
    alt: str
    width: float
    height: float
    drop: float


# --- block ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    """`labels`: the first one is the heading's own, the others mean the same place."""

    level: int
    number: str
    children: tuple
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """`number` is the one that it is cited by, or ""."""

    children: tuple
    direction: str = ""
    lang: str = ""
    number: str = ""


@dataclass(frozen=True)
class List:
    items: tuple  # of tuples of blocks
    ordered: bool = False
    start: int = 1
    numbering: str = "1."
    tight: bool = True
    tasks: bool = False  # the items carry boxes of their own, no bullets


@dataclass(frozen=True)
class Definitions:
    """Pairs of terms (tuples of inlines) and meanings (tuples of blocks)."""

    items: tuple


@dataclass(frozen=True)
class Quote:
    blocks: tuple


@dataclass(frozen=True)
class Admonition:
    kind: str
    title: tuple
    blocks: tuple


@dataclass(frozen=True)
class Titled:
    """A drawer, a tab, a card or a sidebar, opened flat."""

    title: tuple
    blocks: tuple


@dataclass(frozen=True)
class CodeBlock:
    """`kind` is "input" (code that is shown) or "output" (what it printed)."""

    text: str
    kind: str = "input"


@dataclass(frozen=True)
class Caption:
    number: str
    children: tuple
    legend: tuple = ()


@dataclass(frozen=True)
class Figure:
    label: str
    blocks: tuple
    caption: Caption | None = None


@dataclass(frozen=True)
class Cell:
    blocks: tuple
    head: bool = False
    colspan: int = 1
    rowspan: int = 1
    align: str = ""  # "", left, right or center
    names_row: bool = False


@dataclass(frozen=True)
class Table:
    """`head` and `body` are tuples of rows, a row is a tuple of cells; `note` is a tuple of blocks that stand below its caption."""

    label: str
    head: tuple
    body: tuple
    caption: Caption | None = None
    landscape: bool = False
    note: tuple = ()


@dataclass(frozen=True)
class Entry:
    """One entry of the bibliography; `mark` is its key, of use to the reader where citations show it."""

    label: str
    mark: str
    children: tuple


@dataclass(frozen=True)
class Bibliography:
    entries: tuple


@dataclass(frozen=True)
class Rule:
    pass


@dataclass(frozen=True)
class Page:
    """One page of the HTML book. `part` is the name of the part that it opens, or ""."""

    name: str
    part: str
    blocks: tuple = field(default=())

    @property
    def number(self):
        """The number of the chapter, the letter of the annex, or ""."""
        return next((block.number for block in self.blocks if isinstance(block, Heading)), "")


NOTE_MARK = Text("00")  # the room that the mark of a note takes; compared by identity, for a cell may say 00


def leaves(nodes):
    """The texts inside some nodes; None where a line ends. Notes are left out: they stand at the foot of the page."""
    for node in nodes:
        if isinstance(node, (Text, Code, Formula, RowId)):
            yield node
        elif isinstance(node, NoteAgain | Note):
            yield NOTE_MARK
        elif isinstance(node, LineBreak):
            yield None
        elif isinstance(node, CodeBlock):
            for line in node.text.split("\n"):
                yield Code(line)
                yield None
        elif isinstance(node, List):
            for item in node.items:
                yield Text("•   ")
                yield from leaves(item)
                yield None
        elif isinstance(node, Paragraph):
            yield from leaves(node.children)
            yield None
        else:
            yield from leaves(getattr(node, "children", getattr(node, "blocks", ())))


def plain_text(nodes):
    """The words of some nodes without any dress, ids of rows left out."""
    parts = (part for part in leaves(nodes) if part is not NOTE_MARK and not isinstance(part, RowId))
    return "".join(" " if part is None else part.alt if isinstance(part, Formula) else part.text for part in parts)


def walk(nodes):
    """Every node of the tree, from the top down, each before what it holds."""
    waiting = list(nodes)[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (tuple, list)):
            waiting += node[::-1]
        elif (fields := _fields(type(node))) is not None:
            yield node
            waiting += [value for name in fields if isinstance(value := getattr(node, name), (tuple, Caption))]


@cache
def _fields(kind):
    """The names of a node's parts, the last first; None of what is no node."""
    return tuple(kind.__dataclass_fields__)[::-1] if hasattr(kind, "__dataclass_fields__") else None
