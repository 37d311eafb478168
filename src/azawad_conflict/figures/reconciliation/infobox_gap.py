"""The article against itself: year totals of the infobox beside the sums of its own incidents."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.wording import listed

TEXT_SUM: style.Arguments = dict(
    marker="o",
    markerfacecolor=style.PAPER,
    markeredgecolor=style.INK,
    markeredgewidth=1.6,
    linestyle="none",
    markersize=8,
)


@charts.styled
def draw(against: pd.DataFrame) -> Figure:
    """Draw per year and outcome a filled mark for the infobox, an open one for the text.

    The line between both is the residual.

    against : casualties.infobox_against_incidents. Unit: people. Returns SVG text.
    """
    rows = against.reset_index(drop=True)
    figure, axes = charts.new_chart(height=0.36 * len(rows) + 1.1)
    charts.title(figure, finding(against))
    colours = [style.OUTCOMES[outcome] for outcome in rows["outcome"]]
    axes.hlines(rows.index, rows["incidents"], rows["infobox"], color=colours, linewidth=2)
    for y, row in enumerate(rows.to_dict("records")):
        axes.plot(row["infobox"], y, marker="s", color=colours[y], **charts.MARK)
        axes.plot(row["incidents"], y, **TEXT_SUM)
        gap = f"{row['residual']} unexplained" if row["residual"] else "no residual"
        axes.annotate(
            gap,
            (max(row["infobox"], row["incidents"]), y),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            **charts.VALUE_TEXT,
        )
    charts.rows_axis(axes, [f"{row['outcome']}, {row['year']}".capitalize() for _, row in rows.iterrows()])
    axes.set_xlim(-1.5, float(rows[["infobox", "incidents"]].max().max()) * 1.3)
    charts.x_label(axes, "People")
    charts.legend(
        figure,
        [
            charts.line_key("Sum of the incidents in the text", **TEXT_SUM),
            charts.line_key("Infobox", marker="s", color=style.MUTED, **charts.MARK),
        ],
    )
    return figure


def _sums(against):
    return against.groupby("outcome", sort=False)[["infobox", "incidents"]].sum()


def finding(against: pd.DataFrame) -> str:
    """What the text accounts for, as a title."""
    parts = [f"{row['incidents']} of {row['infobox']} {outcome}" for outcome, row in _sums(against).iterrows()]
    return f"Of what its infobox totals, the article's text accounts for {listed(parts)}"


def caption() -> str:
    """What is drawn, and the source."""
    return "Squares: infobox; circles: sum of the incidents, volunteers on the MNLA's side included; line: residual. Unit: people. Source: {cite:t}`wikipedia_azawad`."


def alt(against: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    parts = [f"{row.outcome}, {row.year}: infobox {row.infobox}, text {row.incidents}" for row in against.itertuples()]
    return f"Infobox totals against the article's own incidents. {listed(parts)}."
