"""What rules, analysis and forms read of a data package beside its rows: one of another edition has it too, or is refused.

edition.json lists the tables and columns, with the major version whose editions keep them. It is the schema of this edition in short, which a test
holds it to; `make numbers RENEW=yes` writes it anew. A package may have more tables and columns.
"""

import json
from pathlib import Path
from typing import Any

from azawad_conflict.checks.columns import EDTF, is_day
from azawad_conflict.checks.faults import FILE, Fault

EDITION = Path(__file__).with_name("edition.json")


def shape(package: dict[str, Any]) -> dict[str, Any]:
    """The major version of a descriptor, and of each table the kind of each column: its type, and whether it is key, list, EDTF or bounded."""
    return {
        "major": str(package.get("version")).partition(".")[0],
        "tables": {
            resource["name"]: {
                field["name"]: _kind(field, resource["schema"]) for field in resource["schema"]["fields"]
            }
            for resource in package["resources"]
        },
    }


def edition_faults(package: dict[str, Any]) -> list[Fault]:
    """Faults of a whole descriptor where it lacks what the code reads, which would break off in the midst of it."""
    read, there = json.loads(EDITION.read_text("utf-8")), shape(package)
    problems = _silences(package)
    if there["major"] != read["major"]:
        problems.append(("version", f"edition {package.get('version')}", f"{read['major']}.x, which this code reads"))
    for table, columns in read["tables"].items():
        if table not in there["tables"]:
            problems.append((table, "the table is missing, and the code reads it", "a resource of that name"))
            continue
        for column, kind in columns.items():
            found = there["tables"][table].get(column)
            if found != kind:
                problem = f"of the kind {found}" if found else "the column is missing, and the code reads it"
                problems.append((f"{table}.{column}", problem, f"a field of the kind {kind}"))
    return [Fault("datapackage.json", 1, *problem) for problem in problems]


def _silences(package: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(column, problem, expected) where the descriptor lacks words, or the day, that pages and forms say of the edition."""
    parts: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [(FILE, package, ("name", "title", "description"))]
    for key, names in (("licenses", ("title", "path")), ("contributors", ("title",))):
        listed = package.get(key)
        are_parts = isinstance(listed, list) and all(isinstance(part, dict) for part in listed)
        parts += [(key, part, names) for part in (are_parts and listed) or [{}]]
    for resource in package["resources"]:
        parts.append((resource["name"], resource, ("title", "description")))
        for field in resource["schema"]["fields"]:
            parts.append((f"{resource['name']}.{field['name']}", field, ("title", "description")))
    problems = [
        (place, f"no {name}", "words")
        for place, part, names in parts
        for name in names
        if not isinstance(part.get(name), str) or not part[name].strip()
    ]
    if not is_day(str(package.get("created"))[:10]):
        problems.append(("created", f"{package.get('created')}", "the day of the edition as YYYY-MM-DD"))
    return problems


def _kind(field: dict[str, Any], schema: dict[str, Any]) -> str:
    marks = {
        "key": field["name"] == schema["primaryKey"],
        f"list by {field.get('separator')}": "separator" in field,
        "EDTF": field.get("rdfType") == EDTF,
        "bounded": {"minimum", "maximum"} <= set(field.get("constraints", ())),
    }
    return ", ".join([field["type"], *(mark for mark, is_so in marks.items() if is_so)])
