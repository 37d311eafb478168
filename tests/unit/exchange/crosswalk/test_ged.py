"""Incidents as rows of UCDP GED: the identities of its codebook, over the record and over drawn claims."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azawad_conflict import casualties
from azawad_conflict.exchange.crosswalk import ged, scheme

VICTIMS = ("mnla", "menaka_volunteers", "mujao", "islamist_groups", "unseparated", "civilians", "maa")


def made(frames, **changed):
    return ged.rows(*(frames | changed).values())


def with_event(frames, event_id, **cells):
    events = frames["events"].copy()
    for column, value in cells.items():
        events.loc[events["event_id"] == event_id, column] = value
    return events


def numbers(row):
    return row[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "low", "high"]].tolist()


def row_of(rows, event_id):
    return rows.set_index("id").loc[event_id]


def adds_up(rows):
    assert (rows[ged.PARTS].sum(axis=1) == rows["best"]).all()
    assert (rows["low"] <= rows["best"]).all() and (rows["best"] <= rows["high"]).all() and (rows["high"] > 0).all()
    one_sided = rows[rows["type_of_violence"] == 3]
    assert (one_sided[["deaths_a", "deaths_b"]] == 0).all(axis=None)


def test_rows_keep_to_the_codebook(ged_rows, frames):
    assert scheme.faults(ged_rows, frames["crosswalk"], "ucdp_ged") == []


def test_deaths_add_up_in_every_row(ged_rows):
    adds_up(ged_rows)


def test_a_core_fight_has_the_number_of_everyone_killed(ged_rows, incidents):
    everyone = casualties.everyone_killed(incidents).set_index("event_id")
    ours = ged_rows.set_index("id")
    shared = everyone.index[everyone["high"] > 0]
    for end in ("low", "best", "high"):
        assert ours.loc[shared, end].astype(int).tolist() == everyone.loc[shared, end].tolist()


def test_each_incident_with_a_death_has_a_row_and_a_zero_has_none(ged_rows, incidents):
    killed = incidents[incidents["outcome"].eq("killed") & incidents["reported"]]
    assert set(ged_rows["id"]) == set(killed.loc[killed["high"] > 0, "event_id"])
    assert "lere_2012_11_28" not in set(ged_rows["id"])


def test_ids_and_bytes_are_stable(ged_rows, frames):
    turned = {
        name: frame.iloc[::-1].reset_index(drop=True) for name, frame in frames.items() if name in ("events", "actors")
    }
    assert ged_rows["id"].is_unique
    assert (
        made(frames).to_csv(index=False) == made(frames, **turned).to_csv(index=False) == ged_rows.to_csv(index=False)
    )


def test_the_dead_stand_on_their_side_and_what_is_left_has_none(ged_rows):
    # Gao: 35 in all, of these 20 Islamist fighters and 4 of the MNLA.
    gao = row_of(ged_rows, "gao_2012_06_27")
    assert (gao["side_a"], gao["side_b"], gao["dyad_new_id"]) == ("AQIM, JAS, MUJAO", "CMA", 5650)
    assert numbers(gao) == [20, 4, 0, 11, 35, 20, 35]


def test_where_disputed_sides_exceed_the_whole_none_has_the_dead(ged_rows, frames):
    # Timbuktu, June 2012: two dead, whom both sides claim or are said to have lost.
    assert numbers(row_of(ged_rows, "timbuktu_2012_06_13")) == [0, 0, 0, 2, 2, 2, 4]
    settled = made(frames, events=with_event(frames, "timbuktu_2012_06_13", victims_disputed="no"))
    assert numbers(row_of(settled, "timbuktu_2012_06_13")) == [2, 2, 0, 0, 4, 2, 4]


def test_the_dead_of_a_side_are_not_lost_to_a_smaller_number_for_everyone(ged_rows):
    # Aguelhok, January 2012: an official's 82 with civilians among them, an inquiry's 153 soldiers.
    aguelhok = row_of(ged_rows, "aguelhok_2012_01_24")
    assert numbers(aguelhok) == [153, 0, 0, 0, 153, 40, 153]


def test_a_conflict_is_named_where_ucdp_does_not_name_the_opponent(ged_rows):
    aguelhok = row_of(ged_rows, "aguelhok_2012_01_24")
    assert (aguelhok["conflict_new_id"], aguelhok["conflict_name"]) == (11347, "Mali: Government")
    assert pd.isna(aguelhok["dyad_new_id"]) and aguelhok["dyad_name"] == "Government of Mali - Islamist groups"


def test_two_parties_stand_in_one_order(ged_rows):
    orders = ged_rows.dropna(subset=["side_a"])[["side_a", "side_b"]].drop_duplicates()
    assert not orders.apply(frozenset, axis=1).duplicated().any()


def test_sides_that_are_not_separated_have_no_name(ged_rows):
    names = ["side_a", "side_b", "dyad_name", "conflict_name"]
    assert row_of(ged_rows, "bordj_badji_mokhtar_2013_08_14")[names].isna().all()


@pytest.mark.parametrize("column", ["source_article", "source_office", "source_date", "source_headline"])
def test_lists_of_sources_have_an_item_for_each(ged_rows, column):
    assert ged_rows[column].str.split("; ").map(len).eq(ged_rows["number_of_sources"]).all()


def test_volunteers_stand_with_the_mnla_and_sides_follow_the_dyad(ged_rows):
    menaka = row_of(ged_rows, "menaka_2012_11")
    assert (menaka["side_a"], menaka["side_a_new_id"], menaka["deaths_a"]) == ("CMA", 1158, 13)


def test_a_state_stands_on_side_a(ged_rows):
    state = ged_rows[ged_rows["type_of_violence"] == 1]
    assert state["side_a"].isin(["Government of Mali", "French forces"]).all()


def test_an_alliance_is_the_dyad_on_its_days_alone(ged_rows):
    ids = ged_rows.set_index("id")["dyad_new_id"]
    assert ids["ansongo_2012_11_15"] == 5651 and pd.isna(ids["tin_tabanawt_2013_03_24"])
    assert row_of(ged_rows, "tin_tabanawt_2013_03_24")["dyad_name"] == "CMA - MUJAO"


@pytest.mark.parametrize(
    ("event_id", "date_prec", "where_prec", "clarity"),
    [
        ("gao_2012_06_27", 1, 1, 1),
        ("menaka_2012_11", 2, 1, 2),
        ("north_2013_03", 4, None, 2),
        ("menaka_road_2013", 5, 5, 2),
        ("kidal_2012_06_07", 2, 2, 2),
        ("in_arab_2013_03", 1, 5, 1),
        ("merchants_2014_02", 1, 5, 1),  # its point is not well known
        ("abeibara_2014_01", 4, 5, 1),  # one killing, whose day is not known
        ("pursuit_2014_02_07", 1, 5, 2),
    ],
)
def test_precision_of_day_and_place(ged_rows, event_id, date_prec, where_prec, clarity):
    row = row_of(ged_rows, event_id)
    assert (row["date_prec"], row["event_clarity"]) == (date_prec, clarity)
    assert pd.isna(row["where_prec"]) if where_prec is None else row["where_prec"] == where_prec


@pytest.mark.parametrize(
    ("date", "words"),
    [(pd.NA, "has no date"), ("2014-02/..", "open at one end"), ("27 June 2012", "'27 June 2012': not a date")],
)
def test_an_event_without_both_days_is_refused_by_name(frames, date, words):
    with pytest.raises(ValueError, match=rf"ucdp_ged: gao_2012_06_27.*{words}"):
        made(frames, events=with_event(frames, "gao_2012_06_27", date=date))


def test_without_claims_there_are_no_rows_and_all_columns(frames, ged_rows):
    none = made(frames, casualty_claims=frames["casualty_claims"].head(0))
    assert none.empty and list(none) == list(ged_rows)


@st.composite
def drawn(draw):
    """Claims on the killed of Gao: victims, and three numbers in order."""
    found = []
    for place in range(draw(st.integers(1, 6))):
        low, best, high = sorted(draw(st.lists(st.integers(0, 60), min_size=3, max_size=3)))
        role = draw(st.sampled_from(["press", "own_losses", "enemy_losses", "monitor"]))
        found.append((place, draw(st.sampled_from(VICTIMS)), low, best, high, role))
    return found


@settings(max_examples=60, deadline=None)
@given(drawn(), st.sampled_from(["non_state", "state_based", "one_sided"]), st.sampled_from(["yes", "no"]))
def test_deaths_add_up_whatever_is_claimed(frames, claims, violence, disputed):
    real = frames["casualty_claims"]
    pattern = real[
        real["event_id"].eq("gao_2012_06_27") & real["outcome"].eq("killed") & real["counted"].eq("yes")
    ].iloc[0]
    table = pd.DataFrame(
        [
            pattern.to_dict()
            | dict(claim_id=f"c{n}", victim=who, low=low, best=best, high=high, claimant_role=role, origin=f"o{n}")
            for n, who, low, best, high, role in claims
        ]
    ).astype(real.dtypes.to_dict())
    events = with_event(frames, "gao_2012_06_27", violence_type=violence, victims_disputed=disputed)
    rows = made(frames, casualty_claims=table, events=events)
    assert len(rows) == (max(high for *_, high, _ in claims) > 0)
    adds_up(rows)
    assert scheme.faults(rows, frames["crosswalk"], "ucdp_ged") == []
