"""The messages of each page, as Sphinx' catalogues have them, which further languages translate; words of another language in a text."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole
from sphinx.util.nodes import extract_messages

from bookpress.book.languages import SETTINGS
from bookpress.sphinx.bibliography import words_of
from bookpress.sphinx.extension.outputs import CELL
from bookpress.up_to_date import MESSAGES_FILE

MESSAGES = "bookpress_messages"  # key of a page's metadata: [words, line] of each message
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # of a language
log = logging.getLogger(__name__)


def setup(app):
    """Take the messages of each page before they are translated, and write those of all; register the role `language`."""
    app.add_role("language", WordsInLanguage())
    app.add_transform(LayOutputsAside)
    app.add_transform(LayOutputsBack)
    app.connect("source-read", forget_messages)
    app.connect("doctree-read", note_messages, priority=900)  # after the contents are laid in
    app.connect("doctree-read", adopt_translations, priority=901)
    app.connect("build-finished", write_messages)


class WordsInLanguage(ReferenceRole):
    """Words in another language than the text's: `` {language}`mot <fr>` ``; screen readers and hyphenation go by it."""

    def run(self):
        if not self.has_explicit_title or not _CODE.fullmatch(self.target):
            log.warning("language: %s: write {language}`words <code>`", self.text, location=self.get_location())
        return [nodes.inline(self.rawtext, self.title, classes=[f"language-{self.target}"])], []


class LayOutputsAside(SphinxTransform):
    """Take what cells show out of the page while Sphinx translates it: the notebook's code has worded it."""

    default_priority = 19  # before Sphinx' Locale

    def apply(self):
        self.document.bookpress_outputs = lay_aside(self.document)


class LayOutputsBack(SphinxTransform):
    """Put it back."""

    default_priority = 21  # after Sphinx' Locale

    def apply(self):
        lay_back(self.document.bookpress_outputs)
        del self.document.bookpress_outputs


def lay_aside(doctree):
    """Take code and outputs out of the cells of a page; return what `lay_back` puts back: (cell, its children) of each."""
    found = [(cell, cell.children) for cell in doctree.findall(nodes.container) if cell.get("nb_element") == CELL]
    for cell, _ in found:
        cell.children = []
    return found


def lay_back(found):
    """Put code and outputs back into their cells."""
    for cell, children in found:
        cell.children = children


def forget_messages(app, docname, source):
    """Begin a page that is read anew without messages."""
    app.env.metadata[docname].pop(MESSAGES, None)


def note_messages(app, doctree):
    """Note the messages of a page in the book's own language, those of outputs apart: the notebook's code words them in each language."""
    if not app.languages.get(app.edition.language):
        cells, found = lay_aside(doctree), {}
        for tree in (*doctree.findall(addnodes.toctree), doctree):
            for node, words in extract_messages(tree):
                if words.strip():
                    found.setdefault(words, node.line or 0)
        lay_back(cells)
        app.env.metadata[app.env.docname][MESSAGES] = list(found.items())
    # Sphinx translates the names of parts where a page has them; those of _toc.yml come after that.
    for tree in doctree.findall(addnodes.toctree):
        if caption := tree["caption"]:
            tree["caption"] = app.words.say(caption, app.env.docname)


def adopt_translations(app, doctree):
    """Give the nodes of translations to their page.

    Sphinx reads each message as a document of its own, whose settings name the whole environment, and would keep it with the page.
    """
    for node in doctree.findall():
        node.document = doctree


def write_messages(app, exception):
    """Write the messages of all pages, and those of the bibliography beside the settings'."""
    if exception or app.builder.format != "html":
        return
    noted = {
        docname: {
            "file": os.path.relpath(app.env.doc2path(docname), app.srcdir),
            "messages": app.env.metadata[docname].get(MESSAGES, []),
        }
        for docname in sorted(app.env.found_docs)
    }
    if of_works := words_of(app.env):
        file = app.config.bibtex_bibfiles[0]
        noted[SETTINGS] = {"file": file, "messages": [(words, 0) for words in of_works]}
    Path(app.outdir).with_name(MESSAGES_FILE).write_text(json.dumps(noted, ensure_ascii=False), "utf-8")
