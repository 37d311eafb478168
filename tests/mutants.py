"""Mutants of the data package: each breaks a copy in one way, and says where the check has to find it.

Most are generated from datapackage.json, so that a new table or column brings its own. `python tests/mutants.py` prints
how many of each kind the check refuses; with --alone it checks each in a copy of its own, which takes a while.
"""

import csv
import io
import json
import re
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from azawad_conflict import tables
from azawad_conflict.checks.columns import EDTF
from azawad_conflict.checks.faults import FILE, ROW
from azawad_conflict.checks.rules import missing_tables
from azawad_conflict.checks.rules.order import SORTED_BY
from azawad_conflict.tables import DESCRIPTOR, REPOSITORY

BIBLIOGRAPHY = "references.bib"
ROWS_PER_BATCH = 8  # rows of one column that are broken at once
ANYWHERE = (None, None, None)  # what is lost leaves no place: the fault is where something pointed to it

# Values that a type refuses, each with its kind.
NOT_A_WHOLE_NUMBER = {"word": "four", "decimal": "1.5", "exponent": "1e3", "thousands": "1,000", "other digits": "٣"}
NOT_A_NUMBER = {
    "word": "north",
    "decimal comma": "16,27",
    "exponent": "1e1",
    "not a number": "nan",
    "hemisphere": "16N",
}
NOT_A_DAY = {
    "word": "soon",
    "no such day": "2013-02-30",
    "day first": "31/12/2012",
    "month": "2012-12",
    "no hyphens": "20121231",
}
NOT_EDTF = {
    "word": "soon",
    "no such day": "2013-02-29",
    "day first": "27/06/2012",
    "season": "2012-21",
    "uncertain": "2012-06?",
    "other digits": "٢٠١٢",
    "interval of three": "2012/2013/2014",
    "interval backwards": "2013-05/2013-04",
}
# Characters that no cell may hold, with what the check calls them.
CHARACTERS = {
    "NUL": ("\x00", "a control or invisible character"),
    "bell": ("\x07", "a control or invisible character"),
    "escape": ("\x1b", "a control or invisible character"),
    "soft hyphen": ("\u00ad", "a control or invisible character"),
    "Arabic letter mark": ("\u061c", "a control or invisible character"),
    "zero-width space": ("\u200b", "a control or invisible character"),
    "right-to-left mark": ("\u200f", "a control or invisible character"),
    "right-to-left override": ("\u202e", "a control or invisible character"),
    "right-to-left isolate": ("\u2067", "a control or invisible character"),
    "byte order mark inside": ("\ufeff", "a control or invisible character"),
    "annotation mark": ("\ufff9", "a control or invisible character"),
    "tag character": ("\U000e0041", "a control or invisible character"),
    "private character": ("\ue000", "a control or invisible character"),
    "lost character": ("\ufffd", "a character that was lost"),
    "no-break space": ("\u00a0", "stray white space"),
    "tab": ("\t", "stray white space"),
    "two spaces": ("  ", "stray white space"),
    "line separator": ("\u2028", "a line break"),
    "vertical tab": ("\v", "a line break"),
    "letter in parts": ("e\u0301", "not composed"),
    "decoded twice": ("Ã©", "decoded twice"),
    "quotation mark decoded twice": ("â€™", "decoded twice"),
}


@dataclass(frozen=True)
class Mutant:
    """One way to break the package, and the fault that the check owes for it.

    cells : (file, row, column, value) of the cells that change; rows are counted from 0.
    edit : instead of cells, (file, function from its bytes to the new ones; None for no file).
    touches : what no other mutant of the same batch may touch; empty for a mutant that has to be alone.
    place, words : file, line and column of the fault, and a part of what it says.
    """

    level: str
    kind: str
    target: str
    place: tuple
    words: str
    cells: tuple = ()
    edit: tuple[str, Callable] | None = None
    touches: frozenset = frozenset()

    @property
    def name(self):
        return f"{self.target}: {self.kind}"


