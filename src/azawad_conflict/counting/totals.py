"""Sums of ranges: over all incidents, by voice, by day, and of everyone killed, whichever side.

A total is a sum of claims: what it is worth depends on whose claims they are, which each row says
(low_voice, best_voice, high_voice).
"""

from typing import Any

import pandas as pd

from azawad_conflict.counting.counted import killed_in_fights
from azawad_conflict.counting.terms import RANGE, SERIES, SIDES, VOICES
from azawad_conflict.edtf_dates import bounds


def totals(ranges: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """One row per combination of `by` (a list of columns): sums of low, best and high.

    Returns `by` and low, best, high, at_least, incidents, reported (False where no incident has a
    number), unreported (rows of `ranges` without a number). Incidents without a number add nothing.
    The low is the sum of the lows, the high that of the highs: as if all incidents were wrong in
    one direction. Unit: people.
    """
    groups = ranges.assign(unreported=~ranges["reported"]).groupby(by, sort=False, dropna=False)
    sums = {
        **{end: groups[end].sum() for end in RANGE},
        "at_least": groups["at_least"].any(),
        "incidents": groups["event_id"].nunique(),
        "reported": groups["reported"].any(),
        "unreported": groups["unreported"].sum(),
    }
    return pd.DataFrame(sums).reset_index().astype(dict.fromkeys(RANGE, int))


def total(ranges: pd.DataFrame, **where: Any) -> pd.Series:
    """The total, as a Series, over the rows where each column has the given value or one of a list.

    reported is False, and the numbers 0, where no row is left: nothing was reported, which is not a
    zero. Raises KeyError for a column that is not there, TypeError for a number asked of a column of
    text (years are text) and ValueError for a side that the report does not know.
    """
    chosen = ranges
    for column, value in where.items():
        values = value if isinstance(value, (list, tuple, set)) else [value]
        _refuse_unknown(ranges, column, values)
        chosen = chosen[chosen[column].isin(values)]
    if chosen.empty:
        return pd.Series(
            {"low": 0, "best": 0, "high": 0, "at_least": False, "incidents": 0, "reported": False, "unreported": 0}
        )
    return totals(chosen.assign(all="all"), ["all"]).drop(columns="all").iloc[0]


def _refuse_unknown(ranges, column, values):
    """Raise for a question that no row can answer, which would pass for "nothing was reported"."""
    if column not in ranges:
        raise KeyError(f"{column}: no column of these ranges; there are: {', '.join(ranges.columns)}")
    if pd.api.types.is_string_dtype(ranges[column]) and (
        odd := [value for value in values if not isinstance(value, str)]
    ):
        raise TypeError(f"{column}: {odd[0]!r}: the column holds text: write {str(odd[0])!r}")
    if column == "side" and (odd := [value for value in values if value not in SERIES]):
        raise ValueError(f"side: {odd[0]!r}: is none of {', '.join(SERIES)}")


def by_voice(ranges: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """One row per combination of `by` (a list of columns) and voice: the voice's part of the sums.

    Returns `by`, voice and low, best, high: the sums over the numbers that claims of this voice
    make. Over the voices they add up to those of `totals`. Unit: people. Rule: methods.md, "Who
    says it".
    """
    ends = [
        ranges[[*by, f"{end}_voice", end]].set_axis([*by, "voice", "people"], axis=1).assign(end=end) for end in RANGE
    ]
    parts = pd.concat(ends).dropna(subset=["voice"])
    table = parts.pivot_table(
        index=[*by, "voice"], columns="end", values="people", aggfunc="sum", fill_value=0, sort=False
    )
    table = table.reindex(columns=RANGE, fill_value=0).astype(int).rename_axis(columns=None).reset_index()
    order = {voice: number for number, voice in enumerate(VOICES)}
    return table.sort_values(
        [*by, "voice"],
        key=lambda column: column.map(order) if column.name == "voice" else column,
        kind="stable",
        ignore_index=True,
    )


def cumulative(ranges: pd.DataFrame) -> pd.DataFrame:
    """One row per series and day on which an incident ended: the reported dead to that day.

    ranges : core_killed. An incident counts from the last day on which it may have happened.
    Returns columns side, date (timestamp), event_id (of the largest number that came on that
    day), low, best, high, at_least, and the running sum of the best numbers of each voice, by its
    name. Unit: people.
    """
    rows = ranges[ranges["reported"]]
    parts = (
        pd.get_dummies(rows["best_voice"], dtype=int)
        .reindex(columns=list(VOICES), fill_value=0)
        .mul(rows["best"].astype(int), axis=0)
    )
    rows = rows.assign(date=pd.to_datetime([bounds(date)[1] for date in rows["date"]])).join(parts)
    largest = rows.sort_values("best", ascending=False, kind="stable").groupby(["side", "date"])["event_id"].first()
    sums = rows.groupby(["side", "date"])[[*RANGE, "at_least", *VOICES]].sum().astype(int)
    running = sums.groupby("side").cumsum().join(largest).reset_index()
    return running.assign(at_least=running["at_least"].gt(0))[["side", "date", "event_id", *RANGE, "at_least", *VOICES]]


def everyone_killed(ranges: pd.DataFrame) -> pd.DataFrame:
    """One row per core incident with a number: everyone reported killed in it, whichever side.

    Where claims do not separate the sides, the range spans them and the sum of the sides, and their
    best decides; else it is that sum. Civilians killed in the fighting are part of it where claims
    do not separate them.
    Returns columns event_id, name, date, year, low, best, high, at_least, separated (True: a sum
    of sides) and, for each voice, what of the best it makes (a column by the name of the voice). Unit:
    people. Rule: methods.md, "Both sides in one number".
    """
    killed = killed_in_fights(ranges[ranges["reported"]])
    is_whole, is_side = killed["side"].eq("unseparated"), killed["side"].isin(SIDES)
    together = killed_together(killed[is_whole | is_side])
    separated = killed["event_id"].map(together["separated"]).eq(True)
    decides = killed[(is_whole & ~separated) | (is_side & separated)]
    voices = decides.pivot_table(index="event_id", columns="best_voice", values="best", aggfunc="sum", observed=True)
    voices = voices.reindex(index=together.index, columns=list(VOICES)).fillna(0).astype(int).rename_axis(columns=None)
    of_event = killed.groupby("event_id")
    told = of_event[["name", "date", "year"]].first().join(of_event["at_least"].any())
    table = together.join(told).join(voices).reset_index()
    return table[["event_id", "name", "date", "year", *RANGE, "at_least", "separated", *VOICES]]


def killed_together(killed: pd.DataFrame) -> pd.DataFrame:
    """Everyone killed, one row per incident, by event_id in their order: low, best, high, separated (True: a sum of groups).

    killed : rows of incident_ranges on the killed that have a number. Where claims do not separate the groups, the range spans
    them and the sum of the groups, and their best decides; else it is that sum. Unit: people.
    """
    # For everyone killed it does not matter whose people they were.
    numbers = killed.assign(low=killed["lowest"])
    is_whole = numbers["side"].eq("unseparated")
    wholes = numbers[is_whole].groupby("event_id").agg(low=("low", "min"), best=("best", "first"), high=("high", "max"))
    sums = numbers[~is_whole].groupby("event_id")[RANGE].sum()
    order = pd.Index(killed["event_id"].unique(), name="event_id")
    wholes, sums = wholes.reindex(order), sums.reindex(order)
    table = pd.DataFrame(
        {
            "low": pd.concat([wholes["low"], sums["low"]], axis=1).min(axis=1),
            "best": wholes["best"].fillna(sums["best"]),
            "high": pd.concat([wholes["high"], sums["high"]], axis=1).max(axis=1),
        }
    )
    return table.astype(int).assign(separated=wholes["best"].isna())
