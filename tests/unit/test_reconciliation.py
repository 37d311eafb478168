"""Reconciliation: claims by who makes them, and published totals beside the report's own."""

import pandas as pd
import pytest

from azawad_conflict import casualties, reconciliation
from azawad_conflict.figures.reconciliation import claims_by_origin
from azawad_conflict.tables import load


@pytest.fixture(scope="module")
def real():
    return [load(name) for name in ("casualty_claims", "events", "actors", "sources")]


@pytest.fixture(scope="module")
def by_stand(real):
    return reconciliation.ranges_by_stand(*real)


def row_of(by_stand, event, group, stand):
    return by_stand.set_index(["event_id", "group", "stand"]).loc[(event, group, reconciliation.STANDS[stand])]


def test_own_and_enemy_claims_stand_apart(by_stand):
    # Ménaka: the MNLA counts 1, then 6; MUJAO 11, then 50.
    own, enemy = (row_of(by_stand, "menaka_2012_11", "mnla", stand) for stand in ("own_losses", "enemy_losses"))
    assert (own["low"], own["high"], enemy["low"], enemy["high"]) == (1, 6, 11, 50)


def test_what_an_encyclopaedia_carries_stands_as_an_encyclopaedia(by_stand):
    # That the MNLA first had no dead on the Ansongo road is known through an encyclopaedia only.
    row = row_of(by_stand, "gao_2012_11_16", "mnla", "encyclopaedia")
    assert (row["low"], row["high"]) == (0, 0)


def test_discounted_claims_stand_nowhere(by_stand, real):
    discounted = real[0].query("event_id == 'gao_2012_11_16' and victim == 'islamist_groups' and counted == 'no'")
    assert discounted["low"].max() == 24
    assert by_stand.query("event_id == 'gao_2012_11_16' and group == 'islamist_groups'")["high"].max() == 20


def test_the_widest_gap_comes_first(by_stand):
    rival = reconciliation.most_rival(reconciliation.rivals(by_stand))
    assert rival["distance"].is_monotonic_decreasing and (rival["low_stand"] != rival["high_stand"]).all()


def test_enemy_alone_leaves_out_whoever_has_company(by_stand):
    alone = reconciliation.enemy_alone(by_stand)
    assert ("menaka_2012_11", "mnla") not in set(zip(alone["event_id"], alone["group"]))
    assert ("reprisal_2014_02", "islamist_groups") in set(zip(alone["event_id"], alone["group"]))


def test_a_yardstick_lies_inside_or_outside_the_range():
    yardsticks = pd.DataFrame(
        {
            "yardstick_id": ["a", "b"],
            "event_id": ["gao", "gao"],
            "low": [26, 60],
            "best": [26, 60],
            "high": [26, 60],
            "date": ["2012", "2012"],
        }
    )
    totals = pd.DataFrame(
        {"event_id": ["gao"], "name": ["Gao"], "low": [20], "best": [35], "high": [35], "at_least": [False]}
    )
    table = reconciliation.yardsticks_beside(yardsticks, totals)
    assert table["inside"].tolist() == [True, False] and table["published"].tolist() == [26, 60]


def test_a_period_is_the_sum_of_its_incidents(real, incidents):
    everyone = casualties.everyone_killed(incidents)
    periods = reconciliation.period_totals(everyone, real[1]).set_index("event_id")
    fights = everyone[everyone["event_id"].isin(["ansongo_2012_11_15", "gao_2012_11_16", "menaka_2012_11"])]
    assert (
        periods.loc["period_november_2012_15_20", ["low", "best", "high"]].tolist()
        == fights[["low", "best", "high"]].sum().tolist()
    )


def test_circulating_totals_name_their_scope_and_silence_stays_silent(real, incidents):
    infobox = casualties.period_claims(real[0][real[0]["source_id"] == casualties.BASE_ARTICLE], real[1])
    table = reconciliation.circulating(
        load("yardsticks"), infobox, casualties.core_killed(incidents), casualties.everyone_killed(incidents)
    )
    assert table["deaths_counted"].notna().all()
    ucdp = table[table["publisher"].str.startswith("Uppsala")].set_index("date")["low"]
    assert pd.isna(ucdp["2013"]) and ucdp["2012"] == 57


def test_a_row_per_origin_splits_a_stand_and_loses_no_claim(by_stand, real):
    split = reconciliation.ranges_by_stand(*real, split=("stand", "origin"))
    whole = split.groupby(["event_id", "group", "stand"])[["claims", "origins"]].sum()
    found = by_stand.set_index(["event_id", "group", "stand"])
    assert whole["claims"].eq(found["claims"].reindex(whole.index)).all()
    assert whole["origins"].eq(found["origins"].reindex(whole.index)).all()
    assert len(split) > len(by_stand)


def test_the_figure_names_each_origin_at_its_mark_and_says_what_an_encyclopaedia_carries(by_stand, real):
    rival = reconciliation.most_rival(reconciliation.rivals(by_stand))
    split = reconciliation.ranges_by_stand(*real, split=("stand", "origin"))
    drawing = claims_by_origin.draw(split, rival)
    shown = claims_by_origin.disputed(split, rival)
    assert shown["event_id"].nunique() == claims_by_origin.FIGHTS
    for svg in (drawing, drawing.narrow):
        assert all(f">{origin}" in svg for origin in set(shown["origin"]) - {claims_by_origin.UNKNOWN_ORIGIN})
        assert "MNLA, after Wikipedia 0<" in svg


def test_an_origin_has_one_row_though_others_repeat_its_number(by_stand, real):
    split = reconciliation.ranges_by_stand(*real, split=("stand", "origin"))
    rows = claims_by_origin.disputed(split, reconciliation.most_rival(reconciliation.rivals(by_stand)))
    outside = rows["stand"].eq(claims_by_origin.OUTSIDE)
    assert len(rows) and not rows.assign(outside=outside).duplicated(["event_id", "group", "origin", "outside"]).any()
    assert set(rows["origin"]) == set(split.loc[split["event_id"].isin(rows["event_id"]), "origin"])
