"""Incidents as rows of UCDP GED, by the counting rule of this report. What is lost: data/crosswalk.csv."""

import pandas as pd

from azawad_conflict.actors import wholes
from azawad_conflict.counting.counted import counts, described_claims, has_number
from azawad_conflict.counting.ranges import incident_ranges
from azawad_conflict.counting.terms import RANGE
from azawad_conflict.counting.totals import killed_together
from azawad_conflict.edtf_dates import bounds
from azawad_conflict.exchange.crosswalk.dates import days_of, located
from azawad_conflict.exchange.crosswalk.scheme import arranged

SCHEME = "ucdp_ged"
TYPES = {"state_based": 1, "non_state": 2, "one_sided": 3}
# By how well the event and the point of its place are known. Any other may lie further than 25 km from the point.
WHERE_PREC = {("exact", "exact"): 1, ("approximate", "exact"): 2}
VAGUE = 5
SEVERAL_ACTS = ("campaign", "reprisal", "communal_violence")  # kinds of event that are several acts in one row
LASTING = ("battle",)  # kinds that may be several fights where they have more than a day
CMA, CMA_ID = "CMA", 1158  # what UCDP calls the MNLA in all years, and its number
REGIONS = {"Timbuktu": "Tombouctou"}  # regions that UCDP spells otherwise
CIVILIANS = "Civilians"
UNDATED = "undated"  # what a list of dates has for a source without one
FIGHTING_SIDES = ("mnla", "islamist", "state", "allied")  # the others are no one side
PARTY_COLUMNS = ("conflict_new_id", "conflict_name", "dyad_new_id", "dyad_name", "side_a_new_id", "side_b_new_id")
SOURCE_COLUMNS = (
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
)
PARTS = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]


def rows(
    claims: pd.DataFrame,
    events: pd.DataFrame,
    actors: pd.DataFrame,
    sources: pd.DataFrame,
    places: pd.DataFrame,
    dyads: pd.DataFrame,
    crosswalk: pd.DataFrame,
) -> pd.DataFrame:
    """One row per incident with at least one person reported killed, in the columns of UCDP GED.

    claims : casualty_claims; dyads : ucdp_dyads. Columns, types and rules are those of the crosswalk; id is the event's own id.
    low, best and high are everyone killed, by the rule of incident_ranges and killed_together, but that best is not below the sum of
    the sides; deaths_a + deaths_b + deaths_civilians + deaths_unknown is best. Incidents of every scope are there, periods are not. Unit: people.
    Raises ValueError for such an incident without a date, or with an open one.
    """
    used = killed_claims(claims, events, actors, sources)
    fought = events[events["event_id"].isin(used["event_id"])]
    days = days_of(fought, SCHEME)
    parties = _parties(fought, actors, dyads)
    deaths = _deaths(incident_ranges(claims, events, actors, sources), parties, fought, actors)
    deaths = deaths[deaths["high"] > 0]  # UCDP has no event without a death in one of its numbers
    table = located(fought, places).merge(days, on="event_id").merge(deaths, on="event_id")
    told = [parties[event_id]["told"] for event_id in table["event_id"]]
    table = table.join(pd.DataFrame(told, columns=["side_a", "side_b", *PARTY_COLUMNS], index=table.index))
    table = table.merge(_sources(used, sources), on="event_id", how="left")
    made = table[["side_a", "side_b", *RANGE, *PARTS, "latitude", "longitude", "country"]].assign(
        id=table["event_id"],
        year=[day.year for day in table["first"]],
        type_of_violence=table["violence_type"].map(TYPES),
        **{column: table[column] for column in (*PARTY_COLUMNS, *SOURCE_COLUMNS)},
        where_prec=[_where_prec(row) for row in table.itertuples()],
        where_coordinates=table["place"],
        where_description=table["note"],
        adm_1=table["region_2012"].replace(REGIONS) + " region",
        geom_wkt=[_point(row) for row in table.itertuples()],
        region=table["country"].map({"Mali": "Africa"}),
        event_clarity=[_event_clarity(row) for row in table.itertuples()],
        date_prec=[_date_prec(days) for days in table["days"]],
        date_start=[day.isoformat() for day in table["first"]],
        date_end=[day.isoformat() for day in table["last"]],
    )
    return arranged(made.sort_values(["date_start", "id"]), crosswalk, SCHEME)


