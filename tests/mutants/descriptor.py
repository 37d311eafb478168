"""Mutants of datapackage.json."""

import json

from azawad_conflict.checks.faults import FILE, ROW
from azawad_conflict.tables import DESCRIPTOR, REPOSITORY
from mutants.package import Mutant


def descriptor_mutants(package):
    """Mutants of datapackage.json; its faults name a resource or column, not a line."""
    mutants = [*_broken_descriptors(), *_package_properties()]
    for name, table in package.items():
        edit = _json_edit(lambda descriptor, name=name: descriptor["resources"].remove(_resource(descriptor, name)))
        place, words = _place_of_a_missing_resource(table, package)
        mutants.append(Mutant("descriptor", "resource missing", name, place, words, edit=(DESCRIPTOR, edit)))
        for kind, change, file, column, words in _broken_resources(table):
            edit = _json_edit(lambda descriptor, name=name, change=change: change(_resource(descriptor, name)))
            # A descriptor with a fault is not read on, so that only those that pass for whole can be broken together.
            touches = frozenset() if file == DESCRIPTOR else frozenset([name])
            place = (file, 1, column)
            mutants.append(Mutant("descriptor", kind, name, place, words, edit=(DESCRIPTOR, edit), touches=touches))
    return mutants


def _place_of_a_missing_resource(table, package):
    """The first table with a key to it, else the resource itself."""
    for other in package.values():
        keys = other.resource["schema"].get("foreignKeys", [])
        targets = [key["reference"]["resource"] for key in keys]
        targets += [field["references"].split(".")[0] for field in other.fields if "references" in field]
        if other is not table and table.name in targets:
            return (DESCRIPTOR, 1, other.name), f" to {table.name}."
    return (DESCRIPTOR, 1, table.name), "the table is missing"


