"""The further languages of a book: their catalogues of messages, checked, and what the book and the press are called in them.

A book keeps the catalogues of the language xx below `locale/xx/LC_MESSAGES`: one for each page, `settings.po` for title, abstract and
the like, and `bookpress.po` for words of the press in a language that the press does not have, or words that it is to change.
"""

from __future__ import annotations

import datetime
import io
import os
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from bookpress.book.attachments import DESCRIPTOR, NUMBERS, SHOWN, named
from bookpress.book.edition import COLON, MODIFIED, EditionError, citation_file, press_settings, section
from bookpress.environment import LANGUAGES_VARIABLE
from bookpress.errors import BuildError
from bookpress.files import read_text, replace_file

LOCALE = "locale"  # below the book
PRESS = "bookpress"  # the domain of the press's own words
MARKED = re.compile(
    r"(?P<name>.*?)(?: <(?P<lang>[a-z]{2,3}(?:-\w+)*)>)?", re.DOTALL
)  # a name, as the role `language` marks it
SETTINGS = "settings"  # that of title, subtitle, abstract, keywords, and of words for numbers of figures and tables
PROMPTS = ("nb_code_prompt_show", "nb_code_prompt_hide")  # settings of MyST-NB that are words
CATALOGUE_WIDTH = 100  # letters of a line
_OWN = Path(__file__).parents[1] / LOCALE
_ROLE = re.compile(r"(\{[\w:.+-]+\})(`+)(.*?)\2", re.DOTALL)
_TARGET = re.compile(r"<([^<>`]+)>$")
_IN_ANOTHER = "{language}`"  # the beginning of a role; a translation may keep words of the text, and say so
_LINK = re.compile(r"\]\(([^)\s]*)\)")
_LINE = re.compile(r'#.*|((msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])\s+)?"([^"\\]|\\.)*"')
_DIGITS = re.compile(r"\d+")
_CONTEXT_END = "\x04"  # of gettext, between a context and its words
_WORDED = ("{pdf}", "{abbr}")  # roles whose words are the language's own


def languages_of(book, begun=True):
    """Return the further languages of the book in folder `book`, by the command or `_config.yml`.

    The command may name the book's own too, which is always built: alone it leaves the others out.
    begun : whether each must have catalogues. Raises EditionError for a code that names no language, one that stands twice or, in
    `_config.yml`, is the book's own, and one without catalogues.
    """
    config = Path(book, "_config.yml")
    named, found = press_settings(config).get("languages", []), []
    own = own_language(book)
    if LANGUAGES_VARIABLE in os.environ:
        named = [code for code in os.environ[LANGUAGES_VARIABLE].split(",") if code not in ("", own)]
    for language in named:
        try:
            Locale.parse(str(language), sep="-")
        except (UnknownLocaleError, ValueError) as error:
            raise EditionError(f"{_place(config, language)}: {language}: no language has this code") from error
        if language in (*found, own):
            raise EditionError(f"{_place(config, language)}: {language}: stands twice, or is the language of the book")
        if begun and not folder_of(book, language).is_dir():
            raise EditionError(
                f"{_place(config, language)}: {language}: has no catalogue: {folder_of(book, language)} is missing; "
                f"begin it with python -m bookpress catalogues {book}"
            )
        found.append(language)
    return found


def own_language(book):
    """Return the code of the language in which the book is written."""
    return section(Path(book, "_config.yml"), "sphinx", "config").get("language", "en")


def _place(config, word):
    """The file, and the line of `languages` in it, or of the word below it."""
    lines = read_text(config).splitlines()
    start = next((number for number, line in enumerate(lines) if line.lstrip().startswith("languages:")), 0)
    at = next((n for n in range(start, len(lines)) if re.search(rf"\b{re.escape(str(word))}\b", lines[n])), start)
    return f"{config}, line {at + 1}: bookpress: languages"


def folder_of(book, language):
    """Return the folder of a language's catalogues."""
    return Path(book, LOCALE, language, "LC_MESSAGES")


def catalogue_of(locale, language, domain, kind="mo"):
    """Return the file of a catalogue below a folder of languages."""
    return Path(locale, language, "LC_MESSAGES", f"{domain}.{kind}")


def autonym(language):
    """What a language is called in itself: "français"."""
    locale = Locale.parse(language, sep="-")
    return locale.get_display_name(locale) or language


def runs_from_the_right(language):
    """Whether a language is written from right to left; False for one that is not known."""
    try:
        return Locale.parse(language, sep="-").text_direction == "rtl"
    except (ValueError, UnknownLocaleError):
        return False


def pdfs_of(book, edition):
    """Return the paths of a book's PDFs below its pages, that of its own language first."""
    further = ((language, Words(book, language)) for language in languages_of(book))
    return [
        edition.pdf_name,
        *(f"{name}/{words.edition(edition, name, edition.language).pdf_name}" for name, words in further),
    ]


