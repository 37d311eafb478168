"""How a town is drawn on a map: a disc, a split disc, a ring, hatching or a burst, in points; and the size of such a map."""

import numpy as np
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Circle, PathPatch, Polygon, Wedge
from matplotlib.transforms import Affine2D

from azawad_conflict.figures.parts.labels import Box
from azawad_conflict.figures.parts.style import HALO_GID, HOLDERS, MAP_INK, MUTED, PAPER

# Symbols, in points. Areas of the shapes look equal at these sizes.
SYMBOL_RADIUS = 5.2
MARKER_SCALE = {"^": 12.0, "v": 12.0, "o": 10.2, "X": 11.6, "D": 8.6, "s": 9.6, "P": 11.6, "*": 14.5, "p": 11.4}
RING_RADIUS = 8.6
BURST_RADIUS = 8.6
DISC_RADIUS = {"approximate": 12.0, "area": 17.0}
EDGE_WIDTH = 0.9
CASING_WIDTH = 2.6
UNKNOWN_RADIUS = 2.1  # of the dot of a town without evidence; a map of many towns would else be a map of question marks


def draw_symbol(sheet, x, y, town):
    """Draw a town's symbol; `town` has state, holders, certainty."""
    if town.state == "unknown":
        sheet.add_patch(Circle((x, y), UNKNOWN_RADIUS, facecolor="white", edgecolor=MUTED, linewidth=0.9))
        return
    if town.state == "empty":
        sheet.add_patch(Circle((x, y), SYMBOL_RADIUS, facecolor=PAPER, edgecolor=MAP_INK, linewidth=1.6))
        return
    if town.state == "contested":
        draw_burst(sheet, x, y)
    if len(town.holders) == 1:
        draw_marker(sheet, x, y, HOLDERS[town.holders[0]], hollow=town.certainty == "low")
    elif town.holders:
        colours = [HOLDERS[holder].colour for holder in town.holders]
        draw_split_disc(sheet, x, y, colours, hollow=town.certainty == "low")
    if town.state == "presumed":
        shift = SYMBOL_RADIUS * 0.8
        text = sheet.text(x + shift, y + shift - 2, "?", size=9, weight="bold", color=MAP_INK, zorder=4)
        text.set_gid(HALO_GID)


def symbol_reach(town):
    """Radius in points that a town's symbol fills."""
    if town.state == "unknown":
        return UNKNOWN_RADIUS + 0.9
    if town.state == "contested":
        return BURST_RADIUS + 0.8
    return SYMBOL_RADIUS + 0.9


def symbol_boxes(x, y, town):
    """Boxes that a town's symbol fills: the symbol, and the question mark of a presumed holder."""
    reach = symbol_reach(town)
    boxes = [Box(x, y, x, y).padded(reach)]
    if town.state == "presumed":
        shift = SYMBOL_RADIUS * 0.8
        boxes.append(Box(x + shift, y + shift - 2, x + shift + 5.5, y + shift + 5.5))
    return boxes


def draw_marker(sheet, x, y, holder, hollow=False):
    """A holder's shape: light casing, dark edge, colour; hollow shows the paper in the middle."""
    scale = MARKER_SCALE[holder.marker]
    marker = MarkerStyle(holder.marker)
    shape = marker.get_path().transformed(marker.get_transform())
    # Triangles and the pentagon sit low in their box; centre what the eye sees.
    lift = {"^": -0.4, "v": 0.4}.get(holder.marker, 0.0)
    place = Affine2D().scale(scale).translate(x, y + lift)
    outline = shape.transformed(place)
    sheet.add_patch(PathPatch(outline, facecolor=PAPER, edgecolor=PAPER, linewidth=CASING_WIDTH, joinstyle="round"))
    sheet.add_patch(PathPatch(outline, facecolor=holder.colour, edgecolor=MAP_INK, linewidth=EDGE_WIDTH))
    if hollow:
        middle = Affine2D().scale(scale * 0.46).translate(x, y + lift)
        sheet.add_patch(PathPatch(shape.transformed(middle), facecolor="white", edgecolor="none"))


def draw_split_disc(sheet, x, y, colours, hollow=False):
    """A disc with one sector per force, the first on the left."""
    radius = SYMBOL_RADIUS + 0.8
    sheet.add_patch(Circle((x, y), radius, facecolor=PAPER, edgecolor=PAPER, linewidth=CASING_WIDTH))
    share = 360 / len(colours)
    for number, colour in enumerate(colours):
        start = 90 + number * share
        sector = Wedge((x, y), radius, start, start + share, facecolor=colour, edgecolor=PAPER, linewidth=0.7)
        sheet.add_patch(sector)
    sheet.add_patch(Circle((x, y), radius, facecolor="none", edgecolor=MAP_INK, linewidth=EDGE_WIDTH))
    if hollow:
        sheet.add_patch(Circle((x, y), radius * 0.42, facecolor="white", edgecolor="none"))


def draw_burst(sheet, x, y, points=10):
    """The star of a fight, drawn behind the forces."""
    angles = np.pi / 2 + np.arange(2 * points) * np.pi / points
    radii = np.where(np.arange(2 * points) % 2, BURST_RADIUS * 0.72, BURST_RADIUS + 1.2)
    corners = np.column_stack([x + radii * np.cos(angles), y + radii * np.sin(angles)])
    sheet.add_patch(Polygon(corners, facecolor="white", edgecolor=MAP_INK, linewidth=EDGE_WIDTH, joinstyle="miter"))


def draw_area_disc(sheet, x, y, precision):
    """The area in which an inexactly known place lies."""
    radius = DISC_RADIUS[precision]
    sheet.add_patch(Circle((x, y), radius, facecolor=MUTED, alpha=0.14, edgecolor="none", zorder=0.5))
    dots = (0, (1.2, 1.8))
    sheet.add_patch(
        Circle((x, y), radius, facecolor="none", edgecolor=MUTED, linewidth=0.9, linestyle=dots, zorder=0.6)
    )
