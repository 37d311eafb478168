"""The legend of the maps of control: a sample of each sign on the map, and how to read it."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from azawad_conflict.figures.parts import basemap as base
from azawad_conflict.figures.parts import charts
from azawad_conflict.figures.parts.labels import wrap
from azawad_conflict.figures.parts.style import HOLDERS
from azawad_conflict.figures.parts.symbol_patches import draw_shapes
from azawad_conflict.figures.parts.town_symbols import DISC_RADIUS, PRINT, area, symbol
from azawad_conflict.language import N_, WordsByKey, _

NO_CLAIM = N_("Symbols show who held each town. No claim is made about the land between towns.")
NOTES = (
    N_("Boundaries are generalised, regions as of 2012; they express no opinion on the status of any territory."),
    N_(
        "Towns: GeoNames (CC BY 4.0) and the project's gazetteer. Projection: Lambert azimuthal equal-area, 18.5°N 1°W."
    ),
)
READING = WordsByKey(
    {
        "shared": "Split disc: shared by the forces shown",
        "contested": "Burst: contested, fighting in the town",
        "low": "Hollow: thin evidence (low certainty)",
        "presumed": "Slanting lines: presumed, no recent report",
        "empty": "Open ring: last force reported gone",
        "unknown": "Disc with ?: holder unknown on this date",
        "approximate": "Dotted disc: place known roughly",
        "region_border": "Region boundary, 2012",
        "high_ground": "High ground: above 450 and 600 m",
    }
)
DOT = N_("Small dot: holder unknown on this date")  # in place of READING's disc, where a map is small
LEGEND_SIZE = 8.5
LEGEND_ROW = 14
LEGEND_BURST = 4  # more, for the row of a burst
LEGEND_LINE = 9.6
LEGEND_MARGIN = 11
LEGEND_INDENT = 24
AREA_RADIUS = 6.6  # of the sample of an area known roughly


class Sample(NamedTuple):
    """A town as drawn in the legend."""

    state: str
    holders: tuple[str, ...] = ()
    certainty: str = "high"


Entry = tuple[Sample | str, list[str]]  # what is drawn, a sample or a key of READING, and its words


def legend_entries(towns: pd.DataFrame, whole: float) -> tuple[list[Entry], ...]:
    """Columns of (sample, lines) on a sheet of a width: the holders on the maps, then the signs."""
    present = {holder for holders in towns["holders"] for holder in holders}
    alone = {holders[0] for holders in towns["holders"] if len(holders) == 1}
    holders = [
        # Who is on the maps only beside others has the disc of a shared town, not a marker that is nowhere.
        (Sample("held" if actor in alone else "shared", (actor,)), look.label)
        for actor, look in HOLDERS.items()
        if actor in present
    ]
    example = next((tuple(who) for who in towns["holders"] if len(who) > 1), ())
    first = next((actor for actor in HOLDERS if actor in present), "mnla")
    reading: list[tuple[Sample | str, str]] = []
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
        reading.append((Sample("unknown"), _(DOT)))
    if towns["coordinate_precision"].isin(DISC_RADIUS).any():
        reading.append(("approximate", READING["approximate"]))
    reading += [("region_border", READING["region_border"]), ("high_ground", READING["high_ground"])]
    width = whole / charts.either(2, 1) - LEGEND_INDENT
    entries = [(sample, wrap(text, width, LEGEND_SIZE)) for sample, text in holders + reading]
    if charts.NARROW.get():
        return (entries,)
    splits = [(entries[:cut], entries[cut:]) for cut in range(1, len(entries) + 1)]
    return min(splits, key=lambda columns: max(map(column_height, columns)))


def column_height(column: list[Entry]) -> float:
    """Height in points of one column of the legend."""
    return sum(map(_row_height, column))


def _row_height(entry):
    sample, lines = entry
    burst = isinstance(sample, Sample) and sample.state == "contested"
    return LEGEND_ROW + (len(lines) - 1) * LEGEND_LINE + (LEGEND_BURST if burst else 0)


def draw_legend(sheet: Axes, columns: Sequence[list[Entry]], top: float, whole: float) -> None:
    """Draw columns of entries below `top`, side by side over the width `whole`, in points."""
    for number, column in enumerate(columns):
        x, y = number * whole / len(columns) + 11, top - LEGEND_MARGIN
        for sample, lines in column:
            spare = _row_height((sample, lines[:1])) - LEGEND_ROW
            y -= spare / 2
            _draw_sample(sheet, x, y, sample)
            for row, line in enumerate(lines):
                sheet.text(x + LEGEND_INDENT - 11, y - 3.2 - row * LEGEND_LINE, line, size=LEGEND_SIZE)
            y -= _row_height((sample, lines)) - spare / 2


def _draw_sample(sheet, x, y, sample):
    if isinstance(sample, Sample):
        draw_shapes(sheet, x, y, symbol(sample, PRINT))
    elif sample == "approximate":
        draw_shapes(sheet, x, y, [area(AREA_RADIUS, PRINT)._replace(fill=base.ROUGH_AREA, opacity=1)])
    elif sample == "region_border":
        sheet.plot([x - 9, x + 9], [y, y], color=base.REGION_BORDER, linewidth=1, linestyle=(0, (4, 2)))
    else:
        for number, colour in enumerate(base.HIGH_GROUND.values()):
            sheet.add_patch(Rectangle((x - 9 + 9 * number, y - 4), 9, 8, facecolor=colour, edgecolor="none"))
