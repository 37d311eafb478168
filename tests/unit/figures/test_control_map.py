"""The map of control: is every town, holder and sign there, and does nothing collide?"""

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

import azawad_conflict
from azawad_conflict import territory
from azawad_conflict.figures.parts import charts, symbol_patches, town_symbols
from azawad_conflict.figures.parts.style import DRAWN_AS, HOLDERS, POINTS_PER_INCH, RC_PARAMS, to_svg
from azawad_conflict.figures.territory import control_map as cm
from azawad_conflict.figures.territory import map_legend

# place_id, name, latitude, longitude, kind, coordinate_precision
PLACES = pd.DataFrame(
    [
        ("kidal", "Kidal", 18.44345, 1.40921, "regional_capital", "exact"),
        ("gao", "Gao", 16.27167, -0.04472, "regional_capital", "exact"),
        ("timbuktu", "Timbuktu", 16.77348, -3.00742, "regional_capital", "exact"),
        ("menaka", "Ménaka", 15.91985, 2.39609, "town", "exact"),
        ("tessalit", "Tessalit", 20.20126, 1.01186, "town", "exact"),
        ("aguelhok", "Aguelhok", 19.46139, 0.85889, "town", "exact"),
        ("in-khalil", "In Khalil", 21.18861, 1.04139, "border post", "exact"),
        ("in-arab", "In Arab", 19.46778, -0.67583, "area", "area"),
        ("ansongo", "Ansongo", 15.6597, 0.5022, "town", "exact"),
        ("bourem", "Bourem", 16.955, -0.34861, "town", "exact"),
        ("ber", "Ber", 16.76, -2.63889, "village", "approximate"),
        ("lere", "Léré", 15.71528, -4.90417, "town", "exact"),
        ("douentza", "Douentza", 15.00605, -2.9517, "town", "exact"),
        ("anefis", "Anéfis", 18.04389, 0.60306, "village", "exact"),
        ("goundam", "Goundam", 16.41453, -3.67075, "town", "exact"),
        ("niafunke", "Niafunké", 15.9322, -3.9906, "town", "exact"),
        ("gossi", "Gossi", 15.82667, -1.31139, "town", "exact"),
        ("hombori", "Hombori", 15.28333, -1.7, "town", "exact"),
        ("konna", "Konna", 14.94667, -3.89333, "town", "exact"),
        ("diabaly", "Diabaly", 14.68333, -6.01667, "town", "exact"),
    ],
    columns=["place_id", "name", "latitude", "longitude", "kind", "coordinate_precision"],
)
FOURTEEN = PLACES["place_id"].tolist()[:14]
TWENTY = PLACES["place_id"].tolist()

# Invented, to show every sign; place_id -> state, holders, certainty, changed
SIX_KNOWN = {
    "kidal": ("shared", ("ansar_dine", "mnla"), "high", True),
    "gao": ("held", ("mujao",), "high", True),
    "timbuktu": ("held", ("ansar_dine",), "high", False),
    "menaka": ("held", ("mnla",), "medium", False),
    "lere": ("held", ("mnla",), "low", False),
    "ansongo": ("presumed", ("mujao",), "medium", True),
}
EVERY_SIGN = {
    **SIX_KNOWN,
    "gao": ("shared", ("mnla", "ansar_dine", "mujao"), "high", True),
    "tessalit": ("contested", ("ansar_dine", "french_forces"), "high", True),
    "aguelhok": ("held", ("chadian_forces",), "low", False),
    "douentza": ("held", ("ganda_iso",), "medium", True),
    "konna": ("held", ("malian_state",), "high", False),
    "diabaly": ("contested", ("malian_state", "aqim"), "high", True),
    "bourem": ("presumed", ("islamist_groups",), "low", False),
    "goundam": ("held", ("aqim",), "medium", False),
    "ber": ("held", ("mnla",), "low", False),
}


def states_frame(known, place_ids):
    rows = [(place_id, *known.get(place_id, ("unknown", (), "low", False))) for place_id in place_ids]
    return pd.DataFrame(rows, columns=["place_id", "state", "holders", "certainty", "changed"])


SETS = {
    "six known of fourteen": states_frame(SIX_KNOWN, FOURTEEN),
    "none known of fourteen": states_frame({}, FOURTEEN),
    "every sign on twenty": states_frame(EVERY_SIGN, TWENTY),
}
CAPITALS = {"kidal", "gao", "timbuktu"}


