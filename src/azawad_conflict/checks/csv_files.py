"""CSV files as text: what can be wrong with a file before its columns mean anything.

The cells come back as text in a frame whose index is the physical line that the row starts on, so
that every later fault can say where it is. A regular file is read by pandas, in half the time; any
other by the csv module of the standard library, because it alone counts lines. The columns are
categories: most cells stand in many rows, and whatever is asked of a cell is asked once.
"""

import csv
import re
import unicodedata
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd

from azawad_conflict.checks.faults import FILE, ROW, Fault, quoted

LONGEST_CELL = 2_000  # characters
MERGE_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})( |$)")
PIECE = 2**20  # bytes
QUOTE, COMMA, END = b'",\n'
# A blank line, and what may begin a byte order mark or the mark of a merge conflict.
ODD_STARTS = b"\n\xef<|=>"
# The largest size that every platform takes, so that an oversized cell is reported, not raised.
LARGEST_FIELD = 2**31 - 1

# Words of ASCII with single spaces have none of the faults below.
PLAIN = re.compile("[!-~]+(?: [!-~]+)*")
# Each other cell is searched for these; the first that matches is reported.
CELL_FAULTS = [
    (re.compile("[\n\v\f\x85\u2028\u2029]"), "a line break in the cell", "one line"),
    (re.compile("\ufffd"), "a character that was lost (U+FFFD)", "the character itself, in UTF-8"),
    (
        re.compile(
            "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
            "\ue000-\uf8ff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
        ),
        "a control or invisible character",
        "none",
    ),
    # UTF-8 read as Latin-1 or Windows-1252 and saved: "é" has become two characters, a curly quote
    # three.
    (
        re.compile("\u00c3[\x80-\xbf]|\u00c2[\xa0-\xbf]|\u00e2\u20ac"),
        "text that was decoded twice",
        "the characters themselves",
    ),
    (re.compile(r"^\s|\s\Z|\s\s|[^\S ]"), "stray white space", "single ordinary spaces between words"),
]
# The signs, and their full-width forms, which some spreadsheets run too.
FORMULA = re.compile("[=+@\uff1d\uff0b\uff0d\uff20-]")
PLAIN_TEXT = re.compile(f"(?!{FORMULA.pattern}){PLAIN.pattern}")


def read_cells(path: Path, columns: list[str]) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Cells of a CSV file as text, one row per record; and the faults of the file.

    Returns (cells, faults). cells has the index `line` and those of `columns` that the file has, in
    that order, each a category of its distinct texts; it is None when the file is missing or its
    records cannot be told apart. Ragged rows are kept, cut or filled with blanks: other tables may
    point to them.
    """
    if not path.is_file():
        return None, [Fault(path.name, 1, FILE, "the file is missing", "the file that datapackage.json names")]
    content = path.read_bytes()
    if (cells := _regular(content, columns)) is not None:
        return _distinct(cells), []
    text, faults = _decoded(content, path.name)
    marks = {number for number, line in enumerate(text.split("\n"), 1) if MERGE_MARK.match(line)}
    faults += [Fault(path.name, line, ROW, "a merge conflict mark", "one side of the conflict") for line in marks]
    try:
        records = _records(text)
    except csv.Error as error:
        line, reason = error.args
        return None, [*faults, Fault(path.name, line, ROW, f"a broken quotation ({reason})", "quotes in pairs")]
    if not records:
        return None, [*faults, Fault(path.name, 1, FILE, "the file is empty", "a header and rows")]
    header = records.pop(1)
    rows = {line: record for line, record in records.items() if line not in marks}
    faults += _header_faults(header, columns, path.name)
    faults += _shape_faults(rows, len(header), path.name)
    filled = [(record + [""] * len(header))[: len(header)] for record in rows.values()]
    table = pd.DataFrame(filled, index=list(rows), columns=range(len(header)), dtype=object)
    cells = {name: table[header.index(name)] for name in columns if name in header}
    return _distinct(pd.DataFrame(cells, index=table.index)), faults


def _regular(content, columns):
    """The cells of a file with this header that has no fault as a file, and a line for each record; None for any other."""
    if content.count(b"\n") < 2 or not all(_is_regular(piece, len(columns)) for piece in _pieces(content)):
        return None
    try:
        table = pd.read_csv(BytesIO(content), header=None, dtype=object, na_filter=False, skip_blank_lines=False)
    except UnicodeDecodeError:
        return None
    has_header = table.iloc[0].tolist() == columns
    return table.set_axis(columns, axis="columns").set_axis(table.index + 1)[1:] if has_header else None


def _pieces(content):
    """The content in pieces of whole lines: to ask the system for memory of its size, time and again, takes longer than to look at it."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + PIECE) + 1 or len(content)
        yield content[start:end]
        start = end


def _is_regular(content, width):
    """Whether each line has so many cells, and quotes stand around whole cells alone; False also where it is hard to tell."""
    if not content.endswith(b"\n") or b"\r" in content:
        return False
    text = np.frombuffer(content, dtype=np.uint8)
    quotes = np.flatnonzero(text == QUOTE)
    marks = np.flatnonzero((text == COMMA) | (text == END))
    marks = marks[np.searchsorted(quotes, marks) % 2 == 0]  # the others stand within quotes
    before, after = text[quotes[::2] - 1], text[quotes[1::2] + 1]  # before the first byte stands the last, an END
    if not all(np.isin(beside, [QUOTE, COMMA, END]).all() for beside in (before, after)):
        return False
    count = content.count(b"\n")
    if len(marks) != count * width:
        return False
    kinds = text[marks].reshape(count, width)
    starts = np.append(0, marks[width - 1 : -1 : width] + 1)
    return (
        (kinds[:, :-1] == COMMA).all()
        and (kinds[:, -1] == END).all()
        and not np.isin(text[starts], list(ODD_STARTS)).any()
    )


