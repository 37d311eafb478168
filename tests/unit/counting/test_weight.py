"""The order in which claims decide: one function, and all that counts follows."""

import pandas as pd

from azawad_conflict import casualties, multiverse
from azawad_conflict.counting import weight
from azawad_conflict.counting.counted import described_claims


def test_another_order_of_claims_moves_totals_and_multiverse_alike(monkeypatch, tables, incidents):
    by_date = weight.Order(
        lambda claims: claims.sort_values("published", ascending=False, kind="stable"), *["words"] * 3
    )
    monkeypatch.setitem(weight.ORDERS, weight.DECIDES, by_date)
    moved = casualties.incident_ranges(*tables[:4])
    combined = multiverse.combinations(*tables)
    default = combined[combined["is_default"]].iloc[0]
    for side in casualties.SIDES:
        before, after = (casualties.total(casualties.core_killed(ranges), side=side) for ranges in (incidents, moved))
        assert default[side] == after["best"] != before["best"]
        assert (before["low"], before["high"]) == (after["low"], after["high"])


def test_a_weight_is_the_place_of_a_claim_in_the_order(tables):
    described = described_claims(*tables[:4])
    placed = described.assign(weight=weight.weights(described)).sort_values("weight")
    assert placed["weight"].tolist() == list(range(len(described)))
    pd.testing.assert_frame_equal(placed.drop(columns="weight"), weight.by_weight(described))
