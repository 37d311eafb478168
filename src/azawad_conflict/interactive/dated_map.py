"""The map of who held which town on any day, with the fights of the weeks before it and a line of time: one fragment of HTML.

The fragment stands without JavaScript: the map of the day on which it opens, the line of time, the history of every town and
all fights. book/_static/dated-map.js sets the other days from the JSON in the fragment; book/_static/dated-map.css has the looks,
and the colours of the dark form (style.paint). Nothing in it has an inline style or handler, so that a strict content security
policy holds.
"""

import json
from collections import Counter
from html import escape
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from docutils.nodes import make_id
from matplotlib import rc_context
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox

from azawad_conflict import territory
from azawad_conflict.casualties import VOICES
from azawad_conflict.edtf_dates import bounds, in_words
from azawad_conflict.figures.front.course import EVE, TURNS
from azawad_conflict.figures.front.incident_map import FILL
from azawad_conflict.figures.parts import basemap as base
from azawad_conflict.figures.parts import time_strip
from azawad_conflict.figures.parts.labels import Box, Label, TextLine, free_position, line_box, place_labels
from azawad_conflict.figures.parts.style import HOLDERS, MAP_INK, MUTED, PAPER, drawn, paint
from azawad_conflict.figures.territory import control_map as cm
from azawad_conflict.wording import SUMS, counted, day, listed, number_range, short_date

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
WEEKS = 4  # fights of so many weeks to the day are on the map
AREA_PER_DEAD = 150  # square pixels of the map, less pi
LEAST_WIDTH = 5  # pixels of the ring of a fight around a town
SYMBOL_EDGE = 21  # pixels from the middle of a town to where such a ring begins
BAR_HIGH = 14  # pixels of the bar of a town's holders
INK, MUTE, SHEET = paint("ink", MAP_INK), paint("muted", MUTED), paint("land", PAPER)
DISC, DEAD = paint("disc", "#fff"), paint("dead", FILL)
NOTES = (
    cm.NOTES[0],
    cm.NOTES[1],
    "Map data: Natural Earth (public domain). Towns: GeoNames (CC BY 4.0) and the project's gazetteer.",
)
CLAIMS_PAGE = "claims-control.html#control-{}"  # all those on a place
CLAIM_ROW = "explorer.html#claim-{}"
FIGHT_CLAIMS = "claims.html#casualties-{}"  # all those on the casualties of an event


class Look(NamedTuple):
    """What decides how a town is drawn, as draw_symbol of the printed map has it."""

    state: str  # held (or shared, which its holders say), contested, empty, presumed, unknown
    holders: tuple
    certainty: str  # low is hollow; all else is "high"


def _claims_of(place_id):
    """Where the page of claims lists those on a place."""
    return CLAIMS_PAGE.format(place_id.replace("_", "-"))


def draw(spells, claims, towns, actors, phase_rows, cited, fights, events):
    """The map with its line of time, key, histories and fights as a fragment of HTML.

    spells : the spells of one reading (territory.reading). claims : control_claims.
    towns : the places drawn (territory.populated). actors : for the names of holders.
    phase_rows : their first and last day bound the time. cited : source_id to the words that cite it.
    fights : casualties.fights. events : for the days of the turns.
    """
    first, last = phase_rows["first_day"].min(), phase_rows["last_day"].max()
    runs = territory.runs(spells, claims, towns, first, last)
    dates = events.set_index("event_id")["date"]
    turns = {
        event_id: time_strip.Turn(pd.Timestamp(bounds(dates[event_id])[0]), name) for event_id, name in TURNS.items()
    }
    data = dated_states(runs, towns, actors) | {
        "turns": {f"{turn.day:%Y-%m-%d}": turn.name for turn in turns.values()},
        "fights": fight_days(fights),
        "areaPerDead": AREA_PER_DEAD,
        "leastWidth": LEAST_WIDTH,
        "numberHalf": NUMBER_HALF,
    }
    symbols = symbol_ids(data)
    shown = towns.sort_values("name", ignore_index=True)
    items = _fight_items(fights)
    return "\n".join(
        [
            '<section class="dated-map" id="dated-map" aria-label="Map of control by date"><div class="dm-stage">',
            f'<p class="dm-date"><output for="dm-slider" id="dm-day" aria-live="polite">{_text(day(data["opens"]))}</output></p>',
            '<div class="dm-card">',
            _map(data, symbols, towns, fights),
            _targets(data, towns),
            "</div>",
            _time(data, fights, turns),
            _side(data, fights, items),
            f'<p class="dm-strip-key">{_text(line_caption(fights))}</p>',
            "</div>",
            _legend(symbols, towns),
            f'<p class="dm-notes">{_text(" ".join((cm.NO_CLAIM, *NOTES)))}</p>',
            _histories(data, runs, spells, claims, shown, actors, cited),
            f'<details id="dm-fights"><summary><strong>All fights</strong> between both sides, with place, dead and claims</summary><ol>{"".join(items)}</ol></details></div>',
            f'<script type="application/json" id="dated-map-data">{_json(data)}</script>',
            "</section>",
        ]
    )


