"""The multiverse: every combination of the choices of the counting rule, with its totals.

switches.py    the choices and their options, and the combinations with a name
compute.py     the number of each incident, and the totals, in every combination
summaries.py   where the published total lies among all, and what each choice does to it
Rule: methods.md, "The multiverse".
"""

from azawad_conflict.multiverse.compute import combinations, incident_arrays, totals_of
from azawad_conflict.multiverse.summaries import (
    distribution,
    idle,
    incident_spans,
    influence,
    named,
    numbered,
    option_shares,
    place_of,
    spread,
)
from azawad_conflict.multiverse.switches import (
    AXIS,
    DOZENS_LOW,
    LATER,
    NAMED,
    OPTIONS,
    SHAPE,
    SWITCHES,
    TARGETS,
    Switch,
    address_of,
)

__all__ = [
    "AXIS",
    "DOZENS_LOW",
    "LATER",
    "NAMED",
    "OPTIONS",
    "SHAPE",
    "SWITCHES",
    "TARGETS",
    "Switch",
    "address_of",
    "combinations",
    "distribution",
    "idle",
    "incident_arrays",
    "incident_spans",
    "influence",
    "named",
    "numbered",
    "option_shares",
    "place_of",
    "spread",
    "totals_of",
]
