"""The codebook: the schema of the data package as tables that a reader can use."""

import hashlib

import pandas as pd

from azawad_conflict import tables
from azawad_conflict.language import WordsByKey, _

KINDS = WordsByKey({"string": "string", "integer": "integer", "number": "number", "date": "date", "edtf": "EDTF date"})
LISTS = WordsByKey(
    {
        "string": "list of strings",
        "integer": "list of integers",
        "number": "list of numbers",
        "date": "list of dates",
        "edtf": "list of EDTF dates",
    }
)
UNITS = WordsByKey({"people": "people", "decimal degrees": "decimal degrees", "see unit": "see unit"})


def table_names() -> list[str]:
    """Names of the tables, in the order of the schema."""
    return [resource["name"] for resource in tables.schema()["resources"]]


def heading(name: str) -> str:
    """A heading with what one row of a table is, from the schema, as MyST."""
    resource = _resource(name)
    return f"## {_(resource['title'])}\n\n{_(resource['description'])}"


def files() -> pd.DataFrame:
    """One row per table of the package: file, description, rows, bytes, sha256 of the file."""
    found = []
    for resource in tables.schema()["resources"]:
        content = (tables.data_dir() / resource["path"]).read_bytes()
        found.append(
            {
                "file": resource["path"],
                "description": resource["description"],
                "rows": len(tables.load(resource["name"])),
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
    return pd.DataFrame(found)


def columns(name: str) -> pd.DataFrame:
    """One row per column of a table: name, type with unit, required or not, meaning with values."""
    resource = _resource(name)
    foreign = {key["fields"]: key["reference"]["resource"] for key in resource["schema"].get("foreignKeys", [])}
    rows = []
    for field in resource["schema"]["fields"]:
        limits = field.get("constraints", {})
        target = foreign.get(field["name"]) or field.get("references", "").split(".")[0]
        rows.append(
            {
                _("Column"): field["name"],
                _("Type"): _("{type}, required").format(type=_type(field)) if limits.get("required") else _type(field),
                _("Meaning"): " ".join(
                    [
                        _(field["description"]),
                        *([_("Identifier in {table}.").format(table=target)] if target else []),
                        *(
                            [_("One of: {values}.").format(values=", ".join(limits["enum"]))]
                            if "enum" in limits
                            else []
                        ),
                    ]
                ),
            }
        )
    return pd.DataFrame(rows)


def _resource(name):
    return next(resource for resource in tables.schema()["resources"] if resource["name"] == name)


def _type(field):
    kind = "edtf" if field.get("rdfType", "").endswith("/edtf") else field["type"]
    words = LISTS[kind] if "separator" in field else KINDS[kind]
    return f"{words}, {UNITS.get(field['unit'], field['unit'])}" if "unit" in field else words
