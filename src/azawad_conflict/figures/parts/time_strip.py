"""The line of time under the map by date: turns, fights by their dead, and days on which towns change.

Places across are shares of the width and all else is pixels, so that the drawing is as wide as its
page and its letters stay as they are. The markup is in templates/time_strip.html.
"""

from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from azawad_conflict.figures.parts.labels import TextLine, text_width
from azawad_conflict.figures.parts.style import DEAD, INK, MUTED, WIDEST, paint
from azawad_conflict.language import _, months
from azawad_conflict.wording import counted, day

LETTER = 11  # pixels
ROW, ROWS = 15, 5  # of the names of the turns: pixels, and how many there are
BAR_ROOM = 42  # pixels of the highest bar
BASE = ROW * ROWS + 14 + BAR_ROOM
HEIGHT = BASE + 48
TICK, LONG_TICK = 4, 9  # days on which the state of a town changes, and on which its holders do
# Least pixels across, and rows of names; the style sheet shows the widest form that has room.
FORMS = {"wide": (860, ROWS), "medium": (640, ROWS), "narrow": (262, 3)}
# The turns whose names come first if not all have room.
FIRST_NAMED = ("gao_2012_06_27", "kidal_2014_05_21", "konna_2013_01_10", "independence_2012_04")
NUMBER_ROOM_DAYS = 45  # a number stands over the highest bar within so many days
SLACK = 10  # pixels by which a name may reach over the ends
PAINTS = {
    "ink": paint("ink", INK),
    "muted": paint("muted", MUTED),
    "region": paint("region", MUTED),
    "dead": paint("dead", DEAD),
    "land": paint("land", "#fff"),
}
ROOM_OF_MONTH = 3  # letters, in the widest form; longer names have one
QUARTER, HALF = 3, 6  # months from name to name in the medium and in the narrow form


class Turn(NamedTuple):
    """A turn: its day (timestamp) and its name."""

    day: pd.Timestamp
    name: str


class Flag(NamedTuple):
    """The place of a turn's name: row (0 is lowest), text-anchor at its line, pixels from and to."""

    row: int
    anchor: str
    left: float
    right: float


def parts(
    dates: list[pd.Timestamp], moved: list[list[str]], fights: pd.DataFrame, turns: dict[str, Turn], opens: pd.Timestamp
) -> dict[str, Any]:
    """Return the lines, names and bars of the strip, as the template time_strip.html draws them.

    dates : days (timestamps) with a state of their own, among them the first and the last of the
    study.
    moved : the places with other holders, per date. fights : casualties.fights.
    turns : Turns by event_id. opens : the day that a page without a script shows.
    """
    first, last = dates[0], dates[-1]

    def across(when):
        return f"{100 * share(when, first, last):.2f}%"

    changes = list(zip(dates, moved, strict=True))[1:]
    return {
        "alt": alt(dates, fights),
        "height": HEIGHT,
        "base": BASE,
        "names_end": ROW * ROWS,
        "letter": LETTER,
        "paints": PAINTS,
        "forms": {
            form: _turns(turns, flags(turns, first, last, width, rows), across) for form, (width, rows) in FORMS.items()
        },
        "ticks": [{"x": across(date), "long": LONG_TICK if towns else TICK} for date, towns in changes],
        "first_year": first.year,
        "months": [_month(month, across) for month in pd.date_range(first, last, freq="MS")],
        "fights": _fights(fights, across),
        "opens": across(opens),
    }


def share(when: pd.Timestamp, first: pd.Timestamp, last: pd.Timestamp) -> float:
    """Return how far across a day lies, from 0 for the first to 1 for the last."""
    return (when - first) / (last - first)


def alt(dates: list[pd.Timestamp], fights: pd.DataFrame) -> str:
    """Say what the strip shows; the lists of the page have all of it."""
    words = _(
        "Line of time from {first} to {last}: {fights} between both sides, as bars by the reported dead, "
        "and {days} on which the state of a town changes."
    )
    return words.format(
        first=day(dates[0]),
        last=day(dates[-1]),
        fights=counted(len(fights), "fight"),
        days=counted(len(dates) - 1, "day"),
    )


