"""The script of the count under a reader's own rule, in Chromium: the same sums as the multiverse and the named readings."""

import numpy as np
import pandas as pd
import pytest

from azawad_conflict import multiverse
from azawad_conflict.counting import readings
from azawad_conflict.interactive import own_rule
from azawad_conflict.multiverse import AXIS, OPTIONS, SHAPE, TARGETS
from fragments import OwnRule


@pytest.fixture(scope="module")
def rule():
    return OwnRule()


@pytest.fixture(scope="module")
def run(script):
    """The function that runs a program in Chromium, with the script's functions as `own` and what it is given as `given`."""
    return script("own-rule.js", "own")


@pytest.fixture(scope="module")
def counts(run):
    """The function from data and several (reading, choices) to the script's totals for each."""

    def counts_of(data, answers):
        places = [{"heard": data["readings"].index(reading), "chosen": list(chosen)} for reading, chosen in answers]
        given = {"data": data, "answers": places}
        return run("given.answers.map(answers => own.count(given.data, answers).totals)", given)

    return counts_of


def test_the_script_counts_as_the_multiverse_does_whoever_is_heard(rule, counts):
    draw = np.random.default_rng(20261123)
    answers = [
        (reading, tuple(int(draw.integers(length)) for length in SHAPE)) for reading in rule.heard for _ in range(60)
    ]
    for (reading, chosen), found in zip(answers, counts(rule.data, answers), strict=True):
        assert {target: total or 0 for target, total in found.items()} == {
            target: rule.totals[reading][target][chosen] for target in TARGETS
        }


def test_each_reading_gives_the_totals_of_the_book_and_the_ends_of_their_range(rule, counts):
    ends = {"best": "best", "low": "lowest", "high": "highest"}
    reported = readings.reported(rule.readings, *rule.tables[:4])
    for end, option in ends.items():
        chosen = tuple(OPTIONS["number"].index(option) if name == "number" else 0 for name in AXIS)
        found = dict(zip(rule.heard, counts(rule.data, [(reading, chosen) for reading in rule.heard]), strict=True))
        for row in reported.to_dict("records"):
            assert found[row["reading_id"]][row["side"]] == (row[end] if row["reported"] else None), (
                row["reading_id"],
                row["side"],
                end,
            )


def test_where_nobody_who_is_heard_gives_a_number_the_total_is_none_and_no_zero(rule, counts):
    claims, *others = rule.tables
    silent = rule.readings.assign(
        islamist_voices=lambda rows: rows["islamist_voices"].where(rows["reading_id"] == "all", ())
    )
    heard = own_rule.arrays_by_reading(silent, claims, *others)
    distribution = multiverse.distribution(multiverse.combinations(claims, *others))
    (found,) = counts(own_rule.data(heard, distribution), [("own_dead", (0,) * len(SHAPE))])
    assert found["islamist"] is None and found["mnla"] > 0
    named = own_rule.presets(silent, {reading: own_rule.stated_totals(arrays) for reading, arrays in heard.items()})
    assert named.set_index("heard").loc["own_dead", "islamist"] is pd.NA
    assert "Islamist\u00a0side\u00a0no\u00a0number" in own_rule.form(heard, silent, distribution, others[0], "")


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
def test_an_address_that_names_no_rule_is_none(hash, rule, run):
    assert run("[own.answersOf(given.hash, given.data)]", {"hash": hash, "data": rule.data}) == [None]


def test_addresses_lead_to_the_same_answers_also_those_of_earlier_editions(rule, run):
    chosen = [length - 1 for length in SHAPE]
    digits = "".join(map(str, chosen))
    answers = [{"chosen": chosen, "heard": place} for place in range(len(rule.heard))]
    addresses = run("given.answers.map(one => own.addressOf(one, given.data))", {"answers": answers, "data": rule.data})
    assert addresses == [f"#rule={digits}", *(f"#rule={digits}&heard={reading}" for reading in list(rule.heard)[1:])]
    assert (
        run("given.addresses.map(hash => own.answersOf(hash, given.data))", {"addresses": addresses, "data": rule.data})
        == answers
    )
    before = "".join(str(number) for name, number in zip(AXIS, chosen, strict=True) if name not in multiverse.LATER)
    (found,) = run("[own.answersOf(given.hash, given.data)]", {"hash": f"#rule={before}", "data": rule.data})
    assert found["chosen"] == [
        0 if name in multiverse.LATER else number for name, number in zip(AXIS, chosen, strict=True)
    ]


def test_shares_and_changes_are_worded_on_the_page_as_by_the_script(rule, run):
    for side in ("mnla", "islamist"):
        counted = rule.distribution.loc[rule.distribution["target"] == side, ["total", "combinations"]]
        asked = list(range(counted["total"].min() - 1, counted["total"].max() + 2))
        found = run(
            "given.totals.map(total => own.shareWords(total, given.counts, given.words))",
            {"totals": asked, "counts": rule.data["distribution"][side], "words": rule.data["words"]},
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
        {"pairs": pairs, "data": rule.data},
    )
    assert found == [own_rule.change_words(*pair) for pair in pairs] and "changes nothing" in found


def test_counts_with_a_name_are_buttons_that_set_what_they_say(rule, counts):
    rows = rule.tree.select(".presets tr:has(button)")
    buttons = [row.button for row in rows]
    assert [button.text for button in buttons] == [
        *(one.words for one in multiverse.NAMED),
        *rule.readings.query("reading_id != 'all'")["name"],
    ]
    assert [button["aria-pressed"] for button in buttons] == ["true"] + ["false"] * (len(rows) - 1)
    answers = [(button["data-heard"], tuple(map(int, button["data-rule"]))) for button in buttons]
    assert [[cell.text for cell in row.select("td")] for row in rows] == [
        [f"{total:,}" for total in totals.values()] for totals in counts(rule.data, answers)
    ]
