"""The background of the conflict: who is who, and how many were displaced.

All are statements with their sources; none enters a total.
"""

import pandas as pd

from azawad_conflict.edtf_dates import day_bounds

ASPECTS = ("founded", "leaders", "aim", "fate")
DISPLACED = ("refugees", "displaced inside Mali")  # units of the counts


def who_is_who(background_claims: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """One row per actor of whom a statement tells an aspect, in the order of the actors table.

    Returns columns actor_id, name, short_name, side and, for each of ASPECTS, a tuple of the
    statements; source_id (a tuple).
    """
    told = background_claims[background_claims["aspect"].notna()].explode("actor_id")
    rows = []
    for actor in actors[actors["actor_id"].isin(told["actor_id"])].itertuples():
        own = told[told["actor_id"] == actor.actor_id]
        said = {aspect: tuple(own.loc[own["aspect"] == aspect, "statement"]) for aspect in ASPECTS}
        sources = tuple(dict.fromkeys(source for ids in own["source_id"] for source in ids))
        rows.append(
            {"actor_id": actor.actor_id, "name": actor.name, "short_name": actor.short_name, "side": actor.side}
            | said
            | {"source_id": sources}
        )
    return pd.DataFrame(rows)


def displaced(background_claims: pd.DataFrame) -> pd.DataFrame:
    """One row per count of people displaced.

    Returns columns date (timestamp, the last day it may be), group (one of DISPLACED), number,
    claimant, source_id. Unit: people.
    """
    counts = background_claims[
        background_claims["topic"].eq("displacement") & background_claims["unit"].isin(list(DISPLACED))
    ]
    dates = day_bounds(counts["date"])["latest"]
    return counts.assign(day=dates, group=counts["unit"])[
        ["day", "group", "number", "claimant", "source_id"]
    ].sort_values(["group", "day"], ignore_index=True)
