"""Town by date: who held which town when, by all sources and by the base article."""

import itertools
from collections.abc import Callable, Collection
from typing import Protocol

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.patheffects import Normal, Stroke

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.labels import TextLine, text_width
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import _, number, said
from azawad_conflict.territory import PRESUMED_AFTER_DAYS
from azawad_conflict.wording import counted, number_or_none

# One letter per symbol of the map: the first of its name where that is free.
LETTERS = {
    "mnla": "M",
    "islamist_groups": "I",
    "ansar_dine": "A",
    "aqim": "Q",
    "mujao": "U",
    "malian_state": "S",
    "international_forces": "F",
    "other_groups": "O",
    "local_militia": "L",
}
BAR_HEIGHT = 0.5
TOLD_HEIGHT = 0.2
TOLD_POINTS = 3.5  # of its sample
TOLD_OFFSET = 0.4  # centre of the thin bar below that of the wide one
# A sample of a bar with a blank middle.
LOW: style.Arguments = dict(
    color=style.PAPER,
    linewidth=6 * charts.HOLLOW,
    solid_capstyle="butt",
    path_effects=[
        Stroke(linewidth=7, foreground=style.INK),
        Stroke(linewidth=6, foreground=style.HOLDERS["mnla"].colour),
        Normal(),
    ],
)
STUDY_DAYS = 1080  # of the time axis, about
MARGIN = 75  # points beside it, about


class Run(Protocol):
    """A row of territory.runs."""

    @property
    def holders(self) -> tuple[str, ...]: ...
    @property
    def days(self) -> int: ...


@charts.styled
def draw(town_runs: pd.DataFrame, told_runs: pd.DataFrame, towns: pd.DataFrame, phases: pd.DataFrame) -> Figure:
    """Draw two bars per town, coloured and lettered by holder: all sources, and thin, the article.

    town_runs, told_runs : territory.runs of either reading. towns : the places drawn.
    phases : for the bounds of the core phases. Unknown days are a dotted line. Returns SVG text.
    """
    runs, told = style.drawn(town_runs), style.drawn(told_runs)
    order = _order(runs, towns)
    figure, axes = charts.new_chart(height=charts.either(0.232, 0.32) * len(order) + charts.either(1.9, 2.8))
    told_above = False
    for y, place in enumerate(order.itertuples()):
        told_here = told[(told["place_id"] == place.place_id) & (told["state"] != "unknown")]
        draw_runs(axes, y, runs[runs["place_id"] == place.place_id], BAR_HEIGHT, above=not told_above)
        told_above = len(told_here) > 0
        for run in told_here.itertuples():
            _bar(axes, y + TOLD_OFFSET, run, TOLD_HEIGHT)
    _frame(axes, said(order["name"]), town_runs, phases)
    charts.title(figure, finding(town_runs, told_runs, towns))
    thin = charts.line_key(
        _("Thin bar: the base article"), color=style.OTHERS, linewidth=TOLD_POINTS, solid_capstyle="butt"
    )
    charts.legend(figure, [*keys(pd.concat([runs, told])), thin])
    return figure


def letters(run: Run) -> str:
    """The letters of the holders of a run, the upper first, where there is room for them."""
    return _where_it_fits(_all_letters(run), run)


def _all_letters(run):
    return "/".join(LETTERS[actor] for actor in run.holders)


def _where_it_fits(words, run):
    return words if _wide(words) < run.days * _per_day() - 1 else ""


def _wide(words):
    return text_width(TextLine(words, style.SMALL_SIZE, "bold"))


def _per_day():
    return (charts.width() * style.POINTS_PER_INCH - MARGIN) / STUDY_DAYS


