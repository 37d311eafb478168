"""A table as a Parquet file, for pandas, R, DuckDB and Polars: typed columns, days as dates, lists as lists of text.

DuckDB writes it, on one thread, so that the same rows give the same bytes.
"""

import tempfile

import duckdb
import pandas as pd

from azawad_conflict.exchange.flat import LIST_MARK, Table, sql_name

TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "day": "DATE"}


def parquet(table: Table) -> bytes:
    """A table as Parquet: one row per row of its flat frame, in its order.

    Integers are int64, numbers double, days date32, lists list<string>, all else string; blanks are null.
    """
    kinds = {column.name: column.kind for column in table.columns}
    return _written(table.frame, ", ".join(f"{_cell(name, kind)} AS {sql_name(name)}" for name, kind in kinds.items()))


def _written(frame: pd.DataFrame, chosen: str) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file, duckdb.connect(config={"threads": 1}) as connection:
        connection.register("given", frame)
        options = "FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false"
        connection.execute(f"COPY (SELECT {chosen} FROM given) TO '{file.name}' ({options})")
        return file.read()


def _cell(name: str, kind: str) -> str:
    """The SQL of a column with its type."""
    if kind == "list":
        return f"string_split(CAST({sql_name(name)} AS VARCHAR), '{LIST_MARK}')"
    return f"CAST({sql_name(name)} AS {TYPES[kind]})"
