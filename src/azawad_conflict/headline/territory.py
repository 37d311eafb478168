"""What prose quotes on territory."""

from azawad_conflict import phases, territory
from azawad_conflict.edtf_dates import in_words
from azawad_conflict.tables import load
from azawad_conflict.wording import day, listed, number_or_none


def numbers():
    """Key to text, for the notebook on territory."""
    spells, claims, places, phase_rows = (load(name) for name in ("control_spells", "control_claims", "places", "phases"))
    towns = territory.populated(places)
    first, last, _ = phases.core_span(phase_rows)
    days = territory.days_by_state(territory.runs(spells, claims, towns, first, last))
    documented = days[days["documented_share"] > 0]
    names = places.set_index("place_id")["name"]
    changes = territory.changes_of_hands(claims)
    found = {
        "territory_places": str(len(towns)),
        "territory_documented_places": str(len(documented)),
        "territory_documented_names": listed(names[documented.sort_values("documented_share", ascending=False)["place_id"]]),
        "territory_silent_places": str(len(towns) - len(documented)),
        "territory_claims": str(len(claims)),
        "territory_changes": str(len(changes)),
        "territory_changes_named": str(int(changes["place_id"].notna().sum())),
        "territory_changes_unnamed": str(int(changes["place_id"].isna().sum())),
        "territory_documented_percent": str(round(100 * days["documented_share"].mean())),
        "territory_presumed_percent": str(round(100 * days["presumed_share"].mean())),
        "territory_gao_percent": str(round(100 * days.set_index("place_id").loc["gao", "documented_share"])),
        "territory_gao_presumed_percent": str(round(100 * days.set_index("place_id").loc["gao", "presumed_share"])),
        "territory_menaka_siege": in_words(load("events").set_index("event_id").loc["menaka_2012_11", "date"]),
        "territory_presumed_after": str(territory.PRESUMED_AFTER_DAYS),
    }
    for phase_id in territory.MAP_PHASES:
        date = phases.last_day(phase_id, phase_rows)
        states = territory.states_on(date, spells, claims, towns)
        found |= {
            f"territory_{phase_id}_day": day(date),
            f"territory_{phase_id}_mnla": number_or_none(territory.places_of("mnla", states)),
            f"territory_{phase_id}_islamist": number_or_none(territory.places_of("islamist_groups", states)),
            f"territory_{phase_id}_state": number_or_none(territory.places_of("malian_state", states)),
            f"territory_{phase_id}_unknown": str(int((states["state"] == "unknown").sum())),
        }
    return found
