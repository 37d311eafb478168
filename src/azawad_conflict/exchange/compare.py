"""Incidents of this report beside the records of UCDP: which events each has, matched by a rule.

reconciliation.yardsticks_beside sets totals that were published for one event beside its range; here each side's whole list is
gone through, and what has no counterpart is shown too.
"""

from math import asin, cos, radians, sin, sqrt

import pandas as pd

from azawad_conflict.actors import within
from azawad_conflict.counting.terms import RANGE
from azawad_conflict.edtf_dates import bounds, year_of
from azawad_conflict.language import N_

# The tables that `beside` and `pairs` read beside the incidents, in the order of their arguments.
TABLES = ("events", "actors", "ucdp_dyads", "ucdp_records", "places", "casualty_claims", "attribution_claims")
NEAR_DAYS = 2  # a record and an incident may lie this many days apart
NEAR_KM = 50  # and their places this far
WIDEST = 10  # days; a record that is dated less well is not matched
EARTH_KM = 6371  # its mean radius
TOGETHER = ("mnla", "state", "civilian")  # sides whose actors are one party to UCDP
SIDES = {
    "mnla": N_("MNLA and allies"),
    "islamist": N_("Islamist armed groups"),
    "state": N_("Mali and allies"),
    "other": N_("others or unnamed"),
    "civilian": N_("civilians"),
    "unseparated": N_("not separated"),
    "": N_("not coded here"),
}
REASONS = {  # key: (short words, what it means)
    "inside": (N_("in both, inside"), N_("UCDP's number lies in the range of this report.")),
    "above": (N_("in both, above"), N_("UCDP's number is above the range of this report.")),
    "below": (N_("in both, below"), N_("UCDP's number is below the range of this report.")),
    "year_only": (
        N_("open: day unknown"),
        N_(
            "Records that may be of these parties in that year are dated to the year or to many days in the copies read. Numbers are what is compared, so they join nothing."
        ),
    ),
    "no_pair": (
        N_("here alone: not released"),
        N_("UCDP releases no record of these parties in that year; it leaves dyads under its threshold out."),
    ),
    "disputed": (
        N_("here alone: party disputed"),
        N_(
            "Claims name a party that is not settled here, and UCDP releases no record between the parties as they name them in that year."
        ),
    ),
    "unnamed": (
        N_("here alone: no name"),
        N_("Nobody names one of the parties, and UCDP keeps events that it can tie to a dyad."),
    ),
    "no_record": (N_("here alone: none near"), N_("No record of these parties lies near.")),
    "no_incident": (N_("UCDP alone: none near"), N_("No incident of these parties lies near.")),
    "outside": (
        N_("UCDP alone: without the MNLA"),
        N_("A fight without the MNLA, which this report holds as context where it tells one."),
    ),
}


def beside(
    incidents: pd.DataFrame,
    events: pd.DataFrame,
    actors: pd.DataFrame,
    dyads: pd.DataFrame,
    records: pd.DataFrame,
    places: pd.DataFrame,
    claims: pd.DataFrame,
    attributions: pd.DataFrame,
) -> pd.DataFrame:
    """One row per group of incidents and records that the rule joins, and per one that it leaves alone, by date.

    incidents : ged.rows; claims : casualty_claims; attributions : attribution_claims. An incident and a record are joined where the
    parties may be the same, their days lie no more than NEAR_DAYS apart, and their places, where both are known, no more than
    NEAR_KM. For a party that the events leave open, those that claims name are asked. Where nobody names one, or a party of UCDP is
    none of our actors, the place has to be known instead. Of several incidents the nearest day goes first. Records that are dated to
    more than WIDEST days are joined with nothing; they stand together by dyad and date.
    Returns columns match ("both", "ours", "ucdp"), reason (a key of REASONS), sides, date (EDTF), events and records (tuples of
    ids), names, dyads, low, best, high (ours, summed), ucdp_low, ucdp_best, ucdp_high (summed, missing where one of them is),
    disputed (the events leave a party open that claims name), days_apart (of the nearest days; missing where the records
    have only the days within which those of their dyad lie), same_type and released (all its records are), these three missing
    unless both. Unit: people.
    """
    ours, theirs = _ours(incidents, events, actors, claims, attributions), _theirs(records, dyads, actors, places)
    rows = [_row(one, two, theirs) for one, two in _groups(_joined(ours, theirs), ours, theirs)]
    return pd.DataFrame(rows).sort_values(["date", "match", "names"], ignore_index=True)


