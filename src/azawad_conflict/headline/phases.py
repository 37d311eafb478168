"""What prose quotes on phases."""

from azawad_conflict import casualties, phases
from azawad_conflict.counting.terms import BASE_ARTICLE
from azawad_conflict.edtf_dates import bounds as edtf_bounds
from azawad_conflict.edtf_dates import in_words, precision
from azawad_conflict.evidence import statements
from azawad_conflict.headline.number import Number, claims_on, numbers
from azawad_conflict.language import N_, _, number, said
from azawad_conflict.tables import load
from azawad_conflict.wording import day, listed, number_or_none, titles

BOUNDS = N_("A phase opens and closes on a dated event that was read in a source.")
DATED = N_("The date that the sources of the event give, as exact as they are.")
TOLD = N_("The date in the base article.")
EVENTS = N_("Counted from the table of events; totals over a period are no event.")
STATEMENTS = N_("The base article, cut into sentences and statements that can be checked one by one.")
DATES = (  # events whose date is quoted
    "algiers_2012_12_21",
    "anefis_2013_06_05",
    "ansongo_2012_07_11",
    "ceasefire_2013_06",
    "ceasefire_end_2013_11_29",
    "ceasefire_lapse_2013",
    "gao_2012_03_31",
    "gao_2012_06_27",
    "gao_2012_11_16",
    "gao_councillor_2012_06_25",
    "general_family_2013_11",
    "in_arab_2013_03",
    "in_khalil_2013_02_22",
    "independence_2012_04",
    "kidal_2012_03_30",
    "kidal_2012_06_07",
    "kidal_2013",
    "kidal_2013_02",
    "kidal_2013_02_21",
    "kidal_2013_07_05",
    "kidal_2014_05_21",
    "konna_2013_01_10",
    "menaka_2012_11",
    "menaka_2013_02_05",
    "merchants_2014_02",
    "pact_2012_05_26",
    "talks_2012_12",
    "timbuktu_2012_04_01",
    "timbuktu_2012_06_13",
)
TOLD_DATES = (  # events whose date in the base article is quoted
    "menaka_2012_11",
    "merchants_2014_02",
)
FIRST_DAYS = ("rebellion", "return")  # phases whose first day is quoted


def quoted() -> dict[str, Number]:
    """Key to Number, for the notebook on phases."""
    table = phases.phase_table(load("phases"), load("events"))
    core = table[table["scope"] == "core"]
    first, last, days = phases.core_span(load("phases"))
    longest, shortest = core.loc[core["duration_days"].idxmax()], core.loc[core["duration_days"].idxmin()]
    gaps = table[table["gap_before"].notna()]
    by_id = table.set_index("phase_id")
    external = table[table["basis"] == "external"]
    bounds = {
        "phases_count": str(len(table)),
        "phases_core_count": str(len(core)),
        "phases_core_first_day": day(first),
        "phases_core_last_day": day(last),
        "phases_span_days": number(days),
        "phases_core_days": number(int(core["duration_days"].sum())),
        "phases_longest_name": _(longest["name"]),
        "phases_longest_days": str(longest["duration_days"]),
        "phases_shortest_name": _(shortest["name"]),
        "phases_shortest_days": str(shortest["duration_days"]),
        "phases_ceasefire_days": str(by_id.loc["ceasefire", "duration_days"]),
        "phases_ceasefire_ran_days": _ran("ceasefire_2013_06", "ceasefire_end_2013_11_29"),
        "phases_external_count": str(len(external)),
        "phases_external_names": titles(said(external["name"])),
        "phases_gap_from": listed(day(table["last_day"].shift()[row]) for row in gaps.index),
        "phases_gap_to": listed(day(first_day) for first_day in gaps["first_day"]),
        **{f"phases_{phase}_first_day": day(by_id["first_day"][phase]) for phase in FIRST_DAYS},
    }
    return (
        numbers(bounds, BOUNDS, more=("Phases, in methods", "methods.html#phases"))
        | _events()
        | _between()
        | _statements()
    )


def _ran(opens, closes):
    """Days from one event to another."""
    dates = load("events").set_index("event_id")["date"]
    return str((edtf_bounds(dates[closes])[0] - edtf_bounds(dates[opens])[0]).days)


def _between():
    """The fights between both sides, with a number of dead, that lie in no phase, and the best of each side."""
    core = casualties.core_killed(
        casualties.incident_ranges(*(load(name) for name in ("casualty_claims", "events", "actors", "sources")))
    )
    rows = core[core["phase_id"].isna()]
    texts = {"phases_fights_between": number_or_none(rows["event_id"].nunique(), "incidents")}
    texts |= {
        f"phases_fights_between_{side}": number_or_none(int(casualties.total(rows, side=side)["best"]), "dead")
        for side in casualties.SIDES
    }
    return numbers(texts, EVENTS)


def _events():
    events = load("events")
    incidents, by_id = events[events["kind"] != "period"], events.set_index("event_id")
    counts = {
        "phases_events": str(len(incidents)),
        "phases_events_day": str(int(phases.dated_to_the_day(incidents).sum())),
        "phases_events_told": str(int(incidents["source_id"].map(lambda ids: BASE_ARTICLE in ids).sum())),
        "phases_events_told_day": str(int(incidents["base_date"].map(precision).eq("day").sum())),
        "phases_events_undated": str(int(incidents["date"].isna().sum())),
        "phases_events_open": str(
            len(incidents) - int(incidents["date"].isna().sum()) - len(phases.dated_events(events))
        ),
        "phases_events_between": str(int(incidents["phase_id"].isna().sum())),
    }
    dates = {
        f"phases_event_{event}": Number(in_words(by_id.loc[event, "date"]), DATED, more=claims_on(event))
        for event in DATES
    }
    told = {
        f"phases_told_{event}": Number(in_words(by_id.loc[event, "base_date"]), TOLD, more=claims_on(event))
        for event in TOLD_DATES
    }
    return numbers(counts, EVENTS) | dates | told


def _statements():
    cut = load("statements")
    texts = {
        "phases_sentences": str(statements.sentences_covered(cut)),
        "phases_statements": str(len(cut)),
        "phases_statements_left": str(int(statements.coverage(cut)["not_carried"].sum())),
    }
    return numbers(texts, STATEMENTS)
