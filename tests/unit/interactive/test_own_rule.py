"""The count under a reader's own rule: the same sums as the multiverse and the named readings, in the page's own script."""

import gzip
import html
import re

import pytest

from azawad_conflict import multiverse
from azawad_conflict.interactive import own_rule
from azawad_conflict.multiverse import AXIS, OPTIONS, SWITCHES
from azawad_conflict.tables import load
from bookpress.show import screen
from prose import ROOT

STATIC = ROOT / "book" / "_static"
NAMES = ("casualty_claims", "events", "actors", "sources", "phases")
PAGE_LIMIT = 20_000  # bytes, packed: the fragment, its script and its style


@pytest.fixture(scope="module")
def tables():
    return [load(name) for name in NAMES]


@pytest.fixture(scope="module")
def heard(tables):
    return own_rule.arrays_by_reading(load("readings"), *tables)


@pytest.fixture(scope="module")
def totals(heard):
    return {reading: multiverse.totals_of(arrays) for reading, arrays in heard.items()}


@pytest.fixture(scope="module")
def combined(tables):
    return multiverse.combinations(*tables)


@pytest.fixture(scope="module")
def distribution(combined):
    return multiverse.distribution(combined)


@pytest.fixture(scope="module")
def page(heard, distribution):
    return own_rule.form(heard, load("readings"), distribution, load("events"), "Worth & more.")


def test_without_a_script_the_published_numbers_and_what_each_answer_changes_stand_there(page, totals, combined):
    assert "Worth &amp; more." in page
    for target, total in totals["all"].items():
        assert (
            f'<b data-target="{target}">{int(total.flat[0]):,}</b> <small>published: {int(total.flat[0]):,}</small>'
            in page
        )
    told = multiverse.influence(combined).pivot(index=["switch", "option"], columns="target", values="alone")
    published = {target: int(total.flat[0]) for target, total in totals["all"].items()}
    for switch in SWITCHES:
        question = re.search(rf'<fieldset class="question" data-question="{switch.name}".*?</fieldset>', page)[0]
        changes = [html.unescape(words) for words in re.findall("<small>(.*?)</small>", question)]
        assert changes[1:] == [
            own_rule.change_words(published, told.loc[(switch.name, option)].to_dict())
            for option in OPTIONS[switch.name][1:]
        ]
        assert question.count("<em>published</em>") == question.count(" checked>") == 1 and changes[0] == ""


def test_every_choice_is_asked_once_and_each_of_its_options_worded():
    asked = [question for questions in own_rule.GROUPS.values() for question in questions]
    assert sorted(question.name for question in asked) == sorted([own_rule.HEARD, *AXIS])
    for question in asked:
        assert question.help.endswith(".") and own_rule.QUESTION_OF[question.name].endswith("?")
        if question.name != own_rule.HEARD:
            assert list(question.options) == OPTIONS[question.name] and len(set(question.options.values())) == len(
                question.options
            )


def test_the_histograms_hold_every_combination_and_every_count_with_a_name(page, distribution, totals):
    for side in ("mnla", "islamist"):
        drawing = re.search(rf'<div class="side {side}">.*?(<svg.*?</svg>)<p class="share">', page)[1]
        scale = int(re.search(r'data-scale="(\d+)"', drawing)[1])
        counted = distribution[distribution["target"] == side]
        starts = [int(start) for start in re.findall(r"M(\d+) 100v", drawing)]
        assert all(any(start <= total < start + own_rule.BIN for start in starts) for total in counted["total"])
        assert max(totals[reading][side].max() for reading in totals) < scale
        strokes = {int(total) for total in re.findall(r"M(\d+) 0v1", drawing)}
        assert strokes >= {int(totals[reading][side].flat[0]) for reading in totals}
        assert f"M{int(totals['all'][side].flat[0])} 0V100" in drawing


def test_the_page_is_small_and_the_security_policy_lets_it_pass(page):
    packed = [
        len(gzip.compress(text.encode()))
        for text in (page, *((STATIC / f"own-rule.{kind}").read_text(encoding="utf-8") for kind in ("js", "css")))
    ]
    assert sum(packed) < PAGE_LIMIT
    assert screen(page).html
    script = (STATIC / "own-rule.js").read_text(encoding="utf-8")
    assert not re.search(
        r"\beval\b|\bfetch\b|XMLHttpRequest|innerHTML|Storage|clipboard|\.style\b|new Function", script
    )
