"""The tables, and what is computed of all of them, made once; no test may change them. The bibliography, parsed once for each of its versions."""

import pytest

from azawad_conflict import casualties, headline, multiverse
from azawad_conflict import tables as loading
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


@pytest.fixture(scope="session", autouse=True)
def parsed_once():
    """To parse the bibliography is nearly half of a check, and few tests touch it."""
    parsed, read = {}, loading.read_bibliography

    def read_once(path):
        content = path.read_bytes() if path.is_file() else None
        if content not in parsed:
            parsed[content] = read(path)
        return parsed[content]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "read_bibliography", read_once)
        yield
