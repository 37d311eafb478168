"""Croissant of tables that point to each other in circles, loaded by mlcroissant where it is installed."""

import datetime
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
    package = {"name": "toys", "title": "Toys", "version": "1.0.0", "resources": [table]}
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
