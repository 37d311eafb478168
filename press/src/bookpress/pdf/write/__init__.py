"""From the document tree to Typst.

Words always go out as string literals, so nothing in them can act as markup. Every name called here
is defined in report.typ, which decides how things look; this package decides only what they are.

writer.py   pages, block by block     nodes.py  what is asked of the tree     short.py  words of lists and links     literals.py  values as Typst writes them
"""

from dataclasses import dataclass, field, replace

from bookpress.errors import PressError

from ..tree import plain_text
from .literals import quoted
from .writer import Writer

__all__ = ["LISTS", "Source", "quoted", "write_book"]

LISTS = "lists of figures and tables"  # the name of their source; no page of a book has a name with spaces


@dataclass(frozen=True)
class Source:
    """A book in Typst.

    pages : source by the name of its page, in order, the lists of figures and tables among them. images : file
    by the name that it has in the sources. annexes : letter by the name of its page. summary : the name of the page that
    stands alone after the cover, or "". cover : the name of the picture on the cover, or "". from_the_right : words that run so.
    named_by : of each table, in order, the columns that name its rows.
    set_apart : what the words are that have a tag of their own, in their order, each (kind, words, language): of a label its number or "",
    of an abbreviation the name that it stands for, of a row its id; "" where the language is the book's. chapters : name by that of its page. addresses : what is said of links whose words are an address of a source, by this.
    """

    pages: dict
    images: dict
    annexes: dict
    summary: str = ""
    cover: str = ""
    from_the_right: frozenset = frozenset()
    named_by: tuple = ()
    set_apart: tuple = ()
    chapters: dict = field(default_factory=dict)
    addresses: dict = field(default_factory=dict)


def write_book(pages, paper="a4", summary="", cover=""):
    """Return the book as `Source`.

    summary : the page that is to stand alone after the cover, or "". cover : the label of the figure whose picture is
    to stand on the cover, or "". Raises PressError for a reference to a label that no page has, for a table
    that fits on no page, for a summary that is not printed, and for a cover that no figure has.
    """
    if summary and summary not in {page.name for page in pages}:
        raise PressError(f"page {summary}: is to be the summary after the cover, and is not printed")
    writer = Writer(pages, paper)
    sources, annexes = {}, {}
    for page in _summary_first(pages, summary):
        if page.number.isalpha():
            if not annexes:  # lists stand between the report and its annexes
                sources[LISTS] = "#lists()\n"
            annexes[page.name] = page.number
        sources[page.name] = writer.page(page)
    sources.setdefault(LISTS, "#lists()\n")
    images = {name: path for path, name in writer.images.items()}
    picture = writer.cover(pages, cover) if cover else ""
    chapters = {page.name: plain_text(page.blocks[:1]) for page in pages}
    return Source(
        sources,
        images,
        annexes,
        summary,
        picture,
        writer.from_the_right,
        tuple(writer.named_by),
        tuple(writer.set_apart),
        chapters,
        writer.addresses,
    )


def _summary_first(pages, summary):
    """The pages with the summary before the others; the part that it opens then begins with the next page."""
    first, rest, part = [], [], ""
    for page in pages:
        if page.name == summary:
            first, part = [replace(page, part="")], page.part
        else:
            rest.append(replace(page, part=page.part or part))
            part = ""
    return first + rest
