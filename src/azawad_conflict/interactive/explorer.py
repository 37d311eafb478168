"""Every claim on one page that a reader can search, filter and sort, with the totals of the claims that are shown.

The totals are those of casualties.incident_ranges and casualties.totals over these claims. book/_static/explorer.js does the
same on the page, and shows one page of rows at a time. Without JavaScript the whole table and the published totals stand there.
"""

import json
from html import escape

import pandas as pd
from docutils.nodes import make_id

from azawad_conflict.casualties import SERIES, SIDES, core_killed, incident_ranges, total
from azawad_conflict.counting.counted import between_sides, described_claims, ranks, whose_is_disputed
from azawad_conflict.evidence.claims import CLAIMS, casualty_claims, control_claims, other_claims
from azawad_conflict.reader_tables.evidence import claims as as_read
from azawad_conflict.reader_tables.territory import HOW, holders
from azawad_conflict.tables import REPOSITORY
from azawad_conflict.wording import caution, short_date
from bookpress.sphinx.bibliography import citations

BIBLIOGRAPHY = REPOSITORY / "book" / "references.bib"
TABLES = (*CLAIMS, "events", "actors", "sources", "phases", "places")
NO_PLACE = "No place named"
OUTCOMES = ("killed", "wounded", "captured")
SUBJECTS = {outcome: outcome for outcome in OUTCOMES} | {
    "event": "author, date or course of an event",
    "control": "control of a place",
}
HEADS = {
    "event": "Event or place",
    "date": "Date",
    "place": "Place",
    "victim": "Victims",
    "claimed": "Claimed",
    "claimant": "Claimant",
    "source": "Source",
}
FILTERS = {  # key: (label, column of the ids, column of the words)
    "event": ("Event", "event_id", "event_name"),
    "place": ("Place", "place_id", "place_name"),
    "victim": ("Victims", "victim", "victim_name"),
    "outcome": ("Outcome or subject", "subject", "subject_name"),
    "role": ("Where the claimant stands", "claimant_role", "role_name"),
    "source": ("Source", "source_id", "cited"),
}
IN_CELLS = {
    "source": "source"
}  # filter: the column of the table whose words are its options', so that the page's data need not say it again
CHRONOLOGICAL = ("event", "outcome")  # filters whose options stand in the order of the rows, not of their words
# What the counting rule asks of a claim, in the order of the page's data; None where a claim is not on casualties.
ASKED = [
    "group",
    "side",
    "whole_side",
    "low",
    "best",
    "high",
    "rank",
    "published",
    "carried",
    "counts",
    "core",
    "whose",
]


def explored(tables, cited):
    """One row per claim of any kind, in order of date, with what the page shows, filters by and counts.

    tables : name to frame of each of TABLES. cited : source to the words that cite it. Returns claim_id, date, head (what the row is on, in words), claimed and said_by as the
    tables of claims word them, the columns that FILTERS names (missing where a claim has none) and ASKED. Unit: people.
    """
    names = tables["places"].set_index("place_id")["name"]
    rows = pd.concat([_casualties(tables), _others(tables), _control(tables)])
    rows = rows.sort_values(["date", "head", "claim_id"], na_position="first", kind="stable", ignore_index=True)
    return rows.assign(
        place_name=rows["place_id"].map(names).where(rows["place_id"].notna(), rows["place_name"]),
        role_name=rows["claimant_role"].map(as_read.ROLES),
        subject_name=rows["subject"].map(SUBJECTS),
        cited=rows["source_id"].map(cited),
    )


SHARED = ["claim_id", "date", "event_id", "event_name", "claimant_role", "source_id"]


def _casualties(tables):
    """The casualty claims; only they are counted."""
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
        claimed=words["Claimed"],
        said_by=words["Claimant"],
        group=described["group"],
        side=described["side"],
        whole_side=described["group"].map(actors.set_index("actor_id")["side"]),
        rank=ranks(described),
        published=described["published"].fillna(""),
        carried=described["carried_by_encyclopaedia"].astype(int),
        counts=described["counted"].eq("yes").astype(int),
        core=(described["kind"].ne("period") & between_sides(described)).astype(int),
        whose=whose_is_disputed(described).astype(int),
    )


def _others(tables):
    """The claims on perpetrators, dates and courses of events."""
    listed = other_claims(
        *(tables[name] for name in ("attribution_claims", "event_claims", "events", "actors", "phases"))
    )
    words = as_read.others(listed)
    return _placed(listed[SHARED], tables["events"]).assign(
        head=listed["event_name"], subject="event", claimed=words["What is said"], said_by=words["Claimant"]
    )


def _control(tables):
    """The claims on who held a place."""
    listed = control_claims(tables["control_claims"], tables["places"])
    short = tables["actors"].set_index("actor_id")["short_name"]
    moves = [
        f"From {holders(row['from_holder'], short)} to {holders(row['to_holder'], short)}: {HOW[row['how']]}"
        for row in listed.to_dict("records")
    ]
    return listed[["claim_id", "date", "event_id", "claimant_role", "source_id", "place_id", "place_name"]].assign(
        event_name=listed["event_id"].map(tables["events"].set_index("event_id")["name"]),
        head=listed["place_name"],
        subject="control",
        claimed=moves,
        said_by=as_read.control(listed, tables["actors"])["Claimant"],
    )


