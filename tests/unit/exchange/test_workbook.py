"""The workbook, read back with another library: cells of the CSV with their types, and no formula."""

import dataclasses
import datetime
import io

import openpyxl
import pandas as pd
import pytest

from azawad_conflict.exchange import workbook as module
from azawad_conflict.exchange.workbook import workbook


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def made(package):
    return workbook(package.tables, package.about)


def test_each_cell_is_that_of_the_flat_frame_with_its_type(made, flat_tables):
    book = opened(made)
    assert book.sheetnames == ["README", *flat_tables, "columns"]
    for name, table in flat_tables.items():
        head, *rows = book[name].iter_rows(values_only=True)
        assert list(head) == list(table.frame.columns)
        days = table.names("day")
        wanted = table.frame.astype(object).where(table.frame.notna(), None)
        for place, column in enumerate(wanted):
            said = [row[place] for row in rows]
            if column in days:
                said = [cell.date().isoformat() if isinstance(cell, datetime.datetime) else cell for cell in said]
            told = wanted[column].to_list()
            assert said == told, f"{name}.{column}"
            assert {type(cell) for cell in said} == {type(cell) for cell in told} or "number" in table.names("number")


def test_heads_stay_in_sight_and_filter(made, flat_tables):
    book = opened(made)
    for sheet in (book[name] for name in flat_tables):
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.font.bold for cell in sheet[1])


def test_what_looks_like_a_formula_an_address_or_a_number_stays_text(toy, package):
    sheet = opened(workbook({"toys": toy}, package.about))["toys"]
    cells = [row[1] for row in sheet.iter_rows(min_row=2, max_row=9)]
    assert [cell.value for cell in cells] == toy.frame["words"].to_list()[:-1]
    assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)


def test_days_are_dates_but_for_those_before_the_first_that_excel_counts_right(toy, package):
    rows = opened(workbook({"toys": toy}, package.about))["toys"].iter_rows(min_row=2, values_only=True)
    first = [row[6] for row in rows]
    assert first[0] == datetime.datetime(2012, 1, 17) and first[6] == "1899-12-31"
    assert first[7] == datetime.datetime(1916, 1, 1)


def test_the_readme_says_edition_licence_citation_and_rules(made, package, flat_tables):
    book = opened(made)
    words = "\n".join(
        str(cell) for row in book["README"].iter_rows(values_only=True) for cell in row if cell is not None
    )
    about = package.about
    for said in (about.title, about.version, about.licence, about.citation, *about.rules):
        assert said in words
    assert all(table.description in words for table in flat_tables.values())
    assert book.properties.created == datetime.datetime.combine(about.date, datetime.time())


def test_two_runs_give_the_same_bytes(made, package):
    assert workbook(package.tables, package.about) == made


def test_a_table_or_text_that_excel_cannot_hold_is_refused(toy, package, monkeypatch):
    long = dataclasses.replace(
        toy, frame=toy.frame.assign(words=pd.array(["a" * 40_000] * len(toy.frame), dtype="string"))
    )
    with pytest.raises(ValueError, match=r"toys: words: a text of 40,000 letters"):
        workbook({"toys": long}, package.about)
    monkeypatch.setattr(module, "ROWS", 3)
    with pytest.raises(ValueError, match=r"toys: 9 rows, and a sheet of Excel holds 3; take Parquet or SQLite"):
        workbook({"toys": toy}, package.about)
