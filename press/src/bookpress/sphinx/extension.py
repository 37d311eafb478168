"""The Sphinx side of the press: data files, figure files, the link to the PDF, and warnings where Sphinx keeps silent.

Named in `_config.yml`, so that a plain `jupyter-book build book` gives the same pages as the press.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup
from docutils import nodes
from docutils.parsers.rst import directives
from myst_nb.ext.glue.roles import PasteTextRole
from sphinx.errors import ConfigError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.images import DataURIExtractor
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.images import get_image_extension, parse_data_uri
from sphinx.util.osutil import relative_uri

from bookpress.book.attachments import book_package, sums
from bookpress.book.edition import EditionError, read_edition
from bookpress.notebooks import kernels
from bookpress.show import GROUPED
from bookpress.sphinx import bibliography, compat, kept_results, page, reading, search
from bookpress.sphinx.html import DATA_FOLDER, PACKAGE_FOLDER, RESULTS_VARIABLE, fixed_variables
from bookpress.sphinx.pictures import write_pngs
from bookpress.stamp import INCLUDED

THEME = Path(__file__).parent / "theme"
SITE_PAGES = {"search": "Search", "404": "No such page"}  # pages without a text of their own
HEIGHTS = 5  # how many folders may lie above an address that leads nowhere: each costs the page "404" a request
log = logging.getLogger(__name__)


def setup(app):
    """Register everything; called by Sphinx."""
    app.add_config_value("bookpress", {}, "html", dict)
    app.add_config_value("comments_config", {}, "")  # jupyter-book sets it even though sphinx_comments is not loaded
    app.connect("config-inited", apply_edition, priority=100)  # before Sphinx derives other values from these
    app.add_html_theme("bookpress", str(THEME))
    app.connect("html-page-context", complete_page, priority=900)  # after all others, for it mends what they leave
    app.connect("build-finished", write_site_files)
    app.connect("build-finished", write_included)

    app.add_post_transform(NamedImage)
    app.add_node(narrowdrawing)
    app.add_directive("narrowdrawing", NarrowDrawing)
    app.add_post_transform(KeepNarrow)
    app.connect("builder-inited", refuse_data_uris)
    app.connect("doctree-read", warn_without_alt)

    app.add_node(groupname, html=(open_group_name, close_group_name))
    app.connect("doctree-read", group_rows)

    app.add_node(datafile)
    app.add_directive("datafile", DataFile)
    app.connect("env-purge-doc", forget_data_files)
    app.connect("env-merge-info", merge_data_files)
    app.connect("doctree-resolved", link_data_files)
    app.connect("build-finished", write_data_files)

    app.add_role("pdf", PdfLink())
    app.add_role("packagefile", PackageLink())
    app.connect("builder-inited", replace_glue_text)
    app.add_node(number)
    app.add_directive("numbernotes", NumberNotes)
    app.connect("env-purge-doc", forget_numbers)
    app.connect("env-merge-info", merge_numbers)
    app.connect("doctree-resolved", link_numbers)
    app.connect("build-finished", write_number_notes)
    bibliography.setup(app)
    kernels.setup(app)
    kept_results.setup(app)
    reading.setup(app)
    search.setup(app)
    compat.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


# --- the edition ------------------------------------------------------------------------------------------------------


def apply_edition(app, config):
    """Take title, authors, version and date from CITATION.cff, and fix what the kernels see of the machine."""
    try:
        edition, package = read_edition(app.srcdir), book_package(app.srcdir)
    except EditionError as error:
        raise ConfigError(str(error)) from error
    authors = ", ".join(edition.authors)
    config.project = edition.full_title
    config.html_title = edition.title
    config.author = authors
    config.version = config.release = edition.version
    config.copyright = f"{edition.date.year}, {authors}"
    config.html_theme, config.html_theme_options = "bookpress", {}
    config.html_additional_pages = {"404": "notfound.html", "search": "search.html"}
    config.html_use_index = config.html_copy_source = False
    config.html_permalinks_icon = ""  # the style sheet draws it: what is not text is not copied with a heading
    app.edition, app.package = edition, package
    os.environ.update(fixed_variables(edition))


# --- pages ------------------------------------------------------------------------------------------------------------


def complete_page(app, pagename, templatename, context, doctree):
    """Mend the page's HTML, and give the theme what it says of the page and of the edition."""
    edition = app.edition
    title = page.plain(context.get("title", "")) or edition.title
    if pagename in SITE_PAGES:
        title = SITE_PAGES[pagename]
    told = page.citation(edition, title, pagename)
    body = BeautifulSoup(context["body"], "html.parser") if doctree is not None else None
    context |= {
        "edition": edition,
        "page_title": title if title == edition.title else f"{title} – {edition.title}",
        "description": page.description(body) if body else f"{title}: {edition.full_title}",
        "page_url": page.page_url(edition, pagename),
        "citation": told if body else None,
        "citation_tags": page.citation_tags(edition, title) if body else [],
        "structured_data": page.structured_data(edition, app.package) if pagename == app.config.root_doc else "",
        "site_toc": _marked(context["toctree"](maxdepth=1, collapse=False, includehidden=True, titles_only=True) or ""),
        "local_toc": _local_toc(context.get("toc", "")),
        "screen_only": app.config.bookpress.get("pages", {}).get(pagename, {}).get("screen_only", False),
        "page_styles": _asked_for(app, pagename, "styles"),
        "page_scripts": _asked_for(app, pagename, "scripts"),
        "heights": HEIGHTS,
        "has_notes": bool(NOTED.search(context.get("body", ""))),
    }
    if body:
        pictures = {f"_images/{name}": Path(app.srcdir, file) for file, name in app.builder.images.items()}
        page.mend(body, pagename, pictures, lambda number: f"{number}. {told.text}")
        context["body"] = str(body)
        search.keep_passages(app, pagename, title, body)


