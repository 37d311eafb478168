"""What `mend` does in the HTML of a page."""

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ExtensionError

from bookpress.sphinx import page_html

CELL = '<div class="cell"><details class="hide"><summary>Show the code</summary><div class="cell_input"><pre>{code}</pre></div></details>{output}</div>'
EMPTY = '<div class="cell_output"><div class="output"></div></div>'
TABLE = '<div class="cell_output"><table><thead><tr><th>Shape</th></tr></thead></table></div>'
DRAWING = '<div class="cell_output"><img src="https://example.org/a.svg"></div>'


def mended(*cells):
    soup = BeautifulSoup(
        "<section>"
        + "<p>Words.</p>".join(CELL.format(code=code, output=output) for code, output in cells)
        + "</section>",
        "html.parser",
    )
    page_html.mend(soup, "page", {}, str)
    return [[code.get_text() for code in drawer.find_all("pre")] for drawer in soup.find_all("details")]


def test_code_that_shows_nothing_lies_before_the_code_of_the_next_output():
    assert mended(("import a", ""), ("load()", EMPTY), ("table()", TABLE), ("more()", ""), ("draw()", DRAWING)) == [
        ["import a", "load()", "table()"],
        ["more()", "draw()"],
    ]


def test_code_after_the_last_output_keeps_its_drawer():
    assert mended(("table()", TABLE), ("del a", "")) == [["table()"], ["del a"]]


NUMBERED = """
<section id="shapes"><h1>Shapes</h1>
<p>One.</p>
<div class="admonition"><p>A box.</p></div>
<div class="cell"><p>A result.</p></div>
<p class="datafile">Data.</p>
<p><img src="https://example.org/a.svg"></p>
<ul><li><p>Two, an item.</p><p>More of it.</p><ul><li><p>An item of an item.</p></li></ul></li><li><p>Three.</p></li></ul>
<div class="noprint"><section><p>For the screen.</p></section></div>
<section id="deep"><h2>Deep</h2><p>Four.</p></section>
</section>"""


def test_paragraphs_and_items_of_the_running_text_have_numbers():
    soup = BeautifulSoup(NUMBERED, "html.parser")
    page_html.mend(soup, "page", {}, str)
    marks = soup.select("a.paragraph-number")
    assert [(mark["id"], mark["href"], mark["data-number"]) for mark in marks] == [
        (f"p{number}", f"#p{number}", str(number)) for number in range(1, 5)
    ]
    assert [mark.parent.get_text() for mark in marks] == ["One.", "Two, an item.", "Three.", "Four."]


def test_a_number_that_names_another_place_is_refused():
    soup = BeautifulSoup(NUMBERED.replace('id="deep"', 'id="p2"'), "html.parser")
    with pytest.raises(ExtensionError, match=r"page: the name \(p2\)= is that of paragraph 2"):
        page_html.mend(soup, "page", {}, str)


def test_a_chapter_has_its_number_and_its_paragraphs_with_it():
    soup = BeautifulSoup("<section><h1>Shapes</h1><p>Words.</p><p>More.</p></section>", "html.parser")
    page_html.mend(soup, "page", {}, str, "C")
    assert soup.h1.get_text() == "C Shapes"
    assert [(mark["id"], mark["data-number"]) for mark in soup.select("a.paragraph-number")] == [
        ("p1", "C.1"),
        ("p2", "C.2"),
    ]


def test_a_chapter_that_sphinx_has_numbered_is_refused():
    soup = BeautifulSoup('<h1><span class="section-number">1. </span>Shapes</h1>', "html.parser")
    with pytest.raises(ExtensionError, match="page: is numbered by _toc.yml and by bookpress: annexes"):
        page_html.mend(soup, "page", {}, str, "3")


def test_the_contents_have_the_numbers_too():
    contents = (
        '<ul><li><a href="#">Here</a></li><li><a href="../b.html">There</a></li><li><a href="c.html">C</a></li></ul>'
    )
    numbered = BeautifulSoup(page_html.number_contents(contents, {"#": "1", "../b.html": "A"}), "html.parser")
    assert [link.get_text() for link in numbered.find_all("a")] == ["1 Here", "A There", "C"]
