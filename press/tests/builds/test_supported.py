"""SUPPORTED.md, tried: its examples are built, and stand on the page and on paper; what it says is refused is."""

import re
import shutil
import unicodedata
from pathlib import Path

import nbformat
import pypdf
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

from bookpress.sphinx.extension.mathematics import draw
from notebook_books import SMALL_BOOK
from pdf_parts import tagged

TOLD = (Path(__file__).parents[2] / "SUPPORTED.md").read_text("utf-8")
EXAMPLES = re.findall(r"^````markdown\n(.*?)^````$", TOLD, re.MULTILINE | re.DOTALL)
CELLS = re.findall(r"^```python\n(.*?)^```$", TOLD.partition("## In the outputs")[2], re.MULTILINE | re.DOTALL)
# What stands in the first column of "Refused", or was once lost or ended in a fault without a place: a page or a cell with it, and
# what is said of it. One build tells all of them.
REFUSED = {
    "a picture without words": ("![](dot.png)", "image without alternative text: dot.png"),
    "a picture of another host": (
        "![A dot.](https://example.org/dot.png)",
        "page told: <img> https://example.org/dot.png: only picture files of the book",
    ),
    "an output with a script": (["from IPython.display import HTML", "HTML('<script>draw()</script>')"], "shown.ipynb, cell 2: "),
    "colours that HTML brings": (["import pandas", "pandas.DataFrame({'a': [1, 2]}).style.highlight_max()"], "shown.ipynb, cell 3: "),
    "`<iframe>`": ("<iframe src='https://example.org'></iframe>", "page told: <iframe>"),
    "a warning of Sphinx": ("{numref}`tab-nowhere`", "undefined label: 'tab-nowhere'"),
    "a formula that nobody knows": (
        r"$\nothing{x}$",
        r"WARNING: formula \nothing{x}: matplotlib, which draws formulas, cannot read it: Unknown symbol: \nothing",
    ),
    "a sign that no font for formulas has": (r"$\text{数}$", "no font for formulas has a sign of it"),
    "a formula nested too deep": ("$" + r"\frac{a}{" * 60 + "b" + "}" * 60 + "$", "it is nested too deep"),
    "a heading without words": ("## $x$", "a heading needs words"),
}  # fmt: skip
# Each of these ends its build by itself: it is seen before Sphinx begins, or as the paper is set.
ALONE = {
    "a table wider": ("| " + " | ".join(f"a long head {n}" for n in range(40)) + " |\n|" + "---|" * 40 + "\n|" + " words |" * 40, "page told: "),
    "a sign that no font has": ("An elephant: 🐘.", "page told: "),
    "a formula wider than the column": ("$" + "+".join(f"x_{{{n}}}" for n in range(120)) + "$", "page told: the formula"),
    "a note that is never called": ("Words.\n\n[^1]: A note.", "told.md, line 5: the note [^1] is given but not called"),
}  # fmt: skip
DIGEST = "".join(f"{n:04x}" for n in range(64))
LONG = "\n\n".join(
    [
        f"A digest {DIGEST}.",
        "| a | b | c |\n|---|---|---|\n| $x_1+x_2+x_3+x_4$ | " + "e" * 100 + " | END |\n",
        "```{figure} dot.png\n:alt: A dot.\n:width: 80%\n\nA dot with a width.\n```",
        "```{math}\na = b\n\nc = d\n```",
    ]
)
LINES = "print('\\n'.join(f'LINE {i}' for i in range(700)))"
# Notes that are called in a directive or below one; a note that is never called stops a build.
NOTES = "```{note}\nIn a box[^a].\n```\n\nBelow it[^b].\n\n```python\n[^c]: code\n```\n\n[^a]: One.\n\n[^b]: Another."


def write_page(project, text, cells=(), **more):
    """Add a page, a notebook and more pages to a copy of the small book, and a picture, and let MyST read all that the examples need."""
    book = project / "book"
    figure = Figure(figsize=(1, 1))
    figure.add_subplot().plot([1, 2])
    figure.savefig(book / "dot.png")
    for page, words in {"told": text, **more}.items():
        (book / f"{page}.md").write_text(f"# {page.title()}\n\n{words}\n", "utf-8")
    shown = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Shown"), *map(nbformat.v4.new_code_cell, cells)]
    )
    nbformat.write(shown, book / "shown.ipynb")
    for name, old, new in (
        ("_toc.yml", "chapters:\n", "chapters:\n" + "".join(f"  - file: {page}\n" for page in ("told", "shown", *more))),
        ("_config.yml", "myst_enable_extensions: [", "myst_enable_extensions: [attrs_block, attrs_inline, deflist, dollarmath, "),
    ):  # fmt: skip
        (book / name).write_text((book / name).read_text("utf-8").replace(old, new, 1), "utf-8")


