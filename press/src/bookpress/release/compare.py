"""What differs between two builds of a book: which number, cell, figure or page."""

from __future__ import annotations

import csv
import difflib
import io
import re
from dataclasses import dataclass
from pathlib import Path

from bookpress.environment import CITATION_FILE
from bookpress.markup.html import children, classes, parsed, select, words_of

SHOWN = 5  # differences shown of one file; the rest are counted
HEADINGS = ("h1", "h2", "h3", "h4")
BLOCKS = (*HEADINGS, "p", "li", "td", "th", "dt", "dd", "pre", "figcaption")
HOLDERS = ("figure", "table")
SHORT = 160  # letters of a text that are shown


@dataclass(frozen=True)
class Difference:
    """One difference: the file, the place in it ("" where it is the file itself), and what each build has there."""

    file: str
    place: str
    published: str
    rebuilt: str

    def __str__(self):
        place = f", {self.place}" if self.place else ""
        return (
            f"{self.file}{place}".removeprefix(", ")
            + f": published {_quoted(self.published)}, rebuilt {_quoted(self.rebuilt)}"
        )


def compare_trees(published, rebuilt):
    """Compare two folders file by file.

    Where the builds call their edition differently, as a modified copy does, one difference says so, and the name is no other.
    A PDF whose words differ by that name alone is neither found nor counted: its drawings are not compared.

    Returns (differences, number of files that are identical, or are but for that name). Raises FileNotFoundError when a
    folder is missing.
    """
    published, rebuilt = Path(published), Path(rebuilt)
    for folder in (published, rebuilt):
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is missing")
    found, same = [], 0
    names = [_edition(folder) for folder in (published, rebuilt)]
    if names[0] != names[1]:
        found.append(Difference("", "name of the edition", *(name.decode() for name in names)))
    short, long = sorted(names, key=len)
    for name in sorted(_names(published) | _names(rebuilt)):
        one, other = (folder / name for folder in (published, rebuilt))
        if not (one.is_file() and other.is_file()):
            there = ("a file", "no such file")
            found.append(Difference(name, "", *(there if one.is_file() else there[::-1])))
            continue
        contents = [file.read_bytes() for file in (one, other)]
        if short != long and not name.endswith(".pdf"):  # in which bytes are counted
            contents = [content.replace(long, short) for content in contents]
        if contents[0] == contents[1]:
            same += 1
        else:
            found += compare_files(name, *contents, (short, long))
    return found, same


def _edition(folder):
    """What a built book calls its edition: the version of its citation file; b"" without one."""
    file = folder / CITATION_FILE
    version = re.search(rb"^version: *(.+?)\s*$", file.read_bytes(), re.MULTILINE) if file.is_file() else None
    return version[1].strip(b"'\"") if version else b""


def compare_files(name, one, other, editions=(b"", b"")):
    """The differences between two contents, which are not the same bytes, of a file called `name`.

    editions : two names of one edition, the longer one last; words that differ by them alone are no difference.
    """
    short, long = (edition.decode() for edition in editions)
    found = [
        (place, a, b)
        for place, a, b in _explained(name, one, other)
        if not long or a.replace(long, short) != b.replace(long, short)
    ]
    shown = [Difference(name, place, *_around(a, b)) for place, a, b in found[:SHOWN]]
    if len(found) > SHOWN:
        shown.append(
            Difference(name, "", f"{len(found)} such places in all", f"{len(found) - SHOWN} of them not shown")
        )
    return shown


def _explained(name, one, other):
    """(place, words, words) of each difference between two contents of a file called `name`: at least one."""
    explain = {".html": _pages, ".csv": _tables, ".svg": _drawings, ".pdf": _documents}.get(Path(name).suffix, _lines)
    try:
        found = explain(one, other)
    except Exception:  # noqa: BLE001  a picture, or a file too broken to be read: the first byte tells
        found = []
    return found or [_first_byte(one, other)]


def _names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def _quoted(words):
    words = " ".join(str(words).split())
    return f"“{words if len(words) <= SHORT else words[: SHORT - 1] + '…'}”"


