"""Actors: who fought, who led, how many they were said to be, and who accuses whom."""


import pandas as pd


def wholes(actors):
    """Actor to the actor that it is part of, however long the way up; to itself when it is part of none."""
    parents = actors.set_index("actor_id")["parent_id"]
    found = {}
    for actor in parents.index:
        top = actor
        while not pd.isna(parents[top]):
            top = parents[top]
        found[actor] = top
    return found


def belligerents(actors, events, casualty_claims):
    """One row per armed actor or government that sources name, in order of side.

    Returns columns actor_id, name, kind, side, parent_name, events (it takes part in), loss_claims (on its people), source_id.
    """
    armed = actors[actors["kind"].isin(["armed_movement", "self_defence", "state_force", "state"])]
    incidents = events[events["kind"] != "period"]
    acts = [int((incidents[["actor_a", "actor_b"]] == actor).any(axis=1).sum()) for actor in armed["actor_id"]]
    losses = armed["actor_id"].map(casualty_claims["victim"].value_counts()).fillna(0).astype(int)
    names = actors.set_index("actor_id")["name"]
    order = ["mnla", "islamist", "state", "allied", "other"]
    return (
        armed.assign(parent_name=armed["parent_id"].map(names), events=acts, loss_claims=losses)
        .sort_values(["side", "actor_id"], key=lambda c: c.map(order.index) if c.name == "side" else c, kind="stable")
        .reset_index(drop=True)[["actor_id", "name", "kind", "side", "parent_name", "events", "loss_claims", "source_id"]]
    )


def leaders(people, actors, events):
    """One row per person named as a leader: name, role, actor, reported fate and the event the fate is tied to."""
    short = actors.set_index("actor_id")["short_name"]
    names = events.set_index("event_id")["name"]
    return people.assign(
        actor_name=people["actor_id"].map(short), fate_event_name=people["fate_event_id"].map(names)
    )


def accusations(attribution_claims, events, actors):
    """One row per event on whose author a claimant speaks: how many allege, state or deny, and whom.

    Returns the attribution rows, in order of date, with event_name, date, accused_name and rival (True where the claims on one event name
    more than one accused or one of them denies).
    """
    names = events.set_index("event_id")["name"]
    short = actors.set_index("actor_id")["short_name"]
    groups = attribution_claims.groupby("event_id")
    rival = groups["accused"].transform("nunique").gt(1) | groups["stance"].transform(lambda s: (s == "denies").any())
    return attribution_claims.assign(
        date=attribution_claims["event_id"].map(events.set_index("event_id")["date"]),
        event_name=attribution_claims["event_id"].map(names),
        accused_name=attribution_claims["accused"].map(short),
        rival=rival,
    ).sort_values(["date", "event_id", "claim_id"], na_position="first", ignore_index=True)
