"""What the schema says of columns: types, required, enum, unique, pattern, minimum, maximum, primary and foreign keys.

All of it comes from datapackage.json (Frictionless Table Schema), with two keys of the project's own: `separator`
makes a list of a column, and `references` ("table.column") says what each item of the list points to. The frictionless
library checks the same, row by row and by the number of the record; here whole columns are checked at once and a fault
names the line of the file (tests/test_rules.py holds the two together).
"""

import re

import pandas as pd

from azawad_conflict.checks.faults import Fault, quoted

TYPES = {
    "string": ("", "text"),
    "integer": (r"-?[0-9]{1,18}", "a whole number"),
    "number": (r"-?[0-9]{1,18}(\.[0-9]{1,18})?", "a number"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day as YYYY-MM-DD"),
}
CONSTRAINTS = {"required", "unique", "pattern", "enum", "minimum", "maximum"}
EDTF = "http://id.loc.gov/datatypes/edtf"


def descriptor_faults(package):
    """Faults where the schema asks for what this module does not check: it would pass for checked otherwise."""
    problems = []
    for resource in package["resources"]:
        schema, name = resource["schema"], resource["name"]
        for field in schema["fields"]:
            column = f"{name}.{field['name']}"
            if field["type"] not in TYPES:
                problems.append((column, f"type {field['type']}", f"one of {', '.join(TYPES)}"))
            for constraint in sorted(set(field.get("constraints", {})) - CONSTRAINTS):
                problems.append((column, f"constraint {constraint}", f"one of {', '.join(sorted(CONSTRAINTS))}"))
        keys = [schema["primaryKey"], *(key["fields"] for key in schema.get("foreignKeys", []))]
        problems += [(name, f"key {key}", "a key of one column") for key in keys if not isinstance(key, str)]
    return [
        Fault("datapackage.json", 1, column, f"{problem} is not checked", wanted)
        for column, problem, wanted in problems
    ]


def column_faults(cells, resource):
    """Faults of the cells of one table against its fields and its primary key."""
    schema, file = resource["schema"], resource["path"]
    faults = []
    for field in schema["fields"]:
        if field["name"] in cells:
            faults += _field_faults(cells[field["name"]], field, field["name"] == schema["primaryKey"], file)
    return faults


def key_faults(name, tables, package):
    """Faults of one table's foreign keys and of the ids in its lists.

    tables : cells by name of table. A key into a table that could not be read is left out.
    """
    resource = next(resource for resource in package["resources"] if resource["name"] == name)
    pointers = [
        (key["fields"], key["reference"]["resource"] or name, key["reference"]["fields"])
        for key in resource["schema"].get("foreignKeys", [])
    ]
    pointers += [
        (field["name"], *field["references"].split("."))
        for field in resource["schema"]["fields"]
        if "references" in field
    ]
    separators = {field["name"]: field.get("separator") for field in resource["schema"]["fields"]}
    faults = []
    for column, target, target_column in pointers:
        if column in tables[name] and target_column in tables.get(target, ()):
            items = _items(tables[name][column], separators[column])
            lost = items[items.ne("") & ~items.isin(tables[target][target_column])]
            expected = f"{target_column} of a row there"
            faults += _faults(lost, resource["path"], column, f"is not in {target}.csv", expected)
    return faults


def typed(cells, resource):
    """The table with its types, one row per line of the file (the index), blanks missing.

    Integers are Int64, numbers Float64, text, days (ISO) and EDTF dates "string"; a list is a tuple of str, empty for
    a blank. A cell that is not of its type is missing.
    """
    return pd.DataFrame(
        {field["name"]: _typed_column(cells[field["name"]], field) for field in resource["schema"]["fields"]},
        index=cells.index,
    )


def fields_of(resource, kind):
    """Names of the columns of one kind: "edtf", "list" or a type of Table Schema."""
    tests = {
        "edtf": lambda field: field.get("rdfType") == EDTF,
        "list": lambda field: "separator" in field,
    }
    test = tests.get(kind, lambda field: field["type"] == kind)
    return [field["name"] for field in resource["schema"]["fields"] if test(field)]


def _typed_column(column, field):
    if "separator" in field:
        return column.map(lambda cell: tuple(cell.split(field["separator"])) if cell else ())
    blank = column.eq("")
    if field["type"] in ("integer", "number"):
        numbers = pd.to_numeric(column.where(_is_of_type(column, field) & ~blank), errors="coerce")
        return numbers.astype("Int64" if field["type"] == "integer" else "Float64")
    return column.where(~blank & _is_of_type(column, field)).astype("string")


def _is_of_type(column, field):
    pattern, _ = TYPES[field["type"]]
    if not pattern:
        return pd.Series(True, index=column.index)
    fits = _matches(column, pattern)
    if field["type"] == "date":
        return fits & pd.to_datetime(column.where(fits), format="%Y-%m-%d", errors="coerce").notna()
    return fits


def _matches(column, pattern):
    """True where a whole cell matches; each distinct cell is matched once."""
    whole = re.compile(pattern)
    return column.isin([cell for cell in column.unique() if whole.fullmatch(cell)])


def _field_faults(column, field, is_key, file):
    limits, name = field.get("constraints", {}), field["name"]
    filled = column[column.ne("")]
    faults = []
    if limits.get("required") or is_key:
        faults += _faults(column[column.eq("")], file, name, None, "a value")
    of_type = filled[_is_of_type(filled, field)]
    faults += _faults(
        filled.drop(of_type.index), file, name, f"is not {TYPES[field['type']][1]}", TYPES[field["type"]][1]
    )
    if "enum" in limits:
        unknown = of_type[~of_type.isin([str(value) for value in limits["enum"]])]
        faults += _faults(unknown, file, name, "is not allowed", f"one of {', '.join(map(str, limits['enum']))}")
    if "pattern" in limits:
        misfits = of_type[~_matches(of_type, limits["pattern"])]
        faults += _faults(misfits, file, name, "does not match the pattern", limits["pattern"])
    for bound, outside in (("minimum", "lt"), ("maximum", "gt")):
        if bound in limits:
            numbers = pd.to_numeric(of_type)
            beyond = of_type[getattr(numbers, outside)(limits[bound])]
            faults += _faults(
                beyond,
                file,
                name,
                f"is {'below' if bound == 'minimum' else 'above'} the {bound}",
                f"{limits[bound]} {'or more' if bound == 'minimum' else 'or less'}",
            )
    if limits.get("unique") or is_key:
        faults += _repeated(of_type, file, name)
    if "separator" in field:
        faults += _list_faults(filled, field["separator"], file, name)
    return faults


def _repeated(column, file, name):
    """A fault per cell that stands in an earlier line already."""
    again = column[column.duplicated()]
    first_lines = pd.Series(column.index, index=column.to_numpy()).groupby(level=0).first() if len(again) else {}
    return [
        Fault(file, int(line), name, f"{quoted(cell)} stands in line {first_lines[cell]} already", "each value once")
        for line, cell in again.items()
    ]


def _list_faults(column, separator, file, name):
    lists = {cell: cell.split(separator) for cell in column.unique()}
    blank = column[column.isin([cell for cell, items in lists.items() if "" in items])]
    twice = column[column.isin([cell for cell, items in lists.items() if len(set(items)) < len(items)])]
    spaced = column[column.isin([cell for cell, items in lists.items() if any(item != item.strip() for item in items)])]
    return [
        *_faults(blank, file, name, "has a blank item", f"items joined by one {separator}"),
        *_faults(twice, file, name, "names an item twice", "each item once"),
        *_faults(spaced, file, name, f"has a space beside {separator}", f"items joined by {separator} alone"),
    ]


def _items(column, separator):
    """One row per item of a list column, with the line as index; the column itself where it is no list."""
    return column.str.split(separator).explode() if separator else column


def _faults(cells, file, column, problem, expected):
    """One fault per cell; without a problem the cell is blank."""
    return [
        Fault(file, int(line), column, f"{quoted(cell)} {problem}" if problem else "blank", expected)
        for line, cell in cells.items()
    ]
