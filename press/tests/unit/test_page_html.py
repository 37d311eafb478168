"""What `mend` does in the HTML of a page."""

import pytest
from sphinx.errors import ExtensionError

from bookpress.markup.html import first, parsed, select, taken, words_of, written_inside
from bookpress.sphinx import page_html, quotes
from bookpress.sphinx.abbreviations import name_languages

CELL = '<div class="cell"><details class="hide"><summary>Show the code</summary><div class="cell_input"><pre>{code}</pre></div></details>{output}</div>'
EMPTY = '<div class="cell_output"><div class="output"></div></div>'
TABLE = '<div class="cell_output"><table><thead><tr><th>Shape</th></tr></thead></table></div>'
DRAWING = '<div class="cell_output"><img src="https://example.org/a.svg"></div>'


def mended(*cells):
    body = parsed(
        "<section>"
        + "<p>Words.</p>".join(CELL.format(code=code, output=output) for code, output in cells)
        + "</section>"
    )
    page_html.mend(body, "page", {}, str)
    return [[words_of(code) for code in drawer.iter("pre")] for drawer in body.iter("details")]


def test_code_that_shows_nothing_lies_before_the_code_of_the_next_output():
    assert mended(("import a", ""), ("load()", EMPTY), ("table()", TABLE), ("more()", ""), ("draw()", DRAWING)) == [
        ["import a", "load()", "table()"],
        ["more()", "draw()"],
    ]


def test_code_after_the_last_output_keeps_its_drawer():
    assert mended(("table()", TABLE), ("del a", "")) == [["table()"], ["del a"]]


def test_words_from_the_right_say_so_but_where_their_author_did():
    body = parsed(
        '<section><p><em lang="ar">one</em> <em lang="fr">two</em> <em lang="ar" dir="ltr">three</em></p></section>'
    )
    page_html.mend(body, "page", {}, str)
    assert [words.get("dir") for words in body.iter("em")] == ["rtl", None, "ltr"]


@pytest.mark.parametrize(
    ("look", "named"),
    [("", ["One", ""]), ("named-by-1", ["Two", "Three"]), ("named-by-0 named-by-1", ["One", "Two", "", "Three"])],
)
def test_the_cell_that_names_a_row_is_its_head(look, named):
    rows = '<tr><th class="group" colspan="2">All</th></tr><tr><td>One</td><td>Two</td></tr><tr><td></td><td>Three</td></tr>'
    table = f'<table class="{look}"><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{rows}</tbody></table>'
    body = parsed(f'<section>{table}<div class="screen">{table}</div></section>')
    page_html.mend(body, "page", {}, str)
    assert [words_of(head) for head in select(body, 'th[scope="row"]')] == [name for name in named if name]
    assert len(select(body, "section > .scroll td")) == 4 - len([name for name in named if name])


def test_the_title_of_a_figure_and_what_is_said_in_its_place_have_typographic_apostrophes():
    body = parsed(
        '<figure><img alt="The article\'s text" src="a.svg"/><figcaption><p><span class="drawn-heading">The article\'s text</span> It\'s</p></figcaption></figure>'
    )
    body.append(parsed('<img src="b.svg"/>'))
    quotes.curl(body)
    (image, bare), (title,) = body.xpath(".//img"), body.xpath(".//span")
    assert bare.get("alt") is None
    assert image.get("alt") == title.text == "The article’s text" and title.tail == " It's"


def test_cells_have_typographic_quotation_marks_but_for_code_and_links():
    words = """'UCDP's <i>own</i>' ("all") <code>'x'</code>'s <a href="#x">'y'</a>"""
    body = parsed(f'<section><table><tbody><tr><td>{words}</td></tr></tbody></table><p title="">it\'s</p></section>')
    page_html.mend(body, "page", {}, str)
    assert words_of(body).strip() == "‘UCDP’s own’ (“all”) 'x'’s 'y'it's"


