"""What holds on every page: its weight, axe, the tree that screen readers read, narrow screens, small letters, paper."""

import functools
import gzip
import re
import urllib.parse
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

REQUESTS, WEIGHT = 12, 100_000  # of a first visit, gzip; pages of the site itself only
HEAVIER = {"notebooks/03-territory": 150_000}  # its maps
PHONE, NARROWEST, A4 = (
    {"width": 390, "height": 844},
    {"width": 320, "height": 800},
    {"width": 673, "height": 1001},  # a sheet inside margins of 16 mm
)
SMALLEST_LETTER = 11  # CSS pixels on a phone
NAMED_ROLES = {
    "image",
    "img",
    "table",
    "link",
    "button",
    "textbox",
    "searchbox",
    "combobox",
    "slider",
    "region",
    "heading",
    "navigation",
}
LOADED = """images => Promise.all(images.map(image => {
  image.loading = 'eager';
  return image.complete && image.currentSrc || new Promise(done => { image.onload = image.onerror = done; });
}))"""
DRAWINGS = "images => images.map(image => [image.currentSrc, image.getBoundingClientRect().width])"
NAMES_ON_MAP = """names => {
  const scale = names.length && names[0].ownerSVGElement.getBoundingClientRect().width / 1000;
  return names.map(name => [name.textContent, parseFloat(getComputedStyle(name).fontSize) * scale]);
}"""

# axe and the tree of a page take minutes for thousands of rows. Of the rows of a table, the entries of a bibliography, and of items, paragraphs and
# words of code without controls that stand side by side and are built alike (tags, attributes, classes, roles, what has words) they are given one.
ONE_OF_A_KIND = """() => {
  const told = ['class', 'role', 'scope', 'style', 'tabindex', 'lang', 'hidden'];
  const kind = node => [
    node.tagName,
    ...told.map(name => node.getAttribute(name)),
    ...[...node.attributes].map(one => one.name + Boolean(one.value.trim())).sort(),
    Boolean(node.textContent.trim()),
    ...[...node.children].map(kind),
  ].join();
  const words = ':is(li, dt, dd, p, pre > *):not(:has(input, select, textarea, button))', seen = new Map();
  for (const node of document.querySelectorAll(`tbody > *, .citation-list > *, ${words}`)) {
    if (!node.isConnected) continue;
    const own = kind(node), kinds = seen.get(node.parentNode) || new Set();
    if (kinds.has(own)) node.remove();
    seen.set(node.parentNode, kinds.add(own));
  }
}"""
REPEATED_IDS = """() => {
  const ids = [...document.querySelectorAll('[id]')].map(node => node.id);
  return ids.filter((id, number) => ids.indexOf(id) !== number);
}"""
# What would be cut: boxes that end beyond the sheet or are higher than it, and code whose lines run out of its box. Drawings are cut by their own frame.
CUT = """() => [...document.querySelectorAll('body *')].filter(node => {
  const box = node.getBoundingClientRect();
  if (!box.width || !box.height || node.closest('svg')) return false;
  return box.right > innerWidth + 1 || (node.tagName === 'IMG' && box.height > 1001) || (node.matches('pre, .scroll') && node.scrollWidth > node.clientWidth + 1);
}).map(node => node.tagName + ' ' + node.className + ' ' + node.textContent.slice(0, 60))"""

SHOWN = """boxes => boxes.filter(box => box.checkVisibility({checkVisibilityCSS: true}) && box.getBoundingClientRect().height)
  .map(box => box.tagName + ' ' + box.className)"""


@dataclass
class Examined:
    """A page, once on a desk, light, and once on a phone and on paper, for a reader who chose the dark.

    asked : addresses. tree : nodes of the accessibility tree. faults : what axe finds, by screen.
    letters : size of the smallest in each drawing, and of each name on a map. is_wide : whether 320 pixels are not enough.
    printed : the theme, colours of the text, what is cut, drawings that stay inverted, and what belongs to the screen.
    """

    asked: set
    complaints: list
    tree: list
    faults: dict
    letters: dict
    is_wide: bool
    printed: tuple


@pytest.fixture(scope="module")
def examined(desk, dark, site, tab):
    """{name: Examined}, each page opened once on each screen."""
    phone, found = tab(dark), {}
    for name, address in site.items():
        page, asked, complaints = desk.visit(address)
        repeated = page.evaluate(REPEATED_IDS)
        page.evaluate(ONE_OF_A_KIND)
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        faults = {"light, desk": [*map(str, repeated), *_axe(page)]}
        page = phone.page
        page.set_viewport_size(PHONE)
        phone.visit(address)
        letters, is_wide, printed = _letters(page), _is_wide(page), _printed(page)
        page.set_viewport_size(PHONE)
        page.evaluate(ONE_OF_A_KIND)
        faults["dark, phone"] = _axe(page)
        found[name] = Examined(
            asked, complaints, [node for node in nodes if not node["ignored"]], faults, letters, is_wide, printed
        )
    return found


