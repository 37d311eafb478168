"""Markup in a table's cell: HTML, script, Typst, LaTeX and Markdown are printed as text, on the pages and on paper."""

import os
import re
import shutil
import subprocess
import sys

import pypdfium2
import pytest
import yaml
from bs4 import BeautifulSoup

from bookpress.book.edition import read_edition
from prose import ROOT

MARKUP = [
    '<script>alert("a")</script>',
    "<img src=x onerror=alert(1)>",
    "</td></table><h1>big</h1>",
    "<!-- gone -->",
    "&amp;&lt;",
    "*stars* _lines_ **more** `code` ~~out~~",
    "[link](javascript:alert(1)) ![](x.png) <javascript:alert(2)>",
    "{raw}`html` {cite}`nobody` {{ edition }}",
    "```{raw} html",
    ":::{note} :::",
    "$x^2$ $$y$$ \\input{secret} \\begin{x} % gone",
    '#set page(fill: red) #read("secret") #"string" @label <label> = head',
    "| bar | https://example.org/a_b_c",
]
STRAIGHT = str.maketrans("“”‘’", "\"\"''")  # pages curl the quotation marks of cells
CELLS = [  # file, row, free-text column; the pages below print them all
    ("casualty_claims.csv", "period_2012_mnla_killed", "claimant"),
    ("events.csv", "kidal_2012_03_30", "name"),
    ("event_claims.csv", "kidal_2012_03_30_date_armyrec", "statement"),
    ("control_claims.csv", "menaka_2012_01_17_mw43106", "claimant"),
    ("changes.csv", "all_mnla_side", "number"),
    ("changes.csv", "all_mnla_side", "why"),
]
PRINTED, SCREEN = ["claims", "claims-events", "claims-control", "changes"], ["explorer"]
ENVIRON = {name: value for name, value in os.environ.items() if name != "AZAWAD_DATA"}


@pytest.fixture
def hostile(data_copy):
    """A project whose data hold MARKUP, and a book of the pages that print it; the folder and the text in the cells."""
    text = "begin " + " ".join(MARKUP) + " end"
    for file, row, column in CELLS:
        data_copy.set(file, row, **{column: text})
    project = data_copy.folder.parent
    shutil.copytree(
        ROOT / "book", project / "book", dirs_exist_ok=True, ignore=shutil.ignore_patterns("_build", "notebooks")
    )
    shutil.copytree(ROOT / "notebooks", project / "notebooks")  # the PDF carries them
    for name in ("CITATION.cff", "CHANGELOG.md", "LICENSE", "requirements.txt"):
        shutil.copy(ROOT / name, project)
    chapters = [{"file": name} for name in [*SCREEN, *PRINTED[1:], "references"]]
    (project / "book" / "_toc.yml").write_text(
        yaml.safe_dump({"format": "jb-book", "root": "claims", "chapters": chapters}), "utf-8"
    )
    config = project / "book" / "_config.yml"  # the settings of pages that are left out
    config.write_text(re.sub(r"(?m)^ +(annexes|summary|cover): .*\n", "", config.read_text("utf-8")), "utf-8")
    for name in [*PRINTED, *SCREEN]:  # links to pages that are left out
        page = project / "book" / f"{name}.md"
        page.write_text(re.sub(r"\[([\w ]*)\]\((?!explorer)[\w-]+\.md\)", r"\1", page.read_text("utf-8")), "utf-8")
    return project, text


def test_markup_in_a_cell_is_text_on_the_pages_and_on_paper(hostile):
    project, text = hostile
    environ = ENVIRON | {"AZAWAD_DATA": str(project / "data")}
    checked = subprocess.run(
        [sys.executable, "-m", "azawad_conflict", "check"], env=environ, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout
    built = subprocess.run(
        [sys.executable, "-m", "bookpress", "build", "book", "--languages", "en"],
        cwd=project,
        env=environ,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    html = project / "build" / "html"
    pages = {
        name: BeautifulSoup((html / f"{name}.html").read_text("utf-8"), "html.parser") for name in [*PRINTED, *SCREEN]
    }
    for name, page in pages.items():
        cells = [" ".join(cell.get_text().split()).translate(STRAIGHT) for cell in page.select("td, th")]
        assert sum(text in cell for cell in cells) >= {
            "changes": 2,
            "claims-control": 1,
            "claims": 1,
            "claims-events": 2,
        }.get(name, 3), name
        article = page.select_one("article")
        assert not article.select("img, h1 ~ h1, [onerror], a[href^='javascript'], .math, aside, em + em")
        assert all(script.get("type") == "application/json" for script in article.select("script"))
    paper = pypdfium2.PdfDocument(project / "build" / read_edition(project / "book").pdf_name)
    printed = "".join("".join(page.get_textpage().get_text_range() for page in paper).replace("\ufffe", "").split())
    printed = printed.translate(STRAIGHT)
    assert printed.count("".join(text.split())) >= 3


ADDRESSES = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "//example.org",
    "vbscript:x",
]


@pytest.fixture(scope="module")
def refused(copy_into, tmp_path_factory):
    """What one check says of all addresses, each of which is that of another source: (the line of the source, what is said)."""
    data = copy_into(tmp_path_factory.mktemp("addresses"))
    sources = [line.partition(",")[0] for line in data.read("sources.csv").split("\n")[1 : len(ADDRESSES) + 1]]
    lines = [data.set("sources.csv", source, url=address) for source, address in zip(sources, ADDRESSES, strict=True)]
    command = [sys.executable, "-m", "azawad_conflict", "check", str(data.folder)]
    run = subprocess.run(command, env=ENVIRON, capture_output=True, text=True)
    assert run.returncode == 1, run.stdout
    return dict(zip(ADDRESSES, lines, strict=True)), run.stdout


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_no_web_page_is_refused(refused, address):
    lines, said = refused
    assert re.search(rf"sources\.csv:{lines[address]}: url", said), said
