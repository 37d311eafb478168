"""The map of who held which town on a date, and the words that say the same."""

from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Circle, PathPatch, Polygon, Rectangle, Wedge
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from azawad_conflict.figures import basemap as base
from azawad_conflict.figures.labels import Box, Label, TextLine, free_position, line_box, place_labels, wrap
from azawad_conflict.figures.style import (
    FIGURE_WIDTH_IN,
    HALO_GID,
    HOLDERS,
    MAP_INK,
    MUTED,
    PAPER,
    POINTS_PER_INCH,
    RC_PARAMS,
    SMALL_SIZE,
    TEXT_SIZE,
    TITLE_SIZE,
    drawn,
    to_svg,
)
from azawad_conflict.wording import counted, day, listed

NO_CLAIM = "Symbols show who held each town. No claim is made about the land between towns."
NOTES = (
    "Boundaries are generalised, regions as of 2012; they express no opinion on the status of any territory.",
    "Places named in press reports can be off by about 50 km (Weidmann 2015).",
    "Map data: Natural Earth; USGS/NGA GMTED2010 (public domain). Towns: GeoNames (CC BY 4.0) and the "
    "project's gazetteer. Projection: Lambert azimuthal equal-area, 18.5°N 1°W.",
)
READING = {
    "shared": "Split disc: shared by the forces shown",
    "contested": "Burst: contested, fighting in the town",
    "low": "Hollow: thin evidence (low certainty)",
    "presumed": "Symbol with ?: presumed, old report",
    "empty": "Open ring: documented without armed forces",
    "unknown": "Disc with ?: no evidence for this date",
    "changed": "Ring: changed since the map before",
    "approximate": "Dotted disc: place known roughly",
    "region_border": "Region boundary, 2012",
    "high_ground": "High ground: above 450 and 600 m",
}
# What the alt text names, from the fullest to the shortest.
DETAIL = (
    ("held", "others", "unknown", "changed"),
    ("held", "others", "changed"),
    ("others", "changed"),
    ("changed",),
    (),
)
NO_BREAK_SPACE = "\u00a0"

# Sheet, in points.
SHEET_WIDTH = FIGURE_WIDTH_IN * POINTS_PER_INCH
MAP_WIDTH = SHEET_WIDTH - 2
POINTS_PER_KM = MAP_WIDTH / base.FRAME_KM.width
MAP_HEIGHT = base.FRAME_KM.height * POINTS_PER_KM
INSET_SIZE = 62
LEGEND_ROW = 16.5
LEGEND_LINE = 10.5
LEGEND_MARGIN = 14
LEGEND_COLUMN = SHEET_WIDTH / 2
LEGEND_INDENT = 24

NAME_SIZE = 10
HOLDER_SIZE = 8.2
AREA_SIZE = 7.6
GRATICULE_SIZE = 6.5
# How far the name of an area may move from its preferred place before it is left out.
AREA_LABEL_REACH = {"region": 44, "country": 44, "terrain": 28, "water": 26}
HOLDER_LINE_WIDTHS = (96, 66)

# Symbols, in points. Areas of the shapes look equal at these sizes.
SYMBOL_RADIUS = 5.2
MARKER_SCALE = {"^": 12.0, "v": 12.0, "o": 10.2, "X": 11.6, "D": 8.6, "s": 9.6, "P": 11.6, "*": 14.5, "p": 11.4}
RING_RADIUS = 8.6
BURST_RADIUS = 8.6
DISC_RADIUS = {"approximate": 12.0, "area": 17.0}
EDGE_WIDTH = 0.9
CASING_WIDTH = 2.6


class ControlMap(NamedTuple):
    """What was drawn: the map's frame, symbol boxes and labels by place_id, area names, texts of the legend."""

    figure: Figure
    frame: Box
    symbols: dict
    town_labels: dict
    area_labels: dict
    legend: tuple


def draw(states, places, date):
    """The map of one date as SVG text; arguments as for control_map."""
    return to_svg(control_map(states, places, date))


