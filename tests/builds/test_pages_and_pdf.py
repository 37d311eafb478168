"""The files that a reader gets: the HTML pages and the PDF."""

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pypdfium2
import pytest
import typst
from bs4 import BeautifulSoup

from azawad_conflict import tables
from azawad_conflict.evidence import addresses
from bookpress.book.attachments import collect, read_package
from bookpress.book.edition import press_settings
from bookpress.book.languages import Words, languages_of
from bookpress.cache import Cache
from bookpress.files import fingerprint
from bookpress.pdf import make_pdf
from bookpress.sphinx.bibliography import citations
from pdf_parts import (
    Places,
    beyond_the_foot,
    bookmarks,
    broken_rules,
    far_figures,
    foreign_figures,
    lines_of,
    parted_sections,
    parted_tables,
    run_together,
    short_beginnings,
    short_endings,
    tagged,
    thin_pages,
    vocabulary,
    words_cut,
)
from prose import NOTEBOOKS, PAGES, PLAIN_QUOTES, PUBLISHED, ROOT

PACKAGE = ROOT / "data" / "datapackage.json"
FRONT = {name: press_settings(ROOT / "book" / "_config.yml")[name] for name in ("summary", "cover")}


CAPITALS = re.compile(r"\b[A-ZÉ][A-ZÉ0-9]*[A-ZÉ](?:-[A-ZÉ]+)?\b")
# Pages whose tables name standards, and columns of others.
OF_FORMATS = {"changes", "codebook", "crosswalk", "data", "reproduce"}


@pytest.fixture(scope="module")
def places(build, edition, pdf):
    """Where what is tagged in the PDF stands: read once, for it takes seconds."""
    return Places(build / edition.pdf_name, pdf)


@pytest.fixture(scope="module", params=["", "fr"], ids=["in English", "in French"])
def laid_out(build, request):
    """`places` of each language."""
    if not request.param:
        return request.getfixturevalue("places")
    (file,) = (build / "html" / request.param).glob("*.pdf")
    return Places(file)


def test_every_row_that_can_be_cited_has_an_address_and_withdrawn_ids_lead_to_what_replaces_them(pages):
    keys = {resource["name"]: resource["schema"]["primaryKey"] for resource in tables.schema()["resources"]}
    for name, page in addresses.PAGES.items():
        rows = {row["id"] for row in pages[page].select("tr[id]")}
        assert set(tables.load(name)[keys[name]]) <= rows, name
    for old in tables.load("withdrawn_ids").dropna(subset=["replaced_by"]).itertuples():
        (row,) = pages[addresses.PAGES[old.table]].select(f"tr#{old.replaced_by}")
        assert row.find(id=old.withdrawn_id)


def test_each_row_that_can_be_cited_is_named_on_paper(pages, pdf_text):
    """By the id of its address; ids of sources, which have no row there, are left out."""
    printed = "".join(pdf_text.split())
    for page in set(addresses.PAGES.values()) - {"sources"}:
        rows = [row["id"] for row in pages[page].select("tr[id]")]
        assert rows and [name for name in rows if name not in printed] == [], page


def test_the_references_are_parted_by_letters_on_pages_and_paper(pages, pdf):
    """One can jump to each letter of those that open an entry, and the contents have none of them."""
    letters = [head.get_text(strip=True).removesuffix("#") for head in pages["references"].select("article h2")]
    assert len(letters) > 20 and letters == sorted(letters)
    titles = [title.partition(" (")[0] for _depth, title in bookmarks(pdf.outline)]  # another heading may be called R
    assert titles[titles.index(letters[0]) :][: len(letters)] == letters
    entries = pages["references"].select("article section section .citation")
    assert len(entries) == len(pages["references"].select(".citation")) > 900