@dataclass(frozen=True)
class Table:
    """A CSV file of the package as it should be. The line of a row is its number + 2: no cell holds a line break."""

    resource: dict
    header: list
    rows: list

    @property
    def name(self):
        return self.resource["name"]

    @property
    def file(self):
        return self.resource["path"]

    @property
    def fields(self):
        return self.resource["schema"]["fields"]

    def column(self, name):
        return [row[self.header.index(name)] for row in self.rows]

    def records(self):
        return [dict(zip(self.header, row)) for row in self.rows]


def read_package():
    """The tables of the project's own package, by name."""
    package = {}
    for resource in tables.schema()["resources"]:
        header, *rows = csv.reader((REPOSITORY / "data" / resource["path"]).read_text(encoding="utf-8").splitlines())
        package[resource["name"]] = Table(resource, header, rows)
    return package


def all_mutants():
    """Every mutant, in an order that stays the same."""
    package = read_package()
    return [
        *(mutant for table in package.values() for mutant in cell_mutants(table)),
        *(mutant for table in package.values() for mutant in file_mutants(table)),
        *rule_mutants(package),
        *bibliography_mutants(package),
        *descriptor_mutants(package),
    ]


# Cells: what the schema says of a column, and what no cell may hold


def cell_mutants(table):
    """A mutant per column and way to break one of its cells."""
    mutants = []
    for position, field in enumerate(table.fields):
        for number, (kind, value, words) in enumerate(_broken_cells(table, field)):
            # The first row stays whole, for keys to be repeated, and so does the last, which may grow a line.
            row = 1 + (position + number % ROWS_PER_BATCH) % (len(table.rows) - 2)
            if "\n" in value:
                row = len(table.rows) - 1
            cell = (table.file, row, field["name"])
            mutants.append(
                Mutant(
                    "cell",
                    kind,
                    f"{table.name}.{field['name']}",
                    (table.file, row + 2, field["name"]),
                    words,
                    cells=((*cell, value),),
                    touches=frozenset([cell]),
                )
            )
    return mutants


def _broken_cells(table, field):
    """(kind, value, words of the fault) for one column."""
    limits = field.get("constraints", {})
    present = next((value for value in table.column(field["name"]) if value), "filled")
    yield from _wrong_types(field)
    if limits.get("required"):
        yield "blank", "", "blank, expected a value"
    if "enum" in limits:
        for kind, value in (("unlisted", "unlisted"), ("in capitals", present.upper()), ("cut", present[:-1])):
            yield f"{kind} value of an enum", value, "is not allowed"
    for kind, value in _misfits(limits.get("pattern"), present):
        yield kind, value, "does not match the pattern"
    if "minimum" in limits:
        yield "below the minimum", str(limits["minimum"] - 1), "is below the minimum"
    if "maximum" in limits:
        yield "above the maximum", str(limits["maximum"] + 1), "is above the maximum"
    if limits.get("unique") or field["name"] == table.resource["schema"]["primaryKey"]:
        yield "repeated key", table.column(field["name"])[0], "stands in line 2 already"
    if field["name"] in _pointers(table):
        yield "unknown key", "nobody", '"nobody" is not in'
    if "separator" in field:
        item, mark = present.split(field["separator"])[0], field["separator"]
        yield "blank item of a list", f"{item}{mark}", "has a blank item"
        yield "item twice in a list", f"{item}{mark}{item}", "names an item twice"
        yield "space in a list", f"{item}{mark} {item}", "has a space beside"
        if "references" in field:
            yield "unknown key in a list", f"{item}{mark}nobody", '"nobody" is not in'
    for mark in "=+-@＝＋－＠":
        words = f"starts with {mark}" if field["type"] == "string" else "is not a"
        yield f"formula ({mark})", f"{mark}SUM(A1)", words
    for kind, (character, words) in CHARACTERS.items():
        yield kind, f"A{character}B", words
    yield "leading blank", f" {present}", "stray white space"
    yield "trailing blank", f"{present} ", "stray white space"
    yield "line break", "one\ntwo", "a line break"
    yield "too long", "x" * 2001, "has 2,001 characters"


