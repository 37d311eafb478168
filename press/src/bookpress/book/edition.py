"""What an edition of the book is called, who wrote it and when, for HTML and PDF alike."""

from __future__ import annotations

import copy
import datetime
import filecmp
import json
import os
import re
import subprocess
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from babel import Locale
from babel.dates import format_date

from bookpress.book import yaml_faults
from bookpress.environment import COMMIT_VARIABLE, PACKAGE_VARIABLE
from bookpress.errors import PressError
from bookpress.files import fingerprint, read_text

BRITISH = "en_GB"  # whose dates begin with the day
COMMIT_LETTERS = 12
COLON = ": "  # between title and subtitle
MODIFIED = "modified copy"
DIRTY = "-dirty"  # what git adds to a commit if a tracked file differs from it
ARCHIVAL = ".git_archival.txt"  # beside CITATION.cff in an archive: "node: " and the commit
MANIFEST = "manifest.json"  # beside it in a release: the digest of each file
# Seen from the book's folder, if `_config.yml` names no others.
CITATION, LOCK = "../CITATION.cff", "../requirements.txt"
PAPERS = ("a4", "us-letter")  # that the PDF can be set on
RESOLVER, DOI = "https://doi.org/", re.compile(r"10\.\d{4,9}/\S+")
# What `_config.yml` may say under sphinx: config: bookpress; README.md of the press tells of each.
_NUMBER = (int, float)
SETTINGS = {
    **dict.fromkeys(("annexes", "attach", "differences", "languages", "preload", "variables"), list),
    **dict.fromkeys(("abbreviations", "contents", "pages"), dict),
    **dict.fromkeys(("begin", "citation", "cover", "environment", "lock", "package", "permanent", "publisher"), str),
    **dict.fromkeys(("rebuild", "slug", "subtitle", "summary", "url"), str),
    "memory": _NUMBER,
}
# What CITATION.cff must say, in lines to begin from.
CITED = {
    "cff-version": "cff-version: 1.2.0",
    "message": "message: To cite this book, take what stands here.",
    "title": 'title: "A title: and a subtitle"',
    "authors": "authors:\n  - given-names: Ann\n    family-names: Author",
    "version": 'version: "1.0.0"',
    "date-released": "date-released: 2026-01-31",
    "license": "license: CC-BY-4.0",
    "abstract": "abstract: What the book is about, in a sentence or more.",
    "keywords": "keywords: [one, another]",
}
OPTIONAL = ("cff-version", "message")  # of these: the press does without
EXTENSION = "bookpress.sphinx.extension"
# What the press reads of `execute`; jupyter-book looks at the rest.
EXECUTE = {
    "allow_errors": bool,
    "exclude_patterns": list,
    "run_in_temp": bool,
    "stderr_output": str,
    "timeout": _NUMBER,
}
_WORDS = {
    list: "a list",
    dict: "lines of `name: value` below it",
    str: "text, in quotes if it looks like a number",
    bool: "true or false",
    _NUMBER: "a number",
}


class EditionError(PressError):
    """CITATION.cff, _config.yml or _toc.yml lacks something; the message names file and field."""


