"""Drawings for pages: SVG with the letters that it uses inside it, a PNG beside each SVG, and what Typst needs of both."""

from __future__ import annotations

import base64
import copy
import io
import re
import shutil
import tempfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from bookpress.files import fingerprint

if TYPE_CHECKING:  # slow to import, and the pages are made without it
    from matplotlib.figure import Figure

PIXELS_PER_INCH = 200
FAMILY = "Source Sans Pro"
BOLD = re.compile(r"font(?:-weight)?: ?(?:700|bold)")
UNUSED_TABLES = {"DSIG", "GPOS", "GSUB", "GDEF"}  # signature, kerning and substitutions
FACES = {"400": "SourceSansPro-Regular.ttf", "700": "SourceSansPro-Bold.ttf"}


def drawn(drawing: Figure, name: str) -> str:
    """The SVG of a matplotlib figure, the same at every run; the figure is closed so that it is not shown twice."""
    import matplotlib
    from matplotlib import pyplot

    file = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": name}):
        drawing.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    pyplot.close(drawing)
    return file.getvalue()


def data_uri(name: str, svg: str) -> str:
    """The drawing with its letters, as an address that holds it. Raises ValueError where it is not well-formed SVG."""
    svg = with_letters(svg)
    try:
        etree.fromstring(svg.encode())
    except etree.XMLSyntaxError as error:
        raise ValueError(f"figure {name}: the drawing is not well-formed SVG: {error}") from error
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def with_letters(svg):
    """Return the drawing with the letters that it uses inside it, if it asks for `FAMILY`.

    It was measured with them. A picture of a page loads no font, and with another font its words
    would run into each other.
    """
    if FAMILY not in svg:
        return svg
    words = {"400": _words(r">([^<>]+)<", svg)}
    if BOLD.search(svg):
        # in a text's own tag the weight is that text's alone; anywhere else it may reach every text
        elsewhere = BOLD.search(re.sub(r"<text\b[^>]*>", "", svg))
        words["700"] = words["400"] if elsewhere else _words(rf"<text\b[^>]*{BOLD.pattern}[^>]*>([^<>]+)<", svg)
    rules = "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url(data:font/woff;base64,{_letters(letters, FACES[weight])})}}"
        for weight, letters in words.items()
    )
    end = re.search(r"<svg\b[^>]*>", svg).end()
    return f"{svg[:end]}<style>{rules}</style>{svg[end:]}"


def _words(pattern, svg):
    """The letters of the texts that the pattern finds."""
    return set(unescape("".join(re.findall(pattern, svg))))


def _letters(words, face):
    """A font with these letters alone, as base64 of WOFF; the same bytes at every run."""
    from fontTools.subset import Options, Subsetter  # slow to import, and most notebooks' cells draw nothing
    from fontTools.ttLib import TTFont

    from bookpress.markup.fonts import font_files

    file = next(path for path in font_files() if path.name == face)
    with TTFont(file, recalcTimestamp=False) as font:
        # Before the subsetter, which would spend most of its time on unpacking them.
        for tag in UNUSED_TABLES.intersection(font.keys()):
            del font[tag]
        subsetter = Subsetter(Options(hinting=False, layout_features=[], name_IDs=[]))
        subsetter.populate(text="".join(sorted(words)))
        subsetter.subset(font)
        font.flavor = "woff"
        out = io.BytesIO()
        font.save(out)
    return base64.b64encode(out.getvalue()).decode()


def with_halos_below(svg):
    """Return the bytes of a drawing in which each text with a halo is two: its halo, and above it its letters.

    Typst paints a text letter by letter, and the halo of each letter would cover the one before.
    """
    if b"paint-order" not in svg:
        return svg
    root = etree.fromstring(svg)
    for text in root.findall(".//{*}text[@style]"):
        declared = [part.partition(":")[::2] for part in text.get("style").split(";") if part.strip()]
        style = {name.strip(): value.strip() for name, value in declared}
        if not style.pop("paint-order", "").startswith("stroke"):
            continue
        halo = copy.deepcopy(text)
        halo.attrib.pop("id", None)
        halo.tail = None
        halo.set("style", _style(style | {"fill": "none"}))
        text.set("style", _style({name: value for name, value in style.items() if not name.startswith("stroke")}))
        text.addprevious(halo)
    return etree.tostring(root)


def _style(declarations):
    return "; ".join(f"{name}: {value}" for name, value in declarations.items())


def write_pngs(drawings, kept):
    """Write a PNG beside each SVG, on white, with the fonts of the PDF.

    The folder `kept` holds those of an earlier run, which are not drawn again.
    """
    places = {path: kept / f"{fingerprint(path)}.png" for path in sorted(drawings)}
    kept.mkdir(exist_ok=True)
    for place in set(kept.iterdir()) - set(places.values()):
        place.unlink()
    _draw({place: path for path, place in places.items() if not place.is_file()})
    for path, place in places.items():
        shutil.copyfile(place, path.with_suffix(".png"))


def _draw(drawings):
    """Draw each PNG from its SVG."""
    import typst

    from bookpress.markup.fonts import font_files

    if not drawings:
        return
    with tempfile.TemporaryDirectory(prefix="bookpress-") as folder:
        root = Path(folder)
        for path in font_files():
            shutil.copyfile(path, root / path.name)
        pages = []
        for number, path in enumerate(drawings.values()):
            (root / f"{number}.svg").write_bytes(with_halos_below(path.read_bytes()))
            pages.append(f'#page(image("{number}.svg"))')
        source = root / "pictures.typ"
        source.write_text(
            "#set page(width: auto, height: auto, margin: 6pt, fill: white)\n" + "\n".join(pages), "utf-8"
        )
        made = typst.compile(
            str(source), font_paths=[folder], ignore_system_fonts=True, format="png", ppi=PIXELS_PER_INCH
        )
    for place, picture in zip(drawings, made if isinstance(made, list) else [made], strict=True):
        place.write_bytes(picture)
