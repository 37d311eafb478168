"""The map as SVG: land, towns with their symbols and names, the fights of the weeks before the day, places to press."""

from html import escape

import numpy as np
from matplotlib import rc_context
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from azawad_conflict.figures.parts import basemap as base
from azawad_conflict.figures.parts import town_symbols
from azawad_conflict.figures.parts.labels import Box, Label, TextLine, free_position, line_box, place_labels
from azawad_conflict.figures.parts.style import paint
from azawad_conflict.figures.territory import control_map as cm
from azawad_conflict.interactive.dated_map.states import recent, state_number
from azawad_conflict.interactive.dated_map.symbols import (
    DEAD,
    HATCH,
    INK,
    MAP_HEIGHT,
    MAP_WIDTH,
    MUTE,
    PIXELS_PER_POINT,
    POINTS_PER_KM,
    SHEET,
    SYMBOL_BOX,
    SYMBOL_SCALE,
    WIDTH,
    disc,
    symbol,
)
from azawad_conflict.wording import day

HEIGHT = round(MAP_HEIGHT * PIXELS_PER_POINT)
FRAME = Box(0, 0, MAP_WIDTH, MAP_HEIGHT)
NAME_SIZE = 12.5  # points: 11 pixels on a telephone
TARGET_RADIUS = 34  # pixels; neighbours overlap on a telephone, where the list under the map serves
SIMPLIFY = 1.0  # pixels
AREA_PER_DEAD = 150  # square pixels of the map, less pi
LEAST_WIDTH = 5  # pixels of the ring of a fight around a town
SYMBOL_EDGE = 21  # pixels from the middle of a town to where such a ring begins


def text_of(words):
    """Words as text of HTML."""
    return escape(str(words))


def map_svg(data, symbols, towns, fights):
    """The drawing: symbols, base map, names, fights, and each town's symbol on the day on which the page opens."""
    points = _points(towns)
    spots = fights[fights["latitude"].notna() & ~fights["place_id"].isin(points)].drop_duplicates("place_id")
    placed, areas, taken = _names(points, towns, spots, set(recent(fights, data["opens"])["place_id"]))
    number = state_number(data, data["opens"])
    defs = "".join(
        f'<symbol id="{name}" viewBox="{-SYMBOL_BOX} {-SYMBOL_BOX} {2 * SYMBOL_BOX} {2 * SYMBOL_BOX}">{symbol(look)}</symbol>'
        for look, name in symbols.items()
    )
    scale = round(PIXELS_PER_POINT * SYMBOL_SCALE, 2)
    marks = []
    # From north to south, so that a symbol in front never hides the tip of one behind.
    for town in towns.sort_values(["latitude", "place_id"], ascending=[False, True]).itertuples():
        x, y = _pixel(*points[town.place_id])
        way = data["ways"][data["towns"][town.place_id]["at"][number]]
        moved = (
            " dm-changed" if data["dates"][number] == data["opens"] and town.place_id in data["moved"][number] else ""
        )
        marks.append(
            f'<g class="dm-mark{moved}" data-town="{text_of(town.place_id)}" transform="translate({x} {y}) scale({scale})">'
            f'<circle class="dm-ring" r="{town_symbols.RING_RADIUS + 1}" fill="none" stroke="{INK}" stroke-width="1.4" />'
            f'<use href="#{way["symbol"]}" x="{-SYMBOL_BOX}" y="{-SYMBOL_BOX}" width="{2 * SYMBOL_BOX}" height="{2 * SYMBOL_BOX}" /></g>'
        )
    return (
        f'<svg class="dm-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="dm-title dm-desc">'
        f'<title id="dm-title">Who held the towns of northern Mali, {text_of(day(data["opens"]))}</title>'
        f'<desc id="dm-desc">{text_of(data["summaries"][number])}</desc><defs>{defs}{HATCH}</defs>'
        f"{_base()}{_discs(points, towns)}{areas}{_fight_marks(data, fights, points, taken)}{''.join(marks)}{placed}{_scale_bar()}</svg>"
    )


