"""A page's HTML as the tree that is printed."""

import pytest

from bookpress.markup.html import first, parsed
from bookpress.pdf import PressError, tree
from bookpress.pdf.pages import HtmlPage
from bookpress.pdf.read import read_page


def read(html):
    article = first(parsed(f'<article class="bd-article">{html}</article>'), "article")
    return read_page(HtmlPage("page", 0, "", article, "page.html")).blocks


def test_read_keeps_no_break_spaces_and_folds_the_others():
    assert read("<p> 12\u00a0km \n  on </p>")[-1] == tree.Paragraph((tree.Text("12\u00a0km on"),))


def test_read_begins_a_new_line_without_a_space():
    assert read("<h1>h</h1><p>one<br/>\n two</p>")[-1] == tree.Paragraph(
        (tree.Text("one"), tree.LineBreak(), tree.Text("two"))
    )


def test_read_gives_a_heading_all_its_ids():
    blocks = read(
        '<section id="one"><span id="two"></span><h1><span class="section-number">1. </span>Head</h1></section>'
    )
    assert blocks == (tree.Heading(1, "1", (tree.Text("Head"),), ("page", "one", "two")),)


def test_read_skips_no_heading_level():
    assert [block.level for block in read("<h1>a</h1><h4>b</h4><h2>c</h2>")] == [1, 2, 2]


@pytest.mark.tables
def test_read_table_cells():
    (table,) = read(
        '<h1>h</h1><table><thead><tr><th colspan="2">a</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table>'
    )[1:]
    assert table.head[0][0].colspan == 2 and table.head[0][0].head
    assert table.body[0][1].blocks == ()


@pytest.mark.tables
def test_read_ends_a_row_with_its_id():
    """Also where its last cell is blank, and where it ends with a list."""
    rows = "".join(
        f'<tr id="page--{name}"><td>1</td><td>{cell}</td></tr>'
        for name, cell in {"a_1": "<p>x</p>", "b--2": "", "c": "<ul><li>y</li></ul>"}.items()
    )
    table = read(f"<h1>h</h1><table><tbody>{rows}<tr><td>1</td><td>z</td></tr></tbody></table>")[-1]
    *named, plain = (row[-1].blocks for row in table.body)
    assert [blocks[-1].children for blocks in named] == [
        (tree.Text("x"), tree.Text(" "), tree.RowId("a_1")),
        (tree.RowId("b--2"),),
        (tree.RowId("c"),),
    ]
    assert plain == (tree.Paragraph((tree.Text("z"),)),)


def test_read_refuses_words_where_none_belong():
    with pytest.raises(PressError, match="<ul> .*: words between its parts"):
        read("<h1>h</h1><ul>loose<li>a</li></ul>")


def test_read_keeps_the_name_of_an_abbreviation_and_its_language():
    assert read('<p><abbr title="Name" lang="fr">N</abbr> <abbr>M</abbr></p>')[-1].children == (
        tree.Abbreviation((tree.Text("N"),), "Name", "fr"),
        tree.Text(" M"),
    )


def test_read_takes_the_number_of_a_paragraph_out_of_its_words():
    mark = '<a aria-hidden="true" class="paragraph-number" data-number="7" href="#p7" id="p7"></a>'
    (paragraph,) = read(f"<h1>h</h1><p>{mark}one</p>")[1:]
    assert paragraph == tree.Paragraph((tree.Anchor("p7"), tree.Text("one")), number="7")


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("%D8%BA%D8%A7%D9%88/7", "غاو/7"),
        ("M%C3%A9naka%20(2012)", "Ménaka%20(2012)"),
        ("caf%E9", "caf%E9"),
        ("%E3%83%8B", "%E3%83%8B"),
        ("a%C2%A0b", "a%C2%A0b"),
    ],
    ids=["Arabic", "a space stays", "no UTF-8", "no font", "a blank"],
)
def test_read_prints_an_address_in_its_letters_and_leads_where_it_led(code, printed):
    url = f"https://a.org/{code}"
    (link,) = read(f'<h1>h</h1><p><a class="reference external" href="{url}">{url}</a></p>')[1].children
    assert link == tree.Link(url, (tree.Text(f"https://a.org/{printed}"),))
