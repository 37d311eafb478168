"""Sphinx' reading of the pages, kept from one build to the next: the next one reads only the pages of which anything changed.

What changed is told by bytes, not by times of change, which an older copy of a file has too. Only
the reading of a build that succeeded is kept, for a page that is not read again does not warn
again. Every page is written at every build.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bookpress.book.languages import catalogue_of
from bookpress.environment import RESULTS_VARIABLE
from bookpress.files import fingerprint, replace_file
from bookpress.notebooks import results

_KEY = "key"
# What Sphinx makes of it when it writes the pages; what it reads is in .doctrees, and of notebooks
# in jupyter_execute.
_WRITTEN = ("html", ".doctrees/images")


def take(kept, key, made):
    """Copy the reading in the folder `kept` to `made`, in which jupyter-book will work, if it has the same key.

    Returns whether it has. key : a digest of all that a page's reading rests on beside the page
    itself, the results of its notebook and the files that it includes.
    """
    try:
        if Path(kept, _KEY).read_text("utf-8") != key:
            return False
        shutil.copytree(kept, made, ignore=shutil.ignore_patterns(_KEY))
    except OSError:  # nothing kept, or half of it
        shutil.rmtree(made, ignore_errors=True)
        return False
    return True


def keep(made, key, kept):
    """Keep the reading that jupyter-book has left in its folder `made`, which is taken away, as the folder `kept`."""
    made, kept = Path(made), Path(kept)
    for folder in (*(made / name for name in _WRITTEN), kept):
        shutil.rmtree(folder, ignore_errors=True)
    os.rename(made, kept)
    replace_file(kept / _KEY, key.encode())  # last: without it the rest is not used


def setup(app):
    """Have Sphinx, where the press started it, ask for the bytes."""
    if RESULTS_VARIABLE in os.environ:
        app.connect("env-get-outdated", changed_pages)
        app.connect("env-before-read-docs", forget)
        app.connect("env-updated", note_fingerprints)


def changed_pages(app, env, added, changed, removed):
    """The pages of which anything changed since they were read."""
    known = getattr(env, "bookpress_fingerprints", {})
    return [name for name in sorted(env.found_docs) if known.get(name) != _fingerprint(env, name)]


def forget(app, env, names):
    """Forget all pages that will be read before the first of them is: what moves from one to the other is in one of them."""
    for name in names:
        app.events.emit("env-purge-doc", env, name)
        env.clear_doc(name)


def note_fingerprints(app, env):
    """Note with the reading what each page was read from."""
    env.bookpress_fingerprints = {name: _fingerprint(env, name) for name in env.found_docs}


def _fingerprint(env, name):
    """What is read of a page: its file, what its cells gave, its messages in a further language, the files that it includes or shows."""
    shown = [os.path.join(env.srcdir, file) for file in sorted(env.dependencies[name])]
    messages = [catalogue_of(folder, env.config.language, name) for folder in env.config.locale_dirs]
    given = results.file_of(os.environ[RESULTS_VARIABLE], name)
    return [fingerprint(path) for path in (env.doc2path(name), given, *messages, *shown)]
