"""The way back from a number: the function that makes it, and what the command says of it."""

import functools
import inspect
import re
import sys

import pytest

from azawad_conflict import headline, tables
from azawad_conflict.__main__ import main
from azawad_conflict.headline import casualties, crosswalk, makers


@pytest.fixture(scope="module", autouse=True)
def made():
    """The function that tells who makes the numbers of a topic; each topic is computed once, for it is watched at every step."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(makers, "made", functools.cache(makers.made))
        yield makers.made


@pytest.mark.parametrize("topic", headline.TOPICS)
def test_each_number_is_made_by_a_function_of_its_topic(topic, quoted, made):
    before = sys.getprofile()
    found = made(topic)
    assert sys.getprofile() is before
    assert {key: number for key, (number, _) in found.items()} == quoted[topic]
    of_topic = headline.TOPICS[topic]
    parts = [one for _, one in inspect.getmembers(of_topic, inspect.ismodule) if one.__package__ == of_topic.__name__]
    modules = [of_topic, *parts, *([crosswalk] if topic == "reconciliation" else [])]
    functions = {one.__code__ for module in modules for _, one in inspect.getmembers(module, inspect.isfunction)}
    assert {code for _, code in found.values()} <= functions


def test_the_function_is_the_one_that_words_the_number_and_none_that_hands_it_on(made):
    found = {key: code.co_name for key, (_, code) in made("casualties").items()}
    assert found["casualties_islamist_killed"] == "_totals"
    assert found["casualties_core_fights"] == "_kinds"
    assert found["casualties_told_gao_2012_06_27_mnla_killed"] == "_incidents"
    assert found["casualties_informants"] == "quoted"


def test_the_command_says_text_function_rule_and_claims(capsys, quoted):
    key = "casualties_islamist_killed"
    number = quoted["casualties"][key]
    assert main(["number", key]) == 0
    text, maker, rule, file, *claims = capsys.readouterr().out.splitlines()
    assert text == f"{key}: {number.text}" and rule == f"rule: {number.rule}"
    path, line = re.fullmatch(r"made by: (\S+):(\d+), _totals", maker).groups()
    assert (tables.REPOSITORY / path).read_text("utf-8").splitlines()[int(line) - 1].startswith("def _totals(")
    assert file == "data/casualty_claims.csv:" and {claim.strip() for claim in claims} == set(number.claims)
    assert casualties.totals.__file__.endswith(path)


def test_the_command_says_where_more_is_told_and_that_words_of_a_rule_have_none(capsys):
    assert main(["number", "casualties_core_fights"]) == 0
    assert capsys.readouterr().out.endswith("more: All claims on people killed, explorer.html#claims?outcome=killed\n")
    assert main(["number", "casualties_whose_decides"]) == 0
    assert "rule: none" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("casualties_islamist_kiled", "did you mean casualties_islamist_killed or"),
        ("weather", "keys start with phases_,"),
    ],
)
def test_a_key_that_is_none_is_told_with_near_ones(key, words, capsys):
    assert main(["number", key]) == 1
    said, complained = capsys.readouterr()
    assert said == "" and words in complained