GROUP = '<tr><th class="group" colspan="6">All</th></tr>'
ROW = '<tr><td>May</td><td>{place}</td><td>Gao</td><td>{words} fell there.</td><td class="text-right">{number}</td><td>{more}</td></tr>'


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([("North", 1, "x"), GROUP, ("South", 2, "y")], [2]),
        ([("North", 1, "x"), ("South", 2, "y"), GROUP, ("South", 3, "x")], [1, 2]),
        ([("North", 1, "x"), ("North", 2, "y")], [2, 5]),
        ([("North", 1, "x"), ("North", 2, "y"), ("South", 3, "x"), ("South", 4, "x")], [1, 2]),
        ([("North", 1, "x"), ("North", 2, "y"), ("South", 3, "z")], [2, 5]),
        ([("North", 1, "x"), ("North", 2, "")], [2]),
        ([("North", 1, "x"), ("North", 2, "x")], [2]),
        ([("North", 1, "at least 9"), ("North", 2, "1,200")], [2]),
        ([("North", 1, "9 May 2012"), ("North", 2, "June 2012")], [2, 5]),
    ],
)
def test_a_row_has_the_fewest_heads_that_tell_it_from_the_others_of_its_group(rows, heads):
    """Two at most, the second that which helps most. Numbers, whatever words stand with them, and sentences are none, nor columns with blanks, nor is what tells no rows apart."""
    written = "".join(
        row if row == GROUP else ROW.format(place=row[0], words=row[1], number=row[1], more=row[2]) for row in rows
    )
    body = parsed(f'<section><table class="named-by-2"><tbody>{written}</tbody></table></section>')
    page_html.mend(body, "page", {}, str)
    told = [
        [n for n, cell in enumerate(row) if cell.get("scope") == "row"] for row in select(body, "tr") if len(row) > 1
    ]
    assert told == [heads] * len(told)


def test_rows_that_several_columns_name_have_no_head_more():
    written = "".join(ROW.format(place="North", words="One", number=1, more=more) for more in ("x", "y"))
    body = parsed(f'<section><table class="named-by-0 named-by-1"><tbody>{written}</tbody></table></section>')
    page_html.mend(body, "page", {}, str)
    assert [words_of(head) for head in select(body, 'th[scope="row"]')] == ["May", "North"] * 2


def test_a_name_in_another_language_says_so_wherever_it_stands_and_once():
    body = parsed(
        "<section><h2>Le Data Program</h2><p>Data Program, le <a>Data Program, 2022</a> et Data Programme.</p>"
        '<p><span lang="en">the Data Program</span> <code>Data Program</code></p><table><tr><td>Watch</td></tr></table></section>'
    )
    name_languages(body, {"Data": "sv", "Data Program": "en", "Watch": "en"})
    assert [
        (words.get("lang"), words_of(words)) for words in select(body, "h2 span, p:not(:has(code)) span, td span")
    ] == [("en", "Data Program"), ("en", "Data Program"), ("en", "Data Program"), ("sv", "Data"), ("en", "Watch")]
    assert len(select(body, "p:has(code) span")) == 1
    assert words_of(body).count("Data Program") == 6


NUMBERED = """
<section id="shapes"><h1>Shapes</h1>
<p>One.</p>
<div class="admonition"><p class="admonition-title">A box</p><p>In it.</p><ul><li><p>An item of it.</p></li></ul></div>
<details class="admonition"><p>A drawer.</p></details>
<aside class="admonition"><p>An aside.</p></aside>
<div class="cell"><p>A result.</p></div>
<div class="cell"><h2>A table</h2><p>What it has.</p><div class="table"><p>A note.</p></div><p>Below it.</p></div>
<p class="datafile">Data.</p>
<p><img src="https://example.org/a.svg"></p>
<ul><li><!-- aside --><p>Two, an item.</p><p>More of it.</p><ul><li><p>An item of an item.</p></li></ul></li><li><p>Three.</p></li></ul>
<div class="noprint"><section><p>For the screen.</p></section></div>
<section id="deep"><h2>Deep</h2><p>Four.</p></section>
</section>"""


