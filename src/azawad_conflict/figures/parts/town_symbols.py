"""The symbol of a town on a map, as data: shapes that figures and pages draw alike.

Lengths are in points (1/72 inch) from the middle of the town, y up; dashes are in widths of their
line. A colour is a key of PAINTS, which a page may repaint for a dark theme, or a fixed colour.
"""

from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Wedge
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from azawad_conflict.figures.parts.charts import ink_on
from azawad_conflict.figures.parts.labels import Box
from azawad_conflict.figures.parts.style import HOLDERS, INK, MAP_INK, MUTED, PAPER

PAINTS = {"ink": MAP_INK, "muted": MUTED, "land": PAPER, "disc": "#fff"}
WHITE = "#fff"

SYMBOL_RADIUS = 5.2
# Of a holder's marker. The areas of the shapes look equal at these sizes.
MARKER_SCALE = {"^": 12.0, "v": 12.0, "o": 10.2, "X": 11.6, "D": 8.6, "s": 9.6, "P": 11.6, "*": 14.5, "p": 11.4}
# Triangles sit low or high in their box; the shift centres what the eye sees.
MARKER_LIFT = {"^": -0.4, "v": 0.4}
SPLIT_RADIUS = SYMBOL_RADIUS + 0.8
# What a hollow symbol keeps free in its middle, as a share of its size.
MARKER_HOLLOW, SPLIT_HOLLOW = 0.46, 0.42
# The burst of a fight: ten rays, and the corners between them.
BURST_RADIUS = 8.6
BURST_RAYS = 10
BURST_TIP, BURST_CORNER = BURST_RADIUS + 1.2, BURST_RADIUS * 0.72
RING_RADIUS = 8.6
DISC_RADIUS = {"approximate": 12.0, "area": 17.0}
EDGE_WIDTH = 0.9
EMPTY_WIDTH = 1.6
SECTOR_WIDTH = 0.7
CASING_WIDTH = 2.6
# The stripes of a presumed holder, and the way from one to the next.
STRIPE_WIDTH, STRIPE_STEP = 0.9, 2.6
STRIPE_TURN = 45
# The lines of a holder's texture (style.HOLDERS), by the first letter of its hatch.
TEXTURE_WIDTH, TEXTURE_TURNS = 0.5, {"": (), "|": (90,), "-": (0,), "+": (0, 90)}


class Shape(NamedTuple):
    """A circle of a radius or the outline of a path, its fill, and the line along it."""

    form: float | Path
    fill: str = "none"
    edge: str = "none"
    width: float = 0.0
    opacity: float = 1.0
    dash: tuple[float, ...] = ()
    join: str = "miter"


class Letter(NamedTuple):
    """A bold letter on a baseline; `align` (left, center) says what lies at x."""

    text: str
    x: float
    y: float
    size: float
    fill: str
    align: str = "left"


class Town(Protocol):
    """What of a town decides its symbol."""

    @property
    def state(self) -> str: ...
    @property
    def holders(self) -> tuple[str, ...]: ...
    @property
    def certainty(self) -> str: ...


class Medium(NamedTuple):
    """The sizes in which a printed map and the map of a page differ.

    unknown_radius : of a town without evidence. unknown : its letters. dash : of the edge of an area.
    """

    unknown_radius: float
    unknown: tuple[Letter, ...]
    dash: tuple[float, ...]


# A printed map is small and has many unknown towns; their discs would hide the other symbols.
PRINT = Medium(unknown_radius=2.1, unknown=(), dash=(1.2, 1.8))
PAGE = Medium(unknown_radius=SYMBOL_RADIUS, unknown=(Letter("?", 0, -2.8, 8, "muted", "center"),), dash=(1.4, 2))


def symbol(town: Town, medium: Medium) -> list[Shape | Letter]:
    """Shapes and letters of a town's symbol, the lowest first.

    town : state, holders, certainty. medium : PRINT or PAGE.
    """
    if town.state == "unknown":
        return [Shape(medium.unknown_radius, "disc", "muted", EDGE_WIDTH), *medium.unknown]
    if town.state == "empty":
        return [Shape(SYMBOL_RADIUS, "land", "ink", EMPTY_WIDTH)]
    hollow, striped = town.certainty == "low", town.state == "presumed"
    shapes: list[Shape | Letter] = [Shape(_burst(), "disc", "ink", EDGE_WIDTH)] if town.state == "contested" else []
    if len(town.holders) == 1 and town.state != "shared":
        shapes += _marker(HOLDERS[town.holders[0]], hollow, striped)
    elif town.holders:
        shapes += _split_disc([HOLDERS[holder] for holder in town.holders], hollow, striped)
    return shapes


