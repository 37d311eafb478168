"""The words that roles stand for, for readers of the sources, and copies of the notebooks in which they stand, with outputs."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import nbformat
from jupyter_cache import get_cache

from bookpress.files import read_text
from bookpress.notebooks import results
from bookpress.notebooks.copies import executed_copy
from bookpress.notebooks.words import WORDS_FILE, Words, glued_values, write_words
from bookpress.sphinx.bibliography import cited_as
from bookpress.sphinx.extension.data_files import number_of

COPIES = "_downloads"  # below the HTML


def setup(app):
    """Write words and copies where the pages are done."""
    app.connect("build-finished", write_executed, priority=600)  # after the pictures


def copy_of(app, docname):
    """The address of a page's executed notebook, seen from the top of the site; "" for a page that has none."""
    return f"{COPIES}/{docname}.ipynb" if str(app.env.doc2path(docname)).endswith(".ipynb") else ""


def write_executed(app, exception):
    """Write the words of the book, and its notebooks with their outputs."""
    if exception or app.builder.format != "html":
        return
    words = _words(app)
    write_words(words, Path(app.outdir, WORDS_FILE))
    drawings = {path.stem: path.read_bytes() for path in Path(app.outdir, "_images").glob("fig-*.png")}
    for docname in sorted(app.env.found_docs):
        if target := copy_of(app, docname):
            notebook = nbformat.reads(read_text(app.env.doc2path(docname)), as_version=4)
            made = executed_copy(notebook, cells_of(app, docname), words, docname, drawings)
            path = Path(app.outdir, target)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")


def outputs_of(app, docname):
    """The outputs of a page's cells, in order."""
    return [output for cell in cells_of(app, docname) for output in cell["outputs"]]


def cells_of(app, docname):
    """What the code cells of a page gave: as the press kept it, else as MyST-NB wrote it when it ran them."""
    kept = results.of_page(docname)
    if kept is not None:
        return kept["cells"]
    executed = nbformat.read(_executed(app, f"{docname}.ipynb"), as_version=4)
    settings = asdict(app.env.mystnb_config) | executed.metadata.get(app.config.nb_metadata_key, {})
    if settings["execution_mode"] == "cache":  # what MyST-NB takes from there it shows, and does not write
        with suppress(KeyError):  # not in the cache: a page that is not run
            _, executed = get_cache(settings["execution_cache_path"]).merge_match_into_notebook(executed)
    return [cell for cell in executed.cells if cell.cell_type == "code"]


def _executed(app, name):
    """A file of those that MyST-NB writes for each page with cells."""
    return Path(app.outdir).with_name("jupyter_execute") / name


def _words(app):
    env, standard = app.env, app.env.get_domain("std")
    labels = {}
    for label, (docname, place) in standard.anonlabels.items():
        said = number_of(app, docname, place) or standard.labels.get(label, ("", "", ""))[2]
        if said and docname in env.found_docs:
            labels[label] = said
    glued = {docname: _executed(app, f"{docname}.glue.json") for docname in sorted(env.found_docs)}
    numbers = {
        docname: glued_values(json.loads(file.read_text("utf-8"))) for docname, file in glued.items() if file.is_file()
    }
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
