"""The pages as they work in a browser, opened from disk."""

import gzip
import urllib.parse
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from azawad_conflict import headline, tables
from azawad_conflict.figures.front.course import EVE
from azawad_conflict.interactive import explorer

REQUESTS, WEIGHT = 12, 100_000  # of a first visit, gzip; pages of the site itself only
HEAVIER = {"notebooks/03-territory": 150_000}  # its maps


CLAIMS = sum(len(tables.load(name)) for name in explorer.CLAIMS)


def test_each_page_is_light_and_asks_nobody_else_for_anything(chromium, site, visit):
    context = chromium.new_context()
    found = {}
    for name in site.keys() - {"404"}:  # it asks in vain, as tests/browser/test_lost_page.py tells
        page, asked, complaints = visit(context, site[name])
        page.close()
        assert all(url.startswith(("file:", "data:")) for url in asked), (name, asked)
        files = [
            Path(urllib.parse.unquote(urllib.parse.urlsplit(url).path)) for url in asked if url.startswith("file:")
        ]
        found[name] = len(files), sum(len(gzip.compress(file.read_bytes())) for file in files), complaints
    assert {name: complaints for name, (*_, complaints) in found.items() if complaints} == {}
    assert {
        name: seen for name, seen in found.items() if seen[0] > REQUESTS or seen[1] > HEAVIER.get(name, WEIGHT)
    } == {}


def test_the_switch_between_light_and_dark_holds_on_the_next_page(chromium, site, visit):
    page, _, _ = visit(chromium.new_context(color_scheme="light"), site["index"])
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(ground) != light
    page.goto(site["summary"])
    assert page.evaluate(ground) != light and page.get_by_role("button", name="Light").is_visible()


def test_the_claims_are_searched_filtered_added_up_and_taken_away(chromium, site, visit):
    page, _, complaints = visit(chromium.new_context(accept_downloads=True), site["explorer"])
    status, total = page.locator(".explorer [role=status]"), page.locator("table.totals tbody tr").first
    published = total.text_content()  # the words also while it is out of sight
    assert status.inner_text().startswith(f"All {CLAIMS:,} claims; rows 1–")
    page.get_by_label("Words").fill("menaka")  # without its accent
    page.get_by_label("Outcome or subject", exact=True).select_option("killed")
    shown = int(status.inner_text().split(" of ")[0])
    assert 0 < page.locator("table.claims tbody tr").count() <= shown < CLAIMS and status.inner_text().startswith(
        f"{shown} of {CLAIMS:,} claims; rows 1–"
    )
    assert total.text_content() != published
    page.get_by_role("button", name="Date").click()
    assert page.locator("th[data-sort=date]").get_attribute("aria-sort") == "descending"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == shown + 1 and all("Ménaka" in line for line in lines[1:])
    source = page.get_by_label("Source", exact=True)
    source.select_option(index=1)
    page.get_by_label("Words").fill("")
    page.get_by_label("Outcome or subject", exact=True).select_option("")
    cited = source.evaluate("select => select.selectedOptions[0].text")
    assert set(page.locator("table.claims tbody td:last-child").all_inner_texts()) == {cited}
    kept, words = page.url, status.inner_text()
    page.goto("about:blank")
    page.goto(kept)
    assert status.inner_text() == words
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(50)
    assert (
        status.inner_text().startswith(f"All {CLAIMS:,} claims")
        and total.text_content() == published
        and complaints == []
    )


def test_few_rows_are_in_the_document_and_search_order_and_download_act_on_all(chromium, site, visit):
    """What is done at each step is counted in rows, not in seconds: no step puts more of them into the document than a page of rows holds."""
    page, _, complaints = visit(chromium.new_context(accept_downloads=True), site["explorer"])
    rows, status = page.locator("table.claims tbody tr"), page.locator(".explorer [role=status]")
    page_of_rows, first = rows.count(), rows.first.get_attribute("id")
    assert page_of_rows * 4 < CLAIMS
    above, below = (
        page.get_by_role("navigation", name=f"Pages of rows, {place} the table") for place in ("above", "below")
    )
    assert above.get_by_role("button", name="Previous").get_attribute("aria-disabled") == "true"
    below.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the same button above the rows has focus now
    span = f"{2 * page_of_rows + 1}–{3 * page_of_rows}"
    assert f"Rows {span} of {CLAIMS:,}" in above.inner_text()
    assert (
        f"rows {span} are on this page" in status.inner_text()
        and rows.count() == page_of_rows
        and page.url.endswith("#claims?page=3")
    )
    third = rows.first.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{site['explorer']}#claims?page=3")
    assert rows.first.get_attribute("id") == third != first
    for name in ("Claimant", "Claimed", "Date", "Date"):  # the last time from the latest on
        page.get_by_role("columnheader", name=name).get_by_role("button").click()
        assert rows.count() == page_of_rows and "page=" not in page.url
    assert rows.first.get_attribute("id") != first
    page.get_by_label("Words").fill("a")
    assert rows.count() == page_of_rows
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert len(Path(download.value.path()).read_text(encoding="utf-8").splitlines()) - 1 > page_of_rows
    page.get_by_label("Words").fill("zzzqqq")
    assert rows.count() == 0 and not above.is_visible() and "Take a filter away" in status.inner_text()
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(50)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() == CLAIMS
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert rows.count() == page_of_rows and complaints == []