def turns_of(*states):
    return [
        territory.Turn(pd.Timestamp("2012-07-30") + pd.Timedelta(days=90 * number), "Eve of a turn", one)
        for number, one in enumerate(states)
    ]


@pytest.fixture(scope="module", params=[False, True], ids=["wide", "phone"])
def narrow(request):
    token = charts.NARROW.set(request.param)
    yield request.param
    charts.NARROW.reset(token)


@pytest.fixture(scope="module", params=SETS)
def drawn(request, narrow):
    states = SETS[request.param]
    with matplotlib.rc_context(RC_PARAMS):
        return states, cm.sheet(turns_of(states, states), PLACES)


def draw_svg(states):
    return cm.draw(turns_of(states), PLACES)


def test_capitals_and_towns_with_evidence_have_their_name_where_there_is_room(drawn):
    states, result = drawn
    named = CAPITALS | set(states.loc[states["state"] != "unknown", "place_id"])
    for panel in result.panels:
        assert set(panel.labels) == named & set(states["place_id"])
        assert {place_id for place_id, label in panel.labels.items() if label} >= CAPITALS
        assert sum(1 for label in panel.labels.values() if label) >= len(panel.labels) - 3


def test_no_label_touches_another_label_or_any_symbol(drawn):
    _, result = drawn
    for panel in result.panels:
        labels = {key: label.boxes for key, label in panel.labels.items() if label}
        for (first, boxes), (second, others) in itertools.combinations(labels.items(), 2):
            assert not any(a.overlaps(b) for a in boxes for b in others), (first, second)
        for (name, boxes), (place_id, symbol) in itertools.product(labels.items(), panel.symbols.items()):
            assert not any(box.overlaps(symbol) for box in boxes), (name, place_id)


def test_no_sign_of_a_place_known_roughly_covers_another_sign(drawn):
    states, result = drawn
    known = set(states.loc[states["state"] != "unknown", "place_id"])
    rough = known & set(PLACES.loc[PLACES["coordinate_precision"] != "exact", "place_id"])
    for panel in result.panels:
        for (place_id, box), (other, another) in itertools.permutations(panel.symbols.items(), 2):
            assert place_id not in rough or not box.overlaps(another), (place_id, other)


def test_every_label_lies_on_its_map_and_no_map_on_another(drawn, narrow):
    _, result = drawn
    for panel in result.panels:
        assert all(box.inside(panel.frame) for label in panel.labels.values() if label for box in label.boxes)
    first, second = (panel.frame for panel in result.panels)
    assert not first.overlaps(second)
    # One below the other on a phone, beside each other on a page.
    assert (first.left == second.left) == narrow


def test_legend_has_exactly_the_holders_on_the_map(drawn):
    states, result = drawn
    present = {DRAWN_AS.get(actor, actor) for holders in states["holders"] for actor in holders}
    in_legend = {actor for actor, holder in HOLDERS.items() if holder.label in result.legend}
    assert in_legend == present


def test_samples_of_the_legend_lie_clear_of_each_other(drawn, narrow):
    states, _result = drawn
    with matplotlib.rc_context(RC_PARAMS):
        sheet = Figure().add_subplot()
        towns = cm.towns_to_draw(states, PLACES)
        columns = map_legend.legend_entries(towns, charts.width() * POINTS_PER_INCH)
        map_legend.draw_legend(sheet, columns, 600, charts.width() * POINTS_PER_INCH)
    samples = {}
    for patch in sheet.patches:
        box = patch.get_path().get_extents(patch.get_patch_transform())
        samples.setdefault((round(box.x0 + box.width / 2, -1), round(box.y0 + box.height / 2)), []).append(box)
    bounds = [Bbox.union(boxes) for boxes in samples.values()]
    assert len(bounds) >= 4
    for one, other in itertools.combinations(bounds, 2):
        both = Bbox.intersection(one, other)
        middles = abs((one.y0 + one.y1) - (other.y0 + other.y1)) / 2
        assert both is None or middles < 4 or both.height < 0.5, (one, other)


def test_legend_explains_exactly_the_signs_on_the_map(drawn):
    states, result = drawn
    known = states["state"] != "unknown"
    expected = {
        "shared": (states["holders"].map(len) > 1).any(),
        "contested": (states["state"] == "contested").any(),
        "low": (known & (states["certainty"] == "low")).any(),
        "presumed": (states["state"] == "presumed").any(),
        "empty": (states["state"] == "empty").any(),
        "unknown": (~known).any(),
        "approximate": True,
        "region_border": True,
        "high_ground": True,
    }
    words = {**map_legend.READING, "unknown": map_legend.DOT}
    assert {sign: words[sign] in result.legend for sign in expected} == expected


