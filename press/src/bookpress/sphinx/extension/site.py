"""The book as a whole: its edition in Sphinx' settings, the frame of each page, and the files beside the pages."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from pathlib import Path

from docutils import nodes
from sphinx import locale
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from bookpress.book.attachments import book_package, sums
from bookpress.book.edition import citation_file, read_edition, with_addresses
from bookpress.book.languages import PRESS, PROMPTS, SETTINGS, Words, autonym, languages_of
from bookpress.book.sources import check_sources
from bookpress.book.toc import chapter_numbers
from bookpress.environment import CITATION_FILE, PACKAGE_FOLDER, QUOTED_NUMBERS, RESULTS_VARIABLE, fixed_variables
from bookpress.errors import PressError
from bookpress.markup.html import first, parsed, written, written_inside
from bookpress.markup.pictures import write_pngs
from bookpress.sphinx import page_html, page_metadata, search
from bookpress.sphinx.abbreviations import name_languages, names_of
from bookpress.sphinx.extension.executed import copy_of
from bookpress.sphinx.extension.numbers import keep_quoted_numbers
from bookpress.up_to_date import INCLUDED

_ = locale.get_translation(PRESS)
log = logging.getLogger(__name__)
THEME = Path(__file__).parents[1] / "theme"
SITE_PAGES = {"search": _("Search"), "404": _("No such page")}  # pages without a text of their own
FRONT = "0"  # of its paragraphs: it stands before chapter 1, and the summary before it has 1, 2 and so on
HEIGHTS = 5  # how many folders may lie above an address that leads nowhere: each costs the page "404" a request
NOTED = re.compile(r"\bwhy number-|#ref-")  # what theme/static/notes.js attends to


def setup(app):
    """Register what the book as a whole needs."""
    app.add_config_value("bookpress", {}, "html", dict)
    if "comments_config" not in app.config:  # jupyter-book sets it even if sphinx_comments is not loaded
        app.add_config_value("comments_config", {}, "")
    app.connect("config-inited", apply_edition, priority=100)  # before Sphinx derives other values from these
    app.add_html_theme("bookpress", str(THEME))
    app.connect("html-page-context", complete_page, priority=900)  # after all others, for it mends what they leave
    app.connect("build-finished", write_site_files)
    app.connect("build-finished", write_included)
    app.add_role("pdf", SiteLink())
    app.add_role("packagefile", SiteLink())
    app.add_role("numbersfile", SiteLink())
    app.add_role("citation", ReportCitation())


def apply_edition(app, config):
    """Take title, authors, version and date from CITATION.cff; fix what kernels see of the machine."""
    try:
        if (
            RESULTS_VARIABLE not in os.environ
        ):  # jupyter-book alone, which prints a letter that it cannot read as a blot
            check_sources(Path(app.srcdir))
        edition, package = read_edition(app.srcdir), book_package(app.srcdir)
        app.languages = {edition.language: "", **{name: f"{name}/" for name in languages_of(app.srcdir, begun=False)}}
        app.chapter_numbers = chapter_numbers(app.srcdir)
    except PressError as error:
        raise ConfigError(str(error)) from error
    language = config.language or edition.language
    words = app.words = Words(app.srcdir, language)
    if language != edition.language:
        edition = words.edition(edition, language, edition.language)
        for name in PROMPTS:
            setattr(config, name, words.say(config[name], SETTINGS))
        config.numfig_format = {kind: words.say(form, SETTINGS) for kind, form in config.numfig_format.items()}
    folder = tempfile.mkdtemp(prefix="words-")
    words.write_press(folder)
    locale.init([folder], language, PRESS)
    authors = ", ".join(edition.authors)
    config.project = edition.full_title
    config.html_title = edition.title
    config.author = authors
    config.version = config.release = edition.label
    config.today = edition.released
    config.copyright = f"{edition.date.year}, {authors}"
    config.html_theme, config.html_theme_options = "bookpress", {}
    config.html_additional_pages = {"404": "notfound.html", "search": "search.html"}
    config.html_use_index = config.html_copy_source = False
    config.html_scaled_image_link = False  # a picture with a width would be a link, in which a figure has no place
    config.html_permalinks_icon = ""  # the style sheet draws it: what is not text is not copied with a heading
    if not config.nb_mime_priority_overrides:  # of what `bookpress.show` gives, Sphinx numbers the MyST and links to it
        config.nb_mime_priority_overrides, config.nb_render_markdown_format = [("html", "text/markdown", 0)], "myst"
    app.edition, app.package = edition, package
    os.environ.update(fixed_variables(edition))


def complete_page(app, pagename, templatename, context, doctree):
    """Mend the page's HTML, and give the theme what it says of the page and of the edition."""
    edition = app.edition
    giver = context.get("given_by")  # of a small page, which has no contents: they would be most of its weight
    settings = app.config.bookpress.get("pages", {}).get(giver or pagename, {})
    title = page_metadata.plain(context.get("title", "")) or edition.title
    if pagename in SITE_PAGES:
        title = str(SITE_PAGES[pagename])
    citation = page_metadata.citation(edition, title, pagename)
    body = parsed(context["body"]) if doctree is not None else None
    context |= {
        "edition": edition,
        "page_title": title if title == edition.title else f"{title} – {edition.title}",
        "description": page_metadata.description(body) if body is not None else f"{title}: {edition.full_title}",
        "page_url": page_metadata.page_url(edition, pagename),
        "citation": citation if body is not None else None,
        "notebook": copy_of(app, pagename) if body is not None else "",
        "cited_title": title,
        "pdf_url": page_metadata.site_url(edition, edition.pdf_name),
        "structured_data": page_metadata.structured_data(edition, app.package)
        if pagename == app.config.root_doc
        else "",
        "site_toc": "" if giver else _site_toc(app, pagename, context),
        "local_toc": _local_toc(context.get("toc", "")),
        "screen_only": settings.get("screen_only", False),
        "page_styles": settings.get("styles", []),
        "page_scripts": [] if giver else settings.get("scripts", []),
        "heights": HEIGHTS,
        "say": _,
        "languages": _switch(app, pagename),
        "has_words": bool(app.words.all_of_press()),
        "has_notes": bool(NOTED.search(context.get("body", ""))),
    }
    if body is not None:
        pictures = {f"_images/{name}": Path(app.srcdir, file) for file, name in app.builder.images.items()}
        number = app.chapter_numbers.get(pagename, "")
        before = FRONT if app.chapter_numbers and pagename == app.config.root_doc else ""
        name_languages(body, app.words.names())
        page_html.mend(
            body, pagename, pictures, lambda caption: f"{caption}. {citation.text}", number, names_of(app), before
        )
        keep_quoted_numbers(app, pagename, body)
        context["body"] = written_inside(body)
        search.keep_passages(app, pagename, title, body)


