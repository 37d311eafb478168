"""The base map: load, project, draw. Geometry and licence: data/basemap/README.md."""

import json
import pathlib
from collections.abc import Sequence
from typing import Any, TypedDict, TypeVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from azawad_conflict.figures.parts.labels import Box
from azawad_conflict.figures.parts.style import GRID, MAP_INK, MUTED
from azawad_conflict.language import WordsByKey, _
from azawad_conflict.tables import data_dir

Line = list[list[float]]  # pairs of longitude and latitude
Number = TypeVar("Number", float, np.ndarray)


class Region(TypedDict):
    """A region of Mali."""

    name: str
    rings: list[Line]


class AreaLabel(TypedDict):
    """The name of an area and its preferred place."""

    text: str
    longitude: float
    latitude: float
    rotation_deg: float
    kind: str


class Layers(TypedDict):
    """The layers of the base map; a polygon is a list of rings."""

    meta: dict[str, Any]
    regions: list[Region]
    region_borders: list[Line]
    outline: list[Line]
    neighbour_borders: list[Line]
    rivers: dict[str, list[Line]]
    high_ground_m: dict[str, list[list[Line]]]
    area_labels: list[AreaLabel]
    africa: dict[str, list[Line]]


# Of the layers that are drawn: the rows of kind map_data in sources.csv.
SOURCES = ("naturalearth_admin0", "naturalearth_admin1", "naturalearth_rivers", "gmted2010")
SCALE_KM = 200
SCALE_SIZE = 7.5  # points of its words
# Lambert azimuthal equal-area on the authalic sphere of WGS 84.
CENTRE = (-1.0, 18.5)
AUTHALIC_RADIUS_KM = 6371.0072
AFRICA_CENTRE = (18.0, 2.0)

# Northern Mali from Diabaly to the Algerian border, in projected kilometres.
FRAME_KM = Bbox.from_extents(-592, -502, 575, 348)

# Of the layer of names, by its text.
AREA_NAMES = WordsByKey(
    {
        "Timbuktu region": "Timbuktu region",
        "Kidal region": "Kidal region",
        "Gao region": "Gao region",
        "Mopti region": "Mopti region",
        "Mauritania": "Mauritania",
        "Algeria": "Algeria",
        "Niger": "Niger",
        "Burkina Faso": "Burkina Faso",
        "River Niger": "River Niger",
        "Adrar des Ifoghas": "Adrar des Ifoghas",
    }
)

LAND = "#fbfaf5"
ABROAD = "#e6e5e1"
HIGH_GROUND = {"450": "#f2ead9", "600": "#e3d3b0"}
WATER = "#4f88b5"
OUTLINE = "#6a6256"
REGION_BORDER = "#9a9284"
INSET_LAND = "#d6d3cb"
INSET_FRAME = "#b0215a"
# The sample of an area known roughly is opaque, because the legend lies on the page's colour.
ROUGH_AREA = "#e2e0da"


def load_basemap(path: pathlib.Path | None = None) -> Layers:
    """Layers of the base map by name, as written by data/basemap/build.py.

    path : a mali.json; by default the one in the data folder.
    """
    path = path or data_dir() / "basemap" / "mali.json"
    return json.loads(path.read_text(encoding="utf-8"))


def project(longitude: Number, latitude: Number, centre: tuple[float, float] = CENTRE) -> tuple[Number, Number]:
    """Kilometres east and north of the centre for WGS 84 degrees (arrays or numbers)."""
    lon, lon_0 = np.radians(longitude), np.radians(centre[0])
    lat, lat_0 = _authalic(np.radians(latitude)), _authalic(np.radians(centre[1]))
    cos_distance = np.sin(lat_0) * np.sin(lat) + np.cos(lat_0) * np.cos(lat) * np.cos(lon - lon_0)
    scale = AUTHALIC_RADIUS_KM * np.sqrt(2 / (1 + cos_distance))
    east = scale * np.cos(lat) * np.sin(lon - lon_0)
    north = scale * (np.cos(lat_0) * np.sin(lat) - np.sin(lat_0) * np.cos(lat) * np.cos(lon - lon_0))
    return east, north


def _authalic(latitude):
    """Authalic latitude in radians, by two terms of its series; the rest is below a metre here."""
    return latitude - 0.00223921 * np.sin(2 * latitude) + 0.00000288 * np.sin(4 * latitude)


def project_line(line: Sequence[Sequence[float]], centre: tuple[float, float] = CENTRE) -> np.ndarray:
    """Array of projected vertices from a list of longitude, latitude pairs."""
    longitude, latitude = np.asarray(line, dtype=float).T
    return np.column_stack(project(longitude, latitude, centre))


