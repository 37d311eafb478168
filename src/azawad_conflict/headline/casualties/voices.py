"""What of the totals single voices make, and the totals in named readings."""

import pandas as pd

from azawad_conflict import casualties
from azawad_conflict.counting import readings
from azawad_conflict.counting.counted import claims_behind, decided_by, described_claims
from azawad_conflict.counting.terms import BOMBER, SIDES
from azawad_conflict.headline.casualties.rules import READ, VOICED, counted_numbers
from azawad_conflict.headline.number import Number, numbers
from azawad_conflict.language import N_, _
from azawad_conflict.tables import load
from azawad_conflict.wording import number_or_none, number_range

# Side, voice and end of the parts that prose quotes.
VOICES = (("islamist", "enemy", "best"), ("mnla", "enemy", "high"))
READINGS = {  # reading and side: what of it prose quotes
    ("all", "islamist"): ("incidents",),
    ("by_enemies", "islamist"): ("killed",),
    ("by_enemies", "mnla"): ("killed", "incidents"),
    ("by_mnla", "islamist"): ("killed",),
    ("by_mnla", "mnla"): ("killed",),
    ("no_enemy", "islamist"): ("killed", "best", "incidents"),
    ("no_enemy", "mnla"): ("killed",),
    ("outside", "islamist"): ("killed",),
    ("outside", "mnla"): ("killed",),
    ("own_dead", "mnla"): ("killed",),
}


def quoted(core: pd.DataFrame, described: pd.DataFrame, tables: list[pd.DataFrame]) -> dict[str, Number]:
    """Key to Number. core : core_killed of all claims; described : described_claims; tables : those that they come from."""
    return {**_voices(core, described), **_readings(*tables)}


def _voices(core, described):
    """The part of one voice in a side's low, best or high, with the claims that make it."""
    found = {}
    for side, voice, end in VOICES:
        rows = core[core["side"].eq(side) & core[f"{end}_voice"].eq(voice)]
        deciding = decided_by(rows, described)
        found[f"casualties_voice_{side}_{voice}_{end}"] = Number(
            number_or_none(int(rows[end].sum()), "dead"),
            VOICED,
            tuple(deciding.loc[deciding["voice"] == voice, "claim_id"]),
            (N_("Who says it, in methods"), "methods.html#who-says-it"),
        )
    return found


def _readings(claims, events, actors, sources):
    """Totals of each side in named readings, and the suicide bombers in that without enemies."""
    found = {}
    for reading, kept, core in readings.counted(load("readings"), claims, events, actors, sources):
        described = described_claims(kept, events, actors, sources)
        for side in SIDES:
            rows = core[core["side"] == side]
            total = casualties.total(rows)
            texts = {
                "killed": number_range(total),
                "best": str(total["best"]) if total["reported"] else _("no number"),
                "incidents": number_or_none(total["incidents"], "incidents"),
            }
            found |= numbers(
                {
                    f"casualties_reading_{reading.reading_id}_{side}_{name}": texts[name]
                    for name in READINGS.get((reading.reading_id, side), ())
                },
                READ,
                claims_behind(rows, described),
                (N_("Named readings, in methods"), "methods.html#named-readings"),
            )
        if reading.reading_id == readings.NO_ENEMY:
            found |= _bombers(core, kept, events, actors, sources)
    return found


def _bombers(core, kept, events, actors, sources):
    """How many suicide bombers are in the best number of Islamist dead of a reading."""
    others = kept[~kept["qualifier"].fillna("").str.contains(BOMBER)]
    without = casualties.core_killed(casualties.incident_ranges(others, events, actors, sources))
    best, rest = (casualties.total(rows, side="islamist")["best"] for rows in (core, without))
    return counted_numbers({f"casualties_bombers_{readings.NO_ENEMY}": number_or_none(int(best - rest), "dead")})
