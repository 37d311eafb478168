"""The tables of claims as a reader finds them."""

import pandas as pd
import pytest

from azawad_conflict.reader_tables.evidence import claims as read

OPEN = float("nan")


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "english", "french"),
    [
        ("more than", 20, OPEN, "more than 20 killed", "tués\u00a0: plus de 20"),
        ("about", 19, 19, "about 19 killed", "tués\u00a0: environ 19"),
        ("about", 70, OPEN, "at least 70 killed (about)", "tués\u00a0: au moins 70 (environ)"),
        ("up to", OPEN, 3, "up to 3 killed", "tués\u00a0: jusqu’à 3"),
        ("at least about", 10, OPEN, "at least 10 killed (about)", "tués\u00a0: au moins 10 (environ)"),
        ("suicide bomber", 1, 1, "1 killed (suicide bomber)", "tués\u00a0: 1 (kamikaze)"),
    ],
)
def test_what_a_source_says_of_a_number_stands_in_it(monkeypatch, qualifier, low, high, english, french):
    row = dict(outcome="killed", low=low, high=high, qualifier=qualifier, counted="yes")
    for language, words in (("en", english), ("fr", french)):
        monkeypatch.setenv("LANGUAGE", language)
        assert read._claimed(row) == words


def test_where_a_claimant_stands_is_not_said_twice():
    said = [("Malian press", "press"), ("RFI", "press"), ("Malian press", "local"), ("Locality board", "local")]
    told = read.said_by(pd.DataFrame(said, columns=["claimant", "claimant_role"], dtype="string"))
    assert told.tolist() == ["Malian press", "RFI (press)", "Malian press (local)", "Locality board (local)"]
