"""Rules between columns and between tables: each once, for the loader, `check` and the tests alike.

A rule is a function that returns faults. It is handed what its parameters name: a table, with the line in the file as
index and the types that `tables.load` gives; `tables`, all of them by name; `package`, the descriptor; `bibliography`,
one row per entry. A rule whose tables could not be read is left out: the file's own fault says why. The keys in square
brackets are those of methods.md.
"""

import inspect

import numpy as np
import pandas as pd

from azawad_conflict.checks.columns import fields_of
from azawad_conflict.checks.faults import Fault, quoted, row_faults
from azawad_conflict.edtf_dates import bounds, day_bounds

BASE_ARTICLE = "wikipedia_azawad"
CLAIM_TABLES = ("casualty_claims", "strength_claims", "attribution_claims", "control_claims")
DOZENS = 24  # methods.md, "Vague words": "dozens" is two dozen or more
SILENCE = r"no source (?:read )?(?:speaks|says|gives|names|supports)|nothing read bears"
OPEN_END = pd.Timestamp("9999-12-31")  # what edtf_dates makes of an end that a source leaves open


def rule_faults(tables, package, bibliography):
    """The faults of every rule whose tables are there."""
    known = {**tables, "tables": tables, "package": package, "bibliography": bibliography}
    faults = []
    for rule in RULES:
        names = inspect.signature(rule).parameters
        if all(known.get(name) is not None for name in names):
            faults += rule(**{name: known[name] for name in names})
    return faults


def missing_tables(package):
    """Faults for tables that a rule speaks of and the descriptor lacks: the rule would be left out without a word."""
    named = {name for rule in RULES for name in inspect.signature(rule).parameters} - {
        "tables",
        "package",
        "bibliography",
    }
    lost = sorted(named - {resource["name"] for resource in package["resources"]})
    return [
        Fault("datapackage.json", 1, name, "the table is missing, and rules need it", "a resource of that name")
        for name in lost
    ]


# Numbers


def low_best_high(casualty_claims, strength_claims, yardsticks):
    """low <= best <= high, as far as each is stated. [C5]"""
    faults = []
    for table, claims in _named(
        casualty_claims=casualty_claims, strength_claims=strength_claims, yardsticks=yardsticks
    ):
        for smaller, larger in (("low", "best"), ("best", "high"), ("low", "high")):
            above = claims[claims[smaller].gt(claims[larger]).fillna(False)]
            if (smaller, larger) == ("low", "high"):
                # With a best between them, the pair that is out of order is reported already.
                above = above[above["best"].isna()]
            problem = f"{smaller} {{{smaller}}} is above {larger} {{{larger}}}"
            faults += row_faults(table, above, smaller, problem, "low <= best <= high")
    return faults


def best_has_low(casualty_claims, strength_claims):
    """A number that a claimant commits to comes with its lowest: no best without a low. [C5]"""
    faults = []
    for table, claims in _named(casualty_claims=casualty_claims, strength_claims=strength_claims):
        bare = claims[claims["best"].notna() & claims["low"].isna()]
        faults += row_faults(table, bare, "low", "blank beside best {best}", "the lowest number, or the best itself")
    return faults


def open_end_starts_at_best(casualty_claims, strength_claims, yardsticks):
    """Where no highest number is claimed ("at least"), the best is the lowest: nothing lies above an open end. [C5]"""
    faults = []
    for table, claims in _named(
        casualty_claims=casualty_claims, strength_claims=strength_claims, yardsticks=yardsticks
    ):
        above = claims[claims["high"].isna() & claims["best"].ne(claims["low"]).fillna(False)]
        faults += row_faults(
            table, above, "best", "best {best} above low {low} without a high", "a high, or the same number"
        )
    return faults


def number_or_reason(casualty_claims, strength_claims, yardsticks):
    """A claim that counts has a number, or says why not; 0 is a number. [C8]"""
    faults = []
    counted = casualty_claims[casualty_claims["counted"].eq("yes").fillna(False)]
    for table, claims in _named(casualty_claims=counted, strength_claims=strength_claims, yardsticks=yardsticks):
        silent = claims[_no_number(claims) & claims["reason"].isna()]
        faults += row_faults(table, silent, "reason", "no number and no reason", "a number, or why there is none")
    return faults


def not_counted_says_why(casualty_claims):
    """A claim that does not count says why. [C9, C10]"""
    silent = casualty_claims[casualty_claims["counted"].isin(["no", "period"]) & casualty_claims["reason"].isna()]
    return row_faults(
        "casualty_claims", silent, "reason", "blank where counted is {counted}", "why the claim does not count"
    )


def no_idle_reason(casualty_claims, strength_claims, yardsticks):
    """A reason stands only where there is no number or the claim does not count: elsewhere it is a note. [C8]"""
    faults = []
    counted = casualty_claims[casualty_claims["counted"].eq("yes").fillna(False)]
    for table, claims in _named(casualty_claims=counted, strength_claims=strength_claims, yardsticks=yardsticks):
        idle = claims[~_no_number(claims) & claims["reason"].notna()]
        faults += row_faults(
            table, idle, "reason", "a reason beside a number that counts", "blank, or the text as a note"
        )
    return faults


