"""What one build keeps of its reading and of its PDF saves the next one work, and changes nothing of what it gives."""

import os

import pytest

from bookpress.reading import keep, take

TABLE = ":::{table} First of all\n:name: tab-first\n\n| a | b |\n|---|---|\n| 1 | 2 |\n:::\n"


def replaced(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def change_words(project):
    replaced(project / "book" / "prose.md", "Some words.", "Other words, and more of them.")


def change_a_title_and_a_citation(project):
    """Both stand on other pages too: in the contents, in the bibliography."""
    replaced(project / "book" / "prose.md", "# Prose", "# Plain prose")
    replaced(project / "book" / "prose.md", "Other words", "Other words of {cite:t}`grace1952`")


def change_a_number_and_the_order(project):
    """The number stands on the page that quotes it; the table before the notebook's own makes that one the second."""
    replaced(project / "notebooks" / "01-shapes.ipynb", "str(len(shapes))", "str(1000 + len(shapes))")
    replaced(project / "book" / "index.md", "# Small book\n", f"# Small book\n\n{TABLE}")


def change_back_with_an_old_clock(project):
    """As a copy from elsewhere would: other bytes, an older time of change."""
    page = project / "book" / "prose.md"
    replaced(page, "# Plain prose", "# Prose")
    replaced(project / "beside.md", "Beside.", "Beside it.")
    for path in (page, project / "beside.md"):
        os.utime(path, (1, 1))


CHANGES = [change_words, change_a_title_and_a_citation, change_a_number_and_the_order, change_back_with_an_old_clock]


def tree(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def longer_book(small_book):
    """The small book with a page of prose, which includes a file from beside the book."""
    (small_book / "beside.md").write_text("Beside.\n", "utf-8")
    (small_book / "book" / "prose.md").write_text("# Prose\n\nSome words. See {numref}`tab-shapes`.\n\n```{include} ../beside.md\n```\n", "utf-8")
    replaced(small_book / "book" / "_toc.yml", "chapters:\n", "chapters:\n  - file: prose\n")
    with (small_book / "book" / "references.bib").open("a", encoding="utf-8") as file:
        file.write("\n@book{grace1952,\n  author = {Hopper, Grace},\n  title = {Compiling},\n  year = {1952},\n  publisher = {Press}\n}\n")
    return small_book


def test_each_change_gives_the_bytes_of_a_fresh_build(build, longer_book):
    keys = set()
    for number, change in enumerate([lambda project: None, *CHANGES]):
        change(longer_book)
        run = build(longer_book)
        assert run.returncode == 0, run.stdout + run.stderr
        fresh = build(longer_book, "--output", f"fresh{number}")
        assert fresh.returncode == 0, fresh.stdout + fresh.stderr
        kept, anew = tree(longer_book / "build" / "html"), tree(longer_book / f"fresh{number}" / "html")
        assert sorted(kept) == sorted(anew)
        assert [path for path in anew if kept[path] != anew[path]] == [], change
        keys.add((longer_book / "build" / ".read" / "key").read_text("utf-8"))
        assert (b"1003" in kept["index.html"]) == (number > CHANGES.index(change_a_number_and_the_order))
    assert len(keys) == 1, "each build could take the reading of the one before"


def test_a_page_that_warns_fails_at_every_build(build, longer_book):
    assert build(longer_book).returncode == 0
    replaced(longer_book / "book" / "prose.md", "Some words.", "Some words of {cite:t}`nobody`.")
    for _ in range(2):
        run = build(longer_book)
        assert run.returncode == 1
        assert "nobody" in run.stderr
    replaced(longer_book / "book" / "prose.md", "{cite:t}`nobody`", "nobody")
    assert build(longer_book).returncode == 0


def test_only_a_reading_under_the_same_key_is_taken(tmp_path):
    made = tmp_path / "made"
    for name in ("html", ".doctrees/images", "jupyter_execute"):
        (made / name).mkdir(parents=True)
    (made / ".doctrees" / "index.doctree").write_text("read")
    assert not take(tmp_path / "kept", "a", tmp_path / "none")
    keep(made, "a", tmp_path / "kept")
    assert not take(tmp_path / "kept", "b", tmp_path / "other") and not (tmp_path / "other").exists()
    assert take(tmp_path / "kept", "a", tmp_path / "same")
    assert sorted(path.relative_to(tmp_path / "same").as_posix() for path in (tmp_path / "same").rglob("*")) == [
        ".doctrees",
        ".doctrees/index.doctree",
        "jupyter_execute",
    ]
    (tmp_path / "kept" / "key").unlink()  # as where a run was killed while it kept
    assert not take(tmp_path / "kept", "a", tmp_path / "half")
