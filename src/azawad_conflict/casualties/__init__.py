"""Casualties for notebooks and figures: what counts, one range per event, totals of the ranges.

Outcomes (killed, wounded, captured) are never summed together. The rule of counting is in
`azawad_conflict.counting`.
"""

from azawad_conflict.casualties.article import as_told, infobox_against_incidents, mnla_harmed, period_claims
from azawad_conflict.casualties.fights import DENIED, LANDMARKS, SHORT_NAMES, by_place, fights, incident_names, unplaced
from azawad_conflict.counting.counted import core_killed, killed_in_fights
from azawad_conflict.counting.ranges import incident_ranges
from azawad_conflict.counting.terms import BASE_ARTICLE, GRADES, NO_FLOOR, RANGE, SERIES, SIDES, VOICES
from azawad_conflict.counting.totals import by_voice, cumulative, everyone_killed, total, totals

__all__ = [
    "BASE_ARTICLE",
    "DENIED",
    "GRADES",
    "LANDMARKS",
    "NO_FLOOR",
    "RANGE",
    "SERIES",
    "SHORT_NAMES",
    "SIDES",
    "VOICES",
    "as_told",
    "by_place",
    "by_voice",
    "core_killed",
    "cumulative",
    "everyone_killed",
    "fights",
    "incident_names",
    "incident_ranges",
    "infobox_against_incidents",
    "killed_in_fights",
    "mnla_harmed",
    "period_claims",
    "total",
    "totals",
    "unplaced",
]
