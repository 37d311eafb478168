"""What each choice of the counting rule does to each total."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.multiverse import SWITCHES, TARGETS
from azawad_conflict.wording import SUMS, listed

ROW_IN, REST_IN = 0.26, 1.2
TOO_SMALL = 1e-9  # a share that is nothing but rounding
LOOK = {"mnla": charts.SERIES["mnla"][0], "islamist": charts.SERIES["islamist"][0], "everyone": style.MUTED}
TITLES = {"mnla": "MNLA and allies", "islamist": "Islamist groups", "everyone": "Everyone"}
LABELS = {switch.name: switch.label for switch in SWITCHES}


@charts.styled
def draw(influence: pd.DataFrame) -> Figure:
    """Draw how far each switch alone moves the total of each target from the published rule.

    influence : multiverse.influence. Zero is the published total. At the right stands the share
    of the variance over all combinations that the switch explains.
    Unit: people, per cent. Returns SVG text.
    """
    order = _order(influence)
    figure = charts.new_figure(charts.either(1, len(TARGETS)) * ROW_IN * len(order) + REST_IN)
    charts.title(figure, finding(influence))
    panels = figure.subplots(*charts.either((1, len(TARGETS)), (len(TARGETS), 1)), sharey=True)
    for axes, target in zip(panels, TARGETS, strict=True):
        _draw_column(axes, influence[influence["target"] == target].set_index("switch"), order, target)
    for axes in panels[: charts.either(1, len(TARGETS))]:
        charts.rows_axis(axes, [LABELS[name] for name in order], beside=100)
    figure.supxlabel(
        charts.either(
            "Bars: change of the published total (people); at the right: share of the variance",
            "Bars: change of the published total\n(people); at the right: share of the variance",
        ),
        fontsize=style.TEXT_SIZE,
    )
    return figure


def _order(influence):
    """The switches, the one that explains most of any target first."""
    return influence.groupby("switch")["eta_squared"].max().sort_values(ascending=False, kind="stable").index.tolist()


def _draw_column(axes, rows, order, target):
    least, most = rows["change"].min(), rows["change"].max()
    width = max(most - least, 1)
    for y, name in enumerate(order):
        changes = rows.loc[[name], "change"]
        low, high = min(changes.min(), 0), max(changes.max(), 0)
        axes.barh(y, high - low, left=low, height=0.5, color=LOOK[target], edgecolor=style.INK, linewidth=0.5)
        axes.annotate(
            _percent(rows.loc[[name], "eta_squared"].iloc[0]),
            (1, y),
            xycoords=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=style.SMALL_SIZE + 0.5,
            color=style.INK,
        )
    axes.axvline(0, color=style.INK, linewidth=0.9)
    axes.set_xlim(least - 0.06 * width, most + 0.34 * width)
    axes.set_title(TITLES[target], fontsize=style.TEXT_SIZE)
    axes.grid(axis="x")
    axes.locator_params(axis="x", nbins=4)
    axes.tick_params(axis="y", length=0)
    for spine in ("left", "top", "right"):
        axes.spines[spine].set_visible(False)


def _percent(share):
    """A share as a label: "39%", "<1%", nothing for none at all."""
    if share < TOO_SMALL:
        return ""
    return f"{share:.0%}" if share >= 0.005 else "<1%"


def _strongest(influence):
    """Target to (switch, share) of the choice that explains most of it."""
    best = influence.loc[influence.groupby("target")["eta_squared"].idxmax()].set_index("target")
    return {target: (LABELS[best.loc[target, "switch"]], best.loc[target, "eta_squared"]) for target in TARGETS}


def finding(influence: pd.DataFrame) -> str:
    """The strongest choice, as a title."""
    strongest = _strongest(influence).items()
    return (
        f"The choice that moves the totals most: {listed(dict.fromkeys(f'“{label}”' for _, (label, _) in strongest))}"
    )


def caption(influence: pd.DataFrame) -> str:
    """What is drawn, and the source."""
    strongest = _strongest(influence).items()
    parts = [
        f"“{label}” for {TARGETS[target]} ({100 * share:.0f} per cent of the variance)"
        for target, (label, share) in strongest
    ]
    return (
        f"Strongest are {listed(parts)}. "
        "Bars: how far the total moves from the published one when this choice alone is made otherwise; "
        "per cent: the share of the variance over all combinations that the choice explains by itself. "
        f"Unit: people reported killed, per cent. {SUMS}"
    )


def alt(influence: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    parts = []
    for target in TARGETS:
        rows = influence[influence["target"] == target]
        ends = [rows.loc[rows["change"].idxmin()], rows.loc[rows["change"].idxmax()]]
        parts.append(
            f"{TARGETS[target]}: from " + " to ".join(f"{end['change']:+,} ({LABELS[end['switch']]})" for end in ends)
        )
    return "Change of each total when one choice alone is made otherwise. " + "; ".join(parts) + "."
