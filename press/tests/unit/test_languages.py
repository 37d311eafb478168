"""The words of the press in its catalogues, and what is compared of a message and its translation."""

import calendar
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from pybtex.database import parse_string
from pybtex.richtext import Text
from sphinx import locale

from bookpress.book.attachments import DESCRIPTOR, NUMBERS, SHOWN
from bookpress.book.languages import (
    PRESS,
    SETTINGS,
    Words,
    _press_words,
    faults_of,
    folder_of,
    read_catalogue,
    runs_from_the_right,
)  # fmt: skip
from bookpress.errors import BuildError
from bookpress.pdf.compile import PAPER_WORDS
from bookpress.sphinx.bibliography import UNDATED, AuthorDate, ByName, RoundAuthorDate, citations, shorten
from stress_edition import EDITION

ROOT = Path(str(resources.files("bookpress")))
METHODS = [("**/theme/*.html", "jinja2.ext:babel_extract"), ("**.js", "javascript"), ("**.py", "python")]


def words_of_the_press():
    """Every string that its code, its scripts, its templates and its paper say by gettext."""
    found = extract_from_dir(ROOT, method_map=METHODS, keywords={"_": None, "say": None}, comment_tags=())
    return {words for _, _, words, *_ in found if isinstance(words, str)} | set(PAPER_WORDS.values())


def test_french_has_every_word_of_the_press_and_no_other():
    dynamic = {
        "modified copy",
        ": ",
        DESCRIPTOR,
        NUMBERS,
        SHOWN,
        *calendar.month_name[1:],
        "1",
        UNDATED,
    }  # of the edition, its files, and the dates in a bibliography
    assert set(_press_words("fr")) == words_of_the_press() | dynamic


@pytest.mark.parametrize(
    ("language", "cited"),
    [
        ("", ["Roy and Sow (n.d.-b)", "Sow et al. (2012)", "Court (2013)", "Post (2014)"]),
        ("fr", ["Roy et Sow (s.\u00a0d.-b)", "Sow et al. (2012)", "Cour (2013)", "Poste (2014)"]),
    ],
)
def test_citations_in_cells_are_in_the_language_of_their_words(tmp_path, monkeypatch, language, cited):
    file = tmp_path / "references.bib"
    file.write_text(
        "@misc{a, author = {Roy, Ann and Sow, Bob}, year = {n.d.-b}}\n@misc{b, author = {Sow, Bob and others}, year = {2012}}\n"
        "@misc{c, author = {{Court}}, year = {2013}}\n@misc{d, howpublished = {Post}, year = {2014}}\n",
        "utf-8",
    )
    own = folder_of(tmp_path, "fr") / f"{SETTINGS}.po"
    own.parent.mkdir(parents=True)
    own.write_text('msgid "Court"\nmsgstr "Cour"\n\nmsgid "Post"\nmsgstr "Poste"\n', "utf-8")
    monkeypatch.setenv("LANGUAGE", language)
    assert list(citations(file).values()) == cited


def test_a_name_that_stays_in_its_language_is_cited_without_the_mark_of_it(tmp_path, monkeypatch):
    file = tmp_path / "references.bib"
    file.write_text(
        "@misc{a, author = {{Watch}}, year = {2013}}\n@misc{b, author = {{Court}}, year = {2013}}\n", "utf-8"
    )
    own = folder_of(tmp_path, "fr") / f"{SETTINGS}.po"
    own.parent.mkdir(parents=True)
    own.write_text('msgid "Watch"\nmsgstr "Watch <en>"\n\nmsgid "Court"\nmsgstr "Cour"\n', "utf-8")
    monkeypatch.setenv("LANGUAGE", "fr")
    assert list(citations(file).values()) == ["Watch (2013)", "Cour (2013)"]
    assert Words(tmp_path, "fr").names() == {"Watch": "en"}


def test_bodies_that_sign_an_edition_and_joined_licences_are_in_the_language(tmp_path):
    own = folder_of(tmp_path, "fr") / f"{SETTINGS}.po"
    own.parent.mkdir(parents=True)
    own.write_text('msgid "Office of Shapes"\nmsgstr "Bureau des formes"\n', "utf-8")
    edition = replace(EDITION, authors=(*EDITION.authors, "Office of Shapes"), licence="CC-BY-4.0 and MIT")
    told = Words(tmp_path, "fr").edition(edition, "fr", "en")
    assert (told.authors, told.licence) == ((*EDITION.authors, "Bureau des formes"), "CC-BY-4.0 et MIT")


