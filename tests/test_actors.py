"""Actors: the tables of sides, leaders and accusations."""

import pandas as pd

from azawad_conflict import actors
from azawad_conflict.tables import load

ATTRIBUTIONS = pd.DataFrame(
    {
        "claim_id": ["a", "b", "c"],
        "event_id": ["denied", "denied", "plain"],
        "stance": ["alleges", "denies", "states"],
        "accused": ["mnla", "mnla", "mujao"],
    }
)
EVENTS = pd.DataFrame({"event_id": ["denied", "plain"], "name": ["Denied", "Plain"], "date": ["2012-06-25", "2012-06-26"]})
ACTORS = pd.DataFrame({"actor_id": ["mnla", "mujao"], "short_name": ["MNLA", "MUJAO"]})


def test_a_denial_makes_an_event_rival():
    table = actors.accusations(ATTRIBUTIONS, EVENTS, ACTORS)
    assert table["rival"].tolist() == [True, True, False]
    assert table["accused_name"].tolist() == ["MNLA", "MNLA", "MUJAO"]


def test_belligerents_are_armed_and_ordered_by_side():
    table = actors.belligerents(load("actors"), load("events"), load("casualty_claims"))
    assert table["side"].tolist() == sorted(table["side"], key=["mnla", "islamist", "state", "allied", "other"].index)
    assert not table["kind"].eq("civilians").any()
    counts = table.set_index("actor_id")["loss_claims"]
    assert counts["mnla"] == load("casualty_claims")["victim"].eq("mnla").sum()


def test_leaders_carry_the_fates_that_sources_report():
    table = actors.leaders(load("people"), load("actors"), load("events")).set_index("person_id")
    assert table.loc["bilal_ag_acherif", ["reported_fate", "fate_event_name"]].tolist() == ["wounded", "Battle of Gao"]
    assert table.index[table["reported_fate"] == "killed"].tolist() == ["bouna_ag_tahib", "wari_ag_ibrahim", "alwabegat_ag_salakatou"]
    assert table.loc["machkanani_ag_balla", ["reported_fate", "fate_event_id"]].tolist() == ["wounded", "gao_2012_11_16"]  # AFP, not the article
