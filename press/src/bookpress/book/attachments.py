"""The files inside the PDF: data package, what `_config.yml` names, data of figures and tables."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path

from bookpress.book.edition import EditionError, citation_file, press_settings
from bookpress.environment import CITATION_FILE, DATA_FOLDER, PACKAGE_VARIABLE, QUOTED_NUMBERS
from bookpress.files import fingerprint

# The links of `bookpress.sphinx.extension.data_files`, found without parsing the pages, which are
# large.
_DATA_LINK = re.compile(rf'<a [^>]*?\bhref="(?:[^"]*/)?{DATA_FOLDER}/([^"/]+\.csv)"[^>]*>')
_LABEL = re.compile(r'\baria-label="([^"]*)"')
# What the paper says of these files.
DESCRIPTOR, SHOWN = "{title}: descriptor of the tables", "Data of each figure and table"
NUMBERS = "Each computed number of the text: its paragraph, its rule and its claims"
RELATIONSHIPS = ("source", "data", "supplement", "alternative")  # what a file can be to the report (PDF/A-3)


@dataclass(frozen=True)
class Attachment:
    """One file inside the PDF. `series` stands for it in the colophon where one of many, with what they all are."""

    path: Path
    relationship: str
    description: str
    series: tuple[str, str] | None = None


@dataclass(frozen=True)
class Package:
    """A Frictionless data package: its descriptor with what it holds, its tables, and one digest of them all."""

    title: str
    version: str
    descriptor: Path
    tables: tuple[tuple[Path, str], ...]
    digest: str
    fields: dict = field(default_factory=dict, compare=False)

    @property
    def files(self):
        """The descriptor and the tables."""
        return [self.descriptor, *(path for path, _ in self.tables)]

    @property
    def check(self):
        """The command that gives `digest` among the files taken out of the PDF."""
        tables = f"$(ls *.csv | grep -v -e '^fig-' -e '^tab-' -e '^{Path(QUOTED_NUMBERS).stem}')"
        return f"sha256sum {self.descriptor.name} {tables} | LC_ALL=C sort -k 2 | sha256sum"


def read_package(descriptor):
    """Read the data package of a `datapackage.json`.

    Its digest is the sha256 of the sorted output of sha256sum over its files.
    Raises EditionError when the descriptor or a table is missing, or the descriptor lacks a field.
    """
    descriptor = Path(descriptor)
    try:
        fields = json.loads(descriptor.read_text("utf-8"))
        tables = tuple(
            (descriptor.parent / entry["path"], f"{entry['title']}: {entry['description']}")
            for entry in fields["resources"]
        )
        title, version = fields["title"], fields["version"]
    except (OSError, ValueError) as error:
        raise EditionError(f"{descriptor}: {error}") from error
    except KeyError as error:
        raise EditionError(f"{descriptor}: field {error} is missing") from error
    return Package(title, version, descriptor, tables, digest_of([descriptor, *(path for path, _ in tables)]), fields)


def book_package(book):
    """Return the data package of a book, or None.

    BOOKPRESS_PACKAGE, which the command sets, comes before `package` in `_config.yml`.
    """
    named = press_settings(Path(book) / "_config.yml").get("package")
    place = os.environ.get(PACKAGE_VARIABLE) or (named and Path(book) / named)
    return read_package(place) if place else None


def digest_of(files):
    """The sha256 of what `sha256sum` says of the files, sorted by name."""
    return hashlib.sha256(sums(files).encode()).hexdigest()


def sums(files):
    """The lines that `sha256sum` prints for the files, sorted by name."""
    lines = []
    for path in files:
        if not path.is_file():
            raise EditionError(f"{path} is missing")
        lines.append(f"{fingerprint(path)}  {path.name}\n")
    return "".join(sorted(lines, key=lambda line: line[66:]))


def collect(book, html, package=None):
    """The attachments of the book in folder `book`, built as `html`, in the order in which a reader should see them.

    package : a `Package`, or None. Raises EditionError when `_config.yml` names something that is
    not there.
    """
    found = []
    if package:
        found.append(Attachment(package.descriptor, "data", DESCRIPTOR.format(title=package.title)))
        found += [Attachment(path, "data", description) for path, description in package.tables]
    published = {citation_file(book): Path(html, CITATION_FILE)}
    found += [replace(entry, path=published.get(entry.path, entry.path)) for entry in named(Path(book))]
    if (numbers := Path(html, QUOTED_NUMBERS)).is_file():
        found.append(Attachment(numbers, "data", NUMBERS))
    return found + _shown(Path(html))


def named(book):
    """What `attach` in `_config.yml` names: entries with files (a pattern), relationship and description."""
    config = book / "_config.yml"
    found = []
    for entry in press_settings(config).get("attach", []):
        try:
            pattern, relationship, description = (entry[field] for field in ("files", "relationship", "description"))
        except (TypeError, KeyError) as error:
            raise EditionError(
                f"{config}: bookpress: attach: {entry} needs files, relationship and description"
            ) from error
        if relationship not in RELATIONSHIPS:
            raise EditionError(
                f"{config}: bookpress: attach: {pattern}: relationship '{relationship}' is none of {', '.join(RELATIONSHIPS)}"
            )
        files = sorted((book / pattern).parent.resolve().glob(Path(pattern).name))
        if not files:
            raise EditionError(f"{config}: bookpress: attach: {pattern}: no such file")
        series = (Path(pattern).name, description) if len(files) > 1 else None
        found += [Attachment(path, relationship, description, series) for path in files]
    return found


def _shown(html):
    """The data of figures and tables, described as the pages' links to them are."""
    names = {}
    for page in sorted(html.rglob("*.html")):
        for link in _DATA_LINK.finditer(page.read_text("utf-8")):
            if label := _LABEL.search(link[0]):
                names[link[1]] = unescape(label[1])
    series = ("fig-*.csv, tab-*.csv", SHOWN)
    return [
        Attachment(path, "data", names.get(path.name, path.name), series)
        for path in sorted((html / DATA_FOLDER).glob("*.csv"))
    ]
