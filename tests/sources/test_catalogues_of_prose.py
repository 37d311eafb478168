"""The French catalogues of the prose: whole, and naming what the text names. Each build tells which sentences they lack."""

import re

import pytest

from azawad_conflict.language import DATA, DOMAIN, _, catalogue
from azawad_conflict.tables import load
from bookpress.book.edition import press_settings
from bookpress.book.languages import SETTINGS, Words, catalogue_of, faults_of, folder_of, read_catalogue
from prose import ROOT

BOOK = ROOT / "book"
FILES = sorted(folder_of(BOOK, "fr").rglob("*.po"))
ALL = [*FILES, *(catalogue("fr", domain) for domain in (DOMAIN, DATA))]
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
# An ordinary space before a sign, within guillemets, between a day and its month; guillemets with a space other than that before a colon.
LOOSE = re.compile(rf" [%;!?»](?![\w(])| :(?![:\w])|« |«\u202f|\u202f»|\b(?:\d\d?|1er) (?:{MONTHS})\b")
PAGES = sorted(
    [path.stem for path in BOOK.glob("*.md")]
    + [f"notebooks/{path.stem}" for path in (ROOT / "notebooks").glob("*.ipynb")]
)


def test_each_page_and_notebook_has_its_catalogue():
    folder = folder_of(BOOK, "fr")
    assert sorted(str(path.relative_to(folder).with_suffix("")) for path in FILES) == sorted(
        [*PAGES, "settings", "bookpress"]
    )
    assert catalogue_of(BOOK / "locale", "fr", "index", "po") in FILES


@pytest.mark.parametrize("code", ["en", "fr"])
def test_abbreviations_stand_for_the_names_of_the_data_or_of_a_page(code, monkeypatch):
    monkeypatch.setenv("LANGUAGE", code)
    actors = {_(row["short_name"]): _(row["name"]) for _index, row in load("actors").iterrows()}
    prose = " ".join((BOOK / "crosswalk.md").read_text("utf-8").split())
    words = Words(BOOK, code)
    glossary = re.findall(r"^(\S.*)\n: (.+)$", (BOOK / "glossary.md").read_text("utf-8"), re.MULTILINE)
    defined = {letters: words.say(meaning, "glossary") for letters, meaning in glossary}
    given = press_settings(BOOK / "_config.yml")["abbreviations"].items()
    told = {words.say(letters, SETTINGS): words.say(name, SETTINGS).removesuffix(" <en>") for letters, name in given}
    assert len(told) > 6
    for letters, name in told.items():
        is_actors = actors.get(letters) in (name, f"{name} ({letters})")
        is_said = f"{name} ({letters})" in prose or defined.get(letters, "").startswith(f"{name}, ")
        assert is_actors or is_said, letters


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_message_is_translated_and_keeps_roles_links_and_digits(file):
    catalogue = [message for message in read_catalogue(file) if message.id]
    left = [message.id for message in catalogue if message.fuzzy or not message.string]
    assert left == [], f"{file.name}: write the French of these messages, and take `#, fuzzy` away"
    assert [(message.lineno, fault) for message in catalogue for fault in faults_of(message)] == []


@pytest.mark.parametrize("file", ALL, ids=lambda path: path.stem)
def test_no_line_of_french_begins_with_a_sign_or_a_month(file):
    said = [
        words
        for message in read_catalogue(file)
        if message.id
        for words in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert [(words[:80], found[0]) for words in said if (found := LOOSE.search(words))] == []
