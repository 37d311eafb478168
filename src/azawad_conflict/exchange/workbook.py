"""The tables as one Excel workbook, for readers of spreadsheets: a sheet that says what it is, in each language, totals, then one sheet for each table.

Text is written as text, whatever it begins with, so that no cell of a table becomes a formula or a link. The totals alone are
formulas, so that a reader sees what they add, and adds something else.
"""

import datetime
import io
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from azawad_conflict.counting.terms import RANGE, SIDES
from azawad_conflict.exchange.about import About
from azawad_conflict.exchange.flat import Column, Table
from azawad_conflict.language import N_

ROWS, LETTERS = 1_048_575, 32_767  # what a sheet holds below its head, and a cell
FIRST_DAY = "1900-03-01"  # Excel counts a day too many before it, and knows none before its year
WIDEST, NARROWEST = 60, 8  # letters
FIRST_WIDEST = 30  # of the first column, which takes its width from what scrolls beside it
WORDS_WIDE = 120  # of the column of words of README, whose rows are as high as their lines
LINE = 15  # points
LIST_LETTERS = 255  # what Excel takes of the words of a cell's list
README, TOTALS, COLUMNS = "README", "totals", "columns"
# Columns of incident_ranges that choose the rows of a total, and what the published totals choose.
ANY = "*"
CHOSEN = {
    "outcome": "killed", "scope": "core", "violence_type": "non_state", "side": ANY, "year": ANY, "best_voice": ANY,
}  # fmt: skip
NEVER_ADDED = ("outcome", "side")  # of which a total takes one word
NUMBERS, OPEN = "ranges with a number", "ranges without an upper end"
ADDED = {**{name: name for name in RANGE}, OPEN: "at_least"}  # head of a sum, and the column of the ranges that it adds
TOTALS_COLUMNS = (
    *(
        Column(
            name, "text", f"{name} of the rows of incident_ranges that are added; {ANY}, where it is offered, for any."
        )
        for name in CHOSEN
    ),
    Column(
        NUMBERS, "integer", "How many of these rows have a number; an incident has a row for each group of victims."
    ),
    *(Column(name, "integer", f"Sum of their {name}. Blank where none of them has a number.") for name in RANGE),
    Column(OPEN, "integer", "How many of them have no upper end."),
)


# What README says between the licence and the list of sheets: what it is about, and the words.
READ = (
    (
        N_("Questions"),
        N_(
            "How many were killed, and who says so: totals. In one incident: incident_ranges, and its claims in range_claims. On both sides together:"
            " everyone_killed. Who held a town, and when: town_holders, of which the rows with valid_from up to a day and valid_to from that day on are those of the day."
        ),
    ),
    (
        N_("Totals"),
        N_(
            "The sheet totals adds numbers of incident_ranges by formulas: take another word from the list of a cell, and the numbers of its row follow; * stands"
            " for any word. Blank: nobody gives a number, or no row has the words."
        ),
    ),
    (
        "",
        N_(
            "The totals of the report are those with outcome killed, scope core and violence_type non_state: other rows of incident_ranges are of other fights."
            " Claims that do not separate the sides have rows of their own (side unseparated): they may speak of the same dead, so totals of sides must not be added."
        ),
    ),
    (
        "",
        N_(
            "Whose word a number is stands in low_voice, best_voice and high_voice. A total for one best_voice adds the ranges whose best is that voice's word;"
            " their low and high may be another's. reading_totals leaves voices out altogether."
        ),
    ),
    (
        N_("Towns"),
        N_(
            "Rows of town_holders with the state presumed are not documented on those days: do not quote them as a fact. control_spells, of which they are made,"
            " has a second reading, that of the base article alone, and does not say what is only presumed."
        ),
    ),
    (N_("Columns"), N_("The sheet columns says what each column means.")),
    (N_("Sources"), N_("Each source_id is a row of the sheet sources, which has author, title and address.")),
)