def draw_runs(
    axes: Axes, y: float, runs: pd.DataFrame, height: float, words: Callable[[Run], str] = letters, above: bool = False
) -> None:
    """Draw the runs of one place in a row; unknown days are a dotted line.

    words : function of a run, for the text on its bar. A presumed run goes without where the one before it has it. Where it
    does not fit, the letters stand beside the bar, where the holder is unknown; else over it, if there is room `above`.
    """
    unknown = runs["state"] == "unknown"
    axes.hlines([y] * int(unknown.sum()), runs.loc[unknown, "start"], runs.loc[unknown, "end"], **charts.UNKNOWN_LINE)
    before = None
    for run in runs[~unknown].itertuples():
        _bar(axes, y, run, height, None if run.state == "presumed" and run.holders == before else words)
        before = run.holders
    _beside(axes, y, list(runs.itertuples()), height, words, above)


def _beside(axes, y, runs, height, words, above):
    """Write the letters of holders whose bars are too short for them, once for a presumed bar and the one before it."""
    groups = [list(group) for _holders, group in itertools.groupby(runs, key=lambda run: run.holders)]
    taken = [run.start for run in runs[:1]]  # days up to which letters stand beside or over the bars
    look = dict(textcoords="offset points", fontsize=style.SMALL_SIZE, fontweight="bold", gid=style.HALO_GID)
    for before, group, after in zip([[None], *groups], groups, [*groups[1:], [None]], strict=False):
        bare = not any(words(run) for run in group if run.state != "presumed" or run is group[0])
        if not group[0].holders or not bare:
            continue
        text, start, end = _all_letters(group[0]), group[0].start, group[-1].end
        long = pd.Timedelta(days=(_wide(text) + 3) / _per_day())
        left, right = (
            other is not None and other.state == "unknown" and other.end - other.start > long
            for other in (before[-1], after[0])
        )
        middle = start + (end - start) / 2
        if right:
            axes.annotate(text, (end, y), xytext=(2, 0), ha="left", va="center", **look)
            taken.append(end + long)
        elif left and start - long >= max(taken):
            axes.annotate(text, (start, y), xytext=(-2, 0), ha="right", va="center", **look)
        elif above and middle - long / 2 >= max(taken):
            axes.annotate(text, (middle, y - height / 2), xytext=(0, -0.5), ha="center", va="bottom", **look)
            taken.append(middle + long / 2)


def _frame(axes, labels, town_runs, phases):
    core = phases[phases["scope"] == "core"]
    for first_day in pd.to_datetime(core["first_day"]):
        axes.axvline(first_day, **charts.BOUND_LINE)
    charts.rows_axis(axes, labels)
    axes.grid(False)
    axes.set_xlim(town_runs["start"].min(), town_runs["end"].max())
    charts.month_axis(axes)


def keys(runs: pd.DataFrame) -> list[Artist]:
    """Legend entries of the holders drawn, and of the ways to draw a state, alike in all figures."""
    found = holder_keys({actor for who in runs["holders"] for actor in who})
    if (runs["state"] == "empty").any():
        found.append(Patch(label=_("Last force reported gone"), **style.EMPTY))
    if (runs["certainty"] == "low").any():
        found.append(charts.line_key(_("Low certainty"), **LOW))
    return [*found, charts.line_key(_("Unknown"), **charts.UNKNOWN_LINE)]


def holder_keys(drawn: Collection[str]) -> list[Artist]:
    """Legend entries of the holders drawn, in one order, and of how a holder is drawn who is presumed."""
    found: list[Artist] = [
        charts.holder_key(actor, _("{letter}: {holder}").format(letter=LETTERS[actor], holder=look.label))
        for actor, look in style.HOLDERS.items()
        if actor in drawn
    ]
    presumed = Patch(label=_("Presumed"), facecolor="none", hatch=style.HATCH, edgecolor=style.INK, linewidth=0.6)
    return [*found, presumed]


