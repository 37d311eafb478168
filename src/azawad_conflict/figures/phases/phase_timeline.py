"""The phases on an axis of time with their dated events; below, the dead of each incident."""

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from azawad_conflict.figures.front.course import draw_dead
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.labels import TextLine, text_width
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import _
from azawad_conflict.wording import counted, day, short_day, titles

WORDS = style.SMALL_SIZE + 1
MARGIN = 50  # points beside the axis of time, about
# Points of a row: its bar and the words beside it, a line of its name over them on a phone, a lane of spans below, and the rest, so that
# no lane reaches the name in the row below.
BAR, REST = {False: 19, True: 12}, {False: 3.5, True: 2}
LABEL_LINE, LANE = 11, 3
# How far the words beside a bar stand over its middle, and its spans lower, so that no span underlines them.
RISE, DROP = 1.5, {False: 0.75, True: 0}
APART = pd.Timedelta(days=15)  # between two spans of a lane


@charts.styled
def draw(phase_table: pd.DataFrame, dated: pd.DataFrame, core: pd.DataFrame) -> Figure:
    """Draw a bar per phase and a mark per dated event; below, a stem per incident and side.

    phase_table : phases.phase_table. dated : phases.dated_events. core : casualties.core_killed.
    A mark is a tick for a day and a line for a longer span of possible days. A phase names the event
    that opens it, but not on a phone. Unit of the lower part: people. Returns SVG text.
    """
    table = phase_table.reset_index(drop=True)
    events = [dated[dated["phase_id"] == phase_id] for phase_id in table["phase_id"]]
    lanes = [_lanes(rows) for rows in events]
    names = [charts.wrapped(f"{_(phase['name'])} ({phase['incidents']})") for phase in table.to_dict("records")]
    heads = [charts.either(0, LABEL_LINE * (name.count("\n") + 1)) for name in names]
    bar, drop, stems = BAR[charts.NARROW.get()], DROP[charts.NARROW.get()], charts.either(1.0, 2.6)
    pitch = bar + LANE * max(map(len, lanes)) + REST[charts.NARROW.get()]  # one for all, which the eye can step along
    tops = np.cumsum([0, *(head + pitch for head in heads)])
    figure = charts.new_figure(tops[-1] / style.POINTS_PER_INCH + stems + charts.either(1.2, 1.6))
    bars, dead = figure.subplots(2, 1, sharex=True, height_ratios=(tops[-1] / style.POINTS_PER_INCH, stems))
    charts.title(figure, finding(phase_table))
    first, last = pd.to_datetime(table["first_day"]), pd.to_datetime(table["last_day"]) + pd.Timedelta(days=1)
    bars.set(xlim=(first.min(), last.max()), ylim=(tops[-1], 0), yticks=[])
    middles = [top + head + bar / 2 for top, head in zip(tops[:-1], heads, strict=True)]
    if charts.NARROW.get():
        charts.row_labels(bars, middles, names, lift=bar / 2, beside=0, room=False)
    else:
        bars.annotate(
            _("Events"),
            (0, 0),
            xycoords=("axes fraction", "data"),
            xytext=(-5, 0),
            textcoords="offset points",
            ha="right",
            va="bottom",
            **charts.ROW_TEXT,
        )
    for row, phase in table.iterrows():
        y = middles[row]
        bars.barh(y, last[row] - first[row], left=first[row], height=11, **charts.SCOPES[phase["scope"]])
        for lane, spans in enumerate(lanes[row]):
            for ends in spans:
                bars.plot(mdates.date2num(ends), [y + bar / 2 + drop + LANE * (lane + 0.5)] * 2, **charts.SPAN_LINE)
        days = events[row].loc[events[row]["earliest"] == events[row]["latest"], "earliest"]
        bars.plot(mdates.date2num(days), [y] * len(days), **charts.EVENT_TICK)
        if not charts.NARROW.get():
            _opening(bars, y, phase, first[row], last[row], phase["incidents"] == table["incidents"].max())
    bounds = first[table["scope"] == "core"]
    draw_dead(dead, core, bounds)
    for axes in (bars, dead):
        charts.bare(axes)
    for bound in bounds:
        dead.axvline(bound, **charts.BOUND_LINE)
    bars.spines["bottom"].set_visible(False)
    bars.tick_params(axis="x", which="both", length=0, labelbottom=False)
    charts.month_axis(dead)
    keys: list[Artist] = [charts.scope_key("core", _("Core phase")), charts.scope_key("context", _("Context"))]
    keys += [
        charts.line_key(_("Event dated to the day"), **charts.EVENT_TICK),
        charts.line_key(_("Span in which an event lies"), **charts.SPAN_LINE),
    ]
    charts.legend(figure, keys)
    return figure


