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

from bookpress.depends import file_digest, names_digest

STAMP = ".built"  # inside the output folder
INCLUDED = "included.json"  # beside the HTML while it is made: the files that pages include
_MADE = {"_build", "__pycache__", ".ipynb_checkpoints"}


def tree_digest(folder):
    """A digest of all files below a folder, their names included, links followed, caches left out."""
    digest = hashlib.sha256()
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(set(folders) - _MADE)
        for name in sorted(files):
            path = os.path.join(place, name)
            digest.update(f"{os.path.relpath(path, folder)}\0{file_digest(path)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def inputs_digest(book, results, *stated, files=()):
    """A digest of the book's folder, the results of its notebooks, the press itself, the environment, `stated` and the `files`."""
    trees = [book, results, Path(__file__).parent]
    files = [Path(book).parent / "requirements.txt", *files]
    parts = [*map(tree_digest, trees), *map(file_digest, files), names_digest(sysconfig.get_path("purelib")), sys.version, *map(repr, stated)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def is_built(output, inputs):
    """Whether the output folder holds, untouched, what was built from these inputs."""
    try:
        told = json.loads(Path(output, STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return (
        told["inputs"] == inputs
        and told["output"] == tree_digest(Path(output, "html"))
        and all(Path(output, name).is_file() for name in told["links"])
        and all(file_digest(path) == digest for path, digest in told["included"].items())
    )


def remember(output, inputs, links, included):
    """Note what the published pages were built from. links : files beside html/; included : files that pages include."""
    told = {
        "inputs": inputs,
        "output": tree_digest(Path(output, "html")),
        "links": links,
        "included": {path: file_digest(path) for path in included},
    }
    Path(output, STAMP).write_text(json.dumps(told), "utf-8")
