"""The course of the conflict, as whoever cannot see the drawing is told of it."""

import pandas as pd

from azawad_conflict.figures.front import course


def test_of_each_town_drawn_the_holder_is_told_or_that_it_has_none():
    days = pd.Timestamp("2012-01-01"), pd.Timestamp("2012-12-31")
    runs = pd.DataFrame(
        [
            ("a", ("mnla",), "held", *days),
            ("b", ("mujao", "mnla"), "presumed", *days),
            ("c", (), "unknown", *days),
            ("d", (), "empty", *days),
            ("e", (), "unknown", *days),
        ],
        columns=["place_id", "holders", "state", "start", "end"],
    )
    places = pd.DataFrame({"place_id": list("abcde"), "name": list("ABCDE")})
    assert course._holders(runs, places, "2012-06-26") == (
        "A MNLA; B MUJAO and MNLA (presumed); unknown: C and E; last force reported gone: D"
    )
