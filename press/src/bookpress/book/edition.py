"""What one edition of the book is called, who wrote it and when: read from CITATION.cff, used by HTML and PDF alike."""

from __future__ import annotations

import datetime
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import yaml

from bookpress.errors import PressError

COMMIT_LETTERS = 12


class EditionError(PressError):
    """CITATION.cff or _config.yml lacks something; the message names file and field."""


@dataclass(frozen=True)
class Edition:
    """One edition of the book. `slug` names its PDF; `commit` is "" outside a git checkout; `rebuild` is a command."""

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

    @property
    def full_title(self):
        """Title and subtitle on one line."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title

    @property
    def pdf_name(self):
        """File name of the PDF, beside index.html."""
        return f"{self.slug}-{self.version}.pdf"

    @property
    def epoch(self):
        """The release date as SOURCE_DATE_EPOCH: seconds since 1970 at midnight UTC."""
        midnight = datetime.datetime.combine(self.date, datetime.time(), datetime.UTC)
        return int(midnight.timestamp())


def read_edition(book):
    """The edition of the book in folder `book`, described by CITATION.cff in the folder above it.

    Raises EditionError when a file or a required field is missing.
    """
    citation = Path(book).resolve().parent / "CITATION.cff"
    config = Path(book) / "_config.yml"
    cited, configured = _mapping(citation), _mapping(config)
    sphinx_config = configured.get("sphinx", {}).get("config", {})
    press = press_settings(config)
    title, _, subtitle = _required(cited, "title", citation).partition(": ")
    return Edition(
        title=title,
        subtitle=press.get("subtitle", subtitle),
        authors=tuple(_author(entry, citation) for entry in _required(cited, "authors", citation)),
        version=str(_required(cited, "version", citation)),
        date=_date(_required(cited, "date-released", citation), citation),
        licence=_licences(_required(cited, "license", citation)),
        abstract=" ".join(_required(cited, "abstract", citation).split()),
        keywords=tuple(_required(cited, "keywords", citation)),
        url=cited.get("url", ""),
        language=sphinx_config.get("language", "en"),
        commit=_commit(citation.parent),
        rebuild=press.get("rebuild", ""),
        slug=_required(press, "slug", config, "sphinx: config: bookpress: slug"),
    )


def press_settings(config):
    """What a book's `_config.yml` says to the press, under sphinx: config: bookpress."""
    return _mapping(config).get("sphinx", {}).get("config", {}).get("bookpress", {})


def _mapping(file):
    if not file.is_file():
        raise EditionError(f"{file} is missing")
    try:
        mapping = yaml.safe_load(file.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise EditionError(f"{file} is not valid YAML: {error}") from error
    if not isinstance(mapping, dict):
        raise EditionError(f"{file} holds no fields")
    return mapping


def _required(mapping, field, file, shown_as=None):
    if not mapping.get(field):
        raise EditionError(f"{file}: field '{shown_as or field}' is missing or empty")
    return mapping[field]


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


def _commit(folder):
    """The short hash of the commit, "-dirty" after it when a tracked file differs; "" where nothing tells it.

    An archive that git wrote says it in `.git_archival.txt`, whose marks git fills in (export-subst); else the checkout says it.
    """
    archival = folder / ".git_archival.txt"
    if archival.is_file() and (node := re.search(r"^node: ([0-9a-f]{40})$", archival.read_text("utf-8"), re.MULTILINE)):
        return node[1][:COMMIT_LETTERS]
    command = ["git", "describe", "--always", "--dirty", f"--abbrev={COMMIT_LETTERS}", "--exclude=*"]
    try:
        found = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""
