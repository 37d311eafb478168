"""The map by date: does each day show what the rules say, is every town and every fight there, is its time true, and is the fragment sound?"""

import gzip
import json
import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from azawad_conflict import casualties, territory, wording
from azawad_conflict.edtf_dates import bounds
from azawad_conflict.evidence.addresses import claim_links
from azawad_conflict.figures.front import course
from azawad_conflict.figures.parts import time_strip, town_symbols
from azawad_conflict.figures.parts.labels import TextLine, text_width
from azawad_conflict.figures.parts.style import HOLDERS, PAPER, WIDEST, drawn
from azawad_conflict.interactive import dated_map
from azawad_conflict.interactive.dated_map import drawing, states, symbols
from azawad_conflict.tables import REPOSITORY
from colour import contrast
from fragments import HOSTILE, map_tables

SVG = "{http://www.w3.org/2000/svg}"
LARGEST_BYTES = 40_000


@pytest.fixture(scope="module")
def tables():
    return map_tables()


@pytest.fixture(scope="module")
def html(tables):
    return dated_map.draw(**tables)


@pytest.fixture(scope="module")
def tree(html):
    return ElementTree.fromstring(html)


@pytest.fixture(scope="module")
def data(tree):
    return json.loads(tree.find(".//script[@id='dated-map-data']").text)


def shown(data, number):
    ways = {place_id: data["ways"][town["at"][number]] for place_id, town in data["towns"].items()}
    return {place_id: (way["state"], tuple(way["holders"]), way["certainty"]) for place_id, way in ways.items()}


def expected(date, tables):
    rows = territory.states_on(date, tables["spells"], tables["claims"], tables["towns"])
    return {row.place_id: (row.state, row.holders, row.certainty) for row in rows.itertuples()}


def test_every_date_shows_the_states_of_that_day(data, tables):
    for number, date in enumerate(data["dates"]):
        assert shown(data, number) == expected(date, tables), date


def test_the_dates_are_the_first_day_and_every_change(data, tables):
    first, last = tables["phase_rows"]["first_day"].min(), tables["phase_rows"]["last_day"].max()
    assert (data["dates"][0], data["first"], data["last"]) == (first, first, last)
    ends = [f"{pd.Timestamp(after) - pd.Timedelta(days=1):%Y-%m-%d}" for after in data["dates"][1:]] + [last]
    for number, (date, eve) in enumerate(zip(data["dates"], ends, strict=True)):
        assert shown(data, number) == expected(eve, tables), f"a change between {date} and {eve} has no date"
        assert number == 0 or shown(data, number - 1) != shown(data, number), f"nothing changes on {date}"


def days_of(data):
    return (pd.Timestamp(data["last"]) - pd.Timestamp(data["first"])).days


def test_the_slider_has_a_place_for_each_day(tree, data):
    slider = tree.find(".//input[@type='range']")
    assert (slider.get("min"), slider.get("max"), slider.get("step")) == ("0", str(days_of(data)), "1")
    assert (
        pd.Timestamp(data["first"]) + pd.Timedelta(days=int(slider.get("value")))
        == pd.Timestamp(data["opens"])
        == pd.Timestamp(course.EVE)
    )


