"""A second validator reads the PDF: the compiler is not the only one to say that it keeps to PDF/A-3a and PDF/UA-1."""

import pikepdf
import pytest

from bookpress.pdf import compile
from bookpress.pdf.compile import _hints_end_in_a_line_of_their_own, _packed
from pdf_parts import broken_rules


@pytest.fixture
def small_pdf(built_book):
    return built_book / "build" / "small-book-1.2.0.pdf"


def test_no_rule_is_broken(small_pdf):
    assert broken_rules(small_pdf) == []


def test_no_rule_is_broken_where_much_goes_wrong_on_paper(stress_pdf):
    assert broken_rules(stress_pdf) == []


def _no_words_of_figures(document):
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure":
            del thing.Alt


def _no_language(document):
    del document.Root.Lang


def _no_metadata(document):
    del document.Root.Metadata


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_no_words_of_figures, "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"),
        (_no_language, "PDFUA1-TEXT-LANGUAGE-001"),
        (_no_metadata, "PDFA3A-METADATA"),
    ],
)
def test_a_file_without_what_it_must_have_is_found(small_pdf, tmp_path, spoil, rule):
    with pikepdf.open(small_pdf) as document:
        spoil(document)
        document.save(tmp_path / "spoiled.pdf")
    assert [broken for broken in broken_rules(tmp_path / "spoiled.pdf") if broken.startswith(rule)]


def test_a_table_of_first_pages_that_ends_in_a_line_feed_is_made_anew(stress_pdf, monkeypatch, tmp_path):
    """One file in some hundreds has such a table, which qpdf writes without the end of line that PDF/A wants."""
    asked = []

    def not_the_first(file):
        asked.append(file)
        return len(asked) > 1

    with pikepdf.open(stress_pdf) as pdf:
        plain = _packed(pdf)
    with pikepdf.open(stress_pdf) as pdf:
        monkeypatch.setattr(compile, "_hints_end_in_a_line_of_their_own", not_the_first)
        (tmp_path / "again.pdf").write_bytes(_packed(pdf))
    assert _table(asked[1]) != _table(asked[0]) == _table(plain) and broken_rules(tmp_path / "again.pdf") == []


def _table(file):
    start, length = map(int, compile._HINTS.search(file).groups())
    return file[start : start + length]


@pytest.mark.parametrize(("end", "expected"), [(b"ab\nendstream", True), (b"a\nendstream", False)])
def test_the_table_of_first_pages_ends_in_a_line_of_its_own(end, expected):
    """Other streams are left to their writer, and what looks like one inside another is none."""
    other = b"<< /Length 2 >>\nstream\na\nendstream "
    table = b"<< /Length 2 >>\nstream\n" + end
    head = b"<< /Linearized 1 /H [ %d %d ] >> "
    start = len(head % (10, 10)) + len(other)
    assert _hints_end_in_a_line_of_their_own(head % (start, len(table)) + other + table) is expected
