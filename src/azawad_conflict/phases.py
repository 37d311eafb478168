"""Phases: how long each lasted, its events, and its sentences in the base article."""

import pandas as pd

from azawad_conflict.edtf_dates import bounds, precision
from azawad_conflict.language import N_


def phase_table(phases: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """One row per phase, in order.

    Returns columns phase_id, number, name, first_day, last_day, duration_days, scope, basis,
    opens_with, closes_with, source_id, incidents (events of the phase that are not periods),
    dated_to_the_day, sentences (of the base article). Unit: days, events, sentences. Rule:
    methods.md, "Phases".
    """
    table = phases.sort_values("number").reset_index(drop=True)
    first, last = (pd.to_datetime(table[column]) for column in ("first_day", "last_day"))
    counts = (
        events.assign(day_precise=dated_to_the_day(events))
        .groupby("phase_id")
        .agg(incidents=("event_id", "size"), dated_to_the_day=("day_precise", "sum"))
    )
    table = table.assign(duration_days=(last - first).dt.days + 1, sentences=table["base_sentence"].map(len)).join(
        counts, on="phase_id"
    )
    return table.fillna({"incidents": 0, "dated_to_the_day": 0}).astype({"incidents": int, "dated_to_the_day": int})


def dated_to_the_day(events: pd.DataFrame) -> pd.Series:
    """True for each event whose date is a single day."""
    return events["date"].map(precision).eq("day")


def dated_events(events: pd.DataFrame) -> pd.DataFrame:
    """One row per event with a date, periods and dates without an end apart.

    Returns the event's columns and earliest, latest (timestamps of the first and last possible
    day). A year is a period, not an incident.
    """
    dated = events[
        events["date"].notna() & events["kind"].ne("period") & ~events["date"].fillna("").str.endswith("/..")
    ]
    days = [bounds(date) for date in dated["date"]]
    return dated.assign(
        earliest=pd.to_datetime([first for first, _ in days]), latest=pd.to_datetime([last for _, last in days])
    ).sort_values(["earliest", "event_id"], ignore_index=True)


def last_day(phase_id: str, phases: pd.DataFrame) -> pd.Timestamp:
    """The last day of a phase, as a timestamp."""
    return pd.Timestamp(phases.set_index("phase_id")["last_day"][phase_id])


def core_span(phases: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp, int]:
    """First day, last day and number of days, both included, of the phases of scope "core"."""
    core = phases[phases["scope"] == "core"]
    first, last = pd.to_datetime(core["first_day"]).min(), pd.to_datetime(core["last_day"]).max()
    return first, last, (last - first).days + 1


def windows(phases: pd.DataFrame, core: pd.DataFrame) -> pd.DataFrame:
    """One row per window of time of the report: window, first_day, last_day (ISO), days, used_for.

    core : casualties.core_killed, whose incidents the totals add. Rule: methods.md, "Windows of
    time".
    """
    first, last, _ = core_span(phases)
    study = pd.to_datetime(phases["first_day"]).min(), pd.to_datetime(phases["last_day"]).max()
    days = core["date"].map(bounds)
    counted = pd.Timestamp(min(start for start, _ in days)), pd.Timestamp(max(end for _, end in days))
    rows = [
        (
            N_("From the first core phase to the last"),
            first,
            last,
            N_("the phases as the base article frames the conflict"),
        ),
        (
            N_("Incidents counted"),
            *counted,
            N_("the totals of the dead: from the first to the last incident between both sides with a number"),
        ),
        (N_("Study window"), *study, N_("control of towns, and events beside the conflict")),
    ]
    table = pd.DataFrame(rows, columns=["window", "first", "last", "used_for"])
    return table.assign(
        first_day=table["first"].dt.strftime("%Y-%m-%d"),
        last_day=table["last"].dt.strftime("%Y-%m-%d"),
        days=(table["last"] - table["first"]).dt.days + 1,
    )[["window", "first_day", "last_day", "days", "used_for"]]
