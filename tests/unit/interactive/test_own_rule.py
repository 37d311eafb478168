"""The count under a reader's own rule: the same sums as the multiverse and the named readings, in the page's own script."""

import gzip
import re

import pytest

from azawad_conflict import multiverse
from azawad_conflict.interactive import own_rule
from azawad_conflict.multiverse import AXIS, OPTIONS, SWITCHES
from bookpress.show import screen
from fragments import HOSTILE, OwnRule, data_of, parsed
from prose import ROOT

STATIC = ROOT / "book" / "_static"
PAGE_LIMIT = 20_000  # bytes, packed: the fragment, its script and its style


@pytest.fixture(scope="module")
def rule():
    return OwnRule()


def test_without_a_script_the_published_numbers_and_what_each_answer_changes_stand_there(rule):
    published = {target: int(total.flat[0]) for target, total in rule.totals["all"].items()}
    for target, total in published.items():
        shown = rule.tree.select_one(f"b[data-target={target}]")
        assert (shown.text, shown.find_next("small").text) == (f"{total:,}", f"published: {total:,}")
    assert rule.tree.select_one(".answers > p:last-child").text.endswith(rule.worth)
    told = multiverse.influence(rule.combined).pivot(index=["switch", "option"], columns="target", values="alone")
    for switch in SWITCHES:
        question = rule.tree.select_one(f"fieldset.question[data-question={switch.name}]")
        changes = [words.text for words in question.select("small")]
        assert changes[0] == "" and changes[1:] == [
            own_rule.change_words(published, told.loc[(switch.name, option)].to_dict())
            for option in OPTIONS[switch.name][1:]
        ]
        assert [place for place, label in enumerate(question.select("label")) if label.em] == [0]
        assert [place for place, answer in enumerate(question.select("input")) if answer.has_attr("checked")] == [0]


def test_every_choice_is_asked_once_and_each_of_its_options_worded():
    asked = [question for questions in own_rule.GROUPS.values() for question in questions]
    assert sorted(question.name for question in asked) == sorted([own_rule.HEARD, *AXIS])
    for question in asked:
        assert question.help.endswith(".") and own_rule.QUESTION_OF[question.name].endswith("?")
        if question.name != own_rule.HEARD:
            assert list(question.options) == OPTIONS[question.name] and len(set(question.options.values())) == len(
                question.options
            )


def test_the_histograms_hold_every_combination_and_every_count_with_a_name(rule):
    for side in ("mnla", "islamist"):
        drawing = rule.tree.select_one(f".side.{side} svg.histogram")
        bars, published, strokes = (
            drawing.select_one(path)["d"] for path in (".bars path", ".published", ".strokes path")
        )
        counted = rule.distribution[rule.distribution["target"] == side]
        starts = [int(start) for start in re.findall(r"M(\d+) 100v", bars)]
        assert all(any(start <= total < start + own_rule.BIN for start in starts) for total in counted["total"])
        assert max(rule.totals[reading][side].max() for reading in rule.totals) < int(drawing["data-scale"])
        named = {int(total) for total in re.findall(r"M(\d+) 0v1", strokes)}
        assert named >= {int(rule.totals[reading][side].flat[0]) for reading in rule.totals}
        assert published == f"M{int(rule.totals['all'][side].flat[0])} 0V100"


def test_the_page_is_small_and_the_security_policy_lets_it_pass(rule):
    packed = [
        len(gzip.compress(text.encode()))
        for text in (rule.page, *((STATIC / f"own-rule.{kind}").read_text(encoding="utf-8") for kind in ("js", "css")))
    ]
    assert sum(packed) < PAGE_LIMIT
    assert screen(rule.page).html
    script = (STATIC / "own-rule.js").read_text(encoding="utf-8")
    assert not re.search(
        r"\beval\b|\bfetch\b|XMLHttpRequest|innerHTML|Storage|clipboard|\.style\b|new Function", script
    )


def test_texts_are_text(rule):
    heard = {
        reading: {(event_id + HOSTILE, target): array for (event_id, target), array in arrays.items()}
        for reading, arrays in rule.heard.items()
    }
    events = rule.tables[1].assign(event_id=lambda events: events["event_id"] + HOSTILE, name=HOSTILE)
    readings = rule.readings.assign(name=HOSTILE, meaning=HOSTILE)
    page = own_rule.form(heard, readings, rule.distribution, events, HOSTILE)
    tree = parsed(page)
    assert page.count("</script>") == 1 and not tree.select("b[onclick]")
    assert tree.select_one(".answers > p:last-child").text == f"What the published totals are worth: {HOSTILE}"
    assert all(row.th.text.startswith(f"{HOSTILE}, ") for row in tree.select(".incidents tbody tr"))
    named = [row for row in tree.select(".presets tr:has(button)") if row.small]
    assert len(named) == len(readings) - 1 and {row.button.text for row in named} == {HOSTILE}
    assert {row.small.text for row in named} == {HOSTILE}
    marked = {(cell["data-event"], cell["data-target"]) for cell in tree.select("td[data-event]")}
    assert marked == set(heard["all"]) == {(event, target) for event, target, _ in data_of(tree)["incidents"]}
