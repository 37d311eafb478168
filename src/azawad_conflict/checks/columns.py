"""The checks of columns by the schema: types, constraints, primary and foreign keys.

All of it comes from datapackage.json (Frictionless Table Schema), with two keys of the project's
own: `separator` makes a list of a column, and `references` ("table.column") says what each item of
the list points to. The frictionless library checks the same, row by row and by the number of the
record; here whole columns are checked at once and a fault names the line of the file
(tests/unit/test_tables.py holds the two together).
"""

import re
from datetime import date
from itertools import filterfalse
from typing import Any

import numpy as np
import pandas as pd

from azawad_conflict.checks.csv_files import among
from azawad_conflict.checks.faults import FILE, Fault, quoted

TYPES = {  # the test that a filled cell of the type passes, and how a message calls the type
    "string": (bool, "text"),
    "integer": (re.compile(r"-?[0-9]{1,18}").fullmatch, "a whole number"),
    "number": (re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?").fullmatch, "a number"),
    "date": (lambda cell: is_day(cell), "a day as YYYY-MM-DD"),
}
# The types that are not kept as text, and the function that reads a cell.
READ = {"integer": ("Int64", int), "number": ("Float64", float)}
CONSTRAINTS = {"required", "unique", "pattern", "enum", "minimum", "maximum"}
EDTF = "http://id.loc.gov/datatypes/edtf"


def descriptor_faults(package: Any) -> list[Fault]:
    """Faults of the descriptor: keys that the checks need, and constraints that they do not know.

    Either would pass for checked otherwise.
    """
    problems = _package_problems(package)
    if not problems:
        problems = [problem for resource in package["resources"] for problem in _resource_problems(resource)]
    if not problems:
        problems = _pointer_problems(package["resources"])
    return [Fault("datapackage.json", 1, column, problem, wanted) for column, problem, wanted in problems]


def column_faults(cells: pd.DataFrame, resource: dict[str, Any]) -> list[Fault]:
    """Faults of a table's cells (csv_files.read_cells) against its fields and its primary key."""
    schema, file = resource["schema"], resource["path"]
    faults = []
    for field in schema["fields"]:
        if field["name"] in cells:
            faults += _field_faults(cells[field["name"]], field, field["name"] == schema["primaryKey"], file)
    return faults


def key_faults(name: str, tables: dict[str, pd.DataFrame], package: dict[str, Any]) -> list[Fault]:
    """Faults of one table's foreign keys and of the ids in its lists.

    tables : cells by name of table. A key into a table that could not be read is left out.
    """
    resource = next(resource for resource in package["resources"] if resource["name"] == name)
    separators = {field["name"]: field.get("separator") for field in resource["schema"]["fields"]}
    faults = []
    for column, target, target_column in _pointers(resource):
        if column in tables[name] and target_column in tables.get(target, ()):
            lost = _lost(tables[name][column], separators[column], tables[target][target_column])
            expected = f"{target_column} of a row there"
            faults += _faults(lost, resource["path"], column, f"is not in {target}.csv", expected)
    return faults


def typed(cells: pd.DataFrame, resource: dict[str, Any]) -> pd.DataFrame:
    """The table with its types, one row per line of the file (the index), blanks missing.

    Integers are Int64, numbers Float64, text, days (ISO) and EDTF dates "string"; a list is a tuple
    of str, empty for a blank. A cell that is not of its type is missing.
    """
    columns = {
        field["name"]: _typed_column(cells[field["name"]].array, field) for field in resource["schema"]["fields"]
    }
    return pd.DataFrame(columns, index=cells.index)


def fields_of(resource: dict[str, Any], kind: str) -> list[str]:
    """Names of the columns of one kind: "edtf", "list" or a type of Table Schema."""
    tests = {"edtf": lambda field: field.get("rdfType") == EDTF, "list": lambda field: "separator" in field}
    test = tests.get(kind, lambda field: field["type"] == kind)
    return [field["name"] for field in resource["schema"]["fields"] if test(field)]


def _package_problems(package):
    """(column, problem, expected) of what the checks read of the package as a whole."""
    if not isinstance(package, dict):
        return [(FILE, "the descriptor is not a data package", "an object with resources")]
    resources, temporal, spatial = (package.get(name) for name in ("resources", "temporal", "spatial"))
    problems = []
    if not _are_named(resources):
        problems.append(("resources", "no list of resources with names", "each table, once"))
    days = [temporal.get(end) for end in ("start", "end")] if isinstance(temporal, dict) else []
    if not days or not all(map(is_day, days)) or days != sorted(days):
        problems.append(("temporal", f"study window {temporal}", "start and end, each a day as YYYY-MM-DD"))
    box = spatial.get("bbox") if isinstance(spatial, dict) else None
    if not isinstance(box, list) or len(box) != 4 or not all(map(_is_number, box)):
        problems.append(("spatial", f"bounding box {box}", "bbox: west, south, east, north"))
    return problems


def _resource_problems(resource):
    """(column, problem, expected) of one resource by itself."""
    name, path, schema = resource["name"], resource.get("path"), resource.get("schema")
    problems = []
    # Faults and rules know a table by its name, and a file outside the folder is no part of the
    # data.
    if path != f"{name}.csv":
        problems.append((name, f"path {path}", f"{name}.csv"))
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not _are_named(fields):
        return [*problems, (name, "no fields with names", "schema.fields: each column, once")]
    for field in fields:
        problems += [(f"{name}.{field['name']}", *problem) for problem in _field_problems(field)]
    key = schema.get("primaryKey")
    if key not in [field["name"] for field in fields]:
        problems.append((name, f"key {key} is not checked", "a key of one column"))
    keys = schema.get("foreignKeys", [])
    if not isinstance(keys, list) or not all(map(_is_pointer, keys)):
        problems.append(
            (name, f"foreignKeys {keys}", "keys of one column: fields, and reference with resource and fields")
        )
    return problems


def _field_problems(field):
    """(problem, expected) of one column."""
    kind, limits = field.get("type"), field.get("constraints", {})
    problems = []
    if not isinstance(limits, dict):
        return [(f"constraints {limits}", "an object")]
    if kind not in list(TYPES):
        problems.append((f"type {kind} is not checked", f"one of {', '.join(TYPES)}"))
    for constraint in sorted(set(limits) - CONSTRAINTS):
        problems.append((f"constraint {constraint} is not checked", f"one of {', '.join(sorted(CONSTRAINTS))}"))
    if not isinstance(limits.get("enum", []), list):
        problems.append((f"enum {limits['enum']}", "a list"))
    for bound in ("minimum", "maximum"):
        if bound in limits and not (_is_number(limits[bound]) and kind in ("integer", "number")):
            problems.append((f"{bound} {limits[bound]} of type {kind}", "a number, for numbers"))
    try:
        re.compile(limits.get("pattern", ""))
    except (re.error, TypeError):
        problems.append((f"pattern {limits['pattern']}", "a regular expression"))
    if not isinstance(mark := field.get("separator", ";"), str) or not mark:
        problems.append((f"separator is {mark or 'blank'}", "a character"))
    if not isinstance(field.get("references", ""), str):
        problems.append((f"references {field['references']}", "table.column"))
    return problems


def _pointer_problems(resources):
    """(column, problem, expected) of keys from or to a column that no table has."""
    columns = {resource["name"]: [field["name"] for field in resource["schema"]["fields"]] for resource in resources}
    return [
        (
            resource["name"],
            f"key {column} to {target}.{target_column}",
            "a key of one column, to a column of a table here",
        )
        for resource in resources
        for column, target, target_column in _pointers(resource)
        if column not in columns[resource["name"]] or target_column not in columns.get(target, ())
    ]


def _pointers(resource):
    """(column, table, column there) of each foreign key and of each list of ids."""
    keys = [(key["fields"], key["reference"]) for key in resource["schema"].get("foreignKeys", [])]
    pointers = [(column, there["resource"] or resource["name"], there["fields"]) for column, there in keys]
    for field in resource["schema"]["fields"]:
        if "references" in field:
            target, _, target_column = field["references"].partition(".")
            pointers.append((field["name"], target, target_column))
    return pointers


def _is_pointer(key):
    """True for a foreign key of one column."""
    there = key.get("reference") if isinstance(key, dict) else None
    return isinstance(there, dict) and all(
        isinstance(name, str) for name in (key.get("fields"), there.get("resource"), there.get("fields"))
    )


def _are_named(parts):
    """True for a list of resources or fields, each an object with a name of its own."""
    if not isinstance(parts, list) or not parts or not all(isinstance(part, dict) for part in parts):
        return False
    names = [part.get("name") for part in parts]
    return all(isinstance(name, str) and name for name in names) and len(set(names)) == len(names)


def is_day(value: Any) -> bool:
    """True for a day as ISO text, YYYY-MM-DD."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def _typed_column(cells, field):
    """An array with the field's type, from a Categorical: each distinct cell is read once."""
    distinct = cells.categories.tolist()
    if mark := field.get("separator"):
        lists = (tuple(cell.split(mark)) if cell else () for cell in distinct)
        return np.fromiter(lists, dtype=object, count=len(distinct))[cells.codes]
    is_of_type, _ = TYPES[field["type"]]
    dtype, read = READ.get(field["type"], ("string", str))
    known = [read(cell) if cell and is_of_type(cell) else pd.NA for cell in distinct]
    return pd.array(known, dtype=dtype).take(cells.codes)


def _field_faults(column, field, is_key, file):
    limits, name, (is_of_type, words) = field.get("constraints", {}), field["name"], TYPES[field["type"]]
    distinct = column.cat.categories.tolist()
    filled = [*filter(None, distinct)]
    judged = [*filter(is_of_type, filled)]
    faults = []

    def demand(test, problem, expected, cells=judged):
        """Note a fault for each cell that fails the test; without `cells`, each filled one of the right type is asked."""
        faults.extend(_faults(among(column, [*filterfalse(test, cells)]), file, name, problem, expected))

    if limits.get("required") or is_key:
        demand(bool, None, "a value", distinct)
    demand(is_of_type, f"is not {words}", words, filled)
    if "enum" in limits:
        demand(
            set(map(str, limits["enum"])).__contains__,
            "is not allowed",
            f"one of {', '.join(map(str, limits['enum']))}",
        )
    if "pattern" in limits:
        demand(re.compile(limits["pattern"]).fullmatch, "does not match the pattern", limits["pattern"])
    if "minimum" in limits:
        demand(lambda cell: float(cell) >= limits["minimum"], "is below the minimum", f"{limits['minimum']} or more")
    if "maximum" in limits:
        demand(lambda cell: float(cell) <= limits["maximum"], "is above the maximum", f"{limits['maximum']} or less")
    if (limits.get("unique") or is_key) and len(distinct) < len(column):
        faults += _repeated(column[column.isin(judged)], file, name)
    if mark := field.get("separator"):
        lists = {cell: cell.split(mark) for cell in filled}
        for test, problem, expected in (
            (lambda items: "" not in items, "has a blank item", f"items joined by one {mark}"),
            (lambda items: len(set(items)) == len(items), "names an item twice", "each item once"),
            (
                lambda items: [*map(str.strip, items)] == items,
                f"has a space beside {mark}",
                f"items joined by {mark} alone",
            ),
        ):
            demand(lambda cell, test=test: test(lists[cell]), problem, expected, lists)
    return faults


def _repeated(column, file, name):
    """A fault per cell that stands in an earlier line already."""
    again = column[column.duplicated()]
    first_lines = pd.Series(column.index, index=column.to_numpy()).groupby(level=0).first() if len(again) else {}
    return [
        Fault(file, int(line), name, f"{quoted(cell)} stands in line {first_lines[cell]} already", "each value once")
        for line, cell in again.items()
    ]


def _lost(column, separator, targets):
    """The items (cells, if no list) of a column that are not among the targets, by line."""
    known, distinct = {"", *targets.cat.categories.tolist()}, column.cat.categories.tolist()
    if not separator:
        return among(column, [*filterfalse(known.__contains__, distinct)])
    odd = [cell for cell in distinct if not known.issuperset(cell.split(separator))]
    items = among(column, odd).astype(object).str.split(separator).explode()
    return items[~items.isin(known)]


def _faults(cells, file, column, problem, expected):
    """One fault per cell; without a problem the cell is blank."""
    return [
        Fault(file, int(line), column, f"{quoted(cell)} {problem}" if problem else "blank", expected)
        for line, cell in cells.items()
    ]
