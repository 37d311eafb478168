"""Casualties: from claims to one range per event, and from ranges to totals.

Outcomes (killed, wounded, captured) are never summed together, and every total is a count of reported deaths or
injuries: a minimum, not an estimate.
"""

import pandas as pd

from azawad_conflict.edtf_dates import bounds

BASE_ARTICLE = "wikipedia_azawad"
# methods.md, "Combining claims": whose number decides the best, the lowest rank first.
ROLE_RANK = {"medical": 0, "monitor": 0, "own_losses": 1, "press": 2, "state": 3, "enemy_losses": 4, "encyclopaedia": 5}
SERIES = {
    "mnla": "MNLA and allies",
    "islamist": "Islamist armed groups",
    "civilian": "Civilians",
    "state": "Malian soldiers",
    "allied": "Allied forces",
    "other": "Others",
}
RANGE = ["low", "best", "high"]
KEYS = ["event_id", "victim", "outcome"]


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
    groups = counted.groupby(KEYS, sort=False)
    combined = [dict(zip(KEYS, key, strict=True)) | _combine(group) for key, group in groups]
    ranges = pd.DataFrame(combined, columns=[*KEYS, *RANGE, "at_least", "claims", "reported"])
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


def core_killed(ranges):
    """The rows of the core series: people killed in fighting between organised groups of both sides."""
    return ranges[ranges["outcome"].eq("killed") & ranges["scope"].eq("core") & ranges["violence_type"].eq("non_state")]


def _combine(group):
    """The range of the claims on one incident, victim and outcome."""
    others = group[group["claimant_role"] != "encyclopaedia"]
    deciding = group if others["low"].isna().all() and others["high"].isna().all() else others
    stated = deciding[deciding["low"].notna() | deciding["high"].notna()]
    if stated.empty:
        return {"low": pd.NA, "best": pd.NA, "high": pd.NA, "at_least": False, "claims": len(group), "reported": False}
    low = stated["low"].fillna(0).min()  # "up to six" leaves zero open
    return {
        "low": low,
        "best": _best(stated, low),
        "high": stated["high"].fillna(stated["low"]).max(),
        "at_least": bool(stated["high"].isna().any()),
        "claims": len(group),
        "reported": True,
    }


def _best(stated, low):
    """The best of the claim of the highest role, the latest published among equals; the low where none commits."""
    committed = stated[stated["best"].notna()]
    if committed.empty:
        return low
    ranked = committed.assign(
        rank=committed["claimant_role"].map(ROLE_RANK), published=committed["published"].fillna("")
    ).sort_values(["rank", "published", "claim_id"], ascending=[True, False, True])
    return ranked["best"].iloc[0]


def year_of(date):
    """Calendar year of an EDTF date as text; "undated" for a blank, "2013–2014" for a range over two years."""
    if pd.isna(date):
        return "undated"
    first, last = bounds(date)
    if last == last.max:
        return f"since {first.year}"
    if first == first.min:
        return f"until {last.year}"
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


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
    """One Series: the total over the rows where each column equals the given value (or is in the given list).

    reported is False, and the numbers 0, where no row is left: nothing was reported, which is not a zero.
    """
    chosen = ranges
    for column, value in where.items():
        chosen = chosen[chosen[column].isin(value if isinstance(value, (list, tuple, set)) else [value])]
    if chosen.empty:
        return pd.Series({"low": 0, "best": 0, "high": 0, "at_least": False, "incidents": 0, "reported": False, "unreported": 0})
    return totals(chosen.assign(all="all"), ["all"]).drop(columns="all").iloc[0]


def period_claims(claims, events):
    """One row per year total that a source states: year, victim, outcome, low, best, high, claimant, source_id.

    These are claims on periods: never added to incidents. Unit: people.
    """
    periods = events.loc[events["kind"] == "period", ["event_id", "date"]].rename(columns={"date": "year"})
    return claims.merge(periods, on="event_id")[["year", "victim", "outcome", *RANGE, "claimant", "source_id"]]


def infobox_against_incidents(claims, events, actors, sources):
    """One row per year and outcome: what the infobox totals for the MNLA, what the article's incidents add up to.

    Returns columns year, outcome, infobox, mnla, volunteers, incidents (mnla + volunteers), residual (infobox less
    incidents). The residual is shown and never spread over incidents. A year and outcome for which the infobox states
    nothing is left out. Unit: people. Rule: methods.md, "The article against itself".
    Raises ValueError when incidents with a number lie in no year that the infobox totals: they would be lost.
    """
    article = claims[claims["source_id"] == BASE_ARTICLE]
    stated = period_claims(article, events)
    stated = stated[stated["victim"] == "mnla"]
    stated = stated.assign(infobox=stated["best"].fillna(stated["low"]))[["year", "outcome", "infobox"]]
    ranges = incident_ranges(article, events, actors, sources)
    own = ranges[(ranges["series"] == SERIES["mnla"]) & (ranges["scope"] == "core") & ranges["reported"]]
    lost = own[~own["year"].isin(stated["year"])]
    if len(lost):
        raise ValueError(f"no year of the infobox holds {', '.join(lost['event_id'] + ' (' + lost['year'] + ')')}")
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
