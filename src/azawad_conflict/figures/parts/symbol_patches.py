"""Draw the shapes of town_symbols in a figure."""

from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from azawad_conflict.figures.parts.town_symbols import PAINTS, Letter, Shape


def draw_shapes(sheet: Axes, x: float, y: float, shapes: Iterable[Shape | Letter], zorder: float = 1) -> None:
    """Add shapes and letters to axes whose unit is the point, around x, y."""
    for shape in shapes:
        if isinstance(shape, Letter):
            _draw_letter(sheet, x, y, shape)
        else:
            sheet.add_patch(_patch(x, y, shape, zorder))


def _patch(x, y, shape, zorder):
    look = {
        "facecolor": "none" if shape.fill == "none" else to_rgba(PAINTS.get(shape.fill, shape.fill), shape.opacity),
        "edgecolor": PAINTS.get(shape.edge, shape.edge),
        "linewidth": shape.width,
        "linestyle": (0, shape.dash) if shape.dash else "-",
        "joinstyle": shape.join,
        "zorder": zorder,
    }
    if isinstance(shape.form, Path):
        return PathPatch(shape.form.transformed(Affine2D().translate(x, y)), **look)
    return Circle((x, y), shape.form, **look)


def _draw_letter(sheet, x, y, letter):
    sheet.text(
        x + letter.x,
        y + letter.y,
        letter.text,
        size=letter.size,
        weight="bold",
        ha=letter.align,
        color=PAINTS[letter.fill],
        zorder=4,
    )
