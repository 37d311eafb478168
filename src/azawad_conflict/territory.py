"""Territory: who held which place when, as claims, as spells, and day by day."""

import pandas as pd

from azawad_conflict.actors import wholes
from azawad_conflict.edtf_dates import bounds, day_bounds

PRESUMED_AFTER_DAYS = 90  # methods.md, "Control": a state this long without confirmation is presumed, not held
MAP_PHASES = ("alliance", "counter_offensive", "bombings", "aftermath")  # the maps show the last day of each: the eve of a turn, and the end
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
    ordered = spells.assign(first=[bounds(start)[0] for start in spells["start"]]).sort_values(["place_id", "first"])
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
                "source_id": tuple(dict.fromkeys(moved["source_id"])) or tuple(dict.fromkeys(claims.loc[list(spell.control_claims), "source_id"])),
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
    days = days.sort_values(["place_id", "start", "rank", "claim_id"]).drop_duplicates(["place_id", "start"], keep="last")
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
    sides = [both[column].map(lambda holders: {whole[actor] for actor in holders}) for column in ("holders_one", "holders_other")]
    differ = [a.isdisjoint(b) for a, b in zip(*sides, strict=True)]
    return (
        both.assign(differ=differ).groupby("place_id").agg(days=("differ", "sum"), both=("differ", "size")).reset_index()
    )


def _by_day(town_runs):
    """One row per place and day with a holder: place_id, day, holders."""
    known = town_runs[town_runs["state"] != "unknown"]
    table = known.loc[known.index.repeat(known["days"]), ["place_id", "holders", "start"]]
    offset = table.groupby(level=0).cumcount()
    return table.assign(day=table["start"] + pd.to_timedelta(offset, unit="D")).drop(columns="start").reset_index(drop=True)


def spell_parts(spells, control_claims):
    """One row per part of a spell over which its state does not change.

    A spell is certain from its latest start to its earliest end; the days between the bounds of an imprecise date
    belong to no part. Each claim it rests on confirms it on that claim's latest day, as does its certain start; from
    PRESUMED_AFTER_DAYS after a confirmation to the next one the state is presumed.

    Returns columns place_id, start, end (timestamps, [start, end)),
    state (held, shared, contested, presumed), holders, certainty, control_claims, confirmed (timestamp).
    Rule: methods.md, "Control".
    """
    claimed = day_bounds(control_claims.set_index("claim_id")["date"])["latest"]
    spells = spells.reset_index(drop=True)
    spells = spells.assign(first=day_bounds(spells["start"])["latest"], after=day_bounds(spells["end"])["earliest"].fillna(FAR))
    # One row per confirmation of a spell: by its start, by each claim.
    days = pd.concat([spells["first"], spells["control_claims"].explode().map(claimed)]).rename("confirmed").rename_axis("spell").reset_index()
    days = days.join(spells[["first", "after"]], on="spell")
    days = days[days["confirmed"].ge(days["first"]) & days["confirmed"].lt(days["after"])]
    days = days.drop_duplicates(["spell", "confirmed"]).sort_values(["spell", "confirmed"], ignore_index=True)
    # Each lasts to the next one or to the end of the spell, and fades before that.
    until = days.groupby("spell")["confirmed"].shift(-1).fillna(days["after"])
    fades = (days["confirmed"] + pd.Timedelta(days=PRESUMED_AFTER_DAYS + 1)).clip(upper=until)
    told = days.join(spells[["place_id", "state", "holder", "certainty", "control_claims"]].rename(columns={"holder": "holders"}), on="spell")
    parts = pd.concat([told.assign(start=told["confirmed"], end=fades), told.assign(start=fades, end=until, state="presumed")])
    parts = parts[parts["start"].lt(parts["end"])].sort_values(["spell", "start"], ignore_index=True)
    columns = ["place_id", "start", "end", "state", "holders", "certainty", "control_claims", "confirmed"]
    return parts[columns].astype(dict.fromkeys(["start", "end", "confirmed"], "datetime64[ns]"))


