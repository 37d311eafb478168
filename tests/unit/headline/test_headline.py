"""The published numbers: computed now against tests/expected/headline.json.

A difference is not an error of the test: it says that a published number moved. Write why in CHANGELOG.md, then renew
the file with `make numbers RENEW=yes`.
"""

import pytest

from azawad_conflict import headline, tables
from azawad_conflict.headline.casualties.totals import KINDS
from prose import PUBLISHED, quoted_keys
from tools.numbers import moved, told_otherwise


@pytest.fixture(scope="module")
def printed(quoted):
    return {key: number.text for numbers in quoted.values() for key, number in numbers.items()}


def test_published_numbers_have_not_moved(printed):
    differences = list(moved(PUBLISHED, printed))
    assert not differences, "\n".join(["`make numbers` lists them", *differences])


def test_every_number_is_quoted(printed):
    """In prose or in the table of changes; the check of prose asks for the numbers of KINDS by name."""
    of_kinds = {f"casualties_core_{words[1].replace(' ', '_')}" for words in KINDS.values()}
    idle = set(printed) - quoted_keys() - of_kinds - set(tables.load("changes")["key"])
    assert not idle, f"no page and no row of data/changes.csv quotes {', '.join(sorted(idle))}"


@pytest.mark.parametrize("topic", headline.TOPICS)
def test_keys_start_with_their_topic_and_values_are_words(topic, quoted):
    numbers = quoted[topic]
    assert numbers and all(key.startswith(topic + "_") for key in numbers)
    assert all(isinstance(number.text, str) and number.text.strip() == number.text != "" for number in numbers.values())


def test_changes_say_what_is_printed(printed):
    """The last row of each number, whichever edition moved it."""
    changes = tables.load("changes")
    differences = list(told_otherwise(changes, printed, tables.schema()["version"]))
    assert len(changes) and not differences, "\n".join(differences)


def test_a_taking_is_without_a_death_only_where_none_is_reported(data_copy, monkeypatch, printed):
    assert printed["casualties_core_takings_of_towns"] == "0"
    data_copy.set("casualty_claims.csv", "lere_2012_11_28_mnla_killed_afp_lere", best="2", high="2")
    monkeypatch.setenv("AZAWAD_DATA", str(data_copy.folder))
    numbers = headline.numbers("casualties")
    assert (
        numbers["casualties_core_takings_of_towns"] == "1" and "without a death" not in numbers["casualties_core_kinds"]
    )


def test_an_unknown_topic_is_refused():
    with pytest.raises(KeyError):
        headline.numbers("weather")


def test_a_rule_of_counting_that_is_changed_in_one_place_is_refused(monkeypatch, combined):
    moved_published = combined.assign(mnla=combined["mnla"] + 1)
    monkeypatch.setattr("azawad_conflict.multiverse.combinations", lambda *tables: moved_published)
    with pytest.raises(ValueError, match=r"the counting rule differs from place to place: mnla: \d+ by counting"):
        headline.quoted("multiverse")
