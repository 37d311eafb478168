"""The symbols of towns as SVG, and the size of the map by date."""

from typing import Any

from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from azawad_conflict.figures.parts import basemap as base
from azawad_conflict.figures.parts import style, town_symbols
from azawad_conflict.figures.parts.style import HOLDERS, paint
from azawad_conflict.figures.parts.town_symbols import PAGE, PAINTS, Letter, Town, area
from azawad_conflict.interactive.dated_map.states import LEGEND, Look

# The map, in pixels of its own; names are placed in points, as on the printed map, y up.
WIDTH = 1000
MAP_WIDTH = style.FIGURE_WIDTH_IN * style.POINTS_PER_INCH - 2
POINTS_PER_KM = MAP_WIDTH / base.FRAME_KM.width
MAP_HEIGHT = base.FRAME_KM.height * POINTS_PER_KM
PIXELS_PER_POINT = WIDTH / MAP_WIDTH
SYMBOL_SCALE = 1.2  # to the printed map: a telephone shows the whole map in 360 pixels
SYMBOL_BOX = 12  # half the side of a symbol, in points
INK, MUTE, SHEET = (paint(name, PAINTS[name]) for name in ("ink", "muted", "land"))
DEAD = paint("dead", style.DEAD)


def symbol_ids(data: dict[str, Any]) -> dict[Look, str]:
    """The id of the symbol of each look, with those that only the legend needs."""
    found = {way["look"]: way["symbol"] for way in data["ways"]}
    holders = [holder for holder in HOLDERS if any(holder in look.holders for look in found)]
    samples = [Look("held", (holder,), "high") for holder in holders]
    samples += [sample for sample in LEGEND if isinstance(sample, Look)]
    for look in samples:
        found.setdefault(look, f"dm-{len(found)}")
    return found


HATCH = f'<pattern id="dm-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="{SHEET}" stroke-width="4" /></pattern>'


def disc(x: float, y: float, radius: float, width: float) -> str:
    """The area in which a place known roughly lies."""
    return _shape(area(radius, PAGE, width), f'cx="{x}" cy="{y}" ')


def symbol(look: Town) -> str:
    """The inside of the symbol of a look."""
    return "".join(
        _letter(shape) if isinstance(shape, Letter) else _shape(shape) for shape in town_symbols.symbol(look, PAGE)
    )


def _shape(shape, place=""):
    """A circle or a path with its fill and line; `place` is the middle of a circle, as attributes."""
    look = f'fill="{_colour(shape.fill)}"'
    if shape.opacity < 1:
        look += f' fill-opacity="{shape.opacity:g}"'
    if shape.edge != "none":
        look += f' stroke="{_colour(shape.edge)}" stroke-width="{shape.width:g}"'
    if shape.join != "miter":
        look += f' stroke-linejoin="{shape.join}"'
    if shape.dash:
        look += f' stroke-dasharray="{" ".join(f"{part * shape.width:g}" for part in shape.dash)}"'
    if isinstance(shape.form, Path):
        return f'<path {look} d="{_path(shape.form)}" />'
    return f'<circle {place}r="{shape.form:g}" {look} />'


def _letter(letter):
    align = ' text-anchor="middle"' if letter.align == "center" else ""
    return (
        f'<text x="{letter.x:g}" y="{-letter.y:g}" font-size="{letter.size:g}" font-weight="bold"{align} '
        f'fill="{_colour(letter.fill)}">{letter.text}</text>'
    )


def _colour(name):
    """A colour of the drawing; the style sheet of the page may set those that have a name."""
    return paint(name, PAINTS[name]) if name in PAINTS else name


def _path(path):
    """Path data of a matplotlib path, y down."""
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "z"}
    flipped = path.transformed(Affine2D().scale(1, -1))
    return "".join(
        letters[code] + ("" if code == Path.CLOSEPOLY else " ".join(f"{round(value, 2):g}" for value in vertices))
        for vertices, code in flipped.iter_segments(simplify=False)
    )
