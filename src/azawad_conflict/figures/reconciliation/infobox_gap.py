"""The article against itself: year totals of the infobox beside the sums of its own incidents."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.language import WordsByKey, _
from azawad_conflict.wording import cited, listed

ROWS = WordsByKey({"killed": "Killed, {year}", "wounded": "Wounded, {year}", "captured": "Captured, {year}"})
INFOBOX = WordsByKey({"killed": "Infobox: killed", "wounded": "Infobox: wounded", "captured": "Infobox: captured"})
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
    markerfacecolor="none",
    markeredgecolor=style.INK,
    markeredgewidth=1.6,
    linestyle="none",
    markersize=11,  # a ring around the square where both say the same
    zorder=4,
)


@charts.styled
def draw(against: pd.DataFrame) -> Figure:
    """Draw per year and outcome a filled mark for the infobox, a ring for the text, with their numbers.

    The line between both is the residual.

    against : casualties.infobox_against_incidents. Unit: people. Returns SVG text.
    """
    rows = against.reset_index(drop=True)
    figure, axes = charts.new_chart(height=0.36 * len(rows) + 1.1)
    charts.title(figure, finding(against))
    colours = [style.OUTCOMES[outcome] for outcome in rows["outcome"]]
    axes.hlines(rows.index, rows["incidents"], rows["infobox"], color=colours, linewidth=2)
    for y, row in enumerate(rows.to_dict("records")):
        axes.plot(row["infobox"], y, marker="s", color=colours[y], clip_on=False, **charts.MARK)
        axes.plot(row["incidents"], y, clip_on=False, **TEXT_SUM)
        axes.annotate(
            _("{part} of {whole}").format(part=row["incidents"], whole=row["infobox"]),
            (max(row["infobox"], row["incidents"]), y),
            xytext=(10, 0),
            textcoords="offset points",
            va="center",
            **charts.VALUE_TEXT,
        )
    sums = _sums(against)
    for outcome, places in rows.groupby("outcome", sort=False).groups.items():
        axes.annotate(
            PARTS[str(outcome)].format(part=sums["incidents"][outcome], whole=sums["infobox"][outcome]),
            (1, places[-1]),
            xycoords=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontweight="bold",
            **charts.VALUE_TEXT,
        )
    charts.rows_axis(axes, [ROWS[row["outcome"]].format(year=row["year"]) for row in rows.to_dict("records")])
    axes.set_xlim(-charts.either(2.5, 9), float(rows[["infobox", "incidents"]].max().max()) * charts.either(1.5, 2.9))
    axes.set_xticks(range(0, int(rows[["infobox", "incidents"]].max().max()) + 1, 20))
    charts.x_label(axes, _("People"))
    charts.legend(
        figure,
        [
            charts.line_key(_("Sum of the incidents in the text"), **TEXT_SUM),
            *(
                charts.line_key(INFOBOX[outcome], marker="s", color=style.OUTCOMES[outcome], **charts.MARK)
                for outcome in sums.index
            ),
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
        "Squares: infobox; rings: sum of the incidents, volunteers on the MNLA's side included; line: residual; at each line the number of the text and that of the infobox, at the right those of all years. Unit: people. Source: {source}."
    ).format(source=cited("wikipedia_azawad"))


def alt(against: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    parts = [
        NUMBERS[row["outcome"]].format(year=row["year"], infobox=row["infobox"], text=row["incidents"])
        for row in against.to_dict("records")
    ]
    return _("Infobox totals against the article's own incidents. {parts}.").format(parts=_("; ").join(parts))
