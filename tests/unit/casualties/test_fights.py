"""Fights: with and without a number, and the days of their dates."""

import pandas as pd

from azawad_conflict import casualties
from toy_claims import EVENTS, claim, ranges


def test_a_fight_without_a_number_is_a_fight_and_an_arrest_is_none():
    events = EVENTS.assign(place_id=["gao", pd.NA, pd.NA], place_precision=["exact", pd.NA, pd.NA])
    places = pd.DataFrame({"place_id": ["gao"], "name": ["Gao"], "latitude": [16.3], "longitude": [0.0]})
    everyone = casualties.everyone_killed(ranges(claim("a", 4, 4, 5)))
    found = casualties.fights(everyone, events, places)
    assert found["event_id"].tolist() == ["gao", "whose"] and found["reported"].tolist() == [True, False]
    assert found["place_name"].tolist()[0] == "Gao" and found["latitude"].isna().tolist() == [False, True]
    assert pd.isna(found["best"][1]) and found["best"][0] == 4
    arrest = casualties.fights(everyone, events.assign(kind=["battle", "arrest", "period"]), places)
    assert arrest["event_id"].tolist() == ["gao"]


def test_a_fight_lies_between_the_days_of_its_date():
    events = EVENTS.assign(date=["2012-06-27", "2013-03", "2012"], place_id=pd.NA, place_precision=pd.NA)
    places = pd.DataFrame({"place_id": ["gao"], "name": ["Gao"], "latitude": [16.3], "longitude": [0.0]})
    found = casualties.fights(casualties.everyone_killed(ranges(claim("a", 4, 4, 5))), events, places).set_index(
        "event_id"
    )
    assert (found.loc["whose", "first"], found.loc["whose", "last"]) == (
        pd.Timestamp("2013-03-01"),
        pd.Timestamp("2013-03-31"),
    )