def caption(states, places, date):
    """The finding, what is drawn, and the source."""
    towns = towns_to_draw(states, places)
    sure = towns[~towns["state"].isin(["unknown", "presumed", "empty"])]
    with_mnla = sure["holders"].map(lambda holders: "mnla" in holders)
    presumed = int((towns["state"] == "presumed").sum())
    silent = counted(int((towns["state"] == "unknown").sum()), "place")
    return (
        f"On {day(date)}, sources put the MNLA in {listed(sure.loc[with_mnla, 'name'])}, alone or with others, and other holders in "
        f"{listed(sure.loc[~with_mnla, 'name'])}; {counted(presumed, 'holder')} can only be presumed, and {silent} have none documented. "
        "Symbols: holder of each town on that day; hollow: low certainty; with a question mark: presumed; disc with a question mark: nothing documented; open ring: no armed force there. "
        "Claims: [](../claims-control.md); base map: {cite:t}`naturalearth_admin1,gmted2010`."
    )


def control_map(
    states, places, date, title="Who held the towns of northern Mali", subtitle=None, basemap=None
):
    """Map of the holders of towns on one date.

    states : one row per place: place_id, state (held, shared, contested, empty, presumed, unknown),
        holders (tuple of actor ids), certainty (high, medium, low), changed (bool).
    places : one row per place: place_id, name, latitude, longitude, kind,
        coordinate_precision (exact, approximate, area). "regional_capital" as kind sets the name in bold.
    basemap : layers from load_basemap; by default those of the data folder.
    Returns a matplotlib Figure.
    Raises ValueError when a row contradicts its state or a place is unknown or off the map.
    """
    return draw_control_map(states, places, date, title, subtitle, basemap).figure


@matplotlib.rc_context(RC_PARAMS)
def draw_control_map(states, places, date, title, subtitle=None, basemap=None):
    """The map as control_map returns it, with what was placed where (a ControlMap)."""
    layers = base.load_basemap() if basemap is None else basemap
    towns = towns_to_draw(states, places)
    heading = _heading_lines(title, date, subtitle)
    legend = _legend_entries(towns)
    notes = [TextLine(line, SMALL_SIZE) for note in NOTES for line in wrap(note, MAP_WIDTH, SMALL_SIZE)]

    legend_height = max(map(_column_height, legend)) + LEGEND_MARGIN
    notes_height = len(notes) * SMALL_SIZE * 1.3 + 4
    map_bottom = legend_height + notes_height
    height = map_bottom + MAP_HEIGHT + sum(line.size * 1.4 for line in heading) + 5

    figure = Figure(figsize=(FIGURE_WIDTH_IN, height / POINTS_PER_INCH))
    frame = Box(1, map_bottom, 1 + MAP_WIDTH, map_bottom + MAP_HEIGHT)
    base.draw_basemap(_axes(figure, frame, height), layers)
    inset = Box(frame.left + 6, frame.top - 6 - INSET_SIZE, frame.left + 6 + INSET_SIZE, frame.top - 6)
    base.draw_africa_inset(_axes(figure, inset, height), layers)

    sheet = figure.add_axes((0, 0, 1, 1), zorder=5)
    sheet.set(xlim=(0, SHEET_WIDTH), ylim=(0, height))
    sheet.axis("off")
    _draw_heading(sheet, heading, height)
    furniture = [inset, _draw_scale_bar(sheet, frame)]
    furniture += _draw_graticule_labels(sheet, frame, furniture)
    symbols, town_labels, area_labels = _draw_towns_and_names(sheet, frame, layers, towns, furniture)
    _draw_legend(sheet, legend, map_bottom)
    for row, line in enumerate(notes):
        sheet.text(1, notes_height - (row + 1) * SMALL_SIZE * 1.3, line.text, size=line.size)
    for artist in sheet.get_children():
        artist.set_clip_on(False)
    texts = tuple(" ".join(lines) for column in legend for _, lines in column)
    return ControlMap(figure, frame, symbols, town_labels, area_labels, texts)


