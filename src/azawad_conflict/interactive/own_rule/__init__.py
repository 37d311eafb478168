"""The count under a reader's own rule: the choices of the multiverse as plain questions.

The number of an incident depends on few choices. So the page carries small arrays per incident,
target and reading, and book/_static/own-rule.js adds up the numbers that the answers pick: the same
sums as multiverse.combinations over the claims that a reading lets enter. The markup is in
templates/own_rule.html.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from azawad_conflict import multiverse
from azawad_conflict.casualties import SIDES
from azawad_conflict.counting.readings import PUBLISHED, claims_of
from azawad_conflict.interactive.own_rule.questions import GROUPS, HEARD, NO_NUMBER, QUESTION_OF, SHORT, option_words
from azawad_conflict.language import NN_, WordsByKey, _, number, plural
from azawad_conflict.multiverse import AXIS, LATER, NAMED, SHAPE, SWITCHES, TARGETS, address_of
from azawad_conflict.multiverse.compute import Arrays
from azawad_conflict.reader_tables.casualties import signed
from azawad_conflict.templates import render
from azawad_conflict.wording import NO_BREAK, capital, short_date

BIN = 5  # people: width of a bar of the histograms
# What the script says too, with names in braces for what it fills in.
WORDS = WordsByKey(
    {
        "no_number": "no number",
        "no_change": "changes nothing",
        "none": "none",
        "all": "all",
        "less": "less than 1 per cent",
        "more": "more than 99 per cent",
        "percent": "{percent} per cent",
        "target": "{target} {total}, published {published}",
        "and": "; ",
        "rule": "Your rule: {totals}. {incidents}",
        "same": "All are as under the published rule.",
        "lost": "The address names answers that do not exist here, perhaps of another edition of this report; the published rule is shown.",
    }
)
DIFFER = NN_(
    "One differs from the published rule, with the published number in brackets.",
    "{number} differ from the published rule, with the published number in brackets.",
)


def arrays_by_reading(
    readings: pd.DataFrame,
    claims: pd.DataFrame,
    events: pd.DataFrame,
    actors: pd.DataFrame,
    sources: pd.DataFrame,
    phases: pd.DataFrame,
) -> dict[str, Arrays]:
    """Map each reading_id, in order, to multiverse.incident_arrays over the claims that it hears."""
    return {
        reading.reading_id: multiverse.incident_arrays(
            claims_of(reading, claims, events, actors, sources), events, actors, sources, phases
        )
        for reading in readings.sort_values("number").itertuples()
    }


def form(
    heard: dict[str, Arrays], readings: pd.DataFrame, distribution: pd.DataFrame, events: pd.DataFrame, worth: str
) -> str:
    """Return totals, counts with a name, questions and incidents as a fragment of HTML.

    heard : arrays_by_reading. readings : for names and meanings.
    distribution : multiverse.distribution. events : for names and dates.
    worth : caution on the published totals, in words. Unit: people reported killed. Without
    JavaScript the page shows the published numbers, and beside each option the change that it alone
    would make.
    """
    totals = {reading: stated_totals(arrays) for reading, arrays in heard.items()}
    published = {target: _at(totals[PUBLISHED], target) for target in TARGETS}
    named = presets(readings, totals)
    return render(
        "own_rule.html",
        no_number=NO_NUMBER,
        targets=[capital(words) for words in SHORT.values()],
        published=published,
        sides=[_side(side, published[side], _counts(distribution, side), named[side].dropna()) for side in SIDES],
        bin=BIN,
        scale=_scale(totals),
        combinations=int(_counts(distribution, SIDES[0])["combinations"].sum()),
        presets=_grouped(named),
        groups={
            _(title): [_question(question, readings, totals, published) for question in questions]
            for title, questions in GROUPS.items()
        },
        incidents=_incidents(heard[PUBLISHED], events),
        worth=worth,
        data=data(heard, distribution),
    )


def data(heard: dict[str, Arrays], distribution: pd.DataFrame) -> dict[str, Any]:
    """Return the numbers that the page adds up, for JSON.

    words, differ : WORDS, and DIFFER for one and for several.
    switches, shape : names of the choices, and their numbers of options. short : names of the
    targets.
    later : places of the choices that older addresses do not know.
    numbers : each different array as (lengths of its axes, numbers), None if the choices leave the
    incident out. incidents : (event_id, target, place of its array for each reading, else -1).
    distribution : for each side [total, combinations] pairs. Unit: people reported killed.
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
        "words": dict(WORDS.items()),
        "differ": {"one": plural(*DIFFER, 1), "other": plural(*DIFFER, 2)},
        "switches": list(AXIS),
        "shape": list(SHAPE),
        "targets": list(TARGETS),
        "readings": list(heard),
        "short": dict(SHORT.items()),
        "later": [AXIS[name] for name in LATER],
        "numbers": [[list(lengths), list(numbers)] for lengths, numbers in places],
        "incidents": incidents,
        "distribution": {side: _counts(distribution, side).to_numpy().tolist() for side in SIDES},
    }


