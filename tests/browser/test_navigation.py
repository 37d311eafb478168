"""Ways through the pages: addresses, the keyboard, the switch between light and dark, a browser without JavaScript."""

import re

import pytest


def test_the_switch_between_light_and_dark_holds_on_the_next_page(chromium, site, visit):
    page, _, _ = visit(chromium.new_context(color_scheme="light"), site["index"])
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(ground) != light
    page.goto(site["summary"])
    assert page.evaluate(ground) != light and page.get_by_role("button", name="Light").is_visible()


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
def test_an_address_that_names_nothing_gives_a_whole_page(desk, site, address):
    name, _, place = address.partition("#")
    page, _, complaints = desk.visit(f"{site[name]}#{place}")
    assert complaints == [] and page.locator("article table:visible, article svg:visible").count() > 0


@pytest.mark.parametrize(
    "place",
    ["map.html#date=2013-07-15", "search.html?q=Kidal", "explorer.html#claims?outcome=wounded", "findings.html"],
)
def test_the_other_language_keeps_what_is_asked_for(desk, site, place):
    folder = site["index"].removesuffix("index.html")
    page, _, _ = desk.visit(f"{folder}fr/{place}")
    page.evaluate("scrollTo(0, 0)")
    page.locator("a.language").click()
    assert page.url == folder + place


def test_the_other_language_keeps_the_paragraph_that_is_read(desk, site):
    page, _, _ = desk.visit(site["findings"])
    page.locator("#p5").evaluate("place => place.scrollIntoView()")
    page.locator("a.language").evaluate("link => link.click()")
    page.wait_for_url(re.compile(r"/fr/findings\.html#p5$"))


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
    """What is drawn late above a place would push it away: every figure and table that the findings name is where its address leads."""
    page, _, _ = visit(chromium.new_context(viewport={"width": width, "height": 844}), site["findings"])
    links = page.locator("article a.reference[href*='#tab-'], article a.reference[href*='#fig-']").evaluate_all(
        "links => [...new Set(links.map(link => link.href))]"
    )
    assert len(links) > 8
    away = {}
    for link in links:
        page.goto(site["404"])  # from another page, so that it does not only scroll
        page.goto(link)
        page.wait_for_load_state("load")
        page.wait_for_timeout(300)
        place = page.locator(f"[id='{link.rpartition('#')[2]}']").first
        top = place.evaluate("node => node.getBoundingClientRect().top")
        if not -2 <= top <= 200:
            away[link.rpartition("/")[2]] = round(top)
    assert away == {}


def test_on_a_phone_a_scrolled_table_keeps_its_caption_its_first_column_and_the_names_of_its_groups(
    chromium, site, visit
):
    page, _, _ = visit(chromium.new_context(viewport={"width": 390, "height": 844}), site["incidents"])
    frame = page.locator(".scroll", has=page.locator("th.group")).first
    kept = [frame.locator(part).first for part in ("caption", "tbody th[scope=row]:first-child", "th.group > p")]
    before = [part.bounding_box() for part in kept]
    frame.focus()
    for _press in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("frame => frame.scrollLeft > 100", arg=frame.element_handle())
    after = [part.bounding_box() for part in kept]
    assert all(abs(one["x"] - other["x"]) < 2 for one, other in zip(before, after, strict=True))
    assert all(box["x"] + box["width"] <= 390 for box in after)
