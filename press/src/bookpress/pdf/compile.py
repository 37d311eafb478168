"""From Typst source to one PDF file: PDF/A-3a and PDF/UA-1 together, the same bytes on every machine."""

import contextlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

import pikepdf
import typst
from babel import Locale
from babel.dates import get_month_names

from bookpress.book.languages import Words
from bookpress.errors import PressError
from bookpress.markup.fonts import font_files
from bookpress.markup.pictures import with_halos_below

from .faults import told
from .labels import Places, label_pages, name_bookmarks, name_links
from .languages import tell_languages
from .order import tell_blanks, tell_in_order, tell_once, tell_whole
from .tags import mend_tags
from .write import quoted

MAIN = "main.typ"
OPENING = """#import "report.typ": *
#let given = json("edition.json")
#show: report.with(
  edition: given + (date: datetime(..given.date)), paper: given.paper, cover-picture: given.cover,
  summary: if given.summary != none { include given.summary },
)
#for (name, ..options) in given.attachments { pdf.attach(name, read("attachments/" + name, encoding: none), ..options) }"""
AFTER_SUMMARY = ("bookpress-abstract", "bookpress-contents")  # report.typ gives these names to what follows it
END = ("bookpress-inside", "bookpress-colophon")  # what comes after the annexes
LOW_PRIORITY = 10  # of 19
BLANKS = b" \t\r\n"  # several kinds, for one more of a kind may take no byte more once it is packed
# Where the table is by which a reader finds the first page early, and its bytes.
_HINTS = re.compile(rb"/H \[ (\d+) (\d+) \]")
_STREAM = re.compile(rb"/Length (\d+)[^<>]*>>\s*stream\n")  # the beginning of one, with the number of its bytes
_ahead: list[threading.Thread] = []  # those of `compile_ahead` in this process
# fmt: off
EDITION_FIELDS = (
    "title", "subtitle", "full_title", "version", "licence", "abstract", "url", "permanent", "address", "publisher", "language", "commit", "rebuild",
    "authors", "keywords", "is_modified",
)
# fmt: on
PAPER_WORDS = {  # what report.typ prints of its own, by the name that it has there
    "contents": "Contents",
    "figures": "Figures",
    "tables": "Tables",
    "page": "p.",
    "continued": "continued",
    "edition": "Edition",
    "modified": "modified copy",
    "publisher": "Publisher",
    "permanent": "Permanent address",
    "cite": "How to cite",
    "abstract": "Abstract",
    "keywords": "Keywords",
    "licence": "Licence",
    "online": "Online",
    "cited": "Cited on p.",
    "to": "to",
    "id": "id",
    "colophon": "Colophon",
    "commit": "Commit",
    "rebuild": "Rebuilt by",
    "package": "Data package",
    "check": "Checked by",
    "inside": "Files inside this PDF",
    "standards": "Built to",
    "colon": ": ",
}
STANDARDS = ["a-3a", "ua-1"]
COMMIT = "commit "  # how the metadata name it
# Not left to the machine's own table of types, which differs from one to the next.
TYPES = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".bib": "text/x-bibtex",
    ".sqlite": "application/vnd.sqlite3",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".py": "text/x-python",
    ".zip": "application/zip",
}


def compile_pdf(source, edition, attachments=(), package=None, paper="a4", words=None, kept=None):
    """Return the bytes of the PDF.

    source : a `bookpress.pdf.write.Source`. attachments, package, words, kept : see `make_pdf`.
    Raises PressError with Typst's own words when the sources cannot be set, and for a summary that
    takes more than its one page.
    """
    with tempfile.TemporaryDirectory(prefix="bookpress-") as folder:
        root = Path(folder)
        words = words or Words("", edition.language)
        _write_root(root, source, edition, attachments, package, paper, words)
        for thread in _ahead:
            thread.join()
        options = _options(root, edition)
        try:
            pdf, warnings = typst.compile_with_warnings(str(root / MAIN), **options)
        except typst.TypstError as error:
            raise PressError(told(getattr(error, "diagnostic", None) or str(error), root, source, options)) from None
        if warnings:  # a missing font or glyph is a warning to Typst and a fault to a reader
            raise PressError(
                "the PDF cannot be made: " + "; ".join(sorted({str(getattr(w, "message", w)) for w in warnings}))
            )
        if kept:
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(root, kept)
    return _finished(pdf, source, edition, words)


def compile_ahead(kept, edition):
    """Compile what an earlier run kept, for the compiler's memory alone: in this process it then sets anew only what changed.

    A thread does it, which needs no lock of Python's and on Linux gives way to other work; `compile_pdf` waits for it. Nothing kept, or nothing that compiles, is no fault.
    """

    def compile_kept():
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOW_PRIORITY)
        if Path(kept, MAIN).is_file():
            with contextlib.suppress(typst.TypstError):
                typst.compile(str(Path(kept, MAIN)), **_options(Path(kept), edition))

    _ahead.append(threading.Thread(target=compile_kept, daemon=True))
    _ahead[-1].start()


def _options(root, edition):
    """Return the options of the compiler beside the sources. The day of the edition stands for now."""
    return {
        "root": str(root),
        "font_paths": [str(root / "fonts")],
        "ignore_system_fonts": True,
        "pdf_standards": STANDARDS,
        "timestamp": edition.epoch,
    }


