"""Every number that prose quotes, by key, worded: calls of the analysis, and the choice of what is quoted.

A key starts with its topic (phases_, casualties_, territory_, actors_), which is also the notebook that glues it. The
published values are kept in tests/expected/headline.json, so that a moved number is a visible difference.
"""

from azawad_conflict import actors, casualties, phases, statements, territory
from azawad_conflict.edtf_dates import in_words
from azawad_conflict.tables import load
from azawad_conflict.wording import counted, day, listed, number_or_none, number_range

TOPICS = ("phases", "casualties", "territory", "actors")


def numbers(topic):
    """Key to text, for one topic. Raises KeyError for a topic that is not in TOPICS."""
    return {"phases": _phases, "casualties": _casualties, "territory": _territory, "actors": _actors}[topic]()


def _phases():
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
        "phases_events_undated": str(int(incidents["date"].isna().sum())),
        "phases_sentences": str(statements.sentences_covered(cut)),
        "phases_statements": str(len(cut)),
        "phases_statements_carried": str(int(statements.coverage(cut)["carried"].sum())),
        "phases_statements_left": str(int(statements.coverage(cut)["not_carried"].sum())),
        **{f"phases_{row.phase_id}_first_day": day(row.first_day) for row in table.itertuples()},
        **{f"phases_{row.phase_id}_last_day": day(row.last_day) for row in table.itertuples()},
        **{f"phases_event_{row.event_id}": in_words(row.date) for row in phases.dated_events(events).itertuples()},
    }


def _casualties():
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


def _territory():
    spells, claims, places, phase_rows = (load(name) for name in ("control_spells", "control_claims", "places", "phases"))
    towns = territory.populated(places)
    first, last, _ = phases.core_span(phase_rows)
    days = territory.days_by_state(territory.runs(spells, claims, towns, first, last))
    documented = days[days["documented_share"] > 0]
    names = places.set_index("place_id")["name"]
    changes = territory.changes_of_hands(claims)
    numbers = {
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
        numbers |= {
            f"territory_{phase_id}_day": day(date),
            f"territory_{phase_id}_mnla": number_or_none(territory.places_of("mnla", states)),
            f"territory_{phase_id}_islamist": number_or_none(territory.places_of("islamist_groups", states)),
            f"territory_{phase_id}_state": number_or_none(territory.places_of("malian_state", states)),
            f"territory_{phase_id}_unknown": str(int((states["state"] == "unknown").sum())),
        }
    return numbers


def _actors():
    people, strength, accusations = load("people"), load("strength_claims"), load("attribution_claims")
    fates = people["reported_fate"].value_counts()
    claims = strength.set_index("claim_id")
    rival = actors.accusations(accusations, load("events"), load("actors"))
    return {
        "actors_people": str(len(people)),
        "actors_infobox_people": str(int(people["base_sentence"].map(lambda numbers: "0" in numbers).sum())),
        "actors_killed": str(fates["killed"]),
        "actors_wounded": str(fates["wounded"]),
        "actors_not_stated": str(fates["not_stated"]),
        "actors_tied_names": listed(people.loc[people["fate_event_id"].notna(), "name"]),
        "actors_tied": str(int(people["fate_event_id"].notna().sum())),
        "actors_strength": number_range(claims.loc["mnla_fighters"]),
        "actors_deserted": number_range(claims.loc["mnla_deserted"]),
        "actors_accusations": str(len(accusations)),
        "actors_accused_events": str(accusations["event_id"].nunique()),
        "actors_rival_events": str(rival.loc[rival["rival"], "event_id"].nunique()),
    }
