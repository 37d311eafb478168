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
    parts = [folded(lines[first : first + CODE_LINES], room) for first in range(0, len(lines), CODE_LINES)]
    told = ", ".join(
        f"({quoted(chr(10).join(part))}, ({''.join(f'{line}, ' for line in going_on)}))" for part, going_on in parts
    )
    return f"{told}, long: {boolean(len(lines) > LONG_CODE)}"


def folded(lines, room):
    """Lines of code as those that a place `room` points wide has room for, and the numbers, from 1, of those that go on from the one before."""
    letters = int((room - INSET) / (SIZE * text_width("0", "mono")))
    printed, going_on = [], []
    for line in lines:
        first, *further = _fold(line, letters) if len(line) > letters else [line]
        printed.append(first)
        for part in further:
            printed.append(part)
            going_on.append(len(printed))
    return printed, going_on


def _fold(line, letters):
    """The parts of one line: it breaks at a space, and a run without one after its marks, as it does in report.typ."""
    parts, room = [""], letters
    for run in re.findall(r"\s+|\S+", line):
        for piece in unbreakable(run, "mono") if len(run) > letters - SIGN else [run]:
            if len(parts[-1]) + len(piece) > room and parts[-1].strip() and piece.strip():
                parts[-1] = parts[-1].rstrip()
                parts.append("")
                room = letters - SIGN
            parts[-1] += piece
    return parts
