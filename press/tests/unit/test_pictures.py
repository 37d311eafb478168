"""Drawings as Typst is given them."""

import io

import pypdfium2
import pytest
import typst

from bookpress.markup.fonts import font_files
from bookpress.markup.pictures import with_halos_below

HALO = "paint-order: stroke; stroke: #ffffff; stroke-width: 13px; stroke-linejoin: round; "
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60" viewBox="0 0 200 60">'
    '<text id="a" x="10" y="40" style="{}font-family: Source Sans Pro; font-size: 30px; fill: #000000">illinois</text></svg>'
)


def ink(svg, folder):
    """How much of the drawing is dark, as Typst sets it."""
    (folder / "drawing.svg").write_bytes(svg)
    (folder / "main.typ").write_text('#set page(width: 200pt, height: 60pt, margin: 0pt)\n#image("drawing.svg")')
    fonts = sorted({str(path.parent) for path in font_files()})
    made = typst.compile(str(folder / "main.typ"), font_paths=fonts, ignore_system_fonts=True)
    picture = pypdfium2.PdfDocument(io.BytesIO(made))[0].render(scale=4).to_numpy()
    return (picture[..., 0] < 128).mean()


def test_a_halo_covers_no_letter(tmp_path):
    plain, haloed = (DRAWING.format(style).encode() for style in ("", HALO))
    assert ink(plain, tmp_path) > 0.02
    assert ink(haloed, tmp_path) < 0.8 * ink(plain, tmp_path), "Typst paints halos below letters by now"
    assert ink(with_halos_below(haloed), tmp_path) == pytest.approx(ink(plain, tmp_path), rel=0.01)


def test_a_drawing_without_halos_keeps_its_bytes_and_no_id_is_there_twice():
    plain, haloed = (DRAWING.format(style).encode() for style in ("", HALO))
    assert with_halos_below(plain) == plain
    assert with_halos_below(haloed).count(b'id="a"') == 1
