"""What a finished build was made from, so that the next one can tell that there is nothing to do.

Beside what is named here a page may include files from elsewhere; Sphinx knows them, and the
extension writes their list.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from bookpress.book.edition import lock_file, mapping_in
from bookpress.book.languages import LOCALE
from bookpress.book.toc import PAGE_SUFFIXES, read_toc
from bookpress.environment import environment_digest
from bookpress.files import digest_of, fingerprint, replace_file, tree_digest

MESSAGES_FILE = "messages.json"  # beside it too: page to its file and its messages, which further languages translate
INCLUDED = "included.json"  # beside the HTML while it is made: the files that pages include


def inputs_digest(book, results, *stated, files=()):
    """Return a digest of all that a build rests on.

    That is the book's folder, the results of its notebooks, the press and its environment,
    `stated`, and the `files`.
    """
    environment = environment_digest(lock_file(book))
    return digest_of(
        tree_digest(book),
        tree_digest(results),
        environment,
        *_outside(book),
        *map(fingerprint, files),
        *map(repr, stated),
    )


def reading_digest(book, *stated):
    """Return a digest of what Sphinx' reading of every page rests on.

    That is the book's folder but for its pages and their catalogues, the press and its environment, and `stated`.
    """
    pages = {name + suffix for name, *_ in read_toc(Path(book, "_toc.yml")) for suffix in PAGE_SUFFIXES}
    pages |= {os.path.relpath(file, book) for file in Path(book, LOCALE).rglob("*") if file.is_file()}
    environment = environment_digest(lock_file(book))
    return digest_of(str(book), tree_digest(book, without=pages), environment, *_outside(book), *map(repr, stated))


def _outside(book):
    """A digest of each file and folder outside the book's own that `_config.yml` names: extensions, style sheets and the like."""
    paths = {
        Path(book, words)
        for words in _texts(mapping_in(Path(book, "_config.yml")))
        if ".." in words or Path(words).is_absolute()
    }
    return [tree_digest(path) if path.is_dir() else fingerprint(path) for path in sorted(paths) if path.exists()]


def _texts(value):
    """Every text in a value of a YAML file."""
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def is_built(book, output, record_file, inputs):
    """Tell if the output folder holds, untouched, what was built of the book from these inputs."""
    try:
        record = json.loads(Path(record_file).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return (
        record["inputs"] == inputs
        and record["output"] == tree_digest(Path(output, "html"))
        and all(Path(output, name).is_file() for name in record["links"])
        and all(fingerprint(Path(book, path)) == digest for path, digest in record["included"].items())
    )


def untranslated_in(record_file):
    """Return how many messages each further language of the last build lacks."""
    try:
        return json.loads(Path(record_file).read_text("utf-8")).get("untranslated", {})
    except (OSError, ValueError):
        return {}


def remember(book, output, record_file, inputs, links, included, from_nothing, untranslated=None):
    """Note what the published pages were built from.

    links : files beside html/. included : files that pages include, noted as seen from the book: a
    copy of the checkout has files of its own. from_nothing : whether nothing was taken over from an earlier build.
    untranslated : how many messages each further language lacks.
    """
    record = {
        "inputs": inputs,
        "output": tree_digest(Path(output, "html")),
        "links": links,
        "included": {os.path.relpath(path, book): fingerprint(path) for path in included},
        "from_nothing": from_nothing,
        "untranslated": untranslated or {},
    }
    replace_file(record_file, json.dumps(record).encode())
