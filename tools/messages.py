"""Bring the catalogues of the analysis up to date with the words that readers see.

python -m tools.messages [LANGUAGE ...]

Of the code it collects what `_`, `p_`, `N_`, `NN_`, `plural`, `counted`, `number_or_none` and `WordsByKey` are given, in the analysis, its templates and the cells of
notebooks and pages; of the data, the titles and descriptions of the schema and the cells of the columns that it marks as translated. Prints,
for each language, how many messages there are, and how many of them are not translated. Users of the data have the catalogues' titles and
descriptions in the schema too, as `title_fr` and `description_fr`.
"""

import argparse
import ast
import datetime
import json
import re
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from jinja2.ext import babel_extract

from azawad_conflict import tables
from azawad_conflict.exchange import forms, geojson, workbook
from azawad_conflict.language import DATA, DOMAIN, LOCALE, catalogue
from bookpress.book.languages import in_context, name_of, read_catalogue, renew_catalogue
from bookpress.files import replace_file

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "data" / tables.DESCRIPTOR
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
LETTER = re.compile(r"[^\W\d_]{2}")  # words, and no number
LABELS = ("title", "description")  # of the schema's parts
EPOCH = datetime.date(2012, 1, 1)  # a catalogue bears no date of its own

Message = str | tuple[str, str]