def unit_fits_measure(strength_claims):
    """Fighters are people; a share is a percentage of at most 100. [C4]"""
    units = {"fighters": "people", "share_deserted": "percent"}
    expected = strength_claims["measure"].map(units)
    misfits = strength_claims.assign(fit=expected)[expected.ne(strength_claims["unit"]).fillna(False)]
    faults = row_faults("strength_claims", misfits, "unit", "unit {unit} for {measure}", "{fit}")
    for column in ("low", "best", "high"):
        above = strength_claims["unit"].eq("percent") & strength_claims[column].gt(100)
        rows = strength_claims[above.fillna(False)]
        faults += row_faults("strength_claims", rows, column, f"{{{column}}} per cent", "100 at most")
    return faults


def periods_never_count(casualty_claims, events):
    """A claim on a period is never counted: it would be added to the incidents within. Only such a claim is of a period. [C9]"""
    periods = events.loc[events["kind"].eq("period").fillna(False), "event_id"]
    of_period = casualty_claims["event_id"].isin(periods)
    added = casualty_claims[of_period & casualty_claims["counted"].eq("yes").fillna(False)]
    idle = casualty_claims[~of_period & casualty_claims["counted"].eq("period").fillna(False)]
    return [
        *row_faults("casualty_claims", added, "counted", "counted on the period {event_id}", "period, or no"),
        *row_faults("casualty_claims", idle, "counted", "period, and {event_id} is none", "yes, or no"),
    ]


def dozens_are_coded(casualty_claims):
    """A number that a source gives in dozens is coded by the printed table, without a best. [C7]"""
    dozens = casualty_claims[casualty_claims["qualifier"].str.contains("dozen").fillna(False)]
    off = dozens[dozens["low"].ne(DOZENS).fillna(True) | dozens["best"].notna() | dozens["high"].notna()]
    return row_faults(
        "casualty_claims", off, "low", "{qualifier} is not coded by the table", f"low {DOZENS}, best and high blank"
    )


def encyclopaedia_speaks_for_itself(
    sources, casualty_claims, strength_claims, attribution_claims, control_claims, event_claims
):
    """Only an encyclopaedia has the role of one. [C17]"""
    kinds = sources.drop_duplicates("source_id").set_index("source_id")["kind"]
    faults = []
    for name, claims in _named(
        casualty_claims=casualty_claims,
        strength_claims=strength_claims,
        attribution_claims=attribution_claims,
        control_claims=control_claims,
        event_claims=event_claims,
    ):
        speaks = claims["claimant_role"].eq("encyclopaedia").fillna(False)
        elsewhere = claims[speaks & claims["source_id"].map(kinds).ne("encyclopaedia").fillna(False)]
        faults += row_faults(
            name, elsewhere, "claimant_role", "encyclopaedia, and {source_id} is none", "the role of the claimant"
        )
    return faults


# Dates


def edtf_valid(tables, package):
    """Every date is EDTF of the forms that edtf_dates knows, and an interval starts before it ends. [C13]"""
    faults = []
    for resource in _resources(tables, package):
        for column in fields_of(resource, "edtf"):
            dates = tables[resource["name"]][column]
            reasons = {date: _not_a_date(date) for date in dates.dropna().unique()}
            for line, date in dates[dates.map(reasons).notna()].items():
                problem = f"{quoted(date)} is {reasons[date]}"
                faults.append(
                    Fault(
                        resource["path"], int(line), column, problem, "EDTF: 2012, 2012-06, 2012-06-27, or two with /"
                    )
                )
    return faults


def inside_study_window(
    events, event_claims, control_claims, control_spells, abuse_claims, searches, yardsticks, package
):
    """Dates lie inside the study window (`temporal` of the package); a period, or a total, only has to touch it. [C1]

    The end of a spell is the first day after it, so it may be the day after the window.
    """
    start, end = (pd.Timestamp(package["temporal"][name]) for name in ("start", "end"))
    is_period = events["kind"].eq("period").fillna(False)
    faults = []
    for table, rows, column, last in (
        ("events", events[~is_period], "date", end),
        ("events", events[~is_period], "base_date", end),
        ("event_claims", event_claims, "date", end),
        ("control_claims", control_claims, "date", end),
        ("control_spells", control_spells, "start", end),
        ("control_spells", control_spells, "end", end + pd.Timedelta(days=1)),
    ):
        days = day_bounds(rows[column])
        outside = (
            days["earliest"].lt(start)
            | (days["latest"].gt(last) & days["latest"].ne(OPEN_END))
            | days["earliest"].gt(last)
        )
        window = f"between {start.date()} and {end.date()}"
        faults += row_faults(table, rows[outside], column, f"{{{column}}} is outside the study window", window)
    for table, rows, column in (
        ("events", events[is_period], "date"),
        ("events", events[is_period], "base_date"),
        ("abuse_claims", abuse_claims, "date"),
        ("searches", searches, "month"),
        ("yardsticks", yardsticks, "date"),
    ):
        days = day_bounds(rows[column])
        apart = days["latest"].lt(start) | days["earliest"].gt(end)
        expected = f"a period that overlaps {start.date()} to {end.date()}"
        faults += row_faults(table, rows[apart], column, f"{{{column}}} does not touch the study window", expected)
    return faults


def undated_says_why(events):
    """An event without a date says so in its note. [C13]"""
    silent = events[events["date"].isna() & events["note"].isna()]
    return row_faults("events", silent, "note", "blank for an event without a date", "why there is no date")


# Events and phases


