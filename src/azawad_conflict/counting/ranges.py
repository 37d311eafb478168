"""From the claims on an incident to one range: low, best, high, whose word each is, and a grade."""

import pandas as pd

from azawad_conflict.counting.counted import counts, deciding_claims, described_claims, has_number, whose_is_disputed
from azawad_conflict.counting.terms import CONTESTED_RATIO, KEYS, RANGE, VOICES
from azawad_conflict.counting.weight import by_weight, ranks
from azawad_conflict.edtf_dates import year_of


def incident_ranges(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """One row per incident, group of victims and outcome: the range of the claims that count.

    claims : casualty_claims; those with counted "no" change no number, nor do claims on periods, nor a part beside a
    larger number.
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
    # A cell is an incident, group and outcome; to group by its number is cheaper than by three texts, time and again.
    described = described.assign(cell=described.groupby(KEYS, sort=False).ngroup(), is_counting=counts(described))
    counting = described[described["is_counting"]]
    independent = counting[~counting["carried_by_encyclopaedia"]]
    deciding = deciding_claims(counting, "cell")
    ranges = described[["cell", *KEYS]].drop_duplicates("cell").set_index("cell")
    ranges = ranges.join([_spans(deciding), _best(deciding)])
    uncommitted = ranges["best"].isna()  # where none commits to a number, the lowest stands in
    victim = _victims(described, ranges["group"])
    of_event = events.set_index("event_id")[["name", "date", "phase_id", "kind", "scope", "violence_type"]]
    of_actor = actors.set_index("actor_id")
    ranges = ranges.assign(
        victim=victim,
        best=ranges["best"].mask(uncommitted, ranges["lowest"]),
        best_voice=ranges["best_voice"].mask(uncommitted, ranges["low_voice"]),
        at_least=ranges["at_least"].fillna(False).astype(bool),
        encyclopaedia_only=ranges["encyclopaedia_only"].fillna(False).astype(bool),
        claims=counting.groupby("cell").size().reindex(ranges.index, fill_value=0),
        origins=independent.groupby("cell")["origin"].nunique().reindex(ranges.index, fill_value=0),
        grade=_grades(described, counting),
        reported=ranges["low"].notna(),
        **of_event.reindex(ranges["event_id"]).set_axis(ranges.index),
        victim_name=victim.map(of_actor["short_name"]),
        year=lambda ranges: ranges["date"].map({date: year_of(date) for date in ranges["date"].unique()}),
        side=victim.map(of_actor["side"]),
    )
    first = [*KEYS, "victim", *RANGE]
    return ranges[[*first, *ranges.columns.difference(first, sort=False)]].sort_values(
        ["date", "event_id", "victim", "outcome"], na_position="first", ignore_index=True
    )


def _victims(described, whole):
    """The victim by cell: the one that its claims (those that count, if any) name, or the whole."""
    counting = described["is_counting"]
    named = described[counting | ~counting.groupby(described["cell"]).transform("any")].groupby("cell")["victim"]
    return named.first().where(named.nunique() == 1, whole)


def _spans(deciding):
    """The ends of the range by cell, and who gives them.

    Returns columns low, high, at_least, encyclopaedia_only, lowest (the smallest number claimed),
    low_voice, high_voice.

    low is 0 where the victims are disputed between the sides: they may all have been of the other
    one.
    """
    spans = deciding[["cell", "voice", "carried_by_encyclopaedia"]].assign(
        rank=ranks(deciding),
        lowest=deciding["low"].fillna(0),  # "up to six" leaves zero open
        upper=deciding["high"].fillna(deciding["low"]),
        open_end=deciding["high"].isna(),
        disputed=whose_is_disputed(deciding) & deciding["side"].ne("unseparated"),
    )
    # Of equal numbers the first is that of the highest role.
    cells = spans.sort_values("rank", kind="stable").groupby("cell")
    lowest = cells["lowest"].min()
    return pd.DataFrame(
        {
            "low": lowest.mask(cells["disputed"].any(), 0),
            "lowest": lowest,
            "high": cells["upper"].max(),
            "at_least": cells["open_end"].any(),
            "encyclopaedia_only": cells["carried_by_encyclopaedia"].all(),
            "low_voice": spans["voice"].loc[cells["lowest"].idxmin()].set_axis(lowest.index),
            "high_voice": spans["voice"].loc[cells["upper"].idxmax()].set_axis(lowest.index),
        }
    )


def _best(deciding):
    """best and best_voice by cell, of the first claim by weight that commits to a number."""
    cells = by_weight(deciding[deciding["best"].notna()]).groupby("cell")
    return pd.DataFrame({"best": cells["best"].first(), "best_voice": cells["voice"].first()})


def _grades(described, counting):
    """The grade by cell: who gives a number, a key of GRADES.

    discounted: no claim counts. no_number: nobody states one. A voice: that one alone gives a
    number, their enemy and encyclopaedias apart where others speak. corroborated: the victims' side
    and somebody outside the fight, of another origin. contested: two origins give numbers apart by
    CONTESTED_RATIO or more. Rule: methods.md, "Grades".
    """
    stated = counting[has_number(counting)]
    own = stated[~stated["carried_by_encyclopaedia"]]
    heard = {voice: set() for voice in VOICES} | stated.groupby("voice")["cell"].agg(set).to_dict()
    outside = heard["third_party"] | heard["official"]
    grades = dict.fromkeys(described["cell"], "discounted")
    for grade, chosen in (
        ("no_number", counting["cell"]),
        *((voice, heard[voice]) for voice in ("encyclopaedia", "enemy", "official", "third_party", "own_side")),
        ("corroborated", heard["own_side"] & outside & _several_origins(own)),
        ("contested", _contested(own)),
    ):
        grades |= dict.fromkeys(chosen, grade)  # each outranks those before it
    return pd.Series(grades, dtype="str")


def _several_origins(claims):
    origins = claims[claims["voice"] != "enemy"].groupby("cell")["origin"].nunique()
    return set(origins.index[origins > 1])


def _contested(stated):
    """The cells in which numbers of two origins lie apart by CONTESTED_RATIO or more.

    "At least" has no upper end.
    """
    spans = stated.assign(low=stated["low"].fillna(0), high=stated["high"].astype("Float64").fillna(float("inf")))
    spans = spans.groupby(["cell", "origin"])
    lowest_top = spans["high"].max().groupby("cell").min()
    highest_floor = spans["low"].min().groupby("cell").max()
    apart = (highest_floor > lowest_top) & (highest_floor >= CONTESTED_RATIO * lowest_top)
    return apart.index[apart]
