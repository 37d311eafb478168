"""The running sums of the dead."""

import pandas as pd
import pytest

from azawad_conflict import casualties
from azawad_conflict.figures.casualties import killed_over_time


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


def test_the_words_at_a_step_say_all_that_it_holds():
    days = pd.to_datetime(["2012-01-01", "2012-02-01", "2012-02-02", "2012-06-01", "2012-06-04", "2012-06-05"])
    steps = pd.DataFrame({"event_id": [*"abcdef"], "date": days, "step": [1, 2, 3, 4, 20, 5]})
    names = pd.Series({"a": "Ber", "b": "Gao", "c": "Gao", "d": "Kidal", "e": "In Arab", "f": "Konna"})
    words = [killed_over_time.named(step, names) for step in killed_over_time.largest(steps)]
    assert words == ["In Arab and 2 others", "Gao", "Ber"]


def test_an_incident_somewhere_in_a_district_does_not_bear_the_name_of_its_town():
    events = pd.DataFrame(
        {
            "event_id": ["fall", "raid", "march", "gao_2012_11_16"],
            "name": ["Fall of the town", "Raid in the valley", "March", "March on Gao"],
            "place_id": ["menaka", "menaka", None, "ansongo"],
            "place_precision": ["exact", "area", None, "exact"],
        }
    )
    names = casualties.incident_names(events, pd.DataFrame({"place_id": ["menaka"], "name": ["Ménaka"]}))
    assert names.tolist() == ["Ménaka", "Raid in the valley", "March", "Ansongo road"]


def test_the_words_for_the_figure_have_whose_word_each_part_is_and_the_steps_that_are_named():
    days = pd.to_datetime(["2012-01-01", "2012-02-01", "2012-06-01", "2012-09-01"])
    none = dict.fromkeys(casualties.VOICES, 0)
    sums = {"date": days, "event_id": [*"abcd"], "low": [1, 3, 3, 3], "best": [1, 9, 12, 32], "high": [2, 10, 13, 33]}
    rows = pd.DataFrame(none | sums | {"enemy": [0, 0, 0, 20], "official": [1, 9, 12, 12], "at_least": False})
    running = pd.concat([rows.assign(side=side) for side in casualties.SIDES])
    words = killed_over_time.alt(running, pd.Series({"a": "Ber", "b": "Gao", "c": "Kidal", "d": "In Arab"}))
    assert words.count("32 (3 to 33)") == 2 and words.count("In Arab +20; Gao +8; Kidal +3") == 2
    assert all(f"{casualties.VOICES[name]}: {number}" in words for name, number in (("enemy", 20), ("official", 12)))
