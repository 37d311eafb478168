"""The count under a reader's own rule: the choices of the multiverse as plain questions, and the numbers that answer to them.

The number of an incident depends on few choices, so the page carries small arrays per incident, target and reading and adds up
the numbers that the answers pick: the same sums as multiverse.combinations over the claims that a reading lets enter, for any
reader, without a connection. book/_static/own-rule.js does the adding.
"""

import json
from html import escape

import numpy as np
import pandas as pd

from azawad_conflict import multiverse
from azawad_conflict.casualties import SIDES
from azawad_conflict.counting.readings import PUBLISHED, claims_of
from azawad_conflict.interactive.own_rule.questions import GROUPS, HEARD, NO_NUMBER, QUESTION_OF, SHORT
from azawad_conflict.multiverse import AXIS, LATER, NAMED, SHAPE, SWITCHES, TARGETS, address_of
from azawad_conflict.wording import NO_BREAK, short_date

BIN = 5  # people: width of a bar of the histograms


def arrays_by_reading(readings, claims, events, actors, sources, phases):
    """reading_id to multiverse.incident_arrays over the claims that the reading lets enter, in the order of the readings."""
    return {
        reading.reading_id: multiverse.incident_arrays(
            claims_of(reading, claims, events, actors, sources), events, actors, sources, phases
        )
        for reading in readings.sort_values("number").itertuples()
    }


def form(heard, readings, distribution, events, worth):
    """Totals with their histograms, counts with a name, questions and incidents as a fragment of HTML.

    heard : arrays_by_reading. readings : for names and meanings. distribution : multiverse.distribution. events : for names and dates.
    worth : what the published totals are worth, in words. Unit: people reported killed. Without JavaScript the published numbers stand
    there, and beside each option what it alone would change.
    """
    totals = {reading: stated_totals(arrays) for reading, arrays in heard.items()}
    published = {target: _at(totals[PUBLISHED], target) for target in TARGETS}
    named = presets(readings, totals)
    return "\n".join(
        [
            '<section class="own-rule" id="own-rule" aria-label="The count under your own rule">',
            '<p class="without-script">To answer the questions here, a browser needs JavaScript. Without it the published numbers stand here, the counts '
            "with a name, and what each answer alone would change.</p>",
            _panel(published, distribution, named, _scale(totals)),
            '<div class="answers">',
            f"<p>The bars show which totals the {_combinations(distribution):,} combinations of answers give when every claim is heard. The line with a triangle is your total, "
            "the dashed line the published one; the short strokes below are the counts with a name. "
            "A share of the combinations is no probability: it counts ways of counting.</p>",
            '<p role="status" class="unseen"></p><p class="link-note" role="status" hidden></p>',
            _presets_table(named),
            f'<form aria-label="Questions">{"".join(_group(title, questions, readings, totals, published) for title, questions in GROUPS.items())}</form>',
            _incidents(heard[PUBLISHED], events),
            f"<p>What the published totals are worth: {escape(worth)}</p>",
            "</div>",
            f'<script type="application/json" id="own-rule-data">{_json(data(heard, distribution))}</script>',
            "</section>",
        ]
    )


def data(heard, distribution):
    """What the page adds up.

    switches and shape: their names and numbers of options; targets; readings; short: names of the targets; later: the places of the choices that older
    addresses do not know; numbers: the different arrays, each as (lengths of its axes, numbers); incidents: (event_id, target, the place of its
    array for each reading, -1 where that has none); distribution: for each side [total, combinations] pairs.
    A number is None where the choices leave the incident out.
    """
    places, incidents = {}, []
    for event_id, target in heard[PUBLISHED]:
        of_readings = [
            _flat(arrays[event_id, target]) if (event_id, target) in arrays else None for arrays in heard.values()
        ]
        incidents.append(
            [
                event_id,
                target,
                [-1 if array is None else places.setdefault(array, len(places)) for array in of_readings],
            ]
        )
    return {
        "switches": list(AXIS),
        "shape": list(SHAPE),
        "targets": list(TARGETS),
        "readings": list(heard),
        "short": SHORT,
        "later": [AXIS[name] for name in LATER],
        "numbers": [[list(lengths), list(numbers)] for lengths, numbers in places],
        "incidents": incidents,
        "distribution": {side: _counts(distribution, side).to_numpy().tolist() for side in SIDES},
    }


def presets(readings, totals):
    """One row per count with a name: words, meaning, heard (reading_id), address (multiverse.address_of), a total per target (missing: no number).

    totals : reading_id to target to the totals of all combinations. The published rule comes first, then the combinations of
    multiverse.NAMED, then the other readings under the published rule. Unit: people.
    """
    rows = [{"words": named.words, "meaning": "", "heard": PUBLISHED, "address": address_of(named)} for named in NAMED]
    rows += [
        {"words": row.name, "meaning": row.meaning, "heard": row.reading_id, "address": "0" * len(SHAPE)}
        for row in readings.sort_values("number")
        .set_index("reading_id", drop=False)
        .drop(PUBLISHED)
        .itertuples(index=False)
    ]
    for row in rows:
        row |= {target: _at(totals[row["heard"]], target, tuple(map(int, row["address"]))) for target in TARGETS}
    return pd.DataFrame(rows).astype(dict.fromkeys(TARGETS, "Int64"))


