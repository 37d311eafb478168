"""Rules on ids that earlier editions published: none is given again, and its address leads to what stands for it."""

from typing import Any

import pandas as pd

from azawad_conflict.checks.faults import Fault, row_faults
from azawad_conflict.checks.rules.registry import rule


@rule
def withdrawn_for_good(
    withdrawn_ids: pd.DataFrame, tables: dict[str, pd.DataFrame], package: dict[str, Any]
) -> list[Fault]:
    """A withdrawn id is no row's, and what replaces it is a row of its table, or an id withdrawn for that row later."""
    keys = {resource["name"]: resource["schema"]["primaryKey"] for resource in package["resources"]}
    asked = pd.concat([withdrawn_ids["withdrawn_id"], withdrawn_ids["replaced_by"]])
    there = {
        name: set(asked[asked.isin(tables[name][keys[name]])])
        for name in withdrawn_ids["table"].dropna().unique()
        if name in tables
    }
    gone = set(withdrawn_ids["withdrawn_id"].dropna())
    again, lost = [], []
    for line, row in withdrawn_ids.iterrows():
        ids = there.get(row["table"], set())
        again += [line] if row["withdrawn_id"] in ids else []
        lost += [line] if pd.notna(row["replaced_by"]) and row["replaced_by"] not in (ids | gone) else []
    unknown = withdrawn_ids[~withdrawn_ids["table"].isin(list(keys)) & withdrawn_ids["table"].notna()]
    lines = [line for line in lost if line not in unknown.index]
    return [
        *row_faults("withdrawn_ids", unknown, "table", '"{table}" is no table', "the name of a table"),
        *row_faults(
            "withdrawn_ids",
            withdrawn_ids.loc[again],
            "withdrawn_id",
            "{withdrawn_id} is an id of {table}",
            "another id",
        ),
        *row_faults(
            "withdrawn_ids",
            withdrawn_ids.loc[lines],
            "replaced_by",
            "{replaced_by} is not in {table}",
            "an id of {table}",
        ),
    ]
