"""The bibliography: a reader of a citation can tell which entry it means."""

import re
from collections import Counter

import pytest
from pybtex.database import parse_file

from azawad_conflict import tables
from bookpress.sphinx.bibliography import LANGUAGES, citations, is_descriptive
from prose import ROOT

ARABIC = r"[\u0600-\u06ff]"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_two_entries_are_cited_alike(monkeypatch, language):
    monkeypatch.setenv("LANGUAGE", language)
    assert [
        words for words, count in Counter(citations(ROOT / "book" / "references.bib").values()).items() if count > 1
    ] == []


def test_each_title_has_the_language_of_its_source():
    """A screen reader reads it in that language. Descriptive titles are in English, whatever the language of the source, and a machine
    translation of an encyclopaedia's page has that of its original."""
    entries = _entries()
    rows = tables.load("sources").fillna("").itertuples()
    wrong = []
    for row in rows:
        told = LANGUAGES.get(entries[row.source_id].fields.get("langid", ""), "")
        is_ours = "escriptive title" in row.note or "achine translation into" in row.note
        is_foreign = row.language != "en" and row.language in LANGUAGES.values() and not is_ours
        is_arabic = re.search(ARABIC, row.title) is not None
        if told not in ("", row.language) or (is_foreign and not told) or is_arabic != (told == "ar"):
            wrong.append(row.source_id)
    assert wrong == []


def test_the_titles_that_this_report_worded_are_marked_as_its_own_and_no_others():
    """By the mark the French edition translates them. What the note calls descriptive in the letters of its source stays as it is."""
    rows = tables.load("sources").fillna("")
    in_english = ~rows["title"].str.contains(ARABIC)
    worded = rows.loc[rows["note"].str.contains("escriptive title") & in_english, "source_id"]
    assert {key for key, entry in _entries().items() if is_descriptive(entry)} == set(worded)


def _entries():
    return parse_file(str(ROOT / "book" / "references.bib"), "bibtex").entries
