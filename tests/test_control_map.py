"""The map of control: is every town, holder and sign there, and does nothing collide?"""

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline

import azawad_conflict
from azawad_conflict.figures import basemap as base
from azawad_conflict.figures import control_map as cm
from azawad_conflict.figures.style import DRAWN_AS, FIGURE_WIDTH_IN, HOLDERS, to_svg

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


@pytest.fixture(scope="module", params=SETS)
def drawn(request):
    states = SETS[request.param]
    return states, cm.draw_control_map(states, PLACES, "2012-07-30", "Who held the towns of northern Mali")


def draw_svg(states, **options):
    return to_svg(cm.control_map(states, PLACES, "2012-07-30", **options))


def test_every_town_has_its_name_on_the_map(drawn):
    states, result = drawn
    names = PLACES.set_index("place_id")["name"]
    assert {key: label.lines[0].text for key, label in result.town_labels.items()} == {
        place_id: names[place_id] for place_id in states["place_id"]
    }


def test_no_label_touches_another_label_or_any_symbol(drawn):
    _, result = drawn
    labels = {key: label.boxes for key, label in result.town_labels.items()}
    labels.update({name: (box,) for name, box in result.area_labels.items() if box})
    for (first, boxes), (second, others) in itertools.combinations(labels.items(), 2):
        assert not any(a.overlaps(b) for a in boxes for b in others), (first, second)
    for (name, boxes), (place_id, symbol) in itertools.product(labels.items(), result.symbols.items()):
        assert not any(a.overlaps(b) for a in boxes for b in symbol), (name, place_id)


def test_names_of_areas_lie_where_they_belong(drawn):
    _, result = drawn
    regions = base.load_basemap()["regions"]
    placed = {name: box for name, box in result.area_labels.items() if box}
    assert {"Mauritania", "Algeria", "Niger", "Timbuktu region", "Kidal region", "Gao region"} <= set(placed)
    for name, box in placed.items():
        x = base.FRAME_KM.x0 + ((box.left + box.right) / 2 - result.frame.left) / cm.POINTS_PER_KM
        y = base.FRAME_KM.y0 + ((box.bottom + box.top) / 2 - result.frame.bottom) / cm.POINTS_PER_KM
        holding = [
            region["name"]
            for region in regions
            if any(Outline(base.project_line(ring)).contains_point((x, y)) for ring in region["rings"])
        ]
        if name.endswith(" region"):
            assert holding == [name.removesuffix(" region")]
        elif name in ("Mauritania", "Algeria", "Niger", "Burkina Faso"):
            assert holding == []


def test_every_label_lies_on_the_sheet(drawn):
    _, result = drawn
    for label in result.town_labels.values():
        assert all(box.left >= 0 and box.right <= cm.SHEET_WIDTH for box in label.boxes)


def test_legend_has_exactly_the_holders_on_the_map(drawn):
    states, result = drawn
    present = {DRAWN_AS.get(actor, actor) for holders in states["holders"] for actor in holders}
    in_legend = {actor for actor, holder in HOLDERS.items() if holder.label in result.legend}
    assert in_legend == present


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
        "changed": states["changed"].any(),
        "approximate": True,
        "region_border": True,
        "high_ground": True,
    }
    assert {sign: text in result.legend for sign, text in cm.READING.items()} == expected


def test_known_towns_carry_their_holder():
    # On a crowded map a name may stand alone: symbol and legend still tell the holder.
    states = SETS["six known of fourteen"]
    result = cm.draw_control_map(states, PLACES, "2012-07-30", "Who held the towns")
    for town in states[states["state"] != "unknown"].itertuples():
        below = " ".join(line.text for line in result.town_labels[town.place_id].lines[1:])
        assert below == cm.holder_in_words(town.state, town.holders)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "held"},
        {"state": "presumed"},
        {"state": "shared"},
        {"certainty": "low"},
        {"changed": True},
        {"holders": ("aqim",)},
        {"state": "unknown", "holders": ()},
    ],
    ids=str,
)
def test_each_property_of_a_town_changes_its_symbol(change):
    first = {"state": "contested", "holders": ("mnla", "mujao"), "certainty": "high", "changed": False}
    assert symbol_svg({**first, **change}) != symbol_svg(first)


