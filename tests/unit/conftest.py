"""The tables, and what is computed of all of them, made once; no test may change them. Each version of a file of the data, read once."""

import json
from pathlib import Path

import pandas as pd
import pytest

from azawad_conflict import casualties, multiverse
from azawad_conflict import tables as loading
from azawad_conflict.tables import load
from without_press import compute, computed

MOST = 500  # of what `read_once` keeps: some versions of all tables


@pytest.fixture(scope="session")
def tables():
    return [load(name) for name in ("casualty_claims", "events", "actors", "sources", "phases")]


@pytest.fixture(scope="session")
def combined(tables):
    """The multiverse: one row per combination of choices."""
    return multiverse.combinations(*tables)


@pytest.fixture(scope="session")
def incidents(tables):
    """One row per incident, group and outcome."""
    return casualties.incident_ranges(*tables[:4])


@pytest.fixture(scope="session")
def quoted(made_once):
    """Topic to its quoted numbers: key to Number; computed once, by a process that has no press."""
    return computed(made_once("without_press", compute))


@pytest.fixture(scope="session", autouse=True)
def read_once():
    """A check reads 24 tables and the bibliography, and few tests touch more than one of them: each version of a file is read once."""
    kept = {}

    def once(function, key):
        def of(*arguments):
            asked = (function, *map(key, arguments))
            if asked not in kept:
                if len(kept) > MOST:
                    kept.clear()
                kept[asked] = function(*arguments), arguments  # which live as long as their key
            return kept[asked][0]

        return of

    def of_file(given):
        return (given.name, given.read_bytes() if given.is_file() else None) if isinstance(given, Path) else str(given)

    def of_table(given):
        return id(given) if isinstance(given, pd.DataFrame) else json.dumps(given)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("read_bibliography", "read_cells"):
            patch.setattr(loading, name, once(getattr(loading, name), of_file))
        for name in ("cell_faults", "column_faults", "typed"):
            patch.setattr(loading, name, once(getattr(loading, name), of_table))
        yield
