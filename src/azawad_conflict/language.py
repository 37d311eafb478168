"""The language in which readers see the analysis: its words by GNU gettext, its numbers and months by Babel.

It is the one that the variable LANGUAGE names, as in every program with gettext, if `locale/` has its catalogue; else English, in
which the code is written. Keys, columns and everything that is computed are the same in each language.
"""

import gettext
import io
import os
from collections.abc import ItemsView, ValuesView
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from babel.dates import get_month_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALE = Path(__file__).with_name("locale")
DOMAIN, DATA = "azawad_conflict", "data"  # the words of the code, and those of the data that readers see
Width = Literal["wide", "abbreviated", "narrow"]
ENGLISH = "en"
NO_BREAK = "\u00a0"


def language() -> str:
    """The language in use, by its code: "en", "fr"."""
    return _known(os.environ.get("LANGUAGE", ""))


@cache
def _known(asked: str) -> str:
    """The first of the languages asked for, as in "fr_ML:fr", that is English or has a catalogue."""
    codes = (name.partition(".")[0].partition("_")[0] for name in asked.split(":"))
    return next((code for code in codes if code == ENGLISH or (code and catalogue(code).is_file())), ENGLISH)


def catalogue(code: str, domain: str = DOMAIN) -> Path:
    """The file of a language's catalogue, of DOMAIN or DATA."""
    return LOCALE / code / "LC_MESSAGES" / f"{domain}.po"


@cache
def _translations(code: str) -> gettext.NullTranslations:
    if code == ENGLISH:
        return gettext.NullTranslations()
    said = _read(catalogue(code))
    if catalogue(code, DATA).is_file():
        said.add_fallback(_read(catalogue(code, DATA)))
    return said


def _read(file: Path) -> gettext.GNUTranslations:
    compiled = io.BytesIO()
    with file.open("rb") as opened:
        write_mo(compiled, read_po(opened, abort_invalid=True))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def languages() -> list[str]:
    """The codes of all languages but English that have a catalogue."""
    return sorted(folder.name for folder in LOCALE.iterdir() if catalogue(folder.name).is_file())


def _(words: str) -> str:
    """The words in the language in use; as they are where its catalogue lacks them."""
    return in_language(language(), words)


def in_language(code: str, words: str) -> str:
    """The words in a language whatever the one in use is; as they are where its catalogue lacks them."""
    known = _translations(code)
    found = known.gettext(words) if words else words
    # Words that have a plural too are found by every Python in this way alone.
    return found if found != words else known.ngettext(words, words, 1)


def p_(context: str, words: str) -> str:
    """The words in the language in use as they are said of something: "none" of towns is another word in French than "none" of incidents."""
    return _translations(language()).pgettext(context, words)


def said(column: pd.Series) -> pd.Series:
    """A column of words of the data, each in the language in use; blanks stay."""
    return column.map(_, na_action="ignore")


def N_(words: str) -> str:
    """Mark words as a message, to be said where they are used: a constant is made before anybody asks for a language."""
    return words


def NN_(one: str, many: str) -> tuple[str, str]:
    """The same for words of one thing and of several, which `plural` says."""
    return one, many


def plural(one: str, many: str, number: int | np.integer) -> str:
    """Words for a number of things, by the plurals of the language in use; the caller fills in "{number}"."""
    return _translations(language()).ngettext(one, many, int(number))


def number(value: int | np.integer | float, digits: int | None = None) -> str:
    """A number with the marks of thousands and of decimals of the language in use: "1,234.5".

    digits : after the decimal mark; as many as the number has where none are given.
    """
    if language() == ENGLISH:
        return f"{value:,}" if digits is None else f"{value:,.{digits}f}"
    plain = value.item() if isinstance(value, np.integer) else value
    pattern = None if digits is None else "#,##0." + digits * "0"
    return format_decimal(plain, format=pattern, locale=language(), decimal_quantization=digits is not None)


def months(width: Width = "wide") -> tuple[str, ...]:
    """The twelve names of months, `width` "wide", "abbreviated" or "narrow" (one letter); in English three letters are short."""
    return _months(language(), width)


@cache
def _months(code: str, width: Width) -> tuple[str, ...]:
    names = get_month_names(width, context="format", locale=code).values()
    return tuple(name[:3] for name in names) if (code, width) == (ENGLISH, "abbreviated") else tuple(names)


def day_in_words(day: date) -> str:
    """ "27 June 2012", the day never parted from its month; in French the first is "1er"."""
    return f"{day_of_month(day.day)}{NO_BREAK}{month_in_words(day)}"


def day_of_month(day: int) -> str:
    """ "27"; in French the first is "1er"."""
    return "1er" if day == 1 and language() == "fr" else str(day)


def month_in_words(day: date) -> str:
    """ "June 2012"."""
    return f"{months()[day.month - 1]} {day.year}"


class WordsByKey(dict[str, str]):
    """Words by key, each said in the language in use when it is asked for. Written in English, as `N_` would mark it."""

    def __getitem__(self, key: str) -> str:
        return _(super().__getitem__(key))

    def written(self, key: str) -> str:
        """The words in English, as frames have them in every language."""
        return super().__getitem__(key)

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        return self[key] if super().__contains__(key) else default

    def values(self) -> ValuesView[str]:  # type: ignore[override]
        return dict(self.items()).values()

    def items(self) -> ItemsView[str, str]:  # type: ignore[override]
        return {key: self[key] for key in self}.items()
