"""The count under a reader's own rule: the same sums as the multiverse, in the page's own script."""

import json
import shutil
import subprocess

import numpy as np
import pytest

from azawad_conflict import multiverse, own_rule, readings
from azawad_conflict.tables import load
from prose import ROOT

SCRIPT = ROOT / "book" / "_static" / "own-rule.js"
NAMES = ("casualty_claims", "events", "actors", "sources", "phases")


@pytest.fixture(scope="module")
def arrays():
    return multiverse.incident_arrays(*map(load, NAMES))


def test_the_script_counts_as_the_multiverse_does(arrays):
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine: the script is not run outside a browser")
    draw = np.random.default_rng(20261123)
    chosen = [[0] * len(multiverse.SHAPE), *([int(draw.integers(length)) for length in multiverse.SHAPE] for _ in range(200))]
    program = (
        "const { count } = require(process.argv[1]); const given = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(given.chosen.map(choice => count(given.data, choice).totals)))"
    )
    run = subprocess.run(
        [node, "-e", program, str(SCRIPT)], input=json.dumps({"data": own_rule.data(arrays), "chosen": chosen}),
        capture_output=True, text=True, check=True,
    )
    totals = multiverse.totals_of(arrays)
    assert json.loads(run.stdout) == [{target: totals[target][tuple(choice)] for target in multiverse.TARGETS} for choice in chosen]


@pytest.mark.parametrize("address", ["", "#rule=", "#rule=9", "#rule=" + "9" * 13, "#rule=" + "0" * 12, "#rule=<script>", "#map"])
def test_an_address_that_names_no_rule_is_none(address):
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine: the script is not run outside a browser")
    program = "const { choicesOf } = require(process.argv[1]); console.log(choicesOf(process.argv[2], JSON.parse(process.argv[3])))"
    command = [node, "-e", program, str(SCRIPT), address, json.dumps(list(multiverse.SHAPE))]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "null\n"


def test_without_a_script_the_published_numbers_stand_there(arrays):
    page = own_rule.form(arrays, load("events"), "Worth & more.")
    assert "Worth &amp; more." in page
    for target, total in multiverse.totals_of(arrays).items():
        assert f'<output data-target="{target}">{int(total.flat[0]):,}</output>' in page
    assert page.count("(published)") == len(multiverse.SWITCHES) and '<form class="with-script">' in page


def test_combinations_with_a_name_are_addresses_that_the_page_reads(arrays):
    page = own_rule.form(arrays, load("events"), "")
    for combination in multiverse.NAMED:
        address = multiverse.address_of(combination)
        assert f'href="#rule={address}"' in page and len(address) == len(multiverse.SHAPE)
        chosen = {switch.name: list(switch.options)[int(digit)] for switch, digit in zip(multiverse.SWITCHES, address, strict=True)}
        assert {name: option for name, option in chosen.items() if option != next(iter(switch_options(name)))} == combination.choices


def switch_options(name):
    return next(switch.options for switch in multiverse.SWITCHES if switch.name == name)


def test_the_readings_stand_on_the_page_as_in_the_book():
    found = readings.reported(load("readings"), *map(load, NAMES[:4]))
    page = own_rule.readings_table(found)
    assert page.count("<tr>") == 1 + found["reading_id"].nunique() and "not stated" not in page
    page = own_rule.readings_table(found.assign(reported=found["side"].ne("islamist")))
    assert page.count("<td>not stated</td>") == found["reading_id"].nunique()