def compile_catalogues(book, language, target):
    """Write the catalogues of a language as Sphinx reads them into the folder `target`.

    Raises BuildError with file and line of each message that is broken, or whose roles, links, placeholders or digits are not those of
    the text that it translates.
    """
    faults, folder = [], folder_of(book, language)
    for file in sorted(folder.rglob("*.po")):
        catalogue = read_catalogue(file)
        faults += [f"{file}, line {message.lineno}: {fault}" for message in catalogue for fault in faults_of(message)]
        made = Path(target, language, "LC_MESSAGES", file.relative_to(folder)).with_suffix(".mo")
        made.parent.mkdir(parents=True, exist_ok=True)
        with made.open("wb") as written:
            write_mo(written, catalogue)
    if faults:
        raise BuildError("\n".join(faults))


def read_catalogue(file):
    """Return a catalogue of messages. Raises BuildError with file and line for one that cannot be read."""
    for number, line in enumerate(read_text(file).splitlines(), 1):  # Babel reads what it cannot read as something else
        if line.strip() and not _LINE.fullmatch(line.strip()):
            raise BuildError(
                f'{file}, line {number}: is no line of a catalogue, such as msgstr "words": {line.strip()}'
            )
    with Path(file).open("rb") as opened:
        try:
            return read_po(opened, abort_invalid=True)
        except PoFileError as error:
            raise BuildError(f"{file}, line {error.lineno + 1}: {error}: {error.line.strip()}") from error


def faults_of(message):
    """What is wrong with one translated message."""
    if not message.id or not message.string or message.fuzzy:
        return
    ids, strings = (value if isinstance(value, (tuple, list)) else (value,) for value in (message.id, message.string))
    for original, translated in zip(ids, strings, strict=False):
        for name, parts in (("role or link", _marks), ("number", _numbers), ("placeholder", _placeholders)):
            lost, new = parts(original) - parts(translated), parts(translated) - parts(original)
            new = [part for part in new if not part.startswith(_IN_ANOTHER)]
            if lost or new:
                told = [f"lacks {', '.join(lost)}"] * bool(lost) + [f"has {', '.join(new)}"] * bool(new)
                yield f"a {name} is not that of the text: the translation {' and '.join(told)}"


def _marks(text):
    """What the roles and links of a text name, counted; words that readers see are not among it."""
    found = Counter(f"]({link})" for link in _LINK.findall(text))
    for role, _, content in _ROLE.findall(text):
        target = _TARGET.search(content)
        found[role + ("" if role in _WORDED else f"`{target[1] if target else content}`")] += 1
    return found


def _numbers(text):
    return Counter(_DIGITS.findall(_LINK.sub("", _ROLE.sub("", text))))


def _placeholders(text):
    return Counter(re.findall(r"(?<!\{)\{\w*[^{}`]*\}(?!\}|`)|%\(\w+\)\w", _ROLE.sub("", text)))


def messages_of(book, edition, pages, package=None):
    """Return the messages of a book by domain: {domain: {words: (file, line)}}, those of its settings, files and bibliography among them.

    package : the `Package` of its data, or None. pages : what bookpress.sphinx.extension.messages has written, page to {"file", "messages"}.
    """
    config = Path(book, "_config.yml")
    bodies = [name for name in edition.authors if name not in edition.persons]
    cited = (edition.title, edition.subtitle, edition.abstract, *edition.keywords, *bodies)
    settings = section(config, "sphinx", "config")
    forms = [*settings.get("numfig_format", {}).values(), *(settings[name] for name in PROMPTS if name in settings)]
    forms += [file.description for file in named(Path(book))]
    forms += [words for pair in press_settings(config).get("abbreviations", {}).items() for words in pair]
    found = {SETTINGS: dict.fromkeys(filter(None, cited), (citation_file(book).name, 0))}
    found[SETTINGS] |= dict.fromkeys(forms, (config.name, 0))
    if package:
        of_tables = [package.title, *(words for _, words in package.tables)]
        found[SETTINGS] |= dict.fromkeys(of_tables, (package.descriptor.name, 0))
    for page, noted in pages.items():
        found[page] = found.get(page, {}) | {words: (noted["file"], line) for words, line in noted["messages"]}
    return {domain: messages for domain, messages in found.items() if messages}


def untranslated(book, language, messages):
    """Return (file, line, words) of each message that a language's catalogues lack, or have in doubt, in the order of the book."""
    found = []
    for domain, words in messages.items():
        known = _messages(catalogue_of(Path(book, LOCALE), language, domain, "po"))
        found += [(*place, said) for said, place in words.items() if said not in known]
    return found


