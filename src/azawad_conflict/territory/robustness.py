"""How far the reading depends on its rule: other thresholds, less evidence, earlier knowledge."""

from collections.abc import Iterable

import pandas as pd

from azawad_conflict.actors import held_for, wholes
from azawad_conflict.edtf_dates import bounds, day_bounds
from azawad_conflict.language import N_
from azawad_conflict.territory.states import PRESUMED_AFTER_DAYS, by_day, days_by_state, runs

Variant = tuple[pd.DataFrame, pd.DataFrame, int]  # spells, control claims, days after which a state is presumed
THRESHOLDS = {  # days, for the reading under other rules, and the name of the variant
    30: N_("Presumed after 30 days"),
    90: N_("Presumed after 90 days"),
    180: N_("Presumed after 180 days"),
    365: N_("Presumed after 365 days"),
}
# The days on which the report asks what was known.
AS_KNOWN = ("2012-06-30", "2012-12-31", "2013-06-30", "2013-12-31", "2014-06-30", "2014-12-31")


def last_claim_reading(control_claims: pd.DataFrame, origins: Iterable[str] | None = None) -> pd.DataFrame:
    """Spells by a rule instead of by judgement: the last claim decides, whoever makes it.

    Each claim on a place with a holder sets the holder from its latest day to the day of the next
    such claim; of several of one day the most certain counts. origins : only claims that go back to
    one of these.
    Returns the columns of control_spells but spell_id, reading and note. Rule: methods.md,
    "Control".
    """
    said = control_claims[control_claims["place_id"].notna() & control_claims["to_holder"].map(len).gt(0)]
    if origins is not None:
        said = said[said["origin"].isin(origins)]
    rank = {"high": 2, "medium": 1, "low": 0}
    days = said.assign(start=[bounds(date)[1].isoformat() for date in said["date"]], rank=said["certainty"].map(rank))
    days = days.sort_values(["place_id", "start", "rank", "claim_id"]).drop_duplicates(
        ["place_id", "start"], keep="last"
    )
    return pd.DataFrame(
        {
            "place_id": days["place_id"],
            "start": days["start"],
            "end": days.groupby("place_id")["start"].shift(-1),
            "state": ["held" if len(holders) == 1 else "shared" for holders in days["to_holder"]],
            "holder": days["to_holder"],
            "certainty": days["certainty"],
            "control_claims": [(claim,) for claim in days["claim_id"]],
        }
    ).reset_index(drop=True)