def dead_radius(best, inner):
    """Radius in pixels of the mark of so many dead around a symbol that ends at `inner`: what is seen of it has an area in proportion."""
    return round(max(inner + LEAST_WIDTH, np.sqrt(inner**2 + AREA_PER_DEAD * best)), 1)


def _fight_marks(data, fights, points, taken):
    """One mark for each place with a fight, as it is on the day on which the page opens; a broken edge where the place is only near."""
    now, marks = recent(fights, data["opens"]), []
    for place_id, rows in fights[fights["latitude"].notna()].groupby("place_id"):
        point = points.get(place_id) or _point(*base.project(rows["longitude"].iloc[0], rows["latitude"].iloc[0]))
        x, y = _pixel(*point)
        inner = SYMBOL_EDGE if place_id in points else 0
        here = now[now["place_id"] == place_id]
        best = int(here["best"].sum())
        radius = dead_radius(best, inner)
        right, down = _number_side(point, dead_radius(int(rows["best"].fillna(0).max()), inner), taken)
        kind = "".join(
            f" dm-{name}"
            for name, holds in (
                ("away", here.empty),
                ("near", here["place_precision"].ne("exact").any()),
                ("none", not best),
            )
            if holds
        )
        marks.append(
            f'<g class="dm-fight{kind}" data-place="{text_of(place_id)}" data-inner="{inner}" transform="translate({x} {y})">'
            f'<circle r="{radius}" fill="{DEAD}" fill-opacity=".55" stroke="{DEAD}" stroke-width="2.5" />'
            + (f'<circle r="5" fill="{INK}" />' if not inner else "")
            + f'<text class="dm-dead" data-right="{right}" data-down="{down}" x="{right * (radius + NUMBER_HALF[0]):.1f}" y="{down * (radius + NUMBER_HALF[1]):.1f}" dy=".35em" '
            f'text-anchor="middle" font-size="{round(NAME_SIZE * PIXELS_PER_POINT)}" fill="{DEAD}" {HALO}>{best or ""}</text></g>'
        )
    return "".join(marks)


NUMBER_HALF = (20, 15)  # half the width and height of a number beside its mark, in pixels
NUMBER_SIDES = (
    (0, -1),
    (0, 1),
    (0.7, -0.7),
    (-0.7, -0.7),
    (0.7, 0.7),
    (-0.7, 0.7),
    (1, 0),
    (-1, 0),
)  # right and down, the best first


def _number_side(point, radius, taken):
    """The side of a mark on which its number covers least of what is drawn, within the frame, where the mark is as large as its largest fight makes it."""
    wide, high = (half / PIXELS_PER_POINT for half in NUMBER_HALF)

    def covered(side):
        x, y = (
            middle + way * (radius / PIXELS_PER_POINT + half)
            for middle, way, half in zip(point, (side[0], -side[1]), (wide, high), strict=True)
        )
        box = Box(x - wide, y - high, x + wide, y + high)
        return not box.inside(FRAME), sum(_shared_area(box, other) for other in taken)

    return min(NUMBER_SIDES, key=covered)


def _shared_area(one, other):
    across, down = (
        min(one.right, other.right) - max(one.left, other.left),
        min(one.top, other.top) - max(one.bottom, other.bottom),
    )
    return max(across, 0) * max(down, 0)


def targets(data, towns):
    """What a reader can point at or reach with the Tab key: a link per town over the drawing, to its history.

    They are a drawing of their own, because what lies within an image has no role.
    """
    points, links = _points(towns), []
    for town in towns.sort_values("name").itertuples():
        x, y = _pixel(*points[town.place_id])
        words = data["ways"][data["towns"][town.place_id]["at"][state_number(data, data["opens"])]]["words"]
        links.append(
            f'<a href="#history-{text_of(town.place_id)}" data-town="{text_of(town.place_id)}" aria-label="{text_of(town.name)}: {text_of(words)}">'
            f'<title>{text_of(town.name)}: {text_of(words)}</title><circle cx="{x}" cy="{y}" r="{TARGET_RADIUS}" /></a>'
        )
    return (
        f'<svg class="dm-targets" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="Towns: open the history">'
        f"{''.join(links)}</svg>"
    )


