"""HTML as a tree of lxml: read, searched, changed without a word lost, and written again.

A node of lxml keeps the words that follow it, and takes them along; what is here leaves them in their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape

from cssselect import HTMLTranslator
from lxml import etree, html
from lxml.html import Element, HtmlElement

__all__ = [
    "Element", "HtmlElement", "children", "classes", "first", "is_within", "parsed", "put_before", "put_first", "select", "taken", "words_of", "wrap",
    "written", "written_inside",
]  # fmt: skip
_READER = html.HTMLParser(huge_tree=True)  # a page may be long and deep


def parsed(markup: str) -> HtmlElement:
    """Return the tree of a fragment of HTML, inside a node <body>."""
    return html.fragment_fromstring(markup, create_parent="body", parser=_READER)


def written(node: HtmlElement) -> str:
    """Return the HTML of a node."""
    return etree.tostring(node, encoding="unicode", method="html", with_tail=False)


def written_inside(node: HtmlElement) -> str:
    """Return the HTML inside a node."""
    return "".join(escape(child, quote=False) if isinstance(child, str) else written(child) for child in children(node))


def select(node: HtmlElement, css: str) -> list[HtmlElement]:
    """Return the nodes below a node that a CSS selector names, in the order of the page."""
    return _compiled(css)(node)


def first(node: HtmlElement, css: str) -> HtmlElement | None:
    """Return the first of what `select` finds, or None."""
    return next(iter(select(node, css)), None)


@cache
def _compiled(css: str, axis: str = "descendant::") -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(css, prefix=axis))


def classes(node: HtmlElement) -> list[str]:
    """Return the classes of a node, in the order that it names them."""
    return node.get("class", "").split()


def children(node: HtmlElement) -> Iterator[HtmlElement | str]:
    """Yield the nodes right below a node, and the words before, between and after them; comments are left out."""
    if node.text:
        yield node.text
    for child in node:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def is_within(node: HtmlElement, css: str) -> bool:
    """Return whether a node that a CSS selector names holds a node."""
    return bool(_compiled(css, "ancestor::")(node))


def words_of(node: HtmlElement) -> str:
    """Return all words inside a node, also those of its scripts."""
    return node.text_content()


def taken(node: HtmlElement) -> HtmlElement:
    """Take a node out of its tree, if it stands in one, and return it."""
    if node.getparent() is not None:
        node.drop_tree()
    node.tail = None
    return node


def put_first(node: HtmlElement, new: HtmlElement, space: str = "") -> None:
    """Put a node before all that another one holds, and a space behind it."""
    taken(new)  # before the words are read, for its own tail may join them
    node.text, new.tail = None, space + (node.text or "")
    node.insert(0, new)


def put_before(node: HtmlElement, new: HtmlElement) -> None:
    """Put a node before another one."""
    node.addprevious(taken(new))


def wrap(node: HtmlElement, outer: HtmlElement) -> HtmlElement:
    """Put a node into another one, which takes its place; return that."""
    put_before(node, outer)
    outer.tail, node.tail = node.tail, None
    outer.append(node)
    return outer