def area(radius: float, medium: Medium, width: float = EDGE_WIDTH) -> Shape:
    """The shape of an area in which a place known roughly lies, with an edge of a width."""
    return Shape(radius, "muted", "muted", width, opacity=0.14, dash=medium.dash)


def symbol_reach(town: Town) -> float:
    """Radius that a town's symbol fills in print."""
    if town.state == "unknown":
        return PRINT.unknown_radius + EDGE_WIDTH
    if town.state == "contested":
        return BURST_RADIUS + 0.8
    return SYMBOL_RADIUS + EDGE_WIDTH


def symbol_box(x: float, y: float, town: Town) -> Box:
    """Box that a town's symbol at x, y fills in print."""
    return Box(x, y, x, y).padded(symbol_reach(town))


def _marker(holder, hollow, striped):
    """A holder's marker: light casing, dark edge, colour, stripes if it is presumed."""
    outline = _marker_path(holder.marker)
    shapes = [
        Shape(outline, "land", "land", CASING_WIDTH, join="round"),
        Shape(outline, holder.colour, "ink", EDGE_WIDTH),
        *_texture(outline, holder),
        *([_stripes(outline, holder.colour)] if striped else []),
    ]
    return [*shapes, Shape(_marker_path(holder.marker, MARKER_HOLLOW), WHITE)] if hollow else shapes


def _marker_path(name, share=1.0):
    marker, scale = MarkerStyle(name), MARKER_SCALE[name] * share
    place = Affine2D().scale(scale).translate(0, MARKER_LIFT.get(name, 0.0))
    return marker.get_path().transformed(marker.get_transform()).transformed(place)


def _split_disc(holders, hollow, striped):
    """A disc with a sector per holder, the first on the left."""
    bounds = 90 + np.arange(len(holders) + 1) * 360 / len(holders)
    outlines = [Wedge((0, 0), SPLIT_RADIUS, *ends).get_path() for ends in pairwise(bounds)]
    sectors = []
    for outline, holder in zip(outlines, holders, strict=True):
        sectors += [Shape(outline, holder.colour, "land", SECTOR_WIDTH), *_texture(outline, holder)]
    if striped:
        sectors += [_stripes(outline, holder.colour) for outline, holder in zip(outlines, holders, strict=True)]
    shapes = [
        Shape(SPLIT_RADIUS, "land", "land", CASING_WIDTH),
        *sectors,
        Shape(SPLIT_RADIUS, "none", "ink", EDGE_WIDTH),
    ]
    return [*shapes, Shape(SPLIT_RADIUS * SPLIT_HOLLOW, WHITE)] if hollow else shapes


def _texture(outline, holder):
    """The lines by which a colour is known in grey."""
    return [_stripes(outline, holder.colour, turn, TEXTURE_WIDTH) for turn in TEXTURE_TURNS[holder.texture[:1]]]


def _stripes(outline, colour, angle=STRIPE_TURN, width=STRIPE_WIDTH):
    """Lines of an angle within an outline, dark or light as its colour needs."""
    turn = Affine2D().rotate_deg(-angle)
    edges = [edge for ring in outline.transformed(turn).to_polygons() for edge in pairwise(ring)]
    ends = []
    for level in np.arange(-2 * SYMBOL_RADIUS, 2 * SYMBOL_RADIUS, STRIPE_STEP) + STRIPE_STEP / 2:
        ends += sorted(
            (float(x_1 + (level - y_1) * (x_2 - x_1) / (y_2 - y_1)), float(level))
            for (x_1, y_1), (x_2, y_2) in edges
            if (y_1 <= level) != (y_2 <= level)
        )
    lines = Path(ends, np.resize([Path.MOVETO, Path.LINETO], len(ends))).transformed(turn.inverted())
    return Shape(lines, edge="ink" if ink_on(colour) == INK else "land", width=width)


def _burst():
    """The star of a fight, which lies behind the holders."""
    corners = np.arange(2 * BURST_RAYS + 1)
    angles = np.pi / 2 + corners * np.pi / BURST_RAYS
    radii = np.where(corners % 2, BURST_CORNER, BURST_TIP)
    return Path(np.column_stack([radii * np.cos(angles), radii * np.sin(angles)]), closed=True)
