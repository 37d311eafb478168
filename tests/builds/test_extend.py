"""The chapter "Extend the report", followed step by step with what it prints."""

import re
import shutil
import subprocess
import sys

import nbformat
import pypdfium2
import pytest
import yaml
from bs4 import BeautifulSoup

from bookpress.book.edition import read_edition
from prose import ROOT

CHAPTER = (ROOT / "book" / "extend.md").read_text("utf-8")
STEPS = {
    heading: re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for heading, text in re.findall(r"^## ([^\n]*)\n(.*?)(?=^## |\Z)", CHAPTER, re.MULTILINE | re.DOTALL)
}


@pytest.fixture
def project(tmp_path):
    """A copy of what the chapter changes, whose book is this chapter and one with a notebook, for speed."""
    for folder in ("book", "notebooks", "data", "src", "tests/expected", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("CITATION.cff", "CHANGELOG.md", "LICENSE", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_a_chapter_with_figure_and_number_of_ones_own(project):
    parts = ("Ask something", "Draw it", "Put a number into a sentence")
    steps = [step for heading in parts for step in STEPS[heading]]
    cells = [step for step in steps if step[0] != "text"]  # which is for another page
    made = {"markdown": nbformat.v4.new_markdown_cell, "python": nbformat.v4.new_code_cell}
    written = nbformat.v4.new_notebook(cells=[made[kind](text.rstrip("\n")) for kind, text in cells])
    nbformat.write(written, project / "notebooks" / "09-languages.ipynb")
    [(_, entry)] = STEPS["Put it into the book"][:1]
    _short_contents(project, yaml.safe_load(entry))
    built = subprocess.run(
        [sys.executable, "-m", "bookpress", "build", "book", "--languages", "en"],
        cwd=project,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    page = project / "build" / "html" / "notebooks" / "09-languages.html"
    article = BeautifulSoup(page.read_text("utf-8"), "html.parser").article
    [picture] = article.select("figure img[alt]:not(.narrow)")
    assert picture["alt"].startswith("Bars: claims by language")
    [sentence] = [
        p for p in article.select("p") if "sources in French" in p.get_text() and p.find_parent("figure") is None
    ]
    claims, share = re.search(
        r"Of ([\d,]+) claims on casualties, (\d+%) come", " ".join(sentence.get_text().split())
    ).groups()
    rows = (project / "build" / "html" / "_downloads").rglob("fig-languages-claims.csv")
    counted = dict(line.split(",") for line in next(rows).read_text("utf-8").splitlines()[1:])
    total = sum(map(int, counted.values()))
    assert (claims, share) == (f"{total:,}", f"{int(counted['French']) / total:.0%}")
    paper = pypdfium2.PdfDocument(project / "build" / read_edition(project / "book").pdf_name)
    printed = " ".join("\n".join(sheet.get_textpage().get_text_range() for sheet in paper).split())
    assert f"Of {claims} claims on casualties, {share} come from sources in French" in printed
    assert "Most claims on casualties come from sources in French." in printed


def _short_contents(project, chapters):
    """Leave the chapter itself and the given ones in the book, and no link to those that are left out."""
    contents = {"format": "jb-book", "root": "extend", "chapters": chapters}
    (project / "book" / "_toc.yml").write_text(yaml.safe_dump(contents), "utf-8")
    for name, pattern in (
        ("_config.yml", r"(?m)^ +(annexes|summary|cover): .*\n"),
        ("extend.md", r"\[\]\([\w-]+\.md\)"),
    ):
        path = project / "book" / name
        path.write_text(re.sub(pattern, "", path.read_text("utf-8")), "utf-8")


def test_another_rule_of_counting(project):
    function, order, setting = (text for kind, text in STEPS["Count by another rule"] if kind == "python")
    module = project / "src" / "azawad_conflict" / "counting" / "weight.py"
    code = module.read_text("utf-8")
    for before, after in (
        ("\n\nORDERS = {\n", f"\n\n{function}\n\nORDERS = {{\n{order}"),
        (re.search(r"^DECIDES = .*\n", code, re.MULTILINE)[0], setting),
    ):
        assert code.count(before) == 1
        code = code.replace(before, after)
    module.write_text(code, "utf-8")
    moved = subprocess.run(
        [sys.executable, "-m", "tools.numbers"], cwd=project, capture_output=True, text=True,
        env={"PYTHONPATH": f"{project / 'src'}", "PATH": ""},
    )  # fmt: skip
    assert moved.returncode == 0, moved.stderr
    keys = {line.partition(":")[0] for line in moved.stdout.splitlines()}
    assert keys >= {"casualties_mnla_side_best", "multiverse_mnla_published", "casualties_whose_decides"}
    assert "casualties_mnla_side_killed" not in keys  # the ends of the ranges are those of before
