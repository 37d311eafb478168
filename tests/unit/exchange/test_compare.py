"""Incidents beside UCDP's records."""

import pandas as pd
import pytest

from azawad_conflict.exchange import compare
from azawad_conflict.tables import load


@pytest.fixture(scope="module")
def records():
    return load("ucdp_records")


def made(frames, incidents, records):
    return compare.beside(
        incidents, frames["events"], frames["actors"], frames["ucdp_dyads"], records, frames["places"]
    )


@pytest.fixture(scope="module")
def table(frames, ged_rows, records):
    return made(frames, ged_rows, records)


def with_event(table, event_id):
    return table[table["events"].map(lambda ids: event_id in ids)].iloc[0]


def test_every_incident_and_record_stands_in_one_group(table, ged_rows, records):
    assert sorted(table["events"].explode().dropna()) == sorted(ged_rows["id"])
    assert sorted(table["records"].explode().dropna()) == sorted(records["record_id"])
    assert set(table["reason"]) <= set(compare.REASONS)


def test_the_pairs_are_those_that_the_groups_join(table, frames, ged_rows, records):
    others = [frames[name] for name in ("events", "actors", "ucdp_dyads")]
    found = compare.pairs(ged_rows, *others, records, frames["places"])
    joined = table[table["match"].eq("both")]
    assert sorted(found["event_id"].unique()) == sorted(joined["events"].explode())
    assert sorted(found["record_id"].unique()) == sorted(joined["records"].explode())
    assert found["days_apart"].le(compare.NEAR_DAYS).all() and found["km_apart"].dropna().le(compare.NEAR_KM).all()
    assert not found.duplicated(["event_id", "record_id"]).any()
    none = compare.pairs(ged_rows.head(0), *others, records, frames["places"])
    assert none.empty and list(none) == list(found)


def test_the_records_are_those_of_the_published_totals(records):
    yardsticks = load("yardsticks").set_index("yardstick_id")
    released = records[records["released"] == "yes"]
    for year, rows in released.groupby(released["date"].str[:4]):
        total = yardsticks.loc[f"ucdp_{year}_mali"]
        assert (rows["best"].sum(), len(rows)) == (total["best"], total["records"])


def test_gao_is_one_record_and_november_a_group(table):
    gao, november = with_event(table, "gao_2012_06_27"), with_event(table, "menaka_2012_11")
    assert (gao["match"], gao["reason"], gao["ucdp_best"], len(gao["records"])) == ("both", "inside", 26, 1)
    assert len(november["events"]) == 3 and len(november["records"]) == 5 and november["ucdp_best"] == 25


def test_the_nearest_incident_goes_first(table):
    # The bombing of the day itself, not the fighting of the day after it.
    assert with_event(table, "in_khalil_2013_02_22")["match"] == "both"
    assert with_event(table, "in_khalil_2013_02_23")["reason"] == "unnamed"


def test_tamkoutat_is_joined_by_place_and_of_another_type(table):
    row = with_event(table, "merchants_2014_02")
    assert (row["match"], row["same_type"]) == ("both", False)


def test_agreement_counts_each_once(table, ged_rows, records):
    sums = compare.agreement(table)
    assert (sums["incidents"].sum(), sums["records"].sum()) == (len(ged_rows), len(records))
    assert (sums["incidents_joined"] <= sums["incidents"]).all() and (sums["inside"] <= sums["groups"]).all()


@pytest.mark.parametrize(
    ("cells", "match"),
    [
        ({"date": "2012-06-29"}, "both"),
        ({"date": "2012-06-30"}, "ours"),
        ({"date": "2012-06-27", "place_id": "kidal"}, "ours"),
        ({"date": "2012-06-27", "place_id": "gao"}, "both"),
        ({"date": "2012-06-27", "dyad_key": "mali_cma"}, "ours"),
        ({"date": "2012-06-20/2012-06-29"}, "both"),
        ({"date": "2012-06-20/2012-06-30"}, "ours"),
        ({"date": "2012"}, "ours"),
    ],
)
def test_the_rule_asks_for_parties_days_and_place(frames, ged_rows, records, cells, match):
    gao = ged_rows[ged_rows["id"] == "gao_2012_06_27"]
    record = records[records["record_id"] == "list_75383"].assign(**cells)
    assert with_event(made(frames, gao, record), "gao_2012_06_27")["match"] == match


@pytest.mark.parametrize(("best", "reason"), [(19, "below"), (20, "inside"), (35, "inside"), (36, "above")])
def test_a_number_lies_inside_or_on_a_side_of_the_range(frames, ged_rows, records, best, reason):
    gao = ged_rows[ged_rows["id"] == "gao_2012_06_27"]
    record = records[records["record_id"] == "list_75383"].assign(best=pd.array([best], dtype="Int64"))
    assert with_event(made(frames, gao, record), "gao_2012_06_27")["reason"] == reason