def stated_totals(arrays):
    """Target to the total of each combination, nan where no incident has a number: nothing was said, which is no zero."""
    told = {target: np.zeros(SHAPE, dtype=bool) for target in TARGETS}
    for (_, target), array in arrays.items():
        told[target] |= ~np.isnan(array)
    return {target: np.where(told[target], total, np.nan) for target, total in multiverse.totals_of(arrays).items()}


def _at(totals, target, place=(0,) * len(SHAPE)):
    """The total of one combination, None where it has no number."""
    total = totals[target][place]
    return None if np.isnan(total) else int(total)


def _flat(array):
    """The lengths of the axes of an array and its numbers in a row, without the axes along which nothing changes."""
    for axis in range(array.ndim):
        first = np.take(array, [0], axis)
        if np.array_equal(np.broadcast_to(first, array.shape), array, equal_nan=True):
            array = first
    return array.shape, tuple(None if np.isnan(number) else int(number) for number in array.reshape(-1))


def _counts(distribution, target):
    return distribution.loc[distribution["target"] == target, ["total", "combinations"]]


def _bars(counts):
    """Combinations by bar, the number of whole BINs that lie below it."""
    return counts.groupby(counts["total"] // BIN)["combinations"].sum()


def _combinations(distribution):
    """How many combinations there are."""
    return int(_counts(distribution, SIDES[0])["combinations"].sum())


def _scale(totals):
    """The end of the axis of both histograms: the highest total that any answers give, on a bar's edge."""
    most = max(np.nanmax(totals[reading][side], initial=0) for reading in totals for side in SIDES)
    return int(-(-(most + 1) // BIN) * BIN)


def share_words(total, counts):
    """Which share of the combinations gives a total or less: "54 per cent", "none", "all". counts : frame of total and combinations."""
    below, every = int(counts.loc[counts["total"] <= total, "combinations"].sum()), int(counts["combinations"].sum())
    if below in (0, every):
        return "none" if below == 0 else "all"
    percent = (200 * below + every) // (2 * every)
    return "less than 1 per cent" if percent < 1 else "more than 99 per cent" if percent > 99 else f"{percent} per cent"


def change_words(before, after):
    """What an answer changes, as words. before, after : target to total, None for no number."""
    parts = []
    for target, words in SHORT.items():
        if after[target] == before[target]:
            continue
        known = None not in (before[target], after[target])
        told = f"{after[target] - before[target]:+,}".replace("-", "−") if known else _number(after[target])
        parts.append(f"{words} {told}".replace(" ", NO_BREAK))
    return ", ".join(parts) or "changes nothing"


def _number(total):
    return "no number" if total is None else f"{total:,}"


def _panel(published, distribution, named, scale):
    """The totals, and for each side its histogram with the marks."""
    sides = "".join(
        f'<div class="side {side}"><p class="total"><span>{_capital(SHORT[side])}</span> {_total(side, published)}</p>'
        f"{_histogram(side, published[side], _counts(distribution, side), named[side].dropna(), scale)}"
        f'<p class="share">At or below: <span data-share="{side}">{share_words(published[side], _counts(distribution, side))}</span> '
        '<span class="of">of the combinations</span></p></div>'
        for side in SIDES
    )
    return (
        f'<div class="panel" role="group" aria-label="Reported killed under your rule">{sides}'
        f'<p class="total everyone"><span>Everyone</span> {_total("everyone", published)}</p>'
        '<p class="back with-script"><button type="button">Back to published</button></p></div>'
    )


def _total(target, published):
    number = published[target]
    return f'<b data-target="{target}">{number:,}</b> <small>published: {number:,}</small>'


def _histogram(side, published, counts, named, scale):
    """SVG: bars of BIN people, the published total, counts with a name, and the mark that the script moves. Unit: people."""
    bars = _bars(counts)
    path = "".join(f"M{BIN * place} 100v-{100 * number / bars.max():.1f}h{BIN}V100" for place, number in bars.items())
    strokes = "".join(f"M{total} 0v1" for total in sorted(set(named)))
    ticks = "".join(
        f'<text x="{100 * tick / scale:.2f}%" y="98%">{tick}</text>' for tick in range(100, scale - 15, 100)
    )
    mode = bars.idxmax() * BIN
    words = f"{TARGETS[side]}: the combinations give from {counts['total'].min():,} to {counts['total'].max():,} killed, most often {mode:,} to {mode + BIN - 1:,}."
    return (
        f'<svg class="histogram" role="img" aria-label="{escape(words)}" data-scale="{scale}">'
        f'<svg class="bars" y="10%" height="60%" viewBox="0 0 {scale} 100" preserveAspectRatio="none"><path d="{path}z"/>'
        f'<path class="published" d="M{published} 0V100"/></svg>'
        f'<svg class="strokes" y="71%" height="7%" viewBox="0 0 {scale} 1" preserveAspectRatio="none"><path d="{strokes}"/></svg>'
        f'<text class="first" x="0" y="98%">0</text>{ticks}'
        f'<svg class="mark" x="{100 * published / scale:.2f}%"><path d="M-6 0h12l-6 9z"/><line y2="70%"/></svg></svg>'
    )


def _presets_table(named):
    """The counts with a name, each a button that sets it."""
    heads = "".join(f'<th scope="col" class="text-right">{escape(_capital(words))}</th>' for words in SHORT.values())
    body = ""
    for (_, rows), title in zip(
        named.groupby(named["heard"] != PUBLISHED),
        ("With every claim heard", "With fewer claims heard, by the published rule"),
        strict=True,
    ):
        body += f'<tbody><tr><th colspan="{1 + len(TARGETS)}" scope="rowgroup" class="group">{title}</th></tr>'
        for row in rows.to_dict("records"):
            cells = "".join(
                f'<td class="text-right">{NO_NUMBER if pd.isna(row[target]) else format(row[target], ",")}</td>'
                for target in TARGETS
            )
            meaning = f" <small>{escape(row['meaning'])}</small>" if row["meaning"] else ""
            button = (
                f'<button type="button" class="with-script" data-rule="{row["address"]}" data-heard="{row["heard"]}" '
                f'aria-pressed="{"true" if not body.count("<td") else "false"}">{escape(row["words"])}</button>'
            )
            body += f'<tr><th scope="row">{button}<span class="without-script">{escape(row["words"])}</span>{meaning}</th>{cells}</tr>'
        body += "</tbody>"
    return (
        '<table class="presets"><caption>Counts with a name: choose one to start from it. A dash: nobody who is heard gives a number. '
        f'Unit: people reported killed.</caption><thead><tr><th scope="col">Count</th>{heads}</tr></thead>{body}</table>'
    )


def _capital(words):
    return words[0].upper() + words[1:]


def _group(title, questions, readings, totals, published):
    return f'<fieldset class="group"><legend>{title}</legend>{"".join(_question(question, readings, totals, published) for question in questions)}</fieldset>'


def _question(question, readings, totals, published):
    """One question with its options, the published one first, and what each alone would change."""
    if question.name == HEARD:
        rows = readings.sort_values("number")
        words = [
            f"{row.name}: {row.meaning[0].lower()}{row.meaning[1:].removesuffix('.')}" for row in rows.itertuples()
        ]
        after = [{target: _at(totals[reading], target) for target in TARGETS} for reading in rows["reading_id"]]
    else:
        axis, options = AXIS[question.name], next(switch.options for switch in SWITCHES if switch.name == question.name)
        words = [question.options[option] for option in options]
        places = [tuple(number if at == axis else 0 for at in range(len(SHAPE))) for number in range(len(options))]
        after = [{target: _at(totals[PUBLISHED], target, place) for target in TARGETS} for place in places]
    options = "".join(
        f'<label><input type="radio" class="with-script" name="own-{question.name}" value="{number}"{" checked" if number == 0 else ""}>'
        f"<span>{escape(option)}{' <em>published</em>' if number == 0 else ''}</span>"
        f"<small>{'' if number == 0 else change_words(published, changed)}</small></label>"
        for number, (option, changed) in enumerate(zip(words, after, strict=True))
    )
    name = f"own-{question.name}"
    return (
        f'<fieldset class="question" data-question="{question.name}" aria-describedby="{name}-help"><legend>{escape(QUESTION_OF[question.name])}</legend>'
        f'<p id="{name}-help">{escape(question.help)}</p>{options}</fieldset>'
    )


def _incidents(arrays, events):
    known = (
        events.set_index("event_id").loc[list(dict.fromkeys(event_id for event_id, _ in arrays))].sort_values("date")
    )
    heads = "".join(f'<th scope="col" class="text-right">{escape(_capital(words))}</th>' for words in SHORT.values())
    rows = ""
    for event_id, event in known.iterrows():
        cells = "".join(_cell(arrays, event_id, target) for target in TARGETS)
        rows += f'<tr><th scope="row">{escape(event["name"])}, {escape(short_date(event["date"]))}</th>{cells}</tr>'
    return (
        '<table class="incidents"><caption>The incidents under your rule. <span class="changed-rows with-script"></span> A dash: no number, or left out. '
        f'Unit: people reported killed.</caption><thead><tr><th scope="col">Incident</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _cell(arrays, event_id, target):
    """The published number of one incident, which the script replaces."""
    array = arrays.get((event_id, target))
    number = None if array is None or np.isnan(array.flat[0]) else int(array.flat[0])
    marked = "" if array is None else f' data-event="{event_id}" data-target="{target}"'
    return f'<td class="text-right"{marked}>{NO_NUMBER if number is None else number}</td>'


def _json(value):
    """JSON that cannot end its element."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")
