"""What `make bench` measured, with readers' headings."""

import pandas as pd


def speed(measured):
    """One row per thing measured, of benchmarks/measured.csv: median, spread, the ratio to its floor and the goal."""
    spread = [f"{low:g} to {high:g}, {times} times" for low, high, times in zip(measured["lowest"], measured["highest"], measured["times"], strict=True)]
    return pd.DataFrame(
        {
            "What": measured["what"],
            "Median": [f"{value:g} {unit}" for value, unit in zip(measured["median"], measured["unit"], strict=True)],
            "Spread": spread,
            "Ratio to its floor": measured["ratio"].map("{:.2f}".format, na_action="ignore"),
            "Goal, at most": measured["goal"].map("{:g}".format, na_action="ignore"),
            "Reached": measured["met"],
        }
    )


def machine(measured):
    """Where and when it was measured, as a phrase."""
    (where,), (when,) = measured["machine"].unique(), measured["date"].unique()
    return f"Measured on {when}: {where}."
