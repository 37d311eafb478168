"""The messages of each page, as Sphinx' catalogues have them: what further languages translate."""

from __future__ import annotations

import json
import os
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import extract_messages

from bookpress.sphinx.extension.outputs import cell_of
from bookpress.up_to_date import MESSAGES_FILE

MESSAGES = "bookpress_messages"  # key of a page's metadata: [words, line] of each message


def setup(app):
    """Take the messages of each page before they are translated; write those of all."""
    app.add_transform(KeepOutputs)
    app.connect("source-read", forget_messages)
    app.connect("doctree-read", note_messages, priority=900)  # after the contents are laid in
    app.connect("doctree-read", adopt_translations, priority=901)
    app.connect("build-finished", write_messages)


class KeepOutputs(SphinxTransform):
    """Keep Sphinx from translating what cells show where it equals a message of their page: the notebook's code has worded it."""

    default_priority = 9  # before Sphinx notes what it will translate

    def apply(self):
        for node in self.document.findall(nodes.TextElement):
            if cell_of(node) is not None:
                node["translatable"] = False


def forget_messages(app, docname, source):
    """Begin a page that is read anew without messages."""
    app.env.metadata[docname].pop(MESSAGES, None)


def note_messages(app, doctree):
    """Note the messages of a page, those of outputs apart: the notebook's code words them in each language."""
    found = {}
    for tree in (*doctree.findall(addnodes.toctree), doctree):
        for node, words in extract_messages(tree):
            if words.strip() and cell_of(node) is None:
                found.setdefault(words, node.line or 0)
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
    """Write the messages of all pages."""
    if exception or app.builder.format != "html":
        return
    noted = {
        docname: {
            "file": os.path.relpath(app.env.doc2path(docname), app.srcdir),
            "messages": app.env.metadata[docname].get(MESSAGES, []),
        }
        for docname in sorted(app.env.found_docs)
    }
    Path(app.outdir).with_name(MESSAGES_FILE).write_text(json.dumps(noted, ensure_ascii=False), "utf-8")
