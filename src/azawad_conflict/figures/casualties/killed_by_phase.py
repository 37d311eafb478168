"""Reported deaths by phase and side, with the base article's numbers beside them."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.casualties import SERIES, SIDES
from azawad_conflict.figures.parts import charts
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import N_, _, number
from azawad_conflict.wording import listed, number_range, within

STEP = 0.36  # between the sides of one phase, in rows
GAP = N_("Between two phases")


@charts.styled
def draw(by_phase: pd.DataFrame, told: pd.DataFrame, phases: pd.DataFrame) -> Figure:
    """Draw a line per side from low to high for each phase with reported deaths, with a mark at best.

    by_phase, told : casualties.totals by phase_id and side, of all claims and of the base
    article's. phases : the phases table. Unit: people. Returns SVG text.
    """
    names = _names(by_phase, phases)
    labels = [charts.wrapped(name) for name in names.values()]
    # On a phone the labels stand over their rows, which makes room for the longest.
    high = charts.either(0.54, 0.62) + charts.either(0, 0.3 * max(label.count("\n") for label in labels))
    figure, axes = charts.new_chart(height=high * len(names) + 1.2)
    charts.title(figure, finding(by_phase, phases))
    article = told.set_index(["phase_id", "side"])["best"]
    most = by_phase.groupby("side")["best"].max()
    used = [side for side in charts.SERIES if side in set(by_phase["side"])]
    for row in _with_gap(by_phase).to_dict("records"):
        phase = row["phase_id"]
        y = list(names).index(phase) + (used.index(row["side"]) - (len(used) - 1) / 2) * STEP
        colour, marker = charts.SERIES[row["side"]]
        charts.low_to_high(axes, y, row, colour)
        axes.plot(row["best"], y, marker=marker, color=colour, **charts.MARK)
        axes.annotate(
            _range(row),
            (max(row["high"], row["best"]), y),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontweight="bold" if row["best"] == most[row["side"]] else "normal",
            **charts.VALUE_TEXT,
        )
        if (phase, row["side"]) in article.index:
            axes.plot(article[phase, row["side"]], y, **charts.TOLD)
    charts.rows_axis(axes, labels)
    axes.set_xlim(-2, float(by_phase["high"].max()) * charts.either(1.5, 1.9))
    charts.x_label(axes, _("Reported killed (people)"))
    keys = [charts.series_key(side) for side in used]
    charts.legend(figure, [*keys, charts.line_key(_("As the base article tells it"), **charts.TOLD)], columns=3)
    return figure


def _names(by_phase, phases):
    """Name the phases with a reported death, in order, and the gap before the phase after it."""
    present = set(by_phase["phase_id"].dropna())
    names = {}
    for phase in phases.sort_values("number").itertuples():
        if not pd.isna(phase.gap_before) and by_phase["phase_id"].isna().any():
            names[GAP] = _(GAP)
        if phase.phase_id in present:
            names[phase.phase_id] = _(phase.name)
    return names


def _range(row):
    """The best number, and behind it the range where there is one."""
    words = number_range(row)
    return words if row["low"] == row["high"] else _("{best} ({range})").format(best=number(row["best"]), range=words)


def finding(by_phase: pd.DataFrame, phases: pd.DataFrame) -> str:
    """The phase with most dead of each side, by the best numbers, as a title."""
    names = _names(by_phase, phases)
    parts = {}
    for side, rows in _with_gap(by_phase).groupby("side", sort=False):
        top = rows.loc[rows["best"].astype(int).idxmax()]
        parts[side] = _("{side}, “{phase}” ({number})").format(
            side=within(SERIES[str(side)]), phase=names[top["phase_id"]], number=top["best"]
        )
    return _("The most reported dead by the best numbers: {parts}").format(
        parts=_("; ").join(parts[side] for side in SIDES if side in parts)
    )


def caption() -> str:
    """What is drawn, and where the claims are."""
    return _(
        "Mark: best, by side of the victims; line: low to high, with a tip where a source says “or more”; upright bar: the base article. "
        "Phases without reported dead are left out; “{gap}”: days that no phase covers. Unit: people reported killed. Phases: {table}; claims: {claims}."
    ).format(gap=_(GAP), table="{numref}`tab-phases-bounds`", claims=link(Page.CLAIMS))


def alt(by_phase: pd.DataFrame, told: pd.DataFrame, phases: pd.DataFrame) -> str:
    """What the figure shows, in words that go on from its title, which names the sides."""
    numbers = phases.set_index("phase_id")["number"]
    article = told.set_index(["phase_id", "side"])["best"]
    known = {(row["phase_id"], row["side"]): row for row in _with_gap(by_phase).to_dict("records")}

    def drawn(phase: str, side: str) -> str:
        if (phase, side) not in known:
            return _("no number")
        row = known[phase, side]
        more = [] if row["low"] == row["high"] else [number_range(row)]
        more += [_("bar {number}").format(number=article[phase, side])] if (phase, side) in article.index else []
        best = number(row["best"])
        return _("{best} ({range})").format(best=best, range=", ".join(more)) if more else best

    parts = [
        _("{phase}, {ranges}").format(
            phase=within(_(GAP)) if phase == GAP else _("phase {number}").format(number=numbers[phase]),
            ranges=listed(drawn(phase, side) for side in SIDES),
        )
        for phase in _names(by_phase, phases)
    ]
    words = _("In this order, best (range; bar: the article): {parts}.")
    return words.format(parts=_("; ").join(parts))


def _with_gap(by_phase):
    """The rows by phase, those between two phases among them."""
    return by_phase.assign(phase_id=by_phase["phase_id"].fillna(GAP))
