"""What the report computes, as tables like the others, for the forms that hold it: ranges, the claims behind them, totals by reading.

They are what the report counts, not what a source says; in SQL they would be the rule of counting once more.
"""

from functools import cache

import pandas as pd

from azawad_conflict import casualties
from azawad_conflict.counting import readings
from azawad_conflict.counting.counted import KEYS, counts, deciding_claims, described_claims
from azawad_conflict.counting.terms import GRADES, RANGE, SIDES, VOICES
from azawad_conflict.counting.totals import total
from azawad_conflict.exchange.flat import Column, Made, Pointer, Table, added_columns, day_columns

ALL_YEARS = "all"
# In English, as all files of data: what WordsByKey gives as a plain dict.
VOICE_CODES = ", ".join(f"{code} ({words})" for code, words in dict(VOICES).items())
GRADE_CODES = ", ".join(f"{code} ({words})" for code, words in dict(GRADES).items())

OF_INCIDENT = (
    Column("name", "text", "Name of the incident."),
    Column("date", "text", "Date of the incident, EDTF."),
    *added_columns("date"),
    Column("year", "text", "Year of the incident."),
)
RANGES = (
    Column("event_id", "text", "Incident."),
    *OF_INCIDENT,
    Column("phase_id", "text", "Phase of the incident. Blank between two phases."),
    Column("scope", "text", "core, disputed or context, as in events."),
    Column("violence_type", "text", "state_based, non_state or one_sided, as in events."),
    Column("group", "text", "Group of victims, an actor of which parts are counted with it."),
    Column("victim", "text", "The part of the group that its claims name, or the group."),
    Column("side", "text", "Side of the victims."),
    Column("outcome", "text", "killed, wounded or captured; never to be added to each other."),
    Column(
        "low",
        "integer",
        "Lowest number of the claims that count; 0 where the victims' side is disputed, but for a suicide bomber's own side.",
    ),
    Column("best", "integer", "Number of the claim that decides. Blank where no claim states a number."),
    Column("high", "integer", "Highest number of the claims that count."),
    Column("at_least", "integer", "1 where a claim has no upper end, else 0."),
    Column("claims", "integer", "Claims behind the range."),
    Column("origins", "integer", "Independent origins of these claims, encyclopaedias apart."),
    Column("grade", "text", f"Who gives a number. One of: {GRADE_CODES}."),
    Column("low_voice", "text", f"Whose word the low is. One of: {VOICE_CODES}."),
    Column("best_voice", "text", "Whose word the best is."),
    Column("high_voice", "text", "Whose word the high is."),
)
CLAIMS = (
    Column("claim_id", "text", "Claim on an incident; claims on periods enter no range."),
    Column("event_id", "text", "Incident."),
    Column("group", "text", "Group of victims whose range it belongs to."),
    Column("outcome", "text", "killed, wounded or captured."),
    Column("side", "text", "Side of the victims that the claim names."),
    Column("claimant", "text", "Who claims it."),
    Column("source_id", "text", "Source that carries the claim."),
    Column("voice", "text", f"Who speaks. One of: {VOICE_CODES}."),
    Column("low", "integer", "As claimed."),
    Column("best", "integer", "As claimed."),
    Column("high", "integer", "As claimed."),
    Column("counted", "text", "yes, part or no, as in casualty_claims; the reason stands there."),
    Column(
        "decides",
        "integer",
        "1 where the claim has part in the range, whether it gives low, best, high or none of them: it counts and has a number, and it is no encyclopaedia's while others have one.",
    ),
)
EVERYONE = (
    Column("event_id", "text", "Incident between both sides with a number of people killed."),
    *OF_INCIDENT,
    Column("low", "integer", "Lowest number of everyone killed in it, whichever side."),
    Column("best", "integer", "That of the claims that do not separate the sides, else the sum of both sides."),
    Column("high", "integer", "Highest number."),
    Column("at_least", "integer", "1 where a range has no upper end, else 0."),
    Column("separated", "integer", "1 where the best is a sum of sides, else 0."),
    *(
        Column(code, "integer", f"Part of the best that is the word of: {words}.")
        for code, words in dict(VOICES).items()
    ),
)
TOTALS = (
    Column("reading_id", "text", "Whose claims enter, as in readings; all is the published total."),
    Column("side", "text", "Side of the people killed in fights between both sides."),
    Column("year", "text", f"Year of the incidents, or {ALL_YEARS}."),
    Column("low", "integer", "Sum of the lows. Blank where nobody of the reading gives a number, which is not a zero."),
    Column("best", "integer", "Sum of the bests."),
    Column("high", "integer", "Sum of the highs."),
    Column("at_least", "integer", "1 where a range has no upper end, else 0."),
    Column("incidents", "integer", "Incidents with a number in the reading."),
)


