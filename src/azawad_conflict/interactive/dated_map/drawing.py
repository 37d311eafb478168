"""The drawing of the map by date: land, towns with their symbols and names, fights, places to press.

The markup is in templates/dated_map_drawing.html.
"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib import rc_context
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from azawad_conflict.figures.parts import basemap as base
from azawad_conflict.figures.parts import town_symbols
from azawad_conflict.figures.parts.labels import Box, Label, TextLine, free_position, line_box, place_labels
from azawad_conflict.figures.parts.style import WIDEST, paint
from azawad_conflict.figures.territory import control_map as cm
from azawad_conflict.interactive.dated_map.states import WORDS, Look, recent, state_number
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
    SYMBOL_SCALE,
    WIDTH,
    disc,
    symbol,
)

HEIGHT = round(MAP_HEIGHT * PIXELS_PER_POINT)
FRAME = Box(0, 0, MAP_WIDTH, MAP_HEIGHT)
NAME_SIZE = 12.5  # points: 11 pixels on a telephone
TARGET_RADIUS = 34  # pixels; neighbours overlap on a telephone, where the list under the map serves
SIMPLIFY = 1.0  # pixels
AREA_PER_DEAD = 150  # square pixels of the map, less pi
LEAST_WIDTH = 5  # pixels of the ring of a fight around a town
SYMBOL_EDGE = 21  # pixels from the middle of a town to the inner edge of the ring
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
NUMBER_HALF = (20, 15)  # half the width and height of a number beside its mark, in pixels
# Right and down, the best first.
NUMBER_SIDES = ((0, -1), (0, 1), (0.7, -0.7), (-0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (1, 0), (-1, 0))
PAINTS = {
    "ink": INK,
    "mute": MUTE,
    "sheet": SHEET,
    "dead": DEAD,
    "abroad": paint("abroad", base.ABROAD),
    "region": paint("region", base.REGION_BORDER),
    "water": paint("water", base.WATER),
    "river": paint("river", "#2f6690"),
    "outline": paint("outline", base.OUTLINE),
}


def parts(data: dict[str, Any], symbols: dict[Look, str], towns: pd.DataFrame, fights: pd.DataFrame) -> dict[str, Any]:
    """Return the values of the template dated_map_drawing.html, on the day on which the page opens.

    data : states.dated_states, with the fights. symbols : symbols.symbol_ids. towns : the places
    drawn.
    fights : casualties.fights.
    """
    points = _points(towns)
    spots = fights[fights["latitude"].notna() & ~fights["place_id"].isin(points)].drop_duplicates("place_id")
    names, taken = _names(points, towns, spots, set(recent(fights, data["opens"])["place_id"]))
    areas = _areas(taken)  # the numbers of the fights keep clear of them too
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "letter": round(NAME_SIZE * PIXELS_PER_POINT),
        "scale": round(PIXELS_PER_POINT * SYMBOL_SCALE, 2),
        "target": TARGET_RADIUS,
        "paints": PAINTS,
        "symbols": [(name, symbol(look)) for look, name in symbols.items()],
        "hatch": HATCH,
        "lines": _base_lines(),
        "discs": _discs(points, towns),
        "areas": areas,
        "fights": _fight_marks(data, fights, points, taken),
        "towns": _town_marks(data, towns, points),
        "names": names,
        "scale_bar": _scale_bar(),
    }


def _town_marks(data, towns, points):
    """Return each town with its symbol and its state in words.

    They go from north to south, so that a symbol in front never hides the tip of one behind.
    """
    number = state_number(data, data["opens"])
    fresh = data["moved"][number] if data["dates"][number] == data["opens"] else ()
    marks = []
    for town in towns.sort_values(["latitude", "place_id"], ascending=[False, True]).itertuples():
        x, y = _pixel(*points[town.place_id])
        way = data["ways"][data["towns"][town.place_id]["at"][number]]
        marks.append(
            {"place_id": town.place_id, "name": town.name, "x": x, "y": y, "moved": town.place_id in fresh}
            | {"symbol": way["symbol"], "words": WORDS["town"].format(name=town.name, words=way["words"])}
        )
    return marks


def dead_radius(best: int, inner: float) -> float:
    """Return the radius in pixels of the mark of a number of dead around a symbol that ends at `inner`.

    The area that is seen of the mark is in proportion to the dead.
    """
    return round(max(inner + LEAST_WIDTH, np.sqrt(inner**2 + AREA_PER_DEAD * best)), 1)


def _fight_marks(data, fights, points, taken):
    """Return one mark for each place with a fight.

    kinds : "near" if the place is only roughly known, "none" if nobody was killed, "away" if the
    mark is not shown on the day. side : the place of its number, right and down.
    """
    now, marks = recent(fights, data["opens"]), []
    for place_id, rows in fights[fights["latitude"].notna()].groupby("place_id"):
        point = points.get(place_id) or _point(*base.project(rows["longitude"].iloc[0], rows["latitude"].iloc[0]))
        x, y = _pixel(*point)
        inner = SYMBOL_EDGE if place_id in points else 0
        here = now[now["place_id"] == place_id]
        best = int(here["best"].sum())
        radius = dead_radius(best, inner)
        right, down = _number_side(point, dead_radius(int(rows["best"].fillna(0).max()), inner), taken)
        kinds = {"away": here.empty, "near": here["place_precision"].ne("exact").any(), "none": not best}
        marks.append(
            {
                "place_id": place_id,
                "x": x,
                "y": y,
                "kinds": [kind for kind, holds in kinds.items() if holds],
                "inner": inner,
                "radius": radius,
                "best": best,
                "side": (right, down),
                "number_at": (right * (radius + NUMBER_HALF[0]), down * (radius + NUMBER_HALF[1])),
            }
        )
    return marks


def _number_side(point, radius, taken):
    """Return the side of a mark, within the frame, on which its number covers least of the drawing."""
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


def _points(towns):
    """Map each place_id to the town's place in points, y up."""
    return {town.place_id: _point(*base.project(town.longitude, town.latitude)) for town in towns.itertuples()}


