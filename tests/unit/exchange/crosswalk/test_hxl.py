"""Tables with HXL tags."""

import re

import pytest

from azawad_conflict.exchange.crosswalk import hxl
from azawad_conflict.tables import load

TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


@pytest.fixture(scope="module", params=hxl.TABLES)
def tagged(request, frames, ged_rows):
    frame = ged_rows if request.param == "ucdp_ged" else load(request.param)
    return frame, hxl.tagged(frame, request.param, frames["crosswalk"])


def test_the_first_row_has_tags_and_the_rest_is_the_table(tagged):
    frame, table = tagged
    tags = [tag for tag in table.iloc[0] if tag]
    assert tags and all(TAG.fullmatch(tag) for tag in tags) and len(set(tags)) == len(tags)
    assert list(table)[: len(frame.columns)] == list(frame) and len(table) == len(frame) + 1
    key = frame.columns[0]
    assert table[key].tolist()[1:] == frame[key].tolist()


def test_a_column_of_dates_with_a_tag_has_days(tagged):
    _, table = tagged
    for column in table.columns[table.iloc[0].str.startswith("#date")]:
        assert table[column][1:].str.fullmatch(r"(\d{4}-\d{2}-\d{2})?").all()


def test_a_span_keeps_its_column_and_has_its_days_beside(frames):
    table = hxl.tagged(frames["events"], "events", frames["crosswalk"])
    row = table.set_index("event_id").loc["menaka_2012_11"]
    assert row[["date", "first_day", "last_day"]].tolist() == ["2012-11-19/2012-11-20", "2012-11-19", "2012-11-20"]
    assert table.iloc[0][["date", "first_day", "last_day"]].tolist() == ["", "#date+start", "#date+end"]


def test_a_table_without_tags_is_refused_with_those_that_have_some(frames):
    with pytest.raises(ValueError, match=r"table 'people': has no HXL tags; there are: events, casualty_claims"):
        hxl.tagged(load("people"), "people", frames["crosswalk"])
