"""The map of who held which town, with a slider over the dates of change: one fragment of HTML.

The fragment stands without JavaScript: the map of the last day, and the history of every town. book/_static/dated-map.js
sets the other dates from the JSON in the fragment; book/_static/dated-map.css has the looks. Nothing in it has an inline
style or handler, so that a strict content security policy holds.
"""

import json
from collections import Counter
from html import escape
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib import rc_context
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox

from azawad_conflict import territory
from azawad_conflict.edtf_dates import bounds, in_words
from azawad_conflict.figures import basemap as base
from azawad_conflict.figures import control_map as cm
from azawad_conflict.figures.course import EVE
from azawad_conflict.figures.labels import Box, Label, TextLine, free_position, line_box, place_labels
from azawad_conflict.figures.style import HOLDERS, MAP_INK, MUTED, PAPER, drawn
from azawad_conflict.wording import counted, day, listed

# The map, in pixels of its own; names are placed in points, as on the printed map, y up.
WIDTH = 1000
PIXELS_PER_POINT = WIDTH / cm.MAP_WIDTH
HEIGHT = round(cm.MAP_HEIGHT * PIXELS_PER_POINT)
FRAME = Box(0, 0, cm.MAP_WIDTH, cm.MAP_HEIGHT)
SYMBOL_SCALE = 1.2  # to the printed map: a telephone shows the whole map in 360 pixels
SYMBOL_BOX = 12  # half the side of a symbol, in points
NAME_SIZE = 12.5  # points: 11 pixels on a telephone
TARGET_RADIUS = 34  # pixels; neighbours overlap on a telephone, where the list under the map serves
SIMPLIFY = 1.0  # pixels
NOTES = (
    cm.NOTES[0],
    cm.NOTES[1],
    "Map data: Natural Earth (public domain). Towns: GeoNames (CC BY 4.0) and the project's gazetteer.",
)
CLAIMS_PAGE = "claims-control.html#control-{}"  # all those on a place
CLAIM_ROW = "explorer.html#claim-{}"


class Look(NamedTuple):
    """What decides how a town is drawn, as draw_symbol of the printed map has it."""

    state: str  # held (or shared, which its holders say), contested, empty, presumed, unknown
    holders: tuple
    certainty: str  # low is hollow; all else is "high"


def _claims_of(place_id):
    """Where the page of claims lists those on a place."""
    return CLAIMS_PAGE.format(place_id.replace("_", "-"))


def draw(spells, claims, towns, actors, phase_rows, cited):
    """The map with its slider, legend and histories as a fragment of HTML.

    spells : the spells of one reading (territory.reading). claims : control_claims.
    towns : the places drawn (territory.populated). actors : for the names of holders.
    phase_rows : their first and last day bound the slider. cited : source_id to the words that cite it.
    """
    first, last = phase_rows["first_day"].min(), phase_rows["last_day"].max()
    data = dated_states(territory.runs(spells, claims, towns, first, last), towns, actors)
    symbols = symbol_ids(data)
    shown = towns.sort_values("name", ignore_index=True)
    return "\n".join(
        [
            '<section class="dated-map" id="dated-map" aria-label="Map of control by date">',
            _controls(data),
            _said(data),
            '<div class="dm-card">',
            _map(data, symbols, towns),
            _targets(data, towns),
            "</div>",
            f'<p class="dm-changes" id="dm-changes">{_text(data["changes"][-1])}</p>',
            _legend(symbols, towns),
            f'<p class="dm-notes">{_text(" ".join((cm.NO_CLAIM, *NOTES)))}</p>',
            _histories(data, spells, claims, shown, actors, cited),
            f'<script type="application/json" id="dated-map-data">{_json(data)}</script>',
            "</section>",
        ]
    )


# States ---------------------------------------------------------------------------------------------


