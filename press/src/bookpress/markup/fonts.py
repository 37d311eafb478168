"""The fonts of paper and drawings: they come out of Python packages, so that every machine sets the same page."""

import importlib.util
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from bookpress.errors import PressError

# Only TrueType: the Source packages hold each face as OpenType too, and two files of one face would
# leave the choice to chance.
FACES = {
    "font_source_serif_pro": "files/SourceSerifPro-*.ttf",
    "font_source_sans_pro": "files/SourceSansPro-*.ttf",
    "matplotlib": "mpl-data/fonts/ttf/DejaVuS*.ttf",  # for the scripts that Source does not have
}


def font_files():
    """The font files the paper is set with, in a fixed order."""
    found = []
    for name, pattern in FACES.items():
        files = sorted(_package(name).glob(pattern))
        if not files:
            raise PressError(f"the package {name} holds no {pattern}")
        found += files
    return found


@cache
def drawn_letters():
    """The codes of the letters of the font that has all scripts which the others lack."""
    with TTFont(_package("matplotlib") / "mpl-data/fonts/ttf/DejaVuSans.ttf", lazy=True) as face:
        return frozenset(face.getBestCmap())


def _package(name):
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise PressError(f"the package {name}, which holds a font of the press, is not installed")
    return Path(spec.origin).parent


@cache
def text_width(text, font="sans"):
    """Width of a text in em; font is "sans", "bold" or "mono"."""
    advances, missing = _advances(font)
    return sum(advances.get(ord(letter), missing) for letter in text)


@cache
def _advances(font):
    """Width in em of each letter, and that of a letter the font does not have (as wide as DejaVu's)."""
    package, path = {
        "sans": ("font_source_sans_pro", "files/SourceSansPro-Regular.ttf"),
        "bold": ("font_source_sans_pro", "files/SourceSansPro-Semibold.ttf"),
        "mono": ("matplotlib", "mpl-data/fonts/ttf/DejaVuSansMono.ttf"),
    }[font]
    with TTFont(_package(package) / path, lazy=True) as face:
        em, widths, names = face["head"].unitsPerEm, face["hmtx"], face.getBestCmap()
        return {code: widths[name][0] / em for code, name in names.items()}, 0.75
