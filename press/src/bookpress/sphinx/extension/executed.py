"""The words that roles stand for, for readers of the sources, and copies of the notebooks in which they stand, with outputs."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import nbformat

from bookpress.environment import RESULTS_VARIABLE
from bookpress.files import read_text
from bookpress.notebooks import results
from bookpress.notebooks.copies import executed_copy
from bookpress.notebooks.words import WORDS_FILE, Words, glued_values, write_words
from bookpress.sphinx.bibliography import cited_as
from bookpress.sphinx.extension.data_files import number_of

COPIES = "_downloads/notebooks"  # below the HTML


def setup(app):
    """Write words and copies where the pages are done."""
    app.connect("build-finished", write_executed, priority=600)  # after the pictures


def copy_of(app, docname):
    """The address of a page's executed notebook, seen from the top of the site; "" for a page that has none."""
    is_notebook = str(app.env.doc2path(docname)).endswith(".ipynb") and RESULTS_VARIABLE in os.environ
    return f"{COPIES}/{Path(docname).name}.ipynb" if is_notebook else ""


def write_executed(app, exception):
    """Write the words of the book, and its notebooks with their outputs if the press ran them."""
    if exception or app.builder.format != "html":
        return
    words = _words(app)
    write_words(words, Path(app.outdir, WORDS_FILE))
    drawings = {path.stem: path.read_bytes() for path in Path(app.outdir, "_images").glob("fig-*.png")}
    shutil.rmtree(Path(app.outdir, COPIES), ignore_errors=True)
    for docname in sorted(app.env.found_docs):
        target = copy_of(app, docname)
        result = results.read(os.environ[RESULTS_VARIABLE], docname) if target else None
        if result is not None:
            notebook = nbformat.reads(read_text(app.env.doc2path(docname)), as_version=4)
            made = executed_copy(notebook, result["cells"], words, docname, drawings)
            path = Path(app.outdir, target)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _words(app):
    env, standard = app.env, app.env.get_domain("std")
    labels = {}
    for label, (docname, place) in standard.anonlabels.items():
        said = number_of(app, docname, place) or standard.labels.get(label, ("", "", ""))[2]
        if said and docname in env.found_docs:
            labels[label] = said
    made = Path(app.outdir).with_name("jupyter_execute")
    numbers = {}
    for docname in sorted(env.found_docs):
        kept = made / f"{docname}.glue.json"
        if kept.is_file():
            numbers[docname] = glued_values(json.loads(kept.read_text("utf-8")))
    return Words(
        labels=dict(sorted(labels.items())),
        pages={docname: title.astext() for docname, title in sorted(env.titles.items())},
        citations=_citations(env),
        numbers=numbers,
        site=app.edition.url,
    )


def _citations(env):
    """The words that cite each entry, those of the bibliography first and in its order."""
    if "cite" not in env.domains:  # a book that cites nothing
        return {}
    cite = env.get_domain("cite")
    listed = {citation.key: cited_as(citation.entry) for citation in cite.citations}
    return listed | {key: cited_as(entry) for key, entry in cite.bibdata.data.entries.items() if key not in listed}
