"""Properties of the counting rule that hold for any claims, not only for those in the tables."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from azawad_conflict import casualties
from azawad_conflict.counting import readings
from azawad_conflict.counting.terms import ROLE_RANK
from azawad_conflict.wording import number_range

pytestmark = pytest.mark.long

ACTORS = pd.DataFrame(
    {
        "actor_id": ["mnla", "volunteers", "islamists", "mujao", "unseparated"],
        "short_name": ["MNLA", "Volunteers", "Islamists", "MUJAO", "Not separated"],
        "kind": ["armed_movement", "self_defence", "armed_movement", "armed_movement", "unseparated"],
        "side": ["mnla", "mnla", "islamist", "islamist", "unseparated"],
        "parent_id": pd.array([pd.NA, pd.NA, pd.NA, "islamists", pd.NA], dtype="string"),
    }
)
SOURCES = pd.DataFrame(
    {
        "source_id": ["early", "late", "undated", "page"],
        "kind": ["news", "news", "party", "encyclopaedia"],
        "published": pd.array(["2012-06-28", "2012-07-01", pd.NA, pd.NA], dtype="string"),
    }
)
EVENTS = pd.DataFrame(
    {
        "event_id": ["gao", "menaka", "period_2012"],
        "name": ["Gao", "Ménaka", "2012"],
        "date": ["2012-06-27", "2012-11-19", "2012"],
        "kind": ["battle", "battle", "period"],
        "phase_id": ["loss", "counter", pd.NA],
        "scope": ["core", "core", "core"],
        "violence_type": ["non_state", "non_state", pd.NA],
        "victims_disputed": ["no", "no", "no"],
    }
)
NUMBERS = ["low", "best", "high", "at_least", "reported"]
WHOLE = {"mujao": "islamists"}  # the part of a group: the group
BLANK = {"low": pd.NA, "best": pd.NA, "high": pd.NA}

counts = st.integers(0, 200)
# The shapes of a number in the tables: plain, at least, a range with or without a best, a word, an upper bound, none.
plain = counts.map(lambda n: {"low": n, "best": n, "high": n})
at_least = counts.map(lambda n: {"low": n, "best": n, "high": pd.NA})
between = st.tuples(counts, counts).map(sorted).map(lambda pair: {"low": pair[0], "best": pd.NA, "high": pair[1]})
with_best = (
    st.tuples(counts, counts, counts)
    .map(sorted)
    .map(lambda three: dict(zip(("low", "best", "high"), three, strict=True)))
)
word = counts.map(lambda n: {"low": n, "best": pd.NA, "high": pd.NA})
up_to = counts.map(lambda n: {"low": pd.NA, "best": pd.NA, "high": n})
stated = st.one_of(plain, at_least, between, with_best, word, up_to)
numbers = st.one_of(stated, st.just(BLANK))
sources = st.sampled_from(sorted(SOURCES["source_id"]))
roles = st.sampled_from(sorted(ROLE_RANK))
OUTCOMES = ("killed", "wounded", "captured")


@st.composite
def claim(
    draw,
    number=numbers,
    event=st.sampled_from(["gao", "menaka"]),
    outcome=st.sampled_from(OUTCOMES),
    source=sources,
    counted="yes",
):
    """One claim, as a row of the table of claims."""
    return draw(number) | {
        "event_id": draw(event),
        "victim": draw(st.sampled_from(["mnla", "volunteers", "islamists", "mujao", "unseparated"])),
        "outcome": draw(outcome),
        "claimant_role": draw(roles),
        "origin": draw(st.sampled_from(["A", "B", "C"])),
        "source_id": draw(source),
        "counted": counted,
        "qualifier": draw(st.sampled_from([pd.NA, "about"])),
    }


claims = st.lists(claim(), min_size=1, max_size=8)
reported_by_others = st.sampled_from(["early", "late", "undated"])
tried = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
WORLDS = 10  # are counted together, for that takes hardly longer than to count one


def ranges(rows):
    return casualties.incident_ranges(as_table(rows), EVENTS, ACTORS, SOURCES)


def ranges_of_each(worlds):
    """`ranges` of each of many lists of claims, all counted at once: each list has incidents of its own."""
    apart = [f"{number}:" for number in range(len(worlds))]
    rows = pd.concat([pd.DataFrame(rows).assign(world=world) for world, rows in zip(apart, worlds)])
    events = pd.concat([EVENTS.assign(event_id=world + EVENTS["event_id"]) for world in apart])
    table = as_table(rows.assign(event_id=rows["world"] + rows["event_id"]))
    found = casualties.incident_ranges(table, events, ACTORS, SOURCES)
    owner, found["event_id"] = found["event_id"].str.extract("(.*:)(.*)", expand=True).to_numpy().T
    return [found[owner == world].reset_index(drop=True) for world in apart]


def holds_for(*strategies):
    """A test of what holds for any claims: the function yields lists of claims, is given the ranges of each, and asserts."""

    def decorate(holds):
        def test(worlds):
            started = [holds(*world) for world in worlds]
            asked = [next(one) for one in started]
            told = iter(ranges_of_each([rows for lists in asked for rows in lists]))
            for one, lists in zip(started, asked):
                with pytest.raises(StopIteration):  # it ends, and has asserted
                    one.send([next(told) for _ in lists])

        test.__name__ = holds.__name__  # its examples are drawn by it
        return settings(tried, max_examples=5)(
            given(st.lists(st.tuples(*strategies), min_size=WORLDS, max_size=WORLDS))(test)
        )

    return decorate


def as_table(rows):
    """The rows with an id each and the types of the table of claims."""
    frame = pd.DataFrame(rows).reset_index(drop=True)
    frame = frame.assign(claim_id=[f"claim_{number}" for number in frame.index])
    return frame.astype(dict.fromkeys(casualties.RANGE, "Int64") | {"qualifier": "string"})


def keyed(table):
    """The numbers of each incident, group and outcome; a group is named by its whole, whichever part a row names."""
    return table.assign(victim=table["victim"].replace(WHOLE)).set_index(["event_id", "victim", "outcome"])


def key(row):
    """Incident, group and outcome of a claim."""
    return row["event_id"], WHOLE.get(row["victim"], row["victim"]), row["outcome"]


@settings(tried, max_examples=5)
@given(st.lists(claims, min_size=1, max_size=WORLDS))
def test_incidents_are_counted_apart(worlds):
    """What the other tests rest on: claims on other incidents, counted with them, change nothing."""
    for rows, table in zip(worlds, ranges_of_each(worlds)):
        pd.testing.assert_frame_equal(table, ranges(rows))


@holds_for(claims, st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(rows, random):
    before, after = yield rows, random.sample(rows, len(rows))
    pd.testing.assert_frame_equal(before, after)


@holds_for(claims, claim(number=stated, counted="no"))
def test_a_discounted_claim_changes_no_number(rows, discounted):
    before, after = map(keyed, (yield rows, [*rows, discounted]))
    columns = [*NUMBERS, "claims", "origins", "encyclopaedia_only", "grade", "side"]
    pd.testing.assert_frame_equal(after.loc[before.index, columns], before[columns])
    added = after.loc[after.index.difference(before.index)]
    assert not added["reported"].any() and added["grade"].eq("discounted").all()


@holds_for(claims, claim(number=stated, event=st.just("period_2012"), counted="no"))
def test_a_claim_on_a_period_changes_nothing(rows, period):
    before, after = yield rows, [*rows, period]
    pd.testing.assert_frame_equal(before, after)


@holds_for(
    st.lists(claim(source=reported_by_others), min_size=1, max_size=6), claim(number=stated, source=reported_by_others)
)
def test_one_more_claim_never_narrows_a_range(rows, more):
    before, after = map(keyed, (yield rows, [*rows, more]))
    before = before[before["reported"]]
    assert (after.loc[before.index, "low"] <= before["low"]).all()
    assert (after.loc[before.index, "high"] >= before["high"]).all()
    assert (after.loc[before.index, "at_least"] >= before["at_least"]).all()


@holds_for(
    st.lists(claim(number=stated, source=reported_by_others), min_size=1, max_size=4),
    claim(number=stated, source=st.just("page")),
)
def test_an_encyclopaedia_moves_no_number_beside_others(rows, page):
    before, after = map(keyed, (yield rows, [*rows, page]))
    pd.testing.assert_frame_equal(after.loc[before.index, NUMBERS], before[NUMBERS])


@holds_for(claims)
def test_low_best_high_are_in_order_and_stand_or_lack_together(rows):
    (table,) = yield (rows,)
    known = table[table["reported"]]
    assert (known["low"] <= known["best"]).all() and (known["best"] <= known["high"]).all()
    assert known[casualties.RANGE].notna().all(axis=None)
    silent = table[~table["reported"]]
    assert silent[casualties.RANGE].isna().all(axis=None) and not silent["at_least"].any()


@holds_for(claims)
def test_every_number_is_one_that_somebody_gave(rows):
    (table,) = yield (rows,)
    given_numbers = {row[column] for row in rows for column in casualties.RANGE if not pd.isna(row[column])} | {0}
    assert set(table[casualties.RANGE].to_numpy(object).ravel()) - {pd.NA} <= given_numbers


@holds_for(claims)
def test_totals_are_sums(rows):
    (table,) = yield (rows,)
    by_outcome = casualties.totals(table, ["outcome"]).set_index("outcome")
    for outcome, part in table.groupby("outcome"):
        assert by_outcome.loc[outcome, casualties.RANGE].tolist() == part[casualties.RANGE].sum().tolist()
        assert by_outcome.loc[outcome, "unreported"] == (~part["reported"]).sum()
    finer = casualties.totals(table, ["outcome", "side"])
    pd.testing.assert_frame_equal(
        finer.groupby("outcome", sort=False)[casualties.RANGE].sum(), by_outcome[casualties.RANGE], check_like=True
    )


@st.composite
def outcome_and_claims_on_others(draw):
    outcome = draw(st.sampled_from(OUTCOMES))
    others = st.sampled_from([other for other in OUTCOMES if other != outcome])
    return outcome, draw(st.lists(claim(number=stated, outcome=others), min_size=1, max_size=3))


@holds_for(claims, outcome_and_claims_on_others())
def test_outcomes_never_mix(rows, other):
    outcome, more = other
    before, after = (
        table[table["outcome"] == outcome].reset_index(drop=True) for table in (yield rows, [*rows, *more])
    )
    pd.testing.assert_frame_equal(before, after)


@holds_for(claims)
def test_a_claim_counts_in_one_row_only(rows):
    (table,) = yield (rows,)
    assert table["claims"].sum() == len(rows)
    assert not keyed(table).index.duplicated().any()
    assert len(table) == len({key(row) for row in rows})


@holds_for(claims, st.integers(1, 50))
def test_the_core_total_is_the_sum_of_both_sides_and_leaves_out_the_rest(rows, number):
    together = {"low": number, "best": number, "high": number, "victim": "unseparated", "outcome": "killed"}
    more = rows[0] | together | {"event_id": "gao", "source_id": "early"}
    table, with_more = map(casualties.core_killed, (yield rows, [*rows, more]))
    sides = [casualties.total(table, side=side) for side in casualties.SIDES]
    both = casualties.total(table)
    for column in casualties.RANGE:
        assert both[column] == sum(side[column] for side in sides)
    assert casualties.total(with_more)[casualties.RANGE].tolist() == both[casualties.RANGE].tolist()


@holds_for(claims)
def test_everyone_spans_the_sum_of_the_sides(rows):
    (table,) = yield (rows,)
    everyone = casualties.everyone_killed(table)
    core = casualties.core_killed(table)
    sums = core[core["reported"]].groupby("event_id")[casualties.RANGE].sum()
    assert set(sums.index) <= set(everyone["event_id"] if len(everyone) else [])
    for row in everyone.itertuples():
        assert row.low <= row.best <= row.high
        if row.event_id in sums.index:
            assert row.low <= sums.loc[row.event_id, "low"] and row.high >= sums.loc[row.event_id, "high"]


@pytest.mark.parametrize(
    ("number", "low", "best", "high", "words"),
    [
        ({"low": 12, "best": 12, "high": pd.NA}, 12, 12, 12, "at least 12"),
        ({"low": pd.NA, "best": pd.NA, "high": 6}, 0, 0, 6, "0 to 6"),
        ({"low": 24, "best": pd.NA, "high": pd.NA}, 24, 24, 24, "at least 24"),
        ({"low": 0, "best": 0, "high": 0}, 0, 0, 0, "0"),
        (BLANK, "none", "none", "none", "not stated"),
    ],
)
def test_open_ends_by_hand(number, low, best, high, words):
    facts = dict(
        event_id="gao",
        victim="mnla",
        outcome="killed",
        claimant_role="press",
        origin="A",
        source_id="early",
        counted="yes",
        qualifier=pd.NA,
    )
    row = ranges([number | facts]).loc[0]
    assert row[casualties.RANGE].fillna("none").tolist() == [low, best, high]
    assert number_range(row) == words


@holds_for(st.lists(claim(number=stated, source=reported_by_others), min_size=1, max_size=5))
def test_an_open_end_stays_open_and_the_high_is_no_lower_than_any_low(rows):
    (table,) = yield (rows,)
    for index, row in keyed(table).iterrows():
        own = [claim for claim in rows if key(claim) == index]
        assert row["at_least"] == any(pd.isna(claim["high"]) for claim in own)
        assert all(row["high"] >= claim["low"] for claim in own if not pd.isna(claim["low"]))
        assert row["low"] == min(0 if pd.isna(claim["low"]) else claim["low"] for claim in own)


READINGS = pd.DataFrame(
    {
        "reading_id": ["all", "some"],
        "number": [1, 2],
        "name": ["All", "Some"],
        "meaning": ["all", "some"],
        "mnla_voices": [tuple(casualties.VOICES), ("third_party", "own_side")],
        "islamist_voices": [tuple(casualties.VOICES), ("third_party",)],
    }
)


@holds_for(claims)
def test_parts_by_voice_add_up_to_the_totals(rows):
    """For every side, outcome and end of the range, without remainder."""
    (table,) = yield (rows,)
    table = table[table["reported"]]
    parts = casualties.by_voice(table, ["side", "outcome"])
    sums = parts.groupby(["side", "outcome"])[casualties.RANGE].sum()
    totals = casualties.totals(table, ["side", "outcome"]).set_index(["side", "outcome"])[casualties.RANGE]
    pd.testing.assert_frame_equal(sums.sort_index(), totals.sort_index(), check_dtype=False)


@holds_for(claims)
def test_the_reading_of_all_claims_is_the_published_one_and_fewer_voices_never_widen(rows):
    (table,) = yield (rows,)
    core = casualties.core_killed(table)
    found = readings.reported(READINGS, as_table(rows), EVENTS, ACTORS, SOURCES).set_index(["reading_id", "side"])
    for side in casualties.SIDES:
        whole = casualties.total(core, side=side)
        assert found.loc[("all", side), casualties.RANGE].tolist() == whole[casualties.RANGE].tolist()
        assert not found.loc[("some", side), "reported"] or whole["reported"]


@holds_for(claims)
def test_parts_by_voice_add_up_in_every_reading(rows):
    heard = [
        (reading, kept)
        for reading in READINGS.itertuples()
        if len(kept := readings.claims_of(reading, as_table(rows), EVENTS, ACTORS, SOURCES))
    ]
    for (reading, _), table in zip(heard, (yield [kept for _, kept in heard])):
        core = casualties.core_killed(table)
        parts = casualties.by_voice(core[core["reported"]], ["side"])
        assert parts[casualties.RANGE].sum().tolist() == casualties.total(core)[casualties.RANGE].tolist() or core.empty
        for side, column in readings.COLUMN_OF.items():
            voices = set(parts.loc[parts["side"] == side, "voice"])
            assert voices <= set(getattr(reading, column))


@holds_for(st.lists(claim(number=stated, outcome=st.just("killed")), min_size=2, max_size=8))
def test_leaving_out_one_origin_gives_the_totals_counted_without_it(rows):
    origins = sorted({row["origin"] for row in rows})
    without = {origin: [row for row in rows if row["origin"] != origin] for origin in origins}
    whole, *rest = map(casualties.core_killed, (yield [rows, *filter(None, without.values())]))
    counted = dict(zip([origin for origin in origins if without[origin]], rest, strict=True))
    moved = readings.left_out("origin", as_table(rows), EVENTS, ACTORS, SOURCES).set_index(["what", "side"])
    for origin in origins:
        core = counted.get(origin)
        for side in casualties.SIDES:
            after = casualties.total(core, side=side)[casualties.RANGE].tolist() if core is not None else [0, 0, 0]
            before = casualties.total(whole, side=side)[casualties.RANGE].tolist()
            if (origin, side) in moved.index:
                assert moved.loc[(origin, side), casualties.RANGE].tolist() == after
            else:
                assert after == before  # leaving out what decides nothing changes nothing
