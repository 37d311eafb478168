"""The base map: is the file what the builder says, and does the projection keep distances?"""

import importlib.util
import io
import itertools
import json
import math
import re
import tarfile

import numpy as np
import pytest
from matplotlib.path import Path as Outline

from azawad_conflict.figures.parts import basemap as base
from azawad_conflict.tables import data_dir, load

FOLDER = data_dir() / "basemap"
TOWNS = {
    "Kidal": (1.40921, 18.44345),
    "Gao": (-0.04472, 16.27167),
    "Timbuktu": (-3.00742, 16.77348),
    "Ménaka": (2.39609, 15.91985),
    "Tessalit": (1.01186, 20.20126),
    "Douentza": (-2.95170, 15.00605),
    "Diabaly": (-6.01667, 14.68333),
}


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("basemap_build", FOLDER / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def layers():
    return base.load_basemap()


def geodesic_km(start, end):
    """Lambert's formula for long lines on WGS 84, good to about 10 m."""
    equatorial_km, flattening = 6378.137, 1 / 298.257223563
    (lon_1, lat_1), (lon_2, lat_2) = (map(math.radians, point) for point in (start, end))
    beta_1, beta_2 = (math.atan((1 - flattening) * math.tan(lat)) for lat in (lat_1, lat_2))
    haversine = (
        math.sin((beta_2 - beta_1) / 2) ** 2 + math.cos(beta_1) * math.cos(beta_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    )
    sigma = 2 * math.asin(math.sqrt(haversine))
    mean, half = (beta_1 + beta_2) / 2, (beta_2 - beta_1) / 2
    x = (sigma - math.sin(sigma)) * (math.sin(mean) * math.cos(half) / math.cos(sigma / 2)) ** 2
    y = (sigma + math.sin(sigma)) * (math.cos(mean) * math.sin(half) / math.sin(sigma / 2)) ** 2
    return equatorial_km * (sigma - flattening / 2 * (x + y))


@pytest.mark.parametrize(("start", "end"), list(itertools.combinations(TOWNS, 2)))
def test_projected_distances_are_within_half_a_percent_of_the_geodesic(start, end):
    x, y = base.project(*np.transpose([TOWNS[start], TOWNS[end]]))
    assert math.hypot(x[1] - x[0], y[1] - y[0]) == pytest.approx(geodesic_km(TOWNS[start], TOWNS[end]), rel=0.005)


def test_projection_keeps_areas():
    # One degree square; the zone between two parallels of a sphere has a closed formula.
    edge = [(lon, lat) for lon, lat in [(0, 18), (1, 18), (1, 19), (0, 19), (0, 18)]]
    fine = [
        (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
        for a, b in itertools.pairwise(edge)
        for t in np.arange(0, 1, 0.02)
    ]
    x, y = base.project_line([*fine, fine[0]]).T
    area = abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2
    south, north = (base._authalic(math.radians(lat)) for lat in (18, 19))
    zone = base.AUTHALIC_RADIUS_KM**2 * math.radians(1) * (math.sin(north) - math.sin(south))
    assert area == pytest.approx(zone, rel=1e-4)


def test_file_bytes_are_those_the_builder_writes_for_its_content(build):
    content = (FOLDER / "mali.json").read_bytes()
    assert build.to_bytes(json.loads(content)) == content
    assert len(content) < 70_000


def test_every_input_is_listed_with_its_sha256_in_file_and_readme(build, layers):
    recorded = {name: digest for name, (_, _, digest) in build.INPUTS.items()}
    assert layers["meta"]["inputs_sha256"] == recorded
    listed = dict(re.findall(r"\| `(\S+)` \| `([0-9a-f]{64})` \|", (FOLDER / "README.md").read_text(encoding="utf-8")))
    assert listed == recorded
    assert {archive for archive, _, _ in build.INPUTS.values()} == set(build.PACKAGES)


def test_builder_refuses_an_input_with_another_sha256(build, tmp_path, monkeypatch):
    with tarfile.open(tmp_path / "altered.tgz", "w:gz") as archive:
        member = tarfile.TarInfo("data.json")
        member.size = 2
        archive.addfile(member, io.BytesIO(b"{}"))
    monkeypatch.setattr(build, "INPUTS", {"data.json": ("altered.tgz", "data.json", "0" * 64)})
    with pytest.raises(ValueError, match="data.json"):
        build.read_inputs(tmp_path)


def test_simplified_line_keeps_its_ends_and_stays_within_the_tolerance(build):
    longitude = np.linspace(0, 6, 400)
    line = np.column_stack([longitude, np.sin(longitude)])
    kept = build.simplify(line, 0.05)
    assert np.array_equal(kept[[0, -1]], line[[0, -1]])
    assert len(kept) < 40
    assert np.max(np.abs(np.interp(line[:, 0], kept[:, 0], kept[:, 1]) - line[:, 1])) <= 0.05 * math.sqrt(2)


def test_clipped_line_drops_what_lies_outside(build):
    line = np.array([(-5, 0), (-3, 0), (-1, 0), (1, 0), (3, 0), (5, 0)], dtype=float)
    (run,) = build.clip_line(line, (-2, -2, 2, 2))
    assert run.tolist() == [[-3, 0], [-1, 0], [1, 0], [3, 0]]


def test_each_regional_capital_lies_in_its_region(layers):
    for name in ("Kidal", "Gao", "Timbuktu"):
        holding = [
            region["name"]
            for region in layers["regions"]
            if any(Outline(ring).contains_point(TOWNS[name]) for ring in region["rings"])
        ]
        assert holding == [name]


def test_the_sources_that_captions_cite_are_those_of_the_map_data():
    sources = load("sources")
    assert set(base.SOURCES) == set(sources.loc[sources["kind"] == "map_data", "source_id"])


def test_regions_are_those_of_2012(layers):
    assert sorted(region["name"] for region in layers["regions"]) == [
        "Bamako",
        "Gao",
        "Kayes",
        "Kidal",
        "Koulikoro",
        "Mopti",
        "Sikasso",
        "Ségou",
        "Timbuktu",
    ]


def test_borders_between_regions_are_shared_vertex_by_vertex(layers):
    vertices = [{tuple(v) for ring in region["rings"] for v in ring} for region in layers["regions"]]
    for border in layers["region_borders"]:
        assert sum(set(map(tuple, border)) <= region for region in vertices) == 2


def test_the_niger_passes_gao(layers):
    gao = np.array(base.project(*TOWNS["Gao"]))
    nearest = min(np.min(np.hypot(*(base.project_line(line) - gao).T)) for line in layers["rivers"]["Niger"])
    assert nearest < 15


def test_high_ground_is_at_kidal_and_not_at_gao(layers):
    def on_high_ground(town):
        return any(Outline(polygon[0]).contains_point(TOWNS[town]) for polygon in layers["high_ground_m"]["450"])

    assert on_high_ground("Kidal")
    assert not on_high_ground("Gao")
