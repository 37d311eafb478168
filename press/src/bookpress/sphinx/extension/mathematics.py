"""Mathematics: each formula as a drawing by matplotlib, the same on page and paper, read out as its TeX.

A page asks no other host for a script, and paper runs none. matplotlib knows much of TeX, but no alignment and no matrices; what it
does not know is a warning with its place.
"""

from __future__ import annotations

import hashlib
import html
import io
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
UNREAD = re.compile(r"(?<![\\\w$])\$[^\s$][^$]*[\\^_][^$]*\$")


def setup(app):
    """Register the renderer; Sphinx takes it before its own, which loads a script from another host."""
    app.add_html_math_renderer(NAME, (_formula, None), (_formula_block, None))
    app.connect("doctree-read", warn_of_unread)


def warn_of_unread(app, doctree):
    """Warn of $x^2$ in the source of a page that is printed as typed, because the parser was not told to read it."""
    source = Path(app.env.doc2path(app.env.docname)).read_text("utf-8").replace("\\\\", "\\")  # a notebook doubles them
    for text in doctree.findall(nodes.Text):
        if not isinstance(text.parent, (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)):
            # What a cell shows is text on purpose.
            for found in filter(source.__contains__, UNREAD.findall(text)):
                log.warning(
                    "%s is printed as typed; add dollarmath to myst_enable_extensions in _config.yml, or write \\$ for a dollar sign",
                    found, location=text.parent,
                )  # fmt: skip


def _formula(translator, node):
    translator.body.append(_picture(translator, node))
    raise nodes.SkipNode


def _formula_block(translator, node):
    translator.body.append(translator.starttag(node, "div", CLASS="formula"))
    translator.body.append(_picture(translator, node))
    if node.get("number"):
        translator.body.append(f' <span class="equation">({get_node_equation_number(translator, node)})</span>')
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def _picture(translator, node):
    """The <img> of a formula, whose file it writes; the TeX alone, with a warning, where it cannot be drawn."""
    tex = " ".join(node.astext().replace(r"\displaystyle", "").split())
    try:
        svg, height, drop = draw(tex)
    except ValueError as error:
        log.warning("formula %s: %s", tex, error, location=node)
        return html.escape(tex)
    name = f"math-{hashlib.sha256(svg.encode()).hexdigest()[:16]}.svg"
    folder = Path(translator.builder.outdir, translator.builder.imagedir)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(svg, "utf-8")
    source = f"{translator.builder.imgpath}/{name}"
    return (
        f'<img class="math math-drop-{drop}" src="{source}" alt="{html.escape(tex)}" height="{round(height * PIXELS)}">'
    )


def draw(tex: str) -> tuple[str, float, int]:
    """A formula as SVG, its height in em, and how far it hangs below the line, in quarters of an em.

    tex : without dollar signs. Raises ValueError, with the reason, for what matplotlib cannot set.
    """
    import matplotlib  # slow to import, and most books have no formula
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import MathTextParser

    font = FontProperties(math_fontfamily="stix", size=EM)
    try:
        measured = MathTextParser("path").parse(f"${tex}$", 72 * FINE, font)[:3]
    except ValueError as error:
        reason = str(error).strip().splitlines()[-1].partition(": ")[2]
        raise ValueError(
            f"matplotlib, which draws formulas, cannot read it: {reason}; say it in another way, or show a picture of it"
        ) from error
    width, height, depth = (float(side) / FINE for side in measured)
    drop = math.ceil(max(depth - OVERSHOOT, 0) * STEP / EM)
    below, above = drop * EM / STEP, math.ceil(height - depth)
    file = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "path", "svg.hashsalt": tex}):
        figure = Figure(figsize=(width / 72, (above + below) / 72))
        figure.text(0, below / (above + below), f"${tex}$", fontproperties=font)
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return file.getvalue(), (above + below) / EM, drop
