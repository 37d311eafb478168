"""An author-date bibliography, sorted by author, to match author-date citations in the text.

Pybtex ships none: with its own styles the list is numbered, and the citations are not.
"""

from __future__ import annotations

import copy
import os
import re
import unicodedata
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import lru_cache
from pathlib import Path

import sphinxcontrib.bibtex.plugin
from docutils import nodes
from pybtex.backends import plaintext
from pybtex.database import parse_file
from pybtex.plugin import register_plugin
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.formatting.unsrt import pages
from pybtex.style.names.lastfirst import NameStyle as LastFirst
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import field, first_of, href, join, names, optional, optional_field, tag
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle
from sphinxcontrib.bibtex.style.referencing.basic_author_year import BasicAuthorYearTextualReferenceStyle
from sphinxcontrib.bibtex.style.template import join2, post_text, pre_text, reference, year

from bookpress.book.languages import PRESS, SETTINGS, Words, own_language
from bookpress.environment import LANGUAGE_VARIABLE

NAME = "author_date"
ET_AL = "et al."  # behind the last name, where an entry does not give all
UNDATED = "n.d."  # as a year, or before its letter
RAW = {"doi", "url"}  # fields that are taken as they are
SENTENCE = re.compile(r"(?<![Nn]o)\. ")  # what ends one in a note, "No. 7" apart
RELAYED = re.compile(r"(?:(?P<outlet>.*), )?[Rr]ead at (?P<relay>.+)")  # how published: who carries the text of another
DESCRIPTIVE = "descriptive title"  # among the keywords of an entry whose title is the book's own words
COMMENT = re.compile(r"(?<!\\)%")  # begins one in LaTeX, as which pybtex reads a field, and would leave out the rest
# langid of BibLaTeX
LANGUAGES = {
    "arabic": "ar", "english": "en", "finnish": "fi", "french": "fr", "ngerman": "de", "italian": "it", "spanish": "es",
}  # fmt: skip
_ = get_translation(PRESS)
log = logging.getLogger(__name__)


class SurnameFirst(LastFirst):
    """Names as the list is sorted: "Adams, Ann"; "et al." follows the whole name."""

    def format(self, person, abbr=False):
        named = copy.copy(person)
        named.last_names = [name for name in person.last_names if name != ET_AL]
        written = super().format(named, abbr)
        return written if named.last_names == person.last_names else join[written, f" {ET_AL}"]


def _names(role):
    return optional[names(role, sep="; ", sep2=_and(), last_sep=_and())]


def _and(say=_):
    return " " + say("and") + " "


def _head():
    who = first_of[_names("author"), _names("editor"), optional_field("organization"), optional_field("howpublished")]
    return join[who, " (", first_of[optional_field("year"), str(_(UNDATED))], "). "]


def _accessed():
    before, after = _(" Read {date}.").split("{date}")
    return optional[before, field("urldate"), after]


_resolved, _address = join["https://doi.org/", field("doi", raw=True)], field("url", raw=True)
_doi, _url = href(_resolved)[_resolved], href(_address)[_address]
_month, _day_of_month = (field(name, apply_func=lambda words: str(_(str(words)))) for name in ("month", "day"))
_month_alone = field("month", apply_func=lambda words: _begun(str(_(str(words)))))
_day = first_of[optional[" ", _day_of_month, " ", _month, "."], optional[" ", _month_alone, "."], ""]
_note = optional[" ", field("note"), "."]
_link = first_of[optional[" ", _doi], optional[" ", _url], ""]
_volume = join[optional[" ", field("volume")], optional[" (", field("number"), ")"], optional[", ", pages]]


def _begun(words):
    """Words at the beginning of a sentence, which have a small letter elsewhere: French months, where a text was read."""
    return words[:1].upper() + words[1:]


class ByName(BaseSortingStyle):
    """Sorts by the names that open an entry, surnames first, then by year and title.

    Capitals, accents and BibTeX's braces do not count.
    """

    def sorting_key(self, entry):
        names = [
            " ".join([*person.prelast_names, *person.last_names, *person.first_names]) for person in _people(entry)
        ] or [_signing(entry)]
        year, letters = re.fullmatch(r"(.*?)([a-z]*)", entry.fields.get("year", "")).groups()
        return [_folded(name) for name in names], year, len(letters), letters, _folded(entry.fields.get("title", ""))


def _folded(words):
    plain = unicodedata.normalize("NFKD", words.replace("{", "").replace("}", ""))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


class AuthorDate(Unsrt):
    """Names (year). Title. Outlet. Date. Note. Link. Date of reading."""

    default_sorting_style = NAME
    default_name_style = SurnameFirst

    def _work(self, outlet):
        """A work that stands by itself: its title in italics."""
        return join[_head(), tag("em")[field("title")], ".", outlet, _day, _note, _link, _accessed()]

    def _part(self, outlet):
        """A part of something larger: its title in quotation marks."""
        return join[_head(), "“", field("title"), "”.", outlet, _day, _note, _link, _accessed()]

    def get_article_template(self, e):
        return self._part(join[" ", tag("em")[field("journal")], _volume, "."])

    def get_book_template(self, e):
        return self._work(optional[" ", field("publisher"), "."])

    def get_inproceedings_template(self, e):
        return self._part(join[" " + _("In") + " ", tag("em")[field("booktitle")], optional[", ", pages], "."])

    def get_techreport_template(self, e):
        return self._work(join[" ", field("institution"), optional[", ", field("number")], "."])

    def get_misc_template(self, e):
        return self._work(optional[" ", field("howpublished"), "."])

    get_incollection_template = get_inproceedings_template
    get_online_template = get_dataset_template = get_manual_template = get_misc_template
    get_report_template = get_unpublished_template = get_misc_template


