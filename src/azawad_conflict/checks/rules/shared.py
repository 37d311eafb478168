"""Functions for rules of several topics: resources read, an actor's wholes, base-article rows, the order of editions."""

import re
from collections.abc import Hashable
from typing import Any

import pandas as pd
from pandas.api.typing import NAType

from azawad_conflict.counting.terms import BASE_ARTICLE


def resources_of(tables: dict[str, pd.DataFrame], package: dict[str, Any]) -> list[dict[str, Any]]:
    """The resources of the descriptor whose tables could be read."""
    return [resource for resource in package["resources"] if resource["name"] in tables]


def parents_of(actors: pd.DataFrame) -> dict[Hashable, Any]:
    """Actor to the actor that it is part of."""
    return actors.dropna(subset=["parent_id"]).drop_duplicates("actor_id").set_index("actor_id")["parent_id"].to_dict()


def by_key(table: pd.DataFrame, key: str, column: str) -> pd.Series:
    """The column by the key; of rows with the same one the first."""
    return table[[key, column]].drop_duplicates(key).set_index(key)[column]


def wholes_of(actor: str | NAType, parents: dict[Hashable, Any]) -> list[str]:
    """The actors that an actor is part of, from the next one up; the data may be circular."""
    found: list[str] = []
    while (whole := parents.get(found[-1] if found else actor)) is not None and whole not in found:
        found.append(whole)
    return found


def rests_on_base_article(table: pd.DataFrame) -> pd.Series:
    """True for each row of which the base article is the source, or one of several."""
    if table["source_id"].dtype == "string":
        return table["source_id"].eq(BASE_ARTICLE).fillna(False)
    return table["source_id"].map(lambda ids: BASE_ARTICLE in ids).astype(bool)


def edition_order(edition: object) -> tuple[int, ...]:
    """The numbers of an edition, by which editions are sorted; none for what names no edition."""
    return tuple(map(int, re.findall(r"\d+", str(edition))))