def test_the_line_of_time_is_true_to_the_day(tree, data, tables):
    """Each tick, bar and month lies as far across as its day, by the drawing's own shares."""
    strip = tree.find(f".//{SVG}svg[@class='dm-strip']")
    ticks = strip.findall(f"{SVG}g[@class='dm-ticks']/{SVG}line")
    assert [round(float(tick.get("x1").rstrip("%")) * days_of(data) / 100) for tick in ticks] == [
        (pd.Timestamp(date) - pd.Timestamp(data["first"])).days for date in data["dates"][1:]
    ] + [days_of(data)] * (data["dates"][-1] != data["last"])
    assert len({tick.get("y2") for tick in ticks}) == 2
    bars = {}
    for bar in strip.findall(f"{SVG}g[@class='dm-bars']/{SVG}line"):
        if bar.get("y1") != bar.get("y2"):
            bars[round(float(bar.get("x1").rstrip("%")), 2)] = time_strip.BASE - float(bar.get("y2"))
    fights = tables["fights"][tables["fights"]["best"].gt(0)]
    middles = fights["first"] + (fights["last"] - fights["first"]) / 2
    expected = {
        round(100 * (middle - pd.Timestamp(data["first"])).days / days_of(data), 1): int(best)
        for middle, best in zip(middles.dt.floor("D"), fights["best"], strict=True)
    }
    per_person = max(bars.values()) / max(expected.values())
    for across, best in expected.items():
        assert any(
            abs(place - across) < 0.15 and high == pytest.approx(best * per_person, abs=0.1)
            for place, high in bars.items()
        ), (across, best)
    assert len(bars) == len(fights) and len(strip.findall(f"{SVG}g[@class='dm-bars']/{SVG}circle")) == len(
        tables["fights"]
    ) - len(fights)
    words = {text.text for text in strip.iter(f"{SVG}text")}
    assert {"2012", "2013", "2014", "Jan", "Apr", "Aug"} <= words


@pytest.mark.parametrize("form", time_strip.FORMS)
def test_names_of_turns_stay_clear_of_each_other_and_of_lines(form, tables):
    dates = tables["events"].set_index("event_id")["date"]
    turns = {
        event_id: time_strip.Turn(pd.Timestamp(bounds(dates[event_id])[0]), name)
        for event_id, name in course.TURNS.items()
    }
    first, last = (
        pd.Timestamp(tables["phase_rows"][column].agg(way))
        for column, way in (("first_day", "min"), ("last_day", "max"))
    )
    width, rows = time_strip.FORMS[form]
    placed = time_strip.flags(turns, first, last, width, rows)
    assert len(placed) == len(turns) if form == "wide" else len(placed) >= 3
    assert "gao_2012_06_27" in placed
    for event_id, flag in placed.items():
        assert flag.row < rows and flag.right - flag.left >= text_width(
            TextLine(turns[event_id].name, time_strip.LETTER, faces=WIDEST)
        )
        assert flag.left >= -time_strip.SLACK and flag.right <= width + time_strip.SLACK
        for other, below in placed.items():
            line = time_strip.share(turns[event_id].day, first, last) * width
            assert other == event_id or below.row > flag.row or not below.left < line < below.right, (event_id, other)


def test_every_fight_is_listed_with_its_dead_whose_word_they_are_and_its_claims(tree, tables):
    items = {
        item.get("data-event"): "".join(item.itertext()) for item in tree.findall(".//details[@id='dm-fights']/ol/li")
    }
    assert list(items) == tables["fights"]["event_id"].tolist()
    for fight in tables["fights"].itertuples():
        words = items[fight.event_id]
        if not fight.reported:
            assert "nobody gives a number" in words
        elif fight.best:
            assert f"{fight.best} reported killed" in words
            assert all(voice in words for key, voice in casualties.VOICES.items() if getattr(fight, key))
        else:
            assert "nobody reported killed" in words
        assert ("No point on the map" in words) == pd.isna(fight.latitude)


def test_the_caption_says_by_whose_word_the_dead_are(tables):
    words = dated_map.line_caption(tables["fights"])
    total, *parts = map(int, re.findall(r"\d+", words))
    assert "not estimates" in words and "their enemy" in words and total == sum(parts) == tables["fights"]["best"].sum()


