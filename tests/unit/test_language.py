"""What readers see in another language: dates, numbers and ranges; and whether the catalogues are those of the code."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from babel.messages.pofile import read_po

from azawad_conflict import headline, language
from azawad_conflict.counting.terms import SERIES
from azawad_conflict.edtf_dates import in_words
from azawad_conflict.wording import counted, listed, number_or_none, number_range, short_date, titles, within
from bookpress.book.languages import faults_of, name_of
from tools.messages import DOMAINS, LABELS, SCHEMA, labelled, main, renew

TOPICS_IN_WORDS = ("phases", "casualties", "territory", "actors")


@pytest.fixture
def french(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "fr_ML.UTF-8:en")


def test_numbers_and_dates_are_said_in_french(french):
    assert language.number(1234567) == "1\u202f234\u202f567"
    assert language.number(0.5, 2) == "0,50"
    assert in_words("2012-06-01") == "1er\u00a0juin 2012"
    assert in_words("2012-11-20/2012-11-21") == "20 et 21\u00a0novembre 2012"
    assert in_words("2012-11-30/2012-12-01") == "30\u00a0novembre et 1er\u00a0décembre 2012"
    assert in_words("2013-01-26/2013-01-28") == "26 au 28\u00a0janvier 2013"
    assert short_date("2013-01-26/2013-01-28") == "26–28\u00a0janv.\u00a02013"
    assert in_words("2013-01/2013-02") == "entre janvier et février 2013"
    assert in_words("2013-01/2013-02-16") == "entre janvier 2013 et le 16\u00a0février 2013"
    assert in_words("2012-06-27/..") == "depuis le 27\u00a0juin 2012"
    assert short_date("2012-06-27/2012-07") == "27\u00a0juin\u00a02012 – juil.\u00a02012"
    assert short_date("2013-02-26") == "26\u00a0févr.\u00a02013"
    assert short_date("2013-11/2014-02") == "nov.\u00a02013 – févr.\u00a02014"
    assert counted(1, "town") == "1 ville"
    assert counted(3, "town") == "3 villes"
    assert counted(0, "town") == "0 ville"  # in French zero is singular
    assert listed(["a", "b", "c"]) == "a, b et c"
    assert titles(["Chute de Ménaka", "« Des dizaines »"]) == "«\u00a0Chute de Ménaka\u00a0» et « Des dizaines »"
    assert (within(SERIES["islamist"]), within(SERIES["mnla"])) == ("groupes armés islamistes", "MNLA et alliés")
    assert (number_or_none(0, "incidents"), number_or_none(0, "towns")) == ("aucun", "aucune")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"low": 20, "high": 35, "at_least": True}, "20 à 35 ou plus"),
        ({"low": 1000, "high": pd.NA}, "au moins 1\u202f000"),
        ({"low": pd.NA, "high": 6}, "jusqu’à 6"),
        ({"low": pd.NA, "high": pd.NA}, "non indiqué"),
    ],
)
def test_ranges_are_said_in_french(french, row, words):
    assert number_range(row) == words


def test_words_by_key_follow_the_language_and_frames_keep_english(french, monkeypatch):
    assert SERIES["mnla"] == SERIES.get("mnla") == "MNLA et alliés"
    assert pd.Series(["mnla"]).map(SERIES).tolist() == ["MNLA et alliés"]
    assert SERIES.written("mnla") == "MNLA and allies"
    monkeypatch.setenv("LANGUAGE", "")
    assert SERIES["mnla"] == "MNLA and allies"


def test_words_that_have_a_plural_too_are_said_alone(french):
    with language.catalogue("fr").open("rb") as file:
        both = {
            message.id[0]: message.string[0]
            for message in read_po(file)
            if message.pluralizable and not message.context
        }
    assert len(both) > 10 and {words: language._(words) for words in both} == both


def test_files_of_data_are_in_english_in_every_language(tmp_path):
    made = {}
    for code in ("", "fr"):
        command = [sys.executable, "-m", "azawad_conflict.exchange", str(tmp_path / (code or "en"))]
        subprocess.run(command, env=os.environ | {"LANGUAGE": code}, check=True, capture_output=True)
        made[code] = {path.name: path.read_bytes() for path in (tmp_path / (code or "en")).rglob("*") if path.is_file()}
    assert len(made["fr"]) > 1
    assert [name for name, content in made[""].items() if made["fr"].get(name) != content] == []


def test_the_schema_has_its_titles_and_descriptions_in_french_as_the_catalogue_has_them():
    text = SCHEMA.read_text("utf-8")
    assert labelled(text, "fr") == text  # make messages PROSE=no
    package = json.loads(text)
    tables = package["resources"]
    parts = [package, *tables, *(field for table in tables for field in table["schema"]["fields"])]
    assert [part["name"] for part in parts for key in LABELS if not part[f"{key}_fr"]] == []
    stale = text.replace('"title_fr": "Sources"', '"title_fr": "Source"')
    assert stale != text and labelled(stale, "fr") == text


@pytest.mark.parametrize("asked", ["", "en", "de", "xx_YY", "C"])
def test_a_language_without_a_catalogue_is_english(monkeypatch, asked):
    monkeypatch.setenv("LANGUAGE", asked)
    assert language.day_in_words(date(2012, 6, 27)) == "27\u00a0June 2012"


@pytest.mark.parametrize("topic", TOPICS_IN_WORDS)
def test_both_languages_quote_the_same_numbers(monkeypatch, topic):
    english = headline.numbers(topic)
    monkeypatch.setenv("LANGUAGE", "fr")
    french = headline.numbers(topic)
    assert french.keys() == english.keys()
    digits = {
        key: [re.findall(r"\d+", re.sub(r",(?=\d{3}\b)|\u202f", "", words[key])) for words in (english, french)]
        for key in english
    }
    assert {key: pair for key, pair in digits.items() if pair[0] != pair[1]} == {}


def test_words_of_the_data_are_said_in_french_and_blanks_stay(french):
    names = pd.Series(["Timbuktu", pd.NA, "no name of the data"], dtype="string")
    assert language.said(names).fillna("").tolist() == ["Tombouctou", "", "no name of the data"]


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_french_catalogue_has_every_message_whole_and_no_other(domain):
    with language.catalogue("fr", domain).open("rb") as file:
        catalogue = read_po(file)
    said = [message for message in catalogue if message.id]
    ids, wanted = {name_of(message) for message in said}, set(DOMAINS[domain]())
    assert ids == wanted, f"make messages PROSE=no renews {domain}.po: it lacks {wanted - ids}, has {ids - wanted}"
    left = [
        message.id
        for message in said
        if message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string or [""])
    ]
    assert left == [], f"{domain}.po: write the French of these messages, and take `#, fuzzy` away"
    assert [(message.id, fault) for message in said for fault in faults_of(message)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_french_catalogue_is_as_it_is_written(domain, tmp_path):
    file = language.catalogue("fr", domain)
    copy = Path(shutil.copy(file, tmp_path))
    renew(copy, "fr", domain)
    assert copy.read_bytes() == file.read_bytes(), f"make messages PROSE=no renews {domain}.po"


def test_the_program_that_renews_catalogues_says_how_it_is_used(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert "usage: python -m tools.messages" in capsys.readouterr().out
