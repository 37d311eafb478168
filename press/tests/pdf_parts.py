"""The parts of a PDF that tests ask for: its bookmarks, its tags and the ends of its lines."""

import re
from itertools import pairwise

LETTERS = r"[^\W\d_]"


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


def lines_of(document):
    """The lines of each page of a document of pypdfium2; where the typesetter hyphenates, both lines are one with U+FFFE in it."""
    for page in document:
        yield page.get_textpage().get_text_range().split("\r\n")


def words_cut(lines, vocabulary):
    """The two parts of each word that is cut at the end of a line without a hyphen.

    lines : those of one page. vocabulary : the words of the book in lower case; two parts that make one of them, and of which one
    is no word itself, are a word cut.
    """
    for line, following in pairwise(lines):
        end, start = re.search(rf"(?<![\w-]){LETTERS}+$", line.rstrip()), re.match(rf"{LETTERS}+(?![\w-])", following)
        if end and start:
            parts = end[0].lower(), start[0].lower()
            if "".join(parts) in vocabulary and not vocabulary.issuperset(parts):
                yield parts


def vocabulary(texts):
    """The words of the texts, in lower case."""
    return {word.lower() for text in texts for word in re.findall(rf"{LETTERS}+", text)}
