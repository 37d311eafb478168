"""What catalogues read of an edition: Croissant, loaded by mlcroissant where it is installed, RO-Crate and DataCite."""

import dataclasses
import datetime
import hashlib
import json

import pytest

from bookpress.book.attachments import read_package
from bookpress.book.edition import Edition
from bookpress.release import metadata

EDITION = Edition(
    title="Toys",
    subtitle="",
    authors=("Ann Author",),
    version="1.0.0",
    date=datetime.date(2020, 2, 29),
    licence="CC-BY-4.0",
    abstract="Toys.",
    keywords=("toys",),
    url="",
    language="en",
    commit="",
    rebuild="",
    slug="toys",
)


@pytest.fixture
def croissant(tmp_path):
    """The file beside a package of one table, whose rows have a parent in it."""
    fields = [
        {"name": name, "title": name, "type": kind, "description": name}
        for name, kind in (("toy_id", "string"), ("parent_id", "string"), ("number", "integer"))
    ]
    keys = [{"fields": "parent_id", "reference": {"resource": "toys", "fields": "toy_id"}}]
    schema = {"fields": fields, "primaryKey": "toy_id", "foreignKeys": keys}
    table = {
        "name": "toys",
        "path": "toys.csv",
        "title": "Toys",
        "description": "One row is one toy.",
        "schema": schema,
    }
    package = {
        "name": "toys",
        "title": "Toys",
        "version": "1.0.0",
        "temporal": {"start": "2019-01-01", "end": "2019-12-31"},
        "spatial": {"name": "Toyland", "bbox": [-1, 2, 3, 4]},
        "resources": [table],
    }
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps(package))
    (tmp_path / "data" / "toys.csv").write_text("toy_id,parent_id,number\na,,1\nb,a,\n")
    file = tmp_path / "croissant.json"
    file.write_bytes(metadata.croissant(EDITION, read_package(tmp_path / "data" / "datapackage.json"), "data"))
    return file


def test_no_field_makes_a_reader_join_tables(croissant):
    fields = json.loads(croissant.read_text())["recordSet"][0]["field"]
    assert [field["name"] for field in fields] == ["toy_id", "parent_id", "number"]
    assert not any("references" in field for field in fields)


def test_mlcroissant_loads_every_record(croissant):
    reason = "mlcroissant is not installed: the records are not loaded with it"
    dataset = pytest.importorskip("mlcroissant", reason=reason).Dataset(str(croissant))
    assert [record["toys/toy_id"] for record in dataset.records("toys")] == [b"a", b"b"]


def test_a_crate_says_of_each_file_what_it_is_in_terms_that_its_context_has():
    files = {"a.csv": b"x\n", "a.parquet": b"PAR1", "b/c.txt": b""}
    edition = dataclasses.replace(EDITION, publisher="Toy Press")
    crate = json.loads(metadata.ro_crate(edition, files, {"a.csv": "Toys", "a.parquet": "Toys", "b/": "More"}))
    parts = {part["@id"]: part for part in crate["@graph"]}
    assert crate["@context"] == [metadata.CONTEXT, {"sha256": "https://schema.org/sha256"}]
    assert parts["a.csv"]["sha256"] == hashlib.sha256(b"x\n").hexdigest()
    assert parts["a.parquet"]["encodingFormat"] == "application/vnd.apache.parquet"
    root = parts["./"]
    assert [part["@id"] for part in root["hasPart"]] == ["a.csv", "a.parquet", "b/"]
    assert parts[root["author"]["@id"]]["name"] == "Ann Author"  # one author is no list, as the validator asks
    assert parts[root["publisher"]["@id"]] == {"@id": "#publisher", "@type": "Organization", "name": "Toy Press"}
    two = json.loads(metadata.ro_crate(dataclasses.replace(EDITION, authors=("A", "B")), files, {}))["@graph"]
    assert len(two[1]["author"]) == 2 and "publisher" not in two[1]


def test_datacite_gets_what_it_requires_and_where_and_when(croissant):
    package = read_package(croissant.parent / "data" / "datapackage.json")
    told = json.loads(metadata.datacite(EDITION, package))
    required = ("creators", "titles", "publisher", "publicationYear", "types", "schemaVersion")
    assert all(told[name] for name in required) and told["publisher"] == {"name": ":unav"}
    assert told["creators"] == [{"name": "Ann Author", "nameType": "Organizational"}]
    assert {date["dateType"]: date["date"] for date in told["dates"]} == {
        "Issued": "2020-02-29",
        "Other": "2019-01-01/2019-12-31",
    }
    (place,) = told["geoLocations"]
    assert place["geoLocationBox"]["northBoundLatitude"] == 4 and place["geoLocationPlace"] == "Toyland"
    assert "geoLocations" not in json.loads(metadata.datacite(EDITION)) and "doi" not in told


def test_datacite_s_own_schema_finds_no_fault(croissant):
    reason = "datacite is not installed: the record is not held to its schema"
    validator = pytest.importorskip("datacite.schema45", reason=reason).validator
    named = dataclasses.replace(
        EDITION, permanent="https://doi.org/10.5555/toys", url="https://example.org/", persons=("Ann Author",)
    )
    package = read_package(croissant.parent / "data" / "datapackage.json")
    for edition in (EDITION, named):
        assert [error.message for error in validator.iter_errors(json.loads(metadata.datacite(edition, package)))] == []
