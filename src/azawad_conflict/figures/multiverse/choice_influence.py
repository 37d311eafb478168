"""What each choice of the counting rule does to each total."""

import textwrap

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.language import WordsByKey, _, number
from azawad_conflict.multiverse import SWITCHES, TARGETS
from azawad_conflict.wording import titles

ROW_IN, REST_IN = {False: 0.17, True: 0.26}, 1.05  # ROW_IN by charts.NARROW
PERCENT = 60  # people, room for the share at the right of a panel
TOO_SMALL = 1e-9  # a share that is nothing but rounding
LOOK = {"mnla": charts.SERIES["mnla"][0], "islamist": charts.SERIES["islamist"][0], "everyone": style.PAPER}
TITLES = WordsByKey({"mnla": "MNLA and allies", "islamist": "Islamist groups", "everyone": "Everyone"})


@charts.styled
def draw(influence: pd.DataFrame) -> Figure:
    """Draw how far each switch alone moves the total of each target from the published rule.

    influence : multiverse.influence. Zero is the published total. At the right stands the share
    of the variance over all combinations that the switch explains.
    Unit: people, per cent. Returns SVG text.
    """
    order = _order(influence)
    figure = charts.new_figure(charts.either(1, len(TARGETS)) * ROW_IN[charts.NARROW.get()] * len(order) + REST_IN)
    charts.title(figure, finding(influence))
    changes = influence.groupby("target")["change"]
    spans = {target: (changes.min()[target] - 8, changes.max()[target] + PERCENT) for target in TARGETS}
    # A person is as wide in all panels; on a phone they stand one below the other on one scale.
    panels = figure.subplots(
        *charts.either((1, len(TARGETS)), (len(TARGETS), 1)),
        sharey=True,
        width_ratios=charts.either([right - left for left, right in spans.values()], [1]),
    )
    whole = min(left for left, _right in spans.values()), max(right for _left, right in spans.values())
    for axes, target in zip(panels, TARGETS, strict=True):
        _draw_column(axes, influence[influence["target"] == target].set_index("switch"), order, target)
        axes.set_xlim(charts.either(spans[target], whole))
    labels = _labels()
    for axes in panels[: charts.either(1, len(TARGETS))]:
        charts.rows_axis(axes, [labels[name] for name in order], beside=100)
    figure.supxlabel(
        charts.either(
            _("Bars: change of the published total (people); at the right: share of the variance"),
            _("Bars: change of the published total\n(people); at the right: share of the variance"),
        ),
        fontsize=style.TEXT_SIZE,
    )
    return figure


def _labels():
    return {switch.name: _(switch.label) for switch in SWITCHES}


def _order(influence):
    """The switches, the one that explains most of any target first."""
    return influence.groupby("switch")["eta_squared"].max().sort_values(ascending=False, kind="stable").index.tolist()


def _draw_column(axes, rows, order, target):
    for y, name in enumerate(order):
        changes, share = rows.loc[[name], "change"], rows.loc[[name], "eta_squared"].iloc[0]
        low, high = min(changes.min(), 0), max(changes.max(), 0)
        axes.barh(y, high - low, left=low, height=0.5, color=LOOK[target], edgecolor=style.INK, linewidth=0.5)
        axes.annotate(
            _percent(share),
            (1, y),
            xycoords=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=style.SMALL_SIZE + 0.5,
            fontweight="bold" if share == rows["eta_squared"].max() else "normal",
            color=style.INK,
        )
    axes.axvline(0, color=style.INK, linewidth=0.9)
    axes.set_title(textwrap.fill(TITLES[target], 16), fontsize=style.TEXT_SIZE, pad=11)
    axes.grid(axis="x")
    ticks = range(50 * int(rows["change"].min() // 50), int(rows["change"].max()) + 1, 50)
    axes.set_xticks([tick for tick in ticks if tick >= rows["change"].min() - 8])
    axes.annotate(
        _("share"),
        (1, -0.55),
        xycoords=axes.get_yaxis_transform(),
        ha="right",
        va="bottom",
        fontsize=style.SMALL_SIZE + 0.5,
        color=style.MUTED,
    )
    axes.tick_params(axis="y", length=0)
    for spine in ("left", "top", "right"):
        axes.spines[spine].set_visible(False)


def _percent(share):
    """A share as a label: "39%", "<1%", nothing for none at all."""
    if share < TOO_SMALL:
        return ""
    return _("{percent}%").format(percent=f"{100 * share:.0f}" if share >= 0.005 else "<1")


def _strongest(influence):
    """Target to (label, share) of the choice that explains most of it."""
    labels = _labels()
    best = influence.loc[influence.groupby("target")["eta_squared"].idxmax()].set_index("target")
    return {target: (labels[best.loc[target, "switch"]], best.loc[target, "eta_squared"]) for target in TARGETS}


def finding(influence: pd.DataFrame) -> str:
    """The strongest choice, as a title."""
    labels = dict.fromkeys(label for label, _share in _strongest(influence).values())
    words = (
        _("The choices that move the totals most: {choices}")
        if len(labels) > 1
        else _("The choice that moves the totals most: {choices}")
    )
    return words.format(choices=titles(labels))


def caption() -> str:
    """What is drawn, and the source."""
    return _(
        "Bars: how far the total moves from the published one when this choice alone is made otherwise; "
        "per cent: the share of the variance over all combinations that the choice explains by itself, bold for the strongest. "
        "Unit: people reported killed, per cent. Numbers: {table}."
    ).format(table="{numref}`tab-multiverse-influence`")


def alt(influence: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    parts, labels, strongest = [], _labels(), _strongest(influence)
    for target in TARGETS:
        rows = influence[influence["target"] == target]
        ends = [rows.loc[rows["change"].idxmin()], rows.loc[rows["change"].idxmax()]]
        least, most = (f"{_signed(end['change'])} ({labels[end['switch']]})" for end in ends)
        choice, share = strongest[target]
        words = _("{target}: from {least} to {most}; most of the variance: “{choice}”, {percent} per cent")
        parts.append(
            words.format(target=_(TARGETS[target]), least=least, most=most, choice=choice, percent=f"{100 * share:.0f}")
        )
    return _("Change of each total when one choice alone is made otherwise. {parts}.").format(parts=". ".join(parts))


def _signed(change):
    return f"{'−' if change < 0 else '+'}{number(abs(change))}"