def words_of(text):
    """The words of an example that a reader sees."""
    text = re.sub(
        r"^\$\$.*?^\$\$.*?$|\$[^$]+\$|^:\w.*$|^```.*$|\{[^}]*\}|\]\([^)]*\)|\[\^n\]:?",
        " ",
        text,
        flags=re.MULTILINE | re.DOTALL,
    )
    return re.findall(r"[A-Za-zà]{3,}", re.sub(r"(fig|tab)-\w+|`mean`", " ", text))


@pytest.fixture(scope="module")
def html(build, tmp_path_factory):
    """The pages of a book of the examples, of what is long, and of notes."""
    project = shutil.copytree(SMALL_BOOK, tmp_path_factory.mktemp("supported") / "small_book", symlinks=True)
    write_page(project, "\n".join(EXAMPLES), [*CELLS, LINES], long=LONG, notes=NOTES)
    run = build(project)
    assert run.returncode == 0, run.stdout + run.stderr
    return project / "build" / "html"


def article(html, name):
    return BeautifulSoup((html / f"{name}.html").read_text("utf-8"), "html.parser").article


@pytest.fixture(scope="module")
def pdf(html):
    return pypdf.PdfReader(html / "small-book-1.2.0.pdf")


def test_every_example_is_on_the_page_and_on_paper(html, pdf):
    pages = {name: article(html, name) for name in ("told", "shown")}
    printed = unicodedata.normalize("NFKC", "".join("".join(sheet.extract_text() for sheet in pdf.pages).split()))
    shown = pages["told"].get_text() + " ".join(image["alt"] for image in pages["told"].select("img"))
    for example in EXAMPLES[:-1]:  # the last one is for the screen
        assert [word for word in words_of(example) if word not in shown] == []
        assert [word for word in words_of(example) if word not in printed] == []
    assert "rows" in shown and "seeitsrows" not in printed
    for words in ("triangle", "Markdown", "HTML without script and colours"):
        assert words in pages["shown"].get_text() and words.replace(" ", "") in printed
    formulas = [image["alt"] for page in pages.values() for image in page.select("img.math")]
    assert formulas == [r"\frac{a}{a+b}", r"\bar{x} = \frac{1}{n}\sum_{i=1}^{n} x_i", "x^2"]
    heard = [str(figure["/Alt"]) for figure in tagged(pdf.trailer["/Root"]["/StructTreeRoot"], {"/Figure"})]
    assert [words for words in heard if words in formulas] == formulas
    assert pages["told"].select_one('a[href="#equation-mean"]').get_text() == "(1)"
    assert all((html / image["src"]).is_file() for image in pages["told"].select("img"))


@pytest.fixture(scope="module")
def refused(build, tmp_path_factory):
    """What one build says of all that is refused."""
    project = shutil.copytree(SMALL_BOOK, tmp_path_factory.mktemp("refused") / "small_book", symlinks=True)
    sources = [source for source, _ in REFUSED.values()]
    pages, cells = ([source for source in sources if isinstance(source, kind)] for kind in (str, list))
    write_page(project, "\n\n".join(pages), ["\n".join(cell) for cell in cells])
    run = build(project)
    assert run.returncode == 1 and not (project / "build" / "html").exists()
    assert "Traceback" not in run.stderr and "nobody foresaw" not in run.stderr
    return run.stderr


@pytest.mark.parametrize("what", REFUSED)
def test_all_that_is_refused_is_told_at_once_with_its_place(refused, what):
    assert REFUSED[what][1] in refused


@pytest.mark.parametrize("what", ALONE)
def test_what_is_refused_stops_the_build(build, ran_book, what):
    text, told = ALONE[what]
    write_page(ran_book, text)
    contents = ran_book / "book" / "_toc.yml"
    contents.write_text(contents.read_text("utf-8").replace("  - file: shown\n", ""), "utf-8")  # so that nothing runs
    run = build(ran_book)
    assert run.returncode == 1 and told in run.stderr
    assert "Traceback" not in run.stderr and "nobody foresaw" not in run.stderr


