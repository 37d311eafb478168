"""What people show in notebooks every day is on the page and on paper, or the build stops and says where and what to do."""

import base64
import io
import json
import shutil

import matplotlib.figure
import pypdf
import pytest
from bs4 import BeautifulSoup

from notebook_books import SMALL_BOOK
from pdf_parts import tagged


def picture(kind):
    """A small picture as base64."""
    file = io.BytesIO()
    figure = matplotlib.figure.Figure(figsize=(1, 1))
    figure.add_subplot().plot([1, 2])
    figure.savefig(file, format=kind)
    return base64.b64encode(file.getvalue()).decode()


SHOWN = {
    "a figure that is shown": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    "two figures": "plt.plot([1, 2])\nplt.show()\nplt.plot([2, 1])\nplt.show()",
    "a figure left open": "_ = plt.plot([1, 2])",
    "a figure as the last value": "from matplotlib.figure import Figure\nfigure = plt.figure()\nfigure.add_subplot()\nplt.close(figure)\nfigure",
    "a column's plot": "import pandas\n_ = pandas.Series([1, 2]).plot()",
    "drawn as SVG": "%config InlineBackend.figure_formats = ['svg']\nplt.plot([1, 2])\nplt.show()",
    "a PNG": f"from IPython.display import Image, SVG, display\nimport base64\ndisplay(Image(base64.b64decode('{picture('png')}')))",
    "a JPEG": f"Image(base64.b64decode('{picture('jpg')}'), format='jpeg')",
    "an SVG": 'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>\')',
}
PICTURES = len(SHOWN) + 1
REFUSED = {
    "no words": ("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()", ["without alternative text", '"mystnb": {"image": {"alt":']),
    "a script": ("from IPython.display import HTML\nHTML('<p id=p></p><script>draw()</script>')", ["brings a <script>", "as a picture"]),
    "colours of a frame": ("import pandas\npandas.DataFrame({'a': [1, 2]}).style.highlight_max()", ["brings a <style>", "show the frame itself"]),
    "colours in HTML": (
        "from IPython.display import HTML\nHTML('<b style=\"color:red\">x</b>')",
        ["has colours of its own", "in words or signs"],
    ),
    "a script alone": ("from IPython.display import Javascript\nJavascript('draw()')", ["brings a <script>"]),
    "a format of one program": ("from IPython.display import display\ndisplay({'application/vnd.plotly.v1+json': {}}, raw=True)", ["vnd.plotly", "show it as a picture"]),
}  # fmt: skip


def add_cells(project, cells):
    """Add (source, metadata) cells to the notebook of a copy of the small book; return the number of the last one among all cells."""
    path = project / "notebooks" / "01-shapes.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    for number, (source, metadata) in enumerate(cells):
        cell = {"cell_type": "code", "id": f"added-{number}", "metadata": metadata, "execution_count": None}
        notebook["cells"].append(cell | {"outputs": [], "source": source})
    path.write_text(json.dumps(notebook), "utf-8")
    return len(notebook["cells"])


def test_pictures_of_every_kind_are_on_the_page_and_on_paper_with_their_words(build, small_book):
    metadata = [{"mystnb": {"image": {"alt": f"Of {kind}"}}} for kind in SHOWN]
    add_cells(
        small_book, [*zip(SHOWN.values(), metadata, strict=True), ("pandas.DataFrame({'a': ['in a frame']})", {})]
    )
    run = build(small_book)
    assert run.returncode == 0, run.stdout + run.stderr
    page = BeautifulSoup(
        (small_book / "build" / "html" / "notebooks" / "01-shapes.html").read_text("utf-8"), "html.parser"
    )
    said = [image["alt"] for image in page.article.select("img") if image["alt"].startswith("Of ")]
    assert sorted(said) == sorted([*(f"Of {kind}" for kind in SHOWN), "Of two figures"]) and len(said) == PICTURES
    pdf = pypdf.PdfReader(small_book / "build" / "small-book-1.2.0.pdf")
    printed = [str(figure["/Alt"]) for figure in tagged(pdf.trailer["/Root"]["/StructTreeRoot"], {"/Figure"})]
    assert [words for words in printed if words.startswith("Of ")] == said
    again = build(small_book, "--output", "again")
    assert again.returncode == 0, again.stdout + again.stderr
    kept, anew = (small_book / folder / "html" / "_images" for folder in ("build", "again"))
    assert {file.name: file.read_bytes() for file in kept.iterdir()} == {
        file.name: file.read_bytes() for file in anew.iterdir()
    }
    assert "in a frame" in page.article.get_text() and any("in a frame" in sheet.extract_text() for sheet in pdf.pages)


@pytest.fixture(scope="module")
def refused(build, tmp_path_factory):
    """What one build says of all that it refuses: for each kind, the lines that name its cell."""
    project = shutil.copytree(SMALL_BOOK, tmp_path_factory.mktemp("refused") / "project", symlinks=True)
    last = add_cells(project, [(source, {}) for source, _ in REFUSED.values()])
    run = build(project)
    assert run.returncode == 1 and "not built" in run.stderr and "Traceback" not in run.stderr
    first = last - len(REFUSED) + 1
    said = run.stderr.splitlines()
    return {
        kind: [line for line in said if f"notebooks/01-shapes.ipynb, cell {number}: " in line]
        for number, kind in enumerate(REFUSED, first)
    }


@pytest.mark.parametrize("kind", REFUSED)
def test_what_a_page_cannot_show_stops_the_build_with_cell_reason_and_remedy(refused, kind):
    """Of Sphinx' warnings each stops the build, whether alone or not."""
    (line,) = refused[kind]
    assert "WARNING: " in line and [words for words in REFUSED[kind][1] if words not in line] == []