def towns_to_draw(states, places):
    """One row per town drawn: the columns of `states`, joined to `places`; holders that share a symbol are one.

    Raises ValueError when a row contradicts its state, or a place is not in `places` or off the map.
    """
    towns = drawn(states).merge(places, on="place_id", how="left", validate="one_to_one")
    missing = towns.loc[towns["latitude"].isna(), "place_id"].tolist()
    if missing:
        raise ValueError(f"no coordinates for {missing}")
    for town in towns.itertuples():
        _check_state(town)
        x, y = base.project(town.longitude, town.latitude)
        if not base.FRAME_KM.contains(x, y):
            raise ValueError(f"{town.place_id}: off the map")
    return towns


def _check_state(town):
    """Raise ValueError when the holders do not fit the state."""
    foreign = set(town.holders) - set(HOLDERS)
    fits = {
        "held": len(town.holders) >= 1,
        "presumed": len(town.holders) >= 1,
        "shared": len(town.holders) >= 2,
        "contested": True,
        "empty": not town.holders,
        "unknown": not town.holders,
    }
    if foreign or not fits.get(town.state, False):
        raise ValueError(f"{town.place_id}: state {town.state!r} with holders {tuple(town.holders)}")


# Words ----------------------------------------------------------------------------------------------


def holder_in_words(state, holders):
    """What stands under a town's name; empty where there is no evidence."""
    names = " + ".join(HOLDERS[holder].short_label.replace(" ", NO_BREAK_SPACE) for holder in holders)
    if state == "presumed":
        return f"{names}, presumed"
    if state == "contested":
        return f"contested: {names}" if names else "contested"
    if state == "empty":
        return "no armed force"
    return names


def alt(states, places, date, longest=90):
    """Alt text of the map, from the rows drawn: who held how many towns, which are unknown, which changed.

    Towns are named as far as `longest` words allow; the names without evidence go first, the changes last.
    """
    towns = towns_to_draw(states, places)
    for named in DETAIL:
        text = _description(towns, date, named)
        if len(text.split()) <= longest:
            break
    return text


def _description(towns, date, named):
    """The alt text, with names of towns in the parts that are `named` and numbers in the others."""
    sentences = [f"Map of {len(towns)} town{'s' * (len(towns) != 1)} in northern Mali, {day(date)}."]
    held = towns[towns["state"] == "held"]
    by_holder = {holders: held.loc[held["holders"] == holders, "name"].tolist() for holders in held["holders"]}
    if by_holder:
        largest_first = sorted(by_holder.items(), key=lambda item: -len(item[1]))
        clauses = [f"by {_holder_names(who)}: {_counted(names, 'held' in named)}" for who, names in largest_first]
        sentences.append(f"Held {'; '.join(clauses)}.")
    for state in ("shared", "contested", "presumed", "empty"):
        chosen = towns[towns["state"] == state]
        if len(chosen):
            pairs = zip(chosen["name"], chosen["holders"], strict=True)
            names = [f"{name} ({_holder_names(who)})" if who else name for name, who in pairs]
            listed = ", ".join(names) if "others" in named else str(len(names))
            sentences.append(f"{state.capitalize()}: {listed}.")
    unknown = towns.loc[towns["state"] == "unknown", "name"].tolist()
    if unknown:
        sentences.append(f"No evidence: {_counted(unknown, 'unknown' in named)}.")
    changed = towns.loc[towns["changed"].astype(bool), "name"].tolist()
    if changed:
        sentences.append(f"Changed since the map before: {_counted(changed, 'changed' in named)}.")
    return " ".join(sentences)


def _holder_names(holders):
    return listed(HOLDERS[holder].short_label for holder in holders)


def _counted(names, named):
    return f"{len(names)} ({', '.join(names)})" if named else str(len(names))


# Symbols --------------------------------------------------------------------------------------------


