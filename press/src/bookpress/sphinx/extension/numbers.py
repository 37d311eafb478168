"""Computed numbers in the text: each leads to the page that computes it, and may have a note."""

from __future__ import annotations

import json
import posixpath
from pathlib import Path

from docutils import nodes
from myst_nb.ext.glue.roles import PasteTextRole
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

NOTES_FILE = "_static/number-notes.js"  # fetched when a reader asks for the first note
log = logging.getLogger(__name__)


def setup(app):
    """Register what numbers need."""
    app.connect("builder-inited", replace_glue_text)
    app.add_node(number)
    app.add_directive("numbernotes", NumberNotes)
    app.connect("env-purge-doc", forget_numbers)
    app.connect("env-merge-info", merge_numbers)
    app.connect("doctree-resolved", link_numbers)
    app.connect("build-finished", write_number_notes)


class number(nodes.Inline, nodes.Element):
    """A computed number in the text; `page` is the one that computes it, None where that is the page itself."""


class GlueText(PasteTextRole):
    """`{glue:text}` that remembers its key.

    It warns of a key of another page without a format, for which myst-nb prints nothing.
    """

    def run(self):
        path, apart, key = self.text.partition("::")
        if apart and ":" not in key:
            place = f"{self.source}:{self.line}"
            log.warning("glue:text of another page needs a format: write `%s:s`", self.text, location=place)
            return [], []
        found, messages = super().run()
        key = (key if apart else path).partition(":")[0]
        env = self.inliner.document.settings.env
        page = (
            posixpath.normpath(posixpath.join(posixpath.dirname(env.docname), path)).removesuffix(".ipynb")
            if apart
            else None
        )
        quotes = _numbers(env)["quotes"].setdefault(page or env.docname, set())
        first = page is None and (env.docname, key) not in quotes
        quotes.add((env.docname, key))
        return [number("", *found, key=key, page=page, ids=[_number_id(key)] if first else [])], messages


class NumberNotes(SphinxDirective):
    """Takes what `bookpress.show.numbers` says of its numbers: JSON, key to note."""

    has_content = True

    def run(self):
        _numbers(self.env)["notes"][self.env.docname] = json.loads("\n".join(self.content))
        return []


def _number_id(key):
    return nodes.make_id(f"number-{key}")


def _numbers(env):
    """What is known of the book's numbers, kept with Sphinx' environment.

    quotes : {page that computes: {(page that quotes, key)}}. notes : {page that computes: {key: note}}.
    """
    if not hasattr(env, "bookpress_numbers"):
        env.bookpress_numbers = {"quotes": {}, "notes": {}}
    return env.bookpress_numbers


def forget_numbers(app, env, docname):
    """Drop the quotes and notes of a document that is about to be read again or is gone."""
    known = _numbers(env)
    known["notes"].pop(docname, None)
    known["quotes"] = {
        page: {quote for quote in quotes if quote[0] != docname} for page, quotes in known["quotes"].items()
    }


def merge_numbers(app, env, docnames, other):
    """Take over the quotes and notes that a parallel reader found in its documents."""
    known, found = _numbers(env), _numbers(other)
    known["notes"] |= {name: notes for name, notes in found["notes"].items() if name in docnames}
    for page, quotes in found["quotes"].items():
        known["quotes"].setdefault(page, set()).update(quote for quote in quotes if quote[0] in docnames)


def link_numbers(app, doctree, docname):
    """Mark the numbers that have a note; lead from another page's number to the sentence there that quotes it."""
    for node in list(doctree.findall(number)):
        page, key = node["page"], node["key"]
        noted = key in _numbers(app.env)["notes"].get(page or docname, ())
        if page:
            quoted_there = (page, key) in _numbers(app.env)["quotes"].get(page, ())
            address = app.builder.get_relative_uri(docname, page) + (f"#{_number_id(key)}" if quoted_there else "")
            title = f"Where this number comes from: {app.env.titles[page].astext()}"
            mark = nodes.reference(
                "", "", *node.children, refuri=address, internal=True, reftitle=title, classes=["why"]
            )
        else:
            mark = nodes.inline("", "", *node.children, ids=node["ids"], classes=["why"] if noted else [])
        if noted:
            mark["classes"].append(_number_id(key))
        node.replace_self(mark)


def write_number_notes(app, exception):
    """Write the notes of the numbers that the text quotes, for theme/static/notes.js."""
    if exception or app.builder.format != "html":
        return
    known = _numbers(app.env)
    quoted = {(page, key) for page, quotes in known["quotes"].items() for _, key in quotes}
    notes = {
        _number_id(key): note
        for page, its_notes in known["notes"].items()
        for key, note in its_notes.items()
        if (page, key) in quoted
    }
    words = json.dumps(notes, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    Path(app.outdir, NOTES_FILE).write_text(f"window.numberNotes = {words};\n", "utf-8")


def replace_glue_text(app):
    """Put `GlueText` in the place of myst-nb's role, which lives in a domain and so cannot be overridden by name."""
    app.env.get_domain("glue").roles["text"] = GlueText()
