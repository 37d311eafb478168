"""Phases: the table on toy frames, and what the real tables must hold."""

import pandas as pd
import pytest

from azawad_conflict import casualties, phases
from azawad_conflict.tables import load


@pytest.fixture
def toy_phases():
    return pd.DataFrame(
        {
            "phase_id": ["later", "early"],
            "number": [1, 0],
            "name": ["Later", "Early"],
            "first_day": ["2012-03-01", "2012-02-01"],
            "last_day": ["2012-03-31", "2012-02-29"],
            "scope": ["core", "context"],
            "base_sentence": [("1", "2"), ()],
        }
    )


@pytest.fixture
def toy_events():
    return pd.DataFrame(
        {
            "event_id": ["day", "month", "undated", "year"],
            "date": ["2012-03-05", "2012-03", pd.NA, "2012"],
            "phase_id": ["later", "later", "later", pd.NA],
            "kind": ["battle", "battle", "talks", "period"],
        }
    )


def test_table_counts_days_inclusively_and_follows_the_order(toy_phases, toy_events):
    table = phases.phase_table(toy_phases, toy_events)
    assert table["phase_id"].tolist() == ["early", "later"]
    assert table["duration_days"].tolist() == [29, 31]
    assert table["incidents"].tolist() == [0, 3]
    assert table["dated_to_the_day"].tolist() == [0, 1]
    assert table["sentences"].tolist() == [0, 2]


def test_dated_events_leave_out_periods_and_undated(toy_events):
    dated = phases.dated_events(toy_events)
    assert dated["event_id"].tolist() == ["month", "day"]
    assert dated["latest"].tolist() == [pd.Timestamp("2012-03-31"), pd.Timestamp("2012-03-05")]


def test_core_span_and_last_day(toy_phases):
    assert phases.core_span(toy_phases) == (pd.Timestamp("2012-03-01"), pd.Timestamp("2012-03-31"), 31)
    assert phases.last_day("early", toy_phases) == pd.Timestamp("2012-02-29")


def test_phases_follow_one_another_from_the_first_core_phase_to_the_last():
    table = load("phases").sort_values("number")
    begin, end, _ = phases.core_span(table)
    inside = table[pd.to_datetime(table["first_day"]).ge(begin) & pd.to_datetime(table["last_day"]).le(end)]
    first, last = pd.to_datetime(inside["first_day"]), pd.to_datetime(inside["last_day"])
    assert len(inside) == 9
    assert (first.iloc[1:].to_numpy() == (last.iloc[:-1] + pd.Timedelta(days=1)).to_numpy()).all()


def test_the_windows_hold_each_other(incidents):
    core = casualties.core_killed(incidents)
    table = phases.windows(load("phases"), core).set_index("window")
    study, counted = table.loc["Study window"], table.loc["Incidents counted"]
    assert (
        study["first_day"]
        <= table.loc["From the first core phase to the last", "first_day"]
        <= counted["first_day"]
        <= counted["last_day"]
        <= study["last_day"]
    )
    assert table.loc["From the first core phase to the last", "days"] == phases.core_span(load("phases"))[2]