def pairs(
    incidents: pd.DataFrame,
    events: pd.DataFrame,
    actors: pd.DataFrame,
    dyads: pd.DataFrame,
    records: pd.DataFrame,
    places: pd.DataFrame,
    claims: pd.DataFrame,
    attributions: pd.DataFrame,
) -> pd.DataFrame:
    """One row per incident and record that the rule of `beside` joins, by both ids.

    Returns columns event_id, record_id, ged_id (missing where the copies read have none), released, km_apart (missing where a place
    is not known), days_apart (of the nearest days; missing where the record has only the days within which those of its dyad lie),
    low, best, high (ours) and ucdp_low, ucdp_best, ucdp_high. An incident may stand in several rows, and so may a record. Unit: people.
    """
    ours = _ours(incidents, events, actors, claims, attributions)
    joined = _joined(ours, _theirs(records, dyads, actors, places))
    rows = [
        {
            "event_id": one["id"],
            "record_id": two["record_id"],
            "ged_id": two["ged_id"],
            "released": two["released"],
            "km_apart": _km(one, two),
            "days_apart": pd.NA if two["of_dyad"] else _days_apart(one, two),
            **{end: one[end] for end in RANGE},
            **{f"ucdp_{end}": two[end] for end in RANGE},
        }
        for one, two in joined
    ]
    whole = dict.fromkeys(["days_apart", *RANGE, *(f"ucdp_{end}" for end in RANGE)], "Int64")
    table = pd.DataFrame(rows, columns=["event_id", "record_id", "ged_id", "released", "km_apart", *whole])
    table = table.astype(whole | {"ged_id": "Int64", "km_apart": "Float64"}).round({"km_apart": 1})
    return table.sort_values(["event_id", "record_id"], ignore_index=True)


def agreement(table: pd.DataFrame) -> pd.DataFrame:
    """One row per two sides: incidents and records, how many of each are joined, and how many joined groups have UCDP's number inside.

    table : the frame of beside. Returns columns sides, incidents, incidents_joined, records, records_joined, groups, inside.
    """
    both = table["match"].eq("both")
    counts = table.assign(
        incidents=table["events"].map(len),
        records=table["records"].map(len),
        groups=both,
        inside=table["reason"].eq("inside"),
    )
    counts = counts.assign(
        incidents_joined=counts["incidents"].where(both, 0), records_joined=counts["records"].where(both, 0)
    )
    columns = ["incidents", "incidents_joined", "records", "records_joined", "groups", "inside"]
    sums = counts.groupby("sides", sort=False)[columns].sum().astype(int).reset_index()
    return sums.sort_values(["incidents", "records", "sides"], ascending=[False, False, True], ignore_index=True)


def _joined(ours, theirs):
    """(incident, record) of each pair that the rule joins."""
    return [(one, two) for two in theirs for one in _nearest(two, [one for one in ours if _joins(one, two)])]


def _ours(incidents, events, actors, claims, attributions):
    """Each incident with what the rule asks of it."""
    of_event, by_id = events.set_index("event_id"), actors.set_index("actor_id")
    side, may_be = by_id["side"], _may_be(actors)
    unnamed = set(by_id.index[by_id["kind"].isin(["unidentified", "unseparated"])])
    accused = attributions.loc[attributions["stance"].ne("denies"), ["event_id", "accused"]]
    told = pd.concat([claims[["event_id", "victim"]].set_axis(["event_id", "accused"], axis=1), accused])
    by_claims = told.groupby("event_id")["accused"].agg(set).to_dict()
    found = []
    for row in incidents.to_dict("records"):
        event = of_event.loc[row["id"]]
        coded = [event["actor_a"], event["actor_b"]]
        claimed = by_claims.get(row["id"], set()) - unnamed - set(coded)
        parties = [claimed if party in unnamed else {party} for party in coded]
        both_open = unnamed.issuperset(coded)
        if both_open and claimed:  # claims need not name both
            parties[1] = set(by_id.index)
        found.append(
            row
            | {
                "sides": frozenset(_side(side[party]) for party in coded),
                "parties": [frozenset().union(*(may_be[one] for one in party)) for party in parties],
                "named": all(parties) and not both_open,
                "disputed": bool(claimed and unnamed & set(coded)),
                "first": bounds(row["date_start"])[0],
                "last": bounds(row["date_end"])[1],
                "name": event["name"],
                "edtf": event["date"],
                "kind": event["violence_type"],
            }
        )
    return found


def _may_be(actors):
    """Actor to those that it may be: itself, its parts, what it is part of, and all of a side that is one party to UCDP."""
    larger, side = within(actors), {actor: _side(its) for actor, its in zip(actors["actor_id"], actors["side"])}
    return {
        one: {
            two
            for two in larger
            if one in larger[two] or two in larger[one] or (side[one] == side[two] and side[one] in TOGETHER)
        }
        for one in larger
    }


def _theirs(records, dyads, actors, places):
    """Each record with what the rule asks of it."""
    side, of_dyad = actors.set_index("actor_id")["side"], dyads.set_index("dyad_key")
    civilians = frozenset(side.index[side == "civilian"])
    points = places.set_index("place_id")[["latitude", "longitude"]]
    found = []
    for row in records.to_dict("records"):
        dyad = of_dyad.loc[row["dyad_key"]]
        first = {_side(side[actor]) for actor in dyad["actors_a"]} or {""}
        second = {_side(side[actor]) for actor in dyad["actors_b"]} or {
            "civilian" if dyad["violence_type"] == "one_sided" else ""
        }
        # A community is a party to UCDP; here its people are civilians.
        parties = [frozenset(its) or civilians for its in (dyad["actors_a"], dyad["actors_b"])]
        opens, closes = bounds(row["date"])
        point = points.loc[row["place_id"]] if pd.notna(row["place_id"]) else {"latitude": pd.NA, "longitude": pd.NA}
        found.append(
            row
            | {
                "sides": frozenset(first | second),
                "parties": parties,
                "named": "" not in first | second,
                "first": opens,
                "last": closes,
                "dated": (closes - opens).days < WIDEST,
                "of_dyad": opens < closes and pd.notna(dyad["window"]) and row["date"] == dyad["window"],
                "dyad": dyad["name"],
                "kind": dyad["violence_type"],
                "latitude": point["latitude"],
                "longitude": point["longitude"],
            }
        )
    return found


