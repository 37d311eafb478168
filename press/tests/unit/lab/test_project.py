"""Which book a notebook belongs to, and where its words come from."""

import os

import pytest

from bookpress.lab.project import PAGES_VARIABLE, book_of, page_of, words_of
from bookpress.notebooks.words import WORDS_FILE, Words, write_words


@pytest.fixture
def project(small_book, monkeypatch):
    monkeypatch.delenv(PAGES_VARIABLE, raising=False)
    return small_book


def test_a_notebook_beside_the_book_or_in_it_belongs_to_it(project, tmp_path):
    for notebook in ("notebooks/01-shapes.ipynb", "book/notebooks/01-shapes.ipynb", "book/01-new.ipynb"):
        assert book_of(project / notebook) == project / "book"
    assert book_of(tmp_path / "elsewhere.ipynb") is None


def test_a_page_is_known_by_its_file(project):
    words = words_of(project / "book")
    assert page_of(project / "book", project / "notebooks" / "01-shapes.ipynb", words) == "notebooks/01-shapes"
    (project / "notebooks" / "new.ipynb").write_text("{}")
    assert page_of(project / "book", project / "notebooks" / "new.ipynb", words) == "new"


def test_before_a_build_titles_labels_and_citations_come_from_the_sources(project):
    page = project / "book" / "index.md"
    page.write_text(page.read_text("utf-8") + "\n(deep)=\n## Deep water\n", "utf-8")
    words = words_of(project / "book")
    assert words.pages == {"index": "Small book", "notebooks/01-shapes": "Shapes"}
    assert words.labels == {"deep": "Deep water"} and words.citations["zuse2010"] == "Zuse (2010)" and not words.numbers


def test_the_newest_build_tells_its_words_and_a_broken_file_is_passed_over(project, monkeypatch):
    for age, place in enumerate(("build/html", "book/_build/html")):
        file = project / place / WORDS_FILE
        file.parent.mkdir(parents=True)
        write_words(Words(site=place), file)
        os.utime(file, (100 + age, 100 + age))
    assert words_of(project / "book").site == "book/_build/html"
    (project / "book" / "_build" / "html" / WORDS_FILE).write_text("{")
    assert words_of(project / "book").site == "build/html"
    monkeypatch.setenv(PAGES_VARIABLE, str(project / "nowhere"))
    assert words_of(project / "book").site == ""
