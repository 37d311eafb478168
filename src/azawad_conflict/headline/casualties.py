"""What prose quotes on casualties."""

from azawad_conflict import casualties
from azawad_conflict.edtf_dates import in_words
from azawad_conflict.tables import load
from azawad_conflict.wording import counted, listed, number_range

GAO_ADMITTED = "gao_2012_06_27_mnla_killed_afp_en35"  # what the MNLA says of its own dead at Gao


def numbers():
    """Key to text, for the notebook on casualties."""
    claims, events, actors, sources = (load(name) for name in ("casualty_claims", "events", "actors", "sources"))
    ranges, told = casualties.incident_ranges(claims, events, actors, sources), casualties.as_told(claims, events, actors, sources)
    core, told_core = casualties.core_killed(ranges), casualties.core_killed(told)
    everyone = casualties.everyone_killed(ranges)
    mnla, islamist = casualties.SERIES["mnla"], casualties.SERIES["islamist"]
    total = casualties.total
    grades = core["grade"].value_counts()
    incidents = claims[claims["event_id"].isin(ranges["event_id"])]
    widest = core.assign(width=core["high"] - core["low"]).sort_values("width", ascending=False).iloc[0]
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
        **{f"casualties_grade_{grade}": str(int(grades.get(grade, 0))) for grade in casualties.GRADES},
        "casualties_belligerent_rows": str(len(casualties.belligerents_alone(claims, events, actors, sources))),
        "casualties_gao_mnla_admits": number_range(claims.set_index("claim_id").loc[GAO_ADMITTED]),
        "casualties_core_rows": str(len(core)),
        "casualties_widest_name": widest["name"],
        "casualties_widest_victim": widest["victim_name"],
        "casualties_widest_range": number_range(widest),
        "casualties_alone_names": listed(dict.fromkeys(alone["name"])),
        "casualties_alone_killed": str(int(alone["best"].sum())),
        "casualties_unreported": counted(int((~ranges["reported"]).sum()), "group of victims", "groups of victims"),
        **{f"casualties_{row['event_id']}_{row['victim']}_{row['outcome']}": number_range(row) for row in ranges.to_dict("records")},
        **{f"casualties_told_{row['event_id']}_{row['victim']}_{row['outcome']}": number_range(row) for row in told.to_dict("records")},
        **{f"casualties_{event}_date": in_words(dates[event]) for event in ranges["event_id"].unique() if isinstance(dates[event], str)},
    }


def _side(name, found, told):
    return {
        f"casualties_{name}_killed": number_range(found),
        f"casualties_{name}_low": str(found["low"]),
        f"casualties_{name}_best": str(found["best"]),
        f"casualties_{name}_high": str(found["high"]),
        f"casualties_told_{name}_killed": str(told["best"]),
    }


def _sum(everyone):
    return {"low": int(everyone["low"].sum()), "high": int(everyone["high"].sum()), "at_least": bool(everyone["at_least"].any())}
