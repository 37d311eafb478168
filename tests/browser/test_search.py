"""The search, opened from disk in a browser: numbers, dates, accents; the line that is shown; where it leads; odd questions."""

import gzip
import json
import re
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bookpress.sphinx.search import PROSE_FILE, ROWS_FILE
from prose import PUBLISHED

FIRST_ANSWER, WHOLE_ANSWER = (
    80_000,
    250_000,
)  # bytes, gzip: the page with what answers from the prose; with tables and references too
KILLED = PUBLISHED["casualties_mnla_side_killed"]  # a range, as the pages print it
TEXT, ROWS = "In the text", "In tables, figures and references"
IN_SIGHT = """words => {
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_ELEMENT);
  const plain = text => text.replace(/\\s+/g, " ");
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const box = node.getBoundingClientRect();
    if (box.height && box.top < innerHeight && box.bottom > 0 && plain(node.textContent).includes(words) && ![...node.children].some(child => plain(child.textContent).includes(words))) return true;
  }
  return false;
}"""


@pytest.fixture
def ask(desk, site, visit):
    """The function that opens the search with a question, and waits until all has been looked through."""

    def ask(query, context=None):
        address = f"{site['search']}?q={urllib.parse.quote(query)}"
        page, asked, complaints = visit(context, address) if context else desk.visit(address)
        expect(page.locator("#search-status")).not_to_have_text(re.compile("…$"))
        return page, asked, complaints

    return ask


def results(page, kind):
    """(heading, page, line) of each result of a kind that is shown."""
    items = page.locator("section").filter(has=page.get_by_role("heading", name=kind)).locator("li")
    return [
        (item.locator("a").inner_text(), item.locator("a").get_attribute("href"), item.locator("p").inner_text())
        for item in items.all()
    ]


def led_to(page, words):
    """Wait until the page of a result shows the words; raise TimeoutError if it never does."""
    page.wait_for_url(lambda address: "/search.html" not in address)
    page.wait_for_function(IN_SIGHT, arg=words)


@pytest.mark.parametrize(
    "query",
    [
        "2012",
        "27 June 2012",
        "June 2012",
        KILLED,
        "Kidal",
        "declared independence",
        '"drove the MNLA from"',
        "«\u00a0drove the MNLA from\u00a0»",
        "governor's office",
        "recogn",
    ],
)
def test_what_the_pages_print_is_found_with_its_line_and_its_place(ask, site, query):
    page, _, complaints = ask(query)
    found = results(page, TEXT)
    assert found and complaints == []
    words = re.findall(r"\w+", query.replace("'", "’"))
    assert words[-1].lower() in found[0][2].lower() and page.locator("mark").count() > 0
    page.locator("#search-results a").first.click()
    marked = re.search(r"text=(?:[^,]*-,)?([^,&]+)", found[0][1])
    led_to(page, urllib.parse.unquote(marked[1]))


def test_words_that_follow_one_another_come_first(ask):
    page, _, _ = ask(KILLED)
    lines = [line for _, _, line in results(page, TEXT)]
    side_by_side = [KILLED in line for line in lines]
    assert side_by_side[0] and side_by_side == sorted(side_by_side, reverse=True)
    assert KILLED in page.locator("mark").first.inner_text()


def test_a_number_is_not_the_beginning_of_another(ask):
    page, _, _ = ask("160")
    marks = page.locator("mark").all_inner_texts()
    assert marks and set(marks) == {"160"}


def test_accents_letters_and_apostrophes_do_not_matter(ask):
    for one, other in (
        ("Menaka", "Ménaka"),
        ("KIDAL", "kidal"),
        ("governor's", "governor’s"),
        ("27 Jun 2012", "27 june 2012"),
    ):
        page, _, _ = ask(one)
        said, found = page.locator("#search-status").inner_text(), results(page, TEXT)
        page, _, _ = ask(other)
        assert found and said == page.locator("#search-status").inner_text() and found == results(page, TEXT), one


def test_prose_comes_before_tables_and_rows_are_led_to(ask):
    page, _, _ = ask("Ménaka volunteers killed")
    assert page.locator("#search-results h2").all_inner_texts() == [TEXT, ROWS]
    (href,) = [href for _, href, line in results(page, ROWS) if href.startswith("./claims.html") and "killed" in line][
        :1
    ]
    page.locator(f"#search-results a[href='{href}']").click()
    led_to(page, "Ménaka volunteers")


def test_a_slip_of_the_pen_is_told_and_mended(ask):
    page, _, _ = ask("Menakka")
    assert (
        page.locator("#search-status")
        .inner_text()
        .startswith("“Menakka” stands nowhere; shown is what is written “menaka”.")
    )
    assert results(page, TEXT) == results(ask("menaka")[0], TEXT)


