"""Who held each town from when to when, as a table: the assessed spells, cut where their state changes, with what is only presumed.

The same rule as holder_by_day and the map, for programs that choose a day between two others.
"""

import pandas as pd

from azawad_conflict import territory
from azawad_conflict.edtf_dates import day_bounds
from azawad_conflict.exchange.flat import LIST_MARK, Column, Pointer, Table, iso_days, joined
from azawad_conflict.territory import PRESUMED_AFTER_DAYS

DAY = pd.Timedelta(days=1)
HOLDERS = (
    Column("part_id", "text", "Part of a spell over which neither its state nor the newest claim on it changes."),
    Column("spell_id", "text", "The spell, a row of control_spells of the reading assessed."),
    Column("place_id", "text", "Town."),
    Column("name", "text", "Name of the town."),
    Column(
        "valid_from",
        "day",
        "First day of the part. On a day the holders are the rows with valid_from <= day <= valid_to. Blank where no day of the spell is certain.",
    ),
    Column("valid_to", "day", "Last day of the part, at most the last day of the study."),
    Column(
        "state",
        "text",
        "held, shared, contested or empty, as in control_spells, where a claim documents it; presumed, whether one or several held it, where nothing"
        f" has documented it for more than {PRESUMED_AFTER_DAYS} days, or nothing yet.",
    ),
    Column("holder", "list", "Actors that held the town, in the order of the table actors. Blank where it was empty."),
    Column("holder_names", "list", "Short names of the holders, in the same order."),
    Column(
        "holder_sides",
        "list",
        "Sides of the holders, as in actors, in the same order; the maps of the report draw the holders of the side state alike, and those of the side allied.",
    ),
    Column("certainty", "text", "How safely the statement was recorded from its source, not how likely it is."),
    Column("last_documented", "day", "Earliest day that the newest claim on the spell so far can mean."),
    Column("start", "text", "First day of the spell, EDTF."),
    Column("end", "text", "First day after the spell, EDTF. Blank where it does not end within the study."),
    Column("possible_from", "day", "First day on which the spell may have begun."),
    Column("possible_to", "day", "Last day to which the spell may have lasted, at most the last day of the study."),
    Column("control_claims", "list", "Claims that the spell rests on."),
)


def town_holders(
    spells: pd.DataFrame, control_claims: pd.DataFrame, places: pd.DataFrame, actors: pd.DataFrame, phases: pd.DataFrame
) -> Table:
    """The table town_holders: one row per part of an assessed spell over which neither its state nor its newest claim changes; columns as in HOLDERS.

    All frames as `tables.load` gives them. A spell of which no day is certain has one row, whose valid_from and valid_to are
    blank. Rule: methods.md, "Control".
    """
    first_day, last_day = pd.Timestamp(phases["first_day"].min()), pd.Timestamp(phases["last_day"].max())
    assessed = territory.reading(spells, "assessed")
    parts = territory.spell_parts(assessed, control_claims)
    parts = parts[parts["start"].le(last_day) & parts["end"].gt(first_day)].set_index("spell")
    parts = pd.DataFrame(
        {
            "part_state": parts["state"],
            "valid_from": iso_days(parts["start"].clip(lower=first_day)),
            "valid_to": iso_days((parts["end"] - DAY).clip(upper=last_day)),
            "last_documented": iso_days(parts["confirmed"]),
        }
    )
    begun, ended = (day_bounds(assessed[name]) for name in ("start", "end"))
    told = assessed.assign(
        name=assessed["place_id"].map(places.set_index("place_id")["name"]),
        holder=_of_each(assessed["holder"], actors, "actor_id"),
        holder_names=_of_each(assessed["holder"], actors, "short_name"),
        holder_sides=_of_each(assessed["holder"], actors, "side"),
        possible_from=iso_days(begun["earliest"]),
        possible_to=iso_days((ended["latest"] - DAY).fillna(last_day).clip(upper=last_day)),
        control_claims=joined(assessed["control_claims"]),
    ).join(parts)
    number = told.groupby("spell_id").cumcount() + 1
    told = told.assign(
        part_id=told["spell_id"] + "_" + number.astype("string"), state=told["part_state"].fillna(told["state"])
    )
    frame = told[[column.name for column in HOLDERS]].astype("string").reset_index(drop=True)
    return Table(
        "town_holders",
        "Holders of towns",
        "One row is one part of a spell of the assessed reading over which neither its state nor the newest claim on it changes: who held a town from"
        " when to when, and whether that is only presumed. A town without a row on a day is unknown on it. Computed by the report.",
        ("part_id",),
        HOLDERS,
        (
            Pointer("spell_id", "control_spells", "spell_id", is_list=False),
            Pointer("place_id", "places", "place_id", is_list=False),
        ),
        frame,
    )


def _of_each(holders: pd.Series, actors: pd.DataFrame, column: str) -> pd.Series:
    """What a column of actors says of each holder, as one text, in the order of that table."""
    places = {actor: place for place, actor in enumerate(actors["actor_id"])}
    words = actors[column].to_list()
    texts = {
        held: LIST_MARK.join(words[place] for place in sorted(places[actor] for actor in held)) for held in set(holders)
    }
    return holders.map(texts).replace("", pd.NA).astype("string")
