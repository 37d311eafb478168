"""Parquet, read back by DuckDB, and by pyarrow where it is installed."""

import io

import duckdb
import pytest

from azawad_conflict.exchange.parquet import parquet

TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "day": "DATE", "list": "VARCHAR[]"}


def cells(table):
    """The cells of a flat frame by column, with lists and days as Parquet has them."""
    frame = table.frame.astype(object).where(table.frame.notna(), None)
    split = {name: [cell and cell.split(";") for cell in frame[name]] for name in table.names("list")}
    return {name: split.get(name, frame[name].to_list()) for name in frame}


def test_each_cell_is_that_of_the_flat_frame_with_its_type(flat_tables, toy, tmp_path):
    for table in [*flat_tables.values(), toy]:
        file = tmp_path / f"{table.name}.parquet"
        file.write_bytes(parquet(table))
        with duckdb.connect() as connection:
            read = connection.execute(f"SELECT * FROM '{file}'")
            types = {name: str(kind) for name, kind, *_ in read.description}
            columns = dict(zip(types, zip(*read.fetchall())))
        days = {name: [cell and cell.isoformat() for cell in columns[name]] for name in table.names("day")}
        assert {name: list(values) for name, values in columns.items()} | days == cells(table), table.name
        schema = duckdb.sql(f"DESCRIBE SELECT * FROM '{file}'").fetchall()
        assert {name: kind for name, kind, *_ in schema} == {
            column.name: TYPES[column.kind] for column in table.columns
        }


def test_two_runs_give_the_same_bytes(flat_tables):
    assert all(parquet(table) == parquet(table) for table in flat_tables.values())


def test_pyarrow_reads_the_same(flat_tables):
    arrow = pytest.importorskip(
        "pyarrow.parquet", reason="pyarrow is not installed: its reading of Parquet is not tried"
    )
    for table in flat_tables.values():
        read = arrow.read_table(io.BytesIO(parquet(table))).to_pydict()
        days = {name: [cell and cell.isoformat() for cell in read[name]] for name in table.names("day")}
        assert read | days == cells(table), table.name
