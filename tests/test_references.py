"""The bibliography: a reader of a citation can tell which entry it means."""

from collections import Counter

from pybtex.database import parse_file

from prose import ROOT


def labels():
    """What a citation shows of each entry: author, or whoever stands in for one, and year."""
    entries = parse_file(ROOT / "book" / "references.bib").entries.values()
    return [(tuple(map(str, entry.persons.get("author", []))) or entry.fields["howpublished"], entry.fields["year"]) for entry in entries]


def test_no_two_entries_are_cited_alike():
    assert [label for label, count in Counter(labels()).items() if count > 1] == []
