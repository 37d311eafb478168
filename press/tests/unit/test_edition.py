"""The edition: what is read from CITATION.cff, and which field is named when one is missing."""

import dataclasses
import datetime
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bookpress.book.edition import SETTINGS, EditionError, lock_file, read_edition, with_addresses


def test_every_field_is_read(small_book):
    edition = read_edition(small_book / "book")
    assert (edition.title, edition.subtitle, edition.full_title) == ("Small book", "a test", "Small book: a test")
    assert edition.authors == ("Ann Author", "Example Agency")
    assert (edition.version, edition.date) == ("1.2.0", datetime.date(2020, 2, 29))
    assert (edition.licence, edition.abstract) == ("CC-BY-4.0", "A small book.")
    assert edition.keywords == ("shapes", "tests")
    assert (edition.url, edition.language) == ("https://example.org/small-book", "en")
    assert edition.pdf_name == "small-book-1.2.0.pdf"
    assert datetime.datetime.fromtimestamp(edition.epoch, datetime.UTC).isoformat() == "2020-02-29T00:00:00+00:00"


def git(folder, *arguments):
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("en", datetime.date(2026, 11, 27), "27 November 2026"),
        ("fr", datetime.date(2026, 11, 27), "27 novembre 2026"),
        ("fr-ML", datetime.date(2026, 5, 1), "1er mai 2026"),
        ("de", datetime.date(2026, 5, 1), "1. Mai 2026"),
    ],
)
def test_the_day_of_release_is_said_in_the_language(small_book, language, day, words):
    edition = read_edition(small_book / "book")
    assert dataclasses.replace(edition, language=language, date=day).released == words


def test_the_commit_is_that_of_the_checkout(small_book):
    git(small_book, "init")
    git(small_book, "commit", "--allow-empty", "--message", "first")
    commit = read_edition(small_book / "book").commit
    assert len(commit) == 12 and git(small_book, "rev-parse", "HEAD").startswith(commit)


def test_an_archive_of_the_commit_tells_it_too(small_book, tmp_path):
    (small_book / ".git_archival.txt").write_text("node: $Format:%H$\n")
    (small_book / ".gitattributes").write_text(".git_archival.txt export-subst\n")
    git(small_book, "init")
    git(small_book, "add", ".")
    git(small_book, "commit", "--message", "first")
    commit = read_edition(small_book / "book").commit
    git(small_book, "archive", "--output", tmp_path / "book.tar", "HEAD")
    (tmp_path / "archive").mkdir()
    subprocess.run(["tar", "-xf", tmp_path / "book.tar", "-C", tmp_path / "archive"], check=True)
    assert len(commit) == 12 and read_edition(tmp_path / "archive" / "book").commit == commit


def test_changes_that_are_not_committed_are_told(small_book):
    git(small_book, "init")
    git(small_book, "add", ".")
    git(small_book, "commit", "--message", "first")
    edition, citation = read_edition(small_book / "book"), small_book / "CITATION.cff"
    assert not edition.commit.endswith("-dirty") and edition.label == "1.2.0"
    citation.write_text(citation.read_text() + "# more\n")
    changed = read_edition(small_book / "book")
    assert changed.commit.endswith("-dirty") and changed.label == "1.2.0, modified copy"
    assert changed.pdf_name == edition.pdf_name
    assert "\nversion: 1.2.0, modified copy\n" in with_addresses(changed, citation.read_text())


def test_the_commit_is_blank_outside_a_checkout_or_without_git(small_book, monkeypatch):
    assert read_edition(small_book / "book").commit == ""
    monkeypatch.setenv("PATH", "")
    assert read_edition(small_book / "book").commit == ""


def test_the_subtitle_may_be_configured(small_book):
    config = small_book / "book" / "_config.yml"
    config.write_text(config.read_text().replace("slug: small-book", "slug: small-book\n      subtitle: another"))
    assert read_edition(small_book / "book").full_title == "Small book: another"


@pytest.mark.parametrize("field", ["title", "authors", "version", "date-released", "license", "abstract", "keywords"])
def test_a_missing_field_is_named_with_its_file(small_book, field):
    citation = small_book / "CITATION.cff"
    citation.write_text(re.sub(rf"^{field}:", f"x-{field}:", citation.read_text(), flags=re.MULTILINE))
    with pytest.raises(EditionError, match=rf"CITATION\.cff: lacks {field}; add lines such as\n    {field}:"):
        read_edition(small_book / "book")


def test_a_missing_slug_is_named_with_its_file(small_book):
    config = small_book / "book" / "_config.yml"
    config.write_text(config.read_text().replace("slug: small-book", ""))
    with pytest.raises(
        EditionError,
        match=r"_config\.yml: lacks [^\n]*\n    sphinx:\n      config:\n        bookpress:\n          slug: book$",
    ):
        read_edition(small_book / "book")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: [", "line 1: a bracket or a quotation mark is not closed"),
        ("", "holds no fields"),
        (None, "is missing"),
    ],
)
def test_a_broken_citation_file_is_named(small_book, text, message):
    citation = small_book / "CITATION.cff"
    citation.unlink() if text is None else citation.write_text(text)
    with pytest.raises(EditionError, match=rf"CITATION\.cff[:,]? {message}"):
        read_edition(small_book / "book")


def test_a_date_that_is_none_is_quoted(small_book):
    citation = small_book / "CITATION.cff"
    citation.write_text(citation.read_text().replace("2020-02-29", "2020-02"))
    with pytest.raises(EditionError, match="'date-released' is '2020-02', not a date"):
        read_edition(small_book / "book")


