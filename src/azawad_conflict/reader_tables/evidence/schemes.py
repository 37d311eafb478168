"""Tables on the schemes of others, with readers' headings: their columns, rows in them, and which events each has."""

import pandas as pd

from azawad_conflict.exchange.compare import REASONS
from azawad_conflict.exchange.crosswalk.hxl import tags_of
from azawad_conflict.exchange.crosswalk.scheme import columns_of
from azawad_conflict.wording import NO_BREAK, capital, number_range, short_date

NOTHING = "nothing"


def mapping(crosswalk: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """What fills each column of a scheme; one row per column."""
    columns = columns_of(crosswalk, scheme)
    types = columns["type"].where(
        columns["type"].eq(columns["made_as"]), columns["type"] + "; here " + columns["made_as"]
    )
    return pd.DataFrame(
        {
            "Column": columns["column"],
            "Type": types,
            "Filled from": [", ".join(names) if names else NOTHING for names in columns["ours"]],
            "How": columns["rule"].fillna("As it stands."),
            "What is lost": columns["lost"].fillna(""),
        }
    )


def ged_rows(rows: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The numbers of rows of ged.rows; one row per incident."""
    return pd.DataFrame(
        {
            "Date": [_days(row) for row in rows.to_dict("records")],
            "Incident": rows["id"].map(events.set_index("event_id")["name"]),
            "Dyad": rows["dyad_name"],
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
    """What happened in rows of acled.rows; one row per event and day."""
    return pd.DataFrame(
        {
            "Date": rows["event_date"].map(short_date),
            "Event type": rows["event_type"] + ": " + rows["sub_event_type"],
            "Actors": rows["actor1"] + " – " + rows["actor2"],
            "Location": rows["location"],
            "Fatalities": rows["fatalities"],
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
    """Which events each has, by the two sides; one row per two sides."""
    return pd.DataFrame(
        {
            "Sides": table["sides"],
            "Incidents here": table["incidents"],
            "of these, in both": table["incidents_joined"],
            "Records of UCDP": table["records"],
            "of those, in both": table["records_joined"],
            "Groups in both": table["groups"],
            "with UCDP's number in our range": table["inside"],
        }
    )


def beside(table: pd.DataFrame) -> pd.DataFrame:
    """What each has, event by event; one row per group of compare.beside that has an incident, or the MNLA as a party."""
    shown = table[table["match"].ne("ucdp") | table["sides"].str.contains("MNLA")]
    rows = shown.to_dict("records")
    return pd.DataFrame(
        {
            "Date": shown["date"].map(short_date),
            "This report": shown["names"].where(shown["names"].ne(""), "no incident"),
            "Killed": [number_range(row) if row["events"] else "" for row in rows],
            "UCDP": [f"{row['dyads']}: {len(row['records'])}" if row["records"] else "no record" for row in rows],
            "Deaths": [_deaths(row) for row in rows],
            "What it is": [_told(row) for row in rows],
        }
    )


def _deaths(row):
    if not row["records"]:
        return ""
    return number_range({"low": row["ucdp_best"], "high": row["ucdp_best"]})


def _told(row):
    """The reason, and what else differs between both."""
    parts = [REASONS[row["reason"]]]
    if row["match"] == "both":
        days = row["days_apart"]
        parts += [f"{days} days apart"] if days else []
        parts += ["another type of violence there"] if not row["same_type"] else []
    return capital("; ".join(parts)) + "."


def _days(row):
    return short_date(
        row["date_start"] if row["date_start"] == row["date_end"] else f"{row['date_start']}/{row['date_end']}"
    )


def _short(cell):
    """A value as text, cut where it is a long list."""
    text = str(cell)
    return text if len(text) <= 160 else f"{text[:157].rstrip()}{NO_BREAK}..."
