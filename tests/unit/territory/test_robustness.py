"""The reading of control under other rules: by claims, by origin, by what was known, by another threshold."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azawad_conflict import territory
from azawad_conflict.tables import load
from toy_spells import ACTORS, CLAIMS, PLACES, READING_CLAIMS, SPELLS


def test_the_last_claim_decides_and_the_most_certain_of_one_day():
    reading = territory.last_claim_reading(READING_CLAIMS)
    assert reading["holder"].tolist() == [("mnla",), ("mujao",)]
    assert reading["start"].tolist() == ["2012-04-01", "2012-06-27"]
    assert reading["end"].iloc[0] == "2012-06-27" and pd.isna(reading["end"].iloc[1])


def test_a_reading_of_one_origin_hears_no_other():
    reading = territory.last_claim_reading(READING_CLAIMS, ["MNLA"])
    assert reading["holder"].tolist() == [("mnla",)] and reading["start"].tolist() == ["2012-06-27"]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("mujao", "islamist_groups", 0),  # a group that nobody names may be this one
        ("islamist_groups", "mujao", 0),
        ("mujao", "ansar_dine", 10),  # both are parts of one side, and act for themselves
        ("mujao", "mnla", 10),
        ("malian_army", "malian_state", 0),
    ],
)
def test_a_part_and_its_whole_have_a_holder_in_common_and_two_parts_have_none(one, other, apart):
    other_part = pd.DataFrame({"actor_id": ["ansar_dine"], "parent_id": ["islamist_groups"], "acts_for_parent": ["no"]})
    actors = pd.concat([ACTORS, other_part], ignore_index=True)
    runs = pd.DataFrame({"place_id": ["gao"], "state": ["held"], "start": [pd.Timestamp("2012-07-01")], "days": [10]})
    both = [runs.assign(holders=[(holder,)]) for holder in (one, other)]
    assert territory.disagreement(*both, actors)["days"].tolist() == [apart]
    assert len(territory.disagreeing(*both, actors)) == bool(apart)


def test_days_that_follow_each_other_are_one_stretch_of_disagreement():
    starts = pd.to_datetime(["2012-07-01", "2012-07-04", "2012-07-06"])
    one = pd.DataFrame(
        {"place_id": "gao", "state": "held", "start": starts, "days": [3, 2, 4], "holders": [("mnla",)] * 3}
    )
    other = one.assign(holders=[("mujao",), ("mnla",), ("mujao",)])
    found = territory.disagreeing(one, pd.concat([other, other.assign(place_id="kidal")], ignore_index=True), ACTORS)
    assert found["place_id"].tolist() == ["gao", "gao"]
    assert found["start"].tolist() == [starts[0], starts[2]]
    assert found["end"].tolist() == [starts[1], pd.Timestamp("2012-07-10")]


@given(st.integers(1, 400), st.integers(1, 400))
@settings(max_examples=30, deadline=None)
def test_a_longer_threshold_documents_no_fewer_days(one, other):
    few, many = sorted((one, other))
    shares = [
        territory.shares(territory.runs(SPELLS, CLAIMS, PLACES.head(1), "2012-04-01", "2013-06-30", days))
        for days in (few, many)
    ]
    assert shares[0]["documented"] <= shares[1]["documented"]
    for share in shares:
        assert sum(share.values()) == pytest.approx(1)


def test_leaving_out_no_claim_changes_no_spell():
    spells, claims = territory.on_claims(SPELLS, CLAIMS, CLAIMS["claim_id"].notna())
    pd.testing.assert_frame_equal(spells, SPELLS)
    pd.testing.assert_frame_equal(claims, CLAIMS)


def test_a_spell_without_claims_is_gone():
    spells, _ = territory.on_claims(SPELLS, CLAIMS, CLAIMS["claim_id"].eq("taken"))
    assert spells["control_claims"].tolist() == [("taken",)]


def test_a_spell_is_gone_whose_holder_only_a_claim_left_out_names():
    spells = SPELLS.head(1).assign(control_claims=[("before", "later")])
    assert territory.on_claims(spells, CLAIMS, CLAIMS["claim_id"].eq("before"))[0]["holder"].tolist() == [("mnla",)]
    assert territory.on_claims(spells, CLAIMS, CLAIMS["claim_id"].eq("later"))[0].empty


SOURCES = pd.DataFrame(
    {"source_id": ["early", "page"], "kind": ["news", "encyclopaedia"], "published": ["2012-07-01", pd.NA]}
)

SOURCED = CLAIMS.assign(source_id=["page", "early", "early"], certainty=["high", "high", "low"])


def test_what_was_published_later_or_without_a_date_was_not_known():
    assert territory.known_by("2012-06-30", SPELLS, SOURCED, SOURCES)[1].empty
    assert territory.known_by("2012-07-01", SPELLS, SOURCED, SOURCES)[1]["claim_id"].tolist() == ["taken", "later"]


@pytest.fixture(scope="module")
def everything():
    spells, claims, sources, actors, places, phases = (
        load(name) for name in ("control_spells", "control_claims", "sources", "actors", "places", "phases")
    )
    window = phases["first_day"].min(), phases["last_day"].max()
    return territory.reading(spells, "assessed"), claims, sources, actors, territory.populated(places), *window


def test_the_first_variant_is_the_published_reading_and_none_is_better_documented_with_less(everything):
    table = territory.sensitivity(*everything).set_index("variant")
    published = table.iloc[0]
    assert published["agree"] == 1
    assert table[["documented", "presumed", "none"]].sum(axis=1).tolist() == pytest.approx([1] * len(table))
    for less in ("Without encyclopaedias", "Without low certainty", "Claims that name every holder"):
        assert table.loc[less, "documented"] <= published["documented"]


def test_a_claim_that_leaves_a_holder_out_documents_nothing_where_all_are_asked_for():
    spells = SPELLS.tail(1).assign(state="shared", holder=[("mnla", "mujao")])
    sources, claims = SOURCES.assign(kind="news"), SOURCED.assign(to_holder=[("mnla",), ("mnla", "mujao"), ("mujao",)])
    table = territory.sensitivity(
        spells, claims, sources, ACTORS, PLACES.head(1), "2012-06-27", "2012-12-31"
    ).set_index("variant")
    # Of the taking both are told, later MUJAO alone.
    assert table.loc["Presumed after 90 days", "documented"] == pytest.approx((91 + 46) / 188)
    whole = table.loc["Claims that name every holder"]
    assert (whole["documented"], whole["presumed"]) == pytest.approx((91 / 188, 97 / 188))


def test_no_more_was_known_then_than_now(everything):
    spells, claims, sources, _, places, first, _ = everything
    table = territory.as_known(territory.AS_KNOWN, spells, claims, sources, places, first)
    assert (table["then"] <= table["now"]).all()
