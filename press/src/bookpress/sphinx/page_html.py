"""The HTML of a page beyond Sphinx' own: mended markup, description, citation, structured data."""

from __future__ import annotations

import json
import posixpath
import re
import urllib.parse
from dataclasses import dataclass
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from sphinx.errors import ExtensionError
from sphinx.locale import get_translation

from bookpress.book.languages import PRESS
from bookpress.environment import PACKAGE_FOLDER, PARAGRAPH_NUMBER

_ = get_translation(PRESS)
DESCRIPTION = 160  # letters, which is what search engines show
POINT = 96 / 72  # CSS pixels
NARROW = "-narrow"  # ending of the name of a figure's drawing for a phone
SECTION_NUMBER = "section-number"  # Sphinx' class for the number of a heading
PHONE = "(max-width: 40rem)"  # pages on which it is shown; book.css holds the same


@dataclass(frozen=True)
class Citation:
    """One page, or the report where `page` is "", ready to be cited."""

    text: str
    bibtex: str
    ris: str


def mend(soup, page_name, pictures, cite, number=""):
    """Mend a page's HTML, a BeautifulSoup, for readers who do not see, or see little.

    number : that of the chapter, or the letter of the annex, or "".
    pictures : file by the address that a picture has below the site.
    cite : function from the words of a caption's number ("Figure 3") to the words that cite it.
    """
    for drawer in soup.find_all("details", class_="hide"):
        # HTML allows no <p> in a summary, and no label with words other than those shown.
        for summary in drawer.find_all("summary", recursive=False):
            del summary["aria-label"]
            for words in summary.find_all("p"):
                words.name = "span"
    _gather_code(soup)
    # A screen reader would read the mark with each heading and caption; the contents of the page
    # lead there too.
    for mark in soup.find_all("a", class_="headerlink"):
        mark["aria-hidden"], mark["tabindex"] = "true", "-1"
    for entry in soup.find_all(role="doc-biblioentry"):
        entry["role"] = "listitem"
    for table in soup.find_all("table"):
        for head in table.thead.find_all("th") if table.thead else ():
            head["scope"] = "col"
        label = table.caption.get_text(" ", strip=True) if table.caption else str(_("Table"))
        table.wrap(
            soup.new_tag(
                "div", attrs={"class": "scroll", "role": "region", "tabindex": "0", "aria-label": _short(label)}
            )
        )
    for figure in soup.find_all("figure"):
        _mend_figure(soup, figure, page_name, pictures, cite)
    for code in soup.find_all("pre"):
        code["tabindex"] = "0"  # long lines scroll, also by the keyboard
    for node in soup.find_all(style=True):  # refused by the page's content security policy
        del node["style"]
    if number:
        number_chapter(soup, page_name, number)
    number_paragraphs(soup, page_name, number)


def number_chapter(soup, page_name, number):
    """Put the number of a chapter before its name. Raises ExtensionError where Sphinx has numbered it already."""
    name = soup.find("h1")
    if name.find(class_=SECTION_NUMBER):
        raise ExtensionError(
            f"{page_name}: is numbered by _toc.yml and by bookpress: annexes in _config.yml; take one of them away"
        )
    name.insert(0, _section_number(soup, number), " ")


def number_contents(contents, numbers):
    """Return the contents of the site, HTML, with the number of each chapter before its name.

    numbers : text by the address that the contents give the chapter.
    """
    soup = BeautifulSoup(contents, "html.parser")
    for link in soup.find_all("a", href=True):
        if number := numbers.get(link["href"]):
            link.insert(0, _section_number(soup, number), " ")
    return str(soup)


def _section_number(soup, number):
    mark = soup.new_tag("span", attrs={"class": SECTION_NUMBER})
    mark.string = number
    return mark


def number_paragraphs(soup, page_name, chapter=""):
    """Number the paragraphs of the running text and the items of its lists, so that one of them can be cited.

    The third of chapter 2 is shown as 2.3; its id is p3, as on each page. Boxes, captions, notes,
    rows and what is for the screen alone are no part of it. Raises ExtensionError for an id that
    the page has given to something else.
    """
    taken = {node["id"] for node in soup.find_all(id=True)}
    for number, node in enumerate(filter(_is_running_text, soup.find_all("p", class_=False)), 1):
        place = f"p{number}"
        if place in taken:
            raise ExtensionError(
                f"{page_name}: the name ({place})= is that of paragraph {number}; give its place another"
            )
        # The look draws the number: it is not copied with the text.
        attributes = {
            "class": PARAGRAPH_NUMBER,
            "id": place,
            "href": f"#{place}",
            "data-number": f"{chapter}.{number}".lstrip("."),
        }
        node.insert(0, soup.new_tag("a", attrs=attributes | {"aria-hidden": "true", "tabindex": "-1"}))


