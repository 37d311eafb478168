"""The multiverse against a slow second computation, on toy claims and on the published totals."""

import random

import numpy as np
import pandas as pd
import pytest

from azawad_conflict import casualties, headline, multiverse
from azawad_conflict.counting.counted import deciding_claims, described_claims
from azawad_conflict.counting.terms import KEYS
from azawad_conflict.edtf_dates import bounds
from azawad_conflict.figures.multiverse import choice_influence, specification_curve, totals_spread
from azawad_conflict.phases import core_span
from azawad_conflict.tables import load

DEFAULTS = {switch.name: switch.default for switch in multiverse.SWITCHES}
COLUMN = {"best": "best", "lowest": "low", "highest": "high"}
SAMPLE = 40  # combinations recomputed the slow way, beside every single flip


@pytest.fixture(scope="module")
def tables():
    return [load(name) for name in ("casualty_claims", "events", "actors", "sources", "phases")]


@pytest.fixture(scope="module")
def combined(tables):
    return multiverse.combinations(*tables)


@pytest.fixture(scope="module")
def ranges(tables):
    return casualties.incident_ranges(*tables[:4])


# -- a second computation: the tables edited as a choice asks, and the published rule run on them ---------------------


def recount(tables, chosen):
    """Target to the total of one combination, by way of edited tables and casualties.incident_ranges."""
    claims, events, actors, sources, phases = tables
    claims = claims[claims["outcome"].eq("killed") & claims["counted"].ne("no")]
    claims = (
        _on_the_fight(claims, events) if chosen["several_days"] == "contained" else claims[claims["counted"] == "yes"]
    )
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
    return claims.assign(counted=claims["counted"].mask(of_period, "yes"))[of_period | claims["counted"].eq("yes")]


def _deciding(claims, events, actors, sources, chosen):
    """Ids of the claims that decide, cell by cell."""
    kept = []
    deciding = deciding_claims(described_claims(claims, events, actors, sources))
    for _, cell in deciding.groupby(KEYS):
        if chosen["earlier"] == "latest":
            cell = cell[[not any(_follows(later, row) for later in cell.itertuples()) for row in cell.itertuples()]]
        role = {"own": "own_losses", "enemy": "enemy_losses"}.get(chosen["decides"])
        first = cell[cell["claimant_role"] == role]
        kept += list((first if len(first) else cell)["claim_id"])
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


def published(ranges):
    """One row per target: low, best and high of the published totals."""
    core = casualties.core_killed(ranges)
    sides = [core.loc[core["side"] == side, casualties.RANGE].sum() for side in casualties.SIDES]
    rows = [*sides, casualties.everyone_killed(ranges)[casualties.RANGE].sum()]
    return pd.DataFrame(rows, index=pd.Index(multiverse.TARGETS, name="target")).astype(int).reset_index()


# -- the published totals ---------------------------------------------------------------------------------------------


def test_every_combination_once_and_one_is_the_published_rule(combined):
    names = [switch.name for switch in multiverse.SWITCHES]
    assert len(combined) == np.prod([len(switch.options) for switch in multiverse.SWITCHES])
    assert not combined.duplicated(names).any()
    assert combined.loc[combined["is_default"], names].to_dict("records") == [DEFAULTS]


def test_the_published_rule_gives_the_published_totals(combined, ranges):
    default = combined[combined["is_default"]].iloc[0]
    for row in published(ranges).itertuples():
        assert default[row.target] == row.best


def test_the_published_range_is_the_rule_with_the_lowest_and_the_highest_number(combined, ranges):
    totals = published(ranges).rename(columns={"best": "published"})
    columns = ["target", "low", "published", "high"]
    pd.testing.assert_frame_equal(multiverse.spread(combined)[columns], totals[columns])


def test_the_totals_of_the_book_lie_inside_their_multiverse(combined, ranges):
    core = casualties.core_killed(ranges)
    totals = {side: casualties.total(core, side=side) for side in casualties.SIDES}
    totals["everyone"] = casualties.everyone_killed(ranges)[casualties.RANGE].sum()
    both = combined.assign(both=combined["mnla"] + combined["islamist"])
    for target, total in [*totals.items(), ("both", casualties.total(core))]:
        for column in casualties.RANGE:
            assert both[target].min() <= total[column] <= both[target].max(), (target, column)


