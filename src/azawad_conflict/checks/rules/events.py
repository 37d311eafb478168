"""Rules on events and phases: where an event belongs, and how phases follow each other."""

from typing import Any

import pandas as pd

from azawad_conflict.checks.faults import Fault, row_faults
from azawad_conflict.checks.rules.registry import rule
from azawad_conflict.checks.rules.shared import by_key, rests_on_base_article
from azawad_conflict.counting.counted import is_marked
from azawad_conflict.counting.terms import SIDES
from azawad_conflict.edtf_dates import day_bounds


@rule
def one_phase_per_event(events: pd.DataFrame, phases: pd.DataFrame) -> list[Fault]:
    """Every event lies in one phase, or surely between two of them; a period in none."""
    is_period = events["kind"].eq("period").fillna(False)
    days, spans = day_bounds(events["date"]), _phase_days(phases)
    touching = days["earliest"].isna()
    for phase in spans.itertuples():
        touching |= days["earliest"].le(phase.last_day) & days["latest"].ge(phase.first_day)
    without = events[~is_period & events["phase_id"].isna() & touching]
    within = events[is_period & events["phase_id"].notna()]
    return [
        *row_faults("events", without, "phase_id", "blank for an event that lies in a phase", "the phase of the event"),
        *row_faults("events", within, "phase_id", "phase {phase_id} for a period", "blank"),
    ]


@rule
def event_inside_its_phase(events: pd.DataFrame, phases: pd.DataFrame) -> list[Fault]:
    """The days of an event touch those of its phase; one dated to the day lies inside."""
    dated = events[["event_id", "date", "phase_id"]].join(day_bounds(events["date"]))
    placed = dated.join(_phase_days(phases).set_index("phase_id"), on="phase_id")
    apart = placed["latest"].lt(placed["first_day"]) | placed["earliest"].gt(placed["last_day"])
    rows = placed[apart].astype({"first_day": str, "last_day": str})
    return row_faults(
        "events", rows, "phase_id", "{date} lies outside the phase {phase_id}", "a day from {first_day} to {last_day}"
    )


@rule
def base_date_needs_the_base_article(events: pd.DataFrame) -> list[Fault]:
    """Only an event that rests on the base article has a date in it."""
    foreign = events[events["base_date"].notna() & ~rests_on_base_article(events)]
    return row_faults("events", foreign, "base_date", "{base_date} for an event that does not rest on it", "blank")


@rule
def core_is_between_both_sides(events: pd.DataFrame, actors: pd.DataFrame) -> list[Fault]:
    """An event is core only between both sides, and every fight between them is."""
    side = by_key(actors, "actor_id", "side")
    sides = [{a, b} for a, b in zip(events["actor_a"].map(side), events["actor_b"].map(side), strict=True)]
    between = pd.Series([both == set(SIDES) for both in sides], index=events.index)
    core = events["scope"].eq("core").fillna(False)
    fight = events["violence_type"].eq("non_state").fillna(False) & events["scope"].notna()
    return [
        *row_faults(
            "events", events[core & ~between], "scope", "core for {actor_a} and {actor_b}", "context or disputed"
        ),
        *row_faults("events", events[fight & between & ~core], "scope", "{scope} for a fight of both sides", "core"),
    ]


@rule
def casualties_have_a_violence_type(casualty_claims: pd.DataFrame, events: pd.DataFrame) -> list[Fault]:
    """An event with a claim that counts has a type of violence, else no total holds it."""
    counted = casualty_claims.loc[is_marked(casualty_claims), "event_id"]
    untyped = events[events["event_id"].isin(counted) & events["violence_type"].isna()]
    return row_faults(
        "events", untyped, "violence_type", "blank for an event with casualties that count", "its type of violence"
    )


@rule
def place_has_precision(events: pd.DataFrame) -> list[Fault]:
    """place_precision says how well the place is known: with a place, and only with one."""
    without = events[events["place_id"].notna() & events["place_precision"].isna()]
    idle = events[events["place_id"].isna() & events["place_precision"].notna()]
    return [
        *row_faults("events", without, "place_precision", "blank for {place_id}", "how well the place is known"),
        *row_faults("events", idle, "place_precision", "{place_precision} without a place", "blank"),
    ]


@rule
def phase_rests_on_no_encyclopaedia(phases: pd.DataFrame, sources: pd.DataFrame) -> list[Fault]:
    """The bounds of a phase rest on the sources of its events, and on no encyclopaedia page."""
    pages = set(sources.loc[sources["kind"].eq("encyclopaedia").fillna(False), "source_id"])
    named = phases.explode("source_id")
    return row_faults(
        "phases",
        named[named["source_id"].isin(pages)],
        "source_id",
        "{source_id} is an encyclopaedia page",
        "the sources of the events that bound the phase",
    )


@rule
def phases_in_order(phases: pd.DataFrame, package: dict[str, Any]) -> list[Fault]:
    """Phases follow each other from first to last day of the study window, without overlap.

    Days between two phases need a reason in gap_before, and only they have one.
    """
    ordered = _phase_days(phases).sort_values("number")
    backwards = ordered[ordered["first_day"].gt(ordered["last_day"])]
    faults = row_faults(
        "phases",
        _as_text(backwards),
        "last_day",
        "{last_day} comes before first_day {first_day}",
        "first_day <= last_day",
    )
    ordered = ordered.assign(
        day_after=ordered["last_day"].shift() + pd.Timedelta(days=1), before=ordered["phase_id"].shift()
    )
    overlap = ordered[ordered["first_day"].lt(ordered["day_after"])]
    faults += row_faults(
        "phases", _as_text(overlap), "first_day", "{first_day} overlaps the phase {before}", "{day_after} or later"
    )
    is_gap = ordered["first_day"].gt(ordered["day_after"])
    silent = ordered[is_gap & ordered["gap_before"].isna()]
    faults += row_faults(
        "phases",
        _as_text(silent),
        "gap_before",
        "blank, with days without a phase before {first_day}",
        "first_day {day_after}, or the reason of the gap",
    )
    idle = ordered[~is_gap & ordered["gap_before"].notna()]
    faults += row_faults("phases", idle, "gap_before", "a reason, and no gap before the phase {phase_id}", "blank")
    ends = package["temporal"]
    for row, column, day in ((ordered.head(1), "first_day", ends["start"]), (ordered.tail(1), "last_day", ends["end"])):
        off = row[row[column].notna() & row[column].ne(pd.Timestamp(day))]
        faults += row_faults(
            "phases",
            _as_text(off),
            column,
            f"{{{column}}} is not the {column.replace('_', ' ')} of the study window",
            day,
        )
    return faults


def _phase_days(phases):
    return phases.astype({"first_day": "datetime64[s]", "last_day": "datetime64[s]"})


def _as_text(rows):
    """The rows with their days as ISO text, for a message."""
    days = rows.select_dtypes("datetime").columns
    return rows.assign(**{column: rows[column].dt.strftime("%Y-%m-%d") for column in days})
