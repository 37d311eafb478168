"""Words for numbers and dates: ranges, lists, citations, as prose and tables use them."""

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from azawad_conflict.casualties import NO_FLOOR, SERIES, by_voice
from azawad_conflict.edtf_dates import Cell, bounds_in_words, in_words
from azawad_conflict.language import ENGLISH, N_, NO_BREAK, _, language, months, number, p_, plural

SUMS = N_("Sums of claims, not estimates.")  # what is true of every total here


class Myst(str):
    """A table cell that is MyST, for example a citation, which the press does not escape."""

    def _repr_markdown_(self):
        return str(self)


def in_language(words: str, code: str) -> Myst:
    """Words in another language than the reader's, which bear its mark in a table."""
    return Myst(f"{{language}}`{words} <{code}>`")


def day(date: str | pd.Timestamp) -> str:
    """A day in words: 27 June 2012."""
    return in_words(pd.Timestamp(date).strftime("%Y-%m-%d"))


def short_date(edtf: Cell) -> str:
    """A date for tables and charts, unbroken within a day: 27 Jun 2012, Nov 2013 – Feb 2014.

    A span of months gives the bounds within which the event lies; "undated" for a blank.
    """
    words = bounds_in_words(edtf)
    for name, short in zip(months(), months("abbreviated"), strict=True):
        words = words.replace(name, short)
    return re.sub(r"(?<=[\w.]) (?=\w)", NO_BREAK, words)


def short_day(date: str | pd.Timestamp) -> str:
    """A day as "27 Jun 2012", with spaces that do not break."""
    return short_date(pd.Timestamp(date).strftime("%Y-%m-%d"))


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"; "none" for no words."""
    words = list(words)
    if not words:
        return _("none")
    return words[0] if len(words) == 1 else _("{some} and {last}").format(some=", ".join(words[:-1]), last=words[-1])


def titles(names: Iterable[str]) -> str:
    """Names as a list in a sentence, each in quotation marks, since a comma may be part of one."""
    return listed(name if name[:1] in "“«" else _("“{name}”").format(name=name) for name in names)


def within(side: str) -> str:
    """The name of a side, or of a language, within a sentence: in French it has a small letter, but for an acronym."""
    return side if language() == ENGLISH or side[1:2].isupper() else side[:1].lower() + side[1:]


def capital(words: str) -> str:
    """The words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def counted(count: int | np.integer, singular: str, many: str | None = None) -> str:
    """A number with its noun: "1 town", "3 towns". The nouns are messages of the catalogue."""
    return f"{number(count)} {plural(singular, many or singular + 's', count)}"


def number_or_none(count: int | np.integer, things: str) -> str:
    """A number for a sentence: "3", or "none" as the language says it of such things; "towns" is a context of the catalogue."""
    return number(count) if count else p_(things, "none")


def number_range(row: Any) -> str:
    """A range in words: "7", "30 to 35", "at least 12", "20 to 35 or more", "not stated".

    Reads low, high, at_least and reported of a row.
    """
    if not row.get("reported", True) or (pd.isna(row["low"]) and pd.isna(row["high"])):
        return _("not stated")
    if pd.isna(row["low"]):
        return _("up to {number}").format(number=number(row["high"]))
    if pd.isna(row["high"]) or (row.get("at_least", False) and row["low"] == row["high"]):
        return _("at least {number}").format(number=number(row["low"]))
    if row["low"] == row["high"]:
        return number(row["low"])
    form = _("{low} to {high} or more") if row.get("at_least", False) else _("{low} to {high}")
    return form.format(low=number(row["low"]), high=number(row["high"]))


def cited(source_ids: str | Iterable[str]) -> Myst:
    """A table cell that cites sources."""
    keys = (source_ids,) if isinstance(source_ids, str) else tuple(source_ids)
    return Myst("{cite:t}`" + ",".join(keys) + "`")


def sentence_numbers(numbers: Iterable[int]) -> str:
    """Sentence numbers as runs: "2–4, 19"; 0 is written "infobox"; "none" when empty."""
    numbers = sorted(int(sentence) for sentence in numbers)
    if not numbers:
        return number_or_none(0, "sentences")
    runs = []
    for sentence in numbers:
        if runs and sentence == runs[-1][1] + 1 and runs[-1][0] > 0:
            runs[-1][1] = sentence
        else:
            runs.append([sentence, sentence])
    return ", ".join(_("infobox") if a == b == 0 else str(a) if a == b else f"{a}–{b}" for a, b in runs)


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with a column side as the files of data have it: the column is called series, and names each side, in English."""
    return frame.assign(side=frame["side"].map(dict(SERIES))).rename(columns={"side": "series"})


