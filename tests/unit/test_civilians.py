"""Violence against civilians: statements are counted and kept apart, people never added."""

import pandas as pd

from azawad_conflict import civilians
from azawad_conflict.reader_tables import civilians as read
from azawad_conflict.tables import load

ACTORS = pd.DataFrame(
    {
        "actor_id": ["mnla", "mujao", "gunmen"],
        "short_name": ["MNLA", "MUJAO", "Gunmen"],
        "side": ["mnla", "islamist", "other"],
    }
)
PLACES = pd.DataFrame({"place_id": ["gao"], "name": ["Gao"]})
EVENTS = pd.DataFrame({"event_id": ["march"], "name": ["March"]})


def said(claim_id, act, accused, stance="states", low=pd.NA, source="one", place="gao", role="press"):
    return dict(
        claim_id=claim_id,
        event_id=pd.NA,
        date="2012-04",
        place_id=place,
        area=pd.NA if place else "the north",
        act=act,
        accused=accused,
        stance=stance,
        low=low,
        best=low,
        high=low,
        claimant="Somebody",
        claimant_role=role,
        source_id=source,
        note="What is said.",
    )


def statements(*rows):
    return civilians.abuse_statements(
        pd.DataFrame(rows).astype({"low": "Int64", "best": "Int64", "high": "Int64"}), ACTORS, PLACES, EVENTS
    )


def test_statements_are_counted_by_act_and_accused_and_denials_left_out():
    table = civilians.by_act(
        statements(
            said("a", "pillage", "mnla"),
            said("b", "pillage", "mnla", source="two"),
            said("c", "pillage", "mnla", "denies"),
            said("d", "flogging", "mujao"),
        )
    ).set_index("act")
    assert table.loc["pillage", ["mnla", "islamist", "statements", "sources"]].tolist() == [2, 0, 2, 2]
    assert table.index.tolist() == ["pillage", "flogging"]


def test_stances_are_kept_apart():
    table = civilians.by_stance(
        statements(
            said("a", "killing", "gunmen", low=2),
            said("b", "killing", "mnla", "denies", role="own_losses"),
            said("c", "killing", "mujao", "denies", role="local"),
        )
    ).set_index("accused_side")
    assert table.loc["islamist", ["denies", "denied_by_others"]].tolist() == [0, 1]
    assert table.loc["other", ["states", "denies", "with_number"]].tolist() == [1, 0, 1]
    assert table.loc["mnla", "denies"] == 1


def test_a_statement_without_a_place_tells_its_area():
    table = read.statements(statements(said("a", "killing", "mnla", low=8, place=None)))
    assert table.iloc[0][["Place", "Act"]].tolist() == ["the north", "killing, 8"]


def test_every_act_and_stance_of_the_schema_has_words():
    rows = load("abuse_claims")
    assert set(rows["act"]) <= set(read.ACTS) and set(rows["stance"]) <= set(read.STANCES)


def test_no_total_of_the_dead_holds_a_statement_on_civilians():
    assert not set(load("abuse_claims")["claim_id"]) & set(load("casualty_claims")["claim_id"])
