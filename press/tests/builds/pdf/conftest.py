"""The stress book, built once, and its PDF."""

import shutil
import subprocess
import sys

import pypdf
import pypdfium2
import pytest

from bookpress.pdf import make_pdf
from stress_edition import ATTACHED, EDITION, PACKAGE, STRESS_BOOK


@pytest.fixture(scope="session")
def html(made_once):
    def make(folder):
        source = shutil.copytree(STRESS_BOOK, folder / "book", ignore=shutil.ignore_patterns("_build"))
        program = "from jupyter_book.cli.main import main; main()"
        command = [sys.executable, "-c", program, "build", str(source), "--path-output", str(folder)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
        assert (folder / "_build/html/chapters/computed.html").is_file(), done.stdout + done.stderr

    return made_once("stress", make) / "_build/html"


@pytest.fixture(scope="session")
def toc():
    return STRESS_BOOK / "_toc.yml"


@pytest.fixture(scope="session")
def stress_pdf(html, toc, tmp_path_factory):
    target = tmp_path_factory.mktemp("pdf") / "book.pdf"
    count = make_pdf(html, toc, target, EDITION, attachments=ATTACHED, package=PACKAGE)
    assert count == len(pypdf.PdfReader(target).pages)
    return target


@pytest.fixture(scope="session")
def pdf(stress_pdf):
    return pypdf.PdfReader(stress_pdf)


@pytest.fixture(scope="session")
def page_texts(pdf):
    document = pypdfium2.PdfDocument(pdf.stream)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.fixture(scope="session")
def text(page_texts):
    return " ".join(page_texts)


@pytest.fixture
def spoiled(html, tmp_path):
    """A function that copies the built book, changes words on one page and returns the copy."""

    def spoil(page, old, new):
        copy = tmp_path / "html"
        shutil.copytree(html, copy)
        path = copy / f"{page}.html"
        words = path.read_text(encoding="utf-8")
        assert old in words
        path.write_text(words.replace(old, new, 1), encoding="utf-8")
        return copy

    return spoil
