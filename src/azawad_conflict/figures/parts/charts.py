"""Parts that the charts share: empty charts, axes of time, bars, marks, and keys of legends."""

import functools
import re
import textwrap
from collections.abc import Callable, Collection, Iterable, Mapping
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

import matplotlib
import matplotlib.dates as mdates
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.markers import CARETRIGHTBASE
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from azawad_conflict.casualties import SERIES as NAMES
from azawad_conflict.figures.parts import style
from azawad_conflict.figures.parts.labels import LINE_SPACING, TextLine, text_width, unbroken, wrap
from azawad_conflict.language import NO_BREAK, months
from azawad_conflict.wording import capital

P = ParamSpec("P")
Wide = TypeVar("Wide")
Narrow = TypeVar("Narrow")
Colour = str | tuple[float, float, float]
# Side of the victims: colour and marker. The sides take the colours of their holders on the map.
SERIES = {
    "mnla": (style.HOLDERS["mnla"].colour, style.HOLDERS["mnla"].marker),
    "islamist": (style.ISLAMIST_SIDE, style.HOLDERS["islamist_groups"].marker),
    "civilian": (style.DEAD, "o"),
    "state": (style.HOLDERS["malian_state"].colour, style.HOLDERS["malian_state"].marker),
    "allied": (style.HOLDERS["international_forces"].colour, style.HOLDERS["international_forces"].marker),
    "other": (style.MUTED, "d"),
    "unseparated": (style.INK, "s"),
}
SCOPES: dict[str, style.Arguments] = {
    "core": dict(color=style.PHASES, alpha=1.0),
    "context": dict(facecolor="none", edgecolor=style.PHASES, hatch="////", linewidth=0.8),
}
MARK: style.Arguments = dict(linestyle="none", markersize=7.5, markeredgecolor=style.INK, markeredgewidth=0.7, zorder=3)
# The base article beside all sources.
TOLD: style.Arguments = dict(
    marker="|", markersize=11, markeredgewidth=2.2, markeredgecolor=style.INK, linestyle="none", zorder=4
)
VALUE_TEXT: style.Arguments = dict(
    fontsize=style.TEXT_SIZE, color=style.INK, gid=style.HALO_GID
)  # no line of the grid crosses it
ROW_TEXT: style.Arguments = dict(fontsize=style.TEXT_SIZE - 0.5)
QUIET_TEXT: style.Arguments = dict(fontsize=style.TEXT_SIZE, color=style.MUTED, style="italic", gid=style.HALO_GID)
# Whether the drawing for a phone is being made.
NARROW = ContextVar("narrow", default=False)
TITLE_WIDTH = {False: 68, True: 30}  # characters of a title before it wraps, by NARROW
LABEL_WIDTH = {False: 40, True: 44}  # characters of a label before it wraps, by NARROW
LABEL_IN = 0.15  # height of a label over its row, in inches
BESIDE = 45  # points beside an axis of time and the labels of its rows, at most
NARROW_LABEL = 84  # points of a label beside its row, at most, on a phone
LABELLED = 36, 48  # points that the ticks and the words of an x axis take below it, on a page and on a phone
RANGE_WIDTH = 3  # points of the line from low to high
HOLLOW = 0.42  # share of the height of a bar that is left blank where certainty is low
EVENT_POINT: style.Arguments = dict(
    linestyle="none",
    marker="o",
    markersize=4.5,
    color=style.INK,
    markeredgecolor=style.PAPER,
    markeredgewidth=0.6,
    zorder=3,
)
EVENT_TICK: style.Arguments = dict(
    linestyle="none", marker="|", markersize=9, markeredgecolor=style.INK, markeredgewidth=1.3, zorder=3
)
# With an end at either side, so that it underlines nothing.
SPAN_LINE: style.Arguments = dict(
    color=style.MUTED, linewidth=0.9, marker="|", markersize=3.5, markeredgewidth=0.9, zorder=1
)
UNKNOWN_LINE: style.Arguments = dict(color=style.MUTED, linewidth=0.9, linestyle=(0, (1, 2.5)))
BOUND_LINE: style.Arguments = dict(color=style.GRID, linewidth=0.8, zorder=0)
OPEN_END = CARETRIGHTBASE  # a tip to the right


class Drawing(str):
    """The SVG text of a drawing for a wide page; `narrow` is the same drawing for a phone, `heading` the title that both bear."""

    narrow: str
    heading: str


def styled(draw: Callable[P, Figure]) -> Callable[P, Drawing]:
    """Make a function that returns a Figure return a Drawing, in the book's style.

    The function runs twice, for a wide page and for a phone.
    """

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Drawing:
        with matplotlib.rc_context(style.RC_PARAMS):
            figure = draw(*args, **kwargs)
            drawing = Drawing(style.to_svg(figure))
            drawing.heading = str(figure.get_label())
            token = NARROW.set(True)
            try:
                drawing.narrow = style.to_svg(draw(*args, **kwargs))
            finally:
                NARROW.reset(token)
        return drawing

    return drawn