@pytest.mark.parametrize("language", ["", "fr"])
def test_letters_in_the_tables_of_the_evidence_are_explained_or_sign_a_source(build, pages, language):
    """The glossary names what they stand for, or an entry of the references has them among those who sign and publish it."""

    def page_of(name):
        return BeautifulSoup((build / "html" / language / f"{name}.html").read_text(encoding="utf-8"), "html.parser")

    explained = {
        letters for term in page_of("glossary").select("article dt") for letters in CAPITALS.findall(term.get_text())
    }
    for entry in page_of("references").select(".citation p"):
        for title in entry.select("em, a"):
            title.decompose()
        explained |= set(CAPITALS.findall(entry.get_text()))
    for name in pages.keys() - OF_FORMATS:
        for table in page_of(name).select("article:not(.noprint) table"):
            for unread in table.select(".noprint, code, [lang]"):
                unread.decompose()
            assert set(CAPITALS.findall(table.get_text(" "))) <= explained, (name, table.get("id"))


def test_every_figure_has_caption_number_and_alt_text(pages):
    figures = [figure for page in pages.values() for figure in page.select("article figure")]
    drawn = sum(notebook.read_text(encoding="utf-8").count('\\"fig-') for notebook in NOTEBOOKS) + sum(
        page.read_text(encoding="utf-8").count('), "fig-') for page in PAGES
    )
    assert len(figures) == drawn
    alone = pages[FRONT["summary"]].select("article figure")
    for figure in figures:
        assert bool(figure.select_one("figcaption .caption-number")) == (figure not in alone), figure.get("id")
        drawing = figure.select_one("img, svg")
        assert len(drawing.get("alt") or drawing.get("aria-label") or "") > 60, figure.get("id")


def test_a_caption_does_not_say_the_title_of_its_drawing_again(pages, pdf_text):
    """The title names the figure in lists, and stands before its alternative text."""
    captions = [caption for page in pages.values() for caption in page.select("article figcaption:has(.drawn-heading)")]
    assert len(captions) > 20
    for caption in captions:
        title = " ".join(caption.select_one(".drawn-heading").get_text().split()).rstrip(".")
        assert " ".join(caption.get_text().split()).count(title) == 1, title
        drawing = caption.find_parent("figure").select_one("img, svg")
        assert title in " ".join((drawing.get("alt") or drawing.get("aria-label")).split()), title
    number = captions[-1].select_one(".caption-number").get_text(strip=True)
    assert " ".join(f"{number}. {title}".split()) in " ".join(pdf_text.split())


def test_figures_are_vector(pages):
    sources = [image["src"] for page in pages.values() for image in page.select("article figure img")]
    assert sources and all(source.endswith(".svg") for source in sources)


def test_every_table_has_caption_and_number(pages):
    tables_ = [table for page in pages.values() for table in page.select("article table:not(.screen table)")]
    assert len(tables_) > 20
    assert all(table.select_one("caption .caption-number") for table in tables_)


def test_no_row_is_named_by_a_date_or_a_number(pages):
    """But for rows that are a sentence, a month or a year. A date or a number may stand beside the name."""
    plain = re.compile(r"(\d{1,2}(–\d{1,2})? )?([A-Z][a-z]{2} )?(\d{4}|\d{1,2})(\b.*[a-z]{3} \d{4})?")
    named = 0
    for name, page in pages.items():
        for table in page.select("article table:not(.screen table)"):
            heads = [head.get_text() for head in table.select("thead tr th")]
            rows = [row.select('th[scope="row"]') for row in table.select("tbody tr") if len(row.select("th, td")) > 1]
            told = {len(head.find_previous_siblings()) for row in rows for head in row}
            assert 1 <= len(told) <= 2 and all(rows), (name, table.get("id"))
            named += len(rows)
            if not {heads[column].strip() for column in told} & {"Sentence", "Month", "Year"}:
                words = [[head.get_text().strip() for head in row] for row in rows]
                assert [row for row in words if all(map(plain.fullmatch, row))] == [], (name, table.get("id"))
    assert named > 2000


def test_every_figure_and_table_offers_its_data(build, pages):
    for name, page in pages.items():
        links = page.select("article .datafile a[href$='.csv']")
        labelled = page.select("article figure, article table:not(.screen table)")
        assert len(links) == len(labelled), name
        for link in links:
            file = (build / "html" / name).parent / link["href"]
            assert file.resolve().read_text(encoding="utf-8").count("\n") >= 2, link["href"]


def test_every_picture_is_shown_or_offered_by_a_page(build):
    text = "".join(page.read_text("utf-8") for page in (build / "html").rglob("*.html"))
    pictures = [picture.name for picture in (build / "html" / "_images").iterdir()]
    assert pictures and [name for name in pictures if quote(name) not in text] == []


