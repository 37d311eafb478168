"""Control day by day on toy spells, and the real spells over the whole core."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azawad_conflict import territory
from azawad_conflict.tables import load
from toy_spells import ACTORS, CLAIMS, EMPTY, PLACES, RUNS, SPELLS


def state(date):
    return territory.states_on(date, SPELLS, CLAIMS, PLACES).set_index("place_id").loc["gao"]


@pytest.mark.parametrize(
    ("date", "expected", "holders"),
    [
        ("2012-04-15", "unknown", ()),  # inside the imprecise start
        ("2012-05-01", "held", ("mnla",)),
        ("2012-06-26", "held", ("mnla",)),
        ("2012-06-27", "held", ("mujao",)),  # half-open: the day of the change belongs to the new holder
        ("2012-09-25", "held", ("mujao",)),  # 90 days after the last confirmation
        ("2012-09-26", "presumed", ("mujao",)),
        ("2012-11-16", "held", ("mujao",)),  # confirmed again
        ("2013-01-01", "unknown", ()),  # inside the imprecise end
    ],
)
def test_state_on_a_day(date, expected, holders):
    assert (state(date)["state"], state(date)["holders"]) == (expected, holders)


def test_age_counts_days_since_the_last_confirmation():
    assert state("2012-07-07")["age_days"] == 10
    assert pd.isna(state("2013-06-01")["age_days"])


def test_a_vague_claim_is_no_older_than_the_limit_on_a_day_that_it_documents():
    """It documents the days on which it has been made whatever day it means, and is recent whatever day it means."""

    def days(*dates):
        claims = CLAIMS.assign(date=dates)
        runs = territory.runs(SPELLS.tail(1), claims, PLACES.head(1), "2012-06-27", "2012-12-31")
        return [(run.state, f"{run.start:%m-%d}") for run in runs.itertuples()]

    july = [("presumed", "06-27"), ("held", "07-31"), ("presumed", "09-30")]  # 90 days after 1 July is 29 September
    assert days("2011", "2012-07", "2011") == july
    assert days("2011", "2012-07/2012-11", "2011") == [("presumed", "06-27")]
    exact = [("presumed", "06-27"), ("held", "07-20"), ("presumed", "10-19")]
    assert days("2011", "2012-07-20", "2011") == days("2011", "2012-07-20", "2012-06/2012-08") == exact


def test_before_its_first_report_a_holder_is_presumed():
    """That a town was lost on a day says who held it until then, and nobody said so before."""
    claims = CLAIMS.assign(date=["2012-06-27", "2012-06-27", "2012-11-16"])
    before = territory.states_on("2012-06-26", SPELLS, claims, PLACES).set_index("place_id").loc["gao"]
    assert (before["state"], before["holders"]) == ("presumed", ("mnla",)) and pd.isna(before["age_days"])
    early = territory.states_on("2012-06-26", SPELLS, CLAIMS.assign(date="2012-04-02"), PLACES).set_index("place_id")
    assert (early.loc["gao", "state"], early.loc["gao", "age_days"]) == (
        "held",
        85,
    )  # a report of the days before the start


def test_runs_cover_every_day_of_every_place_once():
    runs = territory.runs(SPELLS, CLAIMS, PLACES, "2012-04-01", "2013-03-31")
    for _, of_place in runs.groupby("place_id"):
        assert of_place["start"].iloc[0] == pd.Timestamp("2012-04-01")
        assert of_place["end"].iloc[-1] == pd.Timestamp("2013-04-01")
        assert (of_place["start"].iloc[1:].to_numpy() == of_place["end"].iloc[:-1].to_numpy()).all()
        assert of_place["days"].sum() == 365
    assert runs[runs["place_id"] == "ber"]["state"].tolist() == ["unknown"]


def test_days_by_state_add_up_to_the_window():
    days = territory.days_by_state(territory.runs(SPELLS, CLAIMS, PLACES, "2012-04-01", "2013-03-31")).set_index(
        "place_id"
    )
    assert days.loc["ber", "documented_share"] == 0
    gao = days.loc["gao"]
    assert gao[["held", "shared", "contested", "presumed", "unknown"]].sum() == 365
    assert gao["unknown"] == 30 + 31 + 28 + 31 - 1 + 0  # April less its last day, January and February, March


def test_the_days_of_the_holders_of_a_town_are_those_of_its_states():
    """Each day of one holder stands once, each of several once for each of them, and none without a holder."""
    phase_rows, claims = load("phases"), load("control_claims")
    runs = territory.runs(
        territory.reading(load("control_spells"), "assessed"),
        claims,
        territory.populated(load("places")),
        phase_rows["first_day"].min(),
        phase_rows["last_day"].max(),
    )
    holders, states = territory.days_by_holder(runs), territory.days_by_state(runs).set_index("place_id")
    assert not holders.duplicated(["place_id", "holder"]).any()
    held = holders.groupby("place_id")["held"].sum().reindex(states.index, fill_value=0)
    assert held.tolist() == states["held"].tolist()
    for state in ("shared", "contested", "presumed"):
        days_of_several = runs[runs["state"] == state].assign(of=lambda rows: rows["days"] * rows["holders"].map(len))
        assert holders[state].sum() == days_of_several["of"].sum() > 0
    toy = territory.days_by_holder(territory.runs(SPELLS, CLAIMS, PLACES, "2012-06-01", "2012-07-01"))
    assert toy.values.tolist() == [["gao", "mnla", 26, 0, 0, 0], ["gao", "mujao", 5, 0, 0, 0]]


def test_presumed_is_no_change_of_hands():
    earlier, later = (territory.states_on(date, SPELLS, CLAIMS, PLACES) for date in ("2012-09-01", "2012-10-01"))
    assert not territory.compare_days(earlier, later, ACTORS)["changed"].any()
    before = territory.states_on("2012-06-26", SPELLS, CLAIMS, PLACES)
    assert territory.compare_days(before, later, ACTORS).set_index("place_id")["changed"].to_dict() == {
        "gao": True,
        "ber": False,
    }


def test_places_of_and_populated():
    assert territory.places_of(["mujao"], territory.states_on("2012-07-01", SPELLS, CLAIMS, PLACES)) == 1
    assert territory.populated(PLACES)["place_id"].tolist() == ["gao"]


def test_without_spells_every_place_is_unknown():
    nothing = territory.states_on("2012-07-01", SPELLS.head(0), CLAIMS, PLACES)
    assert nothing["state"].tolist() == ["unknown", "unknown"]
    assert territory.runs(SPELLS, CLAIMS, PLACES.head(0), "2012-07-01", "2012-07-31").empty


def test_presumed_days_are_not_documented_days():
    days = territory.days_by_state(territory.runs(SPELLS, CLAIMS, PLACES, "2012-09-26", "2012-11-15")).set_index(
        "place_id"
    )
    assert days.loc["gao", ["documented_share", "presumed_share"]].tolist() == [0, 1]


@pytest.mark.parametrize("reading", ["assessed", "base_article", "last claim"])
def test_each_reading_has_one_state_per_town_and_day_of_the_window(reading):
    phase_rows, claims = load("phases"), load("control_claims")
    first, last = phase_rows["first_day"].min(), phase_rows["last_day"].max()
    days = (pd.Timestamp(last) - pd.Timestamp(first)).days + 1
    towns = territory.populated(load("places"))
    by_rule = territory.last_claim_reading(claims)
    spells = by_rule if reading == "last claim" else territory.reading(load("control_spells"), reading)
    runs = territory.runs(spells, claims, towns, first, last)
    assert runs.groupby("place_id")["days"].sum().eq(days).all()
    assert set(runs["place_id"]) == set(towns["place_id"])


@st.composite
def spells_of_gao(draw):
    """Spells of one place that follow each other, with or without gaps, some of them with imprecise dates."""
    days = sorted(draw(st.sets(st.integers(0, 700), min_size=2, max_size=12)))
    rows = []
    for start, end in pairwise(days):
        if draw(st.booleans()):
            first, after = (pd.Timestamp("2012-02-01") + pd.Timedelta(days=day) for day in (start, end))
            vague = draw(st.booleans()) and end - start > 2
            ends = f"{first + pd.Timedelta(days=1):%Y-%m-%d}/{after:%Y-%m-%d}" if vague else f"{after:%Y-%m-%d}"
            rows.append(
                (
                    "gao",
                    f"{first:%Y-%m-%d}",
                    ends,
                    "held",
                    (draw(st.sampled_from(["mnla", "mujao"])),),
                    "high",
                    ("taken",),
                )
            )
    columns = ["place_id", "start", "end", "state", "holder", "certainty", "control_claims"]
    return pd.DataFrame(rows, columns=columns)


@settings(max_examples=60, deadline=None)
@given(spells_of_gao())
def test_spells_partition_time(spells):
    runs = territory.runs(spells, CLAIMS, PLACES, "2012-01-17", "2014-12-31")
    for _, place in runs.groupby("place_id"):
        assert place["start"].iloc[0] == pd.Timestamp("2012-01-17") and place["end"].iloc[-1] == pd.Timestamp(
            "2015-01-01"
        )
        assert (place["end"].to_numpy()[:-1] == place["start"].to_numpy()[1:]).all(), "no day twice, none left out"
        assert place["days"].sum() == (pd.Timestamp("2015-01-01") - pd.Timestamp("2012-01-17")).days


def empty_state(date):
    return territory.states_on(date, EMPTY, CLAIMS, PLACES).set_index("place_id").loc["gao"]


def test_an_empty_place_is_documented_and_fades_to_unknown_not_to_presumed():
    assert (empty_state("2012-07-01")["state"], empty_state("2012-07-01")["holders"]) == ("empty", ())
    assert empty_state("2012-09-25")["state"] == "empty"
    assert empty_state("2012-09-26")["state"] == "unknown"


def test_an_empty_place_is_unknown_before_its_first_report():
    claims = CLAIMS.assign(date=["2012-05-01", "2012-07-10", "2013-03-01"])
    days = territory.days_by_state(territory.runs(EMPTY, claims, PLACES.head(1), "2012-06-27", "2012-07-12")).iloc[0]
    assert (days["unknown"], days["empty"]) == (13, 3)


def test_no_holder_is_documented_on_the_days_of_an_empty_place():
    days = territory.days_by_state(territory.runs(EMPTY, CLAIMS, PLACES.head(1), "2012-06-27", "2012-07-06")).iloc[0]
    assert days["empty"] == 10 and days["documented_share"] == 0


def test_towns_by_holder_split_a_shared_town_and_add_up():
    stack = territory.towns_by_holder(RUNS)
    april, may, june = (stack.loc[day] for day in ("2012-04-01", "2012-05-01", "2012-06-01"))
    assert (april["mnla", False], april["unknown", False], april["empty", False]) == (1, 1, 1)
    assert (may["mnla", False], may["mujao", False], may["mujao", True]) == (0.5, 0.5, 1)
    assert june.eq(0).all()
    assert stack.sum(axis=1).tolist() == [3, 3, 0]


def test_towns_by_holder_agree_with_the_days_of_the_real_runs():
    phases, claims = load("phases"), load("control_claims")
    towns = territory.populated(load("places"))
    runs = territory.runs(
        territory.reading(load("control_spells"), "assessed"),
        claims,
        towns,
        phases["first_day"].min(),
        phases["last_day"].max(),
    )
    stack = territory.towns_by_holder(runs)
    assert stack.iloc[:-1].sum(axis=1).sub(len(towns)).abs().lt(1e-4).all()
    days = stack.index.to_series().diff().shift(-1).dt.days.iloc[:-1]
    assert stack["unknown", False].iloc[:-1].mul(days).sum() == runs.loc[runs["state"].eq("unknown"), "days"].sum()


def test_a_month_has_the_mean_of_its_days():
    months = territory.by_month(
        territory.towns_by_holder(
            RUNS.assign(
                end=RUNS["end"].replace(pd.Timestamp("2012-05-01"), pd.Timestamp("2012-04-16")),
                start=RUNS["start"].replace(pd.Timestamp("2012-05-01"), pd.Timestamp("2012-04-16")),
            )
        )
    )
    assert months.index.strftime("%Y-%m-%d").tolist() == ["2012-04-01", "2012-05-01", "2012-06-01"]
    assert months["mnla", False].tolist() == [0.75, 0.5, 0]
    assert months.sum(axis=1).tolist() == [3, 3, 0]
