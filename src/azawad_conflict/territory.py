"""Territory: who held which place when, as claims, as spells, and day by day."""

from typing import NamedTuple

import pandas as pd

from azawad_conflict.actors import wholes
from azawad_conflict.edtf_dates import bounds, day_bounds

PRESUMED_AFTER_DAYS = 90  # methods.md, "Control": a state this long without confirmation is presumed, not held
THRESHOLDS = (30, 90, 180, 365)  # days, for the reading under other rules
AS_KNOWN = (
    "2012-06-30",
    "2012-12-31",
    "2013-06-30",
    "2013-12-31",
    "2014-06-30",
    "2014-12-31",
)  # what was known on these days
MAP_PHASES = (
    "alliance",
    "counter_offensive",
    "bombings",
    "aftermath",
)  # the maps show the last day of each: the eve of a turn, and the end
FAR = pd.Timestamp("2200-01-01")  # end of a spell that does not end within the study
UNKNOWN = {"state": "unknown", "holders": (), "certainty": "low", "control_claims": ()}
NO_CHANGE = {"presence", "failed_attack", "claim", "denial", "not_held"}


def populated(places):
    """The places whose holder can be asked for: towns, villages and border posts, not mountains or localities."""
    return places[places["kind"].isin(["regional_capital", "town", "village", "border_post"])].reset_index(drop=True)


def reading(spells, name):
    """The spells of one reading: "assessed" (all claims) or "base_article" (what the base article alone lets one say)."""
    return spells[spells["reading"] == name].reset_index(drop=True)


def changes_of_hands(control_claims):
    """One row per claim that a place passed to a holder, in order of date.

    Claims on unnamed areas are kept (place_id is missing there), as are claims that name no earlier holder: the reader
    sees what the source leaves open.
    """
    moved = ~control_claims["how"].isin(NO_CHANGE) & (control_claims["from_holder"] != control_claims["to_holder"])
    to_someone = control_claims["to_holder"].map(len).gt(0)
    return control_claims[moved & to_someone].sort_values(["date", "claim_id"], ignore_index=True)


def hand_overs(spells, control_claims):
    """One row per change of holder between two spells of one place in a reading, in order of date.

    Returns columns place_id, date (EDTF: the start of the later spell), from_holder, to_holder (tuples), gap (True where
    days without a holder lie between), certainty, claims (ids that both the later spell and its first day rest on),
    source_id (tuple: of those claims), rival_dates (tuple of EDTF: other dates that claims of the later spell give for its
    start). Rule: methods.md, "Control".
    """
    claims = control_claims.set_index("claim_id")
    held = spells[
        spells["holder"].map(len) > 0
    ]  # days without an armed force lie between two holders like days without a claim
    ordered = held.assign(first=[bounds(start)[0] for start in held["start"]]).sort_values(["place_id", "first"])
    before = ordered.groupby("place_id")[["holder", "end"]].shift()
    rows = []
    for spell, holder, end in zip(ordered.itertuples(), before["holder"], before["end"], strict=True):
        if not isinstance(holder, tuple) or set(holder) == set(spell.holder):
            continue
        moved = claims.loc[list(spell.control_claims)]
        moved = moved[~moved["how"].isin(NO_CHANGE)]
        rows.append(
            {
                "place_id": spell.place_id,
                "date": spell.start,
                "from_holder": holder,
                "to_holder": spell.holder,
                "gap": end != spell.start,
                "certainty": spell.certainty,
                "claims": tuple(moved.index),
                "source_id": tuple(dict.fromkeys(moved["source_id"]))
                or tuple(dict.fromkeys(claims.loc[list(spell.control_claims), "source_id"])),
                "rival_dates": tuple(sorted(set(moved["date"]) - {spell.start})),
            }
        )
    columns = ["place_id", "date", "from_holder", "to_holder", "gap", "certainty", "claims", "source_id", "rival_dates"]
    return pd.DataFrame(rows, columns=columns).sort_values(["date", "place_id"], ignore_index=True)


