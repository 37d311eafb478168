"""The counting rule on toy claims, and the published totals on the real ones."""

import pandas as pd
import pytest

from azawad_conflict import casualties
from azawad_conflict.edtf_dates import year_of
from azawad_conflict.figures.casualties import killed_over_time
from azawad_conflict.tables import load
from azawad_conflict.wording import number_range

ACTORS = pd.DataFrame(
    {
        "actor_id": ["mnla", "volunteers", "mujao", "islamist_groups", "unseparated"],
        "short_name": ["MNLA", "Volunteers", "MUJAO", "Islamist groups", "Not separated"],
        "side": ["mnla", "mnla", "islamist", "islamist", "unseparated"],
        "parent_id": [pd.NA, pd.NA, "islamist_groups", pd.NA, pd.NA],
    }
)
SOURCES = pd.DataFrame(
    {
        "source_id": ["early", "late", "wire", casualties.BASE_ARTICLE],
        "published": ["2012-06-28", "2012-07-01", pd.NA, pd.NA],
        "kind": ["news", "news", "news", "encyclopaedia"],
    }
)
EVENTS = pd.DataFrame(
    {
        "event_id": ["gao", "whose", "period_2012"],
        "name": ["Gao", "Timbuktu", "2012"],
        "date": ["2012-06-27", "2012-06-28", "2012"],
        "kind": ["battle", "battle", "period"],
        "phase_id": ["loss", "loss", pd.NA],
        "scope": ["core", "core", "core"],
        "violence_type": ["non_state", "non_state", pd.NA],
        "victims_disputed": ["no", "yes", "no"],
    }
)


def claim(
    claim_id,
    low,
    best,
    high,
    role="press",
    counted="yes",
    event="gao",
    victim="mnla",
    outcome="killed",
    source="wire",
    origin=None,
    qualifier=pd.NA,
):
    """One claim; its origin is its own unless one is given."""
    return dict(
        claim_id=claim_id,
        event_id=event,
        victim=victim,
        outcome=outcome,
        low=low,
        best=best,
        high=high,
        claimant="somebody",
        claimant_role=role,
        source_id=source,
        counted=counted,
        origin=origin or claim_id,
        qualifier=qualifier,
    )


def ranges(*claims):
    frame = pd.DataFrame(claims).astype({"low": "Int64", "best": "Int64", "high": "Int64", "qualifier": "string"})
    return casualties.incident_ranges(frame, EVENTS, ACTORS, SOURCES)


def only(*claims):
    table = ranges(*claims)
    assert len(table) == 1
    return table.iloc[0]


def test_range_spans_the_claims_and_the_highest_role_decides_the_best():
    row = only(claim("a", 20, 20, 20, "press"), claim("b", 30, 35, 40, "medical"), claim("c", 4, 4, 4, "own_losses"))
    assert (row["low"], row["best"], row["high"]) == (4, 35, 40)
    assert row["claims"] == 3


def test_among_equals_the_latest_published_decides():
    row = only(claim("a", 20, 20, 20, source="late"), claim("b", 26, 26, 26, source="early"))
    assert row["best"] == 20


def article(*args, **more):
    """A claim of the base article."""
    return claim(*args, source=casualties.BASE_ARTICLE, **more)


def test_an_encyclopaedia_decides_nothing_beside_another_claim():
    row = only(article("a", 100, 100, 100, "encyclopaedia"), claim("b", 4, 4, 4, "enemy_losses"))
    assert (row["low"], row["best"], row["high"]) == (4, 4, 4)


def test_an_encyclopaedia_decides_where_no_other_claim_has_a_number():
    row = only(article("a", 7, 7, 7, "encyclopaedia"), claim("b", pd.NA, pd.NA, pd.NA, "press"))
    assert (row["low"], row["high"]) == (7, 7)


def test_an_open_end_is_at_least():
    row = only(claim("a", 20, 20, pd.NA), claim("b", 10, 10, 12))
    assert (row["low"], row["high"], row["at_least"]) == (10, 20, True)


def test_where_nobody_commits_the_low_stands_in():
    assert only(claim("a", 30, pd.NA, 35))["best"] == 30


def test_a_claim_without_a_number_is_not_zero():
    row = only(claim("a", pd.NA, pd.NA, pd.NA))
    assert not row["reported"] and pd.isna(row["low"]) and pd.isna(row["best"])


