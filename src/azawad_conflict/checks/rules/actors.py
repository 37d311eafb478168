"""Rules on actors and people: who is part of whom, who was active when, and who met which fate."""

import pandas as pd

from azawad_conflict.checks.faults import Fault, row_faults
from azawad_conflict.checks.rules.registry import rule
from azawad_conflict.checks.rules.shared import by_key, parents_of, wholes_of
from azawad_conflict.edtf_dates import day_bounds


@rule
def no_actor_above_itself(actors: pd.DataFrame) -> list[Fault]:
    """An actor is not part of itself, however long the way up."""
    parents = parents_of(actors)
    circular = actors[actors["actor_id"].map(lambda actor: actor in wholes_of(actor, parents)).astype(bool)]
    return row_faults(
        "actors",
        circular,
        "parent_id",
        "{actor_id} is part of itself by way of {parent_id}",
        "a parent outside its own parts",
    )


@rule
def a_part_says_whom_it_acts_for(actors: pd.DataFrame) -> list[Fault]:
    """acts_for_parent says it of each actor that is part of another, and of no other."""
    without = actors[actors["parent_id"].notna() & actors["acts_for_parent"].isna()]
    idle = actors[actors["parent_id"].isna() & actors["acts_for_parent"].notna()]
    return [
        *row_faults("actors", without, "acts_for_parent", "blank for a part of {parent_id}", "yes or no"),
        *row_faults("actors", idle, "acts_for_parent", "{acts_for_parent} for an actor without a parent", "blank"),
    ]


@rule
def active_in_order(actors: pd.DataFrame) -> list[Fault]:
    """An actor's activity starts before it ends."""
    first, last = day_bounds(actors["active_from"]), day_bounds(actors["active_to"])
    backwards = actors[first["earliest"].gt(last["latest"])]
    return row_faults(
        "actors",
        backwards,
        "active_to",
        "{active_to} comes before active_from {active_from}",
        "active_from <= active_to",
    )


@rule
def actors_active_on_the_date(
    events: pd.DataFrame,
    casualty_claims: pd.DataFrame,
    attribution_claims: pd.DataFrame,
    control_claims: pd.DataFrame,
    control_spells: pd.DataFrame,
    people: pd.DataFrame,
    actors: pd.DataFrame,
) -> list[Fault]:
    """An actor named on a date was active then, as far as both dates go.

    That is one who acts, is hit, is accused, holds a place or meets a fate.
    """
    event_dates = by_key(events, "event_id", "date")
    spans = actors.drop_duplicates("actor_id").set_index("actor_id")[["active_from", "active_to"]].dropna(how="all")
    named = pd.concat(
        rows[column]
        .explode()
        .loc[lambda named: named.isin(spans.index)]
        .to_frame("actor")
        .assign(date=dates, table=table, column=column)
        for table, rows, column, dates in (
            ("events", events, "actor_a", events["date"]),
            ("events", events, "actor_b", events["date"]),
            ("casualty_claims", casualty_claims, "victim", casualty_claims["event_id"].map(event_dates)),
            ("attribution_claims", attribution_claims, "accused", attribution_claims["event_id"].map(event_dates)),
            ("people", people, "actor_id", people["fate_event_id"].map(event_dates)),
            ("control_claims", control_claims, "from_holder", control_claims["date"]),
            ("control_claims", control_claims, "to_holder", control_claims["date"]),
            ("control_spells", control_spells, "holder", control_spells["start"]),
        )
    )
    named = named.join(spans, on="actor")
    days = day_bounds(named["date"])
    early = days["latest"].lt(day_bounds(named["active_from"])["earliest"])
    late = days["earliest"].gt(day_bounds(named["active_to"])["latest"])
    return [
        fault
        for inactive, expected in ((early, "active from {active_from}"), (late, "active to {active_to}"))
        for (table, column), rows in named[inactive.to_numpy()].groupby(["table", "column"])
        for fault in row_faults(str(table), rows, str(column), "{actor} was not active on {date}", expected)
    ]


@rule
def fate_fits_its_event(people: pd.DataFrame, events: pd.DataFrame, casualty_claims: pd.DataFrame) -> list[Fault]:
    """A fate tied to an event is killed, wounded or captured, of an actor in the event."""
    tied = people[people["fate_event_id"].notna() & people["fate_event_id"].isin(events["event_id"])]
    unstated = tied[tied["reported_fate"].eq("not_stated").fillna(False)]
    faults = row_faults(
        "people", unstated, "fate_event_id", "{fate_event_id} for a fate that is not stated", "blank, or the fate"
    )
    fateful, hit = (table[table["event_id"].isin(tied["fate_event_id"])] for table in (events, casualty_claims))
    parties = {
        (event, actor)
        for column in ("actor_a", "actor_b")
        for event, actor in zip(fateful["event_id"], fateful[column], strict=True)
    }
    parties |= set(zip(hit["event_id"], hit["victim"], strict=True))
    takes_part = [pair in parties for pair in zip(tied["fate_event_id"], tied["actor_id"], strict=True)]
    absent = tied[[not part for part in takes_part]]
    faults += row_faults(
        "people",
        absent,
        "fate_event_id",
        "{actor_id} neither acts nor is hit in {fate_event_id}",
        "an event of the person's actor",
    )
    periods = events.loc[events["kind"].eq("period").fillna(False), "event_id"]
    vague = tied[tied["fate_event_id"].isin(periods)]
    return faults + row_faults(
        "people", vague, "fate_event_id", "{fate_event_id} is a period", "the event itself, or blank"
    )