def dated_states(town_runs, towns, actors):
    """Everything that depends on the date, as a dict for JSON.

    dates (ISO: the first day, every day on which the state of a town changes, the last day), days (the same in words),
    opens (number of the date that a reader sees first: the last one not after the eve of the battle of Gao), summaries and changes (sentences per date), moved (place_ids whose holders are others than the day before, per date),
    ways (each state, holders and certainty once, with its words and the symbol that draws it), towns (by place_id: name,
    and per date the number of its way).
    """
    last = town_runs["end"].max() - pd.Timedelta(days=1)
    dates = sorted({*town_runs["start"], last})
    numbers, ways = {}, []
    at = {place_id: [None] * len(dates) for place_id in towns["place_id"]}
    symbols = {}
    for run, look in zip(town_runs.itertuples(), looks(town_runs), strict=True):
        way = (run.state, run.holders, run.certainty)
        if way not in numbers:
            numbers[way] = len(ways)
            symbol = symbols.setdefault(look, f"dm-{len(symbols)}")
            ways.append({
                "state": run.state, "holders": list(run.holders), "certainty": run.certainty,
                "symbol": symbol, "words": state_in_words(*way, actors), "look": look,
            })
        for number, date in enumerate(dates):
            if run.start <= date < run.end:
                at[run.place_id][number] = numbers[way]
    names = towns.set_index("place_id")["name"]
    steps = [{place_id: (ways[row[before]], ways[row[now]]) for place_id, row in at.items()} for before, now in pairwise(range(len(dates)))]
    return {
        "dates": [f"{date:%Y-%m-%d}" for date in dates],
        "days": [day(date) for date in dates],
        "opens": max(number for number, date in enumerate(dates) if number == 0 or date <= pd.Timestamp(EVE)),
        "summaries": [summary([ways[row[number]]["look"] for row in at.values()]) for number in range(len(dates))],
        "changes": ["", *(changes(step, names) for step in steps)],
        "moved": [[], *([place_id for place_id, pair in step.items() if _other_holders(*pair)] for step in steps)],
        "ways": ways,
        "towns": {place_id: {"name": names[place_id], "at": row} for place_id, row in at.items()},
    }


def looks(states):
    """How each row of a frame of states or runs is drawn."""
    rows = drawn(states)
    return [
        Look("held" if row.state == "shared" else row.state, row.holders, "low" if row.certainty == "low" else "high")
        for row in rows.itertuples()
    ]


def symbol_ids(data):
    """The id of the symbol of each look, with those that only the legend needs."""
    found = {way["look"]: way["symbol"] for way in data["ways"]}
    holders = [holder for holder in HOLDERS if any(holder in look.holders for look in found)]
    samples = [Look("held", (holder,), "high") for holder in holders]
    samples += [sample for sample in LEGEND if isinstance(sample, Look)]
    for look in samples:
        found.setdefault(look, f"dm-{len(found)}")
    return found


# Words ----------------------------------------------------------------------------------------------


def state_in_words(state, holders, certainty, actors):
    """A state as a phrase: "shared by the MNLA and Ansar Dine, low certainty"."""
    if state == "unknown":
        return "no holder documented"
    if state == "empty":
        return f"documented without armed forces, {certainty} certainty"
    names = listed(actors.set_index("actor_id")["short_name"].loc[list(holders)]) if holders else ""
    verb = {
        "held": "held by", "shared": "shared by", "contested": "contested:",
        "presumed": "presumed to be held by" if len(holders) == 1 else "presumed to be shared by",
    }[state]
    sure = f"last documented with {certainty} certainty" if state == "presumed" else f"{certainty} certainty"
    return f"{verb} {names}, {sure}" if names else f"{state}, {sure}"


def summary(town_looks):
    """Who holds how many towns on a date, in one sentence."""
    held = Counter(look.holders[0] for look in town_looks if look.state == "held" and len(look.holders) == 1)
    parts = [f"{number} by {HOLDERS[who].short_label}" for who, number in held.most_common()]
    if parts:
        parts[0] = parts[0].replace(" ", " is held " if parts[0].startswith("1 ") else " are held ", 1)
    rest = Counter("shared" if look.state == "held" else look.state for look in town_looks if look.state != "held" or len(look.holders) > 1)
    for state, one, more in (
        ("shared", "is shared", "are shared"), ("contested", "is contested", "are contested"),
        ("empty", "has no armed force", "have no armed force"),
        ("presumed", "has a presumed holder", "have a presumed holder"), ("unknown", "has no documented holder", "have no documented holder"),
    ):
        if rest[state]:
            parts.append(f"{rest[state]} {one if rest[state] == 1 else more}")
    return f"Of {counted(len(town_looks), 'place')}, {listed(parts)}."