def one_phase_per_event(events, phases):
    """Every event lies in one phase, or surely between two of them; a period in none. [C1]"""
    is_period = events["kind"].eq("period").fillna(False)
    days, spans = day_bounds(events["date"]), _phase_days(phases)
    touching = days["earliest"].isna()
    for phase in spans.itertuples():
        touching |= days["earliest"].le(phase.last_day) & days["latest"].ge(phase.first_day)
    without = events[~is_period & events["phase_id"].isna() & touching]
    within = events[is_period & events["phase_id"].notna()]
    return [
        *row_faults("events", without, "phase_id", "blank for an event that lies in a phase", "the phase of the event"),
        *row_faults("events", within, "phase_id", "phase {phase_id} for a period", "blank"),
    ]


def event_inside_its_phase(events, phases):
    """The days of an event touch those of its phase; an event dated to the day lies inside it. [C13]"""
    dated = events[["event_id", "date", "phase_id"]].join(day_bounds(events["date"]))
    placed = dated.join(_phase_days(phases).set_index("phase_id"), on="phase_id")
    apart = placed["latest"].lt(placed["first_day"]) | placed["earliest"].gt(placed["last_day"])
    rows = placed[apart].astype({"first_day": str, "last_day": str})
    return row_faults(
        "events", rows, "phase_id", "{date} lies outside the phase {phase_id}", "a day from {first_day} to {last_day}"
    )


def base_date_needs_the_base_article(events):
    """Only an event that rests on the base article has a date in it. [C13]"""
    foreign = events[events["base_date"].notna() & ~_rests_on_base_article(events)]
    return row_faults("events", foreign, "base_date", "{base_date} for an event that does not rest on it", "blank")


def casualties_have_a_violence_type(casualty_claims, events):
    """An event with a claim that counts says what type of violence it is, else no total would hold it. [C3]"""
    counted = casualty_claims.loc[casualty_claims["counted"].eq("yes").fillna(False), "event_id"]
    untyped = events[events["event_id"].isin(counted) & events["violence_type"].isna()]
    return row_faults(
        "events", untyped, "violence_type", "blank for an event with casualties that count", "its type of violence"
    )


def phases_in_order(phases, package):
    """Phases follow each other from the first to the last day of the study window, without overlap. [C1]

    Days between two phases need a reason in gap_before, and only they have one.
    """
    ordered = _phase_days(phases).sort_values("number")
    backwards = ordered[ordered["first_day"].gt(ordered["last_day"])]
    faults = row_faults(
        "phases",
        _as_text(backwards),
        "last_day",
        "{last_day} comes before first_day {first_day}",
        "first_day <= last_day",
    )
    ordered = ordered.assign(
        day_after=ordered["last_day"].shift() + pd.Timedelta(days=1), before=ordered["phase_id"].shift()
    )
    overlap = ordered[ordered["first_day"].lt(ordered["day_after"])]
    faults += row_faults(
        "phases", _as_text(overlap), "first_day", "{first_day} overlaps the phase {before}", "{day_after} or later"
    )
    is_gap = ordered["first_day"].gt(ordered["day_after"])
    silent = ordered[is_gap & ordered["gap_before"].isna()]
    faults += row_faults(
        "phases",
        _as_text(silent),
        "gap_before",
        "blank, with days without a phase before {first_day}",
        "first_day {day_after}, or the reason of the gap",
    )
    idle = ordered[~is_gap & ordered["gap_before"].notna()]
    faults += row_faults("phases", idle, "gap_before", "a reason, and no gap before the phase {phase_id}", "blank")
    ends = package["temporal"]
    for row, column, day in ((ordered.head(1), "first_day", ends["start"]), (ordered.tail(1), "last_day", ends["end"])):
        off = row[row[column].notna() & row[column].ne(pd.Timestamp(day))]
        faults += row_faults(
            "phases",
            _as_text(off),
            column,
            f"{{{column}}} is not the {column.replace('_', ' ')} of the study window",
            day,
        )
    return faults


# Actors, people and places


def no_actor_above_itself(actors):
    """An actor is not part of itself, however long the way up. [C1]"""
    parents = _parents(actors)
    circular = actors[actors["actor_id"].map(lambda actor: _is_circular(actor, parents)).astype(bool)]
    return row_faults(
        "actors",
        circular,
        "parent_id",
        "{actor_id} is part of itself by way of {parent_id}",
        "a parent outside its own parts",
    )


def active_in_order(actors):
    """An actor's activity starts before it ends. [C13]"""
    first, last = day_bounds(actors["active_from"]), day_bounds(actors["active_to"])
    backwards = actors[first["earliest"].gt(last["latest"])]
    return row_faults(
        "actors",
        backwards,
        "active_to",
        "{active_to} comes before active_from {active_from}",
        "active_from <= active_to",
    )


def actors_active_on_the_date(
    events, casualty_claims, attribution_claims, control_claims, control_spells, people, actors
):
    """Whoever acts, is hit, is accused, holds a place or meets a fate was active then, as far as both dates go. [C1]"""
    event_dates = events.drop_duplicates("event_id").set_index("event_id")["date"]
    faults = []
    for table, rows, column, dates in (
        ("events", events, "actor_a", events["date"]),
        ("events", events, "actor_b", events["date"]),
        ("casualty_claims", casualty_claims, "victim", casualty_claims["event_id"].map(event_dates)),
        ("attribution_claims", attribution_claims, "accused", attribution_claims["event_id"].map(event_dates)),
        ("people", people, "actor_id", people["fate_event_id"].map(event_dates)),
        ("control_claims", control_claims, "from_holder", control_claims["date"]),
        ("control_claims", control_claims, "to_holder", control_claims["date"]),
        ("control_spells", control_spells, "holder", control_spells["start"]),
    ):
        faults += _inactive(table, rows[column], dates, column, actors)
    return faults


