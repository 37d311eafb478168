"""The range of each incident as a table like the others, for the forms that hold it: what the report counts, not what a source says."""

import pandas as pd

from azawad_conflict.exchange.flat import Column, Pointer, Table, days_of

NAME = "incident_ranges"
RANGE_KEYS = ("event_id", "group", "outcome")  # what names a row
COLUMNS = (
    Column("event_id", "text", "Incident."),
    Column("name", "text", "Name of the incident."),
    Column("date", "text", "Date of the incident, EDTF."),
    Column("date_first", "day", "First day that date can mean."),
    Column("date_last", "day", "Last day that date can mean."),
    Column("date_precision", "text", "How precise date is: day, month, year or interval."),
    Column("year", "text", "Year of the incident."),
    Column("phase_id", "text", "Phase of the incident. Blank between two phases."),
    Column("scope", "text", "core, disputed or context, as in events."),
    Column("violence_type", "text", "state_based, non_state or one_sided, as in events."),
    Column("group", "text", "Group of victims, an actor of which parts are counted with it."),
    Column("victim", "text", "The part of the group that its claims name, or the group."),
    Column("side", "text", "Side of the victims."),
    Column("outcome", "text", "killed, wounded or captured; never to be added to each other."),
    Column("low", "integer", "Lowest number of the claims that count; 0 where the victims' side is disputed, but for a suicide bomber's own side."),
    Column("best", "integer", "Number of the claim that decides. Blank where no claim states a number."),
    Column("high", "integer", "Highest number of the claims that count."),
    Column("at_least", "integer", "1 where a claim has no upper end, else 0."),
    Column("claims", "integer", "Claims behind the range."),
    Column("origins", "integer", "Independent origins of these claims."),
    Column("grade", "text", "Who gives a number."),
    Column("low_voice", "text", "Whose word the low is."),
    Column("best_voice", "text", "Whose word the best is."),
    Column("high_voice", "text", "Whose word the high is."),
)


def incident_ranges(ranges: pd.DataFrame) -> Table:
    """The table of ranges: one row per incident, group of victims and outcome.

    ranges : as `casualties.incident_ranges` gives it.
    """
    told = ranges.assign(at_least=ranges["at_least"].astype(int), **days_of(ranges["date"], "date"))
    frame = pd.DataFrame(
        {column.name: told[column.name].astype("Int64" if column.kind == "integer" else "string") for column in COLUMNS}
    )
    return Table(
        NAME,
        "Ranges of incidents",
        "One row is one incident, group of victims and outcome, with the range of the claims that count. Computed by the report.",
        "",
        COLUMNS,
        (
            Pointer("event_id", "events", "event_id", is_list=False),
            Pointer("phase_id", "phases", "phase_id", is_list=False),
            Pointer("group", "actors", "actor_id", is_list=False),
            Pointer("victim", "actors", "actor_id", is_list=False),
        ),
        frame,
    )
