"""Tables on the schemes of others, with readers' headings: their columns, rows in them, and which events each has."""

import pandas as pd

from azawad_conflict.counting.terms import CONTESTED_RATIO
from azawad_conflict.exchange.compare import REASONS
from azawad_conflict.exchange.crosswalk.hxl import tags_of
from azawad_conflict.exchange.crosswalk.scheme import columns_of
from azawad_conflict.wording import NO_BREAK, capital, number_range, short_date


def mapping(crosswalk: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """What fills each column of a scheme; one row per column."""
    columns = columns_of(crosswalk, scheme)
    types = columns["type"].where(
        columns["type"].eq(columns["made_as"]), columns["type"] + "; here " + columns["made_as"]
    )
    return pd.DataFrame(
        {
            "Column": columns["column"] + " (" + types + ")",
            "Filled from, and how": [_filled(row) for row in columns.to_dict("records")],
            "What is lost": columns["lost"].fillna(""),
        }
    )


def _filled(row):
    """The columns that fill one, and the rule; the rule alone where nothing does."""
    how = row["rule"] if pd.notna(row["rule"]) else "As it stands."
    return f"{', '.join(row['ours'])}. {how}" if row["ours"] else how


def ged_rows(rows: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The numbers of rows of ged.rows; one row per incident."""
    return pd.DataFrame(
        {
            "Date": [_days(row) for row in rows.to_dict("records")],
            "Incident": rows["id"].map(events.set_index("event_id")["name"]),
            "Type": rows["type_of_violence"],
            "Side a": rows["deaths_a"],
            "Side b": rows["deaths_b"],
            "Civilians": rows["deaths_civilians"],
            "Unknown": rows["deaths_unknown"],
            "Best": rows["best"],
            "Low": rows["low"],
            "High": rows["high"],
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
            "Event type": counts["event_type"],
            "Sub-event type": counts["sub_event_type"],
            "Events": counts["events"],
            "Rows": counts["rows"],
            "Rows with a death": counts["deadly"],
        }
    )


def example(rows: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
    """One row of a scheme, its filled columns below each other. Raises KeyError for a value that no row has."""
    chosen = rows[rows[key] == value]
    if chosen.empty:
        raise KeyError(f"{value!r}: no row has it in {key}")
    row = chosen.iloc[0].dropna()
    return pd.DataFrame({"Column": row.index, "Value": [_short(cell) for cell in row]})


def tags(table: str, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """The HXL tags of one of our tables; one row per column that has any."""
    found = tags_of(table, crosswalk)
    return pd.DataFrame({"Column": list(found), "Tag": [", ".join(its) for its in found.values()]})


def reasons(left: pd.DataFrame) -> pd.DataFrame:
    """Why events have no row; one row per reason, with their number."""
    counts = left["reason"].value_counts()
    return pd.DataFrame({"Why": [capital(reason) for reason in counts.index], "Events": counts.to_numpy()})


def agreement(table: pd.DataFrame) -> pd.DataFrame:
    """Which events each has, by the two sides; one row per two sides with the MNLA or with something joined, and one for the rest."""
    shown = table["sides"].str.contains("MNLA") | table["groups"].gt(0)
    rest = table[~shown].drop(columns="sides").sum().to_frame().T.assign(sides="All other parties")
    rows = pd.concat([table[shown], rest], ignore_index=True)
    return pd.DataFrame(
        {
            "Parties": rows["sides"].map(capital),
            "Incidents here": rows["incidents"],
            "joined": rows["incidents_joined"],
            "Records of UCDP": rows["records"],
            "joined there": rows["records_joined"],
            "Groups joined": rows["groups"],
            "UCDP's number inside": rows["inside"],
        }
    )


def outcomes(table: pd.DataFrame) -> pd.DataFrame:
    """What came of the comparison; one row per outcome that occurs."""
    found = [(reason, words) for reason, words in REASONS.items() if table["reason"].eq(reason).any()]
    groups = [table[table["reason"].eq(reason)] for reason, _ in found]
    return pd.DataFrame(
        {
            "Outcome": [capital(short) for _, (short, _) in found],
            "What it means": [meaning for _, (_, meaning) in found],
            "Incidents": [int(group["events"].map(len).sum()) for group in groups],
            "Records": [int(group["records"].map(len).sum()) for group in groups],
        }
    )


def joined(table: pd.DataFrame) -> pd.DataFrame:
    """What each says of the events that both have, and why it may differ; one row per joined group."""
    rows = table[table["match"] == "both"].to_dict("records")
    return pd.DataFrame(
        {
            "Date": [short_date(row["date"]) for row in rows],
            "Incidents": [row["names"] for row in rows],
            "Killed, here": [number_range(row) for row in rows],
            "Best, here": [row["best"] for row in rows],
            "Best, UCDP": [row["ucdp_best"] for row in rows],
            "Difference": [_signed(row["ucdp_best"] - row["best"]) for row in rows],
            "Why they may differ": [capital("; ".join(_why(row))) + "." for row in rows],
        }
    )


def _why(row):
    """What the rows say that can make the numbers of a joined group differ."""
    told = {
        "several incidents here, which no record is tied to": len(row["events"]) > 1,
        "several records there, within days": len(row["records"]) > 1,
        "the highest number here is at least twice the lowest": row["high"] >= CONTESTED_RATIO * max(row["low"], 1),
        "another type of violence there": not row["same_type"],
        "a working record, not released": not row["released"],
        "the days lie apart": row["days_apart"] > 0,
        "claims here lie on either side of UCDP's number": row["low"] < row["ucdp_best"] < row["high"],
    }
    return [words for words, holds in told.items() if holds] or ["one incident and one record"]


def _signed(number):
    return f"{number:+,}".replace("-", "−") if number else "0"


def beside(table: pd.DataFrame) -> pd.DataFrame:
    """What each has, event by event; one row per group of compare.beside that has an incident, or the MNLA as a party."""
    shown = table[table["match"].ne("ucdp") | table["sides"].str.contains("MNLA")]
    rows = shown.to_dict("records")
    return pd.DataFrame(
        {
            "Date": shown["date"].map(short_date),
            "This report": shown["names"].where(shown["names"].ne(""), "no incident"),
            "Killed": [number_range(row) if row["events"] else "" for row in rows],
            "UCDP": [row["dyads"] or ("not known" if row["reason"] == "year_only" else "no record") for row in rows],
            "Records": [str(len(row["records"])) if row["records"] else "" for row in rows],
            "Deaths": ["" if pd.isna(row["ucdp_best"]) else f"{row['ucdp_best']:,}" for row in rows],
            "Outcome": [_told(row) for row in rows],
        }
    )


def _told(row):
    """The outcome, and what else differs between both."""
    parts = [REASONS[row["reason"]][0]]
    if row["match"] == "both":
        parts += [f"{row['days_apart']} days apart"] if row["days_apart"] else []
        parts += ["another type there"] if not row["same_type"] else []
    return capital("; ".join(parts))


def _days(row):
    return short_date(
        row["date_start"] if row["date_start"] == row["date_end"] else f"{row['date_start']}/{row['date_end']}"
    )


def _short(cell):
    """A value as text, cut where it is a long list."""
    text = str(cell)
    return text if len(text) <= 160 else f"{text[:157].rstrip()}{NO_BREAK}..."