def fate_fits_its_event(people, events, casualty_claims):
    """A fate tied to an event is killed, wounded or captured, and the actor is hit or takes part in it. [C10]"""
    tied = people[people["fate_event_id"].notna() & people["fate_event_id"].isin(events["event_id"])]
    unstated = tied[tied["reported_fate"].eq("not_stated").fillna(False)]
    faults = row_faults(
        "people", unstated, "fate_event_id", "{fate_event_id} for a fate that is not stated", "blank, or the fate"
    )
    fateful, hit = (table[table["event_id"].isin(tied["fate_event_id"])] for table in (events, casualty_claims))
    parties = {
        (event, actor)
        for column in ("actor_a", "actor_b")
        for event, actor in zip(fateful["event_id"], fateful[column])
    }
    parties |= set(zip(hit["event_id"], hit["victim"]))
    takes_part = [pair in parties for pair in zip(tied["fate_event_id"], tied["actor_id"])]
    absent = tied[[not part for part in takes_part]]
    faults += row_faults(
        "people",
        absent,
        "fate_event_id",
        "{actor_id} neither acts nor is hit in {fate_event_id}",
        "an event of the person's actor",
    )
    periods = events.loc[events["kind"].eq("period").fillna(False), "event_id"]
    vague = tied[tied["fate_event_id"].isin(periods)]
    return faults + row_faults(
        "people", vague, "fate_event_id", "{fate_event_id} is a period", "the event itself, or blank"
    )


def place_inside_mali(places, package):
    """A place in Mali lies inside the bounding box of the package, and only such a place has a region. [C14]"""
    west, south, east, north = package["spatial"]["bbox"]
    in_mali = places["country"].eq("Mali").fillna(False)
    faults = []
    for column, lowest, highest in (("latitude", south, north), ("longitude", west, east)):
        outside = in_mali & (places[column].lt(lowest) | places[column].gt(highest)).fillna(False)
        faults += row_faults(
            "places",
            places[outside],
            column,
            f"{{{column}}} is outside Mali",
            f"{lowest} to {highest}, or the country abroad",
        )
    abroad = places[~in_mali & places["country"].notna() & places["region_2012"].notna()]
    return faults + row_faults(
        "places", abroad, "region_2012", "region {region_2012} for a place in {country}", "blank"
    )


def place_has_precision(events):
    """place_precision says how well the place is known: with a place, and only with one. [C14]"""
    without = events[events["place_id"].notna() & events["place_precision"].isna()]
    idle = events[events["place_id"].isna() & events["place_precision"].notna()]
    return [
        *row_faults("events", without, "place_precision", "blank for {place_id}", "how well the place is known"),
        *row_faults("events", idle, "place_precision", "{place_precision} without a place", "blank"),
    ]


# Control


def place_or_area(control_claims):
    """A control claim speaks of one place, or of an area in words, not of both. [T1]"""
    neither = control_claims[control_claims["place_id"].isna() & control_claims["area"].isna()]
    both = control_claims[control_claims["place_id"].notna() & control_claims["area"].notna()]
    return [
        *row_faults("control_claims", neither, "place_id", "neither place_id nor area", "one of them"),
        *row_faults("control_claims", both, "area", "both place_id {place_id} and an area", "one of them"),
    ]


def spell_starts_before_it_ends(control_spells):
    """Some possible start of a spell comes before some possible end. [T4]"""
    start, end = day_bounds(control_spells["start"]), day_bounds(control_spells["end"])
    backwards = control_spells[start["earliest"].ge(end["latest"])]
    return row_faults(
        "control_spells",
        backwards,
        "end",
        "end {end} does not come after start {start}",
        "an end after the start: [start, end)",
    )


def spell_start_is_bounded(control_spells):
    """A spell has a start: an open one would never be drawn. [T4]"""
    open_start = control_spells[control_spells["start"].str.contains("..", regex=False).fillna(False)]
    return row_faults("control_spells", open_start, "start", "{start} is open", "a date or a range of dates")


def spells_apart(control_spells):
    """Spells of one place and reading never overlap: one state per place and day. [T16]

    The next spell starts when the one before ends (the same EDTF date), or after the latest day of that end.
    """
    days = control_spells.assign(
        starts=day_bounds(control_spells["start"])["earliest"], ends=day_bounds(control_spells["end"])["latest"]
    ).sort_values(["reading", "place_id", "starts", "ends"], kind="stable")
    before = days.groupby(["reading", "place_id"])[["spell_id", "end", "ends"]].shift().add_prefix("before_")
    pairs = days.join(before)
    pairs = pairs[pairs["before_spell_id"].notna()]
    endless = pairs[pairs["before_end"].isna()]
    problem = "starts {start} while {before_spell_id} has no end"
    faults = row_faults("control_spells", endless, "start", problem, "an end of {before_spell_id} by {start}")
    handed_over = pairs["start"].eq(pairs["before_end"]).fillna(False)
    overlap = pairs[~handed_over & pairs["before_ends"].gt(pairs["starts"])]
    problem = "starts {start} before {before_spell_id} surely ended ({before_end})"
    return faults + row_faults("control_spells", overlap, "start", problem, "the same date, or a day after it")