def _side(side):
    """French and other forces beside Mali's stand with it, as in UCDP's dyads."""
    return "state" if side == "allied" else side


def _joins(one, two):
    if not two["dated"] or _days_apart(one, two) > NEAR_DAYS:
        return False
    apart = _km(one, two)
    if one["named"] and two["named"]:
        return _same_parties(one, two) and (apart is None or apart <= NEAR_KM)
    return apart is not None and apart <= NEAR_KM


def _same_parties(one, two):
    """True where the parties of an incident may be those of a record, in either order."""
    first, second = one["parties"]
    return any(first & its and second & other for its, other in (two["parties"], two["parties"][::-1]))


def _nearest(record, incidents):
    """Those of the incidents that lie nearest to a record in days."""
    apart = [_days_apart(one, record) for one in incidents]
    return [one for one, days in zip(incidents, apart) if days == min(apart)]


def _days_apart(one, two):
    """Days between the nearest days of both; 0 where they overlap."""
    return max((one["first"] - two["last"]).days, (two["first"] - one["last"]).days, 0)


def _km(one, two):
    """Kilometres between both places, or None where one is not known."""
    if pd.isna(one["latitude"]) or pd.isna(two["latitude"]):
        return None
    north, south = radians(one["latitude"]), radians(two["latitude"])
    east = radians(one["longitude"] - two["longitude"])
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _groups(joined, ours, theirs):
    """(incidents, records) of each group: what is joined, also by way of others; the rest by itself, records by dyad and date."""
    groups = []
    for one, two in joined:
        near = [group for group in groups if one["id"] in group[0] or two["record_id"] in group[1]]
        groups = [group for group in groups if group not in near]
        groups.append(
            ({one["id"]}.union(*(group[0] for group in near)), {two["record_id"]}.union(*(group[1] for group in near)))
        )
    taken = {key for group in groups for part in group for key in part}
    found = [
        ([one for one in ours if one["id"] in first], [two for two in theirs if two["record_id"] in second])
        for first, second in groups
    ]
    found += [([one], []) for one in ours if one["id"] not in taken]
    alone = {}
    for two in theirs:
        if two["record_id"] not in taken:
            alone.setdefault((two["dyad_key"], two["date"]), []).append(two)
    return [*found, *(([], rest) for rest in alone.values())]


def _row(one, two, theirs):
    """What the table shows of a group."""
    total = {end: sum(int(row[end]) for row in one) if one else pd.NA for end in RANGE}
    told = {
        f"ucdp_{end}": sum(int(row[end]) for row in two) if two and all(pd.notna(row[end]) for row in two) else pd.NA
        for end in RANGE
    }
    match = "both" if one and two else "ours" if one else "ucdp"
    first = (one or two)[0]
    return {
        "match": match,
        "reason": _reason(one, two, total, told, theirs),
        "sides": _words(first["sides"]),
        "date": one[0]["edtf"] if one else two[0]["date"],
        "events": tuple(row["id"] for row in one),
        "records": tuple(row["record_id"] for row in two),
        "names": "; ".join(row["name"] for row in one),
        "dyads": "; ".join(dict.fromkeys(row["dyad"] for row in two)),
        **total,
        **told,
        "disputed": any(row["disputed"] for row in one),
        "days_apart": min((_days_apart(a, b) for a in one for b in two if not b["of_dyad"]), default=pd.NA),
        "same_type": {row["kind"] for row in one} == {row["kind"] for row in two} if match == "both" else pd.NA,
        "released": all(row["released"] == "yes" for row in two) if match == "both" else pd.NA,
    }


def _reason(one, two, total, told, theirs):
    """The first key of REASONS that is true of a group."""
    if one and two:
        number = told["ucdp_best"]
        return "above" if number > total["high"] else "below" if number < total["low"] else "inside"
    if one:
        year = year_of(one[0]["edtf"])
        same = [row for row in theirs if year_of(row["date"]) == year and _same_parties(one[0], row)]
        if not all(one[0]["parties"]):
            return "unnamed"
        if not any(row["released"] == "yes" for row in same):
            return "disputed" if one[0]["disputed"] else "no_pair"
        return "no_record" if all(row["dated"] for row in same) else "year_only"
    if "mnla" not in two[0]["sides"]:
        return "outside"
    return "no_incident" if two[0]["dated"] else "year_only"


def _words(sides):
    """Two sides as a table names them, in the order of SIDES."""
    order = [side for side in SIDES if side in sides]
    return " – ".join(SIDES[side] for side in (order if len(order) == 2 else order * 2))
