"""The tables that the crosswalk reads, and the rows that it makes of them, made once; no test may change them."""

import pytest

from azawad_conflict.exchange.crosswalk import acled, ged
from azawad_conflict.tables import load

NAMES = ("casualty_claims", "events", "actors", "sources", "places", "ucdp_dyads", "crosswalk")


@pytest.fixture(scope="session")
def frames():
    return {name: load(name) for name in NAMES}


@pytest.fixture(scope="session")
def ged_rows(frames):
    return ged.rows(*frames.values())


@pytest.fixture(scope="session")
def acled_rows(frames):
    return acled.rows(*frames.values())
