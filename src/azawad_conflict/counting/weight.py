"""Whose number is the best of an incident: the order in which its claims decide.

To count by another order, write a function here, name it in ORDERS, and let DECIDES name it. Totals, the multiverse, the
explorer and the words of methods.md follow.
"""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from azawad_conflict.counting.terms import ROLE_RANK
from azawad_conflict.language import N_


class Order(NamedTuple):
    """An order of claims, and its words.

    first : described claims to the same rows, the deciding one first; their index is unique and stays.
    option : what figures and tables call it. whose : "the best number is that of ...". more : whole sentences, for methods.md.
    """

    first: Callable[[pd.DataFrame], pd.DataFrame]
    option: str
    whose: str
    more: str


def ranks(claims: pd.DataFrame) -> pd.Series:
    """The rank of each claim, the lowest deciding first.

    A party that says it lost nobody admits nothing and ranks with its enemy.
    """
    denies = claims["claimant_role"].eq("own_losses") & claims["high"].eq(0).fillna(False)
    return claims["claimant_role"].map(ROLE_RANK).mask(denies.astype(bool), ROLE_RANK["enemy_losses"])


def by_role(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims, that of the highest role first, then the latest published, then the lowest number."""
    by = ["rank", "published", "best"]
    order = claims.assign(rank=ranks(claims))[by].sort_values(by, ascending=[True, False, True], kind="stable")
    return claims.loc[order.index]


ORDERS = {
    "roles": Order(
        by_role,
        option=N_("order of roles"),
        whose=N_(
            "the claimant of the highest role: hospitals and monitors, then a side on its own dead, then residents and the "
            "press, then officials, and last a side on its enemy, or one that says it lost nobody"
        ),
        more=N_(
            "A side that says it lost nobody admits nothing: such a zero ranks with its word on its enemy. Among equals the "
            "latest published decides, then the lowest number."
        ),
    )
}
DECIDES = "roles"  # the order of the published totals


def chosen() -> Order:
    """The order that DECIDES names. Raises ValueError, with those that there are, for another name."""
    if DECIDES not in ORDERS:
        raise ValueError(f"counting/weight.py: DECIDES is {DECIDES!r}; ORDERS has {', '.join(map(repr, ORDERS))}")
    return ORDERS[DECIDES]


def by_weight(claims: pd.DataFrame) -> pd.DataFrame:
    """The described claims in the order in which they decide.

    Of any choice of them the first with a best gives the best number. Raises ValueError for an order that loses or adds rows.
    """
    ordered = chosen().first(claims)
    if not ordered.index.sort_values().equals(claims.index.sort_values()):
        raise ValueError(
            f"counting/weight.py: the order {DECIDES!r} makes {len(ordered)} rows of {len(claims)} claims: it may sort them, and no more"
        )
    return ordered


def weights(claims: pd.DataFrame) -> pd.Series:
    """The place of each described claim in by_weight, from 0, for a script that has not the rule."""
    return pd.Series(range(len(claims)), index=by_weight(claims).index).reindex(claims.index)
