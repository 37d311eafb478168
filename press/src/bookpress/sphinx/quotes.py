"""Typographic quotation marks and apostrophes in the cells of tables, where MyST, which sets those of the prose, leaves straight ones.

Only the pages have them: a notebook shows a cell as it is, and so do the files beside a table.
"""

import re

_MARKS = (("'", "‘", "’"), ('"', "“", "”"))
# What is copied stays as it is, and what another gave its name.
_WORDS = """.//text()[contains(., "'") or contains(., '"')][ancestor::td or ancestor::th]
[not(ancestor::code or ancestor::pre or ancestor::kbd or ancestor::samp or ancestor::a[@href])]"""


def curl(table):
    """Curl the quotation marks of a table's cells, but for code and links."""
    for words in table.xpath(_WORDS):
        setattr(words.getparent(), "tail" if words.is_tail else "text", _curled(str(words), words.is_tail))


def _curled(words, follows):
    """follows : whether an element stands right before the words, to which a mark at their beginning belongs."""
    words = f"{'x' if follows else ' '}{words}"
    for straight, opening, closing in _MARKS:
        words = re.sub(rf"(?<=[^\s(\[“‘«]){straight}", closing, words).replace(straight, opening)
    return words[1:]
