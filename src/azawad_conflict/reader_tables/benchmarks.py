"""What `make bench` measured, with readers' headings."""

import pandas as pd

from azawad_conflict.language import WordsByKey, _, number
from azawad_conflict.wording import capital, day

MET = WordsByKey({"yes": "yes", "no": "no"})


def speed(measured: pd.DataFrame) -> pd.DataFrame:
    """One row per thing measured in benchmarks/measured.csv: median, spread, runs, ratio, goal."""
    units = measured["unit"].fillna("")  # a power has none
    spread = [
        _("{low} to {high}").format(low=_number(low), high=_number(high))
        for low, high in zip(measured["lowest"], measured["highest"], strict=True)
    ]
    return pd.DataFrame(
        {
            _("What"): [capital(_(what)) for what in measured["what"]],
            _("Median"): [
                f"{_number(value)} {_(unit)}".strip() for value, unit in zip(measured["median"], units, strict=True)
            ],
            _("Spread"): pd.Series(spread, index=measured.index).where(measured["times"] > 1),
            _("Runs"): measured["times"],
            _("Ratio to its floor"): measured["ratio"].map(lambda ratio: number(ratio, 2), na_action="ignore"),
            _("Goal, at most"): measured["goal"].map(_number, na_action="ignore"),
            _("Reached"): measured["met"].map(MET),
        }
    )


def _number(value):
    """A measured number; a whole one without decimals."""
    return number(int(value) if value == int(value) else value)


def note(measured: pd.DataFrame) -> str:
    """What the goals are of, where and when it was measured."""
    (where,), (when,) = measured["machine"].unique(), measured["date"].unique()
    words = _("A goal is one of the ratio, or of the median where there is no floor. Measured on {day}: {machine}.")
    return words.format(day=day(when), machine=_(where))