def _opening(axes, y, phase, first, last, busiest):
    """Write a phase's name over its opening event, right of its bar if they fit, else left; its number of events at the axis."""
    opening = f"{_(phase['opens_with'])}, {short_day(first)}"
    words = TextLine(opening, WORDS)
    left, right = axes.get_xlim()
    days = (
        max(map(text_width, (words, TextLine(_(phase["name"]), style.TEXT_SIZE, "bold"))))
        / (charts.width() * style.POINTS_PER_INCH - MARGIN)
        * (right - left)
    )
    after = mdates.date2num(last) + days < right
    look = dict(
        xycoords="data", textcoords="offset points", ha="left" if after else "right", va="center", color=style.INK
    )
    at, shift = (last if after else first, y), 5 if after else -5
    axes.annotate(_(phase["name"]), at, xytext=(shift, 5 + RISE), fontsize=style.TEXT_SIZE, fontweight="bold", **look)
    axes.annotate(words.text, at, xytext=(shift, -6 + RISE), fontsize=WORDS, **look)
    axes.annotate(
        str(phase["incidents"]),
        (0, y),
        xycoords=("axes fraction", "data"),
        xytext=(-5, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=style.TEXT_SIZE,
        fontweight="bold" if busiest else "normal",
    )


def _lanes(events):
    """The spans of the events that no day is known of, each once, in lanes below the bar: no line crosses a name or another line."""
    spans = events.loc[events["earliest"] != events["latest"], ["earliest", "latest"]].drop_duplicates()
    lanes = []
    for span in spans.sort_values(["earliest", "latest"]).itertuples():
        free = next((lane for lane in lanes if lane[-1][1] + APART < span.earliest), None)
        if free is None:
            lanes.append(free := [])
        free.append((span.earliest, span.latest + pd.Timedelta(days=1)))
    return lanes


def finding(phase_table: pd.DataFrame) -> str:
    """The phases with most events, as a title."""
    most = phase_table.loc[phase_table["incidents"] == phase_table["incidents"].max()]
    words = (
        _("{phases} have the most events ({number} each)")
        if len(most) > 1
        else _("{phases} has the most events ({number})")
    )
    return words.format(phases=titles(map(_, most["name"])), number=most["incidents"].iloc[0])


def caption(phase_table: pd.DataFrame, dated: pd.DataFrame) -> str:
    """What is drawn, and the source."""
    core = phase_table[phase_table["scope"] == "core"]
    to_the_day = int((dated["earliest"] == dated["latest"]).sum())
    words = _(
        "{core} of {phases} tell the conflict itself; {to_the_day} of the {dated} drawn can be dated "
        "to the day. Bars: phases, with the event that opens each. Ticks: events dated to the day; lines: the span in which an event lies. "
        "Below: each incident between both sides with a number of dead; mark: best, bar: low to high. "
        "Bounds of phases: {table}; events: {events}."
    )
    return words.format(
        core=counted(len(core), "phase"),
        phases=len(phase_table),
        to_the_day=counted(to_the_day, "event"),
        dated=len(dated),
        table="{numref}`tab-phases-bounds`",
        events=link(Page.CLAIMS_EVENTS),
    )


def alt(phase_table: pd.DataFrame, dated: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    core = phase_table[phase_table["scope"] == "core"]
    longest = core.loc[core["duration_days"].idxmax()]
    words = _(
        "Timeline of {phases} phases from {first} to {last}, {core} of them core. The longest core phase is “{longest}” with {days} days. "
        "{dated} events have a date, {to_the_day} of them a day. "
        "Below, the reported dead of each incident."
    )
    return words.format(
        phases=len(phase_table),
        first=day(phase_table["first_day"].min()),
        last=day(phase_table["last_day"].max()),
        core=len(core),
        longest=_(longest["name"]),
        days=longest["duration_days"],
        dated=len(dated),
        to_the_day=int((dated["earliest"] == dated["latest"]).sum()),
    )
