"""Fights on the map and on the line of time: where and when people were reported killed."""

import pandas as pd

from azawad_conflict.counting.counted import between_sides
from azawad_conflict.counting.terms import RANGE, VOICES
from azawad_conflict.edtf_dates import bounds
from azawad_conflict.language import WordsByKey

# A map of the dead names these places, also if nobody was reported killed there.
LANDMARKS = ("kidal", "timbuktu", "gao", "menaka", "tessalit", "konna")
# Kinds of event in which people can be killed; an arrest is none.
FIGHTS = ("battle", "bombing", "killing")
DENIED = "kidal_2012_06_07"  # a clash that both sides deny
# Incidents that figures name, in a word or two.
SHORT_NAMES = WordsByKey(
    {
        "gao_2012_06_27": "Gao",
        "gao_2012_11_16": "Ansongo road",
        "menaka_2012_11": "Ménaka",
        "in_arab_2013_03": "In Arab",
        "north_2013_03": "Before Tin Tabanawt",
        "reprisal_2014_02": "Tamkoutat",
        "tidambawen_2014_02_10": "Tidambawen",
        "bourem_2014_04_29": "Bourem",
    }
)


def by_place(everyone: pd.DataFrame, events: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """One row per place with a core incident, and per place of LANDMARKS.

    Returns columns place_id, name, latitude, longitude, precision (area where that is all
    that is known of one of its incidents, else exact), best, incidents. Unit: people.

    everyone : everyone_killed. Incidents without a place on the map are left out; `unplaced` names
    them.
    """
    located = everyone.merge(events[["event_id", "place_id", "place_precision"]], on="event_id")
    sums = located.groupby("place_id").agg(
        best=("best", "sum"),
        incidents=("event_id", "size"),
        precise=("place_precision", lambda kinds: (kinds != "area").all()),
    )
    known = places[
        places["latitude"].notna() & (places["place_id"].isin(sums.index) | places["place_id"].isin(LANDMARKS))
    ]
    table = known.set_index("place_id")[["name", "latitude", "longitude"]].join(sums).reset_index()
    table = table.assign(precision=table["precise"].map({True: "exact", False: "area"}).fillna("exact")).drop(
        columns="precise"
    )
    return (
        table.fillna({"best": 0, "incidents": 0})
        .astype({"best": int, "incidents": int})
        .sort_values(["best", "place_id"], ascending=[False, True], ignore_index=True)
    )


def incident_names(events: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    """event_id to its short name, as a Series: the place, unless it is not known or only an area, then the event."""
    known = events.set_index("event_id")
    at = known["place_id"].where(known["place_precision"].ne("area")).map(places.set_index("place_id")["name"])
    short = known.index.to_series().map({key: SHORT_NAMES.written(key) for key in SHORT_NAMES})
    return short.fillna(at).fillna(known["name"])


def unplaced(everyone: pd.DataFrame, events: pd.DataFrame, places: pd.DataFrame) -> list[str]:
    """The names of the core incidents that have no point on the map."""
    on_map = set(places.loc[places["latitude"].notna(), "place_id"])
    where = everyone["event_id"].map(events.set_index("event_id")["place_id"])
    return everyone.loc[~where.isin(on_map), "name"].tolist()


def fights(everyone: pd.DataFrame, events: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """One row per core fight between organised groups, by first day, with a number of dead or none.

    everyone : everyone_killed.
    Returns its columns (low, best and high missing where reported is False) and place_id,
    place_precision, place_name, latitude, longitude (missing without a point on the map), first,
    last (timestamps: the days between which it lies), reported. Unit: people.
    """
    between = events[between_sides(events)]
    chosen = between[between["event_id"].isin(everyone["event_id"]) | between["kind"].isin(FIGHTS)]
    table = chosen[["event_id", "name", "date", "place_id", "place_precision"]].merge(
        everyone.drop(columns=["name", "date"]), on="event_id", how="left"
    )
    table = table.join(
        places.set_index("place_id")[["name", "latitude", "longitude"]].rename(columns={"name": "place_name"}),
        on="place_id",
    )
    days = [bounds(date) for date in table["date"]]
    table = table.assign(
        first=pd.to_datetime([first for first, _ in days]),
        last=pd.to_datetime([last for _, last in days]),
        reported=table["best"].notna(),
        at_least=table["at_least"].eq(True),
    )
    return table.astype(dict.fromkeys([*RANGE, *VOICES], "Int64")).sort_values(["first", "event_id"], ignore_index=True)
