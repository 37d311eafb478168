"""The multiverse against a slow second computation, and one switch at a time by hand."""

import random
from collections import defaultdict

import numpy as np
import pandas as pd
import pytest

from azawad_conflict import casualties, multiverse
from azawad_conflict.counting.counted import counts, deciding_claims, described_claims, is_marked
from azawad_conflict.counting.terms import KEYS
from azawad_conflict.edtf_dates import bounds
from azawad_conflict.phases import core_span

DEFAULTS = {switch.name: switch.default for switch in multiverse.SWITCHES}
COLUMN = {"best": "best", "lowest": "low", "highest": "high"}
SAMPLE = 40  # combinations recomputed the slow way, beside every single flip


def recount(tables, chosen):
    """Target to the total of one combination, by way of edited tables and casualties.incident_ranges."""
    claims, events, actors, sources, phases = tables
    claims = claims[claims["outcome"].eq("killed") & claims["counted"].ne("no")]
    claims = _on_the_fight(claims, events) if chosen["several_days"] == "contained" else claims[is_marked(claims)]
    qualifier = claims["qualifier"].fillna("")
    side, kind = (claims["victim"].map(actors.set_index("actor_id")[column]) for column in ("side", "kind"))
    carrier = claims["source_id"].map(sources.set_index("source_id")["kind"])
    own_voice = claims["claimant_role"].eq("encyclopaedia")
    relayed = ~own_voice & carrier.isin(["encyclopaedia", "blog"])
    dropped = (
        (chosen["volunteers"] == "apart") & side.eq("mnla") & kind.eq("self_defence")
        | (chosen["bombers"] == "out") & qualifier.str.contains("suicide bomber")
        | (chosen["vague"] == "out") & qualifier.str.contains("dozen")
        | (chosen["own_voice"] == "never") & own_voice
        | (chosen["relayed"] == "never") & relayed
        | (chosen["whose"] == "out")
        & side.isin(casualties.SIDES)
        & claims["event_id"].isin(events.loc[events["victims_disputed"] == "yes", "event_id"])
        & ~qualifier.str.contains("suicide bomber")
    )
    equal = (chosen["own_voice"] == "equal") & own_voice | (chosen["relayed"] == "equal") & relayed
    low = claims["low"].mask(
        (chosen["vague"] == "low") & qualifier.str.contains("dozen") & claims["high"].isna(), multiverse.DOZENS_LOW
    )
    claims = claims.assign(low=low, source_id=claims["source_id"].mask(equal, claims["source_id"] + "_equal"))[~dropped]
    sources = pd.concat([sources, sources.assign(source_id=sources["source_id"] + "_equal", kind="report")])
    scope = events["scope"].mask((chosen["disputed"] == "in") & events["scope"].eq("disputed"), "core")
    scope = scope.mask((chosen["captive"] == "out") & events["kind"].eq("killing"), "context")
    last_day = core_span(phases)[1]
    late = pd.Series(
        [pd.notna(date) and pd.Timestamp(bounds(date)[0]) > last_day for date in events["date"]], index=events.index
    )
    events = events.assign(scope=scope.mask((chosen["end"] == "article") & late, "context"))
    claims = claims[claims["claim_id"].isin(_deciding(claims, events, actors, sources, chosen))]
    ranges = casualties.incident_ranges(claims, events, actors, sources)
    core, column = casualties.core_killed(ranges), COLUMN[chosen["number"]]
    totals = {target: core.loc[core["side"] == target, column].sum() for target in casualties.SIDES}
    return totals | {"everyone": _everyone(ranges, core[core["reported"]], column, chosen["together"])}


def _on_the_fight(claims, events):
    """The claims that count, and those on a period of days in which one fight alone lies, moved to it."""
    fights = {
        event.event_id: bounds(event.date)
        for event in events[
            events["scope"].eq("core") & events["violence_type"].eq("non_state") & events["kind"].ne("period")
        ].itertuples()
        if not pd.isna(event.date)
    }
    moved = {}
    for period in events[events["kind"] == "period"].itertuples():
        first, last = bounds(period.date)
        within = [event for event, (start, end) in fights.items() if first <= start and end <= last]
        if len(within) == 1:
            moved[period.event_id] = within[0]
    of_period = claims["event_id"].isin(moved) & claims["counted"].eq("period")
    claims = claims.assign(event_id=claims["event_id"].mask(of_period, claims["event_id"].map(moved)))
    return claims.assign(counted=claims["counted"].mask(of_period, "yes"))[of_period | is_marked(claims)]


