"""Brings the catalogues of the analysis up to date with the words that its code says: python -m tools.messages

Collects what `_`, `N_`, `NN_`, `plural`, `counted` and `Said` are given, in the analysis and in the cells of notebooks and pages. Prints, for
each language, how many messages there are, and how many of them are not translated.
"""

import ast
import datetime
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat

from azawad_conflict.language import DOMAIN, LOCALE, catalogue
from bookpress.book.languages import read_catalogue, renew_catalogue

ROOT = Path(__file__).parents[1]
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
EPOCH = datetime.date(2012, 1, 1)  # a catalogue bears no date of its own

Message = str | tuple[str, str]


def sources() -> dict[str, str]:
    """Name of each file to its Python code."""
    found = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in sorted(ROOT.glob("src/**/*.py"))}
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
    """Each message, a pair where it has a plural, to the files that say it, in order."""
    found: dict[Message, list[str]] = {}
    for name, code in sources().items():
        for message in _said(ast.parse(code)):
            places = found.setdefault(message, [])
            if name not in places:
                places.append(name)
    return found


def _said(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [argument.value for argument in node.args if _is_text(argument)]
        if name in ("_", "N_") and words:
            yield words[0]
        elif name in ("plural", "NN_") and len(words) == 2:
            yield words[0], words[1]
        elif name == "counted" and words:
            yield words[0], words[1] if len(words) > 1 else words[0] + "s"
        elif name == "Said" and isinstance(node.args[0], ast.Dict):
            yield from (value.value for value in node.args[0].values if _is_text(value))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)


def update(code: str) -> tuple[int, int]:
    """Bring the catalogue of a language up to date; return how many messages it has, and how many are not translated."""
    file, found = catalogue(code), messages()
    renew_catalogue(
        file, code, DOMAIN, {said: [(place, None) for place in places] for said, places in found.items()}, EPOCH
    )
    translated = [one for one in read_catalogue(file) if one.id and not one.fuzzy and all(_forms(one.string))]
    return len(found), len(found) - len(translated)


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string or "",)


if __name__ == "__main__":
    for code in sys.argv[1:] or sorted(path.name for path in LOCALE.iterdir()):
        count, left = update(code)
        print(f"{catalogue(code).relative_to(ROOT)}: {count:,} messages, {left:,} of them to translate")
