"""Every combination of choices by its total, and the options that low and high totals take."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.language import _, number
from azawad_conflict.multiverse import SWITCHES, TARGETS, influence, option_shares, place_of
from azawad_conflict.wording import SUMS, counted, titles

BINS = 60  # parts of equal size along the curve; the data behind them are complete
LINE_POINTS = 241  # points drawn of a curve through all combinations
WORTH_A_STRIP = 0.02  # share of the variance below which the options of a switch get no strip
LABEL_RIGHT = 30  # per cent; left of it the label of the published rule stands to its right
STRIP_HEIGHT = 0.8  # of a row: height of a full strip
# Rows between two switches, by charts.NARROW; on a phone the name of the switch stands there.
GAP = {False: 0.5, True: 1.2}
ROW_IN, CURVE_IN, REST_IN = 0.19, 1.9, 1.15
OPTION = {True: style.INK, False: style.OTHERS}  # fill of a strip: the published rule, another option
LINES = {"mnla": charts.SERIES["mnla"][0], "islamist": charts.SERIES["islamist"][0], "everyone": style.INK}


@charts.styled
def draw(combined: pd.DataFrame, target: str) -> Figure:
    """Draw the sorted totals of one target with the published rule; below, a strip per option.

    combined : multiverse.combinations. The height of a strip is the share of the combinations at
    that place of the line that take the option. Unit: people, per cent. Returns SVG text.
    """
    shown = _shown(combined, target)
    strips_in = ROW_IN * sum(len(switch.options) + GAP[charts.NARROW.get()] for switch in shown)
    figure = Figure(figsize=(charts.width(), CURVE_IN + strips_in + REST_IN), layout="constrained")
    curve, strips = figure.subplots(2, 1, sharex=True, height_ratios=[CURVE_IN, strips_in])
    _draw_curve(curve, combined, target)
    _draw_strips(strips, option_shares(combined, target, BINS), shown)
    charts.title(figure, finding(combined, target))
    keys = [
        charts.line_key(label, linewidth=5, color=OPTION[rule])
        for rule, label in ((True, _("Published rule")), (False, _("Other options")))
    ]
    charts.legend(figure, keys)
    return figure


def _shown(combined, target):
    """The switches that explain enough of a target to be drawn, the strongest first."""
    shares = influence(combined).query("target == @target").drop_duplicates("switch").set_index("switch")["eta_squared"]
    shown = [switch for switch in SWITCHES if shares[switch.name] >= WORTH_A_STRIP]
    return sorted(shown, key=lambda switch: -shares[switch.name])


def _draw_curve(axes, combined, target):
    place = place_of(combined, target)
    percent = np.linspace(0, 100, LINE_POINTS)
    axes.plot(percent, np.percentile(combined[target], percent), color=LINES[target], linewidth=2.2)
    x, y = place["percentile"], place["published"]
    right = x < LABEL_RIGHT
    axes.vlines(x, place["low"], place["high"], color=LINES[target], linewidth=1.2)
    axes.plot([x, x], [place["low"], place["high"]], marker="_", markersize=8, color=LINES[target], linestyle="none")
    axes.plot(x, y, marker="o", color=LINES[target], **charts.MARK)
    axes.annotate(
        _("Published: {best} ({low} to {high})").format(
            best=number(y), low=number(place["low"]), high=number(place["high"])
        ),
        xy=charts.either((x, y), (0, 1)),  # on a phone in the corner that the curve leaves free
        xycoords=charts.either("data", "axes fraction"),
        xytext=charts.either((8, -12) if right else (-8, 8), (3, -9)),
        textcoords="offset points",
        ha=charts.either("left" if right else "right", "left"),
        **charts.VALUE_TEXT,
    ).set_in_layout(False)
    for x, total, offset, side in ((0, place["least"], (3, 5), "left"), (100, place["most"], (-7, 2), "right")):
        axes.annotate(
            number(total), (x, total), xytext=offset, textcoords="offset points", ha=side, **charts.VALUE_TEXT
        )
    axes.set_ylim(0, place["most"] * charts.either(1.15, 1.35))
    axes.set_ylabel(_("Reported killed (people)"))
    axes.grid(axis="y")
    axes.grid(axis="x", visible=False)
    for spine in ("left", "top", "right"):
        axes.spines[spine].set_visible(False)
    axes.tick_params(axis="both", length=0, labelbottom=False)


def _draw_strips(axes, shares, shown):
    places, labels, y, gap = [], [], 0.0, GAP[charts.NARROW.get()]
    for switch in shown:
        if charts.NARROW.get():
            axes.annotate(
                _("{name}:").format(name=_(switch.label)),
                (0, y - 1.1),
                xycoords=("axes fraction", "data"),
                xytext=(-4, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                fontsize=style.SMALL_SIZE + 0.5,
                fontweight="bold",
            )
        for row, option in enumerate(switch.options):
            share = shares.query("switch == @switch.name and option == @option")["share"]
            heights = np.repeat(share, 2)
            edges = np.repeat(np.linspace(0, 100, BINS + 1), 2)[1:-1]
            axes.fill_between(edges, y, y - STRIP_HEIGHT * heights, color=OPTION[option == switch.default], linewidth=0)
            axes.axhline(y, color=style.GRID, linewidth=0.5)
            places.append(y - STRIP_HEIGHT / 2)
            words = _(switch.options[option])
            labels.append(
                _("{name}: {words}").format(name=_(switch.label), words=words)
                if row == 0 and not charts.NARROW.get()
                else words
            )
            y += 1
        y += gap
    axes.set_yticks(places, labels, fontsize=style.SMALL_SIZE + 0.5)
    axes.set_ylim(y - gap - 0.7, charts.either(-1, -1.7))
    axes.set_xlim(0, 100)
    charts.x_label(axes, _("Combinations of choices, by the total they give (per cent)"))
    axes.tick_params(axis="y", length=0)
    for spine in ("left", "top", "right"):
        axes.spines[spine].set_visible(False)


def finding(combined: pd.DataFrame, target: str) -> str:
    """How far the rule moves the total, as a title."""
    place = place_of(combined, target)
    words = _(
        "{target}: from {least} to {most} reported killed, depending on the rule; the published one gives {published}"
    )
    return words.format(
        target=_(TARGETS[target]),
        least=number(place["least"]),
        most=number(place["most"]),
        published=number(place["published"]),
    )


def caption(combined: pd.DataFrame, target: str) -> str:
    """What is drawn, and the source."""
    place = place_of(combined, target)
    shown = _shown(combined, target)
    left_out = [_(switch.label) for switch in SWITCHES if switch not in shown]
    too_weak = _("Choices that explain less than {percent} per cent of the variance are not drawn: {choices}.")
    words = _(
        "The published total lies above {percent} per cent of {combinations} of choices. "
        "Line: the totals of all combinations, sorted; mark: the published total, with its range. "
        "Strips: the share of the combinations at that place of the line that take the option; "
        "a flat strip is an option that moves little."
    )
    parts = [
        words.format(percent=f"{place['percentile']:.0f}", combinations=counted(len(combined), "combination")),
        *([too_weak.format(percent=f"{100 * WORTH_A_STRIP:.0f}", choices=titles(left_out))] if left_out else []),
        _("Unit: people reported killed."),
        _(SUMS),
    ]
    return " ".join(parts)


def alt(combined: pd.DataFrame, target: str) -> str:
    """What the figure shows, in words."""
    place = place_of(combined, target)
    strongest = _shown(combined, target)[0]
    words = _(
        "Line of the totals of all combinations for {target}, rising from {least} over a median of {median} to {most}; "
        "the published {published} lies at {percent} per cent. "
        "Strips below show which options low and high totals take; the strongest choice is “{choice}”."
    )
    return words.format(
        target=_(TARGETS[target]),
        least=number(place["least"]),
        median=number(round(place["median"])),
        most=number(place["most"]),
        published=number(place["published"]),
        percent=f"{place['percentile']:.0f}",
        choice=_(strongest.label),
    )