def flags(turns: dict[str, Turn], first: pd.Timestamp, last: pd.Timestamp, width: float, rows: int) -> dict[str, Flag]:
    """Return by event_id the Flag of each turn whose name has room in so many pixels and rows.

    A name stands beside the line that leads down from it to its day, and no line crosses a name.
    Names are placed from the last to the first, and again by FIRST_NAMED; the order that leaves out
    fewer wins.
    """
    at = {event_id: share(turn.day, first, last) * width for event_id, turn in turns.items()}
    late, early = sorted(turns, key=at.__getitem__, reverse=True), sorted(turns, key=at.__getitem__)
    first_named = sorted(
        early, key=lambda event_id: FIRST_NAMED.index(event_id) if event_id in FIRST_NAMED else len(FIRST_NAMED)
    )
    found = [_placed(order, turns, at, width, rows) for order in (late, first_named)]
    return max(found, key=lambda placed: (len(placed.keys() & set(FIRST_NAMED)), len(placed)))


def _placed(order, turns, at, width, rows):
    """Place the flags of the turns in an order, each in the lowest free row."""
    placed = {}
    for event_id in order:
        x, long = at[event_id], text_width(TextLine(turns[event_id].name, LETTER, faces=WIDEST)) + 6
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
    """Tell whether two names overlap, or the line of the higher one passes through the lower one."""
    if one.row == other.row:
        return one.left < other.right + 4 and other.left < one.right + 4
    low, line = (one, other_at) if one.row < other.row else (other, at)
    return low.left - 3 < line < low.right + 3


def _turns(turns, placed, across):
    """Return for each turn its line, which begins at y, and its name; without room anchor is None."""
    rows = []
    for event_id, (when, name) in turns.items():
        flag = placed.get(event_id)
        y = ROW * (ROWS - flag.row) - 3 if flag else ROW * ROWS + 10
        rows.append({"x": across(when), "y": y, "name": name, "anchor": flag and flag.anchor})
    return rows


def _month(month, across):
    """Return the tick and name of a month.

    kind : the class by which the style sheet hides its name in narrower forms. year : in January.
    """
    kind = "between" if (month.month - 1) % QUARTER else "quarter" if (month.month - 1) % HALF else None
    year = month.year if month.month == 1 else None
    is_long = max(map(len, months("abbreviated"))) > ROOM_OF_MONTH
    kind = "long-quarter" if kind == "quarter" and is_long else kind
    short = kind == "between" and is_long
    name = months("narrow" if short else "abbreviated")[month.month - 1]
    return {"x": across(month), "kind": kind, "name": name, "year": year}


def _fights(fights, across):
    """Return a bar per fight, the higher ones first, so that no lower one is hidden.

    top : in pixels, None if nobody was killed or no number is known. days : from and to, if the day
    of the fight is not known. number : the dead, if no bar of the days around is higher.
    """
    per_person = BAR_ROOM / int(fights["best"].max())
    middles = fights["first"] + (fights["last"] - fights["first"]) / 2
    bars = []
    for fight, middle in sorted(
        zip(fights.itertuples(), middles, strict=True), key=lambda pair: -pair[0].best if pair[0].reported else 0
    ):
        bar = {"x": across(middle), "top": None, "days": None, "number": None}
        if fight.reported and fight.best:
            near = (middles - middle).abs() <= pd.Timedelta(days=NUMBER_ROOM_DAYS)
            bar["top"] = round(BASE - fight.best * per_person, 1)
            bar["days"] = (across(fight.first), across(fight.last)) if fight.first != fight.last else None
            bar["number"] = fight.best if fight.best == fights.loc[near, "best"].max() else None
        bars.append(bar)
    return bars
