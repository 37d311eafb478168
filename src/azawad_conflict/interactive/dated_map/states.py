"""The states of all towns by date, as data for the script of the map, and in words."""

from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple, TypedDict

import pandas as pd

from azawad_conflict.casualties import VOICES
from azawad_conflict.edtf_dates import Cell, bounds, in_words
from azawad_conflict.figures.front.course import EVE
from azawad_conflict.figures.parts.style import HOLDERS, drawn
from azawad_conflict.figures.territory import map_legend
from azawad_conflict.wording import counted, listed, number_range

WEEKS = 4  # before and with the day of the map, whose fights it shows
CLAIMS_PAGE = "claims-control.html#control-{}"  # the claims on a place
CLAIM_ROW = "explorer.html#claim-{}"
FIGHT_CLAIMS = "claims.html#casualties-{}"  # the claims on the casualties of an event


class Look(NamedTuple):
    """The facts that decide how a town is drawn, on the page as in print."""

    state: str  # held (also if it is shared, which `holders` says), contested, empty, presumed, unknown
    holders: tuple[str, ...]
    certainty: str  # "low" is hollow; any other is "high"


class Way(TypedDict):
    """A state with holders and certainty; its words, its look and the id of its symbol."""

    state: str
    holders: list[str]
    certainty: str
    symbol: str
    words: str
    look: Look


def claims_of(place_id: str) -> str:
    """Return the address at which the page of claims lists those on a place."""
    return CLAIMS_PAGE.format(place_id.replace("_", "-"))


def dated_states(town_runs: pd.DataFrame, towns: pd.DataFrame, actors: pd.DataFrame) -> dict[str, Any]:
    """Return all that depends on the day, for JSON; dates are in ISO form.

    first, last : the days between which the slider moves.
    opens : the day that a reader sees first, the eve of the battle of Gao.
    dates : the first day, and every later one on which the state of a town changes.
    summaries, changes : sentences per date.
    moved : per date the place_ids with other holders than the day before.
    ways : each state, holders and certainty once, with its words, its look and the id of its
    symbol.
    towns : by place_id the name, and per date the number of its way.
    """
    last = town_runs["end"].max() - pd.Timedelta(days=1)
    dates = sorted(set(town_runs["start"]))
    numbers, ways = {}, []
    at = {place_id: [None] * len(dates) for place_id in towns["place_id"]}
    symbols = {}
    for run, look in zip(town_runs.to_dict("records"), looks(town_runs), strict=True):
        way = (run["state"], run["holders"], run["certainty"])
        if way not in numbers:
            numbers[way] = len(ways)
            symbol = symbols.setdefault(look, f"dm-{len(symbols)}")
            ways.append(
                {
                    "state": run["state"],
                    "holders": list(run["holders"]),
                    "certainty": run["certainty"],
                    "symbol": symbol,
                    "words": state_in_words(*way, actors),
                    "look": look,
                }
            )
        for number, date in enumerate(dates):
            if run["start"] <= date < run["end"]:
                at[run["place_id"]][number] = numbers[way]
    names = towns.set_index("place_id")["name"]
    steps = [
        {place_id: (ways[row[before]], ways[row[now]]) for place_id, row in at.items()}
        for before, now in pairwise(range(len(dates)))
    ]
    return {
        "first": f"{dates[0]:%Y-%m-%d}",
        "last": f"{last:%Y-%m-%d}",
        "opens": f"{min(max(dates[0], pd.Timestamp(EVE)), last):%Y-%m-%d}",
        "dates": [f"{date:%Y-%m-%d}" for date in dates],
        "summaries": [summary([ways[row[number]]["look"] for row in at.values()]) for number in range(len(dates))],
        "changes": ["", *(changes(step, names, actors) for step in steps)],
        "moved": [[], *([place_id for place_id, pair in step.items() if _other_holders(*pair)] for step in steps)],
        "ways": ways,
        "towns": {place_id: {"name": names[place_id], "at": row} for place_id, row in at.items()},
    }


def state_number(data: dict[str, Any], date: str) -> int:
    """Return the number of the date whose states are those of a day (ISO)."""
    return max(number for number, start in enumerate(data["dates"]) if start <= date)


def fight_days(fights: pd.DataFrame) -> list[dict[str, Any]]:
    """Return for each fight the data by which the page shows it when its day comes.

    event, from, until (ISO). best : people, missing if there is no number.
    place, near (known roughly) : missing if the fight is not on the map.
    """
    return [
        {"event": row["event_id"], "from": f"{row['first']:%Y-%m-%d}", "until": f"{row['last']:%Y-%m-%d}"}
        | ({"best": int(row["best"])} if row["reported"] else {})
        | ({"place": row["place_id"], "near": row["place_precision"] != "exact"} if pd.notna(row["latitude"]) else {})
        for row in fights.to_dict("records")
    ]


def recent(fights: pd.DataFrame, date: str | pd.Timestamp) -> pd.DataFrame:
    """Return the fights that lie, or may lie, in the weeks to a day."""
    when = pd.Timestamp(date)
    return fights[fights["first"].le(when) & fights["last"].gt(when - pd.Timedelta(weeks=WEEKS))]


def looks(states: pd.DataFrame) -> list[Look]:
    """Return the Look of each row of a frame of states or runs."""
    rows = drawn(states)
    return [
        Look(
            "held" if row["state"] == "shared" else row["state"],
            row["holders"],
            "low" if row["certainty"] == "low" else "high",
        )
        for row in rows.to_dict("records")
    ]


