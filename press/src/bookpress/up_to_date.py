"""What a finished build was made from, so that the next one can tell that there is nothing to do.

Beside what is named here a page may include files from elsewhere; Sphinx knows them, and the extension writes their list.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
from pathlib import Path

from bookpress.book.edition import lock_file
from bookpress.book.toc import PAGE_SUFFIXES, read_toc
from bookpress.files import file_digest, names_digest, replace_file

RECORD = ".built"  # inside the output folder
INCLUDED = "included.json"  # beside the HTML while it is made: the files that pages include
_MADE = {"_build", "__pycache__", ".ipynb_checkpoints"}


def tree_digest(folder, without=()):
    """A digest of all files below a folder, their names included, links followed, caches and the files named in `without` left out."""
    digest = hashlib.sha256()
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(set(folders) - _MADE)
        for name in sorted(files):
            path = os.path.join(place, name)
            relative = os.path.relpath(path, folder)
            if relative not in without:
                digest.update(f"{relative}\0{file_digest(path)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def inputs_digest(book, results, *stated, files=()):
    """A digest of the book's folder, the results of its notebooks, the press itself, the environment, `stated` and the `files`."""
    return _digest(
        tree_digest(book),
        tree_digest(results),
        _press_and_environment(book),
        *map(file_digest, files),
        *map(repr, stated),
    )


def reading_digest(book, *stated):
    """A digest of what Sphinx' reading of every page rests on: the book's folder but for its pages, the press, the environment, `stated`."""
    pages = {name + suffix for name, *_ in read_toc(Path(book, "_toc.yml")) for suffix in PAGE_SUFFIXES}
    return _digest(str(book), tree_digest(book, without=pages), _press_and_environment(book), *map(repr, stated))


def _press_and_environment(book):
    """A digest of the press and of the environment."""
    packages = names_digest(sysconfig.get_path("purelib"))
    return _digest(tree_digest(Path(__file__).parent), file_digest(lock_file(book) or ""), packages, sys.version)


def _digest(*parts):
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def is_built(output, inputs):
    """Whether the output folder holds, untouched, what was built from these inputs."""
    record = _recorded(output)
    return (
        record is not None
        and record["inputs"] == inputs
        and record["output"] == tree_digest(Path(output, "html"))
        and all(Path(output, name).is_file() for name in record["links"])
        and all(file_digest(path) == digest for path, digest in record["included"].items())
    )


def _recorded(output):
    """What `remember` noted, or None."""
    try:
        return json.loads(Path(output, RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def remember(output, inputs, links, included):
    """Note what the published pages were built from. links : files beside html/; included : files that pages include."""
    record = {
        "inputs": inputs,
        "output": tree_digest(Path(output, "html")),
        "links": links,
        "included": {path: file_digest(path) for path in included},
    }
    replace_file(Path(output, RECORD), json.dumps(record).encode())
