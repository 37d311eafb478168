"""Where people were reported killed in fights between both sides, as circles on a map."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from azawad_conflict.figures.parts import basemap as base
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.labels import Box, Label, TextLine, draw_labels, place_labels
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import _
from azawad_conflict.wording import cited, counted, listed, titles

POINTS_PER_ROOT = 2.6  # radius of a circle in points, per square root of the dead
LEAST_RADIUS = 2.2
KEY = (5, 20, 50)  # people, of the circles in the key
INSET, KEY_WIDTH, KEY_HEIGHT = 46, 82, 57  # points


@charts.styled
def draw(at_places: pd.DataFrame) -> Figure:
    """Draw the base map with a circle per place, whose area is the best number of all killed.

    A place known roughly has a broken edge.
    at_places : casualties.by_place. Unit: people. Returns SVG text.
    """
    wide = charts.width() * style.POINTS_PER_INCH
    per_km = wide / base.FRAME_KM.width
    high = base.FRAME_KM.height * per_km
    heading = charts.heading(finding(at_places), wide - 3)
    # On a phone the key would lie on towns.
    below = charts.either(0, KEY_HEIGHT + 6)
    whole = below + high + sum(line.size * 1.35 for line in heading) + 6
    figure = Figure(figsize=(wide / style.POINTS_PER_INCH, whole / style.POINTS_PER_INCH))
    figure.set_label(finding(at_places))
    axes = figure.add_axes((0, below / whole, 1, high / whole))
    layers = base.load_basemap()
    base.draw_basemap(axes, layers)
    inset = Box(4, below + high - 4 - INSET, 4 + INSET, below + high - 4)
    base.draw_africa_inset(
        figure.add_axes((inset.left / wide, inset.bottom / whole, INSET / wide, INSET / whole), zorder=2), layers
    )
    paper = figure.add_axes((0, 0, 1, 1), zorder=3)
    paper.set(xlim=(0, wide), ylim=(0, whole))
    paper.axis("off")
    top = whole
    for line in heading:
        paper.text(0, top - line.size, line.text, size=line.size, weight=line.weight)
        top -= line.size * 1.35
    map_box = Box(0, below, wide, below + high)
    names, obstacles = {}, [inset, _draw_key(paper, wide), base.draw_scale_bar(paper, map_box)]
    for row in at_places.to_dict("records"):
        x_km, y_km = base.project(row["longitude"], row["latitude"])
        x, y = (x_km - base.FRAME_KM.x0) * per_km, below + (y_km - base.FRAME_KM.y0) * per_km
        radius = _radius(row["best"])
        look = dict(facecolor=style.DEAD, alpha=0.75) if row["best"] else dict(facecolor=style.MAP_INK)
        paper.add_patch(
            Circle(
                (x, y),
                radius,
                edgecolor=style.MAP_INK,
                linewidth=0.7,
                linestyle="--" if row["precision"] == "area" and row["best"] else "-",
                **look,
            )
        )
        obstacles.append(Box(x - radius, y - radius, x + radius, y + radius))
        words = (
            TextLine(_(row["name"]), charts.either(9, 8), "bold"),
            *([TextLine(f"{row['best']}", charts.either(8, 7.5))] if row["best"] else []),
        )
        names[row["place_id"]] = Label(
            (
                words,
                (
                    TextLine(
                        f"{_(row['name'])} {row['best']}" if row["best"] else _(row["name"]), charts.either(8.5, 7.5)
                    ),
                ),
            ),
            x,
            y,
            radius,
        )
    for area in layers["area_labels"]:
        if area["kind"] == "country" and area["rotation_deg"] == 0:
            x_km, y_km = base.project(area["longitude"], area["latitude"])
            name = TextLine(base.AREA_NAMES[area["text"]].upper(), style.SMALL_SIZE)
            names[area["text"]] = Label(
                ((name,),), (x_km - base.FRAME_KM.x0) * per_km, below + (y_km - base.FRAME_KM.y0) * per_km, 0
            )
    lines = np.array([point for line in base.river_lines(layers) for point in base.project_line(line)])
    lines = (lines - [base.FRAME_KM.x0, base.FRAME_KM.y0]) * per_km + [0, below]
    placed = place_labels(names, obstacles, map_box.padded(-2), lines)
    areas = names.keys() - set(at_places["place_id"])
    # A country is no point, to which a line could lead.
    draw_labels(
        paper, {key: label._replace(leader=None) if label and key in areas else label for key, label in placed.items()}
    )
    return figure


def _radius(dead):
    """Radius of the circle of so many dead, in points; a place without dead is a dot."""
    return max(LEAST_RADIUS, POINTS_PER_ROOT * np.sqrt(dead)) * charts.either(1, 0.8) if dead else 1.6


def _draw_key(paper, wide):
    """Draw circles of a few sizes in the lower left corner; return the box that they fill."""
    box = Box(5, 3, 5 + KEY_WIDTH, 3 + KEY_HEIGHT)
    paper.add_patch(
        Rectangle(
            (box.left, box.bottom), KEY_WIDTH, KEY_HEIGHT, facecolor="white", edgecolor=style.MUTED, linewidth=0.6
        )
    )
    x = box.left + 6 + _radius(max(KEY))
    for dead in KEY:
        radius = _radius(dead)
        paper.add_patch(
            Circle((x, box.bottom + 5 + radius), radius, facecolor="none", edgecolor=style.MAP_INK, linewidth=0.7)
        )
        y = box.bottom + 5 + 2 * radius
        paper.plot([x, box.right - 28], [y, y], color=style.MUTED, linewidth=0.5)
        paper.text(box.right - 26, y - 2.5, str(dead), size=style.SMALL_SIZE, color=style.MAP_INK)
    paper.text(box.left + 4, box.top - 8.5, _("reported dead"), size=style.SMALL_SIZE, color=style.MAP_INK)
    return box


def finding(at_places: pd.DataFrame) -> str:
    """The place with the largest sum, in words; the ranges of others may reach beyond it, so no rank is told."""
    top = at_places.iloc[0]
    words = _("By the best numbers, {dead} of {whole} dead whose place is known are reported at or near {place}")
    return words.format(dead=top["best"], whole=at_places["best"].sum(), place=_(top["name"]))


def caption(missing: list[str]) -> str:
    """What is drawn, and what is not on the map."""
    drawn = _(
        "The area of a circle: everyone reported killed in fights between both sides, civilians among them where a source does not tell them apart, "
        "all incidents of a place together; a broken edge: the place is known roughly."
    )
    left = [_("Without a point on the map: {events}.").format(events=titles(map(_, missing)))] if missing else []
    doubts = _("No claim is made about the land between. Unit: people. Claims: {claims}; base map: {sources}.")
    return " ".join([drawn, *left, doubts.format(claims=link(Page.CLAIMS), sources=cited(base.SOURCES))])


def alt(at_places: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    told = [
        _("{place} {dead} in {incidents}").format(
            place=_(row["name"]), dead=row["best"], incidents=counted(row["incidents"], "incident")
        )
        for row in at_places.to_dict("records")
        if row["best"]
    ]
    return _(
        "Map of northern Mali with a circle for each place where people were reported killed in fights between both sides: {places}."
    ).format(places=listed(told))
