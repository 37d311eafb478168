"""Computed numbers in the text: each leads to the page that computes it, and may have a note."""

from __future__ import annotations

import csv
import difflib
import json
import os
import posixpath
from functools import cache
from pathlib import Path

from docutils import nodes
from myst_nb.ext.glue.roles import PasteTextRole
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from bookpress.book.languages import PRESS
from bookpress.environment import PARAGRAPH_NUMBER, QUOTED_NUMBERS
from bookpress.markup.html import classes, first, select, words_of
from bookpress.notebooks import results
from bookpress.notebooks.words import glued
from bookpress.sphinx.kept_pages import keep, kept

NOTES_FILE = "_static/number-notes.js"  # fetched when a reader asks for the first note
# Keys of a page's metadata, which Sphinx keeps, merges and drops with the page.
QUOTES = "bookpress_quotes"  # {(page that computes the number, key)}
NOTES = "bookpress_notes"  # {key: note}
KEPT = "quoted"  # folder beside the HTML while it is made
COLUMNS = ("paragraph", "number", "rule", "claims", "more", "page", "number_id")  # of QUOTED_NUMBERS
_MARK = "number-"  # what the class of a number with a note begins with
_ = get_translation(PRESS)
log = logging.getLogger(__name__)


def setup(app):
    """Register the role and the directive of numbers, and what links them."""
    app.setup_extension("myst_nb")  # whose role the next line replaces
    app.add_role_to_domain("glue", "text", GlueText(), override=True)
    app.add_node(number)
    app.add_directive("numbernotes", NumberNotes)
    app.connect("doctree-resolved", link_numbers)
    app.connect("build-finished", write_number_notes)
    app.connect("build-finished", write_quoted_numbers)


class number(nodes.Inline, nodes.Element):
    """A computed number in the text; `page` is the page that computes it, None if it stands there."""


class GlueText(PasteTextRole):
    """Remember the key of `{glue:text}`.

    Warn of a key of another page without format, for which MyST-NB prints nothing.
    """

    def run(self):
        path, apart, key = self.text.partition("::")
        if apart and ":" not in key:
            place = f"{self.source}:{self.line}"
            page = path if posixpath.splitext(path)[1] else f"{path}.ipynb"
            log.warning("glue:text of another page needs a format: write `%s::%s:s`", page, key, location=place)
            return [], []
        key = (key if apart else path).partition(":")[0]
        env = self.inliner.document.settings.env
        page = None
        if apart:
            page = posixpath.normpath(posixpath.join(posixpath.dirname(env.docname), path)).removesuffix(".ipynb")
        known = _computed(page or env.docname)
        if known and key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"; the nearest is {near[0]}" if near else ""
            place = f"{self.source}:{self.line}"
            log.warning("%s computes no number %s%s", page or "this page", key, hint, location=place)
            return [], []
        if not apart and known and "nb_renderer" not in self.document:  # a translated message is a document of its own
            self.text = (
                f"{os.path.basename(env.doc2path(env.docname))}::{self.text if ':' in self.text else f'{key}:s'}"
            )
        found, messages = super().run()
        env.metadata[env.docname].setdefault(QUOTES, set()).add((page or env.docname, key))
        return [number("", *found, key=key, page=page)], messages


class NumberNotes(SphinxDirective):
    """Take the notes of `bookpress.show.numbers`: JSON, key to note."""

    has_content = True

    def run(self):
        self.env.metadata[self.env.docname][NOTES] = json.loads("\n".join(self.content))
        return []


@cache
def _computed(docname):
    """The keys that a page has glued, as the press keeps its results while Sphinx runs; none where it keeps none of that page."""
    kept = results.of_page(docname)
    return list(glued([output for cell in kept["cells"] for output in cell["outputs"]])) if kept else []


def _number_id(key):
    return nodes.make_id(f"{_MARK}{key}")


def _of_page(env, page, kind):
    return env.metadata.get(page, {}).get(kind, {})