def _first_byte(one, other):
    place = next(
        (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return (
        f"byte {place}",
        f"{one[place : place + 12]!r} of {len(one):,} bytes",
        f"{other[place : place + 12]!r} of {len(other):,} bytes",
    )


def _changed(ours, theirs):
    """(index, index, words, words) of each run of lines that differs; a changed line stands beside its counterpart."""
    for kind, a, b, c, d in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            for row in range(max(b - a, d - c)):
                yield a + row, ours[a + row] if a + row < b else "", theirs[c + row] if c + row < d else ""


def _lines(one, other):
    ours, theirs = one.decode("utf-8").splitlines(), other.decode("utf-8").splitlines()
    return [(f"line {number + 1}", a, b) for number, a, b in _changed(ours, theirs)]


def _around(a, b):
    """The parts of two long texts around their first difference."""
    if max(len(a), len(b)) <= SHORT:
        return a, b
    place = next((number for number, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    start = max(0, place - SHORT // 3)
    return a[start : place + SHORT // 2], b[start : place + SHORT // 2]


def _pages(one, other):
    """Compare numbers by their keys, then texts by heading, figure or table, then the markup."""
    ours, theirs = (parsed(page.decode("utf-8", "replace")) for page in (one, other))
    found = []
    numbers = [[(_key(mark), words_of(mark)) for mark in select(page, ".why")] for page in (ours, theirs)]
    if [key for key, _ in numbers[0]] == [key for key, _ in numbers[1]]:
        found += [(f"number {key}", a, b) for (key, a), (_, b) in zip(*numbers, strict=True) if a != b]
    texts = [_texts(page) for page in (ours, theirs)]
    where = [place for place, _ in texts[0]]
    for number, a, b in _changed([words for _, words in texts[0]], [words for _, words in texts[1]]):
        # a sentence of which only a number differs is shown by that number
        if not any(a.replace(x, y) == b for _, x, y in found):
            found.append((where[min(number, len(where) - 1)] if where else "", a, b))
    return found or _lines(one, other)


def _key(mark):
    return next((name.removeprefix("number-") for name in classes(mark) if name.startswith("number-")), "")


def _texts(page):
    """(place, words) of each block of text, in order; a block that holds others gives its own words alone."""
    found, place, numbers = [], "", _numbers(page)
    for block in page.iter(BLOCKS):
        if block.tag in HEADINGS:
            place = " ".join(words_of(block).split())
        own = (
            part if isinstance(part, str) else words_of(part)
            for part in children(block)
            if isinstance(part, str) or part.tag not in BLOCKS
        )
        words = " ".join("".join(own).split())
        if words:
            holder = next(block.iterancestors(HOLDERS), None)
            found.append((numbers.get(holder, f"under “{place}”" if place else ""), words))
    return found


def _numbers(page):
    """The number in the caption of each figure and table: to look for it from each cell takes minutes."""
    numbers = {}
    for mark in select(page, ".caption-number"):
        for holder in mark.iterancestors(HOLDERS):
            numbers.setdefault(holder, words_of(mark).strip())
    return numbers


def _tables(one, other):
    ours, theirs = (list(csv.reader(io.StringIO(text.decode("utf-8")))) for text in (one, other))
    if not ours or not theirs or ours[0] != theirs[0] or len(ours) != len(theirs):
        return _lines(one, other)
    heads = ours[0]
    return [
        (f"line {line}, column {head}", a, b)
        for line, (row, counterpart) in enumerate(zip(ours, theirs, strict=True), 1)
        for head, a, b in zip(heads, row, counterpart, strict=False)
        if a != b
    ]


def _drawings(one, other):
    ours, theirs = (re.findall(r">([^<>]*\S[^<>]*)<", drawing.decode("utf-8")) for drawing in (one, other))
    found = [("the letters of the figure", a, b) for _, a, b in _changed(ours, theirs)]
    return found or [(f"the drawing, {place}", a, b) for place, a, b in _lines(one, other)]


def _documents(one, other):
    """Files inside the PDF, then the text of each page."""
    import pypdfium2  # only a difference asks for it

    with pypdfium2.PdfDocument(one) as published, pypdfium2.PdfDocument(other) as rebuilt:
        found = []
        inside, pages = ([read(document) for document in (published, rebuilt)] for read in (_attachments, _page_texts))
    for name in sorted(inside[0].keys() | inside[1].keys()):
        a, b = (files.get(name) for files in inside)
        if a is None or b is None:
            found.append((f"attachment {name}", *("no such file" if part is None else "a file" for part in (a, b))))
        elif a != b:
            found += [
                (f"attachment {name}, {place}".removesuffix(", "), x, y) for place, x, y in _explained(name, a, b)
            ]
    if len(pages[0]) != len(pages[1]):
        found.append(("", *(f"{len(texts)} pages" for texts in pages)))
    for number, texts in enumerate(zip(*pages, strict=False), 1):
        found += [(f"page {number}", x, y) for _, x, y in _changed(*texts)]
    return found


def _attachments(document):
    files = (document.get_attachment(number) for number in range(document.count_attachments()))
    return {file.get_name(): bytes(file.get_data()) for file in files}


def _page_texts(document):
    """The lines of each page."""
    return [page.get_textpage().get_text_range().splitlines() for page in document]
