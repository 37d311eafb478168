"""Reconciliation: claims by who makes them, and published totals beside the report's own."""

import pandas as pd

from azawad_conflict import casualties
from azawad_conflict.actors import wholes
from azawad_conflict.counting.counted import counts, described_claims, has_number, killed_in_fights
from azawad_conflict.edtf_dates import bounds, day_bounds
from azawad_conflict.language import N_

# Where the claimants of a role stand, for tables and figures, in the order of the counting rule. A
# stand groups roles more finely than a voice (counting.terms.VOICES), whose parts add up to a
# total.
STANDS = {
    "medical": N_("Hospital or monitor"),
    "monitor": N_("Hospital or monitor"),
    "own_losses": N_("Party, on its own losses"),
    "local": N_("Residents and press"),
    "press": N_("Residents and press"),
    "state": N_("Officials, security sources"),
    "enemy_losses": N_("Party, on its enemy's losses"),
    "encyclopaedia": N_("Encyclopaedia page"),
}


def ranges_by_stand(
    claims: pd.DataFrame,
    events: pd.DataFrame,
    actors: pd.DataFrame,
    sources: pd.DataFrame,
    split: tuple[str, ...] = ("stand",),
) -> pd.DataFrame:
    """One row per core incident, group of victims and stand: lowest and highest number claimed.

    Claims that an encyclopaedia carries stand as "Encyclopaedia page", whoever is said to make
    them. Discounted claims are left out. split : ("stand", "origin") for a row per origin within
    each stand.
    Returns columns event_id, name, date, group, victims (its name), side, those of split, low,
    high, at_least, claims, origins. Unit: people. Rule: methods.md, "Who says it".
    """
    described = described_claims(claims, events, actors, sources)
    kept = killed_in_fights(described[counts(described) & has_number(described)])
    stands = kept["claimant_role"].map(STANDS).mask(kept["carried_by_encyclopaedia"], STANDS["encyclopaedia"])
    table = (
        kept.assign(
            stand=stands, upper=kept["high"].fillna(kept["low"]), open_end=kept["high"].isna(), whose=kept["origin"]
        )
        .groupby(["date", "event_id", "group", "side", *split], sort=False)
        .agg(
            low=("low", "min"),
            high=("upper", "max"),
            at_least=("open_end", "any"),
            claims=("claim_id", "size"),
            origins=("whose", "nunique"),
        )
        .reset_index()
    )
    order, sides = list(dict.fromkeys(STANDS.values())), list(casualties.SERIES)
    names = events.set_index("event_id")["name"]
    victims = actors.set_index("actor_id")["short_name"]
    return (
        table.assign(
            name=table["event_id"].map(names),
            victims=table["group"].map(victims),
            rank=table["stand"].map(order.index),
            place=table["side"].map(sides.index),
        )
        .sort_values(["date", "event_id", "place", "group", "rank", "low"], ignore_index=True)
        .drop(columns="place")
    )


def spoken(by_stand: pd.DataFrame) -> pd.DataFrame:
    """The rows of ranges_by_stand that no encyclopaedia alone carries."""
    return by_stand[by_stand["stand"] != STANDS["encyclopaedia"]]


def rivals(by_stand: pd.DataFrame) -> pd.DataFrame:
    """The rows of ranges_by_stand on groups of victims with claimants of more than one stand."""
    return by_stand[by_stand.groupby(["event_id", "group"])["stand"].transform("nunique").gt(1)].reset_index(drop=True)


