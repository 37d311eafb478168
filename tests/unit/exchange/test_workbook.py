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
    return workbook(package.tables, package.computed, package.about, package.translated)


@pytest.fixture(scope="module")
def book(made):
    """The workbook as it is read back, which takes a second; what a test changes it puts back."""
    return opened(made)


def test_each_cell_is_that_of_the_flat_frame_with_its_type(book, package):
    assert book.sheetnames == ["README", "README_fr", "totals", *package.computed, *package.tables, "columns"]
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


def test_heads_stay_in_sight_and_filter(book, flat_tables):
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


def test_the_readme_says_edition_licence_citation_and_rules(book, package, flat_tables):
    words = "\n".join(
        str(cell) for row in book["README"].iter_rows(values_only=True) for cell in row if cell is not None
    )
    about = package.about
    for said in (about.title, about.version, about.licence, about.citation, *about.rules):
        assert said in words
    assert all(table.description in words for table in flat_tables.values())
    assert book.properties.created == datetime.datetime.combine(about.date, datetime.time())


def test_each_language_has_a_readme_of_its_own_and_a_meaning_of_each_column(book, package):
    (french,) = package.translated
    own, other = ([row[:2] for row in book[name].iter_rows(values_only=True)] for name in ("README", "README_fr"))
    assert len(own) == len(other) and french.title in other[0] and french.citation in other[2]
    edition = (
        f"{package.about.version}, {package.about.date}",
        f"{package.about.licence}, {package.about.licence_address}",
    )
    assert [words for (_, words), (_, said) in zip(own, other) if words == said and words] == [*edition]
    head, *rows = book["columns"].iter_rows(values_only=True)
    assert head == ("table", "column", "type", "meaning", "meaning_fr")
    assert {row[3] for row in rows if not row[4] or row[3] == row[4]} == {"Incident."}
    labels = {(name, said) for (name, _), (said, _) in zip(own, other) if name and name not in book.sheetnames}
    assert {name for name, said in labels if name == said} == {"Licence", "Questions", "Sources"}


def test_the_list_of_sheets_leads_to_them(book, package):
    for name in ("README", "README_fr"):
        links = {cell.value: cell.hyperlink.location for (cell,) in book[name].iter_rows(max_col=1) if cell.hyperlink}
        assert links == {sheet: f"{sheet}!A1" for sheet in book.sheetnames if not sheet.startswith("README")}


def test_two_runs_give_the_same_bytes(made, package):
    assert workbook(package.tables, package.computed, package.about, package.translated) == made


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


WHOLE = r"(\w+)!\$([A-Z]+):\$[A-Z]+"
COUNT = re.compile(rf'=COUNTIFS\({WHOLE},">=0",(.*)\)')
SUM = re.compile(rf'=IF\(\$([A-Z]+)(\d+)=0,"",SUMIFS\({WHOLE},(.*)\)\)')
CONDITION = re.compile(WHOLE + r",\$([A-Z]+)(\d+)")


def rows_of(conditions, book, sheet):
    """True for each row of the ranges where each condition of a formula holds; * is any text."""
    kept = True
    for where, letters, *cell in CONDITION.findall(conditions):
        texts, word = pd.Series([cell.value for cell in book[where][letters][1:]]), sheet["".join(cell)].value
        kept &= texts.notna() if word == "*" else texts.eq(word)
    return kept


def numbers_of(table, letters, book):
    return pd.Series([cell.value for cell in book[table][letters][1:]], dtype="Int64")


def result_of(formula, book, sheet):
    """What a formula of the sheet gives."""
    if found := COUNT.fullmatch(formula):
        table, letters, conditions = found.groups()
        return int(numbers_of(table, letters, book)[rows_of(conditions, book, sheet)].ge(0).sum())
    column, row, table, letters, conditions = SUM.fullmatch(formula).groups()
    if result_of(sheet[f"{column}{row}"].value, book, sheet) == 0:
        return ""
    return int(numbers_of(table, letters, book)[rows_of(conditions, book, sheet)].sum())


