"""The map of who held which town on any day, with the fights of the weeks before and a line of time.

Without JavaScript a reader sees the map of the day on which it opens, the line of time, the history
of every town and all fights. book/_static/dated-map.js sets the other days from the JSON in the
page; book/_static/dated-map.css has the looks, and the colours of the dark form (style.paint). The
markup is in templates/dated_map.html, without inline styles or handlers, so that a strict content
security policy holds.
"""

import pandas as pd
from docutils.nodes import make_id

from azawad_conflict import territory
from azawad_conflict.casualties import VOICES
from azawad_conflict.edtf_dates import bounds, in_words
from azawad_conflict.evidence.addresses import claim_links
from azawad_conflict.figures.front.course import TURNS
from azawad_conflict.figures.parts import time_strip, town_symbols
from azawad_conflict.figures.parts.charts import HOLLOW
from azawad_conflict.figures.parts.style import HOLDERS, drawn
from azawad_conflict.figures.territory import map_legend
from azawad_conflict.interactive.dated_map.drawing import AREA_PER_DEAD, LEAST_WIDTH, NUMBER_HALF, parts
from azawad_conflict.interactive.dated_map.states import (
    FIGHT_CLAIMS,
    LEGEND,
    WEEKS,
    WORDS,
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
from azawad_conflict.interactive.dated_map.symbols import SYMBOL_BOX, disc, symbol_ids
from azawad_conflict.language import N_, _, day_of_month, months, number, said
from azawad_conflict.templates import render
from azawad_conflict.wording import SUMS, day, listed, short_date

BAR_HIGH = 14  # pixels of the bar of a town's holders
NOTES = (
    map_legend.NO_CLAIM,
    map_legend.NOTES[0],
    N_("Places named in press reports can be off by about 50 km (Weidmann 2015)."),
    N_("Map data: Natural Earth (public domain). Towns: GeoNames (CC BY 4.0) and the project's gazetteer."),
)


def draw(
    spells: pd.DataFrame,
    claims: pd.DataFrame,
    towns: pd.DataFrame,
    actors: pd.DataFrame,
    phase_rows: pd.DataFrame,
    cited: dict[str, str],
    fights: pd.DataFrame,
    events: pd.DataFrame,
) -> str:
    """Return the map with its line of time, key, histories and fights as a fragment of HTML.

    spells : the spells of one reading (territory.reading). claims : control_claims.
    towns : the places drawn (territory.populated). actors : for the names of holders.
    phase_rows : their first and last day bound the time. cited : source_id to the words that cite
    it.
    fights : casualties.fights. events : for the days of the turns.
    """
    spells, towns = spells.assign(note=said(spells["note"])), towns.assign(name=said(towns["name"]))
    actors = actors.assign(short_name=said(actors["short_name"]))
    fights = fights.assign(name=said(fights["name"]), place_name=said(fights["place_name"]))
    first, last = phase_rows["first_day"].min(), phase_rows["last_day"].max()
    runs = territory.runs(spells, claims, towns, first, last)
    dates = events.set_index("event_id")["date"]
    turns = {
        event_id: time_strip.Turn(pd.Timestamp(bounds(dates[event_id])[0]), name) for event_id, name in TURNS.items()
    }
    data = dated_states(runs, towns, actors) | {
        "words": dict(WORDS.items()),
        "days": [day_of_month(day) for day in range(1, 32)],
        "months": months(),
        "turns": {f"{turn.day:%Y-%m-%d}": turn.name for turn in turns.values()},
        "fights": fight_days(fights),
        "areaPerDead": AREA_PER_DEAD,
        "leastWidth": LEAST_WIDTH,
        "numberHalf": NUMBER_HALF,
    }
    symbols = symbol_ids(data)
    opens = data["opens"]
    place, now = state_number(data, opens), recent(fights, opens)
    return render(
        "dated_map.html",
        data={**data, "ways": [{key: value for key, value in way.items() if key != "look"} for way in data["ways"]]},
        day=day(opens),
        days=(pd.Timestamp(data["last"]) - pd.Timestamp(data["first"])).days,
        days_to_opening=(pd.Timestamp(opens) - pd.Timestamp(data["first"])).days,
        map=parts(data, symbols, towns, fights),
        strip=_strip(data, fights, turns),
        title=WORDS["title"].format(day=day(opens)),
        is_quiet=data["dates"][place] != opens,
        change=_change_told(data, opens),
        summary=data["summaries"][place],
        weeks=WEEKS,
        toll=toll(len(now), int(now["best"].sum())),
        fights=[_fight(fight, fight.event_id in set(now["event_id"])) for fight in fights.itertuples()],
        line_caption=line_caption(fights),
        legend=_legend(symbols, towns),
        box=SYMBOL_BOX,
        ring=town_symbols.RING_RADIUS,
        roughly=disc(0, 0, 8.5, 1),
        notes=[_(note) for note in NOTES],
        histories=_histories(data, runs, spells, claims, towns, actors, cited),
        bar_high=BAR_HIGH,
    )


def _strip(data, fights, turns):
    """Return the line of time, which ends with the last day of the study."""
    dates, moved = data["dates"], data["moved"]
    if dates[-1] != data["last"]:
        dates, moved = [*dates, data["last"]], [*moved, []]
    return time_strip.parts(list(map(pd.Timestamp, dates)), moved, fights, turns, pd.Timestamp(data["opens"]))


def line_caption(fights: pd.DataFrame) -> str:
    """Say how to read the line of time, and by whose word its dead are."""
    voices = {words: int(fights[voice].sum()) for voice, words in VOICES.items()}
    words = _(
        "Bars: people reported killed in fights between both sides, best number (ring: nobody, or no number). "
        "Ticks: changes in the towns, long where holders change. {sums} Whose word the {number} dead are: {voices}."
    )
    told = listed(f"{voice} {number(dead)}" for voice, dead in voices.items() if dead)
    return words.format(sums=_(SUMS), number=number(int(fights["best"].sum())), voices=told)


def _change_told(data, date):
    """Say what changed on a day (ISO), or when the last change was."""
    place = state_number(data, date)
    start = data["dates"][place]
    return data["changes"][place] if start == date else WORDS["no_change"].format(day=day(start))


def _legend(symbols, towns):
    """Return the signs of the map with their words, the shapes of the holders first.

    symbol : the id of the symbol that draws the sign, None if the template draws it by its kind.
    """
    signs = {
        look: holder.name for who, holder in HOLDERS.items() if (look := Look("held", (who,), "high")) in symbols
    } | LEGEND
    if not towns["coordinate_precision"].isin(town_symbols.DISC_RADIUS).any():
        del signs["approximate"]
    return [
        {"symbol": symbols.get(sign), "kind": sign, "words": _(words).format(weeks=WEEKS)}
        for sign, words in signs.items()
    ]


def _histories(data, runs, spells, claims, towns, actors, cited):
    """Return for each town, by name, its state when the page opens, its bar and its spells."""
    sources, links = claims.set_index("claim_id")["source_id"].map(cited), claim_links(claims)
    pictured, place = drawn(runs), state_number(data, data["opens"])
    histories = []
    for town in towns.sort_values("name", ignore_index=True).itertuples():
        own = spells[spells["place_id"] == town.place_id]
        own = own.assign(first=[bounds(start)[0] for start in own["start"]]).sort_values("first")
        histories.append(
            {
                "place_id": town.place_id,
                "name": town.name,
                "now": data["ways"][data["towns"][town.place_id]["at"][place]]["words"],
                "bar": _bar(pictured[pictured["place_id"] == town.place_id]),
                "spells": [_spell(spell, own, claims, actors, sources, links) for spell in own.itertuples()],
                "claims": claims_of(town.name),
            }
        )
    return histories


def _bar(runs):
    """Return the holders of one town over the whole time as boxes; undocumented days have none.

    x and width : in per cent. y (None at the top of the bar) and height : in pixels. fill : None where a bar of low certainty
    is hollow. The list beside the bar says the same.
    """
    first, whole = runs["start"].min(), runs["end"].max() - runs["start"].min()
    boxes = []
    for run in runs[runs["state"].ne("unknown")].itertuples():
        across = {"x": 100 * ((run.start - first) / whole), "width": 100 * ((run.end - run.start) / whole)}
        if not run.holders:
            boxes.append(across | {"y": 1, "height": BAR_HIGH - 2, "fill": "none"})
        high = BAR_HIGH / max(1, len(run.holders))
        boxes += [
            across | {"y": place * high, "height": high, "fill": HOLDERS[holder].colour}
            for place, holder in enumerate(run.holders)
        ]
        if run.state == "presumed":
            boxes.append(across | {"y": None, "height": BAR_HIGH, "fill": "url(#dm-hatch)"})
        if run.certainty == "low":
            blank = high * HOLLOW
            boxes += [
                across | {"y": place * high + (high - blank) / 2, "height": blank, "fill": None}
                for place in range(len(run.holders))
            ]
    return boxes


def _fight(fight, is_recent):
    """Return one fight as an item of a list, in words, and the address of its claims."""
    claims = FIGHT_CLAIMS.format(make_id(f"{fight.name}, {short_date(fight.date)}"))
    return {
        "event_id": fight.event_id,
        "when": in_words(fight.date),
        "name": fight.name,
        "dead": dead_in_words(fight),
        "on_map": pd.notna(fight.latitude),
        "claims": claims if fight.reported else None,
        "is_recent": is_recent,
    }


def _spell(spell, own, claims, actors, sources, links):
    """Word one spell: dates, state, holders, certainty, days only presumed, and its claims."""
    words = state_in_words(spell.state, spell.holder, spell.certainty, actors)
    stretches = territory.spell_parts(own[own["spell_id"] == spell.spell_id], claims)
    presumed = [
        _("from {day}").format(day=day(part.start))
        if part.end == territory.FAR
        else _("{first} to {last}").format(first=day(part.start), last=day(part.end - pd.Timedelta(days=1)))
        for part in stretches[stretches["state"] == "presumed"].itertuples()
    ]
    sentences = [_("{since} {until}: {words}.").format(since=since(spell.start), until=until(spell.end), words=words)]
    if presumed:
        sentences.append(_("Only presumed {spans}.").format(spans=listed(presumed)))
    if not pd.isna(spell.note):
        sentences.append(spell.note)
    days = (f"{stretches['start'].min():%Y-%m-%d}", f"{stretches['end'].max():%Y-%m-%d}") if len(stretches) else None
    return {
        "days": days,
        "words": " ".join(sentences),
        "claims": [(links[claim], sources[claim]) for claim in spell.control_claims],
    }
