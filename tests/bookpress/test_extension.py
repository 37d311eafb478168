"""What the extension adds to the pages, seen in the small book as built."""

import re

import pytest
from bs4 import BeautifulSoup

CONTENT = ".bd-article"


@pytest.fixture(scope="module")
def pages(built_book):
    html = built_book / "build" / "html"
    names = ("index", "notebooks/01-shapes")
    return {name: BeautifulSoup((html / f"{name}.html").read_text("utf-8"), "html.parser") for name in names}


def test_title_author_and_release_come_from_the_citation_file(pages):
    assert pages["index"].title.get_text() == "Small book — Small book"
    footer = pages["index"].select_one(".footer-content__inner, .bd-footer-content").get_text()
    assert "By Ann Author, Example Agency © Copyright 2020, Ann Author, Example Agency." in " ".join(footer.split())


def test_a_figure_is_a_file_of_its_name_with_alt_caption_and_number(pages, built_book):
    figure = pages["notebooks/01-shapes"].select_one("figure#fig-shapes")
    assert figure.img["alt"] == 'A "triangle": three sides # not four'
    assert figure.img["src"] == "../_images/fig-shapes.svg"
    assert "viewBox" in (built_book / "build" / "html" / "_images" / "fig-shapes.svg").read_text()
    assert figure.figcaption.get_text().strip().startswith("Figure 1 A triangle, after Zuse (2010).")


def test_data_stand_under_their_own_name_and_the_link_says_whose_they_are(pages, built_book):
    links = pages["notebooks/01-shapes"].select("p.datafile.noprint a")
    assert [(link.get_text(), link["aria-label"], link["href"]) for link in links] == [
        ("Data (CSV)", "Data (CSV) of Figure 1", "../_downloads/data/fig-shapes.csv"),
        ("Data (CSV)", "Data (CSV) of Table 1", "../_downloads/data/tab-shapes.csv"),
        ("Data (CSV)", "Data (CSV) of Table 2", "../_downloads/data/tab-shapes-grouped.csv"),
    ]
    folder = built_book / "build" / "html" / "_downloads" / "data"
    rows = 'shape,sides\na | b,3\n<script>alert(1)</script>,4\n{role}`x` *y* $z$ [l](m),5\n'
    grouped = "family,shape,sides\nflat,square,4\nflat,circle,1\nsolid,cube,6\n"
    files = {"fig-shapes.csv": rows, "tab-shapes.csv": rows, "tab-shapes-grouped.csv": grouped}
    assert {file.name: file.read_text() for file in folder.iterdir()} == files


def test_cells_are_text_and_myst_cells_are_myst(pages):
    rows = pages["notebooks/01-shapes"].select("table#tab-shapes tbody tr")
    cells = [[cell.get_text(strip=True) for cell in row.select("td")] for row in rows]
    assert cells == [
        ["a | b", "3", "Zuse (2010)"],
        ["<script>alert(1)</script>", "4", "Zuse (2010)"],
        ["{role}`x` *y* $z$ [l](m)", "5", "Zuse (2010)"],
    ]
    assert [cell["class"] for cell in rows[0].select("td")] == [["text-left"], ["text-right"], ["text-left"]]
    assert pages["notebooks/01-shapes"].select_one(".table-note").get_text(strip=True) == "Counted by hand."


def test_the_name_of_a_group_stands_once_over_its_rows(pages):
    rows = pages["notebooks/01-shapes"].select("table#tab-shapes-grouped tr")
    cells = [[cell.get_text(strip=True) for cell in row.select("td, th")] for row in rows]
    assert cells == [["shape", "sides"], ["flat"], ["square", "4"], ["circle", "1"], ["solid"], ["cube", "6"]]
    assert [(name["colspan"], name["scope"]) for name in pages["notebooks/01-shapes"].select("th.group")] == [("2", "colgroup")] * 2


def test_numbers_and_references_reach_another_page(pages):
    text = " ".join(pages["index"].select_one(CONTENT).get_text().split())
    assert "There are 3 shapes, drawn in Figure 1, listed in Table 1 and told of by Zuse (2010)" in text
    assert "after (Adams and Brown, 1999)" in text


def test_the_bibliography_is_sorted_by_author_with_year_outlet_date_and_link(pages):
    entries = [" ".join(entry.p.get_text().split()) for entry in pages["index"].select(".citation")]
    assert entries == [
        "Ann Adams and Bob Brown (1999). Before the shapes. Example Press.",
        "Konrad Zuse (2010). Of Shapes. The Daily Shape. 4 March. https://example.org/shapes",
    ]


def test_the_pdf_is_linked_and_there(pages, built_book):
    link = pages["index"].find("a", string="The PDF")
    assert link["href"] == "small-book-1.2.0.pdf"
    beside, within = built_book / "build" / link["href"], built_book / "build" / "html" / link["href"]
    assert within.read_bytes().startswith(b"%PDF") and within.read_bytes() == beside.read_bytes()


def test_no_page_asks_another_host_for_anything(built_book):
    asks = re.compile(r"""<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)=["']?(?:https?:)?//[^"'> ]+""")
    found = [ask for page in (built_book / "build" / "html").rglob("*.html") for ask in asks.findall(page.read_text("utf-8"))]
    assert found == []
