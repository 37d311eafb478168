"""Toy places, claims on control and spells that tests of territory share."""

import pandas as pd

PLACES = pd.DataFrame({"place_id": ["gao", "ber"], "kind": ["town", "mountains"]})
ACTORS = pd.DataFrame(
    {
        "actor_id": ["mnla", "mujao", "islamist_groups", "malian_state", "malian_army"],
        "parent_id": [pd.NA, "islamist_groups", pd.NA, pd.NA, "malian_state"],
        "acts_for_parent": [pd.NA, "no", pd.NA, pd.NA, "yes"],
    }
)
CLAIMS = pd.DataFrame(
    {
        "claim_id": ["before", "taken", "later"],
        "place_id": ["gao", "gao", "gao"],
        "date": ["2012-04", "2012-06-27", "2012-11-16"],
        "from_holder": [(), ("mnla",), ("mujao",)],
        "to_holder": [("mnla",), ("mujao",), ("mujao",)],
        "how": ["presence", "battle", "failed_attack"],
    }
)
SPELLS = pd.DataFrame(
    {
        "place_id": ["gao", "gao"],
        "start": ["2012-04", "2012-06-27"],
        "end": ["2012-06-27", "2013-01/2013-02"],
        "state": ["held", "held"],
        "holder": [("mnla",), ("mujao",)],
        "certainty": ["medium", "high"],
        "control_claims": [("before",), ("taken", "later")],
    }
)
EMPTY = pd.DataFrame(
    {
        "place_id": ["gao", "gao", "gao"],
        "start": ["2012-05-01", "2012-06-27", "2013-03-01"],
        "end": ["2012-06-27", "2013-03-01", pd.NA],
        "state": ["held", "empty", "held"],
        "holder": [("mnla",), (), ("mujao",)],
        "certainty": ["low", "high", "high"],
        "control_claims": [("before",), ("taken",), ("later",)],
    }
)
READING_CLAIMS = pd.DataFrame(
    {
        "claim_id": ["a", "b", "c", "d"],
        "place_id": ["gao", "gao", "gao", "gao"],
        "date": ["2012-04-01", "2012-06-27", "2012-06-27", "2012-09"],
        "to_holder": [("mnla",), ("mujao",), ("mnla",), ()],
        "from_holder": [(), ("mnla",), (), ()],
        "how": ["battle", "battle", "claim", "presence"],
        "certainty": ["high", "high", "low", "high"],
        "origin": ["AFP", "AFP", "MNLA", "AFP"],
        "source_id": ["wire", "wire", "party", "wire"],
    }
)
RUNS = pd.DataFrame(
    {
        "place_id": ["gao", "gao", "ber", "ber", "kidal"],
        "state": ["held", "shared", "unknown", "presumed", "empty"],
        "holders": [("mnla",), ("mnla", "mujao"), (), ("mujao",), ()],
        "start": pd.to_datetime(["2012-04-01", "2012-05-01", "2012-04-01", "2012-05-01", "2012-04-01"]),
        "end": pd.to_datetime(["2012-05-01", "2012-06-01", "2012-05-01", "2012-06-01", "2012-06-01"]),
    }
)
