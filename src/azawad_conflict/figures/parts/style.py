"""One style for every figure: type, ink, palettes, symbols of holders, and the published SVG."""

import hashlib
import io
import re
from importlib import resources
from typing import Any, NamedTuple

import matplotlib
import pandas as pd
from matplotlib import font_manager
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.typing import RcKeyType

from azawad_conflict.language import N_, _

Arguments = dict[str, Any]  # what a method of matplotlib takes by name

FIGURE_WIDTH_IN = 5.6
NARROW_WIDTH_IN = 2.9  # on a phone a point is as large as on a wide page
POINTS_PER_INCH = 72
OFF_GRID_PT = 1.0  # of words, from a line of the grid
BEARINGS_PT = 1.2  # of a line of words: a browser has the blank beside its letters, and sets them without kerning

# The page recolours INK for a dark theme; MAP_INK lies on the map's own light ground and stays.
INK = "#222223"
MAP_INK = "#1c1b1a"
MUTED = "#5d5a54"
PAPER = "#fbfaf5"
DEAD = "#8c2d3c"  # people killed, in every figure
GRID = "#c9c6bd"
CHART_GRID = "#dcdad3"  # behind marks and numbers

TITLE_SIZE = 11
TEXT_SIZE = 9
SMALL_SIZE = 7

# The pages and the PDF bring Source Sans with the drawing; the others stand in for letters that it has not, and elsewhere.
FONT_FAMILY = "'Source Sans Pro', 'Segoe UI', Roboto, Helvetica, Arial, 'DejaVu Sans', sans-serif"
MEASURED_IN = ("Source Sans Pro", "DejaVu Sans")
# What a page draws itself has the faces of its reader, of which this is the widest.
WIDEST = ("DejaVu Sans",)

ROOT_STYLE = f"font-family: {FONT_FAMILY}; stroke-linejoin: round; stroke-linecap: butt"

RC_PARAMS: dict[RcKeyType, Any] = {
    "figure.figsize": (FIGURE_WIDTH_IN, 3.4),
    "figure.dpi": POINTS_PER_INCH,
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": "azawad-conflict",
    "font.family": list(MEASURED_IN),
    "font.size": TEXT_SIZE,
    "text.color": INK,
    "axes.facecolor": "none",
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.labelsize": TEXT_SIZE,
    "axes.titlesize": TITLE_SIZE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": CHART_GRID,
    "grid.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": TEXT_SIZE,
    "ytick.labelsize": TEXT_SIZE,
    "legend.frameon": False,
    "legend.fontsize": TEXT_SIZE,
    "lines.linewidth": 1.6,
    "hatch.linewidth": 0.7,
}

for face in ("Regular", "Bold"):
    font_manager.fontManager.addfont(
        str(resources.files("font_source_sans_pro") / "files" / f"SourceSansPro-{face}.ttf")
    )


def paint(name: str, light: str) -> str:
    """Name a colour of a drawing in a page: `light`, unless the page's style sheet sets another."""
    return f"var(--dm-{name},{light})"


class Holder(NamedTuple):
    """A holder's look: name in the legend, fill colour, matplotlib marker, name under a town, and the hatch of a colour that grey would not part from others."""

    name: str
    colour: str
    marker: str
    short_name: str
    texture: str = ""

    @property
    def label(self) -> str:
        """The name in the legend, in the language in use."""
        return _(self.name)

    @property
    def short_label(self) -> str:
        """The name under a town, in the language in use."""
        return _(self.short_name)


