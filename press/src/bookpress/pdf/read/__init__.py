"""From the prepared HTML of a page to the document tree.

Nothing is dropped here: an element or a class that is not named in this package raises PressError.
What is left out on purpose is named in `pages.DROPPED`.
"""

from bookpress.errors import PressError

from .. import tree
from ..pages import label
from .blocks import Reader, TableNote


def read_page(page):
    """Return the tree of one `pages.HtmlPage`."""
    reader = Reader(page.name, page.depth)
    blocks = reader.blocks(page.article, [label(page.name)])
    if any(isinstance(block, TableNote) for block in blocks):
        raise PressError(f"page {page.name}: a note of a table: stands under no table")
    return tree.Page(page.name, page.part, blocks)
