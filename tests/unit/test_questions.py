"""What users of the data ask: each answer is the report's own, and what cannot be asked is told with what can."""

import doctest
import json

import pytest

from azawad_conflict import casualties, headline, multiverse, questions, territory
from azawad_conflict.tables import load
from prose import ROOT


def test_the_examples_of_the_module_run():
    examples = doctest.DocTestParser().get_examples(questions.__doc__)
    scope = {}
    answers = [eval(one.source, scope) for one in examples[1:] if not exec(examples[0].source, scope)]
    assert len(answers) == 5 and all(len(answer) for answer in answers)


def test_the_range_of_an_incident_is_that_of_the_report(incidents):
    for event_id in load("events")["event_id"]:
        expected = incidents[incidents["event_id"] == event_id].reset_index(drop=True)
        if len(expected) > 3:  # one call counts all of them
            assert questions.range_of(event_id).equals(expected)
            return
    pytest.fail("no incident with several ranges")


def test_totals_by_side_are_the_published_ones():
    published = json.loads((ROOT / "tests" / "expected" / "headline.json").read_text("utf-8"))
    said = {row.side: f"{row.low} to {row.high} or more" for row in questions.totals().itertuples()}
    keys = {"mnla": "casualties_mnla_side_killed", "islamist": "casualties_islamist_killed"}
    assert said == {side: published[key] for side, key in keys.items()}


def test_a_column_alone_or_named_twice_is_that_column():
    assert questions.totals("side").equals(questions.totals(["side", "side"])) and questions.totals("side").equals(
        questions.totals()
    )


def test_totals_by_side_and_year_add_up_to_those_by_side():
    for reading in load("readings")["reading_id"]:
        sides = questions.totals(["side"], reading).set_index("side")[casualties.RANGE]
        years = questions.totals(["side", "year"], reading).groupby("side")[casualties.RANGE].sum()
        assert sides.equals(years)


@pytest.mark.parametrize("place_id", ["gao", "menaka", "kidal"])
@pytest.mark.parametrize("day", ["2012-01-17", "2012-07-01", "2013-02-01", "2014-12-31"])
def test_the_holder_is_that_of_the_map_and_each_claim_has_its_row(place_id, day):
    spells, claims = territory.reading(load("control_spells"), "assessed"), load("control_claims")
    state = territory.states_on(day, spells, claims, load("places")).set_index("place_id").loc[place_id]
    answer = questions.held(place_id, day)
    assert set(answer["state"]) == {state["state"]} and set(answer["holders"]) == {state["holders"]}
    assert tuple(answer["claim_id"].dropna()) == state["control_claims"]
    assert answer["claim_id"].isna().equals(answer["claimant"].isna())


def test_each_claim_behind_a_number_of_each_topic_is_found(quoted):
    for numbers in quoted.values():
        for key in [key for key, number in numbers.items() if number.claims][:1]:
            assert set(numbers[key].claims) == set(questions.claims_behind(key)["claim_id"]), key


def test_a_number_that_counts_no_claims_has_none_behind_it(quoted):
    key = next(key for key, number in quoted["phases"].items() if not number.claims)
    assert questions.claims_behind(key).empty and key in headline.numbers("phases")


def test_the_distance_of_the_published_rule_is_none_and_that_of_named_ones_is_theirs(combined):
    assert not questions.distance()["difference"].any()
    for row in multiverse.named(combined).iloc[[1, -1]].itertuples():
        own = questions.distance(**row.choices).set_index("target")
        assert own["own"].to_dict() == {target: getattr(row, target) for target in multiverse.TARGETS}
        assert own["share_below"].between(0, 1).all()


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda: questions.range_of("gao_2012_06_28"), KeyError, "event_id 'gao_2012_06_28'.*gao_2012_06_27"),
        (lambda: questions.totals(["sides"]), KeyError, "column 'sides'.*side"),
        (lambda: questions.totals("sides"), KeyError, "column 'sides'.*side"),
        (lambda: questions.totals([]), KeyError, "column ''.*side"),
        (lambda: questions.totals(["side", "low"]), KeyError, "column 'low'"),
        (lambda: questions.totals(reading="no_enemies"), KeyError, "reading_id 'no_enemies'.*no_enemy"),
        (lambda: questions.held("gau", "2012-07-01"), KeyError, "place_id 'gau'.*gao"),
        (lambda: questions.held("gao", "2015-01-01"), ValueError, "2015-01-01.*2012-01-17 to 2014-12-31"),
        (lambda: questions.held("gao", "first of July"), ValueError, "'first of July'.*2012-06-27"),
        (lambda: questions.held("gao", "2012-07"), ValueError, "'2012-07'.*2012-06-27"),
        (lambda: questions.held("gao", None), ValueError, "None: no day"),
        (lambda: questions.claims_behind(None), KeyError, "key None.*casualties_"),
        (lambda: questions.claims_behind("casualties"), KeyError, "key 'casualties'.*casualties_"),
        (lambda: questions.claims_behind("casualties_mnla_killed"), KeyError, "casualties_mnla_killed.*_side_killed"),
        (lambda: questions.distance(numbers="lowest"), KeyError, "choice 'numbers'.*number"),
        (lambda: questions.distance(number="least"), KeyError, "number 'least'.*lowest"),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_can(ask, error, words):
    with pytest.raises(error, match=words):
        ask()
