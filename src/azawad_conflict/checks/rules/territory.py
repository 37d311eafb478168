"""Rules on places and their control: spells, holders, and the claims behind them."""

from typing import Any

import pandas as pd

from azawad_conflict.checks.faults import Fault, row_faults
from azawad_conflict.checks.rules.registry import rule
from azawad_conflict.checks.rules.shared import by_key, parents_of, wholes_of
from azawad_conflict.counting.terms import BASE_ARTICLE, VOICE_OF
from azawad_conflict.edtf_dates import day_bounds
from azawad_conflict.territory.changes import NO_CHANGE

STATE = {"malian_state", "malian_army"}


@rule
def place_inside_mali(places: pd.DataFrame, package: dict[str, Any]) -> list[Fault]:
    """A place in Mali lies in the package's bounding box, and only such has a region."""
    west, south, east, north = package["spatial"]["bbox"]
    in_mali = places["country"].eq("Mali").fillna(False)
    faults = []
    for column, lowest, highest in (("latitude", south, north), ("longitude", west, east)):
        outside = in_mali & (places[column].lt(lowest) | places[column].gt(highest)).fillna(False)
        faults += row_faults(
            "places",
            places[outside],
            column,
            f"{{{column}}} is outside Mali",
            f"{lowest} to {highest}, or the country abroad",
        )
    abroad = places[~in_mali & places["country"].notna() & places["region_2012"].notna()]
    return faults + row_faults(
        "places", abroad, "region_2012", "region {region_2012} for a place in {country}", "blank"
    )


@rule
def place_or_area(control_claims: pd.DataFrame, abuse_claims: pd.DataFrame) -> list[Fault]:
    """A claim on control or violence against civilians has a place or an area, not both."""
    faults = []
    for table, claims in (("control_claims", control_claims), ("abuse_claims", abuse_claims)):
        placed, in_words = claims["place_id"].notna(), claims["area"].notna()
        faults += row_faults(table, claims[~placed & ~in_words], "place_id", "neither place_id nor area", "one of them")
        problem = "both place_id {place_id} and an area"
        faults += row_faults(table, claims[placed & in_words], "area", problem, "one of them")
    return faults


@rule
def spell_starts_before_it_ends(control_spells: pd.DataFrame) -> list[Fault]:
    """Some possible start of a spell comes before some possible end."""
    start, end = day_bounds(control_spells["start"]), day_bounds(control_spells["end"])
    backwards = control_spells[start["earliest"].ge(end["latest"])]
    return row_faults(
        "control_spells",
        backwards,
        "end",
        "end {end} does not come after start {start}",
        "an end after the start: [start, end)",
    )


@rule
def spell_start_is_bounded(control_spells: pd.DataFrame) -> list[Fault]:
    """A spell has a start: an open one would never be drawn."""
    open_start = control_spells[control_spells["start"].str.contains("..", regex=False).fillna(False)]
    return row_faults("control_spells", open_start, "start", "{start} is open", "a date or a range of dates")


@rule
def spells_apart(control_spells: pd.DataFrame) -> list[Fault]:
    """Spells of one place and reading never overlap: one state per place and day.

    The next spell starts when the one before ends (the same EDTF date), or after the latest day of
    that end.
    """
    days = control_spells.assign(
        starts=day_bounds(control_spells["start"])["earliest"], ends=day_bounds(control_spells["end"])["latest"]
    ).sort_values(["reading", "place_id", "starts", "ends"], kind="stable")
    before = days.groupby(["reading", "place_id"])[["spell_id", "end", "ends"]].shift().add_prefix("before_")
    pairs = days.join(before)
    pairs = pairs[pairs["before_spell_id"].notna()]
    endless = pairs[pairs["before_end"].isna()]
    problem = "starts {start} while {before_spell_id} has no end"
    faults = row_faults("control_spells", endless, "start", problem, "an end of {before_spell_id} by {start}")
    handed_over = pairs["start"].eq(pairs["before_end"]).fillna(False)
    overlap = pairs[~handed_over & pairs["before_ends"].gt(pairs["starts"])]
    problem = "starts {start} before {before_spell_id} surely ended ({before_end})"
    return faults + row_faults("control_spells", overlap, "start", problem, "the same date, or a day after it")


