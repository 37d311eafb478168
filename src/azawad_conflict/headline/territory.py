"""What prose quotes on territory."""

from azawad_conflict import phases, territory
from azawad_conflict.evidence import coding
from azawad_conflict.evidence.claims import in_reading
from azawad_conflict.headline.number import Number, numbers
from azawad_conflict.language import N_, _, said
from azawad_conflict.tables import load
from azawad_conflict.wording import day, listed, number_or_none

ISLAMIST = ("islamist_groups", "ansar_dine", "mujao", "aqim")
RULE = N_(
    "From the control claims on populated places, day by day. A state is presumed when nothing has confirmed it for more than "
    "{days} days, or nothing yet, and unknown where nothing is documented."
)


def quoted() -> dict[str, Number]:
    """Key to Number, for the notebook on territory."""
    spells, claims, places, phase_rows, actors = (
        load(name) for name in ("control_spells", "control_claims", "places", "phases", "actors")
    )
    towns = territory.populated(places)
    names = said(places.set_index("place_id")["name"])
    first, last = phase_rows["first_day"].min(), phase_rows["last_day"].max()
    assessed, told = (territory.reading(spells, name) for name in ("assessed", "base_article"))
    runs, told_runs = (territory.runs(rows, claims, towns, first, last) for rows in (assessed, told))
    days, told_days = territory.days_by_state(runs), territory.days_by_state(told_runs)
    moves = territory.hand_overs(assessed, claims, actors)
    per_place = moves["place_id"].value_counts()
    rule = territory.runs(territory.last_claim_reading(claims), claims, towns, first, last)
    apart = territory.disagreement(runs, rule, actors).sort_values("days", ascending=False)
    found = {
        "territory_places": str(len(towns)),
        "territory_claims": str(len(claims)),
        "territory_first_day": day(first),
        "territory_last_day": day(last),
        "territory_presumed_after": str(territory.PRESUMED_AFTER_DAYS),
        "territory_claims_named": str(in_reading(claims, assessed).sum()),
        "territory_coded_to_percent": coding.from_pages("control_claims", "to_holder"),
        "territory_coded_found_percent": coding.from_pages("sources", "control_claims"),
        "territory_hand_overs": str(len(moves)),
        "territory_hand_overs_places": str(moves["place_id"].nunique()),
        "territory_hand_overs_most": listed(names[sorted(per_place.index[per_place == per_place.max()])]),
        "territory_hand_overs_most_count": str(per_place.max()),
        "territory_hand_overs_rival": str(int(moves["rival_dates"].map(len).gt(0).sum())),
        "territory_carried_back": str(len(territory.carried_back(claims, load("sources"), last))),
        "territory_told_changes": str(len(territory.hand_overs(told, claims, actors))),
        "territory_disagreement_percent": str(round(100 * apart["days"].sum() / apart["both"].sum())),
        "territory_disagreement_most": names[apart.iloc[0]["place_id"]],
        "territory_firm_percent": str(
            round(
                100
                * len(territory.firm(assessed, claims, load("sources"), actors, towns, first, last))
                / runs["days"].sum()
            )
        ),
        **_sensitivity(assessed, claims, actors, towns, first, last),
        **_shares("", days),
        "territory_none_percent": _percent(1 - days["documented_share"] - days["presumed_share"]),
        **_shares("told_", told_days),
    }
    for phase_id in ("alliance", "counter_offensive", "bombings"):
        date = phases.last_day(phase_id, phase_rows)
        states = territory.states_on(date, assessed, claims, towns)
        found |= {
            f"territory_{phase_id}_day": day(date),
            f"territory_{phase_id}_mnla": number_or_none(territory.places_of(["mnla"], states), "places"),
        }
        if phase_id == "alliance":
            alone = int((states["holders"] == ("mnla",)).sum())
            found["territory_alliance_mnla_alone"] = number_or_none(alone, "places")
            found["territory_alliance_unknown"] = number_or_none(int((states["state"] == "unknown").sum()), "places")
        if phase_id == "counter_offensive":
            found["territory_counter_offensive_islamist"] = number_or_none(
                territory.places_of(ISLAMIST, states), "towns"
            )
    return numbers(
        found,
        _(RULE).format(days=territory.PRESUMED_AFTER_DAYS),
        more=(N_("All claims on control"), "explorer.html#claims?outcome=control"),
    )


def _sensitivity(spells, claims, actors, towns, first, last):
    """The documented share of the town-days: least and most under other rules, and at AS_KNOWN."""
    sources = load("sources")
    found = territory.sensitivity(spells, claims, sources, actors, towns, first, last)
    known = territory.as_known(territory.AS_KNOWN, spells, claims, sources, towns, first)
    apart = known.loc[(known["now"] - known["then"]).idxmax()]
    least, most = found.loc[found["documented"].idxmin()], found.loc[found["documented"].idxmax()]
    return {
        "territory_variants": str(len(found)),
        "territory_documented_least": str(round(100 * least["documented"])),
        "territory_documented_least_rule": _(least["variant"]).lower(),
        "territory_documented_most": str(round(100 * most["documented"])),
        "territory_documented_most_rule": _(most["variant"]).lower(),
        "territory_known_day": day(apart["date"]),
        "territory_known_then": str(round(100 * apart["then"])),
        "territory_known_now": str(round(100 * apart["now"])),
    }


def _shares(prefix, days):
    return {
        f"territory_{prefix}documented_places": str(int((days["documented_share"] > 0).sum())),
        f"territory_{prefix}documented_percent": _percent(days["documented_share"]),
        f"territory_{prefix}presumed_percent": _percent(days["presumed_share"]),
    }


def _percent(shares):
    return str(round(100 * shares.mean()))
