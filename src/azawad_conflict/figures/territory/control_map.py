"""Maps of who held which town at several dates, side by side, and the words that say the same."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict import territory
from azawad_conflict.figures.parts import basemap as base
from azawad_conflict.figures.parts import charts
from azawad_conflict.figures.parts.labels import (
    Box,
    Label,
    PlacedLabel,
    TextLine,
    draw_labels,
    free_position,
    place_labels,
    wrap,
)
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.figures.parts.style import HOLDERS, POINTS_PER_INCH, TEXT_SIZE, drawn
from azawad_conflict.figures.parts.symbol_patches import draw_shapes
from azawad_conflict.figures.parts.town_symbols import DISC_RADIUS, PRINT, area, symbol, symbol_box, symbol_reach
from azawad_conflict.figures.territory.control_stack import told_later
from azawad_conflict.figures.territory.map_legend import (
    LEGEND_MARGIN,
    NOTES,
    column_height,
    draw_legend,
    legend_entries,
)
from azawad_conflict.language import WordsByKey, _, said
from azawad_conflict.wording import cited, counted, day, listed, number_or_none, short_day

GUTTER = 10
PANEL_HEAD = 22  # above a map: its date, and what day that is
INSET_SIZE = 34
NAME_SIZE = 7.5
NOTE_SIZE = 7.5
# How far the name of an area may move from its preferred place before it is left out.
AREA_LABEL_REACH = {"region": 44, "country": 44, "terrain": 28, "water": 26}


# Towns of one state on a map, for the text that says the same.
STATES = WordsByKey(
    {
        "shared": "shared {number}",
        "contested": "contested {number}",
        "presumed": "presumed {number}",
        "empty": "empty {number}",
        "unknown": "no evidence {number}",
    }
)


class Panel(NamedTuple):
    """What was drawn on one map: its frame, and symbol boxes and labels by place_id."""

    frame: Box
    symbols: dict[str, Box]
    labels: dict[str, PlacedLabel | None]


class Sheet(NamedTuple):
    """All maps: the figure, a Panel for each, and the texts of the legend."""

    figure: Figure
    panels: list[Panel]
    legend: tuple[str, ...]


@charts.styled
def draw(turns: Sequence[territory.Turn], places: pd.DataFrame) -> Figure:
    """One map per turn, two beside each other on a wide page, one legend for all.

    turns : territory.Turns in order of date.
    places : place_id, name, latitude, longitude, kind, coordinate_precision (exact, approximate,
    area). A regional_capital has its name in bold, also if its state is unknown.
    Returns SVG text.
    Raises ValueError if a row contradicts its state, or a place is unknown or off the map.
    """
    return sheet(turns, places).figure


def sheet(turns: Sequence[territory.Turn], places: pd.DataFrame) -> Sheet:
    """The maps of `draw`, with what was placed where (a Sheet)."""
    layers = base.load_basemap()
    towns = [towns_to_draw(turn.states, places) for turn in turns]
    whole = charts.width() * POINTS_PER_INCH
    columns = min(charts.either(2, 1), len(turns))
    panel_width = (whole - 2 - GUTTER * (columns - 1)) / columns
    panel_height = panel_width * base.FRAME_KM.height / base.FRAME_KM.width
    heading = charts.heading(finding(turns, places), whole - 1)
    legend = legend_entries(pd.concat(towns), whole)
    notes = [TextLine(line, NOTE_SIZE) for line in wrap(" ".join(map(_, NOTES)), whole - 2, NOTE_SIZE)]

    notes_height = len(notes) * NOTE_SIZE * 1.25 + 4
    maps_bottom = max(map(column_height, legend)) + LEGEND_MARGIN + notes_height
    rows = -(-len(turns) // columns)
    maps_top = maps_bottom + rows * (PANEL_HEAD + panel_height) + (rows - 1) * GUTTER
    height = maps_top + sum(line.size * 1.3 for line in heading) + 4

    figure = Figure(figsize=(whole / POINTS_PER_INCH, height / POINTS_PER_INCH))
    figure.set_label(finding(turns, places))
    frames = []
    for number in range(len(turns)):
        row, column = divmod(number, columns)
        left, top = (
            1 + column * (panel_width + GUTTER),
            maps_top - row * (PANEL_HEAD + panel_height + GUTTER) - PANEL_HEAD,
        )
        frames.append(Box(left, top - panel_height, left + panel_width, top))
        base.draw_basemap(_axes(figure, frames[-1], whole, height), layers)
    inset = Box(frames[0].left + 3, frames[0].top - 3 - INSET_SIZE, frames[0].left + 3 + INSET_SIZE, frames[0].top - 3)
    base.draw_africa_inset(_axes(figure, inset, whole, height), layers)

    paper = figure.add_axes((0, 0, 1, 1), zorder=5)
    paper.set(xlim=(0, whole), ylim=(0, height))
    paper.axis("off")
    _draw_heading(paper, heading, height)
    panels = []
    for turn, drawn_towns, frame in zip(turns, towns, frames, strict=True):
        _draw_panel_head(paper, frame, turn)
        furniture = [base.draw_scale_bar(paper, frame), *([inset] if not panels else [])]
        panels.append(Panel(frame, *_draw_towns(paper, frame, layers, drawn_towns, furniture)))
    draw_legend(paper, legend, maps_bottom, whole)
    for row, line in enumerate(notes):
        paper.text(1, notes_height - (row + 1) * NOTE_SIZE * 1.25, line.text, size=line.size)
    for artist in paper.get_children():
        artist.set_clip_on(False)
    return Sheet(figure, panels, tuple(" ".join(lines) for column in legend for _sample, lines in column))


def finding(turns: Sequence[territory.Turn], places: pd.DataFrame) -> str:
    """Count the towns documented for the MNLA among all, at each date."""
    told = [
        _("{part} on {day}").format(
            part=number_or_none(territory.places_of(["mnla"], _documented(turn.states)), "towns"),
            day=short_day(turn.date),
        )
        for turn in turns
    ]
    return _("Documented for the MNLA, alone or shared, of {whole}: {towns}").format(
        whole=counted(len(turns[0].states), "town"), towns=listed(told)
    )


def _documented(states):
    return states[~states["state"].isin(["unknown", "presumed", "empty"])]


def caption(carried: pd.DataFrame) -> str:
    """How to read it, and the source. carried : territory.carried_back."""
    source = _("Changes of holder: {table}; claims: {claims}; base map: {sources}.").format(
        table="{numref}`tab-territory-changes`", claims=link(Page.CLAIMS_CONTROL), sources=cited(base.SOURCES)
    )
    return " ".join([_("Towns that the MNLA shares with others are among its own."), *told_later(carried), source])


def towns_to_draw(states: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Join `states` to `places`, one row per town; merge holders that share a symbol.

    Raises ValueError if a row contradicts its state, or a place is unknown or off the map.
    """
    towns = drawn(states).merge(places, on="place_id", how="left", validate="one_to_one")
    missing = towns.loc[towns["latitude"].isna(), "place_id"].tolist()
    if missing:
        raise ValueError(f"no coordinates for {missing}")
    for town in towns.to_dict("records"):
        _check_state(town)
        x, y = base.project(town["longitude"], town["latitude"])
        if not base.FRAME_KM.contains(x, y):
            raise ValueError(f"{town['place_id']}: off the map")
    return towns