def draw_symbol(sheet, x, y, town):
    """Draw a town's symbol; `town` has state, holders, certainty, changed."""
    if town.changed:
        sheet.add_patch(Circle((x, y), RING_RADIUS, facecolor=PAPER, edgecolor=PAPER, linewidth=CASING_WIDTH))
        sheet.add_patch(Circle((x, y), RING_RADIUS, facecolor="none", edgecolor=MAP_INK, linewidth=1.2))
    if town.state == "unknown":
        _draw_question_disc(sheet, x, y)
        return
    if town.state == "empty":
        sheet.add_patch(Circle((x, y), SYMBOL_RADIUS, facecolor=PAPER, edgecolor=MAP_INK, linewidth=1.6))
        return
    if town.state == "contested":
        _draw_burst(sheet, x, y)
    if len(town.holders) == 1:
        _draw_marker(sheet, x, y, HOLDERS[town.holders[0]], hollow=town.certainty == "low")
    elif town.holders:
        colours = [HOLDERS[holder].colour for holder in town.holders]
        _draw_split_disc(sheet, x, y, colours, hollow=town.certainty == "low")
    if town.state == "presumed":
        shift = RING_RADIUS * 0.72 if town.changed else SYMBOL_RADIUS * 0.8
        text = sheet.text(x + shift, y + shift - 2, "?", size=9, weight="bold", color=MAP_INK, zorder=4)
        text.set_gid(HALO_GID)


def symbol_reach(town):
    """Radius in points that a town's symbol fills."""
    if town.changed or town.state == "contested":
        return max(RING_RADIUS if town.changed else 0, BURST_RADIUS if town.state == "contested" else 0) + 0.8
    return SYMBOL_RADIUS + 0.9


def symbol_boxes(x, y, town):
    """Boxes that a town's symbol fills: the symbol, and the question mark of a presumed holder."""
    reach = symbol_reach(town)
    boxes = [Box(x, y, x, y).padded(reach)]
    if town.state == "presumed":
        shift = RING_RADIUS * 0.72 if town.changed else SYMBOL_RADIUS * 0.8
        boxes.append(Box(x + shift, y + shift - 2, x + shift + 5.5, y + shift + 5.5))
    return boxes


def _draw_marker(sheet, x, y, holder, hollow=False):
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


def _draw_split_disc(sheet, x, y, colours, hollow=False):
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


def _draw_burst(sheet, x, y, points=10):
    """The star of a fight, drawn behind the forces."""
    angles = np.pi / 2 + np.arange(2 * points) * np.pi / points
    radii = np.where(np.arange(2 * points) % 2, BURST_RADIUS * 0.72, BURST_RADIUS + 1.2)
    corners = np.column_stack([x + radii * np.cos(angles), y + radii * np.sin(angles)])
    sheet.add_patch(Polygon(corners, facecolor="white", edgecolor=MAP_INK, linewidth=EDGE_WIDTH, joinstyle="miter"))


def _draw_question_disc(sheet, x, y):
    """No evidence."""
    sheet.add_patch(Circle((x, y), SYMBOL_RADIUS, facecolor="white", edgecolor=MUTED, linewidth=0.9))
    sheet.text(x, y - 2.7, "?", size=7.6, weight="bold", ha="center", color=MUTED)


def _draw_area_disc(sheet, x, y, precision):
    """The area in which an inexactly known place lies."""
    radius = DISC_RADIUS[precision]
    sheet.add_patch(Circle((x, y), radius, facecolor=MUTED, alpha=0.14, edgecolor="none", zorder=0.5))
    dots = (0, (1.2, 1.8))
    sheet.add_patch(
        Circle((x, y), radius, facecolor="none", edgecolor=MUTED, linewidth=0.9, linestyle=dots, zorder=0.6)
    )


# Sheet ----------------------------------------------------------------------------------------------


def _axes(figure, box, height):
    """Axes that fill a box of the sheet."""
    return figure.add_axes((
        box.left / SHEET_WIDTH, box.bottom / height,
        (box.right - box.left) / SHEET_WIDTH, (box.top - box.bottom) / height,
    ))


def _to_sheet(frame, x_km, y_km):
    """Sheet coordinates of projected kilometres."""
    return (
        frame.left + (x_km - base.FRAME_KM.x0) * POINTS_PER_KM,
        frame.bottom + (y_km - base.FRAME_KM.y0) * POINTS_PER_KM,
    )


def _heading_lines(title, date, subtitle):
    """Title with its date, subtitle and the sentence on the land between towns, wrapped."""
    heading = f"{title}, {day(date)}"
    lines = [TextLine(line, TITLE_SIZE, "bold") for line in wrap(heading, MAP_WIDTH, TITLE_SIZE, "bold")]
    if subtitle:
        lines += [TextLine(line, TEXT_SIZE) for line in wrap(subtitle, MAP_WIDTH, TEXT_SIZE)]
    return lines + [TextLine(line, TEXT_SIZE) for line in wrap(NO_CLAIM, MAP_WIDTH, TEXT_SIZE)]


