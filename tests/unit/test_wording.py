"""Ranges, lists and sentence numbers as words."""

import pandas as pd
import pytest

from azawad_conflict import wording


@pytest.mark.parametrize(
    ("low", "high", "at_least", "words"),
    [
        (7, 7, False, "7"),
        (30, 35, False, "30 to 35"),
        (20, 26, True, "20 to 26 or more"),
        (20, 20, True, "at least 20"),
        (20, pd.NA, False, "at least 20"),
        (pd.NA, 50, False, "up to 50"),
        (pd.NA, pd.NA, False, "not stated"),
        (9000, 10000, False, "9,000 to 10,000"),
        (0, 0, False, "0"),
    ],
)
def test_number_range(low, high, at_least, words):
    assert wording.number_range({"low": low, "high": high, "at_least": at_least}) == words


@pytest.mark.parametrize(
    ("words", "sentence"), [([], "none"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listed(words, sentence):
    assert wording.listed(words) == sentence


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((), "none"),
        (("0",), "infobox"),
        (("0", "25"), "infobox, 25"),
        (("2", "3", "4", "20"), "2–4, 20"),
        (("12", "9", "10"), "9–10, 12"),
    ],
)
def test_sentence_numbers(numbers, words):
    assert wording.sentence_numbers(numbers) == words


def test_counted_takes_the_plural():
    assert (wording.counted(1, "town"), wording.counted(2, "town"), wording.counted(2, "city", "cities")) == (
        "1 town",
        "2 towns",
        "2 cities",
    )


def test_cited_is_markup_on_purpose():
    assert wording.cited(("a", "b")) == "{cite:t}`a,b`" and isinstance(wording.cited("a"), wording.Myst)