def last_claim_reading(control_claims, origins=None):
    """Spells by a rule instead of by judgement: the last claim decides, whoever makes it.

    Each claim on a place with a holder sets the holder from its latest day to the day of the next such claim; of several
    of one day the most certain counts. origins : only claims that go back to one of these. Returns the columns of control_spells but
    spell_id, reading and note. Rule: methods.md, "Control" (T13).
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


def disagreement(one, other, actors):
    """One row per place: days on which two frames of runs name no holder in common, both naming one.

    Presumed holders count as holders; parts of one actor are one. Returns columns place_id, days, both (days on which both name a holder). Unit: days.
    """
    daily = [_by_day(town_runs) for town_runs in (one, other)]
    both = daily[0].merge(daily[1], on=["place_id", "day"], suffixes=("_one", "_other"))
    whole = wholes(actors)
    sides = [
        both[column].map(lambda holders: {whole[actor] for actor in holders})
        for column in ("holders_one", "holders_other")
    ]
    differ = [a.isdisjoint(b) for a, b in zip(*sides, strict=True)]
    return (
        both.assign(differ=differ)
        .groupby("place_id")
        .agg(days=("differ", "sum"), both=("differ", "size"))
        .reset_index()
    )


def _by_day(town_runs):
    """One row per place and day with a holder: place_id, day, holders."""
    known = town_runs[town_runs["holders"].map(len) > 0]
    table = known.loc[known.index.repeat(known["days"]), ["place_id", "holders", "start"]]
    offset = table.groupby(level=0).cumcount()
    return (
        table.assign(day=table["start"] + pd.to_timedelta(offset, unit="D"))
        .drop(columns="start")
        .reset_index(drop=True)
    )


def spell_parts(spells, control_claims, presumed_after=PRESUMED_AFTER_DAYS):
    """One row per part of a spell over which its state does not change.

    A spell is certain from its latest start to its earliest end; the days between the bounds of an imprecise date
    belong to no part. Each claim it rests on confirms it on that claim's latest day, as does its certain start; from
    `presumed_after` days after a confirmation to the next one the state is presumed; a place without an armed force is not presumed
    to stay so.

    Returns columns place_id, start, end (timestamps, [start, end)),
    state (held, shared, contested, empty, presumed), holders, certainty, control_claims, confirmed (timestamp).
    Rule: methods.md, "Control".
    """
    claimed = day_bounds(control_claims.set_index("claim_id")["date"])["latest"]
    spells = spells.reset_index(drop=True)
    spells = spells.assign(
        first=day_bounds(spells["start"])["latest"], after=day_bounds(spells["end"])["earliest"].fillna(FAR)
    )
    # One row per confirmation of a spell: by its start, by each claim.
    days = (
        pd.concat([spells["first"], spells["control_claims"].explode().map(claimed)])
        .rename("confirmed")
        .rename_axis("spell")
        .reset_index()
    )
    days = days.join(spells[["first", "after"]], on="spell")
    days = days[days["confirmed"].ge(days["first"]) & days["confirmed"].lt(days["after"])]
    days = days.drop_duplicates(["spell", "confirmed"]).sort_values(["spell", "confirmed"], ignore_index=True)
    # Each lasts to the next one or to the end of the spell, and fades before that.
    until = days.groupby("spell")["confirmed"].shift(-1).fillna(days["after"])
    fades = (days["confirmed"] + pd.Timedelta(days=presumed_after + 1)).clip(upper=until)
    told = days.join(
        spells[["place_id", "state", "holder", "certainty", "control_claims"]].rename(columns={"holder": "holders"}),
        on="spell",
    )
    parts = pd.concat(
        [told.assign(start=told["confirmed"], end=fades), told.assign(start=fades, end=until, state="presumed")]
    )
    parts = parts[
        parts["start"].lt(parts["end"]) & (parts["state"].ne("presumed") | parts["holders"].map(len).gt(0))
    ].sort_values(["spell", "start"], ignore_index=True)
    columns = ["place_id", "start", "end", "state", "holders", "certainty", "control_claims", "confirmed"]
    return parts[columns].astype(dict.fromkeys(["start", "end", "confirmed"], "datetime64[ns]"))


def states_on(date, spells, control_claims, places):
    """One row per place: its state on a day.

    Returns columns place_id, state (held, shared, contested, empty, presumed, unknown), holders (tuple of actor ids),
    certainty, control_claims (tuple of claim ids), age_days (days since the last claim that confirms the state;
    missing when unknown), changed (False: see compare_days). Unit: days. Rule: methods.md, "Control".
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


