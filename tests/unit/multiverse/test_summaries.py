"""Where the published totals lie in the multiverse, and what each choice does to it."""

import numpy as np
import pandas as pd
import pytest

from azawad_conflict import casualties, multiverse
from azawad_conflict.multiverse.switches import DOZENS_LOW

DEFAULTS = {switch.name: switch.default for switch in multiverse.SWITCHES}


def published(incidents):
    """One row per target: low, best and high of the published totals."""
    core = casualties.core_killed(incidents)
    sides = [core.loc[core["side"] == side, casualties.RANGE].sum() for side in casualties.SIDES]
    rows = [*sides, casualties.everyone_killed(incidents)[casualties.RANGE].sum()]
    return pd.DataFrame(rows, index=pd.Index(multiverse.TARGETS, name="target")).astype(int).reset_index()


# -- the published totals ---------------------------------------------------------------------------------------------


def test_every_combination_once_and_one_is_the_published_rule(combined):
    names = [switch.name for switch in multiverse.SWITCHES]
    assert len(combined) == np.prod([len(switch.options) for switch in multiverse.SWITCHES])
    assert not combined.duplicated(names).any()
    assert combined.loc[combined["is_default"], names].to_dict("records") == [DEFAULTS]


def test_the_published_rule_gives_the_published_totals(combined, incidents):
    default = combined[combined["is_default"]].iloc[0]
    for row in published(incidents).itertuples():
        assert default[row.target] == row.best


def test_the_published_range_is_the_rule_with_the_lowest_and_the_highest_number(combined, incidents):
    totals = published(incidents).rename(columns={"best": "published"})
    columns = ["target", "low", "published", "high"]
    pd.testing.assert_frame_equal(multiverse.spread(combined)[columns], totals[columns])


def test_the_totals_of_the_book_lie_inside_their_multiverse(combined, incidents):
    core = casualties.core_killed(incidents)
    totals = {side: casualties.total(core, side=side) for side in casualties.SIDES}
    totals["everyone"] = casualties.everyone_killed(incidents)[casualties.RANGE].sum()
    both = combined.assign(both=combined["mnla"] + combined["islamist"])
    for target, total in [*totals.items(), ("both", casualties.total(core))]:
        for column in casualties.RANGE:
            assert both[target].min() <= total[column] <= both[target].max(), (target, column)


def test_every_incident_lies_inside_its_multiverse(tables, incidents):
    spans = multiverse.incident_spans(*tables).set_index(["event_id", "target"])
    core = casualties.core_killed(incidents)
    by_side = core[core["reported"]].groupby(["event_id", "side"])[casualties.RANGE].sum()
    numbers = {(event_id, side): row for (event_id, side), row in by_side.iterrows()}
    numbers |= {(row.event_id, "everyone"): row._asdict() for row in casualties.everyone_killed(incidents).itertuples()}
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


def test_the_words_of_the_low_dozen_name_its_number():
    words = next(switch.options["low"] for switch in multiverse.SWITCHES if switch.name == "vague")
    assert words == f"as {DOZENS_LOW}"
