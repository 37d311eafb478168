"""Actors: who fought, who led, how many they were, who accuses whom, how they dealt."""

from itertools import combinations

import pandas as pd

from azawad_conflict.edtf_dates import day_bounds

# What an event between two parties is to them, by its kind; any other kind with organised violence
# is a fight.
MANNERS = {
    "agreement": "agreed",
    "alliance": "agreed",
    "support": "agreed",
    "talks": "talked",
    "lapse": "broke_off",
    "arrest": "arrested",
}


def within(actors: pd.DataFrame) -> dict[str, list[str]]:
    """Actor to itself and the actors that it is part of, the largest last."""
    parents = actors.set_index("actor_id")["parent_id"]
    found = {}
    for actor in parents.index:
        found[actor] = [actor]
        while not pd.isna(parents[found[actor][-1]]):
            found[actor].append(parents[found[actor][-1]])
    return found


def wholes(actors: pd.DataFrame) -> dict[str, str]:
    """Actor to the largest actor that it is part of, or to itself if it is part of none."""
    return {actor: larger[-1] for actor, larger in within(actors).items()}


def held_for(actors: pd.DataFrame) -> dict[str, str]:
    """Actor to the one for whom it holds a place: a state for its army, else itself. Rule: methods.md, "Control"."""
    parents = actors["parent_id"].where(actors["acts_for_parent"].eq("yes").fillna(False), actors["actor_id"])
    return dict(zip(actors["actor_id"], parents, strict=True))


def belligerents(actors: pd.DataFrame, events: pd.DataFrame, casualty_claims: pd.DataFrame) -> pd.DataFrame:
    """One row per armed actor or government that sources name, in order of side.

    Returns columns actor_id, name, kind, side, parent_name, events (it takes part in), loss_claims
    (on its people), source_id.
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
        .reset_index(drop=True)[
            ["actor_id", "name", "kind", "side", "parent_name", "events", "loss_claims", "source_id"]
        ]
    )


def leaders(people: pd.DataFrame, actors: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """One row per person named as a leader: name, role, actor, reported fate and its event."""
    short = actors.set_index("actor_id")["short_name"]
    names = events.set_index("event_id")["name"]
    return people.assign(actor_name=people["actor_id"].map(short), fate_event_name=people["fate_event_id"].map(names))


def accusations(attribution_claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """One row per statement on the author of an event: who is accused, and whether claims differ.

    Returns the attribution rows, in order of date, with event_name, date, accused_name and rival
    (True where two claims on one event have no party in common to whom they lay it, or one denies it for a party to whom another lays it).
    What one claimant says in one source is one claim here, of however many parties. Gunmen whom nobody names are no
    party, and an actor has the whole that it is part of in common with it.
    """
    names = events.set_index("event_id")["name"]
    short = actors.set_index("actor_id")["short_name"]
    larger, unnamed = within(actors), set(actors.loc[actors["kind"].eq("unidentified"), "actor_id"])
    rival = [
        event
        for event, claims in attribution_claims.groupby("event_id")
        if _contradict(
            [
                parties
                for _, accused in claims[claims["stance"].ne("denies")].groupby(["claimant", "source_id"])["accused"]
                if (parties := set(accused) - unnamed)
            ],
            set(claims.loc[claims["stance"].eq("denies"), "accused"]),
            larger,
        )
    ]
    return attribution_claims.assign(
        date=attribution_claims["event_id"].map(events.set_index("event_id")["date"]),
        event_name=attribution_claims["event_id"].map(names),
        accused_name=attribution_claims["accused"].map(short),
        rival=attribution_claims["event_id"].isin(rival),
    ).sort_values(["date", "event_id", "claim_id"], na_position="first", ignore_index=True)


def _contradict(laid, denied, larger):
    """Whether two claims accuse no party in common, or one a party for whom somebody denies it; laid : the parties of each claim."""

    def in_common(ones, others):
        return any(one in larger[other] or other in larger[one] for one in ones for other in others)

    apart = any(not in_common(ones, others) for ones, others in combinations(laid, 2))
    return apart or any(denied.intersection(larger[party]) for parties in laid for party in parties)


def accused(accusations: pd.DataFrame) -> pd.DataFrame:
    """One row per event that is laid to several parties, or denied for one, by date: who is named, who denies.

    accusations : the frame of `accusations`.
    Returns event_id, event_name, date, accused (actor name to the number of claims that lay the
    act to it), denied (the same of claims that deny), source_ids (tuple). Unit: claims.
    """
    rival = accusations[accusations["rival"]]
    rows = []
    for (event_id, name), group in rival.groupby(["event_id", "event_name"], sort=False):
        denies = group["stance"].eq("denies")
        numbers = {
            part: group.loc[chosen, "accused_name"].value_counts().to_dict()
            for part, chosen in (("accused", ~denies), ("denied", denies))
        }
        rows.append(
            {
                "event_id": event_id,
                "event_name": name,
                "date": group["date"].iloc[0],
                **numbers,
                "source_ids": tuple(dict.fromkeys(group["source_id"])),
            }
        )
    return pd.DataFrame(rows)


def dealings(events: pd.DataFrame, actor_id: str) -> pd.DataFrame:
    """One row per dated event, periods apart, between an actor and another party: what it was.

    Returns columns event_id, name, date, kind, party (actor id), manner (agreed, talked, broke_off,
    arrested, fought), earliest, latest (timestamps), in order of date. Events that are neither (a
    declaration, the taking of a town, which may be without a fight) are left out. Rule: methods.md, "Dealings".
    """
    other = events["actor_b"].where(events["actor_a"].eq(actor_id), events["actor_a"])
    between = (
        (events[["actor_a", "actor_b"]] == actor_id).any(axis=1) & events["kind"].ne("period") & events["date"].notna()
    )
    manner = (
        events["kind"]
        .map(MANNERS)
        .where(
            events["kind"].isin(list(MANNERS)),
            events["violence_type"]
            .map({"non_state": "fought", "state_based": "fought"})
            .mask(events["kind"].eq("change_of_control")),
        )
    )
    rows = events.assign(party=other, manner=manner)[between & manner.notna()]
    return rows.join(day_bounds(rows["date"]))[
        ["event_id", "name", "date", "kind", "party", "manner", "earliest", "latest"]
    ].sort_values(["earliest", "event_id"], ignore_index=True)


def beside(town_runs: pd.DataFrame, actor_id: str) -> pd.DataFrame:
    """One row per party and run in which an actor shares a town with it.

    Returns columns party, place_id, start, end (timestamps, [start, end)).

    town_runs : territory.runs. Runs in which they fight for the town (contested) and presumed ones
    are left out.
    """
    shared = town_runs[town_runs["state"].eq("shared") & town_runs["holders"].map(lambda holders: actor_id in holders)]
    parts = shared.assign(party=shared["holders"].map(list)).explode("party")
    return parts.loc[parts["party"] != actor_id, ["party", "place_id", "start", "end"]].sort_values(
        ["party", "start"], ignore_index=True
    )
