"""What the cells of a frame say in a table, and where they stand."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from bookpress.environment import LANGUAGE_VARIABLE

from .numbers import at_the_unit, side, unbroken

if TYPE_CHECKING:  # slow to import, and the pages are made without it
    from pandas import Series

# Every ASCII mark that can take part in MyST markup; the marks left out never start any.
_MARKUP = re.compile(r"[!\"#$&'()*:<=>?@\[\\\]^_`{|}~+-]")


def escaped(words: str) -> str:
    """Words of data as MyST that shows them as they are, also in headings and captions."""
    return _MARKUP.sub(r"\\\g<0>", words)


def standing(column: Series, told: str | None) -> tuple[str, list[Any]]:
    """Where a column stands, and its cells, with their numbers below each other; what a cell with markup of its own shows, it says."""
    import pandas  # here, and not where the pages are made of what notebooks have shown

    cells = list(column)
    if any(hasattr(cell, "_repr_markdown_") for cell in cells) or pandas.api.types.is_bool_dtype(column):
        return told or "left", cells
    if pandas.api.types.is_float_dtype(column):  # as many decimals as the number with the most
        most = max((len(format(cell, ".15g").partition(".")[2]) for cell in column.dropna()), default=0)
        cells = ["" if pandas.isna(cell) else marked(format(cell, f".{most}f")) for cell in cells]
    elif (
        pandas.api.types.is_integer_dtype(column) and side([text_of(cell) for cell in cells]) == "right"
    ):  # years have no mark of thousands
        cells = ["" if pandas.isna(cell) else marked(format(cell, ",")) for cell in cells]
    words = [text_of(cell) for cell in cells]
    place = told or ("right" if pandas.api.types.is_numeric_dtype(column) else side(words))
    return place, at_the_unit(words) if place == "left" else words


def text_of(cell: Any) -> str:
    """A cell as one line of text: blank when missing, a float without binary dust (0.3, not 0.30000000000000004), a range unbroken."""
    import pandas

    if pandas.api.types.is_scalar(cell) and pandas.isna(cell):
        return ""
    return marked(format(cell, ".15g")) if isinstance(cell, float) else unbroken(line(cell))


def marked(number: str) -> str:
    """A number with the marks of thousands and of decimals of the language in which it is shown; of thousands with none in the book's own language."""
    language = os.environ.get(LANGUAGE_VARIABLE)
    if not language:
        return number.replace(",", "")
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = Locale.parse(language, sep="-")
    return number.translate({ord(","): get_group_symbol(locale), ord("."): get_decimal_symbol(locale)})


def line(text: object) -> str:
    """Words as one line; a no-break space stays, which split() would take."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", str(text)).strip(" ")