def test_links_and_anchors_lead_somewhere(build, pages):
    broken = []
    ids = functools.cache(lambda target: set(re.findall(r'id="([^"]+)"', target.read_text(encoding="utf-8"))))
    for name, page in pages.items():
        for link in page.select("article a[href]"):
            path, _, anchor = link["href"].partition("#")
            if re.match(r"[a-z]+:", path):
                continue
            target = ((build / "html" / name).parent / path).resolve() if path else build / "html" / f"{name}.html"
            named = anchor and "=" not in anchor and target.suffix == ".html"
            if not target.exists() or (named and anchor not in ids(target)):
                broken.append((name, link["href"]))
    assert broken == []


def test_no_markup_and_no_blank_is_left_in_the_text(pages):
    for name, page in pages.items():
        text = " ".join(part for part in page.article.find_all(string=True) if not part.find_parent("pre"))
        assert not re.search(r"\{(glue|cite|numref|pdf)|:::|\bnan\b|<NA>|None\b", text), name


def test_headline_numbers_are_printed(pages):
    text = pages["index"].select_one("article").get_text(" ")
    for key in ("casualties_mnla_side_killed", "casualties_islamist_killed"):
        assert re.search(rf"\b{PUBLISHED[key]}\b", text), key


def test_the_codebook_describes_every_column_of_every_table(pages):
    article = pages["codebook"].select_one("article")
    text = " ".join(article.get_text(" ").translate(PLAIN_QUOTES).split())
    leads = " ".join(part.get_text().translate(PLAIN_QUOTES) for part in article.select("p"))
    for resource in tables.schema()["resources"]:
        assert resource["description"] in leads, resource["name"]
        for field in resource["schema"]["fields"]:
            assert field["name"] in text


def test_every_source_is_in_the_references(pages):
    text = " ".join(pages["references"].select_one("article").get_text(" ").translate(PLAIN_QUOTES).split())
    missing = [title for title in tables.load("sources")["title"] if title not in text]
    assert missing == []


def test_the_explorer_and_the_notes_cite_as_the_book_does(pages):
    in_text = {
        " ".join(link.find_parent("td").get_text().split()) for link in pages["claims"].select("td a[href*='#ref-']")
    }
    assert len(in_text) > 100 and in_text <= set(citations(ROOT / "book" / "references.bib").values())


def test_each_citation_is_named_by_its_author_and_year_and_by_what_it_shows(pages):
    shown = {
        (link.get_text(), link.get("aria-label", ""))
        for soup in pages.values()
        for link in soup.select(".bibtex-citation a")
    }
    assert len(shown) > 400
    assert [pair for pair in shown if re.fullmatch(r"(\d{4}|n\.d\.)-?[a-z]*", pair[1] or pair[0])] == []
    assert [pair for pair in shown if pair[1] and pair[0] not in pair[1]] == []


def test_the_pdf_is_linked_and_lies_beside_the_pages(build, pages, edition):
    (link,) = [a for a in pages["index"].select("article a[href]") if a["href"].endswith(".pdf")]
    assert (build / "html" / link["href"]).read_bytes() == (build / edition.pdf_name).read_bytes()


def test_pdf_carries_title_language_and_bookmarks(pdf, pages, edition):
    assert pdf.metadata.title == edition.full_title
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    found = list(bookmarks(pdf.outline))
    headings = [
        " ".join(page.select_one("article:not(.noprint) h1").get_text().split())
        for page in pages.values()
        if page.select_one("article:not(.noprint)")
    ]
    headings.sort(key=lambda words: words != "Summary")  # the page after the cover
    assert len(headings) < len(pages)  # some are for the screen alone
    assert [title for depth, title in found if depth <= 1 and title in headings] == headings
    assert max(depth for depth, _ in found) >= 2  # parts, chapters, sections


def test_the_words_of_a_chapter_name_each_of_its_figures_and_tables(pages):
    """An annex is its table; a chapter says what its own show."""
    numbered = [page for page in pages.values() if re.match(r"\d", page.h1.get_text())]
    assert len(numbered) > 8
    for page in numbered:
        shown = {
            node["id"]
            for node in page.select("article :is(figure, table)[id]")
            if not node.find_parent(class_="screen")
        }
        named = {
            link["href"].partition("#")[2]
            for link in page.select("article :is(p, li) a[href]")
            if not link.find_parent("figure")
        }
        assert shown <= named, page.h1.get_text()


