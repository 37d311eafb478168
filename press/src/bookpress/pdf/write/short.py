"""Short words for long things: a caption in the lists of figures and tables, an entry of the bibliography where a link leads to it."""

import re
from textwrap import shorten
from urllib.parse import unquote, urlsplit

from .. import tree
from ..columns import is_long_token
from ..tree import plain_text

SHORT_NAME = 80  # letters


def short_name(entry):
    """What a link to an entry is announced by: who and when where it begins so, else its first words. The date may be words, "n.d." or "s. d."."""
    words = plain_text(entry.children).strip()
    dated = re.match(rf".{{1,{SHORT_NAME}}}?\([^()]+\)(?=\.)", words)
    return dated[0] if dated else shorten(words, SHORT_NAME, placeholder="…")


def is_bare(link):
    """Whether the words of a link are its address, be it encoded or not."""
    return unquote(plain_text(link.children).strip()) == unquote(link.url)


def host(url):
    """Where an address leads to, as a reader would say it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def first_sentence(nodes):
    """The nodes up to the first end of a sentence. The point of an abbreviation, as in "27 janv. 2013", has a no-break space behind it."""
    for node in nodes:
        end = re.search(r"[.?!](?=[ \n])", node.text) if isinstance(node, tree.Text) else None
        if end:
            yield tree.Text(node.text[: end.end()])
            return
        yield node


def bare(nodes):
    """Inline nodes without notes, anchors and links."""
    for node in nodes:
        if isinstance(node, (tree.Note, tree.NoteAgain, tree.Anchor)):
            continue
        if isinstance(node, (tree.Link, tree.Reference, tree.Drawn)):
            yield from bare(node.children)
        elif isinstance(node, tree.Styled):
            yield tree.Styled(node.style, tuple(bare(node.children)))
        else:
            yield node


def without_pages(nodes):
    """Inline nodes whose references tell no page."""
    for node in nodes:
        yield tree.Reference(node.label, node.children) if isinstance(node, tree.Reference) else node


def dated(nodes):
    """The inline nodes that cite a source, whose year stands on one line with the word before it."""
    if not nodes or not isinstance(nodes[-1], tree.Text):
        return nodes
    return (*nodes[:-1], tree.Text("\u00a0".join(nodes[-1].text.rsplit(" ", 1))))


def words_and_addresses(text):
    """(kind, run) of the runs of a text: paths and addresses break after other marks than words, and never at a hyphen."""
    runs = []
    for part in re.split(r"(\S+)", text):
        kind = "address" if is_long_token(part) else "words"
        if runs and runs[-1][0] == kind == "words":
            runs[-1][1] += part
        else:
            runs.append([kind, part])
    return [(kind, run) for kind, run in runs if run]
