"""The words of the glossary in each language of the report, as its page and its catalogues have them."""

import re

import pandas as pd
from babel import Locale
from babel.messages.pofile import read_po

from azawad_conflict.language import ENGLISH, language
from azawad_conflict.tables import REPOSITORY
from azawad_conflict.wording import in_language

PAGE = REPOSITORY / "book" / "glossary.md"
CATALOGUES = REPOSITORY / "book" / "locale"
TERM = re.compile(r"^(.+)\n: ", re.MULTILINE)  # of a definition list
ASIDE = re.compile(r" \(\*[^*]*\*\)")  # the English word, which a translated term gives beside its own


def terms() -> pd.DataFrame:
    """One row per word that the glossary explains, in its order; a column per language, by its own name, English first."""
    found = TERM.findall(PAGE.read_text("utf-8"))
    said = {ENGLISH: {term: term for term in found}} | {code: _translated(code) for code in _languages().values()}
    # a new term has no message before the page is read with it
    rows = [row for term in found for row in _words([ASIDE.sub("", words.get(term, term)) for words in said.values()])]
    return pd.DataFrame(rows, columns=[_own_name(code) for code in said])


def marked(terms: pd.DataFrame) -> pd.DataFrame:
    """The same for a page: words in another language than the reader's bear its mark, and so does its name over them."""
    codes = {_own_name(ENGLISH): ENGLISH} | _languages()
    shown = terms.copy()
    for name, code in codes.items():
        if code != language():
            shown[name] = [in_language(word, code) for word in terms[name]]
    return shown.rename(columns={name: in_language(name, code) for name, code in codes.items() if code != language()})


def _languages():
    """The further languages of the book: code by own name."""
    return {_own_name(folder.name): folder.name for folder in sorted(CATALOGUES.iterdir())}


def _own_name(code):
    return (Locale.parse(code).get_display_name() or code).capitalize()


def _translated(code):
    with (CATALOGUES / code / "LC_MESSAGES" / f"{PAGE.stem}.po").open("rb") as file:
        return {message.id: message.string or message.id for message in read_po(file)}


def _words(terms):
    """The words of one term in each language; a term of several words is a row for each, if all languages have as many."""
    split = [term.split(", ") for term in terms]
    rows = list(zip(*split, strict=True)) if len(set(map(len, split))) == 1 else [tuple(terms)]
    return [tuple(word[:1].upper() + word[1:] for word in row) for row in rows]
