"""Reconciliation: claims by who makes them, and published totals beside the report's own."""

import pandas as pd

from azawad_conflict import casualties

# Where the claimants of a role stand, for tables and figures, in the order of the counting rule.
STANDS = {
    "medical": "Hospital or monitor",
    "monitor": "Hospital or monitor",
    "own_losses": "Party, on its own losses",
    "local": "Residents and press",
    "press": "Residents and press",
    "state": "Officials, security sources",
    "enemy_losses": "Party, on its enemy's losses",
    "encyclopaedia": "Encyclopaedia page",
}


def ranges_by_stand(claims, events, actors, sources, outcome="killed"):
    """One row per core incident, group of victims and stand of the claimants: lowest and highest number claimed.

    Claims that an encyclopaedia carries stand as "Encyclopaedia page", whoever is said to make them. Discounted claims
    are left out. Returns columns event_id, name, date, group, series, stand, low, high, at_least, claims, origins.
    Unit: people. Rule: methods.md, "Who says it".
    """
    described = casualties.described_claims(claims, events, actors, sources)
    kept = described[
        described["counted"].eq("yes")
        & described["outcome"].eq(outcome)
        & described["scope"].eq("core")
        & described["violence_type"].eq("non_state")
        & (described["low"].notna() | described["high"].notna())
    ]
    stands = kept["claimant_role"].map(STANDS).mask(kept["carried_by_encyclopaedia"], STANDS["encyclopaedia"])
    table = (
        kept.assign(
            stand=stands,
            series=kept["side"].map(casualties.SERIES),
            upper=kept["high"].fillna(kept["low"]),
            open_end=kept["high"].isna(),
        )
        .groupby(["date", "event_id", "group", "series", "stand"], sort=False)
        .agg(
            low=("low", "min"),
            high=("upper", "max"),
            at_least=("open_end", "any"),
            claims=("claim_id", "size"),
            origins=("origin", "nunique"),
        )
        .reset_index()
    )
    order = list(dict.fromkeys(STANDS.values()))
    names = events.set_index("event_id")["name"]
    return table.assign(name=table["event_id"].map(names), rank=table["stand"].map(order.index)).sort_values(
        ["date", "event_id", "series", "rank"], ignore_index=True
    )


def most_rival(by_stand):
    """One row per incident and series on which two stands differ: the lowest and the highest number and who gives it.

    Returns columns event_id, name, date, series, low, low_stand, high, high_stand, ratio (high / low, missing where the
    low is 0), sorted by the distance between both. Unit: people.
    """
    rows = []
    for keys, group in by_stand.groupby(["event_id", "name", "date", "series"], sort=False):
        lowest, highest = group.loc[group["low"].idxmin()], group.loc[group["high"].idxmax()]
        rows.append(
            dict(zip(["event_id", "name", "date", "series"], keys, strict=True))
            | {"low": int(lowest["low"]), "low_stand": lowest["stand"], "high": int(highest["high"]), "high_stand": highest["stand"]}
        )
    table = pd.DataFrame(rows)
    table = table[(table["low_stand"] != table["high_stand"]) & (table["low"] < table["high"])]
    ratio = table["high"] / table["low"].where(table["low"] > 0)
    return table.assign(ratio=ratio, distance=table["high"] - table["low"]).sort_values("distance", ascending=False, ignore_index=True)


def yardstick_beside_range(yardsticks, ranges, period_claims=None):
    """One row per yardstick that has an event: the published total beside everyone reported killed in that event.

    ranges : casualties.everyone_killed, or rows of the same columns for events outside the core. Returns columns
    yardstick_id, event_id, name, date, published_low, published, published_high, low, best, high, at_least, inside (the published
    number lies in the range). Unit: people. Rule: methods.md, "Yardsticks".
    """
    beside = yardsticks[yardsticks["event_id"].notna()].rename(
        columns={"low": "published_low", "best": "published", "high": "published_high", "date": "published_date"}
    )
    table = beside.merge(ranges[["event_id", "name", "date", "low", "best", "high", "at_least"]], on="event_id")
    inside = table["published"].ge(table["low"]) & (table["published"].le(table["high"]) | table["at_least"])
    return table.assign(inside=inside)
