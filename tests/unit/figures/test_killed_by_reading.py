"""The totals under each reading, as whoever cannot see the drawing is told of them."""

import pandas as pd

from azawad_conflict.figures.casualties import killed_by_reading


def test_each_mark_is_told_with_its_range():
    columns = ["name", "side", "low", "best", "high", "at_least", "reported"]
    rows = [
        ("All", "mnla", 4, 6, 9, True, True),
        ("All", "islamist", 3, 3, 3, False, True),
        ("None", "mnla", 1, 2, 2, False, True),
        ("None", "islamist", 0, 0, 0, False, False),
    ]
    assert killed_by_reading.alt(pd.DataFrame(rows, columns=columns)) == (
        "MNLA and allies, then Islamist armed groups, best (range) in 2 readings. "
        "All: 6 (4 to 9 or more) and 3; None: 2 (1 to 2) and not stated."
    )
