"""The tables as one SQLite file, for SQL, R and DuckDB: typed columns, keys that hold, link tables for lists of ids, and views.

What the report computes are tables too: in SQL it would be the rule of counting once more.
holder_by_day is a view, and holds the rule of the chapter on territory.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from azawad_conflict.exchange.about import About
from azawad_conflict.exchange.flat import LIST_MARK, Pointer, Table, sql_name
from azawad_conflict.territory import PRESUMED_AFTER_DAYS

ROWS_AT_ONCE = 20_000  # a row as Python's own objects takes ten times the room that it has in its frame
# Bytes. Large pages take less time to fill; the many small tables would leave most of each empty, and the file heavier to fetch.
PAGE, LARGE_PAGE, ROWS_OF_LARGE = 4_096, 16_384, 100_000
TYPES = {"integer": "INTEGER", "number": "REAL"}  # all else is TEXT
# The file's head names the SQLite that wrote it, at this place; another machine has another one. This one is the first that
# reads the view, which counts days with WITH RECURSIVE.
VERSION_AT, VERSION = 96, (3_008_003).to_bytes(4, "big")

HOLDER_BY_DAY = f"""
CREATE VIEW holder_by_day AS
WITH RECURSIVE study(first, last) AS (SELECT MIN(first_day), MAX(last_day) FROM phases),
days(day) AS (SELECT first FROM study UNION ALL SELECT date(day, '+1 day') FROM days, study WHERE day < last),
spells AS (
  SELECT s.*, p.name, s.start_last AS since, CASE WHEN s."end" IS NULL THEN '9999' ELSE s.end_first END AS until
  FROM control_spells s JOIN places p USING (place_id)
  WHERE p.place_id IN (SELECT place_id FROM towns)
),
confirmations(spell_id, earliest, latest) AS (
  SELECT s.spell_id, c.date_first, c.date_last FROM spells s
  JOIN control_spells_control_claims l ON l.spell_id = s.spell_id
  JOIN control_claims c ON c.claim_id = l.control_claims
  WHERE c.date_last < s.until
),
known AS (
  SELECT s.reading, d.day, s.place_id, s.name, s.state, s.holder, s.certainty, s.spell_id, MAX(c.earliest) AS last_documented
  FROM days d JOIN spells s ON s.since <= d.day AND d.day < s.until
  LEFT JOIN confirmations c ON c.spell_id = s.spell_id AND c.latest <= d.day
  GROUP BY s.spell_id, d.day
)
SELECT reading, day, place_id, name,
  CASE WHEN julianday(day) - julianday(last_documented) <= {PRESUMED_AFTER_DAYS} THEN state ELSE 'presumed' END AS state,
  holder, certainty, spell_id, last_documented
FROM known
WHERE holder IS NOT NULL OR julianday(day) - julianday(last_documented) <= {PRESUMED_AFTER_DAYS}
"""
VIEWS = {
    "holder_by_day": "One row is one town on one day of the study and one reading, with who held it; a day without a row is"
    " unknown. Choose a reading: WHERE reading = 'assessed'."
}


def database(tables: Mapping[str, Table], computed: Mapping[str, Table], towns: Iterable[str], about: About) -> bytes:
    """The bytes of the file that `write_database` makes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "packed")
        write_database(path, tables, computed, towns, about)
        return path.read_bytes()


