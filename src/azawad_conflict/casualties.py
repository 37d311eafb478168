"""Casualties: from claims to one range per event, and from ranges to totals.

Outcomes (killed, wounded, captured) are never summed together, and every total is a count of reported deaths or
injuries: a minimum, not an estimate.
"""

import pandas as pd

from azawad_conflict.actors import wholes
from azawad_conflict.edtf_dates import bounds

BASE_ARTICLE = "wikipedia_azawad"
# methods.md, "Combining claims": whose number decides the best, the lowest rank first.
ROLE_RANK = {"medical": 0, "monitor": 0, "own_losses": 1, "local": 2, "press": 2, "state": 3, "enemy_losses": 4, "encyclopaedia": 5}
SERIES = {
    "mnla": "MNLA and allies",
    "islamist": "Islamist armed groups",
    "civilian": "Civilians",
    "state": "Malian soldiers",
    "allied": "Allied forces",
    "other": "Other armed groups",
    "unseparated": "Sides not separated",
}
SIDES = ("mnla", "islamist")  # the two sides of the conflict
GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
ADMITTING = {"own_losses", "medical", "monitor"}  # methods.md, "Grades": roles whose number confirms
CONTESTED_RATIO = 2  # methods.md, "Grades": claims apart by this factor contest each other
RANGE = ["low", "best", "high"]
KEYS = ["event_id", "group", "outcome"]


def described_claims(claims, events, actors, sources):
    """One row per casualty claim, with what the counting rule asks of it.

    Adds side, published, group (the victim, or the actor it is part of: rival claims on MUJAO and on "Islamist groups" are about the
    same dead), carried_by_encyclopaedia (True where an encyclopaedia page is all that carries the
    claim) and, from events, date, scope, violence_type, kind, victims_disputed. Columns of the claims stay as they are.
    """
    described = claims.merge(sources[["source_id", "kind", "published"]], on="source_id", validate="many_to_one")
    return described.assign(
        group=described["victim"].map(wholes(actors)),
        side=described["victim"].map(actors.set_index("actor_id")["side"]),
        carried_by_encyclopaedia=described["kind"].eq("encyclopaedia"),
    ).drop(columns="kind").merge(
        events[["event_id", "date", "scope", "violence_type", "kind", "victims_disputed"]], on="event_id", validate="many_to_one"
    )


def incident_ranges(claims, events, actors, sources):
    """One row per incident, group of victims and outcome: the range of the claims that count.

    claims : casualty_claims; those with counted "no" change no number, nor do claims on periods.
    Returns columns event_id, victim, outcome, low, best, high, at_least, claims (rows behind it, discounted ones
    apart), origins (independent ones, encyclopaedias apart), encyclopaedia_only, grade, reported, and from events and
    actors: name, date, year, phase_id, scope, violence_type, victim_name, series. victim is the group's own id where
    its claims name several parts of it; lowest is the smallest number claimed, low the same or 0 where it is disputed
    whose people they were. low, best and high are missing where no claim states a number (reported is
    False); at_least is True where a claim has no upper end. Unit: people.
    Rule: methods.md, "Combining claims" and "Grades".
    """
    described = described_claims(claims, events, actors, sources)
    described = described[described["kind"] != "period"]
    counting = described[described["counted"] == "yes"]
    deciding = deciding_claims(counting)
    ranges = (
        described.groupby(KEYS, sort=False)
        .agg(whole=("group", "first"))
        .join(_victims(described, counting))
        .join(_spans(deciding))
        .join(_best(deciding))
        .join(counting.groupby(KEYS).size().rename("claims"))
        .join(counting[~counting["carried_by_encyclopaedia"]].groupby(KEYS)["origin"].nunique().rename("origins"))
        .join(_grades(described, counting))
    )
    ranges["reported"] = ranges["low"].notna()
    ranges["best"] = ranges["best"].fillna(ranges["lowest"])  # where none commits to a number
    ranges = ranges.drop(columns="whole").reset_index()
    ranges = ranges.fillna({"at_least": False, "encyclopaedia_only": False, "claims": 0, "origins": 0})
    ranges = ranges.astype({"at_least": bool, "encyclopaedia_only": bool, "claims": int, "origins": int})
    named = ranges.merge(
        events[["event_id", "name", "date", "phase_id", "scope", "violence_type"]], on="event_id", validate="many_to_one"
    ).merge(
        actors[["actor_id", "short_name", "side"]].rename(columns={"actor_id": "victim", "short_name": "victim_name"}),
        on="victim",
        validate="many_to_one",
    )
    named = named.assign(year=named["date"].map(year_of), series=named["side"].map(SERIES)).drop(columns="side")
    first = [*KEYS, "victim", *RANGE]
    named = named[[*first, *named.columns.difference(first, sort=False)]]
    return named.astype(dict.fromkeys([*RANGE, "lowest"], "Int64")).sort_values(
        ["date", "event_id", "victim", "outcome"], na_position="first", ignore_index=True
    )


