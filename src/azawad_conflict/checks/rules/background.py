"""Rules on statements on the background of the conflict."""

import pandas as pd

from azawad_conflict.checks.faults import Fault, row_faults
from azawad_conflict.checks.rules.registry import rule


@rule
def background_number_has_its_unit(background_claims: pd.DataFrame) -> list[Fault]:
    """A statement on the background has a number if, and only if, it says what is counted."""
    bare = background_claims[background_claims["number"].notna() & background_claims["unit"].isna()]
    idle = background_claims[background_claims["number"].isna() & background_claims["unit"].notna()]
    return [
        *row_faults("background_claims", bare, "unit", "blank for a number", "what it counts"),
        *row_faults("background_claims", idle, "unit", "a unit without a number", "blank"),
    ]


@rule
def background_aspect_is_of_somebody(background_claims: pd.DataFrame) -> list[Fault]:
    """A statement for who is who names the actor and what of it is told, or neither."""
    actors = background_claims["actor_id"].map(len).gt(0)
    return [
        *row_faults(
            "background_claims",
            background_claims[actors & background_claims["aspect"].isna()],
            "aspect",
            "blank for a statement on an actor",
            "what of the actor it tells",
        ),
        *row_faults(
            "background_claims",
            background_claims[~actors & background_claims["aspect"].notna()],
            "actor_id",
            "blank for the aspect {aspect}",
            "whose",
        ),
    ]
