"""Control day by day on toy spells, and the real spells over the whole core."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azawad_conflict import territory
from azawad_conflict.figures.territory import control_stack
from azawad_conflict.tables import load

PLACES = pd.DataFrame({"place_id": ["gao", "ber"], "kind": ["town", "mountains"]})
ACTORS = pd.DataFrame(
    {
        "actor_id": ["mnla", "mujao", "islamist_groups", "malian_state", "malian_army"],
        "parent_id": [pd.NA, "islamist_groups", pd.NA, pd.NA, "malian_state"],
        "acts_for_parent": [pd.NA, "no", pd.NA, pd.NA, "yes"],
    }
)
CLAIMS = pd.DataFrame(
    {
        "claim_id": ["before", "taken", "later"],
        "place_id": ["gao", "gao", "gao"],
        "date": ["2012-04/2012-06", "2012-06-27", "2012-11-16"],
        "from_holder": [(), ("mnla",), ("mujao",)],
        "to_holder": [("mnla",), ("mujao",), ("mujao",)],
        "how": ["presence", "battle", "failed_attack"],
    }
)
SPELLS = pd.DataFrame(
    {
        "place_id": ["gao", "gao"],
        "start": ["2012-04", "2012-06-27"],
        "end": ["2012-06-27", "2013-01/2013-02"],
        "state": ["held", "held"],
        "holder": [("mnla",), ("mujao",)],
        "certainty": ["medium", "high"],
        "control_claims": [("before",), ("taken", "later")],
    }
)


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


def test_changes_of_hands_leave_out_presence_and_failed_attacks():
    assert territory.changes_of_hands(CLAIMS, ACTORS)["claim_id"].tolist() == ["taken"]


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


READING_CLAIMS = pd.DataFrame(
    {
        "claim_id": ["a", "b", "c", "d"],
        "place_id": ["gao", "gao", "gao", "gao"],
        "date": ["2012-04-01", "2012-06-27", "2012-06-27", "2012-09"],
        "to_holder": [("mnla",), ("mujao",), ("mnla",), ()],
        "from_holder": [(), ("mnla",), (), ()],
        "how": ["battle", "battle", "claim", "presence"],
        "certainty": ["high", "high", "low", "high"],
        "origin": ["AFP", "AFP", "MNLA", "AFP"],
        "source_id": ["wire", "wire", "party", "wire"],
    }
)


def test_the_last_claim_decides_and_the_most_certain_of_one_day():
    reading = territory.last_claim_reading(READING_CLAIMS)
    assert reading["holder"].tolist() == [("mnla",), ("mujao",)]
    assert reading["start"].tolist() == ["2012-04-01", "2012-06-27"]
    assert reading["end"].iloc[0] == "2012-06-27" and pd.isna(reading["end"].iloc[1])


def test_a_reading_of_one_origin_hears_no_other():
    reading = territory.last_claim_reading(READING_CLAIMS, ["MNLA"])
    assert reading["holder"].tolist() == [("mnla",)] and reading["start"].tolist() == ["2012-06-27"]


def test_hand_overs_name_from_to_and_rival_dates():
    spells = pd.DataFrame(
        {
            "place_id": ["gao", "gao", "gao"],
            "start": ["2012-04-01", "2012-06-27", "2013-01-26"],
            "end": ["2012-06-27", "2013-01-20", pd.NA],
            "state": ["held", "held", "held"],
            "holder": [("mnla",), ("mujao",), ("malian_state",)],
            "certainty": ["high", "high", "medium"],
            "control_claims": [("a",), ("b", "late"), ("a",)],
        }
    )
    late = READING_CLAIMS.iloc[[1]].assign(claim_id="late", date="2012-06-26")
    moves = territory.hand_overs(spells, pd.concat([READING_CLAIMS, late]), ACTORS)
    assert moves[["from_holder", "to_holder", "gap"]].values.tolist() == [
        [("mnla",), ("mujao",), False],
        [("mujao",), ("malian_state",), True],
    ]
    assert moves["rival_dates"].tolist()[0] == ("2012-06-26",) and moves["source_id"].tolist()[0] == ("wire",)


@pytest.mark.parametrize(
    ("before", "holder", "moves"),
    [
        (("malian_state",), ("malian_army",), 0),
        (("mnla", "malian_state"), ("malian_army", "mnla"), 0),
        (("islamist_groups",), ("mujao",), 1),  # a part that acts for itself
        (("malian_army",), ("mnla", "malian_army"), 1),
    ],
)
def test_a_state_and_its_army_are_one_holder(before, holder, moves):
    spells = pd.DataFrame(
        {
            "place_id": ["gao", "gao"],
            "start": ["2012-04-01", "2012-06-27"],
            "end": ["2012-06-27", pd.NA],
            "holder": [before, holder],
            "certainty": ["high", "high"],
            "control_claims": [("a",), ("b",)],
        }
    )
    assert len(territory.hand_overs(spells, READING_CLAIMS, ACTORS)) == moves
    claims = READING_CLAIMS.head(1).assign(from_holder=[before], to_holder=[holder])
    assert len(territory.changes_of_hands(claims, ACTORS)) == moves
    days = [pd.DataFrame({"place_id": ["gao"], "holders": [holders]}) for holders in (before, holder)]
    assert territory.compare_days(*days, ACTORS)["changed"].tolist() == [bool(moves)]


@pytest.mark.parametrize(
    ("holder", "before", "expected"),
    [
        (("mujao",), ("mnla",), ("2012-06-26",)),  # of those who came
        (("mujao",), ("mnla", "mujao"), ("2012-06-26",)),  # of the one who is left of two that fought for the place
        (("mnla", "mujao"), ("mujao",), ()),  # a day of those who were there before says nothing on those who came
    ],
)
def test_a_rival_date_is_one_on_which_the_new_holders_come(holder, before, expected):
    spells = pd.DataFrame(
        {
            "place_id": ["gao", "gao"],
            "start": ["2012-04-01", "2012-06-27"],
            "end": ["2012-06-27", pd.NA],
            "state": ["held", "held"],
            "holder": [before, holder],
            "certainty": ["high", "high"],
            "control_claims": [("a",), ("b", "early", "later")],
        }
    )
    moved = READING_CLAIMS.iloc[[1]]  # to MUJAO
    early = moved.assign(claim_id="early", date="2012-06-26")
    later = moved.assign(claim_id="later", date="2013-01-26", to_holder=[("malian_state",)])
    (move,) = territory.hand_overs(spells, pd.concat([READING_CLAIMS, early, later]), ACTORS).to_dict("records")
    assert move["rival_dates"] == expected


def test_parts_of_one_actor_do_not_disagree():
    actors = pd.DataFrame(
        {"actor_id": ["mujao", "islamist_groups", "mnla"], "parent_id": ["islamist_groups", pd.NA, pd.NA]}
    )
    runs = pd.DataFrame({"place_id": ["gao"], "state": ["held"], "start": [pd.Timestamp("2012-07-01")], "days": [10]})
    mujao = runs.assign(holders=[("mujao",)])
    assert territory.disagreement(mujao, runs.assign(holders=[("islamist_groups",)]), actors)["days"].tolist() == [0]
    mnla = runs.assign(holders=[("mnla",)])
    assert territory.disagreement(mujao, mnla, actors)["days"].tolist() == [10]
    assert len(territory.disagreeing(mujao, runs.assign(holders=[("islamist_groups",)]), actors)) == 0


def test_days_that_follow_each_other_are_one_stretch_of_disagreement():
    actors = pd.DataFrame({"actor_id": ["mujao", "mnla"], "parent_id": [pd.NA, pd.NA]})
    starts = pd.to_datetime(["2012-07-01", "2012-07-04", "2012-07-06"])
    one = pd.DataFrame(
        {"place_id": "gao", "state": "held", "start": starts, "days": [3, 2, 4], "holders": [("mnla",)] * 3}
    )
    other = one.assign(holders=[("mujao",), ("mnla",), ("mujao",)])
    found = territory.disagreeing(one, pd.concat([other, other.assign(place_id="kidal")], ignore_index=True), actors)
    assert found["place_id"].tolist() == ["gao", "gao"]
    assert found["start"].tolist() == [starts[0], starts[2]]
    assert found["end"].tolist() == [starts[1], pd.Timestamp("2012-07-10")]


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


# -- places without an armed force, and the reading under other rules -----------------------------------------------

EMPTY = pd.DataFrame(
    {
        "place_id": ["gao", "gao", "gao"],
        "start": ["2012-05-01", "2012-06-27", "2013-03-01"],
        "end": ["2012-06-27", "2013-03-01", pd.NA],
        "state": ["held", "empty", "held"],
        "holder": [("mnla",), (), ("mujao",)],
        "certainty": ["low", "high", "high"],
        "control_claims": [("before",), ("taken",), ("later",)],
    }
)
SOURCES = pd.DataFrame(
    {"source_id": ["early", "page"], "kind": ["news", "encyclopaedia"], "published": ["2012-07-01", pd.NA]}
)
SOURCED = CLAIMS.assign(source_id=["page", "early", "early"], certainty=["high", "high", "low"])


def empty_state(date):
    return territory.states_on(date, EMPTY, CLAIMS, PLACES).set_index("place_id").loc["gao"]


def test_an_empty_place_is_documented_and_fades_to_unknown_not_to_presumed():
    assert (empty_state("2012-07-01")["state"], empty_state("2012-07-01")["holders"]) == ("empty", ())
    assert empty_state("2012-09-25")["state"] == "empty"
    assert empty_state("2012-09-26")["state"] == "unknown"


def test_empty_days_are_documented_days_and_no_holder_has_them():
    days = territory.days_by_state(territory.runs(EMPTY, CLAIMS, PLACES.head(1), "2012-06-27", "2012-07-06")).iloc[0]
    assert days["empty"] == 10 and days["documented_share"] == 1


def test_a_place_that_was_empty_between_two_holders_changes_hands_once_with_a_gap():
    claims = CLAIMS.assign(source_id="early")
    moves = territory.hand_overs(EMPTY, claims, ACTORS)
    assert moves[["from_holder", "to_holder", "gap"]].to_numpy().tolist() == [[("mnla",), ("mujao",), True]]


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


def test_what_was_published_later_or_without_a_date_was_not_known():
    assert territory.known_by("2012-06-30", SPELLS, SOURCED, SOURCES)[1].empty
    assert territory.known_by("2012-07-01", SPELLS, SOURCED, SOURCES)[1]["claim_id"].tolist() == ["taken", "later"]


@pytest.fixture(scope="module")
def everything():
    spells, claims, sources, places, phases = (
        load(name) for name in ("control_spells", "control_claims", "sources", "places", "phases")
    )
    window = phases["first_day"].min(), phases["last_day"].max()
    return territory.reading(spells, "assessed"), claims, sources, territory.populated(places), *window


def test_the_first_variant_is_the_published_reading_and_none_is_better_documented_with_less(everything):
    table = territory.sensitivity(*everything).set_index("variant")
    published = table.iloc[0]
    assert published["agree"] == 1
    assert table[["documented", "presumed", "unknown"]].sum(axis=1).tolist() == pytest.approx([1] * len(table))
    for less in ("Without encyclopaedias", "Without low certainty"):
        assert table.loc[less, "documented"] <= published["documented"]


def test_no_more_was_known_then_than_now(everything):
    spells, claims, sources, places, first, _ = everything
    table = territory.as_known(territory.AS_KNOWN, spells, claims, sources, places, first)
    assert (table["then"] <= table["now"]).all()


RUNS = pd.DataFrame(
    {
        "place_id": ["gao", "gao", "ber", "ber", "kidal"],
        "state": ["held", "shared", "unknown", "presumed", "empty"],
        "holders": [("mnla",), ("mnla", "mujao"), (), ("mujao",), ()],
        "start": pd.to_datetime(["2012-04-01", "2012-05-01", "2012-04-01", "2012-05-01", "2012-04-01"]),
        "end": pd.to_datetime(["2012-05-01", "2012-06-01", "2012-05-01", "2012-06-01", "2012-06-01"]),
    }
)


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


def test_turns_are_the_last_days_of_the_phases_with_what_changed():
    phases, towns = load("phases"), territory.populated(load("places"))
    found = territory.turns(
        territory.reading(load("control_spells"), "assessed"), load("control_claims"), towns, phases, load("actors")
    )
    assert [turn.date for turn in found] == [
        pd.Timestamp(phases.set_index("phase_id").loc[phase, "last_day"]) for phase in territory.MAP_PHASES
    ]
    assert not found[0].states["changed"].any()
    assert found[1].states["changed"].any()


def test_the_stack_leaves_what_is_presumed_out_of_what_is_documented():
    known = control_stack.documented(territory.towns_by_holder(RUNS))
    assert known.tolist() == [2, 2]  # Gao, and Kidal, of which it is documented that nobody was there


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
