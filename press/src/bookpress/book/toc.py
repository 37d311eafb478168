"""The order of a book's pages, read from its `_toc.yml`."""

from __future__ import annotations

import yaml
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

from bookpress.book.edition import EditionError

PAGE_SUFFIXES = (".md", ".ipynb", ".rst")


def read_toc(toc_file):
    """Return (page, depth, part it opens) of each page of a `_toc.yml`, in reading order.

    A chapter has depth 0, a section of it 1. Raises EditionError for a file that Jupyter Book
    cannot read, and for a pattern of files, which has no order of its own.
    """
    try:
        contents = parse_toc_yaml(toc_file)
    except (OSError, yaml.YAMLError, MalformedError) as error:
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


def _without_suffix(name):
    return name.removesuffix(next((suffix for suffix in PAGE_SUFFIXES if name.endswith(suffix)), ""))