# The least difference of two colours is 28 (dE76), also under deutan, protan and tritan vision; in grey it is 7 (L*),
# and 10 of two that meet in a figure. Greys near each other are alike on paper: of the darkest three, two have a texture, and so
# have both beside the MNLA, and one of the two lightest.
HOLDERS = {
    "mnla": Holder(N_("MNLA"), "#dc890a", "^", N_("MNLA")),
    "islamist_groups": Holder(
        N_("Islamist armed groups (group not named)"), "#818252", "v", N_("Islamist groups"), "---"
    ),
    "ansar_dine": Holder(N_("Ansar Dine"), "#111111", "o", N_("Ansar Dine")),
    "aqim": Holder(N_("AQIM"), "#2f0496", "X", N_("AQIM"), "+++"),
    "mujao": Holder(N_("MUJAO"), "#8e0857", "D", N_("MUJAO"), "|||"),
    "malian_state": Holder(N_("Malian state"), "#0866aa", "s", N_("Malian state")),
    "international_forces": Holder(
        N_("French, African or UN forces"), "#7abfff", "P", N_("International forces"), "||"
    ),
    "other_groups": Holder(N_("Other groups (MIA, MAA, HCUA)"), "#ffcade", "*", N_("Other groups")),
    "local_militia": Holder(N_("Local militia"), "#ddff42", "p", N_("Local militia"), "---"),
}
# Holders that share a symbol, because a reader tells nine apart, not twenty.
DRAWN_AS = {
    "malian_army": "malian_state",
    "french_forces": "international_forces",
    "chadian_forces": "international_forces",
    "nigerien_forces": "international_forces",
    "un_forces": "international_forces",
    "mia": "other_groups",
    "maa": "other_groups",
    "hcua": "other_groups",
    "armed_groups": "other_groups",
    "fnla": "other_groups",
    "ganda_iso": "local_militia",
    "ganda_koy": "local_militia",
    "arab_militia": "local_militia",
    "gatia": "local_militia",
}


def drawn(states: pd.DataFrame) -> pd.DataFrame:
    """Merge holders that share a symbol in a frame of states or runs.

    A place that only such holders share becomes held.
    """
    holders = states["holders"].map(lambda actors: tuple(dict.fromkeys(DRAWN_AS.get(actor, actor) for actor in actors)))
    alone = states["state"].eq("shared") & holders.map(len).eq(1) & states["holders"].map(len).gt(1)
    return states.assign(holders=holders, state=states["state"].mask(alone, "held"))


HATCH = "////"  # presumed, in every figure
# A place whose last force is reported gone: dots, because what is unknown is blank.
EMPTY: Arguments = dict(facecolor=PAPER, hatch="....", edgecolor=INK, linewidth=0.8)

# One colour has one meaning in the whole report. Each palette parts in grey, and none comes near the colour of the MNLA.
ISLAMIST_SIDE = "#4d4e3d"
PHASES = "#5f7f95"
OUTCOMES = {"killed": DEAD, "wounded": "#b98a93", "captured": "#d8dfe6"}
# Whose word a number is: voices outside the fight in teal, the parties in mauve, encyclopaedias hatched.
VOICES: dict[str, Arguments] = {
    "third_party": dict(facecolor="#052728"),
    "official": dict(facecolor="#67a09a"),
    "own_side": dict(facecolor="#d6c7e6"),
    "enemy": dict(facecolor="#794c90"),
    "encyclopaedia": dict(facecolor=PAPER, hatch="////"),
}
# What sources say of a statement of the base article.
STATUSES: dict[str, Arguments] = {
    "supported": dict(facecolor="#2c6b34"),
    "contradicted": dict(facecolor="#5c0f1f"),
    "disputed": dict(facecolor="#a08a80"),
    "unsourced": dict(facecolor="#c9ccd0"),
    "vague": dict(facecolor=PAPER, edgecolor=MUTED, hatch="////"),
}
# How well the holder of a town on a day is known.
KNOWN: dict[str, Arguments] = {
    "documented": dict(facecolor="#16425b"),
    "presumed": dict(facecolor="#9dbdd3", hatch="////"),
    "none": dict(facecolor=PAPER),
}
# What lies beside the thing told: other claims, other options.
OTHERS = "#a9b1bc"

# Marks a text for to_svg; matplotlib's own halo would turn the letters into outlines.
HALO_GID = "halo"
HALO_WIDTH = 3.2  # no less than a space and a line of the grid, which else shows between two words
HALO_STYLE = f"paint-order: stroke; stroke: {PAPER}; stroke-width: {HALO_WIDTH}px; stroke-linejoin: round"


