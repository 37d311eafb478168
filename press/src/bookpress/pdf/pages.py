"""The pages of a built Jupyter Book, in the order of its table of contents, made ready to be read as one document.

Each page of the HTML is a document of its own: its ids clash with those of other pages, its notes
stand at its end, its links are paths. Here ids become unique in the book, notes move to the place
of their first call, and links point to ids.
"""

import copy
import posixpath
import re
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from bookpress.book.toc import read_toc
from bookpress.errors import PressError
from bookpress.markup.html import Element, HtmlElement, first, is_within, parsed, put_before, select

# What is left out on purpose. Everything else is printed or refused.
DROPPED = {
    "a.headerlink": "the # beside a heading, for the mouse",
    "script": "programs of the screen",
    "style": "looks of the screen; report.typ has those of the paper",
    "button": "nothing to press on paper",
    "div.toctree-wrapper": "the printed contents stand in its place",
    "nav.contents": "the same, for one page",
    "details.hide": "a cell's code or output that its author has hidden",
    "span.sd-summary-state-marker": "the arrow of a drawer",
    "div.sd-tab-set > input": "the switch of a tab",
    "hr.footnotes": "the notes stand at the foot of the page they are called on",
    "span.backrefs": "links from a note to its calls",
    "colgroup": "widths for the screen; those for the paper come from the text",
    ".noprint": "marked by the author as being for the screen",
    ".tag_noprint": "a notebook cell marked in the same way",
}

WITHOUT_WORDS = "has no alt text"  # Sphinx warns of these too
SCREEN_ONLY = "noprint"  # class of a page that is for the screen as a whole
NOTE_CLASS = "bookpress-note"
NOTE_AGAIN_CLASS = "bookpress-note-again"


@dataclass(frozen=True)
class HtmlPage:
    """`depth` is 0 for a chapter, 1 for a section of it, and so on; `faults` is what cannot be printed, and is left out."""

    name: str
    depth: int
    part: str
    article: HtmlElement
    url: str
    faults: list = field(default_factory=list)


def printed(html_dir, toc_file):
    """The (name, depth, part) of each page to be printed, in reading order.

    Raises PressError when a page is missing.
    """
    return [entry for entry in read_toc(toc_file) if SCREEN_ONLY not in _article_classes(Path(html_dir), entry[0])]


def load_page(html_dir, entry, names, site="", own_name=""):
    """Return the `HtmlPage` of one of the `printed` entries.

    names : those of all printed pages; links to others lead out of the paper. site : address the
    HTML is published at, or "": links to files beside the pages (data, downloads) lead there.
    own_name : file name of the PDF that is being made; a link to it would lead the reader to the
    paper in hand. A link that leads nowhere is a fault of the page.
    """
    html_dir = Path(html_dir)
    page = _load(html_dir, *entry)
    _prepare(page, html_dir, names, site, own_name)
    return page


def _article_classes(html_dir, name):
    """The classes of a page's text, found without parsing it: some pages for the screen are large."""
    found = re.search(r'<article\b[^>]*\bclass="([^"]*)"', _html(html_dir, name))
    return found[1].split() if found else []


def _html(html_dir, name):
    path = html_dir / f"{name}.html"
    if not path.is_file():
        raise PressError(f"page {name}: {name}.html is not in the built book")
    return path.read_text(encoding="utf-8")


def _load(html_dir, name, depth, part):
    article = first(parsed(_html(html_dir, name)), "article.bd-article")
    if article is None or first(article, "h1, h2, h3, h4, h5, h6") is None:
        raise PressError(f"page {name}: <article.bd-article> with a heading: missing")
    return HtmlPage(name, depth, part, article, f"{name}.html")


