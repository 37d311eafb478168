"""What others read of a page without opening it: description, address, citation, structured data, sitemap."""

from __future__ import annotations

import json
import re
import urllib.parse
from dataclasses import dataclass

from sphinx.locale import get_translation

from bookpress.book.languages import PRESS
from bookpress.environment import PACKAGE_FOLDER
from bookpress.markup.html import is_within, parsed, select, words_of

_ = get_translation(PRESS)
DESCRIPTION = 160  # letters, which is what search engines show


@dataclass(frozen=True)
class Citation:
    """One page, or the report where `page` is "", ready to be cited."""

    text: str
    bibtex: str
    ris: str


def description(body):
    """The first words of the page's text, up to a whole word."""
    words = " ".join(
        " ".join(words_of(p).split()) for p in select(body, "p")[:3] if not is_within(p, "details, figure, table")
    )
    return shortened(words, DESCRIPTION)


def shortened(words, longest=DESCRIPTION):
    """Words up to a whole one, within so many letters."""
    words = " ".join(words.split())
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def plain(html):
    """The words of a title that may hold markup."""
    return words_of(parsed(html or "")).strip()


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
    named = form.format(page=page_title, report=edition.full_title, edition=f"{edition.label}, {edition.released}")
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

        def said(words, name):  # in the language of the pages, where the descriptor has it
            return words.get(f"{name}_{edition.language}", words[name])

        place = {"@type": "Place", "name": area.get("name", "")}
        if "bbox" in area:
            place["geo"] = {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
        graph.append(
            {
                "@type": "Dataset",
                "name": said(package.fields, "title"),
                "description": edition.abstract,
                "creator": shared["author"],
                "isAccessibleForFree": True,
                **{name: report[name] for name in ("url", "identifier") if name in report},
                **({"temporalCoverage": f"{period['start']}/{period['end']}"} if period else {}),
                **({"spatialCoverage": place} if area else {}),
                "variableMeasured": [
                    {"@type": "PropertyValue", "name": said(table, "title"), "description": said(table, "description")}
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
