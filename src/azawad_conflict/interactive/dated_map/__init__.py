"""The map of who held which town on any day, with the fights of the weeks before it and a line of time: one fragment of HTML.

The fragment stands without JavaScript: the map of the day on which it opens, the line of time, the history of every town and
all fights. book/_static/dated-map.js sets the other days from the JSON in the fragment; book/_static/dated-map.css has the looks,
and the colours of the dark form (style.paint). Nothing in it has an inline style or handler, so that a strict content security
policy holds.
"""

import json

import pandas as pd
from docutils.nodes import make_id

from azawad_conflict import territory
from azawad_conflict.casualties import VOICES
from azawad_conflict.edtf_dates import bounds, in_words
from azawad_conflict.figures.front.course import TURNS
from azawad_conflict.figures.parts import basemap as base
from azawad_conflict.figures.parts import time_strip, town_symbols
from azawad_conflict.figures.parts.style import HOLDERS, drawn, paint
from azawad_conflict.figures.territory import map_legend
from azawad_conflict.interactive.dated_map.drawing import (
    AREA_PER_DEAD,
    LEAST_WIDTH,
    NUMBER_HALF,
    map_svg,
    targets,
    text_of,
)
from azawad_conflict.interactive.dated_map.states import (
    CLAIM_ROW,
    FIGHT_CLAIMS,
    LEGEND,
    WEEKS,
    Look,
    claims_of,
    dated_states,
    dead_in_words,
    fight_days,
    recent,
    since,
    state_in_words,
    state_number,
    toll,
    until,
)
from azawad_conflict.interactive.dated_map.symbols import DEAD, INK, SYMBOL_BOX, disc, symbol_ids
from azawad_conflict.wording import SUMS, day, listed, short_date

BAR_HIGH = 14  # pixels of the bar of a town's holders
NOTES = (
    map_legend.NOTES[0],
    map_legend.NOTES[1],
    "Map data: Natural Earth (public domain). Towns: GeoNames (CC BY 4.0) and the project's gazetteer.",
)


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
            f'<p class="dm-date"><output for="dm-slider" id="dm-day" aria-live="polite">{text_of(day(data["opens"]))}</output></p>',
            '<div class="dm-card">',
            map_svg(data, symbols, towns, fights),
            targets(data, towns),
            "</div>",
            _time(data, fights, turns),
            _side(data, fights, items),
            f'<p class="dm-strip-key">{text_of(line_caption(fights))}</p>',
            "</div>",
            _legend(symbols, towns),
            f'<p class="dm-notes">{text_of(" ".join((map_legend.NO_CLAIM, *NOTES)))}</p>',
            _histories(data, runs, spells, claims, shown, actors, cited),
            f'<details id="dm-fights"><summary><strong>All fights</strong> between both sides, with place, dead and claims</summary><ol>{"".join(items)}</ol></details></div>',
            f'<script type="application/json" id="dated-map-data">{_json(data)}</script>',
            "</section>",
        ]
    )


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
        f'<input class="with-script" type="range" id="dm-slider" min="0" max="{steps}" step="1" value="{(opens - dates[0]).days}" aria-label="Day of the map" aria-valuetext="{text_of(day(opens))}" /></div>'
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
        f'<p class="dm-changes{quiet}" id="dm-changes" aria-live="polite">{text_of(_change_told(data, data["opens"]))}</p>'
        f'<p id="dm-summary">{text_of(data["summaries"][number])}</p>'
        f'<p class="dm-toll" id="dm-toll" data-weeks="{WEEKS}">{text_of(toll(len(now), int(now["best"].sum())))}</p><ul id="dm-recent">{rows}</ul>'
        '<p class="dm-hint with-script">Choose a town on the map to read its history.</p></div>'
        '<dialog class="dm-town" id="dm-town" aria-labelledby="dm-town-name"><div><header><h2 id="dm-town-name" tabindex="-1">Town</h2>'
        '<button type="button" id="dm-close">Close</button></header><div id="dm-town-body"></div></div></dialog></div>'
    )