def _points(towns):
    """Each town's place in points, y up."""
    return {town.place_id: _point(*base.project(town.longitude, town.latitude)) for town in towns.itertuples()}


def _point(x_km, y_km):
    return (x_km - base.FRAME_KM.x0) * POINTS_PER_KM, (y_km - base.FRAME_KM.y0) * POINTS_PER_KM


def _pixel(x, y):
    """Whole pixels, y down, of points."""
    return round(float(x) * PIXELS_PER_POINT), round(HEIGHT - float(y) * PIXELS_PER_POINT)


def _base():
    """Land, regions, river and borders of the base map."""
    layers = base.load_basemap()
    land = "".join(_line(ring, closed=True) for region in layers["regions"] for ring in region["rings"])
    return (
        f'<path fill="{paint("abroad", base.ABROAD)}" d="M0 0H{WIDTH}V{HEIGHT}H0z" /><path fill="{SHEET}" stroke="{SHEET}" d="{land}" />'
        f'<g fill="none" stroke-linejoin="round" stroke="{paint("region", base.REGION_BORDER)}" stroke-width="2">'
        f'<path d="{_all_lines(layers["neighbour_borders"])}" /><path stroke-dasharray="10 5" d="{_all_lines(layers["region_borders"])}" />'
        f'<path stroke="{paint("water", base.WATER)}" stroke-width="3" d="{_all_lines(base.river_lines(layers))}" />'
        f'<path stroke="{paint("outline", base.OUTLINE)}" stroke-width="3.5" d="{_all_lines(layers["outline"])}" /></g>'
    )


def _all_lines(lines):
    return "".join(map(_line, lines))


def _line(line, closed=False):
    """Path data of a line of longitudes and latitudes, cut to a little more than the frame, simplified, in whole pixels."""
    points = np.column_stack(_point(*base.project_line(line).T)) * PIXELS_PER_POINT * (1, -1) + (0, HEIGHT)
    cut = Box(0, 0, WIDTH, HEIGHT).padded(20)
    path = Path(points, closed=closed)
    if closed:
        path = path.clip_to_bbox(Bbox.from_extents(*cut))
    with rc_context({"path.simplify_threshold": SIMPLIFY}):
        path = Path(path.vertices, path.codes).cleaned(simplify=True, clip=None if closed else cut)
    data, before = [], None
    for vertices, code in path.iter_segments(simplify=False, curves=False):
        if code in (Path.STOP, Path.CLOSEPOLY):
            continue
        here = tuple(int(value) for value in np.rint(vertices[-2:]))
        if here != before or code == Path.MOVETO:
            data.append(f"{'M' if code == Path.MOVETO else 'L'}{here[0]} {here[1]}")
        before = here
    return "".join(data) + "z" * (closed and bool(data))


def _discs(points, towns):
    inexact = towns[towns["coordinate_precision"].isin(town_symbols.DISC_RADIUS)]
    return "".join(
        disc(
            *_pixel(*points[town.place_id]),
            round(town_symbols.DISC_RADIUS[town.coordinate_precision] * PIXELS_PER_POINT),
            2,
        )
        for town in inexact.itertuples()
    )


