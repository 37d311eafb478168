"""From spells to states: who held each town on each day, and how many towns each held."""

from collections.abc import Iterable

import pandas as pd

from azawad_conflict.actors import held_for
from azawad_conflict.edtf_dates import day_bounds

# methods.md, "Control": a state this long without confirmation is presumed, not held.
PRESUMED_AFTER_DAYS = 90
FAR = pd.Timestamp("2200-01-01")  # end of a spell that does not end within the study
UNKNOWN = {"state": "unknown", "holders": (), "certainty": "low", "control_claims": ()}


def populated(places: pd.DataFrame) -> pd.DataFrame:
    """The places that can have a holder: towns, villages and border posts."""
    return places[places["kind"].isin(["regional_capital", "town", "village", "border_post"])].reset_index(drop=True)


def reading(spells: pd.DataFrame, name: str) -> pd.DataFrame:
    """The spells of a reading: "assessed" (all claims) or "base_article" (its claims alone)."""
    return spells[spells["reading"] == name].reset_index(drop=True)


def by_day(town_runs: pd.DataFrame) -> pd.DataFrame:
    """One row per place and day with a holder: place_id, day, holders."""
    known = town_runs[town_runs["holders"].map(len) > 0]
    table = known.loc[known.index.repeat(known["days"]), ["place_id", "holders", "start"]]
    offset = table.groupby(level=0).cumcount()
    return (
        table.assign(day=table["start"] + pd.to_timedelta(offset, unit="D"))
        .drop(columns="start")
        .reset_index(drop=True)
    )


def spell_parts(
    spells: pd.DataFrame, control_claims: pd.DataFrame, presumed_after: int = PRESUMED_AFTER_DAYS
) -> pd.DataFrame:
    """One row per part of a spell over which its state does not change.

    A spell is certain from its latest start to its earliest end; the days between the bounds of an
    imprecise date belong to no part. Each claim it rests on confirms it from the latest day that the
    claim can mean until `presumed_after` days after the earliest, so that it is no older than that on
    any of them. On other days the state is presumed; an empty place is not presumed to be or to stay so.

    Returns columns spell (its row in `spells`), place_id, start, end (timestamps, [start, end)), state (held, shared,
    contested, empty, presumed), holders, certainty, control_claims, confirmed (timestamp: the earliest day that the newest claim so far can mean; missing before the first). Rule: methods.md,
    "Control".
    """
    claimed = day_bounds(control_claims.set_index("claim_id")["date"])[["earliest", "latest"]].dropna()
    spells = spells.reset_index(drop=True)
    spells = spells.assign(
        first=day_bounds(spells["start"])["latest"], after=day_bounds(spells["end"])["earliest"].fillna(FAR)
    )
    # One row per confirmation of a spell by a claim, and one without a claim for the days before the first.
    named = pd.concat([spells["control_claims"].explode(), pd.Series(None, spells.index, dtype=object)])
    days = claimed.reindex(named).set_axis(named.index).rename_axis("spell").reset_index()
    days = days.join(spells[["first", "after"]], on="spell")
    days = days[days["first"].lt(days["after"]) & ~days["latest"].ge(days["after"])]
    days = days.assign(start=days["latest"].fillna(days["first"]).clip(lower=days["first"]))
    days = days.sort_values(["spell", "start", "earliest"], na_position="first")
    days = days.drop_duplicates(["spell", "start"], keep="last").reset_index(drop=True)
    # Each lasts to the next one or to the end of the spell, and fades before that. A vague claim does not shorten an exact one.
    days = days.assign(confirmed=days.groupby("spell")["earliest"].cummax())
    until = days.groupby("spell")["start"].shift(-1).fillna(days["after"])
    fades = (days["confirmed"] + pd.Timedelta(days=presumed_after + 1)).fillna(days["start"])
    fades = fades.clip(lower=days["start"], upper=until)
    told = days.join(
        spells[["place_id", "state", "holder", "certainty", "control_claims"]].rename(columns={"holder": "holders"}),
        on="spell",
    )
    parts = pd.concat([told.assign(end=fades), told.assign(start=fades, end=until, state="presumed")])
    parts = parts[
        parts["start"].lt(parts["end"]) & (parts["state"].ne("presumed") | parts["holders"].map(len).gt(0))
    ].sort_values(["spell", "start"], ignore_index=True)
    columns = ["spell", "place_id", "start", "end", "state", "holders", "certainty", "control_claims", "confirmed"]
    return parts[columns].astype(dict.fromkeys(["start", "end", "confirmed"], "datetime64[ns]"))


