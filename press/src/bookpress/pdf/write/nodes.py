"""What the writer asks of the tree: the labels of places, rows that name others."""

from .. import tree
from ..tree import walk


def labels_of(pages):
    """Map each label to the one that its place bears in print, for a place can have many ids but one label."""
    found = {}
    for node in walk(page.blocks for page in pages):
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


def is_group_name(row):
    """Whether a row of a table's body is the name of the rows below it: one head cell, and no other."""
    return len(row) == 1 and row[0].head and row[0].colspan > 1
