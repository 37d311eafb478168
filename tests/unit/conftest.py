"""The tables, and what is computed of all of them, made once; no test may change them."""

import pytest

from azawad_conflict import casualties, headline, multiverse
from azawad_conflict.tables import load


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
def quoted():
    """Topic to its quoted numbers: key to Number."""
    return {topic: headline.quoted(topic) for topic in headline.TOPICS}
