"""The cases of tests/cases/deciding.json as tables: whose number decides, by hand, for the analysis and for the scripts alike.

A case has claims on one event, and the range that the counting rule makes of them for one side: low, best and high, or
null if nothing is counted. A claim has a number (low, best, high) and what differs from `CLAIM`.
"""

import json
from pathlib import Path

import pandas as pd

from azawad_conflict.tables import load

GIVEN = json.loads((Path(__file__).parent / "cases" / "deciding.json").read_text(encoding="utf-8"))
CASES = {case["name"]: case for case in GIVEN["cases"]}
CLAIM = {"victim": "mnla", "role": "press", "source": "late", "origin": "A", "qualifier": None, "counted": "yes"}
EVENT = {
    "date": "2012-06-27",
    "kind": "battle",
    "scope": "core",
    "violence_type": "non_state",
    "victims_disputed": "no",
}


def with_cases(tables):
    """The tables, by name, with an event and claims for each case: no other casualty claim is left in them."""
    sources = [{"source_id": name} | source for name, source in GIVEN["sources"].items()]
    events = [{"event_id": name, "name": name} | EVENT | case.get("event", {}) for name, case in CASES.items()]
    claims = []
    for name, case in CASES.items():
        for number, claim in enumerate(case["claims"]):
            told = CLAIM | claim
            claims.append(
                {"claim_id": f"{name} {number}", "event_id": name, "outcome": "killed", "claimant": told["origin"]}
                | {"claimant_role": told["role"], "source_id": told["source"]}
                | {"reason": None if told["counted"] == "yes" else "Left out."}
                | {column: told[column] for column in ("victim", "origin", "qualifier", "counted")}
                | dict(zip(("low", "best", "high"), told["number"], strict=True))
            )
    return tables | {
        "sources": _added(tables["sources"], sources),
        "events": _added(tables["events"], events),
        "casualty_claims": _added(tables["casualty_claims"].head(0), claims),
    }


def _added(table, rows):
    """A table with rows that have some of its columns; the others are those of no row, or blank."""
    new = pd.DataFrame(rows).reindex(columns=table.columns)
    for column in table.columns[table.dtypes == object]:  # lists
        new[column] = [()] * len(new)
    return pd.concat([table, new.astype(table.dtypes)], ignore_index=True)


def tables_with_cases(names):
    return with_cases({name: load(name) for name in names})


def expected(case):
    """The sum that the counting rule makes of a case for its side; None if nothing is counted."""
    if case["range"] is None:
        return None
    return dict(zip(("low", "best", "high"), case["range"], strict=True)) | {"at_least": case.get("at_least", False)}