def _check_state(town):
    """Raise ValueError when the holders do not fit the state."""
    foreign = set(town["holders"]) - set(HOLDERS)
    fits = {
        "held": len(town["holders"]) >= 1,
        "presumed": len(town["holders"]) >= 1,
        "shared": len(town["holders"]) >= 2,
        "contested": True,
        "empty": not town["holders"],
        "unknown": not town["holders"],
    }
    if foreign or not fits.get(town["state"], False):
        raise ValueError(f"{town['place_id']}: state {town['state']!r} with holders {tuple(town['holders'])}")


def alt(turns: Sequence[territory.Turn], places: pd.DataFrame) -> str:
    """Say what the maps show: the MNLA's towns on the last, and on each date the number of towns by holder and by state."""
    last = _documented(turns[-1].states)
    held = places[places["place_id"].isin(last.loc[last["holders"].map(lambda who: "mnla" in who), "place_id"])]
    words = _("{maps} by holder and state; on the last, documented for the MNLA: {towns}.").format(
        maps=counted(len(turns), "map"), towns=listed(said(held["name"])) if len(held) else number_or_none(0, "towns")
    )
    return " ".join([words, *(_description(turn, places) for turn in turns)])


def _description(turn, places):
    """One map in numbers."""
    towns = towns_to_draw(turn.states, places)
    held = towns.loc[towns["state"] == "held", "holders"].value_counts(sort=True)
    parts = [f"{listed(HOLDERS[holder].label for holder in who)} {number}" for who, number in held.items()]
    numbers = towns["state"].value_counts()
    parts += [STATES[state].format(number=numbers[state]) for state in STATES if state in numbers]
    return _("{day}: {states}.").format(day=day(turn.date), states=", ".join(parts))