def holders_fit_state(control_spells):
    """A place that is held has one holder; shared or contested, two or more; empty, none. [T2, T3]"""
    holders = control_spells["holder"].map(len)
    held = control_spells["state"].eq("held").fillna(False)
    crowd = control_spells[held & holders.gt(1)]
    empty = control_spells["state"].eq("empty").fillna(False)
    alone = control_spells[~held & ~empty & control_spells["state"].notna() & holders.eq(1)]
    return [
        *row_faults(
            "control_spells",
            control_spells[empty & holders.gt(0)],
            "holder",
            "a holder of a place that is empty",
            "blank",
        ),
        *row_faults(
            "control_spells",
            control_spells[~empty & control_spells["state"].notna() & holders.eq(0)],
            "holder",
            "blank for a place that is {state}",
            "who holds it",
        ),
        *row_faults(
            "control_spells", crowd, "holder", "several holders of a place that is held", "one holder, or another state"
        ),
        *row_faults("control_spells", alone, "holder", "one holder of a place that is {state}", "two or more holders"),
    ]


def spell_rests_on_its_place(control_spells, control_claims):
    """A spell rests on control claims of its own place. [T4, T7]"""
    claimed = control_claims.drop_duplicates("claim_id").set_index("claim_id")["place_id"]
    pairs = control_spells[["place_id", "control_claims"]].explode("control_claims")
    pairs = pairs[pairs["control_claims"].isin(claimed.index)]
    pairs = pairs.assign(elsewhere=pairs["control_claims"].map(claimed).fillna("an area"))
    misplaced = pairs[pairs["elsewhere"].ne(pairs["place_id"]).fillna(False)]
    return row_faults(
        "control_spells",
        misplaced,
        "control_claims",
        "{control_claims} is a claim on {elsewhere}",
        "claims on {place_id}",
    )


def spell_holders_are_claimed(control_spells, control_claims, actors):
    """Each holder of a spell is named by one of its claims, itself or by a part or a whole of it. [T7]"""
    parents = _parents(actors)
    claims = control_claims.drop_duplicates("claim_id").set_index("claim_id")
    named = (claims["from_holder"] + claims["to_holder"]).map(set).to_dict()
    faults = []
    for line, ids, holders in zip(control_spells.index, control_spells["control_claims"], control_spells["holder"]):
        if not set(ids) <= named.keys():
            continue  # a claim that does not exist is a fault of its own
        told = set().union(*(named[claim] for claim in ids))
        around = told.union(*(_wholes(actor, parents) for actor in told))
        strange = [actor for actor in holders if actor not in around and not told & set(_wholes(actor, parents))]
        faults += [
            Fault(
                "control_spells.csv",
                int(line),
                "holder",
                f"{actor}, whom none of its claims names",
                "a holder that a claim names",
            )
            for actor in strange
        ]
    return faults


def base_reading_rests_on_the_base_article(control_spells, control_claims):
    """A spell of the base article's reading rests on claims of the base article alone. [T7]"""
    sources = control_claims.drop_duplicates("claim_id").set_index("claim_id")["source_id"]
    pairs = control_spells[control_spells["reading"].eq("base_article").fillna(False)].explode("control_claims")
    foreign = pairs[pairs["control_claims"].map(sources).ne(BASE_ARTICLE).fillna(False)]
    return row_faults(
        "control_spells",
        foreign,
        "control_claims",
        "{control_claims} is no claim of the base article",
        f"claims of {BASE_ARTICLE}",
    )


# Sources and the base article


def sources_in_bibliography(sources, bibliography):
    """Sources and bibliography hold the same keys. [C16]"""
    uncited = sources[sources["source_id"].notna() & ~sources["source_id"].isin(bibliography["source_id"])]
    unknown = bibliography[~bibliography["source_id"].isin(sources["source_id"])]
    return [
        *row_faults("sources", uncited, "source_id", "{source_id} is not in references.bib", "an entry of that key"),
        *_in_bibliography(unknown, "source_id", "{source_id} is not in sources.csv", "a row of that source_id"),
    ]


def same_url_in_bibliography(sources, bibliography):
    """Where source and entry both have an address, it is the same one. [C16]"""
    pairs = bibliography.reset_index().merge(sources[["source_id", "url"]], on="source_id", suffixes=("", "_of_source"))
    differ = pairs[pairs["url"].ne(pairs["url_of_source"]).fillna(False)].set_index("line")
    differ = differ.assign(url=differ["url"].map(quoted), url_of_source=differ["url_of_source"].map(quoted))
    return _in_bibliography(differ, "url", "{url} of {source_id} is not the url in sources.csv", "{url_of_source}")


def address_in_bibliography_is_of_the_web(bibliography):
    """An address in the bibliography becomes a link: it is one of the web, like those in sources.csv. [C16]"""
    links = bibliography["url"].str.fullmatch(r'https?://[^ <>"]+').fillna(True)
    odd = bibliography[~links.astype(bool)]
    return _in_bibliography(
        odd.assign(url=odd["url"].map(quoted)), "url", "{url} of {source_id} is no web address", "https://..."
    )


