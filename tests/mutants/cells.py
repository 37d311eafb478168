"""Mutants of cells: what the schema says of a column, and what no cell may hold."""

import re

from azawad_conflict.checks.columns import EDTF
from mutants.package import Mutant

ROWS_PER_BATCH = 8  # rows of one column that are broken at once


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