def presets(readings: pd.DataFrame, totals: dict[str, dict[str, np.ndarray]]) -> pd.DataFrame:
    """Return one row per count with a name.

    The published rule comes first, then the combinations of multiverse.NAMED, then the other
    readings under the published rule. totals : reading_id to target to the totals of all
    combinations. Columns: words, meaning, heard (reading_id), address (multiverse.address_of), and
    a total per target, missing if it has no number. Unit: people reported killed.
    """
    rows = [
        {"words": _(named.words), "meaning": "", "heard": PUBLISHED, "address": address_of(named)} for named in NAMED
    ]
    rows += [
        {"words": _(row["name"]), "meaning": _(row["meaning"]), "heard": row["reading_id"], "address": "0" * len(SHAPE)}
        for row in readings.sort_values("number").set_index("reading_id", drop=False).drop(PUBLISHED).to_dict("records")
    ]
    for row in rows:
        row |= {target: _at(totals[row["heard"]], target, tuple(map(int, row["address"]))) for target in TARGETS}
    return pd.DataFrame(rows).astype(dict.fromkeys(TARGETS, "Int64"))


def stated_totals(arrays: Arrays) -> dict[str, np.ndarray]:
    """Map each target to the total of each combination.

    A total is nan if no incident has a number: silence is no zero.
    """
    told = {target: np.zeros(SHAPE, dtype=bool) for target in TARGETS}
    for (_event, target), array in arrays.items():
        told[target] |= ~np.isnan(array)
    return {target: np.where(told[target], total, np.nan) for target, total in multiverse.totals_of(arrays).items()}


def _at(totals, target, place=(0,) * len(SHAPE)):
    """Return the total of one combination, None if it has no number."""
    total = totals[target][place]
    return None if np.isnan(total) else int(total)


def _flat(array):
    """Return the lengths of the axes of an array and its numbers.

    An axis along which nothing changes has the length 1.
    """
    for axis in range(array.ndim):
        first = np.take(array, [0], axis)
        if np.array_equal(np.broadcast_to(first, array.shape), array, equal_nan=True):
            array = first
    return array.shape, tuple(None if np.isnan(one) else int(one) for one in array.reshape(-1))


def _counts(distribution, target):
    return distribution.loc[distribution["target"] == target, ["total", "combinations"]]


