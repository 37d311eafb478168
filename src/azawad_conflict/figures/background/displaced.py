"""People displaced inside Mali and refugees abroad, as the agencies counted them."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import WordsByKey, _, month_in_words, number
from azawad_conflict.wording import day

LOOKS: dict[str, style.Arguments] = {
    "displaced inside Mali": dict(color=style.INK),
    "refugees": dict(color=style.MUTED, linestyle=(0, (4, 2))),
}
NAMES = WordsByKey({"displaced inside Mali": "Displaced inside Mali", "refugees": "Refugees"})


@charts.styled
def draw(counts: pd.DataFrame) -> Figure:
    """One line per group of the displaced, a mark for each count.

    counts : background.displaced. Unit: people. Returns SVG text.
    """
    figure, axes = charts.new_chart(height=2.9)
    charts.title(figure, finding(counts))
    top = counts.loc[counts["number"].astype(int).idxmax()]
    # The lines lie apart at the peak and have their names there.
    peak = top["day"]
    for group, look in LOOKS.items():
        rows = counts[counts["group"] == group]
        axes.plot(rows["day"], rows["number"].astype(float) / 1000, marker="o", markersize=4, **look)
        beside = rows.iloc[(rows["day"] - peak).abs().to_numpy().argmin()]
        above = group == top["group"]
        axes.annotate(
            NAMES[group],
            (beside["day"], float(beside["number"]) / 1000),
            xytext=(0, 8 if above else -8),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            color=look["color"],
            fontsize=style.TEXT_SIZE,
            gid=style.HALO_GID,
        )
    axes.set_ylim(0, float(counts["number"].max()) / 1000 * 1.2)
    axes.set_ylabel(_("Thousand people"))
    axes.grid(axis="x", visible=False)
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0)
    charts.month_axis(axes)
    return figure


def finding(counts: pd.DataFrame) -> str:
    """The highest count, as a title."""
    top = counts.loc[counts["number"].astype(int).idxmax()]
    words = (
        _("Counts of refugees rose to {number} by {month}")
        if top["group"] == "refugees"
        else _("Counts of the people displaced inside Mali rose to {number} by {month}")
    )
    return words.format(number=number(top["number"]), month=month_in_words(top["day"]))


def caption() -> str:
    """What is drawn, and its doubts."""
    return _(
        "Marks: counts by agencies of the United Nations, the International Organization for Migration and the commission that counts movements; lines only join them. "
        "Counts differ in method: a new count in Mauritania lowered that of refugees. Unit: people. Claims: {claims}."
    ).format(claims=link(Page.CLAIMS_BACKGROUND))


def alt(counts: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    parts = []
    for group in LOOKS:
        rows = counts[counts["group"] == group]
        first, last, top = rows.iloc[0], rows.iloc[-1], rows.loc[rows["number"].astype(int).idxmax()]
        words = _("{name}: {first} on {first_day}, at most {most} on {day}, then {last} on {last_day}")
        parts.append(
            words.format(
                name=NAMES[group],
                first=number(first["number"]),
                first_day=day(first["day"]),
                most=number(top["number"]),
                day=day(top["day"]),
                last=number(last["number"]),
                last_day=day(last["day"]),
            )
        )
    return _("Lines over time, with a mark for each count. {parts}.").format(parts=_("; ").join(parts))