def sources() -> dict[str, str]:
    """Name of each file to its Python code; of a template, the calls of `_`."""
    found = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in sorted(ROOT.glob("src/**/*.py"))}
    for path in sorted(ROOT.glob("src/*/templates/*.html")):
        with path.open("rb") as file:
            said = [words for _, _, words, _ in babel_extract(file, ["_"], [], {"silent": "no"})]
        found[str(path.relative_to(ROOT))] = "\n".join(f"_({words!r})" for words in said)
    for path in sorted(ROOT.glob("notebooks/*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        found[str(path.relative_to(ROOT))] = "\n\n".join(cell.source for cell in cells if cell.cell_type == "code")
    for path in sorted(ROOT.glob("book/*.md")):
        if cells := CELL.findall(path.read_text("utf-8")):
            found[str(path.relative_to(ROOT))] = "\n\n".join(
                re.sub(r"^:.*$", "", code, flags=re.MULTILINE) for code in cells
            )
    return found


def messages() -> dict[Message, list[str]]:
    """Each message of the code, a pair where it has a plural, to the files that say it, in order."""
    found = _gathered((message, name) for name, code in sources().items() for message in _said(ast.parse(code)))
    # A catalogue has one entry for words with and without a plural.
    with_plural = {message[0] for message in found if isinstance(message, tuple)}
    return {message: places for message, places in found.items() if message not in with_plural}


def messages_of_data() -> dict[Message, list[str]]:
    """Each message of the data and of what is made of them to the places that have it, in order. Code that says it too translates it."""
    of_code = messages()
    found = _gathered(chain(_written(tables.schema()), _made()))
    return {words: places for words, places in found.items() if words not in of_code}


def _gathered(said: Iterator[tuple[Message, str]]) -> dict[Message, list[str]]:
    found: dict[Message, list[str]] = {}
    for message, place in said:
        places = found.setdefault(message, [])
        if place not in places:
            places.append(place)
    return found


def _made() -> Iterator[tuple[str, str]]:
    """The words of what is computed of the data: the files and tables that are made of them, and what is measured."""
    yield from ((form.words, "exchange/forms.py") for form in forms.by_name().values())
    for table in forms.Package().computed.values():
        yield from ((words, "exchange/computed.py") for words in (table.title, table.description))
        yield from ((column.description, "exchange/computed.py") for column in table.columns)
    for file, columns in (
        ("geojson.py", (*geojson.INCIDENTS, *geojson.TOWNS)),
        ("workbook.py", workbook.TOTALS_COLUMNS),
    ):
        yield from ((column.description, f"exchange/{file}") for column in columns)
    measured = pd.read_csv(ROOT / "benchmarks" / "measured.csv")
    yield from (
        (words, "benchmarks/measured.csv")
        for words in (*measured["what"], *measured["unit"].dropna(), *measured["machine"])
    )


def _written(package: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What readers see of the data in words, each with its place, as "data/events.csv#name": a list's items stand alone."""
    yield from ((package[key], f"data/{tables.DESCRIPTOR}") for key in LABELS)
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        yield from ((part[key], f"data/{tables.DESCRIPTOR}") for part in (resource, *fields) for key in LABELS)
        rows = tables.load(resource["name"])
        for field in fields:
            if field.get("translated"):
                cells = rows[field["name"]].dropna()
                words = cells.explode().dropna() if "separator" in field else cells
                yield from ((word, f"data/{resource['path']}#{field['name']}") for word in words if LETTER.search(word))


def _said(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [argument.value for argument in node.args if _is_text(argument)]
        if name in ("_", "N_") and words:
            yield words[0]
        elif name == "p_" and len(words) == 2:
            yield in_context(*words)
        elif name == "number_or_none" and words:
            yield in_context(words[0], "none")
        elif name in ("plural", "NN_") and len(words) == 2:
            yield words[0], words[1]
        elif name == "counted" and words:
            yield words[0], words[1] if len(words) > 1 else words[0] + "s"
        elif name == "WordsByKey" and isinstance(node.args[0], ast.Dict):
            yield from (value.value for value in node.args[0].values if _is_text(value))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)


def renew(file: Path, code: str, domain: str) -> int:
    """Bring the file of a catalogue of a language up to date; return how many messages it has."""
    found = DOMAINS[domain]()
    renew_catalogue(
        file, code, domain, {said: [(place, None) for place in places] for said, places in found.items()}, EPOCH
    )
    return len(found)


DOMAINS = {DOMAIN: messages, DATA: messages_of_data}


def labelled(text: str, code: str) -> str:
    """The text of the descriptor with the titles and descriptions of a language after the English ones; those that it had are replaced."""
    said = _translated(code, DATA) | _translated(code, DOMAIN)
    names, words = "|".join(LABELS), r'"(?:[^"\\]|\\.)*"'
    line = re.compile(rf'^( *)"({names})": ({words})(,?)\n(?: *"\2_{code}": {words}(,?)\n)?', re.MULTILINE)

    def with_label(found: re.Match[str]) -> str:
        indent, name, english, comma, last = found.groups()
        comma = comma if last is None else last
        label = said.get(json.loads(english))
        if label is None:
            return f'{indent}"{name}": {english}{comma}\n'
        return (
            f'{indent}"{name}": {english},\n{indent}"{name}_{code}": {json.dumps(label, ensure_ascii=False)}{comma}\n'
        )

    return line.sub(with_label, text)


def _translated(code: str, domain: str) -> dict[Message, str]:
    """The messages of a catalogue that are translated, to the translation; of one with a plural, that of one thing."""
    found = (one for one in read_catalogue(catalogue(code, domain)) if one.id and not one.fuzzy)
    return {name_of(one): _forms(one.string)[0] for one in found if all(_forms(one.string))}


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string or "",)


def main(arguments: list[str] | None = None) -> int:
    """Bring the catalogues and the schema up to date, and print how much of each is to be translated; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__.partition("\n")[0])
    begun = sorted(path.name for path in LOCALE.iterdir())
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help=f"default: {', '.join(begun)}")
    for code in parser.parse_args(arguments).languages or begun:
        for domain in DOMAINS:
            file = catalogue(code, domain)
            count = renew(file, code, domain)
            left = count - len(_translated(code, domain))
            print(f"{file.relative_to(ROOT)}: {count:,} messages, {left:,} of them to translate")
        replace_file(SCHEMA, labelled(SCHEMA.read_text("utf-8"), code).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