def most_rival(by_stand: pd.DataFrame) -> pd.DataFrame:
    """One row per incident and group of victims on which two stands differ, with both numbers.

    Returns columns event_id, name, date, victims, low, low_stand, high, high_stand, ratio (high /
    low, missing where the low is 0), sorted by the distance between both. Unit: people.
    """
    rows = []
    for keys, group in by_stand.groupby(["event_id", "name", "date", "victims"], sort=False):
        lowest, highest = group.loc[group["low"].idxmin()], group.loc[group["high"].idxmax()]
        rows.append(
            dict(zip(["event_id", "name", "date", "victims"], keys, strict=True))
            | {
                "low": int(lowest["low"]),
                "low_stand": lowest["stand"],
                "high": int(highest["high"]),
                "high_stand": highest["stand"],
            }
        )
    table = pd.DataFrame(rows)
    table = table[(table["low_stand"] != table["high_stand"]) & (table["low"] < table["high"])]
    ratio = table["high"] / table["low"].where(table["low"] > 0)
    return table.assign(ratio=ratio, distance=table["high"] - table["low"]).sort_values(
        "distance", ascending=False, ignore_index=True
    )


def enemy_alone(by_stand: pd.DataFrame) -> pd.DataFrame:
    """The rows of ranges_by_stand in which nobody but the enemy speaks, encyclopaedias apart."""
    found = spoken(by_stand)
    alone = found.groupby(["event_id", "group"])["stand"].transform("nunique").eq(1)
    return found[alone & found["stand"].eq(STANDS["enemy_losses"])]


def incident_totals(ranges: pd.DataFrame, everyone: pd.DataFrame) -> pd.DataFrame:
    """One row per incident: everyone reported killed; core incidents as in everyone_killed.

    For other incidents the groups of victims are added, unless a number does not separate them.
    Returns columns event_id, name, low, best, high, at_least. Unit: people.
    """
    killed = ranges[
        ranges["outcome"].eq("killed") & ranges["reported"] & ~ranges["event_id"].isin(everyone["event_id"])
    ]
    rest = killed.groupby(["event_id", "name"], sort=False).agg(
        low=("low", "sum"), best=("best", "sum"), high=("high", "sum"), at_least=("at_least", "any")
    )
    return pd.concat(
        [everyone[["event_id", "name", "low", "best", "high", "at_least"]], rest.reset_index()], ignore_index=True
    )