def test_uncounted_claims_and_periods_change_nothing():
    plain = only(claim("a", 4, 4, 4))
    more = only(
        claim("a", 4, 4, 4),
        claim("b", 99, 99, 99, counted="no"),
        claim("p", 19, 19, 19, counted="no", event="period_2012"),
    )
    pd.testing.assert_series_equal(plain, more)


def test_order_of_rows_changes_nothing():
    claims = [claim("a", 20, 20, 20), claim("b", 30, 35, 40, "medical"), claim("c", 1, 1, 1, victim="mujao")]
    pd.testing.assert_frame_equal(ranges(*claims), ranges(*reversed(claims)))


def test_totals_add_within_groups_only():
    table = casualties.totals(
        ranges(claim("a", 4, 4, 5), claim("b", 7, 7, 7, victim="volunteers"), claim("c", 1, 1, 1, outcome="wounded")),
        ["outcome"],
    )
    assert table.set_index("outcome").loc["killed", ["low", "best", "high", "incidents"]].tolist() == [11, 11, 12, 1]
    assert table.set_index("outcome").loc["wounded", "best"] == 1


def test_incidents_without_a_number_are_told_apart():
    table = casualties.totals(
        ranges(claim("a", pd.NA, pd.NA, pd.NA), claim("b", 7, 7, 7, victim="volunteers")), ["outcome"]
    )
    assert table.iloc[0][["best", "unreported"]].tolist() == [7, 1]


def test_total_of_nothing_is_not_reported():
    nothing = casualties.total(ranges(claim("a", 4, 4, 4)), victim="mujao")
    assert not nothing["reported"] and number_range(nothing) == "not stated"


def test_medical_and_monitor_are_equals_and_the_latest_published_decides():
    row = only(claim("a", 10, 10, 10, "medical", source="early"), claim("b", 20, 20, 20, "monitor", source="late"))
    assert row["best"] == 20


def test_an_upper_bound_alone_leaves_zero_open():
    row = only(claim("a", pd.NA, pd.NA, 6))
    assert (row["low"], row["best"], row["high"]) == (0, 0, 6)


def test_claims_on_periods_give_no_row():
    assert ranges(claim("p", 19, 19, 19, counted="no", event="period_2012")).empty


def test_core_killed_leaves_out_other_outcomes_and_other_violence():
    table = ranges(claim("a", 4, 4, 4), claim("b", 1, 1, 1, outcome="wounded"))
    assert casualties.core_killed(table)["claims"].tolist() == [1]
    assert casualties.core_killed(table.assign(violence_type="one_sided")).empty


def test_an_incident_outside_the_years_of_the_infobox_is_not_lost_in_silence():
    frame = pd.DataFrame([article("a", 4, 4, 4)]).astype(
        {"low": "Int64", "best": "Int64", "high": "Int64", "qualifier": "string"}
    )
    with pytest.raises(ValueError, match=r"gao \(2012\)"):
        casualties.infobox_against_incidents(frame, EVENTS, ACTORS, SOURCES)


def test_year_totals_of_the_other_side_are_not_compared_with_the_mnla():
    frame = pd.DataFrame(
        [
            article("a", 4, 4, 4),
            article("p", 19, 19, 19, counted="no", event="period_2012"),
            article("q", 100, 100, 100, counted="no", event="period_2012", victim="mujao"),
        ]
    ).astype({"low": "Int64", "best": "Int64", "high": "Int64", "qualifier": "string"})
    assert casualties.infobox_against_incidents(frame, EVENTS, ACTORS, SOURCES)["residual"].tolist() == [15]


def test_residual_is_infobox_less_text():
    frame = pd.DataFrame(
        [
            article("a", 4, 4, 4),
            article("b", 7, 7, 7, victim="volunteers"),
            article("p", 19, 19, 19, counted="no", event="period_2012"),
        ]
    )
    table = casualties.infobox_against_incidents(
        frame.astype({"low": "Int64", "best": "Int64", "high": "Int64", "qualifier": "string"}), EVENTS, ACTORS, SOURCES
    )
    assert table.iloc[0][["infobox", "mnla", "volunteers", "incidents", "residual"]].tolist() == [19, 4, 7, 11, 8]