@dataclass(frozen=True)
class Edition:
    """One edition of the book. `slug` names its PDF; `commit` is "" outside a git checkout; `rebuild` is a command;
    `other_data` says that it is made of other data than its own;
    `persons` are the authors who are no organisation; `url` is the address of this edition's pages, `permanent` one that
    stays, a DOI's for instance: "" where it has none; `translates` is the language of the book where this is a further one, else ""."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    version: str
    date: datetime.date
    licence: str
    abstract: str
    keywords: tuple[str, ...]
    url: str
    language: str
    commit: str
    rebuild: str
    slug: str
    persons: tuple[str, ...] = ()
    permanent: str = ""
    publisher: str = ""
    other_data: bool = False
    translates: str = ""
    modified: str = MODIFIED
    colon: str = COLON

    def kind_of(self, author):
        """What schema.org calls an author: a person or an organisation."""
        return "Person" if author in self.persons else "Organization"

    @property
    def full_title(self):
        """Title and subtitle on one line."""
        return f"{self.title}{self.colon}{self.subtitle}" if self.subtitle else self.title

    @property
    def address(self):
        """What a citation of the report names: the permanent address, else that of the pages, else ""."""
        return self.permanent or self.url

    @property
    def doi(self):
        """The DOI without its resolver, or ""."""
        return self.permanent.removeprefix(RESOLVER) if self.permanent.startswith(RESOLVER) else ""

    @property
    def is_modified(self):
        """Whether the book is made from files that differ from those of its commit, or from other data."""
        return self.other_data or self.commit.endswith(DIRTY)

    @property
    def label(self):
        """What pages and citations call the edition; names of files have its version."""
        return f"{self.version}, {self.modified}" if self.is_modified else self.version

    @property
    def pdf_name(self):
        """File name of the PDF, beside index.html."""
        return f"{self.slug}-{self.version}{f'-{self.language}' if self.translates else ''}.pdf"

    @property
    def released(self):
        """The release date in words of the language; in English the day comes first, in French the first of a month is "1er"."""
        locale = Locale.parse(self.language, sep="-")
        words = format_date(self.date, "long", BRITISH if locale.language == "en" else locale)
        return re.sub("^1 ", "1er ", words) if locale.language == "fr" else words

    @property
    def epoch(self):
        """The release date as SOURCE_DATE_EPOCH: seconds since 1970 at midnight UTC."""
        midnight = datetime.datetime.combine(self.date, datetime.time(), datetime.UTC)
        return int(midnight.timestamp())


def read_edition(book):
    """Read the edition of the book in folder `book` from its CITATION.cff and `_config.yml`.

    Raises EditionError when a file or a required field is missing, with all that is and lines to add.
    """
    config = Path(book) / "_config.yml"
    citation = citation_file(book)
    check_given(config, citation)
    cited, sphinx_config = mapping_in(citation), section(config, "sphinx", "config")
    press = press_settings(config)
    title, _, subtitle = cited["title"].partition(": ")
    authors = {_author(entry, citation): "name" not in entry for entry in cited["authors"]}
    return Edition(
        title=title,
        subtitle=press.get("subtitle", subtitle),
        authors=tuple(authors),
        persons=tuple(name for name, is_person in authors.items() if is_person),
        version=str(cited["version"]),
        date=_date(cited["date-released"], citation),
        licence=_licences(cited["license"]),
        abstract=" ".join(cited["abstract"].split()),
        keywords=tuple(cited["keywords"]),
        url=_one(press.get("url"), cited.get("url"), "url", config, citation),
        permanent=_permanent(press.get("permanent"), cited.get("doi"), config, citation),
        publisher=press.get("publisher") or "",
        language=sphinx_config.get("language", "en"),
        commit=_commit(Path(book), citation.parent),
        rebuild=press.get("rebuild", ""),
        slug=press["slug"],
        other_data=_has_other_data(Path(book), press.get("package")),
    )


def check_given(config, citation):
    """Raise EditionError if `_config.yml` or CITATION.cff does not say what every book must: all that is missing, and lines to add."""
    sphinx, wanted = section(config, "sphinx"), []
    named = [*(sphinx.get("extra_extensions") or []), *(section(config, "sphinx", "config").get("extensions") or [])]
    if EXTENSION not in named:
        wanted.append(f"  extra_extensions: [{EXTENSION}]")
    if not press_settings(config).get("slug"):
        slug = re.sub(r"[^a-z0-9]+", "-", config.resolve().parent.name.lower()).strip("-")
        wanted.append(f"  config:\n    bookpress:\n      slug: {slug or 'my-book'}")
    faults = [_lacking(f"{config}: lacks what the press needs", ["sphinx:", *wanted])] if wanted else []
    if not citation.is_file():
        faults.append(_lacking(f"{citation}: is missing", CITED.values()))
    else:
        cited = mapping_in(citation)
        missing = [field for field in CITED if field not in OPTIONAL and not cited.get(field)]
        if missing:
            faults.append(_lacking(f"{citation}: lacks {', '.join(missing)}", [CITED[field] for field in missing]))
    if faults:
        raise EditionError("\n".join(faults))


def _lacking(what, lines):
    return f"{what}; add lines such as\n" + textwrap.indent("\n".join(lines), "    ")


def with_addresses(edition, text):
    """Return the text of a CITATION.cff with the addresses of the edition that it does not give itself; of a modified copy it says so."""
    if edition.is_modified:
        text = re.sub(r"^version:.*$", f"version: {edition.label}", text, flags=re.MULTILINE)
    given = yaml.safe_load(text)
    fields = {"url": edition.url, "doi": edition.doi}
    if edition.permanent and not edition.doi:
        fields["identifiers"] = [{"type": "url", "value": edition.permanent}]
    added = {name: value for name, value in fields.items() if value and name not in given}
    return text.rstrip("\n") + "\n" + (yaml.safe_dump(added, sort_keys=False) if added else "")


def citation_file(book):
    """Return the path of the book's CITATION.cff, whether the file exists or not."""
    return Path(book, press_settings(Path(book) / "_config.yml").get("citation", CITATION)).resolve()


