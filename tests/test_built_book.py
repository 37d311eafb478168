"""The built book as a reader gets it: the HTML pages and the PDF, built once for these tests."""

import gzip
import os
import re
import shutil
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from azawad_conflict import behind, headline, tables
from bookpress.attachments import collect, read_package
from bookpress.bibliography import citations
from bookpress.edition import read_edition
from bookpress.pdf import make_pdf
from prose import NOTEBOOKS, ROOT

PACKAGE = ROOT / "data" / "datapackage.json"
PLAIN_QUOTES = str.maketrans("‘’“”", "''\"\"")  # the pages have curly ones


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """A fresh build of the whole book in a folder of its own."""
    folder = tmp_path_factory.mktemp("build")
    run = subprocess.run(
        [sys.executable, "-m", "bookpress", "build", str(ROOT / "book"), "--output", str(folder)],
        capture_output=True, text=True, timeout=600,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.fixture(scope="session")
def pages(build):
    """Page name to parsed HTML, for the pages of the contents."""
    contents = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
    names = [contents["root"], *(chapter["file"] for part in contents["parts"] for chapter in part["chapters"])]
    return {name: BeautifulSoup((build / "html" / f"{name}.html").read_text(encoding="utf-8"), "html.parser") for name in names}


@pytest.fixture(scope="session")
def edition():
    return read_edition(ROOT / "book")


@pytest.fixture(scope="session")
def pdf(build, edition):
    return pypdf.PdfReader(build / edition.pdf_name)


@pytest.fixture(scope="session")
def pdf_text(build, edition):
    document = pypdfium2.PdfDocument(build / edition.pdf_name)
    return " ".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", " ").replace("\ufffe", "")


def test_every_figure_has_caption_number_and_alt_text(pages):
    figures = [figure for page in pages.values() for figure in page.select("article figure")]
    assert len(figures) == sum(notebook.read_text(encoding="utf-8").count('\\"fig-') for notebook in NOTEBOOKS)
    for figure in figures:
        assert figure.select_one("figcaption .caption-number"), figure.get("id")
        drawing = figure.select_one("img, svg")
        assert len(drawing.get("alt") or drawing.get("aria-label") or "") > 60, figure.get("id")


def test_figures_are_vector(pages):
    sources = [image["src"] for page in pages.values() for image in page.select("article figure img")]
    assert sources and all(source.endswith(".svg") for source in sources)


def test_every_table_has_caption_and_number(pages):
    tables_ = [table for page in pages.values() for table in page.select("article table:not(.screen table)")]
    assert len(tables_) > 20
    assert all(table.select_one("caption .caption-number") for table in tables_)


def test_every_figure_and_table_offers_its_data(build, pages):
    for name, page in pages.items():
        links = page.select("article .datafile a[href$='.csv']")
        labelled = page.select("article figure, article table:not(.screen table)")
        assert len(links) == len(labelled), name
        for link in links:
            file = (build / "html" / name).parent / link["href"]
            assert file.resolve().read_text(encoding="utf-8").count("\n") >= 2, link["href"]


def test_links_and_anchors_lead_somewhere(build, pages):
    broken = []
    for name, page in pages.items():
        for link in page.select("article a[href]"):
            path, _, anchor = link["href"].partition("#")
            if re.match(r"[a-z]+:", path):
                continue
            target = ((build / "html" / name).parent / path).resolve() if path else build / "html" / f"{name}.html"
            if not target.exists():
                broken.append((name, link["href"]))
            elif anchor and "=" not in anchor and target.suffix == ".html" and f'id="{anchor}"' not in target.read_text(encoding="utf-8"):
                broken.append((name, link["href"]))
    assert broken == []


def test_no_markup_and_no_blank_is_left_in_the_text(pages):
    for name, page in pages.items():
        text = page.select_one("article").get_text(" ")
        assert not re.search(r"\{(glue|cite|numref|pdf)|:::|\bnan\b|<NA>|None\b", text), name


def test_headline_numbers_are_printed(pages):
    numbers = headline.numbers("casualties")
    text = pages["index"].select_one("article").get_text(" ")
    for key in ("casualties_mnla_side_killed", "casualties_told_mnla_side_killed", "casualties_islamist_killed"):
        assert re.search(rf"\b{numbers[key]}\b", text), key


def test_the_codebook_describes_every_column_of_every_table(pages):
    text = " ".join(pages["codebook"].select_one("article").get_text(" ").translate(PLAIN_QUOTES).split())
    for resource in tables.schema()["resources"]:
        assert resource["description"] in text, resource["name"]
        for field in resource["schema"]["fields"]:
            assert field["name"] in text


def test_every_source_is_in_the_references(pages):
    text = " ".join(pages["references"].select_one("article").get_text(" ").translate(PLAIN_QUOTES).split())
    missing = [title for title in tables.load("sources")["title"] if title not in text]
    assert missing == []


def test_the_explorer_and_the_notes_cite_as_the_book_does(pages):
    in_text = {" ".join(link.find_parent("td").get_text().split()) for link in pages["claims"].select("td a[href*='#ref-']")}
    assert len(in_text) > 100 and in_text <= set(citations(ROOT / "book" / "references.bib").values())


def test_the_pdf_is_linked_and_lies_beside_the_pages(build, pages, edition):
    (link,) = [a for a in pages["index"].select("article a[href]") if a["href"].endswith(".pdf")]
    assert (build / "html" / link["href"]).read_bytes() == (build / edition.pdf_name).read_bytes()


def _outline(items, depth=0):
    """(depth, title) of each bookmark."""
    for item in items:
        if isinstance(item, list):
            yield from _outline(item, depth + 1)
        else:
            yield depth, item.title


def test_pdf_carries_title_language_and_bookmarks(pdf, pages, edition):
    assert edition.title in pdf.metadata.title
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    bookmarks = list(_outline(pdf.outline))
    headings = [re.sub("¶$", "", page.select_one("article:not(.noprint) h1").get_text(strip=True)) for page in pages.values() if page.select_one("article:not(.noprint)")]
    assert len(headings) < len(pages)  # some are for the screen alone
    assert [title for depth, title in bookmarks if depth <= 1 and title in headings] == headings
    assert max(depth for depth, _ in bookmarks) >= 2  # parts, chapters, sections


def _structure(node, kinds):
    """Each element of these kinds in the tags of the PDF, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict) and "/S" in kid:
            if kid["/S"] in kinds:
                yield kid
            yield from _structure(kid, kinds)


def test_every_figure_of_the_pdf_has_alt_text_and_every_table_has_heads(pdf, pages):
    tags = list(_structure(pdf.trailer["/Root"]["/StructTreeRoot"], {"/Figure", "/Table"}))
    figures = [tag for tag in tags if tag["/S"] == "/Figure"]
    drawn = [figure.img["alt"] for page in pages.values() for figure in page.select("article figure")]
    assert [" ".join(str(tag["/Alt"]).split()) for tag in figures] == [" ".join(alt.split()) for alt in drawn]
    printed = [tag for tag in tags if tag["/S"] == "/Table"]
    assert len(printed) == 1 + sum(len(page.select("article table:not(.screen table)")) for page in pages.values())  # and that of the colophon
    assert all(next(_structure(tag, {"/TH"}), None) for tag in printed)


def test_the_pdf_carries_what_it_was_built_from(pdf, pdf_text):
    package = read_package(PACKAGE)
    files = [PACKAGE, *PACKAGE.parent.glob("*.csv"), PACKAGE.parent / "README.md", *NOTEBOOKS, ROOT / "CITATION.cff"]
    for path in files:
        assert pdf.attachments[path.name] == [path.read_bytes()], path.name
    assert package.digest in "".join(pdf_text.split())
    described = [reference.get_object() for reference in pdf.trailer["/Root"]["/AF"]]
    assert len(described) == len(pdf.attachments)
    assert all(file["/Desc"] and file["/AFRelationship"] in ("/Data", "/Source", "/Supplement") for file in described)


def test_the_pdf_is_the_same_from_another_folder_and_time_zone(build, edition, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    monkeypatch.setenv("LC_ALL", "C")
    html = shutil.copytree(build / "html", tmp_path / "elsewhere")
    package = read_package(PACKAGE)
    files = collect(ROOT / "book", html, package)
    make_pdf(html, ROOT / "book" / "_toc.yml", tmp_path / edition.pdf_name, edition, attachments=files, package=package)
    assert (tmp_path / edition.pdf_name).read_bytes() == (build / edition.pdf_name).read_bytes()


def test_pdf_has_all_pages_figures_and_numbers(pdf, pdf_text, pages):
    captions = [c.get_text(strip=True) for page in pages.values() for c in page.select("article .caption-number")]
    assert len(captions) > 25 and len(pdf.pages) > 20
    missing = [caption for caption in captions if caption not in pdf_text]
    assert missing == []
    assert headline.numbers("reconciliation")["reconciliation_killed_by_year"] in " ".join(pdf_text.split())


def test_pdf_prints_the_edition_and_the_caution(pdf_text, edition):
    assert f"Edition {edition.version}" in pdf_text
    assert "a minimum, not an estimate" in " ".join(pdf_text.split())


# --- in a browser, opened from disk -----------------------------------------------------------------------------------

REQUESTS, WEIGHT = 12, 100_000  # of a first visit, gzip; pages of the site itself only
HEAVIER = {"notebooks/03-territory": 150_000}  # its maps
SMALLEST_LETTER = 11  # CSS pixels on a phone


@pytest.fixture(scope="session")
def chromium():
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine: the pages are not opened in a browser (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(build, pages):
    """Address on disk of each page of the book, and of the two that have no text of their own."""
    return {name: (build / "html" / f"{name}.html").as_uri() for name in [*pages, "search", "404"]}


def _visit(context, address):
    """The opened page, what it asked for, and what it complained of; scrolled to its end, so that everything is loaded."""
    page, asked, complaints = context.new_page(), set(), []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(100)
    return page, asked, complaints


def test_each_page_is_light_and_asks_nobody_else_for_anything(chromium, site):
    context = chromium.new_context()
    found = {}
    for name, address in site.items():
        page, asked, complaints = _visit(context, address)
        page.close()
        assert all(url.startswith(("file:", "data:")) for url in asked), (name, asked)
        files = [Path(urllib.parse.unquote(urllib.parse.urlsplit(url).path)) for url in asked if url.startswith("file:")]
        found[name] = len(files), sum(len(gzip.compress(file.read_bytes())) for file in files), complaints
    assert {name: complaints for name, (*_, complaints) in found.items() if complaints} == {}
    assert {name: seen for name, seen in found.items() if seen[0] > REQUESTS or seen[1] > HEAVIER.get(name, WEIGHT)} == {}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_axe_finds_nothing(chromium, site, scheme, width):
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = {}
    for name, address in site.items():
        page, _, _ = _visit(context, address)
        result = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
        page.close()
        found[name] = [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in result.response["violations"]]
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_nothing_runs_off_a_narrow_screen(chromium, site):
    context = chromium.new_context(viewport={"width": 320, "height": 800})
    wide = []
    for name, address in site.items():
        page, _, _ = _visit(context, address)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(name)
        page.close()
    assert wide == []


def test_letters_in_drawings_can_be_read_on_a_phone(chromium, site, build):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    small = {}
    for name in (name for name in site if name.startswith("notebooks/")):
        page, _, _ = _visit(context, site[name])
        for address, width in page.evaluate("[...document.querySelectorAll('figure img')].map(i => [i.src, i.getBoundingClientRect().width])"):
            drawing = Path(urllib.parse.urlsplit(address).path).read_text(encoding="utf-8")
            own = float(re.search(r'viewBox="[\d.]+ [\d.]+ ([\d.]+)', drawing)[1])
            letters = [float(size) for size in re.findall(r"font-size: ?([\d.]+)px", drawing)]
            if min(letters) * width / own < SMALLEST_LETTER:
                small[Path(address).name] = min(letters) * width / own
        page.close()
    assert small == {}


@pytest.mark.parametrize(("query", "finds"), [("Kidal", True), ("zzzqqq", False), ("<img src=x onerror=alert(1)>", False), ("", False)])
def test_the_search_works_from_disk_whatever_is_asked(chromium, site, query, finds):
    page, _, complaints = _visit(chromium.new_context(), f"{site['search']}?q={urllib.parse.quote(query)}")
    page.wait_for_timeout(800)
    assert (page.locator("ul.search li").count() > 0) == finds
    assert page.locator("#search-results img").count() == 0 and complaints == []


def test_the_switch_between_light_and_dark_holds_on_the_next_page(chromium, site):
    page, _, _ = _visit(chromium.new_context(color_scheme="light"), site["index"])
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(ground) != light
    page.goto(site["summary"])
    assert page.evaluate(ground) != light and page.get_by_role("button", name="Light").is_visible()


def test_the_claims_are_searched_filtered_added_up_and_taken_away(chromium, site):
    page, _, complaints = _visit(chromium.new_context(accept_downloads=True), site["explorer"])
    status, total = page.locator(".explorer [role=status]"), page.locator("table.totals tbody tr").first
    everything = sum(len(tables.load(name)) for name in ("casualty_claims", "attribution_claims", "event_claims", "control_claims"))
    published = total.text_content()  # the words also while it is out of sight
    assert status.inner_text() == f"All {everything} claims are shown."
    page.get_by_label("Words").fill("menaka")  # without its accent
    page.get_by_label("Outcome or subject", exact=True).select_option("killed")
    shown = page.locator("table.claims tbody tr:visible").count()
    assert 0 < shown < everything and status.inner_text() == f"{shown} of {everything} claims are shown."
    assert total.text_content() != published
    page.get_by_role("button", name="Date").click()
    assert page.locator("th[data-sort=date]").get_attribute("aria-sort") == "descending"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == shown + 1 and all("Ménaka" in line for line in lines[1:])
    kept = page.url
    page.goto("about:blank")
    page.goto(kept)
    assert status.inner_text() == f"{shown} of {everything} claims are shown."
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(50)
    assert status.inner_text() == f"All {everything} claims are shown." and total.text_content() == published and complaints == []


@pytest.mark.parametrize("address", ["explorer#claims?outcome=nonsense&sort=-nonsense", "explorer#claims?%", "explorer#claim-nonsense", "map#date=nonsense", "map#date=1999-01-01", "own-rule#rule=999"])
def test_an_address_that_names_nothing_gives_a_whole_page(chromium, site, address):
    name, _, place = address.partition("#")
    page, _, complaints = _visit(chromium.new_context(), f"{site[name]}#{place}")
    assert complaints == [] and page.locator("article table:visible, article svg:visible").count() > 0


def test_the_map_moves_with_the_date_and_leads_to_the_claims(chromium, site):
    page, _, _ = _visit(chromium.new_context(), f"{site['map']}#date=2012-06-27")
    before = page.locator("#dated-map output").first.inner_text()
    page.locator("#dated-map input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#dated-map output").first.inner_text() != before
    folder = site["map"].rpartition("/")[0]
    links = [page.locator(f"#history-kidal a[href^='{name}.html']").first.get_attribute("href") for name in ("explorer", "claims")]
    page.goto(f"{folder}/{links[0]}")
    assert "Kidal" in page.locator("tr:target").inner_text()
    page.goto(f"{folder}/{links[1]}")
    assert "Kidal" in page.locator("th.group:target").text_content()


def test_a_number_opens_its_rule_and_its_claims_where_it_stands(chromium, site):
    page, requests, complaints = _visit(chromium.new_context(), site["index"])
    mark = page.locator("article .why", has_text="to").first
    page.keyboard.press("Tab")  # from now on focus is the keyboard's
    mark.focus()
    note = page.get_by_role("note")
    note.wait_for(timeout=2000)
    assert mark.get_attribute("aria-expanded") == "true" and "claims behind it" in note.inner_text()
    claims = note.locator("li a")
    assert claims.count() == len(behind.behind("casualties_mnla_side_killed").claims)
    page.keyboard.press("Escape")
    assert note.count() == 0 and mark.get_attribute("aria-expanded") == "false"
    mark.hover()
    note.wait_for(timeout=2000)
    place = claims.first.get_attribute("href")
    claims.first.click()
    page.wait_for_load_state()
    assert page.locator("tr:target").is_visible() and place.endswith(page.locator("tr:target").get_attribute("id"))
    assert complaints == []


def test_a_tap_opens_the_note_and_the_next_follows_the_link(chromium, site):
    page, _, _ = _visit(chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True), site["index"])
    mark = page.locator("article a.why").first
    number = mark.inner_text()
    mark.tap()
    box = page.get_by_role("note").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    with page.expect_navigation():
        mark.tap()
    assert "/notebooks/" in page.url and number in page.locator(":target").locator("xpath=..").inner_text()


def test_a_citation_shows_its_reference(chromium, site):
    page, _, complaints = _visit(chromium.new_context(), site["summary"])
    page.locator("article a[href*='#ref-']").first.hover()
    note = page.get_by_role("note", name="Reference")
    note.wait_for(timeout=2000)
    assert note.locator("a[href^=http]").count() == 1
    note.get_by_role("link", name="In the list of references").click()
    page.wait_for_load_state()
    assert page.locator(".citation:target").is_visible() and complaints == []


def test_notes_that_cannot_be_loaded_leave_the_link(chromium, site):
    context = chromium.new_context()
    context.route("**/number-notes.js", lambda route: route.abort())
    page, _, _ = _visit(context, site["index"])
    page.locator("article a.why").first.hover()
    assert page.get_by_role("note").inner_text() == "The sentence that computes it"


def test_a_screen_reader_finds_one_main_text_and_a_name_for_everything(chromium, site):
    """Chromium's accessibility tree, which screen readers read."""
    nameless = {"image", "img", "table", "link", "button", "textbox", "searchbox", "combobox", "slider", "region", "heading", "navigation"}
    for name, address in site.items():
        page, _, _ = _visit(chromium.new_context(), address)
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        read = [(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in tree if not node["ignored"]]
        roles = [role for role, _ in read]
        assert roles.count("main") == 1, name
        assert [role for role, words in read if role in nameless and not words] == [], name
        levels = [int(node["properties"][[p["name"] for p in node["properties"]].index("level")]["value"]["value"]) for node in tree
                  if not node["ignored"] and node["role"]["value"] == "heading"]
        assert levels.count(1) == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), (name, levels)
        page.context.close()


def test_without_javascript_everything_is_there(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site["notebooks/02-casualties"])
    assert page.locator("article table:not(.screen table)").count() >= 3 and page.locator("nav.contents a").count() > 10
    assert not page.locator("#theme").is_visible()
    page.goto(site["search"])
    assert "needs JavaScript" in page.locator("noscript").inner_text()


def test_the_keyboard_reaches_the_text_first_and_focus_is_seen(chromium, site):
    page, _, _ = _visit(chromium.new_context(), site["summary"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_a_broken_table_stops_the_build_and_the_last_book_stands(build, edition, tmp_path):
    """AZAWAD_DATA points the whole build to another folder, here to one with a fault."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    claims = tmp_path / "data" / "casualty_claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8").replace(",killed,93,93,93,", ",killed,93,93,12,"), encoding="utf-8")
    before = (build / edition.pdf_name).read_bytes()
    run = subprocess.run(
        [sys.executable, "-m", "bookpress", "build", str(ROOT / "book"), "--output", str(build)],
        capture_output=True, text=True, timeout=600, env={**os.environ, "AZAWAD_DATA": str(tmp_path / "data")},
    )
    assert run.returncode == 1
    assert re.search(r"casualty_claims\.csv:\d+: best", run.stdout + run.stderr)
    assert (build / edition.pdf_name).read_bytes() == before and (build / "html" / "index.html").exists()