def _marked(contents):
    """The table of contents, in which software is told which page is open."""
    marked = contents.replace('class="current reference internal"', 'class="reference internal" aria-current="page"')
    return marked.replace('<p class="caption" role="heading">', '<p class="caption">')


def _local_toc(toc):
    """The sections of a page, without the page's own name."""
    sections = BeautifulSoup(toc, "html.parser").select_one("ul > li > ul")
    return str(sections) if sections else ""


def _asked_for(app, pagename, kind):
    """The style sheets or scripts that `_config.yml` names for this page, under bookpress: pages."""
    return app.config.bookpress.get("pages", {}).get(pagename, {}).get(kind, [])


def write_site_files(app, exception):
    """The data package, style sheets for the page "404", pictures of the drawings as PNG, and a sitemap where the report has an address."""
    if exception or app.builder.format != "html":
        return
    if app.package:
        folder = Path(app.outdir, PACKAGE_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for path in app.package.files:
            shutil.copyfile(path, folder / path.name)
        (folder / "SHA256SUMS").write_text(sums(app.package.files), "utf-8")
    for height in range(HEIGHTS):  # where several answer, as above the top of a host, the lowest comes last and counts
        shown = f'@import "book.css";\n.up, .too-deep {{ display: none; }}\n.up-{height} {{ display: block; }}\n'
        Path(app.outdir, "_static", f"lost-{height}.css").write_text(shown, "utf-8")
    drawings = Path(app.outdir, "_images").glob("fig-*.svg")
    offered = [path for path in drawings if not path.stem.endswith(page.NARROW)]  # those for a phone are not
    write_pngs(offered, Path(app.outdir).with_name("pictures"))
    if app.edition.url:
        names = sorted(app.env.found_docs)
        Path(app.outdir, "sitemap.xml").write_text(page.sitemap(app.edition, names), "utf-8")


def write_included(app, exception):
    """Tell the press which files the pages include, some of which may lie outside the book."""
    if exception or RESULTS_VARIABLE not in os.environ:
        return
    included = {os.path.realpath(Path(app.srcdir, file)) for files in app.env.dependencies.values() for file in files}
    Path(app.outdir).with_name(INCLUDED).write_text(json.dumps(sorted(included)), "utf-8")


class PdfLink(SphinxRole):
    """`` {pdf}`text` `` links to the edition's PDF, which lies beside the book's index.html."""

    def run(self):
        address = "../" * self.env.docname.count("/") + self.env.app.edition.pdf_name
        return [nodes.reference(self.rawtext, self.text, refuri=address, internal=True)], []


class PackageLink(SphinxRole):
    """`` {packagefile}`claims.csv` `` links to a file of the data package."""

    def run(self):
        address = "../" * self.env.docname.count("/") + f"{PACKAGE_FOLDER}/{self.text}"
        return [nodes.reference(self.rawtext, self.text, refuri=address, internal=True)], []


# --- figures ----------------------------------------------------------------------------------------------------------


def refuse_data_uris(app):
    """Have data-URI images extracted to files: pages stay small, and the PDF finds the drawings."""
    app.builder.supported_data_uri_images = False


class NamedImage(DataURIExtractor):
    """Writes a data-URI image to `_images` under the name of its figure; Sphinx alone would name it by a hash."""

    default_priority = DataURIExtractor.default_priority - 1

    def match(self, node):
        return super().match(node) and bool(node.parent.get("names") or node.parent.get("ids"))

    def handle(self, node):
        label = (node.parent["names"] or node.parent["ids"])[0]
        file, kind = _write_image(self.imagedir, self.env, label, node["uri"])
        node["uri"], node["candidates"] = file, {kind: file}


def _write_image(folder, env, name, uri):
    """Write the image in a data URI to a file of that name, which belongs to the page being written; return the file and its type."""
    image = parse_data_uri(uri)
    folder = Path(folder, "named", env.docname)
    folder.mkdir(parents=True, exist_ok=True)
    file = str(folder / f"{name}{get_image_extension(image.mimetype)}")
    Path(file).write_bytes(image.data)
    env.images.add_file(env.docname, file)
    return file, image.mimetype


class narrowdrawing(nodes.Element):
    """Stands for the drawing of a figure for a phone, until it lies beside the figure's own."""


class NarrowDrawing(SphinxDirective):
    """Takes the drawing for a phone of the figure that its argument names, as a data URI; `page.mend` puts it into the figure."""

    has_content = True
    required_arguments = 1

    def run(self):
        return [narrowdrawing(name=self.arguments[0], uri="".join(self.content))]


class KeepNarrow(SphinxPostTransform):
    """Writes the drawings for a phone beside the others."""

    default_priority = NamedImage.default_priority

    def run(self, **kwargs):
        for node in list(self.document.findall(narrowdrawing)):
            file, _ = _write_image(
                Path(self.app.doctreedir, "images"), self.env, f"{node['name']}{page.NARROW}", node["uri"]
            )
            if self.app.builder.format == "html":
                self.app.builder.images[file] = self.env.images[file][1]
            node.parent.remove(node)


def warn_without_alt(app, doctree):
    """Warn of each image without alternative text, which a reader who cannot see it is left without."""
    for image in doctree.findall(nodes.image):
        if not image.get("alt", "").strip():
            name = next(iter(image.parent.get("names", [])), image["uri"][:60])
            log.warning("image without alternative text: %s", name, location=_place(image))


def _place(node):
    """File and line of a node; docutils knows an inline image's line only by the paragraph around it."""
    while not node.line and node.parent is not None:
        node = node.parent
    return f"{node.source}:{node.line}"


# --- tables -----------------------------------------------------------------------------------------------------------


class groupname(nodes.entry):
    """The cell that names a group of rows; it stands across the table, above them."""


def open_group_name(translator, node):
    translator.body.append(
        translator.starttag(node, "th", "", scope="colgroup", colspan=node["morecols"] + 1, CLASS="group")
    )


def close_group_name(translator, node):
    translator.body.append("</th>")


def group_rows(app, doctree):
    """Take the first column out of each grouped table; its words stand once, over the rows that share them."""
    for table in doctree.findall(nodes.table):
        if GROUPED not in table["classes"]:
            continue
        prefix = next(name for name in table["classes"] if name.startswith(f"{GROUPED}-")).removeprefix(f"{GROUPED}-")
        (group,) = table.findall(nodes.tgroup)
        group["cols"] -= 1
        group.remove(next(group.findall(nodes.colspec)))
        for row in next(group.findall(nodes.thead)).findall(nodes.row):
            row.pop(0)
        (body,) = group.findall(nodes.tbody)
        last = None
        for row in list(body.children):
            name = row.pop(0)
            if name.astext() != last:
                last = name.astext()
                cell = groupname(
                    "", *name.children, morecols=group["cols"] - 1, ids=[nodes.make_id(f"{prefix}-{last}")]
                )
                body.insert(body.index(row), nodes.row("", cell))


# --- data files -------------------------------------------------------------------------------------------------------


class datafile(nodes.Element):
    """Stands for the link to a data file until the number of its figure is known."""


class DataFile(SphinxDirective):
    """Offers its content for download; `:for:` names the figure or table whose data it is."""

    has_content = True
    required_arguments = 1
    option_spec = {"for": directives.unchanged_required}

    def run(self):
        self.assert_has_content()
        name = self.arguments[0]
        files = _data_files(self.env)
        if name in files:
            raise self.error(f"data file {name} was already given in {files[name][0]}")
        files[name] = (self.env.docname, "\n".join(self.content) + "\n")
        node = datafile(name=name, target=self.options.get("for", ""))
        self.set_source_info(node)
        return [node]


def _data_files(env):
    """{file name: (document, content)} of the whole book, kept with Sphinx' environment."""
    if not hasattr(env, "bookpress_data_files"):
        env.bookpress_data_files = {}
    return env.bookpress_data_files


def forget_data_files(app, env, docname):
    """Drop the files of a document that is about to be read again or is gone."""
    files = _data_files(env)
    for name in [name for name, (owner, _) in files.items() if owner == docname]:
        del files[name]


def merge_data_files(app, env, docnames, other):
    """Take over the files of the documents that a parallel reader read."""
    _data_files(env).update({name: file for name, file in _data_files(other).items() if file[0] in docnames})


def link_data_files(app, doctree, docname):
    """Put the link in each file's place, labelled with the number of its figure or table."""
    for node in list(doctree.findall(datafile)):
        address = relative_uri(app.builder.get_target_uri(docname), f"{DATA_FOLDER}/{node['name']}")
        owner = _numbered(app, docname, node["target"]) or node["name"]
        link = f'<a href="{escape(address)}" download aria-label="Data (CSV) of {escape(owner)}">Data (CSV)</a>'
        node.replace_self(nodes.raw("", f'<p class="datafile noprint">{link}</p>', format="html"))


def _numbered(app, docname, label):
    """ "Figure 3" for the label of the third figure; "" for a label without number."""
    for kind, numbers in app.env.toc_fignumbers.get(docname, {}).items():
        if label in numbers:
            return app.config.numfig_format[kind] % ".".join(map(str, numbers[label]))
    return ""


def write_data_files(app, exception):
    """Write all data files below the HTML."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir, DATA_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for name, (_, content) in _data_files(app.env).items():
        (folder / name).write_text(content, "utf-8", newline="\n")


# --- glued numbers ----------------------------------------------------------------------------------------------------

NOTED = re.compile(r"\bwhy number-|#ref-")  # what theme/static/notes.js attends to
NOTES_FILE = "_static/number-notes.js"  # fetched when a reader asks for the first note


class number(nodes.Inline, nodes.Element):
    """A computed number in the text; `page` is the one that computes it, None where that is the page itself."""


class GlueText(PasteTextRole):
    """`{glue:text}` that remembers its key, and warns where myst-nb prints nothing: a key of another page without a format."""

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
        told = _numbers(env)["told"].setdefault(page or env.docname, set())
        first = page is None and (env.docname, key) not in told
        told.add((env.docname, key))
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

    told : {page that computes: {(page that tells, key)}}. notes : {page that computes: {key: note}}.
    """
    if not hasattr(env, "bookpress_numbers"):
        env.bookpress_numbers = {"told": {}, "notes": {}}
    return env.bookpress_numbers


def forget_numbers(app, env, docname):
    """Drop what a document told that is about to be read again or is gone."""
    known = _numbers(env)
    known["notes"].pop(docname, None)
    known["told"] = {
        page: {told for told in tellings if told[0] != docname} for page, tellings in known["told"].items()
    }


def merge_numbers(app, env, docnames, other):
    """Take over what a parallel reader found in its documents."""
    known, found = _numbers(env), _numbers(other)
    known["notes"] |= {page: notes for page, notes in found["notes"].items() if page in docnames}
    for page, tellings in found["told"].items():
        known["told"].setdefault(page, set()).update(told for told in tellings if told[0] in docnames)


def link_numbers(app, doctree, docname):
    """Mark the numbers that have a note; lead from another page's number to the sentence there that tells it."""
    for node in list(doctree.findall(number)):
        page, key = node["page"], node["key"]
        noted = key in _numbers(app.env)["notes"].get(page or docname, ())
        if page:
            told_there = (page, key) in _numbers(app.env)["told"].get(page, ())
            address = app.builder.get_relative_uri(docname, page) + (f"#{_number_id(key)}" if told_there else "")
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
    """Write the notes of the numbers that the text tells, for theme/static/notes.js."""
    if exception or app.builder.format != "html":
        return
    known = _numbers(app.env)
    told = {(page, key) for page, tellings in known["told"].items() for _, key in tellings}
    notes = {
        _number_id(key): note
        for page, told_notes in known["notes"].items()
        for key, note in told_notes.items()
        if (page, key) in told
    }
    words = json.dumps(notes, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    Path(app.outdir, NOTES_FILE).write_text(f"window.numberNotes = {words};\n", "utf-8")


def replace_glue_text(app):
    """Put `GlueText` in the place of myst-nb's role, which lives in a domain and so cannot be overridden by name."""
    app.env.get_domain("glue").roles["text"] = GlueText()
