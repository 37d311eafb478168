"""What prose quotes on casualties."""

import pandas as pd

from azawad_conflict import casualties
from azawad_conflict.checks.rules import DOZENS
from azawad_conflict.counting import readings
from azawad_conflict.counting.counted import between_sides
from azawad_conflict.counting.terms import BOMBER
from azawad_conflict.edtf_dates import bounds, in_words
from azawad_conflict.phases import core_span
from azawad_conflict.tables import load
from azawad_conflict.wording import counted, listed, number_or_none, number_range

GAO_ADMITTED = "gao_2012_06_27_mnla_killed_afp_en35"  # what the MNLA says of its own dead at Gao


def numbers():
    """Key to text, for the notebook on casualties."""
    claims, events, actors, sources = (load(name) for name in ("casualty_claims", "events", "actors", "sources"))
    ranges, told = (
        casualties.incident_ranges(claims, events, actors, sources),
        casualties.as_told(claims, events, actors, sources),
    )
    core, told_core = casualties.core_killed(ranges), casualties.core_killed(told)
    everyone = casualties.everyone_killed(ranges)
    mnla, islamist = casualties.SERIES["mnla"], casualties.SERIES["islamist"]
    total = casualties.total
    grades = core["grade"].value_counts()
    incidents = claims[claims["event_id"].isin(ranges["event_id"])]
    drawn = (
        core.groupby(["name", "series"], sort=False)
        .agg(low=("low", "sum"), high=("high", "sum"), at_least=("at_least", "any"))
        .reset_index()
    )
    widest = drawn.assign(width=drawn["high"] - drawn["low"]).sort_values("width", ascending=False).iloc[0]
    alone = core[core["encyclopaedia_only"]]
    dates = events.set_index("event_id")["date"]
    return {
        "casualties_claims": str(len(claims)),
        "casualties_discounted": str(int((incidents["counted"] == "no").sum())),
        "casualties_sources": str(claims["source_id"].nunique()),
        "casualties_origins": str(claims["origin"].nunique()),
        "casualties_core_incidents": str(core["event_id"].nunique()),
        "casualties_told_incidents": str(told_core["event_id"].nunique()),
        **_side("mnla_side", total(core, series=mnla), total(told_core, series=mnla)),
        **_side("islamist", total(core, series=islamist), total(told_core, series=islamist)),
        **_side("mnla", total(core, victim="mnla"), total(told_core, victim="mnla")),
        **_side("volunteers", total(core, victim="menaka_volunteers"), total(told_core, victim="menaka_volunteers")),
        "casualties_everyone_killed": number_range(_sum(everyone)),
        "casualties_everyone_best": str(int(everyone["best"].sum())),
        "casualties_everyone_enemy_best": number_or_none(int(everyone["enemy"].sum())),
        **{f"casualties_grade_{grade}": number_or_none(int(grades.get(grade, 0))) for grade in casualties.GRADES},
        **_one_origin(core),
        **_kinds(core),
        **_voices(core),
        **_readings(claims, events, actors, sources),
        **_bombers(claims, events, actors, sources),
        "casualties_dozens": str(DOZENS),
        **_silence(ranges, events),
        "casualties_informants": number_range(claims[claims["event_id"] == "period_informants_2014"].iloc[0]),
        "casualties_gao_mnla_admits": number_range(claims.set_index("claim_id").loc[GAO_ADMITTED]),
        "casualties_core_rows": str(len(core)),
        "casualties_widest_name": widest["name"],
        "casualties_widest_victim": widest["series"],
        "casualties_widest_range": number_range(widest),
        "casualties_alone_names": listed(dict.fromkeys(alone["name"])),
        "casualties_alone_killed": str(int(alone["best"].sum())),
        "casualties_unreported": counted(int((~ranges["reported"]).sum()), "group of victims", "groups of victims"),
        **{
            f"casualties_{row['event_id']}_{row['victim']}_{row['outcome']}": number_range(row)
            for row in ranges.to_dict("records")
        },
        **{
            f"casualties_told_{row['event_id']}_{row['victim']}_{row['outcome']}": number_range(row)
            for row in told.to_dict("records")
        },
        **{
            f"casualties_{event}_date": in_words(dates[event])
            for event in ranges["event_id"].unique()
            if isinstance(dates[event], str)
        },
    }


def _side(name, found, told):
    return {
        f"casualties_{name}_killed": number_range(found),
        f"casualties_{name}_low": str(found["low"]),
        f"casualties_{name}_best": str(found["best"]),
        f"casualties_{name}_high": str(found["high"]),
        f"casualties_told_{name}_killed": str(told["best"]),
    }