# States ---------------------------------------------------------------------------------------------


def dated_states(town_runs, towns, actors):
    """Everything that depends on the day, as a dict for JSON.

    first, last (ISO: the days between which the slider moves), opens (the day that a reader sees first: the eve of the battle of Gao),
    dates (ISO: the first day, and every later one on which the state of a town changes), summaries and changes (sentences per date),
    moved (place_ids whose holders are others than the day before, per date),
    ways (each state, holders and certainty once, with its words and the symbol that draws it), towns (by place_id: name,
    and per date the number of its way).
    """
    last = town_runs["end"].max() - pd.Timedelta(days=1)
    dates = sorted(set(town_runs["start"]))
    numbers, ways = {}, []
    at = {place_id: [None] * len(dates) for place_id in towns["place_id"]}
    symbols = {}
    for run, look in zip(town_runs.itertuples(), looks(town_runs), strict=True):
        way = (run.state, run.holders, run.certainty)
        if way not in numbers:
            numbers[way] = len(ways)
            symbol = symbols.setdefault(look, f"dm-{len(symbols)}")
            ways.append(
                {
                    "state": run.state,
                    "holders": list(run.holders),
                    "certainty": run.certainty,
                    "symbol": symbol,
                    "words": state_in_words(*way, actors),
                    "look": look,
                }
            )
        for number, date in enumerate(dates):
            if run.start <= date < run.end:
                at[run.place_id][number] = numbers[way]
    names = towns.set_index("place_id")["name"]
    steps = [
        {place_id: (ways[row[before]], ways[row[now]]) for place_id, row in at.items()}
        for before, now in pairwise(range(len(dates)))
    ]
    return {
        "first": f"{dates[0]:%Y-%m-%d}",
        "last": f"{last:%Y-%m-%d}",
        "opens": f"{min(max(dates[0], pd.Timestamp(EVE)), last):%Y-%m-%d}",
        "dates": [f"{date:%Y-%m-%d}" for date in dates],
        "summaries": [summary([ways[row[number]]["look"] for row in at.values()]) for number in range(len(dates))],
        "changes": ["", *(changes(step, names, actors) for step in steps)],
        "moved": [[], *([place_id for place_id, pair in step.items() if _other_holders(*pair)] for step in steps)],
        "ways": ways,
        "towns": {place_id: {"name": names[place_id], "at": row} for place_id, row in at.items()},
    }


def state_number(data, date):
    """The number of the date of the data whose states are those of a day (ISO)."""
    return max(number for number, start in enumerate(data["dates"]) if start <= date)


def fight_days(fights):
    """For each fight what the page needs to show it when its day comes: event, from, until (ISO), best (people; missing: no number), and for those on the map place, near (known roughly)."""
    return [
        {"event": row.event_id, "from": f"{row.first:%Y-%m-%d}", "until": f"{row.last:%Y-%m-%d}"}
        | ({"best": int(row.best)} if row.reported else {})
        | ({"place": row.place_id, "near": row.place_precision != "exact"} if pd.notna(row.latitude) else {})
        for row in fights.itertuples()
    ]