def test_an_author_without_name_is_an_error(small_book):
    citation = small_book / "CITATION.cff"
    citation.write_text(citation.read_text().replace("name: Example Agency", "affiliation: Example Agency"))
    with pytest.raises(EditionError, match="'authors' has an entry without a name"):
        read_edition(small_book / "book")


def test_citation_and_lock_may_lie_elsewhere_and_a_book_needs_no_lock(small_book):
    book, config = small_book / "book", small_book / "book" / "_config.yml"
    assert lock_file(book) is None
    (small_book / "requirements.txt").touch()
    assert lock_file(book) == small_book / "requirements.txt"
    (small_book / "CITATION.cff").rename(book / "cite.cff")
    config.write_text(config.read_text().replace("slug:", "lock: uv.txt\n      citation: cite.cff\n      slug:"))
    assert read_edition(book).version == "1.2.0"
    with pytest.raises(EditionError, match=r"_config\.yml: bookpress: lock: uv\.txt: no such file"):
        lock_file(book)


def test_a_setting_that_the_press_does_not_know_is_named(small_book):
    config = small_book / "book" / "_config.yml"
    config.write_text(config.read_text().replace("rebuild:", "rebiuld:"))
    with pytest.raises(EditionError, match=r"_config\.yml: bookpress: rebiuld: not known to the press"):
        read_edition(small_book / "book")


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("slug: small-book", "slug: 2024", "line 12: bookpress: slug: 2024: expected text"),
        ("preload: [pandas]", "memory: lots", 'line 13: bookpress: memory: "lots": expected a number'),
        ("preload: [pandas]", "memory: yes", "line 13: bookpress: memory: true: expected a number"),
        ("preload: [pandas]", "preload: pandas", 'line 13: bookpress: preload: "pandas": expected a list'),
        ("preload: [pandas]", "pages: {index: yes}", "line 13: pages: index: true: expected lines of"),
        ("sphinx:\n  config:", "sphinx:\n  config: []\n  other:", "line 9: sphinx: config: []: expected lines of"),
    ],
)
def test_a_value_of_another_type_is_named_with_its_line(small_book, before, after, fault):
    config = small_book / "book" / "_config.yml"
    config.write_text(config.read_text().replace(before, after))
    with pytest.raises(EditionError, match=rf"_config\.yml, {re.escape(fault)}"):
        read_edition(small_book / "book")


def test_a_key_without_value_is_as_if_it_were_not_there(configured):
    book = configured("      lock:\n      publisher:\n")
    assert lock_file(book) is None and read_edition(book).publisher == ""


def test_the_readme_tells_of_every_setting():
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE)) == set(SETTINGS)


def test_addresses_and_publisher_are_read(configured):
    edition = read_edition(configured("      permanent: 10.5281/zenodo.1\n      publisher: Example Press\n"))
    assert (edition.permanent, edition.doi) == ("https://doi.org/10.5281/zenodo.1", "10.5281/zenodo.1")
    assert (edition.address, edition.url) == (edition.permanent, "https://example.org/small-book")
    assert edition.publisher == "Example Press"


def test_a_permanent_address_may_be_no_doi_and_blank_ones_are_none(configured):
    edition = read_edition(configured("      permanent: https://w3id.org/example\n      publisher: ''\n"))
    assert (edition.address, edition.doi, edition.publisher) == ("https://w3id.org/example", "", "")


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ("      permanent: zenodo.1\n", "permanent: zenodo.1: neither a DOI like"),
        ("      url: https://example.org/other\n", "url: https://example.org/other: is not that of CITATION.cff"),
    ],
)
def test_an_address_that_is_none_or_is_given_twice_is_named(configured, settings, fault):
    with pytest.raises(EditionError, match=rf"_config\.yml: bookpress: {fault}"):
        read_edition(configured(settings))


def test_the_published_citation_file_has_the_addresses(configured, small_book):
    edition = read_edition(configured("      permanent: 10.5281/zenodo.1\n"))
    text = (small_book / "CITATION.cff").read_text()
    assert with_addresses(edition, text) == text.rstrip("\n") + "\ndoi: 10.5281/zenodo.1\n"
    elsewhere = dataclasses.replace(edition, permanent="https://w3id.org/example")
    assert "identifiers:\n- type: url\n  value: https://w3id.org/example\n" in with_addresses(elsewhere, text)


def test_other_data_make_a_modified_copy(small_book, tmp_path, monkeypatch):
    copy = shutil.copytree(small_book / "data", tmp_path / "own")
    monkeypatch.setenv("BOOKPRESS_PACKAGE", str(copy / "datapackage.json"))
    assert read_edition(small_book / "book").label == "1.2.0"
    table = copy / "shapes.csv"
    table.write_text(table.read_text("utf-8") + "line,0\n", "utf-8")
    changed = read_edition(small_book / "book")
    assert changed.label == "1.2.0, modified copy" and not changed.commit
    table.unlink()
    assert read_edition(small_book / "book").is_modified


def test_a_release_of_which_a_source_was_changed_is_a_modified_copy(small_book):
    (small_book / ".git_archival.txt").write_text("node: " + "1" * 40)
    page = small_book / "book" / "index.md"
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    files = {"book/index.md": digest, "build/html/index.html": "0" * 64}
    (small_book / "manifest.json").write_text(json.dumps({"files": files}))
    assert read_edition(small_book / "book").commit == "1" * 12
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert read_edition(small_book / "book").commit == "1" * 12 + "-dirty"
    page.unlink()
    assert read_edition(small_book / "book").is_modified
