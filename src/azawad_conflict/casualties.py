"""Casualties: from claims to one range per event, and from ranges to totals.

Outcomes (killed, wounded, captured) are never summed together, and every total is a count of reported deaths or
injuries: a minimum, not an estimate.
"""

import pandas as pd

from azawad_conflict.edtf_dates import bounds

# methods.md, "Combining claims": whose number decides the best, first to last.
ROLE_ORDER = ["medical", "monitor", "own_losses", "press", "state", "enemy_losses", "encyclopaedia"]
SERIES = {"mnla": "MNLA and allies", "islamist": "Islamist armed groups", "civilian": "Civilians", "state": "Malian soldiers"}
RANGE = ["low", "best", "high"]


def incident_ranges(claims, events, actors, sources):
    """One row per incident, victim and outcome: the range of the claims that count.

    claims : casualty_claims; those with counted "no" change nothing, nor do claims on periods.
    Returns columns event_id, victim, outcome, low, best, high, at_least, claims, reported, and from events and actors:
    name, date, year, phase_id, scope, violence_type, victim_name, series. low, best and high are missing where no
    claim states a number (reported is False); at_least is True where a claim has no upper end. Unit: people.
    Rule: methods.md, "Combining claims".
    """
    counted = claims[claims["counted"] == "yes"].merge(
        sources[["source_id", "published"]], on="source_id", validate="many_to_one"
    )
    groups = counted.groupby(["event_id", "victim", "outcome"], sort=False)
    ranges = groups[counted.columns.tolist()].apply(_combine).reset_index()
    described = ranges.merge(
        events[["event_id", "name", "date", "phase_id", "scope", "violence_type"]], on="event_id", validate="many_to_one"
    ).merge(
        actors[["actor_id", "short_name", "side"]].rename(columns={"actor_id": "victim", "short_name": "victim_name"}),
        on="victim",
        validate="many_to_one",
    )
    described = described.assign(year=described["date"].map(year_of), series=described["side"].map(SERIES))
    return described.astype(dict.fromkeys(RANGE, "Int64")).sort_values(
        ["date", "event_id", "victim", "outcome"], na_position="first", ignore_index=True
    )


def _combine(group):
    """The range of the claims on one incident, victim and outcome, as a Series."""
    others = group[group["claimant_role"] != "encyclopaedia"]
    deciding = group if others["low"].isna().all() and others["high"].isna().all() else others
    stated = deciding[deciding["low"].notna() | deciding["high"].notna()]
    if stated.empty:
        return pd.Series({"low": pd.NA, "best": pd.NA, "high": pd.NA, "at_least": False, "claims": len(group), "reported": False})
    low = stated["low"].min()
    open_ended = stated["high"].isna()
    high = stated["high"].fillna(stated["low"]).max()
    return pd.Series(
        {"low": low, "best": _best(stated, low), "high": high, "at_least": bool(open_ended.any()), "claims": len(group), "reported": True}
    )


def _best(stated, low):
    """The best of the claim of the highest role, the latest published among equals; the low where none commits."""
    committed = stated[stated["best"].notna()]
    if committed.empty:
        return low
    ranked = committed.assign(
        rank=committed["claimant_role"].map(ROLE_ORDER.index), published=committed["published"].fillna("")
    ).sort_values(["rank", "published", "claim_id"], ascending=[True, False, True])
    return ranked["best"].iloc[0]


def year_of(date):
    """Calendar year of an EDTF date as text; "undated" for a blank, "2013-2014" for a range over two years."""
    if pd.isna(date):
        return "undated"
    first, last = bounds(date)
    return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"


def totals(ranges, by):
    """One row per combination of `by` (a list of columns): sums of low, best and high.

    Returns `by` and low, best, high, at_least, incidents, reported (False where no incident has a number), unreported
    (rows of `ranges` without a number).
    Incidents without a number add nothing, so each total is a minimum. Unit: people.
    """
    return (
        ranges.groupby(by, sort=False, dropna=False)
        .agg(
            low=("low", "sum"),
            best=("best", "sum"),
            high=("high", "sum"),
            at_least=("at_least", "any"),
            incidents=("event_id", "nunique"),
            reported=("reported", "any"),
            unreported=("reported", lambda reported: int((~reported).sum())),
        )
        .reset_index()
        .astype(dict.fromkeys(RANGE, int))
    )


def total(ranges, **where):
    """One Series: the total over the rows where each column equals the given value (or is in the given list)."""
    chosen = ranges
    for column, value in where.items():
        chosen = chosen[chosen[column].isin(value if isinstance(value, (list, tuple, set)) else [value])]
    summed = totals(chosen.assign(all="all"), ["all"])
    if summed.empty:
        return pd.Series({"low": 0, "best": 0, "high": 0, "at_least": False, "incidents": 0, "reported": True, "unreported": 0})
    return summed.drop(columns="all").iloc[0]


def period_claims(claims, events):
    """One row per year total that a source states: year, victim, outcome, low, best, high, claimant, source_id.

    These are claims on periods: never added to incidents. Unit: people.
    """
    periods = events.loc[events["kind"] == "period", ["event_id", "date"]].rename(columns={"date": "year"})
    return claims.merge(periods, on="event_id")[["year", "victim", "outcome", *RANGE, "claimant", "source_id"]]


def infobox_against_incidents(claims, events, actors, sources):
    """One row per year and outcome: what the infobox totals, what the incidents of the same source add up to.

    Returns columns year, outcome, infobox, mnla, volunteers, incidents (mnla + volunteers), residual (infobox less
    incidents). The residual is shown and never spread over incidents. A year and outcome for which the infobox states
    nothing is left out. Unit: people. Rule: methods.md, "The article against itself".
    """
    article = claims[claims["claimant"] == "base article"]
    stated = period_claims(article, events).rename(columns={"best": "infobox"})[["year", "outcome", "infobox"]]
    ranges = incident_ranges(article, events, actors, sources)
    own = ranges[(ranges["series"] == SERIES["mnla"]) & (ranges["scope"] == "core")]
    split = own.assign(part=own["victim"].where(own["victim"] == "mnla", "volunteers"))
    parts = split.pivot_table(index=["year", "outcome"], columns="part", values="best", aggfunc="sum", fill_value=0)
    parts = parts.reindex(columns=["mnla", "volunteers"], fill_value=0)
    table = stated.join(parts, on=["year", "outcome"]).fillna({"mnla": 0, "volunteers": 0})
    table = table.astype({"infobox": int, "mnla": int, "volunteers": int})
    incidents = table["mnla"] + table["volunteers"]
    order = {"killed": 0, "wounded": 1, "captured": 2}
    return (
        table.assign(incidents=incidents, residual=table["infobox"] - incidents)
        .sort_values(["outcome", "year"], key=lambda column: column.map(order) if column.name == "outcome" else column)
        .reset_index(drop=True)
    )
