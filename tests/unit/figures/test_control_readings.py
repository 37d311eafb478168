"""The rival readings of a town, as the words for the figure tell them."""

import pandas as pd

from azawad_conflict.figures.parts import style
from azawad_conflict.figures.territory import control_readings


def test_each_reading_is_told_by_the_days_that_it_names_a_holder_on():
    def runs(*held):
        rows = [("gao", actors, "held" if actors else "unknown", days) for actors, days in held]
        return pd.DataFrame(rows, columns=["place_id", "holders", "state", "days"])

    towns = pd.DataFrame({"place_id": ["gao", "lere"], "name": ["Gao", "Léré"]})
    readings = {"One": runs((("mnla",), 60), (("mujao",), 30), ((), 10)), "Other": runs(((), 100))}
    apart = pd.DataFrame({"place_id": ["gao", "lere"], "days": [7, 2], "both": [90, 80]})
    words = control_readings.alt(readings, towns, apart)
    holder = style.HOLDERS["mnla"].label
    assert "of 100, " in words and f"One: 90, {holder} 60; Other: 0. " in words
    assert "Léré: 2 of 80" in words and "Gao:" not in words
