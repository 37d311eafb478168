"""The bibliography: a reader of a citation can tell which entry it means."""

from collections import Counter

from azawad_conflict.explorer import citations


def test_no_two_entries_are_cited_alike():
    assert [words for words, count in Counter(citations().values()).items() if count > 1] == []