def _switch(app, pagename):
    """The languages of the book with the page in each: {"code", "name", "address", "url"}; none where there is one."""
    edition, here = app.edition, app.languages.get(app.edition.language, "")
    if len(app.languages) < 2:
        return []
    up = "../" * (pagename.count("/") + here.count("/"))
    top = edition.url.removesuffix(here.rstrip("/")).rstrip("/")
    name = "" if pagename == app.config.root_doc else f"{pagename}.html"
    return [
        {
            "code": code,
            "name": autonym(code),
            "address": f"{up}{folder}{pagename}.html",
            "url": f"{top}/{folder}{name}" if top else "",
            "here": code == edition.language,
        }
        for code, folder in app.languages.items()
    ]


def _site_toc(app, pagename, context):
    """The table of contents, with the numbers of chapters and, for screen readers, a mark at the open page."""
    contents = context["toctree"](maxdepth=1, collapse=False, includehidden=True, titles_only=True) or ""
    if app.chapter_numbers:
        # The contents lead from a page to itself by "#".
        numbers = {app.builder.get_relative_uri(pagename, name): number for name, number in app.chapter_numbers.items()}
        contents = page_html.number_contents(contents, numbers | {"#": app.chapter_numbers.get(pagename)})
    marked = contents.replace('class="current reference internal"', 'class="reference internal" aria-current="page"')
    return marked.replace('<p class="caption" role="heading">', '<p class="caption">')


def _local_toc(toc):
    """The sections of a page, without the page's own name."""
    sections = first(parsed(toc), "ul > li > ul")
    return written(sections) if sections is not None else ""


def write_site_files(app, exception):
    """Write the data package, CITATION.cff, style sheets for the page "404", drawings as PNG, and the sitemap."""
    if exception or app.builder.format != "html":
        return
    if app.package:
        folder = Path(app.outdir, PACKAGE_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for path in app.package.files:
            shutil.copyfile(path, folder / path.name)
        (folder / "SHA256SUMS").write_text(sums(app.package.files), "utf-8")
    citation = Path(app.outdir, CITATION_FILE)
    citation.parent.mkdir(parents=True, exist_ok=True)
    citation.write_text(with_addresses(app.edition, citation_file(app.srcdir).read_text("utf-8")), "utf-8")
    if words := app.words.all_of_press():
        said = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        Path(app.outdir, "_static", "words.js").write_text(f"window.bookpressWords = {said};\n", "utf-8")
    for height in range(HEIGHTS):  # where several answer, as above the top of a host, the lowest comes last and counts
        shown = f'@import "book.css";\n.up, .too-deep {{ display: none; }}\n.up-{height} {{ display: block; }}\n'
        Path(app.outdir, "_static", f"lost-{height}.css").write_text(shown, "utf-8")
    drawings = Path(app.outdir, "_images").glob("fig-*.svg")
    offered = [path for path in drawings if not path.stem.endswith(page_html.NARROW)]  # those for a phone are not
    write_pngs(offered, Path(app.outdir).with_name("pictures"))
    if app.edition.url:
        names = sorted(app.env.found_docs)
        Path(app.outdir, "sitemap.xml").write_text(page_metadata.sitemap(app.edition, names), "utf-8")


def write_included(app, exception):
    """Tell the press which files the pages include, some of which may lie outside the book."""
    if exception or RESULTS_VARIABLE not in os.environ:
        return
    included = {os.path.realpath(Path(app.srcdir, file)) for files in app.env.dependencies.values() for file in files}
    Path(app.outdir).with_name(INCLUDED).write_text(json.dumps(sorted(included)), "utf-8")


class SiteLink(SphinxRole):
    """Link to the edition's PDF (`` {pdf}`words` ``), to a file of the data (`` {packagefile}`claims.csv` ``), or to that of the quoted numbers (`` {numbersfile}`words` ``)."""

    def run(self):
        files = {"pdf": self.env.app.edition.pdf_name, "numbersfile": QUOTED_NUMBERS}
        address = "../" * self.env.docname.count("/") + files.get(self.name, f"{PACKAGE_FOLDER}/{self.text}")
        return [nodes.reference(self.rawtext, self.text, refuri=address, internal=True)], []


class ReportCitation(SphinxRole):
    """How to cite the whole report, in words: `` {citation}`report` ``."""

    def run(self):
        if self.text != "report":
            log.warning("citation: %s: is not known; write {citation}`report`", self.text, location=self.get_location())
        edition = self.env.app.edition
        return [nodes.Text(page_metadata.citation(edition, edition.full_title, "").text)], []
