"""Claims as they stand in the tables, joined and sorted to lead from a number to its sources."""

import pandas as pd

from azawad_conflict.counting.counted import is_marked
from azawad_conflict.language import N_

NO_PHASE = N_("Between two phases")
NO_REGION = N_("No region or place named")
# What an attribution says of a party, by its stance.
ATTRIBUTED = {
    "alleges": N_("Alleges it of {party}."),
    "states": N_("States it of {party}."),
    "denies": N_("Denies it of {party}."),
}

# The tables that the explorer lists.
CLAIMS = ("casualty_claims", "attribution_claims", "event_claims", "control_claims")


def casualty_claims(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, phases: pd.DataFrame
) -> pd.DataFrame:
    """One row per casualty claim on an incident or a period, in order of date and event.

    Returns the columns of casualty_claims and event_name, date, phase_name (a category, in the order
    of the phases; last NO_PHASE, where the event lies in none), victim_name. Unit: people.
    """
    return _on_events(claims, events, phases).assign(
        victim_name=lambda table: table["victim"].map(actors.set_index("actor_id")["short_name"])
    )


def other_claims(
    attribution_claims: pd.DataFrame,
    event_claims: pd.DataFrame,
    events: pd.DataFrame,
    actors: pd.DataFrame,
    phases: pd.DataFrame,
) -> pd.DataFrame:
    """One row per claim on an event other than on casualties: author, date, course, terms.

    Returns columns claim_id, event_id, event_name, date, phase_name (as in casualty_claims), aspect ("author" for
    attributions), statement, claimant, claimant_role, source_id.
    """
    short = actors.set_index("actor_id")["short_name"]
    said = [
        ATTRIBUTED[stance].format(party=short[accused])
        for stance, accused in zip(attribution_claims["stance"], attribution_claims["accused"], strict=True)
    ]
    authors = attribution_claims.assign(aspect="author", statement=said)
    columns = ["claim_id", "event_id", "aspect", "statement", "claimant", "claimant_role", "source_id"]
    return _on_events(pd.concat([authors[columns], event_claims[columns]]), events, phases)


def _on_events(claims, events, phases):
    described = events[["event_id", "name", "date", "phase_id", "kind"]].rename(
        columns={"name": "event_name", "kind": "event_kind"}
    )
    table = claims.rename(columns={"date": "claim_date"}).merge(described, on="event_id", validate="many_to_one")
    names = phases.set_index("phase_id")["name"]
    of_events = table["phase_id"].map(names).fillna(NO_PHASE)
    return table.assign(phase_name=pd.Categorical(of_events, categories=[*names, NO_PHASE], ordered=True)).sort_values(
        ["date", "event_id", "claim_id"], na_position="first", ignore_index=True
    )


def control_claims(claims: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """One row per control claim, by region and place, in order of date.

    Returns the columns of control_claims and place_name (the area where no place is named), region
    ("No place named").
    """
    names, regions = (places.set_index("place_id")[column] for column in ("name", "region_2012"))
    table = claims.assign(
        place_name=claims["place_id"].map(names).fillna(claims["area"]),
        region=claims["place_id"].map(regions).fillna(NO_REGION),
    )
    return table.sort_values(["region", "place_name", "date", "claim_id"], ignore_index=True)


def in_reading(claims: pd.DataFrame, spells: pd.DataFrame) -> pd.Series:
    """Whether one of the spells, those of a reading, names the control claim; one value per claim."""
    return claims["claim_id"].isin(spells["control_claims"].explode())


def overview(claims: pd.DataFrame, by: str, of: str) -> pd.DataFrame:
    """One row per group of claims: their number, how many can count, their subjects and sources.

    claims : any frame of this module. by : the column of the groups. of : the column of what the
    claims are on.
    Returns by, claims, on, sources and counted (missing where the claims are of a kind that is not
    counted). Unit: claims, sources.
    """
    counted = is_marked(claims) if "counted" in claims else pd.Series(pd.NA, index=claims.index)
    groups = claims.assign(is_counted=counted).groupby(by, observed=True)
    table = groups.agg(
        claims=("claim_id", "size"),
        on=(of, "nunique"),
        sources=("source_id", "nunique"),
        counted=("is_counted", lambda marks: marks.sum() if marks.notna().all() else pd.NA),
    )
    return table.reset_index()
