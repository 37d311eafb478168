"""Incidents and holders of towns as GeoJSON (RFC 7946, WGS 84), for QGIS, geopandas, sf and maps in the browser.

A point stands for a place, not for where something happened in it: place_precision says how well
the place of an incident is known, coordinate_precision how exact the point of the place is.
"""

import datetime
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from azawad_conflict.exchange.about import About
from azawad_conflict.exchange.flat import LIST_MARK, Table

ENDS = ("low", "best", "high")
VOICE = "voice"
PERIOD = "period"  # kind of an event that is a calendar year which a source totals
PRECISION = (
    "A point stands for its place. place_precision: how well the place is known; coordinate_precision: exact, the place itself;"
    " approximate, within some tens of kilometres; area, the point only stands for an area."
)


def incidents(tables: Mapping[str, Table], ranges: Table, about: About) -> bytes:
    """One feature per event; the geometry of one without a place is null, as the standard has it.

    tables : events, places, actors and casualty_claims are read. ranges : incident_ranges of `computed`. Properties:
    the event, its date as text and as days, its place, its parties, its sources, and for each side of victims
    killed_SIDE_low, _best and _high: the sum over the side's groups of their ranges, null where no claim states a
    number; killed_SIDE_voice: whose word the best is, where groups differ all of them.
    """
    events = tables["events"].frame
    events = events[events["kind"] != PERIOD]
    killed = _killed(ranges.frame)
    claims = tables["casualty_claims"].frame
    behind = claims[claims["outcome"] == "killed"].groupby("event_id")["claim_id"].agg(LIST_MARK.join).to_dict()
    names = tables["actors"].frame.set_index("actor_id")["name"].to_dict()
    places = _by_key(tables["places"])
    sides = sorted({side for by_side in killed.values() for side in by_side})
    features = []
    for event in _rows(events):
        place = places.get(event["place_id"])
        told = {
            **_chosen(event, "event_id", "name", "date", "date_first", "date_last", "date_precision", "kind", "scope"),
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
        told |= {f"killed_{side}_{end}": by_side.get(side, {}).get(end) for side in sides for end in (*ENDS, VOICE)}
        told |= {"killed_claims": behind.get(event["event_id"]), "sources": event["source_id"]}
        features.append(_feature(event["event_id"], place, told))
    return _collection(
        "Incidents",
        f"{PRECISION} Killed: sums of claims, not estimates; sides are not added. killed_SIDE_voice: whose word the best is.",
        about,
        features,
    )


def towns(tables: Mapping[str, Table], about: About) -> bytes:
    """One feature per spell of the assessed reading: who held a place from when to when.

    tables : control_spells, places and phases are read. valid_from and valid_to are the first and the last
    day on which it is certain, both null where none is; possible_from and possible_to those on which it may be so. A
    spell that does not end within the study ends on its last day. On a day the holders are the
    features with valid_from <= day <= valid_to.
    """
    spells, phases = tables["control_spells"].frame, tables["phases"].frame
    last_day = phases["last_day"].max()
    places = _by_key(tables["places"])
    features = []
    for spell in _rows(spells[spells["reading"] == "assessed"]):
        place = places[spell["place_id"]]
        certain = spell["start_last"], _before(spell["end_first"]) or last_day
        possible = spell["start_first"], _before(spell["end_last"]) or last_day
        told = {
            **_chosen(spell, "spell_id", "place_id"),
            "name": place["name"],
            "valid_from": certain[0] if certain[0] <= certain[1] else None,
            "valid_to": certain[1] if certain[0] <= certain[1] else None,
            "possible_from": possible[0],
            "possible_to": possible[1],
            **_chosen(spell, "start", "end", "state", "holder", "certainty"),
            "claims": spell["control_claims"],
            "coordinate_precision": place["coordinate_precision"],
        }
        features.append(_feature(spell["spell_id"], place, told))
    words = (
        f"{PRECISION} Points only: nothing is said of the land between. holder: ids of actors, separated by semicolons."
    )
    return _collection("Holders of towns", words, about, features)


def _killed(ranges: pd.DataFrame) -> dict[str, dict[str, dict[str, int | str]]]:
    """The sums of the ranges of the killed: event to side to low, best, high and voice."""
    stated = ranges[(ranges["outcome"] == "killed") & ranges["low"].notna()]
    groups = stated.groupby(["event_id", "side"])
    voices = groups["best_voice"].agg(lambda said: LIST_MARK.join(sorted(set(said))))
    found: dict[str, dict[str, dict[str, int | str]]] = {}
    for (event, side), *numbers in groups[list(ENDS)].sum().itertuples(name=None):
        told: dict[str, int | str] = dict(zip(ENDS, map(int, numbers)))
        found.setdefault(event, {})[side] = told | {VOICE: voices[event, side]}
    return found


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts, blanks None."""
    cells = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(frame.columns, row)) for row in cells.itertuples(index=False, name=None)]


def _by_key(table: Table) -> dict[str | None, dict[str, Any]]:
    return {row[table.key]: row for row in _rows(table.frame)}


def _chosen(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _before(day: str | None) -> str | None:
    """The day before, as ISO text."""
    return day and (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()


def _feature(name: str, place: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    point = place and {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
    return {"type": "Feature", "id": name, "geometry": point, "properties": properties}


def _collection(title: str, words: str, about: About, features: list[dict[str, Any]]) -> bytes:
    """The collection, a feature on each line; members that the standard does not name are left to readers who know them."""
    head = {
        "type": "FeatureCollection",
        "title": f"{title}. {about.title}, edition {about.version}",
        "description": words,
        "licence": about.licence_address,
        "citation": about.citation,
    }
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [\n{lines}\n]}}\n'.encode()
