"""The map that moves with the day."""

import pytest
from playwright.sync_api import expect

from azawad_conflict.figures.front.course import EVE


def test_the_map_moves_with_the_day_and_leads_to_the_claims(chromium, site, visit):
    page, _, complaints = visit(chromium.new_context(), f"{site['map']}#date=2012-06-26")
    day, slider = page.locator("#dm-day"), page.locator("#dated-map input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert day.inner_text() == "27\u00a0June 2012"
    assert slider.get_attribute("aria-valuetext").startswith(
        "27\u00a0June 2012. MNLA driven from Gao. New holders: Gao (MUJAO). Fight: Battle of Gao"
    )
    page.locator("#dm-date").fill("2012-08-14")
    page.wait_for_timeout(200)  # the page's policy lets nothing be evaluated
    assert page.url.endswith("#date=2012-08-14") and day.inner_text() == "14\u00a0August 2012"
    assert page.locator("#dm-changes").inner_text() == "No change on this day; the last was on 31\u00a0July 2012."
    slider.focus()
    page.keyboard.press("PageUp")
    assert day.inner_text() == "15\u00a0August 2012" and page.url.endswith("#date=2012-08-15")
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
        page.locator(f"#history-kidal a[href^='{name}']").first.get_attribute("href")
        for name in ("explorer/", "claims-control.html")
    ]
    fight = page.locator("#dm-fights a[href*='battle-of-gao']").get_attribute("href")
    assert complaints == []
    page.goto(f"{folder}/{links[0]}")
    assert "Kidal" in page.locator("tr:target").inner_text()
    page.goto(f"{folder}/{links[1]}")
    assert page.locator("h2:has(:target)").text_content() == "Kidal"
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
        page.locator("#dm-day").inner_text() == "31\u00a0December 2014"
        and page.locator("#dm-next").get_attribute("aria-disabled") == "true"
    )


@pytest.mark.parametrize(
    ("address", "shown", "says"),
    [
        ("date=nonsense", EVE, "names no day that can be read; write it as #date=2012-06-26"),
        ("date=1999-01-01", "2012-01-17", "before the study, which begins on 17\u00a0January 2012"),
        ("date=2031-01-01", "2014-12-31", "after the study, which ends on 31\u00a0December 2014"),
        ("date=2012-06-27&town=nowhere", "2012-06-27", "names no town of the map"),
        ("date=2012-02-31", EVE, "names no day that can be read"),
    ],
)
def test_an_odd_address_of_the_map_is_answered(desk, site, address, shown, says):
    page, _, complaints = desk.visit(f"{site['map']}#{address}")
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
    expect(page.locator("a[data-town=kidal]")).to_be_focused()  # the event of the closed dialog comes later
    assert not history.is_visible() and "town" not in page.url
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
        page.locator("#dm-day").inner_text() == "26\u00a0June 2012"
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