def test_the_totals_are_formulas_that_give_the_published_numbers(book, made):
    shown = openpyxl.load_workbook(io.BytesIO(made), data_only=True)["totals"]
    sheet = book["totals"]
    published = questions.totals(by=["side"]).set_index("side")
    by_year = questions.totals(by=["side", "year"]).set_index(["side", "year"])
    seen, voices = set(), pd.DataFrame()
    for row, values in zip(sheet.iter_rows(min_row=2), shown.iter_rows(min_row=2, values_only=True)):
        side, year, voice = (cell.value for cell in row[3:6])
        assert [result_of(cell.value, book, sheet) for cell in row[6:]] == [
            "" if value is None else value for value in values[6:]
        ]
        if voice != "*":
            voices = pd.concat([voices, pd.DataFrame([values[7:10]], index=[side], columns=RANGE)])
        elif side in published.index:
            seen.add((side, year))
            wanted = (published if year == "*" else by_year).loc[side if year == "*" else (side, year)]
            assert list(values[7:10]) == wanted[list(RANGE)].tolist() and bool(values[10]) == wanted["at_least"]
    assert seen == {*by_year.index, *((side, "*") for side in published.index)}
    voices = voices.fillna(0).groupby(level=0).sum()  # the best of each range is one voice's word
    assert voices.loc[published.index].to_numpy().tolist() == published[list(RANGE)].to_numpy().tolist()
    assert "unseparated" in [row[3].value for row in sheet.iter_rows(min_row=2)]


def test_a_cell_that_chooses_offers_each_word_of_its_column(book, package):
    sheet, ranges = book["totals"], package.computed["incident_ranges"].frame
    heads = [cell.value for cell in sheet[1]]
    offered = {
        heads[next(iter(rule.sqref.ranges)).min_col - 1]: rule.formula1.strip('"').split(",")
        for rule in sheet.data_validations.dataValidation
    }
    assert list(offered) == heads[:6]
    for name, words in offered.items():
        any_word = [] if name in ("outcome", "side") else ["*"]  # numbers of both must never be added
        assert words == [*any_word, *sorted(ranges[name].dropna().unique())]


def test_a_year_that_is_typed_is_a_word_as_in_the_ranges(book):
    sheet = book["totals"]
    assert {cell.number_format for row in sheet.iter_rows(min_row=2, max_col=6) for cell in row} == {"@"}


def test_each_column_of_each_sheet_is_explained(book):
    told = {(row[0], row[1]) for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    assert told == {
        (sheet.title, cell.value)
        for sheet in book
        for cell in sheet[1]
        if not sheet.title.startswith("README") and sheet.title != "columns"
    }


def test_a_word_of_a_total_that_is_changed_moves_its_number(book, monkeypatch):
    sheet = book["totals"]
    before = result_of(sheet["H2"].value, book, sheet)
    monkeypatch.setattr(sheet["B2"], "value", "*")
    assert result_of(sheet["H2"].value, book, sheet) > before


@pytest.mark.parametrize("word", ["wounded", "wonded"])
def test_where_nobody_gives_a_number_a_total_is_blank_and_not_zero(book, monkeypatch, word):
    """Of the wounded of that side and year nobody gives a number; the other word is a slip."""
    sheet = book["totals"]
    row = next(row for row in sheet.iter_rows(min_row=2) if [row[3].value, row[4].value] == ["islamist", "2014"])
    monkeypatch.setattr(row[0], "value", word)
    assert [result_of(cell.value, book, sheet) for cell in row[6:]] == [0, "", "", "", ""]


def test_the_words_of_the_readme_are_whole_on_a_screen(book):
    sheet = book["README"]
    long = [cell for cell in sheet["B"] if cell.value and len(cell.value) > 120]
    assert long and all(cell.alignment.wrap_text for cell in long)
    assert all(sheet.row_dimensions[cell.row].height >= 15 * len(cell.value) / 120 for cell in long)
