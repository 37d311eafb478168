"""Brings the catalogues of the analysis up to date with the words that its code says: python -m tools.messages

Collects what `_`, `N_`, `NN_`, `plural`, `counted` and `Said` are given, in the analysis and in the cells of notebooks and pages. Prints, for
each language, how many messages there are, and how many of them are not translated.
"""

import ast
import datetime
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from azawad_conflict.language import DOMAIN, LOCALE, catalogue

ROOT = Path(__file__).parents[1]
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
FULL_WIDTH = 120
EPOCH = datetime.datetime(2012, 1, 1, tzinfo=datetime.UTC)  # a catalogue bears no date of its own

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
    file, template = catalogue(code), Catalog(domain=DOMAIN, creation_date=EPOCH, revision_date=EPOCH)
    for message, places in messages().items():
        template.add(message, locations=[(place, None) for place in places])
    if file.is_file():
        with file.open("rb") as opened:
            kept = read_po(opened, abort_invalid=True)
    else:
        kept = Catalog(locale=code, domain=DOMAIN)
    kept.update(template)
    kept.fuzzy, kept.header_comment = False, "# The words of the analysis in another language."
    kept.project, kept.version, kept.creation_date, kept.revision_date = DOMAIN, "", EPOCH, EPOCH
    kept.msgid_bugs_address = kept.last_translator = kept.language_team = ""
    written = io.BytesIO()
    write_po(written, kept, width=FULL_WIDTH)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(written.getvalue())
    translated = [one for one in kept if one.id and not one.fuzzy and all(_forms(one.string))]
    return len(template), len(template) - len(translated)


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string or "",)


if __name__ == "__main__":
    for code in sys.argv[1:] or sorted(path.name for path in LOCALE.iterdir()):
        count, left = update(code)
        print(f"{catalogue(code).relative_to(ROOT)}: {count:,} messages, {left:,} of them to translate")