def _names(points, towns, spots, fought):
    """The names of the towns, of spots (places of fights that are no towns; unseen unless fought over), and of areas where there is room, as two texts of SVG, and the boxes they fill.

    They keep free of the symbol of a holder and of its question mark at any date; a burst may reach under the edge of a name.
    """
    reach = town_symbols.SYMBOL_RADIUS * SYMBOL_SCALE + 2
    filled = [Box(*point, *point).padded(reach) for point in points.values()]
    filled += [Box(x + 4, y + 6, x + 10, y + 13) for x, y in points.values()]  # the question mark
    filled.append(Box(*_scale_box()).padded(4))
    labels = {}
    for town in sorted(towns.itertuples(), key=lambda town: (town.kind != "regional_capital", town.place_id)):
        line = TextLine(town.name, NAME_SIZE, "bold" if town.kind == "regional_capital" else "normal")
        labels[town.place_id] = Label(((line,),), *points[town.place_id], reach)
    for spot in spots.itertuples():
        labels[spot.place_id] = Label(
            ((TextLine(spot.place_name, NAME_SIZE),),), *_point(*base.project(spot.longitude, spot.latitude)), 4
        )
    placed = place_labels(labels, filled, FRAME.padded(-2), np.empty((0, 2)))
    names = []
    for place_id, label in placed.items():
        if not label:
            continue
        if label.leader and place_id in points:
            (x1, y1), (x2, y2) = (_pixel(*end) for end in label.leader)
            names.append(f'<path stroke="{INK}" stroke-width="1.5" d="M{x1} {y1}L{x2} {y2}" />')
        x, y = _pixel(label.x, label.baselines[0])
        capital = " dm-capital" if label.lines[0].weight == "bold" else ""
        whose, away = ("name", "") if place_id in points else ("spot", "" if place_id in fought else " dm-away")
        names.append(
            f'<text class="dm-name{capital}{away}" data-{whose}="{text_of(place_id)}" x="{x}" y="{y}" text-anchor="{ANCHORS[label.align]}">{text_of(label.lines[0].text)}</text>'
        )
    taken = [*filled, *(box for label in placed.values() if label for box in label.boxes)]
    return (
        f'<g font-size="{round(NAME_SIZE * PIXELS_PER_POINT)}" fill="{INK}" {HALO}>{"".join(names)}</g>',
        _areas(taken),
        taken,
    )


ANCHORS = {"left": "start", "center": "middle", "right": "end"}
HALO = f'stroke="{SHEET}" stroke-width="6" stroke-linejoin="round" paint-order="stroke"'


def _areas(taken):
    """The names of regions, neighbours and the river, at the nearest free place."""
    texts = []
    for area in base.load_basemap()["area_labels"]:
        if area["kind"] == "terrain":
            continue
        x, y = _point(*base.project(area["longitude"], area["latitude"]))
        box = line_box(TextLine(area["text"], NAME_SIZE), 0, 0, "center")
        wide, high = (box.right - box.left) / 2, NAME_SIZE / 2
        if area["rotation_deg"]:
            wide, high = high, wide
        box = Box(x - wide, y - high, x + wide, y + high)
        shift = free_position(box, taken, FRAME.padded(-2), cm.AREA_LABEL_REACH[area["kind"]], lambda box: True)
        if shift is None:
            continue
        taken.append(Box(box.left + shift[0], box.bottom + shift[1], box.right + shift[0], box.top + shift[1]))
        x, y = _pixel(x + shift[0], y + shift[1])
        turn = f' transform="rotate(-90 {x} {y})"' if area["rotation_deg"] else ""
        colour = paint("river", "#2f6690") if area["kind"] == "water" else MUTE
        texts.append(
            f'<text class="dm-area" x="{x}" y="{y}" dy=".35em" fill="{colour}"{turn}>{text_of(area["text"])}</text>'
        )
    return f'<g font-size="{round(NAME_SIZE * PIXELS_PER_POINT)}" text-anchor="middle">{"".join(texts)}</g>'


SCALE_KM = 200


def _scale_box():
    """The box of the scale bar in points."""
    left, top = FRAME.left + 40, FRAME.top - 14
    return left, top - 14, left + SCALE_KM * POINTS_PER_KM, top


def _scale_bar():
    left, bottom, right, _ = _scale_box()
    (x1, y), (x2, _) = _pixel(left, bottom), _pixel(right, bottom)
    return (
        f'<path fill="none" stroke="{INK}" stroke-width="3" d="M{x1} {y - 10}V{y}H{x2}V{y - 10}" />'
        f'<text x="{(x1 + x2) // 2}" y="{y - 9}" text-anchor="middle" class="dm-name" font-size="{round(NAME_SIZE * PIXELS_PER_POINT)}" fill="{INK}">{SCALE_KM} km</text>'
    )
