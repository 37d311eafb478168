"""What tests share: a copy of the data that a test can break, the built book as a reader gets it, a browser."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from azawad_conflict.tables import REPOSITORY
from bookpress.book.edition import read_edition
from bookpress.cache import Cache
from prose import ROOT


class DataCopy:
    """A copy of data/ and of the bibliography beside it, edited cell by cell or as raw bytes."""

    def __init__(self, root):
        self.folder = root / "data"
        self.folder.mkdir()
        for path in (REPOSITORY / "data").glob("*.*"):
            shutil.copy(path, self.folder)
        (root / "book").mkdir()
        self.bibliography = Path(shutil.copy(REPOSITORY / "book" / "references.bib", root / "book"))

    def path(self, file):
        return self.bibliography if file == "references.bib" else self.folder / file

    def read(self, file):
        return self.path(file).read_bytes().decode()

    def write(self, file, content):
        self.path(file).write_bytes(content if isinstance(content, bytes) else content.encode())

    def replace(self, file, old, new):
        """Replace the first occurrence in the file's text, which must be there."""
        text = self.read(file)
        assert old in text, f"{file} has no {old!r}: the test no longer breaks anything"
        self.write(file, text.replace(old, new, 1))

    def line_of(self, file, row_id):
        """Number of the line that starts with the row's id."""
        starts = [number for number, line in enumerate(self.read(file).split("\n"), 1) if line.startswith(f"{row_id},")]
        assert starts, f"{file} has no row {row_id}: the test no longer breaks anything"
        return starts[0]

    def set(self, file, row_id, **values):
        """Set cells of one row, by column; return the row's line."""
        line = self.line_of(file, row_id)
        lines = self.read(file).split("\n")
        header = lines[0].split(",")
        (cells,) = csv.reader([lines[line - 1]])
        for column, value in values.items():
            assert cells[header.index(column)] != value, f"{file} has {value!r} there already"
            cells[header.index(column)] = value
        row = io.StringIO()
        csv.writer(row, lineterminator="\n").writerow(cells)
        lines[line - 1] = row.getvalue().removesuffix("\n")
        self.write(file, "\n".join(lines))
        return line

    def remove(self, file, row_id):
        """Remove one row."""
        lines = self.read(file).split("\n")
        del lines[self.line_of(file, row_id) - 1]
        self.write(file, "\n".join(lines))

    def append(self, file, row):
        """Add a row at the end; return its line."""
        text = self.read(file)
        self.write(file, text + row + "\n")
        return text.count("\n") + 1


@pytest.fixture(scope="session")
def copy_into():
    """The function that makes a copy of the data in a folder."""
    return DataCopy


@pytest.fixture
def data_copy(tmp_path, copy_into):
    return copy_into(tmp_path)


@pytest.fixture(scope="session")
def build(made_once):
    """A build of the whole book from nothing, in a folder of its own, made by the first process of this run that asks.

    It is a copy of build/ where that was made from nothing and nothing changed since; of another one it takes over no
    result, for that could be older than what it shows, and the tests would not see it.
    """
    return made_once("built", lambda folder: _copied(folder) or _built(folder))


def _copied(target):
    """Copy build/, if it was made from nothing and a build finds nothing to do; tell if it was copied."""
    record = Cache(ROOT / "build").record
    if not record.is_file() or not json.loads(record.read_text("utf-8")).get("from_nothing"):
        return False
    shutil.copytree(ROOT / "build", target, symlinks=True)
    if "nothing changed" in _built(target):
        return True
    shutil.rmtree(target)
    return False


def _built(target):
    """Build the whole book in a folder; return what the build said."""
    command = [sys.executable, "-m", "bookpress", "build", str(ROOT / "book"), "--output", str(target)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


class Pages(Mapping):
    """Page name to parsed HTML, for the pages of the contents; each is parsed when it is first asked for, which takes seconds."""

    def __init__(self, html):
        contents = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
        chapters = [chapter["file"] for part in contents["parts"] for chapter in part["chapters"]]
        self._html, self._parsed = html, dict.fromkeys([contents["root"], *chapters])

    def __iter__(self):
        return iter(self._parsed)

    def __len__(self):
        return len(self._parsed)

    def __getitem__(self, name):
        if self._parsed[name] is None:
            text = (self._html / f"{name}.html").read_text(encoding="utf-8")
            self._parsed[name] = BeautifulSoup(text, "html.parser")
        return self._parsed[name]


@pytest.fixture(scope="session")
def pages(build):
    return Pages(build / "html")


@pytest.fixture(scope="session")
def edition():
    return read_edition(ROOT / "book")


@pytest.fixture(scope="session")
def pdf(build, edition):
    return pypdf.PdfReader(build / edition.pdf_name)


@pytest.fixture(scope="session")
def pdf_text(build, edition):
    document = pypdfium2.PdfDocument(build / edition.pdf_name)
    return (
        " ".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", " ").replace("\ufffe", "")
    )


@pytest.fixture(scope="session")
def chromium():
    # The first has no window, and takes a third less of a processor for the same pages.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        reason = "no Chromium on this machine: the pages are not opened in a browser (Debian: apt-get install chromium-headless-shell)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with sync_playwright() as playwright:
        # One without a window hints letters, and does not know its line and fetches pictures from farther: here it is like the others.
        settings = [
            *("--no-sandbox", "--disable-gpu", "--font-render-hinting=none"),
            "--blink-settings=lazyLoadingImageMarginPxUnknown=1250",
        ]
        browser = playwright.chromium.launch(executable_path=program, args=settings)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(build, pages):
    """Address on disk of each page of the book, of the two that have no text of their own, and of the largest small one."""
    small = max((build / "html" / "explorer").iterdir(), key=lambda file: file.stat().st_size)
    named = [*pages, "search", "404", f"explorer/{small.stem}"]
    return {name: (build / "html" / f"{name}.html").as_uri() for name in named}


class Tab:
    """A tab of a browser, which goes from page to page as a reader does; to open a new one takes longer than most pages."""

    def __init__(self, context):
        self.page, self.asked, self.complaints = context.new_page(), set(), []
        self.page.on("request", lambda request: self.asked.add(request.url))
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def visit(self, address):
        """The opened page, what it asked for, and what it complained of; scrolled to its end, so that everything is loaded."""
        if self.page.url.partition("#")[0] == address.partition("#")[0]:
            self.page.goto("about:blank")  # else it would only scroll
        self.asked, self.complaints = set(), []
        self.page.goto(address)
        self.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        self.page.wait_for_timeout(100)
        return self.page, self.asked, self.complaints


@pytest.fixture(scope="session")
def tab():
    """The function that opens a tab in a context."""
    return Tab


@pytest.fixture(scope="session")
def visit():
    """The function that opens a page in a tab of its own: (context, address) to the page, what it asked for, and what it complained of."""
    return lambda context, address: Tab(context).visit(address)
