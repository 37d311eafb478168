"""The strips of holders: does every bar bear its letters, also a short one?"""

import matplotlib
import pandas as pd
import pytest
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import style
from azawad_conflict.figures.territory import control_strip


def drawn(*runs, above=False):
    """Letters and their align in a row of runs of (state, holders, days)."""
    frame, start = [], pd.Timestamp("2012-01-01")
    for state, holders, days in runs:
        end = start + pd.Timedelta(days=days)
        frame.append((state, holders, "high", start, end, days))
        start = end
    with matplotlib.rc_context(style.RC_PARAMS):
        axes = Figure().add_subplot()
        control_strip.draw_runs(
            axes,
            0,
            pd.DataFrame(frame, columns=["state", "holders", "certainty", "start", "end", "days"]),
            control_strip.BAR_HEIGHT,
            above=above,
        )
    return [(text.get_text(), text.get_ha(), text.get_va()) for text in axes.texts]


LONG, SHORT = 400, 3


@pytest.mark.parametrize(
    ("runs", "letters"),
    [
        ([("held", ("mnla",), LONG)], [("M", "center", "center")]),
        ([("held", ("mnla",), SHORT), ("unknown", (), LONG)], [("M", "left", "center")]),
        ([("unknown", (), LONG), ("shared", ("aqim", "mujao"), SHORT)], [("Q/U", "right", "center")]),
        ([("unknown", (), SHORT), ("held", ("mnla",), SHORT)], []),
    ],
)
def test_letters_that_no_bar_has_room_for_stand_beside_it(runs, letters):
    assert drawn(*runs) == letters


def test_letters_stand_over_a_short_bar_between_two_others_where_there_is_room():
    row = ("held", ("malian_state",), LONG), ("held", ("aqim",), SHORT), ("held", ("mnla",), LONG)
    assert ("Q", "center", "bottom") in drawn(*row, above=True)
    assert [words for words, *_align in drawn(*row)] == ["S", "M"]


def test_letters_beside_and_over_bars_keep_clear_of_each_other():
    row = [("held", ("malian_state",), LONG), *(("held", (actor,), SHORT) for actor in ("aqim", "mujao", "ansar_dine"))]
    assert [words for words, *_align in drawn(*row, above=True)] == ["S", "Q"]


def test_a_presumed_run_shares_its_letters_with_the_run_before_it():
    row = ("held", ("mnla",), SHORT), ("presumed", ("mnla",), SHORT), ("unknown", (), LONG)
    assert drawn(*row) == [("M", "left", "center")]