def recent(fights, date):
    """The fights that lie, or may lie, in the weeks to a day."""
    when = pd.Timestamp(date)
    return fights[fights["first"].le(when) & fights["last"].gt(when - pd.Timedelta(weeks=WEEKS))]


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
        "held": "held by",
        "shared": "shared by",
        "contested": "contested:",
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
    rest = Counter(
        "shared" if look.state == "held" else look.state
        for look in town_looks
        if look.state != "held" or len(look.holders) > 1
    )
    for state, one, more in (
        ("shared", "is shared", "are shared"),
        ("contested", "is contested", "are contested"),
        ("empty", "has no armed force", "have no armed force"),
        ("presumed", "has a presumed holder", "have a presumed holder"),
        ("unknown", "has no documented holder", "have no documented holder"),
    ):
        if rest[state]:
            parts.append(f"{rest[state]} {one if rest[state] == 1 else more}")
    return f"Of {counted(len(town_looks), 'place')}, {listed(parts)}."


def changes(step, names, actors):
    """What is new on a date, in sentences; to lose sight of a town, or to see it again, is no change of hands.

    step : the ways of the day before and of the date, by place_id.
    """
    told, short = {}, actors.set_index("actor_id")["short_name"]
    for place_id, (before, now) in step.items():
        if before != now:
            kind = _kind_of_change(before, now)
            whose = f" ({listed(short[list(now['holders'])])})" if kind in CHANGES[:2] and now["holders"] else ""
            told.setdefault(kind, []).append(names[place_id] + whose)
    return " ".join(f"{kind}: {listed(sorted(told[kind]))}." for kind in CHANGES if kind in told)


