"""The French edition says what the English one says: the same parts, numbers, sources and addresses on each page, and no English left."""

import re
from collections import Counter
from functools import cache

import lxml.html
import pypdf
import pytest
import yaml

from azawad_conflict.tables import load
from bookpress.book.languages import SETTINGS, Words
from prose import ROOT

CONTENTS = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
NAMES = [CONTENTS["root"], *(chapter["file"] for part in CONTENTS["parts"] for chapter in part["chapters"])]
PARTS = (
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "figure",
    "img",
    "table",
    "tr",
    "th",
    "td",
    "caption",
    "figcaption",
    "p",
    "li",
)
# Words of English that are none of French; two of them in one piece of text are English.
ENGLISH = re.compile(
    r"\b(the|of|and|with|who|which|from|was|were|is|are|that|by|their|its|this|has|have|not|to|for)\b", re.IGNORECASE
)
PIECES = ["p", "td", "th", "li", "h1", "h2", "h3", "figcaption", "caption", "dt", "dd", "button", "label", "option"]
SPOKEN = ("alt", "aria-label", "title", "placeholder")  # attributes that readers meet
# Code, works by their names and rows of files stay as they were written.
AS_WRITTEN = ".//code | .//*[@lang='en'] | .//a[contains(@href, '#ref-')] | .//table[contains(@id, '-example')]"


def article(build, language, name):
    """The article of a page, without code."""
    page = lxml.html.parse(str(build / "html" / language / f"{name}.html"))
    for tag in page.xpath("//script | //style | //pre"):
        tag.drop_tree()
    [found] = page.xpath("//article")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_each_page_has_the_parts_numbers_sources_and_addresses_of_the_english_one(build, name):
    english, french = (article(build, language, name) for language in ("", "fr"))
    for told in (_parts, _sources, _addresses, _digits):
        assert told(french) == told(english), told.__name__


def _parts(article):
    return Counter(tag.tag for tag in article.iter(*PARTS))


def _sources(article):
    return Counter(article.xpath(".//a[contains(@href, 'references.html#ref-')]/@href"))


def _addresses(article):
    return set(article.xpath(".//*[self::figure or self::table or self::tr or self::p]/@id"))


def _digits(article):
    """Every number of the words, whatever marks its thousands."""
    return Counter(re.findall(r"\d+", re.sub(r"(?<=\d)[,\u202f](?=\d{3}(?!\d))", "", article.text_content())))


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_a_french_page_is_english(build, name):
    page = article(build, "fr", name)
    for tag in page.xpath(AS_WRITTEN):
        tag.drop_tree()
    pieces = [piece.text_content() for piece in page.iter(*PIECES) if piece.find(".//option") is None]
    pieces += [words for key in SPOKEN for words in page.xpath(f".//@{key}")]
    suspect = [piece for piece in dict.fromkeys(pieces) if _is_english(piece)]
    assert [piece for piece in suspect if _is_english(_without_names(piece))] == []


def _is_english(piece):
    return len(ENGLISH.findall(piece)) > 1


def _without_names(piece):
    """A piece of text without addresses and paths, and without works, authors and media, which keep their names."""
    piece = re.sub(r"\S+/\S+", "", piece)
    for name in _names():
        piece = piece.replace(name, "")
    return piece


@cache
def _names():
    """What the sources are called in French too, the longest first."""
    sources, say = load("sources"), Words(ROOT / "book", "fr").say
    names = {name for column in ("title", "author", "publisher", "relay") for name in sources[column].dropna()}
    return sorted((name for name in names if say(name, SETTINGS) == name), key=len, reverse=True)


@pytest.mark.parametrize(("language", "other"), [("", "fr"), ("fr", "")])
def test_each_page_leads_to_the_same_one_in_the_other_language(build, language, other):
    for name in NAMES:
        file = build / "html" / language / f"{name}.html"
        [target] = lxml.html.parse(str(file)).xpath(f"//a[@class='language' and @hreflang='{other or 'en'}']/@href")
        assert (file.parent / target).resolve() == (build / "html" / other / f"{name}.html").resolve()


def test_the_french_paper_is_in_french(build, edition):
    paper = pypdf.PdfReader(build / edition.pdf_name.replace(".pdf", "-fr.pdf"))
    assert paper.trailer["/Root"]["/Lang"] == "fr"
    assert paper.metadata.title != edition.full_title
    text = " ".join(page.extract_text() for page in paper.pages[:12])
    assert "Table des matières" in text and "Contents" not in text
