"""The parts of a PDF that tests ask for: its bookmarks and its tags."""


def bookmarks(items, depth=0):
    """(depth, title) of each bookmark of an outline of pypdf, in order."""
    for item in items:
        if isinstance(item, list):
            yield from bookmarks(item, depth + 1)
        else:
            yield depth, item.title


def tagged(node, kinds):
    """Each element of these kinds below a node of the tags, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict) and "/S" in kid:
            if kid["/S"] in kinds:
                yield kid
            yield from tagged(kid, kinds)
