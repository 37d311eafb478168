"""How a town is drawn: a disc, a split disc, a ring, hatching or a burst, as SVG."""

from itertools import pairwise

import numpy as np
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from azawad_conflict.figures.parts import basemap as base
from azawad_conflict.figures.parts import style, town_symbols
from azawad_conflict.figures.parts.style import HOLDERS, MAP_INK, MUTED, PAPER, paint
from azawad_conflict.interactive.dated_map.states import LEGEND, Look

# The map, in pixels of its own; names are placed in points, as on the printed map, y up.
WIDTH = 1000
MAP_WIDTH = style.FIGURE_WIDTH_IN * style.POINTS_PER_INCH - 2
POINTS_PER_KM = MAP_WIDTH / base.FRAME_KM.width
MAP_HEIGHT = base.FRAME_KM.height * POINTS_PER_KM
PIXELS_PER_POINT = WIDTH / MAP_WIDTH
SYMBOL_SCALE = 1.2  # to the printed map: a telephone shows the whole map in 360 pixels
SYMBOL_BOX = 12  # half the side of a symbol, in points
INK, MUTE, SHEET = paint("ink", MAP_INK), paint("muted", MUTED), paint("land", PAPER)
DISC, DEAD = paint("disc", "#fff"), paint("dead", style.DEAD)


def symbol_ids(data):
    """The id of the symbol of each look, with those that only the legend needs."""
    found = {way["look"]: way["symbol"] for way in data["ways"]}
    holders = [holder for holder in HOLDERS if any(holder in look.holders for look in found)]
    samples = [Look("held", (holder,), "high") for holder in holders]
    samples += [sample for sample in LEGEND if isinstance(sample, Look)]
    for look in samples:
        found.setdefault(look, f"dm-{len(found)}")
    return found


HATCH = f'<pattern id="dm-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="{SHEET}" stroke-width="4" /></pattern>'


def disc(x, y, radius, width):
    """The area in which a place known roughly lies."""
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius:g}" fill="{MUTE}" fill-opacity=".14" stroke="{MUTE}" '
        f'stroke-width="{width}" stroke-dasharray="{1.4 * width:g} {2 * width:g}" />'
    )


def symbol(look):
    """The inside of the symbol of a look."""
    if look.state == "unknown":
        return (
            f'<circle r="{town_symbols.SYMBOL_RADIUS}" fill="{DISC}" stroke="{MUTE}" stroke-width=".9" />'
            f'<text y="2.8" font-size="8" font-weight="bold" text-anchor="middle" fill="{MUTE}">?</text>'
        )
    if look.state == "empty":
        return f'<circle r="{town_symbols.SYMBOL_RADIUS}" fill="{SHEET}" stroke="{INK}" stroke-width="1.6" />'
    hollow = look.certainty == "low"
    parts = [_burst()] if look.state == "contested" else []
    if len(look.holders) == 1:
        parts.append(_marker(HOLDERS[look.holders[0]], hollow))
    elif look.holders:
        parts.append(_split_disc([HOLDERS[holder].colour for holder in look.holders], hollow))
    if look.state == "presumed":
        parts.append(
            f'<text x="3.6" y="-5" font-size="9" font-weight="bold" fill="{INK}" stroke="{SHEET}" stroke-width="2.4" stroke-linejoin="round" paint-order="stroke">?</text>'
        )
    return "".join(parts)


def _marker(holder, hollow):
    scale = town_symbols.MARKER_SCALE[holder.marker]
    marker = MarkerStyle(holder.marker)
    shape = marker.get_path().transformed(marker.get_transform())
    lift = {"^": -0.4, "v": 0.4}.get(holder.marker, 0.0)
    outline = _path(shape.transformed(Affine2D().scale(scale, -scale).translate(0, -lift)))
    parts = f'<path fill="{SHEET}" stroke="{SHEET}" stroke-width="{town_symbols.CASING_WIDTH}" stroke-linejoin="round" d="{outline}" />'
    parts += f'<path fill="{holder.colour}" stroke="{INK}" stroke-width="{town_symbols.EDGE_WIDTH}" d="{outline}" />'
    if hollow:
        middle = _path(shape.transformed(Affine2D().scale(scale * 0.46, -scale * 0.46).translate(0, -lift)))
        parts += f'<path fill="#fff" d="{middle}" />'
    return parts


def _split_disc(colours, hollow):
    """A disc with one sector per force, the first on the left."""
    radius = town_symbols.SYMBOL_RADIUS + 0.8
    angles = np.radians(90 + np.arange(len(colours) + 1) * 360 / len(colours))
    ends = [(radius * np.cos(angle), -radius * np.sin(angle)) for angle in angles]
    parts = f'<circle r="{radius}" fill="{SHEET}" stroke="{SHEET}" stroke-width="{town_symbols.CASING_WIDTH}" />'
    for colour, (start, end) in zip(colours, pairwise(ends), strict=True):
        parts += (
            f'<path fill="{colour}" stroke="{SHEET}" stroke-width=".7" '
            f'd="M0 0L{start[0]:.2f} {start[1]:.2f}A{radius} {radius} 0 0 0 {end[0]:.2f} {end[1]:.2f}z" />'
        )
    parts += f'<circle r="{radius}" fill="none" stroke="{INK}" stroke-width="{town_symbols.EDGE_WIDTH}" />'
    if hollow:
        parts += f'<circle r="{radius * 0.42:.2f}" fill="#fff" />'
    return parts


def _burst(points=10):
    """The star of a fight, drawn behind the forces."""
    angles = np.pi / 2 + np.arange(2 * points) * np.pi / points
    radii = np.where(np.arange(2 * points) % 2, town_symbols.BURST_RADIUS * 0.72, town_symbols.BURST_RADIUS + 1.2)
    corners = "L".join(
        f"{radius * np.cos(angle):.1f} {-radius * np.sin(angle):.1f}"
        for radius, angle in zip(radii, angles, strict=True)
    )
    return f'<path fill="{DISC}" stroke="{INK}" stroke-width="{town_symbols.EDGE_WIDTH}" d="M{corners}z" />'


def _path(path):
    """Path data of a matplotlib path."""
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "z"}
    return "".join(
        letters[code]
        + ("" if code == Path.CLOSEPOLY else " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in vertices))
        for vertices, code in path.iter_segments(simplify=False)
    )
