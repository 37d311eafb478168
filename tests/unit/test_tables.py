"""Loading: types, blanks, fresh copies, where the data is, and no table from a folder with a fault."""

import json

import pandas as pd
import pytest

from azawad_conflict import tables
from azawad_conflict.checks.columns import typed
from azawad_conflict.tables import REPOSITORY


@pytest.fixture
def elsewhere(data_copy, monkeypatch):
    """A copy of the data that AZAWAD_DATA points to."""
    monkeypatch.setenv("AZAWAD_DATA", str(data_copy.folder))
    return data_copy


def test_every_table_has_the_columns_of_the_schema():
    for resource in tables.schema()["resources"]:
        expected = [field["name"] for field in resource["schema"]["fields"]]
        assert list(tables.load(resource["name"]).columns) == expected


def test_types():
    claims, places, phases = tables.load("casualty_claims"), tables.load("places"), tables.load("phases")
    assert claims["low"].dtype == "Int64"
    assert places["latitude"].dtype == "Float64"
    assert claims["victim"].dtype == "string"
    assert phases.set_index("phase_id").loc["return", "first_day"] == "2013-01-11"
    assert tables.load("statements")["base_sentence"].dtype == "Int64"


def test_blanks_are_missing_and_zero_is_not(elsewhere):
    elsewhere.set("casualty_claims.csv", "gao_mnla_killed", low="0")
    claims = tables.load("casualty_claims").set_index("claim_id")
    assert claims.loc["menaka_islamist_killed", "low"] is pd.NA
    assert claims.loc["gao_mnla_killed", "low"] == 0
    assert claims.loc["gao_mnla_wounded", "reason"] is pd.NA


def test_lists_are_tuples():
    spells = tables.load("control_spells").set_index("spell_id")
    assert spells.loc["menaka_base_1", "holder"] == ("mnla", "islamist_groups")
    assert tables.load("places").set_index("place_id").loc["ansongo", "other_names"] == ()


@pytest.mark.parametrize("cells", [["a", "b", "a"], ["a;b", "c;d", "a;b"], ["", "", ""], ["a", "", "b;c"], []])
def test_lists_of_any_lengths_are_tuples(cells):
    resource = {"schema": {"fields": [{"name": "ids", "type": "string", "separator": ";"}]}}
    table = typed(pd.DataFrame({"ids": pd.Categorical(cells)}), resource)
    assert table["ids"].tolist() == [tuple(cell.split(";")) if cell else () for cell in cells]


def test_rows_are_numbered_from_zero():
    assert tables.load("events").index.tolist() == list(range(len(tables.load("events"))))


def test_load_returns_a_fresh_copy():
    before = tables.load("events")
    spoilt = tables.load("events")
    spoilt["name"] = "spoilt"
    spoilt.loc[0, "date"] = "1999"
    pd.testing.assert_frame_equal(tables.load("events"), before)


def test_schema_is_a_fresh_copy():
    tables.schema()["resources"].clear()
    assert tables.schema()["resources"]


def test_unknown_table():
    with pytest.raises(KeyError, match="battles"):
        tables.load("battles")


def test_data_dir(monkeypatch, tmp_path):
    monkeypatch.delenv("AZAWAD_DATA", raising=False)
    assert tables.data_dir() == REPOSITORY / "data"
    assert (REPOSITORY / "data" / "datapackage.json").is_file()
    monkeypatch.setenv("AZAWAD_DATA", str(tmp_path))
    assert tables.data_dir() == tmp_path


def test_azawad_data_is_what_is_loaded(elsewhere):
    elsewhere.set("events.csv", "gao_2012_06_27", name="Fight at Gao")
    assert "Fight at Gao" in tables.load("events")["name"].tolist()


def test_a_fault_anywhere_stops_every_table_and_lists_all(elsewhere):
    line = elsewhere.set("casualty_claims.csv", "gao_mnla_killed", low="9")
    elsewhere.set("people.csv", "bilal_ag_acherif", reported_fate="lost")
    with pytest.raises(tables.DataError) as caught:
        tables.load("places")
    assert [fault.file for fault in caught.value.faults] == ["casualty_claims.csv", "people.csv"]
    message = str(caught.value)
    assert message.startswith("2 faults in the data:\n")
    assert f"casualty_claims.csv:{line}: low: low 9 is above best 4, expected low <= best <= high" in message
    assert 'people.csv:3: reported_fate: "lost" is not allowed' in message


