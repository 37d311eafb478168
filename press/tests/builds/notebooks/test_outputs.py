"""What comes out of a cell is as from a cold kernel, in whatever order and company."""

import json

from bookpress.notebooks import results
from bookpress.notebooks.plan import PRELOADED
from notebook_books import in_cold_kernel, make_book, run, write_document

AS_BOOKS_DO = {"preload": PRELOADED}
KINDS = {  # a cell for each way in which something comes out of one
    "text": "print('one')\nprint('two', end='')\n'three'",
    "table": "import pandas\npandas.DataFrame({'shape': ['a', 'b'], 'sides': [3, 4.5]})",
    "wide table": "print(pandas.DataFrame([[0.123456789] * 30]))",
    "glue": "from myst_nb import glue\nglue('sides', 7, display=False)\nglue('shape', 'round')",
    "displays": "from IPython.display import HTML, Markdown, display\ndisplay(HTML('<b>x</b>'), Markdown('*y*'))\nprint('z')\ndisplay({'a': (1, 2)})",
    "changed display": "shown = display('old', display_id='one')\nshown.update('new')",
    "cleared": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')\nclear_output(wait=True)\ndisplay('last')",
    "error": "def fail():\n    return 1 / 0\nfail()",
    "last value": "_, __, Out.keys(), In[1]",
    "async": "import asyncio\nawait asyncio.sleep(0)\nasyncio.get_running_loop().is_running()",
    "frontend": "from pandas.io.formats.console import in_ipython_frontend\nget_ipython().__class__.__name__, in_ipython_frontend(), __name__",
    "place": "import os, sys\n'' in sys.path, os.path.basename(os.getcwd()), os.environ['MPLBACKEND']",
    "errors of a program": "import sys\nprint('to stderr', file=sys.stderr)\nprint('to stdout')",
    # A kernel reads these in a thread of its own, and drops what it reads after the end of the cell.
    "below Python": "import subprocess, time\n_ = os.write(1, b'straight\\n')\n_ = subprocess.run(['echo', 'from outside'])\ntime.sleep(1)",
    "figure left open": "from matplotlib import pyplot\n_ = pyplot.plot([1, 2])",
    "figure of a frame": "_ = pandas.Series([1, 2]).plot()",
    "figure": "%matplotlib inline\npyplot.figure(figsize=(2, 1))\n_ = pyplot.plot([1, 2])",
    "figure again": "figure, axes = pyplot.subplots(figsize=(2, 1))\n_ = axes.text(0.5, 0.5, 'x')\npyplot.show()",
    "magic": "%precision 2\n1 / 3",
    "unshowable": "class Odd:\n    def _repr_html_(self):\n        raise ValueError('odd')\n    def __repr__(self):\n        return 'odd'\nOdd()",
    "empty": "",
    "skipped": "raise SystemExit",
}
TAGS = {"error": ["raises-exception"], "unshowable": ["raises-exception"], "skipped": ["skip-execution"]}


def test_every_kind_of_output_is_as_from_a_cold_kernel(tmp_path, monkeypatch):
    book = make_book(tmp_path, {"notebooks/kinds": []}, AS_BOOKS_DO)
    write_document(book, "notebooks/kinds", KINDS.values(), [TAGS.get(kind, []) for kind in KINDS])
    run(book)
    warm = results.read(tmp_path / "store", "notebooks/kinds")
    cold, language = in_cold_kernel(book / "notebooks" / "kinds.ipynb", book, monkeypatch, tmp_path)
    for kind, ours, theirs in zip(KINDS, warm["cells"], cold, strict=True):
        assert ours == {"execution_count": theirs.execution_count, "outputs": theirs.outputs}, kind
    assert warm["language"] == language
    pictures = ["image/png" in json.dumps(cell["outputs"]) for cell in warm["cells"]]
    assert [kind for kind, picture in zip(KINDS, pictures, strict=True) if picture] == [
        "figure left open",
        "figure of a frame",
        "figure",
        "figure again",
    ]


def test_order_and_company_do_not_matter(tmp_path):
    imports = {"first": "import pandas, matplotlib.pyplot", "second": "import this_is_absent", "third": "import json"}
    documents = {
        f"notebooks/{name}": [
            f"try:\n    {line}\nexcept ImportError as error:\n    print(error)",
            "import sys\nsorted(globals())",
            f"print('{name}')",
        ]
        for name, line in imports.items()
    }
    seen = []
    for number, (names, jobs) in enumerate(
        [(list(documents), 1), (list(documents)[::-1], 1), (list(documents)[1:] + list(documents)[:1], 3)]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        seen.append(run(make_book(folder, {name: documents[name] for name in names}, AS_BOOKS_DO), jobs))
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == 3