def _broken_descriptors():
    text = (REPOSITORY / "data" / DESCRIPTOR).read_bytes()
    for kind, content, words in (
        ("empty file", b"", "not read as JSON"),
        ("broken JSON", text.replace(b"{", b"{,", 1), "not read as JSON"),
        ("cut file", text[: len(text) // 2], "not read as JSON"),
        ("merge conflict mark", b"<<<<<<< HEAD\n" + text, "not read as JSON"),
        ("Latin-1 byte", text.replace(b"Mali", b"Mal\xe9", 1), "not UTF-8"),
        ("UTF-16", text.decode().encode("utf-16"), "not UTF-8"),
        ("byte order mark", b"\xef\xbb\xbf" + text, "not read as JSON"),
        ("file missing", None, "the file is missing"),
        ("list instead", b"[]", "is not a data package"),
        ("null instead", b"null", "is not a data package"),
    ):
        # JSON says on which line it breaks; here that is the first one, unless the file is cut.
        line = content.count(b"\n") + 1 if kind == "cut file" else 1
        place = (DESCRIPTOR, line, FILE)
        yield Mutant("descriptor", kind, DESCRIPTOR, place, words, edit=(DESCRIPTOR, lambda _, new=content: new))


def _package_properties():
    """Mutants of what the rules read from the package as a whole."""
    for kind, column, words, change in (
        ("no resources", "resources", "no list of resources", lambda package: package.pop("resources")),
        ("empty resources", "resources", "no list of resources", lambda package: package["resources"].clear()),
        (
            "resources by name",
            "resources",
            "no list of resources",
            lambda package: package.update(resources={"events": {}}),
        ),
        ("no study window", "temporal", "study window", lambda package: package.pop("temporal")),
        ("no end of the study window", "temporal", "study window", lambda package: package["temporal"].pop("end")),
        ("study window no date", "temporal", "study window", lambda package: package["temporal"].update(start="soon")),
        (
            "study window backwards",
            "temporal",
            "study window",
            lambda package: package["temporal"].update(start="2015-01-01"),
        ),
        ("another major version", "version", "edition 4.0.0", lambda package: package.update(version="4.0.0")),
        ("no version", "version", "edition None", lambda package: package.pop("version")),
        *(
            (f"no {name}", FILE, f"no {name}", lambda package, name=name: package.pop(name))
            for name in ("name", "title", "description")
        ),
        ("no licence", "licenses", "no path", lambda package: package.pop("licenses")),
        ("empty contributors", "contributors", "no title", lambda package: package["contributors"].clear()),
        ("no day of the edition", "created", "None", lambda package: package.pop("created")),
        ("no bounding box", "spatial", "bounding box", lambda package: package.pop("spatial")),
        ("short bounding box", "spatial", "bounding box", lambda package: package["spatial"]["bbox"].pop()),
    ):
        edit = (DESCRIPTOR, _json_edit(change))
        yield Mutant("descriptor", kind, DESCRIPTOR, (DESCRIPTOR, 1, column), words, edit=edit)


def _broken_resources(table):
    """(kind, change of the resource, file and column of the fault, words) for one resource."""
    name, file, field = table.name, table.file, table.fields[-1]["name"]
    column = f"{name}.{field}"

    def last(resource):
        return resource["schema"]["fields"][-1]

    yield "resource renamed", lambda r: r.update(name=f"{name}_x"), DESCRIPTOR, f"{name}_x", f"path {file}"
    yield "resource without a name", lambda r: r.pop("name"), DESCRIPTOR, "resources", "no list of resources"
    yield "path of another file", lambda r: r.update(path="other.csv"), DESCRIPTOR, name, "path other.csv"
    for path in (f"../data/{file}", f"/data/{file}", f"https://a.org/{file}"):
        kind = f"path outside the folder ({path.removesuffix(file)})"
        yield kind, lambda r, path=path: r.update(path=path), DESCRIPTOR, name, f"path {path}"
    yield "no path", lambda r: r.pop("path"), DESCRIPTOR, name, "path None"
    yield "no schema", lambda r: r.pop("schema"), DESCRIPTOR, name, "no fields with names"
    yield "no fields", lambda r: r["schema"].update(fields=[]), DESCRIPTOR, name, "no fields with names"
    yield "field without a name", lambda r: last(r).pop("name"), DESCRIPTOR, name, "no fields with names"
    yield "field twice", lambda r: r["schema"]["fields"].append(last(r)), DESCRIPTOR, name, "no fields with names"
    yield "unknown type", lambda r: last(r).update(type="year"), DESCRIPTOR, column, "type year is not checked"
    yield "no type", lambda r: last(r).pop("type"), DESCRIPTOR, column, "type None is not checked"
    for kind, limits, words in (
        ("unknown constraint", {"maxLength": 9}, "constraint maxLength is not checked"),
        ("broken pattern", {"pattern": "[a-z"}, "pattern [a-z"),
        ("enum that is no list", {"enum": "killed"}, "enum killed"),
        ("minimum that is no number", {"minimum": "one"}, "minimum one"),
        ("constraints that are a list", ["required"], "constraints ['required']"),
        ("maximum of a text", {"maximum": 9}, "maximum 9 of type string"),
    ):
        change = lambda r, limits=limits: last(r).update(type="string", constraints=limits)  # noqa: E731
        yield kind, change, DESCRIPTOR, column, words
    for words in ("title", "description"):
        drop = lambda part, words=words: part.pop(words)  # noqa: E731
        yield f"no {words}", drop, DESCRIPTOR, name, f"no {words}"
        yield f"field without a {words}", lambda r, drop=drop: drop(last(r)), DESCRIPTOR, column, f"no {words}"
    yield "no primary key", lambda r: r["schema"].pop("primaryKey"), DESCRIPTOR, name, "key None"
    yield "unknown primary key", lambda r: r["schema"].update(primaryKey="id"), DESCRIPTOR, name, "key id"
    yield "key of two columns", lambda r: r["schema"].update(primaryKey=["a", "b"]), DESCRIPTOR, name, "key ['a', 'b']"
    for kind, key in (
        (
            "foreign key of an unknown column",
            {"fields": "nothing", "reference": {"resource": "", "fields": table.header[0]}},
        ),
        ("foreign key without a target", {"fields": field, "target": "nothing"}),
        ("foreign key to an unknown table", {"fields": field, "reference": {"resource": "nothing", "fields": "x"}}),
        ("foreign key to an unknown key", {"fields": field, "reference": {"resource": "places", "fields": "nothing"}}),
    ):
        change = lambda r, key=key: r["schema"].setdefault("foreignKeys", []).append(key)  # noqa: E731
        yield kind, change, DESCRIPTOR, name, "nothing"
    yield (
        "list of an unknown table",
        lambda r: last(r).update(separator=";", references="nothing.x"),
        DESCRIPTOR,
        name,
        "nothing",
    )
    yield (
        "foreign keys that are null",
        lambda r: r["schema"].update(foreignKeys=None),
        DESCRIPTOR,
        name,
        "foreignKeys None",
    )
    yield (
        "references that are a list",
        lambda r: last(r).update(references=["x"]),
        DESCRIPTOR,
        column,
        "references ['x']",
    )
    yield "type that is a list", lambda r: last(r).update(type=["string"]), DESCRIPTOR, column, "type ['string']"
    yield "separator of nothing", lambda r: last(r).update(separator=""), DESCRIPTOR, column, "separator is blank"
    yield "field missing", lambda r: r["schema"]["fields"].pop(), DESCRIPTOR, column, "the column is missing"
    other = "number" if table.fields[-1]["type"] == "string" else "string"
    changed = lambda r: last(r).update(type=other)  # noqa: E731
    yield "field of another type", changed, DESCRIPTOR, column, f"of the kind {other}"
    added = {"name": "extra", "type": "string", "title": "Extra", "description": "More."}
    yield "field added", lambda r: r["schema"]["fields"].append(added), file, "extra", "the column is missing"
    yield (
        "fields swapped",
        lambda r: r["schema"]["fields"].append(r["schema"]["fields"].pop(0)),
        file,
        ROW,
        "columns in the order",
    )


def _resource(descriptor, name):
    return next(resource for resource in descriptor["resources"] if resource["name"] == name)


def _json_edit(change):
    def edit(content):
        package = json.loads(content)
        change(package)
        return json.dumps(package).encode()

    return edit