def killed_in_fights(ranges):
    """The rows of people killed in core fights between organised groups, whichever side, and where no side is told."""
    return ranges[ranges["outcome"].eq("killed") & ranges["scope"].eq("core") & ranges["violence_type"].eq("non_state")]


def core_killed(ranges):
    """The rows of the core series: people of both sides killed in fighting between organised groups."""
    killed = killed_in_fights(ranges)
    return killed[killed["series"].isin([SERIES[side] for side in SIDES])]


def _victims(described, counting):
    """The victim by group: the one that all its claims name (those that count, where any does), or the whole."""
    groups = counting.groupby(KEYS)["victim"].agg(["first", "nunique"])
    rest = described.groupby(KEYS)["victim"].agg(["first", "nunique"])
    groups = pd.concat([groups, rest[~rest.index.isin(groups.index)]])
    whole = pd.Series(groups.index.get_level_values("group"), index=groups.index)
    return groups["first"].where(groups["nunique"] == 1, whole).rename("victim")


def deciding_claims(claims):
    """The claims with a number that decide a range: those carried by an encyclopaedia only where no other has one."""
    stated = claims[claims["low"].notna() | claims["high"].notna()]
    others = stated.assign(other=~stated["carried_by_encyclopaedia"]).groupby(KEYS)["other"].transform("any")
    return stated[~stated["carried_by_encyclopaedia"] | ~others]


def _spans(deciding):
    """low, high, at_least, encyclopaedia_only and lowest (the smallest number claimed) by group of claims.

    low is 0 where the victims are disputed between the sides: they may all have been of the other one.
    """
    spans = deciding.assign(
        lowest=deciding["low"].fillna(0),  # "up to six" leaves zero open
        upper=deciding["high"].fillna(deciding["low"]),
        open_end=deciding["high"].isna(),
        disputed=deciding["victims_disputed"].eq("yes") & deciding["side"].ne("unseparated"),
    )
    table = spans.groupby(KEYS).agg(
        lowest=("lowest", "min"),
        high=("upper", "max"),
        at_least=("open_end", "any"),
        encyclopaedia_only=("carried_by_encyclopaedia", "all"),
        disputed=("disputed", "any"),
    )
    return table.assign(low=table["lowest"].mask(table["disputed"], 0)).drop(columns="disputed")


def _best(deciding):
    """The best by group of claims: that of the highest role; among equals the latest published, then the lowest number."""
    committed = deciding[deciding["best"].notna()]
    ranked = committed.assign(
        rank=committed["claimant_role"].map(ROLE_RANK), published=committed["published"].fillna("")
    ).sort_values(["rank", "published", "best"], ascending=[True, False, True], kind="stable")
    return ranked.groupby(KEYS)["best"].first()