def test_words_that_stand_nowhere_together_are_shown_apart_and_it_is_said(ask):
    page, _, _ = ask("mausoleums pickaxe displaced zeppelin")
    assert "with some of these words; none has all of them." in page.locator("#search-status").inner_text()
    assert results(page, TEXT) or results(page, ROWS)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", ""),
        ("   ", ""),
        ("?!… “”", "There is no word and no number in"),
        ("zzzqqq", "“zzzqqq” stands nowhere. Nothing was found. Try fewer words"),
        ("<b>zzzqqq</b><img src=x onerror=alert(1)>", "stands nowhere"),
        ("zzzqqq" * 5000, "Nothing was found. Try fewer words"),
        ("\\(.*[ %00 '\"", "There is no word and no number|Nothing was found|passage|place"),
    ],
)
def test_an_odd_question_gets_a_helpful_answer(ask, query, said):
    page, _, complaints = ask(query)
    assert re.search(said, page.locator("#search-status").inner_text()) and complaints == []
    assert page.locator("#search-results :is(img, b)").count() == 0 and len(page.locator("#q").input_value()) <= 200
    assert page.locator("#search-how").is_visible()


def test_it_answers_while_one_types_keeps_the_question_and_works_by_keyboard(ask):
    page, _, complaints = ask("")
    page.locator("#q").focus()
    page.keyboard.type("Konn")
    page.locator("mark").first.wait_for()
    assert set(page.locator("mark").all_inner_texts()) == {"Konna"} and page.url.endswith("?q=Konn")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#search-results li') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("^(?!.*search)"))
    page.go_back()
    page.locator("mark").first.wait_for()
    assert page.locator("#q").input_value() == "Konn" and complaints == []


def test_more_results_come_on_request_and_are_in_focus(ask):
    page, _, _ = ask("Kidal")
    more = page.get_by_role("button", name="Show more").last
    shown = page.locator("#search-results section").last.locator("li")
    before = shown.count()
    more.click()
    assert (
        shown.count() > before
        and page.evaluate("document.activeElement.textContent") == shown.nth(before).locator("a").inner_text()
    )


def test_the_prose_answers_where_the_tables_cannot_be_loaded(chromium, ask):
    context = chromium.new_context()
    context.route("**/search-rows.js", lambda route: route.abort())
    page, _, _ = ask("Kidal", context)
    assert results(page, TEXT) and "could not be loaded" in page.locator("#search-status").inner_text()
    context.route("**/search-prose.js", lambda route: route.abort())
    page, _, _ = ask("Kidal", context)
    assert "Load this page again" in page.locator("#search-status").inner_text()


def test_over_a_slow_line_the_question_stands_there_and_it_is_said_that_one_looks(chromium, site):
    context, held = chromium.new_context(), []
    context.route("**/search-prose.js", lambda route: held.append(route))
    page = context.new_page()
    page.goto(f"{site['search']}?q=Kidal", wait_until="domcontentloaded")
    assert page.locator("#q").input_value() == "Kidal"
    assert page.locator("#search-status").inner_text() == "Looking through the text …"
    for route in held:
        route.continue_()
    page.get_by_role("heading", name=TEXT).wait_for()


def test_whoever_saves_data_is_asked_before_the_tables_are_loaded(chromium, ask):
    context = chromium.new_context()
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page, asked, _ = ask("Kidal", context)
    assert results(page, TEXT) and not any(url.endswith(ROWS_FILE) for url in asked)
    page.get_by_role("button", name="Look through tables").click()
    page.get_by_role("heading", name=ROWS).wait_for()
    assert any(url.endswith(ROWS_FILE) for url in asked)


def test_the_search_is_light_and_loads_the_tables_only_when_asked(ask, site):
    def weigh(urls):
        return sum(
            len(gzip.compress(Path(urllib.parse.unquote(urllib.parse.urlsplit(url).path)).read_bytes())) for url in urls
        )

    for query, limit in (("", FIRST_ANSWER), ("Kidal", WHOLE_ANSWER)):
        _, asked, _ = ask(query)
        assert any(url.endswith(ROWS_FILE) for url in asked) == bool(query)
        assert weigh(asked) < limit


def test_every_place_is_on_its_page_and_every_page_is_told(build, pages):
    told = {}
    for file in (PROSE_FILE, ROWS_FILE):
        script = (build / "html" / file).read_text("utf-8")
        for name, title, passages in json.loads(script.partition(" = ")[2].removesuffix(";\n")):
            assert re.sub(r"^(\d+|[A-Z]) ", "", pages[name].h1.get_text().strip()) == title
            told.setdefault(name, set()).update(place for place, _, _ in passages)
    assert told.keys() == pages.keys()
    assert {name: places - {tag["id"] for tag in pages[name].select("[id]")} for name, places in told.items()} == {
        name: set() for name in told
    }