def address_or_reason(sources):
    """A source has an address, or says why not; never both. [C16]"""
    address, reasoned = sources["url"].notna(), sources["no_url"].notna()
    return [
        *row_faults("sources", sources[~address & ~reasoned], "no_url", "neither url nor no_url", "one of them"),
        *row_faults("sources", sources[address & reasoned], "no_url", "both url and no_url", "one of them"),
    ]


def every_sentence_has_a_statement(statements, package):
    """Every sentence of the base article, and its infobox, is cut into at least one statement. [C16]"""
    present = set(statements["base_sentence"].dropna())
    return [
        Fault("statements.csv", 1, "base_sentence", f"no statement for sentence {number}", "at least one")
        for number in _sentences(package)
        if number not in present
    ]


def statement_is_carried_or_not(statements):
    """A statement is carried by rows, or says why not; never both. [C16]"""
    carried, reasoned = statements["carried_by"].map(len).gt(0), statements["reason"].notna()
    return [
        *row_faults(
            "statements", statements[~carried & ~reasoned], "carried_by", "neither carried_by nor reason", "one of them"
        ),
        *row_faults(
            "statements", statements[carried & reasoned], "reason", "both carried_by and reason", "one of them"
        ),
    ]


def named_rows_exist(statements, second_coding, tables, package):
    """carried_by and evidence of a statement, and row of a second coding, name rows as table:identifier. [C16]"""
    ids = {
        resource["name"]: set(tables[resource["name"]][resource["schema"]["primaryKey"]].array.tolist())
        for resource in _resources(tables, package)
    }
    all_names = {resource["name"] for resource in package["resources"]}
    faults = []
    for file, rows, column in (
        ("statements.csv", statements, "carried_by"),
        ("statements.csv", statements, "evidence"),
        ("second_coding.csv", second_coding, "row"),
    ):
        items = rows[column].explode().dropna()
        wrong = {item: told for item in items.unique() if (told := _not_a_row(item, ids, all_names))}
        faults += [Fault(file, int(line), column, *wrong[item]) for line, item in items[items.isin(wrong)].items()]
    return faults


def _not_a_row(item, ids, all_names):
    """What is wrong with table:identifier and what was expected; None where it names a row, or one of a table that could not be read."""
    table, _, identifier = item.partition(":")
    if table not in all_names:
        return f"{quoted(item)} names no table", "table:identifier"
    if table in ids and identifier not in ids[table]:
        return f"{quoted(identifier)} is not in {table}.csv", "the identifier of a row"
    return None


def status_fits_its_evidence(statements):
    """A statement that sources support, contradict or dispute names the rows; an unsourced one has none. [C16]"""
    silent = statements["evidence"].map(len).eq(0)
    judged = statements["status"].isin(["supported", "contradicted", "disputed"])
    unsourced = statements["status"].eq("unsourced").fillna(False)
    return [
        *row_faults(
            "statements", statements[judged & silent], "evidence", "blank for {status}", "the rows that say so"
        ),
        *row_faults(
            "statements", statements[unsourced & ~silent], "status", "unsourced, with evidence", "another status"
        ),
    ]


def silence_is_true(statements, casualty_claims, sources, actors):
    """A finding of silence stands on no evidence, and a statement is not unsourced where an independent claim gives its number. [C16]"""
    silent = statements["finding"].str.contains(SILENCE, case=False, regex=True).fillna(False)
    heard = statements[
        silent & statements["evidence"].map(len).gt(0) & statements["status"].eq("supported").fillna(False)
    ]
    faults = row_faults("statements", heard, "finding", "silence, and rows say so", "what they say")
    kinds = sources.drop_duplicates("source_id").set_index("source_id")["kind"]
    parents = _parents(actors)
    claims = casualty_claims.assign(
        whole=[[victim, *_wholes(victim, parents)][-1] for victim in casualty_claims["victim"].fillna("")],
        kind=casualty_claims["source_id"].map(kinds),
    ).drop_duplicates("claim_id")
    independent = claims[claims["kind"].ne("encyclopaedia").fillna(False) & claims["best"].notna()]
    said = {(row.event_id, row.whole, row.outcome, row.best): row.claim_id for row in independent.itertuples()}
    own = {
        row.claim_id: (row.event_id, row.whole, row.outcome, row.best)
        for row in claims[claims["best"].notna()].itertuples()
    }
    for line, rows in statements.loc[statements["status"].eq("unsourced").fillna(False), "carried_by"].items():
        for row in rows:
            table, _, claim = row.partition(":")
            if table == "casualty_claims" and own.get(claim) in said:
                faults.append(
                    Fault(
                        "statements.csv",
                        int(line),
                        "status",
                        f"unsourced, and {said[own[claim]]} gives the number",
                        "a status that heeds it",
                    )
                )
    return faults


def base_sentences_exist(tables, package):
    """Sentences are numbered 0 (the infobox) to 53; a row that rests on the base article names at least one. [C16]"""
    known = {str(number) for number in _sentences(package)}
    faults = []
    for resource in _resources(tables, package):
        table = tables[resource["name"]]
        if "base_sentence" not in fields_of(resource, "list"):
            continue
        numbers = table["base_sentence"].explode().dropna()
        for line, number in numbers[~numbers.isin(known)].items():
            faults.append(
                Fault(
                    resource["path"],
                    int(line),
                    "base_sentence",
                    f"{quoted(number)} is no sentence",
                    f"{min(known, key=int)} to {max(known, key=int)}",
                )
            )
        if "source_id" in table:
            silent = table[_rests_on_base_article(table) & table["base_sentence"].map(len).eq(0)]
            faults += row_faults(
                resource["name"],
                silent,
                "base_sentence",
                f"blank for a row of {BASE_ARTICLE}",
                "the sentences that the row rests on",
            )
    return faults