def draw_basemap(axes: Axes, basemap: Layers) -> None:
    """Draw land, high ground, borders, the Niger and the graticule on axes that span FRAME_KM."""
    axes.set(xlim=FRAME_KM.intervalx, ylim=FRAME_KM.intervaly, xticks=[], yticks=[], facecolor=ABROAD)
    axes.patch.set_alpha(1)
    _frame(axes, 0.8)
    _fill(axes, [[ring for region in basemap["regions"] for ring in region["rings"]]], LAND, 1)
    for height, colour in HIGH_GROUND.items():
        _fill(axes, basemap["high_ground_m"][height], colour, 2)
    _lines(axes, graticule_lines(), 3, colors=GRID, linewidths=0.6)
    _lines(axes, basemap["neighbour_borders"], 4, colors=REGION_BORDER, linewidths=0.8)
    _lines(axes, basemap["region_borders"], 4, colors=REGION_BORDER, linewidths=0.8, linestyles=(0, (4, 2)))
    _lines(axes, river_lines(basemap), 5, colors=WATER, linewidths=1.3)
    _lines(axes, basemap["outline"], 6, colors=OUTLINE, linewidths=1.5)


def river_lines(basemap: Layers) -> list[Line]:
    """All river lines of the base map."""
    return [line for lines in basemap["rivers"].values() for line in lines]


def graticule_lines(step: int = 2, arm: float = 0.12) -> Sequence[Sequence[tuple[float, float]]]:
    """Make a cross where a meridian and a parallel meet, every `step` degrees, with arms of `arm`.

    Whole lines would make a grid that the eye, and a reader's software, takes for a table.
    """
    crossings = [(lon, lat) for lon in range(-8, 8, step) for lat in range(12, 25, step)]
    along = [[(lon, lat - arm), (lon, lat + arm)] for lon, lat in crossings]
    across = [[(lon - arm, lat), (lon + arm, lat)] for lon, lat in crossings]
    return along + across


def draw_scale_bar(paper: Axes, frame: Box) -> Box:
    """Draw a bar of SCALE_KM in the lower right corner of a map on a sheet in points; return the box it fills."""
    length = SCALE_KM * (frame.right - frame.left) / FRAME_KM.width
    left, bottom = frame.right - length - 8, frame.bottom + 5
    paper.add_patch(Rectangle((left, bottom), length, 2, facecolor=MAP_INK, edgecolor=MAP_INK, linewidth=0.5))
    words = _("{number} km").format(number=SCALE_KM)
    paper.text(left + length / 2, bottom + 4, words, size=SCALE_SIZE, ha="center", color=MAP_INK)
    return Box(left - 3, bottom - 3, frame.right - 3, bottom + 12)


def draw_africa_inset(axes: Axes, basemap: Layers) -> None:
    """Draw Africa with Mali dark and the frame of the main map."""
    axes.set(xticks=[], yticks=[], facecolor="white", aspect="equal", anchor="C")
    axes.patch.set_alpha(1)
    _frame(axes, 0.6)
    for name, rings in basemap["africa"].items():
        path = Path.make_compound_path(*(Path(project_line(ring, AFRICA_CENTRE)) for ring in rings))
        colour = MUTED if name == "Mali" else INSET_LAND
        axes.add_collection(PathCollection([path], facecolor=colour, edgecolor="white", linewidth=0.3))
    # Corners of the main map in degrees, near enough at this scale.
    west, south, east, north = -6.6, 13.95, 4.5, 21.6
    frame = project_line([(west, south), (east, south), (east, north), (west, north), (west, south)], AFRICA_CENTRE)
    axes.plot(*frame.T, color=INSET_FRAME, linewidth=1.1)
    axes.set(xlim=(-4500, 4300), ylim=(-4450, 4450))


def _frame(axes, linewidth):
    """One rectangle around the axes, where matplotlib draws four lines."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    edge = Rectangle(
        (0, 0),
        1,
        1,
        transform=axes.transAxes,
        fill=False,
        edgecolor=REGION_BORDER,
        linewidth=linewidth,
        zorder=20,
        clip_on=False,
    )
    axes.add_patch(edge)


def _fill(axes, polygons, colour, zorder):
    """Fill polygons, each a list of rings, cut to a little more than the frame."""
    cut = FRAME_KM.padded(20)
    paths = [
        Path.make_compound_path(*(Path(project_line(ring), closed=True).clip_to_bbox(cut) for ring in rings))
        for rings in polygons
    ]
    axes.add_collection(PathCollection(paths, facecolor=colour, edgecolor="none", zorder=zorder), autolim=False)


def _lines(axes, lines, zorder, **style):
    """Stroke the lines that come near the frame."""
    near = [line for line in map(project_line, lines) if Path(line).intersects_bbox(FRAME_KM, filled=False)]
    strokes = LineCollection(near, zorder=zorder, capstyle="round", joinstyle="round", **style)
    axes.add_collection(strokes, autolim=False)
