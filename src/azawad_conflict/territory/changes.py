"""When towns changed hands, and the states of the towns at the turn of each phase."""

from typing import NamedTuple

import pandas as pd

from azawad_conflict.actors import held_for
from azawad_conflict.edtf_dates import bounds
from azawad_conflict.territory.states import compare_days, states_on

# The maps show the last day of each: the eve of a turn, and the end.
MAP_PHASES = ("alliance", "counter_offensive", "bombings", "aftermath")
NO_CHANGE = {"presence", "failed_attack", "claim", "denial", "not_held"}


def _held_for(holders, actors):
    """The sets of those for whom the holders hold."""
    whose = held_for(actors)
    return holders.map(lambda named: frozenset(whose[actor] for actor in named))


def hand_overs(spells: pd.DataFrame, control_claims: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """One row per change of holder between two spells of one place in a reading, in order of date.

    A place that is fought over, or empty, changes its holder when there is one again. A state and its army
    are one holder. Returns columns place_id, date (EDTF: the start of the later spell), from_holder, to_holder
    (tuples), gap (True where days without a holder lie between), certainty, claims (ids that both
    the later spell and its first day rest on), source_id (tuple: of the spell's claims that name who came, and tell
    of the change or of its day; where none of them names all holders, of those that do too), rival_dates (tuple of EDTF: other dates on which claims of the later
    spell have its new holders come who were not there; a battle that nobody lost is no such date). Rule:
    methods.md, "Control".
    """
    claims = control_claims.set_index("claim_id")
    # Empty days lie between two holders like days without a claim.
    named = spells[spells["holder"].map(len) > 0]
    ordered = named.assign(first=[bounds(start)[0] for start in named["start"]]).sort_values(["place_id", "first"])
    ordered = ordered.assign(
        whose=_held_for(ordered["holder"], actors), ended=ordered.groupby("place_id")["end"].shift()
    )
    ordered = ordered[ordered["state"] != "contested"]
    before = ordered.groupby("place_id")[["holder", "whose"]].shift()
    pairs = zip(ordered.to_dict("records"), before["holder"], before["whose"], strict=True)
    rows = []
    for spell, holder, whose in pairs:
        if not isinstance(holder, tuple) or whose == spell["whose"]:
            continue
        behind = claims.loc[list(spell["control_claims"])]
        moved = behind[~behind["how"].isin(NO_CHANGE)]
        arrived = set(spell["holder"]) - set(holder) or set(spell["holder"])  # of those who fought for it one is left
        come, were = (
            moved[column].map(lambda holders, arrived=arrived: not arrived.isdisjoint(holders)).astype(bool)
            for column in ("to_holder", "from_holder")
        )
        all_named = behind["to_holder"].map(set(spell["holder"]).issubset).astype(bool)
        # A battle of which nobody is said to have lost the place does not say who came on that day.
        loses = moved["from_holder"].map(len).gt(0) | moved["how"].ne("battle")
        names_new = (
            behind["to_holder"].map(lambda holders, arrived=arrived: not arrived.isdisjoint(holders)).astype(bool)
        )
        first, last = bounds(spell["start"])
        on_its_day = [earliest <= last and first <= latest for earliest, latest in map(bounds, behind["date"])]
        near = names_new & (behind.index.isin(moved.index) | on_its_day)
        told = behind[near if all_named[near].any() else near | all_named]
        told = told if len(told) else behind[names_new] if names_new.any() else behind
        rows.append(
            {
                "place_id": spell["place_id"],
                "date": spell["start"],
                "from_holder": holder,
                "to_holder": spell["holder"],
                "gap": spell["ended"] != spell["start"],
                "certainty": spell["certainty"],
                "claims": tuple(moved.index),
                "source_id": tuple(dict.fromkeys(told["source_id"])),
                "rival_dates": tuple(sorted(set(moved.loc[come & ~were & loses, "date"]) - {spell["start"]})),
            }
        )
    columns = ["place_id", "date", "from_holder", "to_holder", "gap", "certainty", "claims", "source_id", "rival_dates"]
    return pd.DataFrame(rows, columns=columns).sort_values(["date", "place_id"], ignore_index=True)


class Turn(NamedTuple):
    """A map's date: the last day of a phase, its words, and states_on it, changes marked."""

    date: pd.Timestamp
    words: str
    states: pd.DataFrame


def turns(
    spells: pd.DataFrame, control_claims: pd.DataFrame, places: pd.DataFrame, phases: pd.DataFrame, actors: pd.DataFrame
) -> list[Turn]:
    """A Turn for the last day of each phase of MAP_PHASES, in order."""
    found = []
    for phase in phases.set_index("phase_id").loc[list(MAP_PHASES)].to_dict("records"):
        states = states_on(phase["last_day"], spells, control_claims, places)
        found.append(
            Turn(
                pd.Timestamp(phase["last_day"]),
                phase["closes_with"],
                compare_days(found[-1].states, states, actors) if found else states,
            )
        )
    return found