def test_the_area_of_a_fight_is_its_dead(tree, data):
    """What is seen of a mark, around the symbol of a town or without one, grows with the best number."""
    for inner in (0, drawing.SYMBOL_EDGE):
        areas = [drawing.dead_radius(best, inner) ** 2 - inner**2 for best in (10, 20, 40)]
        assert areas == [pytest.approx(drawing.AREA_PER_DEAD * best, rel=0.01) for best in (10, 20, 40)]
    assert drawing.dead_radius(0, drawing.SYMBOL_EDGE) > drawing.SYMBOL_EDGE
    marks = {mark.get("data-place"): mark for mark in tree.iter(f"{SVG}g") if mark.get("data-place")}
    assert set(marks) == {fight["place"] for fight in data["fights"] if "place" in fight}
    assert [place for place, mark in sorted(marks.items()) if "dm-away" not in mark.get("class").split()] == [
        "kidal",
        "timbuktu",
    ]


def test_the_fights_of_the_weeks_to_a_day(tables):
    fights = tables["fights"]
    assert states.recent(fights, course.EVE)["event_id"].tolist() == ["kidal_2012_06_07", "timbuktu_2012_06_13"]
    day = pd.Timestamp("2012-06-13")
    inside, outside = (
        day + pd.Timedelta(weeks=states.WEEKS) - pd.Timedelta(days=1),
        day + pd.Timedelta(weeks=states.WEEKS),
    )
    assert "timbuktu_2012_06_13" in set(states.recent(fights, inside)["event_id"])
    assert "timbuktu_2012_06_13" not in set(states.recent(fights, outside)["event_id"])
    assert "timbuktu_2012_06_13" not in set(states.recent(fights, day - pd.Timedelta(days=1))["event_id"])


def test_every_town_has_a_mark_a_target_and_a_history(tree, tables):
    towns = set(tables["towns"]["place_id"])
    assert {mark.get("data-town") for mark in tree.iter(f"{SVG}g") if mark.get("data-town")} == towns
    links = {link.get("data-town"): link.get("href") for link in tree.iter(f"{SVG}a")}
    assert links == {place_id: f"#history-{place_id}" for place_id in towns}
    assert {item.get("id") for item in tree.iter("details") if item.get("data-town")} == {
        f"history-{place_id}" for place_id in towns
    }
    assert {text.get("data-name") for text in tree.iter(f"{SVG}text")} - {None} == towns


def test_without_a_script_the_map_is_that_of_the_day_on_which_it_opens(tree, data):
    number = states.state_number(data, data["opens"])
    for mark in tree.iter(f"{SVG}g"):
        if mark.get("data-town"):
            way = data["ways"][data["towns"][mark.get("data-town")]["at"][number]]
            assert mark.find(f"{SVG}use").get("href") == f"#{way['symbol']}"
    assert tree.find(".//*[@id='dm-day']").text == wording.day(data["opens"])
    assert len(tree.findall(".//*[@id='dm-recent']/li")) == 2
    served = [item for item in tree.iter() if "with-script" in (item.get("class") or "").split()]
    assert {"input", "div"} <= {item.tag for item in served}


def test_every_spell_is_in_the_history_of_its_town(tree, tables):
    links = claim_links(tables["claims"])
    for place_id, spells in tables["spells"].groupby("place_id"):
        items = tree.findall(f".//details[@id='history-{place_id}']/ol/li")
        assert len(items) == len(spells)
        rests_on = sorted(tuple(links[claim] for claim in claims) for claims in spells["control_claims"])
        assert sorted(tuple(link.get("href") for link in item.iter("a")) for item in items) == rests_on


