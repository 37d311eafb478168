"""The states of all towns by date, and what of them is said in words: what the script of the map gets as data."""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from azawad_conflict.casualties import VOICES
from azawad_conflict.edtf_dates import bounds, in_words
from azawad_conflict.figures.front.course import EVE
from azawad_conflict.figures.parts.style import HOLDERS, drawn
from azawad_conflict.figures.territory import map_legend
from azawad_conflict.wording import counted, listed, number_range

WEEKS = 4  # fights of so many weeks to the day are on the map
CLAIMS_PAGE = "claims-control.html#control-{}"  # all those on a place
CLAIM_ROW = "explorer.html#claim-{}"
FIGHT_CLAIMS = "claims.html#casualties-{}"  # all those on the casualties of an event


class Look(NamedTuple):
    """What decides how a town is drawn, as draw_symbol of the printed map has it."""

    state: str  # held (or shared, which its holders say), contested, empty, presumed, unknown
    holders: tuple
    certainty: str  # low is hollow; all else is "high"


def claims_of(place_id):
    """Where the page of claims lists those on a place."""
    return CLAIMS_PAGE.format(place_id.replace("_", "-"))


def dated_states(town_runs, towns, actors):
    """Everything that depends on the day, as a dict for JSON.

    first, last (ISO: the days between which the slider moves), opens (the day that a reader sees first: the eve of the battle of Gao),
    dates (ISO: the first day, and every later one on which the state of a town changes), summaries and changes (sentences per date),
    moved (place_ids whose holders are others than the day before, per date),
    ways (each state, holders and certainty once, with its words and the symbol that draws it), towns (by place_id: name,
    and per date the number of its way).
    """
    last = town_runs["end"].max() - pd.Timedelta(days=1)
    dates = sorted(set(town_runs["start"]))
    numbers, ways = {}, []
    at = {place_id: [None] * len(dates) for place_id in towns["place_id"]}
    symbols = {}
    for run, look in zip(town_runs.itertuples(), looks(town_runs), strict=True):
        way = (run.state, run.holders, run.certainty)
        if way not in numbers:
            numbers[way] = len(ways)
            symbol = symbols.setdefault(look, f"dm-{len(symbols)}")
            ways.append(
                {
                    "state": run.state,
                    "holders": list(run.holders),
                    "certainty": run.certainty,
                    "symbol": symbol,
                    "words": state_in_words(*way, actors),
                    "look": look,
                }
            )
        for number, date in enumerate(dates):
            if run.start <= date < run.end:
                at[run.place_id][number] = numbers[way]
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


def state_number(data, date):
    """The number of the date of the data whose states are those of a day (ISO)."""
    return max(number for number, start in enumerate(data["dates"]) if start <= date)


def fight_days(fights):
    """For each fight what the page needs to show it when its day comes: event, from, until (ISO), best (people; missing: no number), and for those on the map place, near (known roughly)."""
    return [
        {"event": row.event_id, "from": f"{row.first:%Y-%m-%d}", "until": f"{row.last:%Y-%m-%d}"}
        | ({"best": int(row.best)} if row.reported else {})
        | ({"place": row.place_id, "near": row.place_precision != "exact"} if pd.notna(row.latitude) else {})
        for row in fights.itertuples()
    ]


def recent(fights, date):
    """The fights that lie, or may lie, in the weeks to a day."""
    when = pd.Timestamp(date)
    return fights[fights["first"].le(when) & fights["last"].gt(when - pd.Timedelta(weeks=WEEKS))]


def looks(states):
    """How each row of a frame of states or runs is drawn."""
    rows = drawn(states)
    return [
        Look("held" if row.state == "shared" else row.state, row.holders, "low" if row.certainty == "low" else "high")
        for row in rows.itertuples()
    ]


def state_in_words(state, holders, certainty, actors):
    """A state as a phrase: "shared by the MNLA and Ansar Dine, low certainty"."""
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


def summary(town_looks):
    """Who holds how many towns on a date, in one sentence."""
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


def changes(step, names, actors):
    """What is new on a date, in sentences; to lose sight of a town, or to see it again, is no change of hands.

    step : the ways of the day before and of the date, by place_id.
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
    """Which of CHANGES lies between two ways."""
    if _other_holders(before, now):
        return CHANGES[1] if not before["holders"] else CHANGES[2] if not now["holders"] else CHANGES[0]
    return CHANGES[3] if now["state"] == "presumed" else CHANGES[4] if before["state"] == "presumed" else CHANGES[5]


def _other_holders(before, now):
    return set(before["holders"]) != set(now["holders"])


def until(end):
    """The end of a spell in words."""
    if pd.isna(end):
        return "to the end of the study"
    first, last = bounds(end)
    return f"until {in_words(end)}" if first == last else f"until a day not known ({in_words(end)})"


def since(start):
    """The beginning of a spell in words."""
    first, last = bounds(start)
    return f"From {in_words(start)}" if first == last else f"From a day not known ({in_words(start)})"


def toll(number, killed):
    """How many fights there were in the weeks to the day, and how many dead they count by the best numbers, in a sentence."""
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


def dead_in_words(fight):
    """The dead of a fight with the range and whose word the best is: "35 reported killed (20 to 35 or more), by the word of third parties"."""
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
