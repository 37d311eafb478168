"""The press as a stranger gets it: its wheel alone, installed elsewhere, builds a book that its README begins."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

PRESS = Path(__file__).parents[2]
README = (PRESS / "README.md").read_text("utf-8")
UV = Path(sys.executable).with_name("uv")
OTHER_TOPICS = re.compile(
    rb"\b(mali|azawad\w*|mnla|gao|kidal|timbuktu|tuareg|jihad\w*|islam\w*|casualt\w+|belligerent\w*)\b", re.IGNORECASE
)
CITATION = """
cff-version: 1.2.0
message: Cite it.
title: "Birds: a count"
authors: [{given-names: Ann, family-names: Wren}]
version: 0.3
date-released: 2024-05-01
license: CC0-1.0
abstract: Birds were counted.
keywords: [birds]
"""
CODE = """
import pandas
from bookpress.show import figure, numbers, screen, table

birds = pandas.DataFrame({"bird": ["wren", "owl"], "seen": [3, 1]})
numbers({"birds_seen": str(birds.seen.sum())})
"""


def run(*command, cwd=None, **variables):
    """Run a program with nothing of the caller's but the path; return what it prints."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(cwd or "/")} | variables
    done = subprocess.run(command, cwd=cwd, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of the sources as a checkout has them."""
    folder = tmp_path_factory.mktemp("wheel")
    made = shutil.ignore_patterns("__pycache__", "*.egg-info", "build", "tests")
    source = shutil.copytree(PRESS, folder / "press", ignore=made)
    options = ("--wheel", "--no-build-isolation", "--offline", "--no-config", "--python", sys.executable)
    run(UV, "build", *options, "--out-dir", folder, source, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """A Python that has the wheel, and of this environment the other packages."""
    folder = tmp_path_factory.mktemp("installed")
    run(UV, "venv", "--offline", "--no-config", "--python", sys.executable, folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    run(UV, "pip", "install", "--offline", "--no-config", "--no-deps", "--python", python, wheel, cwd=folder)
    (installed,) = (folder / "venv" / "lib").glob("python*/site-packages")
    # a path that a .pth file names is searched, but its own .pth files, which lead to the sources, are not read
    (installed / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    assert str(installed) in run(python, "-P", "-c", "import bookpress; print(bookpress.__file__)", cwd=folder)
    return python


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book begun as the README says: pages of another name and in another place than those of the other tests' books."""
    folder = tmp_path_factory.mktemp("birds")
    (pages := folder / "my-book" / "chapters").mkdir(parents=True)
    (config,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (folder / "my-book" / "_config.yml").write_text(config)
    (folder / "my-book" / "_toc.yml").write_text("format: jb-book\nroot: intro\nchapters: [{file: chapters/count}]\n")
    (folder / "my-book" / "intro.md").write_text("# Birds\n\nSome birds, and {pdf}`a PDF`.\n")
    (folder / "CITATION.cff").write_text(CITATION)
    cells = [
        nbformat.v4.new_markdown_cell("# Count"),
        nbformat.v4.new_code_cell(CODE),
        nbformat.v4.new_code_cell("table(birds, 'tab-birds', 'Birds seen.')"),
        nbformat.v4.new_markdown_cell("In all {glue:text}`birds_seen` birds, see {numref}`tab-birds`."),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), pages / "count.ipynb")
    return folder


def test_the_wheel_holds_all_that_the_press_reads_and_nothing_of_a_book(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.startswith("bookpress/")}
        telling = {name: OTHER_TOPICS.search(archive.read(name)) for name in archive.namelist()}
    sources = PRESS / "src" / "bookpress"
    assert names == {
        f"bookpress/{path.relative_to(sources).as_posix()}"
        for path in sources.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"bookpress/pdf/report.typ", "bookpress/sphinx/theme/layout.html"} <= names
    assert {name: found[0] for name, found in telling.items() if found} == {}


def test_a_book_begun_as_the_readme_says_builds_and_builds_again_the_same(python, book):
    build, verify = (
        re.search(rf"^    python (-m bookpress {verb} .*?)(  #|$)", README, re.MULTILINE)[1].split()
        for verb in ("build", "verify")
    )
    run(python, *build, cwd=book)
    page = (book / "build" / "html" / "chapters" / "count.html").read_text("utf-8")
    assert "In all 4 birds, see Table 1." in " ".join(BeautifulSoup(page, "html.parser").get_text().split())
    assert re.search(r"(src|href)=\"https?://[^\"]*\.(js|css)", page) is None
    assert (book / "build" / "my-book-0.3.pdf").read_bytes().startswith(b"%PDF-")
    certificate = run(python, *verify, cwd=book)
    assert "Verdict    identical" in certificate and "Lock       none" in certificate


def test_jupyterlab_finds_what_gives_prose_its_numbers_where_the_wheel_is_installed(python):
    found = run(python, "-m", "jupyter_server.extension.serverextension", "list")
    assert re.search(r"bookpress\.lab .*enabled", found) and "Validating bookpress.lab" in found
    program = "from jupyter_core.paths import jupyter_path; from jupyterlab_server.config import get_federated_extensions; print(get_federated_extensions(jupyter_path('labextensions')).keys())"
    assert "bookpress" in run(python, "-c", program)
    script = python.parents[1] / "share" / "jupyter" / "labextensions" / "bookpress" / "static" / "words.js"
    assert script.read_bytes() == (PRESS / "lab" / script.relative_to(python.parents[1])).read_bytes()
