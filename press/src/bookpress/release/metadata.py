"""Edition and data package in the forms that catalogues read: RO-Crate, Croissant, DataCite, Zenodo."""

from __future__ import annotations

import hashlib
import html
import json
from pathlib import Path, PurePath

from bookpress.pdf.compile import TYPES

LICENCES = {  # SPDX name: address
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "MIT": "https://opensource.org/license/mit",
}
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
# What the context of RO-Crate lacks, and schema.org has.
FURTHER_TERMS = {"sha256": "https://schema.org/sha256"}
UNAVAILABLE = ":unav"  # what DataCite has for a value that it requires and that is not known
CROISSANT_TYPES = {"integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date"}
CROISSANT_CONTEXT = Path(__file__).with_name("croissant_context.json")  # the one that Croissant 1.0 prescribes


def ro_crate(edition, files, described):
    """RO-Crate 1.1 of an archive.

    files : path in the archive to its bytes. described : path to what the file is, for those worth
    a word; each must be among files, or a folder of them that ends with a slash. Raises KeyError
    for one that is not.
    """
    for path in described:
        if path not in files and not any(name.startswith(path) for name in files if path.endswith("/")):
            raise KeyError(path)
    licence = LICENCES.get(edition.licence.split(" and ")[0], edition.licence)
    parts = [_crate_part(path, words, files) for path, words in described.items()]
    people = [
        {"@id": f"#author-{number}", "@type": edition.kind_of(name), "name": name}
        for number, name in enumerate(edition.authors, 1)
    ]
    publisher = {"@id": "#publisher", "@type": "Organization", "name": edition.publisher}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": edition.full_title,
        "description": edition.abstract,
        "version": edition.version,
        "datePublished": edition.date.isoformat(),
        "license": {"@id": licence},
        "keywords": ", ".join(edition.keywords),
        "author": _one_or_all([{"@id": person["@id"]} for person in people]),
        "hasPart": [{"@id": part["@id"]} for part in parts],
        **({"url": edition.url} if edition.url else {}),
        **({"identifier": edition.permanent} if edition.permanent else {}),
        **({"publisher": {"@id": publisher["@id"]}} if edition.publisher else {}),
    }
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    named = {"@id": licence, "@type": "CreativeWork", "name": edition.licence}
    agents = [*people, *([publisher] if edition.publisher else [])]
    return _json({"@context": [CONTEXT, FURTHER_TERMS], "@graph": [descriptor, root, named, *agents, *parts]})


def _crate_part(path, words, files):
    if path.endswith("/"):
        return {"@id": path, "@type": "Dataset", "name": words}
    return {
        "@id": path,
        "@type": "File",
        "name": words,
        "contentSize": str(len(files[path])),
        "encodingFormat": TYPES.get(PurePath(path).suffix, "application/octet-stream"),
        "sha256": hashlib.sha256(files[path]).hexdigest(),
    }