def to_svg(figure: Figure) -> str:
    """SVG text of a figure: real text, no date, no creator, the same bytes on every run.

    Texts with gid HALO_GID get a halo. Identifiers carry a hash of the drawing, so that several
    figures can share one page.
    """
    buffer = io.StringIO()
    with matplotlib.rc_context(RC_PARAMS):
        _lay_out(figure)
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    # In a page matplotlib's style sheet would reach every drawing; the root element carries it.
    svg = re.sub(r"<(metadata|style)\b.*?</\1>\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    haloed, opens = re.compile(rf'<g id="{HALO_GID}">.*?</g>', re.DOTALL), '<text style="'
    svg = haloed.sub(
        lambda words: words[0].replace(opens, f"{opens}{HALO_STYLE}; "), svg
    )  # words of several lines are several texts
    svg = re.sub(r"font-family: [^;\"]*;? ?", "", svg)
    svg = svg.replace("<svg ", f'<svg style="{ROOT_STYLE}" ', 1)
    svg = re.sub(r' transform="rotate\(-0 [^"]*"', "", svg)
    svg = re.sub(r"-?\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), svg)
    svg = re.sub(r' d="([^"]*)"', lambda path: f' d="{_compact(path[1])}"', svg)
    svg = re.sub(r"<(g|defs)/>|<defs>\s*</defs>", "", _name_ids(svg))
    return re.sub(r"\n\s*", "\n", svg)


def _lay_out(figure):
    """Lay a figure out as it will be drawn, flush with both sides of its canvas; matplotlib draws all of it once more for that."""
    for text in figure.findobj(Text):  # before it is measured: this apostrophe is wider
        text.set_text(re.sub(r"(?<=\w)'", "’", text.get_text()))
    engine = figure.get_layout_engine()
    if engine is not None:
        pad = engine.get()["w_pad"] / figure.get_figwidth() - BEARINGS_PT / POINTS_PER_INCH / figure.get_figwidth()
        engine.set(rect=(-pad, 0, 1 + 2 * pad, 1))
        FigureCanvasSVG(figure)  # which measures letters
        engine.execute(figure)
        # Words beside a mark moved with it when the axes shrank for them; for what is left they shrink again.
        if figure.get_tightbbox().x1 > figure.get_figwidth():
            engine.execute(figure)
        figure.set_layout_engine(None)
        for axes in figure.get_axes():
            _leave_the_grid(axes)


def _leave_the_grid(axes):
    """Move words at a mark off the level lines of the grid, which would strike them through: up, or down where they stand below the mark."""
    if not any(line.get_visible() for line in axes.yaxis.get_gridlines()):
        return
    lines = [axes.transData.transform((0, tick))[1] for tick in axes.yaxis.get_majorticklocs()]
    for words in axes.texts:
        if isinstance(words, Annotation) and words.xycoords == "data":
            across, rise = words.xyann
            box = words.get_window_extent()
            for line in lines if rise >= 0 else lines[::-1]:
                if box.y0 < line < box.y1:
                    off = line + OFF_GRID_PT - box.y0 if rise >= 0 else line - OFF_GRID_PT - box.y1
                    box, rise = box.translated(0, off), rise + off
            words.xyann = across, rise


def _compact(path):
    """The same SVG path without the spaces it does not need."""
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", re.sub(r"\s+", " ", path))


def _name_ids(svg):
    """Drop identifiers that nothing refers to, and name the others by a hash of the drawing and their order in it.

    Matplotlib makes them of coordinates that are not rounded yet, whose last digits differ from one build of Python to the next.
    """
    numbers = {old: number for number, old in enumerate(dict.fromkeys(re.findall(r'(?:href="|url\()#([^")]+)', svg)))}

    def named(prefix):
        kept = re.sub(
            r' id="([^"]+)"', lambda found: f' id="{prefix}-{numbers[found[1]]}"' if found[1] in numbers else "", svg
        )
        return re.sub(r'((?:href="|url\()#)([^")]+)', lambda found: f"{found[1]}{prefix}-{numbers[found[2]]}", kept)

    return named("f" + hashlib.sha256(named("").encode()).hexdigest()[:8])
