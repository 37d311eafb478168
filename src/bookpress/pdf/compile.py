"""From Typst source to one PDF file: PDF/A-3a and PDF/UA-1 together, the same bytes on every machine."""

import datetime
import os
import shutil
import tempfile
from importlib import resources
from pathlib import Path

import typst

from .errors import PressError
from .fonts import font_files
from .write import quoted

STANDARDS = ["a-3a", "ua-1"]
# Not left to the machine's own table of types, which differs from one to the next.
TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".bib": "text/x-bibtex",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".zip": "application/zip",
}


def compile_pdf(source, images, edition, attachments, paper):
    """Return the bytes of the PDF.

    images : file by the name it has in `source`. attachments : files to be carried inside the PDF.
    Raises PressError with Typst's own words when the source cannot be set.
    """
    with tempfile.TemporaryDirectory(prefix="bookpress-") as folder:
        root = Path(folder)
        for name, path in images.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, root / name)
        (root / "fonts").mkdir()
        for path in font_files():
            shutil.copyfile(path, root / "fonts" / path.name)
        (root / "report.typ").write_text(
            resources.files(__package__).joinpath("report.typ").read_text(encoding="utf-8"), encoding="utf-8"
        )
        main = root / "main.typ"
        main.write_text(_main(source, edition, _attach(attachments, root), paper), encoding="utf-8")
        midnight = datetime.datetime.combine(edition.date, datetime.time(), datetime.UTC)
        try:
            pdf, warnings = typst.compile_with_warnings(
                str(main),
                root=str(root),
                font_paths=[str(root / "fonts")],
                ignore_system_fonts=True,
                pdf_standards=STANDARDS,
                timestamp=int(midnight.timestamp()),
            )
        except typst.TypstError as error:
            words = getattr(error, "diagnostic", None) or str(error)
            raise PressError(f"the PDF cannot be made: {words.replace(folder, '')}") from None
        if warnings:  # a missing font or glyph is a warning to Typst and a fault to a reader
            raise PressError("the PDF cannot be made: " + "; ".join(sorted({str(getattr(w, "message", w)) for w in warnings})))
    return pdf


def replace_file(target, content):
    """Write a file in one step: a reader finds the old one or the new one, never half of one."""
    target = Path(target)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _attach(attachments, root):
    lines, names = [], set()
    for path in map(Path, attachments):
        if not path.is_file():
            raise PressError(f"attachment {path.name}: file is missing")
        if path.name in names:
            raise PressError(f"attachment {path.name}: two files have this name")
        names.add(path.name)
        (root / "attachments").mkdir(exist_ok=True)
        shutil.copyfile(path, root / "attachments" / path.name)
        kind = TYPES.get(path.suffix.lower()) or "application/octet-stream"
        inside = f"{quoted(path.name)}, read({quoted(f'attachments/{path.name}')}, encoding: none)"
        lines.append(f'#pdf.attach({inside}, relationship: "data", mime-type: {quoted(kind)}, description: {quoted(path.name)})')
    return "\n".join(lines)


def _main(source, edition, attached, paper):
    date = edition.date
    facts = ", ".join(
        f"{name}: {quoted(getattr(edition, name))}"
        for name in ("title", "subtitle", "version", "licence", "abstract", "url", "language", "commit")
    )
    lists = ", ".join(
        f"{name}: ({''.join(quoted(item) + ', ' for item in getattr(edition, name))})" for name in ("authors", "keywords")
    )
    given = f"(date: datetime(year: {date.year}, month: {date.month}, day: {date.day}), {lists}, {facts})"
    return f'#import "report.typ": *\n#show: report.with(edition: {given}, paper: {quoted(paper)})\n{attached}\n{source}\n'
