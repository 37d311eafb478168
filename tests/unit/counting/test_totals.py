"""Totals, on toy claims and of the record."""

import pandas as pd
import pytest

from azawad_conflict import casualties
from azawad_conflict.wording import number_range
from toy_claims import claim, ranges


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


def test_core_killed_leaves_out_other_outcomes_and_other_violence():
    table = ranges(claim("a", 4, 4, 4), claim("b", 1, 1, 1, outcome="wounded"))
    assert casualties.core_killed(table)["claims"].tolist() == [1]
    assert casualties.core_killed(table.assign(violence_type="one_sided")).empty


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


def test_everyone_says_whose_word_the_best_is():
    sides = casualties.everyone_killed(
        ranges(claim("a", 4, 4, 5, "own_losses"), claim("b", 24, 24, pd.NA, "enemy_losses", victim="mujao"))
    ).iloc[0]
    assert (sides["own_side"], sides["enemy"], sides["third_party"]) == (4, 24, 0)
    assert sum(sides[voice] for voice in casualties.VOICES) == sides["best"]


def test_most_islamist_dead_are_their_enemys_word(incidents):
    """The finding that leads the book."""
    core = casualties.core_killed(incidents)
    parts = casualties.by_voice(core, ["side"]).set_index(["side", "voice"])["best"]
    assert parts["islamist", "enemy"] > 0.5 * parts["islamist"].sum()


def test_core_totals_of_the_record(incidents):
    core = casualties.core_killed(incidents)
    sides = casualties.totals(core, ["side"]).set_index("side")
    # The evidence of edition 3.0.0 moved these from 38, 51, 160 and 68, 99, 111.
    assert sides.loc["mnla", ["low", "best", "high"]].tolist() == [38, 63, 152]
    assert sides.loc["islamist", ["low", "best", "high"]].tolist() == [62, 65, 125]


def test_the_running_sums_end_at_the_totals_and_are_split_by_voice(incidents):
    core = casualties.core_killed(incidents)
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
    ("asked", "told"),
    [
        ({"nope": 1}, (KeyError, "nope: no column of these ranges; there are: event_id")),
        ({"year": 2013}, (TypeError, "year: 2013: the column holds text: write '2013'")),
        ({"year": ["2012", 2013]}, (TypeError, "year: 2013")),
        ({"side": "mnlaa"}, (ValueError, "side: 'mnlaa': is none of mnla, islamist")),
    ],
)
def test_a_question_that_no_row_can_answer_is_refused_and_is_no_zero(asked, told):
    error, words = told
    with pytest.raises(error, match=words):
        casualties.total(ranges(claim("a", 4, 4, 4)), **asked)
