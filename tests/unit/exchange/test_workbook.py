"""The workbook, read back with another library: cells of the CSV with their types, and no formula."""

import dataclasses
import datetime
import io
import re

import openpyxl
import pandas as pd
import pytest

from azawad_conflict import questions
from azawad_conflict.counting.terms import RANGE
from azawad_conflict.exchange import workbook as module
from azawad_conflict.exchange.workbook import workbook


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def made(package):
    return workbook(package.tables, package.computed, package.about)


def test_each_cell_is_that_of_the_flat_frame_with_its_type(made, package):
    book = opened(made)
    assert book.sheetnames == ["README", "totals", *package.computed, *package.tables, "columns"]
    for name, table in {**package.computed, **package.tables}.items():
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
    sheet = opened(workbook({"toys": toy}, package.computed, package.about))["toys"]
    cells = [row[1] for row in sheet.iter_rows(min_row=2, max_row=9)]
    assert [cell.value for cell in cells] == toy.frame["words"].to_list()[:-1]
    assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)


def test_days_are_dates_but_for_those_before_the_first_that_excel_counts_right(toy, package):
    rows = opened(workbook({"toys": toy}, package.computed, package.about))["toys"].iter_rows(
        min_row=2, values_only=True
    )
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
    assert workbook(package.tables, package.computed, package.about) == made


def test_a_table_or_text_that_excel_cannot_hold_is_refused(toy, package, monkeypatch):
    long = dataclasses.replace(
        toy, frame=toy.frame.assign(words=pd.array(["a" * 40_000] * len(toy.frame), dtype="string"))
    )
    with pytest.raises(ValueError, match=r"toys: words: a text of 40,000 letters"):
        workbook({"toys": long}, package.computed, package.about)
    few = {name: dataclasses.replace(table, frame=table.frame.head(3)) for name, table in package.computed.items()}
    monkeypatch.setattr(module, "ROWS", 3)
    with pytest.raises(ValueError, match=r"toys: 9 rows, and a sheet of Excel holds 3; take Parquet or SQLite"):
        workbook({"toys": toy}, few, package.about)


SUM = re.compile(r"=SUMIFS\((\w+)!\$([A-Z]+):\$\2,(.*)\)")
CONDITION = re.compile(r"(\w+)!\$([A-Z]+):\$\2,\$([A-Z]+)(\d+)")


def sums_of(formula, book, sheet):
    """What a SUMIFS of the sheet gives: the numbers of a column where each condition holds; * is any text."""
    table, column, conditions = SUM.fullmatch(formula).groups()
    numbers = pd.Series([cell.value for cell in book[table][column][1:]])
    kept = pd.Series(True, index=numbers.index)
    for where, letters, *cell in CONDITION.findall(conditions):
        texts, word = pd.Series([cell.value for cell in book[where][letters][1:]]), sheet["".join(cell)].value
        kept &= texts.notna() if word == "*" else texts.eq(word)
    return int(numbers[kept].fillna(0).sum())


def test_the_totals_are_formulas_that_give_the_published_numbers(made):
    book, shown = opened(made), openpyxl.load_workbook(io.BytesIO(made), data_only=True)["totals"]
    sheet = book["totals"]
    published = questions.totals(by=["side"]).set_index("side")
    by_year = questions.totals(by=["side", "year"]).set_index(["side", "year"])
    assert sheet.max_row == 1 + 2 * (1 + by_year.index.get_level_values("year").nunique())
    for row, values in zip(sheet.iter_rows(min_row=2), shown.iter_rows(min_row=2, values_only=True)):
        side, year = row[3].value, row[4].value
        for cell, value, end in zip(row[5:], values[5:], RANGE):
            wanted = published if year == "*" else by_year
            key = side if year == "*" else (side, year)
            assert sums_of(cell.value, book, sheet) == value == (wanted.at[key, end] if key in wanted.index else 0)
        assert bool(sums_of(row[8].value, book, sheet)) == bool(values[8]) == bool(wanted["at_least"].get(key, False))


def test_a_word_of_a_total_that_is_changed_moves_its_number(made):
    book = opened(made)
    sheet = book["totals"]
    before = sums_of(sheet["F2"].value, book, sheet)
    sheet["B2"] = "*"
    assert sums_of(sheet["F2"].value, book, sheet) > before