def test_one_symbol_for_each_way_to_draw_a_town(tree, data):
    drawn_symbols = {symbol.get("id") for symbol in tree.iter(f"{SVG}symbol")}
    used = {use.get("href").removeprefix("#") for use in tree.iter(f"{SVG}use")} | {
        way["symbol"] for way in data["ways"]
    }
    assert used == drawn_symbols
    rows = drawn(pd.DataFrame(data["ways"]).assign(holders=lambda ways: ways["holders"].map(tuple)))
    looks = [(row.state, row.holders, row.certainty == "low") for row in rows.itertuples()]
    assert len(set(looks)) == len(set(rows["symbol"])) == len(set(zip(looks, rows["symbol"], strict=True)))


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_symbol_has_the_colour_of_its_holder_and_its_signs(holder):
    plain, hollow, presumed = (
        symbols.symbol(states.Look(state, (holder,), certainty))
        for state, certainty in (("held", "high"), ("held", "low"), ("presumed", "high"))
    )
    assert HOLDERS[holder].colour in plain and "?" not in plain and '"#fff"' not in plain
    assert '"#fff"' in hollow
    slanting = re.compile(rf'<path fill="none"[^>]* stroke-width="{town_symbols.STRIPE_WIDTH}" d="([^"]*)"')
    (stripes,) = slanting.findall(presumed)
    assert "<text" not in presumed and stripes.count("M") > 3  # each a stroke of its own
    assert not slanting.search(plain)


def test_unknown_has_no_colour_of_a_holder():
    unknown = symbols.symbol(states.Look("unknown", (), "low"))
    assert ">?<" in unknown and not any(holder.colour in unknown for holder in HOLDERS.values())


def test_no_colour_of_a_holder_on_the_land(tree):
    drawn_map = tree.find(f".//{SVG}svg[@class='dm-map']")
    land = [
        *drawn_map.findall(f"{SVG}path"),
        *(group for group in drawn_map.findall(f"{SVG}g") if not group.get("class")),
    ]
    colours = {item.get(key) for top in land for item in top.iter() for key in ("fill", "stroke")}
    assert f"var(--dm-land,{PAPER})" in colours and not colours & {holder.colour for holder in HOLDERS.values()}


def test_the_numbers_of_a_summary_add_up(data):
    for sentence in data["summaries"]:
        total, *parts = map(int, re.findall(r"\d+", sentence))
        assert total == sum(parts) == len(data["towns"])


def test_a_ring_is_a_change_of_hands_and_not_a_loss_of_sight(data):
    for number in range(1, len(data["dates"])):
        before, now = shown(data, number - 1), shown(data, number)
        moved = {place_id for place_id in now if set(now[place_id][1]) != set(before[place_id][1])}
        assert set(data["moved"][number]) == moved
        told = data["changes"][number]
        assert all(
            (town["name"] in told) == (now[place_id] != before[place_id]) for place_id, town in data["towns"].items()
        )


def test_size(html):
    assert len(gzip.compress(html.encode())) <= LARGEST_BYTES


def test_ids_are_unique_and_references_lead_somewhere(tree):
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    inner = {
        item.get("href")[1:]
        for item in tree.iter()
        if (item.get("href") or "").startswith("#") and "=" not in item.get("href")
    }
    named = {
        name for item in tree.iter() for key in ("aria-labelledby", "for") for name in (item.get(key) or "").split()
    }
    assert inner | named <= set(ids)


COLOURS = dict(
    re.findall(
        r"--dm-([a-z]+): (#[0-9a-f]{6})",
        (REPOSITORY / "book" / "_static" / "dated-map.css").read_text(encoding="utf-8"),
    )
)


def test_the_dark_form_sets_every_colour_of_the_drawing_but_those_of_the_holders(html):
    assert set(re.findall(r"var\(--dm-([a-z]+),", html)) == set(COLOURS)
    css = (REPOSITORY / "book" / "_static" / "dated-map.css").read_text(encoding="utf-8")
    blocks = re.findall(r"\.dated-map \{\s+(--dm-land.*?)\}", css, re.DOTALL)
    assert (
        len(blocks) == 2 and len({" ".join(block.split()) for block in blocks}) == 1
    )  # chosen, and as the system has it


def test_the_dark_form_can_be_read():
    ground = COLOURS["land"], COLOURS["abroad"]
    for name in ("ink", "muted", "river", "dead"):
        assert min(contrast(COLOURS[name], behind) for behind in ground) >= 4.5, name
    for name in ("outline", "water"):
        assert min(contrast(COLOURS[name], behind) for behind in ground) >= 3, name
    assert contrast(COLOURS["muted"], COLOURS["disc"]) >= 3
    for actor, holder in HOLDERS.items():  # by its fill, or by an edge that parts from both
        edge = min(contrast(COLOURS["ink"], COLOURS["land"]), contrast(COLOURS["ink"], holder.colour))
        assert max(contrast(holder.colour, COLOURS["land"]), edge) >= 3, actor


