"""GeoJSON: geometry and dates of the tables, and features of a day that are the states of the analysis."""

import datetime
import json
import re

import pytest

from azawad_conflict import casualties, territory
from azawad_conflict.exchange import geojson
from azawad_conflict.tables import load


@pytest.fixture(scope="module")
def incident_features(package):
    return json.loads(geojson.incidents(package.tables, package.computed, package.about))


@pytest.fixture(scope="module")
def town_features(package):
    return json.loads(geojson.towns(package.holders, package.tables["places"], package.about))


@pytest.mark.parametrize("collection", ["incident_features", "town_features"])
def test_it_is_what_the_standard_wants(collection, request):
    found = request.getfixturevalue(collection)
    assert found["type"] == "FeatureCollection" and found["licence"].startswith("https://")
    places = load("places").set_index("place_id")
    ids = [feature["id"] for feature in found["features"]]
    assert ids and len(ids) == len(set(ids))
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        place = feature["properties"]["place_id"]
        if place is None:
            assert feature["geometry"] is None
        else:
            point = [places.loc[place, "longitude"], places.loc[place, "latitude"]]
            assert feature["geometry"] == {"type": "Point", "coordinates": point}


def test_each_event_but_periods_is_a_feature_with_its_days(incident_features, package):
    events = package.tables["events"].frame
    assert [feature["id"] for feature in incident_features["features"]] == events["event_id"][
        events["kind"] != "period"
    ].to_list()
    days = events.set_index("event_id")[["date_first", "date_last"]].astype(object)
    for feature in incident_features["features"]:
        first, last = (feature["properties"][name] for name in ("date_first", "date_last"))
        assert [first, last] == [
            None if cell is events["date"].dtype.na_value else cell for cell in days.loc[feature["id"]]
        ]
        if first and last:
            assert datetime.date.fromisoformat(first) <= datetime.date.fromisoformat(last)


def test_the_killed_of_all_features_add_up_to_the_totals(incident_features):
    ranges = casualties.incident_ranges(*map(load, ("casualty_claims", "events", "actors", "sources")))
    totals = casualties.totals(ranges, ["side", "outcome"])
    for row in totals[totals["outcome"] == "killed"].itertuples():
        for end in ("low", "best", "high"):
            name = f"killed_{row.side}_{end}"
            told = [feature["properties"].get(name) for feature in incident_features["features"]]
            assert sum(number or 0 for number in told) == getattr(row, end), name


def test_each_number_of_killed_says_whose_word_it_is(incident_features):
    for feature in incident_features["features"]:
        told = feature["properties"]
        sides = [name.removesuffix("_best") for name in told if name.startswith("killed_") and name.endswith("_best")]
        assert sides and all((told[f"{side}_best"] is None) == (told[f"{side}_voice"] is None) for side in sides)
    (gao,) = (one["properties"] for one in incident_features["features"] if one["id"] == "gao_2012_06_27")
    ranges = casualties.incident_ranges(*map(load, ("casualty_claims", "events", "actors", "sources")))
    rows = ranges[ranges["event_id"].eq("gao_2012_06_27") & ranges["outcome"].eq("killed")].set_index("side")
    assert gao["killed_islamist_voice"] == rows.loc["islamist", "best_voice"] == "enemy"


def test_all_dead_of_a_fight_are_told_as_the_report_counts_them(incident_features, package):
    told = {
        feature["id"]: feature["properties"]["killed_everyone_best"]
        for feature in incident_features["features"]
        if feature["properties"]["killed_everyone_best"] is not None
    }
    assert told == package.computed["everyone_killed"].frame.set_index("event_id")["best"].to_dict()


def test_where_nobody_gives_a_number_it_is_null_and_not_zero(incident_features, package):
    ranges = package.computed["incident_ranges"].frame
    blank = ranges[(ranges["outcome"] == "killed") & (ranges["side"] == "islamist") & ranges["best"].isna()]
    found = {feature["id"]: feature["properties"] for feature in incident_features["features"]}
    stated = ranges[(ranges["outcome"] == "killed") & (ranges["side"] == "islamist") & ranges["best"].notna()]
    lone = set(blank["event_id"]) - set(stated["event_id"])
    assert lone and all(found[event]["killed_islamist_best"] is None for event in lone)


