"""The tables of the data package as flat frames, which every other form is made of: lists joined, and days beside each EDTF date.

A row is a row of the table in `data/`, in its order; what a row means says the schema. Beside each
EDTF date X stand X_first and X_last, the first and the last day that it can mean, and X_precision.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from azawad_conflict import tables
from azawad_conflict.checks.columns import EDTF
from azawad_conflict.edtf_dates import day_bounds, precision
from azawad_conflict.language import N_

LIST_MARK = ";"
KINDS = ("text", "integer", "number", "day", "list")
KIND_OF = {"string": "text", "date": "day"}  # what the schema calls otherwise
NO_DAY = ("NaT", "0001-01-01", "9999-12-31")  # none, and the ends of an open date
ADDED = (
    (
        "first",
        "day",
        N_("First day that the date can mean. Blank where there is none, and where it is open at its beginning."),
    ),
    ("last", "day", N_("Last day that the date can mean. Blank where there is none, and where it is open at its end.")),
    ("precision", "text", N_("How precise the date is: day, month, year or interval. Blank where there is none.")),
)


@dataclass(frozen=True)
class Column:
    """One column of a flat frame. kind : one of KINDS; in the frame days are ISO text, and lists text joined by semicolons."""

    name: str
    kind: str
    description: str


@dataclass(frozen=True)
class Pointer:
    """A column whose values are ids of another table; where it is a list, each item of it."""

    column: str
    table: str
    target: str
    is_list: bool


@dataclass(frozen=True)
class Table:
    """One table. keys : the columns that name a row. frame : as `flat` gives it."""

    name: str
    title: str
    description: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    pointers: tuple[Pointer, ...]
    frame: pd.DataFrame

    @property
    def key(self) -> str:
        """The column that names a row. Raises ValueError where it takes several."""
        (key,) = self.keys
        return key

    def names(self, kind: str) -> list[str]:
        """Names of the columns of one kind. Raises ValueError for a kind that is none of KINDS."""
        if kind not in KINDS:
            raise ValueError(f"{kind!r}: no kind of column; there are: {', '.join(KINDS)}")
        return [column.name for column in self.columns if column.kind == kind]


class Made(Mapping[str, Table]):
    """Tables by name, each made when it is first asked for: most forms need few of them."""

    def __init__(self, makers: Mapping[str, Callable[[], Table]]):
        self._makers, self._made = makers, dict[str, Table]()

    def __getitem__(self, name: str) -> Table:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __or__(self, other: "Made") -> "Made":
        return Made({**self._makers, **other._makers})


def read(names: Iterable[str] | None = None) -> Made:
    """The tables by name, in the order of the schema; all of them where no names are given.

    Raises KeyError for a name that is no table, with the names that there are.
    """
    resources = {resource["name"]: resource for resource in tables.schema()["resources"]}
    asked = resources if names is None else names
    return Made({name: partial(flat, tables.load(name), resources[name]) for name in asked})


def flat(frame: pd.DataFrame, resource: dict[str, Any]) -> Table:
    """A loaded table with its columns as in the CSV, and the days of each EDTF date behind it.

    frame : as `tables.load` gives it. resource : its entry in the schema. Blanks are missing.
    """
    schema = resource["schema"]
    columns: list[Column] = []
    made: dict[str, pd.Series] = {}
    for field in schema["fields"]:
        name = field["name"]
        is_list = "separator" in field
        kind = "list" if is_list else KIND_OF.get(field["type"], field["type"])
        columns.append(Column(name, kind, field["description"]))
        made[name] = joined(frame[name]) if is_list else frame[name]
        if field.get("rdfType") == EDTF:
            columns += added_columns(name)
            made |= day_columns(frame[name], name)
    return Table(
        resource["name"],
        resource["title"],
        resource["description"],
        (schema["primaryKey"],),
        tuple(columns),
        tuple(_pointers(schema)),
        pd.DataFrame(made),
    )


def added_columns(name: str) -> list[Column]:
    """What the columns mean that stand beside a column of EDTF text, in the order of `day_columns`."""
    return [Column(f"{name}_{end}", kind, words) for end, kind, words in ADDED]


def day_columns(dates: pd.Series, name: str) -> dict[str, pd.Series]:
    """The columns NAME_first, NAME_last (ISO days) and NAME_precision of a column of EDTF text, by name."""
    days = day_bounds(dates)
    precise = {text: precision(text) for text in dates.dropna().unique()}
    return {
        f"{name}_first": iso_days(days["earliest"]),
        f"{name}_last": iso_days(days["latest"]),
        f"{name}_precision": dates.map(precise).astype("string"),
    }


def iso_days(days: pd.Series) -> pd.Series:
    """Days as ISO text; missing where there is none, and where a date is open at that end."""
    texts = pd.Series(np.datetime_as_string(days.to_numpy(), unit="D"), index=days.index, dtype="string")
    return texts.mask(texts.isin(NO_DAY))


def joined(lists: pd.Series) -> pd.Series:
    """Lists as one text each, as the CSV has them; missing where a list is empty."""
    return pd.Series([LIST_MARK.join(items) or None for items in lists], index=lists.index, dtype="string")


def _pointers(schema: dict[str, Any]) -> list[Pointer]:
    """What the columns of a table point to: its foreign keys, and the ids in its lists."""
    found = [
        Pointer(key["fields"], key["reference"]["resource"], key["reference"]["fields"], is_list=False)
        for key in schema.get("foreignKeys", [])
    ]
    for field in schema["fields"]:
        if "references" in field:
            table, _, target = field["references"].partition(".")
            found.append(Pointer(field["name"], table, target, is_list="separator" in field))
    return found


def sql_name(name: str) -> str:
    """A table or column as SQL names it, whatever it is called."""
    return '"' + name.replace('"', '""') + '"'
