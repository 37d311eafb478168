"""Where people were reported killed in fights between both sides: one circle per place, its area the best number of everyone killed."""

import numpy as np
from matplotlib.figure import Figure

from azawad_conflict.figures import basemap as base
from azawad_conflict.figures import charts, style
from azawad_conflict.figures.labels import Box, Label, TextLine, place_labels
from azawad_conflict.wording import counted, listed

POINTS_PER_ROOT = 2.6  # radius of a circle in points, per square root of the dead
LEAST_RADIUS = 2.2
FILL = "#8c2d3c"


@charts.styled
def draw(at_places):
    """The base map with a circle per place; an area without a point of its own has a broken edge.

    at_places : casualties.by_place. Unit: people. Returns SVG text.
    """
    wide = charts.width() * style.POINTS_PER_INCH
    per_km = wide / base.FRAME_KM.width
    high = base.FRAME_KM.height * per_km
    figure = Figure(figsize=(wide / style.POINTS_PER_INCH, high / style.POINTS_PER_INCH))
    axes = figure.add_axes((0, 0, 1, 1))
    layers = base.load_basemap()
    base.draw_basemap(axes, layers)
    names, obstacles = {}, []
    for row in at_places.itertuples():
        x_km, y_km = base.project(row.longitude, row.latitude)
        x, y = (x_km - base.FRAME_KM.x0) * per_km, (y_km - base.FRAME_KM.y0) * per_km
        radius = max(LEAST_RADIUS, POINTS_PER_ROOT * np.sqrt(row.best)) * charts.either(1, 0.8) if row.best else 1.6
        look = dict(facecolor=FILL, alpha=0.75) if row.best else dict(facecolor=style.MAP_INK)
        axes.scatter([x_km], [y_km], s=(2 * radius) ** 2, edgecolor=style.MAP_INK, linewidth=0.7, linestyle="--" if row.precision == "area" and row.best else "-", zorder=10, **look)
        obstacles.append(Box(x - radius, y - radius, x + radius, y + radius))
        words = (TextLine(row.name, charts.either(9, 8), "bold"), *([TextLine(f"{row.best}", charts.either(8, 7.5))] if row.best else []))
        names[row.place_id] = Label((words, (TextLine(f"{row.name} {row.best}" if row.best else row.name, charts.either(8.5, 7.5)),)), x, y, radius)
    lines = np.array([point for line in base.river_lines(layers) for point in base.project_line(line)])
    lines = (lines - [base.FRAME_KM.x0, base.FRAME_KM.y0]) * per_km
    placed = place_labels(names, obstacles, Box(2, 2, wide - 2, high - 2), lines)
    for label in filter(None, placed.values()):
        for line, baseline in zip(label.lines, label.baselines, strict=True):
            axes.text(
                label.x / per_km + base.FRAME_KM.x0, baseline / per_km + base.FRAME_KM.y0, line.text, ha=label.align, va="baseline", fontsize=line.size,
                fontweight=line.weight, color=style.MAP_INK, gid=style.HALO_GID, zorder=12,
            )
        if label.leader:
            (x0, y0), (x1, y1) = label.leader
            axes.plot([x0 / per_km + base.FRAME_KM.x0, x1 / per_km + base.FRAME_KM.x0], [y0 / per_km + base.FRAME_KM.y0, y1 / per_km + base.FRAME_KM.y0], color=style.MAP_INK, linewidth=0.6, zorder=11)
    return figure


def finding(at_places):
    """Where most are reported, in words."""
    top = at_places.iloc[0]
    return f"More dead than elsewhere, {top['best']} by the best numbers, are reported at or near {top['name']}"


def caption(at_places, missing):
    """The finding, what is drawn, and what is not on the map."""
    left = f" Without a point on the map: {listed(missing)}." if missing else ""
    return (
        f"{finding(at_places)}. Circles: everyone reported killed in fights between both sides, by the area of the circle; a broken edge: "
        f"all or some of it known as an area alone.{left} Sums of claims, not estimates; no claim is made about the land between. Unit: people. Claims: [](claims.md)."
    )


def alt(at_places):
    """What the figure shows, in words."""
    told = [f"{row.name} {row.best} in {counted(row.incidents, 'incident')}" for row in at_places.itertuples() if row.best]
    return f"Map of northern Mali with a circle for each place where people were reported killed in fights between both sides: {listed(told)}."
