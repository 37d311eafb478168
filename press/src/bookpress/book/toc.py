"""The order of a book's pages, read from its `_toc.yml`, and the numbers of its chapters and annexes."""

from __future__ import annotations

import string
from itertools import count
from pathlib import Path

import yaml
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from bookpress.book import yaml_faults
from bookpress.book.edition import EditionError, press_settings
from bookpress.files import read_text

PAGE_SUFFIXES = (".md", ".ipynb", ".rst")


def read_toc(toc_file):
    """Return (page, depth, part it opens) of each page of a `_toc.yml`, in reading order.

    A chapter has depth 0, a section of it 1. Raises EditionError for a file that Jupyter Book
    cannot read, and for a pattern of files, which has no order of its own.
    """
    try:
        read_text(toc_file)  # says better what is wrong with letters and marks of a merge
        contents = parse_toc_yaml(toc_file)
    except yaml.YAMLError as error:
        raise EditionError(yaml_faults.told(toc_file, error)) from error
    except MalformedError as error:
        raise EditionError(yaml_faults.told_of_contents(toc_file, error)) from error
    except OSError as error:
        raise EditionError(f"{toc_file}: {error}") from error
    root = contents.root

    def walk(document, depth, part):
        found = [(_without_suffix(document.docname), depth, part)]
        for tree in document.subtrees:
            if tree.globs():
                raise EditionError(f"{toc_file}: glob: {tree.globs()[0]}: name the pages one by one")
            part = tree.caption or "" if document is root else ""
            for name in tree.files():
                found += walk(contents[name], depth if document is root else depth + 1, part)
                part = ""
        return found

    return walk(root, 0, "")


def chapter_numbers(book):
    """Return the number of each chapter and the letter of each annex of the book in folder `book`: text by page.

    Annexes are the chapters of the parts that `annexes` in `_config.yml` names; where it names none,
    nothing has a number. Sections, the front page, the page `summary` and pages for the screen alone
    have none either. Raises EditionError for a part or a page that `_toc.yml` does not have.
    """
    config, toc_file = Path(book, "_config.yml"), Path(book, "_toc.yml")
    settings, entries = press_settings(config), read_toc(toc_file)
    annexes, summary = settings.get("annexes", []), settings.get("summary")
    if unknown := sorted(set(annexes) - {part for *_, part in entries}):
        raise EditionError(f"{config}: bookpress: annexes: {unknown[0]}: no part of {toc_file.name} has this caption")
    if summary and summary not in {name for name, *_ in entries}:
        raise EditionError(f"{config}: bookpress: summary: {summary}: no page of {toc_file.name}")
    if not annexes:
        return {}
    on_screen = {name for name, page in settings.get("pages", {}).items() if page.get("screen_only")}
    unnumbered = {entries[0][0], summary, *on_screen}
    numbers, letters, current, found = map(str, count(1)), _letters(), "", {}
    for name, depth, part in entries:
        current = part or current
        if depth == 0 and name not in unnumbered:
            found[name] = next(letters if current in annexes else numbers)
    return found


def _letters():
    """A to Z, then AA, AB and so on."""
    for number in count(0):
        before, last = divmod(number, len(string.ascii_uppercase))
        yield (string.ascii_uppercase[before - 1] if before else "") + string.ascii_uppercase[last]


def _without_suffix(name):
    return name.removesuffix(next((suffix for suffix in PAGE_SUFFIXES if name.endswith(suffix)), ""))