def _write_root(root, source, edition, attachments, package, paper, words):
    """Put all that the compiler reads into the folder `root`.

    Each page is a file of its own: if one changes, the compiler still remembers the others.
    """
    for name, path in source.images.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".svg":
            (root / name).write_bytes(with_halos_below(path.read_bytes()))
        else:
            shutil.copyfile(path, root / name)
    (root / "fonts").mkdir()
    for path in font_files():
        shutil.copyfile(path, root / "fonts" / path.name)
    shutil.copyfile(Path(__file__).with_name("report.typ"), root / "report.typ")
    (root / "pages").mkdir()
    included, summary = [], None
    for number, (page, text) in enumerate(source.pages.items()):
        name = f"pages/{number}.typ"
        (root / name).write_text(f'#import "/report.typ": *\n{text}\n', encoding="utf-8")
        if page == source.summary:
            summary = name
        else:
            included.append(f"#include {quoted(name)}")
    given = _edition(edition, attachments, package) | {
        "paper": paper,
        "cover": source.cover or None,
        "summary": summary,
        "attachments": _attach(attachments, root),
    }
    (root / "edition.json").write_text(json.dumps(given), encoding="utf-8")
    said = {name: words.say(word) for name, word in PAPER_WORDS.items()}
    said["date"] = edition.released
    said["months"] = "|".join(sorted(_months(edition.language), key=lambda name: (-len(name), name)))
    (root / "words.json").write_text(json.dumps(said), encoding="utf-8")
    (root / MAIN).write_text("\n".join([OPENING, *included, ""]), encoding="utf-8")


def _months(language):
    """The names of the months in a language, and short ones, without the dot that these may end in."""
    kinds = (get_month_names(kind, locale=Locale.parse(language, sep="-")) for kind in ("wide", "abbreviated"))
    return {name.rstrip(".") for names in kinds for name in names.values()}


def _finished(pdf, source, edition, words):
    """Return the PDF with licence, commit and address in its metadata, mended tags, the labels of all pages, and links by these.

    It is packed to half the size, and linearized: a reader sees its first page before the last byte
    comes. All else stays as the compiler made and checked it.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tell_blanks(document)
        tell_once(document)
        tell_whole(document, mend_tags(document, source.named_by, source.set_apart, words.say("id")), words.say("to"))
        if source.from_the_right:
            tell_in_order(document, source.from_the_right)
        tell_languages(document)
        places = Places(document)
        if source.summary:
            after = min(places.page(name) for name in AFTER_SUMMARY if name in places)
            if (taken := after - places.page(source.summary)) > 1:
                raise PressError(
                    f"page {source.summary}: takes {taken} pages in print; as the summary after the cover it must be on one"
                )
        end = min(places.page(name) for name in END if name in places)
        annexes = {places.page(name): letter for name, letter in source.annexes.items()}
        label_pages(document, annexes, end, words.say("Cover"), words.say("Colophon"))
        chapters = {name: title for name, title in source.chapters.items() if name in places}
        name_links(document, words.say("page"), chapters, source.addresses)
        name_bookmarks(document)
        # Poppler's tools call it an error that the compiler adds "not suspect".
        document.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            if edition.licence:
                metadata["dc:rights"] = edition.licence
                metadata["xmpRights:Marked"] = "True"
            if edition.commit:
                metadata["dc:source"] = COMMIT + edition.commit
            if edition.address:
                metadata["dc:identifier"] = edition.address
            if edition.publisher:
                metadata["dc:publisher"] = {edition.publisher}
        return _packed(document)


def _packed(document):
    """The bytes of the open PDF.

    qpdf writes the table of hints without the end of line that PDF/A wants behind it, where the last byte of the table is one. The table
    tells how long each page is: a page that ends with other blanks makes it another one.
    """
    file = io.BytesIO()
    document.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True, deterministic_id=True)
    if _hints_end_in_a_line_of_their_own(file.getvalue()):
        return file.getvalue()
    with pikepdf.open(file) as again:  # a document is not saved twice
        words = again.pages[0].Contents
        words.write(words.read_bytes() + BLANKS)
        return _packed(again)


def _hints_end_in_a_line_of_their_own(file):
    start, length = map(int, _HINTS.search(file).groups())
    stream = _STREAM.search(file, start, start + length)
    end = stream.end() + int(stream[1])
    return file[end : end + 1] == b"\n"


def _attach(attachments, root):
    """Copy the attachments into the folder `root`; return the arguments of Typst's `pdf.attach` for each."""
    (root / "attachments").mkdir()
    arguments = {}
    for attachment in attachments:
        path = attachment.path
        if not path.is_file():
            raise PressError(f"attachment {path.name}: file is missing")
        if path.name in arguments:
            raise PressError(f"attachment {path.name}: two files have this name")
        shutil.copyfile(path, root / "attachments" / path.name)
        arguments[path.name] = {
            "name": path.name,
            "mime-type": TYPES.get(path.suffix.lower(), "application/octet-stream"),
            "relationship": attachment.relationship,
            "description": attachment.description,
        }
    return list(arguments.values())


def _edition(edition, attachments, package):
    """Return what report.typ prints of the edition, of its data package and of the files inside the PDF."""
    # Files of one series stand there once, with their number.
    inside = Counter(file.series or (file.path.name, file.description) for file in attachments)
    return {
        **{name: getattr(edition, name) for name in EDITION_FIELDS},
        "date": {name: getattr(edition.date, name) for name in ("year", "month", "day")},
        "package": package and {name: getattr(package, name) for name in ("title", "version", "digest", "check")},
        "inside": [{"name": name, "says": says, "count": count} for (name, says), count in inside.items()],
    }
