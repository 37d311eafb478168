"""Questions that users of the data ask, each answered in one call: a range, totals, a holder, claims, another rule.

>>> from azawad_conflict import questions
>>> questions.range_of("gao_2012_06_27")[["victim", "outcome", "low", "best", "high"]]
>>> questions.totals(by=["side", "year"], reading="no_enemy")
>>> questions.held("gao", "2012-07-01")[["state", "holders", "claim_id"]]
>>> questions.claims_behind("casualties_mnla_side_killed")[["claim_id", "claimant", "low", "high"]]
>>> questions.distance(number="lowest", vague="low")

An id that no table has, a day outside the study window and an option that no choice has raise KeyError or ValueError, with what
is allowed. Rules: methods.md.
"""

import difflib
from collections.abc import Iterable

import pandas as pd

from azawad_conflict import casualties, headline, multiverse, territory
from azawad_conflict.checks.columns import is_day
from azawad_conflict.counting.readings import PUBLISHED, claims_of
from azawad_conflict.tables import load, schema

COUNTED = ("casualty_claims", "events", "actors", "sources")
# The tables of claims that a quoted number may rest on.
CLAIMS = (
    *("casualty_claims", "attribution_claims", "event_claims", "control_claims"),
    *("abuse_claims", "background_claims", "strength_claims"),
)


def range_of(event_id: str) -> pd.DataFrame:
    """One row per group of victims and outcome of an incident: its range, as `casualties.incident_ranges` gives it.

    No row where nobody says anything of casualties there. Unit: people. Raises KeyError for an id that is no event.
    """
    _require("event_id", [event_id], load("events")["event_id"])
    ranges = casualties.incident_ranges(*map(load, COUNTED))
    return ranges[ranges["event_id"] == event_id].reset_index(drop=True)


def totals(by: str | Iterable[str] = ("side",), reading: str = PUBLISHED) -> pd.DataFrame:
    """One row per combination of `by`: people reported killed in fights between both sides, by one reading.

    by : one or more columns of `casualties.incident_ranges`, for example side, year, phase_id, but not those that are added. reading : an id of `load("readings")`; "all" gives
    the published totals.
    Returns columns reading_id, `by`, low, best, high, at_least, incidents (those with a number); no row where nobody gives a number,
    which is not a zero. Unit: people.
    Raises KeyError for a reading or a column that there is not.
    """
    readings = load("readings").set_index("reading_id", drop=False)
    _require("reading_id", [reading], readings.index)
    claims, *others = map(load, COUNTED)
    kept = claims_of(readings.loc[reading], claims, *others)
    core = casualties.core_killed(casualties.incident_ranges(kept, *others))
    by = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    _require("column", by or [""], core.columns.drop([*casualties.RANGE, "at_least", "reported"]))
    found = casualties.totals(core[core["reported"]], by).sort_values(by, ignore_index=True)
    found = found.drop(columns=["reported", "unreported"])
    found.insert(0, "reading_id", reading)
    return found


def held(place_id: str, day: str) -> pd.DataFrame:
    """One row per claim that the state of a place on a day rests on, also claims made later; one row without a claim where there is none.

    day : ISO text. The state is that of the assessed reading of the claims.
    Returns columns place_id, day, state, holders (tuple of actor ids), certainty, age_days (since the
    earliest day that the newest claim on the state so far can mean), and from control_claims claim_id, date, to_holder, claimant, claimant_role, source_id.
    Raises KeyError for an id that is no place, ValueError for a day outside the study window.
    """
    places = load("places")
    _require("place_id", [place_id], places["place_id"])
    window = schema()["temporal"]
    if not window["start"] <= (day := _iso(day)) <= window["end"]:
        raise ValueError(f"{day}: outside the study window, {window['start']} to {window['end']}")
    claims, spells = load("control_claims"), territory.reading(load("control_spells"), "assessed")
    state = territory.states_on(day, spells, claims, places[places["place_id"] == place_id])
    behind = state.explode("control_claims").rename(columns={"control_claims": "claim_id"}).assign(day=day)
    told = claims[["claim_id", "date", "to_holder", "claimant", "claimant_role", "source_id"]]
    first = ["place_id", "day", "state", "holders", "certainty", "age_days", "claim_id"]
    return behind[first].merge(told, on="claim_id", how="left")


def claims_behind(key: str) -> pd.DataFrame:
    """One row per claim that decides a number of the prose, with all its columns and `table`, the one that it stands in.

    key : as prose quotes the number, for example casualties_mnla_side_killed; `headline.numbers` lists them by topic.
    No row where the number counts something else than claims. Raises KeyError for a key that is no quoted number.
    """
    topics = [topic for topic in headline.TOPICS if str(key).startswith(f"{topic}_")]  # a key starts with its topic
    if not topics:
        raise KeyError(f"key {key!r}: there is none; keys start with {'_, '.join(headline.TOPICS)}_")
    quoted = headline.quoted(topics[0])
    _require("key", [key], quoted)
    found = []
    for name in CLAIMS:
        table = load(name)
        if (kept := table["claim_id"].isin(quoted[key].claims)).any():
            found.append(table[kept].assign(table=name))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame({"claim_id": [], "table": []}, dtype="string")


def distance(**choices: str) -> pd.DataFrame:
    """One row per total: what a counting rule of one's own gives, and how far it lies from the published one.

    choices : option by choice, for example number="lowest"; the others are as published (`multiverse.SWITCHES` has all, with
    their words).
    Returns columns target (a key of `multiverse.TARGETS`), published, own, difference (own less published), lowest and highest of all
    combinations, and share_below (of all combinations, those with a smaller total; 0 to 1). Unit: people.
    Raises KeyError for a choice or an option that there is not.
    """
    _require("choice", choices, multiverse.OPTIONS)
    for name, option in choices.items():
        _require(name, [option], multiverse.OPTIONS[name])
    combined = multiverse.combinations(*map(load, (*COUNTED, "phases")))
    own = pd.Series(True, index=combined.index)
    for switch in multiverse.SWITCHES:
        own &= combined[switch.name] == choices.get(switch.name, switch.default)
    rows = []
    for target in multiverse.TARGETS:
        every, total = combined[target], combined.loc[own, target].item()
        published = combined.loc[combined["is_default"], target].item()
        rows.append(
            {"target": target, "published": published, "own": total, "difference": total - published}
            | {"lowest": every.min(), "highest": every.max(), "share_below": float((every < total).mean())}
        )
    return pd.DataFrame(rows)


def _require(what, asked, allowed):
    """Raise KeyError for the first that is not allowed, with the nearest that is and, where they are few, all of them."""
    allowed = list(allowed)
    for one in asked:
        if one not in allowed:
            near = difflib.get_close_matches(str(one), allowed, n=3, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(allowed[:40])}"
            raise KeyError(f"{what} {one!r}: there is none; {hint}")


def _iso(day):
    """The day as ISO text. Raises ValueError for what is no day, as a month is none."""
    text = str(day)
    if not is_day(text):
        raise ValueError(f"{day!r}: no day; write it as 2012-06-27")
    return text