def lock_file(book):
    """Return the path of the book's lock; None if `_config.yml` names none and LOCK does not exist.

    Raises EditionError when `lock` in `_config.yml` names a file that is not there.
    """
    config = Path(book) / "_config.yml"
    named = press_settings(config).get("lock")
    lock = Path(book, named or LOCK).resolve()
    if lock.is_file():
        return lock
    if named:
        raise EditionError(f"{config}: bookpress: lock: {named}: no such file")
    return None


def named_variables(book):
    """Return the names of the caller's environment variables that notebooks may see, by `_config.yml`."""
    return press_settings(Path(book) / "_config.yml").get("variables", [])


def press_settings(config):
    """Return what `_config.yml` says under sphinx: config: bookpress.

    Raises EditionError for a key that the press does not know, and for a value of another type.
    """
    keys = ("sphinx", "config", "bookpress")
    settings = section(config, *keys, types=SETTINGS)
    for page, own in settings.get("pages", {}).items():
        _check_type(config, (*keys, "pages", page), own, dict)
    if unknown := sorted(set(settings) - set(SETTINGS)):
        raise EditionError(f"{config}: bookpress: {', '.join(unknown)}: not known to the press")
    return settings


def section(config, *names, types=None):
    """Return a part of `_config.yml`, {} where it is not there, without keys that have no value.

    types : type by key. Raises EditionError, with the line, for a value that has another one.
    """
    found = mapping_in(config)
    for depth, name in enumerate(names, 1):
        value = found.get(name)
        found = {} if value is None else value
        _check_type(config, names[:depth], found, dict)
    found = {key: value for key, value in found.items() if value is not None}
    for key in found.keys() & (types or {}).keys():
        _check_type(config, (*names, key), found[key], types[key])
    return found


def _check_type(config, keys, value, kind):
    # To Python true and false are numbers.
    if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return
    node = yaml.compose(read_text(config))
    for key in keys:
        node = next(value for name, value in node.value if name.value == str(key))
    where = f"{config}, line {node.start_mark.line + 1}: {': '.join(keys[-2:])}"
    raise EditionError(f"{where}: {json.dumps(value, default=str)}: expected {_WORDS[kind]}")


def _one(configured, cited, field, config, citation):
    """The value that either file gives to a field, or "". Raises EditionError where they differ."""
    if configured and cited and configured != cited:
        raise EditionError(f"{config}: bookpress: {field}: {configured}: is not that of {citation.name}, {cited}")
    return configured or cited or ""


