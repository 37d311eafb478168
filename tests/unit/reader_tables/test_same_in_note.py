"""Columns that say the same in every row."""

import pandas as pd

from azawad_conflict.reader_tables import same_in_note

FRAME = pd.DataFrame({"Reading": ["x", "x"], "Same, %": [100, 100], "Unknown, %": [20, 30]})


def test_a_column_of_one_value_goes_into_the_note_and_comes_back_when_a_row_differs():
    told = same_in_note(FRAME, "More.")
    assert list(told["frame"]) == ["Reading", "Unknown, %"]
    assert told["note"] == "“Same, %”: 100 in every row, so the column is left out. More."
    told = same_in_note(FRAME.assign(**{"Same, %": [100, 99]}), "More.")
    assert list(told["frame"]) == list(FRAME) and told["note"] == "More."


def test_a_table_of_one_row_keeps_its_columns():
    assert list(same_in_note(FRAME.head(1), "More.")["frame"]) == list(FRAME)