def update_catalogues(book, language, messages, edition):
    """Bring the catalogues of a language up to date; return how many messages they have, and how many of these are not translated."""
    for domain, words in messages.items():
        places = {said: [(source, line or None)] for said, (source, line) in words.items()}
        renew_catalogue(
            catalogue_of(Path(book, LOCALE), language, domain, "po"), language, domain, places, edition.date
        )
    return sum(map(len, messages.values())), len(untranslated(book, language, messages))


def in_context(context, words):
    """The name of a message that means its words in a context alone, as gettext has it."""
    return f"{context}{_CONTEXT_END}{words}"


def name_of(message):
    """What a message of a catalogue is known by: its words, a pair where it has a plural, with its context where it has one."""
    words = tuple(message.id) if isinstance(message.id, (tuple, list)) else message.id
    return in_context(message.context, words) if message.context else words


def renew_catalogue(file, language, domain, messages, date):
    """Bring one catalogue up to date with {message: [(file, line or None)]}, a message with a plural being a pair, one in a context named by `in_context`.

    A changed message keeps the translation of the one that it was, marked as fuzzy; one that is gone stands at the end, as a comment.
    date : the only one that it bears.
    """
    moment = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    template = Catalog(creation_date=moment, revision_date=moment)
    for said, places in messages.items():
        context, end, words = said.rpartition(_CONTEXT_END) if isinstance(said, str) else ("", "", said)
        template.add(words, locations=places, context=context if end else None)
    catalogue = read_catalogue(file) if file.is_file() else Catalog(locale=language.replace("-", "_"))
    catalogue.update(template)
    catalogue.fuzzy, catalogue.header_comment = False, f"# The words of {domain} in another language."
    catalogue.creation_date = catalogue.revision_date = moment
    catalogue.project, catalogue.version = domain, ""
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    written = io.BytesIO()
    write_po(written, catalogue, width=CATALOGUE_WIDTH)
    replace_file(file, written.getvalue())
    _messages.cache_clear()


class Words:
    """The messages of one language: those of the press, and the book's own."""

    def __init__(self, book, language):
        self._language, self._folder, self._press = language, folder_of(book, language), _press_words(language)

    def say(self, words, domain=PRESS):
        """The words in the language, or as they are where no catalogue has them."""
        own = _messages(self._folder / f"{domain}.po").get(words)
        return own or (self._press.get(words) if domain == PRESS else None) or words

    def name(self, words):
        """The same for a name of the settings, without the mark of its language."""
        return MARKED.fullmatch(self.say(words, SETTINGS))["name"]

    def names(self):
        """{name: code of its language} of the names that the book's settings say in another language than the pages'."""
        said = map(MARKED.fullmatch, _messages(self._folder / f"{SETTINGS}.po").values())
        return {found["name"]: found["lang"] for found in said if found and found["lang"]}

    def edition(self, edition, language, main):
        """The edition in the language, whose pages stand in a folder below those of the main one."""
        said = {name: self.say(getattr(edition, name), SETTINGS) for name in ("title", "subtitle", "abstract")}
        return replace(
            edition,
            **said,
            authors=tuple(self.say(name, SETTINGS) for name in edition.authors),
            keywords=tuple(self.say(word, SETTINGS) for word in edition.keywords),
            licence=f" {self.say('and')} ".join(edition.licence.split(" and ")),
            url=f"{edition.url.rstrip('/')}/{language}" if edition.url else "",
            language=language,
            translates=main,
            modified=self.say(MODIFIED),
            colon=self.say(COLON),
        )

    def attachments(self, found, package):
        """The files inside the PDF, told of in the language."""
        title = package.title if package else ""

        def told(words):
            if words == DESCRIPTOR.format(title=title):
                return self.say(DESCRIPTOR).format(title=self.say(title, SETTINGS))
            return self.say(words) if words in (SHOWN, NUMBERS) else self.say(words, SETTINGS)

        return [
            replace(
                file, description=told(file.description), series=file.series and (file.series[0], told(file.series[1]))
            )
            for file in found
        ]

    def write_press(self, target):
        """Write the words of the press as gettext reads them, below the folder `target`."""
        made = Path(target, self._language, "LC_MESSAGES", f"{PRESS}.mo")
        made.parent.mkdir(parents=True, exist_ok=True)
        catalogue = Catalog(self._language.replace("-", "_"))
        for words, said in self.all_of_press().items():
            catalogue.add(words, said)
        with made.open("wb") as file:
            write_mo(file, catalogue)

    def all_of_press(self):
        """The words of the press, by those in English."""
        return self._press | _messages(self._folder / f"{PRESS}.po")


@cache
def _press_words(language):
    return _messages(_OWN / language / "LC_MESSAGES" / f"{PRESS}.po")


@cache
def _messages(file):
    """Message to translation of a catalogue, without those that are missing or in doubt; {} where there is no such file."""
    if not file.is_file():
        return {}
    return {m.id: m.string for m in read_catalogue(file) if m.id and m.string and not m.fuzzy}