CHANGES = (
    "New holders",
    "Holder documented from this day",
    "No holder documented from this day",
    "Only presumed from this day",
    "Documented again",
    "Same holders, other state or certainty",
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


def _time(data, fights, turns):
    """The line of time, and for readers whose browser runs the script the slider on it and its buttons."""
    dates = [pd.Timestamp(date) for date in data["dates"]]
    steps = (pd.Timestamp(data["last"]) - dates[0]).days
    opens = pd.Timestamp(data["opens"])
    drawn_dates, moved = (
        (dates, data["moved"])
        if data["dates"][-1] == data["last"]
        else ([*dates, pd.Timestamp(data["last"])], [*data["moved"], []])
    )
    return (
        '<div class="dm-time"><div class="dm-line">'
        f"{time_strip.draw(drawn_dates, moved, fights, turns, opens)}"
        f'<input class="with-script" type="range" id="dm-slider" min="0" max="{steps}" step="1" value="{(opens - dates[0]).days}" aria-label="Day of the map" aria-valuetext="{_text(day(opens))}" /></div>'
        '<div class="dm-buttons with-script"><button type="button" id="dm-previous" aria-label="Earlier: to the change or fight before">Earlier</button>'
        '<button type="button" id="dm-play">Play</button><button type="button" id="dm-next" aria-label="Later: to the next change or fight">Later</button>'
        f'<label for="dm-date">Go to <input type="date" id="dm-date" min="{data["first"]}" max="{data["last"]}" value="{data["opens"]}" /></label>'
        f'<a id="dm-link" href="#date={data["opens"]}">Link to this day</a></div>'
        '<p class="dm-note" id="dm-note" role="status"></p></div>'
    )


def line_caption(fights):
    """How to read the line of time, and by whose word its dead are."""
    voices = {words: int(fights[voice].sum()) for voice, words in VOICES.items()}
    return (
        "Bars: people reported killed in fights between both sides, best number (ring: nobody, or no number). Ticks: changes in the towns, long where holders change. "
        f"{SUMS} Whose word the {int(fights['best'].sum())} dead are: {listed(f'{words} {number}' for words, number in voices.items() if number)}."
    )


def _side(data, fights, items):
    """What the day brought, the fights of the weeks to it, and where the history of a town opens."""
    number = state_number(data, data["opens"])
    now, quiet = recent(fights, data["opens"]), "" if data["dates"][number] == data["opens"] else " dm-quiet"
    rows = "".join(
        item for item, event_id in zip(items, fights["event_id"], strict=True) if event_id in set(now["event_id"])
    )
    return (
        '<div class="dm-side"><div class="dm-told">'
        f'<p class="dm-changes{quiet}" id="dm-changes" aria-live="polite">{_text(_change_told(data, data["opens"]))}</p>'
        f'<p id="dm-summary">{_text(data["summaries"][number])}</p>'
        f'<p class="dm-toll" id="dm-toll" data-weeks="{WEEKS}">{_text(toll(len(now), int(now["best"].sum())))}</p><ul id="dm-recent">{rows}</ul>'
        '<p class="dm-hint with-script">Choose a town on the map to read its history.</p></div>'
        '<dialog class="dm-town" id="dm-town" aria-labelledby="dm-town-name"><div><header><h2 id="dm-town-name" tabindex="-1">Town</h2>'
        '<button type="button" id="dm-close">Close</button></header><div id="dm-town-body"></div></div></dialog></div>'
    )


def _change_told(data, date):
    """What changed on a day (ISO), or when the last change was."""
    number = state_number(data, date)
    start = data["dates"][number]
    return data["changes"][number] if start == date else f"No change on this day; the last was on {day(start)}."


def toll(number, killed):
    """How many fights there were in the weeks to the day, and how many dead they count by the best numbers, in a sentence."""
    weeks = f"Fights in the {WEEKS} weeks to this day"
    return (
        f"{weeks}: {number}, with {killed} reported killed by the best numbers."
        if number
        else f"{weeks}: none reported."
    )


def _map(data, symbols, towns, fights):
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
            f'<g class="dm-mark{moved}" data-town="{_text(town.place_id)}" transform="translate({x} {y}) scale({scale})">'
            f'<circle class="dm-ring" r="{cm.RING_RADIUS + 1}" fill="none" stroke="{INK}" stroke-width="1.4" />'
            f'<use href="#{way["symbol"]}" x="{-SYMBOL_BOX}" y="{-SYMBOL_BOX}" width="{2 * SYMBOL_BOX}" height="{2 * SYMBOL_BOX}" /></g>'
        )
    return (
        f'<svg class="dm-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="dm-title dm-desc">'
        f'<title id="dm-title">Who held the towns of northern Mali, {_text(day(data["opens"]))}</title>'
        f'<desc id="dm-desc">{_text(data["summaries"][number])}</desc><defs>{defs}{HATCH}</defs>'
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
            f'<g class="dm-fight{kind}" data-place="{_text(place_id)}" data-inner="{inner}" transform="translate({x} {y})">'
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


def _targets(data, towns):
    """What a reader can point at or reach with the Tab key: a link per town over the drawing, to its history.

    They are a drawing of their own, because what lies within an image has no role.
    """
    points, links = _points(towns), []
    for town in towns.sort_values("name").itertuples():
        x, y = _pixel(*points[town.place_id])
        words = data["ways"][data["towns"][town.place_id]["at"][state_number(data, data["opens"])]]["words"]
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
    "dead": f"Red: people reported killed in fights of the {WEEKS} weeks to the day; its area is the best number",
    "near": "Red, broken edge: a fight whose place is known roughly",
    "no_dead": "Red ring: a fight with nobody reported killed, or without a number",
    "approximate": cm.READING["approximate"],
    "region_border": cm.READING["region_border"],
}


def _legend(symbols, towns):
    """The shapes of the holders, and how to read the signs."""
    rows = [
        (Look("held", (who,), "high"), holder.label)
        for who, holder in HOLDERS.items()
        if Look("held", (who,), "high") in symbols
    ]
    rows += LEGEND.items()
    if not towns["coordinate_precision"].isin(cm.DISC_RADIUS).any():
        rows = [row for row in rows if row[0] != "approximate"]
    items = "".join(
        f'<li><svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 24 24" width="30" height="30" aria-hidden="true">{_sample(sample, symbols)}</svg><span>{_text(words)}</span></li>'
        for sample, words in rows
    )
    return f'<details class="dm-key" open=""><summary>Key: how to read the map</summary><ul class="dm-legend" aria-label="Key">{items}</ul></details>'