def base_article_rows_are_stated(
    tables, statements, events, casualty_claims, strength_claims, attribution_claims, control_claims
):
    """What is coded from the base article is carried by one of its statements, so that nothing goes beyond it. [C16]

    A claim is carried when a statement names it; an event when a statement names it or one of its claims. Periods, and
    the claims on them, are no incidents: the rule asks for the claims alone.
    """
    named = set(statements["carried_by"].explode().dropna())
    faults = []
    event_ids = set()
    for name in CLAIM_TABLES:
        claims = tables[name]
        is_named = (f"{name}:" + claims["claim_id"]).isin(named)
        if "event_id" in claims:
            event_ids |= set(claims.loc[is_named, "event_id"].dropna())
        unstated = claims[_rests_on_base_article(claims) & ~is_named]
        faults += row_faults(
            name, unstated, "claim_id", "{claim_id} is in no statement", "a statement whose carried_by names it"
        )
    is_named = ("events:" + events["event_id"]).isin(named) | events["event_id"].isin(event_ids)
    is_period = events["kind"].eq("period").fillna(False)
    unstated = events[_rests_on_base_article(events) & ~is_named & ~is_period]
    return faults + row_faults(
        "events",
        unstated,
        "event_id",
        "{event_id} is in no statement",
        "a statement whose carried_by names it or a claim on it",
    )


def screened_and_left(searches):
    """Of the pages that came back some were screened, and of these some were left out."""
    more = searches[searches["screened"].gt(searches["hits"]).fillna(False)]
    left = searches[searches["left"].gt(searches["screened"]).fillna(False)]
    return [
        *row_faults("searches", more, "screened", "{screened} of {hits} pages", "no more than came back"),
        *row_faults("searches", left, "left", "{left} of {screened} pages", "no more than were screened"),
    ]


def abuse_place_or_area(abuse_claims):
    """A statement on violence against civilians speaks of one place, or of an area in words, not of both."""
    neither = abuse_claims[abuse_claims["place_id"].isna() & abuse_claims["area"].isna()]
    both = abuse_claims[abuse_claims["place_id"].notna() & abuse_claims["area"].notna()]
    return [
        *row_faults("abuse_claims", neither, "place_id", "neither place_id nor area", "one of them"),
        *row_faults("abuse_claims", both, "area", "both place_id {place_id} and an area", "one of them"),
    ]


def background_number_has_its_unit(background_claims):
    """A number of a statement on the background says what it counts, and nothing is counted without one."""
    bare = background_claims[background_claims["number"].notna() & background_claims["unit"].isna()]
    idle = background_claims[background_claims["number"].isna() & background_claims["unit"].notna()]
    return [
        *row_faults("background_claims", bare, "unit", "blank for a number", "what it counts"),
        *row_faults("background_claims", idle, "unit", "a unit without a number", "blank"),
    ]


def background_aspect_is_of_somebody(background_claims):
    """A statement for who is who names the actor and what of it is told, or neither."""
    actors = background_claims["actor_id"].map(len).gt(0)
    return [
        *row_faults(
            "background_claims",
            background_claims[actors & background_claims["aspect"].isna()],
            "aspect",
            "blank for a statement on an actor",
            "what of the actor it tells",
        ),
        *row_faults(
            "background_claims",
            background_claims[~actors & background_claims["aspect"].notna()],
            "actor_id",
            "blank for the aspect {aspect}",
            "whose",
        ),
    ]


# Order of rows, so that differences between versions stay local


def phases_sorted(phases):
    """Phases stand in the order of their number."""
    return _unsorted("phases", phases, ["number"], "number")


def events_sorted(events):
    """Events stand in the order of the text of their date, the undated first, then of event_id."""
    return _unsorted("events", events, ["date", "event_id"], "event_id")


def casualty_claims_sorted(casualty_claims, events):
    """Casualty claims stand in the order of their event's date, event_id and claim_id."""
    dates = events.drop_duplicates("event_id").set_index("event_id")["date"]
    dated = casualty_claims.assign(date=casualty_claims["event_id"].map(dates))
    return _unsorted("casualty_claims", dated, ["date", "event_id", "claim_id"], "claim_id")


def abuse_claims_sorted(abuse_claims):
    """Statements on violence against civilians stand in the order of the text of their date, then of claim_id."""
    return _unsorted("abuse_claims", abuse_claims, ["date", "claim_id"], "claim_id")


def background_claims_sorted(background_claims):
    """Statements on the background stand in the order of the text of their date, then of claim_id."""
    return _unsorted("background_claims", background_claims, ["date", "claim_id"], "claim_id")


def searches_sorted(searches):
    """Searches stand in the order of their month, then of search_id."""
    return _unsorted("searches", searches, ["month", "search_id"], "search_id")


def control_claims_sorted(control_claims):
    """Control claims stand in the order of the text of their date, then of claim_id."""
    return _unsorted("control_claims", control_claims, ["date", "claim_id"], "claim_id")


