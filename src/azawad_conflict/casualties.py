"""Casualties: from claims to one range per event, and from ranges to totals.

Outcomes (killed, wounded, captured) are never summed together. A total is a sum of claims: what it is worth depends on whose claims
they are, which each row says (low_voice, best_voice, high_voice).
"""

import pandas as pd

from azawad_conflict.actors import wholes
from azawad_conflict.edtf_dates import bounds

BASE_ARTICLE = "wikipedia_azawad"
# methods.md, "Combining claims": whose number decides the best, the lowest rank first. Whose number decides is written here for
# Python, and in book/_static/explorer.js for the page: tests/cases/deciding.json holds both to the same cases.
ROLE_RANK = {
    "medical": 0,
    "monitor": 0,
    "own_losses": 1,
    "local": 2,
    "press": 2,
    "state": 3,
    "enemy_losses": 4,
    "encyclopaedia": 5,
}
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
# methods.md, "Who says it": who speaks, by role of the claimant; a claim that an encyclopaedia carries is the encyclopaedia's.
VOICES = {
    "third_party": "third parties",
    "official": "officials",
    "own_side": "the victims' own side",
    "enemy": "their enemy",
    "encyclopaedia": "an encyclopaedia alone",
}
VOICE_OF = {
    "medical": "third_party",
    "monitor": "third_party",
    "local": "third_party",
    "press": "third_party",
    "state": "official",
    "own_losses": "own_side",
    "enemy_losses": "enemy",
    "encyclopaedia": "encyclopaedia",
}
NO_FLOOR = ("enemy", "encyclopaedia")  # voices whose number is no minimum
# methods.md, "Grades": the first that holds.
GRADES = {
    "contested": "contested",
    "corroborated": "told by the victims' side and from outside",
    "own_side": "told by the victims' side alone",
    "third_party": "third parties",
    "official": "officials",
    "enemy": "the enemy's word alone",
    "encyclopaedia": "an encyclopaedia alone",
    "no_number": "no number",
    "discounted": "discounted",
}
LANDMARKS = (
    "kidal",
    "timbuktu",
    "gao",
    "menaka",
    "tessalit",
    "konna",
)  # a map of the dead names these, also where nobody was reported killed
FIGHTS = ("battle", "bombing", "killing")  # kinds of event in which people can be killed; an arrest is none
BOMBER = "suicide bomber"  # word of the qualifier
CONTESTED_RATIO = 2  # methods.md, "Grades": claims apart by this factor contest each other
RANGE = ["low", "best", "high"]
KEYS = ["event_id", "group", "outcome"]


def described_claims(claims, events, actors, sources):
    """One row per casualty claim, with what the counting rule asks of it.

    Adds side, published, group (the victim, or the actor it is part of: rival claims on MUJAO and on "Islamist groups" are about the
    same dead), carried_by_encyclopaedia (True where an encyclopaedia page is all that carries the claim), voice (a key of VOICES) and,
    from events, date, scope, violence_type, kind, victims_disputed. Columns of the claims stay as they are.
    """
    described = claims.merge(sources[["source_id", "kind", "published"]], on="source_id", validate="many_to_one")
    return (
        described.assign(
            group=described["victim"].map(wholes(actors)),
            side=described["victim"].map(actors.set_index("actor_id")["side"]),
            carried_by_encyclopaedia=described["kind"].eq("encyclopaedia"),
            voice=described["claimant_role"].map(VOICE_OF).mask(described["kind"].eq("encyclopaedia"), "encyclopaedia"),
        )
        .drop(columns="kind")
        .merge(
            events[["event_id", "date", "scope", "violence_type", "kind", "victims_disputed"]],
            on="event_id",
            validate="many_to_one",
        )
    )


