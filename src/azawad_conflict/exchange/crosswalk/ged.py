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
WHERE_PREC = {0: 1, 1: 2, 2: 5}  # by the rank of PLACE_RANKS
SEVERAL_ACTS = ("campaign", "reprisal", "communal_violence")  # kinds of event that are several acts in one row
CMA, CMA_ID = "CMA", 1158  # what UCDP calls the MNLA in all years, and its number
REGIONS = {"Timbuktu": "Tombouctou"}  # regions that UCDP spells otherwise
CIVILIANS = "Civilians"
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
    low, best and high are everyone killed, by the rule of incident_ranges and killed_together; deaths_a + deaths_b +
    deaths_civilians + deaths_unknown is best. Incidents of every scope are there, periods are not. Unit: people.
    Raises ValueError for such an incident without a date, or with an open one.
    """
    used = killed_claims(claims, events, actors, sources)
    days = days_of(events[events["event_id"].isin(used["event_id"])], SCHEME)
    ranges = incident_ranges(claims, events, actors, sources)
    killed = ranges[ranges["outcome"].eq("killed") & ranges["reported"]]
    of_event = events.set_index("event_id", drop=False)
    deaths = pd.DataFrame(
        [
            {"event_id": key} | _deaths(rows, of_event.loc[key], actors, dyads)
            for key, rows in killed.groupby("event_id")
        ],
        columns=["event_id", *RANGE, *PARTS],
    )
    deaths = deaths[deaths["high"] > 0]  # UCDP has no event without a death in one of its numbers
    chosen = located(events[events["event_id"].isin(deaths["event_id"])], places)
    table = chosen.merge(days, on="event_id").merge(deaths, on="event_id")
    parties = [_parties(event, actors, dyads) for event in table.to_dict("records")]
    table = table.join(pd.DataFrame(parties, columns=["side_a", "side_b", *PARTY_COLUMNS], index=table.index))
    table = table.merge(_sources(used, sources), on="event_id", how="left")
    made = table[["side_a", "side_b", *RANGE, *PARTS, "latitude", "longitude", "country"]].assign(
        id=table["event_id"],
        year=[day.year for day in table["first"]],
        type_of_violence=table["violence_type"].map(TYPES),
        **{column: table[column] for column in (*PARTY_COLUMNS, *SOURCE_COLUMNS)},
        where_prec=table["where"].map(WHERE_PREC),
        where_coordinates=table["place"],
        where_description=table["note"],
        adm_1=table["region_2012"].replace(REGIONS) + " region",
        geom_wkt=[_point(row) for row in table.itertuples()],
        region=table["country"].map({"Mali": "Africa"}),
        event_clarity=table["kind"].isin(SEVERAL_ACTS).map({True: 2, False: 1}),
        date_prec=[_date_prec(days) for days in table["days"]],
        date_start=[day.isoformat() for day in table["first"]],
        date_end=[day.isoformat() for day in table["last"]],
    )
    return arranged(made.sort_values(["date_start", "id"]), crosswalk, SCHEME)


def _deaths(incident, event, actors, dyads):
    """Low, best and high of everyone killed in an incident, and whose dead the best are.

    Where it is disputed whose people the dead were, a third party's dead are the same people again. Where the numbers of the
    groups exceed that of everyone, none of them is taken for a side.
    """
    whole, side = wholes(actors), actors.set_index("actor_id")["side"]
    allies = _allies(event, whole, side, dyads)
    incident = incident.assign(part=[_part(group, event, allies, side) for group in incident["group"]])
    if event["victims_disputed"] == "yes":
        third = incident["part"].eq("deaths_unknown") & incident["side"].ne("unseparated")
        incident = incident[~third] if not third.all() else incident
    together = killed_together(incident)
    separate = incident[incident["side"] != "unseparated"].groupby("part")["best"].sum().astype(int)
    booked = {part: int(separate.get(part, 0)) for part in PARTS[:-1]}
    if sum(booked.values()) > together["best"]:
        booked = dict.fromkeys(PARTS[:-1], 0)
    rest = together["best"] - sum(booked.values())
    return {end: together[end] for end in RANGE} | booked | {"deaths_unknown": rest}


def _part(group, event, allies, side):
    """The column of GED for the dead of a group: its side of the event, civilians, or unknown."""
    one_sided = event["violence_type"] == "one_sided"
    by_group = [] if one_sided else [part for part, groups in allies.items() if group in groups]
    if not by_group and side[group] == "civilian":
        return "deaths_civilians"
    return by_group[0] if len(by_group) == 1 else "deaths_unknown"


def _allies(event, whole, side, dyads):
    """The groups that stand on either side: those of its party, of the dyad's side, and of the same side of this conflict."""
    *parties, dyad = _ordered(event, side, dyads)
    named = [(), ()] if dyad is None else [dyad["actors_a"], dyad["actors_b"]]
    found = {}
    for part, actor, others in zip(("deaths_a", "deaths_b"), parties, named):
        same = [one for one in side.index if side[one] == side[actor] and side[actor] in FIGHTING_SIDES]
        found[part] = {whole[one] for one in (actor, *others, *same)}
    return found


