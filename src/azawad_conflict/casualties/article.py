"""The base article's own numbers: its incidents, its infobox, and what is left between both."""

import pandas as pd

from azawad_conflict.counting.ranges import incident_ranges
from azawad_conflict.counting.terms import BASE_ARTICLE, RANGE


def as_told(claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The incident ranges that the base article's claims alone give."""
    return incident_ranges(claims[claims["source_id"] == BASE_ARTICLE], events, actors, sources)


def period_claims(claims: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """One row per year total that a source states.

    Returns columns year, victim, outcome, low, best, high, claimant, source_id.

    These are claims on periods: never added to incidents. Unit: people.
    """
    periods = events.loc[events["kind"] == "period", ["event_id", "date"]].rename(columns={"date": "year"})
    return claims.merge(periods, on="event_id")[["year", "victim", "outcome", *RANGE, "claimant", "source_id"]]


def mnla_harmed(told: pd.DataFrame) -> pd.DataFrame:
    """The rows of as_told on the MNLA's side in core incidents, of every outcome."""
    return told[told["side"].eq("mnla") & told["scope"].eq("core")]


def infobox_against_incidents(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """One row per year and outcome: the infobox's total for the MNLA, and the article's incidents.

    Returns columns year, outcome, infobox, mnla, volunteers, incidents (mnla + volunteers),
    residual (infobox less incidents). The residual is shown and never spread over incidents. A year
    and outcome for which the infobox states nothing is left out. Unit: people. Rule: methods.md,
    "The article against itself".
    Raises ValueError when incidents with a number lie in no year that the infobox totals: they
    would be lost.
    """
    article = claims[claims["source_id"] == BASE_ARTICLE]
    stated = period_claims(article, events)
    stated = stated[stated["victim"] == "mnla"]
    stated = stated.assign(infobox=stated["best"].fillna(stated["low"]))[["year", "outcome", "infobox"]]
    ranges = mnla_harmed(as_told(claims, events, actors, sources))
    own = ranges[ranges["reported"]]
    lost = own[~own["year"].isin(stated["year"])]
    if len(lost):
        raise ValueError(f"no year of the infobox holds {', '.join(lost['event_id'] + ' (' + lost['year'] + ')')}")
    split = own.assign(part=own["victim"].where(own["victim"] == "mnla", "volunteers"))
    parts = split.pivot_table(index=["year", "outcome"], columns="part", values="best", aggfunc="sum", fill_value=0)
    parts = parts.reindex(columns=["mnla", "volunteers"], fill_value=0)
    table = stated.join(parts, on=["year", "outcome"]).fillna({"mnla": 0, "volunteers": 0})
    table = table.astype({"infobox": int, "mnla": int, "volunteers": int})
    incidents = table["mnla"] + table["volunteers"]
    order = {"killed": 0, "wounded": 1, "captured": 2}
    return (
        table.assign(incidents=incidents, residual=table["infobox"] - incidents)
        .sort_values(["outcome", "year"], key=lambda column: column.map(order) if column.name == "outcome" else column)
        .reset_index(drop=True)
    )