def incident_ranges(claims, events, actors, sources):
    """One row per incident, group of victims and outcome: the range of the claims that count.

    claims : casualty_claims; those with counted "no" change no number, nor do claims on periods.
    Returns columns event_id, victim, outcome, low, best, high, at_least, claims (rows behind it, discounted ones
    apart), origins (independent ones, encyclopaedias apart), encyclopaedia_only, grade (a key of GRADES), reported, low_voice,
    best_voice and high_voice (whose claim makes each number, a key of VOICES; where several make it, that of the highest role), and
    from events and actors: name, date, year, phase_id, kind, scope, violence_type, victim_name, series. victim is the group's own id where
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
    uncommitted = ranges["best"].isna()  # where none commits to a number, the lowest stands in
    ranges["best"] = ranges["best"].mask(uncommitted, ranges["lowest"])
    ranges["best_voice"] = ranges["best_voice"].mask(uncommitted, ranges["low_voice"])
    ranges = ranges.drop(columns="whole").reset_index()
    ranges = ranges.fillna({"at_least": False, "encyclopaedia_only": False, "claims": 0, "origins": 0})
    ranges = ranges.astype({"at_least": bool, "encyclopaedia_only": bool, "claims": int, "origins": int})
    named = ranges.merge(
        events[["event_id", "name", "date", "phase_id", "kind", "scope", "violence_type"]],
        on="event_id",
        validate="many_to_one",
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
    """low, high, at_least, encyclopaedia_only, lowest (the smallest number claimed), low_voice and high_voice by group of claims.

    low is 0 where the victims are disputed between the sides: they may all have been of the other one.
    """
    spans = deciding.assign(
        rank=ranks(deciding),
        lowest=deciding["low"].fillna(0),  # "up to six" leaves zero open
        upper=deciding["high"].fillna(deciding["low"]),
        open_end=deciding["high"].isna(),
        disputed=whose_is_disputed(deciding) & deciding["side"].ne("unseparated"),
    ).sort_values("rank", kind="stable")
    table = spans.groupby(KEYS).agg(
        lowest=("lowest", "min"),
        high=("upper", "max"),
        at_least=("open_end", "any"),
        encyclopaedia_only=("carried_by_encyclopaedia", "all"),
        disputed=("disputed", "any"),
    )
    table["low_voice"] = spans.sort_values("lowest", kind="stable").groupby(KEYS)["voice"].first()
    table["high_voice"] = spans.sort_values("upper", ascending=False, kind="stable").groupby(KEYS)["voice"].first()
    return table.assign(low=table["lowest"].mask(table["disputed"], 0)).drop(columns="disputed")


def ranks(claims):
    """The rank of each claim, the lowest deciding first; a party that says it lost nobody admits nothing and ranks with its enemy."""
    denies = claims["claimant_role"].eq("own_losses") & claims["high"].eq(0).fillna(False)
    return claims["claimant_role"].map(ROLE_RANK).mask(denies.astype(bool), ROLE_RANK["enemy_losses"])


def by_weight(claims):
    """The claims in the order in which they decide: the highest role first; among equals the latest published, then the lowest number.

    Of any choice of them the first with a best gives the best number. Adds rank; published is "" for a blank.
    """
    return claims.assign(rank=ranks(claims), published=claims["published"].fillna("")).sort_values(
        ["rank", "published", "best"], ascending=[True, False, True], kind="stable"
    )


def whose_is_disputed(described):
    """True for each claim on dead of whom it is disputed whose people they were; nobody disputes whose a suicide bomber was."""
    return described["victims_disputed"].eq("yes") & ~described["qualifier"].fillna("").str.contains(BOMBER)


def _best(deciding):
    """best and best_voice by group of claims: those of the first by weight that commits to a number."""
    committed = by_weight(deciding[deciding["best"].notna()])
    return committed.groupby(KEYS)[["best", "voice"]].first().rename(columns={"voice": "best_voice"})


def _grades(described, counting):
    """The grade by group of claims: who gives a number, a key of GRADES.

    discounted: no claim counts. no_number: nobody states one. A voice: that one alone gives a number, their enemy and encyclopaedias
    apart where others speak. corroborated: the victims' side and somebody outside the fight, of another origin. contested: two origins
    give numbers apart by CONTESTED_RATIO or more. Rule: methods.md, "Grades".
    """
    stated = counting[counting["low"].notna() | counting["high"].notna()]
    own = stated[~stated["carried_by_encyclopaedia"]]
    grades = pd.Series("discounted", index=described.groupby(KEYS, sort=False).size().index, name="grade")
    heard = {voice: _groups(stated[stated["voice"] == voice]) for voice in VOICES}
    outside = heard["third_party"].union(heard["official"])
    for grade, chosen in (
        ("no_number", _groups(counting)),
        *((voice, heard[voice]) for voice in ("encyclopaedia", "enemy", "official", "third_party", "own_side")),
        ("corroborated", heard["own_side"].intersection(outside).intersection(_several_origins(own))),
        ("contested", _contested(own)),
    ):
        grades[grades.index.isin(chosen)] = grade  # each outranks those before it
    return grades


def _groups(claims):
    """The groups of claims that have one among these."""
    return claims.groupby(KEYS).size().index


def _several_origins(claims):
    origins = claims[claims["voice"] != "enemy"].groupby(KEYS)["origin"].nunique()
    return origins.index[origins > 1]


def _contested(stated):
    """The groups in which the numbers of two origins lie apart by CONTESTED_RATIO or more; "at least" has no upper end."""
    spans = stated.assign(low=stated["low"].fillna(0), high=stated["high"].astype("Float64").fillna(float("inf")))
    spans = spans.groupby([*KEYS, "origin"]).agg(low=("low", "min"), high=("high", "max")).groupby(KEYS)
    lowest_top, highest_floor = spans["high"].min(), spans["low"].max()
    apart = (highest_floor > lowest_top) & (highest_floor >= CONTESTED_RATIO * lowest_top)
    return apart.index[apart.astype(bool)]


def by_voice(ranges, by):
    """One row per combination of `by` (a list of columns) and voice: what of the sums each voice makes.

    Returns `by`, voice and low, best, high: the sums over the numbers that claims of this voice make. Over the voices they add up to
    those of `totals`. Unit: people. Rule: methods.md, "Who says it".
    """
    ends = [
        ranges[[*by, f"{end}_voice", end]].set_axis([*by, "voice", "people"], axis=1).assign(end=end) for end in RANGE
    ]
    parts = pd.concat(ends).dropna(subset=["voice"])
    table = parts.pivot_table(
        index=[*by, "voice"], columns="end", values="people", aggfunc="sum", fill_value=0, sort=False
    )
    table = table.reindex(columns=RANGE, fill_value=0).astype(int).rename_axis(columns=None).reset_index()
    order = {voice: number for number, voice in enumerate(VOICES)}
    return table.sort_values(
        [*by, "voice"],
        key=lambda column: column.map(order) if column.name == "voice" else column,
        kind="stable",
        ignore_index=True,
    )


def cumulative(ranges):
    """One row per day on which an incident of a series ended, and per series: what had been reported killed by then.

    ranges : core_killed. An incident counts from the last day on which it may have happened. Returns columns series, date (timestamp), event_id
    (of the largest number that came on that day), low, best, high, at_least, and the running sum of the best numbers of each voice, by its name. Unit: people.
    """
    rows = ranges[ranges["reported"]]
    parts = (
        pd.get_dummies(rows["best_voice"], dtype=int)
        .reindex(columns=list(VOICES), fill_value=0)
        .mul(rows["best"].astype(int), axis=0)
    )
    rows = rows.assign(date=pd.to_datetime([bounds(date)[1] for date in rows["date"]])).join(parts)
    largest = rows.sort_values("best", ascending=False, kind="stable").groupby(["series", "date"])["event_id"].first()
    sums = rows.groupby(["series", "date"])[[*RANGE, "at_least", *VOICES]].sum().astype(int)
    running = sums.groupby("series").cumsum().join(largest).reset_index()
    return running.assign(at_least=running["at_least"].gt(0))[
        ["series", "date", "event_id", *RANGE, "at_least", *VOICES]
    ]


def everyone_killed(ranges):
    """One row per core incident with a number: everyone reported killed in it, whichever side.

    Where claims do not separate the sides, the range spans them and the sum of the sides, and their best decides; else
    it is that sum. Civilians killed in the fighting are part of it where claims do not separate them. Returns columns
    event_id, name, date, low, best, high, at_least, separated (True: a sum of sides) and, for each voice, what of the best it makes
    (a column by the name of the voice). Unit: people.
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
        decides = (
            numbers[numbers["series"] == SERIES["unseparated"]]
            if len(whole)
            else numbers[numbers["series"].isin([SERIES[side] for side in SIDES])]
        )
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
            | {voice: int(decides.loc[decides["best_voice"] == voice, "best"].sum()) for voice in VOICES}
        )
    return pd.DataFrame(rows)


