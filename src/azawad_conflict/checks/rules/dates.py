"""Rules on dates: of which form they are, and that they lie inside the study window."""

from typing import Any

import pandas as pd

from azawad_conflict.checks.columns import fields_of
from azawad_conflict.checks.faults import Fault, quoted, row_faults
from azawad_conflict.checks.rules.registry import rule
from azawad_conflict.checks.rules.shared import resources_of
from azawad_conflict.edtf_dates import bounds, day_bounds

OPEN_END = pd.Timestamp("9999-12-31")  # what edtf_dates makes of an end that a source leaves open


@rule
def edtf_valid(tables: dict[str, pd.DataFrame], package: dict[str, Any]) -> list[Fault]:
    """Every date has an EDTF form of edtf_dates, and an interval starts before it ends."""
    faults = []
    for resource in resources_of(tables, package):
        for column in fields_of(resource, "edtf"):
            dates = tables[resource["name"]][column]
            reasons = {date: _not_a_date(date) for date in dates.dropna().unique()}
            for line, date in dates[dates.map(reasons).notna()].items():
                problem = f"{quoted(date)} is {reasons[date]}"
                faults.append(
                    Fault(
                        resource["path"], int(line), column, problem, "EDTF: 2012, 2012-06, 2012-06-27, or two with /"
                    )
                )
    return faults


@rule
def inside_study_window(
    events: pd.DataFrame,
    event_claims: pd.DataFrame,
    control_claims: pd.DataFrame,
    control_spells: pd.DataFrame,
    abuse_claims: pd.DataFrame,
    searches: pd.DataFrame,
    yardsticks: pd.DataFrame,
    ucdp_dyads: pd.DataFrame,
    ucdp_records: pd.DataFrame,
    package: dict[str, Any],
) -> list[Fault]:
    """Dates lie in the study window (`temporal` of the package); periods and totals touch it.

    The end of a spell is the first day after it, so it may be the day after the window.
    """
    start, end = (pd.Timestamp(package["temporal"][name]) for name in ("start", "end"))
    is_period = events["kind"].eq("period").fillna(False)
    faults = []
    for table, rows, column, last in (
        ("events", events[~is_period], "date", end),
        ("events", events[~is_period], "base_date", end),
        ("event_claims", event_claims, "date", end),
        ("control_claims", control_claims, "date", end),
        ("control_spells", control_spells, "start", end),
        ("control_spells", control_spells, "end", end + pd.Timedelta(days=1)),
    ):
        days = day_bounds(rows[column])
        outside = (
            days["earliest"].lt(start)
            | (days["latest"].gt(last) & days["latest"].ne(OPEN_END))
            | days["earliest"].gt(last)
        )
        window = f"between {start.date()} and {end.date()}"
        faults += row_faults(table, rows[outside], column, f"{{{column}}} is outside the study window", window)
    for table, rows, column in (
        ("events", events[is_period], "date"),
        ("events", events[is_period], "base_date"),
        ("abuse_claims", abuse_claims, "date"),
        ("searches", searches, "month"),
        ("yardsticks", yardsticks, "date"),
        ("ucdp_dyads", ucdp_dyads, "window"),
        ("ucdp_records", ucdp_records, "date"),
    ):
        days = day_bounds(rows[column])
        apart = days["latest"].lt(start) | days["earliest"].gt(end)
        expected = f"a period that overlaps {start.date()} to {end.date()}"
        faults += row_faults(table, rows[apart], column, f"{{{column}}} does not touch the study window", expected)
    return faults


@rule
def undated_says_why(events: pd.DataFrame) -> list[Fault]:
    """An event without a date says so in its note."""
    silent = events[events["date"].isna() & events["note"].isna()]
    return row_faults("events", silent, "note", "blank for an event without a date", "why there is no date")


def _not_a_date(text):
    """Why a text is not a date that the report can use; None when it is one."""
    try:
        bounds(text)
    except ValueError as error:
        reason = str(error)
        return reason if reason.startswith(("an ", "not ")) else f"not a date ({reason})"
    return None