def test_the_folder_is_checked_once(elsewhere, monkeypatch):
    checks = []
    read = tables.read
    monkeypatch.setattr(tables, "read", lambda folder: checks.append(folder) or read(folder))
    for name in ("events", "places", "events"):
        tables.load(name)
    assert len(checks) == 1
    elsewhere.set("people.csv", "bilal_ag_acherif", note="Changed.")
    tables.load("events")
    assert len(checks) == 2


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("events.csv", "Battle of Gao", ""),
        ("datapackage.json", '"killed"', '"dead"'),
        ("references.bib", "@misc{edtf,", "@misc{other,"),
    ],
)
def test_a_change_after_loading_is_seen(file, old, new, elsewhere):
    tables.load("events")
    elsewhere.replace(file, old, new)
    with pytest.raises(tables.DataError):
        tables.load("events")


def test_a_new_file_after_loading_is_seen(elsewhere):
    tables.load("events")
    elsewhere.write("extra.csv", "a\n1\n")
    with pytest.raises(tables.DataError, match="extra.csv:1: "):
        tables.load("events")


def test_the_bibliography_of_the_project_serves_a_folder_without_one(elsewhere):
    elsewhere.bibliography.unlink()
    assert not tables.load("sources").empty


# Frictionless reads the same schema: it must accept it, and agree with the check on what it knows (types, constraints,
# keys). It knows no separators, references or rules.


def package(folder):
    """The data package of a folder as frictionless reads it."""
    from frictionless import Package, system  # it is slow to import, and every process collects this file

    with system.use_context(trusted=True):
        return Package(str(folder / "datapackage.json"))


def faulty_cells(folder):
    """File, line and column of each cell that frictionless finds at fault."""
    from frictionless import system

    with system.use_context(trusted=True):
        report = package(folder).validate()
    return {
        (task.place, error.row_number, getattr(error, "field_name", ""))
        for task in report.tasks
        for error in task.errors
    }


def test_the_schema_is_a_valid_data_package():
    read = package(REPOSITORY / "data")
    assert list(read.metadata_validate(read.to_descriptor())) == []
    assert json.loads((REPOSITORY / "data" / "datapackage.json").read_text())["profile"] == "tabular-data-package"


def test_frictionless_finds_no_fault_either():
    assert faulty_cells(REPOSITORY / "data") == set()


def test_frictionless_finds_the_same_cells(data_copy):
    lines = [
        ("events.csv", data_copy.set("events.csv", "gao_2012_06_27", name=""), "name"),
        ("casualty_claims.csv", data_copy.set("casualty_claims.csv", "gao_mnla_killed", low="four"), "low"),
        ("casualty_claims.csv", data_copy.set("casualty_claims.csv", "gao_mnla_wounded", outcome="hurt"), "outcome"),
        ("casualty_claims.csv", data_copy.set("casualty_claims.csv", "menaka_mnla_killed", low="-1"), "low"),
        ("places.csv", data_copy.set("places.csv", "gao", latitude="116.3"), "latitude"),
        ("phases.csv", data_copy.set("phases.csv", "return", first_day="2013-01-32"), "first_day"),
        ("actors.csv", data_copy.set("actors.csv", "mnla", base_sentence="1,3"), "base_sentence"),
        ("actors.csv", data_copy.set("actors.csv", "chadian_forces", name="French forces"), "name"),
    ]
    assert faulty_cells(data_copy.folder) == set(lines)
    assert {(fault.file, fault.line, fault.column) for fault in tables.check(data_copy.folder)} >= set(lines)


def test_frictionless_finds_the_same_lost_keys(data_copy):
    line = data_copy.set("casualty_claims.csv", "gao_mnla_killed", event_id="nothing")
    assert {place[:2] for place in faulty_cells(data_copy.folder)} == {("casualty_claims.csv", line)}
    assert ("casualty_claims.csv", line, "event_id") in {
        (fault.file, fault.line, fault.column) for fault in tables.check(data_copy.folder)
    }


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("casualties", "did you mean 'casualty_claims'\\?"),
        ("Event", "There are: abuse_claims, actors"),
        (None, "None"),
        (["events"], "did you mean"),
    ],
)
def test_a_name_that_is_no_table_is_told_with_those_there_are(name, meant):
    with pytest.raises(KeyError, match=f"no such table; .*{meant}" if name else "None: no such table"):
        tables.load(name)