def _sample(sample, symbols):
    if isinstance(sample, Look):
        return f'<use href="#{symbols[sample]}" x="{-SYMBOL_BOX}" y="{-SYMBOL_BOX}" width="{2 * SYMBOL_BOX}" height="{2 * SYMBOL_BOX}" />'
    if sample == "changed":
        return f'<circle r="{cm.RING_RADIUS}" fill="none" stroke="{INK}" stroke-width="1.4" />'
    if sample in ("dead", "near", "no_dead"):
        filled = 'fill="none"' if sample == "no_dead" else f'fill="{DEAD}" fill-opacity=".55"'
        broken = 'stroke-dasharray="4 2.6" ' if sample == "near" else ""
        return f'<circle r="8" stroke="{DEAD}" stroke-width="1.4" {filled} {broken}/>'
    if sample == "approximate":
        return _disc(0, 0, 8.5, 1)
    return f'<path d="M-10 0H10" stroke="{paint("region", base.REGION_BORDER)}" stroke-width="1.4" stroke-dasharray="4 2" />'


def _histories(data, runs, spells, claims, towns, actors, cited):
    """Each town with a bar of its holders over the whole time, and its spells in a list, closed until a reader opens it."""
    items, said = [], claims.set_index("claim_id")["source_id"].map(cited)
    pictured = drawn(runs)
    number = state_number(data, data["opens"])
    for town in towns.itertuples():
        own = spells[spells["place_id"] == town.place_id]
        own = own.assign(first=[bounds(start)[0] for start in own["start"]]).sort_values("first")
        rows = "".join(_spell(spell, own, claims, actors, said) for spell in own.itertuples())
        now = data["ways"][data["towns"][town.place_id]["at"][number]]["words"]
        items.append(
            f'<details id="history-{_text(town.place_id)}" data-town="{_text(town.place_id)}"><summary><strong>{_text(town.name)}</strong> <span class="dm-now">{_text(now)}</span>'
            f"{_bar(pictured[pictured['place_id'] == town.place_id])}</summary>"
            + (f"<ol>{rows}</ol>" if rows else "<p>No holder is documented for any day.</p>")
            + f'<p><a href="{_text(_claims_of(town.place_id))}">All claims on {_text(town.name)}</a> <span class="dm-back">· <a href="#dated-map">Back to the map</a></span></p></details>'
        )
    return (
        '<div class="dm-histories"><p class="dm-heading">The history of each town. Beside its name: its state on the day of the map, and a bar '
        f"of its holders over the whole time: pale for low certainty, hatched for presumed. Days between spells have no documented holder.</p>{''.join(items)}"
    )


HATCH = f'<pattern id="dm-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="{SHEET}" stroke-width="4" /></pattern>'
PALE = 0.45  # opacity where certainty is low


def _bar(runs):
    """The holders of one town over the whole time as a bar; days without a documented holder are left empty. The list beside it says the same."""
    first, after = runs["start"].min(), runs["end"].max()
    parts = []
    for run in runs[runs["state"].ne("unknown")].itertuples():
        x, wide = (
            f"{100 * share:.2f}%"
            for share in ((run.start - first) / (after - first), (run.end - run.start) / (after - first))
        )
        if not run.holders:
            parts.append(f'<rect x="{x}" width="{wide}" y="1" height="{BAR_HIGH - 2}" fill="none" />')
        high = BAR_HIGH / max(1, len(run.holders))
        pale = f' fill-opacity="{PALE}"' if run.certainty == "low" else ""
        for number, holder in enumerate(run.holders):
            box = f'x="{x}" width="{wide}" y="{number * high:.4g}" height="{high:.4g}"'
            parts.append(f'<rect {box} fill="{HOLDERS[holder].colour}"{pale} />')
        if run.state == "presumed":
            parts.append(f'<rect x="{x}" width="{wide}" height="{BAR_HIGH}" fill="url(#dm-hatch)" />')
    return f'<svg class="dm-bar" xmlns="http://www.w3.org/2000/svg" width="100%" height="{BAR_HIGH}" aria-hidden="true" stroke="{INK}" stroke-width=".5">{"".join(parts)}</svg>'


