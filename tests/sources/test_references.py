"""The bibliography: a reader of a citation can tell which entry it means."""

import re
from collections import Counter

from pybtex.database import parse_file

from azawad_conflict import tables
from bookpress.sphinx.bibliography import LANGUAGES, citations
from prose import ROOT


def test_no_two_entries_are_cited_alike():
    assert [
        words for words, count in Counter(citations(ROOT / "book" / "references.bib").values()).items() if count > 1
    ] == []


def test_each_title_has_the_language_of_its_source():
    """A screen reader reads it in that language. Descriptive titles are in English, whatever the language of the source, and a machine
    translation of an encyclopaedia's page has that of its original."""
    entries = parse_file(str(ROOT / "book" / "references.bib"), "bibtex").entries
    rows = tables.load("sources").fillna("").itertuples()
    wrong = []
    for row in rows:
        told = LANGUAGES.get(entries[row.source_id].fields.get("langid", ""), "")
        is_descriptive = "escriptive title" in row.note or "achine translation into" in row.note
        is_foreign = row.language != "en" and row.language in LANGUAGES.values() and not is_descriptive
        is_arabic = re.search(r"[\u0600-\u06ff]", row.title) is not None
        if told not in ("", row.language) or (is_foreign and not told) or is_arabic != (told == "ar"):
            wrong.append(row.source_id)
    assert wrong == []
