"""Changes of holder between toy spells, and between the phases."""

import pandas as pd
import pytest

from azawad_conflict import territory
from azawad_conflict.tables import load
from toy_spells import ACTORS, CLAIMS, EMPTY, READING_CLAIMS


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


@pytest.mark.parametrize(("after", "moves"), [(("mujao",), 1), (("mnla",), 0)])
def test_a_fight_inside_a_place_is_no_change_before_it_ends(after, moves):
    spells = pd.DataFrame(
        {
            "place_id": ["gao", "gao", "gao"],
            "start": ["2012-04-01", "2012-06-26", "2012-06-27"],
            "end": ["2012-06-26", "2012-06-27", pd.NA],
            "state": ["held", "contested", "held"],
            "holder": [("mnla",), ("mnla", "mujao"), after],
            "certainty": ["high", "high", "high"],
            "control_claims": [("a",), ("b",), ("b",)],
        }
    )
    found = territory.hand_overs(spells, READING_CLAIMS, ACTORS)
    told = found[["date", "from_holder", "to_holder", "gap"]].values.tolist()
    assert told == [["2012-06-27", ("mnla",), after, False]] * moves


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
            "state": ["held", "held"],
            "holder": [before, holder],
            "certainty": ["high", "high"],
            "control_claims": [("a",), ("b",)],
        }
    )
    assert len(territory.hand_overs(spells, READING_CLAIMS, ACTORS)) == moves
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
    fought = pd.concat([READING_CLAIMS, early.assign(how="battle", from_holder=[()]), later])
    (move,) = territory.hand_overs(spells, fought, ACTORS).to_dict("records")
    assert move["rival_dates"] == ()  # nobody is said to have lost the place on that day


def _shared_by(claims):
    """Spells of Gao: the MNLA's, then shared with MUJAO on these claims."""
    return pd.DataFrame(
        {
            "place_id": ["gao", "gao"],
            "start": ["2012-04-01", "2012-06-27"],
            "end": ["2012-06-27", pd.NA],
            "state": ["held", "shared"],
            "holder": [("mnla",), ("mnla", "mujao")],
            "certainty": ["high", "high"],
            "control_claims": [("a",), claims],
        }
    )


def test_a_change_to_several_holders_has_the_sources_that_name_them_all():
    both = READING_CLAIMS.iloc[[1]].assign(
        claim_id="both", how="presence", to_holder=[("mnla", "mujao")], source_id="paper"
    )
    moved = territory.hand_overs(_shared_by(("b", "both")), pd.concat([READING_CLAIMS, both]), ACTORS)
    (move,) = moved.to_dict("records")
    assert move["source_id"] == ("wire", "paper") and move["claims"] == ("b",)


def test_a_change_of_holder_cites_who_names_the_new_one_on_its_day_and_not_who_names_the_old_alone():
    spells = _shared_by(("old", "of_the_day", "later"))
    like = READING_CLAIMS.iloc[[1]]
    claims = [
        like.assign(claim_id="old", how="battle", to_holder=[("mnla",)], source_id="old", date="2012-06-27"),
        like.assign(
            claim_id="of_the_day", how="presence", to_holder=[("mujao",)], source_id="of the day", date="2012-06"
        ),
        like.assign(claim_id="later", how="presence", to_holder=[("mujao",)], source_id="later", date="2012-09-01"),
    ]
    (move,) = territory.hand_overs(spells, pd.concat([READING_CLAIMS, *claims]), ACTORS).to_dict("records")
    assert move["source_id"] == ("of the day",)


def test_a_place_that_was_empty_between_two_holders_changes_hands_once_with_a_gap():
    claims = CLAIMS.assign(source_id="early")
    moves = territory.hand_overs(EMPTY, claims, ACTORS)
    assert moves[["from_holder", "to_holder", "gap"]].to_numpy().tolist() == [[("mnla",), ("mujao",), True]]


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
