"""Reported deaths by phase and side."""

import pandas as pd
from matplotlib.colors import to_rgb

from azawad_conflict.figures import charts, style
from azawad_conflict.wording import counted, listed


@charts.styled
def draw(by_phase, phases):
    """One stacked bar per core phase, one part per side. Unit: people reported killed (best).

    by_phase : casualties.totals by phase_id and series; phases : the phases table. Returns SVG text.
    """
    table = _table(by_phase, phases)
    figure, axes = charts.new_chart(height=0.36 * len(table) + 1.1)
    left = pd.Series(0, index=table.index)
    for series in by_phase["series"].drop_duplicates():
        colour, _ = charts.SERIES[series]
        bars = axes.barh(table.index, table[series], left=left, color=colour, edgecolor=style.PAPER, height=0.62)
        labels = [str(number) if number else "" for number in table[series]]
        axes.bar_label(bars, labels, label_type="center", color=_ink_on(colour), fontweight="bold")
        left = left + table[series]
    charts.rows_axis(axes, table["name"])
    for row in left.index[left == 0]:
        axes.annotate("no number reported", (0, row), xytext=(6, 0), textcoords="offset points", va="center", **charts.QUIET_TEXT)
    axes.set_xlabel("Reported killed (people)")
    charts.legend(figure, [charts.bar_key(series) for series in by_phase["series"].drop_duplicates()])
    return figure


def _ink_on(colour):
    """Dark or light ink, whichever reads better on a colour (relative luminance after WCAG)."""
    red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in to_rgb(colour))
    return style.INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 else style.PAPER


def _table(by_phase, phases):
    """One row per core phase in order: name and one column of best totals per series, 0 where none is reported."""
    best = by_phase.pivot_table(index="phase_id", columns="series", values="best", aggfunc="sum", fill_value=0)
    core = phases[phases["scope"] == "core"].sort_values("number")
    return core[["phase_id", "name"]].join(best, on="phase_id").fillna(dict.fromkeys(best.columns, 0)).astype(dict.fromkeys(best.columns, int)).reset_index(drop=True)


def _most(by_phase, phases):
    sums = by_phase.groupby("phase_id")["best"].sum()
    names = phases.set_index("phase_id")["name"]
    return names[sums.idxmax()], int(sums.max())


def caption(by_phase, phases):
    """The finding, what is drawn, and the source."""
    name, number = _most(by_phase, phases)
    silent = _table(by_phase, phases).drop(columns=["phase_id", "name"]).sum(axis=1).eq(0).sum()
    return (
        f"Most reported deaths, {number}, fall into “{name}”; for {counted(int(silent), 'core phase')} the article reports none with a number. "
        "Bars: best numbers, by side of the victims. A count of reported deaths: a minimum, not an estimate. Source: {cite:t}`wikipedia_azawad`."
    )


def alt(by_phase, phases):
    """What the figure shows, in words."""
    names = phases.set_index("phase_id")["name"]
    parts = [f"{names[row.phase_id]}: {row.best} {row.series}" for row in by_phase.itertuples()]
    return f"Reported deaths by phase and side. {listed(parts)}. Other core phases have no reported number."
