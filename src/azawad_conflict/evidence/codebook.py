"""The codebook: the schema of the data package as tables that a reader can use."""

import hashlib

import pandas as pd

from azawad_conflict import tables


def table_names() -> list[str]:
    """Names of the tables, in the order of the schema."""
    return [resource["name"] for resource in tables.schema()["resources"]]


def description(name: str) -> str:
    """What one row of a table is, from the schema."""
    return _resource(name)["description"]


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
                "Column": field["name"],
                "Type": _type(field) + (", required" if limits.get("required") else ""),
                "Meaning": " ".join(
                    [
                        field["description"],
                        *([f"Identifier in {target}."] if target else []),
                        *([f"One of: {', '.join(limits['enum'])}."] if "enum" in limits else []),
                    ]
                ),
            }
        )
    return pd.DataFrame(rows)


def _resource(name):
    return next(resource for resource in tables.schema()["resources"] if resource["name"] == name)


def _type(field):
    kind = "EDTF date" if field.get("rdfType", "").endswith("/edtf") else field["type"]
    kind = f"list of {kind}s" if "separator" in field else kind
    return f"{kind}, {field['unit']}" if "unit" in field else kind