def either(wide: Wide, narrow: Narrow) -> Wide | Narrow:
    """Of two values the one for the drawing that is being made."""
    return narrow if NARROW.get() else wide


def width() -> float:
    """Width of the drawing that is being made, in inches."""
    return either(style.FIGURE_WIDTH_IN, style.NARROW_WIDTH_IN)


def new_figure(height: float) -> Figure:
    """Figure of the drawing's width and the given height in inches."""
    return Figure(figsize=(width(), height), layout="constrained")


def new_chart(height: float) -> tuple[Figure, Axes]:
    """Make a figure of a height in inches, and axes without a frame but the x axis."""
    figure = new_figure(height)
    axes = figure.add_subplot()
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    return figure, axes


def title(figure: Figure, finding: str) -> None:
    """Set the finding above the chart, at its left edge, in lines of like length. The caption need not say it again."""
    words = _evenly(finding, TITLE_WIDTH[NARROW.get()])
    figure.set_label(finding)
    figure.suptitle(words, x=0, ha="left", fontsize=style.TITLE_SIZE - 0.5, fontweight="bold")


def _evenly(words, most):
    """Words in as few lines of so many characters as they need, all of like length."""
    within = functools.partial(textwrap.wrap, unbroken(words), break_on_hyphens=False)
    lines = len(within(most))
    return "\n".join(next(found for width in range(1, most + 1) if len(found := within(width)) == lines))


def heading(finding: str, width: float) -> list[TextLine]:
    """The lines of a title over a map, in points, of like length."""
    size = style.TITLE_SIZE - 0.5
    lines = len(wrap(finding, width, size, "bold"))
    least = next(share for share in range(50, 101) if len(wrap(finding, width * share / 100, size, "bold")) == lines)
    return [TextLine(line, size, "bold") for line in wrap(finding, width * least / 100, size, "bold")]


def bare(axes: Axes) -> None:
    """No frame but the x axis, no grid."""
    axes.spines["left"].set_visible(False)
    axes.grid(False)


def stacked(frames: Iterable[pd.DataFrame], place_ids: Iterable[str]) -> pd.DataFrame:
    """The rows of several frames of runs that are about the given places, in one."""
    runs = pd.concat(list(frames))
    return runs[runs["place_id"].isin(set(place_ids))]


def low_to_high(axes: Axes, y: float, row: Mapping[Any, Any], colour: Colour) -> None:
    """Draw the line of a range in a row; a tip at its high where a source says "or more".

    row : low, high (people) and at_least.
    """
    axes.hlines(y, row["low"], row["high"], color=colour, linewidth=RANGE_WIDTH)
    if row["at_least"]:
        axes.plot(row["high"], y, marker=OPEN_END, color=colour, linestyle="none", markersize=6, markeredgewidth=0)


def ink_on(colour: Colour) -> str:
    """Dark or light ink, whichever has more contrast with a colour (after WCAG)."""
    ground = _luminance(colour)
    dark, light = ((ground + 0.05) / (_luminance(style.INK) + 0.05), (_luminance(style.PAPER) + 0.05) / (ground + 0.05))
    return style.INK if dark > light else style.PAPER


