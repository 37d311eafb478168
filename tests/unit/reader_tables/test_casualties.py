"""The tables on casualties as a reader finds them."""

import pandas as pd
import pytest

from azawad_conflict.casualties import VOICES
from azawad_conflict.reader_tables import casualties as read
from toy_claims import claim, ranges

UNTOLD = pd.DataFrame(columns=["event_id", "group", "outcome", "low", "best", "high", "lowest", "at_least", "reported"])


def test_an_incident_says_whose_word_its_best_is_whatever_its_grade():
    """A third party that says "at least" gives a number and commits to none: the enemy's word is then the best."""
    found = ranges(claim("a", 3, pd.NA, pd.NA, "press"), claim("b", 5, 5, 5, "enemy_losses"))
    (row,) = read.incidents(found, UNTOLD).to_dict("records")
    assert (row["Best"], row["Whose word the best is"], row["Grade"]) == (
        "5",
        "their enemy",
        "third parties; the high is their enemy's",
    )


@pytest.mark.parametrize(
    ("low", "high", "grade"),
    [
        (3, 5, "told by the victims' side, not from outside"),
        (3, 9, "told by the victims' side, not from outside; the high is their enemy's"),
        (1, 5, "told by the victims' side, not from outside; the low is their enemy's"),
        (1, 9, "told by the victims' side, not from outside; low and high are their enemy's"),
    ],
)
def test_a_grade_says_which_ends_are_the_enemys(low, high, grade):
    found = ranges(claim("a", 2, 5, 5, "own_losses"), claim("b", low, high, high, "enemy_losses"))
    assert read.incidents(found, UNTOLD)["Grade"].tolist() == [grade]


@pytest.mark.parametrize("side", ["civilian", "unseparated"])
@pytest.mark.parametrize("role", ["own_losses", "enemy_losses"])
def test_who_belongs_to_no_side_has_no_enemy(side, role):
    found = ranges(claim("a", 3, 3, 3, role)).assign(side=side)
    (row,) = read.incidents(found, UNTOLD).to_dict("records")
    assert row["Whose word the best is"] == "a party to the fight"
    assert row["Grade"] == "told by a party to the fight, not from outside"


def test_an_incident_without_a_number_names_nobody():
    (row,) = read.incidents(ranges(claim("a", pd.NA, pd.NA, pd.NA, "press")), UNTOLD).to_dict("records")
    assert (row["Best"], row["Whose word the best is"], row["Grade"]) == ("", "", "no number")


def test_the_voices_of_a_side_stand_below_its_name_and_above_their_sum():
    one = {"side": "mnla", "voice": next(iter(VOICES.items()))[0], "low": 1, "best": 2, "high": 3}
    sums = {"side": "mnla", "low": 4, "best": 5, "high": 6}
    shown = read.voices(pd.DataFrame([one]), pd.DataFrame([sums]))
    assert set(shown["Side"]) == {"MNLA and allies"}, "who says nothing is left out"
    mnla = shown.set_index("Who says it")[["Low", "Best", "High"]]
    assert mnla.to_dict("index") == {
        "Third parties": {"Low": 1, "Best": 2, "High": 3},
        "Together": {"Low": 4, "Best": 5, "High": 6},
    }
    assert read.together(shown).tolist() == [False, True]
