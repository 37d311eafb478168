"""The tables, and what is computed of all of them, made once."""

import pytest

from azawad_conflict import casualties, multiverse
from azawad_conflict.tables import load


@pytest.fixture(scope="module")
def tables():
    return [load(name) for name in ("casualty_claims", "events", "actors", "sources", "phases")]


@pytest.fixture(scope="module")
def combined(tables):
    return multiverse.combinations(*tables)


@pytest.fixture(scope="module")
def ranges(tables):
    return casualties.incident_ranges(*tables[:4])