def states_on(
    date: str | pd.Timestamp, spells: pd.DataFrame, control_claims: pd.DataFrame, places: pd.DataFrame
) -> pd.DataFrame:
    """One row per place: its state on a day.

    Returns columns place_id, state (held, shared, contested, empty, presumed, unknown), holders
    (tuple of actor ids), certainty, control_claims (tuple of claim ids: all that the spell rests on,
    made by that day or later), age_days (days since the earliest day that the newest claim on the state so far can mean; missing
    when unknown or where none did yet), changed (False: see compare_days).
    Unit: days. Rule: methods.md, "Control".
    """
    day = pd.Timestamp(date)
    parts = spell_parts(spells, control_claims)
    known = parts[(parts["start"] <= day) & (day < parts["end"])].set_index("place_id")
    table = known.reindex(places["place_id"]).reset_index()
    missing = table["state"].isna()
    for column, blank in UNKNOWN.items():
        table[column] = table[column].where(~missing, pd.Series([blank] * len(table)))
    return table.assign(age_days=(day - table["confirmed"]).dt.days.astype("Int64"), changed=False)[
        ["place_id", "state", "holders", "certainty", "control_claims", "age_days", "changed"]
    ]


def runs(
    spells: pd.DataFrame,
    control_claims: pd.DataFrame,
    places: pd.DataFrame,
    first_day: str | pd.Timestamp,
    last_day: str | pd.Timestamp,
    presumed_after: int = PRESUMED_AFTER_DAYS,
) -> pd.DataFrame:
    """One row per unbroken run of days on which a place has one state and the same holders.

    Returns columns place_id, state, holders, certainty, start, end (timestamps, [start, end)),
    days. For each place the runs cover every day from first_day to last_day once. Unit: days.
    """
    first, after = pd.Timestamp(first_day), pd.Timestamp(last_day) + pd.Timedelta(days=1)
    table = _whole_days(spell_parts(spells, control_claims, presumed_after), places["place_id"], first, after)
    told = table[["place_id", "state", "holders", "certainty"]]
    merged = table.groupby((told != told.shift()).any(axis=1).cumsum()).agg(
        {
            "place_id": "first",
            "state": "first",
            "holders": "first",
            "certainty": "first",
            "start": "first",
            "end": "last",
        }
    )
    return merged.reset_index(drop=True).assign(days=lambda merged: (merged["end"] - merged["start"]).dt.days)


def _whole_days(parts, place_ids, first, after):
    """The parts within the window by place; the days between them become parts of state unknown."""
    columns = ["place_id", "state", "holders", "certainty", "start", "end"]
    within = parts[parts["place_id"].isin(place_ids)]
    within = within.assign(start=within["start"].clip(lower=first), end=within["end"].clip(upper=after))
    within = within.loc[within["start"] < within["end"], columns].sort_values(["place_id", "start"])
    # Before each part, and after the last one of each place, there may be a gap; a part of no
    # length at the end finds the last.
    ends = pd.DataFrame({"place_id": place_ids, "start": after, "end": after}).astype(
        {"start": within["start"].dtype, "end": within["end"].dtype}
    )
    bounded = pd.concat([within, ends]).sort_values(["place_id", "start", "end"], kind="stable")
    reached = bounded.groupby("place_id")["end"].shift().fillna(first)
    gaps = bounded.assign(start=reached, end=bounded["start"])[bounded["start"] > reached].reset_index(drop=True)
    blank = {
        column: pd.Series([UNKNOWN[column]] * len(gaps), dtype=object) for column in ("state", "holders", "certainty")
    }
    whole = pd.concat([within, gaps.assign(**blank)])[columns]
    order = {place_id: number for number, place_id in enumerate(place_ids)}
    return whole.assign(order=whole["place_id"].map(order)).sort_values(["order", "start"], ignore_index=True)[columns]


