"""The map with a date slider: does each date show what the rules say, is every town there, and is the fragment sound?"""

import gzip
import json
import re
from itertools import pairwise
from xml.etree import ElementTree

import pandas as pd
import pytest

from azawad_conflict import territory
from azawad_conflict.explorer import BIBLIOGRAPHY
from azawad_conflict.figures import dated_map
from azawad_conflict.figures.style import HOLDERS, drawn
from azawad_conflict.tables import REPOSITORY, load
from bookpress.bibliography import citations

SVG = "{http://www.w3.org/2000/svg}"
LARGEST_BYTES = 60_000
HOSTILE = '</script><b onclick="x">&amp;'


@pytest.fixture(scope="module")
def tables():
    rows = {name: load(name) for name in ("control_claims", "actors", "phases")}
    return {
        "spells": territory.reading(load("control_spells"), "assessed"),
        "claims": rows["control_claims"],
        "towns": territory.populated(load("places")),
        "actors": rows["actors"],
        "phase_rows": rows["phases"],
        "cited": citations(BIBLIOGRAPHY),
    }


@pytest.fixture(scope="module")
def html(tables):
    return dated_map.draw(**tables)


@pytest.fixture(scope="module")
def tree(html):
    return ElementTree.fromstring(html)


@pytest.fixture(scope="module")
def data(tree):
    return json.loads(tree.find(".//script[@id='dated-map-data']").text)


def states(data, number):
    ways = {place_id: data["ways"][town["at"][number]] for place_id, town in data["towns"].items()}
    return {place_id: (way["state"], tuple(way["holders"]), way["certainty"]) for place_id, way in ways.items()}


def expected(date, tables):
    rows = territory.states_on(date, tables["spells"], tables["claims"], tables["towns"])
    return {row.place_id: (row.state, row.holders, row.certainty) for row in rows.itertuples()}


def test_every_date_shows_the_states_of_that_day(data, tables):
    for number, date in enumerate(data["dates"]):
        assert states(data, number) == expected(date, tables), date


def test_the_dates_are_the_first_day_every_change_and_the_last_day(data, tables):
    first, last = tables["phase_rows"]["first_day"].min(), tables["phase_rows"]["last_day"].max()
    assert (data["dates"][0], data["dates"][-1]) == (first, last)
    for number, (date, after) in enumerate(pairwise(data["dates"])):
        eve = pd.Timestamp(after) - pd.Timedelta(days=1)
        assert states(data, number) == expected(eve, tables), f"a change between {date} and {after} has no date"
        assert after == last or states(data, number) != states(data, number + 1), f"nothing changes on {after}"


def test_every_town_has_a_mark_a_target_and_a_history(tree, tables):
    towns = set(tables["towns"]["place_id"])
    assert {mark.get("data-town") for mark in tree.iter(f"{SVG}g") if mark.get("data-town")} == towns
    links = {link.get("data-town"): link.get("href") for link in tree.iter(f"{SVG}a")}
    assert links == {place_id: f"#history-{place_id}" for place_id in towns}
    assert {item.get("id") for item in tree.iter("details")} == {f"history-{place_id}" for place_id in towns}
    assert {text.get("data-name") for text in tree.iter(f"{SVG}text")} - {None} == towns


def test_without_a_script_the_map_is_that_of_the_last_day(tree, data):
    for mark in tree.iter(f"{SVG}g"):
        if mark.get("data-town"):
            way = data["ways"][data["towns"][mark.get("data-town")]["at"][-1]]
            assert mark.find(f"{SVG}use").get("href") == f"#{way['symbol']}"
    assert tree.find(".//*[@id='dm-day']").text == data["days"][-1]
    assert tree.find(".//*[@class='dm-controls with-script']") is not None


def test_every_spell_is_in_the_history_of_its_town(tree, tables):
    for place_id, spells in tables["spells"].groupby("place_id"):
        items = tree.findall(f".//details[@id='history-{place_id}']/ol/li")
        assert len(items) == len(spells)
        rests_on = sorted(tuple(f"explorer.html#claim-{claim}" for claim in claims) for claims in spells["control_claims"])
        assert sorted(tuple(link.get("href") for link in item.iter("a")) for item in items) == rests_on