def changes(step, names):
    """What is new on a date, in sentences; to lose sight of a town, or to see it again, is no change of hands.

    step : the ways of the day before and of the date, by place_id.
    """
    told = {}
    for place_id, (before, now) in step.items():
        if before != now:
            told.setdefault(_kind_of_change(before, now), []).append(names[place_id])
    return " ".join(f"{kind}: {listed(sorted(told[kind]))}." for kind in CHANGES if kind in told)


CHANGES = (
    "Other holders than the day before", "Holder documented from this day", "No holder documented from this day",
    "Only presumed from this day", "Documented again", "Same holders, other state or certainty",
)


def _kind_of_change(before, now):
    """Which of CHANGES lies between two ways."""
    if _other_holders(before, now):
        return CHANGES[1] if not before["holders"] else CHANGES[2] if not now["holders"] else CHANGES[0]
    return CHANGES[3] if now["state"] == "presumed" else CHANGES[4] if before["state"] == "presumed" else CHANGES[5]


def _other_holders(before, now):
    return set(before["holders"]) != set(now["holders"])


def _until(end):
    """The end of a spell in words."""
    if pd.isna(end):
        return "to the end of the study"
    first, last = bounds(end)
    return f"until {in_words(end)}" if first == last else f"until a day not known ({in_words(end)})"


def _since(start):
    first, last = bounds(start)
    return f"From {in_words(start)}" if first == last else f"From a day not known ({in_words(start)})"


# HTML -----------------------------------------------------------------------------------------------


def _text(words):
    return escape(str(words))