def _wrong_types(field):
    if field.get("rdfType") == EDTF:
        for kind, value in NOT_EDTF.items():
            words = "an interval that ends before it starts" if kind == "interval backwards" else "is not a date"
            yield f"{kind} for a date", value, words
    kinds = {
        "integer": (NOT_A_WHOLE_NUMBER, "is not a whole number"),
        "number": (NOT_A_NUMBER, "is not a number"),
        "date": (NOT_A_DAY, "is not a day"),
    }
    values, words = kinds.get(field["type"], ({}, ""))
    for kind, value in values.items():
        yield f"{kind} for {_a(field['type'])}", value, words


def _a(word):
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _misfits(pattern, present):
    """Values that a pattern refuses. Addresses are tried with the schemes that a browser would run or guess."""
    if pattern is None:
        return
    tries = {"pattern": "?", "pattern at the end": f"{present}?", "pattern at the start": f"?{present}"}
    if re.fullmatch(pattern, "https://example.org"):
        tries |= {
            "script as address": "javascript:alert(1)",
            "data as address": "data:text/html,A",
            "bare address": "example.org",
        }
        tries |= {
            "address with markup": 'https://example.org/"><script>',
            "two addresses": "https://a.org https://b.org",
        }
    for kind, value in tries.items():
        # A question mark may end an address.
        if "address" in kind or not re.fullmatch(pattern, value):
            yield kind, value


def _pointers(table):
    """Columns with a foreign key."""
    return {key["fields"] for key in table.resource["schema"].get("foreignKeys", [])}


# Files


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
    yield "cell too few", _with_line(line, _csv([short])), (line, ROW), f"{width - 1} cells, expected {width}"
    yield "cell too many", _with_line(line, _csv([long])), (line, ROW), f"{width + 1} cells, expected {width}"
    yield "row twice", lambda content: content + _csv([rows[middle]]), (end + 1, key), f"stands in line {line} already"
    yield "blank line", _before_line(line, b"\n"), (line, ROW), "a blank line"
    for mark in (b"<<<<<<< HEAD", b"=======", b">>>>>>> other"):
        kind = f"merge conflict mark {mark[:7].decode()}"
        yield kind, _before_line(line, mark + b"\n"), (line, ROW), "a merge conflict mark"

    yield "cut in a row", lambda content: content[: content.rindex(b"\n", 0, -1)] + b"\ncut", (end, ROW), "1 cell"
    quoted = _csv([rows[-1]], quoting=csv.QUOTE_ALL)
    cut = _with_line(end, quoted)
    yield "cut in a quoted cell", lambda content: cut(content)[:-2], (end, ROW), "a broken quotation"
    yield "no newline at the end", lambda content: content[:-1], (end, FILE), "the file may be cut short"
    yield "quotation left open", _before_line(line, b'"'), (line, ROW), "a broken quotation"
    yield "quote in a bare cell", _with_line(line, b'"a"b,' + _csv([rows[middle]])), (line, ROW), "a broken quotation"
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
    huge = _csv([[*rows[middle][:-1], "x" * 1_000_000]])
    yield "cell of 1 MB", _with_line(line, huge), (line, last), "has 1,000,000 characters"
    yield "workbook instead", lambda content: b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xb5\xb6", (1, FILE), "is not UTF-8"
    yield "web page instead", lambda content: b"<!DOCTYPE html>\n<p>404</p>\n", (1, key), "the column is missing"


