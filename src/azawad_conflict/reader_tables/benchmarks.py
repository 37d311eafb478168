"""What `make bench` measured, with readers' headings."""

from functools import partial

import pandas as pd

from azawad_conflict.language import WordsByKey, _, number
from azawad_conflict.wording import day

DECIMALS = 2  # of every number of the table, so that they stand below each other
MET = WordsByKey({"yes": "yes", "no": "no"})


def speed(measured: pd.DataFrame) -> pd.DataFrame:
    """One row per thing measured in benchmarks/measured.csv: median, spread, runs, ratio, goal."""
    decimal = partial(number, digits=DECIMALS)
    units = measured["unit"].fillna("")  # a power has none
    spread = [
        _("{low} to {high}").format(low=decimal(low), high=decimal(high))
        for low, high in zip(measured["lowest"], measured["highest"], strict=True)
    ]
    return pd.DataFrame(
        {
            _("What"): [_(what) for what in measured["what"]],  # many begin with the name of a file or a program
            _("Median"): [
                f"{decimal(value)} {_(unit)}".strip() for value, unit in zip(measured["median"], units, strict=True)
            ],
            _("Spread"): pd.Series(spread, index=measured.index).where(measured["times"] > 1),
            _("Runs"): measured["times"],
            _("Ratio to its floor"): measured["ratio"].map(decimal, na_action="ignore"),
            _("Goal, at most"): measured["goal"].map(decimal, na_action="ignore"),
            _("Reached"): measured["met"].map(MET),
        }
    )


def note(measured: pd.DataFrame) -> str:
    """What the goals are of, where and when it was measured, and which rows on another day than the last."""
    (where,), last = measured["machine"].unique(), measured["date"].max()
    words = _(
        "A goal is one of the ratio, or of the median where there is no floor. Blank: no floor or no goal is set, or it was measured once. Measured on {day}: {machine}."
    )
    earlier = [
        _("On {day}: {rows}.").format(day=day(when), rows=_("; ").join(map(_, rows)))
        for when, rows in measured[measured["date"] != last].groupby("date")["what"]
    ]
    return " ".join([words.format(day=day(last), machine=_(where)), *earlier])
