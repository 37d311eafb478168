"""Lines of code that are too long for their place, broken where a reader would break them."""

import re

from bookpress.markup.fonts import text_width

from ..columns import unbreakable

SIZE = 7.9  # points; report.typ sets the same
INSET = 14.0  # points, both sides together; report.typ sets the same
SIGN = 2  # letters that the sign of a line that goes on takes; report.typ draws it so wide


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
