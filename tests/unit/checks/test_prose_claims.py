"""What prose may not claim: the words that `make check` refuses, and where it looks."""

import json

import pytest

from azawad_conflict.checks.prose import prose_faults
from azawad_conflict.tables import REPOSITORY


@pytest.fixture
def page(tmp_path):
    """A function that writes a page of a small book, or a cell of its notebook, and returns the faults."""
    (tmp_path / "book").mkdir()
    (tmp_path / "notebooks").mkdir()

    def write(text, notebook=False):
        if notebook:
            cells = [
                {"cell_type": "code", "source": ["# a minimum"]},
                {"cell_type": "markdown", "source": text.splitlines(keepends=True)},
            ]
            (tmp_path / "notebooks" / "01-x.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
        else:
            (tmp_path / "book" / "x.md").write_text(text, encoding="utf-8")
        return [str(fault) for fault in prose_faults(tmp_path)]

    return write


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a count: a minimum, not an estimate.",
        "Five are confirmed by a hospital.",
        "By the most trusted claimants they are many.",
        "Often nobody knows.",
        "The number is verified.",
    ],
)
def test_a_word_that_claims_more_than_rows_say_is_refused_with_its_place(page, sentence):
    (fault,) = page(f"# Page\n\n{sentence}\n")
    assert fault.startswith("x.md:3: prose: ") and "claims more than rows say, expected" in fault


def test_a_cell_of_a_notebook_is_named(page):
    (fault,) = page("One.\nIt is a minimum.\n", notebook=True)
    assert fault.startswith("01-x.ipynb:2: prose: cell 2: ")


@pytest.mark.parametrize(
    "sentence",
    ["“Minimum” is said of one number.", "A `minimum` in code.", "It confirms nothing.", "{ref}`minimum <worth>`"],
)
def test_a_word_that_is_spoken_of_or_is_code_is_none(page, sentence):
    assert page(sentence) == []


def test_a_count_of_fights_must_be_of_fights(page):
    assert page("{glue:text}`notebooks/02-casualties.ipynb::casualties_core_fights:s` fights") == []
    (fault,) = page("{glue:text}`notebooks/02-casualties.ipynb::casualties_core_incidents:s` fights")
    assert "casualties_core_fights" in fault
    (fault,) = page("{glue:text}`casualties_core_incidents` bombings", notebook=True)[-1:]
    assert "casualties_core_bombings" in fault


def test_the_book_claims_nothing_of_the_kind():
    assert prose_faults(REPOSITORY) == []