def _axes(figure, box, width, height):
    """Axes that fill a box of the sheet."""
    return figure.add_axes(
        (box.left / width, box.bottom / height, (box.right - box.left) / width, (box.top - box.bottom) / height)
    )


def _to_sheet(frame, x_km, y_km):
    """Sheet coordinates of projected kilometres."""
    scale = (frame.right - frame.left) / base.FRAME_KM.width
    return frame.left + (x_km - base.FRAME_KM.x0) * scale, frame.bottom + (y_km - base.FRAME_KM.y0) * scale


def _draw_heading(paper, heading, height):
    top = height
    for line in heading:
        paper.text(0, top - line.size, line.text, size=line.size, weight=line.weight)
        top -= line.size * 1.3


def _draw_panel_head(paper, frame, turn):
    """Date and occasion above a map."""
    paper.text(frame.left, frame.top + 15, short_day(turn.date), size=TEXT_SIZE, weight="bold")
    paper.text(frame.left, frame.top + 4, _(turn.words), size=NOTE_SIZE + 0.5)


def _draw_towns(paper, frame, layers, towns, furniture):
    """Draw symbols, and names of capitals and of towns with evidence; return boxes and labels."""
    points = {
        town.place_id: _to_sheet(frame, *base.project(town.longitude, town.latitude)) for town in towns.itertuples()
    }
    for town in towns.itertuples():
        if town.coordinate_precision in DISC_RADIUS and town.state != "unknown":
            draw_shapes(
                paper, *points[town.place_id], [area(DISC_RADIUS[town.coordinate_precision], PRINT)], zorder=0.5
            )
    _part_signs(towns, points, frame)
    symbols, labels = {}, {}
    for town in sorted(towns.itertuples(), key=_importance):
        x, y = points[town.place_id]
        symbols[town.place_id] = symbol_box(x, y, town)
        if town.state != "unknown" or town.kind == "regional_capital":
            name = TextLine(_(town.name), NAME_SIZE, "bold" if town.kind == "regional_capital" else "normal")
            labels[town.place_id] = Label(((name,),), x, y, symbol_reach(town))
    # From north to south, so that a symbol in front never hides the tip of one behind.
    for town in sorted(towns.itertuples(), key=lambda town: (-town.latitude, town.place_id)):
        draw_shapes(paper, *points[town.place_id], symbol(town, PRINT))
    filled = [*symbols.values(), *furniture]
    placed = place_labels(labels, filled, frame.padded(-2), _line_vertices(frame, layers))
    draw_labels(paper, placed)
    return symbols, placed


def _part_signs(towns, points, frame):
    """Move the sign of a place known roughly within its disc, off the signs of others."""
    rough = towns["coordinate_precision"].isin(DISC_RADIUS) & towns["state"].ne("unknown")
    fixed = [symbol_box(*points[town.place_id], town) for town in towns[~rough].itertuples()]
    for town in towns[rough].itertuples():
        (x, y), radius = points[town.place_id], DISC_RADIUS[town.coordinate_precision]
        within = partial(_within, x=x, y=y, radius=radius)
        shift = free_position(symbol_box(x, y, town), fixed, frame, radius, within, step=1.0)
        if shift:
            points[town.place_id] = (x + shift[0], y + shift[1])
        fixed.append(symbol_box(*points[town.place_id], town))


def _within(box, x, y, radius):
    """Tell whether the middle of a box lies in a circle."""
    return np.hypot((box.left + box.right) / 2 - x, (box.bottom + box.top) / 2 - y) <= radius


def _importance(town):
    """Sort key: regional capitals, then towns with evidence, then the rest."""
    return (town.kind != "regional_capital", town.state == "unknown", town.place_id)


def _line_vertices(frame, layers, step_km=5):
    """Points every few kilometres on the river and the borders inside the frame."""
    points = []
    borders = [line for name in ("outline", "region_borders", "neighbour_borders") for line in layers[name]]
    for line in base.river_lines(layers) + borders:
        vertices = base.project_line(line)
        for start, end in pairwise(vertices):
            count = int(np.hypot(*(end - start)) // step_km) + 1
            points.append(start + (end - start) * np.arange(count)[:, None] / count)
    x, y = _to_sheet(frame, *np.concatenate(points).T)
    inside = (x > frame.left) & (x < frame.right) & (y > frame.bottom) & (y < frame.top)
    return np.column_stack([x, y])[inside]
