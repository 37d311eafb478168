"""The background: who is who, the counts of the displaced, and the pictures of the front page."""

import pandas as pd
import pytest

from azawad_conflict import background, base_article, casualties, headline, territory
from azawad_conflict.counting import readings
from azawad_conflict.figures.background import displaced
from azawad_conflict.figures.front import course, findings, incident_map
from azawad_conflict.figures.parts import charts
from azawad_conflict.reader_tables import background as read
from azawad_conflict.tables import load

CLAIMS = pd.DataFrame(
    {
        "claim_id": ["a", "b", "c", "d"],
        "topic": ["origins", "origins", "displacement", "displacement"],
        "actor_id": [("mnla",), ("mnla", "hcua"), (), ()],
        "aspect": ["founded", "fate", pd.NA, pd.NA],
        "date": ["2011-10", "2024-11-30", "2012-07-04", "2013-06"],
        "number": [pd.NA, pd.NA, 7, 9],
        "unit": [pd.NA, pd.NA, "refugees", "displaced inside Mali"],
        "statement": ["Began.", "Ended.", "Seven.", "Nine."],
        "claimant": ["x", "y", "UNHCR", "OCHA"],
        "source_id": [("s",), ("s", "t"), ("u",), ("v",)],
    }
)


def test_an_actor_is_told_by_all_statements_on_it():
    who = background.who_is_who(CLAIMS, load("actors")).set_index("actor_id")
    assert who.loc["mnla", ["founded", "fate", "aim", "source_id"]].tolist() == [
        ("Began.",),
        ("Ended.",),
        (),
        ("s", "t"),
    ]
    assert who.loc["hcua", "founded"] == () and list(who.index) == ["mnla", "hcua"]


def test_counts_of_the_displaced_stand_by_group_and_day():
    counts = background.displaced(CLAIMS)
    assert counts[["group", "number"]].to_numpy().tolist() == [["displaced inside Mali", 9], ["refugees", 7]]
    assert counts["day"].tolist() == [pd.Timestamp("2013-06-30"), pd.Timestamp("2012-07-04")]
    assert displaced.finding(counts) == "Counts of the people displaced inside Mali rose to 9 by June 2013"


def test_every_statement_is_printed_once_and_each_number_is_the_rows():
    claims = load("background_claims")
    assert len(read.statements(claims)) == len(claims)
    printed = headline.numbers("background")
    numbers = claims.set_index("claim_id")["number"]
    assert all(
        text == f"{numbers[key.removeprefix('background_').removesuffix('_number')]:,}"
        for key, text in printed.items()
        if key.endswith("_number")
    )


def test_a_number_of_a_statement_stands_in_its_words():
    """Unless the words round it, or spell it out."""
    spelled = {7: "seven", 8: "eight", 9: "nine", 10: "ten", 1_300_000: "1.3 million"}
    rows = load("background_claims").dropna(subset=["number"])
    wrong = [
        row.claim_id
        for row in rows.itertuples()
        if f"{row.number:,}" not in row.statement and spelled.get(row.number, "-") not in row.statement
    ]
    assert wrong == []


@pytest.fixture(scope="module")
def front():
    names = ("control_spells", "control_claims", "places", "phases", "casualty_claims", "events", "actors", "sources")
    spells, claims, places, phases, deaths, events, actors, sources = map(load, names)
    towns = territory.populated(places)
    runs = territory.runs(
        territory.reading(spells, "assessed"), claims, towns, phases["first_day"].min(), phases["last_day"].max()
    )
    ranges = casualties.incident_ranges(deaths, events, actors, sources)
    return {
        "runs": runs,
        "towns": towns,
        "core": casualties.core_killed(ranges),
        "everyone": casualties.everyone_killed(ranges),
        "events": events,
        "places": places,
        "reported": readings.reported(load("readings"), deaths, events, actors, sources),
    }