def _deaths(ranges, parties, events, actors):
    """Low, best and high of everyone killed in each incident, and whose dead the best are.

    The groups of a side and the civilians have the best of their own ranges. Where these exceed the number of everyone, that number
    is of some of the dead, and best is their sum; but where it is disputed whose people the dead were, they are the same people
    again: a third party's are left out, and where the rest still exceeds, none is taken for a side.
    """
    killed = ranges[ranges["outcome"].eq("killed") & ranges["reported"]]
    side = actors.set_index("actor_id")["side"].to_dict()
    parts = [_part(group, parties[event_id], side) for event_id, group in zip(killed["event_id"], killed["group"])]
    killed = killed.assign(part=parts)
    of_dispute = set(events.loc[events["victims_disputed"] == "yes", "event_id"])
    third = killed["event_id"].isin(of_dispute) & killed["part"].eq("deaths_unknown") & killed["side"].ne("unseparated")
    killed = killed[~third | third.groupby(killed["event_id"]).transform("all")]
    together = killed_together(killed)
    separate = killed[killed["side"].ne("unseparated") & killed["part"].ne("deaths_unknown")]
    booked = separate.pivot_table(index="event_id", columns="part", values="best", aggfunc="sum")
    booked = booked.reindex(index=together.index, columns=PARTS[:-1]).fillna(0).astype(int)
    twice = together.index.isin(of_dispute) & booked.sum(axis=1).gt(together["best"])
    booked = booked.mul((~twice).astype(int), axis=0)
    sides = booked.sum(axis=1)
    together = together.assign(best=together["best"].where(together["best"].ge(sides), sides))
    return together[RANGE].join(booked).assign(deaths_unknown=together["best"] - sides).reset_index()


def _part(group, parties, side):
    """The column of GED for the dead of a group: its side of the event, civilians, or unknown."""
    by_group = [] if parties["one_sided"] else [part for part, its in parties["allies"].items() if group in its]
    if not by_group and side[group] == "civilian":
        return "deaths_civilians"
    return by_group[0] if len(by_group) == 1 else "deaths_unknown"


def _parties(events, actors, dyads):
    """event_id to the parties: names and numbers as UCDP has them (told), the groups on either side (allies), and one_sided."""
    whole, by_id = wholes(actors), actors.set_index("actor_id")
    side, names = by_id["side"].to_dict(), by_id["short_name"].where(by_id["kind"].ne("unseparated")).to_dict()
    of_side = {its: {whole[actor] for actor in side if side[actor] == its} for its in FIGHTING_SIDES}
    known = dyads.sort_values("window", na_position="last", kind="stable").to_dict("records")
    found = {}
    for event in events[["event_id", "date", "violence_type", "actor_a", "actor_b"]].to_dict("records"):
        *parties, dyad = _ordered(event, side, names, known)
        named = [(), ()] if dyad is None else [dyad["actors_a"], dyad["actors_b"]]
        found[event["event_id"]] = {
            "told": _told(event, parties, dyad, names, side),
            "allies": {
                part: {whole[one] for one in (actor, *others)} | of_side.get(side[actor], set())
                for part, actor, others in zip(PARTS, parties, named)
            },
            "one_sided": event["violence_type"] == "one_sided",
        }
    return found


def _ordered(event, side, names, dyads):
    """The parties of an event, and the dyad of UCDP or None: in the order of a dyad, also on other days; else as _turned says."""
    first, second = event["actor_a"], event["actor_b"]
    dyad = _dyad(event, side, dyads)
    model = dyad or _dyad(event, side, dyads, on_its_days=False)
    turn = first not in model["actors_a"] if model else _turned(event, side, names)
    return (second, first, dyad) if turn else (first, second, dyad)


def _turned(event, side, names):
    """True where the second party stands on side a: a state does, as in UCDP; else the first by name, but for who acts on civilians."""
    first, second = event["actor_a"], event["actor_b"]
    if event["violence_type"] == "one_sided":
        return False
    states = [side[party] in ("state", "allied") for party in (first, second)]
    if event["violence_type"] == "state_based" and any(states):
        return not states[0]
    told = [_name(party, names, side) for party in (first, second)]
    return pd.notna(told).all() and told[1] < told[0]