def test_each_line_of_refused_is_tried():
    lines = re.findall(r"^\| (.*?) \|", TOLD.partition("## Refused")[2], re.MULTILINE)[1:]
    tried = [*REFUSED, *ALONE, "a note that is given", "a heading of a formula", "a raw cell without a format"]
    assert [line for line in lines if not any(line.startswith(what) for what in tried)] == []


def test_mathematics_that_nobody_reads_is_told(build, ran_book):
    page = ran_book / "book" / "index.md"
    page.write_text(page.read_text("utf-8") + "\nA power $x^2$, and prices of $3 and $4 (x_1).\n", "utf-8")
    run = build(ran_book)
    assert run.returncode == 1 and "WARNING: $x^2$ is printed as typed; add dollarmath" in run.stderr
    assert "$3" not in run.stderr


def test_a_formula_hangs_below_the_line_by_what_it_needs():
    (_, narrow, flat, none), (_, wide, tall, deep) = draw("x"), draw(r"\frac{\frac{a}{b}}{\frac{c}{d}}")
    assert none == 0 < deep and flat < tall and draw("x+x+x")[1] > 2 * narrow
    assert wide < 1 < tall
    assert draw("x^2")[0] == draw("x^2")[0]
    with pytest.raises(ValueError, match="cannot read it: "):
        draw(r"\frac{a}")


def test_a_new_book_is_told_all_that_it_lacks_and_the_lines_make_it(build, tmp_path):
    book = tmp_path / "book"
    book.mkdir()
    (book / "_toc.yml").write_text("format: jb-book\nroot: index\n", "utf-8")
    (book / "_config.yml").write_text("title: New\n", "utf-8")
    (book / "index.md").write_text("# New\n\nWords.\n", "utf-8")
    first = build(tmp_path)
    assert first.returncode == 1
    for file, lines in re.findall(r"^(\S+): [^\n]*; add lines such as\n((?:    .*\n?)+)", first.stderr, re.MULTILINE):
        with Path(file).open("a", encoding="utf-8") as given:
            given.write(re.sub(r"(?m)^    ", "", lines))
    assert (tmp_path / "CITATION.cff").is_file()
    second = build(tmp_path)
    assert second.returncode == 0, second.stderr
    assert (tmp_path / "build" / "html" / "index.html").is_file()


def test_formulas_long_words_and_long_outputs_are_whole_on_paper(html, pdf):
    printed = "".join("".join(sheet.extract_text() for sheet in pdf.pages).split())
    assert DIGEST in printed and "e" * 100 in printed and "LINE699" in printed
    for sheet in pdf.pages:
        right = float(sheet.mediabox.right)

        def inside(text, _, matrix, font, size, right=right):
            assert not text.strip() or 0 <= matrix[4] <= right - 20

        sheet.extract_text(visitor_text=inside)
    page = article(html, "long")
    assert [image["alt"] for image in page.select("div.formula img")] == ["a = b", "c = d"]
    assert int(page.select_one("td img.math")["width"]) > 60


def test_a_cell_that_no_page_would_show_or_follow_is_refused(build, small_book):
    write_page(small_book, "Words.")
    file = small_book / "book" / "shown.ipynb"
    for number, (kind, metadata, told) in enumerate((
        ("raw", {}, "a raw cell without a format stands on no page"),
        ("code", {"tags": "remove-input"}, 'its tags are "remove-input"'),
        ("code", {"mystnb": {"image": {"alt": 5}}}, "its mystnb is"),
    )):  # fmt: skip
        shown = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Shown")])
        cell = {"raw": nbformat.v4.new_raw_cell, "code": nbformat.v4.new_code_cell}[kind]("print(1)")
        cell.metadata.update(metadata)
        shown.cells.append(cell)
        file.write_text(nbformat.writes(shown), "utf-8")
        run = build(small_book)
        assert run.returncode == 1 and f"shown.ipynb, cell 2: {told}" in run.stderr, number


def test_a_note_that_is_called_in_a_directive_or_below_one_is_not_idle(html):
    assert [note["id"] for note in article(html, "notes").select("aside.footnote")] == ["a", "b"]


def test_an_output_inside_the_book_is_refused(build, small_book):
    run = build(small_book, "--output", "book/out")
    assert (
        run.returncode == 1
        and "book/out: lies inside the book" in run.stderr
        and not (small_book / "book" / "out").exists()
    )