def period_totals(everyone: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """One row per period of days that core incidents fill: everyone reported killed in them.

    Same columns as incident_totals. Unit: people.
    """
    periods = events[events["kind"].eq("period") & events["date"].str.contains("-")]
    days = [bounds(date) for date in everyone["date"]]
    rows = []
    for period in periods.itertuples():
        first, last = bounds(period.date)
        inside = everyone[[first <= start and end <= last for start, end in days]]
        if len(inside):
            sums = inside[["low", "best", "high"]].sum().to_dict()
            rows.append(
                {"event_id": period.event_id, "name": period.name} | sums | {"at_least": bool(inside["at_least"].any())}
            )
    return pd.DataFrame(rows)


def period_checks(claims: pd.DataFrame, core: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """One row per claim on a group's dead in a period of days, beside the sum of the same group's core incidents.

    claims : casualty_claims. core : casualties.core_killed.
    Returns columns event_id, name, date, side, victims (the group's name), claimant, claimant_role, source_id, low, best,
    high (the claim), and sum_low, sum_best, sum_high, sum_at_least, incidents (what the incidents
    within add up to), inside (the claim and the sum's range meet) and firmly (they meet without an
    "or more" or "at least"). Unit: people. Rule: methods.md, "Combining claims".
    """
    days = events.join(day_bounds(events["date"]))
    core = core.join(days.set_index("event_id")[["earliest", "latest"]], on="event_id")
    periods = days[days["kind"].eq("period") & days["date"].str.fullmatch(r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}")]
    of_actor = actors.set_index("actor_id")
    names = of_actor["short_name"].to_dict()
    said = claims[claims["counted"].eq("period") & claims["outcome"].eq("killed") & claims["low"].notna()].assign(
        side=claims["victim"].map(of_actor["side"]),
        group=claims["victim"].map(wholes(actors)),
        open_end=claims["high"].isna(),
    )
    rows = []
    for period in periods.itertuples():
        within = core[core["earliest"].ge(period.earliest) & core["latest"].le(period.latest)]
        for claim in said[said["event_id"] == period.event_id].itertuples():
            # Volunteers beside the MNLA are of its side, and not of the dead that a claim on the MNLA counts.
            sums = within[within["group"] == claim.group]
            if sums.empty:
                continue
            total = casualties.total(sums)
            top = float("inf") if claim.open_end else claim.high
            sum_top = float("inf") if total["at_least"] else total["high"]
            meets = sum_top >= claim.low and total["low"] <= top
            firmly = claim.low <= total["high"] and total["low"] <= (claim.low if claim.open_end else claim.high)
            rows.append(
                {"event_id": period.event_id, "name": period.name, "date": period.date, "side": claim.side}
                | {"victims": names[claim.group]}
                | {
                    name: getattr(claim, name)
                    for name in ("claimant", "claimant_role", "source_id", "low", "best", "high")
                }
                | {f"sum_{end}": total[end] for end in ("low", "best", "high", "at_least")}
                | {"incidents": total["incidents"], "inside": bool(meets), "firmly": bool(firmly)}
            )
    return pd.DataFrame(rows)


def yardsticks_beside(yardsticks: pd.DataFrame, *totals: pd.DataFrame) -> pd.DataFrame:
    """One row per yardstick with an event: its total beside everyone reported killed there.

    totals : frames of incident_totals and period_totals.
    Returns the columns of yardsticks with low, best, high renamed published_low, published,
    published_high, and name, low, best, high, at_least, inside (the published number lies in the
    range). Unit: people. Rule: methods.md, "Yardsticks".
    """
    names = {"low": "published_low", "best": "published", "high": "published_high"}
    table = (
        yardsticks[yardsticks["event_id"].notna()]
        .rename(columns=names)
        .merge(pd.concat(totals), on="event_id", validate="many_to_one")
    )
    inside = table["published"].ge(table["low"]) & (table["published"].le(table["high"]) | table["at_least"])
    return table.assign(inside=inside.astype(bool))


def circulating(
    yardsticks: pd.DataFrame, infobox_claims: pd.DataFrame, core: pd.DataFrame, everyone: pd.DataFrame
) -> pd.DataFrame:
    """One row per published total that could be taken for the dead of this conflict, with scope.

    yardsticks : those that cover the MNLA and Islamist groups and a year; infobox_claims :
    casualties.period_claims of the base article; core, everyone : casualties.core_killed and
    casualties.everyone_killed.
    Returns columns publisher, series, date, low, high, at_least, deaths_counted, source_id (missing
    for this report's own). Unit: people.
    """
    columns = ["publisher", "series", "date", "low", "high", "at_least", "deaths_counted", "source_id"]
    peers = yardsticks[yardsticks["yardstick_id"].str.endswith("_mnla_islamist")].assign(at_least=False)
    article = infobox_claims[infobox_claims["outcome"] == "killed"].assign(
        publisher=N_("Base article, infobox"),
        series=N_("MNLA, as the order of its parts implies"),
        at_least=False,
        deaths_counted=N_("not said"),
        date=infobox_claims["year"],
    )
    years = casualties.totals(core, ["year", "side"]).rename(columns={"year": "date"})
    own = years.assign(
        publisher=N_("This report"),
        series=years["side"].map(dict(casualties.SERIES)),
        deaths_counted=N_("reported deaths on one side, in fights between both"),
        source_id=None,
    )
    whole = pd.DataFrame(
        [
            {
                "publisher": N_("This report"),
                "series": N_("Everyone, whichever side"),
                "date": "2012/2014",
                "low": everyone["low"].sum(),
                "high": everyone["high"].sum(),
                "at_least": bool(everyone["at_least"].any()),
                "deaths_counted": N_("reported deaths in fights between both sides"),
                "source_id": pd.NA,
            }
        ]
    )
    frames = [
        frame[columns].astype({"low": "Int64", "high": "Int64", "source_id": "string"})
        for frame in (article, peers, own, whole)
    ]
    return pd.concat(frames, ignore_index=True)