def _permanent(configured, cited, config, citation):
    """The permanent address in full; `_config.yml` may give a DOI alone."""
    full = [RESOLVER + value if value and DOI.fullmatch(value) else value for value in (configured, cited)]
    found = _one(*full, "permanent", config, citation)
    if found and not found.startswith(("https://", "http://")):
        raise EditionError(
            f"{config}: bookpress: permanent: {found}: neither a DOI like 10.5281/zenodo.1 nor an address"
        )
    return found


def mapping_in(file):
    """Return the fields of a YAML file. Raises EditionError if it is missing, is no YAML, or has none."""
    if not file.is_file():
        raise EditionError(f"{file} is missing")
    try:
        mapping = copy.deepcopy(_fields(read_text(file)))
    except yaml.YAMLError as error:
        raise EditionError(yaml_faults.told(file, error)) from error
    if not isinstance(mapping, dict):
        raise EditionError(f"{file} holds no fields")
    return mapping


# By the text: a build asks for the same settings in many places, and YAML is slow to read.
_fields = cache(yaml.safe_load)


def _author(entry, file):
    """A person as "Given Family", an organisation by its name."""
    name = entry.get("name") or " ".join(filter(None, (entry.get("given-names"), entry.get("family-names"))))
    if not name:
        raise EditionError(f"{file}: field 'authors' has an entry without a name")
    return name


def _licences(value):
    """One licence, or several as "A and B"."""
    return value if isinstance(value, str) else " and ".join(value)


def _date(value, file):
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError as error:
        raise EditionError(f"{file}: field 'date-released' is '{value}', not a date like 2026-11-30") from error


def _commit(book, root):
    """Return the short hash of the commit, with "-dirty" if a tracked file differs; "" if unknown.

    A build tells it to its processes, which have another home and so may not ask Git. An archive
    has it in ARCHIVAL in its folder `root`, written by git (export-subst) or by a release. Else the
    checkout of the book has it.
    """
    if COMMIT_VARIABLE in os.environ:
        return os.environ[COMMIT_VARIABLE]
    archival = root / ARCHIVAL
    if archival.is_file() and (node := re.search(r"^node: ([0-9a-f]{40})$", archival.read_text("utf-8"), re.MULTILINE)):
        return node[1][:COMMIT_LETTERS] + (DIRTY if _is_changed(root) else "")
    return _described(book)[0]


def _is_changed(root):
    """Whether a source of an unpacked release is not as the release had it; what it published stands in build/."""
    manifest = root / MANIFEST
    if not manifest.is_file():
        return False
    digests = json.loads(manifest.read_text("utf-8"))["files"]
    sources = {root / name: digest for name, digest in digests.items() if not name.startswith("build/")}
    return any(fingerprint(file) != digest for file, digest in sources.items())


def _has_other_data(book, own):
    """Whether the command names a data package whose files are not those of the one in `_config.yml`."""
    named = os.environ.get(PACKAGE_VARIABLE)
    if not named or not own:
        return bool(named)
    folders = [(book / own).resolve().parent, Path(named).resolve().parent]
    names = {file.name for folder in folders for file in folder.glob("*.*")}
    same, _, _ = filecmp.cmpfiles(*folders, names, shallow=False)
    return len(same) < len(names)


def why_no_commit(book):
    """Return why Git does not tell the commit of a book that lies in a checkout, on one line; "" if it does, or for no checkout."""
    return _described(book)[1] if any((folder / ".git").exists() for folder in (book, *book.parents)) else ""


def _described(book):
    """(commit or "", what Git says where it tells none, which often names the remedy)."""
    command = ["git", "describe", "--always", "--dirty", f"--abbrev={COMMIT_LETTERS}", "--exclude=*"]
    try:
        found = subprocess.run(command, cwd=book, capture_output=True, text=True)
    except FileNotFoundError:
        return "", "git is not on the PATH: install it, or name its folder there"
    return ("", " ".join(found.stderr.split())) if found.returncode else (found.stdout.strip(), "")