def _csv(rows, **options):
    """Rows as the bytes of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", **options).writerows(rows)
    return text.getvalue().encode()


def _written(rows, **options):
    return lambda content: _csv(rows, **options)


def _reordered(table, positions):
    """Header and rows with these columns alone, in this order."""
    return [[row[position] for position in positions] for row in (table.header, *table.rows)]


def _with_header(names):
    return _with_line(1, _csv([names]))


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


# Rules between columns and tables


def rule_mutants(package):
    """Mutants of cells that are right by themselves and wrong beside others."""
    mutants = []
    for table in package.values():
        for breaks in (_numbers_out_of_order, _dates_far_away, _unknown_rows, _places_moved):
            mutants += breaks(table)
    mutants += _spells_that_overlap(package["control_spells"])
    mutants += _backwards(package["control_spells"], "start", "end", "does not come after start")
    mutants += _backwards(package["phases"], "first_day", "last_day", "comes before first_day")
    mutants += _events_outside_their_phase(package["events"], package["phases"])
    mutants += _rows_out_of_order(package)
    mutants += _circular_actors(package["actors"])
    return mutants


def _rule_mutant(kind, table, row, values, column, words, at_row=None):
    """A mutant of cells of one row. at_row: the other row of the pair, when the rule puts the fault there."""
    return Mutant(
        "rule",
        kind,
        f"{table.name}.{column}[{table.rows[row][0]}]",
        (table.file, (row if at_row is None else at_row) + 2, column),
        words,
        cells=tuple((table.file, row, name, value) for name, value in values.items()),
        touches=frozenset((table.file, place) for place in {row, row if at_row is None else at_row}),
    )


def _numbers_out_of_order(table):
    """low, best and high against their order, and against the reason that stands for a number; each row in one way."""
    if not {"low", "best", "high", "reason"} <= set(table.header):
        return
    used = Counter()
    for row, record in enumerate(table.records()):
        # The way that was used least so far, so that each has its turn.
        kind, values, column, words = min(_broken_numbers(record), key=lambda way: used[way[0]], default=[None] * 4)
        if kind:
            used[kind] += 1
            yield _rule_mutant(kind, table, row, values, column, words)


def _broken_numbers(record):
    """(kind, cells, column and words of the fault) for one row of numbers."""
    low, best, high = (int(record[name]) if record[name] else None for name in ("low", "best", "high"))
    ways = []
    if best is not None:
        ways.append(("low above best", {"low": str(best + 1)}, "low", f"low {best + 1} is above best"))
    if best is not None and low is not None and high is None:
        ways.append(("best above an open end", {"best": str(low + 1)}, "best", "without a high"))
    if best is not None and high is not None:
        ways.append(("best above high", {"best": str(high + 1)}, "best", "is above high"))
    if best is None and low is not None and high is not None:
        ways.append(("low above high", {"low": str(high + 1)}, "low", "is above high"))
    if record.get("counted", "yes") == "yes" and (low, best, high) != (None, None, None):
        ways.append(("idle reason", {"reason": "So."}, "reason", "a reason beside a number"))
        blank = {"low": "", "best": "", "high": ""}
        ways.append(("no number and no reason", blank, "reason", "no number and no reason"))
    return ways


def _dates_far_away(table):
    """Each column of dates long before the conflict."""
    for field in table.fields:
        if field["type"] == "date" or field.get("rdfType") == EDTF:
            filled = [row for row, value in enumerate(table.column(field["name"])) if value]
            row = filled[0] if filled else 1
            values = {field["name"]: "1999-12-31"}
            mutant = _rule_mutant("date before the conflict", table, row, values, field["name"], "1999-12-31")
            # Of an actor that ceased too early the rule names the rows in which the actor does something later.
            ceased = {"place": ANYWHERE, "words": "was not active", "touches": frozenset()}
            yield replace(mutant, **ceased) if field["name"] == "active_to" else mutant


def _unknown_rows(table):
    """Lists of sentences and of table:identifier, which no foreign key can hold together."""
    for field in table.fields:
        column = field["name"]
        filled = [row for row, value in enumerate(table.column(column)) if value]
        if column == "base_sentence" and "separator" in field:
            yield _rule_mutant("unknown sentence", table, filled[0], {column: "54"}, column, '"54" is no sentence')
        if column in ("carried_by", "evidence", "row"):
            values = {column: "events:nobody"}
            yield _rule_mutant("unknown row", table, filled[0], values, column, '"nobody" is not in events.csv')
            yield _rule_mutant("unknown table", table, filled[1], {column: "nobody:mnla"}, column, "names no table")


def _places_moved(table):
    """Each place in Mali with its coordinates swapped."""
    if not {"latitude", "longitude", "country"} <= set(table.header):
        return
    for row, record in enumerate(table.records()):
        if record["country"] == "Mali":
            values = {"latitude": record["longitude"], "longitude": record["latitude"]}
            yield _rule_mutant("coordinates swapped", table, row, values, "latitude", "is outside Mali")


def _spells_that_overlap(spells):
    """Each spell made to last longer than the next one of its place. The fault is that of the next one: its start."""
    records = spells.records()
    order = sorted(
        range(len(records)), key=lambda row: [records[row][name] for name in ("reading", "place_id", "start")]
    )
    for row, after in pairwise(order):
        same = all(records[row][name] == records[after][name] for name in ("reading", "place_id"))
        if same and len(records[after]["start"]) == 10:
            day_after = date.fromisoformat(records[after]["start"]) + timedelta(days=1)
            values = {"end": day_after.isoformat()}
            yield _rule_mutant("overlapping spells", spells, row, values, "start", "surely ended", at_row=after)
            yield _rule_mutant("spell without end", spells, row, {"end": ""}, "start", "has no end", at_row=after)


def _backwards(table, first, last, words):
    """Each pair of dates of which both are days, swapped."""
    for row, record in enumerate(table.records()):
        if len(record[first]) == len(record[last]) == 10 and record[first] != record[last]:
            values = {first: record[last], last: record[first]}
            yield _rule_mutant("from and to swapped", table, row, values, last, words)


def _events_outside_their_phase(events, phases):
    """Each event dated to the day, moved to the first day of the phase before its own. The fault is at phase_id."""
    earlier = {}
    for before, phase in zip(phases.records(), phases.records()[1:]):
        earlier[phase["phase_id"]] = before["first_day"]
    for row, record in enumerate(events.records()):
        if record["phase_id"] in earlier and len(record["date"]) == 10:
            values = {"date": earlier[record["phase_id"]]}
            yield _rule_mutant("date outside the phase", events, row, values, "phase_id", "lies outside the phase")


def _rows_out_of_order(package):
    """The first row of each sorted table, moved to its end: it stands too low there."""
    for name, columns in (SORTED_BY | {"casualty_claims": ["claim_id"]}).items():
        table, column = package[name], columns[-1]
        last = len(table.rows) - 1
        swapped = _csv([table.header, *table.rows[1:], table.rows[0]])
        yield Mutant(
            "rule",
            "first row moved to the end",
            name,
            (table.file, last + 2, column),
            "stands too low",
            edit=(table.file, lambda content, swapped=swapped: swapped),
            touches=frozenset((table.file, row) for row in range(len(table.rows))),
        )


def _circular_actors(actors):
    """An actor as part of itself."""
    for row, record in enumerate(actors.records()):
        if record["parent_id"]:
            values = {"parent_id": record["actor_id"]}
            yield _rule_mutant("part of itself", actors, row, values, "parent_id", "is part of itself")


# The bibliography


def bibliography_mutants(package):
    """Mutants of references.bib; where it lacks a source, the fault is in sources.csv."""
    sources = package["sources"]
    lines = _bibliography().read_text(encoding="utf-8").split("\n")
    identifiers = sources.column("source_id")
    with_url = [record["source_id"] for record in sources.records() if record["url"]]
    without_url = [record["source_id"] for record in sources.records() if not record["url"]]

    def line_of(identifier):
        return next(number for number, line in enumerate(lines, 1) if line.endswith(f"{{{identifier},"))

    def entry_mutant(kind, identifier, column, words, field, place=None):
        """A mutant of one entry: a field put in front of the others, or another key."""
        old = f"{{{identifier},"
        new = f"{old} {field}," if field else f"{{{identifier}_x,"
        edit = (BIBLIOGRAPHY, lambda content: content.replace(old.encode(), new.encode(), 1))
        place = place or (BIBLIOGRAPHY, line_of(identifier), column)
        return Mutant("bibliography", kind, BIBLIOGRAPHY, place, words, edit=edit, touches=frozenset([identifier]))

    def file_mutant(kind, place, words, edit):
        return Mutant("bibliography", kind, BIBLIOGRAPHY, place, words, edit=(BIBLIOGRAPHY, edit))

    lost = ("sources.csv", identifiers.index(with_url[0]) + 2, "source_id")
    twice = f"\n@misc{{{with_url[0]},}}\n".encode()
    whole = (BIBLIOGRAPHY, 1, FILE)
    return [
        entry_mutant("entry missing", with_url[0], "source_id", "is not in references.bib", "", lost),
        entry_mutant("entry without a source", with_url[1], "source_id", "_x is not in sources.csv", ""),
        entry_mutant("other address", with_url[2], "url", "is not the url in", "url = {https://example.org/}"),
        entry_mutant("script as address", with_url[3], "url", "is no web address", "url = {javascript:alert(1)}"),
        entry_mutant(
            "script, no address in sources", without_url[0], "url", "is no web address", "url = {javascript:alert(1)}"
        ),
        file_mutant("entry twice", whole, "not read as BibTeX", lambda content: content + twice),
        file_mutant("Latin-1 byte", whole, "not read as BibTeX", lambda content: b"% \xe9\n" + content),
        file_mutant("empty file", ("sources.csv", 2, "source_id"), "is not in references.bib", lambda content: b""),
        file_mutant(
            "cut file", (BIBLIOGRAPHY, len(lines) - 2, FILE), "not read as BibTeX", lambda content: content[:-3]
        ),
    ]


def _bibliography():
    return REPOSITORY / "book" / BIBLIOGRAPHY


# The descriptor


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
    """The first table with a key to it, else the resource that a rule misses, else its file."""
    for other in package.values():
        keys = other.resource["schema"].get("foreignKeys", [])
        targets = [key["reference"]["resource"] for key in keys]
        targets += [field["references"].split(".")[0] for field in other.fields if "references" in field]
        if other is not table and table.name in targets:
            return (DESCRIPTOR, 1, other.name), f" to {table.name}."
    if table.name in {fault.column for fault in missing_tables({"resources": []})}:
        return (DESCRIPTOR, 1, table.name), "the table is missing"
    return (table.file, 1, FILE), "is not in datapackage.json"


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
        ("maximum of a text", {"maximum": 9}, "maximum 9 of type string"),
    ):
        change = lambda r, limits=limits: last(r).update(type="string", constraints=limits)  # noqa: E731
        yield kind, change, DESCRIPTOR, column, words
    yield "no primary key", lambda r: r["schema"].pop("primaryKey"), DESCRIPTOR, name, "key None"
    yield "unknown primary key", lambda r: r["schema"].update(primaryKey="id"), DESCRIPTOR, name, "key id"
    yield "key of two columns", lambda r: r["schema"].update(primaryKey=["a", "b"]), DESCRIPTOR, name, "key ['a', 'b']"
    for kind, key in (
        (
            "foreign key of an unknown column",
            {"fields": "nothing", "reference": {"resource": "", "fields": table.header[0]}},
        ),
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
    yield "separator of nothing", lambda r: last(r).update(separator=""), DESCRIPTOR, column, "separator is blank"
    yield "field missing", lambda r: r["schema"]["fields"].pop(), file, field, "is not in datapackage.json"
    added = {"name": "extra", "type": "string"}
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


# Checking


class Check:
    """A copy of the package in a folder, in which mutants are checked."""

    def __init__(self, root):
        self.folder = Path(shutil.copytree(REPOSITORY / "data", root / "data"))
        (root / "book").mkdir()
        self.bibliography = Path(shutil.copy(_bibliography(), root / "book"))
        self.package = {table.file: table for table in read_package().values()}

    def faults(self, mutants):
        """The faults of the package with all of these mutants in it; the package is whole again afterwards."""
        before = {file: self._path(file).read_bytes() for file in set().union(*map(_files, mutants))}
        try:
            for file, content in self._broken(mutants, before).items():
                if content is None:
                    self._path(file).unlink()
                else:
                    self._path(file).write_bytes(content)
            return tables.check(self.folder)
        finally:
            for file, content in before.items():
                self._path(file).write_bytes(content)

    def survivors(self, mutants):
        """The mutants that the check does not refuse where they are broken, in their order.

        Mutants that touch nothing in common are checked together, since the check says every fault of a package. One
        that is not refused there is checked once more, alone.
        """
        survivors = set()
        for batch in batches(mutants):
            faults = self.faults(batch)
            at = defaultdict(list)
            for fault in faults:
                at[fault.file, fault.line, fault.column].append(fault)
            # Only the faults at its place can be those of a mutant; a big batch has a thousand others.
            left = [
                mutant
                for mutant in batch
                if not refused(mutant, faults if mutant.place == ANYWHERE else at[mutant.place])
            ]
            survivors |= {
                mutant.name for mutant in left if len(batch) == 1 or not refused(mutant, self.faults([mutant]))
            }
        return [mutant for mutant in mutants if mutant.name in survivors]

    def _path(self, file):
        return self.bibliography if file == BIBLIOGRAPHY else self.folder / file

    def _broken(self, mutants, before):
        """The content of each file that the mutants touch."""
        contents, rows = dict(before), {}
        for mutant in mutants:
            for file, row, column, value in mutant.cells:
                table = self.package[file]
                if file not in rows:
                    rows[file] = [list(cells) for cells in table.rows]
                rows[file][row][table.header.index(column)] = value
            if mutant.edit:
                file, edit = mutant.edit
                contents[file] = edit(contents[file])
        return contents | {file: _csv([self.package[file].header, *rows[file]]) for file in rows}


def _files(mutant):
    return {mutant.edit[0]} if mutant.edit else {file for file, *_ in mutant.cells}


def batches(mutants):
    """Mutants that can be checked together: none touches what another one does."""
    alone = []
    levels = defaultdict(list)
    for mutant in mutants:
        levels[mutant.level].append(mutant)
    for level in levels.values():
        together, taken = [], []
        for mutant in level:
            if not mutant.touches:
                alone.append([mutant])
                continue
            free = next((number for number, touched in enumerate(taken) if not touched & mutant.touches), len(taken))
            if free == len(taken):
                together.append([])
                taken.append(set())
            together[free].append(mutant)
            taken[free] |= mutant.touches
        yield from together
    yield from alone


def refused(mutant, faults):
    """True when a fault is where the mutant is broken, and says what is wrong."""
    return any(
        mutant.place in (ANYWHERE, (fault.file, fault.line, fault.column)) and mutant.words in str(fault)
        for fault in faults
    )


def tally(mutants, survivors):
    """Numbers of mutants by level and kind: {(level, kind): (killed, survived)}."""
    total = Counter((mutant.level, mutant.kind) for mutant in mutants)
    survived = Counter((mutant.level, mutant.kind) for mutant in survivors)
    return {kind: (total[kind] - survived[kind], survived[kind]) for kind in total}


def main():
    mutants = all_mutants()
    with tempfile.TemporaryDirectory() as folder:
        check = Check(Path(folder))
        if "--alone" in sys.argv[1:]:
            survivors = [mutant for mutant in mutants if not refused(mutant, check.faults([mutant]))]
        else:
            survivors = check.survivors(mutants)
    counts = tally(mutants, survivors)
    for (level, kind), (killed, survived) in counts.items():
        print(f"{level:14}{kind:45}{killed:6}{survived:6}")
    print(f"{'all':59}{len(mutants) - len(survivors):6}{len(survivors):6}")
    print(*(f"survived: {mutant.name}" for mutant in survivors), sep="\n")


if __name__ == "__main__":
    main()