def croissant(edition, package, folder):
    """Croissant 1.0 of a data package whose files lie in `folder` of the archive.

    It has one record set per table, and one field per column.
    """
    descriptor = json.loads(package.descriptor.read_text("utf-8"))
    objects, records = [], []
    for resource in descriptor["resources"]:
        content = (package.descriptor.parent / resource["path"]).read_bytes()
        schema = resource.get("schema", {})
        objects.append(
            {
                "@type": "cr:FileObject",
                "@id": resource["path"],
                "name": resource["path"],
                "description": resource["description"],
                "contentUrl": f"{folder}/{resource['path']}",
                "contentSize": f"{len(content)} B",
                "encodingFormat": "text/csv",
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
        records.append(
            {
                "@type": "cr:RecordSet",
                "@id": resource["name"],
                "name": resource["name"],
                "description": resource["description"],
                "key": [{"@id": f"{resource['name']}/{column}"} for column in _listed(schema.get("primaryKey", []))],
                "field": [_croissant_field(resource, field) for field in schema.get("fields", [])],
            }
        )
    return _json(
        {
            "@context": json.loads(CROISSANT_CONTEXT.read_text("utf-8")),
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": descriptor["name"],
            "description": " ".join(filter(None, (f"{descriptor['title']}.", descriptor.get("description")))),
            "version": edition.version,
            "datePublished": edition.date.isoformat(),
            "license": LICENCES.get(edition.licence.split(" and ")[0], edition.licence),
            "creator": [{"@type": f"sc:{edition.kind_of(name)}", "name": name} for name in edition.authors],
            "keywords": list(edition.keywords),
            "citeAs": f"{' and '.join(edition.authors)} ({edition.date.year}). {edition.full_title}. Edition {edition.version}.",
            **({"url": edition.url} if edition.url else {}),
            "distribution": objects,
            "recordSet": records,
        }
    )


def _croissant_field(resource, field):
    """A column. Keys into other tables stay in the data package: readers of Croissant would join the tables, and fail at circles."""
    return {
        "@type": "cr:Field",
        "@id": f"{resource['name']}/{field['name']}",
        "name": field["name"],
        "description": field.get("description", field.get("title", "")),
        "dataType": CROISSANT_TYPES.get(field["type"], "sc:Text"),
        "source": {"fileObject": {"@id": resource["path"]}, "extract": {"column": field["name"]}},
    }


def zenodo(edition):
    """What Zenodo asks of a deposit, so that a release gets its DOI with nothing typed again."""
    related = [{"identifier": edition.url, "relation": "isIdenticalTo"}] if edition.url else []
    return _json(
        {
            "title": edition.full_title,
            "upload_type": "dataset",
            "description": f"<p>{html.escape(edition.abstract)}</p>",
            "creators": [{"name": name} for name in edition.authors],
            "license": edition.licence.split(" and ")[0],
            "keywords": list(edition.keywords),
            "version": edition.version,
            "publication_date": edition.date.isoformat(),
            "language": {"en": "eng"}.get(edition.language, edition.language),
            "access_right": "open",
            **({"doi": edition.doi} if edition.doi else {}),
            **({"imprint_publisher": edition.publisher} if edition.publisher else {}),
            **({"related_identifiers": related} if related else {}),
        }
    )


def datacite(edition, package=None):
    """What DataCite (metadata schema 4.5) registers of a dataset, as its JSON has it; package : a `Package`, or None."""
    licence = edition.licence.split(" and ")[0]
    fields = package.fields if package else {}
    period, area = fields.get("temporal", {}), fields.get("spatial", {})
    west, south, east, north = area.get("bbox", [None] * 4)
    box = {
        "westBoundLongitude": west,
        "eastBoundLongitude": east,
        "southBoundLatitude": south,
        "northBoundLatitude": north,
    }
    place = {
        **({"geoLocationPlace": area["name"]} if "name" in area else {}),
        **({"geoLocationBox": box} if "bbox" in area else {}),
    }
    dates = [{"date": edition.date.isoformat(), "dateType": "Issued"}]
    if {"start", "end"} <= period.keys():
        dates.append(
            {
                "date": f"{period['start']}/{period['end']}",
                "dateType": "Other",
                "dateInformation": "Period that the data cover",
            }
        )
    return _json(
        {
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            **(
                {"doi": edition.doi, "identifiers": [{"identifier": edition.doi, "identifierType": "DOI"}]}
                if edition.doi
                else {}
            ),
            "creators": [{"name": name, "nameType": f"{edition.kind_of(name)}al"} for name in edition.authors],
            "titles": [{"title": edition.full_title, "lang": edition.language}],
            "publisher": {"name": edition.publisher or UNAVAILABLE},
            "publicationYear": str(edition.date.year),
            "types": {"resourceType": "Report with its data", "resourceTypeGeneral": "Dataset"},
            "subjects": [{"subject": word} for word in edition.keywords],
            "dates": dates,
            "language": edition.language,
            "version": edition.version,
            "rightsList": [
                {
                    "rights": licence,
                    "rightsUri": LICENCES.get(licence, ""),
                    "rightsIdentifier": licence,
                    "rightsIdentifierScheme": "SPDX",
                }
            ],
            "descriptions": [
                {"description": edition.abstract, "descriptionType": "Abstract", "lang": edition.language}
            ],
            **({"geoLocations": [place]} if place else {}),
            **({"url": edition.url} if edition.url else {}),
        }
    )


def _one_or_all(values):
    """A single value as itself, as RO-Crate asks for it."""
    return values[0] if len(values) == 1 else values


def _listed(value):
    return [value] if isinstance(value, str) else list(value)


def _json(value):
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()
