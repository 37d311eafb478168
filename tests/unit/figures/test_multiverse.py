"""The figures of the multiverse: small, and with all that they name."""

import pytest

from azawad_conflict import multiverse
from azawad_conflict.figures.multiverse import choice_influence, specification_curve, totals_spread


@pytest.mark.parametrize("target", multiverse.TARGETS)
def test_figures_are_small_and_say_the_published_total(combined, target):
    drawing = specification_curve.draw(combined, target)
    assert len(drawing) < 150_000
    assert f"Published: {multiverse.place_of(combined, target)['published']:,}" in drawing


def test_the_figure_of_influence_names_every_choice(combined):
    drawing = choice_influence.draw(multiverse.influence(combined))
    assert len(drawing) < 150_000
    assert all(switch.label in drawing for switch in multiverse.SWITCHES)


def test_the_histograms_mark_every_combination_with_a_name(combined):
    named = multiverse.named(combined)
    drawing = totals_spread.draw(multiverse.distribution(combined), named, combined)
    for svg in (drawing, drawing.narrow):
        assert len(svg) < 60_000
        assert all(f">{row[side]:,}<" in svg for row in named.to_dict("records") for side in ("mnla", "islamist"))