def test_the_features_of_a_day_are_the_states_of_that_day(town_features):
    spells, claims, places = load("control_spells"), load("control_claims"), load("places")

    def held(text):
        return sorted(text.split(";")) if text else []

    for day in ("2012-01-17", "2012-06-28", "2013-01-11", "2013-07-18", "2014-05-23", "2014-12-31"):
        states = territory.states_on(day, territory.reading(spells, "assessed"), claims, places)
        known = states[states["state"] != "unknown"]
        told = [feature["properties"] for feature in town_features["features"]]
        told = [spell for spell in told if spell["valid_from"] and spell["valid_from"] <= day <= spell["valid_to"]]
        said = [
            (*(spell[name] for name in ("place_id", "state", "certainty", "control_claims")), held(spell["holder"]))
            for spell in told
        ]
        wanted = zip(
            known["place_id"],
            known["state"],
            known["certainty"],
            known["control_claims"].map(";".join),
            known["holders"].map(sorted),
        )
        assert sorted(said) == sorted(wanted), day
    assert "presumed" in {feature["properties"]["state"] for feature in town_features["features"]}


def test_no_spell_is_left_out_and_one_that_was_not_documented_before_is_presumed(town_features):
    told = [feature["properties"] for feature in town_features["features"]]
    assert {spell["spell_id"] for spell in told} == set(
        territory.reading(load("control_spells"), "assessed")["spell_id"]
    )
    for spell in told:
        assert (spell["valid_from"] is None) == (spell["valid_to"] is None)
        if spell["valid_from"] and spell["last_documented"] is None:
            assert spell["state"] == "presumed"
        if spell["state"] == "presumed" and spell["last_documented"]:
            assert spell["last_documented"] < spell["valid_from"]


def test_what_may_be_holds_what_is_certain(town_features):
    for spell in (feature["properties"] for feature in town_features["features"]):
        assert spell["possible_from"] <= spell["possible_to"]
        if spell["valid_from"]:
            assert spell["possible_from"] <= spell["valid_from"] <= spell["valid_to"] <= spell["possible_to"]


def test_holders_stand_in_one_order_with_a_name_and_a_side_each(town_features):
    actors = load("actors").set_index("actor_id")
    order = list(actors.index)
    told = [feature["properties"] for feature in town_features["features"] if feature["properties"]["holder"]]
    assert any(";" in spell["holder"] for spell in told)
    for spell in told:
        held = spell["holder"].split(";")
        assert held == sorted(held, key=order.index)
        assert spell["holder_names"] == ";".join(actors.loc[held, "short_name"])
        assert spell["holder_sides"] == ";".join(actors.loc[held, "side"])


@pytest.mark.parametrize("collection", ["incident_features", "town_features"])
def test_the_file_says_what_each_property_means_and_how_to_cite_it(collection, request, package):
    found = request.getfixturevalue(collection)
    names = {
        re.sub(r"^killed_[a-z]+_(?=low|best|high|at_least|voice)", "killed_SIDE_", name)
        for name in found["features"][0]["properties"]
    }
    assert names == set(found["columns"]) and all(found["columns"].values())
    assert package.about.citation in found["description"] and found["licence"] in found["description"]


def test_two_runs_give_the_same_bytes(package):
    def made():
        return geojson.incidents(package.tables, package.computed, package.about), geojson.towns(
            package.holders, package.tables["places"], package.about
        )

    assert made() == made()


def test_geopandas_reads_both(package, tmp_path):
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed: GeoJSON is not opened with it")
    for name, content in (
        ("incidents", geojson.incidents(package.tables, package.computed, package.about)),
        ("towns", geojson.towns(package.holders, package.tables["places"], package.about)),
    ):
        (tmp_path / f"{name}.geojson").write_bytes(content)
        frame = geopandas.read_file(tmp_path / f"{name}.geojson")
        assert frame.crs.to_epsg() == 4326 and len(frame) == len(json.loads(content)["features"])