def by_place(everyone, events, places):
    """One row per place with a core incident, and per place of LANDMARKS: place_id, name, latitude, longitude, precision (area where that is all
    that is known of one of its incidents, else exact), best, incidents. Unit: people.

    everyone : everyone_killed. Incidents without a place on the map are left out; `unplaced` names them.
    """
    located = everyone.merge(events[["event_id", "place_id", "place_precision"]], on="event_id")
    sums = located.groupby("place_id").agg(
        best=("best", "sum"),
        incidents=("event_id", "size"),
        precise=("place_precision", lambda kinds: (kinds != "area").all()),
    )
    known = places[
        places["latitude"].notna() & (places["place_id"].isin(sums.index) | places["place_id"].isin(LANDMARKS))
    ]
    table = known.set_index("place_id")[["name", "latitude", "longitude"]].join(sums).reset_index()
    table = table.assign(precision=table["precise"].map({True: "exact", False: "area"}).fillna("exact")).drop(
        columns="precise"
    )
    return (
        table.fillna({"best": 0, "incidents": 0})
        .astype({"best": int, "incidents": int})
        .sort_values(["best", "place_id"], ascending=[False, True], ignore_index=True)
    )


def place_names(events, places):
    """event_id to the name of its place, or of the event where it has no place, as a Series."""
    known = events.set_index("event_id")
    return known["place_id"].map(places.set_index("place_id")["name"]).fillna(known["name"])


