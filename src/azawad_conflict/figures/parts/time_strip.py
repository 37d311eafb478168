"""The line of time under the map by date: turns, fights by their dead, days on which towns change.

Places across are shares of the width and all else is pixels, so that the drawing is as wide as
its page and its letters keep their size.
"""

from html import escape
from itertools import product
from typing import NamedTuple

import pandas as pd

from azawad_conflict.figures.parts.labels import TextLine, text_width
from azawad_conflict.figures.parts.style import DEAD, INK, MUTED, paint
from azawad_conflict.wording import MONTHS, counted, day

LETTER = 11  # pixels
ROW, ROWS = 15, 5  # of the names of the turns: pixels, and how many there are
BAR_ROOM = 42  # pixels of the highest bar
BASE = ROW * ROWS + 14 + BAR_ROOM
HEIGHT = BASE + 48
TICK, LONG_TICK = 4, 9  # days on which the state of a town changes, and on which its holders do
# Least pixels across, and rows of names; the style sheet shows the form that has room.
FORMS = {"wide": (860, ROWS), "medium": (640, ROWS), "narrow": (262, 3)}
# The turns named first if there is no room for all.
FIRST_NAMED = ("gao_2012_06_27", "kidal_2014_05_21", "konna_2013_01_10", "independence_2012_04")
NUMBER_ROOM_DAYS = 45  # a number stands over the highest bar within so many days
SLACK = 10  # pixels by which a name may reach over the ends
QUARTER, HALF = 3, 6  # months between two that are named where there is little room, and still less


class Turn(NamedTuple):
    """A turn: its day (timestamp) and its name."""

    day: pd.Timestamp
    name: str


class Flag(NamedTuple):
    """The place of a turn's name: row (0 is lowest), its end at the line, pixels from and to."""

    row: int
    anchor: str
    left: float
    right: float


def draw(dates, moved, fights, turns, opens):
    """The strip as SVG.

    dates : days (timestamps) with a state of their own, with the first and last day of the study.
    moved : the places with other holders, per date. fights : casualties.fights.
    turns : Turns by event_id. opens : the day that a page without a script shows.
    """
    first, last = dates[0], dates[-1]

    def across(when):
        return f"{100 * share(when, first, last):.2f}%"

    ticks = "".join(
        f'<line x1="{across(date)}" x2="{across(date)}" y1="{BASE + 2}" y2="{BASE + 2 + (LONG_TICK if towns else TICK)}" />'
        for date, towns in list(zip(dates, moved, strict=True))[1:]
    )
    return (
        f'<svg class="dm-strip" xmlns="http://www.w3.org/2000/svg" width="100%" height="{HEIGHT}" role="img" aria-label="{escape(alt(dates, fights))}" font-size="{LETTER}">'
        f"{_turns(turns, first, last, across)}"
        f'<g class="dm-ticks" stroke="{paint("muted", MUTED)}">{ticks}</g>{_calendar(first, last, across)}'
        f'{_fights(fights, across)}<line x2="100%" y1="{BASE}" y2="{BASE}" stroke="{paint("ink", INK)}" />'
        f'<line class="without-script" x1="{across(opens)}" x2="{across(opens)}" y1="{ROW * ROWS}" y2="{HEIGHT}" stroke="{paint("ink", INK)}" stroke-width="2" /></svg>'
    )


def share(when, first, last):
    """How far across a day lies, from 0 for the first to 1 for the last."""
    return (when - first) / (last - first)


def alt(dates, fights):
    """What the strip shows, in words; the lists of the page have all of it."""
    return (
        f"Line of time from {day(dates[0])} to {day(dates[-1])}: {counted(len(fights), 'fight')} between both sides, as bars by the reported dead, "
        f"and {counted(len(dates) - 1, 'day')} on which the state of a town changes."
    )


def flags(turns, first, last, width, rows):
    """The Flag of each turn whose name has room in so many pixels and rows, by event_id.

    A name stands beside the line that leads down from it to its day, and no line crosses a name.
    Names are placed in two orders, from the last to the first and by FIRST_NAMED; the order that
    leaves out fewer wins.
    """
    at = {event_id: share(turn.day, first, last) * width for event_id, turn in turns.items()}
    late, early = sorted(turns, key=at.get, reverse=True), sorted(turns, key=at.get)
    first_named = sorted(
        early, key=lambda event_id: FIRST_NAMED.index(event_id) if event_id in FIRST_NAMED else len(FIRST_NAMED)
    )
    found = [_placed(order, turns, at, width, rows) for order in (late, first_named)]
    return max(found, key=lambda placed: (len(placed.keys() & set(FIRST_NAMED)), len(placed)))