def test_every_figure_of_the_pdf_has_alt_text_and_every_table_has_heads(pdf, pages):
    tags = list(tagged(pdf.trailer["/Root"]["/StructTreeRoot"], {"/Figure", "/Table"}))
    figures = [tag for tag in tags if tag["/S"] == "/Figure"]
    summary_first = sorted(pages, key=lambda name: name != FRONT["summary"])
    drawn = [
        "".join(f"{number.get_text().strip()}. " for number in figure.select(".caption-number")) + figure.img["alt"]
        for name in summary_first
        for figure in pages[name].select("article figure")
    ]
    assert [" ".join(str(tag["/Alt"]).split()) for tag in figures] == [" ".join(alt.split()) for alt in drawn]
    printed = [tag for tag in tags if tag["/S"] == "/Table"]
    assert len(printed) == sum(len(page.select("article table:not(.screen table)")) for page in pages.values())
    assert all(next(tagged(tag, {"/TH"}), None) for tag in printed)


def test_a_table_with_a_blank_cell_says_what_a_blank_means(build, pages):
    """Who hears a table finds nothing there, and nobody else can tell what is not known from what is not."""
    french = {name: BeautifulSoup((build / "html/fr" / f"{name}.html").read_text("utf-8"), "lxml") for name in pages}
    blank, untold = 0, []
    for words, written in (("blank", pages), ("vide", french)):
        for table in (
            table for page in written.values() for table in page.select("article table:has(caption):not(.screen table)")
        ):
            if all(cell.get_text(strip=True) or cell.img for cell in table.select("tbody td, tbody th")):
                continue
            blank += 1
            box = table.find_parent(class_="pst-scrollable-table-container") or table
            note = box.find_next(class_="table-note")
            told = table.caption.get_text() + (note.get_text() if note and note.find_previous("table") == table else "")
            untold += [] if words in told.lower() else [f"{words}: {table.caption.get_text()}"]
    assert blank > 20 and not untold, untold


def test_titles_from_right_to_left_are_told_in_the_order_of_reading(pdf, pages):
    """What is printed stands in the order of the eye, from left to right."""
    titles = {
        " ".join(words.get_text().split())
        for page in pages.values()
        for words in page.select("article:not(.noprint) [lang=ar]")
    }
    spans = tagged(pdf.trailer["/Root"]["/StructTreeRoot"], {"/Span"})
    told = {str(span["/ActualText"]): span.get("/Lang") for span in spans if "/ActualText" in span}
    assert len(titles) > 30 and titles <= set(told) and {told[title] for title in titles} == {"ar"}


def test_a_link_to_a_source_is_announced_by_its_name(pdf, pages):
    """And by its page; a screen reader tells these words of the link where it is asked, for its own may be a year alone."""
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    told = [str(note["/Contents"]) for note in notes if "/Dest" in note]
    letter = pages["references"].select_one("h1 .section-number").get_text(strip=True)
    chapter = f"References, page {letter}-1"
    assert chapter in told
    sources = [words for words in told if re.search(rf", page {letter}-\d+$", words) and words != chapter]
    assert (
        len(sources) > 2000 and [words for words in sources if not re.match(r".+ \((n\.d\.|\d).*\), page", words)] == []
    )


def test_each_paragraph_box_and_abbreviation_of_the_pages_is_told_apart_in_the_pdf(pdf, pages):
    printed = sorted(pages, key=lambda name: name != FRONT["summary"])
    shown = [page for page in (pages[name].select_one("article:not(.noprint)") for name in printed) if page]
    root = pdf.trailer["/Root"]["/StructTreeRoot"]
    names = [letters["title"] for page in shown for letters in page.select("abbr[title]")]
    assert len(names) > 40 and [str(span["/E"]) for span in tagged(root, {"/Span"}) if "/E" in span] == names
    firsts = [words["/K"][0].get_object() for words in tagged(root, {"/P"}) if words["/K"]]
    labelled = sum(isinstance(first, dict) and first.get("/S") == "/Lbl" for first in firsts)
    assert labelled == sum(len(page.select("a.paragraph-number, p.admonition-title")) for page in shown)