def test_one_symbol_for_each_way_to_draw_a_town(tree, data):
    symbols = {symbol.get("id") for symbol in tree.iter(f"{SVG}symbol")}
    used = {use.get("href").removeprefix("#") for use in tree.iter(f"{SVG}use")} | {way["symbol"] for way in data["ways"]}
    assert used == symbols
    rows = drawn(pd.DataFrame(data["ways"]).assign(holders=lambda ways: ways["holders"].map(tuple)))
    looks = [(row.state, row.holders, row.certainty == "low") for row in rows.itertuples()]
    assert len(set(looks)) == len(set(rows["symbol"])) == len(set(zip(looks, rows["symbol"], strict=True)))


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_symbol_has_the_colour_of_its_holder_and_its_signs(holder):
    plain, hollow, presumed = (
        dated_map.symbol(dated_map.Look(state, (holder,), certainty)) for state, certainty in (("held", "high"), ("held", "low"), ("presumed", "high"))
    )
    assert HOLDERS[holder].colour in plain and "?" not in plain and '"#fff"' not in plain
    assert '"#fff"' in hollow
    assert ">?<" in presumed


def test_unknown_has_no_colour_of_a_holder():
    unknown = dated_map.symbol(dated_map.Look("unknown", (), "low"))
    assert ">?<" in unknown and not any(holder.colour in unknown for holder in HOLDERS.values())


def test_no_colour_of_a_holder_on_the_land():
    assert not any(holder.colour in dated_map._base() for holder in HOLDERS.values())


def test_the_numbers_of_a_summary_add_up(data):
    for sentence in data["summaries"]:
        total, *parts = map(int, re.findall(r"\d+", sentence))
        assert total == sum(parts) == len(data["towns"])


def test_a_ring_is_a_change_of_hands_and_not_a_loss_of_sight(data):
    for number in range(1, len(data["dates"])):
        before, now = states(data, number - 1), states(data, number)
        moved = {place_id for place_id in now if set(now[place_id][1]) != set(before[place_id][1])}
        assert set(data["moved"][number]) == moved
        told = data["changes"][number]
        assert all((town["name"] in told) == (now[place_id] != before[place_id]) for place_id, town in data["towns"].items())


def test_size(html):
    assert len(gzip.compress(html.encode())) <= LARGEST_BYTES


def test_ids_are_unique_and_references_lead_somewhere(tree):
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    inner = {item.get("href")[1:] for item in tree.iter() if (item.get("href") or "").startswith("#") and "=" not in item.get("href")}
    named = {name for item in tree.iter() for key in ("aria-labelledby", "for") for name in (item.get(key) or "").split()}
    assert inner | named <= set(ids)


def test_a_strict_content_security_policy_holds(tree):
    attributes = {key for item in tree.iter() for key in item.keys()}
    assert "style" not in attributes and not any(key.startswith("on") for key in attributes)
    assert not list(tree.iter("style")) and not list(tree.iter(f"{SVG}style"))
    script = (REPOSITORY / "book" / "_static" / "dated-map.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\b|\bfetch\b|XMLHttpRequest|innerHTML|\.style\b|import\s", script)


def test_every_id_the_script_asks_for_exists(tree):
    script = (REPOSITORY / "book" / "_static" / "dated-map.js").read_text(encoding="utf-8")
    ids = {item.get("id") for item in tree.iter()}
    assert set(re.findall(r'byId\("([^"]+)"\)', script)) <= ids


def test_texts_are_escaped(tables):
    towns, actors, spells = (tables[name].copy() for name in ("towns", "actors", "spells"))
    towns["name"], actors["short_name"], spells["note"] = HOSTILE, HOSTILE, HOSTILE
    tree = ElementTree.fromstring(dated_map.draw(**{**tables, "towns": towns, "actors": actors, "spells": spells}))
    assert not list(tree.iter("b"))
    data = json.loads(tree.find(".//script[@id='dated-map-data']").text)
    assert {town["name"] for town in data["towns"].values()} == {HOSTILE}
    assert {strong.text for strong in tree.findall(".//summary/strong")} == {HOSTILE}