def _bar(axes, y, run, height, words=None):
    """Draw one run as a bar, split between its holders.

    words : function of a run, for the text on it.
    """
    if run.state == "empty":
        axes.barh(y, run.end - run.start, left=run.start, height=height, **style.EMPTY)
        return
    share = height / len(run.holders)
    for part, actor in enumerate(run.holders):
        top = y - height / 2 + part * share
        colour, texture = charts.holder(actor).colour, charts.holder(actor).texture
        bar = dict(y=top, width=run.end - run.start, left=run.start, height=share, align="edge")
        axes.barh(**bar, facecolor=colour, edgecolor=style.INK, linewidth=0.5)
        hatch = texture + (style.HATCH if run.state == "presumed" else "")
        if hatch:
            axes.barh(**bar, facecolor="none", hatch=hatch, edgecolor=charts.ink_on(colour), linewidth=0)
        if run.certainty == "low":
            blank = {"y": top + share / 2, "height": share * charts.HOLLOW, "align": "center"}
            axes.barh(**(bar | blank), facecolor=style.PAPER, linewidth=0)
    text = words(run) if words else ""
    if text:
        plain = len(run.holders) == 1 and run.state != "presumed" and run.certainty != "low" and not texture
        axes.annotate(
            text,
            (run.start + (run.end - run.start) / 2, y),
            ha="center",
            va="center",
            fontsize=style.SMALL_SIZE,
            fontweight="bold",
            color=charts.ink_on(charts.holder(run.holders[0]).colour) if plain else style.INK,
            gid=None if plain else style.HALO_GID,
        )


def _order(town_runs, towns):
    """Towns by documented days, most first, then by name."""
    documented = town_runs[~town_runs["state"].isin(["unknown", "presumed", "empty"])].groupby("place_id")["days"].sum()
    days = towns["place_id"].map(documented).fillna(0)
    return towns.assign(days=days).sort_values(["days", "name"], ascending=[False, True], ignore_index=True)


def finding(town_runs: pd.DataFrame, told_runs: pd.DataFrame, towns: pd.DataFrame) -> str:
    """How many places have a holder on every day, documented or presumed, and how many the base article ever names one of, as a title."""
    unknown = set(town_runs.loc[town_runs["state"] == "unknown", "place_id"])
    told = told_runs.loc[told_runs["holders"].map(len) > 0, "place_id"].nunique()
    return _(
        "Of {places}, {whole} have a documented or presumed holder on every day; the base article names a holder in {told}"
    ).format(
        places=counted(len(towns), "place"),
        whole=number_or_none(len(set(towns["place_id"]) - unknown), "places"),
        told=told,
    )


def caption() -> str:
    """What is drawn, and where the claims are."""
    words = _(
        "Wide bars: all sources; thin bars: the base article. Slanting lines: presumed, more than "
        "{days} days without confirmation, or none yet; hollow: low certainty; dotted line: unknown. Rows: by documented days. Vertical lines: first days of the core phases. Changes of holder: {table}; claims: {claims}."
    )
    return words.format(
        days=PRESUMED_AFTER_DAYS, table="{numref}`tab-territory-changes`", claims=link(Page.CLAIMS_CONTROL)
    )


def alt(town_runs: pd.DataFrame, told_runs: pd.DataFrame, towns: pd.DataFrame) -> str:
    """Say what the figure shows: the towns with most and least documented days, and those without any."""
    order = _order(style.drawn(town_runs), towns)
    most, least = order.iloc[0], order.iloc[-1]
    silent = len(order) - town_runs.loc[town_runs["state"] != "unknown", "place_id"].nunique()
    return _(
        "A strip for each of {towns} by date, coloured by holder; below it, what the base article tells. Most days are documented of {most} ({most_days}), "
        "fewest of {least} ({least_days}); {silent} are unknown throughout. The table that the caption names has every change of holder."
    ).format(
        towns=counted(len(order), "town"),
        most=_(most["name"]),
        most_days=number(int(most["days"])),
        least=_(least["name"]),
        least_days=number(int(least["days"])),
        silent=number_or_none(silent, "towns"),
    )