def runs(spells, control_claims, places, first_day, last_day, presumed_after=PRESUMED_AFTER_DAYS):
    """One row per unbroken run of days on which a place has one state and the same holders.

    Returns columns place_id, state, holders, certainty, start, end (timestamps, [start, end)), days. For each place
    the runs cover every day from first_day to last_day once. Unit: days.
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
    """The parts within the window, place after place, with the days that they leave as parts of state unknown."""
    columns = ["place_id", "state", "holders", "certainty", "start", "end"]
    within = parts[parts["place_id"].isin(place_ids)]
    within = within.assign(start=within["start"].clip(lower=first), end=within["end"].clip(upper=after))
    within = within.loc[within["start"] < within["end"], columns].sort_values(["place_id", "start"])
    # Before each part, and after the last one of each place, there may be a gap; a part of no length at the end finds the last.
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


def towns_by_holder(town_runs):
    """One row per day on which anything changes, one column per holder and state: how many towns the holder has from then on.

    Columns are pairs of an actor id, "empty" or "unknown", and whether the state is presumed. A town that several share counts in equal parts
    for each, so each row adds up to the number of towns. The last row is the day after the window. Unit: towns.
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


def by_month(stack):
    """The mean number of towns of each holder in each month, on its first day; the last row, of the day after the window, closes the last month.

    stack : towns_by_holder. Unit: towns.
    """
    days = stack.reindex(pd.date_range(stack.index[0], stack.index[-1] - pd.Timedelta(days=1))).ffill()
    months = days.groupby(days.index.to_period("M").start_time).mean()
    months.index = months.index.where(months.index >= stack.index[0], stack.index[0])
    return pd.concat([months, stack.iloc[-1:]])


def days_by_state(town_runs):
    """One row per place: days in each state of the runs, and what share of its days is documented or presumed.

    Returns columns place_id, held, shared, contested, empty, presumed, unknown, documented_share (all but presumed and unknown),
    presumed_share. Unit: days. Rule: methods.md, "Control".
    """
    states = ["held", "shared", "contested", "empty", "presumed", "unknown"]
    table = town_runs.pivot_table(index="place_id", columns="state", values="days", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=states, fill_value=0).astype(int)
    all_days = table[states].sum(axis=1)
    documented = table[["held", "shared", "contested", "empty"]].sum(axis=1)
    return table.assign(
        documented_share=documented / all_days, presumed_share=table["presumed"] / all_days
    ).reset_index()


def on_claims(spells, control_claims, kept):
    """The spells as far as some of their claims carry them: gone are those left without a claim, or with a holder whom only claims left out name.

    kept : True for each row of control_claims that remains. Returns both frames.
    """
    remaining = control_claims[kept]
    ids = set(remaining["claim_id"])
    named = dict(
        zip(control_claims["claim_id"], (control_claims["from_holder"] + control_claims["to_holder"]).map(set))
    )
    told = spells["control_claims"].map(lambda claims: tuple(claim for claim in claims if claim in ids))
    lost = [
        set(holders) & set().union(*map(named.get, claims)) - set().union(*map(named.get, some))
        for holders, claims, some in zip(spells["holder"], spells["control_claims"], told, strict=True)
    ]
    return spells.assign(control_claims=told)[
        told.map(len).gt(0) & ~pd.Series(lost, index=spells.index, dtype=object).map(bool)
    ], remaining


def variants(spells, control_claims, sources):
    """Name to (spells, claims, presumed_after) of the reading under other rules and with less evidence; the published one first.

    Rule: methods.md, "Control under other rules".
    """
    kinds = control_claims["source_id"].map(sources.set_index("source_id")["kind"])
    sure = spells[spells["certainty"] != "low"]
    found = {f"Presumed after {days} days": (spells, control_claims, days) for days in THRESHOLDS}
    found["Without encyclopaedias"] = (
        *on_claims(spells, control_claims, kinds.ne("encyclopaedia")),
        PRESUMED_AFTER_DAYS,
    )
    found["Without low certainty"] = (
        *on_claims(sure, control_claims, control_claims["certainty"].ne("low")),
        PRESUMED_AFTER_DAYS,
    )
    published = f"Presumed after {PRESUMED_AFTER_DAYS} days"
    return {published: found.pop(published)} | found


