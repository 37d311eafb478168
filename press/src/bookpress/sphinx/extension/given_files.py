"""Files and small pages that cells give (`bookpress.show.files` and `screen`), written beside the pages.

The role `givenfile` links a file. Sphinx keeps the digests of files with the page. The bytes stay in the metadata of the outputs
that the notebook gave, and are read there when the pages are done, so that a page which is not read again has its files too.
Small pages are text, and stay with the page whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from bookpress.environment import FILES_FOLDER
from bookpress.show import FILES_KEY
from bookpress.sphinx.extension.executed import outputs_of

# Key of a page's metadata, which Sphinx keeps, merges and drops with the page: {file name: digest}.
GIVEN = "bookpress_given_files"
SMALL = "bookpress_small_pages"  # the same for small pages: {name: [title, fragment of HTML]}
SUMS = "SHA256SUMS"
_NAMED = "givenfile"  # attribute of a link to a given file: its name
log = logging.getLogger(__name__)


def setup(app):
    """Register what given files need."""
    app.add_directive("givenfiles", GivenFiles)
    app.add_role("givenfile", GivenFile())
    app.add_directive("smallpages", SmallPages)
    app.connect("env-check-consistency", refuse_same_names)
    app.connect("html-collect-pages", small_pages)
    app.connect("doctree-resolved", warn_of_dead_links)
    app.connect("build-finished", write_given_files)


class GivenFiles(SphinxDirective):
    """Notes the files of a page; each line of its content is a digest and a name. It shows nothing."""

    has_content = True

    def run(self):
        given = self.env.metadata[self.env.docname].setdefault(GIVEN, {})
        for line in filter(None, self.content):
            digest, name = line.split(maxsplit=1)
            if name in given:
                raise self.error(f"file {name} is given twice by this page")
            given[name] = digest
        return []


class SmallPages(SphinxDirective):
    """Takes the small pages of `bookpress.show.screen`: JSON, name to title and fragment. It shows nothing."""

    has_content = True

    def run(self):
        self.env.metadata[self.env.docname].setdefault(SMALL, {}).update(json.loads("\n".join(self.content)))
        return []


def small_pages(app):
    """Give Sphinx the small pages: their names, what the theme is told, and the template."""
    for page in sorted(app.env.found_docs):
        for name, (title, fragment) in app.env.metadata.get(page, {}).get(SMALL, {}).items():
            yield f"{page}/{name}", {"title": escape(title), "body": fragment, "given_by": page}, "page.html"


class GivenFile(SphinxRole):
    """Link to a file that a cell gives: `` {givenfile}`data.xlsx` ``; `SHA256SUMS` lists the digests of all."""

    def run(self):
        address = "../" * self.env.docname.count("/") + f"{FILES_FOLDER}/{self.text}"
        link = nodes.reference(self.rawtext, self.text, refuri=address, internal=True, **{_NAMED: self.text})
        self.set_source_info(link)
        return [link], []


def refuse_same_names(app, env):
    """Raise ExtensionError for a name under which two pages give a file; pages are read side by side, so it is seen at the end."""
    owners = {}
    for page in sorted(env.metadata):
        for name in env.metadata[page].get(GIVEN, {}):
            if name in owners:
                raise ExtensionError(
                    f"file {name} is given by {owners[name]} and by {page}; give one of them another name"
                )
            owners[name] = page


def warn_of_dead_links(app, doctree, docname):
    """Warn of each link to a file that no page gives, and leave its words alone; only now are all pages read."""
    names = sorted({name for metadata in app.env.metadata.values() for name in metadata.get(GIVEN, ())})
    known = [*names, SUMS] if names else []
    for link in list(doctree.findall(nodes.reference)):
        if _NAMED in link and link[_NAMED] not in known:
            there = ", ".join(known) or "none"
            log.warning("no page gives a file %s; there are %s", link[_NAMED], there, location=link)
            link.replace_self(link.children)


def write_given_files(app, exception):
    """Write all given files below the HTML, with their digests."""
    if exception or app.builder.format != "html":
        return
    pages = {page: given for page in sorted(app.env.metadata) if (given := app.env.metadata[page].get(GIVEN))}
    if not pages:
        return
    folder = Path(app.outdir, FILES_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    sums = []
    for page, given in pages.items():
        packed = {}
        for output in outputs_of(app, page):
            packed |= output.get("metadata", {}).get(FILES_KEY, {})
        for name, digest in given.items():
            content = base64.b64decode(packed.get(name, ""))
            if hashlib.sha256(content).hexdigest() != digest:
                raise ExtensionError(
                    f"{page}: file {name}: what its cell gave is no longer there; build again from nothing (--fresh)"
                )
            (folder / name).write_bytes(content)
            sums.append((name, digest))
    (folder / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(sums)), "utf-8")
