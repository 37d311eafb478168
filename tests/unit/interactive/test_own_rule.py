"""The count under a reader's own rule: the same sums as the multiverse and the named readings, in the page's own script."""

import gzip
import html
import json
import re
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest

from azawad_conflict import multiverse
from azawad_conflict.counting import readings
from azawad_conflict.interactive import own_rule
from azawad_conflict.multiverse import AXIS, OPTIONS, SHAPE, SWITCHES, TARGETS
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


def run(program, given):
    """What a program for node prints as JSON; it finds the script's functions as `own` and what it is given as `given`."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine: the script is not run outside a browser")
    scripts = f"const own = require({json.dumps(str(STATIC / 'own-rule.js'))}); const given = JSON.parse(require('fs').readFileSync(0));"
    done = subprocess.run(
        [node, "-e", f"{scripts}console.log(JSON.stringify({program}))"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def counts(data, answers):
    """The script's totals for each of several (reading, choices)."""
    given = {
        "data": data,
        "answers": [{"heard": data["readings"].index(reading), "chosen": list(chosen)} for reading, chosen in answers],
    }
    return run("given.answers.map(answers => own.count(given.data, answers).totals)", given)


def test_the_script_counts_as_the_multiverse_does_whoever_is_heard(heard, totals, distribution):
    draw = np.random.default_rng(20261123)
    data = own_rule.data(heard, distribution)
    answers = [(reading, tuple(int(draw.integers(length)) for length in SHAPE)) for reading in heard for _ in range(60)]
    for (reading, chosen), found in zip(answers, counts(data, answers), strict=True):
        assert {target: total or 0 for target, total in found.items()} == {
            target: totals[reading][target][chosen] for target in TARGETS
        }


def test_each_reading_gives_the_totals_of_the_book_and_the_ends_of_their_range(heard, distribution, tables):
    ends = {"best": "best", "low": "lowest", "high": "highest"}
    reported = readings.reported(load("readings"), *tables[:4])
    data = own_rule.data(heard, distribution)
    for end, option in ends.items():
        chosen = tuple(OPTIONS["number"].index(option) if name == "number" else 0 for name in AXIS)
        found = dict(zip(heard, counts(data, [(reading, chosen) for reading in heard]), strict=True))
        for row in reported.to_dict("records"):
            assert found[row["reading_id"]][row["side"]] == (row[end] if row["reported"] else None), (
                row["reading_id"],
                row["side"],
                end,
            )


def test_where_nobody_who_is_heard_gives_a_number_the_total_is_none_and_no_zero(tables):
    claims, *others = tables
    silent = load("readings").assign(
        islamist_voices=lambda rows: rows["islamist_voices"].where(rows["reading_id"] == "all", ())
    )
    heard = own_rule.arrays_by_reading(silent, claims, *others)
    distribution = multiverse.distribution(multiverse.combinations(claims, *others))
    (found,) = counts(own_rule.data(heard, distribution), [("own_dead", (0,) * len(SHAPE))])
    assert found["islamist"] is None and found["mnla"] > 0
    named = own_rule.presets(silent, {reading: own_rule.stated_totals(arrays) for reading, arrays in heard.items()})
    assert named.set_index("heard").loc["own_dead", "islamist"] is pd.NA
    assert "Islamist\u00a0side\u00a0no\u00a0number" in own_rule.form(heard, silent, distribution, load("events"), "")


@pytest.mark.parametrize(
    "hash",
    [
        "",
        "#rule=",
        "#rule=9",
        "#rule=" + "9" * 14,
        "#rule=" + "0" * 12,
        "#rule=" + "0" * 15,
        "#rule=<script>",
        "#map",
        f"#rule={'0' * 14}&heard=nobody",
        f"#rule={'0' * 14}&heard=",
    ],
)
def test_an_address_that_names_no_rule_is_none(hash, heard, distribution):
    assert run(
        "[own.answersOf(given.hash, given.data)]", {"hash": hash, "data": own_rule.data(heard, distribution)}
    ) == [None]


def test_addresses_lead_to_the_same_answers_also_those_of_earlier_editions(heard, distribution):
    data = own_rule.data(heard, distribution)
    chosen = [length - 1 for length in SHAPE]
    digits = "".join(map(str, chosen))
    answers = [{"chosen": chosen, "heard": place} for place in range(len(heard))]
    addresses = run("given.answers.map(one => own.addressOf(one, given.data))", {"answers": answers, "data": data})
    assert addresses == [f"#rule={digits}", *(f"#rule={digits}&heard={reading}" for reading in list(heard)[1:])]
    assert (
        run("given.addresses.map(hash => own.answersOf(hash, given.data))", {"addresses": addresses, "data": data})
        == answers
    )
    before = "".join(str(number) for name, number in zip(AXIS, chosen, strict=True) if name not in multiverse.LATER)
    (found,) = run("[own.answersOf(given.hash, given.data)]", {"hash": f"#rule={before}", "data": data})
    assert found["chosen"] == [
        0 if name in multiverse.LATER else number for name, number in zip(AXIS, chosen, strict=True)
    ]


def test_shares_and_changes_are_worded_on_the_page_as_by_the_script(heard, distribution):
    data = own_rule.data(heard, distribution)
    for side in ("mnla", "islamist"):
        counted = distribution.loc[distribution["target"] == side, ["total", "combinations"]]
        asked = list(range(counted["total"].min() - 1, counted["total"].max() + 2))
        found = run(
            "given.totals.map(total => own.shareWords(total, given.counts))",
            {"totals": asked, "counts": data["distribution"][side]},
        )
        assert found == [own_rule.share_words(total, counted) for total in asked]
        assert found[0] == "none" and found[-1] == found[-2] == "all"
    some = [None, 0, 7, 1200]
    pairs = [
        ({target: one for target in TARGETS}, {"mnla": two, "islamist": one, "everyone": two})
        for one in some
        for two in some
    ]
    found = run(
        "given.pairs.map(([before, after]) => own.changeWords(before, after, given.data))",
        {"pairs": pairs, "data": data},
    )
    assert found == [own_rule.change_words(*pair) for pair in pairs] and "changes nothing" in found


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


def test_counts_with_a_name_are_buttons_that_set_what_they_say(page, totals, heard, distribution):
    rows = re.findall(
        r'data-rule="(\d+)" data-heard="(\w+)" aria-pressed="(\w+)">([^<]*)<.*?</th>((?:<td[^>]*>[^<]*</td>)+)', page
    )
    assert [html.unescape(words) for *_, words, _ in rows] == [
        *(one.words for one in multiverse.NAMED),
        *load("readings").query("reading_id != 'all'")["name"],
    ]
    assert [pressed for _, _, pressed, *_ in rows] == ["true"] + ["false"] * (len(rows) - 1)
    found = counts(
        own_rule.data(heard, distribution), [(reading, tuple(map(int, address))) for address, reading, *_ in rows]
    )
    assert [re.findall(">([^<]*)</td>", cells) for *_, cells in rows] == [
        [f"{total:,}" for total in totals.values()] for totals in found
    ]


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