def _draw_heading(sheet, heading, height):
    top = height
    for line in heading:
        sheet.text(1, top - line.size, line.text, size=line.size, weight=line.weight)
        top -= line.size * 1.4


def _draw_scale_bar(sheet, frame):
    """A bar of 0, 100, 200 km in the lower right corner; returns the box it fills."""
    step = 100 * POINTS_PER_KM
    left, bottom = frame.right - 2 * step - 26, frame.bottom + 7
    sheet.add_patch(Rectangle((left, bottom), step, 3, facecolor=MAP_INK, edgecolor=MAP_INK, linewidth=0.7))
    sheet.add_patch(Rectangle((left + step, bottom), step, 3, facecolor="white", edgecolor=MAP_INK, linewidth=0.7))
    for number, text in enumerate(("0", "100", "200 km")):
        x = left + number * step
        sheet.text(x, bottom + 5, text, size=SMALL_SIZE, ha="center", color=MAP_INK)
    return Box(left - 6, bottom - 3, frame.right - 4, bottom + 14)


def _draw_graticule_labels(sheet, frame, furniture):
    """Degrees along the inner edge of the frame where there is room; returns the boxes they fill."""
    boxes = []
    for text, x_km, y_km in base.graticule_labels():
        x, y = _to_sheet(frame, x_km, y_km)
        x, y = x + 2, y + 2.5
        box = line_box(TextLine(text, GRATICULE_SIZE), x, y, "left")
        if box.inside(frame) and not any(box.overlaps(other) for other in furniture):
            sheet.text(x, y, text, size=GRATICULE_SIZE, color=MUTED)
            boxes.append(box)
    return boxes


def _draw_towns_and_names(sheet, frame, layers, towns, furniture):
    """Symbols, names of towns, then of areas where there is room; returns symbol boxes and both sets of labels."""
    points = {
        town.place_id: _to_sheet(frame, *base.project(town.longitude, town.latitude)) for town in towns.itertuples()
    }
    symbols, discs, labels = {}, [], {}
    for town in sorted(towns.itertuples(), key=_importance):
        x, y = points[town.place_id]
        symbols[town.place_id] = symbol_boxes(x, y, town)
        labels[town.place_id] = Label(_town_wordings(town), x, y, symbol_reach(town))
        if town.coordinate_precision in DISC_RADIUS:
            _draw_area_disc(sheet, x, y, town.coordinate_precision)
            discs.append(Box(x, y, x, y).padded(DISC_RADIUS[town.coordinate_precision]))
    # From north to south, so that a symbol in front never hides the tip of one behind.
    for town in sorted(towns.itertuples(), key=lambda town: (-town.latitude, town.place_id)):
        draw_symbol(sheet, *points[town.place_id], town)

    vertices = _line_vertices(frame, layers)
    filled = [*(box for boxes in symbols.values() for box in boxes), *furniture]
    placed = place_labels(labels, filled, frame.padded(-2), vertices)
    unknown = set(towns.loc[towns["state"] == "unknown", "place_id"])
    for place_id, label in placed.items():
        if label:
            _draw_town_label(sheet, label, MUTED if place_id in unknown else MAP_INK)

    taken = [*filled, *discs, *(box for label in placed.values() if label for box in label.boxes)]
    areas = {}
    regions = _region_outlines(frame, layers)
    for area in layers["area_labels"]:
        box = _draw_area_label(sheet, frame, area, taken, vertices, regions)
        areas[area["text"]] = box
        if box:
            taken.append(box)
    return symbols, placed, areas


def _importance(town):
    """Sort key: regional capitals, then towns with evidence, then the rest."""
    return (town.kind != "regional_capital", town.state == "unknown", town.place_id)


