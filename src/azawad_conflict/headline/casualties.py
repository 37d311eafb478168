"""What prose quotes on casualties."""

from azawad_conflict import casualties
from azawad_conflict.edtf_dates import in_words
from azawad_conflict.tables import load
from azawad_conflict.wording import counted, listed, number_or_none, number_range


def numbers():
    """Key to text, for the notebook on casualties."""
    claims, events, actor_table, sources = (load(name) for name in ("casualty_claims", "events", "actors", "sources"))
    ranges = casualties.incident_ranges(claims, events, actor_table, sources)
    killed, core = ranges[ranges["outcome"] == "killed"], casualties.core_killed(ranges)
    against = casualties.infobox_against_incidents(claims, events, actor_table, sources)
    by_outcome = against.groupby("outcome")[["infobox", "incidents", "residual"]].sum()
    by_outcome = by_outcome.reindex(["killed", "wounded", "captured"], fill_value=0)
    mnla, islamist = casualties.SERIES["mnla"], casualties.SERIES["islamist"]
    most_dead = core.groupby("name")["best"].sum().sort_values(ascending=False)
    years = against[against["outcome"] == "killed"]
    stated = claims.set_index("claim_id")
    total = casualties.total
    return {
        "casualties_core_killed": number_range(total(core)),
        "casualties_core_unreported": counted(int((~core["reported"]).sum()), "incident"),
        "casualties_mnla_side_killed": number_range(total(core, series=mnla)),
        "casualties_mnla_killed": number_range(total(core, victim="mnla")),
        "casualties_volunteers_killed": number_range(total(core, victim="menaka_volunteers")),
        "casualties_islamist_killed": number_range(total(core, series=islamist)),
        "casualties_islamist_incidents": counted(core.loc[core["reported"] & core["series"].eq(islamist), "event_id"].nunique(), "incident"),
        "casualties_merchants_killed": number_range(total(killed, victim="tuareg_merchants")),
        "casualties_merchants_lead": number_range(stated.loc["merchants_killed_lead"]),
        "casualties_merchants_body": number_range(stated.loc["merchants_killed_body"]),
        "casualties_soldiers_killed": number_range(total(killed, victim="malian_army")),
        "casualties_gao_november_day": in_words(events.set_index("event_id").loc["gao_2012_11_16", "date"]),
        "casualties_deadliest_name": most_dead.index[0],
        "casualties_deadliest_killed": str(most_dead.iloc[0]),
        "casualties_killed_by_year": listed(f"{row.infobox} against {row.incidents} ({row.year})" for row in years.itertuples()),
        **{f"casualties_infobox_{outcome}": str(row.infobox) for outcome, row in by_outcome.iterrows()},
        **{f"casualties_incidents_{outcome}": number_or_none(row.incidents) for outcome, row in by_outcome.iterrows()},
        **{f"casualties_residual_{outcome}": str(row.residual) for outcome, row in by_outcome.iterrows()},
        **{f"casualties_{row.event_id}_{row.victim}_{row.outcome}": number_range(row._asdict()) for row in ranges.itertuples()},
    }
