"""Words for numbers and dates: ranges, lists, citations, as prose and tables use them."""

import calendar
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from azawad_conflict.casualties import NO_FLOOR, SERIES, by_voice
from azawad_conflict.edtf_dates import Cell, in_words

NO_BREAK = "\u00a0"
MONTHS = calendar.month_name[1:]
SUMS = "Sums of claims, not estimates."  # what is true of every total here


class Myst(str):
    """A table cell that is MyST, for example a citation, which the press does not escape."""

    def _repr_markdown_(self):
        return str(self)


def day(date: str | pd.Timestamp) -> str:
    """A day in words: 27 June 2012."""
    return in_words(pd.Timestamp(date).strftime("%Y-%m-%d"))


def short_date(edtf: Cell) -> str:
    """A date for tables and charts, unbroken within a day: 27 Jun 2012, Nov 2013 – Feb 2014.

    A span of months gives the bounds within which the event lies; "undated" for a blank.
    """
    words = in_words(edtf).removeprefix("between ").replace(" and ", " – ")
    for month in MONTHS:
        words = words.replace(month, month[:3])
    return re.sub(r"(?<=\w) (?=\w)", NO_BREAK, words)


def short_day(date: str | pd.Timestamp) -> str:
    """A day as "27 Jun 2012", with spaces that do not break."""
    return short_date(pd.Timestamp(date).strftime("%Y-%m-%d"))


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"; "none" for no words."""
    words = list(words)
    if not words:
        return "none"
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def capital(words: str) -> str:
    """The words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def counted(number: int | np.integer, singular: str, plural: str | None = None) -> str:
    """A number with its noun: "1 town", "3 towns"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def number_or_none(number: int | np.integer) -> str:
    """A number for a sentence: "3", or "none"."""
    return f"{number:,}" if number else "none"


def number_range(row: Any) -> str:
    """A range in words: "7", "30 to 35", "at least 12", "20 to 35 or more", "not stated".

    Reads low, high, at_least and reported of a row.
    """
    if not row.get("reported", True) or (pd.isna(row["low"]) and pd.isna(row["high"])):
        return "not stated"
    if pd.isna(row["low"]):
        return f"up to {row['high']:,}"
    if pd.isna(row["high"]) or (row.get("at_least", False) and row["low"] == row["high"]):
        return f"at least {row['low']:,}"
    if row["low"] == row["high"]:
        return f"{row['low']:,}"
    return f"{row['low']:,} to {row['high']:,}" + (" or more" if row.get("at_least", False) else "")


def cited(source_ids: str | Iterable[str]) -> Myst:
    """A table cell that cites sources."""
    keys = (source_ids,) if isinstance(source_ids, str) else tuple(source_ids)
    return Myst("{cite:t}`" + ",".join(keys) + "`")


def sentence_numbers(numbers: Iterable[int]) -> str:
    """Sentence numbers as runs: "2–4, 19"; 0 is written "infobox"; "none" when empty."""
    numbers = sorted(int(number) for number in numbers)
    if not numbers:
        return "none"
    runs = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1 and runs[-1][0] > 0:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join("infobox" if a == b == 0 else str(a) if a == b else f"{a}–{b}" for a, b in runs)


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with a column side as readers get it: the column is called series, and names each side."""
    return frame.assign(side=frame["side"].map(SERIES)).rename(columns={"side": "series"})


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
    return " ".join([SUMS, *(_worth(side, parts.loc[side], int(alone.get(side, 0))) for side in told)])


def caution_together(everyone: pd.DataFrame) -> str:
    """The same for casualties.everyone_killed, by the best numbers."""
    return f"{SUMS} Everyone: neither a minimum nor an estimate; of the best of {int(everyone['best'].sum()):,}, {_suspect(everyone.sum(numeric_only=True))}."


def _worth(side, rows, alone):
    """alone : what of the low rests on one origin each."""
    unsafe = rows[rows.index.isin(NO_FLOOR)]
    if rows["low"].sum() and not unsafe["low"].sum():
        above = f"; of the high of {rows['high'].sum():,}, {_suspect(rows['high'])}" if unsafe["high"].sum() else ""
        single = f"; for {alone:,} of it one origin alone speaks" if alone else ""
        return f"{SERIES[side]}: the low, {rows['low'].sum():,}, is a minimum as far as its reports are right{single}{above}."
    if not unsafe["best"].sum():
        return f"{SERIES[side]}: no minimum is documented."
    return f"{SERIES[side]}: no minimum; of the best of {rows['best'].sum():,}, {_suspect(rows['best'])}."


def _suspect(parts):
    """What of a sum is no floor, in words: "81 are the enemy's word and 12 an encyclopaedia's"."""
    found = {voice: int(parts.get(voice, 0)) for voice in NO_FLOOR}
    verb = "is" if next((number for number in found.values() if number), 0) == 1 else "are"
    words = {"enemy": "the enemy's word", "encyclopaedia": "an encyclopaedia's"}
    told = [f"{number:,} {words[voice]}" for voice, number in found.items() if number]
    return f"{listed(told)}".replace(" ", f" {verb} ", 1) if told else "none is the enemy's word or an encyclopaedia's"