def _placed(claims, events):
    """Claims on events with the place of their event."""
    return claims.assign(place_id=claims["event_id"].map(events.set_index("event_id")["place_id"]), place_name=NO_PLACE)


def claims_html(tables, cited=None):
    """Form, totals and table of all claims as a fragment of HTML; without JavaScript the form is hidden.

    tables : as for explored. cited : source to the words that cite it; those of the bibliography by default. Unit: people.
    """
    rows = explored(tables, citations(BIBLIOGRAPHY) if cited is None else cited)
    ranges = incident_ranges(*(tables[name] for name in ("casualty_claims", "events", "actors", "sources")))
    return "\n".join(
        [
            '<section class="explorer" id="explorer" aria-label="Claims">',
            _form(rows),
            f'<p role="status">All {len(rows):,} claims are shown.</p>',
            _totals(ranges),
            _pager("above"),
            _table(rows),
            _pager("below"),
            f'<script type="application/json" id="explorer-data">{as_json(data(rows))}</script>',
            "</section>",
        ]
    )


def data(rows):
    """What the page filters and counts by: the names of the columns, and one list per claim in the order of the table.

    A filter whose words stand in a column of the table (IN_CELLS) is not among them.
    """
    columns = {key: rows[ids] for key, (_, ids, _) in FILTERS.items() if key not in IN_CELLS} | {
        name: rows[name] for name in ASKED
    }
    cells = [
        [None if pd.isna(value) else int(value) if isinstance(value, float) else value for value in column.tolist()]
        for column in columns.values()
    ]
    return {"columns": list(columns), "rows": [list(row) for row in zip(*cells, strict=True)]}


def _form(rows):
    fields = "".join(_select(rows, key) for key in FILTERS)
    return (
        '<form role="search" autocomplete="off" aria-label="Find claims" class="with-script"><p><label for="find-words">Words</label>'
        f'<input type="search" id="find-words"></p>{fields}'
        '<p><button type="reset">Show all claims</button> <button type="button">Download what matches (CSV)</button></p></form>'
    )


def _select(rows, key):
    label, ids, words = FILTERS[key]
    values = rows[[ids, words]].dropna().drop_duplicates(ids)
    if key not in CHRONOLOGICAL:
        values = values.sort_values(words, key=lambda column: column.str.normalize("NFKD").str.casefold())
    options = "".join(
        f'<option value="{escape(value)}">{escape(word)}</option>' for value, word in values.itertuples(index=False)
    )
    cells = f' data-cells="{IN_CELLS[key]}"' if key in IN_CELLS else ""
    return f'<p><label for="find-{key}">{label}</label><select id="find-{key}" name="{key}"{cells}><option value="">any</option>{options}</select></p>'


def _totals(ranges):
    """The totals of all claims, which the script replaces by those of the claims that are shown."""
    body = ""
    for side in SIDES:
        for outcome in OUTCOMES:
            found = total(ranges, side=side, outcome=outcome, scope="core", violence_type="non_state")
            cells = "".join(f"<td>{cell}</td>" for cell in total_cells(found))
            body += f'<tr data-side="{side}" data-outcome="{outcome}"><th scope="row">{SERIES[side]}, {outcome}</th>{cells}</tr>'
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Side and outcome", "Low", "Best", "High", "Incidents"))
    return (
        '<table class="totals"><caption>What the claims that match add up to under the published counting rule, in fights between both sides. '
        "Outcomes are never added together; claims on periods and claims marked “not counted” add nothing. Of all claims on people killed: "
        f"{escape(caution(core_killed(ranges)))} Unit: people.</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def total_cells(found):
    """Low, best, high and incidents of a total as words; dashes where no claim states a number, which is not a zero."""
    if not found["reported"]:
        return ["–", "–", "–", str(found["incidents"])]
    high = f"{found['high']:,}" + (" or more" if found["at_least"] else "")
    return [f"{found['low']:,}", f"{found['best']:,}", high, str(found["incidents"])]


def _table(rows):
    heads = "".join(f'<th scope="col" data-sort="{key}">{words}</th>' for key, words in HEADS.items())
    body = "\n".join(_row(row) for row in rows.to_dict("records"))
    return (
        '<table class="claims"><caption>Every claim: one row is one statement by one claimant. Casualties are counted in people.</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>\n{body}\n</tbody></table>"
    )


def _pager(place):
    """The way from one page of rows to the next; the script shows it where there are several."""
    return (
        f'<nav class="pager" aria-label="Pages of rows, {place} the table" hidden><button type="button" data-turn="-1">Previous</button> '
        '<span></span> <button type="button" data-turn="1">Next</button></nav>'
    )


def _row(row):
    victim = "" if pd.isna(row["victim_name"]) else row["victim_name"]
    words = [short_date(row["date"]), row["place_name"], victim, row["claimed"], row["said_by"]]
    cells = "".join(f"<td>{escape(word)}</td>" for word in words)
    return (
        f'<tr id="claim-{escape(row["claim_id"])}"><th scope="row">{escape(row["head"])}</th>{cells}'
        f'<td><a class="cited" href="references.html#{make_id("ref-" + row["source_id"])}">{escape(row["cited"])}</a></td></tr>'
    )


def as_json(value):
    """JSON that cannot end the element that holds it."""
    return (
        json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