def citations(bibliography):
    """Return the words that cite each entry of a .bib file in running text, by key.

    They are "Author (year)"; of more than two authors, the first. In a cell they are in the language in which its words are shown.
    """
    words, entries = _read(bibliography)

    return {key: cited_as(entry, words.say, words.name) for key, entry in entries.items()}


def titles(bibliography):
    """Return the title of each entry of a .bib file as readers see it, and the code of its language, by key.

    The book's own words for a text are in the language in which a cell's words are shown, and their code is "".
    """
    words, entries = _read(bibliography)
    own = own_language(Path(bibliography).parent)
    read = {key: str(Text.from_latex(_whole(_title(entry, words.say)))) for key, entry in entries.items()}
    return {key: (title, _title_language(entries[key], own)) for key, title in read.items()}


def _read(bibliography):
    """The words of the language in which a cell's words are shown, and the entries of a .bib file."""
    file = Path(bibliography)
    return Words(file.parent, os.environ.get(LANGUAGE_VARIABLE, "")), _entries(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _entries(file, _changed):
    """The entries of a file by key; the time of its change, a key of the cache, makes a changed one be read."""
    entries = parse_file(str(file), "bibtex").entries
    for entry in entries.values():
        shorten(entry)
    return entries


def cited_as(entry, say=_, named=str):
    """Return the words that cite an entry, "Author (year)"; `named` says the name of a body in the language."""
    return f"{_cited_names(entry, say, named)} ({_year(entry, say)})"


def _year(entry, say):
    """The year of an entry, "n.d." in the language; a letter may follow, as in "n.d.-b"."""
    year = entry.fields.get("year", UNDATED)
    return str(say(UNDATED)) + year.removeprefix(UNDATED) if year.startswith(UNDATED) else year


def _cited_names(entry, say, named):
    people = _people(entry)
    names = [named(_body(person)) or " ".join([*person.prelast_names, *person.last_names]) for person in people]
    who = (f"{names[0]} et al." if len(names) > 2 else _and(say).join(names)) if names else named(_signing(entry))
    return _bare(who)


def _bare(words):
    return words.replace("{", "").replace("}", "")


def _body(person):
    """The name of a body that signs an entry, which BibTeX has in braces; "" of a person."""
    name = str(person)
    return _bare(name) if name.startswith("{") and name.endswith("}") else ""


def _people(entry):
    """Who signs an entry by name."""
    return entry.persons.get("author") or entry.persons.get("editor") or []


def _signing(entry):
    """Who stands in for a name."""
    return entry.fields.get("organization") or entry.fields.get("howpublished", "")


def _round():
    return BracketStyle(left="(", right=")")


def _round_in_a_row():
    """Works in one bracket are parted by semicolons: commas part names from years."""
    return BracketStyle(left="(", right=")", sep=str(_("; ")))


def _people_style():
    return PersonStyle(sep2=_and(), last_sep="," + _and())


@dataclass
class WholeTextual(BasicAuthorYearTextualReferenceStyle):
    """Cites as Knuth (1984), all of it the link: a year alone says nothing to who goes from link to link by ear."""

    def inner(self, role_name):
        names = self.person.author_or_editor_or_title(full="s" in role_name)
        dated = join2(sep1=self.pre_text_sep, sep2=self.post_text_sep)[pre_text, year, post_text]
        return reference[join(sep=self.text_reference_sep)[names, join[self.bracket.left, dated, self.bracket.right]]]


@dataclass
class RoundAuthorDate(AuthorYearReferenceStyle):
    """Cites as Knuth (1984) and (Knuth, 1984), as in the list; the stock style has square brackets."""

    bracket_parenthetical: BracketStyle = dataclass_field(default_factory=_round_in_a_row)
    bracket_textual: BracketStyle = dataclass_field(default_factory=_round)
    bracket_author: BracketStyle = dataclass_field(default_factory=_round)
    bracket_label: BracketStyle = dataclass_field(default_factory=_round)
    bracket_year: BracketStyle = dataclass_field(default_factory=_round)
    person: PersonStyle = dataclass_field(default_factory=_people_style)

    def __post_init__(self):
        super().__post_init__()
        textual = WholeTextual(bracket=self.bracket_textual, person=self.person)
        self.role_style.update(dict.fromkeys(textual.role_names(), textual))


def setup(app):
    """Register both styles with sphinxcontrib-bibtex as `author_date`; name entries by their keys."""
    app.connect("config-inited", _name_entries)
    app.connect("builder-inited", word_entries)
    app.connect("doctree-resolved", mark_languages)
    app.connect("doctree-resolved", leave_out_numbers)
    register_plugin("pybtex.style.sorting", NAME, ByName)
    register_plugin("pybtex.style.formatting", NAME, AuthorDate)
    # already known to pybtex, which otherwise looks through every installed package for it at each
    # citation
    register_plugin("pybtex.backends", "plaintext", plaintext.Backend, force=True)
    sphinxcontrib.bibtex.plugin.register_plugin("sphinxcontrib.bibtex.style.referencing", NAME, RoundAuthorDate)


def _name_entries(app, config):
    config.bibtex_cite_id = "ref-{key}"


def word_entries(app):
    """Word in the language of the book what entries say beside names of people and titles of others: bodies, dates, names left out, outlets, where it was read, notes."""

    def say(words):
        return _whole(app.words.name(words))

    for entry in _cited(app.env):
        fields = entry.fields
        for name in fields.keys() - RAW:
            fields[name] = _whole(fields[name])
        fields["year"] = _year(entry, _)
        shorten(entry)
        for person in _people(entry):
            if name := _body(person):
                person.last_names = [f"{{{say(name)}}}"]
        if is_descriptive(entry):
            fields["title"] = f"{{{_whole(_title(entry, app.words.say))}}}"
        if "note" in fields:
            fields["note"] = ". ".join(map(say, SENTENCE.split(fields["note"])))
        outlet, relay = _published(entry)
        if relay:
            told = _("read at {relay}").format(relay=say(relay))
            fields["howpublished"] = f"{say(outlet)}, {told}" if outlet else _begun(told)
        elif outlet:
            fields["howpublished"] = say(outlet)


def _whole(words):
    """Words of a field as LaTeX reads all of them."""
    return COMMENT.sub(r"\\%", words)


def _title(entry, say):
    """The title of an entry, in the language if it is the book's own words."""
    title = _bare(entry.fields.get("title", ""))
    return say(title, SETTINGS) if is_descriptive(entry) else title


def _title_language(entry, own):
    """The code of a title's language, `own` of one that names none; "" of the book's own words, which the page has in its language."""
    return "" if is_descriptive(entry) else LANGUAGES.get(entry.fields.get("langid"), own)


def words_of(env):
    """The words of entries that a book's own catalogues translate: names of bodies, descriptive titles, outlets, relays, and each sentence of notes."""
    found = {}
    for entry in _cited(env):
        title = _bare(entry.fields.get("title", "")) if is_descriptive(entry) else ""
        notes = SENTENCE.split(entry.fields.get("note", ""))
        found |= dict.fromkeys([*map(_body, _people(entry)), title, *_published(entry), *notes])
    return list(filter(None, found))


def _published(entry):
    """Where a text was published, and who carries the text of another; "" for what is not told."""
    words = entry.fields.get("howpublished", "")
    relayed = RELAYED.fullmatch(words)
    return relayed.groups(default="") if relayed else (words, "")


def is_descriptive(entry):
    """Whether the title of an entry is the book's own words for a text, which is in the language of the book."""
    return DESCRIPTIVE in re.split(r"\s*,\s*", entry.fields.get("keywords", ""))


def _cited(env):
    return env.get_domain("cite").bibdata.data.entries.values() if "cite" in env.domains else ()


def shorten(entry):
    """Write "et al." after the last name of an entry whose names end with BibTeX's "and others"."""
    for people in entry.persons.values():
        if len(people) > 1 and people[-1].last_names == ["others"]:
            people.pop()
            people[-1].last_names.append(ET_AL)


def mark_languages(app, doctree, docname):
    """Mark the language of each title in another one than the page's, for screen readers and hyphenation.

    A title without langid is in the language of the book, also on its pages in a further one, where descriptive ones are translated.
    """
    if "sphinxcontrib.bibtex" not in app.extensions:  # a book without `bibtex_bibfiles`
        return
    entries = cited_entries(app.env)
    for citation in doctree.findall(nodes.citation):
        entry = next((entries[name] for name in citation["ids"] if name in entries), None)
        if entry is None:
            continue
        langid = entry.fields.get("langid", "")
        if langid and langid not in LANGUAGES:
            log.warning("bibliography: langid '%s' is not one of %s", langid, ", ".join(LANGUAGES), location=citation)
            continue
        language = _title_language(entry, app.edition.translates)
        if language in ("", app.edition.language):
            continue
        for title in list(citation.findall(nodes.emphasis))[:1]:
            words = nodes.inline("", "", *title.children, classes=[f"language-{language}"])
            title.children = []
            title += words


def leave_out_numbers(app, doctree, docname):
    """Take the number from each entry where the book cites by author and year, for no call and no page shows it."""
    if "sphinxcontrib.bibtex" in app.extensions and app.config.bibtex_default_style == NAME:
        entries = cited_entries(app.env)
        for citation in doctree.findall(nodes.citation):
            if entries.keys() & set(citation["ids"]):
                citation.remove(next(citation.findall(nodes.label)))


def cited_entries(env):
    """The entries of the bibliography by the id of their place."""
    return {found.citation_id: found.entry for found in env.get_domain("cite").citations}
