"""Reported deaths by phase, as whoever cannot see the drawing is told of them."""

import pandas as pd

from azawad_conflict.figures.casualties import killed_by_phase

PHASES = pd.DataFrame({"phase_id": ["one", "two"], "number": [1, 2], "name": ["One", "Two"], "gap_before": [None, 9]})


def row(phase, side, low, best, high):
    return {
        "phase_id": phase,
        "side": side,
        "low": low,
        "best": best,
        "high": high,
        "at_least": False,
        "reported": True,
    }


def test_each_mark_range_and_bar_is_told_with_its_phase_and_in_the_order_of_the_sides():
    by_phase = pd.DataFrame(
        [
            row("one", "islamist", 1, 2, 9),
            row("one", "mnla", 4, 4, 4),
            row(None, "mnla", 0, 3, 5),
            row("two", "islamist", 6, 6, 6),
        ]
    )
    told = pd.DataFrame([row("one", "mnla", 4, 4, 4), row("one", "islamist", 3, 3, 3), row("two", "islamist", 7, 7, 7)])
    words = killed_by_phase.alt(by_phase.assign(at_least=[True, False, False, False]), told, PHASES)
    assert words == (
        "In this order, best (range; bar: the article): "
        "phase 1, 4 (bar 4) and 2 (1 to 9 or more, bar 3); Between two phases, 3 (0 to 5) and no number; phase 2, no number and 6 (bar 7)."
    )
