"""The pages to try in another language: nothing on them is left in English, and their scripts find their words in the page's data."""

import re

import pytest

from azawad_conflict.interactive import dated_map, explorer
from azawad_conflict.tables import load
from fragments import OwnRule, data_of, map_tables, parsed
from prose import ROOT

PAGES = {
    "dated-map": lambda: dated_map.draw(**map_tables()),
    "explorer": lambda: explorer.claims_html({name: load(name) for name in explorer.TABLES}),
    "own-rule": lambda: OwnRule().page,
}
# Of each page some words of its template, of Python and of what the script says.
ENGLISH = {
    "dated-map": "Earlier|>Play|Go to|>Close|Claims|held by|high certainty|reported killed|No change|New holders|27\u00a0June 2012</strong>|Boundaries|Key:|"
    "Timbuktu region|Line of time|The address",
    "explorer": "Find claims|>any<|Show all|Outcome|Rows |or more|Victims|Says|Unit:|control of a place|No place named",
    "own-rule": "browser needs|Everyone|published:|per cent|changes nothing|no number|Whose word|As 24|Your rule|differ from|The lowest|"
    "Each side on its own dead first|The claimant of",
}


@pytest.fixture(scope="module", params=PAGES)
def pages(request):
    """Name of a page, and the page in English and in French."""
    english = PAGES[request.param]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANGUAGE", "fr")
        return request.param, english, PAGES[request.param]()


def test_what_a_reader_sees_is_in_the_language(pages):
    name, english, french = pages
    words = ENGLISH[name].split("|")
    assert [one for one in words if one not in english] == []
    assert [one for one in words if one in french] == []


def test_both_languages_have_the_same_ids_and_values(pages):
    english, french = map(parsed, pages[1:])
    for attribute in ("id", "value", "data-event", "data-town", "data-rule", "data-outcome"):
        values = [sorted(item[attribute] for item in tree.select(f"[{attribute}]")) for tree in (english, french)]
        assert values[0] == values[1], attribute


def test_the_script_finds_its_words_and_no_other_are_given(pages):
    name, *both = pages
    script = (ROOT / "book" / "_static" / f"{name}.js").read_text(encoding="utf-8")
    asked = set(re.findall(r"\b(?:data\.words|said)\.(\w+)", script))
    for page in both:
        assert set(data_of(parsed(page))["words"]) == asked
    assert not re.search(r"""textContent = "[^"]|toLocale\w+\("en""", script)
