"""The drawings: no words overlap or are cut at either width, and every chart has one for a phone."""

import re

from bs4 import BeautifulSoup
from matplotlib.colors import to_rgb

from azawad_conflict.figures.parts import style
from azawad_conflict.tables import REPOSITORY

REPORT = REPOSITORY / "press" / "src" / "bookpress" / "pdf" / "report.typ"
LETTER_MM = 279.4

# The box of the ink of a text.
INK = """
  const pen = document.createElement('canvas').getContext('2d');
  const ink = text => {
    pen.font = getComputedStyle(text).font.replace(/([\\d.]+)px/, (_, size) => `${100 * size}px`);  // it measures whole pixels
    const { x, y } = text.getStartPositionOfChar(0), size = pen.measureText(text.textContent), seen = text.getScreenCTM();
    const corners = [x - size.actualBoundingBoxLeft / 100, x + size.actualBoundingBoxRight / 100].flatMap(left =>
      [y - size.actualBoundingBoxAscent / 100, y + size.actualBoundingBoxDescent / 100].map(top => new DOMPoint(left, top).matrixTransform(seen)));
    const [across, down] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    return { left: Math.min(...across), right: Math.max(...across), top: Math.min(...down), bottom: Math.max(...down) };
  };
"""
# Of a drawing: pairs of texts that overlap by more than the slack of a font's boxes; texts whose ink leaves it, and marks that
# leave it or are cut by the frame of their axes.
FAULTS = """() => {
  // ink
  const sheet = document.querySelector('svg').getBoundingClientRect();
  const leaves = (box, frame) => Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom) > 1;
  const words = [...document.querySelectorAll('text')].filter(text => text.textContent.trim());
  const texts = words.map(text => [text.textContent, text.getBoundingClientRect()]);
  const marks = [...document.querySelectorAll('svg use')].filter(mark => {
    const clip = mark.closest('[clip-path]')?.getAttribute('clip-path').match(/#([^)"]+)/)[1];
    const frame = clip && document.getElementById(clip).firstElementChild.getBBox();
    const seen = mark.getScreenCTM(), at = ([x, y]) => new DOMPoint(x, y).matrixTransform(document.querySelector('svg').getScreenCTM());
    const within = frame && [at([frame.x, frame.y]), at([frame.x + frame.width, frame.y + frame.height])];
    const box = mark.getBoundingClientRect();
    return leaves(box, sheet) || (within && leaves(box, { left: within[0].x, top: within[0].y, right: within[1].x, bottom: within[1].y }));
  });
  const found = [...words.filter(text => leaves(ink(text), sheet)).map(text => [text.textContent, 'cut']), ...marks.map(mark => [`mark at ${mark.getAttribute('x')}, ${mark.getAttribute('y')}`, 'cut'])];
  texts.forEach(([words, one], number) => texts.slice(number + 1).forEach(([others, two]) => {
    const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left), high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
    if (wide > 1.5 && high > 0.3 * Math.min(one.height, two.height)) found.push([words, others]);
  }));
  return found;
}""".replace("// ink", INK)

# Of a drawing: the words, but for the letters of holders, on which a line stands: one of another colour than the grid's, one that runs level
# with them, or any where they have no halo. Halos hide what of the grid goes down through them.
STRUCK = """grid => {
  // ink
  const words = [...document.querySelectorAll('text')].filter(text => text.textContent.trim() && !/^[A-Z](\\/[A-Z])*$/.test(text.textContent));
  const texts = words.map(text => [text.textContent, ink(text), (text.getAttribute('style') || '').includes('paint-order')]), found = new Set();
  for (const path of document.querySelectorAll('svg path')) {
    const { stroke, fill, strokeWidth } = getComputedStyle(path), long = path.getTotalLength(), half = parseFloat(strokeWidth) / 2;
    if (path.closest('defs') || stroke === 'none' || fill !== 'none' || !(long > 0)) continue;
    const clip = path.closest('[clip-path]')?.getAttribute('clip-path').match(/#([^)"]+)/)[1];
    const frame = clip && document.getElementById(clip).firstElementChild.getBBox();
    for (let at = 0, last; at <= long; at += 1) {
      const point = path.getPointAtLength(at), seen = point.matrixTransform(path.getScreenCTM());
      const level = last && Math.abs(seen.y - last.y) < Math.abs(seen.x - last.x);
      last = seen;
      if (frame && (point.x < frame.x || point.x > frame.x + frame.width || point.y < frame.y || point.y > frame.y + frame.height)) continue;
      for (const [text, box, halo] of texts) {
        const meets = box.left - half < seen.x && seen.x < box.right + half && box.top - half < seen.y && seen.y < box.bottom + half;
        if (meets && !(halo && grid.includes(stroke) && !level)) found.add(text);
      }
    }
  }
  return [...found];
}""".replace("// ink", INK)
MAPS = "fig-index-map", "fig-territory-turns"  # names stand on borders and rivers there


# A canvas, which measures ink, waits for no font.
LETTERS_THERE = "Promise.all([...document.fonts].map(face => face.load())).then(() => null)"


def test_no_words_of_a_drawing_overlap_and_neither_words_nor_marks_are_cut(chromium, build):
    page = chromium.new_page()
    found = {}
    for folder in ("html", "html/fr"):
        drawings = sorted((build / folder / "_images").glob("fig-*.svg"))
        assert any(drawing.stem.endswith("-narrow") for drawing in drawings)
        for drawing in drawings:
            page.set_content(drawing.read_text(encoding="utf-8"))
            page.evaluate(LETTERS_THERE)
            found[folder, drawing.name] = page.evaluate(FAULTS)
    page.close()
    assert {name: pairs for name, pairs in found.items() if pairs} == {}


def test_no_line_runs_through_the_words_of_a_chart(chromium, build):
    page = chromium.new_page()
    grid = [f"rgb{tuple(round(255 * part) for part in to_rgb(colour))}" for colour in (style.GRID, style.CHART_GRID)]
    drawings = [path for folder in ("html", "html/fr") for path in (build / folder / "_images").glob("fig-*.svg")]
    charts = [path for path in drawings if path.stem not in MAPS and not path.stem.endswith("-narrow")]
    found = {}
    for path in charts:
        page.set_content(path.read_text(encoding="utf-8"))
        page.evaluate(LETTERS_THERE)
        found[path.parent.parent.name, path.name] = page.evaluate(STRUCK, grid)
    page.close()
    assert len(found) > 20
    assert {name: words for name, words in found.items() if words} == {}


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