def state_in_words(state: str, holders: tuple[str, ...], certainty: str, actors: pd.DataFrame) -> str:
    """Word a state: "shared by the MNLA and Ansar Dine, low certainty"."""
    if state == "unknown":
        return "no holder documented"
    if state == "empty":
        return f"documented without armed forces, {certainty} certainty"
    names = listed(actors.set_index("actor_id")["short_name"].loc[list(holders)]) if holders else ""
    verb = {
        "held": "held by",
        "shared": "shared by",
        "contested": "contested:",
        "presumed": "presumed to be held by" if len(holders) == 1 else "presumed to be shared by",
    }[state]
    sure = f"last documented with {certainty} certainty" if state == "presumed" else f"{certainty} certainty"
    return f"{verb} {names}, {sure}" if names else f"{state}, {sure}"


def summary(town_looks: list[Look]) -> str:
    """Say in one sentence who holds how many towns on a date."""
    held = Counter(look.holders[0] for look in town_looks if look.state == "held" and len(look.holders) == 1)
    parts = [f"{number} by {HOLDERS[who].short_label}" for who, number in held.most_common()]
    if parts:
        parts[0] = parts[0].replace(" ", " is held " if parts[0].startswith("1 ") else " are held ", 1)
    rest = Counter(
        "shared" if look.state == "held" else look.state
        for look in town_looks
        if look.state != "held" or len(look.holders) > 1
    )
    for state, one, more in (
        ("shared", "is shared", "are shared"),
        ("contested", "is contested", "are contested"),
        ("empty", "has no armed force", "have no armed force"),
        ("presumed", "has a presumed holder", "have a presumed holder"),
        ("unknown", "has no documented holder", "have no documented holder"),
    ):
        if rest[state]:
            parts.append(f"{rest[state]} {one if rest[state] == 1 else more}")
    return f"Of {counted(len(town_looks), 'place')}, {listed(parts)}."


def changes(step: dict[str, tuple[Way, Way]], names: pd.Series, actors: pd.DataFrame) -> str:
    """Say what is new on a date; to lose sight of a town, or to see it again, is no change of hands.

    step : by place_id the ways of the day before and of the date.
    """
    told, short = {}, actors.set_index("actor_id")["short_name"]
    for place_id, (before, now) in step.items():
        if before != now:
            kind = _kind_of_change(before, now)
            whose = f" ({listed(short[list(now['holders'])])})" if kind in CHANGES[:2] and now["holders"] else ""
            told.setdefault(kind, []).append(names[place_id] + whose)
    return " ".join(f"{kind}: {listed(sorted(told[kind]))}." for kind in CHANGES if kind in told)


CHANGES = (
    "New holders",
    "Holder documented from this day",
    "No holder documented from this day",
    "Only presumed from this day",
    "Documented again",
    "Same holders, other state or certainty",
)


def _kind_of_change(before, now):
    """Return the one of CHANGES that lies between two ways."""
    if _other_holders(before, now):
        return CHANGES[1] if not before["holders"] else CHANGES[2] if not now["holders"] else CHANGES[0]
    return CHANGES[3] if now["state"] == "presumed" else CHANGES[4] if before["state"] == "presumed" else CHANGES[5]


def _other_holders(before, now):
    return set(before["holders"]) != set(now["holders"])


def until(end: Cell) -> str:
    """Word the end of a spell."""
    if pd.isna(end):
        return "to the end of the study"
    first, last = bounds(end)
    return f"until {in_words(end)}" if first == last else f"until a day not known ({in_words(end)})"


def since(start: str) -> str:
    """Word the beginning of a spell."""
    first, last = bounds(start)
    return f"From {in_words(start)}" if first == last else f"From a day not known ({in_words(start)})"


def toll(number: int, killed: int) -> str:
    """Say how many fights there were in the weeks to the day, and how many dead by the best numbers."""
    weeks = f"Fights in the {WEEKS} weeks to this day"
    return (
        f"{weeks}: {number}, with {killed} reported killed by the best numbers."
        if number
        else f"{weeks}: none reported."
    )


LEGEND = {
    Look("held", ("mnla", "ansar_dine"), "high"): map_legend.READING["shared"],
    Look("contested", ("mnla", "ansar_dine"), "high"): map_legend.READING["contested"],
    Look("held", ("mnla",), "low"): map_legend.READING["low"],
    Look("presumed", ("mnla",), "high"): map_legend.READING["presumed"],
    Look("empty", (), "high"): map_legend.READING["empty"],
    Look("unknown", (), "low"): map_legend.READING["unknown"],
    "changed": "Ring: other holders than the day before",
    "dead": f"Red: people reported killed in fights of the {WEEKS} weeks to the day; its area is the best number",
    "near": "Red, broken edge: a fight whose place is known roughly",
    "no_dead": "Red ring: a fight with nobody reported killed, or without a number",
    "approximate": map_legend.READING["approximate"],
    "region_border": map_legend.READING["region_border"],
}


def dead_in_words(fight: Any) -> str:
    """Word the dead of a fight, the range, and by whose word the best number is.

    "35 reported killed (20 to 35 or more), by the word of third parties".
    """
    if not fight.reported:
        return "nobody gives a number of dead"
    found = {voice: int(getattr(fight, voice)) for voice in VOICES if getattr(fight, voice)}
    span = number_range(pd.Series(fight._asdict()))
    spread = f" ({span})" if span != f"{fight.best}" else ""
    if not found:
        return f"{fight.best or 'nobody'} reported killed{spread}"
    whose = (
        VOICES[next(iter(found))]
        if len(found) == 1
        else listed(f"{number} by that of {VOICES[voice]}" for voice, number in found.items())
    )
    return (
        f"{fight.best} reported killed{spread}, by the word of {whose}"
        if len(found) == 1
        else f"{fight.best} reported killed{spread}, {whose.replace('that', 'the word', 1)}"
    )