@pytest.mark.parametrize(
    ("date", "year"),
    [("2012-06-27", "2012"), ("2013-11/2014-02", "2013–2014"), ("2014-02/..", "since 2014"), (pd.NA, "undated")],
)
def test_year_of_a_date(date, year):
    assert year_of(date) == year


@pytest.fixture(scope="module")
def real():
    return [load(name) for name in ("casualty_claims", "events", "actors", "sources")]


def test_infobox_and_text_of_the_base_article(real):
    table = casualties.infobox_against_incidents(*real).set_index(["year", "outcome"])
    # 2012: colonels at Gao, one member and seven volunteers at Ménaka; 2013: In Khalil, Kidal, In Arab; 2014: one.
    assert table["incidents"].to_dict() == {
        ("2012", "killed"): 12,
        ("2013", "killed"): 15,
        ("2014", "killed"): 1,
        ("2012", "wounded"): 10,
        ("2013", "wounded"): 0,
        ("2014", "wounded"): 0,
        ("2012", "captured"): 0,
    }
    assert table["infobox"].to_dict() == {
        ("2012", "killed"): 19,
        ("2013", "killed"): 17,
        ("2014", "killed"): 1,
        ("2012", "wounded"): 60,
        ("2013", "wounded"): 20,
        ("2014", "wounded"): 1,
        ("2012", "captured"): 40,
    }


def test_menaka_has_a_disputed_count_and_not_a_zero_in_the_base_article(real):
    table = casualties.as_told(*real)
    row = table[(table["event_id"] == "menaka_2012_11") & (table["victim"] == "islamist_groups")].iloc[0]
    assert not row["reported"] and pd.isna(row["best"])


def test_parts_of_a_number_are_not_counted_again(real):
    table = casualties.as_told(*real)
    assert table.loc[table["victim"] == "menaka_volunteers", "best"].tolist() == [7]
    assert table.loc[(table["event_id"] == "gao_2012_11_16") & (table["outcome"] == "wounded"), "best"].tolist() == [9]


def test_rival_names_for_one_side_form_one_group():
    row = only(claim("a", 10, 10, 10, victim="mujao"), claim("b", 36, 36, 36, victim="islamist_groups"))
    assert (row["victim"], row["group"], row["low"], row["high"]) == ("islamist_groups", "islamist_groups", 10, 36)
    assert only(claim("a", 10, 10, 10, victim="mujao"))["victim"] == "mujao", "one name alone is kept"


def test_a_discounted_claim_is_seen_and_changes_no_number():
    row = only(claim("a", 99, 99, 99, counted="no"))
    assert not row["reported"] and row["grade"] == "discounted" and row["claims"] == 0


def test_a_partys_word_that_an_encyclopaedia_carries_decides_nothing_beside_another():
    row = only(article("a", 1, 1, 1, "own_losses"), claim("b", 40, 40, 40, "enemy_losses"))
    assert (row["low"], row["best"], row["encyclopaedia_only"], row["origins"]) == (40, 40, False, 1)
    assert only(article("a", 1, 1, 1, "own_losses"))["encyclopaedia_only"]


def test_among_equals_of_one_day_the_lowest_number_decides():
    assert only(claim("a", 12, 12, 12, source="late"), claim("b", 7, 7, 7, source="late"))["best"] == 7


@pytest.mark.parametrize(
    ("claims", "grade"),
    [
        ([claim("a", 4, 4, 4, "own_losses")], "own_side"),
        (
            [claim("a", 4, 4, 4, "own_losses"), claim("b", 5, 5, 5, "enemy_losses")],
            "own_side",
        ),  # an enemy that agrees adds nothing
        ([claim("a", 4, 4, 4, "own_losses"), claim("b", 5, 5, 5, "local")], "corroborated"),
        (
            [claim("a", 4, 4, 4, "own_losses"), claim("b", 5, 5, 5, "local", origin="a")],
            "own_side",
        ),  # one origin in two voices
        ([claim("a", 24, 24, 24, "monitor"), claim("b", 31, 31, 31, "state")], "third_party"),
        ([claim("a", 20, 20, pd.NA), claim("b", 21, 21, 21)], "third_party"),
        ([claim("a", 13, 13, 13, "enemy_losses")], "enemy"),
        ([claim("a", 13, 13, 13, "enemy_losses"), article("b", 7, 7, 9, "own_losses")], "enemy"),
        ([article("a", 5, 5, 5, "encyclopaedia"), article("b", 7, 7, 9, "own_losses")], "encyclopaedia"),
        ([claim("a", 6, 6, 6, "own_losses"), claim("b", 50, 50, 50, "enemy_losses")], "contested"),
        (
            [claim("a", 10, 10, pd.NA, "state"), claim("b", 40, 40, 40, "enemy_losses")],
            "official",
        ),  # "at least" has no upper end
        ([claim("a", pd.NA, pd.NA, pd.NA)], "no_number"),
    ],
)
def test_grades(claims, grade):
    assert only(*claims)["grade"] == grade