def _grades(described, counting):
    """The grade by group of claims.

    discounted: no claim counts. contested: two origins give numbers apart by CONTESTED_RATIO or more. confirmed: the
    party concerned, a hospital or a monitor gives a number. fair: two origins give numbers that agree so far. weak: one
    origin, or encyclopaedias only. no number: nobody states one. Rule: methods.md, "Grades".
    """
    stated = counting[counting["low"].notna() | counting["high"].notna()]
    own = stated[~stated["carried_by_encyclopaedia"]]
    grades = pd.Series("discounted", index=described.groupby(KEYS, sort=False).size().index, name="grade")
    groups = own.groupby(KEYS)
    origins, admitted = groups["origin"].nunique(), own["claimant_role"].isin(ADMITTING).groupby([own[key] for key in KEYS]).any()
    for grade, chosen in (
        ("no number", counting.groupby(KEYS).size().index),
        ("weak", stated.groupby(KEYS).size().index),
        ("fair", origins.index[origins > 1]),
        ("confirmed", admitted.index[admitted.astype(bool)]),
        ("contested", _contested(own)),
    ):
        grades[grades.index.isin(chosen)] = grade  # each outranks those before it
    return grades


def _contested(stated):
    """The groups in which the numbers of two origins lie apart by CONTESTED_RATIO or more; "at least" has no upper end."""
    spans = stated.assign(low=stated["low"].fillna(0), high=stated["high"].astype("Float64").fillna(float("inf")))
    spans = spans.groupby([*KEYS, "origin"]).agg(low=("low", "min"), high=("high", "max")).groupby(KEYS)
    lowest_top, highest_floor = spans["high"].min(), spans["low"].max()
    apart = (highest_floor > lowest_top) & (highest_floor >= CONTESTED_RATIO * lowest_top)
    return apart.index[apart.astype(bool)]


def belligerents_alone(claims, events, actors, sources):
    """The rows of the core series on which, encyclopaedias apart, nobody but a belligerent gives a number."""
    described = described_claims(claims, events, actors, sources)
    stated = described[described["counted"].eq("yes") & ~described["carried_by_encyclopaedia"] & (described["low"].notna() | described["high"].notna())]
    parties = stated["claimant_role"].isin(["own_losses", "enemy_losses"]).groupby([stated[key] for key in KEYS]).all()
    core = core_killed(incident_ranges(claims, events, actors, sources))
    keys = pd.MultiIndex.from_frame(core[KEYS])
    return core[keys.isin(parties.index[parties.astype(bool)])]


def everyone_killed(ranges):
    """One row per core incident with a number: everyone reported killed in it, whichever side.

    Where claims do not separate the sides, the range spans them and the sum of the sides, and their best decides; else
    it is that sum. Civilians killed in the fighting are part of it where claims do not separate them. Returns columns
    event_id, name, date, low, best, high, at_least, separated (True: a sum of sides). Unit: people.
    Rule: methods.md, "Both sides in one number".
    """
    killed = killed_in_fights(ranges[ranges["reported"]])
    rows = []
    for event_id, incident in killed.groupby("event_id", sort=False):
        numbers = incident.assign(low=incident["lowest"])  # whose people they were does not matter here
        whole = numbers.loc[numbers["series"] == SERIES["unseparated"], RANGE]
        sides = numbers.loc[numbers["series"].isin([SERIES[side] for side in SIDES]), RANGE]
        readings = pd.concat([whole, sides.sum().to_frame().T]) if len(sides) else whole
        if readings.empty:
            continue
        rows.append(
            {
                "event_id": event_id,
                "name": incident["name"].iloc[0],
                "date": incident["date"].iloc[0],
                "low": int(readings["low"].min()),
                "best": int(readings["best"].iloc[0]),
                "high": int(readings["high"].max()),
                "at_least": bool(incident["at_least"].any()),
                "separated": whole.empty,
            }
        )
    return pd.DataFrame(rows)


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


def as_told(claims, events, actors, sources):
    """The incident ranges that the base article's claims alone give: its tale, beside that of all sources."""
    return incident_ranges(claims[claims["source_id"] == BASE_ARTICLE], events, actors, sources)


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
    ranges = as_told(claims, events, actors, sources)
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