def test_paragraphs_and_items_of_the_running_text_have_numbers():
    body = parsed(NUMBERED)
    page_html.mend(body, "page", {}, str)
    marks = select(body, "a.paragraph-number")
    assert [(mark.get("id"), mark.get("href"), mark.get("data-number")) for mark in marks] == [
        (f"p{number}", f"#p{number}", str(number)) for number in range(1, 7)
    ]
    assert [words_of(mark.getparent()) for mark in marks] == [
        "One.",
        "In it.",
        "What it has.",
        "Two, an item.",
        "Three.",
        "Four.",
    ]


def test_a_number_that_names_another_place_is_refused():
    body = parsed(NUMBERED.replace('id="deep"', 'id="p2"'))
    with pytest.raises(ExtensionError, match=r"page: the name \(p2\)= is that of paragraph 2"):
        page_html.mend(body, "page", {}, str)


@pytest.mark.parametrize(
    ("given", "name", "number"), [({"number": "C"}, "C Shapes", "C"), ({"paragraphs": "0"}, "Shapes", "0")]
)
def test_a_chapter_has_its_number_and_its_paragraphs_with_it(given, name, number):
    body = parsed("<section><h1>Shapes</h1><p>Words.</p><p>More.</p></section>")
    page_html.mend(body, "page", {}, str, **given)
    assert words_of(first(body, "h1")) == name
    assert [(mark.get("id"), mark.get("data-number")) for mark in select(body, "a.paragraph-number")] == [
        ("p1", f"{number}.1"),
        ("p2", f"{number}.2"),
    ]


NAMES = {"UN": {"title": "United Nations"}, "MUJAO": {"title": "Mouvement", "lang": "fr"}}


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("<p>The UN came. The UN left.</p>", '<p>The <abbr title="United Nations">UN</abbr> came. The UN left.</p>'),
        (
            "<p>The united Nations (UN) came.</p><p>The UN left.</p>",
            "<p>The united Nations (UN) came.</p><p>The UN left.</p>",
        ),
        (
            "<p>UNESCO</p><p>a <em>UN</em>.</p>",
            '<p>UNESCO</p><p>a <em><abbr title="United Nations">UN</abbr></em>.</p>',
        ),
        (
            "<p><code>UN</code> <b>a</b> UN b</p>",
            '<p><code>UN</code> <b>a</b> <abbr title="United Nations">UN</abbr> b</p>',
        ),
        ("<p>MUJAO</p>", '<p><abbr title="Mouvement" lang="fr">MUJAO</abbr></p>'),
        (
            "<table><tr><td><p>UN</p></td></tr></table><h2>UN</h2>",
            "<table><tr><td><p>UN</p></td></tr></table><h2>UN</h2>",
        ),
    ],
)
def test_letters_have_their_name_where_a_page_first_has_them_and_not_it(words, marked):
    body = parsed(f"<section>{words}</section>")
    page_html.mend(body, "page", {}, str, "", NAMES)
    for node in select(body, "a.paragraph-number"):
        taken(node)
    for node in select(body, ".scroll"):
        node.drop_tag()
    assert written_inside(first(body, "section")) == marked


def test_a_chapter_that_sphinx_has_numbered_is_refused():
    body = parsed('<h1><span class="section-number">1. </span>Shapes</h1>')
    with pytest.raises(ExtensionError, match="page: is numbered by _toc.yml and by bookpress: annexes"):
        page_html.mend(body, "page", {}, str, "3")


def test_the_contents_have_the_numbers_too():
    contents = (
        '<ul><li><a href="#">Here</a></li><li><a href="../b.html">There</a></li><li><a href="c.html">C</a></li></ul>'
    )
    numbered = parsed(page_html.number_contents(contents, {"#": "1", "../b.html": "A"}))
    assert [words_of(link) for link in numbered.iter("a")] == ["1 Here", "A There", "C"]
