"""The pages as they work in a browser, opened from disk."""

import gzip
import urllib.parse
from pathlib import Path

import pytest

from azawad_conflict import behind, tables
from azawad_conflict.figures.course import EVE

REQUESTS, WEIGHT = 12, 100_000  # of a first visit, gzip; pages of the site itself only
HEAVIER = {"notebooks/03-territory": 150_000}  # its maps


def test_each_page_is_light_and_asks_nobody_else_for_anything(chromium, site, visit):
    context = chromium.new_context()
    found = {}
    for name in site.keys() - {"404"}:  # it asks in vain, as tests/built_book/test_lost_page.py tells
        page, asked, complaints = visit(context, site[name])
        page.close()
        assert all(url.startswith(("file:", "data:")) for url in asked), (name, asked)
        files = [Path(urllib.parse.unquote(urllib.parse.urlsplit(url).path)) for url in asked if url.startswith("file:")]
        found[name] = len(files), sum(len(gzip.compress(file.read_bytes())) for file in files), complaints
    assert {name: complaints for name, (*_, complaints) in found.items() if complaints} == {}
    assert {name: seen for name, seen in found.items() if seen[0] > REQUESTS or seen[1] > HEAVIER.get(name, WEIGHT)} == {}


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
    everything = sum(len(tables.load(name)) for name in ("casualty_claims", "attribution_claims", "event_claims", "control_claims"))
    published = total.text_content()  # the words also while it is out of sight
    assert status.inner_text() == f"All {everything} claims are shown."
    page.get_by_label("Words").fill("menaka")  # without its accent
    page.get_by_label("Outcome or subject", exact=True).select_option("killed")
    shown = page.locator("table.claims tbody tr:visible").count()
    assert 0 < shown < everything and status.inner_text() == f"{shown} of {everything} claims are shown."
    assert total.text_content() != published
    page.get_by_role("button", name="Date").click()
    assert page.locator("th[data-sort=date]").get_attribute("aria-sort") == "descending"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == shown + 1 and all("Ménaka" in line for line in lines[1:])
    kept = page.url
    page.goto("about:blank")
    page.goto(kept)
    assert status.inner_text() == f"{shown} of {everything} claims are shown."
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(50)
    assert status.inner_text() == f"All {everything} claims are shown." and total.text_content() == published and complaints == []


@pytest.mark.parametrize("address", ["explorer#claims?outcome=nonsense&sort=-nonsense", "explorer#claims?%", "explorer#claim-nonsense", "map#date=nonsense", "map#date=1999-01-01", "own-rule#rule=999"])
def test_an_address_that_names_nothing_gives_a_whole_page(chromium, site, visit, address):
    name, _, place = address.partition("#")
    page, _, complaints = visit(chromium.new_context(), f"{site[name]}#{place}")
    assert complaints == [] and page.locator("article table:visible, article svg:visible").count() > 0


def test_the_map_moves_with_the_date_and_leads_to_the_claims(chromium, site, visit):
    page, _, _ = visit(chromium.new_context(), f"{site['map']}#date=2012-06-27")
    before = page.locator("#dated-map output").first.inner_text()
    page.locator("#dated-map input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#dated-map output").first.inner_text() != before
    page.locator("#dm-date").fill("2012-08-14")
    page.wait_for_timeout(200)  # the page's policy lets nothing be evaluated
    assert page.url.endswith("#date=2012-08-14")
    assert "No state changes on 2012-08-14" in page.locator("#dm-note").inner_text()
    page.goto("about:blank")
    page.goto(site["map"])
    assert page.locator("#dm-date").input_value() <= EVE
    page.locator("#dm-next").click()
    assert page.locator("#dm-date").input_value() > EVE
    folder = site["map"].rpartition("/")[0]
    links = [page.locator(f"#history-kidal a[href^='{name}.html']").first.get_attribute("href") for name in ("explorer", "claims-control")]
    page.goto(f"{folder}/{links[0]}")
    assert "Kidal" in page.locator("tr:target").inner_text()
    page.goto(f"{folder}/{links[1]}")
    assert "Kidal" in page.locator("th.group:target").text_content()


def test_a_number_opens_its_rule_and_its_claims_where_it_stands(chromium, site, visit):
    page, requests, complaints = visit(chromium.new_context(), site["index"])
    mark = page.locator("article .why", has_text="to").first
    page.keyboard.press("Tab")  # from now on focus is the keyboard's
    mark.focus()
    note = page.get_by_role("note")
    note.wait_for(timeout=2000)
    assert mark.get_attribute("aria-expanded") == "true" and "claims behind it" in note.inner_text()
    claims = note.locator("li a")
    assert claims.count() == len(behind.behind("casualties_mnla_side_killed").claims)
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
    assert hint.count() == 0
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
