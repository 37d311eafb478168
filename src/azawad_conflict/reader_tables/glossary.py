"""The words of the glossary in each language of the report, as its page and its catalogues have them."""

import re

import pandas as pd
from babel import Locale
from babel.messages.pofile import read_po

from azawad_conflict.language import ENGLISH
from azawad_conflict.tables import REPOSITORY

PAGE = REPOSITORY / "book" / "glossary.md"
CATALOGUES = REPOSITORY / "book" / "locale"
TERM = re.compile(r"^(.+)\n: ", re.MULTILINE)  # of a definition list
ASIDE = re.compile(r" \(\*[^*]*\*\)")  # the English word, which a translated term gives beside its own


def terms() -> pd.DataFrame:
    """One row per word that the glossary explains, in its order; a column per language, by its own name, English first."""
    found = TERM.findall(PAGE.read_text("utf-8"))
    codes = sorted(folder.name for folder in CATALOGUES.iterdir())
    said = {ENGLISH: {term: term for term in found}} | {code: _translated(code) for code in codes}
    rows = [row for term in found for row in _words([ASIDE.sub("", words[term]) for words in said.values()])]
    return pd.DataFrame(rows, columns=[(Locale.parse(code).get_display_name() or code).capitalize() for code in said])


def _translated(code):
    with (CATALOGUES / code / "LC_MESSAGES" / f"{PAGE.stem}.po").open("rb") as file:
        return {message.id: message.string or message.id for message in read_po(file)}


def _words(terms):
    """The words of one term in each language; a term of several words is a row for each, if all languages have as many."""
    split = [term.split(", ") for term in terms]
    rows = list(zip(*split, strict=True)) if len(set(map(len, split))) == 1 else [tuple(terms)]
    return [tuple(word[:1].upper() + word[1:] for word in row) for row in rows]