def link_numbers(app, doctree, docname):
    """Mark the numbers that have a note; lead from another page's number to the sentence there that quotes it."""
    placed = set()
    for node in list(doctree.findall(number)):
        page, key = node["page"], node["key"]
        noted = key in _of_page(app.env, page or docname, NOTES)
        if page and page not in app.env.titles:  # a page that is no longer in the book, of which MyST-NB warns
            node.replace_self(node.children)
            continue
        if page:
            quoted_there = (page, key) in _of_page(app.env, page, QUOTES)
            address = app.builder.get_relative_uri(docname, page) + (f"#{_number_id(key)}" if quoted_there else "")
            title = _("Where this number comes from: {page}").format(page=app.env.titles[page].astext())
            mark = nodes.reference(
                "", "", *node.children, refuri=address, internal=True, reftitle=title, classes=["why"]
            )
        else:
            ids = [] if key in placed else [_number_id(key)]
            placed.add(key)
            mark = nodes.inline("", "", *node.children, ids=ids, classes=["why"] if noted else [])
        if noted:
            mark["classes"].append(_number_id(key))
        node.replace_self(mark)


def write_number_notes(app, exception):
    """Write the notes of the numbers that the text quotes, for theme/static/notes.js."""
    if exception or app.builder.format != "html":
        return
    quoted = {quote for page in app.env.found_docs for quote in _of_page(app.env, page, QUOTES)}
    notes = {
        _number_id(key): note
        for page in app.env.found_docs
        for key, note in _of_page(app.env, page, NOTES).items()
        if (page, key) in quoted
    }
    # A rule or a claim stands behind many numbers; here it stands once, in `told`, and the notes name its place there.
    places = {}

    def place(told):
        return None if told is None else places.setdefault(json.dumps(told, ensure_ascii=False), len(places))

    placed = {
        name: [place(note["rule"]), [place(claim) for claim in note["claims"]], place(note.get("more"))]
        for name, note in sorted(notes.items())
    }
    written = {"told": [json.loads(told) for told in places], "notes": placed}
    words = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    Path(app.outdir, NOTES_FILE).write_text(f"window.numberNotes = {words};\n", "utf-8")


def keep_quoted_numbers(app, pagename, body):
    """Keep where a page, a tree with its paragraphs numbered, quotes numbers that have a note, for `write_quoted_numbers`."""
    keep(
        app, KEPT, pagename, [[_place_of(node), " ".join(words_of(node).split()), name] for node, name in _marked(body)]
    )


def _marked(body):
    """(node, id) of each number with a note, in the order of the page."""
    for node in select(body, ".why"):
        if name := next((name for name in classes(node) if name.startswith(_MARK)), None):
            yield node, name


def _place_of(node):
    """What a reader looks for to find a number: the number of its paragraph, or of the figure or table that it stands in."""
    for place in node.iterancestors():
        for mark in place.iterchildren("a"):
            if PARAGRAPH_NUMBER in classes(mark):
                return mark.get("data-number")
        if place.tag in ("figure", "table") and (caption := first(place, ".caption-number")) is not None:
            return words_of(caption).strip()
    return ""


def write_quoted_numbers(app, exception):
    """Write QUOTED_NUMBERS, where the text quotes numbers with a note: a row for each place that does, in the order of the contents.

    Columns COLUMNS: paragraph (or figure, or table), the number as printed, its rule in a sentence, addresses of the claims that decide it and
    of more, with a space between, the page's name, and the number's id, the same wherever it is quoted.
    """
    if exception or app.builder.format != "html":
        return
    notes = {
        _number_id(key): note for page in app.env.found_docs for key, note in _of_page(app.env, page, NOTES).items()
    }
    rows = []
    for page, found in kept(app, KEPT).items():
        for place, words, name in found:
            if (note := notes.get(name)) is None:  # it has lost its note since the page was written
                continue
            claims = " ".join(address for _words, address, *_event in note["claims"])
            rows.append((place, words, note["rule"], claims, (note.get("more") or ("", ""))[1], page, name))
    file = Path(app.outdir, QUOTED_NUMBERS)
    if not rows:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows([COLUMNS, *rows])
