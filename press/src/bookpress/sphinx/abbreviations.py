"""Abbreviations: what their letters stand for, told to a screen reader, and to the pointer of a mouse, where a page first has them."""

from __future__ import annotations

import re

from bookpress.book.languages import SETTINGS
from bookpress.markup.html import Element, words_of

_MARKED = re.compile(r"(?P<name>.+?)(?: <(?P<lang>[a-z]{2,3}(?:-\w+)*)>)?", re.DOTALL)  # as the role `language` has it
_AS_THEY_ARE = {"abbr", "code", "kbd", "samp"}  # tags whose words are left alone


def names_of(app):
    """Return {letters: attributes of <abbr>} of the abbreviations that `_config.yml` names, in the language of the pages."""
    given = app.config.bookpress.get("abbreviations", {})
    found = {}
    for letters, name in given.items():
        told = _MARKED.fullmatch(app.words.say(name, SETTINGS))
        found[app.words.say(letters, SETTINGS)] = {"title": told["name"]} | (
            {"lang": told["lang"]} if told["lang"] else {}
        )
    return found


def explain(paragraphs, names):
    """Tell what letters stand for in the first paragraph that has them, unless it says their name. names : see `names_of`."""
    waiting = dict(names)
    for paragraph in paragraphs:
        said = " ".join(words_of(paragraph).split())
        for letters in [letters for letters in waiting if letters in said]:
            whole = re.compile(rf"\b{re.escape(letters)}\b")
            if not whole.search(said):
                continue
            if waiting[letters]["title"].casefold() in said.casefold() or _mark(paragraph, whole, waiting[letters]):
                del waiting[letters]


def _mark(paragraph, whole, attributes):
    """Put the first letters that a pattern finds into an element of their own; return whether there are any."""
    for node, part in _pieces(paragraph):
        words = getattr(node, part) or ""
        if found := whole.search(words):
            mark = Element("abbr", attributes)
            mark.text, mark.tail = found[0], words[found.end() :]
            setattr(node, part, words[: found.start()])
            if part == "text":
                node.insert(0, mark)
            else:
                node.getparent().insert(node.getparent().index(node) + 1, mark)
            return True
    return False


def _pieces(node):
    """(node, "text" or "tail") of all words inside a node, in their order."""
    yield node, "text"
    for child in node:
        if child.tag not in _AS_THEY_ARE:
            yield from _pieces(child)
        yield child, "tail"
