"""Town by date: who held which town when."""

import pandas as pd
from matplotlib.patches import Patch

from azawad_conflict.figures import charts, style
from azawad_conflict.territory import PRESUMED_AFTER_DAYS
from azawad_conflict.wording import day, listed, number_or_none

LETTERS = {actor: holder.label[0] for actor, holder in style.HOLDERS.items()} | {"malian_state": "S"}
BAR_HEIGHT = 0.74
HATCH = "////"
ROOM_FOR_A_LETTER_DAYS = 20


@charts.styled
def draw(town_runs, towns, phases):
    """One row per town on a time axis, coloured and lettered by holder; unknown days stay an empty dotted line.

    town_runs : territory.runs; towns : the places drawn; phases : for the bounds of the core phases. Returns SVG text.
    """
    order = _order(town_runs, towns)
    figure, axes = charts.new_chart(height=0.24 * len(order) + 1.6)
    for y, place in enumerate(order.itertuples()):
        runs = town_runs[town_runs["place_id"] == place.place_id]
        unknown = runs["state"] == "unknown"
        axes.hlines([y] * int(unknown.sum()), runs.loc[unknown, "start"], runs.loc[unknown, "end"], **charts.UNKNOWN_LINE)
        for run in runs[~unknown].itertuples():
            _bar(axes, y, run)
    core = phases[phases["scope"] == "core"]
    for first_day in pd.to_datetime(core["first_day"]):
        axes.axvline(first_day, **charts.BOUND_LINE)
    charts.rows_axis(axes, order["name"])
    axes.grid(False)
    axes.set_xlim(town_runs["start"].min(), town_runs["end"].max())
    charts.month_axis(axes)
    holders = dict.fromkeys(actor for holders in town_runs["holders"] for actor in holders)
    keys = [_key(LETTERS[actor] + ": " + style.HOLDERS[actor].label, facecolor=style.HOLDERS[actor].colour) for actor in style.HOLDERS if actor in holders]
    keys += [_key("Presumed", facecolor="none", hatch=HATCH), _key("Low certainty", facecolor=charts.pale(style.MUTED))]
    charts.legend(figure, [*keys, charts.line_key("Unknown", **charts.UNKNOWN_LINE)])
    return figure


def _bar(axes, y, run):
    """One run as a bar, split between its holders, with their letters where there is room."""
    share = BAR_HEIGHT / len(run.holders)
    for part, actor in enumerate(run.holders):
        top = y - BAR_HEIGHT / 2 + part * share
        colour = charts.holder(actor).colour
        look = dict(facecolor=charts.pale(colour) if run.certainty == "low" else colour, edgecolor=style.INK, linewidth=0.6)
        if run.state == "presumed":
            look["hatch"] = HATCH
        axes.barh(top, run.end - run.start, left=run.start, height=share, align="edge", **look)
        if run.days > ROOM_FOR_A_LETTER_DAYS and len(run.holders) == 1 and run.state != "presumed":
            axes.annotate(LETTERS[actor], (run.start + (run.end - run.start) / 2, y), ha="center", va="center", fontsize=style.SMALL_SIZE, fontweight="bold", color=style.INK)


def _key(label, **look):
    return Patch(label=label, edgecolor=style.INK, linewidth=0.6, **look)


def _order(town_runs, towns):
    """Towns by documented days, most first, then by name."""
    documented = town_runs[town_runs["state"] != "unknown"].groupby("place_id")["days"].sum()
    days = towns["place_id"].map(documented).fillna(0)
    return towns.assign(days=days).sort_values(["days", "name"], ascending=[False, True], ignore_index=True)


def caption(town_runs, towns):
    """The finding, what is drawn, and the source."""
    order = _order(town_runs, towns)
    known, whole = int((order["days"] > 0).sum()), int((order["days"] == town_runs.groupby("place_id")["days"].sum().max()).sum())
    return (
        f"The article lets one name a holder, presumed ones included, for {known} of {len(order)} towns and posts, and for {number_or_none(whole)} of them over the whole time. "
        f"Full colour: held; hatched: presumed, more than {PRESUMED_AFTER_DAYS} days without confirmation; pale: low certainty; dotted line: unknown. "
        "Vertical lines: first days of the core phases. Source: {cite:t}`wikipedia_azawad`."
    )


def alt(town_runs, towns):
    """What the figure shows, in words."""
    order = _order(town_runs, towns)
    parts = []
    for place in order[order["days"] > 0].itertuples():
        runs = town_runs[(town_runs["place_id"] == place.place_id) & (town_runs["state"] != "unknown")].sort_values("start")
        merged = runs.groupby((runs["holders"] != runs["holders"].shift()).cumsum()).agg(holders=("holders", "first"), start=("start", "min"), end=("end", "max"))
        told = [f"{listed(style.HOLDERS[actor].short_label for actor in run.holders)} from {day(run.start)} to {day(run.end - pd.Timedelta(days=1))}" for run in merged.itertuples()]
        parts.append(f"{place.name}: {', then '.join(told)}")
    return f"Strip of {len(order)} towns by date. {'. '.join(parts)}. The other {int((order['days'] == 0).sum())} are unknown throughout."
