"""Which claims, events and ranges count: each filter once, for every total, table and figure."""

import pandas as pd

from azawad_conflict.actors import wholes
from azawad_conflict.counting.terms import BOMBER, KEYS, SIDES, VOICE_OF


def described_claims(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """One row per casualty claim, with what the counting rule asks of it.

    Adds side, published, group (the victim, or the actor it is part of: rival claims on MUJAO and
    on "Islamist groups" are about the same dead), carried_by_encyclopaedia (True where an
    encyclopaedia page is all that carries the claim), voice (a key of VOICES) and, from events,
    date, scope, violence_type, kind, victims_disputed. Columns of the claims stay as they are.
    """
    of_source = sources.set_index("source_id")
    of_event = events.set_index("event_id")[["date", "scope", "violence_type", "kind", "victims_disputed"]]
    claims = claims.reset_index(drop=True)
    encyclopaedia = claims["source_id"].map(of_source["kind"]).eq("encyclopaedia")
    return claims.assign(
        published=claims["source_id"].map(of_source["published"]),
        group=claims["victim"].map(wholes(actors)),
        side=claims["victim"].map(actors.set_index("actor_id")["side"]),
        carried_by_encyclopaedia=encyclopaedia,
        voice=claims["claimant_role"].map(VOICE_OF).mask(encyclopaedia, "encyclopaedia"),
        **of_event.reindex(claims["event_id"]).set_axis(claims.index),
    )


def is_marked(claims: pd.DataFrame) -> pd.Series:
    """True for each claim that counts, as a whole or as a part: whether a part does, `counts` says."""
    return claims["counted"].isin(["yes", "part"])


def counts(described: pd.DataFrame) -> pd.Series:
    """True for each described claim that can enter a total: marked as counted, on an incident.

    A part (the bodies in one morgue) counts only where no claim of the given ones tells of more; what an encyclopaedia
    carries takes the place of other encyclopaedias' parts alone. Rule: methods.md, "Combining claims".
    """
    counting = is_marked(described) & described["kind"].ne("period")
    is_part = counting & described["counted"].eq("part")
    if not is_part.any():
        return counting
    near = described[counting & described["event_id"].isin(described.loc[is_part, "event_id"])]
    told = near["high"].fillna(near["low"])
    keys = [near[key] for key in KEYS]
    of_all = told.groupby(keys).transform("max")
    of_others = told.mask(near["carried_by_encyclopaedia"]).groupby(keys).transform("max")
    most = of_others.mask(near["carried_by_encyclopaedia"], of_all)
    is_less = told.lt(most).fillna(False) & is_part[near.index]
    return counting & ~is_less.reindex(described.index, fill_value=False)


def has_number(claims: pd.DataFrame) -> pd.Series:
    """True for each claim that states a number of people, if only one end of it."""
    return claims["low"].notna() | claims["high"].notna()


def between_sides(rows: pd.DataFrame) -> pd.Series:
    """True for each event, described claim or range of a core fight between organised groups."""
    return (rows["scope"].eq("core") & rows["violence_type"].eq("non_state")).fillna(False).astype(bool)


def killed_in_fights(rows: pd.DataFrame) -> pd.DataFrame:
    """The ranges or described claims on people killed between both sides, or on no stated side."""
    return rows[rows["outcome"].eq("killed") & between_sides(rows)]


def core_killed(ranges: pd.DataFrame) -> pd.DataFrame:
    """The rows on people of both sides killed in core fights between organised groups."""
    killed = killed_in_fights(ranges)
    return killed[killed["side"].isin(SIDES)]


def deciding_claims(claims: pd.DataFrame, by: str | list[str] = KEYS) -> pd.DataFrame:
    """The claims with a number that decide a range; an encyclopaedia's only if no other has one. by : what tells ranges apart."""
    stated = claims[has_number(claims)]
    no_other = stated.groupby(by)["carried_by_encyclopaedia"].transform("all")
    return stated[no_other | ~stated["carried_by_encyclopaedia"]]


def claims_behind(rows: pd.DataFrame, described: pd.DataFrame) -> tuple[str, ...]:
    """Ids of the claims that decide the given rows of incident_ranges, in their order.

    described : described_claims of the claims that the ranges were counted from.
    """
    return tuple(decided_by(rows, described)["claim_id"])


def decided_by(rows: pd.DataFrame, described: pd.DataFrame) -> pd.DataFrame:
    """The described claims that decide the given rows of incident_ranges."""
    return rows[KEYS].merge(deciding_claims(described[counts(described)]), on=KEYS)


def whose_is_disputed(described: pd.DataFrame) -> pd.Series:
    """True for each claim on dead whose side is disputed; that of a suicide bomber never is."""
    return described["victims_disputed"].eq("yes") & ~described["qualifier"].fillna("").str.contains(BOMBER)
