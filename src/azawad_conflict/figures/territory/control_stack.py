"""The towns by holder over time as one stack, with what is presumed and what is not documented."""

from fractions import Fraction

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict import territory
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import _
from azawad_conflict.wording import counted, short_day

# From bottom to top; what is not documented lies on top of all.
ORDER = (
    "mnla",
    "ansar_dine",
    "mujao",
    "aqim",
    "islamist_groups",
    "other_groups",
    "local_militia",
    "international_forces",
    "malian_state",
)
EMPTY = dict(facecolor=style.PAPER, edgecolor=style.INK, linewidth=0.6)  # as in the strip of towns
HATCH = "////"
PARTS = 60  # of a town: the sum of shares of up to six holders is a whole number of them


@charts.styled
def draw(stack: pd.DataFrame, towns: pd.DataFrame) -> Figure:
    """Draw a column per month and a layer per holder, its presumed part hatched above the other.

    Towns whose holder is unknown stay blank on top.

    stack : territory.towns_by_holder of the runs as drawn. Unit: towns. Returns SVG text.
    """
    figure, axes = charts.new_chart(height=charts.either(3.6, 4.9))
    charts.title(figure, finding(stack, towns))
    known = documented(stack)
    stack = territory.by_month(stack)
    floor = stack.iloc[:, 0] * 0
    for actor in ORDER:
        colour = charts.holder(actor).colour
        for presumed in (False, True):
            part = _part(stack, actor, presumed)
            if not part.any():
                continue
            look = (
                dict(facecolor=colour, hatch=HATCH, edgecolor=charts.ink_on(colour), linewidth=0)
                if presumed
                else dict(facecolor=colour, edgecolor=style.INK, linewidth=0.3)
            )
            _layer(axes, floor, floor + part, look)
            floor = floor + part
    empty = _part(stack, "empty", False)
    if empty.any():
        _layer(axes, floor, floor + empty, EMPTY)
    _mark(axes, known, len(towns))
    unknown = _part(stack, "unknown", False)
    axes.annotate(
        _("holder unknown"),
        (0.35, len(towns) - unknown.iloc[:-1].min() / 2),
        xycoords=axes.get_yaxis_transform(),
        ha="center",
        va="center",
        **charts.QUIET_TEXT,
    )
    axes.grid(False)
    axes.set_ylim(0, len(towns))
    axes.set_yticks([*range(0, len(towns) - 2, 5), len(towns)])
    axes.set_ylabel(_("Towns and posts"))
    axes.set_xlim(stack.index[0], stack.index[-1])
    charts.month_axis(axes)
    drawn = [actor for actor in ORDER if _part(stack, actor, False).any() or _part(stack, actor, True).any()]
    keys = [
        charts.part_key(
            style.HOLDERS[actor].short_label, facecolor=style.HOLDERS[actor].colour, edgecolor=style.INK, linewidth=0.6
        )
        for actor in drawn
    ]
    keys.append(charts.part_key(_("Presumed"), facecolor="none", hatch=HATCH, edgecolor=style.INK, linewidth=0.6))
    keys += [charts.part_key(_("No armed force"), **EMPTY)] if empty.any() else []
    charts.legend(figure, keys, columns=4)
    return figure


def _mark(axes, known, whole):
    """Name the days of the finding over a line at each."""
    for day in (known.idxmax(), known.idxmin()):
        right = day < known.index[0] + (known.index[-1] - known.index[0]) / 2
        axes.axvline(day, color=style.INK, linewidth=0.9, linestyle=(0, (1, 1.5)))
        axes.annotate(
            charts.either(_("{number} on {day}"), "{number}").format(number=f"{known[day]:.0f}", day=short_day(day)),
            (day, whole),
            xytext=(3 if right else -3, -4),
            textcoords="offset points",
            ha="left" if right else "right",
            va="top",
            fontweight="bold",
            **charts.VALUE_TEXT,
        )


def _layer(axes, floor, top, look):
    """Fill one layer as steps, stretch by stretch.

    Days on which the layer does not move are left out, which keeps the drawing light.
    """
    there = top.gt(floor)
    for _stretch, within in there[there].groupby((~there).cumsum()):
        after = floor.index[floor.index.get_loc(within.index[-1]) + 1]
        moved = floor.ne(floor.shift()) | top.ne(top.shift())
        days = [within.index[0], *within.index[1:][moved[within.index[1:]]]]
        axes.fill_between(
            [*days, after], [*floor[days], floor[days[-1]]], [*top[days], top[days[-1]]], step="post", **look
        )


def _part(stack, holder, presumed):
    return stack[holder, presumed] if (holder, presumed) in stack else stack.iloc[:, 0] * 0


def documented(stack: pd.DataFrame) -> pd.Series:
    """Towns with a documented holder, or documented to be empty, on each day of change."""
    return (
        stack.drop(columns=[column for column in stack.columns if column[0] == "unknown" or column[1]])
        .sum(axis=1)
        .iloc[:-1]
    )


def finding(stack: pd.DataFrame, towns: pd.DataFrame) -> str:
    """How much was documented at best, as a title."""
    known = documented(stack)
    return _(
        "Of {whole} towns and posts, sources document a holder of {most} on the best day, of {least} on the worst"
    ).format(whole=len(towns), most=f"{known.max():.0f}", least=f"{known.min():.0f}")


def caption(stack: pd.DataFrame) -> str:
    """How to read it, and where the rows are."""
    known = documented(stack)
    words = _(
        "The most are documented from {most} on, the fewest from {fewest} on. "
        "Each month is a column of all towns, by the days that each holder has them: solid, documented; hatched, presumed; blank, holder unknown, which does not say that nobody was there. "
        "A town that several share is split evenly between them. Unit: towns and posts. Claims: {claims}."
    )
    return words.format(
        most=short_day(known.index[known.argmax()]),
        fewest=short_day(known.index[known.argmin()]),
        claims=link(Page.CLAIMS_CONTROL),
    )


def alt(stack: pd.DataFrame, towns: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    known = documented(stack)
    middle = {
        when: stack.index[stack.index <= pd.Timestamp(when)][-1] for when in ("2012-06-26", "2013-03-31", "2014-12-31")
    }
    parts = []
    for when, day_of in middle.items():
        row = {actor: _part(stack, actor, False)[day_of] for actor in ORDER}
        told = ", ".join(f"{style.HOLDERS[actor].short_label} {_in_parts(held)}" for actor, held in row.items() if held)
        parts.append(_("{day}: {words}").format(day=short_day(pd.Timestamp(when)), words=told))
    return _(
        "Stack of {towns} by documented holder over time, shared towns in parts. At most {most} are documented. {parts}."
    ).format(towns=counted(len(towns), "town"), most=f"{known.max():.0f}", parts=_("; ").join(parts))


def _in_parts(held):
    """A number of towns, those that several share in parts: "2 1/3"."""
    whole, part = divmod(Fraction(held).limit_denominator(PARTS), 1)
    return " ".join(str(number) for number in (whole, part) if number)