def _town_wordings(town):
    """Wordings of a town's label: its name over its holder in longer or shorter lines, or the name alone."""
    name = TextLine(town.name, NAME_SIZE, "bold" if town.kind == "regional_capital" else "normal")
    words = holder_in_words(town.state, town.holders)
    wordings = [
        (name, *(TextLine(line, HOLDER_SIZE) for line in wrap(words, width, HOLDER_SIZE)))
        for width in HOLDER_LINE_WIDTHS
    ]
    return (*wordings, (name,))


def _draw_town_label(sheet, label, colour):
    if label.leader:
        sheet.plot(*zip(*label.leader, strict=True), color=MAP_INK, linewidth=0.6)
    for line, baseline in zip(label.lines, label.baselines, strict=True):
        text = sheet.text(
            label.x, baseline, line.text, size=line.size, weight=line.weight, ha=label.align, color=colour, zorder=5
        )
        text.set_gid(HALO_GID)


def _region_outlines(frame, layers):
    """Outline of each region in sheet coordinates, by the name of the region."""
    return {
        region["name"]: [Path(np.column_stack(_to_sheet(frame, *base.project_line(r).T))) for r in region["rings"]]
        for region in layers["regions"]
    }


def _lies_where_it_belongs(box, area, regions):
    """Whether a region's name is inside that region and a neighbour's name outside Mali."""
    corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    if area["kind"] == "region":
        own = regions[area["text"].removesuffix(" region")]
        return any(outline.contains_points(corners).all() for outline in own)
    if area["kind"] == "country":
        return not any(outline.contains_points(corners).any() for rings in regions.values() for outline in rings)
    return True


def _draw_area_label(sheet, frame, area, taken, vertices, regions):
    """Name of a region, neighbour, river or range at the nearest free place; returns its box, None without one."""
    size = AREA_SIZE
    lines = [TextLine(text, size) for text in area["text"].split("\n")]
    if area["kind"] in ("region", "country"):
        lines = [line._replace(text=line.text.upper()) for line in lines]
    boxes = [line_box(line, 0, 0, "center") for line in lines]
    width, height = max(box.right - box.left for box in boxes), size * 1.1 * len(lines)
    if area["rotation_deg"] == 90:
        width, height = height, width
    x, y = _to_sheet(frame, *base.project(area["longitude"], area["latitude"]))
    box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    near = vertices[np.all(np.abs(vertices - (x, y)) < 150, axis=1)]
    lines_near = [] if area["kind"] == "terrain" else [Box(*vertex, *vertex).padded(0.5) for vertex in near]
    reach = AREA_LABEL_REACH[area["kind"]]
    shift = free_position(
        box, [*taken, *lines_near], frame.padded(-2), reach, lambda box: _lies_where_it_belongs(box, area, regions)
    )
    if shift is None:
        return None
    dx, dy = shift
    colour = {"water": "#2f6690", "terrain": "#6f5b2a"}.get(area["kind"], MUTED)
    style = "italic" if area["kind"] in ("water", "terrain") else "normal"
    for row, line in enumerate(lines):
        offset = (len(lines) / 2 - row - 0.5) * size * 1.1 - size * 0.35
        if area["rotation_deg"] == 90:
            position = {"x": x + dx, "y": y + dy, "va": "center"}
        else:
            position = {"x": x + dx, "y": y + dy + offset, "va": "baseline"}
        sheet.text(
            **position, s=line.text, size=size, style=style, ha="center", color=colour, rotation=area["rotation_deg"]
        )
    return Box(box.left + dx, box.bottom + dy, box.right + dx, box.top + dy)