def test_no_link_of_the_pdf_is_without_an_area(pdf):
    areas = [note.get_object()["/Rect"] for page in pdf.pages for note in page.get("/Annots", [])]
    assert [area for area in areas if area[2] - area[0] < 1 or area[3] - area[1] < 1] == []


def test_the_pdf_carries_what_it_was_built_from(pdf, pdf_text):
    package = read_package(PACKAGE)
    files = [PACKAGE, *PACKAGE.parent.glob("*.csv"), PACKAGE.parent / "README.md", *NOTEBOOKS, ROOT / "CITATION.cff"]
    for path in files:
        assert pdf.attachments[path.name] == [path.read_bytes()], path.name
    assert package.digest in "".join(pdf_text.split())
    described = [reference.get_object() for reference in pdf.trailer["/Root"]["/AF"]]
    assert len(described) == len(pdf.attachments)
    assert all(file["/Desc"] and file["/AFRelationship"] in ("/Data", "/Source", "/Supplement") for file in described)


def test_the_pdf_is_set_from_the_same_sources_in_another_folder_and_time_zone(build, edition, tmp_path, monkeypatch):
    """That same sources give same bytes, wherever they are compiled, a smaller book shows: the press's test_same_bytes.py."""
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    monkeypatch.setenv("LC_ALL", "C")
    html = shutil.copytree(build / "html", tmp_path / "elsewhere")
    for language in languages_of(ROOT / "book"):  # which lie there once all are made
        shutil.rmtree(html / language)
    package = read_package(PACKAGE)
    files = collect(ROOT / "book", html, package)
    sources = {}

    def compiled(main, **options):
        sources.update(digests(Path(main).parent))
        assert options["timestamp"] == edition.epoch
        raise InterruptedError

    monkeypatch.setattr(typst, "compile_with_warnings", compiled)
    toc = ROOT / "book" / "_toc.yml"
    with pytest.raises(InterruptedError):
        make_pdf(html, toc, tmp_path / "a.pdf", edition, attachments=files, package=package, **FRONT)
    assert len(sources) > 100 and sources == digests(Cache(build).typst)


def digests(folder):
    return {path.relative_to(folder).as_posix(): fingerprint(path) for path in folder.rglob("*") if path.is_file()}


def test_pdf_has_all_pages_figures_and_numbers(pdf, pdf_text, pages):
    captions = [c.get_text(strip=True) for page in pages.values() for c in page.select("article .caption-number")]
    assert len(captions) > 25 and len(pdf.pages) > 20
    missing = [caption for caption in captions if caption not in pdf_text]
    assert missing == []
    assert PUBLISHED["reconciliation_killed_by_year"] in " ".join(pdf_text.split())


def test_no_line_of_the_pdf_ends_inside_a_word_without_a_hyphen(build, edition, pages):
    """Long lines of prose are hyphenated; only paths and addresses may break without a hyphen, after their marks."""
    known = vocabulary(page.get_text(" ") for page in pages.values())
    pdf_lines = list(lines_of(pypdfium2.PdfDocument(build / edition.pdf_name)))
    assert [cut for lines in pdf_lines for cut in words_cut(lines, known)] == []
    assert sum(line.count("\ufffe") for lines in pdf_lines for line in lines) > 100  # hyphenation is on


def test_no_figure_parts_a_table_and_none_begins_with_few_rows(laid_out):
    assert list(parted_tables(laid_out)) == [] and list(short_beginnings(laid_out, 4)) == []


def test_no_table_ends_with_one_row_on_a_page_and_no_cell_runs_into_the_next(laid_out):
    assert list(short_endings(laid_out, 2)) == [] and list(run_together(laid_out)) == []


def test_a_heading_of_an_annex_and_its_few_words_stand_with_their_table(laid_out):
    labels = laid_out.reader.page_labels
    assert [labels[page] for page in parted_sections(laid_out) if "-" in labels[page]] == []


def test_a_figure_stands_near_its_words(laid_out):
    """Words run past a figure that has no room; never the other way."""
    assert list(far_figures(laid_out, 2)) == []


