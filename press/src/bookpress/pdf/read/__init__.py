"""From the prepared HTML of a page to the document tree.

Nothing is dropped here: an element or a class that is not named in this package raises PressError.
What is left out on purpose is named in `pages.DROPPED`. A page is read to its end, so that one error tells all of them.
"""

from bookpress.errors import PressError

from .. import tree
from ..pages import label
from .blocks import Reader, TableNote


def read_page(page):
    """Return the tree of one `pages.HtmlPage`. Raises PressError with a line for each thing that cannot be printed."""
    reader = Reader(page.name, page.depth)
    reader.faults += page.faults
    blocks = reader.blocks(page.article, [label(page.name)])
    if any(isinstance(block, TableNote) for block in blocks):
        reader.faults.append(f"page {page.name}: a note of a table: stands under no table")
    if reader.faults:
        raise PressError("\n".join(dict.fromkeys(reader.faults)))
    return tree.Page(page.name, page.part, blocks)
