"""A long bibliography, parted by letters."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from pybtex.database import Entry, Person

from bookpress.sphinx import lettered

NAMES = ["{6 Proche Orient}", "{aBamako}", "{AFP}", "Élysée, Ann", "{Évasion}", "{«Zone»}"]


def listed(monkeypatch, longest):
    """A list of entries by these names, once it was parted where it is longer than `longest`."""
    monkeypatch.setattr(lettered, "LONG", longest)
    entries = {f"ref-{number}": Entry("misc", persons={"author": [Person(name)]}) for number, name in enumerate(NAMES)}
    found = [SimpleNamespace(citation_id=name, entry=entry) for name, entry in entries.items()]
    env = SimpleNamespace(get_domain=lambda name: SimpleNamespace(citations=found))
    words = nodes.container("", *(nodes.citation("", ids=[name]) for name in entries), ids=["list"])
    document = nodes.section("", nodes.paragraph(), words)
    lettered.part(SimpleNamespace(extensions=["sphinxcontrib.bibtex"], env=env), document, "page")
    return words


def test_entries_stand_under_the_first_letter_by_which_they_are_sorted(monkeypatch):
    sections = listed(monkeypatch, len(NAMES) - 1).children
    assert [(section["ids"], section[0].astext(), len(section) - 1) for section in sections] == [
        (["list-0"], "0–9", 1),
        (["list-a"], "A", 2),
        (["list-e"], "E", 2),
        (["list-z"], "Z", 1),
    ]
    assert [entry["ids"] for entry in sections[2].findall(nodes.citation)] == [["ref-3"], ["ref-4"]]


def test_a_list_that_is_seen_at_once_stays_whole(monkeypatch):
    assert [type(entry) for entry in listed(monkeypatch, len(NAMES))] == [nodes.citation] * len(NAMES)


@pytest.mark.parametrize("extensions", [[], ["myst_nb"]])
def test_a_book_without_bibliography_has_none_to_part(extensions):
    lettered.part(SimpleNamespace(extensions=extensions, env=None), nodes.section(), "page")