def unplaced(everyone, events, places):
    """The names of the core incidents that have no point on the map."""
    on_map = set(places.loc[places["latitude"].notna(), "place_id"])
    where = everyone["event_id"].map(events.set_index("event_id")["place_id"])
    return everyone.loc[~where.isin(on_map), "name"].tolist()


def fights(everyone, events, places):
    """One row per core incident between organised groups with a number of dead, and per fight for which nobody gives one, by first day.

    everyone : everyone_killed. Returns its columns (low, best and high missing where reported is False) and place_id, place_precision, place_name,
    latitude, longitude (missing without a point on the map), first, last (timestamps: the days between which it lies), reported. Unit: people.
    """
    between = events[events["scope"].eq("core") & events["violence_type"].eq("non_state")]
    chosen = between[between["event_id"].isin(everyone["event_id"]) | between["kind"].isin(FIGHTS)]
    table = chosen[["event_id", "name", "date", "place_id", "place_precision"]].merge(
        everyone.drop(columns=["name", "date"]), on="event_id", how="left"
    )
    table = table.join(
        places.set_index("place_id")[["name", "latitude", "longitude"]].rename(columns={"name": "place_name"}),
        on="place_id",
    )
    days = [bounds(date) for date in table["date"]]
    table = table.assign(
        first=pd.to_datetime([first for first, _ in days]),
        last=pd.to_datetime([last for _, last in days]),
        reported=table["best"].notna(),
        at_least=table["at_least"].eq(True),
    )
    return table.astype(dict.fromkeys([*RANGE, *VOICES], "Int64")).sort_values(["first", "event_id"], ignore_index=True)


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
    Incidents without a number add nothing. The low is the sum of the lows, the high that of the highs: as if all incidents were
    wrong in one direction. Unit: people.
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
        return pd.Series(
            {"low": 0, "best": 0, "high": 0, "at_least": False, "incidents": 0, "reported": False, "unreported": 0}
        )
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