def _bars(counts):
    """Count the combinations of each bar, by the number of whole BINs that lie below it."""
    return counts.groupby(counts["total"] // BIN)["combinations"].sum()


def _scale(totals):
    """Return the end of both histograms: the highest total of any answers, on a bar's edge."""
    most = max(np.nanmax(totals[reading][side], initial=0) for reading in totals for side in SIDES)
    return int(-(-(most + 1) // BIN) * BIN)


def share_words(total: int, counts: pd.DataFrame) -> str:
    """Word the share of the combinations that give a total or less: "54 per cent", "none", "all".

    counts : frame of total and combinations.
    """
    below, every = int(counts.loc[counts["total"] <= total, "combinations"].sum()), int(counts["combinations"].sum())
    if below in (0, every):
        return WORDS["none" if below == 0 else "all"]
    percent = (200 * below + every) // (2 * every)
    return WORDS["less" if percent < 1 else "more" if percent > 99 else "percent"].format(percent=percent)


def change_words(before: Mapping[str, int | None], after: Mapping[str, int | None]) -> str:
    """Word the change that an answer makes. before, after : target to total, None for no number."""
    parts = []
    for target, words in SHORT.items():
        if after[target] == before[target]:
            continue
        known = None not in (before[target], after[target])
        told = signed(after[target] - before[target]) if known else _number(after[target])
        parts.append(f"{words} {told}".replace(" ", NO_BREAK))
    return ", ".join(parts) or WORDS["no_change"]


def _number(total):
    return WORDS["no_number"] if total is None else number(total)


def _side(side, published, counts, named):
    """Return one side of the panel.

    bars : (start in people, per cent of the highest) pairs. share : in words.
    """
    bars = _bars(counts)
    mode = bars.idxmax() * BIN
    alt = _("{side}: the combinations give from {least} to {most} killed, most often {first} to {last}.")
    ends = {"least": counts["total"].min(), "most": counts["total"].max(), "first": mode, "last": mode + BIN - 1}
    return {
        "target": side,
        "words": capital(SHORT[side]),
        "alt": alt.format(side=TARGETS[side], **{name: number(end) for name, end in ends.items()}),
        "bars": [(BIN * place, 100 * count / bars.max()) for place, count in bars.items()],
        "named": sorted(set(named)),
        "share": share_words(published, counts),
    }


def _grouped(named):
    """Group the presets under the titles of the table; a total without a number is None."""
    rows = [
        {"words": row.words, "meaning": row.meaning, "heard": row.heard, "address": row.address, "pressed": place == 0}
        | {"totals": [None if pd.isna(getattr(row, target)) else getattr(row, target) for target in TARGETS]}
        for place, row in enumerate(named.itertuples())
    ]
    return {
        _("With every claim heard"): [row for row in rows if row["heard"] == PUBLISHED],
        _("With fewer claims heard, by the published rule"): [row for row in rows if row["heard"] != PUBLISHED],
    }


def _question(question, readings, totals, published):
    """Return one question.

    options : (words, change that the option alone makes) pairs, the published one first.
    """
    if question.name == HEARD:
        rows = readings.sort_values("number")
        words = [_heard(_(row.name), _(row.meaning)) for row in rows.itertuples()]
        after = [{target: _at(totals[reading], target) for target in TARGETS} for reading in rows["reading_id"]]
    else:
        axis, options = AXIS[question.name], next(switch.options for switch in SWITCHES if switch.name == question.name)
        words = [option_words(question, option) for option in options]
        places = [tuple(place if at == axis else 0 for at in range(len(SHAPE))) for place in range(len(options))]
        after = [{target: _at(totals[PUBLISHED], target, place) for target in TARGETS} for place in places]
    changes = [change_words(published, changed) for changed in after]
    return {
        "name": question.name,
        "asked": _(QUESTION_OF[question.name]),
        "help": _(question.help),
        "options": list(zip(words, changes, strict=True)),
    }


def _heard(name, meaning):
    """Word a reading as an answer, in one sentence without its stop."""
    return _("{name}: {words}").format(name=name, words=f"{meaning[0].lower()}{meaning[1:].removesuffix('.')}")


def _incidents(arrays, events):
    """Return one row per incident, by date.

    numbers : per target the published number, None if there is none. counted : the targets that
    have an array, whose numbers the script replaces. Unit: people reported killed.
    """
    known = events.set_index("event_id").loc[list(dict.fromkeys(event_id for event_id, _ in arrays))]
    incidents = []
    for event_id, event in known.sort_values("date").iterrows():
        own = {target: arrays[event_id, target] for target in TARGETS if (event_id, target) in arrays}
        first = {target: array.flat[0] for target, array in own.items()}
        numbers = {target: None if np.isnan(first.get(target, np.nan)) else int(first[target]) for target in TARGETS}
        incidents.append(
            {
                "event_id": event_id,
                "name": _(event["name"]),
                "day": short_date(event["date"]),
                "numbers": numbers,
                "counted": set(own),
            }
        )
    return incidents