def test_pages_of_the_report_are_filled(places):
    """In annexes a page across may end with its table."""
    labels = places.reader.page_labels
    assert [labels[page] for page in thin_pages(places) if "-" not in labels[page]] == []


def test_a_figure_stands_under_the_heading_of_the_section_that_shows_it(places):
    assert list(foreign_figures(places)) == []


@pytest.mark.parametrize("language", ["", "fr"])
def test_nothing_stands_below_the_text(build, language):
    (file,) = (build / "html" / language).glob("*.pdf")
    assert list(beyond_the_foot(file)) == []


def test_all_words_stand_in_a_paragraph_or_another_block(places):
    (document,) = [kid.get_object() for kid in places.root["/K"]]
    inline = [kid.get_object()["/S"] for kid in document["/K"]]
    assert len(inline) > 500 and not {"/Span", "/Link"} & set(inline)


def test_a_second_validator_finds_no_broken_rule(build, edition):
    assert broken_rules(build / edition.pdf_name) == []


def test_the_report_comes_before_its_annexes_and_each_page_has_one_name(places):
    labels = places.reader.page_labels
    assert labels[:2] == ["Cover", "i"] and labels[-1] == "Colophon" and len(set(labels)) == len(labels)
    report = labels.index("A-1")
    assert 40 <= report <= 65 and all("-" in name for name in labels[report:-1])


@pytest.mark.parametrize(
    ("language", "fewest"), [("", 4), ("fr", 3)]
)  # rows of the parties are high, and in French higher
def test_the_other_paper_is_set_too(build, edition, tmp_path, language, fewest):
    """The compiler gives up where what stands on a page depends on where it stands; whether it does so depends on the paper. So does
    whether the summary has room on its page."""
    words = Words(ROOT / "book", language) if language else None
    own = words.edition(edition, language, edition.language) if words else edition
    toc = ROOT / "book" / "_toc.yml"
    make_pdf(build / "html" / language, toc, tmp_path / "letter.pdf", own, paper="us-letter", words=words, **FRONT)
    places = Places(tmp_path / "letter.pdf")
    assert round(places.reader.pages[2].mediabox.width) == 612
    assert list(parted_tables(places)) == [] and list(short_beginnings(places, fewest)) == []
    assert list(run_together(places)) == []


def test_paragraphs_have_the_same_numbers_on_the_pages_and_on_paper(pdf_text, pages):
    printed = "".join(pdf_text.split())
    marks = [mark for page in pages.values() for mark in page.select("article:not(.noprint) a.paragraph-number")]
    numbers = [mark["data-number"] for mark in marks]
    assert len(numbers) > 200 and len(set(numbers)) == len(numbers)
    # Before an item stands its bullet or its count; what a reference leads to has its page behind it.
    words = {mark: "".join(mark.parent.get_text().replace("\xad", "").split())[:6] for mark in marks}
    beginnings = [rf"{mark['data-number']}(•|\d+\.)?{re.escape(words[mark])}" for mark in marks]
    assert [beginning for beginning in beginnings if not re.search(beginning, printed)] == []


def test_pdf_prints_the_edition_and_the_caution(pdf_text, edition):
    assert f"Edition {edition.version}" in pdf_text
    words = " ".join(pdf_text.split())
    assert "Every total here is a sum of claims" in words and "a minimum, not an estimate" not in words


def test_a_broken_table_stops_the_build_and_the_last_book_stands(build, edition, tmp_path):
    """AZAWAD_DATA points the whole build to another folder, here to one with a fault."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    claims = tmp_path / "data" / "casualty_claims.csv"
    claims.write_text(
        claims.read_text(encoding="utf-8").replace(",killed,93,93,93,", ",killed,93,93,12,"), encoding="utf-8"
    )
    before = (build / edition.pdf_name).read_bytes()
    run = subprocess.run(
        [sys.executable, "-m", "bookpress", "build", str(ROOT / "book"), "--output", str(build)],
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, "AZAWAD_DATA": str(tmp_path / "data")},
    )
    assert run.returncode == 1
    assert re.search(r"casualty_claims\.csv:\d+: best", run.stdout + run.stderr)
    assert (build / edition.pdf_name).read_bytes() == before and (build / "html" / "index.html").exists()