def _placed(order, turns, at, width, rows):
    """The flags of the turns, each in the lowest free row."""
    placed = {}
    for event_id in order:
        x, long = at[event_id], text_width(TextLine(turns[event_id].name, LETTER)) + 6
        for anchor, row in product(("start", "end"), range(rows)):
            flag = Flag(row, anchor, x, x + long) if anchor == "start" else Flag(row, anchor, x - long, x)
            if (
                flag.left >= -SLACK
                and flag.right <= width + SLACK
                and not any(_cross(flag, x, other, at[key]) for key, other in placed.items())
            ):
                placed[event_id] = flag
                break
    return placed


def _cross(one, at, other, other_at):
    """Whether two names overlap, or the line of the higher one passes through the lower one."""
    if one.row == other.row:
        return one.left < other.right + 4 and other.left < one.right + 4
    low, line = (one, other_at) if one.row < other.row else (other, at)
    return low.left - 3 < line < low.right + 3


def _turns(turns, first, last, across):
    """The turns once for each of FORMS, with all names that have room in it."""
    groups = []
    for form, (width, rows) in FORMS.items():
        placed = flags(turns, first, last, width, rows)
        parts = []
        for event_id, (when, name) in turns.items():
            x, flag = across(when), placed.get(event_id)
            bottom = ROW * (ROWS - flag.row) - 3 if flag else ROW * ROWS + 10
            parts.append(f'<line x1="{x}" x2="{x}" y1="{bottom - 9}" y2="{BASE}" />')
            if flag:
                shift = 4 if flag.anchor == "start" else -4
                parts.append(
                    f'<text x="{x}" dx="{shift}" y="{bottom}" text-anchor="{flag.anchor}" stroke="none" fill="{paint("ink", INK)}">{escape(name)}</text>'
                )
        groups.append(f'<g class="dm-{form}" stroke="{paint("region", MUTED)}">{"".join(parts)}</g>')
    return "".join(groups)


def _calendar(first, last, across):
    """A tick and a name for each month, and the years."""
    parts = [_year(first.year, "0%")]
    for month in pd.date_range(first, last, freq="MS"):
        kind = (
            ' class="dm-between"'
            if (month.month - 1) % QUARTER
            else ' class="dm-quarter"'
            if (month.month - 1) % HALF
            else ""
        )
        parts.append(
            f'<line x1="{across(month)}" x2="{across(month)}" y1="{BASE + 14}" y2="{BASE + (42 if month.month == 1 else 18)}" stroke="{paint("region", MUTED)}" />'
        )
        parts.append(f'<text{kind} x="{across(month)}" dx="2" y="{BASE + 27}">{MONTHS[month.month - 1][:3]}</text>')
        if month.month == 1:
            parts.append(_year(month.year, across(month)))
    return f'<g fill="{paint("muted", MUTED)}">{"".join(parts)}</g>'


def _year(year, x):
    return f'<text x="{x}" dx="2" y="{BASE + 41}" font-weight="bold">{year}</text>'


def _fights(fights, across):
    """A bar per fight with a line over its possible days, and numbers over the highest.

    A ring stands for a fight with nobody reported killed, or without a number.
    """
    per_person = BAR_ROOM / int(fights["best"].max())
    marks, numbers = [], []
    middles = fights["first"] + (fights["last"] - fights["first"]) / 2
    # The higher ones first, so that a lower one of the same days stands before them.
    for fight, middle in sorted(
        zip(fights.itertuples(), middles, strict=True), key=lambda pair: -pair[0].best if pair[0].reported else 0
    ):
        x = across(middle)
        if not fight.reported or not fight.best:
            marks.append(f'<circle cx="{x}" cy="{BASE}" r="3.5" fill="{paint("land", "#fff")}" />')
            continue
        top = f"{BASE - fight.best * per_person:.1f}"
        marks.append(f'<line x1="{x}" x2="{x}" y1="{BASE}" y2="{top}" stroke-width="3" />')
        if fight.first != fight.last:
            marks.append(f'<line x1="{across(fight.first)}" x2="{across(fight.last)}" y1="{top}" y2="{top}" />')
        near = (middles - middle).abs() <= pd.Timedelta(days=NUMBER_ROOM_DAYS)
        if fight.best == fights.loc[near, "best"].max():
            numbers.append(
                f'<text x="{x}" y="{float(top) - 3:.1f}" text-anchor="middle" font-weight="bold">{fight.best}</text>'
            )
    return f'<g class="dm-bars" stroke="{paint("dead", DEAD)}" stroke-width="1.5">{"".join(marks)}</g><g fill="{paint("dead", DEAD)}">{"".join(numbers)}</g>'