@rule
def holders_fit_state(control_spells: pd.DataFrame) -> list[Fault]:
    """A held place has one holder, a shared or contested one more, an empty one none."""
    holders = control_spells["holder"].map(len)
    held = control_spells["state"].eq("held").fillna(False)
    crowd = control_spells[held & holders.gt(1)]
    empty = control_spells["state"].eq("empty").fillna(False)
    alone = control_spells[~held & ~empty & control_spells["state"].notna() & holders.eq(1)]
    return [
        *row_faults(
            "control_spells",
            control_spells[empty & holders.gt(0)],
            "holder",
            "a holder of a place that is empty",
            "blank",
        ),
        *row_faults(
            "control_spells",
            control_spells[~empty & control_spells["state"].notna() & holders.eq(0)],
            "holder",
            "blank for a place that is {state}",
            "who holds it",
        ),
        *row_faults(
            "control_spells", crowd, "holder", "several holders of a place that is held", "one holder, or another state"
        ),
        *row_faults("control_spells", alone, "holder", "one holder of a place that is {state}", "two or more holders"),
    ]


@rule
def spell_rests_on_its_place(control_spells: pd.DataFrame, control_claims: pd.DataFrame) -> list[Fault]:
    """A spell rests on control claims of its own place."""
    claimed = by_key(control_claims, "claim_id", "place_id").fillna("an area")
    pairs = control_spells[["place_id", "control_claims"]].explode("control_claims")
    pairs = pairs.assign(elsewhere=pairs["control_claims"].map(claimed))
    misplaced = pairs[pairs["elsewhere"].ne(pairs["place_id"]).fillna(False)]
    return row_faults(
        "control_spells",
        misplaced,
        "control_claims",
        "{control_claims} is a claim on {elsewhere}",
        "claims on {place_id}",
    )


@rule
def spell_holders_are_claimed(
    control_spells: pd.DataFrame, control_claims: pd.DataFrame, actors: pd.DataFrame
) -> list[Fault]:
    """Each holder of a spell is named by one of its claims, or a part or whole of it is."""
    parents = parents_of(actors)
    claims = control_claims.assign(holders=control_claims["from_holder"] + control_claims["to_holder"])
    claimed = by_key(claims, "claim_id", "holders")
    named = dict(zip(claimed.index.tolist(), claimed, strict=True))
    faults = []
    for line, ids, holders in control_spells[["control_claims", "holder"]].itertuples(name=None):
        told = set().union(*(named.get(claim, holders) for claim in ids))
        if told.issuperset(holders):
            continue  # a claim that does not exist is a fault of its own
        around = told.union(*(wholes_of(actor, parents) for actor in told))
        strange = [actor for actor in holders if actor not in around and not told & set(wholes_of(actor, parents))]
        faults += [
            Fault(
                "control_spells.csv",
                int(line),
                "holder",
                f"{actor}, whom none of its claims names",
                "a holder that a claim names",
            )
            for actor in strange
        ]
    return faults


@rule
def a_day_is_whose_are_there_at_its_end(control_spells: pd.DataFrame, control_claims: pd.DataFrame) -> list[Fault]:
    """A spell has no certain day on which a claim that it rests on has all its holders gone.

    A day belongs to whoever is in the place at its end, so the day of a change is the newcomer's.
    """
    claims = control_claims.drop_duplicates("claim_id").set_index("claim_id")
    left_by = day_bounds(claims["date"])["latest"]
    pairs = control_spells.assign(ends=day_bounds(control_spells["end"])["earliest"]).explode("control_claims")
    pairs = pairs[pairs["control_claims"].isin(claims.index) & pairs["holder"].map(len).gt(0)]
    pairs = pairs.join(claims[["date", "from_holder", "to_holder", "how"]].assign(left_by=left_by), on="control_claims")
    gone = [
        set(held) <= set(left) and not set(held) & set(come)
        for held, left, come in pairs[["holder", "from_holder", "to_holder"]].itertuples(index=False, name=None)
    ]
    over = pairs["ends"].isna() | pairs["left_by"].lt(pairs["ends"])
    late = pairs[pd.Series(gone, pairs.index) & ~pairs["how"].isin(NO_CHANGE) & over]
    return row_faults(
        "control_spells", late, "end", "{control_claims} has them gone on {date}", "an end that may be that day"
    )


