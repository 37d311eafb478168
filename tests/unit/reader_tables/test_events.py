"""The tables on events and places as a reader finds them."""

import pandas as pd
import pytest

from azawad_conflict.reader_tables.evidence import events as read


@pytest.mark.parametrize(
    ("language", "names", "others", "points"),
    [
        ("", ["Timbuktu", "Léré"], ["Tombouctou", "Lere"], ["16.77, −3.01", "16.95, −3.01"]),
        ("fr", ["Tombouctou", "Léré"], ["Timbuktu", "Lere"], ["16,77\u202f; −3,01", "16,95\u202f; −3,01"]),
    ],
)
def test_a_place_has_its_name_once_and_its_point_as_the_language_writes_numbers(
    monkeypatch, language, names, others, points
):
    monkeypatch.setenv("LANGUAGE", language)
    rows = pd.DataFrame({"place_id": ["timbuktu", "lere"], "name": ["Timbuktu", "Léré"], "region_2012": "Timbuktu"})
    rows = rows.assign(other_names=[("Tombouctou",), ("Lere",)], kind="town", source_id="geonames")
    rows = rows.assign(latitude=[16.77348, 16.955], longitude=-3.00742, coordinate_precision="exact")
    none = pd.DataFrame({"place_id": []})
    table = read.places(rows, none, none)
    place, other, *_, where = table.columns[:5]
    assert (table[place].tolist(), table[other].tolist(), table[where].tolist()) == (names, others, points)
