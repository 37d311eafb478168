"""The tables as the crosswalk reads them, as flat frames and as their CSV files hold them, made once; no test may change them."""

import csv

import pytest

from azawad_conflict.exchange import flat
from azawad_conflict.exchange.crosswalk import acled, ged
from azawad_conflict.exchange.crosswalk.scheme import TABLES
from azawad_conflict.exchange.forms import Package
from azawad_conflict.tables import data_dir, load


@pytest.fixture(scope="session")
def frames():
    return {name: load(name) for name in TABLES}


@pytest.fixture(scope="session")
def ged_rows(frames):
    return ged.rows(*frames.values())


@pytest.fixture(scope="session")
def acled_rows(frames):
    return acled.rows(*frames.values())


@pytest.fixture(scope="session")
def package():
    return Package()


@pytest.fixture(scope="session")
def flat_tables(package):
    return package.tables


@pytest.fixture(scope="session")
def records():
    """Table to its records, cells as the CSV file has them."""
    found = {}
    for name in flat.read():
        with (data_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = list(csv.DictReader(file))
    return found


@pytest.fixture(scope="session")
def toy():
    """A table with what other programs could take for more than text, and with blanks."""
    import pandas as pd

    words = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        '=HYPERLINK("https://example.org")',
        "https://example.org/a",
        "007",
        "1e5",
        None,
    ]
    count = len(words)
    frame = pd.DataFrame({"toy_id": [f"t{number}" for number in range(count)], "words": words}).astype("string")
    frame["number"] = pd.array([1, None, 0, *range(3, count)], dtype="Int64")
    frame["share"] = pd.array([0.1, None, *range(2, count)], dtype="Float64")
    frame["parts"] = [("a", "b"), (), *[("a",)] * (count - 2)]
    frame["date"] = pd.array(
        [
            "2012-01-17",
            "2012-02",
            "2012",
            "2012-01-20/2012-01-21",
            "2012-02/..",
            None,
            "1899-12-31",
            "1916",
            "2014-12-31",
        ],
        dtype="string",
    )
    fields = [
        {"name": "toy_id", "type": "string", "description": "Id."},
        {"name": "words", "type": "string", "description": "Words."},
        {"name": "number", "type": "integer", "description": "Number."},
        {"name": "share", "type": "number", "description": "Share."},
        {"name": "parts", "type": "string", "separator": ";", "description": "Parts."},
        {"name": "date", "type": "string", "description": "Date.", "rdfType": "http://id.loc.gov/datatypes/edtf"},
    ]
    schema = {"fields": fields, "primaryKey": "toy_id"}
    return flat.flat(frame, {"name": "toys", "title": "Toys", "description": "One row is one toy.", "schema": schema})
