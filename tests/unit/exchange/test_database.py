"""The SQLite file: cells of the CSV, keys that hold, and views that say what the analysis says."""

import dataclasses
import sqlite3
from contextlib import closing

import pandas as pd
import pytest

from azawad_conflict import territory
from azawad_conflict.exchange import database as written
from azawad_conflict.exchange.database import database
from azawad_conflict.exchange.flat import Pointer
from azawad_conflict.tables import load


@pytest.fixture(scope="module")
def content(package):
    return database(package.tables, package.computed, package.towns, package.about)


@pytest.fixture
def connection(content, tmp_path):
    (tmp_path / "data.sqlite").write_bytes(content)
    opened = sqlite3.connect(tmp_path / "data.sqlite")
    yield opened
    opened.close()


def test_each_cell_is_that_of_the_flat_frame(connection, package):
    for table in [*package.tables.values(), *package.computed.values()]:
        rows = connection.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid').fetchall()
        wanted = table.frame.astype(object).where(table.frame.notna(), None)
        assert rows == list(wanted.itertuples(index=False, name=None)), table.name


def test_the_file_is_whole_and_every_key_leads_to_a_row(connection, package):
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in package.tables.values():
        keys = connection.execute(f'PRAGMA foreign_key_list("{table.name}")').fetchall()
        assert {(key[3], key[2]) for key in keys} == {
            (pointer.column, pointer.table) for pointer in table.pointers if not pointer.is_list
        }


def test_each_item_of_a_list_of_ids_is_a_row_with_its_place(connection, package):
    joined = "SELECT group_concat(item, ';') FROM (SELECT {0} AS item, {1} AS row FROM {2} ORDER BY {1}, position) GROUP BY row"
    for table in package.tables.values():
        for pointer in table.pointers:
            if pointer.is_list:
                link = f"{table.name}_{pointer.column}"
                said = [row for (row,) in connection.execute(joined.format(pointer.column, table.key, link))]
                assert sorted(said) == sorted(table.frame[pointer.column].dropna()), link


def test_a_key_that_leads_nowhere_is_refused(toy, package):
    lost = dataclasses.replace(toy, pointers=(Pointer("words", "places", "place_id", is_list=False),))
    with pytest.raises(sqlite3.IntegrityError, match=r"toys: row 1: its key is not in places"):
        database({**package.tables, "toys": lost}, package.computed, package.towns, package.about)


def test_every_table_and_column_is_told_of(connection, package):
    told = dict(connection.execute("SELECT about, words FROM about"))
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    said = {about.split()[1] for about in told if about.startswith(("table ", "view "))}
    assert said == there - {"about", "columns"}
    assert told["cite as"] == package.about.citation
    columns = connection.execute(
        'SELECT "column", meaning FROM columns WHERE "table" = ? ORDER BY rowid', ("events",)
    ).fetchall()
    assert columns == [(column.name, column.description) for column in package.tables["events"].columns]


def test_the_view_of_days_says_what_the_analysis_says(connection):
    spells, claims, towns = load("control_spells"), load("control_claims"), territory.populated(load("places"))
    view = pd.read_sql("SELECT * FROM holder_by_day", connection)
    phases = load("phases")
    assert (view["day"].min(), view["day"].max()) == (phases["first_day"].min(), phases["last_day"].max())
    for reading in ("assessed", "base_article"):
        for day in view["day"].drop_duplicates().sort_values()[::45]:
            states = territory.states_on(day, territory.reading(spells, reading), claims, towns)
            known = states[states["state"] != "unknown"]
            told = view[(view["day"] == day) & (view["reading"] == reading)]
            ages = (pd.Timestamp(day) - pd.to_datetime(told["last_documented"])).dt.days.fillna(-1)
            said = zip(told["place_id"], told["state"], told["holder"].fillna(""), told["certainty"], ages)
            wanted = zip(
                known["place_id"],
                known["state"],
                known["holders"].map(";".join),
                known["certainty"],
                known["age_days"].fillna(-1),
            )
            assert sorted(said) == sorted(wanted), (reading, day)


def test_two_runs_give_the_same_bytes_whatever_sqlite_wrote_them(content, package):
    assert database(package.tables, package.computed, package.towns, package.about) == content
    assert content[96:100] == (3_008_003).to_bytes(4, "big")


def test_many_rows_go_into_large_pages_with_the_same_cells(content, package, monkeypatch, tmp_path):
    monkeypatch.setattr(written, "ROWS_OF_LARGE", 1_000)
    large = database(package.tables, package.computed, package.towns, package.about)
    told = []
    for number, made in enumerate((content, large)):
        path = tmp_path / f"{number}.sqlite"
        path.write_bytes(made)
        with closing(sqlite3.connect(path)) as opened:
            told.append((opened.execute("PRAGMA page_size").fetchone()[0], list(opened.iterdump())))
    (page, small_dump), (large_page, large_dump) = told
    assert (page, large_page) == (written.PAGE, written.LARGE_PAGE) and small_dump == large_dump
