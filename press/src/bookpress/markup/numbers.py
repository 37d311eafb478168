"""How the numbers of a column stand below each other: the one rule, for the tables of notebooks and for those of prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

FIGURE_SPACE = "\u2007"  # as wide as a digit
NO_BREAK = "\u00a0"
_COUNT = r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+)"  # with marks of thousands
_NUMBER = rf"{_COUNT}(?:[.,]\d+)?(?:[ \u00a0\u202f]?%)?"
_SIGN = r"[~≈<>≤≥+\-−–±]?[ \u00a0\u202f]?"
_WHOLE = re.compile(rf"{_SIGN}{_NUMBER}(?:[ ]?[–−-][ ]?{_NUMBER})?\+?|[–—-]|n/?a|\?", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[ ]?–[ ]?(?:1[5-9]|20)\d\d)?")  # or several
# A number, and behind it a second one after a word for "to", or what stands in brackets, or a mark, or a unit. A date is none of these.
_LED = re.compile(
    rf"({_SIGN}{_COUNT})(?:[.,]\d+)?(?:[ \u00a0]?%)?(?:[ \u00a0][a-zà-ÿ]{{1,3}}[ \u00a0](?!(?:1[5-9]|20)\d\d\b)\d.*| \(.*|[ \u00a0][†‡*]|[ \u00a0][a-zµ]{{1,2}})?",
    re.DOTALL,
)
# A number, a second one after a word for "to", and the short words that end a cell: "40 to 182 or more". A date with its year is no range.
_RANGE = re.compile(
    rf"(?<![\w.,]){_COUNT}(?:[.,]\d+)?(?: [a-zà-ÿ]{{1,3}} (?!(?:1[5-9]|20)\d\d\b){_COUNT}(?:[.,]\d+)?)?"
    r"(?:(?: [a-zà-ÿ]{2,4}){1,2}(?=$| [(†‡*]|[;,)]))?"
)


def side(words: Sequence[str]) -> str:
    """Where a column of these words stands: at the right if all are numbers, spans or percentages, and not all of them years."""
    filled = [word for word in words if word]
    numbers = bool(filled) and all(map(_WHOLE.fullmatch, filled)) and any(re.search(r"\d", word) for word in filled)
    return "right" if numbers and not all(map(_YEAR.fullmatch, filled)) else "left"


def unbroken(words: str) -> str:
    """The words of a cell, in which no line ends inside a range: a second number below the first would be read as a value of its own."""
    return _RANGE.sub(lambda found: found[0].replace(" ", NO_BREAK), words)


def at_the_unit(words: Sequence[str]) -> list[str]:
    """The words of a column at the left, figure spaces before its numbers so that their units stand below each other.

    Most of them must begin with a number; what does not stays where it is.
    """
    led = [_LED.fullmatch(word) for word in words]
    if 2 * sum(map(bool, led)) <= sum(map(bool, words)):
        return list(words)
    widest = max((len(found[1]) for found in led if found), default=0)
    return [FIGURE_SPACE * (widest - len(found[1])) + word if found else word for word, found in zip(words, led)]