def _prepare(page, html_dir, names, site, own_name):
    called = {node.get("href", "").lstrip("#") for node in select(page.article, "a.footnote-reference")}
    for node in select(page.article, ", ".join(DROPPED)):
        node.drop_tree()
    # Links back to the page's contents, and from a number to its page.
    for node in select(page.article, "a.toc-backref, a.why"):
        node.drop_tag()
    _move_notes(page, called)
    for node in select(page.article, "[id]"):
        node.set("id", label(page.name, node.get("id")))
    for node in select(page.article, "a[href]"):
        _tried(_point_link, node, page, html_dir, names, site, own_name)
    for node in select(page.article, "img"):
        _tried(_point_image, node, page, html_dir)


def _tried(point, node, page, *more):
    """Point a node; where that is refused leave it out, with a fault more of the page."""
    try:
        point(node, page, *more)
    except PressError as fault:
        page.faults.append(str(fault))
        node.drop_tree()


def label(name, fragment=""):
    """The id, unique in the book, of a page or of a place in it."""
    return f"{name}--{fragment}" if fragment else name


def fragment(label, name):
    """The id that a place of a page has in the HTML. label : its id in the book. name : of the page."""
    return label.removeprefix(f"{name}--")


def _move_notes(page, called):
    """Put each footnote's text where it is first called; later calls point to it.

    called : the notes called anywhere on the page; one called only in a part that is not printed
    goes with that part.
    """
    notes = {node.get("id"): node for node in select(page.article, "aside.footnote[id]")}
    seen = set()
    for call in select(page.article, "a.footnote-reference"):
        key = call.get("href", "").lstrip("#")
        if is_within(call, "aside"):
            raise PressError(f"page {page.name}: <a.footnote-reference> in note {key}: not known to the press")
        if key not in notes:
            raise PressError(f"page {page.name}: note {key}: is called but not given")
        again = key in seen
        span = Element("span", {"class": NOTE_AGAIN_CLASS if again else NOTE_CLASS, "data-note": label(page.name, key)})
        if not again:
            body = copy.deepcopy(notes[key])
            for mark in select(body, "span.label"):
                mark.drop_tree()
            span.text = body.text
            span.extend(body)
        seen.add(key)
        put_before(call, span)
        call.drop_tree()
    idle = sorted(set(notes) - called)
    if idle:
        raise PressError(f"page {page.name}: note {', '.join(idle)}: is given but not called")
    for node in select(page.article, "aside.footnote-list, aside.footnote"):
        node.drop_tree()


def _point_link(node, page, html_dir, names, site, own_name):
    """Give a link the address it has in print: #label inside the book, a full address outside, or none."""
    parts = urllib.parse.urlsplit(node.get("href"))
    if parts.scheme or parts.netloc:
        return
    path = urllib.parse.unquote(parts.path)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path)) if path else page.url
    name = target.removesuffix(".html")
    if name in names:
        node.set("href", "#" + label(name, urllib.parse.unquote(parts.fragment)))
        if name != page.name:
            node.set("data-other-page", "yes")
    elif target == own_name:
        del node.attrib["href"]
    elif not (html_dir / target).is_file():
        raise PressError(f"page {page.name}: <a> to {node.get('href')}: leads nowhere")
    elif site:
        node.set("href", urllib.parse.urljoin(site.rstrip("/") + "/", urllib.parse.quote(target)))
    else:  # a file beside the pages, of which the paper knows no address
        del node.attrib["href"]


def _point_image(node, page, html_dir):
    source = node.get("src", "")
    if urllib.parse.urlsplit(source).scheme:
        raise PressError(f"page {page.name}: <img> {source[:60]}: only picture files of the book can be printed")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), urllib.parse.unquote(source)))
    if not (html_dir / target).is_file():
        raise PressError(f"page {page.name}: <img> {source}: file is missing")
    # Sphinx writes the address where the author gave no text.
    if (
        not node.get("alt", "").strip()
        or node.get("alt") == source
        or posixpath.basename(node.get("alt")) == posixpath.basename(source)
    ):
        raise PressError(f"page {page.name}: <img> {source}: {WITHOUT_WORDS}")
    node.set("data-file", target)
