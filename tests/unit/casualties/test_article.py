"""What the base article tells, in its text and in its infobox."""

import pandas as pd
import pytest

from azawad_conflict import casualties
from azawad_conflict.tables import load
from toy_claims import ACTORS, EVENTS, SOURCES, article


@pytest.fixture(scope="module")
def real():
    return [load(name) for name in ("casualty_claims", "events", "actors", "sources")]


def test_an_incident_outside_the_years_of_the_infobox_is_not_lost_in_silence():
    frame = pd.DataFrame([article("a", 4, 4, 4)]).astype(
        {"low": "Int64", "best": "Int64", "high": "Int64", "qualifier": "string"}
    )
    with pytest.raises(ValueError, match=r"gao \(2012\)"):
        casualties.infobox_against_incidents(frame, EVENTS, ACTORS, SOURCES)


def test_year_totals_of_the_other_side_are_not_compared_with_the_mnla():
    frame = pd.DataFrame(
        [
            article("a", 4, 4, 4),
            article("p", 19, 19, 19, counted="no", event="period_2012"),
            article("q", 100, 100, 100, counted="no", event="period_2012", victim="mujao"),
        ]
    ).astype({"low": "Int64", "best": "Int64", "high": "Int64", "qualifier": "string"})
    assert casualties.infobox_against_incidents(frame, EVENTS, ACTORS, SOURCES)["residual"].tolist() == [15]


def test_residual_is_infobox_less_text():
    frame = pd.DataFrame(
        [
            article("a", 4, 4, 4),
            article("b", 7, 7, 7, victim="volunteers"),
            article("p", 19, 19, 19, counted="no", event="period_2012"),
        ]
    )
    table = casualties.infobox_against_incidents(
        frame.astype({"low": "Int64", "best": "Int64", "high": "Int64", "qualifier": "string"}), EVENTS, ACTORS, SOURCES
    )
    assert table.iloc[0][["infobox", "mnla", "volunteers", "incidents", "residual"]].tolist() == [19, 4, 7, 11, 8]


def test_infobox_and_text_of_the_base_article(real):
    table = casualties.infobox_against_incidents(*real).set_index(["year", "outcome"])
    # 2012: colonels at Gao, one member and seven volunteers at Ménaka; 2013: In Khalil, Kidal, In Arab; 2014: one.
    assert table["incidents"].to_dict() == {
        ("2012", "killed"): 12,
        ("2013", "killed"): 15,
        ("2014", "killed"): 1,
        ("2012", "wounded"): 10,
        ("2013", "wounded"): 0,
        ("2014", "wounded"): 0,
        ("2012", "captured"): 0,
    }
    assert table["infobox"].to_dict() == {
        ("2012", "killed"): 19,
        ("2013", "killed"): 17,
        ("2014", "killed"): 1,
        ("2012", "wounded"): 60,
        ("2013", "wounded"): 20,
        ("2014", "wounded"): 1,
        ("2012", "captured"): 40,
    }


def test_menaka_has_a_disputed_count_and_not_a_zero_in_the_base_article(real):
    table = casualties.as_told(*real)
    row = table[(table["event_id"] == "menaka_2012_11") & (table["victim"] == "islamist_groups")].iloc[0]
    assert not row["reported"] and pd.isna(row["best"])


def test_parts_of_a_number_are_not_counted_again(real):
    table = casualties.as_told(*real)
    assert table.loc[table["victim"] == "menaka_volunteers", "best"].tolist() == [7]
    assert table.loc[(table["event_id"] == "gao_2012_11_16") & (table["outcome"] == "wounded"), "best"].tolist() == [9]