def known_by(date, spells, control_claims, sources):
    """The spells and claims as far as sources of that day or before carry them; an undated source counts as later.

    A source whose date is a month or a span counts from its last day.
    """
    published = day_bounds(control_claims["source_id"].map(sources.set_index("source_id")["published"]))["latest"]
    return on_claims(spells, control_claims, published.le(pd.Timestamp(date)))


def shares(town_runs):
    """Share of the town-days in each group of states: documented, presumed, unknown; they add up to one."""
    days = days_by_state(town_runs)
    documented, presumed = days["documented_share"].mean(), days["presumed_share"].mean()
    return {"documented": documented, "presumed": presumed, "unknown": 1 - documented - presumed}


def sensitivity(spells, control_claims, sources, places, first_day, last_day):
    """One row per variant of the reading: share of the town-days documented, presumed and unknown, and days with the same holders.

    Returns columns variant, documented, presumed, unknown (from 0 to 1), and agree (share of the days on which this variant and the
    published reading both name holders that these are the same). Rule: methods.md, "Control under other rules".
    """
    rows, published = [], None
    for name, (some_spells, some_claims, presumed_after) in variants(spells, control_claims, sources).items():
        town_runs = runs(some_spells, some_claims, places, first_day, last_day, presumed_after)
        published = town_runs if published is None else published
        both = _by_day(published).merge(_by_day(town_runs), on=["place_id", "day"])
        rows.append({"variant": name} | shares(town_runs) | {"agree": (both["holders_x"] == both["holders_y"]).mean()})
    return pd.DataFrame(rows)


def as_known(dates, spells, control_claims, sources, places, first_day):
    """One row per date: the share of the town-days up to it with a documented holder, as published by then and as known now.

    Returns columns date (timestamp), then, now (from 0 to 1). Rule: methods.md, "Control under other rules".
    """
    rows = []
    for date in map(pd.Timestamp, dates):
        then = runs(*known_by(date, spells, control_claims, sources), places, first_day, date)
        now = runs(spells, control_claims, places, first_day, date)
        rows.append({"date": date, "then": shares(then)["documented"], "now": shares(now)["documented"]})
    return pd.DataFrame(rows)


def firm(spells, control_claims, sources, places, first_day, last_day):
    """The days on which every variant documents or presumes the same holders: one row per place and day, with place_id, day, holders."""
    found = None
    for some_spells, some_claims, presumed_after in variants(spells, control_claims, sources).values():
        daily = _by_day(runs(some_spells, some_claims, places, first_day, last_day, presumed_after))
        found = daily if found is None else found.merge(daily, on=["place_id", "day", "holders"])
    return found


class Turn(NamedTuple):
    """The map at one date: the last day of a phase, what that day is in words, and states_on that day, with what changed since the turn before."""

    date: pd.Timestamp
    words: str
    states: pd.DataFrame


def turns(spells, control_claims, places, phases):
    """A Turn for the last day of each phase of MAP_PHASES, in order."""
    found = []
    for phase in phases.set_index("phase_id").loc[list(MAP_PHASES)].itertuples():
        states = states_on(phase.last_day, spells, control_claims, places)
        found.append(
            Turn(
                pd.Timestamp(phase.last_day),
                phase.closes_with,
                compare_days(found[-1].states, states) if found else states,
            )
        )
    return found


def compare_days(earlier, later):
    """The later frame of states_on with changed set: True where the state or the holders differ from the
    earlier one. Presumed counts as the state it presumes: losing sight of a town is not a change of hands."""
    before = earlier.set_index("place_id")["holders"].reindex(later["place_id"]).to_numpy()
    return later.assign(changed=[a != b for a, b in zip(before, later["holders"])])


def places_of(actor_ids, states):
    """Number of places that one of the actors holds, shares or is presumed to hold, in a frame of states_on."""
    return int(states["holders"].map(lambda holders: bool(set(actor_ids) & set(holders))).sum())