def test_the_address_of_a_claim_opens_the_page_of_rows_that_holds_it(chromium, site, visit):
    ids = [
        row["id"]
        for row in BeautifulSoup(
            Path(urllib.parse.urlsplit(site["explorer"]).path).read_text(encoding="utf-8"), "html.parser"
        ).select("table.claims tbody tr")
    ]
    page, _, complaints = visit(chromium.new_context(), f"{site['explorer']}#{ids[-1]}")
    named = page.locator("tr:target")
    assert (
        named.get_attribute("id") == ids[-1]
        and named.is_visible()
        and page.locator("table.claims tbody tr").count() < len(ids) / 4
    )
    page.get_by_label("Words").fill("zzzqqq")
    page.evaluate("claim => { location.hash = claim; }", ids[len(ids) // 2])
    named.wait_for(timeout=2000)
    assert named.get_attribute("id") == ids[len(ids) // 2] and named.bounding_box()["y"] >= 0 and complaints == []


@pytest.mark.parametrize(
    "address",
    [
        "explorer#claims?outcome=nonsense&sort=-nonsense",
        "explorer#claims?%",
        "explorer#claim-nonsense",
        "map#date=nonsense",
        "map#date=1999-01-01",
        "own-rule#rule=999",
        "own-rule#rule=00000000000000&heard=nobody",
    ],
)
def test_an_address_that_names_nothing_gives_a_whole_page(chromium, site, visit, address):
    name, _, place = address.partition("#")
    page, _, complaints = visit(chromium.new_context(), f"{site[name]}#{place}")
    assert complaints == [] and page.locator("article table:visible, article svg:visible").count() > 0


@pytest.mark.parametrize("size", [(1440, 900), (820, 900), (390, 844)])
def test_answers_move_the_totals_which_stay_in_sight(chromium, site, visit, size):
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page, _, complaints = visit(context, site["own-rule"])
    total, mark = page.locator("b[data-target=islamist]"), page.locator(".islamist .mark")
    published, place = total.inner_text(), mark.get_attribute("x")
    page.get_by_role("button", name="Each side on its own dead", exact=True).click()
    told = page.locator("tr", has=page.locator("button[aria-pressed=true]")).locator("td").nth(1).inner_text()
    assert total.inner_text() == told != published and mark.get_attribute("x") != place
    assert (
        page.url.endswith("&heard=own_dead")
        and page.locator("[data-question=heard].changed input:checked").get_attribute("value") != "0"
    )
    page.get_by_role("radio", name="The highest", exact=False).first.focus()
    page.keyboard.press("ArrowUp")  # the one before it
    assert page.locator("[data-question=number] input:checked").get_attribute("value") == "1"
    assert page.locator("button[aria-pressed=true]").count() == 0
    assert (
        page.locator(".incidents tr.changed").count() > 0 and total.inner_text() in page.locator(".unseen").inner_text()
    )
    for question in page.locator(".question").all():
        answer = question.locator("input").first
        answer.focus()
        focused, panel = answer.bounding_box(), page.locator(".panel").bounding_box()
        assert panel["y"] >= 0 and panel["y"] + panel["height"] <= size[1]
        assert panel["x"] > focused["x"] + focused["width"] or focused["y"] >= panel["y"] + panel["height"], (
            "the totals hide what has focus"
        )
    kept, answers = page.url, total.inner_text()
    page.goto("about:blank")
    page.goto(kept)
    assert total.inner_text() == answers
    page.get_by_role("button", name="Back to published").click()
    assert total.inner_text() == published and page.locator(".changed").count() == 0 and complaints == []


def test_the_map_moves_with_the_day_and_leads_to_the_claims(chromium, site, visit):
    page, _, complaints = visit(chromium.new_context(), f"{site['map']}#date=2012-06-26")
    day, slider = page.locator("#dm-day"), page.locator("#dated-map input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert day.inner_text() == "27 June 2012"
    assert slider.get_attribute("aria-valuetext").startswith(
        "27 June 2012. MNLA driven from Gao. New holders: Gao (MUJAO). Fight: Battle of Gao"
    )
    page.locator("#dm-date").fill("2012-08-14")
    page.wait_for_timeout(200)  # the page's policy lets nothing be evaluated
    assert page.url.endswith("#date=2012-08-14") and day.inner_text() == "14 August 2012"
    assert page.locator("#dm-changes").inner_text() == "No change on this day; the last was on 31 July 2012."
    slider.focus()
    page.keyboard.press("PageUp")
    assert day.inner_text() == "15 August 2012" and page.url.endswith("#date=2012-08-15")
    page.goto("about:blank")
    page.goto(site["map"])
    assert page.locator("#dm-date").input_value() == EVE
    page.locator("#dm-next").click()
    assert page.locator("#dm-date").input_value() > EVE
    page.locator("#dm-previous").click()
    page.locator("#dm-previous").click()
    assert page.locator("#dm-date").input_value() < EVE
    folder = site["map"].rpartition("/")[0]
    links = [
        page.locator(f"#history-kidal a[href^='{name}.html']").first.get_attribute("href")
        for name in ("explorer", "claims-control")
    ]
    fight = page.locator("#dm-fights a[href*='battle-of-gao']").get_attribute("href")
    assert complaints == []
    page.goto(f"{folder}/{links[0]}")
    assert "Kidal" in page.locator("tr:target").inner_text()
    page.goto(f"{folder}/{links[1]}")
    assert "Kidal" in page.locator("th.group:target").text_content()
    page.goto(f"{folder}/{fight}")
    assert "Battle of Gao" in page.locator("th.group:target").text_content()


def test_every_fight_of_the_map_leads_to_its_claims(pages):
    links = [link["href"].partition("#")[2] for link in pages["map"].select("#dm-fights a")]
    assert len(links) > 10 and [link for link in links if not pages["claims"].find(id=link)] == []


def test_the_day_is_where_the_slider_says(chromium, site, visit):
    """A press half way along the line of time leads half way through the days, and the thumb stands over the day's mark."""
    page, _, _ = visit(chromium.new_context(viewport={"width": 1440, "height": 900}), site["map"])
    page.locator(".dm-line").scroll_into_view_if_needed()
    strip = page.locator(".dm-strip").bounding_box()
    page.mouse.click(strip["x"] + strip["width"] / 2, strip["y"] + strip["height"] / 2)
    slider = page.locator("#dm-slider")
    assert abs(float(slider.input_value()) / float(slider.get_attribute("max")) - 0.5) < 0.005
    slider.focus()
    page.keyboard.press("End")
    assert (
        page.locator("#dm-day").inner_text() == "31 December 2014"
        and page.locator("#dm-next").get_attribute("aria-disabled") == "true"
    )


@pytest.mark.parametrize(
    ("address", "shown", "says"),
    [
        ("date=nonsense", EVE, "names no day that can be read; write it as #date=2012-06-26"),
        ("date=1999-01-01", "2012-01-17", "before the study, which begins on 17 January 2012"),
        ("date=2031-01-01", "2014-12-31", "after the study, which ends on 31 December 2014"),
        ("date=2012-06-27&town=nowhere", "2012-06-27", "names no town of the map"),
        ("date=2012-02-31", EVE, "names no day that can be read"),
    ],
)
def test_an_odd_address_of_the_map_is_answered(chromium, site, visit, address, shown, says):
    page, _, complaints = visit(chromium.new_context(), f"{site['map']}#{address}")
    assert (
        page.locator("#dm-date").input_value() == shown
        and says in page.locator("#dm-note").inner_text()
        and complaints == []
    )


def test_the_fights_of_the_weeks_before_are_on_the_map(chromium, site, visit):
    page, _, _ = visit(chromium.new_context(), f"{site['map']}#date=2012-07-24")
    gao, toll = page.locator(".dm-fight[data-place=gao]"), page.locator("#dm-toll")
    assert (
        gao.is_visible()
        and "35 reported killed" in page.locator("#dm-recent").inner_text()
        and ": 1, with 35" in toll.inner_text()
    )
    large = gao.locator("circle").bounding_box()["width"]
    page.locator("#dm-slider").focus()
    page.keyboard.press("ArrowRight")
    assert not gao.is_visible() and "none reported" in toll.inner_text() and page.locator("#dm-recent li").count() == 0
    page.goto(f"{site['map']}#date=2012-11-30")
    page.wait_for_timeout(200)
    small = page.locator(".dm-fight[data-place=ansongo] circle").bounding_box()["width"]
    assert 20 < small < large
    assert (
        page.locator(".dm-fight[data-place=lere].dm-none").is_visible()
        and "nobody reported killed" in page.locator("#dm-recent").inner_text()
    )


def test_a_town_opens_beside_the_map_on_a_desk(chromium, site, visit):
    page, _, complaints = visit(
        chromium.new_context(viewport={"width": 1440, "height": 900}), f"{site['map']}#date=2012-11-28"
    )
    card = page.locator(".dm-card")
    page.evaluate("document.getElementById('dated-map').scrollIntoView({behavior: 'instant'})")
    page.locator("a[data-town=gao]").focus()
    place = card.evaluate("card => card.getBoundingClientRect().top")
    page.keyboard.press("Enter")
    history = page.locator("#dm-town")
    box, map_box = history.bounding_box(), card.bounding_box()
    assert box["x"] >= map_box["x"] + map_box["width"] and box["y"] < map_box["y"] + map_box["height"]
    assert abs(card.evaluate("card => card.getBoundingClientRect().top") - place) < 2, "the reader stays where she is"
    assert page.evaluate("document.activeElement.id") == "dm-town-name" and page.url.endswith("&town=gao")
    assert "held by MUJAO" in history.locator("li[aria-current=date]").inner_text()
    page.locator("#dm-date").fill("2013-06-30")
    page.wait_for_timeout(200)
    assert "Malian army" in history.locator("li[aria-current=date]").inner_text() and history.is_visible()
    page.locator("a[data-town=kidal]").focus()
    page.keyboard.press("Enter")
    assert history.get_by_role("heading").inner_text() == "Kidal"
    page.keyboard.press("Escape")
    assert (
        not history.is_visible()
        and page.evaluate("document.activeElement.dataset.town") == "kidal"
        and "town" not in page.url
    )
    assert complaints == []


def test_a_town_opens_as_a_sheet_over_the_map_on_a_phone(chromium, site, visit):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page, _, _ = visit(context, f"{site['map']}#date=2012-11-28")
    page.evaluate("document.getElementById('dated-map').scrollIntoView({behavior: 'instant'})")
    page.locator("a[data-town=gao]").tap()
    sheet = page.locator("#dm-town")
    box = sheet.bounding_box()
    assert (box["x"], box["width"]) == (0, 390) and abs(box["y"] + box["height"] - 844) < 1 and box["y"] > 150
    assert sheet.evaluate("sheet => sheet.matches(':modal')")
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.getElementById('dm-town').contains(document.activeElement)"
        )
    page.get_by_role("button", name="Close").tap()
    assert not sheet.is_visible() and page.evaluate("document.activeElement.dataset.town") == "gao"
    page.locator("a[data-town=kidal]").tap()
    page.keyboard.press("Escape")
    assert not sheet.is_visible()
    page.locator("a[data-town=kidal]").tap()
    page.touchscreen.tap(195, 20)  # beside the sheet
    assert not sheet.is_visible()


def test_map_and_controls_share_the_screen_of_a_phone(chromium, site, visit):
    page, _, _ = visit(chromium.new_context(viewport={"width": 390, "height": 844}), f"{site['map']}#date=2012-06-27")
    for name in (
        "#dm-day",
        ".dm-card",
        ".dm-strip",
        "#dm-slider",
        "#dm-previous",
        "#dm-play",
        "#dm-next",
        "#dm-date",
        "#dm-changes",
    ):
        page.evaluate("document.getElementById('dated-map').scrollIntoView({behavior: 'instant'})")
        box = page.locator(name).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 844, name
    assert not page.locator(".dm-legend").is_visible()
    page.locator(".dm-key summary").click()
    assert page.locator(".dm-legend").is_visible()


def test_the_map_turns_dark_with_the_page(chromium, site, visit):
    light, _, _ = visit(chromium.new_context(color_scheme="light"), site["map"])
    dark, _, _ = visit(chromium.new_context(color_scheme="dark"), site["map"])
    fills = [
        page.locator(".dm-map > path").first.evaluate("path => getComputedStyle(path).fill") for page in (light, dark)
    ]
    assert fills[0] != fills[1]
    light.get_by_role("button", name="Dark").click()
    assert light.locator(".dm-map > path").first.evaluate("path => getComputedStyle(path).fill") == fills[1]
    holders = "map => [...map.querySelectorAll('symbol path')].map(path => path.getAttribute('fill')).filter(fill => fill.startsWith('#'))"
    assert light.locator(".dm-map").evaluate(holders) == dark.locator(".dm-map").evaluate(holders)


def test_play_goes_from_stop_to_stop_says_what_changed_and_ends(chromium, site, visit):
    page, _, complaints = visit(chromium.new_context(reduced_motion="no-preference"), f"{site['map']}#date=2012-06-20")
    page.clock.install(time="2026-01-01T00:00:00")
    page.reload()
    page.clock.pause_at("2026-01-01T06:00:00")  # else the time that the machine takes counts too
    page.locator("#dm-play").click()
    seen = []
    for _ in range(40):
        page.clock.run_for(25)
        seen.append(page.locator("#dm-date").input_value())
    assert seen[0] < "2012-06-24" and seen[-1] == "2012-06-27", "it runs by days, and stops where something happens"
    assert page.locator("#dm-changes").inner_text().startswith("MNLA driven from Gao. New holders: Gao (MUJAO).")
    page.clock.run_for(1500)
    assert page.locator("#dm-date").input_value() == "2012-06-27", "long enough to be read"
    page.clock.run_for(5000)
    assert page.locator("#dm-date").input_value() > "2012-06-27"
    page.locator("#dm-play").click()
    halted = page.locator("#dm-date").input_value()
    page.clock.run_for(20_000)
    assert page.locator("#dm-date").input_value() == halted and page.locator("#dm-play").inner_text() == "Play"
    page.evaluate("location.hash = 'date=2014-12-29'")
    page.wait_for_timeout(100)
    page.locator("#dm-play").click()
    page.clock.run_for(20_000)
    assert page.locator("#dm-date").input_value() == "2014-12-31" and page.locator("#dm-play").inner_text() == "Play"
    assert complaints == []


def test_play_jumps_and_waits_longer_for_who_asked_for_less_motion(chromium, site, visit):
    page, _, _ = visit(chromium.new_context(reduced_motion="reduce"), f"{site['map']}#date=2012-06-20")
    page.clock.install(time="2026-01-01T00:00:00")
    page.reload()
    page.clock.pause_at("2026-01-01T06:00:00")
    page.locator("#dm-play").click()
    page.clock.run_for(30)
    assert page.locator("#dm-date").input_value() == "2012-06-27", "no days between"
    page.clock.run_for(4000)
    assert page.locator("#dm-date").input_value() == "2012-06-27"
    page.clock.run_for(2500)
    assert page.locator("#dm-date").input_value() == "2012-06-28"
    assert page.locator(".dm-changed .dm-ring").first.evaluate("ring => getComputedStyle(ring).animationName") == "none"


def test_without_javascript_the_map_has_its_day_its_line_of_time_and_its_lists(chromium, site):
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(site["map"])
    assert (
        page.locator("#dm-day").inner_text() == "26 June 2012"
        and page.locator(".dm-strip").is_visible()
        and page.locator(".dm-card").is_visible()
    )
    assert page.locator("#dated-map button:visible, #dated-map input:visible").count() == 0
    assert (
        page.locator(".dm-histories details[data-town]:visible").count() > 20
        and page.locator("#dm-recent li").count() == 2
    )
    page.locator("#dm-fights summary").click()
    assert page.locator("#dm-fights li:visible").count() > 20


def test_a_number_opens_its_rule_and_its_claims_where_it_stands(chromium, site, visit):
    page, _, complaints = visit(chromium.new_context(), site["index"])
    mark = page.locator("article .why", has_text="to").first
    page.keyboard.press("Tab")  # from now on focus is the keyboard's
    mark.focus()
    note = page.get_by_role("note")
    note.wait_for(timeout=2000)
    assert mark.get_attribute("aria-expanded") == "true" and "claims behind it" in note.inner_text()
    claims = note.locator("li a")
    assert claims.count() == len(headline.quoted("casualties")["casualties_mnla_side_killed"].claims)
    page.keyboard.press("Escape")
    assert note.count() == 0 and mark.get_attribute("aria-expanded") == "false"
    mark.hover()
    note.wait_for(timeout=2000)
    place = claims.first.get_attribute("href")
    claims.first.click()
    page.wait_for_load_state()
    assert page.locator("tr:target").is_visible() and place.endswith(page.locator("tr:target").get_attribute("id"))
    assert complaints == []


def test_a_tap_opens_the_note_and_the_next_follows_the_link(chromium, site, visit):
    page, _, _ = visit(chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True), site["index"])
    mark = page.locator("article a.why[href*='#number-']").first
    number = mark.inner_text()
    mark.tap()
    box = page.get_by_role("note").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    with page.expect_navigation():
        mark.tap()
    assert "/notebooks/" in page.url and number in page.locator(":target").locator("xpath=..").inner_text()


def test_a_citation_shows_its_reference(chromium, site, visit):
    page, _, complaints = visit(chromium.new_context(), site["summary"])
    page.locator("article a[href*='#ref-']").first.hover()
    note = page.get_by_role("note", name="Reference")
    note.wait_for(timeout=2000)
    assert note.locator("a[href^=http]").count() == 1
    note.get_by_role("link", name="In the list of references").click()
    page.wait_for_load_state()
    assert page.locator(".citation:target").is_visible() and complaints == []


def test_notes_that_cannot_be_loaded_leave_the_link(chromium, site, visit):
    context = chromium.new_context()
    context.route("**/number-notes.js", lambda route: route.abort())
    page, _, _ = visit(context, site["index"])
    page.locator("article a.why").first.hover()
    assert page.get_by_role("note").inner_text() == "The sentence that computes it"


def test_that_numbers_open_is_said_until_the_first_one_is_opened(chromium, site, visit):
    context = chromium.new_context()
    page, _, complaints = visit(context, site["index"])
    hint = page.locator(".hint")
    assert hint.count() == 1 and hint.is_visible() and page.get_by_text("dotted line", exact=True).count() == 1
    follows = "node => node.nextElementSibling.querySelector('.why[class*=number-]') !== null && !document.querySelector('.hint ~ .hint')"
    assert hint.evaluate(follows) and hint.get_attribute("aria-live") is None
    page.locator("article .why").first.hover()
    page.get_by_role("note").wait_for()
    assert hint.count() == 1  # the text does not jump away under the pointer
    for name in ("index", "summary"):
        page.goto(site[name])
        assert hint.count() == 0
    page, _, _ = visit(chromium.new_context(), site["glossary"])  # no number to open
    assert page.locator(".hint").count() == 0 and complaints == []


def test_the_hint_can_be_closed_for_good_and_is_not_printed(chromium, site, visit):
    page, _, _ = visit(chromium.new_context(), site["index"])
    page.emulate_media(media="print")
    assert not page.locator(".hint").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Close").press("Enter")
    assert page.locator(".hint").count() == 0
    page.goto(site["summary"])
    assert page.locator(".hint").count() == 0


def test_where_nothing_can_be_remembered_no_hint_comes_back(chromium, site, visit):
    context = chromium.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
    page, _, complaints = visit(context, site["index"])
    page.locator("article .why").first.hover()
    page.get_by_role("note").wait_for()
    assert page.locator(".hint").count() == 0 and complaints == []


def test_without_javascript_everything_is_there(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site["notebooks/02-casualties"])
    assert page.locator("article table:not(.screen table)").count() >= 3 and page.locator("nav.contents a").count() > 10
    assert not page.locator("#theme").is_visible()
    page.goto(site["search"])
    assert page.get_by_text("The search needs JavaScript").is_visible() and not page.locator("#q").is_visible()


def test_the_keyboard_reaches_the_text_first_and_focus_is_seen(chromium, site, visit):
    page, _, _ = visit(chromium.new_context(), site["summary"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_link_lands_at_what_it_names(chromium, site, visit, width):
    """What is drawn late above a place would push it away: every figure and table that the summary names is where its address leads."""
    page, _, _ = visit(chromium.new_context(viewport={"width": width, "height": 844}), site["summary"])
    links = page.locator("article a.reference[href*='#tab-'], article a.reference[href*='#fig-']").evaluate_all(
        "links => [...new Set(links.map(link => link.href))]"
    )
    assert len(links) > 8
    away = {}
    for link in links:
        page.goto("about:blank")
        page.goto(link)
        page.wait_for_load_state("load")
        page.wait_for_timeout(300)
        place = page.locator(f"[id='{link.rpartition('#')[2]}']").first
        top = place.evaluate("node => node.getBoundingClientRect().top")
        if not -2 <= top <= 200:
            away[link.rpartition("/")[2]] = round(top)
    assert away == {}