def _ordered(event, side, dyads):
    """The parties of an event, and the dyad of UCDP or None: in the dyad's order; else a state first, as on side a of UCDP."""
    first, second = event["actor_a"], event["actor_b"]
    dyad = _dyad(event, side, dyads)
    if dyad is not None:
        turn = first not in dyad["actors_a"]
    else:
        states = ("state", "allied")
        turn = event["violence_type"] == "state_based" and side[first] not in states and side[second] in states
    return (second, first, dyad) if turn else (first, second, dyad)


def _parties(event, actors, dyads):
    """Names and numbers of the parties, by the dyad of UCDP where one fits."""
    side, names = actors.set_index("actor_id")["side"], actors.set_index("actor_id")["short_name"]
    *parties, dyad = _ordered(event, side, dyads)
    if dyad is None:
        told = [_name(actor, names, side) for actor in parties]
        if event["violence_type"] == "one_sided":
            told[1] = CIVILIANS
        pair = " - ".join(told)
        found = {"conflict_new_id": pd.NA, "conflict_name": pair, "dyad_new_id": pd.NA, "dyad_name": pair}
    else:
        told = [dyad["side_a"], dyad["side_b"]]
        found = {
            "conflict_new_id": dyad["conflict_id"],
            "conflict_name": dyad["conflict_name"],
            "dyad_new_id": dyad["dyad_id"],
            "dyad_name": dyad["name"],
        }
    numbers = [CMA_ID if name == CMA else pd.NA for name in told]
    return found | dict(zip(("side_a", "side_b"), told)) | dict(zip(("side_a_new_id", "side_b_new_id"), numbers))


def _name(actor, names, side):
    """A party as UCDP names it, where a dyad says so; else its short name."""
    if side[actor] == "state":
        return "Government of Mali"
    return CMA if actor == "mnla" else names[actor]


def _dyad(event, side, dyads):
    """The dyad of UCDP that has both parties, or None: one whose days the event touches before one without days."""
    first, second = event["actor_a"], event["actor_b"]
    start, end = bounds(event["date"])
    known = dyads[dyads["violence_type"].eq(event["violence_type"]) & dyads["side_b"].notna()]
    for dyad in known.sort_values("window", na_position="last", kind="stable").to_dict("records"):
        sides = (dyad["actors_a"], dyad["actors_b"])
        if event["violence_type"] == "one_sided":
            fits = first in sides[0] and side[second] == "civilian"
        else:
            fits = any(first in one and second in other for one, other in (sides, sides[::-1]))
        opens, closes = bounds(dyad["window"]) if pd.notna(dyad["window"]) else (start, end)
        if fits and start <= closes and opens <= end:
            return dyad
    return None


def killed_claims(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """The described claims on the killed of incidents that count and state a number."""
    described = described_claims(claims, events, actors, sources)
    return described[counts(described) & has_number(described) & described["outcome"].eq("killed")]


def _sources(used, sources):
    """One row per event: the publications and claimants of its numbers of killed that count."""
    of_source = sources.set_index("source_id")
    found = []
    for event_id, group in used.groupby("event_id"):
        texts = of_source.loc[list(dict.fromkeys(group["source_id"]))].fillna("")
        articles = [
            ", ".join(part for part in row if part)
            for row in texts[["publisher", "published", "title"]].itertuples(index=False)
        ]
        found.append(
            {
                "event_id": event_id,
                "number_of_sources": len(texts),
                "source_article": "; ".join(articles),
                "source_office": "; ".join(dict.fromkeys(texts["publisher"])),
                "source_date": "; ".join(day for day in texts["published"] if day),
                "source_headline": "; ".join(texts["title"]),
                "source_original": "; ".join(dict.fromkeys(group["claimant"])),
            }
        )
    return pd.DataFrame(found, columns=["event_id", *SOURCE_COLUMNS]).replace("", pd.NA)


def _point(row):
    return f"POINT ({row.longitude} {row.latitude})" if pd.notna(row.longitude) else pd.NA


def _date_prec(days):
    """1: a day; 2: two to six days; 3: a week; 4: up to a month; 5: more."""
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)