def disagreement(one: pd.DataFrame, other: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """One row per place: days on which two frames of runs both name holders, none in common.

    Presumed holders count as holders. A part and its whole are one holder here, as MUJAO and Islamist groups that are not
    named, or an army and its state; two parts of one whole are two. Rule: methods.md, "Control".
    Returns columns place_id, days, both (days on which both name a holder). Unit: days.
    """
    daily = _compared(one, other, actors)
    return daily.groupby("place_id").agg(days=("differ", "sum"), both=("differ", "size")).reset_index()


def disagreeing(one: pd.DataFrame, other: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """One row per stretch of days that `disagreement` counts: place_id, start, end (timestamps, [start, end))."""
    daily = _compared(one, other, actors)
    days = daily[daily["differ"]].sort_values(["place_id", "day"])
    new = days["place_id"].ne(days["place_id"].shift()) | days["day"].diff().ne(pd.Timedelta(days=1))
    stretches = days.groupby(new.cumsum()).agg(place_id=("place_id", "first"), start=("day", "min"), end=("day", "max"))
    return stretches.assign(end=stretches["end"] + pd.Timedelta(days=1)).reset_index(drop=True)


def _compared(one, other, actors):
    """One row per place and day on which both name a holder: place_id, day, differ."""
    daily = [by_day(town_runs) for town_runs in (one, other)]
    both = daily[0].merge(daily[1], on=["place_id", "day"], suffixes=("_one", "_other"))
    whose, whole = held_for(actors), wholes(actors)

    def apart(one, other):
        ones, others = ({whose[actor] for actor in holders} for holders in (one, other))
        return ones.isdisjoint(others | set(map(whole.get, others))) and others.isdisjoint(map(whole.get, ones))

    return both.assign(differ=list(map(apart, both["holders_one"], both["holders_other"])))


def on_claims(spells: pd.DataFrame, control_claims: pd.DataFrame, kept: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The spells that some of their claims carry.

    A spell without a claim goes, and one with a holder whom only claims left out name.

    kept : True for each row of control_claims that remains. Returns both frames.
    """
    remaining = control_claims[kept]
    ids = set(remaining["claim_id"])
    named = dict(
        zip(control_claims["claim_id"], (control_claims["from_holder"] + control_claims["to_holder"]).map(set))
    )
    told = spells["control_claims"].map(lambda claims: tuple(claim for claim in claims if claim in ids))
    lost = [
        set(holders) & set().union(*map(named.__getitem__, claims)) - set().union(*map(named.__getitem__, some))
        for holders, claims, some in zip(spells["holder"], spells["control_claims"], told, strict=True)
    ]
    return spells.assign(control_claims=told)[
        told.map(len).gt(0) & ~pd.Series(lost, index=spells.index, dtype=object).map(bool)
    ], remaining


def variants(
    spells: pd.DataFrame, control_claims: pd.DataFrame, sources: pd.DataFrame, actors: pd.DataFrame
) -> dict[str, Variant]:
    """Name to (spells, claims, presumed_after) of each variant of the reading, the published first.

    Rule: methods.md, "Control under other rules".
    """
    kinds = control_claims["source_id"].map(sources.set_index("source_id")["kind"])
    sure = spells[spells["certainty"] != "low"]
    whole = spells.assign(control_claims=_naming_all(spells, control_claims, actors))
    found = {name: (spells, control_claims, days) for days, name in THRESHOLDS.items()}
    found[N_("Without encyclopaedias")] = (
        *on_claims(spells, control_claims, kinds.ne("encyclopaedia")),
        PRESUMED_AFTER_DAYS,
    )
    found[N_("Without low certainty")] = (
        *on_claims(sure, control_claims, control_claims["certainty"].ne("low")),
        PRESUMED_AFTER_DAYS,
    )
    found[N_("Claims that name every holder")] = (whole, control_claims, PRESUMED_AFTER_DAYS)
    published = THRESHOLDS[PRESUMED_AFTER_DAYS]
    return {published: found.pop(published)} | found


def _naming_all(spells, control_claims, actors):
    """Of the claims of each spell those that have all its holders there, as tuples of ids; without one nothing documents the spell."""
    whose = held_for(actors)
    named = {
        claim: {whose[actor] for actor in holders}
        for claim, holders in zip(control_claims["claim_id"], control_claims["to_holder"], strict=True)
    }
    return [
        tuple(claim for claim in claims if named[claim].issuperset(map(whose.get, holders)))
        for holders, claims in zip(spells["holder"], spells["control_claims"], strict=True)
    ]


def known_by(
    date: str | pd.Timestamp, spells: pd.DataFrame, control_claims: pd.DataFrame, sources: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The spells and claims that sources of a day or before carry; undated sources count as later.

    A source whose date is a month or a span counts from its last day.
    """
    published = day_bounds(control_claims["source_id"].map(sources.set_index("source_id")["published"]))["latest"]
    return on_claims(spells, control_claims, published.le(pd.Timestamp(date)))


def carried_back(control_claims: pd.DataFrame, sources: pd.DataFrame, last_day: str | pd.Timestamp) -> pd.DataFrame:
    """The claims on the last day whose sources were published after it: rows of control_claims."""
    published = day_bounds(control_claims["source_id"].map(sources.set_index("source_id")["published"]))["earliest"]
    last = pd.Timestamp(last_day)
    return control_claims[control_claims["date"].eq(last.date().isoformat()) & published.gt(last)]


def shares(town_runs: pd.DataFrame) -> dict[str, float]:
    """Share of the town-days with a documented holder, with a presumed one, and with none named; they add up to one."""
    days = days_by_state(town_runs)
    documented, presumed = days["documented_share"].mean(), days["presumed_share"].mean()
    return {"documented": documented, "presumed": presumed, "none": 1 - documented - presumed}


def sensitivity(
    spells: pd.DataFrame,
    control_claims: pd.DataFrame,
    sources: pd.DataFrame,
    actors: pd.DataFrame,
    places: pd.DataFrame,
    first_day: str | pd.Timestamp,
    last_day: str | pd.Timestamp,
) -> pd.DataFrame:
    """One row per variant of the reading: shares of the town-days, and of days with equal holders.

    Returns columns variant, documented, presumed, none (from 0 to 1; see shares), and agree (share of the
    days on which this variant and the published reading both name holders that these are the same).
    Rule: methods.md, "Control under other rules".
    """
    rows, published = [], None
    for name, (some_spells, some_claims, presumed_after) in variants(spells, control_claims, sources, actors).items():
        town_runs = runs(some_spells, some_claims, places, first_day, last_day, presumed_after)
        published = town_runs if published is None else published
        both = by_day(published).merge(by_day(town_runs), on=["place_id", "day"])
        rows.append({"variant": name} | shares(town_runs) | {"agree": (both["holders_x"] == both["holders_y"]).mean()})
    return pd.DataFrame(rows)


def as_known(
    dates: Iterable[str],
    spells: pd.DataFrame,
    control_claims: pd.DataFrame,
    sources: pd.DataFrame,
    places: pd.DataFrame,
    first_day: str | pd.Timestamp,
) -> pd.DataFrame:
    """One row per date: share of the town-days so far with a documented holder, then and now.

    Returns columns date (timestamp), then, now (from 0 to 1). Rule: methods.md, "Control under
    other rules".
    """
    rows = []
    for date in map(pd.Timestamp, dates):
        then = runs(*known_by(date, spells, control_claims, sources), places, first_day, date)
        now = runs(spells, control_claims, places, first_day, date)
        rows.append({"date": date, "then": shares(then)["documented"], "now": shares(now)["documented"]})
    return pd.DataFrame(rows)


def firm(
    spells: pd.DataFrame,
    control_claims: pd.DataFrame,
    sources: pd.DataFrame,
    actors: pd.DataFrame,
    places: pd.DataFrame,
    first_day: str | pd.Timestamp,
    last_day: str | pd.Timestamp,
) -> pd.DataFrame:
    """One row per place and day on which every variant documents or presumes the same holders.

    Returns columns place_id, day, holders.
    """
    found, *others = (
        by_day(runs(some_spells, some_claims, places, first_day, last_day, presumed_after))
        for some_spells, some_claims, presumed_after in variants(spells, control_claims, sources, actors).values()
    )
    for daily in others:
        found = found.merge(daily, on=["place_id", "day", "holders"])
    return found
