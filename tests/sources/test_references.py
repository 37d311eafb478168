"""The bibliography: a reader of a citation can tell which entry it means."""

from collections import Counter

from bookpress.sphinx.bibliography import citations
from prose import ROOT


def test_no_two_entries_are_cited_alike():
    assert [
        words for words, count in Counter(citations(ROOT / "book" / "references.bib").values()).items() if count > 1
    ] == []
