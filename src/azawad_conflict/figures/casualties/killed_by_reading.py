"""The totals of both sides under each named reading: whose claims enter decides how many died."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.casualties import SERIES, SIDES
from azawad_conflict.counting.readings import NO_ENEMY, PUBLISHED
from azawad_conflict.figures.parts import charts
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import _, number
from azawad_conflict.wording import capital, listed, number_range, within

STEP = 0.36  # between the sides of one reading, in rows


@charts.styled
def draw(reported: pd.DataFrame) -> Figure:
    """One block per reading, one line per side from low to high, best as a mark.

    reported : readings.reported. Unit: people. Returns SVG text.
    """
    names = reported.drop_duplicates("reading_id")["name"].tolist()
    figure, axes = charts.new_chart(height=0.62 * len(names) + 1.5)
    charts.title(figure, _finding(reported))
    for row in reported.to_dict("records"):
        y = names.index(row["name"]) + (SIDES.index(row["side"]) - 0.5) * STEP
        colour, marker = charts.SERIES[row["side"]]
        if not row["reported"]:
            axes.annotate(
                _("nothing said"), (0, y), xytext=(4, 0), textcoords="offset points", va="center", **charts.QUIET_TEXT
            )
            continue
        charts.low_to_high(axes, y, row, colour)
        axes.plot(row["best"], y, marker=marker, color=colour, **charts.MARK)
        axes.annotate(
            number_range(row),
            (row["high"], y),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            **charts.VALUE_TEXT,
        )
    charts.rows_axis(axes, [_(name) for name in names])
    axes.set_xlim(-3, float(reported["high"].max()) * 1.3)
    charts.x_label(axes, _("Reported killed (people)"))
    charts.legend(figure, [charts.series_key(side) for side in SIDES])
    return figure


def _finding(reported):
    """Say how far the reading without enemies and encyclopaedias is from the published one.

    The side is that with the larger difference.
    """
    first, second = (reported[reported["reading_id"] == name].set_index("side") for name in (PUBLISHED, NO_ENEMY))
    side = (first["best"] - second["best"]).astype(int).idxmax()
    words = _("{side}: {all} reported dead if all claims count, {some} without enemies and encyclopaedias")
    return words.format(side=SERIES[side], all=number_range(first.loc[side]), some=number_range(second.loc[side]))


def caption() -> str:
    """What is drawn, and the rule."""
    return _(
        "Line: low to high, with a tip where a source says “or more”; mark: best. The same rule counts each reading, from fewer claims; "
        "a reading in which nobody gives a number is no zero. Whose claims enter: {table}. Unit: people reported killed. Rule: {rule}."
    ).format(rule=link(Page.METHODS), table="{numref}`tab-casualties-readings`")


def alt(reported: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    parts = [
        _("{name}: {words}").format(name=_(str(name)), words=listed(map(_drawn, rows.to_dict("records"))))
        for name, rows in reported.groupby("name", sort=False)
    ]
    first, second = (within(SERIES[side]) for side in reported["side"].unique())
    return _("{first}, then {second}, best (range) in {number} readings. {parts}.").format(
        first=capital(first), second=second, number=len(parts), parts=_("; ").join(parts)
    )


def _drawn(row):
    """The best number and its range, as one side of a reading is drawn."""
    words = number_range(row)
    if not row["reported"] or row["low"] == row["high"]:
        return words
    return _("{best} ({range})").format(best=number(row["best"]), range=words)