def test_dead_whose_side_is_disputed_leave_zero_open_for_each_side_and_are_not_lost():
    table = ranges(
        claim("a", 2, 2, 2, event="whose"),
        claim("b", 2, 2, 2, event="whose", victim="mujao"),
        claim("c", 2, 2, 2, event="whose", victim="unseparated"),
    )
    sides = table[table["victim"] != "unseparated"]
    assert sides["low"].tolist() == [0, 0] and sides["best"].tolist() == [2, 2] and sides["lowest"].tolist() == [2, 2]
    everyone = casualties.everyone_killed(table).iloc[0]
    assert (everyone["low"], everyone["best"], everyone["high"]) == (2, 2, 4)


def test_everyone_is_the_number_of_all_dead_or_the_sum_of_the_sides():
    sides = [claim("a", 4, 4, 5), claim("b", 24, 24, pd.NA, victim="mujao")]
    added = casualties.everyone_killed(ranges(*sides)).iloc[0]
    assert (added["low"], added["best"], added["high"], added["at_least"], added["separated"]) == (
        28,
        28,
        29,
        True,
        True,
    )
    together = casualties.everyone_killed(ranges(*sides, claim("c", 35, 35, 35, "medical", victim="unseparated"))).iloc[
        0
    ]
    assert (together["low"], together["best"], together["high"], together["separated"]) == (28, 35, 35, False)


def test_nobody_disputes_whose_a_suicide_bomber_was():
    table = ranges(
        claim("a", 6, 6, 7, "medical", event="whose"),
        claim("b", 1, 1, 1, event="whose", victim="mujao", qualifier="suicide bomber"),
    ).set_index("victim")
    assert table.loc["mnla", "low"] == 0 and table.loc["mujao", "low"] == 1


def test_a_party_that_lost_nobody_admits_nothing():
    row = only(claim("a", 0, 0, 0, "own_losses"), claim("b", 10, 10, pd.NA, "state"))
    assert (row["low"], row["best"], row["best_voice"], row["grade"]) == (0, 10, "official", "contested")
    assert only(claim("a", 0, 0, 0, "own_losses"))["best"] == 0


def test_the_voice_of_each_end_is_that_of_the_claim_that_makes_it():
    row = only(
        claim("a", 4, 4, 4, "own_losses"), claim("b", 50, 50, 50, "enemy_losses"), claim("c", 4, 10, 30, "press")
    )
    assert (row["low_voice"], row["best_voice"], row["high_voice"]) == (
        "own_side",
        "own_side",
        "enemy",
    )  # of equal lows the highest role
    assert only(claim("a", 30, pd.NA, 35, "state"))["best_voice"] == "official"  # where nobody commits, that of the low
    assert only(article("a", 7, 7, 7, "own_losses"))["best_voice"] == "encyclopaedia"


def test_everyone_says_whose_word_the_best_is():
    sides = casualties.everyone_killed(
        ranges(claim("a", 4, 4, 5, "own_losses"), claim("b", 24, 24, pd.NA, "enemy_losses", victim="mujao"))
    ).iloc[0]
    assert (sides["own_side"], sides["enemy"], sides["third_party"]) == (4, 24, 0)
    assert sum(sides[voice] for voice in casualties.VOICES) == sides["best"]


def test_a_fight_without_a_number_is_a_fight_and_an_arrest_is_none():
    events = EVENTS.assign(place_id=["gao", pd.NA, pd.NA], place_precision=["exact", pd.NA, pd.NA])
    places = pd.DataFrame({"place_id": ["gao"], "name": ["Gao"], "latitude": [16.3], "longitude": [0.0]})
    everyone = casualties.everyone_killed(ranges(claim("a", 4, 4, 5)))
    found = casualties.fights(everyone, events, places)
    assert found["event_id"].tolist() == ["gao", "whose"] and found["reported"].tolist() == [True, False]
    assert found["place_name"].tolist()[0] == "Gao" and found["latitude"].isna().tolist() == [False, True]
    assert pd.isna(found["best"][1]) and found["best"][0] == 4
    arrest = casualties.fights(everyone, events.assign(kind=["battle", "arrest", "period"]), places)
    assert arrest["event_id"].tolist() == ["gao"]


