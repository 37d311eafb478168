"""The drawings: no words overlap or are cut at either width, and every chart has one for a phone."""

import re

from bs4 import BeautifulSoup

from azawad_conflict.tables import REPOSITORY

REPORT = REPOSITORY / "press" / "src" / "bookpress" / "pdf" / "report.typ"
LETTER_MM = 279.4

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


def test_no_letter_is_smaller_than_seven_points_in_print(build):
    """A drawing that is too tall for a sheet of US Letter, the lower of both, is made smaller with its letters."""
    around = re.search(r"#let around = (\d+)mm", REPORT.read_text(encoding="utf-8"))
    tallest = (LETTER_MM - int(around[1])) * 72 / 25.4
    printed = {}
    for drawing in (build / "html").rglob("_images/fig-*.svg"):
        svg = drawing.read_text(encoding="utf-8")
        if drawing.stem.endswith("-narrow"):
            continue
        height = float(re.search(r'<svg [^>]*?height="([\d.]+)pt"', svg)[1])
        sizes = [float(size) for size in re.findall(r"(?:font: [^;\"]*?|font-size: )([\d.]+)px", svg)]
        printed[drawing.name] = min(sizes) * min(1, tallest / height)
    assert printed
    assert {name: size for name, size in printed.items() if size < 7} == {}


def test_an_alternative_text_is_heard_in_one_go(build):
    """The numbers are in the table beside the drawing."""
    found = {}
    for page in [*(build / "html").glob("*.html"), *(build / "html" / "notebooks").glob("*.html")]:
        for path in (page, build / "html" / "fr" / page.relative_to(build / "html")):
            drawings = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select("article figure img")
            found |= {(path.parent.name, image["src"]): len(image["alt"]) for image in drawings}
    assert found
    assert {name: length for name, length in found.items() if length > 600} == {}


def test_every_chart_has_a_drawing_for_a_phone(pages):
    """A map, which scrolls in its frame, has a sheet of its own."""
    without = [
        figure["id"]
        for page in pages.values()
        for figure in page.select("article figure[id]")
        if figure.img and not figure.find("picture") and "sheet" not in figure.img.get("class", [])
    ]
    assert without == []