def _line_vertices(frame, layers, step_km=5):
    """Points every few kilometres on the river and the borders inside the frame."""
    points = []
    borders = [line for name in ("outline", "region_borders", "neighbour_borders") for line in layers[name]]
    for line in base.river_lines(layers) + borders:
        vertices = base.project_line(line)
        for start, end in zip(vertices[:-1], vertices[1:], strict=True):
            count = int(np.hypot(*(end - start)) // step_km) + 1
            points.append(start + (end - start) * np.arange(count)[:, None] / count)
    x, y = _to_sheet(frame, *np.concatenate(points).T)
    inside = (x > frame.left) & (x < frame.right) & (y > frame.bottom) & (y < frame.top)
    return np.column_stack([x, y])[inside]


# Legend ---------------------------------------------------------------------------------------------


class Sample(NamedTuple):
    """A town as drawn in the legend."""

    state: str
    holders: tuple = ()
    certainty: str = "high"
    changed: bool = False


def _legend_entries(towns):
    """Two columns of (sample, lines): the holders on the map, then how to read the rest."""
    present = {holder for holders in towns["holders"] for holder in holders}
    holders = [(Sample("held", (actor,)), HOLDERS[actor].label) for actor in HOLDERS if actor in present]
    example = next((tuple(town.holders) for town in towns.itertuples() if len(town.holders) > 1), ())
    first = next((actor for actor in HOLDERS if actor in present), "mnla")
    reading = []
    if ((towns["state"] == "shared") | (towns["holders"].map(len) > 1)).any():
        reading.append((Sample("shared", example), READING["shared"]))
    if (towns["state"] == "contested").any():
        contested = towns.loc[towns["state"] == "contested", "holders"].iloc[0]
        reading.append((Sample("contested", tuple(contested)), READING["contested"]))
    if ((towns["certainty"] == "low") & (towns["holders"].map(len) > 0)).any():
        reading.append((Sample("held", (first,), "low"), READING["low"]))
    if (towns["state"] == "presumed").any():
        presumed = towns.loc[towns["state"] == "presumed", "holders"].iloc[0]
        reading.append((Sample("presumed", tuple(presumed)), READING["presumed"]))
    if (towns["state"] == "empty").any():
        reading.append((Sample("empty"), READING["empty"]))
    if (towns["state"] == "unknown").any():
        reading.append((Sample("unknown"), READING["unknown"]))
    if towns["changed"].any():
        reading.append(("changed", READING["changed"]))
    if towns["coordinate_precision"].isin(DISC_RADIUS).any():
        reading.append(("approximate", READING["approximate"]))
    reading += [("region_border", READING["region_border"]), ("high_ground", READING["high_ground"])]
    width = LEGEND_COLUMN - LEGEND_INDENT
    entries = [(sample, wrap(text, width, TEXT_SIZE)) for sample, text in holders + reading]
    splits = [(entries[:cut], entries[cut:]) for cut in range(1, len(entries) + 1)]
    return min(splits, key=lambda columns: max(map(_column_height, columns)))


def _column_height(column):
    """Height in points of one column of the legend."""
    return sum(LEGEND_ROW + (len(lines) - 1) * LEGEND_LINE for _, lines in column)


def _draw_legend(sheet, columns, top):
    for number, column in enumerate(columns):
        x, y = number * LEGEND_COLUMN + 11, top - LEGEND_MARGIN
        for sample, lines in column:
            _draw_sample(sheet, x, y, sample)
            for row, line in enumerate(lines):
                sheet.text(x + LEGEND_INDENT - 11, y - 3.2 - row * LEGEND_LINE, line, size=TEXT_SIZE)
            y -= LEGEND_ROW + (len(lines) - 1) * LEGEND_LINE


def _draw_sample(sheet, x, y, sample):
    if isinstance(sample, Sample):
        draw_symbol(sheet, x, y, sample)
    elif sample == "changed":
        sheet.add_patch(Circle((x, y), 6.4, facecolor=PAPER, edgecolor=PAPER, linewidth=CASING_WIDTH))
        sheet.add_patch(Circle((x, y), 6.4, facecolor="none", edgecolor=MAP_INK, linewidth=1.2))
    elif sample == "approximate":
        sheet.add_patch(Circle((x, y), 6.6, facecolor="#e2e0da", edgecolor="none"))
        dots = (0, (1.2, 1.8))
        sheet.add_patch(Circle((x, y), 6.6, facecolor="none", edgecolor=MUTED, linewidth=0.9, linestyle=dots))
    elif sample == "region_border":
        sheet.plot([x - 9, x + 9], [y, y], color=base.REGION_BORDER, linewidth=1, linestyle=(0, (4, 2)))
    else:
        for number, colour in enumerate(base.HIGH_GROUND.values()):
            sheet.add_patch(Rectangle((x - 9 + 9 * number, y - 4), 9, 8, facecolor=colour, edgecolor="none"))