@rule
def spell_rests_on_more_than_the_holders_word(
    control_spells: pd.DataFrame, control_claims: pd.DataFrame
) -> list[Fault]:
    """A spell of the assessed reading does not rest on the word of its holder alone."""
    claims = control_claims.drop_duplicates("claim_id").set_index("claim_id")
    told = dict(
        zip(claims.index, claims[["claimant_role", "to_holder"]].itertuples(index=False, name=None), strict=True)
    )

    def own_word(claim, holders):
        role, come = told.get(claim, (None, ()))
        kept = set(come) & set(holders)
        return bool(kept) and (role == "own_losses" or (role == "state" and kept <= STATE))

    held = control_spells[
        control_spells["reading"].eq("assessed").fillna(False) & control_spells["holder"].map(len).gt(0)
    ]
    alone = [
        bool(ids) and all(own_word(claim, holders) for claim in ids)
        for ids, holders in held[["control_claims", "holder"]].itertuples(index=False, name=None)
    ]
    return row_faults(
        "control_spells",
        held[alone],
        "control_claims",
        "nothing but the word of the holder on itself",
        "a claim by another",
    )


@rule
def a_fitting_claim_is_named(control_spells: pd.DataFrame, control_claims: pd.DataFrame) -> list[Fault]:
    """A spell of the assessed reading names each third party's claim that its holders are there on its certain days."""
    third = control_claims["claimant_role"].map(VOICE_OF).eq("third_party")
    claims = control_claims[third & ~control_claims["how"].isin(NO_CHANGE - {"presence", "failed_attack"})]
    claims = claims.join(day_bounds(claims["date"])).dropna(subset=["claim_id"])
    spells = control_spells[control_spells["reading"].eq("assessed").fillna(False)]
    spells = spells.assign(
        starts=day_bounds(spells["start"])["latest"], ends=day_bounds(spells["end"])["earliest"]
    ).reset_index(names="line")
    pairs = spells.merge(claims, on="place_id", suffixes=("", "_of_claim"))
    within = pairs["earliest"].ge(pairs["starts"]) & (pairs["ends"].isna() | pairs["latest"].lt(pairs["ends"]))
    pairs = pairs[within]  # of many pairs few
    fits = [
        bool(held) and set(held) == set(come) and claim not in named
        for held, come, claim, named in pairs[["holder", "to_holder", "claim_id", "control_claims"]].itertuples(
            index=False, name=None
        )
    ]
    left_out = pairs[pd.Series(fits, pairs.index, dtype=bool)].set_index("line")
    return row_faults(
        "control_spells", left_out, "control_claims", "{claim_id} is left out", "every third party's claim that fits"
    )


@rule
def base_reading_rests_on_the_base_article(control_spells: pd.DataFrame, control_claims: pd.DataFrame) -> list[Fault]:
    """A spell of the base article's reading rests on claims of the base article alone."""
    sources = by_key(control_claims, "claim_id", "source_id")
    pairs = control_spells[control_spells["reading"].eq("base_article").fillna(False)].explode("control_claims")
    foreign = pairs[pairs["control_claims"].map(sources).ne(BASE_ARTICLE).fillna(False)]
    return row_faults(
        "control_spells",
        foreign,
        "control_claims",
        "{control_claims} is no claim of the base article",
        f"claims of {BASE_ARTICLE}",
    )
