"""Timeline of the phases, with the coded events that have a date."""

import matplotlib.dates as mdates
import pandas as pd

from azawad_conflict.figures import charts
from azawad_conflict.wording import counted, day


@charts.styled
def draw(phase_table, dated):
    """One bar per phase on a time axis, one mark per dated event.

    phase_table : phases.phase_table; dated : phases.dated_events. A mark is a dot for a day and a line for a longer
    span of possible days. Returns SVG text.
    """
    figure, axes = charts.new_chart(height=0.38 * len(phase_table) + 1.5)
    charts.title(figure, finding(phase_table))
    table = phase_table.reset_index(drop=True)
    first, last = pd.to_datetime(table["first_day"]), pd.to_datetime(table["last_day"]) + pd.Timedelta(days=1)
    for row, phase in table.iterrows():
        axes.annotate(f"{phase['duration_days']} days", (last[row], row), xytext=(4, 0), textcoords="offset points", va="center", **charts.VALUE_TEXT)
        axes.barh(row, last[row] - first[row], left=first[row], height=0.46, **charts.SCOPES[phase["scope"]])
        _events(axes, row, dated[dated["phase_id"] == phase["phase_id"]])
    charts.rows_axis(axes, table["name"])
    axes.set_xlim(first.min() - pd.Timedelta(days=10), last.max() + pd.Timedelta(days=170))
    charts.month_axis(axes)
    keys = [charts.scope_key("core", "Core phase"), charts.scope_key("context", "Context")]
    keys += [charts.line_key("Event dated to the day", **charts.EVENT_POINT), charts.line_key("Span in which an event lies", **charts.SPAN_LINE)]
    charts.legend(figure, keys)
    return figure


def _events(axes, row, events):
    to_the_day = events["earliest"] == events["latest"]
    spans = events.loc[~to_the_day, ["earliest", "latest"]].drop_duplicates()
    for step, span in enumerate(spans.itertuples()):
        axes.hlines(row + 0.3 + 0.09 * step, span.earliest, span.latest + pd.Timedelta(days=1), **charts.SPAN_LINE)
    axes.plot(mdates.date2num(events.loc[to_the_day, "earliest"]), [row] * int(to_the_day.sum()), **charts.EVENT_POINT)


def finding(phase_table):
    """The phase with most events, as a title."""
    busiest = phase_table.loc[phase_table["incidents"].idxmax()]
    return f"Most events recorded, {busiest['incidents']}, belong to “{busiest['name']}”"


def caption(phase_table, dated):
    """The finding, what is drawn, and the source."""
    core = phase_table[phase_table["scope"] == "core"]
    to_the_day = int((dated["earliest"] == dated["latest"]).sum())
    return (
        f"{finding(phase_table)}. {counted(len(core), 'phase')} of {len(phase_table)} tell the conflict itself; {counted(to_the_day, 'event')} of {len(dated)} with a date can be dated "
        "to the day. Bars: phases. Dots: events dated to the day; lines: the span in which an event lies. "
        "Bounds of phases: {numref}`tab-phases-bounds`; events: [](../claims-events.md)."
    )


def alt(phase_table, dated):
    """What the figure shows, in words."""
    core = phase_table[phase_table["scope"] == "core"]
    longest = core.loc[core["duration_days"].idxmax()]
    busiest = core.loc[core["incidents"].idxmax()]
    return (
        f"Timeline of {len(phase_table)} phases from {day(phase_table['first_day'].min())} to {day(phase_table['last_day'].max())}, "
        f"{len(core)} of them core. The longest core phase is {longest['name']} with {longest['duration_days']} days; "
        f"most events, {busiest['incidents']}, belong to {busiest['name']}. {len(dated)} events have a date, "
        f"{int((dated['earliest'] == dated['latest']).sum())} of them a day."
    )
