"""A long bibliography parted by the first letters of its names: who looks a call up goes from heading to heading, by eye or by ear."""

from __future__ import annotations

from docutils import nodes

from bookpress.sphinx.bibliography import ByName, cited_entries

LONG = 100  # entries; a shorter list is seen at once
FIGURES = "0–9"


def setup(app):
    """Part the lists once they are worded."""
    app.connect("doctree-resolved", part)


def part(app, doctree, docname):
    """Put the entries of each long list into sections by their letter; the contents, made before, have none of these."""
    if "sphinxcontrib.bibtex" not in app.extensions:  # a book without `bibtex_bibfiles`
        return
    entries = cited_entries(app.env)
    lists = {}
    for citation in doctree.findall(nodes.citation):
        if entry := next((entries[name] for name in citation["ids"] if name in entries), None):
            lists.setdefault(citation.parent, {}).setdefault(letter_of(entry), []).append(citation)
    for box, by_letter in lists.items():
        if sum(map(len, by_letter.values())) <= LONG:
            continue
        for letter, own in by_letter.items():
            box.insert(box.index(own[0]), section := nodes.section("", nodes.title("", letter)))
            section["ids"] = [f"{box['ids'][0]}-{letter[0].lower()}"]
            for citation in own:
                box.remove(citation)
                section += citation


def letter_of(entry):
    """The heading that an entry stands under: the first letter by which it is sorted, without its accent; figures share one."""
    names, *_rest = ByName().sorting_key(entry)
    first = next((sign for name in names for sign in name if sign.isalnum()), "0")
    return FIGURES if first.isdigit() else first.upper()
