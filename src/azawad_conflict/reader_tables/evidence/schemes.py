"""Tables on the schemes of others, with readers' headings: their columns, rows in them, and which events each has."""

import pandas as pd

from azawad_conflict.counting.terms import CONTESTED_RATIO
from azawad_conflict.exchange.compare import REASONS
from azawad_conflict.exchange.crosswalk.hxl import tags_of
from azawad_conflict.exchange.crosswalk.scheme import columns_of
from azawad_conflict.language import ENGLISH, N_, WordsByKey, _, language, number, plural, said
from azawad_conflict.reader_tables.casualties import signed
from azawad_conflict.wording import NO_BREAK, capital, in_language, number_range, short_date

OTHERS = N_("All other parties")
TYPES = WordsByKey({"integer": "integer", "number": "number", "text": "text", "date": "date"})


def mapping(crosswalk: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """What fills each column of a scheme; one row per column."""
    columns = columns_of(crosswalk, scheme)
    return pd.DataFrame(
        {
            _("Column"): [f"{row['column']} ({_type(row)})" for row in columns.to_dict("records")],
            _("Filled from, and how"): [_filled(row) for row in columns.to_dict("records")],
            _("What is lost"): said(columns["lost"]).fillna(""),
        }
    )


def _type(row):
    """The type of a column, and the one that it has here."""
    said, made = TYPES[row["type"]], TYPES[row["made_as"]]
    return said if said == made else _("{type}; here {made}").format(type=said, made=made)


def _filled(row):
    """The columns that fill one, and the rule; the rule alone where nothing does."""
    how = _(row["rule"]) if pd.notna(row["rule"]) else _("As it stands.")
    return f"{', '.join(row['ours'])}. {how}" if row["ours"] else how


def ged_rows(rows: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The numbers of rows of ged.rows; one row per incident."""
    return pd.DataFrame(
        {
            _("Date"): [_days(row) for row in rows.to_dict("records")],
            _("Incident"): rows["id"].map(said(events.set_index("event_id")["name"])),
            _("Type"): rows["type_of_violence"],
            _("Side a"): rows["deaths_a"],
            _("Side b"): rows["deaths_b"],
            _("Civilians"): rows["deaths_civilians"],
            _("Unknown"): rows["deaths_unknown"],
            _("Best"): rows["best"],
            _("Low"): rows["low"],
            _("High"): rows["high"],
        }
    )


def acled_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """What rows of acled.rows are; one row per type of event, with its events, its rows and those with a death."""
    kinds = rows.assign(event=rows["event_id_cnty"].str.rpartition("-")[0]).groupby(["event_type", "sub_event_type"])
    counts = kinds.agg(
        events=("event", "nunique"),
        rows=("event", "size"),
        deadly=("fatalities", lambda deaths: int(deaths.gt(0).sum())),
    ).reset_index()
    counts = counts.sort_values(["event_type", "events"], ascending=[True, False], kind="stable")
    return pd.DataFrame(
        {
            _("Event type"): _as_named(counts["event_type"]),
            _("Sub-event type"): _as_named(counts["sub_event_type"]),
            _("Events"): counts["events"],
            _("Rows"): counts["rows"],
            _("Rows with a death"): counts["deadly"],
        }
    )


def _as_named(names):
    """Names that a codebook in English gives, marked as such for readers of another language."""
    return names if language() == ENGLISH else [in_language(name, ENGLISH) for name in names]


def example(rows: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
    """One row of a scheme, its filled columns below each other. Raises KeyError for a value that no row has."""
    chosen = rows[rows[key] == value]
    if chosen.empty:
        raise KeyError(f"{value!r}: no row has it in {key}")
    row = chosen.iloc[0].dropna()
    return pd.DataFrame({_("Column"): row.index, _("Value"): [_short(cell) for cell in row]})


def tags(table: str, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """The HXL tags of one of our tables; one row per column that has any."""
    found = tags_of(table, crosswalk)
    return pd.DataFrame({_("Column"): list(found), _("Tag"): [", ".join(its) for its in found.values()]})


def reasons(left: pd.DataFrame) -> pd.DataFrame:
    """Why events have no row; one row per reason, with their number."""
    counts = left["reason"].value_counts()
    return pd.DataFrame({_("Why"): [capital(_(reason)) for reason in counts.index], _("Events"): counts.to_numpy()})


def agreement(table: pd.DataFrame) -> pd.DataFrame:
    """Which events each has, by the two sides; one row per two sides with the MNLA or with something joined, and one for the rest."""
    shown = table["sides"].str.contains("MNLA") | table["groups"].gt(0)
    rest = table[~shown].drop(columns="sides").sum().to_frame().T.assign(sides=OTHERS)
    rows = pd.concat([table[shown], rest], ignore_index=True)
    return pd.DataFrame(
        {
            _("Parties"): rows["sides"].map(_parties),
            _("Incidents here"): rows["incidents"],
            _("Incidents joined"): rows["incidents_joined"],
            _("Records of UCDP"): rows["records"],
            _("Records joined"): rows["records_joined"],
            _("Groups joined"): rows["groups"],
            _("UCDP's number inside"): rows["inside"],
        }
    )


def _parties(sides):
    """Two sides as compare.SIDES names them; a voice passes over the dash between them."""
    return capital(_("; ").join(_(side) for side in sides.split(" – ")))


def outcomes(table: pd.DataFrame) -> pd.DataFrame:
    """What came of the comparison; one row per outcome that occurs."""
    found = [reason for reason in REASONS if table["reason"].eq(reason).any()]
    groups = [table[table["reason"].eq(reason)] for reason in found]
    return pd.DataFrame(
        {
            _("Result"): [capital(_(REASONS[reason][0])) for reason in found],
            _("What it means"): [_(REASONS[reason][1]) for reason in found],
            _("Incidents"): [int(group["events"].map(len).sum()) for group in groups],
            _("Records"): [int(group["records"].map(len).sum()) for group in groups],
        }
    )


def joined(table: pd.DataFrame) -> pd.DataFrame:
    """What each says of the events that both have, and why it may differ; one row per joined group."""
    rows = table[table["match"] == "both"].to_dict("records")
    return pd.DataFrame(
        {
            _("Date"): [short_date(row["date"]) for row in rows],
            _("Incidents"): [_each(row["names"]) for row in rows],
            _("Killed, here"): [number_range(row) for row in rows],
            _("Best, here"): [row["best"] for row in rows],
            _("Best, UCDP"): [row["ucdp_best"] for row in rows],
            _("Difference"): [signed(row["ucdp_best"] - row["best"]) for row in rows],
            _("Why they may differ"): [capital(_("; ").join(_why(row))) + "." for row in rows],
        }
    )


def _why(row):
    """What the rows say that can make the numbers of a joined group differ."""
    told = {
        _("several incidents here, which no record is tied to"): len(row["events"]) > 1,
        _("several records there, within days"): len(row["records"]) > 1,
        _("the highest number here is at least twice the lowest"): row["high"] >= CONTESTED_RATIO * max(row["low"], 1),
        _("another type of violence there"): not row["same_type"],
        _("a working record, not released"): not row["released"],
        _("the days lie apart"): pd.notna(row["days_apart"]) and row["days_apart"] > 0,
        _("the days there are those of the whole dyad"): pd.isna(row["days_apart"]),
        _("a party is disputed here"): row["disputed"],
        _("claims here lie on either side of UCDP's number"): row["low"] < row["ucdp_best"] < row["high"],
    }
    return [words for words, holds in told.items() if holds] or [_("one incident and one record")]


def beside(table: pd.DataFrame) -> pd.DataFrame:
    """What each has, event by event; one row per group of compare.beside that has an incident, or the MNLA as a party."""
    shown = table[table["match"].ne("ucdp") | table["sides"].str.contains("MNLA")]
    rows = shown.to_dict("records")
    return pd.DataFrame(
        {
            _("Date"): shown["date"].map(short_date),
            _("This report"): [_each(names) or _("no incident") for names in shown["names"]],
            _("Killed"): [number_range(row) if row["events"] else "" for row in rows],
            _("UCDP"): [
                _dyads(row["dyads"]) or (_("not known") if row["reason"] == "year_only" else _("no record"))
                for row in rows
            ],
            _("Records"): [str(len(row["records"])) if row["records"] else "" for row in rows],
            _("Deaths"): ["" if pd.isna(row["ucdp_best"]) else number(row["ucdp_best"]) for row in rows],
            _("Result"): [_told(row) for row in rows],
        }
    )


def _each(names):
    """Names of the data with "; " between, as a table of the comparison has them."""
    return _("; ").join(_(name) for name in names.split("; "))


def _dyads(names):
    """UCDP's names of dyads with their sides told apart in words: "MAA versus CMA"."""
    return _(" versus ").join(_each(names).split(" - "))


def _told(row):
    """The outcome, and what else differs between both."""
    parts = [_(REASONS[row["reason"]][0])]
    if row["match"] == "both":
        parts += [_apart(row["days_apart"])] if pd.notna(row["days_apart"]) and row["days_apart"] else []
        parts += [_("another type there")] if not row["same_type"] else []
    parts += [_("a party is disputed")] if row["disputed"] and row["reason"] != "disputed" else []
    return capital(_("; ").join(parts))


def _apart(days):
    return plural("{number} days apart", "{number} days apart", days).format(number=number(days))


def _days(row):
    return short_date(
        row["date_start"] if row["date_start"] == row["date_end"] else f"{row['date_start']}/{row['date_end']}"
    )


def _short(cell):
    """A value as text, cut where it is a long list."""
    text = str(cell)
    return text if len(text) <= 160 else f"{text[:157].rstrip()}{NO_BREAK}..."
