"""The style: can every reader tell the holders apart, and is the SVG the same on every run?"""

import importlib.resources
import itertools
import re

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from azawad_conflict import territory
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.labels import TextLine, text_width, wrap
from azawad_conflict.figures.phases import phase_timeline
from azawad_conflict.figures.territory import control_stack
from azawad_conflict.tables import REPOSITORY, load
from colour import VISION, contrast, lab


def sample_figure(text="Kidal"):
    with matplotlib.rc_context(style.RC_PARAMS):
        figure = Figure()
        axes = figure.add_subplot()
        axes.plot([0, 1], [0, 2], marker="o")
        axes.text(0.5, 0.5, text, gid=style.HALO_GID)
        return figure


@pytest.mark.parametrize("vision", VISION)
def test_holders_differ_in_colour_for_every_kind_of_vision(vision):
    seen = {actor: lab(holder.colour, vision) for actor, holder in style.HOLDERS.items()}
    nearest = min(itertools.combinations(seen, 2), key=lambda pair: np.linalg.norm(seen[pair[0]] - seen[pair[1]]))
    # Split discs show colours without shapes, so 20 is needed; the palette was chosen for 28.
    assert np.linalg.norm(seen[nearest[0]] - seen[nearest[1]]) >= 28, nearest


def test_holders_differ_in_shape():
    markers = [holder.marker for holder in style.HOLDERS.values()]
    assert len(set(markers)) == len(markers)


def meeting(runs, stack):
    """The pairs of holders that share a town, that follow each other in one, or that lie on each other in the stack."""
    pairs = {frozenset(pair) for pair in itertools.pairwise(stack)}
    for _place, rows in runs.sort_values("start").groupby("place_id"):
        holders = rows["holders"].tolist()
        pairs |= {frozenset(pair) for who in holders for pair in itertools.pairwise(who)}
        pairs |= {
            frozenset(pair) for some, others in itertools.pairwise(holders) for pair in itertools.product(some, others)
        }
    return [pair for pair in pairs if len(pair) == 2]


def test_holders_differ_in_grey_and_those_that_meet_differ_more():
    lightness = {actor: lab(holder.colour)[0] for actor, holder in style.HOLDERS.items()}
    assert np.diff(sorted(lightness.values())).min() >= 7
    phases = load("phases")
    runs = style.drawn(
        territory.runs(
            territory.reading(load("control_spells"), "assessed"),
            load("control_claims"),
            territory.populated(load("places")),
            phases["first_day"].min(),
            phases["last_day"].max(),
        )
    )
    apart = {
        tuple(pair): abs(np.subtract(*(lightness[actor] for actor in pair)))
        for pair in meeting(runs, control_stack.ORDER)
    }
    assert len(apart) > 10
    assert {pair: gap for pair, gap in apart.items() if gap < 10} == {}


def test_dark_holders_differ_in_texture_since_paper_prints_dark_greys_alike():
    dark = [holder for holder in style.HOLDERS.values() if lab(holder.colour)[0] < 35]
    assert len(dark) > 2
    assert len({holder.texture for holder in dark}) == len(dark)


def test_greys_next_to_that_of_the_mnla_differ_from_it_in_texture():
    mnla = style.HOLDERS["mnla"]
    near = [holder for holder in style.HOLDERS.values() if abs(lab(holder.colour)[0] - lab(mnla.colour)[0]) < 15]
    assert len(near) > 2
    assert len({holder.texture for holder in near}) == len(near)


def test_holders_whose_greys_follow_each_other_differ_in_texture():
    greys = sorted(style.HOLDERS.values(), key=lambda holder: lab(holder.colour)[0])
    alike = [(one.name, other.name) for one, other in itertools.pairwise(greys) if one.texture == other.texture]
    assert alike == []


def test_outcomes_differ_in_grey_and_in_colour():
    lightness = sorted(lab(outcome)[0] for outcome in style.OUTCOMES.values())
    assert np.diff(lightness).min() >= 20
    for vision in VISION:
        seen = [lab(outcome, vision) for outcome in style.OUTCOMES.values()]
        assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) >= 20


@pytest.mark.parametrize("vision", VISION)
def test_the_colour_of_the_mnla_means_nothing_else(vision):
    looks = [look for palette in (style.VOICES, style.STATUSES, style.KNOWN) for look in palette.values()]
    others = {*(look["facecolor"] for look in looks), *style.OUTCOMES.values(), style.PHASES, style.OTHERS, style.DEAD}
    mnla = lab(style.HOLDERS["mnla"].colour, vision)
    assert min(np.linalg.norm(lab(other, vision) - mnla) for other in others | {style.ISLAMIST_SIDE}) >= (
        60 if vision == "normal" else 28
    )


