"""Place the names of points on a sheet without collisions, and draw them.

Unit: points (1/72 inch), origin bottom left.
"""

import re
from collections.abc import Callable, Collection
from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from azawad_conflict.figures.parts.style import HALO_GID, MAP_INK, MEASURED_IN

LINE_SPACING = 1.14
# A space at which a line may end: none after a number with a word, none in a range ("8 to 62", "22 à 369").
BREAK = re.compile(r" (?!(?<=\d )\w)(?!(?:(?<=\d[ \u00a0]\w )|(?<=\d[ \u00a0]\w\w )|(?<=\d[ \u00a0]\w\w\w ))\d)")
ASCENT, DESCENT = 0.76, 0.2
GAP = 2.0

# Cost of a position; the lowest free one wins. East of the symbol reads best.
POSITIONS = {"E": 0.0, "W": 1.0, "NE": 1.6, "SE": 1.6, "NW": 2.2, "SW": 2.2, "N": 2.6, "S": 2.8}
# Above or below, flush with the symbol's left or right end, for a symbol in a corner of the map.
POSITIONS |= {"Nl": 9.0, "Nr": 9.0, "Sl": 9.0, "Sr": 9.0}
CLEAR = 2.5  # between labels, so that a leader has one name at its end
LEADER_LENGTHS = {12: 7.0, 24: 11.0, 38: 15.0, 52: 19.0}
COST_PER_LINE_VERTEX = 0.35
# Of the second, third ... wording of a label.
COST_OF_WORDING = (0.0, 3.0, 20.0)
COST_OF_NO_PLACE = 100.0


