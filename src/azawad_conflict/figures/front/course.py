"""The course of the conflict: who held the towns, and below, how many were reported killed when."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch

from azawad_conflict import territory
from azawad_conflict.casualties import SERIES, SHORT_NAMES, SIDES, totals
from azawad_conflict.edtf_dates import bounds
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.labels import TextLine, text_width, wrap
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.figures.territory import control_strip
from azawad_conflict.language import WordsByKey, _, said
from azawad_conflict.wording import counted, day, listed, number_or_none, number_range, short_date

TOWNS = 5  # those with most documented days
# The turns, in order of date: an event of the table, and its name here.
TURNS = WordsByKey(
    {
        "independence_2012_04": "Independence declared",
        "gao_2012_06_27": "MNLA driven from Gao",
        "gao_2012_11_16": "March on Gao fails",
        "konna_2013_01_10": "Konna falls, then France comes in",
        "ceasefire_2013_06": "Accord with Bamako",
        "ceasefire_end_2013_11_29": "Ceasefire ends",
        "kidal_2014_05_21": "Army beaten at Kidal",
    }
)
TURN_SIZE = style.SMALL_SIZE + 1
MARGIN = 58  # points left of the time axis, about
# In the lower part incidents have their names, the highest numbers first where two would collide.
WORTH_A_NAME = 10  # people, by the highest number
# Days and people: names nearer than both would collide. By charts.NARROW.
NEAR = {False: (60, 45), True: (150, 45)}
# A name nearer than this to a higher bar would seem to be that bar's.
OWN_DAYS = pd.Timedelta(days=20)
# The states without a holder, by the words of the key.
WITHOUT = WordsByKey({"empty": "last force reported gone: {towns}", "unknown": "unknown: {towns}"})
BESIDE_LINE = 4  # points from a line, or from the middle of a bar, to a name beside it
# The finding compares the eve of the battle of Gao with the end of that year.
EVE, LATER = "2012-06-26", "2012-12-31"


@charts.styled
def draw(runs: pd.DataFrame, towns: pd.DataFrame, core: pd.DataFrame, events: pd.DataFrame) -> Figure:
    """Draw the holders of the towns with most documented days; below, a stem per incident and side.

    A stem goes from low to high, with a mark at best.
    runs : territory.runs. towns : the populated places. core : casualties.core_killed.
    Unit: people. Returns SVG text.
    """
    drawn = style.drawn(runs)
    order = chosen(drawn, towns)
    figure = charts.new_figure(charts.either(5.9, 7.2))
    turns, strip, dead = figure.subplots(
        3, 1, sharex=True, height_ratios=charts.either([1.0, 1.8, 2.0], [0.25, 1.9, 2.4])
    )
    charts.title(figure, finding(runs, towns))
    for y, place in enumerate(order.itertuples()):
        control_strip.draw_runs(
            strip, y, drawn[drawn["place_id"] == place.place_id], control_strip.BAR_HEIGHT, above=True
        )
    charts.rows_axis(strip, said(order["name"]))
    first, last = drawn["start"].min(), drawn["end"].max()
    strip.set_xlim(first, last)
    draw_dead(dead, core, turning(events))
    _draw_turns(turns, dead, events, first, last)
    for axes in (turns, strip, dead):
        charts.bare(axes)
        axes.spines["bottom"].set_visible(axes is dead)
        axes.tick_params(axis="x", which="both", length=3 if axes is dead else 0, labelbottom=axes is dead)
    charts.month_axis(dead)
    charts.legend(figure, control_strip.keys(drawn[drawn["place_id"].isin(order["place_id"])]))
    return figure


def chosen(runs: pd.DataFrame, towns: pd.DataFrame) -> pd.DataFrame:
    """The towns drawn: those with most documented days, from north to south."""
    documented = runs[~runs["state"].isin(["unknown", "presumed", "empty"])].groupby("place_id")["days"].sum()
    most = towns.assign(days=towns["place_id"].map(documented).fillna(0)).nlargest(TOWNS, "days")
    return most.sort_values("latitude", ascending=False, ignore_index=True)


def held(runs: pd.DataFrame, date: str) -> tuple[int, int]:
    """Count the places where the MNLA is documented on a day, and those with a documented holder.

    The MNLA may hold a place alone or with others.
    """
    when = pd.Timestamp(date)
    now = runs[
        runs["start"].le(when) & runs["end"].gt(when) & runs["state"].ne("presumed") & (runs["holders"].map(len) > 0)
    ]
    return territory.places_of(["mnla"], now), len(now)


def finding(runs: pd.DataFrame, towns: pd.DataFrame) -> str:
    """What the picture shows, as a title."""
    drawn = runs[runs["place_id"].isin(chosen(runs, towns)["place_id"])]
    (before, known), (after, later) = (held(drawn, date) for date in (EVE, LATER))
    return _(
        "Where the holder of one of these {towns} is documented, it is the MNLA, alone or with others, in {before} of {known} on the eve of the battle of Gao, in {after} of {later} at the end of 2012"
    ).format(
        towns=counted(TOWNS, "town"),
        before=number_or_none(before, "towns"),
        known=known,
        after=number_or_none(after, "towns"),
        later=later,
    )


def _known(runs, towns):
    """Of how many towns a holder is documented on both days, in a sentence."""
    return _(
        "On these days {before} and {after} of all {towns} have a holder documented by claims on the {days} days before; for each of the others a holder is presumed, or none is known."
    ).format(
        days=territory.PRESUMED_AFTER_DAYS,
        before=held(runs, EVE)[1],
        after=held(runs, LATER)[1],
        towns=counted(len(towns), "town"),
    )


def turning(events: pd.DataFrame) -> list[pd.Timestamp]:
    """The days of the turns, in their order."""
    dates = events.set_index("event_id")["date"]
    return [pd.Timestamp(bounds(dates[event_id])[0]) for event_id in TURNS]


def draw_dead(axes: Axes, core: pd.DataFrame, lines: Iterable[pd.Timestamp]) -> None:
    """Draw stems at the days of the incidents, the MNLA's side upwards, some with their place.

    axes : with the limits of its time. lines : the days at which lines stand there, which no name should stand on.
    """
    first, last = axes.get_xlim()
    per_day = (charts.width() * style.POINTS_PER_INCH - MARGIN) / (last - first)
    crossing = [per_day * (date2num(line) - first) for line in lines]
    size = charts.either(style.TEXT_SIZE, style.SMALL_SIZE + 1)
    room = per_day * (last - first) - max(crossing, default=0) - BESIDE_LINE
    sums = (
        core.groupby(["event_id", "date", "side"], sort=False)[["low", "best", "high"]]
        .sum()
        .astype(float)
        .reset_index()
    )
    sums = sums.assign(day=[pd.Timestamp(bounds(date)[0]) for date in sums["date"]])
    placed = []  # day and height of each name
    days, people = NEAR[charts.NARROW.get()]
    for side, sign in zip(SIDES, (1, -1), strict=True):
        rows = sums[sums["side"] == side]
        colour, marker = charts.SERIES[side]
        axes.vlines(rows["day"], sign * rows["low"], sign * rows["high"], color=colour, linewidth=3, alpha=0.5)
        axes.plot(rows["day"], sign * rows["best"], marker=marker, color=colour, **(charts.MARK | {"markersize": 5.5}))
        top = float(rows["high"].max())
        lines_of_name = wrap(SERIES[side], room, size, "bold")
        fits = max(text_width(TextLine(line, size, "bold")) for line in lines_of_name) <= room
        axes.annotate(
            "\n".join(lines_of_name) if fits else SERIES[side],
            (1, sign * top),
            xycoords=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            color=style.INK,
            fontweight="bold",
            fontsize=size,
            gid=style.HALO_GID,
        )
        for row in (
            rows[rows["event_id"].isin(list(SHORT_NAMES)) & rows["high"].ge(WORTH_A_NAME)]
            .sort_values("high", ascending=False)
            .to_dict("records")
        ):
            height = sign * row["high"]
            beside = rows[(rows["day"] - row["day"]).abs().lt(OWN_DAYS) & rows["high"].gt(row["high"])]
            if len(beside) or any(
                abs(row["day"] - day_of).days < days and abs(height - other) < people for day_of, other in placed
            ):
                continue
            placed.append((row["day"], height))
            name = SHORT_NAMES[row["event_id"]]
            beside = _beside(per_day * (date2num(row["day"]) - first), name, crossing)
            axes.annotate(
                name,
                (row["day"], height),
                xytext=(beside * BESIDE_LINE, 0 if beside else sign * 4),
                textcoords="offset points",
                ha={-1: "right", 0: "center", 1: "left"}[beside],
                va="bottom" if (sign > 0) != bool(beside) else "top",
                fontsize=style.SMALL_SIZE,
                color=style.INK,
                gid=style.HALO_GID,
            )
    tops = [float(sums.loc[sums["side"] == side, "high"].max()) for side in SIDES]
    axes.set_ylim(-tops[1] * 1.35, tops[0] * 1.15)
    axes.axhline(0, color=style.INK, linewidth=0.8)
    ticks = [step for step in range(-200, 201, 20) if -tops[1] * 1.35 <= step <= tops[0] * 1.15]
    axes.set_yticks(ticks, [str(abs(tick)) for tick in ticks])
    axes.tick_params(axis="y", length=0)
    axes.set_ylabel(_("Reported killed (people)"), fontsize=style.SMALL_SIZE + 1)


def _beside(x, name, lines):
    """On which side of the end of its bar a name stands: 1 right of it, -1 left, 0 over it, if no line passes there or lines pass on both sides."""
    long = text_width(TextLine(name, style.SMALL_SIZE)) + BESIDE_LINE
    if any(abs(line - x) < long / 2 for line in lines):
        for side in (1, -1):
            if not any(BESIDE_LINE / 2 < side * (line - x) < long + BESIDE_LINE for line in lines):
                return side
    return 0


def _draw_turns(axes, lowest, events, first, last):
    """Draw the names of the turns (on a phone their numbers), each over its line to the axis."""
    axes.set_axis_off()
    whole = charts.width() * style.POINTS_PER_INCH - MARGIN
    days = turning(events)
    words = [charts.either(f"{number} {name}", str(number)) for number, name in enumerate(TURNS.values(), 1)]
    places = [whole * ((when - first) / (last - first)) for when in days]
    levels = {}
    # An earlier name lies over all later lines that it would cross.
    for number in reversed(range(len(words))):
        end = places[number] + text_width(TextLine(words[number], TURN_SIZE)) + 8
        levels[number] = 1 + max((levels[later] for later in levels if places[later] < end), default=-1)
    for number, (when, name) in enumerate(zip(days, words, strict=True)):
        level = 0 if charts.NARROW.get() else levels[number]
        axes.annotate(
            name,
            (when, level),
            xytext=charts.either((3, 0), (0, 3)),
            textcoords="offset points",
            ha=charts.either("left", "center"),
            va=charts.either("center", "bottom"),
            fontsize=TURN_SIZE,
            fontweight=charts.either("normal", "bold"),
            color=style.INK,
        )
        ends = (date2num(when), level + charts.either(0.35, 0.0)), (date2num(when), 0)
        axes.figure.add_artist(
            ConnectionPatch(
                *ends, axes.transData, lowest.get_xaxis_transform(), color=style.MUTED, linewidth=0.7, zorder=0
            )
        )
    axes.set_ylim(-0.4, charts.either(max(levels.values()) + 0.6, 1.0))


def caption(runs: pd.DataFrame, towns: pd.DataFrame, events: pd.DataFrame) -> str:
    """How to read it, and where the rows are."""
    dates = events.set_index("event_id")["date"]
    turns = listed(
        f"{number} {name} ({short_date(dates[event_id])})" for number, (event_id, name) in enumerate(TURNS.items(), 1)
    )
    words = _(
        "Bars: the {number} towns with most documented days, from north to south. "
        "Below: each incident between both sides with a number of dead; mark: best, bar: low to high. "
        "Turns: {turns}. Claims: {claims}."
    )
    return f"{_known(runs, towns)} " + words.format(number=TOWNS, turns=turns, claims=link(Page.CLAIMS))


def alt(runs: pd.DataFrame, towns: pd.DataFrame, core: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    drawn = style.drawn(runs)
    places = chosen(drawn, towns)
    told = [
        _("{day}: {states}.").format(day=day(pd.Timestamp(date)), states=_holders(drawn, places, date))
        for date in (EVE, LATER)
    ]
    sums = totals(core, ["event_id", "name", "side"])
    widest = sums.loc[sums["high"].astype(float).idxmax()]
    words = _(
        "Bars show the holders by date, stems below the dead of each incident. {told} The most dead are claimed for {event}: {number} of {victims}."
    )
    return words.format(
        told=" ".join(told), event=_(widest["name"]), number=number_range(widest), victims=SERIES[widest["side"]]
    )


def _holders(runs, places, date):
    """Who holds each place on a day, or can be presumed to, and which have no holder, as the key calls them."""
    when = pd.Timestamp(date)
    now = runs[runs["start"].le(when) & runs["end"].gt(when)].set_index("place_id")[["holders", "state"]]
    told, without = [], {}
    for place in places.itertuples():
        holders, state = now.loc[place.place_id]
        if holders:
            words = f"{_(place.name)} {listed(style.HOLDERS[actor].label for actor in holders)}"
            told.append(_("{holder} (presumed)").format(holder=words) if state == "presumed" else words)
        else:
            without.setdefault(state, []).append(_(place.name))
    told += [WITHOUT[state].format(towns=listed(names)) for state, names in without.items()]
    return _("; ").join(told)