def _json(data):
    """The data for the page, without what only the drawing needs; no character in it can end the element."""
    ways = [{key: value for key, value in way.items() if key != "look"} for way in data["ways"]]
    text = json.dumps({**data, "ways": ways}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")


def _controls(data):
    """Slider and buttons, for readers whose browser runs the script that serves them."""
    end = len(data["dates"]) - 1
    return (
        '<div class="dm-controls with-script">'
        '<label for="dm-slider">Date of the map</label>'
        f'<input type="range" id="dm-slider" min="0" max="{end}" step="1" value="{end}" aria-valuetext="{_text(data["days"][-1])}" />'
        f'<p class="dm-ends"><span>{_text(data["days"][0])}</span><span>{_text(data["days"][-1])}</span></p>'
        '<div class="dm-buttons"><button type="button" id="dm-previous">Previous</button>'
        '<button type="button" id="dm-play">Play</button><button type="button" id="dm-next">Next</button>'
        f'<label for="dm-date">Go to <input type="date" id="dm-date" min="{data["dates"][0]}" max="{data["dates"][-1]}" value="{data["dates"][-1]}" /></label>'
        f'<a id="dm-link" href="#date={data["dates"][-1]}">Link to this date</a></div>'
        '<p class="dm-note" id="dm-note" role="status"></p></div>'
    )


def _said(data):
    """The date and its summary."""
    return (
        '<div class="dm-said"><output for="dm-slider" id="dm-output" aria-live="polite">'
        f'<strong id="dm-day">{_text(data["days"][-1])}</strong> <span id="dm-summary">{_text(data["summaries"][-1])}</span></output>'
        "</div>"
    )


def _map(data, symbols, towns):
    """The drawing: symbols, base map, names, and each town's symbol on the last day."""
    points = _points(towns)
    placed, areas = _names(points, towns)
    defs = "".join(f'<symbol id="{name}" viewBox="{-SYMBOL_BOX} {-SYMBOL_BOX} {2 * SYMBOL_BOX} {2 * SYMBOL_BOX}">{symbol(look)}</symbol>' for look, name in symbols.items())
    scale = round(PIXELS_PER_POINT * SYMBOL_SCALE, 2)
    marks = []
    # From north to south, so that a symbol in front never hides the tip of one behind.
    for town in towns.sort_values(["latitude", "place_id"], ascending=[False, True]).itertuples():
        x, y = _pixel(*points[town.place_id])
        way = data["ways"][data["towns"][town.place_id]["at"][-1]]
        moved = " dm-changed" if town.place_id in data["moved"][-1] else ""
        marks.append(
            f'<g class="dm-town{moved}" data-town="{_text(town.place_id)}" transform="translate({x} {y}) scale({scale})">'
            f'<circle class="dm-ring" r="{cm.RING_RADIUS + 1}" fill="none" stroke="{MAP_INK}" stroke-width="1.4" />'
            f'<use href="#{way["symbol"]}" x="{-SYMBOL_BOX}" y="{-SYMBOL_BOX}" width="{2 * SYMBOL_BOX}" height="{2 * SYMBOL_BOX}" /></g>'
        )
    return (
        f'<svg class="dm-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="dm-title dm-desc">'
        f'<title id="dm-title">Who held the towns of northern Mali, {_text(data["days"][-1])}</title>'
        f'<desc id="dm-desc">{_text(data["summaries"][-1])}</desc><defs>{defs}</defs>'
        f"{_base()}{_discs(points, towns)}{areas}{''.join(marks)}{placed}{_scale_bar()}</svg>"
    )


def _targets(data, towns):
    """What a reader can point at or reach with the Tab key: a link per town over the drawing, to its history.

    They are a drawing of their own, because what lies within an image has no role.
    """
    points, links = _points(towns), []
    for town in towns.sort_values("name").itertuples():
        x, y = _pixel(*points[town.place_id])
        words = data["ways"][data["towns"][town.place_id]["at"][-1]]["words"]
        links.append(
            f'<a href="#history-{_text(town.place_id)}" data-town="{_text(town.place_id)}" aria-label="{_text(town.name)}: {_text(words)}">'
            f'<title>{_text(town.name)}: {_text(words)}</title><circle cx="{x}" cy="{y}" r="{TARGET_RADIUS}" /></a>'
        )
    return (
        f'<svg class="dm-targets" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="Towns: open the history">'
        f"{''.join(links)}</svg>"
    )


LEGEND = {
    Look("held", ("mnla", "ansar_dine"), "high"): cm.READING["shared"],
    Look("contested", ("mnla", "ansar_dine"), "high"): cm.READING["contested"],
    Look("held", ("mnla",), "low"): cm.READING["low"],
    Look("presumed", ("mnla",), "high"): cm.READING["presumed"],
    Look("empty", (), "high"): cm.READING["empty"],
    Look("unknown", (), "low"): cm.READING["unknown"],
    "changed": "Ring: other holders than the day before",
    "approximate": cm.READING["approximate"],
    "region_border": cm.READING["region_border"],
}


def _legend(symbols, towns):
    """The shapes of the holders, and how to read the signs."""
    rows = [(Look("held", (who,), "high"), holder.label) for who, holder in HOLDERS.items() if Look("held", (who,), "high") in symbols]
    rows += LEGEND.items()
    if not towns["coordinate_precision"].isin(cm.DISC_RADIUS).any():
        rows = [row for row in rows if row[0] != "approximate"]
    items = "".join(f'<li><svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 24 24" width="30" height="30" aria-hidden="true">{_sample(sample, symbols)}</svg><span>{_text(words)}</span></li>' for sample, words in rows)
    return f'<ul class="dm-legend" aria-label="Legend">{items}</ul>'


def _sample(sample, symbols):
    if isinstance(sample, Look):
        return f'<use href="#{symbols[sample]}" x="{-SYMBOL_BOX}" y="{-SYMBOL_BOX}" width="{2 * SYMBOL_BOX}" height="{2 * SYMBOL_BOX}" />'
    if sample == "changed":
        return f'<circle r="{cm.RING_RADIUS}" fill="none" stroke="{MAP_INK}" stroke-width="1.4" />'
    if sample == "approximate":
        return _disc(0, 0, 8.5, 1)
    return f'<path d="M-10 0H10" stroke="{base.REGION_BORDER}" stroke-width="1.4" stroke-dasharray="4 2" />'


def _histories(data, spells, claims, towns, actors, cited):
    """One list of spells per town, closed until a reader opens it."""
    items, said = [], claims.set_index("claim_id")["source_id"].map(cited)
    for town in towns.itertuples():
        own = spells[spells["place_id"] == town.place_id]
        own = own.assign(first=[bounds(start)[0] for start in own["start"]]).sort_values("first")
        rows = "".join(f"<li>{_spell(spell, own, claims, actors, said)}</li>" for spell in own.itertuples())
        now = data["ways"][data["towns"][town.place_id]["at"][-1]]["words"]
        items.append(
            f'<details id="history-{_text(town.place_id)}" data-town="{_text(town.place_id)}"><summary><strong>{_text(town.name)}</strong> <span class="dm-now">{_text(now)}</span></summary>'
            + (f"<ol>{rows}</ol>" if rows else "<p>No holder is documented for any day.</p>")
            + f'<p><a href="{_text(_claims_of(town.place_id))}">All claims on {_text(town.name)}</a> · <a href="#dated-map">Back to the map</a></p></details>'
        )
    return (
        '<div class="dm-histories"><p class="dm-heading">The history of each town. Beside its name: its state on the date of the map. '
        f"Days between spells have no documented holder.</p>{''.join(items)}</div>"
    )


def _spell(spell, own, claims, actors, said):
    """One spell in words: dates, state, holders, certainty, the days on which it is only presumed, claims."""
    words = state_in_words(spell.state, spell.holder, spell.certainty, actors)
    parts = territory.spell_parts(own[own["spell_id"] == spell.spell_id], claims)
    presumed = []
    for part in parts[parts["state"] == "presumed"].itertuples():
        after = part.end == territory.FAR
        presumed.append(f"from {day(part.start)}" if after else f"{day(part.start)} to {day(part.end - pd.Timedelta(days=1))}")
    text = f"{_since(spell.start)} {_until(spell.end)}: {words}."
    if presumed:
        text += f" Only presumed {listed(presumed)}."
    if not pd.isna(spell.note):
        text += f" {spell.note}"
    rows = [f'<a href="{CLAIM_ROW.format(claim)}">{_text(said[claim])}</a>' for claim in spell.control_claims]
    return f"{_text(text)} Claims: {'; '.join(rows)}."


# Drawing --------------------------------------------------------------------------------------------


def _points(towns):
    """Each town's place in points, y up."""
    return {town.place_id: _point(*base.project(town.longitude, town.latitude)) for town in towns.itertuples()}


def _point(x_km, y_km):
    return (x_km - base.FRAME_KM.x0) * cm.POINTS_PER_KM, (y_km - base.FRAME_KM.y0) * cm.POINTS_PER_KM


def _pixel(x, y):
    """Whole pixels, y down, of points."""
    return round(float(x) * PIXELS_PER_POINT), round(HEIGHT - float(y) * PIXELS_PER_POINT)


def _base():
    """Land, regions, river and borders of the base map."""
    layers = base.load_basemap()
    land = "".join(_line(ring, closed=True) for region in layers["regions"] for ring in region["rings"])
    return (
        f'<path fill="{base.ABROAD}" d="M0 0H{WIDTH}V{HEIGHT}H0z" /><path fill="{base.LAND}" stroke="{base.LAND}" d="{land}" />'
        f'<g fill="none" stroke-linejoin="round" stroke="{base.REGION_BORDER}" stroke-width="2">'
        f'<path d="{_all_lines(layers["neighbour_borders"])}" /><path stroke-dasharray="10 5" d="{_all_lines(layers["region_borders"])}" />'
        f'<path stroke="{base.WATER}" stroke-width="3" d="{_all_lines(base.river_lines(layers))}" />'
        f'<path stroke="{base.OUTLINE}" stroke-width="3.5" d="{_all_lines(layers["outline"])}" /></g>'
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


def _disc(x, y, radius, width):
    """The area in which a place known roughly lies."""
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius:g}" fill="{MUTED}" fill-opacity=".14" stroke="{MUTED}" '
        f'stroke-width="{width}" stroke-dasharray="{1.4 * width:g} {2 * width:g}" />'
    )


