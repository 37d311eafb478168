"""One page of every claim, to search, filter and sort, with the totals of the claims that are shown.

casualties.incident_ranges and casualties.totals define the totals. book/_static/explorer.js
computes the same on the page, and shows one page of rows at a time. Without JavaScript a reader
sees the whole table and the published totals. The markup is in templates/explorer.html.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from docutils.nodes import make_id

from azawad_conflict.casualties import RANGE, SERIES, SIDES, core_killed, incident_ranges, total
from azawad_conflict.counting.counted import between_sides, described_claims, is_marked, whose_is_disputed
from azawad_conflict.counting.weight import weights
from azawad_conflict.evidence.claims import CLAIMS, casualty_claims, control_claims, other_claims
from azawad_conflict.language import N_, WordsByKey, _, number, said
from azawad_conflict.reader_tables.casualties import REPORTED_OF
from azawad_conflict.reader_tables.evidence import claims as as_read
from azawad_conflict.reader_tables.territory import HOW, holders
from azawad_conflict.tables import CITED_FROM
from azawad_conflict.templates import render
from azawad_conflict.wording import caution, short_date
from bookpress.sphinx.bibliography import citations

TABLES = (*CLAIMS, "events", "actors", "sources", "phases", "places")
NO_PLACE = N_("No place named")
SUBJECTS = WordsByKey(
    {
        "killed": "killed",
        "wounded": "wounded",
        "captured": "captured",
        "event": "author, date or course of an event",
        "control": "control of a place",
    }
)
HEADS = WordsByKey(
    {
        "event": "Event or place",
        "date": "Date",
        "place": "Place",
        "victim": "Victims",
        "claimed": "Claimed",
        "claimant": "Claimant",
        "source": "Source",
    }
)
FILTERS = {  # key: (label, column of the ids, column of the words)
    "event": (N_("Event"), "event_id", "event_name"),
    "place": (N_("Place"), "place_id", "place_name"),
    "victim": (N_("Victims"), "victim", "victim_name"),
    "outcome": (N_("Outcome or subject"), "subject", "subject_name"),
    "role": (N_("Where the claimant stands"), "claimant_role", "role_name"),
    "source": (N_("Source"), "source_id", "cited"),
}
# What the script says, with names in braces for what it fills in.
WORDS = WordsByKey(
    {
        "all": "All {whole} claims; rows {rows} are on this page.",
        "some": "{number} of {whole} claims; rows {rows} are on this page.",
        "none": "0 of {whole} claims. Take a filter away to see more.",
        "rows": "Rows {rows} of {number}",
        "more": "{number} or more",
    }
)
# filter: the column of the table whose words are its options', so that the page's data need not
# repeat them
IN_CELLS = {"source": "source"}
CHRONOLOGICAL = ("event", "outcome")  # filters whose options follow the rows, not the alphabet
# The facts by which the counting rule counts a claim; None if a claim is not on casualties.
ASKED = ["group", "side", "whole_side", "low", "best", "high", "weight", "carried", "counts", "part", "core", "whose"]


def explored(tables: dict[str, pd.DataFrame], cited: dict[str, str]) -> pd.DataFrame:
    """Return one row per claim of any kind, in order of date.

    tables : name to frame of each of TABLES. cited : source to the words that cite it. Columns:
    claim_id, date, head (the event or place, in words), claimed and said_by as the tables of claims
    word them, the columns that FILTERS names (missing if a claim has none), and ASKED. Unit:
    people.
    """
    names = tables["places"].set_index("place_id")["name"]
    rows = pd.concat([_casualties(tables), _others(tables), _control(tables)])
    rows = rows.assign(place_name=rows["place_id"].map(names).where(rows["place_id"].notna(), rows["place_name"]))
    for column in ("head", "event_name", "place_name", "victim_name"):
        rows[column] = said(rows[column])
    rows = rows.sort_values(["date", "head", "claim_id"], na_position="first", kind="stable", ignore_index=True)
    return rows.assign(
        role_name=rows["claimant_role"].map(as_read.ROLES),
        subject_name=rows["subject"].map(SUBJECTS),
        cited=rows["source_id"].map(cited),
    )


SHARED = ["claim_id", "date", "event_id", "event_name", "claimant_role", "source_id"]


def _casualties(tables):
    """Return the rows of the casualty claims, the only ones that are counted."""
    claims, events, actors, phases = (tables[name] for name in ("casualty_claims", "events", "actors", "phases"))
    listed = casualty_claims(claims, events, actors, phases)
    words = as_read.casualties(listed)
    described = (
        described_claims(claims, events, actors, tables["sources"])
        .set_index("claim_id")
        .loc[listed["claim_id"]]
        .reset_index()
    )
    return _placed(listed[[*SHARED, "victim", "victim_name", "low", "best", "high"]], events).assign(
        head=listed["event_name"],
        subject=listed["outcome"],
        claimed=words[_("Claimed")],
        said_by=as_read.said_by(listed),
        group=described["group"],
        side=described["side"],
        whole_side=described["group"].map(actors.set_index("actor_id")["side"]),
        weight=weights(described),
        carried=described["carried_by_encyclopaedia"].astype(int),
        counts=is_marked(described).astype(int),
        part=described["counted"].eq("part").astype(int),
        core=(described["kind"].ne("period") & between_sides(described)).astype(int),
        whose=whose_is_disputed(described).astype(int),
    )


def _others(tables):
    """Return the rows of the claims on perpetrators, dates and courses of events."""
    listed = other_claims(
        *(tables[name] for name in ("attribution_claims", "event_claims", "events", "actors", "phases"))
    )
    words = as_read.others(listed)
    return _placed(listed[SHARED], tables["events"]).assign(
        head=listed["event_name"], subject="event", claimed=words[_("What is said")], said_by=as_read.said_by(listed)
    )


def _control(tables):
    """Return the rows of the claims on who held a place."""
    listed = control_claims(tables["control_claims"], tables["places"])
    short = tables["actors"].set_index("actor_id")["short_name"]
    moves = [
        _("From {before} to {after}: {how}").format(
            before=holders(row["from_holder"], short), after=holders(row["to_holder"], short), how=HOW[row["how"]]
        )
        for row in listed.to_dict("records")
    ]
    return listed[["claim_id", "date", "event_id", "claimant_role", "source_id", "place_id", "place_name"]].assign(
        event_name=listed["event_id"].map(tables["events"].set_index("event_id")["name"]),
        head=listed["place_name"],
        subject="control",
        claimed=moves,
        said_by=as_read.said_by(listed),
    )


def _placed(claims, events):
    """Add to claims on events the place of their event."""
    return claims.assign(place_id=claims["event_id"].map(events.set_index("event_id")["place_id"]), place_name=NO_PLACE)


def claims_html(tables: dict[str, pd.DataFrame], cited: dict[str, str] | None = None) -> str:
    """Return form, totals and table of all claims as a fragment of HTML.

    tables : as for explored. cited : source to the words that cite it; by default those of the
    bibliography. Unit: people.
    """
    rows = explored(tables, citations(CITED_FROM) if cited is None else cited)
    ranges = incident_ranges(*(tables[name] for name in ("casualty_claims", "events", "actors", "sources")))
    printed = rows.assign(
        day=rows["date"].map(short_date),
        victim_name=rows["victim_name"].fillna(""),
        reference=("ref-" + rows["source_id"]).map(make_id),
    )
    return render(
        "explorer.html",
        filters=[_filter(rows, key) for key in FILTERS],
        totals=_totals(ranges),
        caution=caution(core_killed(ranges)),
        heads=HEADS,
        rows=printed.to_dict("records"),
        data=data(rows),
    )


def data(rows: pd.DataFrame) -> dict[str, Any]:
    """Return the data by which the page filters and counts, for JSON.

    words : WORDS. columns : names. rows : one list per claim, in the order of the table. A filter
    whose words stand in a column of the table (IN_CELLS) has no column here.
    """
    columns = {key: rows[ids] for key, (_label, ids, _words) in FILTERS.items() if key not in IN_CELLS} | {
        name: rows[name] for name in ASKED
    }
    cells = [
        [None if pd.isna(value) else int(value) if isinstance(value, float) else value for value in column.tolist()]
        for column in columns.values()
    ]
    return {
        "words": dict(WORDS.items()),
        "columns": list(columns),
        "rows": [list(row) for row in zip(*cells, strict=True)],
    }


def _filter(rows, key):
    """Return one filter with its options as (id, words) pairs."""
    label, ids, words = FILTERS[key]
    values = rows[[ids, words]].dropna().drop_duplicates(ids)
    if key not in CHRONOLOGICAL:
        values = values.sort_values(words, key=lambda column: column.str.normalize("NFKD").str.casefold())
    return {"key": key, "label": _(label), "cells": IN_CELLS.get(key), "options": list(values.itertuples(index=False))}


def _totals(ranges):
    """Return one row per side and outcome: the total of all claims, which the script replaces."""
    return [
        {
            "side": side,
            "outcome": outcome,
            "words": words.format(side=SERIES[side]),
            "cells": total_cells(total(ranges, side=side, outcome=outcome, scope="core", violence_type="non_state")),
        }
        for side in SIDES
        for outcome, words in REPORTED_OF.items()
    ]


def total_cells(found: Mapping[str, Any] | pd.Series) -> list[str]:
    """Word low, best, high and incidents of a total.

    They are dashes if no claim states a number, for that is no zero.
    """
    if not found["reported"]:
        return ["–", "–", "–", str(found["incidents"])]
    low, best, high = (number(found[column]) for column in RANGE)
    return [low, best, WORDS["more"].format(number=high) if found["at_least"] else high, str(found["incidents"])]
