"""All forms by name, and the command that writes them."""

import pytest

from azawad_conflict.exchange import workbook
from azawad_conflict.exchange.__main__ import main
from azawad_conflict.exchange.forms import FRAMES, by_name, files
from azawad_conflict.tables import schema


def test_each_table_is_a_parquet_file_and_each_form_says_what_it_is_for():
    known = by_name()
    assert [f"{resource['name']}.parquet" for resource in schema()["resources"]] == list(known)[4 + len(FRAMES) :]
    assert all(form.words for form in known.values())


def test_the_command_writes_what_the_function_gives(tmp_path, capsys):
    chosen = ["azawad-conflict.sqlite", "events.parquet", "towns.geojson"]
    assert (
        main([str(tmp_path / "new"), *chosen]) == main([str(tmp_path / "new"), *chosen]) == 0
    )  # over what is there too
    made = files(chosen)
    assert {file.name: file.read_bytes() for file in (tmp_path / "new").iterdir()} == {
        name: content for name, (content, _) in made.items()
    }
    assert "events.parquet: Events" in capsys.readouterr().out


def test_an_unknown_form_is_refused_with_those_that_there_are(tmp_path, capsys):
    with pytest.raises(KeyError, match=r"did you mean 'towns.geojson'\? There are: azawad-conflict.xlsx"):
        files(["town.geojson"])
    with pytest.raises(SystemExit):
        main([str(tmp_path / "new"), "all.zip"])
    assert "'all.zip': no such form" in capsys.readouterr().err and not (tmp_path / "new").exists()


def test_a_form_that_cannot_hold_the_data_is_told_and_the_others_are_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(workbook, "ROWS", 3)
    assert main([str(tmp_path), "azawad-conflict.xlsx", "towns.geojson"]) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["towns.geojson"]
    assert "azawad-conflict.xlsx: not written. incident_ranges: " in capsys.readouterr().err


def test_data_with_a_fault_are_told_and_nothing_is_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("AZAWAD_DATA", str(tmp_path / "nowhere"))
    assert main([str(tmp_path / "new")]) == 1 and not (tmp_path / "new").exists()
    assert "datapackage.json:1: (file): the file is missing" in capsys.readouterr().err
