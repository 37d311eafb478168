"""What the report computes, as tables: ranges can be made anew from the claims behind them, totals from readings."""

from azawad_conflict import casualties, questions
from azawad_conflict.counting.counted import claims_behind, described_claims
from azawad_conflict.counting.terms import RANGE, VOICES
from azawad_conflict.exchange.computed import ALL_YEARS
from azawad_conflict.tables import load

COUNTED = ("casualty_claims", "events", "actors", "sources")


def test_each_row_is_named_by_its_keys_and_each_column_has_a_meaning(package):
    for table in package.computed.values():
        assert not table.frame.duplicated(list(table.keys)).any(), table.name
        assert [column.name for column in table.columns] == list(table.frame)
        assert all(column.description for column in table.columns)


def test_the_claims_that_have_part_in_a_range_give_its_ends(package):
    ranges, claims = package.computed["incident_ranges"].frame, package.computed["range_claims"].frame
    behind = claims[claims["decides"].eq(1)].groupby(["event_id", "group", "outcome"])
    ends = behind.agg(least=("low", lambda lows: lows.fillna(0).min()), most=("high", "max"), opens=("low", "max"))
    stated = ranges[ranges["best"].notna()].set_index(["event_id", "group", "outcome"])
    assert set(ends.index) == set(stated.index)
    joined = stated.join(ends)
    assert (joined["low"].eq(joined["least"]) | joined["low"].eq(0)).all()
    assert joined["high"].ge(joined["most"].fillna(0)).all()
    assert joined["high"].eq(joined[["most", "opens"]].max(axis=1)).all()


def test_they_are_the_claims_behind_the_published_numbers(package):
    tables = [load(name) for name in COUNTED]
    published = claims_behind(casualties.core_killed(casualties.incident_ranges(*tables)), described_claims(*tables))
    claims = package.computed["range_claims"].frame
    assert set(published) <= set(claims.loc[claims["decides"].eq(1), "claim_id"])


def test_everyone_killed_is_the_published_number_and_its_voices_make_the_best(package):
    everyone = package.computed["everyone_killed"].frame
    published = casualties.everyone_killed(casualties.incident_ranges(*map(load, COUNTED)))
    assert everyone[["event_id", *RANGE]].astype(object).equals(published[["event_id", *RANGE]].astype(object))
    assert everyone[list(VOICES)].sum(axis=1).eq(everyone["best"]).all()


def test_the_totals_are_those_of_the_questions(package):
    totals = package.computed["reading_totals"].frame
    for reading in load("readings")["reading_id"]:
        of_reading = totals[totals["reading_id"].eq(reading) & totals["best"].notna()]
        for by, rows in (
            (["side"], of_reading[of_reading["year"].eq(ALL_YEARS)]),
            (["side", "year"], of_reading[of_reading["year"].ne(ALL_YEARS)]),
        ):
            wanted = questions.totals(by=by, reading=reading)
            columns = [*by, *RANGE, "incidents"]
            assert (
                rows[columns].sort_values(by).astype(str).to_numpy().tolist()
                == wanted[columns].astype(str).to_numpy().tolist()
            )
    silent = totals[totals["best"].isna()]
    assert silent["incidents"].eq(0).all() and silent[RANGE].isna().all(axis=None)
