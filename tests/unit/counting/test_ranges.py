"""The rule that makes one range of the claims on an incident, on toy claims."""

import pandas as pd
import pytest

from toy_claims import article, claim, only, ranges


def test_range_spans_the_claims_and_the_highest_role_decides_the_best():
    row = only(claim("a", 20, 20, 20, "press"), claim("b", 30, 35, 40, "medical"), claim("c", 4, 4, 4, "own_losses"))
    assert (row["low"], row["best"], row["high"]) == (4, 35, 40)
    assert row["claims"] == 3


def test_among_equals_the_latest_published_decides():
    row = only(claim("a", 20, 20, 20, source="late"), claim("b", 26, 26, 26, source="early"))
    assert row["best"] == 20


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


def test_medical_and_monitor_are_equals_and_the_latest_published_decides():
    row = only(claim("a", 10, 10, 10, "medical", source="early"), claim("b", 20, 20, 20, "monitor", source="late"))
    assert row["best"] == 20


def test_an_upper_bound_alone_leaves_zero_open():
    row = only(claim("a", pd.NA, pd.NA, 6))
    assert (row["low"], row["best"], row["high"]) == (0, 0, 6)


def test_claims_on_periods_give_no_row():
    assert ranges(claim("p", 19, 19, 19, counted="no", event="period_2012")).empty


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