def _discs(points, towns):
    inexact = towns[towns["coordinate_precision"].isin(cm.DISC_RADIUS)]
    return "".join(
        _disc(*_pixel(*points[town.place_id]), round(cm.DISC_RADIUS[town.coordinate_precision] * PIXELS_PER_POINT), 2) for town in inexact.itertuples()
    )


def _names(points, towns):
    """The names of the towns, and of areas where there is room, as two texts of SVG.

    They keep free of the symbol of a holder and of its question mark at any date; a burst may reach under the edge of a name.
    """
    reach = cm.SYMBOL_RADIUS * SYMBOL_SCALE + 2
    filled = [Box(*point, *point).padded(reach) for point in points.values()]
    filled += [Box(x + 4, y + 6, x + 10, y + 13) for x, y in points.values()]  # the question mark
    filled.append(Box(*_scale_box()).padded(4))
    labels = {}
    for town in sorted(towns.itertuples(), key=lambda town: (town.kind != "regional_capital", town.place_id)):
        line = TextLine(town.name, NAME_SIZE, "bold" if town.kind == "regional_capital" else "normal")
        labels[town.place_id] = Label(((line,),), *points[town.place_id], reach)
    placed = place_labels(labels, filled, FRAME.padded(-2), np.empty((0, 2)))
    names = []
    for place_id, label in placed.items():
        if not label:
            continue
        if label.leader:
            (x1, y1), (x2, y2) = (_pixel(*end) for end in label.leader)
            names.append(f'<path stroke="{MAP_INK}" stroke-width="1.5" d="M{x1} {y1}L{x2} {y2}" />')
        x, y = _pixel(label.x, label.baselines[0])
        capital = " dm-capital" if label.lines[0].weight == "bold" else ""
        names.append(f'<text class="dm-name{capital}" data-name="{_text(place_id)}" x="{x}" y="{y}" text-anchor="{ANCHORS[label.align]}">{_text(label.lines[0].text)}</text>')
    taken = [*filled, *(box for label in placed.values() if label for box in label.boxes)]
    return f'<g font-size="{round(NAME_SIZE * PIXELS_PER_POINT)}" fill="{MAP_INK}" {HALO}>{"".join(names)}</g>', _areas(taken)


