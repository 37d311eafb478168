"""The count under a reader's own rule: the choices of the multiverse as plain controls, and the numbers that answer to them.

The number of an incident depends on few choices, so the page carries one small array per incident and target and adds up the
numbers that the choices pick: the same sums as multiverse.combinations, for any reader, without a connection.
book/_static/own-rule.js does the adding.
"""

import json
from html import escape

import numpy as np

from azawad_conflict.as_read import casualties as as_read
from azawad_conflict.multiverse import NAMED, SHAPE, SWITCHES, TARGETS, address_of, totals_of
from azawad_conflict.wording import short_date


def form(arrays, events, worth):
    """Choices, totals and incidents as a fragment of HTML; without JavaScript it shows the published numbers.

    arrays : multiverse.incident_arrays. events : for names and dates. worth : what the published totals are worth, in words. Unit: people reported killed.
    """
    published = {target: int(total[(0,) * len(SHAPE)]) for target, total in totals_of(arrays).items()}
    return "\n".join(
        [
            '<section class="own-rule" id="own-rule" aria-label="The count under your own rule">',
            '<p class="without-script">The choices below need JavaScript; without it the published numbers stand here.</p>',
            _totals(published, worth),
            f'<p class="with-script">Combinations with a name: {_named()}.</p>',
            f'<form class="with-script"><fieldset><legend>The choices</legend>{"".join(map(_choice, SWITCHES))}</fieldset>',
            '<p><button type="reset">Back to the published rule</button></p></form>',
            '<p class="link-note" role="status" hidden></p>',
            _incidents(arrays, events),
            f'<script type="application/json" id="own-rule-data">{_json(data(arrays))}</script>',
            "</section>",
        ]
    )


def data(arrays):
    """What the page adds up: the shape of all choices, the targets, and (event_id, target, shape, numbers) of each incident.

    A number is None where the choices leave the incident out.
    """
    return {
        "shape": list(SHAPE),
        "targets": list(TARGETS),
        "incidents": [[event_id, target, list(array.shape), _numbers(array)] for (event_id, target), array in arrays.items()],
    }


def _numbers(array):
    return [None if np.isnan(number) else int(number) for number in np.asarray(array, dtype=float).reshape(-1)]


def _named():
    """Links that make the choices of each combination with a name."""
    return "; ".join(f'<a href="#rule={address_of(combination)}">{escape(combination.words)}</a>' for combination in NAMED)


def readings_table(reported):
    """The named readings and their totals as a fragment of HTML.

    reported : readings.reported. Unit: people reported killed.
    """
    table = as_read.readings(reported)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(str(cell))}</td>" for cell in row[1:])}</tr>' for row in table.itertuples(index=False)
    )
    return (
        f'<section class="own-rule" aria-label="The named readings"><table><caption>The named readings under the published rule. Unit: people reported killed.</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _choice(switch):
    options = "".join(
        f"<option value=\"{number}\">{escape(words)}{' (published)' if number == 0 else ''}</option>"
        for number, words in enumerate(switch.options.values())
    )
    return f'<p><label for="own-{switch.name}">{escape(switch.question)}</label><select id="own-{switch.name}">{options}</select></p>'


def _totals(published, worth):
    rows = "".join(
        f'<tr><th scope="row">{escape(words)}</th><td class="text-right"><output data-target="{target}">{published[target]:,}</output></td>'
        f'<td class="text-right">{published[target]:,}</td></tr>'
        for target, words in TARGETS.items()
    )
    return (
        '<div aria-live="polite"><table><caption>Reported killed under your rule and under the published one. Published: '
        f'{escape(worth)} Unit: people.</caption><thead><tr><th>Killed</th><th class="text-right">Your rule</th>'
        f'<th class="text-right">Published</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _incidents(arrays, events):
    known = events.set_index("event_id").loc[list(dict.fromkeys(event_id for event_id, _ in arrays))].sort_values("date")
    heads = "".join(f'<th class="text-right">{escape(words)}</th>' for words in TARGETS.values())
    rows = ""
    for event_id, event in known.iterrows():
        cells = "".join(_cell(arrays, event_id, target) for target in TARGETS)
        rows += f'<tr><th scope="row">{escape(event["name"])}, {escape(short_date(event["date"]))}</th>{cells}</tr>'
    return (
        "<table><caption>The incidents under your rule. A dash: no number, or left out by the choices. Unit: people.</caption>"
        f"<thead><tr><th>Incident</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(arrays, event_id, target):
    """The published number of one incident, which the script replaces."""
    array = arrays.get((event_id, target))
    number = None if array is None else _numbers(array)[0]
    marked = "" if array is None else f' data-event="{event_id}" data-target="{target}"'
    return f'<td class="text-right"{marked}>{"–" if number is None else number}</td>'


def _json(value):
    """JSON that cannot end its element."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
