"""Named readings: the totals by the same rule, from the claims of some voices alone."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from azawad_conflict.counting.counted import between_sides, core_killed, described_claims, is_marked, killed_in_fights
from azawad_conflict.counting.ranges import incident_ranges
from azawad_conflict.counting.terms import RANGE, SERIES, SIDES
from azawad_conflict.counting.totals import total

COLUMN_OF = {"mnla": "mnla_voices", "islamist": "islamist_voices"}  # who may speak of a side's dead
PUBLISHED, NO_ENEMY = "all", "no_enemy"  # the readings that a finding compares


def claims_of(
    reading: Any, claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """The casualty claims that a reading lets enter: a row of readings (a Series or a named tuple).

    Claims on a side's people enter by that side's voices, claims on everybody else by the voices of
    either side.
    """
    described = described_claims(claims, events, actors, sources)  # a row per claim, in their order
    return claims[_heard(reading, described)]


def counted(
    readings: pd.DataFrame, claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> Iterator[tuple[Any, pd.DataFrame, pd.DataFrame]]:
    """Yield each reading in order: its row, the claims on killed in core fights that enter, and the rows of core_killed on which they give a number.

    Where all claims that are heard are discounted, the incident has none.
    """
    # A range is of one incident and outcome: the claims on others change none of these.
    fights = events.loc[between_sides(events), "event_id"]
    claims = claims[claims["outcome"].eq("killed") & claims["event_id"].isin(fights)]
    described = described_claims(claims, events, actors, sources)
    for reading in readings.sort_values("number").itertuples():
        kept = claims[_heard(reading, described)]
        core = core_killed(incident_ranges(kept, events, actors, sources))
        yield reading, kept, core[core["reported"]]


def _heard(reading: Any, described: pd.DataFrame) -> np.ndarray:
    """True for each described claim that a reading lets enter."""
    either = {voice for column in COLUMN_OF.values() for voice in getattr(reading, column)}
    heard = described["voice"].isin(either)
    for side, column in COLUMN_OF.items():
        heard = heard.mask(described["side"].eq(side), described["voice"].isin(getattr(reading, column)))
    return heard.to_numpy(bool)


def reported(
    readings: pd.DataFrame, claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """One row per reading and side: people reported killed in fights between both sides.

    Returns columns reading_id, number, name, meaning, side, series, low, best, high, at_least,
    incidents, reported (False where no claim has a number: nothing was said, which is not a zero).
    The first reading gives the published totals. Unit: people. Rule: methods.md, "Named readings".
    """
    rows = []
    for reading, _, core in counted(readings, claims, events, actors, sources):
        for side in SIDES:
            found = total(core, side=side)
            told = {name: getattr(reading, name) for name in ("reading_id", "number", "name", "meaning")}
            rows.append(
                told
                | {"side": side, "series": SERIES.written(side)}
                | {name: found[name] for name in (*RANGE, "at_least", "incidents", "reported")}
            )
    return pd.DataFrame(rows)


def entering(claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The claims that can enter the totals of the killed: rows of `claims` marked as counted, on fights between both sides."""
    described = described_claims(claims, events, actors, sources)
    killed = killed_in_fights(described[is_marked(described)])
    return claims[claims["claim_id"].isin(killed["claim_id"])]


def left_out(
    column: str, claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """One row per side and value of a column of the claims whose absence moves a total.

    The column is origin, claimant or source_id.

    All claims with that value are taken out and the total is counted again.
    Returns columns what (the value), side, series, low_change, best_change, high_change (the total
    without it, less the published one), low, best, high (without it). Values that move nothing have
    no row. Unit: people. Rule: methods.md, "Evidence left out".
    """
    counting = entering(claims, events, actors, sources)
    published = _by_incident(counting, events, actors, sources)
    # Only the incidents on which a value speaks can move; each value has a copy of them, and all
    # copies are counted at once.
    worlds = []
    for number, (_, ids) in enumerate(counting.groupby(column)["event_id"]):
        touched = counting[counting["event_id"].isin(ids)]
        value = counting.loc[ids.index[0], column]
        kept = touched[touched[column] != value]
        worlds.append((number, value, set(ids), kept))
    copies = pd.concat([kept.assign(event_id=f"{number}:" + kept["event_id"]) for number, _, _, kept in worlds])
    copied = events[events["event_id"].isin(counting["event_id"])]
    copied = pd.concat([copied.assign(event_id=f"{number}:" + copied["event_id"]) for number, *_ in worlds])
    after = _by_incident(copies, copied, actors, sources)
    after = after.assign(world=[int(event_id.partition(":")[0]) for event_id in after["event_id"]])
    totals = published.groupby("side")[RANGE].sum()
    rows = []
    for number, value, touched_ids, _ in worlds:
        before = published[published["event_id"].isin(touched_ids)].groupby("side")[RANGE].sum()
        now = after[after["world"] == number].groupby("side")[RANGE].sum()
        for side in SIDES:
            change = now.reindex([side], fill_value=0).loc[side] - before.reindex([side], fill_value=0).loc[side]
            if change.any():
                without = totals.loc[side] + change
                rows.append(
                    {"what": value, "side": side, "series": SERIES.written(side)}
                    | {f"{end}_change": int(change[end]) for end in RANGE}
                    | {end: int(without[end]) for end in RANGE}
                )
    columns = ["what", "side", "series", *(f"{end}_change" for end in RANGE), *RANGE]
    moved = pd.DataFrame(rows, columns=columns)
    return (
        moved.assign(size=moved["best_change"].abs())
        .sort_values(["size", "what", "side"], ascending=[False, True, True], ignore_index=True)
        .drop(columns="size")
    )


def _by_incident(claims, events, actors, sources):
    return core_killed(incident_ranges(claims, events, actors, sources))[["event_id", "side", *RANGE]].fillna(0)
