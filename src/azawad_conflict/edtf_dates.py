"""EDTF dates: their earliest and latest day, their precision, and their words.

The report uses days (2012-06-27), months (2012-06), years (2012) and intervals of these
(2012-11-20/2012-11-21), open on one side where a source leaves them open (2014-02/..). Other forms
of EDTF are refused: nothing here could put them on a time line or in words.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import pandas as pd
from pandas.api.typing import NAType

from azawad_conflict.language import ENGLISH, _, day_in_words, day_of_month, language, month_in_words, p_

Cell = (
    str | NAType | float | None
)  # a cell of text, whose blank is NA, NaN or None: it depends on the frame that holds it
LONGEST = 21  # an interval of two days
# The forms in use, of all of EDTF; tests/unit/test_edtf_dates.py holds them to a whole library.
FORMS = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
OPEN = ".."
PRECISIONS = {4: "year", 7: "month", 10: "day"}


@cache
def bounds(edtf: str) -> tuple[date, date]:
    """Earliest and latest day of an EDTF date, as datetime.date; date.min or date.max if open.

    Raises ValueError, with the reason, when the text is not a date of the forms above.
    """
    ends = _ends(edtf)
    first, last = ((date.min, date.max) if end == OPEN else _days(end) for end in (ends[0], ends[-1]))
    if OPEN not in ends and last[0] < first[0]:
        raise ValueError("an interval that ends before it starts")
    return first[0], last[1]


def precision(edtf: Cell) -> str:
    """One of "day", "month", "year", "interval"; "undated" for a blank."""
    if not isinstance(edtf, str) or edtf == "":
        return "undated"
    ends = _ends(edtf)
    return "interval" if len(ends) == 2 else PRECISIONS[len(ends[0])]


def in_words(edtf: Cell) -> str:
    """An EDTF date as prose has it; "undated" for a blank.

    Days joined by an interval are a span ("20–21 November 2012", which French says with a word for the dash); an interval of months or years
    says that the day is unknown, not that the event lasted ("between January and February 2013").
    """
    if not isinstance(edtf, str) or edtf == "":
        return _("undated")
    bounds(edtf)
    ends = _ends(edtf)
    if len(ends) == 1:
        return _words(ends[0])
    start, end = ends
    if end == OPEN:
        return _("since {date}").format(date=_in_a_phrase(start))
    if start == OPEN:
        return _("until {date}").format(date=_in_a_phrase(end))
    if _is_day_span(ends):
        return _said_span(start, end)
    first, last = _year_once(start, end)
    return _("between {first} and {last}").format(first=_in_a_phrase(start, first), last=_in_a_phrase(end, last))


def bounds_in_words(edtf: Cell) -> str:
    """The same where no sentence stands: "27 June 2012 – July 2012", not "between 27 June 2012 and July 2012"."""
    ends = _ends(edtf) if isinstance(edtf, str) else []
    if len(ends) == 2 and OPEN not in ends:
        bounds(edtf)
        return _day_span(*ends) if _is_day_span(ends) else " – ".join(_year_once(*ends))
    return in_words(edtf)


def day_bounds(dates: pd.Series) -> pd.DataFrame:
    """Earliest and latest day of each date of a column of EDTF text; missing if blank or not valid.

    Each distinct text is parsed once.
    """
    codes, texts = pd.factorize(dates)
    # The last pair is that of a blank, whose code is -1.
    days = [*map(_bounds_or_none, texts), (None, None)]
    # Seconds reach from year 1 to 9999, so that an open end has a day too.
    known = pd.DataFrame(days, columns=["earliest", "latest"]).astype("datetime64[s]")
    return known.take(codes).set_axis(dates.index)


def year_of(text: Cell) -> str:
    """Calendar year of an EDTF date as text; "undated" for a blank, "2013–2014" over two years."""
    if not isinstance(text, str):
        return _("undated")
    first, last = bounds(text)
    if last == last.max:
        return _("since {date}").format(date=first.year)
    if first == first.min:
        return _("until {date}").format(date=last.year)
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


def _bounds_or_none(text: str) -> tuple[date, date] | tuple[None, None]:
    try:
        return bounds(text)
    except ValueError:
        return None, None


def _ends(edtf: str) -> list[str]:
    """The one or two ends of a date as text. Raises ValueError for forms that are not in use."""
    ends = edtf.split("/")
    if len(edtf) > LONGEST or len(ends) > 2 or ends in (["..", ".."], [".."]):
        raise ValueError("not a date")
    return ends


@cache
def _days(text: str) -> tuple[date, date]:
    """First and last day of a day, month or year. Raises ValueError for anything else."""
    if not FORMS.fullmatch(text):
        raise ValueError("not a date")
    parts = [int(part) for part in text.split("-")]
    first = date(*parts, *[1, 1][len(parts) - 1 :])
    last_month = 12 if len(parts) == 1 else first.month
    return first, first if len(parts) == 3 else date(first.year, last_month, monthrange(first.year, last_month)[1])


def _words(text: str) -> str:
    first, _ = bounds(text)
    return {4: f"{first.year}", 7: month_in_words(first), 10: day_in_words(first)}[len(text)]


def _in_a_phrase(text: str, words: str = "") -> str:
    """An end of an interval after "since" or "between", where a day takes an article in French."""
    words = words or _words(text)
    return p_("after a preposition", "{day}").format(day=words) if len(text) == 10 else words


def _year_once(start: str, end: str) -> tuple[str, str]:
    """Both ends in words; "January", "February 2013" for months of one year."""
    same_year = start[:4] == end[:4] and {len(start), len(end)} == {7}
    return _words(start).removesuffix(f" {start[:4]}") if same_year else _words(start), _words(end)


def _is_day_span(ends: list[str]) -> bool:
    return {len(end) for end in ends} == {10}


def _said_span(start: str, end: str) -> str:
    """Days from first to last in a sentence: English has the dash there too, other languages a word."""
    if start == end or language() == ENGLISH:
        return _day_span(start, end)
    first, last, _dash = _span(start, end)
    follows = bounds(end)[0] - bounds(start)[0] == timedelta(days=1)
    form = p_("two days", "{first} – {last}") if follows else p_("more than two days", "{first} – {last}")
    return form.format(first=first, last=last)


def _day_span(start: str, end: str) -> str:
    first, last, dash = _span(start, end)
    return last if start == end else f"{first}{dash}{last}"


def _span(start: str, end: str) -> tuple[str, str, str]:
    """The first day without the month and year that the last one says too, the last day, and the dash between them."""
    if start[:7] == end[:7]:
        return day_of_month(bounds(start)[0].day), _words(end), "–"
    return _words(start).rsplit(" ", 1)[0] if start[:4] == end[:4] else _words(start), _words(end), " – "
