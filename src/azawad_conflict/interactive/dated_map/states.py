"""The states of all towns by date, as data for the script of the map, and in words."""

from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple, TypedDict

import pandas as pd
from docutils.nodes import make_id

from azawad_conflict.casualties import VOICES
from azawad_conflict.edtf_dates import Cell, bounds, in_words
from azawad_conflict.figures.front.course import EVE
from azawad_conflict.figures.parts.style import HOLDERS, drawn
from azawad_conflict.figures.territory.map_legend import READING
from azawad_conflict.language import N_, NN_, WordsByKey, _, number, plural
from azawad_conflict.reader_tables.territory import CERTAINTY
from azawad_conflict.wording import counted, listed, number_range

WEEKS = 4  # before and with the day of the map, whose fights it shows
CLAIMS_PAGE = "claims-control.html#control-{}"  # the claims on a place
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


def claims_of(name: str) -> str:
    """Return the address at which the page of claims lists those on a place, by its name there."""
    return CLAIMS_PAGE.format(make_id(name))


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
        for place, date in enumerate(dates):
            if run["start"] <= date < run["end"]:
                at[run["place_id"]][place] = numbers[way]
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


STATES = WordsByKey(
    {
        "held": "held by {holders}, {certainty} certainty",
        "shared": "shared by {holders}, {certainty} certainty",
        "contested": "contested: {holders}, {certainty} certainty",
        "empty": "last force reported gone, {certainty} certainty",
        "presumed": "presumed to be held by {holders}, read with {certainty} certainty",
        "presumed shared": "presumed to be shared by {holders}, read with {certainty} certainty",
        "unknown": "holder unknown",
    }
)


def state_in_words(state: str, holders: tuple[str, ...], certainty: str, actors: pd.DataFrame) -> str:
    """Word a state: "shared by the MNLA and Ansar Dine, low certainty"."""
    names = listed(actors.set_index("actor_id")["short_name"].loc[list(holders)])
    words = STATES["presumed shared" if state == "presumed" and len(holders) > 1 else state]
    return words.format(holders=names, certainty=CERTAINTY.get(certainty))


HELD = NN_("{number} is held by {holder}", "{number} are held by {holder}")
# How many places are in a state other than held by one, in the order of a summary.
COUNTED = {
    "shared": NN_("{number} is shared", "{number} are shared"),
    "contested": NN_("{number} is contested", "{number} are contested"),
    "empty": NN_(
        "{number} is empty, its last force reported gone", "{number} are empty, their last force reported gone"
    ),
    "presumed": NN_("{number} has a presumed holder", "{number} have a presumed holder"),
    "unknown": NN_("{number} has no documented holder", "{number} have no documented holder"),
}


def summary(town_looks: list[Look]) -> str:
    """Say in one sentence who holds how many towns on a date."""
    held = Counter(look.holders[0] for look in town_looks if look.state == "held" and len(look.holders) == 1)
    parts = []
    for who, count in held.most_common():
        words = _("{number} by {holder}") if parts else plural(*HELD, count)
        parts.append(words.format(number=count, holder=HOLDERS[who].short_label))
    rest = Counter(
        "shared" if look.state == "held" else look.state
        for look in town_looks
        if look.state != "held" or len(look.holders) > 1
    )
    parts += [plural(*COUNTED[state], rest[state]).format(number=rest[state]) for state in COUNTED if rest[state]]
    return _("Of {places}, {parts}.").format(places=counted(len(town_looks), "place"), parts=listed(parts))


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
    return " ".join(_(kind).format(towns=listed(sorted(told[kind]))) for kind in CHANGES if kind in told)


CHANGES = (
    N_("New holders: {towns}."),
    N_("Holder documented from this day: {towns}."),
    N_("No holder documented from this day: {towns}."),
    N_("Only presumed from this day: {towns}."),
    N_("No longer only presumed: {towns}."),
    N_("Same holders, other state or certainty: {towns}."),
)


