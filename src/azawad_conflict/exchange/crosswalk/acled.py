"""Events as rows like those of ACLED, one for each day of an event. What is lost: data/crosswalk.csv."""

from datetime import timedelta

import pandas as pd

from azawad_conflict.counting.terms import BOMBER
from azawad_conflict.edtf_dates import precision
from azawad_conflict.exchange.crosswalk import ged
from azawad_conflict.exchange.crosswalk.dates import days_of, located
from azawad_conflict.exchange.crosswalk.scheme import arranged, made_columns
from azawad_conflict.language import N_

SCHEME = "acled"
BATTLE = ("Battles", "Armed clash")
TAKEN = ("Battles", "Non-state actor overtakes territory")
REGAINED = ("Battles", "Government regains territory")
ATTACK = ("Violence against civilians", "Attack")
ABDUCTION = ("Violence against civilians", "Abduction/forced disappearance")
SUICIDE = ("Explosions/Remote violence", "Suicide bomb")
BOMB = ("Explosions/Remote violence", "Remote explosive/landmine/IED")
DEVELOPMENT = "Strategic developments"
# What an event is in ACLED, by its kind and by whether it is violent; kinds that are missing have no row there.
FIGHTS = ("battle", "killing", "massacre", "shooting", "communal_violence")
DEVELOPMENTS = {
    "declaration": "Other",
    "lapse": "Other",
    "siege": "Other",
    "talks": "Agreement",
    "agreement": "Agreement",
    "arrest": "Arrests",
    "desertion": "Change to group/activity",
    "looting": "Looting/property destruction",
    "withdrawal": "Non-violent transfer of territory",
    "change_of_control": "Non-violent transfer of territory",
}
INTERS = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
)
BY_KIND = {
    "armed_movement": "Rebel group",
    "self_defence": "Identity militia",
    "civilians": "Civilians",
    "unidentified": "Political militia",
}
NAMES = {"Civilians": "Civilians (Mali)", "Political militia": "Unidentified Armed Group (Mali)"}
LONGEST = 31  # days; ACLED has no event that is dated less well than to a month


def rows(
    claims: pd.DataFrame,
    events: pd.DataFrame,
    actors: pd.DataFrame,
    sources: pd.DataFrame,
    places: pd.DataFrame,
    dyads: pd.DataFrame,
    crosswalk: pd.DataFrame,
) -> pd.DataFrame:
    """One row per event and day, in the columns of ACLED, of the events that ACLED could hold (see left_out).

    Frames and types are those of ged.rows. fatalities is the low of everyone killed, divided over the days, the first days first;
    0 where no claim that counts has a number. Unit: people.
    """
    out = left_out(events)["event_id"]
    chosen = events[~events["event_id"].isin(out)]
    incidents = ged.rows(claims, events, actors, sources, places, dyads, crosswalk).set_index("id")
    numbers = incidents[["low", "best", "high"]].to_dict("index")
    bombers = set(claims.loc[claims["qualifier"].fillna("").str.contains(BOMBER), "event_id"])
    told = _publishers(claims, events, actors, sources)
    by_id = actors.set_index("actor_id")
    kinds, side, names = (by_id[column].to_dict() for column in ("kind", "side", "short_name"))
    found = []
    for event in located(chosen, places).merge(days_of(chosen, SCHEME), on="event_id").to_dict("records"):
        types = _types(event, side, bombers)
        inters = [_inter(actor, kinds, side) for actor in (event["actor_a"], event["actor_b"])]
        parties = [NAMES.get(inter, names[actor]) for inter, actor in zip(inters, (event["actor_a"], event["actor_b"]))]
        is_month = precision(event["date"]) == "month"
        days = [event["first"] + timedelta(days=number) for number in range(1 if is_month else event["days"])]
        number = numbers.get(event["event_id"])
        low = 0 if number is None else int(number["low"])
        for place, day in enumerate(days):
            day = event["first"] + (event["last"] - event["first"]) // 2 if is_month else day
            found.append(
                {
                    "event_id_cnty": f"AZAWAD-{event['event_id']}-{place + 1}",
                    "event_date": day.isoformat(),
                    "year": day.year,
                    "time_precision": 3 if is_month else 1,
                    "disorder_type": DEVELOPMENT if types[0] == DEVELOPMENT else "Political violence",
                    "event_type": types[0],
                    "sub_event_type": types[1],
                    "actor1": parties[0],
                    "inter1": inters[0],
                    "actor2": parties[1],
                    "inter2": inters[1],
                    "interaction": _interaction(*inters),
                    "civilian_targeting": "Civilians targeted" if event["violence_type"] == "one_sided" else pd.NA,
                    "iso": 466,
                    "region": "Western Africa",
                    "country": event["country"],
                    "admin1": event["region_2012"],
                    "location": event["place"],
                    "latitude": round(event["latitude"], 4),
                    "longitude": round(event["longitude"], 4),
                    "geo_precision": event["where"] + 1,
                    "source": told[event["event_id"]],
                    "notes": _notes(event, place, len(days), number),
                    "fatalities": low // len(days) + (place < low % len(days)),
                }
            )
    made = pd.DataFrame(found, columns=made_columns(crosswalk, SCHEME))
    return arranged(made.sort_values(["event_date", "event_id_cnty"]), crosswalk, SCHEME)


