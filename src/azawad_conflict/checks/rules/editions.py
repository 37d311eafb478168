"""Rules on what editions moved: rows name an edition that was declared, and one row goes on from another."""

from typing import Any

import pandas as pd

from azawad_conflict.checks.faults import Fault, row_faults
from azawad_conflict.checks.rules.registry import rule
from azawad_conflict.checks.rules.shared import edition_order


@rule
def edition_is_declared(changes: pd.DataFrame, withdrawn_ids: pd.DataFrame, package: dict[str, Any]) -> list[Fault]:
    """A change and a withdrawn id name the edition of the package, or an earlier one."""
    version = package.get("version")
    faults = []
    for name, rows in (("changes", changes), ("withdrawn_ids", withdrawn_ids)):
        later = rows[[edition_order(edition) > edition_order(version) for edition in rows["edition"]]]
        problem, expected = "{edition} is later than datapackage.json says", "or earlier; make edition opens the next"
        faults += row_faults(name, later, "edition", problem, f"{version} {expected}")
    return faults


@rule
def change_has_the_day_of_its_edition(changes: pd.DataFrame, package: dict[str, Any]) -> list[Fault]:
    """Changes of one edition have one day, those of the package's edition that of the package."""
    usual = changes.dropna(subset=["date"]).groupby("edition")["date"].agg(lambda days: days.mode().iat[0])
    days = {**usual, str(package.get("version")): str(package.get("created"))[:10]}
    expected = changes["edition"].map(days)
    other = changes.assign(day=expected)[changes["date"].ne(expected).fillna(False)]
    return row_faults("changes", other, "date", "{date} is not the day of edition {edition}", "{day}")


@rule
def change_goes_on_from_the_last(changes: pd.DataFrame) -> list[Fault]:
    """A number moves once in an edition, and from what the last row of the same key left it at."""
    ordered = changes.iloc[sorted(range(len(changes)), key=lambda place: edition_order(changes["edition"].iat[place]))]
    last = ordered.groupby("key")[["edition", "after"]].shift().rename(columns="last_{}".format)
    rows = ordered.join(last)
    twice = rows["edition"].eq(rows["last_edition"]).fillna(False)
    return [
        *row_faults("changes", rows[twice], "key", "{key} has a row of {edition} already", "one row"),
        *row_faults(
            "changes",
            rows[~twice & rows["before"].ne(rows["last_after"]).fillna(False)],
            "before",
            '"{before}" is not what {last_edition} printed',
            '"{last_after}"',
        ),
        *row_faults(
            "changes",
            rows[rows["before"].eq(rows["after"]).fillna(False)],
            "after",
            "the same as before",
            "another text",
        ),
    ]
