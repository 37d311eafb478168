"""The order in which claims decide: one function, and all that counts follows."""

import pandas as pd
import pytest

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


def test_an_order_that_is_not_there_or_loses_claims_is_refused(monkeypatch, tables):
    described = described_claims(*tables[:4])
    losing = weight.Order(lambda claims: claims[claims["published"].notna()].head(5), *["words"] * 3)
    monkeypatch.setitem(weight.ORDERS, "losing", losing)
    monkeypatch.setattr(weight, "DECIDES", "losing")
    with pytest.raises(ValueError, match=rf"the order 'losing' makes 5 rows of {len(described)} claims"):
        weight.by_weight(described)
    monkeypatch.setattr(weight, "DECIDES", "latest")
    with pytest.raises(ValueError, match="DECIDES is 'latest'; ORDERS has 'roles', 'losing'"):
        weight.by_weight(described)
