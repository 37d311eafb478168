"""Abbreviations and names: what letters stand for, told to a screen reader, and to the pointer of a mouse, where a page first has them; which names are in another language."""

from __future__ import annotations

import re

from bookpress.book.languages import MARKED, SETTINGS
from bookpress.markup.html import Element, words_of

_AS_THEY_ARE = {"abbr", "code", "kbd", "samp", "pre", "script", "style", "svg"}  # tags whose words are left alone


def names_of(app):
    """Return {letters: attributes of <abbr>} of the abbreviations that `_config.yml` names, in the language of the pages."""
    given = app.config.bookpress.get("abbreviations", {})
    found = {}
    for letters, name in given.items():
        told = MARKED.fullmatch(app.words.say(name, SETTINGS))
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


def name_languages(body, names):
    """Mark names in another language wherever the words of a page have them. names : {name: code of its language}."""
    if not names:
        return
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for node, part in list(_pieces(body)):
        rest = getattr(node, part) or ""
        while found := known.search(rest):
            rest = rest[found.end() :]
            node, part = _apart(node, part, found, Element("span", {"lang": names[found[0]]})), "tail"


def _mark(paragraph, whole, attributes):
    """Put the first letters that a pattern finds into an element of their own; return whether there are any."""
    for node, part in _pieces(paragraph):
        if found := whole.search(getattr(node, part) or ""):
            _apart(node, part, found, Element("abbr", attributes))
            return True
    return False


def _apart(node, part, found, mark):
    """Put what was found in the text or tail of a node into an element, which is returned: its tail is what follows."""
    mark.text, mark.tail = found[0], found.string[found.end() :]
    setattr(node, part, found.string[: found.start()])
    if part == "text":
        node.insert(0, mark)
    else:
        node.getparent().insert(node.getparent().index(node) + 1, mark)
    return mark


def _pieces(node):
    """(node, "text" or "tail") of all words inside a node, in their order; those that say their language are left alone."""
    yield node, "text"
    for child in node:
        if child.tag not in _AS_THEY_ARE and "lang" not in child.attrib:
            yield from _pieces(child)
        yield child, "tail"