def write_database(
    path: Path, tables: Mapping[str, Table], computed: Mapping[str, Table], towns: Iterable[str], about: About
) -> None:
    """Write the SQLite file, in the place of one that is there: one table per table, a row per row; a link table, a row per item, for each list of ids.

    computed : as `computed.computed` gives them. towns : ids of the places that can have a holder, for
    holder_by_day. The tables about and columns say what the rest is. Raises sqlite3.IntegrityError
    where a key leads nowhere.
    """
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder, "made")
        with closing(sqlite3.connect(made)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            is_large = sum(len(table.frame) for table in tables.values()) > ROWS_OF_LARGE
            connection.execute(f"PRAGMA page_size = {LARGE_PAGE if is_large else PAGE}")
            _fill(connection, tables, computed, towns, about)
            connection.commit()
        with made.open("r+b") as file:
            file.seek(VERSION_AT)
            file.write(VERSION)
        made.replace(path)


def _fill(
    connection: sqlite3.Connection,
    tables: Mapping[str, Table],
    computed: Mapping[str, Table],
    towns: Iterable[str],
    about: About,
) -> None:
    """Make all tables and the view. Raises sqlite3.IntegrityError as `write_database`."""
    for table in tables.values():
        _write(connection, table)
        for pointer in table.pointers:
            if pointer.is_list:
                _link(connection, table, pointer)
    for table in computed.values():
        _write(connection, table)
    connection.execute("CREATE TABLE towns (place_id TEXT PRIMARY KEY REFERENCES places (place_id))")
    connection.executemany("INSERT INTO towns VALUES (?)", [(place,) for place in towns])
    connection.execute(HOLDER_BY_DAY)
    _describe(connection, [*tables.values(), *computed.values()], about)
    if lost := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.IntegrityError(f"{lost[0]}: row {lost[1]}: its key is not in {lost[2]}")


def _write(connection: sqlite3.Connection, table: Table) -> None:
    """Make the table with its keys, and put its rows in."""
    columns = [f"{sql_name(column.name)} {TYPES.get(column.kind, 'TEXT')}" for column in table.columns]
    columns.append(f"PRIMARY KEY ({', '.join(map(sql_name, table.keys))})")
    columns += [
        f"FOREIGN KEY ({sql_name(pointer.column)}) REFERENCES {sql_name(pointer.table)} ({sql_name(pointer.target)})"
        for pointer in table.pointers
        if not pointer.is_list
    ]
    connection.execute(f"CREATE TABLE {sql_name(table.name)} ({', '.join(columns)})")
    names = [column.name for column in table.columns]
    for start in range(0, len(table.frame), ROWS_AT_ONCE):
        part = table.frame.iloc[start : start + ROWS_AT_ONCE]
        cells = (part[name].to_numpy(object, na_value="").tolist() for name in names)
        _insert(connection, table.name, len(names), zip(*cells))


def _link(connection: sqlite3.Connection, table: Table, pointer: Pointer) -> None:
    """Make the table of a list's items: the row's id, the place in the list from 1, and the id that it holds."""
    name = f"{table.name}_{pointer.column}"
    connection.execute(
        f"CREATE TABLE {sql_name(name)} ({sql_name(table.key)} TEXT NOT NULL REFERENCES {sql_name(table.name)}"
        f" ({sql_name(table.key)}), position INTEGER NOT NULL, {sql_name(pointer.column)} TEXT NOT NULL REFERENCES"
        f" {sql_name(pointer.table)} ({sql_name(pointer.target)}), PRIMARY KEY ({sql_name(table.key)}, position)) WITHOUT ROWID"
    )
    filled = table.frame.loc[table.frame[pointer.column].notna(), [table.key, pointer.column]]
    rows = (
        (row, place, item)
        for row, items in zip(filled[table.key].tolist(), filled[pointer.column].tolist(), strict=True)
        for place, item in enumerate(items.split(LIST_MARK), 1)
    )
    _insert(connection, name, 3, rows)


def _insert(connection: sqlite3.Connection, name: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    """Put rows into a table; an empty text is a blank: sqlite3 takes longest over None."""
    cells = ", ".join(["NULLIF(?, '')"] * width)
    connection.executemany(f"INSERT INTO {sql_name(name)} VALUES ({cells})", rows)


def _describe(connection: sqlite3.Connection, tables: Iterable[Table], about: About) -> None:
    """Make the tables about (a row per thing that is said of the edition) and columns (a row per column of a table)."""
    tables = list(tables)
    said = [
        ("title", about.title),
        ("edition", about.version),
        ("date", about.date.isoformat()),
        ("cite as", about.citation),
        ("licence", f"{about.licence}, {about.licence_address}"),
        *(("how to read it", rule) for rule in about.rules),
        *((f"table {table.name}", table.description) for table in tables),
        *(
            (
                f"table {table.name}_{pointer.column}",
                f"One row is one item of the list {pointer.column} of {table.name}.",
            )
            for table in tables
            for pointer in table.pointers
            if pointer.is_list
        ),
        ("table towns", "One row is one place that can have a holder."),
        *((f"view {name}", words) for name, words in VIEWS.items()),
    ]
    connection.execute("CREATE TABLE about (about TEXT NOT NULL, words TEXT NOT NULL)")
    _insert(connection, "about", 2, said)
    connection.execute(
        'CREATE TABLE columns ("table" TEXT NOT NULL, "column" TEXT NOT NULL, type TEXT NOT NULL, meaning TEXT NOT NULL,'
        ' PRIMARY KEY ("table", "column"))'
    )
    rows = ((table.name, column.name, column.kind, column.description) for table in tables for column in table.columns)
    _insert(connection, "columns", 4, rows)