def workbook(
    tables: Mapping[str, Table], computed: Mapping[str, Table], about: About, translated: Sequence[About] = ()
) -> bytes:
    """The workbook: README, totals, one sheet per table with a row per row, and a sheet with one row per column.

    computed : as `computed.computed` gives them; they come first, and the totals add their incident_ranges. translated : the edition in
    further languages, in each of which there is a README_LANGUAGE, and a meaning of each column.

    Numbers are numbers, the days of X_first and X_last are dates of Excel, or ISO text where they
    lie before FIRST_DAY; all else is text. Raises ValueError for a table with more rows than a
    sheet holds, and for a text with more letters than a cell holds.
    """
    tables = {**computed, **tables}
    for table in tables.values():  # before minutes are spent on sheets
        if len(table.frame) > ROWS:
            raise ValueError(
                f"{table.name}: {len(table.frame):,} rows, and a sheet of Excel holds {ROWS:,}; take Parquet or SQLite"
            )
    file = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {
                "title": about.title,
                "author": " and ".join(about.authors),
                "comments": f"{about.citation} {about.licence}, {about.licence_address}",
                "created": datetime.datetime.combine(about.date, datetime.time()),
            }
        )
        head = book.add_format({"bold": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        label = book.add_format({"bold": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        text = book.add_format({"num_format": "@"})  # a year that is typed stays the word that the ranges have
        for told in (about, *translated):
            name = README if told is about else f"{README}_{told.language}"
            _write_readme(book.add_worksheet(name), tables, told, label, wrap)
        _write_totals(book.add_worksheet(TOTALS), computed["incident_ranges"], head, text)
        for table in tables.values():
            _write_table(book.add_worksheet(table.name), table, head, day)
        columns = {TOTALS: TOTALS_COLUMNS} | {name: table.columns for name, table in tables.items()}
        _write_columns(book.add_worksheet(COLUMNS), columns, translated, head)
    return file.getvalue()


def _write_readme(sheet: Worksheet, tables: Mapping[str, Table], about: About, label: Any, wrap: Any) -> None:
    say = about.say
    told = [
        (say(N_("Title")), about.title),
        (say(N_("Edition")), f"{about.version}, {about.date}"),
        (say(N_("Cite as")), about.citation),
        (say(N_("Licence")), f"{about.licence}, {about.licence_address}"),
        *((say(N_("How to read it")) if not number else "", rule) for number, rule in enumerate(about.rules)),
        *((say(name), say(words)) for name, words in READ),
    ]
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, WORDS_WIDE)
    sheet.set_column(2, 2, NARROWEST)
    for number, (name, words) in enumerate(told):
        sheet.write_string(number, 0, name, label)
        _write_words(sheet, number, words, wrap)
    start = len(told) + 1
    for place, name in enumerate(map(say, (N_("Sheet"), N_("What a row is"), N_("Rows")))):
        sheet.write_string(start, place, name, label)
    sheets: list[tuple[str, str, int | None]] = [(TOTALS, N_("One row is one total of ranges, by formulas."), None)]
    sheets += [(table.name, table.description, len(table.frame)) for table in tables.values()]
    sheets += [(COLUMNS, N_("One row is one column of a sheet."), None)]
    for number, (name, words, rows) in enumerate(sheets, start + 1):
        sheet.write_url(number, 0, f"internal:{name}!A1", wrap, name)
        _write_words(sheet, number, say(words), wrap)
        if rows is not None:
            sheet.write_number(number, 2, rows, wrap)
    _set_page(sheet)


def _write_words(sheet: Worksheet, number: int, words: str, wrap: Any) -> None:
    """Write the words of a row of README; LibreOffice makes no row higher by itself."""
    sheet.set_row(number, LINE * (len(textwrap.wrap(words, WORDS_WIDE)) or 1))
    sheet.write_string(number, 1, words, wrap)


def _write_totals(sheet: Worksheet, ranges: Table, head: Any, text: Any) -> None:
    """A row per side, per side and voice of the best, and per side and year: what it chooses of the ranges, how many of these have a number, and their sums, as formulas.

    Without a number the sums are blank, for nobody said none.
    """
    frame, places = ranges.frame, {name: place for place, name in enumerate(ranges.frame.columns)}
    counted = frame[
        pd.concat([frame[name].eq(word) for name, word in CHOSEN.items() if word != ANY], axis=1).all(axis=1)
    ]
    found = {name: sorted(counted[name].dropna().unique()) for name in ("side", "best_voice", "year")}
    sides = [*SIDES, *(side for side in found["side"] if side not in SIDES)]
    rows = [{"side": side} for side in sides]
    rows += [{"side": side, name: word} for name in ("best_voice", "year") for word in found[name] for side in SIDES]
    _set_up(
        sheet,
        [column.name for column in TOTALS_COLUMNS],
        [16] * len(CHOSEN) + [22] + [10] * len(RANGE) + [28],
        len(rows),
        head,
    )
    for place, name in enumerate(CHOSEN):
        words = [*(() if name in NEVER_ADDED else (ANY,)), *sorted(frame[name].dropna().unique())]
        if len(",".join(words)) <= LIST_LETTERS:
            sheet.data_validation(1, place, len(rows), place, {"validate": "list", "source": words})
    for number, row in enumerate(rows, 1):
        kept = frame
        for place, name in enumerate(CHOSEN):
            word = row.get(name, CHOSEN[name])
            sheet.write_string(number, place, word, text)
            if word != ANY:
                kept = kept[kept[name].eq(word)]
        conditions = ",".join(
            f"{_whole_column(ranges.name, places[condition])},{xl_rowcol_to_cell(number, at, col_abs=True)}"
            for at, condition in enumerate(CHOSEN)
        )
        stated = int(kept["best"].notna().sum())
        formula = f'=COUNTIFS({_whole_column(ranges.name, places["best"])},">=0",{conditions})'
        sheet.write_formula(number, len(CHOSEN), formula, None, stated)
        some = xl_rowcol_to_cell(number, len(CHOSEN), col_abs=True)
        for place, name in enumerate(ADDED.values(), len(CHOSEN) + 1):
            formula = f'=IF({some}=0,"",SUMIFS({_whole_column(ranges.name, places[name])},{conditions}))'
            sheet.write_formula(number, place, formula, None, int(kept[name].sum()) if stated else "")


def _whole_column(sheet: str, place: int) -> str:
    letters = xl_col_to_name(place, col_abs=True)
    return f"{sheet}!{letters}:{letters}"


def _write_columns(
    sheet: Worksheet, of_sheets: Mapping[str, Iterable[Column]], translated: Sequence[About], head: Any
) -> None:
    told = [
        (name, column.name, column.kind, column.description, *(about.say(column.description) for about in translated))
        for name, columns in of_sheets.items()
        for column in columns
    ]
    meanings = ["meaning", *(f"meaning_{about.language}" for about in translated)]
    names = ("table", "column", "type", *meanings)
    _set_up(sheet, names, (20, 22, NARROWEST, *(120 for _ in meanings)), len(told), head)
    for number, cells in enumerate(told, 1):
        for place, words in enumerate(cells):
            sheet.write_string(number, place, words)


def _write_table(sheet: Worksheet, table: Table, head: Any, day: Any) -> None:
    writers, widths, cells = [], [], []
    for column in table.columns:
        values = table.frame[column.name]
        texts = values.astype("string").fillna("")
        longest = int(texts.str.len().max()) if len(texts) else 0
        if longest > LETTERS:
            raise ValueError(
                f"{table.name}: {column.name}: a text of {longest:,} letters, and a cell of Excel holds {LETTERS:,}"
            )
        widths.append(max(NARROWEST, min(WIDEST, max(longest, len(column.name)) + 2)))
        writers.append(_writer(sheet, column.kind, day))
        cells.append(values.astype(object).to_list())
    _set_up(sheet, [column.name for column in table.columns], widths, len(table.frame), head)
    for number, row in enumerate(zip(*cells), 1):
        for place, (write, cell) in enumerate(zip(writers, row)):
            if cell is not pd.NA:
                write(number, place, cell)


def _writer(sheet: Worksheet, kind: str, day: Any) -> Callable[[int, int, Any], object]:
    """The function that writes a cell of a kind at a row and a column."""
    if kind in ("integer", "number"):
        return sheet.write_number
    if kind != "day":
        return sheet.write_string

    def write_day(row: int, place: int, cell: str) -> None:
        if cell < FIRST_DAY:
            sheet.write_string(row, place, cell)
        else:
            sheet.write_datetime(row, place, datetime.datetime.fromisoformat(cell), day)

    return write_day


def _set_up(sheet: Worksheet, names: Iterable[str], widths: Iterable[int], rows: int, head: Any) -> None:
    """The head of a sheet, which stays in sight and filters; the first column stays too."""
    names = list(names)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width if place else min(width, FIRST_WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(rows, 1), len(names) - 1)
    sheet.repeat_rows(0)
    _set_page(sheet)
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, head)


def _set_page(sheet: Worksheet) -> None:
    """Print all columns beside each other."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
