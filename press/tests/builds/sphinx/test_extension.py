"""What the extension adds to the pages, seen in the small book as built."""

import csv
import json
import re
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pytest
from bs4 import BeautifulSoup

from bookpress.environment import QUOTED_NUMBERS

CONTENT = ".bd-article"


@pytest.fixture(scope="module")
def pages(built_book):
    html = built_book / "build" / "html"
    names = ("index", "notebooks/01-shapes")
    return {name: BeautifulSoup((html / f"{name}.html").read_text("utf-8"), "html.parser") for name in names}


def test_title_author_and_release_come_from_the_citation_file(pages):
    assert pages["index"].title.get_text() == "Small book"
    assert pages["notebooks/01-shapes"].title.get_text() == "Shapes – Small book"
    footer = " ".join(pages["index"].select_one("footer").get_text().split())
    assert footer.startswith("Ann Author, Example Agency · Edition 1.2.0, 29 February 2020 · CC-BY-4.0")


def test_a_figure_is_a_file_of_its_name_with_alt_caption_and_number(pages, built_book):
    figure = pages["notebooks/01-shapes"].select_one("figure#fig-shapes")
    assert figure.img["alt"] == "A “triangle”: three sides # not four"
    assert figure.img["src"] == "../_images/fig-shapes.svg"
    assert "viewBox" in (built_book / "build" / "html" / "_images" / "fig-shapes.svg").read_text()
    assert figure.figcaption.get_text().strip().startswith("Figure 1 A triangle, after Zuse (2010).")


def test_data_stand_under_their_own_name_and_the_link_says_whose_they_are(pages, built_book):
    links = pages["notebooks/01-shapes"].select(".datafile.noprint a[href$='.csv']")
    assert [(link.get_text(), link["aria-label"], link["href"]) for link in links] == [
        ("Data (CSV)", "Data (CSV) of Figure 1", "../_downloads/data/fig-shapes.csv"),
        ("Data (CSV)", "Data (CSV) of Table 1", "../_downloads/data/tab-shapes.csv"),
        ("Data (CSV)", "Data (CSV) of Table 2", "../_downloads/data/tab-shapes-grouped.csv"),
    ]
    folder = built_book / "build" / "html" / "_downloads" / "data"
    rows = "shape,sides\na | b,3\n<script>alert(1)</script>,4\n{role}`x` *y* $z$ [l](m),5\n"
    grouped = "family,shape,sides\nflat,square,4\nflat,circle,1\nsolid,cube,6\n"
    files = {"fig-shapes.csv": rows, "tab-shapes.csv": rows, "tab-shapes-grouped.csv": grouped}
    assert {file.name: file.read_text() for file in folder.iterdir()} == files


def test_cells_are_text_and_myst_cells_are_myst(pages):
    rows = pages["notebooks/01-shapes"].select("table#tab-shapes tbody tr")
    cells = [[cell.get_text(strip=True) for cell in row.select("td, th")] for row in rows]
    assert cells == [
        ["a | b", "3", "Zuse (2010)"],
        ["<script>alert(1)</script>", "4", "Zuse (2010)"],
        ["{role}`x` *y* $z$ [l](m)", "5", "Zuse (2010)"],
    ]
    assert [cell["class"] for cell in rows[0].select("td, th")] == [["text-left"], ["text-right"], ["text-left"]]
    assert pages["notebooks/01-shapes"].select_one(".table-note").get_text(strip=True) == "Counted by hand."


def test_the_name_of_a_group_stands_once_over_its_rows(pages):
    rows = pages["notebooks/01-shapes"].select("table#tab-shapes-grouped tr")
    cells = [[cell.get_text(strip=True) for cell in row.select("td, th")] for row in rows]
    assert cells == [["shape", "sides"], ["flat"], ["square", "4"], ["circle", "1"], ["solid"], ["cube", "6"]]
    names = [(name["id"], name["colspan"], name["scope"]) for name in pages["notebooks/01-shapes"].select("th.group")]
    assert names == [("family-flat", "2", "colgroup"), ("family-solid", "2", "colgroup")]


def test_a_row_has_an_address_and_keeps_those_that_it_had(pages):
    rows = pages["notebooks/01-shapes"].select("table#tab-shapes-grouped tr[id]")
    assert [row["id"] for row in rows] == ["square", "circle", "cube"]
    links = [(link["href"], link["aria-label"], link.get_text()) for link in rows[1].select("a.row-link")]
    assert links == [("#circle", "Address of this row", "")]
    assert rows[1].select_one(".noprint #ellipse") and not rows[0].select(".noprint [id]")


def test_numbers_and_references_reach_another_page(pages):
    text = " ".join(pages["index"].select_one(CONTENT).get_text().split())
    assert "There are 3 shapes, drawn in Figure 1, listed in Table 1 and told of by Zuse (2010)" in text
    assert "after (Adams and Brown, 1999)" in text
    assert {name.get_text() for name in pages["index"].select(".std-numref")} == {"Figure\u00a01", "Table\u00a01"}