def symbol_svg(properties):
    figure = Figure(figsize=(1, 1))
    sheet = figure.add_axes((0, 0, 1, 1))
    sheet.set(xlim=(0, 72), ylim=(0, 72))
    cm.draw_symbol(sheet, 36, 36, cm.Sample(**properties))
    return to_svg(figure)


def test_svg_has_date_sentence_disclaimer_and_credit():
    svg = draw_svg(SETS["six known of fourteen"], subtitle="Four towns changed hands.")
    text = " ".join(re.findall(r"<text [^>]*>([^<]*)</text>", svg))
    assert "Who held the towns of northern Mali, 30 July 2012" in text
    assert "Four towns changed hands." in text
    assert cm.NO_CLAIM in text
    for note in cm.NOTES:
        assert note in text


def test_town_text_is_at_least_seven_pixels_on_a_phone():
    svg = draw_svg(SETS["six known of fourteen"])
    pixels_per_point = (390 - 2 * 16) / (FIGURE_WIDTH_IN * 72)
    sizes = [float(size) for size in re.findall(r'paint-order[^"]*font-size: ([\d.]+)px', svg)]
    assert len(sizes) > 14
    assert min(sizes) * pixels_per_point >= 7


def test_svg_is_the_same_in_two_processes_with_other_hash_seed_and_time_zone():
    program = (
        "import sys, test_control_map as t; sys.stdout.reconfigure(encoding='utf-8'); "
        "print(t.draw_svg(t.SETS['every sign on twenty']))"
    )
    folders = [str(Path(azawad_conflict.__file__).parents[1]), str(Path(__file__).parent)]
    outputs = []
    for seed, zone in (("1", "UTC"), ("77", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(folders)}
        run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        outputs.append(run.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].startswith(b"<svg")


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
        cm.control_map(states_frame({"kidal": (*row, "high", False)}, ["kidal"]), PLACES, "2012-07-30")


def test_a_place_without_coordinates_or_off_the_map_is_refused():
    with pytest.raises(ValueError, match="bamako"):
        cm.control_map(states_frame({}, ["bamako"]), PLACES, "2012-07-30")
    south = PLACES.assign(latitude=12.65, longitude=-8.0)
    with pytest.raises(ValueError, match="off the map"):
        cm.control_map(states_frame({}, ["kidal"]), south, "2012-07-30")


def test_description_counts_the_rows_drawn():
    text = cm.alt(SETS["six known of fourteen"], PLACES, "2012-07-30")
    assert text == (
        "Map of 14 towns in northern Mali, 30 July 2012. Held by MNLA: 2 (Ménaka, Léré); by MUJAO: 1 (Gao); "
        "by Ansar Dine: 1 (Timbuktu). Shared: Kidal (Ansar Dine and MNLA). Presumed: Ansongo (MUJAO). "
        "No evidence: 8 (Tessalit, Aguelhok, In Khalil, In Arab, Bourem, Ber, Douentza, Anéfis). "
        "Changed since the map before: 3 (Kidal, Gao, Ansongo)."
    )


@pytest.mark.parametrize("name", SETS)
def test_description_has_at_most_ninety_words(name):
    assert len(cm.alt(SETS[name], PLACES, "2012-07-30").split()) <= 90


def test_shortened_description_still_counts_every_town():
    states = SETS["every sign on twenty"]
    text = cm.alt(states, PLACES, "2012-07-30", longest=0)
    counts = re.findall(r"(?:by [^:;]+|Shared|Contested|Presumed|No evidence): (\d+)", text)
    assert sum(map(int, counts)) == len(states)


def test_date_is_written_the_same_from_text_and_from_a_timestamp():
    states = SETS["every sign on twenty"]
    assert cm.alt(states, PLACES, "2013-01-11") == cm.alt(states, PLACES, pd.Timestamp("2013-01-11"))