@pytest.mark.parametrize(
    "change",
    [
        {"state": "held"},
        {"state": "presumed"},
        {"state": "shared"},
        {"certainty": "low"},
        {"holders": ("aqim",)},
        {"state": "unknown", "holders": ()},
    ],
    ids=str,
)
def test_each_property_of_a_town_changes_its_symbol(change):
    first = {"state": "contested", "holders": ("mnla", "mujao"), "certainty": "high"}
    assert symbol_svg({**first, **change}) != symbol_svg(first)


def symbol_svg(properties):
    figure = Figure(figsize=(1, 1))
    sheet = figure.add_axes((0, 0, 1, 1))
    sheet.set(xlim=(0, 72), ylim=(0, 72))
    shapes = town_symbols.symbol(map_legend.Sample(**properties), town_symbols.PRINT)
    symbol_patches.draw_shapes(sheet, 36, 36, shapes)
    return to_svg(figure)


def test_drawing_has_finding_dates_and_credit():
    drawing = draw_svg(SETS["six known of fourteen"])
    for svg in (drawing, drawing.narrow):
        text = " ".join(re.findall(r"<text [^>]*>([^<]*)</text>", svg))
        assert "Documented for the MNLA, alone or shared" in text.replace("\u00a0", " ")
        assert "30 Jul\u00a02012" in text.replace("30\u00a0Jul", "30 Jul")
        assert map_legend.NOTES[1].split()[0] in text
        assert "Projection: Lambert" in text


def test_svg_is_the_same_in_another_process_with_other_hash_seed_and_time_zone():
    program = (
        "import sys, test_control_map as t; sys.stdout.reconfigure(encoding='utf-8'); "
        "print(t.draw_svg(t.SETS['every sign on twenty']))"
    )
    folders = [str(Path(azawad_conflict.__file__).parents[1]), str(Path(__file__).parent)]
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "77" else "77"  # here it is by chance, unless the caller fixed it
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "PYTHONPATH": os.pathsep.join(folders)}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert run.stdout.decode().removesuffix("\n") == draw_svg(SETS["every sign on twenty"])
    assert run.stdout.startswith(b"<svg")


@pytest.mark.parametrize(
    "row",
    [
        ("held", ()),
        ("presumed", ()),
        ("shared", ("mnla",)),
        ("unknown", ("mnla",)),
        ("held", ("someone",)),
        ("taken", ("mnla",)),
    ],
)
def test_a_row_that_contradicts_its_state_is_refused(row):
    with pytest.raises(ValueError, match="kidal"):
        draw_svg(states_frame({"kidal": (*row, "high", False)}, ["kidal"]))


def test_a_place_without_coordinates_or_off_the_map_is_refused():
    with pytest.raises(ValueError, match="bamako"):
        draw_svg(states_frame({}, ["bamako"]))
    south = PLACES.assign(latitude=12.65, longitude=-8.0)
    with pytest.raises(ValueError, match="off the map"):
        cm.draw(turns_of(states_frame({}, ["kidal"])), south)


def test_description_counts_the_rows_drawn():
    assert cm.alt(turns_of(SETS["six known of fourteen"]), PLACES) == (
        "1 map by holder and state; on the last, documented for the MNLA: Kidal, Ménaka and Léré. 30\u00a0July 2012: MNLA 2, MUJAO 1, Ansar Dine 1, shared 1, presumed 1, no evidence 8."
    )


@pytest.mark.parametrize("name", SETS)
def test_description_counts_every_town(name):
    text = cm.alt(turns_of(SETS[name]), PLACES).split(": ", 1)[1]
    assert sum(map(int, re.findall(r"(\d+)(?=[,.]|$)", text))) == len(SETS[name])


def test_finding_counts_documented_towns_among_all():
    # "presumed" is no documented presence: Ansongo is not one of them, and Kidal is shared.
    first, none = SETS["six known of fourteen"], SETS["none known of fourteen"]
    assert cm.finding(turns_of(first, none), PLACES).replace("\u00a0", " ") == (
        "Documented for the MNLA, alone or shared, of 14 towns: 3 on 30 Jul 2012 and none on 28 Oct 2012"
    )