def _fight_items(fights):
    """One list item per fight: day, place, dead, by whose word, and the claims."""
    items = []
    for fight in fights.itertuples():
        claims = FIGHT_CLAIMS.format(make_id(f"{fight.name}, {short_date(fight.date)}"))
        where = "" if pd.notna(fight.latitude) else " No point on the map is known."
        items.append(
            f'<li data-event="{_text(fight.event_id)}"><strong>{_text(in_words(fight.date))}</strong> <span>{_text(fight.name)}</span>: {_text(dead_in_words(fight))}.{where}'
            + (
                f' <a href="{_text(claims)}" aria-label="Claims: {_text(fight.name)}">Claims</a>'
                if fight.reported
                else ""
            )
            + "</li>"
        )
    return items


def dead_in_words(fight):
    """The dead of a fight with the range and whose word the best is: "35 reported killed (20 to 35 or more), by the word of third parties"."""
    if not fight.reported:
        return "nobody gives a number of dead"
    found = {voice: int(getattr(fight, voice)) for voice in VOICES if getattr(fight, voice)}
    span = number_range(pd.Series(fight._asdict()))
    spread = f" ({span})" if span != f"{fight.best}" else ""
    if not found:
        return f"{fight.best or 'nobody'} reported killed{spread}"
    whose = (
        VOICES[next(iter(found))]
        if len(found) == 1
        else listed(f"{number} by that of {VOICES[voice]}" for voice, number in found.items())
    )
    return (
        f"{fight.best} reported killed{spread}, by the word of {whose}"
        if len(found) == 1
        else f"{fight.best} reported killed{spread}, {whose.replace('that', 'the word', 1)}"
    )


def _spell(spell, own, claims, actors, said):
    """One spell in words: dates, state, holders, certainty, the days on which it is only presumed, claims."""
    words = state_in_words(spell.state, spell.holder, spell.certainty, actors)
    parts = territory.spell_parts(own[own["spell_id"] == spell.spell_id], claims)
    presumed = []
    for part in parts[parts["state"] == "presumed"].itertuples():
        after = part.end == territory.FAR
        presumed.append(
            f"from {day(part.start)}" if after else f"{day(part.start)} to {day(part.end - pd.Timedelta(days=1))}"
        )
    text = f"{_since(spell.start)} {_until(spell.end)}: {words}."
    if presumed:
        text += f" Only presumed {listed(presumed)}."
    if not pd.isna(spell.note):
        text += f" {spell.note}"
    rows = [f'<a href="{CLAIM_ROW.format(claim)}">{_text(said[claim])}</a>' for claim in spell.control_claims]
    days = (
        f' data-from="{parts["start"].min():%Y-%m-%d}" data-after="{parts["end"].max():%Y-%m-%d}"' if len(parts) else ""
    )
    return f"<li{days}>{_text(text)} Claims: {'; '.join(rows)}.</li>"


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


def _disc(x, y, radius, width):
    """The area in which a place known roughly lies."""
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius:g}" fill="{MUTE}" fill-opacity=".14" stroke="{MUTE}" '
        f'stroke-width="{width}" stroke-dasharray="{1.4 * width:g} {2 * width:g}" />'
    )


def _discs(points, towns):
    inexact = towns[towns["coordinate_precision"].isin(cm.DISC_RADIUS)]
    return "".join(
        _disc(*_pixel(*points[town.place_id]), round(cm.DISC_RADIUS[town.coordinate_precision] * PIXELS_PER_POINT), 2)
        for town in inexact.itertuples()
    )