def _change_told(data, date):
    """What changed on a day (ISO), or when the last change was."""
    number = state_number(data, date)
    start = data["dates"][number]
    return data["changes"][number] if start == date else f"No change on this day; the last was on {day(start)}."


def _legend(symbols, towns):
    """The shapes of the holders, and how to read the signs."""
    rows = [
        (Look("held", (who,), "high"), holder.label)
        for who, holder in HOLDERS.items()
        if Look("held", (who,), "high") in symbols
    ]
    rows += LEGEND.items()
    if not towns["coordinate_precision"].isin(town_symbols.DISC_RADIUS).any():
        rows = [row for row in rows if row[0] != "approximate"]
    items = "".join(
        f'<li><svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 24 24" width="30" height="30" aria-hidden="true">{_sample(sample, symbols)}</svg><span>{text_of(words)}</span></li>'
        for sample, words in rows
    )
    return f'<details class="dm-key" open=""><summary>Key: how to read the map</summary><ul class="dm-legend" aria-label="Key">{items}</ul></details>'


def _sample(sample, symbols):
    if isinstance(sample, Look):
        return f'<use href="#{symbols[sample]}" x="{-SYMBOL_BOX}" y="{-SYMBOL_BOX}" width="{2 * SYMBOL_BOX}" height="{2 * SYMBOL_BOX}" />'
    if sample == "changed":
        return f'<circle r="{town_symbols.RING_RADIUS}" fill="none" stroke="{INK}" stroke-width="1.4" />'
    if sample in ("dead", "near", "no_dead"):
        filled = 'fill="none"' if sample == "no_dead" else f'fill="{DEAD}" fill-opacity=".55"'
        broken = 'stroke-dasharray="4 2.6" ' if sample == "near" else ""
        return f'<circle r="8" stroke="{DEAD}" stroke-width="1.4" {filled} {broken}/>'
    if sample == "approximate":
        return disc(0, 0, 8.5, 1)
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
            f'<details id="history-{text_of(town.place_id)}" data-town="{text_of(town.place_id)}"><summary><strong>{text_of(town.name)}</strong> <span class="dm-now">{text_of(now)}</span>'
            f"{_bar(pictured[pictured['place_id'] == town.place_id])}</summary>"
            + (f"<ol>{rows}</ol>" if rows else "<p>No holder is documented for any day.</p>")
            + f'<p><a href="{text_of(claims_of(town.place_id))}">All claims on {text_of(town.name)}</a> <span class="dm-back">· <a href="#dated-map">Back to the map</a></span></p></details>'
        )
    return (
        '<div class="dm-histories"><p class="dm-heading">The history of each town. Beside its name: its state on the day of the map, and a bar '
        f"of its holders over the whole time: pale for low certainty, hatched for presumed. Days between spells have no documented holder.</p>{''.join(items)}"
    )


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
            f'<li data-event="{text_of(fight.event_id)}"><strong>{text_of(in_words(fight.date))}</strong> <span>{text_of(fight.name)}</span>: {text_of(dead_in_words(fight))}.{where}'
            + (
                f' <a href="{text_of(claims)}" aria-label="Claims: {text_of(fight.name)}">Claims</a>'
                if fight.reported
                else ""
            )
            + "</li>"
        )
    return items


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
    text = f"{since(spell.start)} {until(spell.end)}: {words}."
    if presumed:
        text += f" Only presumed {listed(presumed)}."
    if not pd.isna(spell.note):
        text += f" {spell.note}"
    rows = [
        f'<a href="{text_of(CLAIM_ROW.format(claim))}">{text_of(said[claim])}</a>' for claim in spell.control_claims
    ]
    days = (
        f' data-from="{parts["start"].min():%Y-%m-%d}" data-after="{parts["end"].max():%Y-%m-%d}"' if len(parts) else ""
    )
    return f"<li{days}>{text_of(text)} Claims: {'; '.join(rows)}.</li>"
