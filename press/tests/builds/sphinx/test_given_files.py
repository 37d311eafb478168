"""Files that cells give for download: beside the pages with their digests, linked from everywhere, and not on paper."""

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import nbformat
import pypdf
import pytest
from bs4 import BeautifulSoup

from bookpress.show import FILES_KEY
from notebook_books import SMALL_BOOK

GIVES = """\
---
file_format: mystnb
kernelspec:
  name: python3
---
# Gives

{givenfile}`SHA256SUMS` tells of {givenfile}`all.bin`.

```{code-cell}
from bookpress.show import files

files(
    {"all.bin": (bytes(range(256)), "all bytes"), "none.tar.gz": (b"", "none")},
    "tab-given", "Given.", note="Beside {givenfile}`noise.bin`.",
)
```

```{code-cell}
:tags: [remove-input]
from bookpress.show import screen

screen('<p><a href="gives/small.html#row">One row</a></p>', {"small": ("Small & <alone>", '<h1 id="row">A wombat</h1>')})
```
"""
NOISE = 'from bookpress.show import files\n\nfiles({"noise.bin": (bytes(100_000), "noise")}, "tab-noise", "Noise.")'
FILES = {"all.bin": bytes(range(256)), "noise.bin": bytes(100_000), "none.tar.gz": b""}
SUMS = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in FILES.items())
WRITTEN = FILES | {"SHA256SUMS": SUMS.encode()}
PAGES = ("gives", "deeper/links", "notebooks/noise")


