"""What one build keeps of its reading and its PDF saves the next one work, and changes nothing of what it gives."""

import os
import shutil

import pytest

from bookpress.cache import Cache
from bookpress.sphinx.doctree_cache import keep, take
from notebook_books import SMALL_BOOK

TABLE = ":::{table} First of all\n:name: tab-first\n\n| a | b |\n|---|---|\n| 1 | 2 |\n:::\n"
PROSE = """\
# Prose

Some words, one of them unheard. See {numref}`tab-shapes`.

(deep)=
## Deep

![A dot](dot+1.svg)

```{include} ../beside.md
```
"""
OTHER = """\
# Other

See {ref}`deep` and {numref}`tab-shapes`: {glue:text}`notebooks/01-shapes.ipynb::shapes_total:s` shapes, says {cite:t}`zuse2010`.
"""


def replaced(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def change_words(project):
    replaced(project / "book" / "prose.md", "Some words, one of them unheard.", "Other words, and more of them.")


def change_lines(project):
    """What the page cites, and what cites it, then stands in other lines."""
    for page in ("prose", "other"):
        replaced(
            project / "book" / f"{page}.md", f"# {page.title()}\n", f"# {page.title()}\n\nOne line.\n\nMore of it.\n"
        )


def change_words_a_title_and_a_citation(project):
    """The last two stand on other pages too: in the contents, in the bibliography."""
    change_words(project)
    replaced(project / "book" / "prose.md", "# Prose", "# Plain prose")
    replaced(project / "book" / "prose.md", "Other words", "Other words of {cite:t}`grace1952`")


def change_a_heading_that_another_page_tells(project):
    replaced(project / "book" / "prose.md", "## Deep", "## Deeper")


def change_a_number_that_another_page_tells_and_a_picture_to_none(project):
    replaced(project / "notebooks" / "01-shapes.ipynb", "str(len(shapes))", "str(1000 + len(shapes))")
    replaced(project / "book" / "prose.md", "![A dot](dot+1.svg)", "No dot.")


def change_an_order(project):
    """The table before the notebook's own makes that one the second."""
    replaced(project / "book" / "index.md", "# Small book\n", f"# Small book\n\n{TABLE}")


def change_back_with_an_old_clock(project):
    """As a copy from elsewhere would: other bytes, an older time of change."""
    page = project / "book" / "prose.md"
    replaced(page, "# Plain prose", "# Prose")
    replaced(project / "beside.md", "Beside.", "Beside it.")
    for path in (page, project / "beside.md"):
        os.utime(path, (1, 1))


CHANGES = [
    change_lines,
    change_words_a_title_and_a_citation,
    change_a_heading_that_another_page_tells,
    change_a_number_that_another_page_tells_and_a_picture_to_none,
    change_an_order,
    change_back_with_an_old_clock,
]


def tree(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def built_longer_book(build, tmp_path_factory):
    """The small book with two pages of prose; one includes a file from beside the book, the other tells of the first and of the notebook."""
    small_book = shutil.copytree(SMALL_BOOK, tmp_path_factory.mktemp("longer") / "book", symlinks=True)
    (small_book / "beside.md").write_text("Beside.\n", "utf-8")
    (small_book / "book" / "dot+1.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>', "utf-8"
    )
    (small_book / "book" / "prose.md").write_text(PROSE, "utf-8")
    (small_book / "book" / "other.md").write_text(OTHER, "utf-8")
    replaced(small_book / "book" / "_toc.yml", "chapters:\n", "chapters:\n  - file: prose\n  - file: other\n")
    with (small_book / "book" / "references.bib").open("a", encoding="utf-8") as file:
        file.write(
            "\n@book{grace1952,\n  author = {Hopper, Grace},\n  title = {Compiling},\n  year = {1952},\n  publisher = {Press}\n}\n"
        )
    run = build(small_book)
    assert run.returncode == 0, run.stdout + run.stderr
    return small_book


@pytest.fixture
def longer_book(built_longer_book):
    """The same as it was first built, in its place: a reading holds for that alone. What tests change is put back."""
    good = shutil.copytree(built_longer_book, built_longer_book.with_name("good"), symlinks=True)
    yield built_longer_book
    shutil.rmtree(built_longer_book)
    good.rename(built_longer_book)


def test_a_place_that_moves_to_a_page_that_is_read_before_its_own_is_there_once(build, longer_book):
    replaced(longer_book / "book" / "prose.md", "(deep)=\n", "")
    replaced(longer_book / "book" / "other.md", "# Other\n", "# Other\n\n(deep)=\n## More\n")
    run = build(longer_book)
    assert run.returncode == 0, run.stdout + run.stderr


def test_each_change_gives_the_bytes_of_a_fresh_build(build, longer_book):
    keys = {(longer_book / "build" / ".cache" / "pages" / "key").read_text("utf-8")}
    for number, change in enumerate(CHANGES):
        change(longer_book)
        run = build(longer_book)
        assert run.returncode == 0, run.stdout + run.stderr
        # Anew but for what the notebooks gave, which is no part of a reading.
        shutil.copytree(Cache(longer_book / "build").results, Cache(longer_book / f"fresh{number}").results)
        fresh = build(longer_book, "--output", f"fresh{number}")
        assert fresh.returncode == 0, fresh.stdout + fresh.stderr
        kept, anew = tree(longer_book / "build" / "html"), tree(longer_book / f"fresh{number}" / "html")
        assert sorted(kept) == sorted(anew), change
        assert [path for path in anew if kept[path] != anew[path]] == [], change
        keys.add((longer_book / "build" / ".cache" / "pages" / "key").read_text("utf-8"))
        told = number >= CHANGES.index(change_a_number_that_another_page_tells_and_a_picture_to_none)
        assert (b"1003" in kept["other.html"]) == told and ("_images/dot+1.svg" in kept) != told
        assert (b"unheard" in kept["_static/search-prose.js"]) == (change is change_lines)
    assert len(keys) == 1, "each build could take the reading of the one before"


def test_a_page_that_warns_fails_at_every_build_and_once_mended_takes_over_no_page_that_was_changed_by_hand(
    build, longer_book
):
    replaced(longer_book / "book" / "prose.md", "Some words,", "Some words of {cite:t}`nobody`,")
    for _ in range(2):
        run = build(longer_book)
        assert run.returncode == 1
        assert "nobody" in run.stderr
    page = longer_book / "build" / "html" / "other.html"
    good = page.read_bytes()
    page.write_bytes(good + b"<!-- by hand -->")
    replaced(longer_book / "book" / "prose.md", "{cite:t}`nobody`", "nobody")
    assert build(longer_book).returncode == 0
    assert page.read_bytes() == good


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
