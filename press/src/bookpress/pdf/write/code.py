"""Lines of code that are too long for their place, broken where a reader would break them."""

import re

from bookpress.markup.fonts import text_width

from ..columns import unbreakable
from .literals import boolean, quoted

SIZE = 7.9  # points; report.typ sets the same
INSET = 14.0  # points, both sides together; report.typ sets the same
SIGN = 2  # letters that the sign of a line that goes on takes; report.typ draws it so wide
CODE_LINES = 100  # of one element of code
LONG_CODE = 16  # lines; longer code may break over pages, other stays whole


def code_arguments(text, room):
    """The arguments of a block of code as Typst has them, in a place `room` points wide: its parts, and whether it may break over pages."""
    lines = text.split("\n")
    parts = [lines[first : first + CODE_LINES] for first in range(0, len(lines), CODE_LINES)]
    told = ", ".join(f"({quoted(chr(10).join(part))}, {_folds(part, room)})" for part in parts)
    return f"{told}, long: {boolean(len(lines) > LONG_CODE)}"


def _folds(lines, room):
    """The lines that do not fit, by their number from 1: what each is in print."""
    folds = {number: parts for number, line in enumerate(lines, 1) if len(parts := folded(line, room)) > 1}
    told = (f'"{number}": ({", ".join(map(quoted, parts))})' for number, parts in folds.items())
    return f"({', '.join(told) or ':'})"


def folded(line, room):
    """The parts of a line of code that a place `room` points wide has room for: all but the last end with the spaces that they break at."""
    letters = int((room - INSET) / (SIZE * text_width("0", "mono")))
    return _fold(line, letters) if len(line) > letters else [line]


def _fold(line, letters):
    """The parts of one line: it breaks at a space, and a run without one after its marks, as it does in report.typ."""
    parts, room = [""], letters - 1  # the blank that a line breaks at takes room too
    for run in re.findall(r"\s+|\S+", line):
        for piece in unbreakable(run, "mono") if len(run) > letters - SIGN else [run]:
            if len(parts[-1]) + len(piece) > room and parts[-1].strip() and piece.strip():
                parts.append("")
                room = letters - 1 - SIGN
            parts[-1] += piece
    return parts
