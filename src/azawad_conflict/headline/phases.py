"""What prose quotes on phases."""

from azawad_conflict import phases
from azawad_conflict.casualties import BASE_ARTICLE
from azawad_conflict.edtf_dates import in_words, precision
from azawad_conflict.evidence import statements
from azawad_conflict.tables import load
from azawad_conflict.wording import day, listed


def numbers():
    """Key to text, for the notebook on phases."""
    table = phases.phase_table(load("phases"), load("events"))
    core = table[table["scope"] == "core"]
    first, last, days = phases.core_span(load("phases"))
    events = load("events")
    incidents = events[events["kind"] != "period"]
    cut = load("statements")
    longest, shortest = core.loc[core["duration_days"].idxmax()], core.loc[core["duration_days"].idxmin()]
    gaps = table[table["gap_before"].notna()]
    ceasefire = table.set_index("phase_id").loc["ceasefire"]
    external = table[table["basis"] == "external"]
    return {
        "phases_count": str(len(table)),
        "phases_core_count": str(len(core)),
        "phases_context_count": str(len(table) - len(core)),
        "phases_core_first_day": day(first),
        "phases_core_last_day": day(last),
        "phases_span_days": f"{days:,}",
        "phases_core_days": f"{int(core['duration_days'].sum()):,}",
        "phases_longest_name": longest["name"],
        "phases_longest_days": str(longest["duration_days"]),
        "phases_shortest_name": shortest["name"],
        "phases_shortest_days": str(shortest["duration_days"]),
        "phases_ceasefire_days": str(ceasefire["duration_days"]),
        "phases_external_count": str(len(external)),
        "phases_external_names": listed(external["name"]),
        "phases_gap_from": listed(day(table["last_day"].shift()[row]) for row in gaps.index),
        "phases_gap_to": listed(day(first_day) for first_day in gaps["first_day"]),
        "phases_events": str(len(incidents)),
        "phases_events_day": str(int(phases.dated_to_the_day(incidents).sum())),
        "phases_events_told": str(int(incidents["source_id"].map(lambda ids: BASE_ARTICLE in ids).sum())),
        "phases_events_told_day": str(int(incidents["base_date"].map(precision).eq("day").sum())),
        "phases_events_undated": str(int(incidents["date"].isna().sum())),
        "phases_sentences": str(statements.sentences_covered(cut)),
        "phases_statements": str(len(cut)),
        "phases_statements_carried": str(int(statements.coverage(cut)["carried"].sum())),
        "phases_statements_left": str(int(statements.coverage(cut)["not_carried"].sum())),
        **{f"phases_{row.phase_id}_first_day": day(row.first_day) for row in table.itertuples()},
        **{f"phases_{row.phase_id}_last_day": day(row.last_day) for row in table.itertuples()},
        **{
            f"phases_told_{row.event_id}": in_words(row.base_date)
            for row in events[events["base_date"].notna()].itertuples()
        },
        **{f"phases_event_{row.event_id}": in_words(row.date) for row in phases.dated_events(events).itertuples()},
    }
