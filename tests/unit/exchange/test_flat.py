"""Flat frames: each cell as in the CSV, and days beside each date."""

import pandas as pd
import pytest

from azawad_conflict.exchange import flat


def as_text(cell):
    if cell is pd.NA:
        return ""
    return repr(cell) if isinstance(cell, float) else str(cell)


def test_each_cell_is_that_of_the_csv(flat_tables, records):
    for name, rows in records.items():
        table = flat_tables[name]
        for column, kind in ((column.name, column.kind) for column in table.columns if column.name in rows[0]):
            said = table.frame[column].astype(object).map(as_text).to_list()
            told = [row[column] for row in rows]
            if kind == "number":  # 19.11670 is 19.1167
                said, told = list(map(float, said)), list(map(float, told))
            assert said == told, f"{name}.{column}"


def test_days_stand_beside_each_date(toy):
    days = toy.frame[["date_first", "date_last", "date_precision"]].astype(object)
    assert days.where(days.notna(), None).to_numpy().tolist() == [
        ["2012-01-17", "2012-01-17", "day"],
        ["2012-02-01", "2012-02-29", "month"],
        ["2012-01-01", "2012-12-31", "year"],
        ["2012-01-20", "2012-01-21", "interval"],
        ["2012-02-01", None, "interval"],
        [None, None, None],
        ["1899-12-31", "1899-12-31", "day"],
        ["1916-01-01", "1916-12-31", "year"],
        ["2014-12-31", "2014-12-31", "day"],
    ]


def test_only_dates_of_the_schema_get_days(flat_tables):
    added = [name for name in flat_tables["control_spells"].frame if name.endswith("_first")]
    assert added == ["start_first", "end_first"]
    assert not any(name.endswith("_first") for name in flat_tables["changes"].frame)


def test_an_unknown_table_or_kind_is_refused_with_those_that_there_are(toy):
    with pytest.raises(KeyError, match=r"no such table.*event_claims"):
        flat.read(["evnts"])
    with pytest.raises(ValueError, match="there are: text, integer"):
        toy.names("datetime")
