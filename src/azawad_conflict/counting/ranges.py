"""From the claims on an incident to one range: low, best, high, whose word each is, and a grade."""

import pandas as pd

from azawad_conflict.counting.counted import (
    by_weight,
    counts,
    deciding_claims,
    described_claims,
    has_number,
    ranks,
    whose_is_disputed,
)
from azawad_conflict.counting.terms import CONTESTED_RATIO, KEYS, RANGE, VOICES
from azawad_conflict.edtf_dates import year_of


def incident_ranges(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """One row per incident, group of victims and outcome: the range of the claims that count.

    claims : casualty_claims; those with counted "no" change no number, nor do claims on periods.
    Returns columns event_id, victim, outcome, low, best, high, at_least, claims (rows behind it,
    discounted ones apart), origins (independent ones, encyclopaedias apart), encyclopaedia_only,
    grade (a key of GRADES), reported, low_voice, best_voice and high_voice (whose claim makes each
    number, a key of VOICES; where several make it, that of the highest role), and from events and
    actors: name, date, year, phase_id, kind, scope, violence_type, victim_name, side (of the
    victims). victim is the group's own id where its claims name several parts of it; lowest is the
    smallest number claimed, low the same or 0 where it is disputed whose people they were. low,
    best and high are missing where no claim states a number (reported is False); at_least is True
    where a claim has no upper end. Unit: people. Rule: methods.md, "Combining claims" and "Grades".
    """
    described = described_claims(claims, events, actors, sources)
    described = described[described["kind"] != "period"]
    counting = described[counts(described)]
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
    named = named.assign(year=named["date"].map(year_of))
    first, last = [*KEYS, "victim", *RANGE], ["side"]
    named = named[[*first, *named.columns.difference([*first, *last], sort=False), *last]]
    return named.astype(dict.fromkeys([*RANGE, "lowest"], "Int64")).sort_values(
        ["date", "event_id", "victim", "outcome"], na_position="first", ignore_index=True
    )


def _victims(described, counting):
    """The victim by group: the one that its claims (those that count, if any) name, or a whole."""
    groups = counting.groupby(KEYS)["victim"].agg(["first", "nunique"])
    rest = described.groupby(KEYS)["victim"].agg(["first", "nunique"])
    groups = pd.concat([groups, rest[~rest.index.isin(groups.index)]])
    whole = pd.Series(groups.index.get_level_values("group"), index=groups.index)
    return groups["first"].where(groups["nunique"] == 1, whole).rename("victim")


def _spans(deciding):
    """The ends of the range by group of claims, and who gives them.

    Returns columns low, high, at_least, encyclopaedia_only, lowest (the smallest number claimed),
    low_voice, high_voice.

    low is 0 where the victims are disputed between the sides: they may all have been of the other
    one.
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


def _best(deciding):
    """best and best_voice by group, of the first claim by weight that commits to a number."""
    committed = by_weight(deciding[deciding["best"].notna()])
    return committed.groupby(KEYS)[["best", "voice"]].first().rename(columns={"voice": "best_voice"})


def _grades(described, counting):
    """The grade by group of claims: who gives a number, a key of GRADES.

    discounted: no claim counts. no_number: nobody states one. A voice: that one alone gives a
    number, their enemy and encyclopaedias apart where others speak. corroborated: the victims' side
    and somebody outside the fight, of another origin. contested: two origins give numbers apart by
    CONTESTED_RATIO or more. Rule: methods.md, "Grades".
    """
    stated = counting[has_number(counting)]
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
    """The groups in which numbers of two origins lie apart by CONTESTED_RATIO or more.

    "At least" has no upper end.
    """
    spans = stated.assign(low=stated["low"].fillna(0), high=stated["high"].astype("Float64").fillna(float("inf")))
    spans = spans.groupby([*KEYS, "origin"]).agg(low=("low", "min"), high=("high", "max")).groupby(KEYS)
    lowest_top, highest_floor = spans["high"].min(), spans["low"].max()
    apart = (highest_floor > lowest_top) & (highest_floor >= CONTESTED_RATIO * lowest_top)
    return apart.index[apart.astype(bool)]