def test_a_number_of_another_page_leads_to_where_it_is_told(pages):
    link = pages["index"].find("a", class_="why")
    assert (link.get_text(), link["href"]) == ("3", "notebooks/01-shapes.html#number-shapes-total")
    assert link["title"] == "Where this number comes from: Shapes"
    assert pages["notebooks/01-shapes"].select_one("#number-shapes-total")


def test_the_note_of_a_number_is_written_and_both_its_places_are_marked(pages, built_book):
    script = (built_book / "build" / "html" / "_static" / "number-notes.js").read_text("utf-8")
    notes = json.loads(script.removeprefix("window.numberNotes = ").removesuffix(";\n"))
    assert notes == {
        "told": ["All shapes.", ["One shape", "index.html"]],
        "notes": {"number-shapes-total": [0, [1], None]},
    }
    assert "number-shapes-total" in pages["index"].find("a", class_="why")["class"]
    assert "number-shapes-total" in pages["notebooks/01-shapes"].find("span", class_="why")["class"]


def test_each_place_that_quotes_a_number_with_a_note_has_a_row_in_a_file_of_its_own(built_book):
    html = built_book / "build" / "html"
    with (html / QUOTED_NUMBERS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["page"], row["paragraph"], row["number"]) for row in rows] == [
        ("index", "1", "3"),
        ("notebooks/01-shapes", "1", "3"),
    ]
    assert {(row["rule"], row["claims"], row["number_id"]) for row in rows} == {
        ("All shapes.", "index.html", "number-shapes-total")
    }
    with pikepdf.open(next(html.glob("*.pdf"))) as pdf:
        assert (
            pdf.attachments[Path(QUOTED_NUMBERS).name].get_file().read_bytes() == (html / QUOTED_NUMBERS).read_bytes()
        )


def test_a_title_in_another_language_says_which(pages):
    marked = pages["index"].select(".citation [lang]")
    assert [(title.get_text(), title["lang"]) for title in marked] == [("Des formes", "fr")]


def test_words_in_another_language_say_which(pages):
    (marked,) = pages["index"].article.p.select("[lang]")
    assert (marked.get_text(), marked["lang"]) == ("mot", "fr")


def test_the_bibliography_is_sorted_by_author_with_year_outlet_date_and_link(pages):
    entries = [" ".join(entry.p.get_text().split()) for entry in pages["index"].select(".citation")]
    assert entries == [
        "Adams, Ann and Brown, Bob (1999). Before the shapes. Example Press. A quarter, 25 % of the shapes, is drawn.",
        "Agence des formes (2011). Des formes.",
        "Zuse, Konrad (2010). Of Shapes. The Daily Shape. 4 March. https://example.org/shapes",
    ]


def test_the_pdf_is_linked_and_there(pages, built_book):
    link = pages["index"].find("a", string="The PDF")
    assert link["href"] == "small-book-1.2.0.pdf"
    beside, within = built_book / "build" / link["href"], built_book / "build" / "html" / link["href"]
    assert within.read_bytes().startswith(b"%PDF") and within.read_bytes() == beside.read_bytes()


def test_no_page_asks_another_host_for_anything(built_book):
    asks = re.compile(
        r"""<(?:script|img|link(?! rel="canonical")|iframe|source)\b[^>]*?(?:src|href)=["']?(?:https?:)?//[^"'> ]+"""
    )
    found = [
        ask for page in (built_book / "build" / "html").rglob("*.html") for ask in asks.findall(page.read_text("utf-8"))
    ]
    assert found == []


def test_machines_can_read_what_a_page_is(pages, built_book):
    index, shapes = pages["index"], pages["notebooks/01-shapes"]

    def content(page, name):
        return [tag["content"] for tag in page.select(f'meta[name="{name}"], meta[property="{name}"]')]

    assert content(shapes, "citation_title") == ["Shapes"] and content(shapes, "citation_author") == [
        "Ann Author",
        "Example Agency",
    ]
    assert content(shapes, "citation_pdf_url") == ["https://example.org/small-book/small-book-1.2.0.pdf"]
    assert content(shapes, "og:url") == ["https://example.org/small-book/notebooks/01-shapes.html"]
    assert content(index, "description")[0].startswith("There are 3 shapes, drawn in Figure 1")
    graph = json.loads(index.select_one('script[type="application/ld+json"]').string)["@graph"]
    assert [entry["@type"] for entry in graph] == ["Report", "Dataset"] and graph[0]["version"] == "1.2.0"
    assert [author["@type"] for author in graph[0]["author"]] == ["Person", "Organization"]
    assert graph[1]["distribution"][1]["contentUrl"] == "https://example.org/small-book/_downloads/package/shapes.csv"
    places = re.findall("<loc>(.*?)</loc>", (built_book / "build" / "html" / "sitemap.xml").read_text())
    assert places == ["https://example.org/small-book/", "https://example.org/small-book/notebooks/01-shapes.html"]