def _deciding(claims, events, actors, sources, chosen):
    """Ids of the claims that decide, cell by cell."""
    kept = []
    described = described_claims(claims, events, actors, sources)
    deciding = deciding_claims(described[counts(described)])
    cells = defaultdict(list)
    for row in deciding.itertuples():
        cells[tuple(getattr(row, key) for key in KEYS)].append(row)
    role = {"own": "own_losses", "enemy": "enemy_losses"}.get(chosen["decides"])
    for cell in cells.values():
        if chosen["earlier"] == "latest":
            cell = [row for row in cell if not any(_follows(later, row) for later in cell)]
        first = [row for row in cell if row.claimant_role == role]
        kept += [row.claim_id for row in first or cell]
    return kept


def _follows(later, row):
    """True where `later` is a later publication of the claimant of `row`, for certain."""
    if pd.isna(later.published) or pd.isna(row.published):
        return False
    same = (later.origin, later.claimant_role) == (row.origin, row.claimant_role)
    return same and bounds(later.published)[0] > bounds(row.published)[1]


def _everyone(ranges, core, column, together):
    everyone = casualties.everyone_killed(ranges)
    if everyone.empty:
        return 0
    numbers = everyone.set_index("event_id")[column].copy()
    if together == "sum":
        both = core.groupby("event_id").filter(lambda incident: incident["side"].nunique() == 2)
        sums = both.groupby("event_id")["lowest" if column == "low" else column].sum()
        numbers[sums.index] = sums
    return numbers.sum()


def flips():
    """The published rule, every single change of it, and a sample of the rest."""
    others = [(switch.name, option) for switch in multiverse.SWITCHES for option in list(switch.options)[1:]]
    alone = [DEFAULTS, *(DEFAULTS | {name: option} for name, option in others)]
    chance = random.Random(2012)
    return alone + [
        {switch.name: chance.choice(list(switch.options)) for switch in multiverse.SWITCHES} for _ in range(SAMPLE)
    ]


def test_combinations_agree_with_the_published_rule_on_edited_tables(tables, combined):
    index = combined.set_index([switch.name for switch in multiverse.SWITCHES])[list(multiverse.TARGETS)]
    for chosen in flips():
        assert index.loc[tuple(chosen.values())].to_dict() == recount(tables, chosen), chosen


ACTORS = pd.DataFrame(
    {
        "actor_id": ["mnla", "volunteers", "islamists", "other", "unseparated"],
        "kind": ["armed_movement", "self_defence", "armed_movement", "armed_movement", "unseparated"],
        "side": ["mnla", "mnla", "islamist", "other", "unseparated"],
        "parent_id": [pd.NA] * 5,
    }
)
SOURCES = pd.DataFrame(
    {
        "source_id": ["early", "late", "undated", "blog", "page"],
        "kind": ["news", "news", "news", "blog", "encyclopaedia"],
        "published": ["2012-06-28", "2012-07-01", pd.NA, "2012-07-01", pd.NA],
    }
)
EVENTS = pd.DataFrame(
    {
        "event_id": ["fight", "captive", "unclear", "late", "whose"],
        "date": ["2012-06-27", "2014-01", "2013-02-23", "2014-04-29", "2012-06-13"],
        "kind": ["battle", "killing", "battle", "battle", "battle"],
        "scope": ["core", "core", "disputed", "core", "core"],
        "violence_type": ["non_state"] * 5,
        "victims_disputed": ["no", "no", "no", "no", "yes"],
    }
)
PHASES = pd.DataFrame({"phase_id": ["all"], "scope": ["core"], "first_day": ["2012-04-06"], "last_day": ["2014-02-09"]})


def claim(low, best, high, role="press", victim="mnla", event="fight", source="early", origin="A", qualifier=pd.NA):
    return dict(
        event_id=event,
        victim=victim,
        outcome="killed",
        low=low,
        best=best,
        high=high,
        claimant_role=role,
        origin=origin,
        source_id=source,
        counted="yes",
        qualifier=qualifier,
    )


def arrays_of(claims, events=EVENTS):
    frame = pd.DataFrame(claims).assign(claim_id=[f"claim_{number:03}" for number in range(len(claims))])
    frame = frame.astype(dict.fromkeys(casualties.RANGE, "Int64")).astype({"qualifier": "string"})
    return multiverse.incident_arrays(frame, events, ACTORS, SOURCES, PHASES)