ANCHORS = {"left": "start", "center": "middle", "right": "end"}
HALO = f'stroke="{PAPER}" stroke-width="6" stroke-linejoin="round" paint-order="stroke"'


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
        colour = "#2f6690" if area["kind"] == "water" else MUTED
        texts.append(f'<text class="dm-area" x="{x}" y="{y}" dy=".35em" fill="{colour}"{turn}>{_text(area["text"])}</text>')
    return f'<g font-size="{round(NAME_SIZE * PIXELS_PER_POINT)}" text-anchor="middle">{"".join(texts)}</g>'


SCALE_KM = 200


def _scale_box():
    """The box of the scale bar in points."""
    left, top = FRAME.left + 40, FRAME.top - 14
    return left, top - 14, left + SCALE_KM * cm.POINTS_PER_KM, top


def _scale_bar():
    left, bottom, right, _ = _scale_box()
    (x1, y), (x2, _) = _pixel(left, bottom), _pixel(right, bottom)
    return (
        f'<path fill="none" stroke="{MAP_INK}" stroke-width="3" d="M{x1} {y - 10}V{y}H{x2}V{y - 10}" />'
        f'<text x="{(x1 + x2) // 2}" y="{y - 9}" text-anchor="middle" class="dm-name" font-size="{round(NAME_SIZE * PIXELS_PER_POINT)}" fill="{MAP_INK}">{SCALE_KM} km</text>'
    )


# Symbols, in points, y down; the same shapes as control_map.draw_symbol ------------------------------