def _luminance(colour):
    """Relative luminance after WCAG."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in to_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rows_axis(axes: Axes, labels: Collection[str], lift: float = 0.3, beside: float = NARROW_LABEL) -> None:
    """One labelled row per entry, the first on top; lift, beside : as for row_labels."""
    above = row_labels(axes, range(len(labels)), labels, lift, beside)
    axes.set_ylim(len(labels) - 0.4, -0.9 if above else -0.6)


def row_labels(
    axes: Axes,
    places: Iterable[float],
    labels: Collection[str],
    lift: float = 0.3,
    beside: float = NARROW_LABEL,
    room: bool = True,
) -> bool:
    """Label rows at their left, or over each row on a phone if a label is too long.

    lift : from the middle of a row to its label, in rows.
    beside : points of the longest label that stays beside its row on a phone.
    room : make the figure higher for labels over their rows.
    Returns whether the labels stand over their rows.
    """
    axes.set_yticks([])
    longest = max(
        (text_width(TextLine(line, ROW_TEXT["fontsize"])) for label in labels for line in str(label).split("\n")),
        default=0,
    )
    if not NARROW.get() or longest <= beside:
        # Each line is a text of its own. matplotlib shifts the lines of one text by widths that
        # it measures, and a reader's font is narrower.
        for place, label in zip(places, labels, strict=True):
            lines = str(label).split("\n")
            for number, line in enumerate(lines):
                drop = ((len(lines) - 1) / 2 - number) * ROW_TEXT["fontsize"] * LINE_SPACING
                axes.annotate(
                    line,
                    (0, place),
                    xycoords=("axes fraction", "data"),
                    xytext=(-5, drop),
                    textcoords="offset points",
                    ha="right",
                    va="center",
                    **ROW_TEXT,
                )
        return False
    if room:
        figure = axes.figure.get_figure(root=True)
        figure.set_figheight(figure.get_figheight() + LABEL_IN * len(labels))
    for place, label in zip(places, labels, strict=True):
        axes.annotate(
            label,
            (0, place - lift),
            xycoords=("axes fraction", "data"),
            xytext=(0, 1),
            textcoords="offset points",
            ha="left",
            va="bottom",
            fontsize=ROW_TEXT["fontsize"],
            gid=style.HALO_GID,
        )
    return True


def axis_points(labels: Collection[str]) -> float:
    """The points of an axis of time beside rows with such labels, at least."""
    beside = either([text_width(TextLine(label, ROW_TEXT["fontsize"])) for label in labels], [])
    return width() * style.POINTS_PER_INCH - BESIDE - max(beside, default=0)


def x_label(axes: Axes, words: str) -> None:
    """What the x axis counts, broken where it would take more than the width of a phone, but not within the unit."""
    words = re.sub(r"\(.*?\)", lambda unit: unit[0].replace(" ", NO_BREAK), words)
    # On a phone the labels of rows leave the axis narrow, and words at its middle would leave the drawing.
    axes.set_xlabel(_evenly(words, either(100, 30)), loc=either("center", "right"))


def wrapped(label: str) -> str:
    """A label of a row, broken where it would take too much of the width."""
    return _evenly(label, LABEL_WIDTH[NARROW.get()])


def month_axis(axes: Axes) -> None:
    """Mark half-years by name, with the year below, and quarters; on a phone, years alone."""
    if NARROW.get():
        axes.xaxis.set_major_locator(mdates.YearLocator(month=7))
        axes.xaxis.set_minor_locator(mdates.YearLocator())
        axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
        # The year stands in its middle; marks part the years.
        axes.tick_params(axis="x", which="major", length=0)
        axes.tick_params(axis="x", which="minor", length=5)
        return
    axes.xaxis.set_major_locator(mdates.MonthLocator(bymonth=(1, 7)))
    axes.xaxis.set_minor_locator(mdates.MonthLocator(bymonth=(4, 10)))
    short = months("abbreviated")
    axes.xaxis.set_major_formatter(lambda at, place: short[mdates.num2date(at).month - 1])
    first, last = (pd.Timestamp(mdates.num2date(end)).tz_localize(None) for end in axes.get_xlim())
    for tick in pd.date_range(first.normalize(), last, freq="MS"):
        # The year is a text of its own, which stays centred below its month in any font.
        if tick.month in (1, 7):
            axes.annotate(
                f"{tick:%Y}",
                (tick, 0),
                xycoords=("data", "axes fraction"),
                xytext=(0, -17),
                textcoords="offset points",
                ha="center",
                va="top",
                fontsize=style.TEXT_SIZE,
            )


def legend(
    figure: Figure, keys: Iterable[Artist], columns: int = 2, narrow: int = 1, below: Axes | None = None
) -> None:
    """Legend below the chart, at its left edge, in so many columns, and in `narrow` on a phone; its columns have the order of the keys.

    Each begins with a capital. below : the one of several axes that it explains, if it explains one alone.
    """
    keys, across = list(keys), either(columns, narrow)
    for key in keys:
        key.set_label(capital(str(key.get_label())))
    place: style.Arguments = dict(loc="outside lower left")
    if below is not None:
        under = ScaledTranslation(0, -either(*LABELLED) / style.POINTS_PER_INCH, figure.dpi_scale_trans)
        at = blended_transform_factory(figure.transFigure, below.transAxes) + under
        place = dict(loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=at)
    (figure if below is None else below).legend(
        handles=keys, **place, ncols=across, handlelength=1.6, columnspacing=1.4, borderpad=0, borderaxespad=0
    )


def holder(actor_id: str) -> style.Holder:
    """The look of a holder. Raises ValueError, naming the actor, when it has none."""
    if actor_id not in style.HOLDERS:
        raise ValueError(f"{actor_id} holds a place and has no symbol: give it one in figures/parts/style.py, HOLDERS")
    return style.HOLDERS[actor_id]


def holder_key(actor_id: str, label: str) -> Patch:
    """Legend entry of a holder, as a bar."""
    look = holder(actor_id)
    return Patch(
        label=label,
        facecolor=look.colour,
        edgecolor=style.INK,
        linewidth=0.6,
        hatch=look.texture,
        hatchcolor=ink_on(look.colour),
    )


def series_key(side: str) -> Line2D:
    """Legend entry of a side, as a mark."""
    colour, marker = SERIES[side]
    return Line2D([], [], marker=marker, color=colour, label=NAMES[side], **MARK)


def part_key(label: str, **look: Any) -> Patch:
    """Legend entry of a part of a bar."""
    return Patch(label=label, **look)


def line_key(label: str, **look: Any) -> Line2D:
    """Legend entry of a line or mark."""
    return Line2D([], [], label=label, **look)


def scope_key(scope: str, label: str) -> Patch:
    """Legend entry of a phase bar."""
    return Patch(label=label, **SCOPES[scope])
