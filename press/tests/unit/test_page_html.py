"""What `mend` does in the HTML of a page."""

from bs4 import BeautifulSoup

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
