"""Events as rows like those of ACLED."""

import pandas as pd
import pytest

from azawad_conflict.exchange.crosswalk import acled, scheme


def of(rows, event_id):
    return rows[rows["event_id_cnty"].str.fullmatch(rf"AZAWAD-{event_id}-\d+")]


def test_rows_keep_to_the_codebook(acled_rows, frames):
    assert scheme.faults(acled_rows, frames["crosswalk"], "acled") == []
    assert acled_rows["event_id_cnty"].is_unique


def test_each_event_has_rows_or_a_reason(acled_rows, frames):
    out = acled.left_out(frames["events"])
    made = set(acled_rows["event_id_cnty"].str.extract(r"AZAWAD-(\w+)-\d+")[0])
    assert made | set(out["event_id"]) == set(frames["events"]["event_id"]) and not made & set(out["event_id"])
    assert out["reason"].ne("").all()


def test_the_dead_of_several_days_are_divided_and_none_is_lost(acled_rows, ged_rows):
    menaka = of(acled_rows, "menaka_2012_11")
    assert menaka["event_date"].tolist() == ["2012-11-19", "2012-11-20"] and menaka["fatalities"].tolist() == [5, 5]
    lows = ged_rows.set_index("id")["low"]
    sums = acled_rows.groupby(acled_rows["event_id_cnty"].str.extract(r"AZAWAD-(\w+)-\d+")[0])["fatalities"].sum()
    assert all(sums[event] == lows.get(event, 0) for event in sums.index)


def test_an_odd_death_falls_on_the_first_day(acled_rows):
    assert of(acled_rows, "reprisal_2014_02")["fatalities"].tolist() == [4, 3]


@pytest.mark.parametrize(
    ("event_id", "types"),
    [
        ("gao_2012_06_27", acled.BATTLE),
        ("in_khalil_2013_02_22", acled.SUICIDE),
        ("kidal_2012_03_30", acled.TAKEN),
        ("anefis_2013_06_05", acled.BATTLE),
        ("gao_streets_second", acled.ATTACK),
        ("gao_consulate_2012_04_05", acled.ABDUCTION),
        ("ansongo_2012_07_11", ("Strategic developments", "Non-violent transfer of territory")),
        ("pact_2012_05_26", ("Strategic developments", "Agreement")),
    ],
)
def test_types_of_events(acled_rows, event_id, types):
    row = of(acled_rows, event_id).iloc[0]
    assert (row["event_type"], row["sub_event_type"]) == types
    assert row["disorder_type"] == (types[0] if types[0] == acled.DEVELOPMENT else "Political violence")


def test_sub_events_belong_to_their_event_type(acled_rows):
    violence = acled_rows.groupby("sub_event_type")["event_type"].nunique()
    assert (violence == 1).all()


def test_civilians_are_targeted_where_violence_is_one_sided(acled_rows):
    row = of(acled_rows, "merchants_2014_02").iloc[0]
    assert row["civilian_targeting"] == "Civilians targeted" and row["actor2"] == "Civilians (Mali)"
    assert row["interaction"] == "Political militia-Civilians" and row["actor1"] == "Unidentified Armed Group (Mali)"
    assert pd.isna(of(acled_rows, "gao_2012_06_27").iloc[0]["civilian_targeting"])


def test_interaction_stands_in_the_order_of_the_scheme(acled_rows):
    row = of(acled_rows, "aguelhok_2012_01_20").iloc[0]
    assert (row["inter1"], row["inter2"], row["interaction"]) == (
        "Rebel group",
        "State forces",
        "State forces-Rebel group",
    )


def test_a_month_is_its_middle(acled_rows):
    row = of(acled_rows, "abeibara_2014_01").iloc[0]
    assert (row["event_date"], row["time_precision"]) == ("2014-01-16", 3)


def test_bytes_are_stable(acled_rows, frames):
    turned = frames | {"events": frames["events"].iloc[::-1].reset_index(drop=True)}
    assert acled.rows(*turned.values()).to_csv(index=False) == acled_rows.to_csv(index=False)