def _kind_of_change(before, now):
    """Return the one of CHANGES that lies between two ways."""
    if now["state"] == "presumed" and not before["holders"]:
        return CHANGES[3]
    if _other_holders(before, now):
        return CHANGES[1] if not before["holders"] else CHANGES[2] if not now["holders"] else CHANGES[0]
    return CHANGES[3] if now["state"] == "presumed" else CHANGES[4] if before["state"] == "presumed" else CHANGES[5]


def _other_holders(before, now):
    return set(before["holders"]) != set(now["holders"])


def until(end: Cell) -> str:
    """Word the end of a spell."""
    if pd.isna(end):
        return _("to the end of the study")
    first, last = bounds(end)
    words = _("until {day}") if first == last else _("until a day not known ({day})")
    return words.format(day=in_words(end))


def since(start: str) -> str:
    """Word the beginning of a spell."""
    first, last = bounds(start)
    words = _("From {day}") if first == last else _("From a day not known ({day})")
    return words.format(day=in_words(start))


# What the script says too, with names in braces for what it fills in.
WORDS = WordsByKey(
    {
        "title": "Who held the towns of northern Mali, {day}",
        "town": "{name}: {words}",
        "and": "; ",
        "fight": "Fight: {name}.",
        "no_change": "No change on this day; the last was on {day}.",
        "toll": "Fights in the {weeks} weeks to this day: {number}, with {killed} reported killed by the best numbers.",
        "no_toll": "Fights in the {weeks} weeks to this day: none reported.",
        "no_day": "The address names no day that can be read; write it as {address}.",
        "before": "The day in the address lies before the study, which begins on {day}.",
        "after": "The day in the address lies after the study, which ends on {day}.",
        "no_town": "The address names no town of the map.",
        "shown": "The map shows {day}.",
        "play": "Play",
        "pause": "Pause",
    }
)


def toll(count: int, killed: int) -> str:
    """Say how many fights there were in the weeks to the day, and how many dead by the best numbers."""
    return WORDS["toll" if count else "no_toll"].format(weeks=WEEKS, number=number(count), killed=number(killed))


LEGEND = {
    Look("held", ("mnla", "ansar_dine"), "high"): READING.written("shared"),
    Look("contested", ("mnla", "ansar_dine"), "high"): READING.written("contested"),
    Look("held", ("mnla",), "low"): READING.written("low"),
    Look("presumed", ("mnla",), "high"): READING.written("presumed"),
    Look("empty", (), "high"): READING.written("empty"),
    Look("unknown", (), "low"): READING.written("unknown"),
    "changed": N_("Ring: other holders than the day before"),
    "dead": N_("Red: people reported killed in fights of the {weeks} weeks to the day; its area is the best number"),
    "near": N_("Red, broken edge: a fight whose place is known roughly"),
    "no_dead": N_("Red ring: a fight with nobody reported killed, or without a number"),
    "approximate": READING.written("approximate"),
    "region_border": READING.written("region_border"),
}


def dead_in_words(fight: Any) -> str:
    """Word the dead of a fight, the range, and by whose word the best number is.

    "35 reported killed (20 to 35 or more), by the word of third parties".
    """
    if not fight.reported:
        return _("nobody gives a number of dead")
    found = {voice: int(getattr(fight, voice)) for voice in VOICES if getattr(fight, voice)}
    span = number_range(pd.Series(fight._asdict()))
    killed = plural("{number} reported killed", "{number} reported killed", fight.best)
    told = killed.format(number=number(fight.best)) if fight.best else _("nobody reported killed")
    if span != number(fight.best):
        told = f"{told} ({span})"
    if len(found) == 1:
        return _("{killed}, by the word of {voice}").format(killed=told, voice=VOICES[next(iter(found))])
    parts = []
    for voice, count in found.items():
        words = _("{number} by that of {voice}") if parts else _("{number} by the word of {voice}")
        parts.append(words.format(number=number(count), voice=VOICES[voice]))
    return f"{told}, {listed(parts)}" if parts else told