def _is_running_text(node):
    """Whether a paragraph stands in a section or begins an item of a list there, and is for the paper too."""
    place = node.parent
    if place.name == "li" and place.parent.name in ("ul", "ol") and place.find(recursive=False) is node:
        place = place.parent.parent
    return (
        place.name == "section"
        and node.get_text(strip=True)
        and not node.find_parent(["details", "aside"])
        and not node.find_parent(class_="noprint")
    )


def _gather_code(soup):
    """Lay the hidden code of cells without output into the drawer of the next cell with output.

    A page then opens with its text, not with drawers.
    """
    waiting = []
    for cell in soup.find_all("div", class_="cell"):
        drawer = cell.find("details", class_="hide", recursive=False)
        if drawer is None:
            continue
        shown = cell.find(class_="cell_output", recursive=False)
        if shown is None or not (shown.get_text(strip=True) or shown.find(["img", "svg", "input", "script"])):
            waiting.append(cell)
            continue
        own = drawer.find(class_="cell_input")
        for earlier in waiting:
            for code in earlier.find_all(class_="cell_input"):
                own.insert_before(code)
            earlier.decompose()
        waiting = []


def _mend_figure(soup, figure, page_name, pictures, cite):
    image = figure.img
    if image is None or urllib.parse.urlsplit(image["src"]).scheme:
        return
    file = pictures.get(posixpath.normpath(posixpath.join(posixpath.dirname(page_name), image["src"])))
    if file and file.suffix == ".svg":
        image["width"], image["height"] = svg_size(file)
    image["loading"] = "lazy"
    _offer_narrow(soup, image, page_name, pictures)
    number = figure.find(class_="caption-number")
    name = number.get_text(strip=True) if number else str(_("Figure"))
    if image.parent.name != "picture":  # without a drawing for a phone, it scrolls in a frame of its own
        image.wrap(soup.new_tag("div", attrs={"class": "scroll", "role": "group", "tabindex": "0", "aria-label": name}))
    data = figure.find_next_sibling("p", class_="datafile")
    if data is None:
        return
    for kind in ("svg", "png"):
        address = f"{image['src'].rpartition('.')[0]}.{kind}"
        link = soup.new_tag(
            "a",
            attrs={
                "href": address,
                "download": "",
                "aria-label": _("Image ({kind}) of {name}").format(kind=kind.upper(), name=name),
            },
        )
        link.string = _("Image ({kind})").format(kind=kind.upper())
        data.append(link)
    data.name = "div"
    details, summary, words = (soup.new_tag(tag) for tag in ("details", "summary", "p"))
    summary.string = str(_("Cite this figure"))
    words.string = cite(name)
    details.extend([summary, words])
    data.append(details)


def _offer_narrow(soup, image, page_name, pictures):
    """Give a figure's image its drawing for a phone, where it has one."""
    stem, _, ending = image["src"].rpartition(".")
    address = f"{stem}{NARROW}.{ending}"
    file = pictures.get(posixpath.normpath(posixpath.join(posixpath.dirname(page_name), address)))
    if file:
        width, height = svg_size(file)
        picture = image.wrap(soup.new_tag("picture"))
        picture.insert(
            0, soup.new_tag("source", attrs={"media": PHONE, "srcset": address, "width": width, "height": height})
        )


def svg_size(file):
    """Width and height of a drawing in CSS pixels, as whole numbers in text."""
    root = ElementTree.parse(file).getroot()
    box = root.get("viewBox")
    width, height = (
        map(float, box.split()[2:])
        if box
        else (float(re.sub("[a-z]+$", "", root.get(side))) for side in ("width", "height"))
    )
    scale = POINT if root.get("width", "").endswith("pt") else 1
    return str(round(width * scale)), str(round(height * scale))


def description(soup):
    """The first words of the page's text, up to a whole word."""
    words = " ".join(
        " ".join(p.get_text().split())
        for p in soup.find_all("p", limit=3)
        if not p.find_parent(["details", "figure", "table"])
    )
    return _short(words, DESCRIPTION)


def _short(words, longest=DESCRIPTION):
    words = " ".join(words.split())
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def plain(html):
    """The words of a title that may hold markup."""
    return BeautifulSoup(html or "", "html.parser").get_text().strip()


