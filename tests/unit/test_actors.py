"""Actors: the tables of sides, leaders and accusations."""

import pandas as pd
import pytest

from azawad_conflict import actors
from azawad_conflict.figures.background import dealings
from azawad_conflict.tables import load

ATTRIBUTIONS = pd.DataFrame(
    {
        "claim_id": ["a", "b", "c"],
        "event_id": ["denied", "denied", "plain"],
        "stance": ["alleges", "denies", "states"],
        "accused": ["mnla", "mnla", "mujao"],
        "claimant": ["A", "B", "C"],
        "source_id": ["x", "y", "z"],
    }
)
EVENTS = pd.DataFrame(
    {"event_id": ["denied", "plain"], "name": ["Denied", "Plain"], "date": ["2012-06-25", "2012-06-26"]}
)
ACTORS = pd.DataFrame(
    {
        "actor_id": ["mnla", "mujao", "aqim", "islamist_groups", "unknown_gunmen"],
        "short_name": ["MNLA", "MUJAO", "AQIM", "Islamist groups", "Unknown gunmen"],
        "kind": ["armed_movement"] * 4 + ["unidentified"],
        "parent_id": [pd.NA, "islamist_groups", "islamist_groups", pd.NA, pd.NA],
    }
)


def test_a_denial_makes_an_event_rival():
    table = actors.accusations(ATTRIBUTIONS, EVENTS, ACTORS)
    assert table["rival"].tolist() == [True, True, False]
    assert table["accused_name"].tolist() == ["MNLA", "MNLA", "MUJAO"]


@pytest.mark.parametrize(
    ("laid", "denied", "rival"),
    [
        (["mnla", "mujao"], [], True),
        (["aqim", "mujao"], [], True),
        (["islamist_groups", "mujao"], [], False),
        (["unknown_gunmen", "mujao"], [], False),
        (["mnla"], ["mujao"], False),
        (["mujao"], ["islamist_groups"], True),
        (["islamist_groups"], ["mujao"], False),
        (["unknown_gunmen"], ["mnla"], False),
    ],
)
def test_only_what_cannot_both_be_true_is_rival(laid, denied, rival):
    accused = laid + denied
    claims = pd.DataFrame({"claim_id": range(len(accused)), "event_id": "denied", "accused": accused})
    claims["stance"] = ["alleges"] * len(laid) + ["denies"] * len(denied)
    claims = claims.assign(claimant=[f"claimant {number}" for number in claims["claim_id"]], source_id="one")
    assert actors.accusations(claims, EVENTS, ACTORS)["rival"].eq(rival).all()


@pytest.mark.parametrize(("others", "rival"), [(["mujao"], False), (["islamist_groups"], False), (["mnla"], True)])
def test_who_lays_an_act_to_several_contradicts_only_those_who_name_none_of_them(others, rival):
    claims = pd.DataFrame({"accused": ["aqim", "mujao", *others], "claimant": ["A", "A", *"B" * len(others)]})
    claims = claims.assign(claim_id=claims.index, event_id="denied", source_id="one", stance="states")
    assert actors.accusations(claims, EVENTS, ACTORS)["rival"].eq(rival).all()


def test_belligerents_are_armed_and_ordered_by_side():
    table = actors.belligerents(load("actors"), load("events"), load("casualty_claims"))
    assert table["side"].tolist() == sorted(table["side"], key=["mnla", "islamist", "state", "allied", "other"].index)
    assert not table["kind"].eq("civilians").any()
    counts = table.set_index("actor_id")["loss_claims"]
    assert counts["mnla"] == load("casualty_claims")["victim"].eq("mnla").sum()


