"""From Typst source to one PDF file: PDF/A-3a and PDF/UA-1 together, the same bytes on every machine."""

import contextlib
import datetime
import io
import os
import shutil
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

import pikepdf
import typst

from bookpress.errors import PressError

from .fonts import font_files
from .tags import mend_grouped_tables
from .write import quoted

MAIN = "main.typ"
LOW_PRIORITY = 10  # of 19
STANDARDS = ["a-3a", "ua-1"]
COMMIT = "commit "  # how the metadata name it
# Not left to the machine's own table of types, which differs from one to the next.
TYPES = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".bib": "text/x-bibtex",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".py": "text/x-python",
    ".zip": "application/zip",
}


def compile_pdf(sources, images, edition, attachments=(), package=None, paper="a4", kept=None, ahead=None):
    """Return the bytes of the PDF.

    sources : Typst source by the name of its page, in order. images : file by the name it has in the sources. attachments,
    package, kept, ahead : see `make_pdf`. Raises PressError with Typst's own words when the sources cannot be set.
    """
    with tempfile.TemporaryDirectory(prefix="bookpress-") as folder:
        root = Path(folder)
        _write_root(root, sources, images, edition, attachments, package, paper)
        if ahead:
            ahead.join()
        try:
            pdf, warnings = typst.compile_with_warnings(str(root / MAIN), **_options(root, edition.date))
        except typst.TypstError as error:
            words = getattr(error, "diagnostic", None) or str(error)
            raise PressError(f"the PDF cannot be made: {words.replace(folder, '')}") from None
        if warnings:  # a missing font or glyph is a warning to Typst and a fault to a reader
            raise PressError(
                "the PDF cannot be made: " + "; ".join(sorted({str(getattr(w, "message", w)) for w in warnings}))
            )
        if kept:
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(root, kept)
    return _finished(pdf, edition)


def compile_ahead(kept, edition):
    """Compile what an earlier run kept, for the compiler's memory alone: in this process it then sets anew only what changed.

    Returns the thread that does it, which needs no lock of Python's, and on Linux gives way to other work. Nothing kept, or nothing
    that compiles, is no fault.
    """

    def compile_kept():
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOW_PRIORITY)
        if Path(kept, MAIN).is_file():
            with contextlib.suppress(typst.TypstError):
                typst.compile(str(Path(kept, MAIN)), **_options(Path(kept), edition.date))

    thread = threading.Thread(target=compile_kept)
    thread.start()
    return thread


def _options(root, date):
    """The options of the compiler beside the sources. The day of the edition stands for now."""
    midnight = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    return {
        "root": str(root),
        "font_paths": [str(root / "fonts")],
        "ignore_system_fonts": True,
        "pdf_standards": STANDARDS,
        "timestamp": int(midnight.timestamp()),
    }


def _write_root(root, sources, images, edition, attachments, package, paper):
    """Put all that the compiler reads into the folder `root`. Each page is a file of its own: of the others it forgets nothing
    when one changes."""
    for name, path in images.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, root / name)
    (root / "fonts").mkdir()
    for path in font_files():
        shutil.copyfile(path, root / "fonts" / path.name)
    shutil.copyfile(Path(__file__).with_name("report.typ"), root / "report.typ")
    (root / "pages").mkdir()
    included = []
    for number, source in enumerate(sources.values()):
        name = f"pages/{number}.typ"
        (root / name).write_text(f'#import "/report.typ": *\n{source}\n', encoding="utf-8")
        included.append(f"#include {quoted(name)}")
    given = _edition(edition, attachments, package)
    opening = f'#import "report.typ": *\n#show: report.with(edition: {given}, paper: {quoted(paper)})'
    (root / MAIN).write_text("\n".join([opening, _attach(attachments, root), *included, ""]), encoding="utf-8")


def _finished(pdf, edition):
    """The PDF with its licence in the metadata, which Typst has no field for, and with mended tags; packed to half the size
    and ready to be read from its first bytes on (linearized). Everything else stays as the compiler made and checked it."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        mend_grouped_tables(document)
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            if edition.licence:
                metadata["dc:rights"] = edition.licence
                metadata["xmpRights:Marked"] = "True"
            if edition.commit:
                metadata["dc:source"] = COMMIT + edition.commit
            if edition.url:
                metadata["dc:identifier"] = edition.url
        document.save(
            packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True, deterministic_id=True
        )
    return packed.getvalue()


def _attach(attachments, root):
    lines, names = [], set()
    for attachment in attachments:
        path = attachment.path
        if not path.is_file():
            raise PressError(f"attachment {path.name}: file is missing")
        if path.name in names:
            raise PressError(f"attachment {path.name}: two files have this name")
        names.add(path.name)
        (root / "attachments").mkdir(exist_ok=True)
        shutil.copyfile(path, root / "attachments" / path.name)
        kind = TYPES.get(path.suffix.lower()) or "application/octet-stream"
        inside = f"{quoted(path.name)}, read({quoted(f'attachments/{path.name}')}, encoding: none)"
        said = f"relationship: {quoted(attachment.relationship)}, description: {quoted(attachment.description)}"
        lines.append(f"#pdf.attach({inside}, mime-type: {quoted(kind)}, {said})")
    return "\n".join(lines)


def _edition(edition, attachments, package):
    """What report.typ knows of the edition and of what goes with it, as a Typst dictionary."""
    date = edition.date
    fields = {
        name: quoted(getattr(edition, name))
        for name in ("title", "subtitle", "version", "licence", "abstract", "url", "language", "commit", "rebuild")
    }
    fields |= {name: _array(map(quoted, getattr(edition, name))) for name in ("authors", "keywords")}
    fields["date"] = f"datetime(year: {date.year}, month: {date.month}, day: {date.day})"
    fields["package"] = "none"
    if package:
        fields["package"] = _dictionary(
            {name: quoted(getattr(package, name)) for name in ("title", "version", "digest", "check")}
        )
    # Files of one series stand there once, with their number.
    inside = Counter(file.series or (file.path.name, file.description) for file in attachments)
    fields["inside"] = _array(
        _dictionary({"name": quoted(name), "says": quoted(says), "count": str(count)})
        for (name, says), count in inside.items()
    )
    return _dictionary(fields)


def _dictionary(fields):
    return f"({', '.join(f'{name}: {value}' for name, value in fields.items())})"


def _array(items):
    return f"({''.join(f'{item}, ' for item in items)})"