def _file(url):
    return Path(urllib.parse.unquote(urllib.parse.urlsplit(url).path))


@functools.cache
def _weight(file):
    return len(gzip.compress(file.read_bytes()))


def _axe(page):
    result = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    return [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in result.response["violations"]]


def _letters(page):
    """Size of the names on a map, and of the smallest letters of each drawing."""
    names = dict(page.locator(".dm-map text:is(.dm-name, .dm-area, .dm-dead)").evaluate_all(NAMES_ON_MAP))
    page.locator("figure img").evaluate_all(LOADED)
    drawn = page.locator("figure img").evaluate_all(DRAWINGS)
    return names | {_file(source).name: _smallest(_file(source), width) for source, width in drawn}


def _smallest(drawing, width):
    """The size of the smallest letters of a drawing that is shown `width` pixels wide."""
    svg = drawing.read_text(encoding="utf-8")
    own = float(re.search(r'viewBox="[\d.]+ [\d.]+ ([\d.]+)', svg)[1])
    return min(float(size) for size in re.findall(r"font-size: ?([\d.]+)px", svg)) * width / own


def _is_wide(page):
    page.set_viewport_size(NARROWEST)
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def _printed(page):
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    ink = page.locator("body").evaluate(
        "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    )
    inverted = page.locator("figure img").evaluate_all(
        "images => images.filter(image => getComputedStyle(image).filter !== 'none').length"
    )
    shown = page.locator("header.site, nav.contents, .datafile, .hint").evaluate_all(SHOWN)
    theme = page.evaluate("document.documentElement.dataset.theme")
    printed = theme, ink, page.evaluate(CUT), inverted, shown
    page.emulate_media(media="screen")
    return printed


def test_each_page_is_light_and_asks_nobody_else_for_anything(examined):
    found = {
        name: page for name, page in examined.items() if name != "404"
    }  # it asks in vain: see tests/browser/test_lost_page.py
    asked = {
        name: [url for url in page.asked if not url.startswith(("file:", "data:"))] for name, page in found.items()
    }
    assert {name: urls for name, urls in asked.items() if urls} == {}
    assert {name: page.complaints for name, page in found.items() if page.complaints} == {}
    weights = {
        name: (len(page.asked), sum(_weight(_file(url)) for url in page.asked if url.startswith("file:")))
        for name, page in found.items()
    }
    assert {
        name: (requests, weight)
        for name, (requests, weight) in weights.items()
        if requests > REQUESTS or weight > HEAVIER.get(name, WEIGHT)
    } == {}


def test_axe_finds_nothing(examined):
    assert {
        (name, screen): faults for name, page in examined.items() for screen, faults in page.faults.items() if faults
    } == {}


@pytest.mark.parametrize(
    "screen",
    [
        {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
        {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    ],
)
def test_axe_finds_nothing_where_a_town_and_the_key_of_the_map_are_open(chromium, site, visit, screen):
    page, _, _ = visit(chromium.new_context(**screen), f"{site['map']}#date=2012-11-28")
    if not page.locator(".dm-legend").is_visible():  # folded on a phone
        page.locator(".dm-key summary").click()
    page.locator("a[data-town=gao]").focus()
    page.keyboard.press("Enter")
    page.evaluate(ONE_OF_A_KIND)
    assert page.get_by_role("dialog", name="Gao").is_visible() and _axe(page) == []


def test_nothing_runs_off_a_narrow_screen(examined):
    assert [name for name, page in examined.items() if page.is_wide] == []


def test_letters_in_drawings_can_be_read_on_a_phone(examined):
    sizes = {(name, what): size for name, page in examined.items() for what, size in page.letters.items()}
    assert (
        len([name for name, _ in sizes if name == "map"]) > 20
        and len([what for _, what in sizes if what.endswith(".svg")]) > 10
    )
    assert {place: size for place, size in sizes.items() if size < SMALLEST_LETTER} == {}


def test_no_page_is_cut_or_dark_on_paper(examined):
    assert {
        name: page.printed
        for name, page in examined.items()
        if name != "404" and page.printed != ("dark", ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], [], 0, [])
    } == {}


def test_a_screen_reader_finds_one_main_text_and_a_name_for_everything(examined):
    """Chromium's accessibility tree, which screen readers read."""
    for name, page in examined.items():
        read = [(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in page.tree]
        assert [role for role, _ in read].count("main") == 1, name
        assert [role for role, words in read if role in NAMED_ROLES and not words] == [], name
        headings = [node["properties"] for node in page.tree if node["role"]["value"] == "heading"]
        levels = [told["value"]["value"] for properties in headings for told in properties if told["name"] == "level"]
        assert levels.count(1) == 1 and all(after - before <= 1 for before, after in pairwise(levels)), (name, levels)