RULES = [
    low_best_high,
    best_has_low,
    open_end_starts_at_best,
    number_or_reason,
    not_counted_says_why,
    no_idle_reason,
    unit_fits_measure,
    periods_never_count,
    dozens_are_coded,
    encyclopaedia_speaks_for_itself,
    edtf_valid,
    inside_study_window,
    undated_says_why,
    one_phase_per_event,
    event_inside_its_phase,
    base_date_needs_the_base_article,
    casualties_have_a_violence_type,
    phases_in_order,
    no_actor_above_itself,
    active_in_order,
    actors_active_on_the_date,
    fate_fits_its_event,
    place_inside_mali,
    place_has_precision,
    place_or_area,
    spell_starts_before_it_ends,
    spell_start_is_bounded,
    spells_apart,
    holders_fit_state,
    spell_rests_on_its_place,
    spell_holders_are_claimed,
    base_reading_rests_on_the_base_article,
    sources_in_bibliography,
    same_url_in_bibliography,
    address_in_bibliography_is_of_the_web,
    every_sentence_has_a_statement,
    statement_is_carried_or_not,
    named_rows_exist,
    status_fits_its_evidence,
    silence_is_true,
    base_sentences_exist,
    base_article_rows_are_stated,
    phases_sorted,
    events_sorted,
    casualty_claims_sorted,
    control_claims_sorted,
    abuse_claims_sorted,
    background_claims_sorted,
    searches_sorted,
    screened_and_left,
    abuse_place_or_area,
    background_number_has_its_unit,
    background_aspect_is_of_somebody,
    address_or_reason,
]


def _named(**tables):
    return tables.items()


def _resources(tables, package):
    return [resource for resource in package["resources"] if resource["name"] in tables]


def _no_number(claims):
    return claims[["low", "best", "high"]].isna().all(axis=1)


def _not_a_date(text):
    """Why a text is not a date that the report can use; None when it is one."""
    try:
        bounds(text)
    except ValueError as error:
        reason = str(error)
        return reason if reason.startswith(("an ", "not ")) else f"not a date ({reason})"
    return None


def _phase_days(phases):
    return phases.astype({"first_day": "datetime64[s]", "last_day": "datetime64[s]"})


def _as_text(rows):
    """The rows with their days as ISO text, for a message."""
    days = rows.select_dtypes("datetime").columns
    return rows.assign(**{column: rows[column].dt.strftime("%Y-%m-%d") for column in days})


def _parents(actors):
    """Actor to the actor that it is part of."""
    return actors.dropna(subset=["parent_id"]).drop_duplicates("actor_id").set_index("actor_id")["parent_id"].to_dict()


def _wholes(actor, parents):
    """The actors that an actor is part of, from the next one up."""
    found = []
    while (actor := parents.get(actor)) is not None and actor not in found:
        found.append(actor)
    return found


def _is_circular(actor, parents):
    seen, parent = set(), parents.get(actor)
    while parent is not None and parent not in seen:
        if parent == actor:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False


def _inactive(table, acting, dates, column, actors):
    """Faults for the actors of a column (ids, or tuples of ids) who were not active on the row's date."""
    pairs = pd.DataFrame({"actor": acting, "date": dates}).join(day_bounds(dates)).explode("actor")
    spans = actors.drop_duplicates("actor_id").set_index("actor_id")
    spans = spans.assign(
        from_day=day_bounds(spans["active_from"])["earliest"], to_day=day_bounds(spans["active_to"])["latest"]
    )[["active_from", "active_to", "from_day", "to_day"]]
    pairs = pairs.join(spans, on="actor")
    early = pairs[pairs["latest"].lt(pairs["from_day"])]
    late = pairs[pairs["earliest"].gt(pairs["to_day"])]
    return [
        *row_faults(table, early, column, "{actor} was not active on {date}", "active from {active_from}"),
        *row_faults(table, late, column, "{actor} was not active on {date}", "active to {active_to}"),
    ]


def _in_bibliography(rows, column, problem, expected):
    return [
        Fault("references.bib", fault.line, fault.column, fault.problem, fault.expected)
        for fault in row_faults("references", rows, column, problem, expected)
    ]


def _sentences(package):
    """Numbers of the base article's sentences, from the schema of the statements."""
    statements = next(resource for resource in package["resources"] if resource["name"] == "statements")
    field = next(field for field in statements["schema"]["fields"] if field["name"] == "base_sentence")
    return range(field["constraints"]["minimum"], field["constraints"]["maximum"] + 1)


def _rests_on_base_article(table):
    """True where the base article is the source of a row, or one of several."""
    if table["source_id"].dtype == "string":
        return table["source_id"].eq(BASE_ARTICLE).fillna(False)
    return table["source_id"].map(lambda ids: BASE_ARTICLE in ids).astype(bool)


def _unsorted(table, rows, columns, column):
    """A fault for each row that would have to stand above the row before it."""
    early = np.zeros(len(rows), dtype=bool)
    alike = np.ones(max(len(rows) - 1, 0), dtype=bool)  # in all columns so far, each row and the one before it
    for name in columns:
        # Blanks come first: an empty text sorts before every date, and -1 before the number of every phase.
        filled = rows[name].fillna("" if rows[name].dtype == "string" else -1).to_numpy(object)
        early[1:] |= alike & (filled[1:] < filled[:-1]).astype(bool)
        alike &= (filled[1:] == filled[:-1]).astype(bool)
    out_of_place = rows[early]
    wanted = f"rows sorted by {', '.join(columns)}"
    return row_faults(table, out_of_place, column, f"{{{column}}} stands too low", wanted)