def _told(event, parties, dyad, names, side):
    """Names and numbers of the parties, by the dyad of UCDP where one fits."""
    told = [_name(actor, names, side) for actor in parties]
    if event["violence_type"] == "one_sided":
        told[1] = CIVILIANS
    pair = " - ".join(told) if pd.notna(told).all() else pd.NA
    found = {"conflict_new_id": pd.NA, "conflict_name": pair, "dyad_new_id": pd.NA, "dyad_name": pair}
    if dyad is not None:
        found |= {"conflict_new_id": dyad["conflict_id"], "conflict_name": dyad["conflict_name"]}
    if dyad is not None and pd.notna(dyad["side_b"]):  # else UCDP's opponent is not known, and the conflict alone is
        told = [dyad["side_a"], dyad["side_b"]]
        found |= {"dyad_new_id": dyad["dyad_id"], "dyad_name": dyad["name"]}
    numbers = [CMA_ID if name == CMA else pd.NA for name in told]
    return found | dict(zip(("side_a", "side_b"), told)) | dict(zip(("side_a_new_id", "side_b_new_id"), numbers))


def _name(actor, names, side):
    """A party as UCDP names it, where a dyad says so; else its short name."""
    if side[actor] == "state":
        return "Government of Mali"
    return CMA if actor == "mnla" else names[actor]


def _dyad(event, side, dyads, on_its_days=True):
    """The dyad of UCDP that has both parties, or None: one whose days the event touches before one without days."""
    first, second = event["actor_a"], event["actor_b"]
    for dyad in dyads:
        sides = (dyad["actors_a"], dyad["actors_b"])
        if dyad["violence_type"] != event["violence_type"]:
            continue
        if event["violence_type"] == "one_sided":
            fits = first in sides[0] and side[second] == "civilian"
        else:
            fits = any(first in one and second in other for one, other in (sides, sides[::-1]))
        if fits and (not on_its_days or _touch(event["date"], dyad["window"])):
            return dyad
    return None


def _touch(date, window):
    """True where an event's days and a dyad's share one, or the dyad has none."""
    if pd.isna(window):
        return True
    (start, end), (opens, closes) = bounds(date), bounds(window)
    return start <= closes and opens <= end


def killed_claims(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """The described claims on the killed of incidents that count and state a number."""
    described = described_claims(claims, events, actors, sources)
    return described[counts(described) & has_number(described) & described["outcome"].eq("killed")]


def _sources(used, sources):
    """One row per event: the publications and claimants of its numbers of killed that count."""
    texts = sources.set_index("source_id")[["publisher", "published", "title"]].fillna({"published": UNDATED})
    texts = texts.map(lambda text: text.replace(";", ",")).to_dict("index")  # a semicolon separates the sources
    keys, claimants = {}, {}
    for event_id, key, claimant in zip(used["event_id"], used["source_id"], used["claimant"]):
        keys.setdefault(event_id, {})[key] = texts[key]
        claimants.setdefault(event_id, {})[claimant] = True
    found = []
    for event_id, its in keys.items():
        published = list(its.values())
        found.append(
            {
                "event_id": event_id,
                "number_of_sources": len(its),
                "source_article": "; ".join(", ".join(text.values()) for text in published),
                "source_office": "; ".join(text["publisher"] for text in published),
                "source_date": "; ".join(text["published"] for text in published),
                "source_headline": "; ".join(text["title"] for text in published),
                "source_original": "; ".join(claimants[event_id]),
            }
        )
    return pd.DataFrame(found, columns=["event_id", *SOURCE_COLUMNS])


def _point(row):
    return f"POINT ({row.longitude} {row.latitude})" if pd.notna(row.longitude) else pd.NA


def _where_prec(row):
    """1: the place itself; 2: near a point that is known; 5: an area, or a point that is not well known. Missing without a place."""
    return WHERE_PREC.get((row.place_precision, row.coordinate_precision), VAGUE) if pd.notna(row.where) else pd.NA


def _event_clarity(row):
    """2: several acts in one row, or what may be several, as it has more than a day; else 1."""
    return 2 if row.kind in SEVERAL_ACTS or (row.kind in LASTING and row.days > 1) else 1


def _date_prec(days):
    """1: a day; 2: two to six days; 3: a week; 4: up to a month; 5: more."""
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)