def towns_by_holder(town_runs: pd.DataFrame) -> pd.DataFrame:
    """The number of towns from each day of change on, a column per holder and state.

    Columns are pairs of an actor id, "empty" or "unknown", and whether the state is presumed. A
    town that several share counts in equal parts for each, so each row adds up to the number of
    towns. The last row is the day after the window. Unit: towns.
    """
    whose = town_runs["holders"].where(
        town_runs["holders"].map(len) > 0,
        town_runs["state"].where(town_runs["state"].eq("empty"), "unknown").map(lambda state: (state,)),
    )
    parts = town_runs.assign(
        holder=whose, presumed=town_runs["state"].eq("presumed"), towns=1 / whose.map(len)
    ).explode("holder")
    moves = pd.concat([parts.assign(day=parts["start"]), parts.assign(day=parts["end"], towns=-parts["towns"])])
    return (
        moves.pivot_table(index="day", columns=["holder", "presumed"], values="towns", aggfunc="sum", fill_value=0)
        .cumsum()
        .round(6)
    )


def by_month(stack: pd.DataFrame) -> pd.DataFrame:
    """The mean number of towns of each holder by month, at its first day.

    The last row, of the day after the window, closes the last month.

    stack : towns_by_holder. Unit: towns.
    """
    days = stack.reindex(pd.date_range(stack.index[0], stack.index[-1] - pd.Timedelta(days=1))).ffill()
    months = days.groupby(pd.DatetimeIndex(days.index).to_period("M").start_time).mean()
    months.index = months.index.where(months.index >= stack.index[0], stack.index[0])
    return pd.concat([months, stack.iloc[-1:]])


def days_by_state(town_runs: pd.DataFrame) -> pd.DataFrame:
    """One row per place: days in each state, and the shares documented and presumed.

    Returns columns place_id, held, shared, contested, empty, presumed, unknown, documented_share
    (held, shared or contested), presumed_share. Unit: days. Rule: methods.md, "Control".
    """
    states = ["held", "shared", "contested", "empty", "presumed", "unknown"]
    table = town_runs.pivot_table(index="place_id", columns="state", values="days", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=states, fill_value=0).astype(int)
    all_days = table[states].sum(axis=1)
    documented = table[["held", "shared", "contested"]].sum(axis=1)
    return table.assign(
        documented_share=documented / all_days, presumed_share=table["presumed"] / all_days
    ).reset_index()


def days_by_holder(town_runs: pd.DataFrame) -> pd.DataFrame:
    """One row per place and holder: the days in each state that have the holder there.

    Returns columns place_id, holder, held, shared, contested, presumed. A day of several holders counts for each of
    them; the days held add up to those of `days_by_state`. Unit: days.
    """
    table = town_runs.explode("holders").pivot_table(
        index=["place_id", "holders"], columns="state", values="days", aggfunc="sum", fill_value=0
    )
    states = ["held", "shared", "contested", "presumed"]
    return (
        table.reindex(columns=states, fill_value=0).astype(int).rename_axis(index=["place_id", "holder"]).reset_index()
    )


def compare_days(earlier: pd.DataFrame, later: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """The later frame of states_on, with changed True if the holders differ from the earlier.

    Presumed counts as the state it presumes: losing sight of a town is no change of hands. A state and its army are one holder.
    """
    whose = held_for(actors)
    before = earlier.set_index("place_id")["holders"].reindex(later["place_id"])
    pairs = zip(before, later["holders"], strict=True)
    return later.assign(changed=[{whose[actor] for actor in a} != {whose[actor] for actor in b} for a, b in pairs])


def places_of(actor_ids: Iterable[str], states: pd.DataFrame) -> int:
    """Number of places that one of the actors holds, shares or is presumed to hold."""
    return int(states["holders"].map(lambda holders: bool(set(actor_ids) & set(holders))).sum())