KINDS = {  # of events that count: one, several
    "battle": ("fight", "fights"),
    "bombing": ("bombing", "bombings"),
    "killing": ("killing of a captive", "killings of captives"),
    "change_of_control": ("taking of a town", "takings of towns"),
    "bloodless": ("town taken without a death", "towns taken without a death"),
    "arrest": ("capture", "captures"),
}


def _kinds(core):
    """What the counted events are: "11 fights, 3 bombings and 1 killing of a captive"; each kind by itself, too."""
    deaths = core["high"].gt(0) | core["at_least"]
    bloodless = core["kind"].eq("change_of_control") & ~deaths.groupby(core["event_id"]).transform("any")
    kinds = core["kind"].mask(bloodless, "bloodless")[~core["event_id"].duplicated()].value_counts()
    strange = set(kinds.index) - set(KINDS)
    if strange:
        raise ValueError(
            f"no word for counted events of kind {listed(sorted(strange))}: give it one in headline/casualties.py, KINDS"
        )
    return {
        "casualties_core_kinds": listed(
            counted(int(kinds[kind]), *words) for kind, words in KINDS.items() if kind in kinds
        ),
        **{
            f"casualties_core_{words[1].replace(' ', '_')}": str(int(kinds.get(kind, 0)))
            for kind, words in KINDS.items()
        },
    }


def _silence(ranges, events):
    """Incidents between both sides, and months of the core phases, for which nobody gives a number of dead."""
    incidents = events[between_sides(events) & events["kind"].isin(KINDS)]
    with_range = casualties.killed_in_fights(ranges[ranges["reported"]])
    first, last, _ = core_span(load("phases"))
    months = pd.period_range(first, last, freq="M")
    with_number = {month for date in with_range["date"] for month in pd.period_range(*bounds(date), freq="M")}
    return {
        "casualties_core_silent": number_or_none(int((~incidents["event_id"].isin(with_range["event_id"])).sum())),
        "casualties_window_months": str(len(months)),
        "casualties_silent_months": number_or_none(sum(month not in with_number for month in months)),
    }


def _one_origin(core):
    """Numbers of dead for which one origin alone speaks, encyclopaedias apart, and what of each side's best they make."""
    alone = core[core["origins"].eq(1)]
    sums = {side: casualties.total(alone, series=casualties.SERIES[side])["best"] for side in casualties.SIDES}
    return {
        "casualties_one_origin_rows": number_or_none(len(alone)),
        **{f"casualties_one_origin_{side}_best": number_or_none(int(best)) for side, best in sums.items()},
    }


def _voices(core):
    """What of each side's low, best and high every voice makes, and its share of the best."""
    parts = casualties.by_voice(core, ["series"]).set_index(["series", "voice"])
    found = {}
    for side in casualties.SIDES:
        total = casualties.total(core, series=casualties.SERIES[side])
        for voice in casualties.VOICES:
            row = (
                parts.loc[(casualties.SERIES[side], voice)]
                if (casualties.SERIES[side], voice) in parts.index
                else dict.fromkeys(casualties.RANGE, 0)
            )
            found |= {
                f"casualties_voice_{side}_{voice}_{end}": number_or_none(int(row[end])) for end in casualties.RANGE
            }
            found[f"casualties_voice_{side}_{voice}_percent"] = str(round(100 * row["best"] / total["best"]))
    return found


def _readings(claims, events, actors, sources):
    """What each named reading gives for each side."""
    reported = readings.reported(load("readings"), claims, events, actors, sources)
    found = {}
    for row in reported.to_dict("records"):
        key = f"casualties_reading_{row['reading_id']}_{row['side']}"
        found |= {
            f"{key}_killed": number_range(row),
            f"{key}_best": str(row["best"]) if row["reported"] else "no number",
            f"{key}_incidents": number_or_none(row["incidents"]),
        }
    return found


def _bombers(claims, events, actors, sources):
    """How many suicide bombers are in the best number of Islamist dead without enemies and encyclopaedias."""
    reading = next(row for row in load("readings").itertuples() if row.reading_id == readings.NO_ENEMY)
    kept = readings.claims_of(reading, claims, events, actors, sources)
    others = kept[~kept["qualifier"].fillna("").str.contains(BOMBER)]
    best, without = (
        casualties.total(
            casualties.core_killed(casualties.incident_ranges(some, events, actors, sources)),
            series=casualties.SERIES["islamist"],
        )["best"]
        for some in (kept, others)
    )
    return {f"casualties_bombers_{readings.NO_ENEMY}": number_or_none(int(best - without))}


def _sum(everyone):
    return {
        "low": int(everyone["low"].sum()),
        "high": int(everyone["high"].sum()),
        "at_least": bool(everyone["at_least"].any()),
    }