def test_leaders_carry_the_fates_that_sources_report():
    table = actors.leaders(load("people"), load("actors"), load("events")).set_index("person_id")
    assert table.loc["bilal_ag_acherif", ["reported_fate", "fate_event_name"]].tolist() == ["wounded", "Battle of Gao"]
    assert table.index[table["reported_fate"] == "killed"].tolist() == [
        "bouna_ag_tahib",
        "wari_ag_ibrahim",
        "alwabegat_ag_salakatou",
    ]
    assert table.loc["machkanani_ag_balla", ["reported_fate", "fate_event_id"]].tolist() == [
        "wounded",
        "gao_2012_11_16",
    ]  # AFP, not the article


DEALT = pd.DataFrame(
    [
        ("pact", "Pact", "2012-05-26", "agreement", None, "mnla", "ansar_dine"),
        ("clash", "Clash", "2012-06-07/2012-06-08", "battle", "non_state", "ansar_dine", "mnla"),
        ("year", "Year", "2012", "period", None, "mnla", "ansar_dine"),
        ("undated", "Talks", None, "talks", None, "mnla", "ansar_dine"),
        ("declared", "Declaration", "2012-04-06", "declaration", None, "mnla", "malian_state"),
        ("shots", "Shots", "2012-05-14", "shooting", "one_sided", "mnla", "gao_residents"),
        ("taken", "Taking", "2012-11-28", "change_of_control", "non_state", "ansar_dine", "mnla"),
        ("others", "Others", "2012-09-01", "battle", "non_state", "mujao", "ganda_iso"),
    ],
    columns=["event_id", "name", "date", "kind", "violence_type", "actor_a", "actor_b"],
)


def test_dealings_are_dated_events_between_an_actor_and_another_party():
    found = actors.dealings(DEALT, "mnla")
    assert found[["event_id", "party", "manner"]].to_numpy().tolist() == [
        ["pact", "ansar_dine", "agreed"],
        ["clash", "ansar_dine", "fought"],
    ]
    assert found.loc[1, ["earliest", "latest"]].tolist() == [pd.Timestamp("2012-06-07"), pd.Timestamp("2012-06-08")]


def test_beside_are_the_runs_in_which_towns_are_shared_in_peace():
    runs = pd.DataFrame(
        {
            "place_id": ["gao", "kidal", "ber", "lere"],
            "state": ["shared", "contested", "held", "presumed"],
            "holders": [("mnla", "mujao", "ansar_dine"), ("mnla", "mujao"), ("mnla",), ("mnla", "mujao")],
            "start": pd.Timestamp("2012-04-01"),
            "end": pd.Timestamp("2012-05-01"),
        }
    )
    found = actors.beside(runs, "mnla")
    assert found[["party", "place_id"]].to_numpy().tolist() == [["ansar_dine", "gao"], ["mujao", "gao"]]


def test_the_figure_of_dealings_places_no_event_that_is_known_to_a_year_alone():
    dealt = actors.dealings(load("events"), "mnla")
    drawn = dealings.placed(dealt)
    assert dealt["event_id"].eq("ifoghas_2013").any()
    assert not drawn["event_id"].eq("ifoghas_2013").any()
    assert f"Drawn are {len(drawn)} of {len(dealt)} dated events" in dealings.caption(dealt)


def test_the_title_of_dealings_names_only_parties_that_were_fought_after_an_accord():
    clash_first = actors.dealings(DEALT.assign(date=DEALT["date"].replace("2012-05-26", "2012-07-01")), "mnla")
    assert "Ansar Dine in May 2012" in dealings.finding(actors.dealings(DEALT, "mnla"))
    assert "nobody" in dealings.finding(clash_first)


def test_an_overview_of_accusations_keeps_the_rival_events_alone():
    table = actors.accused(actors.accusations(ATTRIBUTIONS, EVENTS, ACTORS))
    assert table["event_id"].tolist() == ["denied"]
    assert (table.loc[0, "accused"], table.loc[0, "denied"], table.loc[0, "source_ids"]) == (
        {"MNLA": 1},
        {"MNLA": 1},
        ("x", "y"),
    )