def among(column: pd.Series, odd: list[str]) -> pd.Series:
    """The cells of a column that are among the odd ones, of which there are hardly ever any."""
    return column[column.isin(odd)] if odd else column.iloc[:0]


def _distinct(cells):
    """The cells as categories, which are in the order of their first row."""
    columns = {name: pd.factorize(column.to_numpy()) for name, column in cells.items()}
    return pd.DataFrame(
        {
            name: pd.Categorical.from_codes(codes, pd.Index(texts, dtype=object))
            for name, (codes, texts) in columns.items()
        },
        index=cells.index.rename("line"),
    )


def cell_faults(cells: pd.DataFrame, text_columns: list[str], file: str) -> list[Fault]:
    """Faults of any cell: breaks, control characters, white space, length, a formula in a text."""
    faults = []
    for name, column in cells.items():
        texts, is_text = column.cat.categories.tolist(), name in text_columns
        suspected = () if _are_plain(texts, is_text) else texts
        reasons = {text: reason for text in suspected if (reason := _cell_reason(text, is_text))}
        for line, cell in among(column, list(reasons)).items():
            problem, expected = reasons[cell]
            faults.append(Fault(file, int(line), str(name), f"{quoted(cell)} {problem}", expected))
    return faults


def _are_plain(texts, is_text):
    """Whether no text has a fault, as far as letters tell; False where they do not."""
    is_plain = (PLAIN_TEXT if is_text else PLAIN).fullmatch
    return all(map(is_plain, filter(None, texts))) and max(map(len, texts), default=0) <= LONGEST_CELL


def _cell_reason(cell, is_text):
    """What is wrong with a cell and what was expected, or None."""
    if len(cell) > LONGEST_CELL:
        return f"has {len(cell):,} characters", f"at most {LONGEST_CELL:,}"
    if not PLAIN.fullmatch(cell):
        for pattern, problem, expected in CELL_FAULTS:
            if pattern.search(cell):
                return f"has {problem}", expected
        if not unicodedata.is_normalized("NFC", cell):
            return "has a letter that is not composed: it looks like another one", "Unicode NFC"
    if is_text and FORMULA.match(cell):
        return f"starts with {cell[0]}, which a spreadsheet runs as a formula", "text that starts otherwise"
    return None


def _decoded(content, file):
    """The text of a file with plain line ends, and the faults of its encoding."""
    faults = []
    if content.startswith(b"\xef\xbb\xbf"):
        faults.append(Fault(file, 1, FILE, "a byte order mark", "UTF-8 without one"))
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(file, line, FILE, f"byte 0x{content[error.start]:02x} is not UTF-8", "UTF-8"))
        text = content.decode("utf-8", errors="replace")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        faults.append(Fault(file, line, FILE, "a carriage return (CR)", "lines that end with LF alone"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text and not text.endswith("\n"):
        line = text.count("\n") + 1
        faults.append(Fault(file, line, FILE, "no newline at the end: the file may be cut short", "a last newline"))
    return text, faults


def _records(text):
    """First line to record. Raises csv.Error with line and reason."""
    records = {}
    with _field_size(LARGEST_FIELD):
        reader = csv.reader(_lines(text), strict=True)
        start = 1
        try:
            for record in reader:
                records[start] = record
                start = reader.line_num + 1
        except csv.Error as error:
            raise csv.Error(start, str(error)) from None
    return records


def _lines(text):
    """Lines with their ends; str.splitlines also splits at characters that end no line of CSV."""
    return (line + "\n" for line in text.removesuffix("\n").split("\n")) if text else ()


@contextmanager
def _field_size(limit):
    """csv.field_size_limit for the length of a block: it is a setting of the whole process."""
    before = csv.field_size_limit(limit)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _header_faults(header, columns, file):
    if header == columns:
        return []
    faults = [
        Fault(file, 1, name, "the column is missing", "the column, as in datapackage.json")
        for name in columns
        if name not in header
    ]
    faults += [
        Fault(file, 1, name or ROW, f"column {quoted(name)} is not in datapackage.json", "no such column")
        for name in header
        if name not in columns
    ]
    faults += [
        Fault(file, 1, name, "the column is there twice", "each column once")
        for name in columns
        if header.count(name) > 1
    ]
    return faults or [Fault(file, 1, ROW, f"columns in the order {','.join(header)}", ",".join(columns))]


def _shape_faults(rows, width, file):
    if not rows:
        return [Fault(file, 1, FILE, "the table has no rows", "at least one")]
    faults = []
    for line, record in rows.items():
        if not record:
            faults.append(Fault(file, line, ROW, "a blank line", "a row"))
        elif len(record) != width:
            cells = "1 cell" if len(record) == 1 else f"{len(record)} cells"
            faults.append(Fault(file, line, ROW, cells, f"{width}, as in the header"))
    return faults
