"""The tables of the page beside UCDP and ACLED."""

import pytest

from azawad_conflict.exchange import compare
from azawad_conflict.exchange.crosswalk import acled
from azawad_conflict.reader_tables.evidence import schemes as read
from azawad_conflict.tables import load


@pytest.fixture(scope="module")
def beside(ged_rows):
    return compare.beside(ged_rows, *map(load, compare.TABLES))


@pytest.mark.parametrize("name", ["ucdp_ged", "acled"])
def test_each_column_says_what_fills_it(frames, name):
    table = read.mapping(frames["crosswalk"], name)
    assert table["Filled from, and how"].ne("").all() and table["Column"].str.fullmatch(r"\w+ \([\w ;]+\)").all()
    nothing = table["Filled from, and how"].str.startswith("Blank")
    assert nothing.any() and table.loc[nothing, "What is lost"].ne("").all()


def test_outcomes_count_each_incident_and_record_once(beside, ged_rows):
    table = read.outcomes(beside)
    assert (table["Incidents"].sum(), table["Records"].sum()) == (len(ged_rows), len(load("ucdp_records")))


def test_the_rest_of_the_parties_is_one_row(beside):
    sums = compare.agreement(beside)
    table = read.agreement(sums)
    assert table["Parties"].iloc[-1] == "All other parties"
    assert "MNLA and allies; Islamist armed groups" in set(table["Parties"])
    assert not table["Parties"].str.contains("–").any()  # which no voice says
    assert table["Records of UCDP"].sum() == sums["records"].sum()


def test_what_is_not_known_is_not_called_absent(beside):
    table = read.beside(beside)
    assert (table.loc[table["Result"].str.startswith("Open") & table["Killed"].ne(""), "UCDP"] == "not known").all()
    assert (table.loc[table["Result"].str.startswith("Here alone"), "UCDP"] == "no record").all()


def test_the_sides_of_a_dyad_are_told_apart_in_words(beside):
    table = read.beside(beside).set_index("This report")
    assert table.loc["Battle of Gao", "UCDP"] == "AQIM, JAS, MUJAO versus CMA"
    assert not table["UCDP"].str.contains(" - ").any()


def test_the_events_that_both_have_say_why_they_may_differ(beside):
    table = read.joined(beside).set_index("Incidents")
    assert table.loc["Battle of Gao", ["Best, here", "Best, UCDP", "Difference"]].tolist() == [35, 26, "−9"]
    assert table.loc["Bombing at In Khalil", "Why they may differ"] == "A working record, not released."
    november = table.index[table.index.str.contains("Ménaka")][0]
    assert "the days there are those of the whole dyad" in table.loc[november, "Why they may differ"]
    tamkoutat = table.loc["Killing of Tuareg civilians near Tamkoutat"]
    assert tamkoutat["Difference"] == "+6" and "Another type of violence there" in tamkoutat["Why they may differ"]


def test_events_of_acled_are_counted_by_type(acled_rows, frames):
    table = read.acled_rows(acled_rows)
    assert table["Rows"].sum() == len(acled_rows)
    assert table["Events"].sum() + len(acled.left_out(frames["events"])) == len(frames["events"])


def test_the_types_of_acled_keep_their_names_and_are_marked_as_english(acled_rows, monkeypatch):
    english = read.acled_rows(acled_rows)["Event type"].tolist()
    monkeypatch.setenv("LANGUAGE", "fr")
    assert read.acled_rows(acled_rows).iloc[:, 0].tolist() == [f"{{language}}`{name} <en>`" for name in english]


def test_an_example_that_is_not_there_is_refused(ged_rows):
    assert "Value" in read.example(ged_rows, "id", "gao_2012_06_27")
    with pytest.raises(KeyError, match="nowhere"):
        read.example(ged_rows, "id", "nowhere")
