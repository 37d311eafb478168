"""The article against itself: year totals of the infobox beside the sums of its own incidents."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.language import WordsByKey, _
from azawad_conflict.wording import cited, listed

ROWS = WordsByKey({"killed": "Killed, {year}", "wounded": "Wounded, {year}", "captured": "Captured, {year}"})
PARTS = WordsByKey(
    {
        "killed": "{part} of {whole} killed",
        "wounded": "{part} of {whole} wounded",
        "captured": "{part} of {whole} captured",
    }
)
NUMBERS = WordsByKey(
    {
        "killed": "killed, {year}: infobox {infobox}, text {text}",
        "wounded": "wounded, {year}: infobox {infobox}, text {text}",
        "captured": "captured, {year}: infobox {infobox}, text {text}",
    }
)
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
        gap = _("{number} unexplained").format(number=row["residual"]) if row["residual"] else _("no residual")
        axes.annotate(
            gap,
            (max(row["infobox"], row["incidents"]), y),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            **charts.VALUE_TEXT,
        )
    charts.rows_axis(axes, [ROWS[row["outcome"]].format(year=row["year"]) for row in rows.to_dict("records")])
    axes.set_xlim(-1.5, float(rows[["infobox", "incidents"]].max().max()) * 1.3)
    charts.x_label(axes, _("People"))
    charts.legend(
        figure,
        [
            charts.line_key(_("Sum of the incidents in the text"), **TEXT_SUM),
            charts.line_key(_("Infobox"), marker="s", color=style.MUTED, **charts.MARK),
        ],
    )
    return figure


def _sums(against):
    return against.groupby("outcome", sort=False)[["infobox", "incidents"]].sum()


def finding(against: pd.DataFrame) -> str:
    """What the text accounts for, as a title."""
    parts = [
        PARTS[str(outcome)].format(part=row["incidents"], whole=row["infobox"])
        for outcome, row in _sums(against).iterrows()
    ]
    return _("Of what its infobox totals, the article's text accounts for {parts}").format(parts=listed(parts))


def caption() -> str:
    """What is drawn, and the source."""
    return _(
        "Squares: infobox; circles: sum of the incidents, volunteers on the MNLA's side included; line: residual. Unit: people. Source: {source}."
    ).format(source=cited("wikipedia_azawad"))


def alt(against: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    parts = [
        NUMBERS[row["outcome"]].format(year=row["year"], infobox=row["infobox"], text=row["incidents"])
        for row in against.to_dict("records")
    ]
    return _("Infobox totals against the article's own incidents. {parts}.").format(parts=_("; ").join(parts))