def _point(x_km, y_km):
    return (x_km - base.FRAME_KM.x0) * POINTS_PER_KM, (y_km - base.FRAME_KM.y0) * POINTS_PER_KM


def _pixel(x, y):
    """Turn points into whole pixels, y down."""
    return round(float(x) * PIXELS_PER_POINT), round(HEIGHT - float(y) * PIXELS_PER_POINT)


def _base_lines():
    """Return the path data of land, borders and river of the base map."""
    layers = base.load_basemap()
    land = [_line(ring, closed=True) for region in layers["regions"] for ring in region["rings"]]
    return {
        "land": "".join(land),
        "neighbours": _all_lines(layers["neighbour_borders"]),
        "regions": _all_lines(layers["region_borders"]),
        "river": _all_lines(base.river_lines(layers)),
        "outline": _all_lines(layers["outline"]),
    }


def _all_lines(lines):
    return "".join(map(_line, lines))


def _line(line, closed=False):
    """Return the path data of a line of longitudes and latitudes, simplified, in whole pixels.

    The line is cut to a little more than the frame.
    """
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
    radius = {key: round(size * PIXELS_PER_POINT) for key, size in town_symbols.DISC_RADIUS.items()}
    return [
        disc(*_pixel(*points[town.place_id]), radius[town.coordinate_precision], 2) for town in inexact.itertuples()
    ]


def _names(points, towns, spots, fought):
    """Place the names of towns and spots; return them, and the boxes of names and symbols.

    spots : places of fights that are no towns. fought : the places whose fights are shown; other
    spots are away. Names keep free of the symbol of a holder at any date; a burst may reach under the edge of a name.
    """
    reach = town_symbols.SYMBOL_RADIUS * SYMBOL_SCALE + 2
    filled = [Box(*point, *point).padded(reach) for point in points.values()]
    filled.append(Box(*_scale_box()).padded(4))
    labels = {}
    for town in sorted(towns.itertuples(), key=lambda town: (town.kind != "regional_capital", town.place_id)):
        line = TextLine(town.name, NAME_SIZE, "bold" if town.kind == "regional_capital" else "normal", WIDEST)
        labels[town.place_id] = Label(((line,),), *points[town.place_id], reach)
    for spot in spots.itertuples():
        labels[spot.place_id] = Label(
            ((TextLine(spot.place_name, NAME_SIZE, faces=WIDEST),),),
            *_point(*base.project(spot.longitude, spot.latitude)),
            4,
        )
    placed = place_labels(labels, filled, FRAME.padded(-2), np.empty((0, 2)))
    names = []
    for place_id, label in placed.items():
        if not label:
            continue
        leader = None
        if label.leader and place_id in points:
            (x1, y1), (x2, y2) = (_pixel(*end) for end in label.leader)
            leader = f"M{x1} {y1}L{x2} {y2}"
        x, y = _pixel(label.x, label.baselines[0])
        names.append(
            {
                "place_id": place_id,
                "words": label.lines[0].text,
                "town": place_id in points,
                "capital": label.lines[0].weight == "bold",
                "away": place_id not in points and place_id not in fought,
                "x": x,
                "y": y,
                "anchor": ANCHORS[label.align],
                "leader": leader,
            }
        )
    return names, [*filled, *(box for label in placed.values() if label for box in label.boxes)]


def _areas(taken):
    """Place the names of regions, neighbours and river that have room; add their boxes to `taken`."""
    areas = []
    for area in base.load_basemap()["area_labels"]:
        if area["kind"] == "terrain":
            continue
        x, y = _point(*base.project(area["longitude"], area["latitude"]))
        words = base.AREA_NAMES[area["text"]]
        box = line_box(TextLine(words, NAME_SIZE, faces=WIDEST), 0, 0, "center")
        wide, high = (box.right - box.left) / 2, NAME_SIZE / 2
        if area["rotation_deg"]:
            wide, high = high, wide
        box = Box(x - wide, y - high, x + wide, y + high)
        shift = free_position(box, taken, FRAME.padded(-2), cm.AREA_LABEL_REACH[area["kind"]], lambda box: True)
        if shift is None:
            continue
        taken.append(Box(box.left + shift[0], box.bottom + shift[1], box.right + shift[0], box.top + shift[1]))
        x, y = _pixel(x + shift[0], y + shift[1])
        upright, water = bool(area["rotation_deg"]), area["kind"] == "water"
        areas.append({"words": words, "x": x, "y": y, "water": water, "upright": upright})
    return areas


def _scale_box():
    """Return the box of the scale bar in points."""
    left, top = FRAME.left + 40, FRAME.top - 14
    return left, top - 14, left + base.SCALE_KM * POINTS_PER_KM, top


def _scale_bar():
    left, bottom, right, _ = _scale_box()
    (x1, y), (x2, _) = _pixel(left, bottom), _pixel(right, bottom)
    return {"x1": x1, "x2": x2, "y": y, "km": base.SCALE_KM}
