"""What stands behind a number opens where the number stands."""

import re
import urllib.parse
from pathlib import Path

from playwright.sync_api import expect

from azawad_conflict import headline

LOADING = "Loading …"


def test_a_number_opens_its_rule_and_its_claims_where_it_stands(chromium, site, visit):
    page, _, complaints = visit(chromium.new_context(), site["index"])
    mark = page.locator("article .why", has_text=re.compile(r"\d to \d")).first
    page.keyboard.press("Tab")  # from now on focus is the keyboard's
    mark.focus()
    note = page.get_by_role("note")
    note.wait_for(timeout=2000)
    expect(note).to_contain_text("claims behind it")
    assert mark.get_attribute("aria-expanded") == "true"
    claims = note.locator("li a")
    assert claims.count() == len(headline.quoted("casualties")["casualties_mnla_side_killed"].claims)
    # The passage stands before the claims, which stand below what they are on.
    assert note.locator("a").first.inner_text() == "The sentence that computes it"
    groups = note.locator("ul > li:has(> ul)")
    assert 1 < groups.count() < claims.count() and note.locator("ul ul a").count() == claims.count()
    names = [words.partition("\n")[0] for words in groups.all_inner_texts()]
    assert len(set(names)) == len(names)
    page.keyboard.press("Escape")
    assert note.count() == 0 and mark.get_attribute("aria-expanded") == "false"
    mark.hover()
    note.wait_for(timeout=2000)
    place = claims.first.get_attribute("href")
    claims.first.click()
    page.wait_for_load_state()
    assert page.locator("tr:target").is_visible() and place.endswith(page.locator("tr:target").get_attribute("id"))
    assert complaints == []


def test_a_claim_of_a_note_asks_for_little(chromium, site, visit):
    """On a line of 50 kB in a second, and without packing, as small hosts serve pages: three seconds, whatever the claim."""
    largest = next(name for name in site if name.startswith("explorer/"))
    _, asked, _ = visit(chromium.new_context(), site[largest])
    assert sum(Path(urllib.parse.urlsplit(url).path).stat().st_size for url in asked) <= 150_000


def test_a_tap_opens_the_note_and_the_next_follows_the_link(chromium, site, visit):
    page, _, _ = visit(chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True), site["index"])
    mark = page.locator("article a.why[href*='#number-']").first
    number = mark.inner_text()
    mark.tap()
    expect(page.get_by_role("note")).not_to_have_text(LOADING)
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
    expect(page.get_by_role("note")).to_have_text("The sentence that computes it")


def test_over_a_slow_line_a_note_opens_at_once_and_another_tap_leads_nowhere(chromium, site, visit):
    context, held = chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True), []
    context.route("**/number-notes.js", lambda route: held.append(route))
    page, _, complaints = visit(context, site["index"])
    mark = page.locator("article a.why[href*='#number-']").first
    mark.tap()
    expect(page.get_by_role("note")).to_have_text(LOADING)
    mark.tap()
    assert page.url.startswith(site["index"])
    held[0].continue_()
    expect(page.get_by_role("note")).to_contain_text("The sentence that computes it")
    assert LOADING not in page.get_by_role("note").inner_text() and complaints == []


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