def test_every_incident_lies_inside_its_multiverse(tables, ranges):
    spans = multiverse.incident_spans(*tables).set_index(["event_id", "target"])
    core = casualties.core_killed(ranges)
    by_side = core[core["reported"]].groupby(["event_id", "side"])[casualties.RANGE].sum()
    numbers = {(event_id, side): row for (event_id, side), row in by_side.iterrows()}
    numbers |= {(row.event_id, "everyone"): row._asdict() for row in casualties.everyone_killed(ranges).itertuples()}
    assert numbers
    for key, row in numbers.items():
        assert spans.loc[key, "published"] == row["best"]
        assert spans.loc[key, "least"] <= row["low"] <= row["best"] <= row["high"] <= spans.loc[key, "most"], key
    counted = spans[spans["published"].notna()]
    assert set(counted.index) == set(numbers)


def test_no_switch_is_idle(combined):
    assert multiverse.idle(combined) == []


def test_each_switch_explains_a_share_and_together_no_more_than_all(combined):
    shares = multiverse.influence(combined).drop_duplicates(["switch", "target"])
    assert shares["eta_squared"].between(0, 1).all()
    assert shares.groupby("target")["eta_squared"].sum().le(1 + 1e-9).all()


def test_eta_squared_by_hand(combined):
    row = multiverse.influence(combined).query("switch == 'number' and target == 'everyone'").iloc[0]
    means = combined["everyone"].groupby(combined["number"], observed=True).transform("mean")
    assert row["eta_squared"] == pytest.approx(means.var() / combined["everyone"].var())


def test_shares_of_options_add_up_in_every_bin_and_over_all(combined):
    shares = multiverse.option_shares(combined, "mnla", 50)
    assert np.allclose(shares.groupby(["switch", "bin"])["share"].sum(), 1)
    sizes = {switch.name: len(switch.options) for switch in multiverse.SWITCHES}
    means = shares.groupby(["switch", "option"])["share"].mean()
    assert all(mean == pytest.approx(1 / sizes[switch]) for (switch, _), mean in means.items())


def test_the_distribution_counts_every_combination_once(combined):
    found = multiverse.distribution(combined)
    for target, rows in found.groupby("target", sort=False):
        assert (
            rows["total"].is_monotonic_increasing
            and rows["total"].is_unique
            and rows["combinations"].sum() == len(combined)
        )
        place = multiverse.place_of(combined, target)
        assert (rows["total"].iloc[0], rows["total"].iloc[-1]) == (place["least"], place["most"])
        assert rows.loc[rows["total"] < place["published"], "combinations"].sum() == place["rank"] - 1
    assert list(found["target"].unique()) == list(multiverse.TARGETS)


def test_the_data_of_all_combinations_stay_small(combined):
    """They lie in the PDF: few bytes for each of many combinations."""
    assert len(multiverse.numbered(combined).to_csv(index=False)) < 27 * len(combined)


@pytest.mark.parametrize("target", multiverse.TARGETS)
def test_figures_are_small_and_say_the_published_total(combined, target):
    drawing = specification_curve.draw(combined, target)
    assert len(drawing) < 150_000
    assert f"Published: {multiverse.place_of(combined, target)['published']:,}" in drawing


def test_the_figure_of_influence_names_every_choice(combined):
    drawing = choice_influence.draw(multiverse.influence(combined))
    assert len(drawing) < 150_000
    assert all(switch.label in drawing for switch in multiverse.SWITCHES)


def test_the_histograms_mark_every_combination_with_a_name(combined):
    named = multiverse.named(combined)
    drawing = totals_spread.draw(multiverse.distribution(combined), named, combined)
    for svg in (drawing, drawing.narrow):
        assert len(svg) < 60_000
        assert all(f">{row[side]:,}<" in svg for row in named.to_dict("records") for side in ("mnla", "islamist"))


def test_numbers_of_the_book_are_worded():
    numbers = headline.numbers("multiverse")
    assert all(key.startswith("multiverse_") and isinstance(text, str) and text for key, text in numbers.items())


# -- one switch at a time, by hand ------------------------------------------------------------------------------------

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


def arrays_of(claims):
    frame = pd.DataFrame(claims).assign(claim_id=[f"claim_{number:03}" for number in range(len(claims))])
    frame = frame.astype(dict.fromkeys(casualties.RANGE, "Int64")).astype({"qualifier": "string"})
    return multiverse.incident_arrays(frame, EVENTS, ACTORS, SOURCES, PHASES)


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