def symbol(look):
    """The inside of the symbol of a look."""
    if look.state == "unknown":
        return (
            f'<circle r="{cm.SYMBOL_RADIUS}" fill="#fff" stroke="{MUTED}" stroke-width=".9" />'
            f'<text y="2.8" font-size="8" font-weight="bold" text-anchor="middle" fill="{MUTED}">?</text>'
        )
    if look.state == "empty":
        return f'<circle r="{cm.SYMBOL_RADIUS}" fill="{PAPER}" stroke="{MAP_INK}" stroke-width="1.6" />'
    hollow = look.certainty == "low"
    parts = [_burst()] if look.state == "contested" else []
    if len(look.holders) == 1:
        parts.append(_marker(HOLDERS[look.holders[0]], hollow))
    elif look.holders:
        parts.append(_split_disc([HOLDERS[holder].colour for holder in look.holders], hollow))
    if look.state == "presumed":
        parts.append(f'<text x="3.6" y="-5" font-size="9" font-weight="bold" fill="{MAP_INK}" stroke="{PAPER}" stroke-width="2.4" stroke-linejoin="round" paint-order="stroke">?</text>')
    return "".join(parts)


def _marker(holder, hollow):
    scale = cm.MARKER_SCALE[holder.marker]
    marker = MarkerStyle(holder.marker)
    shape = marker.get_path().transformed(marker.get_transform())
    lift = {"^": -0.4, "v": 0.4}.get(holder.marker, 0.0)
    outline = _path(shape.transformed(Affine2D().scale(scale, -scale).translate(0, -lift)))
    parts = f'<path fill="{PAPER}" stroke="{PAPER}" stroke-width="{cm.CASING_WIDTH}" stroke-linejoin="round" d="{outline}" />'
    parts += f'<path fill="{holder.colour}" stroke="{MAP_INK}" stroke-width="{cm.EDGE_WIDTH}" d="{outline}" />'
    if hollow:
        middle = _path(shape.transformed(Affine2D().scale(scale * 0.46, -scale * 0.46).translate(0, -lift)))
        parts += f'<path fill="#fff" d="{middle}" />'
    return parts


def _split_disc(colours, hollow):
    """A disc with one sector per force, the first on the left."""
    radius = cm.SYMBOL_RADIUS + 0.8
    angles = np.radians(90 + np.arange(len(colours) + 1) * 360 / len(colours))
    ends = [(radius * np.cos(angle), -radius * np.sin(angle)) for angle in angles]
    parts = f'<circle r="{radius}" fill="{PAPER}" stroke="{PAPER}" stroke-width="{cm.CASING_WIDTH}" />'
    for colour, (start, end) in zip(colours, pairwise(ends), strict=True):
        parts += (
            f'<path fill="{colour}" stroke="{PAPER}" stroke-width=".7" '
            f'd="M0 0L{start[0]:.2f} {start[1]:.2f}A{radius} {radius} 0 0 0 {end[0]:.2f} {end[1]:.2f}z" />'
        )
    parts += f'<circle r="{radius}" fill="none" stroke="{MAP_INK}" stroke-width="{cm.EDGE_WIDTH}" />'
    if hollow:
        parts += f'<circle r="{radius * 0.42:.2f}" fill="#fff" />'
    return parts


def _burst(points=10):
    """The star of a fight, drawn behind the forces."""
    angles = np.pi / 2 + np.arange(2 * points) * np.pi / points
    radii = np.where(np.arange(2 * points) % 2, cm.BURST_RADIUS * 0.72, cm.BURST_RADIUS + 1.2)
    corners = "L".join(f"{radius * np.cos(angle):.1f} {-radius * np.sin(angle):.1f}" for radius, angle in zip(radii, angles, strict=True))
    return f'<path fill="#fff" stroke="{MAP_INK}" stroke-width="{cm.EDGE_WIDTH}" d="M{corners}z" />'


def _path(path):
    """Path data of a matplotlib path."""
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "z"}
    return "".join(
        letters[code] + ("" if code == Path.CLOSEPOLY else " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in vertices))
        for vertices, code in path.iter_segments(simplify=False)
    )