def test_the_course_names_every_turn_in_order_of_date(front):
    dates = front["events"].set_index("event_id")["date"]
    days = [dates[event_id] for event_id in course.TURNS]
    assert days == sorted(days)
    drawing = course.draw(front["runs"], front["towns"], front["core"], front["events"])
    assert all(name in drawing for name in course.TURNS.values())
    assert all(
        f">{number}<" in drawing.narrow for number in range(1, len(course.TURNS) + 1)
    )  # the caption says which is which
    assert all(name in course.caption(front["runs"], front["towns"], front["events"]) for name in course.TURNS.values())


@pytest.mark.parametrize(
    ("lines", "side"),
    [([], 0), ([40, 160], 0), ([100], 1), ([101, 60], 1), ([100, 115], -1), ([100, 115, 85], 0)],
    ids=["none", "far", "its day", "near its day", "one on the right", "on both sides"],
)
def test_the_name_of_a_bar_stands_beside_the_line_of_its_day_and_on_no_other(lines, side):
    assert course._beside(100, "Gao", lines) == side


def test_the_course_counts_documented_towns_alone(front):
    states = territory.states_on(
        course.EVE, territory.reading(load("control_spells"), "assessed"), load("control_claims"), front["towns"]
    )
    documented = states[states["state"].isin(["held", "shared", "contested"])]
    assert course.held(front["runs"], course.EVE) == (
        documented["holders"].map(lambda holders: "mnla" in holders).sum(),
        len(documented),
    )


def test_the_map_holds_all_dead_but_those_without_a_place(front):
    on_map = casualties.by_place(front["everyone"], front["events"], front["places"])
    missing = casualties.unplaced(front["everyone"], front["events"], front["places"])
    assert on_map["best"].sum() == front["everyone"].loc[~front["everyone"]["name"].isin(missing), "best"].sum()
    known = front["everyone"].merge(front["events"], on="event_id")
    assert set(on_map.loc[on_map["precision"] == "area", "place_id"]) == set(
        known.loc[known["place_precision"] == "area", "place_id"].dropna()
    ) & set(on_map["place_id"])
    assert set(casualties.LANDMARKS) <= set(on_map["place_id"])
    assert all(name in incident_map.caption(missing) for name in missing)


def test_the_findings_show_the_numbers_of_their_tables(front):
    voiced = casualties.by_voice(front["core"], ["side"])
    shares, statuses = (
        territory.shares(front["runs"]),
        base_article.by_topic(load("statements"))[list(base_article.STATUSES)].sum(),
    )
    drawing = findings.draw(voiced, front["reported"], shares, statuses)
    enemy = voiced.set_index(["side", "voice"]).loc[("islamist", "enemy"), "best"]
    assert f"{enemy} of {casualties.total(front['core'], side='islamist')['best']}" in drawing
    assert f"{statuses['supported']} of {len(load('statements'))}" in drawing
    assert (
        f"Of {len(load('statements'))} statements of the article {statuses['supported']} are supported"
        in findings.alt(voiced, front["reported"], shares, statuses)
    )


def test_the_first_sentence_of_the_front_page_holds(front):
    """Most of the dead counted for Islamist groups rest on the word of the MNLA."""
    islamist = front["core"][front["core"]["side"] == "islamist"]
    enemy = islamist.loc[islamist["best_voice"] == "enemy", "best"].sum()
    assert 2 * enemy > islamist["best"].sum()
    alone = islamist.loc[islamist["grade"] == "enemy", "best"].sum()
    assert 2 * alone > islamist["best"].sum()


def test_each_chart_is_drawn_for_a_phone_too():
    @charts.styled
    def draw():
        figure, axes = charts.new_chart(height=2)
        charts.rows_axis(axes, ["A label that is far too long to stand beside its row", "B"])
        return figure

    drawing = draw()
    widths = [float(svg.split('width="')[1].split("pt")[0]) for svg in (drawing, drawing.narrow)]
    assert widths[0] > widths[1] and not charts.NARROW.get()
