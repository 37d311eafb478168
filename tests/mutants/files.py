"""Mutants of files: header, lines, quotation, encoding."""

import csv

from azawad_conflict.checks.faults import FILE, ROW
from mutants.package import ANYWHERE, Mutant, csv_bytes


def file_mutants(table):
    """A mutant per way to break the file of a table."""
    return [
        Mutant(
            "file",
            kind,
            table.name,
            place if place == ANYWHERE else (table.file, *place),
            words,
            edit=(table.file, edit),
            touches=frozenset() if place == ANYWHERE else frozenset([table.file]),
        )
        for kind, edit, place, words in _broken_files(table)
    ]


def _broken_files(table):
    """(kind, function from the bytes of the file to new ones, place in the file, words of the fault)."""
    header, rows, last = table.header, table.rows, table.header[-1]
    middle = len(rows) // 2  # number of a row
    line, end, width = middle + 2, len(rows) + 1, len(header)
    key = header[0]

    yield "header names swapped", _with_header([header[1], header[0], *header[2:]]), (1, ROW), "columns in the order"
    yield "key column missing", _written(_reordered(table, range(1, width))), (1, key), "the column is missing"
    yield "last column missing", _written(_reordered(table, range(width - 1))), (1, last), "the column is missing"
    yield (
        "header name misspelt",
        _with_header([*header[:-1], f"{last}x"]),
        (1, f"{last}x"),
        "is not in datapackage.json",
    )
    yield "header name in capitals", _with_header([*header[:-1], last.upper()]), (1, last), "the column is missing"
    yield "header name blank", _with_header([*header[:-1], ""]), (1, ROW), 'column "" is not in datapackage.json'
    yield "header name twice", _with_header([*header[:-1], key]), (1, key), "the column is there twice"
    yield (
        "column twice",
        _written(_reordered(table, [*range(width), width - 1])),
        (1, last),
        "the column is there twice",
    )
    yield (
        "column added",
        _written([[*row, "extra"] for row in (header, *rows)]),
        (1, "extra"),
        "is not in datapackage.json",
    )
    # A blank in the row that is taken for the header concerns that line as a whole.
    without = ((1, ROW), 'column "" is not') if "" in rows[0] else ((1, key), "the column is missing")
    yield "no header", lambda content: content.split(b"\n", 1)[1], *without

    short, long = rows[middle][:-1], [*rows[middle], ""]
    yield "cell too few", _with_line(line, csv_bytes([short])), (line, ROW), f"{width - 1} cells, expected {width}"
    yield "cell too many", _with_line(line, csv_bytes([long])), (line, ROW), f"{width + 1} cells, expected {width}"
    yield (
        "row twice",
        lambda content: content + csv_bytes([rows[middle]]),
        (end + 1, key),
        f"stands in line {line} already",
    )
    yield "blank line", _before_line(line, b"\n"), (line, ROW), "a blank line"
    for mark in (b"<<<<<<< HEAD", b"=======", b">>>>>>> other"):
        kind = f"merge conflict mark {mark[:7].decode()}"
        yield kind, _before_line(line, mark + b"\n"), (line, ROW), "a merge conflict mark"

    yield "cut in a row", lambda content: content[: content.rindex(b"\n", 0, -1)] + b"\ncut", (end, ROW), "1 cell"
    quoted = csv_bytes([rows[-1]], quoting=csv.QUOTE_ALL)
    cut = _with_line(end, quoted)
    yield "cut in a quoted cell", lambda content: cut(content)[:-2], (end, ROW), "a broken quotation"
    yield "no newline at the end", lambda content: content[:-1], (end, FILE), "the file may be cut short"
    yield "quotation left open", _before_line(line, b'"'), (line, ROW), "a broken quotation"
    yield (
        "quote in a bare cell",
        _with_line(line, b'"a"b,' + csv_bytes([rows[middle]])),
        (line, ROW),
        "a broken quotation",
    )
    yield "last row lost", lambda content: content[: content.rindex(b"\n", 0, -1) + 1], ANYWHERE, ""
    yield "empty file", lambda content: b"", (1, FILE), "the file is empty"
    yield "newline alone", lambda content: b"\n", (1, key), "the column is missing"
    yield "header alone", lambda content: content.split(b"\n", 1)[0] + b"\n", (1, FILE), "the table has no rows"
    yield "file missing", lambda content: None, (1, FILE), "the file is missing"

    yield "Latin-1 byte", _before_line(line, b"\xe9"), (line, FILE), "byte 0xe9 is not UTF-8"
    yield "UTF-16", lambda content: content.decode().encode("utf-16"), (1, FILE), "is not UTF-8"
    yield "UTF-16 without mark", lambda content: content.decode().encode("utf-16-le"), (1, key), "the column is missing"
    yield "byte order mark", lambda content: b"\xef\xbb\xbf" + content, (1, FILE), "a byte order mark"
    yield "CRLF", lambda content: content.replace(b"\n", b"\r\n"), (1, FILE), "a carriage return"
    yield "CRLF in one line", _before_line(line, b"\r\n", 1), (line - 1, FILE), "a carriage return"
    for name, mark in (("semicolons", ";"), ("tabs", "\t")):
        written = _written([header, *rows], delimiter=mark)
        yield f"{name} between cells", written, (1, key), "the column is missing"
    huge = csv_bytes([[*rows[middle][:-1], "x" * 1_000_000]])
    yield "cell of 1 MB", _with_line(line, huge), (line, last), "has 1,000,000 characters"
    yield "workbook instead", lambda content: b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xb5\xb6", (1, FILE), "is not UTF-8"
    yield "web page instead", lambda content: b"<!DOCTYPE html>\n<p>404</p>\n", (1, key), "the column is missing"


def _written(rows, **options):
    return lambda content: csv_bytes(rows, **options)


def _reordered(table, positions):
    """Header and rows with these columns alone, in this order."""
    return [[row[position] for position in positions] for row in (table.header, *table.rows)]


def _with_header(names):
    return _with_line(1, csv_bytes([names]))


def _with_line(number, new):
    def edit(content):
        lines = content.splitlines(keepends=True)
        return b"".join([*lines[: number - 1], new, *lines[number:]])

    return edit


def _before_line(number, new, overwritten=0):
    """Bytes put in before a line, over so many of the bytes before it."""

    def edit(content):
        start = sum(map(len, content.splitlines(keepends=True)[: number - 1]))
        return content[: start - overwritten] + new + content[start:]

    return edit