def left_out(events: pd.DataFrame) -> pd.DataFrame:
    """One row per event that has no row in ACLED's columns: event_id, name, and reason, the first that holds."""
    days = events[events["date"].notna() & ~events["date"].str.contains("..", regex=False, na=False)]
    dated, long = set(days["event_id"]), set(days_of(days, SCHEME).query("days > @LONGEST")["event_id"])
    known = {"bombing", *FIGHTS, *DEVELOPMENTS}
    found = []
    for event in events.to_dict("records"):
        if event["kind"] == "period":
            reason = N_("a period, which only sums up events")
        elif event["kind"] not in known or (event["kind"] in FIGHTS and pd.isna(event["violence_type"])):
            reason = N_("no event of one day and place: a campaign, a stand or a course of things")
        elif event["event_id"] not in dated or event["event_id"] in long:
            reason = N_("no date, or one that is wider than a month")
        elif pd.isna(event["place_id"]):
            reason = N_("no place, or none that has a point here")
        else:
            continue
        found.append({"event_id": event["event_id"], "name": event["name"], "reason": reason})
    return pd.DataFrame(found, columns=["event_id", "name", "reason"])


def _types(event, side, bombers):
    """Event type and sub-event type."""
    kind, violence = event["kind"], event["violence_type"]
    if kind == "bombing":
        return SUICIDE if event["event_id"] in bombers else BOMB
    if kind in FIGHTS:
        return ATTACK if violence == "one_sided" else BATTLE
    if kind == "change_of_control" and pd.notna(violence):
        return REGAINED if side[event["actor_a"]] == "state" else TAKEN
    if kind == "arrest" and violence == "one_sided":
        return ABDUCTION
    return DEVELOPMENT, DEVELOPMENTS[kind]


def _inter(actor, kinds, side):
    """The type of an actor: a state's forces are external outside their country."""
    if kinds[actor] in ("state", "state_force"):
        return "State forces" if side[actor] == "state" else "External/Other forces"
    return BY_KIND.get(kinds[actor], "Political militia")


def _interaction(first, second):
    """Both types in ACLED's order, which is that of INTERS but for civilians and external forces."""
    if {first, second} == {"Civilians", "External/Other forces"}:
        return "External/Other forces-Civilians"
    return "-".join(sorted((first, second), key=INTERS.index))


def _publishers(claims, events, actors, sources):
    """event_id to the publishers of the event and of the claims on its killed that count."""
    used = ged.killed_claims(claims, events, actors, sources)
    named, publisher = (
        used.groupby("event_id")["source_id"].agg(list).to_dict(),
        sources.set_index("source_id")["publisher"],
    )
    return {
        event.event_id: "; ".join(
            dict.fromkeys(publisher[key] for key in [*event.source_id, *named.get(event.event_id, [])])
        )
        for event in events.itertuples()
    }


def _notes(event, place, days, number):
    """The event's name, which of its days the row is, and the range of the killed."""
    parts = [event["name"]]
    if days > 1:
        parts.append(f"day {place + 1} of {days}, over which the dead are divided")
    if number is not None:
        parts.append(f"reported killed in all: low {number['low']}, best {number['best']}, high {number['high']}")
    return "; ".join(parts) + "."
