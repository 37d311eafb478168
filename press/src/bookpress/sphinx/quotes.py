"""Typographic quotation marks and apostrophes in the cells of tables and the titles of figures, where MyST, which sets those of the prose, leaves straight ones.

Only the pages have them: a notebook shows a cell as it is, and so do the files beside a table. A drawing sets its own.
"""

import re

from bookpress.environment import HEADING_CLASS

_MARKS = (("'", "‘", "’"), ('"', "“", "”"))
# What is copied stays as it is, and what another gave its name.
_WORDS = f""".//text()[contains(., "'") or contains(., '"')][ancestor::td or ancestor::th or ancestor::*[@class="{HEADING_CLASS}"]]
[not(ancestor::code or ancestor::pre or ancestor::kbd or ancestor::samp or ancestor::a[@href])]"""


def curl(node):
    """Curl the quotation marks of a table's cells, but for code and links, or those of a figure's title and of what is said in its place."""
    for words in node.xpath(_WORDS):
        setattr(words.getparent(), "tail" if words.is_tail else "text", _curled(str(words), words.is_tail))
    for image in node.xpath(".//img[@alt]"):  # one without is left so, and found
        image.set("alt", _curled(image.get("alt"), False))


def _curled(words, follows):
    """follows : whether an element stands right before the words, to which a mark at their beginning belongs."""
    words = f"{'x' if follows else ' '}{words}"
    for straight, opening, closing in _MARKS:
        words = re.sub(rf"(?<=[^\s(\[“‘«]){straight}", closing, words).replace(straight, opening)
    return words[1:]
