"""The filters of what counts: each leaves out what methods.md says, and a blank is never counted."""

import pandas as pd

from azawad_conflict.counting.counted import between_sides, counts, has_number, killed_in_fights

ROWS = pd.DataFrame(
    {
        "event_id": ["fight", "fight", "period", "period"],
        "group": ["mnla", "mnla", "mnla", "mnla"],
        "carried_by_encyclopaedia": [False, False, False, False],
        "counted": ["yes", "no", "yes", "period"],
        "kind": ["battle", "battle", "period", "period"],
        "scope": ["core", "core", "context", "core"],
        "violence_type": ["non_state", pd.NA, "non_state", "state_based"],
        "outcome": ["killed", "killed", "killed", "wounded"],
        "low": [pd.NA, 3, pd.NA, 1],
        "high": [6, pd.NA, pd.NA, 1],
    }
).astype(
    dict.fromkeys(["counted", "kind", "scope", "violence_type", "outcome"], "string")
    | {"low": "Int64", "high": "Int64"}
)


def test_a_claim_counts_that_is_marked_and_on_an_incident():
    assert counts(ROWS).tolist() == [True, False, False, False]


def test_a_part_gives_way_to_a_larger_number_of_the_claims_that_are_given():
    morgue = ROWS.head(1).assign(counted="part", high=3)
    rows = pd.concat([ROWS, morgue], ignore_index=True)
    assert counts(rows).tolist() == [True, False, False, False, False]
    assert counts(rows[1:]).tolist() == [False, False, False, True]


def test_one_end_of_a_range_is_a_number():
    assert has_number(ROWS).tolist() == [True, True, False, True]


def test_a_fight_of_unknown_kind_is_none_between_both_sides():
    assert between_sides(ROWS).tolist() == [True, False, False, False]
    assert killed_in_fights(ROWS).index.tolist() == [0]