def computed(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame, named: pd.DataFrame
) -> Made:
    """The computed tables by name: incident_ranges, everyone_killed, range_claims and reading_totals.

    claims : casualty_claims. named : readings.
    """

    @cache
    def ranges() -> pd.DataFrame:
        return casualties.incident_ranges(claims, events, actors, sources)

    of_event = Pointer("event_id", "events", "event_id", is_list=False)
    of_group = Pointer("group", "actors", "actor_id", is_list=False)
    makers = {
        "incident_ranges": lambda: Table(
            "incident_ranges",
            "Ranges of incidents",
            "One row is one incident, group of victims and outcome, with the range of the claims that count. Computed by the report.",
            tuple(KEYS),
            RANGES,
            (
                of_event,
                Pointer("phase_id", "phases", "phase_id", is_list=False),
                of_group,
                Pointer("victim", "actors", "actor_id", is_list=False),
            ),
            _dated(ranges(), RANGES),
        ),
        "everyone_killed": lambda: Table(
            "everyone_killed",
            "Everyone killed in fights between both sides",
            "One row is one incident between both sides: everyone reported killed in it, whichever side. Computed by the report.",
            ("event_id",),
            EVERYONE,
            (of_event,),
            _dated(casualties.everyone_killed(ranges()), EVERYONE),
        ),
        "range_claims": lambda: Table(
            "range_claims",
            "Claims behind the ranges",
            "One row is one claim on casualties of an incident: the range that it belongs to, who speaks, and whether it has part in"
            " the range. Computed by the report.",
            ("claim_id",),
            CLAIMS,
            (
                Pointer("claim_id", "casualty_claims", "claim_id", is_list=False),
                of_event,
                of_group,
                Pointer("source_id", "sources", "source_id", is_list=False),
            ),
            _claims(described_claims(claims, events, actors, sources)),
        ),
        "reading_totals": lambda: Table(
            "reading_totals",
            "Totals by reading, side and year",
            "One row is one reading, side and year: people reported killed in fights between both sides. Computed by the report.",
            ("reading_id", "side", "year"),
            TOTALS,
            (Pointer("reading_id", "readings", "reading_id", is_list=False),),
            _totals(named, claims, events, actors, sources),
        ),
    }
    return Made(makers)


def _dated(frame: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    return _typed(frame.assign(**day_columns(frame["date"], "date")), columns)


def _claims(described: pd.DataFrame) -> pd.DataFrame:
    on_incidents = described[described["kind"].ne("period")]
    deciding = set(deciding_claims(on_incidents[counts(on_incidents)])["claim_id"])
    return _typed(on_incidents.assign(decides=on_incidents["claim_id"].isin(deciding)), CLAIMS)


def _totals(
    named: pd.DataFrame, claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    found = {reading.reading_id: core for reading, _, core in readings.counted(named, claims, events, actors, sources)}
    years = sorted({year for core in found.values() for year in core["year"]})
    rows = []
    for reading, core in found.items():
        for side in SIDES:
            for year in (ALL_YEARS, *years):
                of_year = core if year == ALL_YEARS else core[core["year"].eq(year)]
                sums = total(of_year, side=side)
                numbers = {end: sums[end] if sums["reported"] else pd.NA for end in RANGE}
                told = {"at_least": sums["at_least"], "incidents": sums["incidents"]}
                rows.append({"reading_id": reading, "side": side, "year": year} | numbers | told)
    return _typed(pd.DataFrame(rows), TOTALS)


def _typed(frame: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    """The columns of a table in their order and types; True is 1."""
    found = {}
    for column in columns:
        values = frame[column.name]
        values = values.astype(int) if values.dtype == bool else values
        found[column.name] = values.astype("Int64" if column.kind == "integer" else "string")
    return pd.DataFrame(found).reset_index(drop=True)
