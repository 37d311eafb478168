"""Statements: every sentence of the base article is covered, and what is not carried says why."""

from azawad_conflict.evidence import statements
from azawad_conflict.tables import load


def test_all_sentences_and_the_infobox_are_covered():
    cut = load("statements")
    assert statements.sentences_covered(cut) == 53
    assert cut["base_sentence"].eq(0).any()


def test_coverage_adds_up():
    cut = load("statements")
    table = statements.coverage(cut)
    assert table["statements"].sum() == len(cut)
    assert table["not_carried"].sum() == cut["reason"].notna().sum()


def test_every_sentence_with_numbers_of_people_is_carried_by_a_claim():
    """Each is carried by at least one casualty claim."""
    cut = load("statements")
    carried = cut[cut["carried_by"].map(lambda names: any(name.startswith("casualty_claims:") for name in names))]
    assert {0, 17, 20, 25, 31, 32, 34, 35, 44, 45, 47, 52, 53} <= set(carried["base_sentence"])