class Box(NamedTuple):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: "Box") -> bool:
        # Numbers of numpy compare to a truth of its own, which is no bool.
        return bool(
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def inside(self, other: "Box") -> bool:
        return bool(
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )

    def padded(self, margin: float) -> "Box":
        return Box(self.left - margin, self.bottom - margin, self.right + margin, self.top + margin)


class TextLine(NamedTuple):
    """One line of a label."""

    text: str
    size: float
    weight: str = "normal"
    faces: tuple[str, ...] = MEASURED_IN  # that it is measured in, the first that has a letter


class Label(NamedTuple):
    """A label to place: wordings (tuples of lines, the best first), point, radius of the symbol."""

    wordings: tuple[tuple[TextLine, ...], ...]
    x: float
    y: float
    reach: float


class PlacedLabel(NamedTuple):
    """A label in its place: lines aligned to x (left, center, right), baselines, boxes it fills."""

    lines: tuple[TextLine, ...]
    align: str
    x: float
    baselines: tuple[float, ...]
    boxes: tuple[Box, ...]
    leader: tuple[tuple[float, float], tuple[float, float]] | None
    cost: float


@cache
def text_width(line: TextLine) -> float:
    """Width of a line, in the font that it is drawn in."""
    font = FontProperties(family=list(line.faces), size=line.size, weight=line.weight)
    return text_to_path.get_text_width_height_descent(line.text, font, False)[0]


def wrap(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Lines of a text, broken at spaces (not in a range, not after a number) so that each fits the width."""
    lines = []
    for word in filter(None, BREAK.split(text)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(TextLine(longer, size, weight)) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def unbroken(text: str) -> str:
    """The text with no-break spaces in ranges and after numbers, for what breaks lines at all others."""
    return " ".join(part.replace(" ", "\u00a0") for part in BREAK.split(text))


def place_labels(
    labels: dict[str, Label], obstacles: Collection[Box], frame: Box, line_vertices: np.ndarray
) -> dict[str, PlacedLabel | None]:
    """Placed labels by key, None where nothing fits.

    labels : Labels by key, the most important first.
    obstacles : boxes no label may touch.
    frame : box every label must stay in.
    line_vertices : array (n, 2) of points on rivers and borders; covering one has a cost.

    Each label takes its best free place, in the order given. A label without a place may move
    one other label aside. Afterwards each label moves to a better free place while there is one.
    Labels that are left without a place come first in the next trial; the best trial counts.
    """
    candidates = {
        key: sorted(
            (c for c in _candidates(label, line_vertices) if _is_free(c, obstacles, frame)),
            key=lambda candidate: candidate.cost,
        )
        for key, label in labels.items()
    }
    order, best = list(labels), {}
    for _ in labels:
        placed = _placed(order, candidates)
        best = min(best or placed, placed, key=lambda found: sum(_cost(label) for label in found.values()))
        without = [key for key in order if placed[key] is None]
        if not without:
            break
        order = without + [key for key in order if key not in without]
    return {key: best[key] for key in labels}


def _cost(label):
    return label.cost if label else COST_OF_NO_PLACE


def _placed(order, candidates):
    """Place the labels one after the other."""
    placed = {}
    for key in order:
        placed[key] = next((c for c in candidates[key] if not _conflicts(c, placed, key)), None)
    for key in order:
        label = placed[key]
        if label is None or label.cost >= COST_OF_WORDING[-1]:
            _move_one_aside(key, candidates, placed)
    for _ in range(len(order)):
        before = dict(placed)
        for key in order:
            placed[key] = next((c for c in candidates[key] if not _conflicts(c, placed, key)), placed[key])
        if placed == before:
            break
    return placed


def draw_labels(sheet: Axes, placed: dict[str, PlacedLabel | None]) -> None:
    """Draw placed labels, and a leader from each to its symbol, on axes whose unit is the point.

    placed : what place_labels returns; a label without a place is left out.
    """
    for label in filter(None, placed.values()):
        if label.leader:
            sheet.plot(*zip(*label.leader, strict=True), color=MAP_INK, linewidth=0.6)
        for line, baseline in zip(label.lines, label.baselines, strict=True):
            sheet.text(
                label.x,
                baseline,
                line.text,
                size=line.size,
                weight=line.weight,
                ha=label.align,
                color=MAP_INK,
                zorder=5,
                gid=HALO_GID,
            )


def free_position(
    box: Box, obstacles: Collection[Box], frame: Box, reach: float, accepts: Callable[[Box], bool], step: float = 4.0
) -> tuple[float, float] | None:
    """Find the least shift (dx, dy), at most `reach` each, that frees a box from the obstacles.

    Returns None if no shift does.

    accepts : function of the moved box; False refuses the position.
    """
    steps = np.arange(-reach, reach + step, step)
    shifts = sorted(((dx, dy) for dx in steps for dy in steps), key=lambda s: (round(np.hypot(*s), 6), s))
    for dx, dy in shifts:
        moved = Box(box.left + dx, box.bottom + dy, box.right + dx, box.top + dy)
        if moved.inside(frame) and not any(moved.overlaps(obstacle) for obstacle in obstacles) and accepts(moved):
            return float(dx), float(dy)
    return None


def _move_one_aside(key, candidates, placed):
    """Move one label out of the way of `key` if that lowers the total cost."""
    best = None
    present = placed[key].cost if placed[key] else np.inf
    for candidate in candidates[key]:
        blockers = _conflicts(candidate, placed, key)
        if len(blockers) != 1:
            continue
        trial = {**placed, key: candidate}
        other = next((c for c in candidates[blockers[0]] if not _conflicts(c, trial, blockers[0])), None)
        if other is None:
            continue
        cost = candidate.cost + other.cost - placed[blockers[0]].cost
        if cost < (best[0] if best else present):
            best = (cost, candidate, blockers[0], other)
    if best:
        _, placed[key], blocker, placed[blocker] = best


def _conflicts(candidate, placed, key):
    """Keys of the placed labels that a candidate would touch."""
    around = [box.padded(CLEAR) for box in candidate.boxes]
    return [
        other
        for other, label in placed.items()
        if other != key and label and any(a.overlaps(b) for a in around for b in label.boxes)
    ]


def _is_free(candidate, obstacles, frame):
    return all(box.inside(frame) and not any(box.overlaps(o) for o in obstacles) for box in candidate.boxes)


def _candidates(label, line_vertices):
    """Yield every position of a label in each wording, at the symbol or at the end of a leader."""
    for lines, wording in zip(label.wordings, COST_OF_WORDING, strict=False):
        for position, preference in POSITIONS.items():
            for distance, effort in {0: 0.0, **LEADER_LENGTHS}.items():
                yield _candidate(label, lines, position, distance, wording + preference + effort, line_vertices)


def _candidate(label, lines, position, distance, cost, line_vertices):
    """One position: compass direction from the symbol and length of the leader."""
    radius = label.reach + GAP + distance
    east = ("E" in position) - ("W" in position)
    north = ("N" in position) - ("S" in position)
    flush = ("r" in position) - ("l" in position)
    diagonal = 0.72 if east and north else 1.0
    x = label.x + east * radius * diagonal + flush * label.reach
    y = label.y + north * radius * diagonal
    align = {1: "left", 0: "center", -1: "right"}[east or -flush]
    steps = np.cumsum([0.0] + [line.size * LINE_SPACING for line in lines[1:]])
    height = ASCENT * lines[0].size + steps[-1] + DESCENT * lines[-1].size
    top = y + {1: height, 0: height / 2, -1: 0.0}[north]
    baselines = tuple(float(top - ASCENT * lines[0].size - step) for step in steps)
    boxes = tuple(line_box(line, x, baseline, align) for line, baseline in zip(lines, baselines, strict=True))
    xs, ys = line_vertices.T
    covered = sum(
        int(np.count_nonzero((xs > box.left) & (xs < box.right) & (ys > box.bottom) & (ys < box.top))) for box in boxes
    )
    leader = None
    if distance:
        start = np.array([label.x + east * (label.reach + 1), label.y + north * (label.reach + 1)])
        end = np.array([x - east * GAP / 2, y - north * GAP / 2])
        leader = (tuple(start), tuple(end))
        boxes += tuple(Box(*point, *point).padded(0.4) for point in np.linspace(start, end, 8))
    return PlacedLabel(lines, align, x, baselines, boxes, leader, cost + COST_PER_LINE_VERTEX * covered)


def line_box(line: TextLine, x: float, baseline: float, align: str) -> Box:
    """Box of a line of text."""
    width = text_width(line)
    left = {"left": x, "center": x - width / 2, "right": x - width}[align]
    return Box(left, baseline - DESCENT * line.size, left + width, baseline + ASCENT * line.size)
