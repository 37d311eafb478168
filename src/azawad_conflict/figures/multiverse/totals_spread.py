"""How many ways of counting give which total, by side, with the combinations that have a name."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.casualties import SERIES, SIDES
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.language import _, number
from azawad_conflict.multiverse import place_of
from azawad_conflict.wording import SUMS, counted, listed, within

BIN = 8  # people
END_MARK = 0.3  # of the height of a histogram: the mark of its least and its highest total
ROW_IN, HISTOGRAM_IN, REST_IN = (
    {False: 0.23, True: 0.37},
    {False: 0.575, True: 0.75},
    1.05,
)  # the first two by charts.NARROW


@charts.styled
def draw(distributed: pd.DataFrame, named: pd.DataFrame, combined: pd.DataFrame) -> Figure:
    """Draw per side how many combinations give each total, and a dot per combination with a name.

    distributed : multiverse.distribution. named : multiverse.named.
    combined : multiverse.combinations. Unit: people; combinations. Returns SVG text.
    """
    row_in, histogram_in = ROW_IN[charts.NARROW.get()], HISTOGRAM_IN[charts.NARROW.get()]
    panels_in = histogram_in + row_in * len(named)
    figure = charts.new_figure(charts.either(panels_in, 2 * (panels_in + 0.3)) + REST_IN)
    charts.title(figure, finding(combined))
    heights = (histogram_in, row_in * len(named) + charts.either(0, charts.LABEL_IN * len(named)))
    most = {side: float(distributed.loc[distributed["target"] == side, "total"].max()) for side in SIDES}
    spans = {side: (-0.02 * max(most.values()), most[side] + 0.11 * max(most.values())) for side in SIDES}
    # A row of the grid per side. A person is as wide in both panels; on a phone they stand one below the other on one scale.
    grid = figure.subplots(
        *charts.either((2, 2), (4, 1)),
        height_ratios=charts.either(heights, heights * 2),
        width_ratios=charts.either([right - left for left, right in spans.values()], [1]),
    ).T.reshape(2, 2)
    for column, (side, (histogram, dots)) in enumerate(zip(SIDES, grid, strict=True)):
        _histogram(histogram, distributed[distributed["target"] == side], side)
        for axes in (histogram, dots):
            axes.set_xlim(charts.either(spans[side], max(spans.values())))
        _dots(
            dots,
            named,
            side,
            labelled=charts.either(column == 0, True),
            end=charts.either(most[side], max(most.values())),
        )
        for axes in (histogram, dots):
            axes.axvline(int(named.iloc[0][side]), color=style.INK, linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
    top = max(histogram.get_ylim()[1] for histogram, _dots_below in grid)
    for histogram, _dots_below in grid:
        histogram.set_ylim(0, top)
    return figure


def _histogram(axes, totals, side):
    """The combinations by the total that they give, in parts of equal width."""
    edges = np.arange(0, totals["total"].max() + BIN, BIN)
    axes.hist(
        totals["total"],
        bins=edges,
        weights=totals["combinations"],
        color=charts.SERIES[side][0],
        edgecolor=style.PAPER,
        linewidth=0.4,
    )
    for end, shift, align in ((totals["total"].min(), -2, "right"), (totals["total"].max(), 2, "left")):
        axes.axvline(end, 0, END_MARK, color=style.INK, linewidth=0.9)
        axes.annotate(
            number(end),
            (end, 0),
            xytext=(shift, 2),
            textcoords="offset points",
            ha=align,
            fontweight="bold",
            **charts.VALUE_TEXT,
        )
    axes.set_title(textwrap.fill(SERIES[side], 22), fontsize=style.TEXT_SIZE, loc="left")
    axes.set_yticks([])
    axes.set_xlabel(_("Reported killed (people)"), fontsize=style.SMALL_SIZE + 1)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", length=2, labelsize=style.SMALL_SIZE + 1)


def _dots(axes, named, side, labelled, end):
    """One row per combination with a name, the published rule first; its line ends before its total."""
    colour, marker = charts.SERIES[side]
    for row, total in enumerate(named[side]):
        axes.plot(total, row, marker=marker, color=colour, **charts.MARK)
        axes.annotate(
            number(total), (1, row), xycoords=axes.get_yaxis_transform(), ha="right", va="center", **charts.VALUE_TEXT
        )
    labels = [
        charts.wrapped(words) if charts.NARROW.get() else words.replace(", ", ",\n") for words in map(_, named["words"])
    ]
    charts.rows_axis(axes, labels if labelled else [""] * len(named), beside=0)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.grid(False)
    axes.hlines(range(len(named)), axes.get_xlim()[0], end, color=style.GRID, linewidth=0.5, zorder=0)
    axes.tick_params(axis="x", length=0, labelbottom=False)


def finding(combined: pd.DataFrame) -> str:
    """How far the rule moves the totals, as a title."""
    told = []
    for side in SIDES:
        place = place_of(combined, side)
        told.append(
            _("{least} to {most} of {side}").format(
                side=within(SERIES[side]), least=number(place["least"]), most=number(place["most"])
            )
        )
    return _("Reported killed, depending on the rule: {parts}").format(parts=_("; ").join(told))


def caption(combined: pd.DataFrame, named: pd.DataFrame) -> str:
    """How to read it, and where the rows are."""
    published = listed(f"{number(named.iloc[0][side])} ({within(SERIES[side])})" for side in SIDES)
    words = _(
        "Above: how many of {combinations} of choices give each total; below, on the same axis, the combinations that have a name. Dashed: the published rule, {published}. "
        "The height says how many ways of counting lead to a total, not how probable it is. Unit: people reported killed. {sums} Rows: {table}."
    )
    return words.format(
        combinations=counted(len(combined), "combination"),
        published=published,
        sums=_(SUMS),
        table="{numref}`tab-multiverse-named`",
    )


def alt(combined: pd.DataFrame, named: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    parts = []
    for side in SIDES:
        place = place_of(combined, side)
        words = _("{side}: from {least} over a median of {median} to {most}; the published rule gives {published}")
        parts.append(
            words.format(
                side=SERIES[side],
                least=number(place["least"]),
                median=number(round(place["median"])),
                most=number(place["most"]),
                published=number(place["published"]),
            )
        )
    words = _(
        "Histograms of the totals of all combinations; below, marks of {number} combinations with a name. {parts}."
    )
    return words.format(number=len(named), parts=". ".join(parts))