def replaced(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def write_book(folder):
    """The small book with three other pages: two give files, and one in a folder below links them."""
    project = shutil.copytree(SMALL_BOOK, folder / "small_book", symlinks=True)
    book = project / "book"
    (project / "notebooks" / "01-shapes.ipynb").unlink()
    cells = [
        nbformat.v4.new_markdown_cell("# Noise\n\nSee {givenfile}`noise.bin`.", id="c1"),
        nbformat.v4.new_code_cell(NOISE, id="c2"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), project / "notebooks" / "noise.ipynb")
    (book / "deeper").mkdir()
    pages = {"index": "# Small book\n", "gives": GIVES, "deeper/links": "# Links\n\nTo {givenfile}`all.bin`.\n"}
    for page, text in pages.items():
        (book / f"{page}.md").write_text(text, "utf-8")
    chapters = "".join(f"  - file: {page}\n" for page in PAGES)
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{chapters}", "utf-8")
    return project


def files_of(html):
    return {file.name: file.read_bytes() for file in (html / "_downloads" / "files").iterdir()}


def copied(html):
    """The cells of the executed notebook that readers are offered."""
    return json.loads((html / "_downloads" / "notebooks" / "noise.ipynb").read_text("utf-8"))["cells"]


def readings(project):
    """When each page was read, as far as the next build will take it over."""
    folder = project / "build" / ".cache" / "pages" / ".doctrees"
    return {page: (folder / f"{page}.doctree").stat().st_mtime_ns for page in PAGES}


@pytest.fixture(scope="module")
def built(build, tmp_path_factory):
    project = write_book(tmp_path_factory.mktemp("given"))
    run = build(project)
    assert run.returncode == 0, run.stdout + run.stderr
    return project


@pytest.fixture
def changed(built):
    """The same, to be changed and built again in its place; what tests change is put back."""
    good = shutil.copytree(built, built.with_name("good"), symlinks=True)
    yield built
    shutil.rmtree(built)
    good.rename(built)


def test_files_are_written_as_they_were_given_with_their_digests(built):
    assert files_of(built / "build" / "html") == WRITTEN


def test_links_lead_to_the_files_from_pages_in_every_folder_and_the_digests_are_not_shown(built):
    html = built / "build" / "html"
    pages = {page: BeautifulSoup((html / f"{page}.html").read_text("utf-8"), "html.parser").article for page in PAGES}
    links = {page: article.select("a[href*='_downloads/files/']") for page, article in pages.items()}
    assert {page: [link.get_text() for link in found] for page, found in links.items()} == {
        "gives": ["SHA256SUMS", "all.bin", "all.bin", "none.tar.gz", "noise.bin"],
        "deeper/links": ["all.bin"],
        "notebooks/noise": ["noise.bin", "noise.bin"],
    }
    for page, found in links.items():
        for link in found:
            assert (html / page).parent.joinpath(link["href"]).read_bytes() == WRITTEN[link.get_text()]
    for line in SUMS.splitlines():
        assert not any(line.split()[0] in article.get_text() for article in pages.values())


def test_a_small_page_stands_beside_its_page_and_in_neither_contents_search_nor_paper(built):
    html = built / "build" / "html"
    page = BeautifulSoup((html / "gives" / "small.html").read_text("utf-8"), "html.parser")
    assert page.title.text.startswith("Small & <alone> – ") and page.select_one("article #row").text == "A wombat"
    assert [link["href"] for link in page.select("link[rel=stylesheet]")] == ["../_static/book.css"]
    assert not page.select("nav.contents") and page.select_one(".to-contents")["href"] == "../index.html#contents"
    assert not any("wombat" in file.read_text("utf-8") for file in html.glob("_static/search-*.js"))
    assert not any("wombat" in page.extract_text() for page in pypdf.PdfReader(next(html.glob("*.pdf"))).pages)


def test_the_notebook_for_readers_names_the_files_and_bears_none(built):
    prose, ran = cells = copied(built / "build" / "html")
    (output,) = ran["outputs"]
    assert "See noise.bin." in prose["source"] and ">noise.bin</th>" in output["data"]["text/html"]
    assert FILES_KEY not in str(cells) and len(str(cells)) < len(FILES["noise.bin"]) / 10


def test_the_pdf_prints_the_tables_and_carries_their_data_alone(built):
    pdf = pypdf.PdfReader(built / "build" / "small-book-1.2.0.pdf")
    assert set(pdf.attachments) == {
        *("datapackage.json", "shapes.csv", "CITATION.cff", "noise.ipynb"),
        *("tab-given.csv", "tab-noise.csv"),
    }
    printed = "".join(page.extract_text() for page in pdf.pages)
    assert all(name in printed and sha256(content).hexdigest()[:12] in printed for name, content in FILES.items())


def test_files_of_a_page_that_is_not_read_again_are_there_after_each_build(build, changed):
    before = readings(changed)
    run = build(changed)
    assert run.returncode == 0 and "nothing changed" in run.stdout
    assert files_of(changed / "build" / "html") == WRITTEN
    replaced(changed / "book" / "deeper" / "links.md", "To ", "All the same to ")
    run = build(changed)
    assert run.returncode == 0 and "no notebook to run" in run.stdout, run.stdout + run.stderr
    after = readings(changed)
    assert [page for page in PAGES if before[page] != after[page]] == ["deeper/links"]
    assert files_of(changed / "build" / "html") == WRITTEN


def test_links_to_files_that_no_page_gives_and_a_name_that_two_cells_give_are_told_with_their_places(build, changed):
    replaced(changed / "book" / "deeper" / "links.md", "all.bin", "absent.bin")
    file = changed / "notebooks" / "noise.ipynb"
    replaced(file, "noise.bin", "loud.bin")
    notebook = nbformat.read(file, as_version=4)
    again = NOISE.replace("noise.bin", "loud.bin").replace("tab-noise", "tab-again")
    notebook.cells.append(nbformat.v4.new_code_cell(again, id="c3"))
    nbformat.write(notebook, file)
    run = build(changed)
    there = "there are all.bin, loud.bin, none.tar.gz, SHA256SUMS\n"
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert f"book/deeper/links.md:3: WARNING: no page gives a file absent.bin; {there}" in run.stderr
    kept = next(line for line in run.stderr.splitlines(keepends=True) if "gives.md" in line)  # not read again
    assert kept.startswith("book/gives.md:") and kept.endswith(f"WARNING: no page gives a file noise.bin; {there}")
    assert "book/notebooks/noise.ipynb, cell 3: ERROR: file loud.bin is given twice by this page" in run.stderr
    assert "leads nowhere" not in run.stderr
    assert files_of(changed / "build" / "html") == WRITTEN, "the last good book stands"


def test_a_link_where_no_page_gives_a_file_is_told(build, changed):
    (changed / "book" / "_toc.yml").write_text("format: jb-book\nroot: deeper/links\n", "utf-8")
    replaced(changed / "book" / "deeper" / "links.md", "all.bin", "SHA256SUMS")
    run = build(changed)
    assert run.returncode == 1
    assert "deeper/links.md:3: WARNING: no page gives a file SHA256SUMS; there are none\n" in run.stderr


def test_a_name_that_two_pages_give_is_refused_and_both_are_named(build, changed):
    replaced(changed / "notebooks" / "noise.ipynb", "noise.bin", "all.bin")
    run = build(changed)
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert "file all.bin is given by gives and by notebooks/noise; give one of them another name\n" in run.stderr
    assert files_of(changed / "build" / "html") == WRITTEN, "the last good book stands"


def build_alone(project):
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "book", "-W", "-n", "--keep-going"]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return project / "book" / "_build" / "html"


def test_jupyter_book_alone_writes_the_same_files(built, tmp_path):
    html = build_alone(write_book(tmp_path))
    assert files_of(html) == WRITTEN and copied(html) == copied(built / "build" / "html")


def test_jupyter_book_alone_writes_them_from_its_cache_too(built, tmp_path):
    project = write_book(tmp_path)
    replaced(project / "book" / "_config.yml", "execute_notebooks: force", "execute_notebooks: cache")
    build_alone(project)
    for page, old, new in (("book/gives.md", " tells of ", " lists "), ("notebooks/noise.ipynb", "# Noise", "# Loud")):
        replaced(project / page, old, new)
    html = build_alone(project)
    assert files_of(html) == WRITTEN
    prose, ran = copied(html)
    assert "# Loud" in prose["source"] and ran == copied(built / "build" / "html")[1]
