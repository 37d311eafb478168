"""The pages for every reader: axe, the tree that screen readers read, narrow screens, small letters."""

import re
import urllib.parse
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

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

# Of a drawing: pairs of texts that overlap by more than the slack of a font's boxes, and texts that leave it.
COLLISIONS = """() => {
  const sheet = document.querySelector('svg').getBoundingClientRect();
  const texts = [...document.querySelectorAll('text')].filter(text => text.textContent.trim()).map(text => [text.textContent, text.getBoundingClientRect()]);
  const found = texts.filter(([, box]) => box.left < sheet.left - 1 || box.right > sheet.right + 1 || box.top < sheet.top - 1 || box.bottom > sheet.bottom + 1).map(([words]) => [words, 'cut']);
  texts.forEach(([words, one], number) => texts.slice(number + 1).forEach(([others, two]) => {
    const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left), high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
    if (wide > 1.5 && high > 0.3 * Math.min(one.height, two.height)) found.push([words, others]);
  }));
  return found;
}"""

# axe takes minutes for thousands of rows. Of the rows of a table that are built alike (tags, attributes, classes, roles, what has words) it is given one.
ONE_ROW_OF_A_KIND = """() => {
  const told = ['class', 'role', 'scope', 'style', 'tabindex', 'lang', 'hidden'];
  const kind = node => [
    node.tagName,
    ...told.map(name => node.getAttribute(name)),
    ...[...node.attributes].map(one => one.name + Boolean(one.value.trim())).sort(),
    Boolean(node.textContent.trim()),
    ...[...node.children].map(kind),
  ].join();
  for (const body of document.querySelectorAll('tbody')) {
    const seen = new Set();
    for (const row of [...body.rows]) {
      const own = kind(row);
      if (seen.has(own)) row.remove();
      seen.add(own);
    }
  }
}"""
REPEATED_IDS = """() => {
  const ids = [...document.querySelectorAll('[id]')].map(node => node.id);
  return ids.filter((id, number) => ids.indexOf(id) !== number);
}"""


@dataclass
class Examined:
    """A page, light on a desk and dark on a phone: what axe finds, the accessibility tree, sizes of letters, whether 320 pixels are enough."""

    faults: dict
    tree: list
    letters: dict
    is_wide: bool


@pytest.fixture(scope="module")
def examined(chromium, site, visit):
    """{name: Examined}, each page opened once on each screen."""
    desk = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    phone = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    found = {}
    for name, address in site.items():
        page, _, _ = visit(desk, address)
        tree = [
            node
            for node in page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
            if not node["ignored"]
        ]
        faults = {"light, desk": [*map(str, page.evaluate(REPEATED_IDS)), *_axe(page)]}
        page.close()
        page, _, _ = visit(phone, address)
        letters = dict(page.locator(".dm-map text:is(.dm-name, .dm-area, .dm-dead)").evaluate_all(NAMES_ON_MAP))
        page.locator("figure img").evaluate_all(LOADED)
        letters |= {
            Path(source).name: _smallest(source, width)
            for source, width in page.locator("figure img").evaluate_all(DRAWINGS)
        }
        page.set_viewport_size({"width": 320, "height": 800})
        is_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        page.set_viewport_size({"width": 390, "height": 844})
        faults["dark, phone"] = _axe(page)
        page.close()
        found[name] = Examined(faults, tree, letters, is_wide)
    return found


def _axe(page):
    page.evaluate(ONE_ROW_OF_A_KIND)
    result = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    return [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in result.response["violations"]]


def _smallest(source, width):
    """The size of the smallest letters of a drawing that is shown `width` pixels wide."""
    drawing = Path(urllib.parse.unquote(urllib.parse.urlsplit(source).path)).read_text(encoding="utf-8")
    own = float(re.search(r'viewBox="[\d.]+ [\d.]+ ([\d.]+)', drawing)[1])
    return min(float(size) for size in re.findall(r"font-size: ?([\d.]+)px", drawing)) * width / own


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


def test_no_words_of_a_drawing_overlap_or_are_cut(chromium, build):
    page = chromium.new_page()
    drawings = sorted((build / "html" / "_images").glob("fig-*.svg"))
    assert any(drawing.stem.endswith("-narrow") for drawing in drawings)
    found = {}
    for drawing in drawings:
        page.set_content(drawing.read_text(encoding="utf-8"))
        page.evaluate("document.fonts.ready")
        found[drawing.name] = page.evaluate(COLLISIONS)
    page.close()
    assert {name: pairs for name, pairs in found.items() if pairs} == {}


def test_every_chart_has_a_drawing_for_a_phone(pages):
    """A map, which scrolls in its frame, has a sheet of its own."""
    without = [
        figure["id"]
        for page in pages.values()
        for figure in page.select("article figure[id]")
        if figure.img and not figure.find("picture") and "sheet" not in figure.img.get("class", [])
    ]
    assert without == []


def test_a_screen_reader_finds_one_main_text_and_a_name_for_everything(examined):
    """Chromium's accessibility tree, which screen readers read."""
    for name, page in examined.items():
        read = [(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in page.tree]
        assert [role for role, _ in read].count("main") == 1, name
        assert [role for role, words in read if role in NAMED_ROLES and not words] == [], name
        headings = [node["properties"] for node in page.tree if node["role"]["value"] == "heading"]
        levels = [told["value"]["value"] for properties in headings for told in properties if told["name"] == "level"]
        assert levels.count(1) == 1 and all(after - before <= 1 for before, after in pairwise(levels)), (name, levels)