def _names(points, towns, spots, fought):
    """The names of the towns, of spots (places of fights that are no towns; unseen unless fought over), and of areas where there is room, as two texts of SVG, and the boxes they fill.

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
            f'<text class="dm-name{capital}{away}" data-{whose}="{_text(place_id)}" x="{x}" y="{y}" text-anchor="{ANCHORS[label.align]}">{_text(label.lines[0].text)}</text>'
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
            f'<text class="dm-area" x="{x}" y="{y}" dy=".35em" fill="{colour}"{turn}>{_text(area["text"])}</text>'
        )
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
        f'<path fill="none" stroke="{INK}" stroke-width="3" d="M{x1} {y - 10}V{y}H{x2}V{y - 10}" />'
        f'<text x="{(x1 + x2) // 2}" y="{y - 9}" text-anchor="middle" class="dm-name" font-size="{round(NAME_SIZE * PIXELS_PER_POINT)}" fill="{INK}">{SCALE_KM} km</text>'
    )


# Symbols, in points, y down; the same shapes as control_map.draw_symbol ------------------------------


def symbol(look):
    """The inside of the symbol of a look."""
    if look.state == "unknown":
        return (
            f'<circle r="{cm.SYMBOL_RADIUS}" fill="{DISC}" stroke="{MUTE}" stroke-width=".9" />'
            f'<text y="2.8" font-size="8" font-weight="bold" text-anchor="middle" fill="{MUTE}">?</text>'
        )
    if look.state == "empty":
        return f'<circle r="{cm.SYMBOL_RADIUS}" fill="{SHEET}" stroke="{INK}" stroke-width="1.6" />'
    hollow = look.certainty == "low"
    parts = [_burst()] if look.state == "contested" else []
    if len(look.holders) == 1:
        parts.append(_marker(HOLDERS[look.holders[0]], hollow))
    elif look.holders:
        parts.append(_split_disc([HOLDERS[holder].colour for holder in look.holders], hollow))
    if look.state == "presumed":
        parts.append(
            f'<text x="3.6" y="-5" font-size="9" font-weight="bold" fill="{INK}" stroke="{SHEET}" stroke-width="2.4" stroke-linejoin="round" paint-order="stroke">?</text>'
        )
    return "".join(parts)


def _marker(holder, hollow):
    scale = cm.MARKER_SCALE[holder.marker]
    marker = MarkerStyle(holder.marker)
    shape = marker.get_path().transformed(marker.get_transform())
    lift = {"^": -0.4, "v": 0.4}.get(holder.marker, 0.0)
    outline = _path(shape.transformed(Affine2D().scale(scale, -scale).translate(0, -lift)))
    parts = f'<path fill="{SHEET}" stroke="{SHEET}" stroke-width="{cm.CASING_WIDTH}" stroke-linejoin="round" d="{outline}" />'
    parts += f'<path fill="{holder.colour}" stroke="{INK}" stroke-width="{cm.EDGE_WIDTH}" d="{outline}" />'
    if hollow:
        middle = _path(shape.transformed(Affine2D().scale(scale * 0.46, -scale * 0.46).translate(0, -lift)))
        parts += f'<path fill="#fff" d="{middle}" />'
    return parts


def _split_disc(colours, hollow):
    """A disc with one sector per force, the first on the left."""
    radius = cm.SYMBOL_RADIUS + 0.8
    angles = np.radians(90 + np.arange(len(colours) + 1) * 360 / len(colours))
    ends = [(radius * np.cos(angle), -radius * np.sin(angle)) for angle in angles]
    parts = f'<circle r="{radius}" fill="{SHEET}" stroke="{SHEET}" stroke-width="{cm.CASING_WIDTH}" />'
    for colour, (start, end) in zip(colours, pairwise(ends), strict=True):
        parts += (
            f'<path fill="{colour}" stroke="{SHEET}" stroke-width=".7" '
            f'd="M0 0L{start[0]:.2f} {start[1]:.2f}A{radius} {radius} 0 0 0 {end[0]:.2f} {end[1]:.2f}z" />'
        )
    parts += f'<circle r="{radius}" fill="none" stroke="{INK}" stroke-width="{cm.EDGE_WIDTH}" />'
    if hollow:
        parts += f'<circle r="{radius * 0.42:.2f}" fill="#fff" />'
    return parts


def _burst(points=10):
    """The star of a fight, drawn behind the forces."""
    angles = np.pi / 2 + np.arange(2 * points) * np.pi / points
    radii = np.where(np.arange(2 * points) % 2, cm.BURST_RADIUS * 0.72, cm.BURST_RADIUS + 1.2)
    corners = "L".join(
        f"{radius * np.cos(angle):.1f} {-radius * np.sin(angle):.1f}"
        for radius, angle in zip(radii, angles, strict=True)
    )
    return f'<path fill="{DISC}" stroke="{INK}" stroke-width="{cm.EDGE_WIDTH}" d="M{corners}z" />'


def _path(path):
    """Path data of a matplotlib path."""
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "z"}
    return "".join(
        letters[code]
        + ("" if code == Path.CLOSEPOLY else " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in vertices))
        for vertices, code in path.iter_segments(simplify=False)
    )
