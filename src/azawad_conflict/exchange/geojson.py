"""Incidents and holders of towns as GeoJSON (RFC 7946, WGS 84), for QGIS, geopandas, sf and maps in the browser.

A point stands for a place, not for where something happened in it: place_precision says how well
the place of an incident is known, coordinate_precision how exact the point of the place is.
"""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, starmap
from typing import Any

import numpy as np
import pandas as pd

from azawad_conflict.counting.terms import VOICES
from azawad_conflict.exchange.about import About
from azawad_conflict.exchange.flat import LIST_MARK, Table
from azawad_conflict.territory import PRESUMED_AFTER_DAYS

encoded = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps makes an encoder for each feature
ENDS = ("low", "best", "high")
AT_LEAST, VOICE = "at_least", "voice"
EVERYONE = "everyone"  # of a fight, beside its sides
PERIOD = "period"  # kind of an event that is a calendar year which a source totals
POINT = (
    "A point stands for its place. coordinate_precision: exact, the place itself; approximate, within some tens of kilometres;"
    " area, the point only stands for an area."
)


def incidents(tables: Mapping[str, Table], computed: Mapping[str, Table], about: About) -> bytes:
    """One feature per event; the geometry of one without a place is null, as the standard has it.

    tables : events, places, actors and casualty_claims are read. computed : as `computed.computed` gives them. Properties:
    the event, its date as text and as days, its place, its parties, its sources, and for each side of victims
    killed_SIDE_low, _best and _high: the sum over the side's groups of their ranges, null where no claim states a
    number; killed_SIDE_at_least is 1 where a range has no upper end, and killed_SIDE_voice whose word the best is, where groups
    differ all of them. killed_everyone_low and so on are all dead of a fight between both sides, null for other events.
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
        voices = LIST_MARK.join(sorted(voice for voice in VOICES if row[voice]))
        killed[row["event_id"]][EVERYONE] = _chosen(row, *ENDS, AT_LEAST) | {VOICE: voices}

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
        told |= {"killed_claims": behind.get(event["event_id"]), "sources": event["source_id"]}
        return _feature(event["event_id"], place, told)

    return _collection(
        "Incidents",
        f"{POINT} place_precision: how well the place of the incident is known. Killed: sums of claims, not estimates; sides are not added, and"
        " killed_unseparated are claims that do not separate them, which may be on the same dead. killed_everyone: all dead of a fight between both sides, as"
        " the report counts them. killed_SIDE_voice: whose word the best is, all voices where several groups of a side have numbers;"
        " killed_SIDE_at_least: 1 where a range has no upper end. Not all features are violence: kind says what each is, and only those with"
        " scope core (between the two sides) and violence_type non_state enter the totals of the report. An event without a known place has no"
        " geometry, and may have dead.",
        about,
        map(feature, _rows(events)),
    )


def towns(tables: Mapping[str, Table], parts: pd.DataFrame, about: About) -> bytes:
    """One feature per part of a spell of the assessed reading over which its state does not change: who held a place from when to when.

    tables : control_spells, places, actors and phases are read. parts : `territory.spell_parts` of the assessed spells.
    valid_from and valid_to are the first and the last day of the part, and on a day the holders are the features with
    valid_from <= day <= valid_to. state is presumed where nothing has documented the holder for long, or nothing yet; last_documented is the
    earliest day that the newest claim on it so far can mean. A spell of which no day is certain has one feature, whose valid_from and valid_to are null. possible_from and
    possible_to are the days on which the spell may have begun and ended; one that does not end within the study ends on its last day.
    """
    spells, phases = tables["control_spells"].frame, tables["phases"].frame
    assessed = _rows(spells[spells["reading"] == "assessed"])
    first_day, last_day = phases["first_day"].min(), phases["last_day"].max()
    places, names = _by_key(tables["places"]), tables["actors"].frame.set_index("actor_id")["short_name"].to_dict()
    within = parts[parts["start"].le(pd.Timestamp(last_day)) & parts["end"].gt(pd.Timestamp(first_day))]
    within = within.assign(
        valid_from=_iso(within["start"].clip(lower=pd.Timestamp(first_day))),
        valid_to=_iso((within["end"] - pd.Timedelta(days=1)).clip(upper=pd.Timestamp(last_day))),
        last_documented=_iso(within["confirmed"]),
    )[["spell", "valid_from", "valid_to", "state", "last_documented"]]
    of_spell: dict[int, list[Any]] = {}
    for stretch in within.to_dict("records"):  # at once: a frame for each spell takes ten times as long
        of_spell.setdefault(stretch["spell"], []).append(stretch)

    def features(number: int, spell: dict[str, Any]) -> Iterator[dict[str, Any]]:
        place = places[spell["place_id"]]
        holders = spell["holder"] and spell["holder"].split(LIST_MARK)
        for position, part in enumerate(of_spell.get(number, [None]), 1):
            told = {
                **_chosen(spell, "spell_id", "place_id"),
                "name": place["name"],
                "valid_from": part and part["valid_from"],
                "valid_to": part and part["valid_to"],
                "state": part["state"] if part else spell["state"],
                "holder": spell["holder"],
                "holder_names": holders and "; ".join(names[actor] for actor in holders),
                "certainty": spell["certainty"],
                "last_documented": part and part["last_documented"],
                **_chosen(spell, "start", "end"),
                "possible_from": spell["start_first"],
                "possible_to": _before(spell["end_last"]) or last_day,
                "claims": spell["control_claims"],
                "coordinate_precision": place["coordinate_precision"],
            }
            yield _feature(f"{spell['spell_id']}_{position}", place, told)

    states = next(column.description for column in tables["control_spells"].columns if column.name == "state")
    words = (
        f"{POINT} Points only: nothing is said of the land between. Choose a day: valid_from <= day <= valid_to. A town without a feature on a"
        f" day is unknown on that day. state: {states} presumed: nothing has documented the holder for more than {PRESUMED_AFTER_DAYS} days, or nothing yet."
        " last_documented: the earliest day that the newest claim on it so far can mean. start and end: as the source dates them, EDTF; possible_from and possible_to:"
        " the first and the last day that these can mean. certainty: how safely the statement was recorded from its source. holder: ids of"
        " actors, separated by semicolons."
    )
    return _collection("Holders of towns", words, about, chain.from_iterable(starmap(features, enumerate(assessed))))


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


def _iso(days: pd.Series) -> pd.Series:
    text = np.datetime_as_string(days.to_numpy(), unit="D").astype(object)
    text[days.isna()] = None
    return pd.Series(text, days.index, dtype=object)  # as text None would be NaN, which JSON has not


def _before(day: str | None) -> str | None:
    """The day before, as ISO text."""
    return day and (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()


def _feature(name: str, place: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    point = place and {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
    return {"type": "Feature", "id": name, "geometry": point, "properties": properties}


def _collection(title: str, words: str, about: About, features: Iterable[dict[str, Any]]) -> bytes:
    """The collection, a feature on each line; members that the standard does not name are left to readers who know them."""
    head = {
        "type": "FeatureCollection",
        "title": f"{title}. {about.title}, edition {about.version}",
        "description": words,
        "licence": about.licence_address,
        "citation": about.citation,
    }
    lines = b",\n".join(encoded(feature).encode() for feature in features)
    return b'%b, "features": [\n%b\n]}\n' % (encoded(head)[:-1].encode(), lines)