@pytest.mark.parametrize("palette", [style.VOICES, style.STATUSES, style.KNOWN], ids=["voices", "statuses", "known"])
def test_parts_of_a_bar_differ_in_grey(palette):
    lightness = sorted(lab(look["facecolor"])[0] for look in palette.values())
    assert np.diff(lightness).min() >= 15


def test_voices_that_no_hatch_parts_lie_farther_apart_in_grey():
    plain = [lab(look["facecolor"])[0] for look in style.VOICES.values() if "hatch" not in look]
    assert np.diff(sorted(plain)).min() >= 20
    met = [style.OTHERS, style.VOICES["enemy"]["facecolor"]]  # in a bar of the summary
    assert abs(np.subtract(*(lab(colour)[0] for colour in met))) >= 25


def test_third_parties_and_the_enemy_who_meet_in_a_bar_lie_far_apart_in_grey():
    voices = [lab(style.VOICES[voice]["facecolor"])[0] for voice in ("third_party", "enemy")]
    assert abs(np.subtract(*voices)) >= 25


def test_the_halo_of_a_number_hides_a_line_of_the_grid_between_two_words():
    space = text_width(TextLine("8 to", style.TEXT_SIZE)) - text_width(TextLine("8to", style.TEXT_SIZE))
    assert style.HALO_WIDTH > space + 2 * style.RC_PARAMS["grid.linewidth"]


def test_colours_are_named_in_the_parts_that_all_figures_share():
    folder = importlib.resources.files("azawad_conflict") / "figures"
    named = {
        path.name: found
        for path in folder.rglob("*.py")
        if path.parent.name != "parts" and (found := re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8")))
    }
    assert named == {}
    own_rule = (REPOSITORY / "book" / "_static" / "own-rule.css").read_text(encoding="utf-8")
    sides = dict(re.findall(r"--(mnla|islamist): (#\w+)", own_rule.splitlines()[1]))
    assert sides == {side: charts.SERIES[side][0] for side in ("mnla", "islamist")}


def test_text_is_readable_on_the_ground_of_the_map():
    assert contrast(style.MAP_INK, style.PAPER) >= 7
    assert contrast(style.MUTED, style.PAPER) >= 4.5


def test_text_is_measured_in_the_font_that_it_is_drawn_in():
    assert style.FONT_FAMILY.startswith(f"'{style.MEASURED_IN[0]}'")
    folder = importlib.resources.files("font_source_sans_pro") / "files"
    for weight, name in (("normal", "Regular"), ("bold", "Bold")):
        (source_sans,) = (path for path in folder.iterdir() if path.name == f"SourceSansPro-{name}.ttf")
        for text in ("Andéramboukane", "Islamist groups", "MNLA + Ansar Dine", "Timbuktu", "200 km"):
            measured, set_in = (
                text_to_path.get_text_width_height_descent(text, font, False)[0]
                for font in (
                    FontProperties(family=style.MEASURED_IN, size=10, weight=weight),
                    FontProperties(fname=str(source_sans), size=10),
                )
            )
            assert measured == set_in


def test_svg_holds_text_in_the_font_family_and_no_metadata():
    svg = style.to_svg(sample_figure("Ménaka & <Gao>"))
    assert re.search(r"<text [^>]*>Ménaka &amp; &lt;Gao&gt;</text>", svg)
    assert svg.count("font-family") == 1
    assert style.FONT_FAMILY in svg
    for trace in ("<metadata", "<style", "<!--", "<?xml", "matplotlib", "DOCTYPE"):
        assert trace not in svg


def test_svg_draws_halos_as_strokes_of_the_text():
    svg = style.to_svg(sample_figure("Gao"))
    assert re.search(r'<text style="paint-order: stroke; stroke: [^"]*"[^>]*>Gao</text>', svg)
    assert svg.count("paint-order") == 1


def test_every_line_of_words_has_its_halo():
    svg = style.to_svg(sample_figure("Tamkoutat,\nTidambawen"))
    assert len(re.findall(r'<text style="paint-order: stroke; [^"]*"[^>]*>T\w+,?</text>', svg)) == 2


@pytest.mark.parametrize("rise", [0, -8])
def test_words_at_a_mark_leave_the_level_line_of_the_grid_that_would_strike_them_through(rise):
    with matplotlib.rc_context(style.RC_PARAMS):
        figure, axes = charts.new_chart(2)
        axes.plot([0, 1], [0, 100])
        axes.grid(axis="y")
        axes.set_yticks(range(0, 101, 20))
        words = axes.annotate("Published", (0.2, 60), xytext=(0, rise), textcoords="offset points", va="center")
        style.to_svg(figure)
        box, lines = (
            words.get_window_extent(),
            axes.transData.transform([(0, tick) for tick in axes.get_yticks()])[:, 1],
        )
    assert not any(box.y0 < line < box.y1 for line in lines)
    assert (box.y0 > lines[3]) == (rise == 0)


def test_svg_identifiers_are_used_defined_once_and_differ_between_figures():
    first, second = (style.to_svg(sample_figure(text)) for text in ("Kidal", "Gao"))
    for svg in (first, second):
        defined = re.findall(r' id="([^"]+)"', svg)
        assert len(defined) == len(set(defined)) > 0
        assert set(defined) == set(re.findall(r'(?:href="|url\()#([^")]+)', svg))
    assert not set(re.findall(r' id="([^"]+)"', first)) & set(re.findall(r' id="([^"]+)"', second))


def test_svg_is_the_same_where_coordinates_differ_in_digits_that_are_not_drawn():
    """As they do from one build of Python to the next."""

    def drawn(shift):
        figure = Figure()
        figure.add_axes((0.1 + shift, 0.1, 0.8, 0.8)).plot([0, 1 / 3, 1], [0, 0.7, 0.1], marker="o")
        return style.to_svg(figure)

    assert drawn(0) == drawn(1e-9)


def test_svg_background_is_transparent():
    svg = style.to_svg(sample_figure())
    assert not re.search(r"fill: (#ffffff|white)", svg)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("MNLA and allies, 8 to 62 or more dead, the widest range of all", ["8 to 62 or"]),
        ("MNLA et alliés : de 22 à 369 ; groupes islamistes : de 41 à 188", ["22 à 369", "41 à 188"]),
        (
            "Of what it totals, the text has 28 of 37 killed and 0 of 40 captured",
            ["28 of 37 killed", "0 of 40 captured"],
        ),
        ("Counts by agencies rose to 353 455 people", ["353 455 people"]),
    ],
)
def test_no_line_ends_in_a_range_or_between_a_number_and_its_unit(words, kept):
    for most in range(20, 70):
        in_chart = charts._evenly(words, most).split("\n")
        on_map = wrap(words, most * 5, 10)
        for lines in (in_chart, on_map):
            text = [line.replace("\u00a0", " ") for line in lines]
            assert all(any(part in line for line in text) for part in kept), text