def test_dates_of_works_are_in_the_language(tmp_path, monkeypatch):
    monkeypatch.setattr(locale, "translators", {})
    Words(tmp_path, "fr").write_press(tmp_path)
    locale.init([str(tmp_path)], "fr", PRESS)
    works = "@misc{a, title = {A}, month = {May}, day = {1}}\n@misc{b, title = {B}, month = {May}}\n"
    entries = parse_string(works, "bibtex").entries.values()
    told = [entry.text.render_as("text") for entry in AuthorDate(sorting_style=ByName).format_entries(entries)]
    assert told == [" (s.\u00a0d.). A. 1er mai.", " (s.\u00a0d.). B. Mai."]


@pytest.mark.parametrize("language", ["de", "fr"])
def test_translations_of_the_press_keep_what_they_name(language):
    catalogue = read_catalogue(ROOT / "locale" / language / "LC_MESSAGES" / f"{PRESS}.po")
    assert [fault for message in catalogue for fault in faults_of(message)] == []


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("In {glue:text}`a` towns", "Dans {glue:text}`a` villes", ""),
        ("In {glue:text}`a` towns", "Dans {glue:text}`b` villes", "lacks {glue:text}`a` and has {glue:text}`b`"),
        ("See {ref}`the rule <worth>`", "Voir {ref}`la règle <worth>`", ""),
        ("See {ref}`the rule <worth>`", "Voir {ref}`la règle <place>`", "lacks {ref}`worth` and has {ref}`place`"),
        ("A claim", "Une affirmation ({language}`claim <en>`)", ""),
        ("The {language}`mot <fr>`", "Le mot", "lacks {language}`fr`"),
        ("See [the page](a.md)", "Voir [la page](a.md)", ""),
        ("See [the page](a.md)", "Voir la page", "lacks ](a.md)"),
        ("{pdf}`The PDF`", "{pdf}`Le PDF`", ""),
        ("1,234 dead in 2012", "1 234 morts en 2012", ""),
        ("3 dead", "4 morts", "lacks 3 and has 4"),
        ("{count} claims", "{count} déclarations", ""),
        ("{count} claims", "{nombre} déclarations", "lacks {count} and has {nombre}"),
        ("%(count)s claims", "déclarations", "lacks %(count)s"),
    ],
)
def test_a_translation_names_what_its_text_names(text, translation, fault):
    told = list(faults_of(Message(text, translation)))
    assert [words.rpartition("the translation ")[2] for words in told] == ([fault] if fault else [])


@pytest.mark.parametrize("line", ["msgid words", 'msgstr "a" b', 'msgstr "a'])
def test_what_is_no_line_of_a_catalogue_is_told_with_its_place(tmp_path, line):
    file = tmp_path / "a.po"
    file.write_text(f'msgid "a"\n{line}\n', "utf-8")
    with pytest.raises(BuildError, match=r"a\.po, line 2: is no line of a catalogue"):
        read_catalogue(file)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", True), ("fa-IR", True), ("he", True), ("fr", False), ("tzm-Tfng", False), ("no code", False), ("", False)],
)
def test_words_from_the_right_are_known_by_their_language(language, expected):
    assert runs_from_the_right(language) is expected


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Roy, Ann", "Roy, Ann"),
        ("Ann de Roy and Sow, Bob", "de Roy, Ann and Sow, Bob"),
        ("Roy, Ann and Sow, Bob and Zeta, Cy", "Roy, Ann; Sow, Bob and Zeta, Cy"),
        ("Sow, Bob and others", "Sow, Bob et al."),
        ("{Office of Shapes}", "Office of Shapes"),
    ],
)
def test_an_entry_begins_with_the_name_that_it_is_sorted_by(authors, expected):
    entries = parse_string(f"@misc{{a, author = {{{authors}}}, title = {{T}}, year = {{2012}}}}", "bibtex").entries
    shorten(entries["a"])
    (listed,) = AuthorDate(sorting_style="none").format_entries(entries.values())
    assert listed.text.render_as("text").replace("\u00a0", " ").startswith(f"{expected} (2012). ")


def test_works_in_one_bracket_are_parted_by_semicolons():
    works = [Text("Sow and Roy, 2011"), Text("Court, 2013")]
    assert str(RoundAuthorDate().outer("p", works).format()) == "(Sow and Roy, 2011; Court, 2013)"
