"""Incidents and holders of towns as GeoJSON (RFC 7946, WGS 84), for QGIS, geopandas, sf and maps in the browser.

A point stands for a place, not for where something happened in it: place_precision says how well
the place of an incident is known, coordinate_precision how exact the point of the place is.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from azawad_conflict.counting.terms import SIDES
from azawad_conflict.exchange.about import About
from azawad_conflict.exchange.flat import LIST_MARK, Column, Table, added_columns
from azawad_conflict.exchange.holders import HOLDERS

encoded = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps makes an encoder for each feature
ENDS = ("low", "best", "high")
AT_LEAST, VOICE = "at_least", "voice"
EVERYONE, UNSEPARATED = "everyone", "unseparated"  # of a fight, beside its sides
PERIOD = "period"  # kind of an event that is a calendar year which a source totals
POINT = "A point stands for its place, not for where something happened in it or near it."
ON_PLACES = "How exact the point of the place is: exact, the place itself; approximate, within some tens of kilometres; area, the point only stands for an area."
SIDE = "SIDE"  # stands for each side in the names of properties
INCIDENTS = (
    Column("event_id", "text", "Event, a row of events."),
    Column("name", "text", "Name of the event."),
    Column("date", "text", "Date of the event, EDTF."),
    *added_columns("date"),
    Column("kind", "text", "What the event is, violent or not, as in events."),
    Column("scope", "text", "core, disputed or context, as in events."),
    Column(
        "violence_type", "text", "state_based, non_state or one_sided, as in events. Blank where it is no violence."
    ),
    Column("place_id", "text", "Place at or near which it happened."),
    Column("place", "text", "Name of this place."),
    Column(
        "place_precision",
        "text",
        "How well the place of the event is known: exact, at the place; approximate, near it; area, somewhere in the area that the place stands for.",
    ),
    Column("coordinate_precision", "text", ON_PLACES),
    Column("actor_a", "text", "First party, an actor."),
    Column("actor_a_name", "text", "Its name."),
    Column("actor_b", "text", "Second party, an actor."),
    Column("actor_b_name", "text", "Its name."),
    *(
        Column(
            f"killed_{SIDE}_{end}",
            "integer",
            f"Killed of a side of victims: the sum of the {end} of its groups in incident_ranges. Blank where no claim states a number. {SIDE} is a side as in actors;"
            " unseparated, claims that do not separate the sides, which may be on the same dead; or everyone, all dead of a fight between both sides.",
        )
        for end in ENDS
    ),
    Column(f"killed_{SIDE}_{AT_LEAST}", "integer", "1 where a range has no upper end, else 0."),
    Column(
        f"killed_{SIDE}_{VOICE}",
        "list",
        "Whose word the best is, of all groups of the side; those of low and high are low_voice and high_voice of incident_ranges.",
    ),
    Column(
        "killed_claims",
        "list",
        "All claims on people killed in the event, counted or not; range_claims says which have part in a range.",
    ),
    Column(
        "source_id",
        "list",
        "Sources of the date, the place and the parties, as in events; those of the numbers stand with the claims.",
    ),
)
TOWNS = (*HOLDERS[1:], Column("coordinate_precision", "text", ON_PLACES))


def incidents(tables: Mapping[str, Table], computed: Mapping[str, Table], about: About) -> bytes:
    """One feature per event, with the properties that INCIDENTS says; the geometry of one without a place is null, as the standard has it.

    tables : events, places, actors and casualty_claims are read. computed : as `computed.computed` gives them.
    """
    events = tables["events"].frame
    events = events[events["kind"] != PERIOD]
    killed = _killed(computed["incident_ranges"].frame)
    claims = tables["casualty_claims"].frame
    behind = claims[claims["outcome"] == "killed"].groupby("event_id")["claim_id"].agg(LIST_MARK.join).to_dict()
    names = tables["actors"].frame.set_index("actor_id")["name"].to_dict()
    places = _by_key(tables["places"])
    sides = [*sorted({side for by_side in killed.values() for side in by_side}), EVERYONE]
    for row in _rows(computed["everyone_killed"].frame):
        by_side = killed[row["event_id"]]
        decide = [by_side[side] for side in (SIDES if row["separated"] else [UNSEPARATED]) if side in by_side]
        voices = sorted({voice for side in decide for voice in str(side[VOICE]).split(LIST_MARK)})
        by_side[EVERYONE] = _chosen(row, *ENDS, AT_LEAST) | {VOICE: LIST_MARK.join(voices)}

    def feature(event: dict[str, Any]) -> dict[str, Any]:
        place = places.get(event["place_id"])
        told = {
            **_chosen(event, "event_id", "name", "date", "date_first", "date_last", "date_precision", "kind"),
            **_chosen(event, "scope", "violence_type"),
            "place_id": event["place_id"],
            "place": place and place["name"],
            "place_precision": event["place_precision"],
            "coordinate_precision": place and place["coordinate_precision"],
            "actor_a": event["actor_a"],
            "actor_a_name": names.get(event["actor_a"]),
            "actor_b": event["actor_b"],
            "actor_b_name": names.get(event["actor_b"]),
        }
        by_side = killed.get(event["event_id"], {})
        told |= {
            f"killed_{side}_{end}": by_side.get(side, {}).get(end) for side in sides for end in (*ENDS, AT_LEAST, VOICE)
        }
        told |= {"killed_claims": behind.get(event["event_id"]), "source_id": event["source_id"]}
        return _feature(event["event_id"], place, told)

    return _collection(
        "Incidents",
        f"{POINT} Not all features are violence: kind says what each is, and only those with scope core (between the two sides) and violence_type"
        " non_state enter the totals of the report. Totals of whole years, which sources give, are no features. An event without a known place has no"
        " geometry, and may have dead. Killed: sums of claims, not estimates; sides are not to be added.",
        INCIDENTS,
        about,
        map(feature, _rows(events)),
    )


def towns(holders: Table, places: Table, about: About) -> bytes:
    """One feature per row of the table of holders, with its columns, but its id, as properties, and coordinate_precision of its place."""
    by_place = _by_key(places)

    def feature(row: dict[str, Any]) -> dict[str, Any]:
        place = by_place[row["place_id"]]
        return _feature(row.pop(holders.key), place, row | {"coordinate_precision": place["coordinate_precision"]})

    return _collection(
        "Holders of towns",
        f"{POINT} Points only: nothing is said of the land between. Choose a day: valid_from <= day <= valid_to. A town without a feature on a"
        " day is unknown on that day. state is presumed where the holders, one or several, are not documented on the days of the feature.",
        TOWNS,
        about,
        map(feature, _rows(holders.frame)),
    )


def _killed(ranges: pd.DataFrame) -> dict[str, dict[str, dict[str, int | str]]]:
    """The sums of the ranges of the killed: event to side to low, best, high, at_least and voice."""
    stated = ranges[(ranges["outcome"] == "killed") & ranges["low"].notna()]
    groups = stated.groupby(["event_id", "side"])
    opens = groups["at_least"].max().to_dict()
    voices: dict[tuple[str, str], set[str]] = {}
    for row_event, row_side, voice in zip(stated["event_id"], stated["side"], stated["best_voice"]):
        voices.setdefault((row_event, row_side), set()).add(voice)
    found: dict[str, dict[str, dict[str, int | str]]] = {}
    for (event, side), *numbers in groups[list(ENDS)].sum().itertuples(name=None):
        told: dict[str, int | str] = dict(zip(ENDS, map(int, numbers)))
        found.setdefault(event, {})[side] = told | {
            AT_LEAST: int(opens[event, side]),
            VOICE: LIST_MARK.join(sorted(voices[event, side])),
        }
    return found


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts, blanks None."""
    cells = (frame[name].to_numpy(object, na_value=None) for name in frame)
    return [dict(zip(frame.columns, row)) for row in zip(*cells)]


def _by_key(table: Table) -> dict[str | None, dict[str, Any]]:
    return {row[table.key]: row for row in _rows(table.frame)}


def _chosen(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _feature(name: str, place: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    point = place and {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
    return {"type": "Feature", "id": name, "geometry": point, "properties": properties}


def _collection(
    title: str, words: str, columns: Iterable[Column], about: About, features: Iterable[dict[str, Any]]
) -> bytes:
    """The collection, a feature on each line; members that the standard does not name are left to readers who know them."""
    head = {
        "type": "FeatureCollection",
        "title": f"{title}. {about.title}, edition {about.version}",
        # Some readers show this member alone.
        "description": f"{words} The member columns says what each property means. {about.citation} {about.licence}, {about.licence_address}",
        "licence": about.licence_address,
        "citation": about.citation,
        "columns": {column.name: column.description for column in columns},
    }
    lines = b",\n".join(encoded(feature).encode() for feature in features)
    return b'%b, "features": [\n%b\n]}\n' % (encoded(head)[:-1].encode(), lines)