def test_a_page_and_a_figure_say_how_to_cite_them(pages):
    cite = pages["notebooks/01-shapes"].select_one("main > details.cite")
    line = "Ann Author and Example Agency (2020). “Shapes”, in Small book: a test. Edition 1.2.0, 29 February 2020."
    assert cite.p.get_text().startswith(line)
    bibtex, ris = (pre.get_text() for pre in cite.select("pre"))
    assert (
        bibtex.startswith("@inbook{small_book_1_2_0_01_shapes,")
        and "author = {{Ann Author} and {Example Agency}}" in bibtex
    )
    assert (
        ris.splitlines()[0] == "TY  - CHAP" and ris.splitlines()[-1] == "ER  - " and "T2  - Small book: a test" in ris
    )
    figure = pages["notebooks/01-shapes"].select_one(".datafile details p").get_text()
    assert figure.startswith("Figure 1. " + line)


def test_prose_says_how_to_cite_the_report_as_its_front_page_does(pages):
    line = "Ann Author and Example Agency (2020). Small book: a test. Edition 1.2.0, 29 February 2020."
    assert pages["index"].select_one("main > details.cite p").get_text().startswith(line)
    assert f"Cite {line}" in " ".join(pages["index"].article.p.get_text().split())


def test_a_figure_is_offered_as_vector_and_as_pixels(pages, built_book):
    folder = built_book / "build" / "html" / "notebooks"
    links = [link["href"] for link in pages["notebooks/01-shapes"].select(".datafile a[href*='_images']")]
    assert [Path(link).name for link in links] == ["fig-shapes.svg", "fig-shapes.png"]
    assert (folder / links[1]).read_bytes().startswith(b"\x89PNG")


def test_the_data_package_lies_beside_the_pages_with_its_sums(built_book):
    folder = built_book / "build" / "html" / "_downloads" / "package"
    assert (folder / "shapes.csv").read_bytes() == (built_book / "data" / "shapes.csv").read_bytes()
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, check=True, capture_output=True)


def test_no_page_has_a_script_a_style_or_a_handler_in_its_text(built_book):
    for file in (built_book / "build" / "html").rglob("*.html"):
        soup = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        policy = soup.select_one("meta[http-equiv=Content-Security-Policy]")["content"]
        assert policy.startswith("default-src 'none';") and not re.search("unsafe|https?:|[*]", policy)
        assert [
            script for script in soup.select("script:not([src])") if script.get("type") != "application/ld+json"
        ] == []
        assert soup.select("style, [style]") == [] and not [
            tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)
        ]


def test_a_report_has_numbers_letters_addresses_and_a_publisher_everywhere(ran_book, configured, build):
    """On the pages, in their citations, in the published CITATION.cff, in the PDF and what it carries."""
    toc = ran_book / "book" / "_toc.yml"
    configured("      annexes: [Annexes]\n      permanent: 10.5281/zenodo.1\n      publisher: Example Press\n")
    chapters = "parts:\n  - caption: Report\n    chapters: [{file: notebooks/01-shapes}]\n"
    toc.write_text(f"format: jb-book\nroot: index\n{chapters}  - caption: Annexes\n    chapters: [{{file: more}}]\n")
    (ran_book / "book" / "more.md").write_text("# More\n\nWords of an annex.\n")
    run = build(ran_book)
    assert run.returncode == 0, run.stdout + run.stderr
    html = ran_book / "build" / "html"
    page = BeautifulSoup((html / "more.html").read_text("utf-8"), "html.parser")
    assert page.h1.get_text() == "A More" and page.select_one("a.paragraph-number")["data-number"] == "A.1"
    assert [link.get_text() for link in page.select("nav.contents li a")][-2:] == ["1 Shapes", "A More"]
    cite = page.select_one(".cite").get_text() if page.select_one(".cite") else page.get_text()
    for words in (
        "doi = {10.5281/zenodo.1}",
        "publisher = {Example Press}",
        "DO  - 10.5281/zenodo.1",
        "PB  - Example Press",
    ):
        assert words in cite
    citation = (html / "_downloads" / "CITATION.cff").read_text()
    assert citation.endswith("doi: 10.5281/zenodo.1\n")
    with pikepdf.open(ran_book / "build" / "small-book-1.2.0.pdf") as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["dc:identifier"] == "https://doi.org/10.5281/zenodo.1"
            assert metadata["dc:publisher"] == {"Example Press"}
        assert pdf.attachments["CITATION.cff"].get_file().read_bytes() == citation.encode()
    first = pypdf.PdfReader(ran_book / "build" / "small-book-1.2.0.pdf").pages[0].extract_text()
    assert "Example Press" in first and "https://doi.org/10.5281/zenodo.1" in first.replace("\n", "")
