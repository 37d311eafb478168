"""A build of which nothing changed is not done again; anything that changed is seen."""

import json
import shutil
import subprocess

import pypdf
import pytest

from bookpress.cache import Cache
from bookpress.up_to_date import inputs_digest, is_built, remember


def test_a_second_build_does_nothing_until_an_included_file_changes_and_a_copy_looks_at_its_own(build, small_book):
    """The file lies outside the book, where only Sphinx knows of it; without a data package nothing else tells a copy from the first book."""
    config, page = small_book / "book" / "_config.yml", small_book / "book" / "index.md"
    config.write_text(config.read_text("utf-8").replace("      package: ../data/datapackage.json\n", ""), "utf-8")
    page.write_text(page.read_text("utf-8") + "\n```{include} ../beside.md\n```\n", "utf-8")
    told = []
    for text in ("First words.", "First words.", "Other words."):
        (small_book / "beside.md").write_text(text, "utf-8")
        run = build(small_book)
        assert run.returncode == 0, run.stdout + run.stderr
        told.append(
            ("nothing changed" in run.stdout, "1 notebooks run" in run.stdout, "no notebook to run" in run.stdout)
        )
        assert text in (small_book / "build" / "html" / "index.html").read_text("utf-8")
        record = json.loads((small_book / "build" / ".cache" / "built.json").read_text("utf-8"))
        assert record["from_nothing"] is (text == "First words.")
    assert told == [(False, True, False), (True, False, True), (False, False, True)]
    copy = shutil.copytree(small_book, small_book.with_name("copy"), symlinks=True)
    assert str(small_book) not in (copy / "build" / ".cache" / "built.json").read_text("utf-8")
    (copy / "beside.md").write_text("Words of the copy.", "utf-8")
    run = build(copy)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Words of the copy." in (copy / "build" / "html" / "index.html").read_text("utf-8")


def test_a_book_with_changes_that_are_not_committed_calls_itself_a_modified_copy(build, built_book, tmp_path):
    """The change lies beside the book, and no page is read anew for it alone."""
    project = shutil.copytree(built_book, tmp_path / "checkout", symlinks=True)
    (project / ".gitignore").write_text("build/\n", "utf-8")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init"], ["add", "."], ["commit", "--message", "first"]):
        subprocess.run([*git, *command], cwd=project, check=True, capture_output=True)
    for marked in (False, True):
        if marked:
            (project / ".gitignore").write_text("/build/\n", "utf-8")
        run = build(project)
        assert run.returncode == 0, run.stdout + run.stderr
        pages = [path.read_text("utf-8") for path in (project / "build" / "html").rglob("*.html")]
        sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(project / "build" / "small-book-1.2.0.pdf").pages]
        assert [text for text in (*pages, *sheets) if ("1.2.0, modified copy" in text) is not marked] == []
        assert sheets[0].count("modified copy") == 2 * marked


CHANGES = {
    "a page": "book/index.md",
    "a new page": "book/new.md",
    "a notebook, through the link in the book": "notebooks/01-shapes.ipynb",
    "a result": "build/.cache/notebooks/one.json",
    "the lock": "requirements.txt",
    "an attachment": "LICENSE",
    "a file that a page includes": "beside.md",
    "a published page": "build/html/index.html",
    "a file among the published ones": "build/html/stray.html",
}


@pytest.mark.parametrize("change", [*CHANGES, "nothing", "the paper", "the PDF is gone"])
def test_what_a_build_rests_on(small_book, change):
    output = small_book / "build"
    for name in ("html/index.html", ".cache/notebooks/one.json", "book.pdf"):
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_text("old")
    (small_book / "beside.md").write_text("old")
    (small_book / "LICENSE").write_text("old")

    def inputs(paper="a4"):
        return inputs_digest(small_book / "book", Cache(output).results, paper, files=[small_book / "LICENSE"])

    book, record = small_book / "book", Cache(output).record
    assert not is_built(book, output, record, inputs())
    remember(book, output, record, inputs(), ["book.pdf"], [str(small_book / "beside.md")], from_nothing=True)
    if change in CHANGES:
        (small_book / CHANGES[change]).write_text("new")
    if change == "the PDF is gone":
        (output / "book.pdf").unlink()
    assert is_built(book, output, record, inputs("us-letter" if change == "the paper" else "a4")) == (
        change == "nothing"
    )


def test_what_the_settings_name_outside_the_book_counts(small_book):
    extra, config = small_book / "extra", small_book / "book" / "_config.yml"
    extra.mkdir()
    (extra / "style.css").write_text("old")
    config.write_text(
        config.read_text("utf-8").replace("    language: en\n", "    language: en\n    html_extra_path: [../extra]\n"),
        "utf-8",
    )
    digests = [inputs_digest(small_book / "book", small_book / "none")]
    (extra / "style.css").write_text("new")
    digests.append(inputs_digest(small_book / "book", small_book / "none"))
    assert digests[0] != digests[1]
