"""Incidents beside UCDP's records."""

import pandas as pd
import pytest

from azawad_conflict.exchange import compare
from azawad_conflict.tables import load


@pytest.fixture(scope="module")
def records():
    return load("ucdp_records")


def of_tables(**changed):
    """The tables that the comparison reads, in the order of its arguments."""
    return [changed.get(name, load(name)) for name in compare.TABLES]


def made(incidents, records):
    return compare.beside(incidents, *of_tables(ucdp_records=records))


@pytest.fixture(scope="module")
def table(ged_rows, records):
    return made(ged_rows, records)


def with_event(table, event_id):
    return table[table["events"].map(lambda ids: event_id in ids)].iloc[0]


def test_every_incident_and_record_stands_in_one_group(table, ged_rows, records):
    assert sorted(table["events"].explode().dropna()) == sorted(ged_rows["id"])
    assert sorted(table["records"].explode().dropna()) == sorted(records["record_id"])
    assert set(table["reason"]) <= set(compare.REASONS)


def test_the_pairs_are_those_that_the_groups_join(table, ged_rows):
    found = compare.pairs(ged_rows, *of_tables())
    joined = table[table["match"].eq("both")]
    assert sorted(found["event_id"].unique()) == sorted(joined["events"].explode())
    assert sorted(found["record_id"].unique()) == sorted(joined["records"].explode())
    assert found["days_apart"].dropna().le(compare.NEAR_DAYS).all()
    assert found["km_apart"].dropna().le(compare.NEAR_KM).all()
    assert not found.duplicated(["event_id", "record_id"]).any()
    none = compare.pairs(ged_rows.head(0), *of_tables())
    assert none.empty and list(none) == list(found)


def test_days_lie_apart_where_a_record_has_its_own_and_not_those_of_its_dyad(ged_rows, records):
    found = compare.pairs(ged_rows, *of_tables()).set_index(["event_id", "record_id"])["days_apart"]
    assert found["gao_2012_06_27", "list_75383"] == 0 and found["in_khalil_2013_02_22", "ged_67927"] == 0
    assert pd.isna(found["menaka_2012_11", "list_75384"])
    own = records.assign(date=records["date"].mask(records["record_id"].eq("list_75384"), "2012-11-17/2012-11-18"))
    found = compare.pairs(ged_rows, *of_tables(ucdp_records=own)).set_index(["event_id", "record_id"])["days_apart"]
    assert found["menaka_2012_11", "list_75384"] == 1


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
    assert with_event(table, "in_khalil_2013_02_23")["match"] == "ours"


@pytest.mark.parametrize(
    ("event_id", "reason"),
    [
        # The MAA claims it, and UCDP's records of the MAA and the MNLA are dated to half a year.
        ("in_khalil_2013_02_23", "year_only"),
        # Claims name the MNLA alone; its opponent may be anyone.
        ("bordj_badji_mokhtar_2013_08_14", "year_only"),
        # Claims name MUJAO, whose records of that year UCDP does not release.
        ("menaka_road_2013", "disputed"),
        ("almoustarat_2014_11_02", "unnamed"),
        # AQIM and MUJAO: the one record of 2014 is of Ansar Dine.
        ("abeibara_2014_01", "no_pair"),
        ("bourem_2014_04_29", "no_pair"),
        ("kidal_2012_06_07", "year_only"),
        # UCDP's record of that year is of the communities, and lies elsewhere.
        ("pursuit_2014_02_07", "no_record"),
    ],
)
def test_an_incident_alone_has_the_reason_of_its_parties(table, event_id, reason):
    row = with_event(table, event_id)
    assert (row["match"], row["reason"]) == ("ours", reason)


def test_a_party_that_claims_name_joins_a_record_and_a_denial_names_nobody(ged_rows, records):
    own = records[records["record_id"] == "list_75600"].assign(date="2013-02-24", place_id=pd.NA)
    attack = ged_rows[ged_rows["id"] == "in_khalil_2013_02_23"]
    row = with_event(made(attack, own), "in_khalil_2013_02_23")
    assert (row["match"], row["disputed"]) == ("both", True)
    claims, attributions = load("casualty_claims"), load("attribution_claims").assign(stance="denies")
    silent = claims[claims["victim"].ne("maa")]
    tables = of_tables(ucdp_records=own, casualty_claims=silent, attribution_claims=attributions)
    assert with_event(compare.beside(attack, *tables), "in_khalil_2013_02_23")["match"] == "ours"


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
def test_the_rule_asks_for_parties_days_and_place(ged_rows, records, cells, match):
    gao = ged_rows[ged_rows["id"] == "gao_2012_06_27"]
    record = records[records["record_id"] == "list_75383"].assign(**cells)
    assert with_event(made(gao, record), "gao_2012_06_27")["match"] == match


@pytest.mark.parametrize(("best", "reason"), [(19, "below"), (20, "inside"), (35, "inside"), (36, "above")])
def test_a_number_lies_inside_or_on_a_side_of_the_range(ged_rows, records, best, reason):
    gao = ged_rows[ged_rows["id"] == "gao_2012_06_27"]
    record = records[records["record_id"] == "list_75383"].assign(best=pd.array([best], dtype="Int64"))
    assert with_event(made(gao, record), "gao_2012_06_27")["reason"] == reason
