"""The symbols of towns: do a figure and a page draw the same shapes from them?"""

import itertools
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from azawad_conflict.figures.parts import symbol_patches, town_symbols
from azawad_conflict.figures.parts.style import HOLDERS
from azawad_conflict.figures.territory.map_legend import Sample
from azawad_conflict.interactive.dated_map import symbols

TOWNS = [
    Sample("empty"),
    Sample("unknown"),
    Sample("contested"),
    Sample("held", ("mnla", "aqim", "mujao"), "low"),
    *(Sample("held", (holder,), certainty) for holder, certainty in itertools.product(HOLDERS, ("high", "low"))),
    Sample("contested", ("mnla", "ansar_dine")),
    Sample("presumed", ("mnla",)),
]


def in_figure(shapes):
    sheet = Figure(figsize=(1, 1)).add_axes((0, 0, 1, 1))
    symbol_patches.draw_shapes(sheet, 0, 0, shapes)
    return sheet.patches, sheet.texts


def on_page(svg):
    items = list(ElementTree.fromstring(f"<g>{svg}</g>"))
    return [item for item in items if item.tag != "text"], [item for item in items if item.tag == "text"]


def colour(attribute):
    """The colour of an SVG attribute when no style sheet sets its variable."""
    return re.sub(r"var\(--dm-[a-z]+,(.*)\)", r"\1", attribute)


def corners(item):
    """Vertices of the path of an SVG element, y up."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", item.get("d"))]
    return np.reshape(numbers, (-1, 2)) * [1, -1]


@pytest.mark.parametrize("town", TOWNS, ids=str)
def test_a_figure_and_a_page_draw_the_same_shapes(town):
    patches, letters = in_figure(town_symbols.symbol(town, town_symbols.PAGE))
    items, texts = on_page(symbols.symbol(town))
    for patch, item in zip(patches, items, strict=True):
        assert patch.get_facecolor() == to_rgba(colour(item.get("fill")))
        assert patch.get_linewidth() == float(item.get("stroke-width", 0))
        assert item.get("stroke") is None or to_hex(patch.get_edgecolor()) == colour(item.get("stroke"))
        assert patch.get_joinstyle() == item.get("stroke-linejoin", "miter")
        if isinstance(patch, PathPatch):
            drawn = [
                point
                for vertices, code in patch.get_path().iter_segments(simplify=False)
                if code != Path.CLOSEPOLY
                for point in vertices.reshape(-1, 2)
            ]
            np.testing.assert_allclose(corners(item), drawn, atol=0.006)
        else:
            assert patch.radius == pytest.approx(float(item.get("r")))
    for letter, text in zip(letters, texts, strict=True):
        assert letter.get_text() == text.text
        assert letter.get_position() == (float(text.get("x")), -float(text.get("y")))
        assert letter.get_size() == float(text.get("font-size"))
        assert to_hex(letter.get_color()) == colour(text.get("fill"))


def test_print_and_page_differ_in_unknown_towns_alone():
    for town in TOWNS:
        printed, paged = (repr(town_symbols.symbol(town, medium)) for medium in (town_symbols.PRINT, town_symbols.PAGE))
        assert (printed != paged) == (town.state == "unknown"), town


@pytest.mark.parametrize(
    "holders", [*((holder,) for holder in HOLDERS), ("mnla", "ansar_dine"), tuple(HOLDERS)[:3]], ids=str
)
def test_a_presumed_holder_is_striped_within_its_own_outline_and_has_no_sign_beside_it(holders):
    held, presumed = (town_symbols.symbol(Sample(state, holders), town_symbols.PAGE) for state in ("held", "presumed"))
    stripes, none = (
        [
            one
            for one in shapes
            if isinstance(one.form, Path) and one.width == town_symbols.STRIPE_WIDTH and one.fill == "none"
        ]
        for shapes in (presumed, held)
    )
    assert not none and not any(isinstance(shape, town_symbols.Letter) for shape in presumed)
    outlines = [shape.form for shape in held if shape.fill in {HOLDERS[holder].colour for holder in holders}]
    assert len(stripes) == len(outlines) == len(holders)
    for outline, shape in zip(outlines, stripes, strict=True):
        lines = np.reshape(shape.form.vertices, (-1, 2, 2))
        assert len(lines) >= 2 and outline.contains_points(lines.mean(axis=1), radius=0.1).all()
        assert shape.edge in ("ink", "land")


@pytest.mark.parametrize("holders", [("aqim",), ("mujao",), ("ansar_dine", "mujao", "aqim")], ids=str)
def test_a_holder_of_a_dark_colour_has_the_lines_of_its_texture_within_its_outline(holders):
    shapes = town_symbols.symbol(Sample("held", holders), town_symbols.PAGE)
    for holder in holders:
        (place,) = (place for place, shape in enumerate(shapes) if shape.fill == HOLDERS[holder].colour)
        outline, turns = shapes[place].form, town_symbols.TEXTURE_TURNS[HOLDERS[holder].texture[:1]]
        for shape, turn in zip(shapes[place + 1 :], turns, strict=False):
            lines = np.reshape(shape.form.vertices, (-1, 2, 2))
            assert len(lines) >= 2 and outline.contains_points(lines.mean(axis=1), radius=0.1).all()
            across, up = np.abs(lines[:, 1] - lines[:, 0]).sum(axis=0)
            assert (across < up) == (turn == 90)


def test_the_edge_of_an_area_has_the_dashes_of_its_medium():
    ((patch,), _) = in_figure([town_symbols.area(12.0, town_symbols.PRINT)])
    assert patch.get_linestyle() == (0, town_symbols.PRINT.dash)
    assert patch.get_facecolor()[3] == 0.14
    ((item,), _) = on_page(symbols.disc(3, 4, 24, 2))
    assert (item.get("cx"), item.get("cy"), item.get("r"), item.get("fill-opacity")) == ("3", "4", "24", "0.14")
    assert [float(part) / 2 for part in item.get("stroke-dasharray").split()] == list(town_symbols.PAGE.dash)