def test_every_town_has_a_bar_of_its_holders(tree, tables):
    runs = drawn(
        territory.runs(
            tables["spells"],
            tables["claims"],
            tables["towns"],
            tables["phase_rows"]["first_day"].min(),
            tables["phase_rows"]["last_day"].max(),
        )
    )
    for place_id, own in runs.groupby("place_id"):
        bar = tree.find(f".//details[@id='history-{place_id}']/summary/{SVG}svg")
        shown = {rect.get("fill") for rect in bar.iter(f"{SVG}rect")}
        hollow = [rect for rect in bar.iter(f"{SVG}rect") if rect.get("class") == "dm-blank"]
        assert len(hollow) == own.loc[own["certainty"].eq("low") & own["state"].ne("unknown"), "holders"].map(len).sum()
        assert shown - {None, "none", "url(#dm-hatch)"} == {
            HOLDERS[holder].colour for holders in own["holders"] for holder in holders
        }
        assert ("url(#dm-hatch)" in shown) == own["state"].eq("presumed").any()


def test_a_strict_content_security_policy_holds(tree):
    attributes = {key for item in tree.iter() for key in item.attrib}
    assert "style" not in attributes and not any(key.startswith("on") for key in attributes)
    assert not list(tree.iter("style")) and not list(tree.iter(f"{SVG}style"))
    script = (REPOSITORY / "book" / "_static" / "dated-map.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\b|\bfetch\b|XMLHttpRequest|innerHTML|\.style\b|import\s", script)


def test_every_id_the_script_asks_for_exists(tree):
    script = (REPOSITORY / "book" / "_static" / "dated-map.js").read_text(encoding="utf-8")
    ids = {item.get("id") for item in tree.iter()}
    assert set(re.findall(r'byId\("([^"]+)"\)', script)) <= ids


def test_texts_are_text(tables):
    towns, actors, spells, claims, fights = (
        tables[name].copy() for name in ("towns", "actors", "spells", "claims", "fights")
    )
    towns["name"] = actors["short_name"] = spells["note"] = fights["name"] = fights["place_name"] = HOSTILE
    fights["event_id"] += HOSTILE
    claims["claim_id"] += HOSTILE
    spells["control_claims"] = [tuple(claim + HOSTILE for claim in rests_on) for rests_on in spells["control_claims"]]
    hostile = {"towns": towns, "actors": actors, "spells": spells, "claims": claims, "fights": fights}
    html = dated_map.draw(**{**tables, **hostile, "cited": dict.fromkeys(tables["cited"], HOSTILE)})
    tree = ElementTree.fromstring(html)
    assert html.count("</script>") == 1 and not list(tree.iter("b"))
    data = json.loads(tree.find(".//script[@id='dated-map-data']").text)
    assert {town["name"] for town in data["towns"].values()} == {HOSTILE}
    assert {strong.text for strong in tree.findall(".//details[@data-town]/summary/strong")} == {HOSTILE}
    items = tree.findall(".//details[@id='dm-fights']/ol/li")
    assert {item.find("span").text for item in items} == {HOSTILE}
    assert {item.get("data-event") for item in items} == {fight["event"] for fight in data["fights"]}
    said = tree.findall(".//details[@data-town]/ol/li/a")
    assert {link.text for link in said} == {HOSTILE}
    assert {link.get("href").partition("#claim-")[2] for link in said} == {
        claim for rests_on in spells["control_claims"] for claim in rests_on
    }
    assert all(link.get("aria-label").startswith(f"{HOSTILE}: ") for link in tree.iter(f"{SVG}a"))