def caution(ranges: pd.DataFrame) -> str:
    """The caution beside totals, by whose claims make them: "Sums of claims, not estimates. ...".

    ranges : rows of casualties.incident_ranges of one outcome, of any side. "Minimum" is said of
    a low alone, and only where no enemy and no encyclopaedia makes any part of it. Rule:
    methods.md, "What a total is worth".
    """
    reported = ranges[ranges["reported"]]
    parts = by_voice(reported, ["side"]).set_index(["side", "voice"])
    alone = reported[reported["origins"].eq(1)].groupby("side")["low"].sum()
    told = [side for side in SERIES if side in parts.index]
    return " ".join([_(SUMS), *(_worth(side, parts.loc[side], int(alone.get(side, 0))) for side in told)])


def caution_together(everyone: pd.DataFrame) -> str:
    """What casualties.everyone_killed is worth, by the best numbers."""
    said = _("Everyone: neither a minimum nor an estimate; of the best of {best}, {suspect}.")
    return said.format(best=number(int(everyone["best"].sum())), suspect=_suspect(everyone.sum(numeric_only=True)))


def _worth(side, rows, alone):
    """alone : what of the low rests on one origin each."""
    unsafe, name = rows[rows.index.isin(NO_FLOOR)], SERIES[side]
    if rows["low"].sum() and not unsafe["low"].sum():
        words = _(
            "{side}: no part of the low, {low}, is an enemy's word or an encyclopaedia's; it holds as far as its reports are right and count nobody twice{alone}{above}."
        )
        single = _("; for {number} of it one origin alone speaks").format(number=number(alone)) if alone else ""
        above = _("; of the high of {high}, {suspect}").format(
            high=number(rows["high"].sum()), suspect=_suspect(rows["high"])
        )
        return words.format(
            side=name, low=number(rows["low"].sum()), alone=single, above=above if unsafe["high"].sum() else ""
        )
    if not unsafe["best"].sum():
        return _("{side}: no minimum is documented.").format(side=name)
    words = _("{side}: no minimum; of the best of {best}, {suspect}.")
    return words.format(side=name, best=number(rows["best"].sum()), suspect=_suspect(rows["best"]))


def _suspect(parts):
    """What of a sum is no floor, in words: "81 are the enemy's word and 12 an encyclopaedia's"."""
    enemy, encyclopaedia = (int(parts.get(voice, 0)) for voice in NO_FLOOR)
    said = {
        (False, False): _("none is the enemy's word or an encyclopaedia's"),
        (True, False): plural("{enemy} is the enemy's word", "{enemy} are the enemy's word", enemy),
        (False, True): plural(
            "{encyclopaedia} is an encyclopaedia's", "{encyclopaedia} are an encyclopaedia's", encyclopaedia
        ),
        (True, True): plural(
            "{enemy} is the enemy's word and {encyclopaedia} an encyclopaedia's",
            "{enemy} are the enemy's word and {encyclopaedia} an encyclopaedia's",
            enemy,
        ),
    }[bool(enemy), bool(encyclopaedia)]
    return said.format(enemy=number(enemy), encyclopaedia=number(encyclopaedia))