def test_the_lines_of_a_title_are_of_like_length():
    figure = Figure()
    charts.title(
        figure,
        "Islamist armed groups: 67 to 130 or more killed by all claims; with no enemy and no word of others, 8 more",
    )
    lines = [len(line) for line in figure.get_suptitle().split("\n")]
    assert len(lines) == 2 and max(lines) - min(lines) < 10


def test_a_chart_is_flush_with_the_left_edge_of_its_drawing():
    """There the column of text begins, in which it stands."""

    def draw():
        figure, axes = charts.new_chart(2)
        charts.rows_axis(axes, ["Kidal", "Gao and more"])
        charts.title(figure, "A finding")
        charts.legend(figure, [charts.line_key("A key")])
        return figure

    with matplotlib.rc_context(style.RC_PARAMS):
        figure = draw()
        style.to_svg(figure)
        left = figure.get_tightbbox().x0
    assert abs(left) < 0.02  # inches


def test_words_beside_the_longest_bar_stay_on_the_canvas():
    """The axes shrink for words beside a bar, and the bar draws them with it."""
    with matplotlib.rc_context(style.RC_PARAMS):
        figure, axes = charts.new_chart(2)
        axes.barh([0], [182])
        axes.set_xlim(0, 182 * 1.3)
        axes.annotate("40 to 182 or more, a long line of words", (182, 0), xytext=(9, 0), textcoords="offset points")
        style.to_svg(figure)
        right = figure.get_tightbbox().x1
    assert right <= figure.get_figwidth()


def test_a_legend_has_its_keys_in_order_and_stands_below_the_one_of_several_axes_that_it_explains():
    with matplotlib.rc_context(style.RC_PARAMS):
        figure = charts.new_figure(4)
        upper, lower = figure.subplots(2, 1)
        charts.x_label(upper, "Share (per cent)")
        charts.legend(figure, [charts.line_key(name) for name in ("One", "Two", "Three")], below=upper)
        style.to_svg(figure)
        key = upper.get_legend()
        assert key.get_tightbbox().y1 < upper.xaxis.label.get_tightbbox().y0
        assert key.get_tightbbox().y0 > lower.get_tightbbox().y1
    assert [text.get_text() for text in key.get_texts()] == ["One", "Two", "Three"]


def test_no_span_below_a_bar_of_the_phases_reaches_the_name_beside_the_next_bar():
    """Points from the middle of a bar to its lowest span, and from there to the top of the name in the row below; of lanes there may be any number."""
    bar, rest, drop = (part[False] for part in (phase_timeline.BAR, phase_timeline.REST, phase_timeline.DROP))
    lowest = bar / 2 + drop + phase_timeline.LANE * 0.5 + charts.SPAN_LINE["markersize"] / 2
    name = bar + phase_timeline.LANE + rest - (5 + phase_timeline.RISE + 0.6 * style.TEXT_SIZE)
    assert lowest < name
