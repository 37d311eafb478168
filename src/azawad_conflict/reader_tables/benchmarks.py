"""What `make bench` measured, with readers' headings."""

import pandas as pd


def speed(measured: pd.DataFrame) -> pd.DataFrame:
    """One row per thing measured in benchmarks/measured.csv: median, spread, runs, ratio, goal."""
    units = measured["unit"].fillna("")  # a power has none
    spread = [f"{low:g} to {high:g}" for low, high in zip(measured["lowest"], measured["highest"], strict=True)]
    return pd.DataFrame(
        {
            "What": measured["what"].str[:1].str.upper() + measured["what"].str[1:],
            "Median": [f"{value:g} {unit}".strip() for value, unit in zip(measured["median"], units, strict=True)],
            "Spread": pd.Series(spread, index=measured.index).where(measured["times"] > 1),
            "Runs": measured["times"],
            "Ratio to its floor": measured["ratio"].map("{:.2f}".format, na_action="ignore"),
            "Goal, at most": measured["goal"].map("{:g}".format, na_action="ignore"),
            "Reached": measured["met"],
        }
    )


def note(measured: pd.DataFrame) -> str:
    """What the goals are of, where and when it was measured."""
    (where,), (when,) = measured["machine"].unique(), measured["date"].unique()
    return f"A goal is one of the ratio, or of the median where there is no floor. Measured on {when}: {where}."
