"""Mathematics: each formula as a drawing by matplotlib, the same on page and paper, read out as its TeX.

A page asks no other host for a script, and paper runs none. matplotlib knows much of TeX, but no alignment and no matrices; what it
does not know is a warning with its place.
"""

from __future__ import annotations

import hashlib
import html
import io
import logging as logging_of_python
import math
import re
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

log = logging.getLogger(__name__)
NAME = "bookpress"
EM = 12  # points; the size at which formulas are drawn
PIXELS = 16  # of one em on a page
STEP = 4  # a formula hangs below the line by so many parts of an em; book.css has a class for each
FINE = 10  # matplotlib measures in whole dots; so many make a point
OVERSHOOT = 0.2  # points; by so much round letters cross the line
INSTEAD = "say it in another way, or show a picture of it"
UNREAD = re.compile(r"(?<![\\\w$])\$[^\s$][^$]*[\\^_][^$]*\$")


def setup(app):
    """Register the renderer; Sphinx takes it before its own, which loads a script from another host."""
    app.add_html_math_renderer(NAME, (_formula, None), (_formula_block, None))
    app.connect("doctree-read", warn_of_unread)


def warn_of_unread(app, doctree):
    """Warn of $x^2$ in the source of a page that is printed as typed, because the parser was not told to read it."""
    code = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)
    texts = [text for text in doctree.findall(nodes.Text) if not isinstance(text.parent, code)]
    unread = [(found, text.parent) for text in texts for found in UNREAD.findall(text)]
    # What a cell shows is text on purpose, and is not in the source. A notebook doubles backslashes.
    source = Path(app.env.doc2path(app.env.docname)).read_text("utf-8").replace("\\\\", "\\") if unread else ""
    for found, place in unread:
        if found in source:
            log.warning(
                "%s is printed as typed; add dollarmath to myst_enable_extensions in _config.yml, or write \\$ for a dollar sign",
                found, location=place,
            )  # fmt: skip


def _formula(translator, node):
    translator.body.append(_picture(translator, node, node.astext()))
    raise nodes.SkipNode


def _formula_block(translator, node):
    """A block of formulas, one to a line where empty lines part them."""
    translator.body.append(translator.starttag(node, "div", CLASS="formula"))
    lines = [line for line in re.split(r"\n\s*\n", node.astext()) if line.strip()]
    translator.body.append("<br/>".join(_picture(translator, node, line) for line in lines))
    if node.get("number"):
        translator.body.append(f' <span class="equation">({get_node_equation_number(translator, node)})</span>')
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def _picture(translator, node, tex):
    """The <img> of a formula, whose file it writes; the TeX alone, with a warning, where it cannot be drawn."""
    tex = " ".join(tex.replace(r"\displaystyle", "").split())
    try:
        svg, width, height, drop = draw(tex)
    except ValueError as error:
        log.warning("formula %s: %s", tex, error, location=node)
        return html.escape(tex)
    name = f"math-{hashlib.sha256(svg.encode()).hexdigest()[:16]}.svg"
    folder = Path(translator.builder.outdir, translator.builder.imagedir)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(svg, "utf-8")
    size = f'width="{math.ceil(width * PIXELS)}" height="{round(height * PIXELS)}"'
    source = f"{translator.builder.imgpath}/{name}"
    return f'<img class="math math-drop-{drop}" src="{source}" alt="{html.escape(tex)}" {size}>'


def draw(tex: str) -> tuple[str, float, float, int]:
    """A formula as SVG, its width and height in em, and how far it hangs below the line, in quarters of an em.

    tex : without dollar signs. Raises ValueError, with the reason, for what matplotlib cannot set.
    """
    import matplotlib  # slow to import, and most books have no formula
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    font = FontProperties(math_fontfamily="stix", size=EM)
    width, height, depth = _measured(tex, font)
    drop = math.ceil(max(depth - OVERSHOOT, 0) * STEP / EM)
    below, above = drop * EM / STEP, math.ceil(height - depth)
    file = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "path", "svg.hashsalt": tex}):
        figure = Figure(figsize=(width / 72, (above + below) / 72))
        figure.text(0, below / (above + below), f"${tex}$", fontproperties=font)
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return file.getvalue(), width / EM, (above + below) / EM, drop


def _measured(tex, font):
    """Width, height and depth of a formula in points. Raises ValueError, with the reason."""
    from matplotlib.mathtext import MathTextParser

    missing = _Missing()
    glyphs = logging_of_python.getLogger("matplotlib.mathtext")
    glyphs.addHandler(missing)
    try:
        sides = MathTextParser("path").parse(f"${tex}$", 72 * FINE, font)[:3]
    except (ValueError, RecursionError) as error:
        lines = str(error).strip().splitlines()
        reason = lines[-1].partition(": ")[2] if isinstance(error, ValueError) else "it is nested too deep"
        raise ValueError(f"matplotlib, which draws formulas, cannot read it: {reason}; {INSTEAD}") from error
    finally:
        glyphs.removeHandler(missing)
    if missing.signs:
        raise ValueError(f"no font for formulas has a sign of it ({missing.signs[0]}); {INSTEAD}")
    return [float(side) / FINE for side in sides]


class _Missing(logging_of_python.Handler):
    """Hears of signs that no font for formulas has; matplotlib draws a box for each."""

    def __init__(self):
        super().__init__()
        self.signs = []

    def emit(self, record):
        if "glyph" in record.getMessage():
            self.signs.append(record.getMessage().splitlines()[0])