def test_a_fight_lies_between_the_days_of_its_date():
    events = EVENTS.assign(date=["2012-06-27", "2013-03", "2012"], place_id=pd.NA, place_precision=pd.NA)
    places = pd.DataFrame({"place_id": ["gao"], "name": ["Gao"], "latitude": [16.3], "longitude": [0.0]})
    found = casualties.fights(casualties.everyone_killed(ranges(claim("a", 4, 4, 5))), events, places).set_index(
        "event_id"
    )
    assert (found.loc["whose", "first"], found.loc["whose", "last"]) == (
        pd.Timestamp("2013-03-01"),
        pd.Timestamp("2013-03-31"),
    )


def test_most_islamist_dead_are_their_enemys_word(real):
    """The finding that leads the book."""
    core = casualties.core_killed(casualties.incident_ranges(*real))
    parts = casualties.by_voice(core, ["side"]).set_index(["side", "voice"])["best"]
    assert parts["islamist", "enemy"] > 0.5 * parts["islamist"].sum()


def test_core_totals_of_the_record(real):
    core = casualties.core_killed(casualties.incident_ranges(*real))
    sides = casualties.totals(core, ["side"]).set_index("side")
    # The evidence of edition 3.0.0 moved these from 38, 51, 160 and 68, 99, 111.
    assert sides.loc["mnla", ["low", "best", "high"]].tolist() == [40, 69, 182]
    assert sides.loc["islamist", ["low", "best", "high"]].tolist() == [67, 70, 130]


def test_the_running_sums_end_at_the_totals_and_are_split_by_voice():
    core = casualties.core_killed(
        casualties.incident_ranges(*(load(name) for name in ("casualty_claims", "events", "actors", "sources")))
    )
    running, sums = casualties.cumulative(core), casualties.totals(core, ["side"]).set_index("side")
    last = running.groupby("side").last()
    assert last[casualties.RANGE].eq(sums.loc[last.index, casualties.RANGE]).all(axis=None)
    assert running[list(casualties.VOICES)].sum(axis=1).eq(running["best"]).all()
    assert (
        running.groupby("side")[["date", *casualties.RANGE]]
        .agg(lambda column: column.is_monotonic_increasing)
        .all(axis=None)
    )


def test_an_incident_counts_from_the_last_day_on_which_it_may_have_happened():
    ranges = pd.DataFrame(
        {
            "side": "mnla",
            "event_id": ["b", "a"],
            "date": ["2012-11", "2012-11-19/2012-11-20"],
            "reported": True,
            "low": [1, 2],
            "best": [1, 3],
            "high": [4, 3],
            "at_least": [False, True],
            "best_voice": ["enemy", "own_side"],
        }
    )
    running = casualties.cumulative(ranges)
    assert running["date"].dt.strftime("%Y-%m-%d").tolist() == ["2012-11-20", "2012-11-30"]
    assert running[["event_id", "low", "best", "high", "enemy", "own_side"]].to_numpy().tolist() == [
        ["a", 2, 3, 3, 0, 3],
        ["b", 3, 4, 7, 1, 3],
    ]


@pytest.mark.parametrize(
    ("enemy", "best", "since"),
    [
        ([1, 1, 9], [2, 3, 12], "2012-03-01"),
        ([2, 9, 9], [2, 10, 40], None),
        ([2, 3, 4], [3, 5, 6], "2012-01-01"),
        ([0, 0, 0], [1, 2, 3], None),
    ],
)
def test_the_day_from_which_most_dead_are_the_enemys_word(enemy, best, since):
    running = pd.DataFrame(
        {
            "side": "mnla",
            "date": pd.to_datetime(["2012-01-01", "2012-02-01", "2012-03-01"]),
            "enemy": enemy,
            "best": best,
        }
    )
    assert killed_over_time.since(running, "mnla") == (since and pd.Timestamp(since))
