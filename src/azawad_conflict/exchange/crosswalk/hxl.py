"""A table with a row of HXL tags below its head. Which tag goes where: data/crosswalk.csv."""

import pandas as pd

from azawad_conflict.edtf_dates import day_bounds
from azawad_conflict.exchange.crosswalk.scheme import columns_of

TABLES = ("events", "casualty_claims", "places", "actors", "control_claims", "control_spells", "sources", "ucdp_ged")
DAYS = ("#date+start", "#date+end", "#date+reported")  # tags of days, which a date of EDTF need not be


def tagged(frame: pd.DataFrame, table: str, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """The frame as text, with a first row of tags; a column without a tag has a blank there.

    table : one of TABLES. A date that may be a month or a span keeps its column without a tag, and the days that it allows come
    after the last column, as first_day and last_day. Items of a list are separated by semicolons.
    Raises ValueError for another table.
    """
    if table not in TABLES:
        raise ValueError(f"table {table!r}: has no HXL tags; there are: {', '.join(TABLES)}")
    tags = tags_of(table, crosswalk)
    cells = frame.map(_text)
    for tag in DAYS if table != "ucdp_ged" else ():  # its dates are days
        for column in [column for column, its in tags.items() if tag in its]:
            edge = "latest" if tag == "#date+end" and column != "end" else "earliest"
            day = day_bounds(frame[column].astype("string"))[edge].dt.strftime("%Y-%m-%d").fillna("")
            cells[_day_column(tag, column)] = day
            tags.setdefault(_day_column(tag, column), []).append(tag)
            tags[column] = [other for other in tags[column] if other != tag]
    head = {column: "".join(tags.get(column, ())) for column in cells}
    return pd.concat([pd.DataFrame([head]), cells], ignore_index=True)


def tags_of(table: str, crosswalk: pd.DataFrame) -> dict[str, list[str]]:
    """Column of a table to its tags, one but for a date, which has a first and a last day."""
    found: dict[str, list[str]] = {}
    for row in columns_of(crosswalk, "hxl").to_dict("records"):
        for name in row["ours"]:
            of_table, column = name.split(".")
            if of_table == table:
                found.setdefault(column, []).append(row["column"])
    return found


def _day_column(tag, column):
    return {"#date+start": "first_day", "#date+end": "last_day", "#date+reported": f"{column}_day"}[tag]


def _text(cell):
    if isinstance(cell, tuple):
        return ";".join(cell)
    return "" if pd.isna(cell) else str(cell)
