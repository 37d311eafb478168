"""EDTF dates: bounds, precision, words."""

from datetime import date

import pandas as pd
import pytest
from edtf import Date, parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given, settings
from hypothesis import strategies as st

from azawad_conflict.edtf_dates import bounds, day_bounds, in_words, precision, year_of


@pytest.mark.parametrize(
    ("edtf", "first", "last", "how_precise", "words"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31), "year", "2012"),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "month", "February 2012"),
        ("2012-06-27", date(2012, 6, 27), date(2012, 6, 27), "day", "27\u00a0June 2012"),
        ("2012-11-20/2012-11-21", date(2012, 11, 20), date(2012, 11, 21), "interval", "20–21\u00a0November 2012"),
        (
            "2012-11-30/2012-12-01",
            date(2012, 11, 30),
            date(2012, 12, 1),
            "interval",
            "30\u00a0November – 1\u00a0December 2012",
        ),
        (
            "2012-12-31/2013-01-01",
            date(2012, 12, 31),
            date(2013, 1, 1),
            "interval",
            "31\u00a0December 2012 – 1\u00a0January 2013",
        ),
        ("2012-06-27/2012-06-27", date(2012, 6, 27), date(2012, 6, 27), "interval", "27\u00a0June 2012"),
        ("2013-01/2013-02", date(2013, 1, 1), date(2013, 2, 28), "interval", "between January and February 2013"),
        (
            "2013-11/2014-02",
            date(2013, 11, 1),
            date(2014, 2, 28),
            "interval",
            "between November 2013 and February 2014",
        ),
        ("2012/2013", date(2012, 1, 1), date(2013, 12, 31), "interval", "between 2012 and 2013"),
        (
            "2012-06-27/2012-07",
            date(2012, 6, 27),
            date(2012, 7, 31),
            "interval",
            "between 27\u00a0June 2012 and July 2012",
        ),
        ("2014-02/..", date(2014, 2, 1), date.max, "interval", "since February 2014"),
        ("../2012-06-27", date.min, date(2012, 6, 27), "interval", "until 27\u00a0June 2012"),
    ],
)
def test_dates(edtf, first, last, how_precise, words):
    assert bounds(edtf) == (first, last)
    assert precision(edtf) == how_precise
    assert in_words(edtf) == words


@pytest.mark.parametrize("blank", ["", None, pd.NA, float("nan")])
def test_blanks(blank):
    assert in_words(blank) == "undated"
    assert precision(blank) == "undated"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../..",
        "27 June 2012",
        "2012-13",
        "2012-00",
        "2012-06-00",
        "2012-00-00",
        "2012-06-31",
        "2013-02-29",
        "2012-21",
        "2012-6",
        "201X",
        "2012~",
        "2012-06-27 ",
        "2012-06/",
        "/2012-06",
        "2012/2013/2014",
        "2013/2012",
        "0000",
        "２０１２",
        "2" * 100_000,
    ],
)
def test_not_a_date(text):
    with pytest.raises(ValueError, match="date|interval|year|month|day"):
        bounds(text)
    if text:
        with pytest.raises(ValueError, match="date|interval|year|month|day"):
            in_words(text)


def test_day_bounds_of_a_column():
    days = day_bounds(pd.Series(["2012-06", pd.NA, "2014-02/..", "soon"], index=[2, 5, 7, 9], dtype="string"))
    assert days.index.tolist() == [2, 5, 7, 9]
    assert days["earliest"].tolist()[::2] == [pd.Timestamp("2012-06-01"), pd.Timestamp("2014-02-01")]
    assert days["latest"].tolist()[::2] == [pd.Timestamp("2012-06-30"), pd.Timestamp("9999-12-31")]
    assert days.loc[[5, 9]].isna().all(axis=None)


DAYS = st.dates(min_value=date(1, 1, 1))


@settings(deadline=None)
@given(st.one_of(DAYS.map(str), DAYS.map(lambda day: str(day)[:7]), DAYS.map(lambda day: str(day)[:4])))
def test_bounds_are_those_of_the_edtf_library(text):
    parsed = parse_edtf(text)
    assert bounds(text) == (date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3]))


@settings(deadline=None)
@given(st.text("0123456789-", min_size=4, max_size=10))
def test_what_the_edtf_library_does_not_read_as_a_date_is_refused(text):
    try:
        known = type(parse_edtf(text)) is Date
    except EDTFParseException:
        known = False
    try:
        bounds(text)
    except ValueError:
        return
    assert known


@pytest.mark.parametrize(
    ("date", "year"),
    [("2012-06-27", "2012"), ("2013-11/2014-02", "2013–2014"), ("2014-02/..", "since 2014"), (pd.NA, "undated")],
)
def test_year_of_a_date(date, year):
    assert year_of(date) == year