def page_url(edition, page_name):
    """Return the address of a page of the published report, "" if the edition has no address."""
    return site_url(edition, "" if page_name == "index" else f"{page_name}.html")


def site_url(edition, file):
    """Return the address of a file of the published report, "" if the edition has no address."""
    return urllib.parse.urljoin(edition.url.rstrip("/") + "/", file) if edition.url else ""


def citation(edition, page_title, page_name):
    """How to cite a page of the edition."""
    authors = (" " + _("and") + " ").join(edition.authors)
    whole = page_title in (edition.title, edition.full_title) or page_name == "index"
    address = edition.address if whole else page_url(edition, page_name) or edition.address
    form = _("{report}. Edition {edition}.") if whole else _("“{page}”, in {report}. Edition {edition}.")
    named = form.format(
        page=page_title, report=edition.full_title, edition=f"{edition.label}, {edition.date.isoformat()}"
    )
    text = f"{authors} ({edition.date.year}). {named}"
    text += f" {address}" if address else ""
    key = re.sub(
        r"[^a-z0-9]+", "_", f"{edition.slug}_{edition.version}_{'' if whole else page_name.rpartition('/')[2]}".lower()
    ).strip("_")
    kind, own = ("book", "title") if whole else ("inbook", "booktitle")
    fields = {
        "author": " and ".join(f"{{{author}}}" for author in edition.authors),
        **({} if whole else {"title": page_title}),
        own: edition.full_title,
        "year": str(edition.date.year),
        "edition": edition.label,
        **({"publisher": edition.publisher} if edition.publisher else {}),
        **({"doi": edition.doi} if edition.doi else {}),
        **({"url": address} if address else {}),
    }
    bibtex = f"@{kind}{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}"
    ris = [("TY", "RPRT" if whole else "CHAP"), *(("AU", author) for author in edition.authors)]
    ris += [("TI", edition.full_title)] if whole else [("TI", page_title), ("T2", edition.full_title)]
    ris += [("PY", str(edition.date.year)), ("DA", edition.date.strftime("%Y/%m/%d")), ("ET", edition.label)]
    ris += [("PB", edition.publisher)] if edition.publisher else []
    ris += [("DO", edition.doi)] if edition.doi else []
    ris += [("UR", address)] if address else []
    return Citation(text, bibtex, "\n".join(f"{tag}  - {value}" for tag, value in [*ris, ("ER", "")]))


def structured_data(edition, package):
    """schema.org data of the report and its data package, as JSON that cannot end its element."""
    shared = {
        "author": [{"@type": edition.kind_of(author), "name": author} for author in edition.authors],
        "version": edition.label,
        "datePublished": edition.date.isoformat(),
        "inLanguage": edition.language,
        "license": edition.licence,
        "keywords": list(edition.keywords),
        **({"publisher": {"@type": "Organization", "name": edition.publisher}} if edition.publisher else {}),
    }
    report = {"@type": "Report", "name": edition.full_title, "abstract": edition.abstract, **shared}
    graph = [report]
    if edition.url:
        report["url"] = edition.url
    if edition.permanent:
        report["identifier"] = edition.permanent
    if package:
        period, area = package.fields.get("temporal", {}), package.fields.get("spatial", {})
        west, south, east, north = area.get("bbox", [None] * 4)
        place = {"@type": "Place", "name": area.get("name", "")}
        if "bbox" in area:
            place["geo"] = {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
        graph.append(
            {
                "@type": "Dataset",
                "name": package.title,
                "description": edition.abstract,
                "creator": shared["author"],
                "isAccessibleForFree": True,
                **{name: report[name] for name in ("url", "identifier") if name in report},
                **({"temporalCoverage": f"{period['start']}/{period['end']}"} if period else {}),
                **({"spatialCoverage": place} if area else {}),
                "variableMeasured": [
                    {"@type": "PropertyValue", "name": table["title"], "description": table["description"]}
                    for table in package.fields.get("resources", [])
                ],
                "distribution": [_download(edition, path) for path in package.files],
                **shared,
            }
        )
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).replace("<", "\\u003c")


def _download(edition, path):
    """A file of the data package, for schema.org."""
    address = f"{PACKAGE_FOLDER}/{path.name}"
    return {
        "@type": "DataDownload",
        "name": path.name,
        "contentUrl": site_url(edition, address) or address,
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "text/csv" if path.suffix == ".csv" else "application/json",
    }


def sitemap(edition, page_names):
    """The sitemap of the published pages."""
    places = "".join(
        f"<url><loc>{page_url(edition, name)}</loc><lastmod>{edition.date}</lastmod></url>" for name in page_names
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>\n'