def total(claims, target="mnla", **chosen):
    arrays = multiverse.totals_of(arrays_of(claims))
    chosen = DEFAULTS | chosen
    return int(arrays[target][tuple(list(switch.options).index(chosen[switch.name]) for switch in multiverse.SWITCHES)])


RIVALS = [claim(4, 4, 4, "own_losses"), claim(40, 40, 40, "enemy_losses"), claim(5, 5, 9, "medical")]
DOZENS = [claim(24, pd.NA, pd.NA, qualifier="dozens")]
PAGE = [claim(7, 7, 7, "press"), claim(12, 12, 12, "encyclopaedia", source="page")]
RELAYED = [claim(7, 7, 7, "press"), claim(2, 2, 2, "own_losses", source="page")]
SERIES = [claim(20, 20, 20, "medical", source="early"), claim(30, 30, 30, "medical", source="late")]
SIDES = [claim(4, 4, 4), claim(3, 3, 3, victim="islamists"), claim(20, 20, 20, victim="unseparated")]


@pytest.mark.parametrize("claims", [[], RIVALS, DOZENS, PAGE, RELAYED, SERIES, SIDES])
def test_incidents_counted_together_have_the_numbers_of_each_alone(claims):
    events = pd.concat([EVENTS, EVENTS[EVENTS["event_id"] == "fight"].assign(event_id="again")])
    again = [told | {"event_id": "again"} | {end: 3 * told[end] for end in casualties.RANGE} for told in claims]
    others = [claim(8, 8, 8, event="captive")]
    together = arrays_of([*claims, *others, *again], events)
    alone = arrays_of([*claims, *others], events) | arrays_of([*again, *others], events)
    assert together.keys() == alone.keys()
    for key, array in together.items():
        np.testing.assert_array_equal(array, alone[key])


@pytest.mark.parametrize(
    ("claims", "chosen", "published", "otherwise"),
    [
        ([claim(1, 1, 1), claim(7, 7, 7, victim="volunteers")], {"volunteers": "apart"}, 8, 1),
        (RIVALS, {"decides": "own"}, 5, 4),
        (RIVALS, {"decides": "enemy"}, 5, 40),
        (RIVALS, {"number": "lowest"}, 5, 4),
        (RIVALS, {"number": "highest"}, 5, 40),
        (RIVALS, {"decides": "own", "number": "highest"}, 5, 4),
        (DOZENS, {"vague": "low"}, 24, multiverse.DOZENS_LOW),
        (DOZENS, {"vague": "out"}, 24, 0),
        (PAGE, {"own_voice": "equal", "number": "highest"}, 7, 12),
        (PAGE[1:], {"own_voice": "never"}, 12, 0),
        (RELAYED, {"relayed": "equal"}, 7, 2),
        (RELAYED[1:], {"relayed": "never"}, 2, 0),
        ([claim(7, 7, 7, source="blog")], {"relayed": "never"}, 7, 0),
        (SERIES, {"earlier": "latest", "number": "lowest"}, 30, 30),
        (SERIES, {"number": "lowest"}, 30, 20),
        (
            [SERIES[0], claim(30, 30, 30, "medical", source="undated")],
            {"earlier": "latest", "number": "lowest"},
            20,
            20,
        ),
        ([claim(4, 4, 4, event="late")], {"end": "article"}, 4, 0),
        ([claim(4, 4, 4, event="unclear")], {"disputed": "in"}, 0, 4),
        ([claim(4, 4, 4, event="whose")], {"whose": "out"}, 4, 0),
        ([claim(4, 4, 4, event="whose")], {"number": "lowest"}, 4, 0),
        ([claim(4, 4, 4, event="whose")], {"number": "highest"}, 4, 4),
        ([claim(1, 1, 1, event="captive")], {"captive": "out"}, 1, 0),
    ],
)
def test_one_choice_at_a_time(claims, chosen, published, otherwise):
    assert (total(claims), total(claims, **chosen)) == (published, otherwise)


def test_suicide_bombers_are_left_out_of_their_side():
    claims = [claim(2, 2, 2, victim="islamists", qualifier="suicide bombers")]
    assert (total(claims, "islamist"), total(claims, "islamist", bombers="out")) == (2, 0)


def test_everyone_is_the_number_of_all_or_the_sum_of_the_sides():
    assert (total(SIDES, "everyone"), total(SIDES, "everyone", together="sum")) == (20, 7)
    assert (total(SIDES, "everyone", number="lowest"), total(SIDES, "everyone", number="highest")) == (7, 20)
    assert total(SIDES[1:], "everyone", together="sum") == 20, "one side alone is no sum of both"