def states_on(date, spells, control_claims, places):
    """One row per place: its state on a day.

    Returns columns place_id, state (held, shared, contested, presumed, unknown), holders (tuple of actor ids),
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


def runs(spells, control_claims, places, first_day, last_day):
    """One row per unbroken run of days on which a place has one state and the same holders.

    Returns columns place_id, state, holders, certainty, start, end (timestamps, [start, end)), days. For each place
    the runs cover every day from first_day to last_day once. Unit: days.
    """
    first, after = pd.Timestamp(first_day), pd.Timestamp(last_day) + pd.Timedelta(days=1)
    table = _whole_days(spell_parts(spells, control_claims), places["place_id"], first, after)
    told = table[["place_id", "state", "holders", "certainty"]]
    merged = table.groupby((told != told.shift()).any(axis=1).cumsum()).agg(
        {"place_id": "first", "state": "first", "holders": "first", "certainty": "first", "start": "first", "end": "last"}
    )
    return merged.reset_index(drop=True).assign(days=lambda merged: (merged["end"] - merged["start"]).dt.days)


def _whole_days(parts, place_ids, first, after):
    """The parts within the window, place after place, with the days that they leave as parts of state unknown."""
    columns = ["place_id", "state", "holders", "certainty", "start", "end"]
    within = parts[parts["place_id"].isin(place_ids)]
    within = within.assign(start=within["start"].clip(lower=first), end=within["end"].clip(upper=after))
    within = within.loc[within["start"] < within["end"], columns].sort_values(["place_id", "start"])
    # Before each part, and after the last one of each place, there may be a gap; a part of no length at the end finds the last.
    ends = pd.DataFrame({"place_id": place_ids, "start": after, "end": after}).astype({"start": within["start"].dtype, "end": within["end"].dtype})
    bounded = pd.concat([within, ends]).sort_values(["place_id", "start", "end"], kind="stable")
    reached = bounded.groupby("place_id")["end"].shift().fillna(first)
    gaps = bounded.assign(start=reached, end=bounded["start"])[bounded["start"] > reached].reset_index(drop=True)
    blank = {column: pd.Series([UNKNOWN[column]] * len(gaps), dtype=object) for column in ("state", "holders", "certainty")}
    whole = pd.concat([within, gaps.assign(**blank)])[columns]
    order = {place_id: number for number, place_id in enumerate(place_ids)}
    return whole.assign(order=whole["place_id"].map(order)).sort_values(["order", "start"], ignore_index=True)[columns]


def days_by_state(town_runs):
    """One row per place: days in each state of the runs, and what share of its days is documented or presumed.

    Returns columns place_id, held, shared, contested, presumed, unknown, documented_share (held, shared or contested),
    presumed_share. Unit: days. Rule: methods.md, "Control".
    """
    states = ["held", "shared", "contested", "presumed", "unknown"]
    table = town_runs.pivot_table(index="place_id", columns="state", values="days", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=states, fill_value=0).astype(int)
    all_days = table[states].sum(axis=1)
    documented = table[["held", "shared", "contested"]].sum(axis=1)
    return table.assign(documented_share=documented / all_days, presumed_share=table["presumed"] / all_days).reset_index()


def compare_days(earlier, later):
    """The later frame of states_on with changed set: True where the state or the holders differ from the
    earlier one. Presumed counts as the state it presumes: losing sight of a town is not a change of hands."""
    before = earlier.set_index("place_id")["holders"].reindex(later["place_id"]).to_numpy()
    return later.assign(changed=[a != b for a, b in zip(before, later["holders"])])


def places_of(actor_ids, states):
    """Number of places that one of the actors holds, shares or is presumed to hold, in a frame of states_on."""
    return int(states["holders"].map(lambda holders: bool(set(actor_ids) & set(holders))).sum())
