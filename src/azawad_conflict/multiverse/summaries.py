"""Summaries over all combinations: the published total's place, and the effect of each choice."""

from typing import Any

import numpy as np
import pandas as pd

from azawad_conflict.multiverse.compute import incident_arrays
from azawad_conflict.multiverse.switches import AXIS, NAMED, SHAPE, SWITCHES, TARGETS, address_of


def named(combined: pd.DataFrame) -> pd.DataFrame:
    """One row per combination of NAMED.

    Returns columns words, source_id, choices (option by switch if it differs from the published
    rule), address (the digits by which the page of the own rule names it) and the total of each
    target. Unit: people.
    """
    rows = []
    for combination in NAMED:
        address = address_of(combination)
        totals = {target: int(_array(combined, target)[tuple(map(int, address))]) for target in TARGETS}
        rows.append(combination._asdict() | {"address": address} | totals)
    return pd.DataFrame(rows)


def numbered(combined: pd.DataFrame) -> pd.DataFrame:
    """The combinations with their choices as one word, for a smaller file.

    The word has a digit per switch in the order of SWITCHES; 0 is the published rule.

    The word is the address by which the page of the own rule names a combination.
    """
    digits = [combined[switch.name].cat.codes.astype(str) for switch in SWITCHES]
    return pd.DataFrame(
        {"rule": digits[0].str.cat(pd.concat(digits[1:], axis=1))} | {target: combined[target] for target in TARGETS}
    )


def incident_spans(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame, phases: pd.DataFrame
) -> pd.DataFrame:
    """One row per incident and target with a number in some combination.

    Returns columns event_id, target, least and most (over the combinations that have a number for
    it), published (its number in the default combination, missing where that leaves it out), always
    (no combination leaves it out), fixed (always, and with one number). Unit: people.
    """
    rows = []
    for (event_id, target), array in incident_arrays(claims, events, actors, sources, phases).items():
        if np.isnan(array).all():
            continue
        default, always = array[(0,) * array.ndim], not np.isnan(array).any()
        least, most = int(np.nanmin(array)), int(np.nanmax(array))
        rows.append(
            {
                "event_id": event_id,
                "target": target,
                "least": least,
                "most": most,
                "published": pd.NA if np.isnan(default) else int(default),
                "always": always,
                "fixed": always and least == most,
            }
        )
    spans = pd.DataFrame(rows, columns=["event_id", "target", "least", "most", "published", "always", "fixed"])
    dated = events.set_index("event_id")[["name", "date"]]
    return (
        spans.join(dated, on="event_id")
        .astype({"published": "Int64"})
        .sort_values(["date", "event_id", "target"], ignore_index=True)
    )


def distribution(combined: pd.DataFrame) -> pd.DataFrame:
    """One row per target and total: how many combinations give it, in order of total.

    combined : combinations.
    Returns columns target, total (people) and combinations (a count; for each target they add up to
    all).
    """
    counts = {target: combined[target].value_counts().sort_index() for target in TARGETS}
    return pd.concat(
        [
            pd.DataFrame({"target": target, "total": found.index, "combinations": found.to_numpy()})
            for target, found in counts.items()
        ],
        ignore_index=True,
    )


def spread(combined: pd.DataFrame) -> pd.DataFrame:
    """One row per target: where the published total lies among all combinations.

    combined : combinations.
    Returns columns target, low, published, high (the published range: the same rule with the lowest
    and the highest number), least, tenth, median, ninetieth, most (people), rank (the combinations
    below the published one, plus one), percentile (per cent of combinations below it, those that
    tie with it half), same (per cent that tie with it).
    """
    rows = []
    for target in TARGETS:
        values = combined[target].to_numpy()
        default, low, high = (
            int(total) for total in np.moveaxis(_array(combined, target), AXIS["number"], -1).reshape(-1, 3)[0]
        )
        below, same = (values < default).sum(), (values == default).sum()
        tenth, median, ninetieth = np.percentile(values, [10, 50, 90])
        rows.append(
            {
                "target": target,
                "low": low,
                "published": default,
                "high": high,
                "least": int(values.min()),
                "tenth": tenth,
                "median": median,
                "ninetieth": ninetieth,
                "most": int(values.max()),
                "rank": int(below) + 1,
                "percentile": 100 * (below + same / 2) / len(values),
                "same": 100 * same / len(values),
            }
        )
    return pd.DataFrame(rows)


def place_of(combined: pd.DataFrame, target: str) -> dict[str, Any]:
    """The row of `spread` for one target, as a dict."""
    return next(row for row in spread(combined).to_dict("records") if row["target"] == target)


def influence(combined: pd.DataFrame) -> pd.DataFrame:
    """One row per switch, option and target: what the choice does to the total.

    combined : combinations.
    Returns columns switch, option, target, is_default, alone (the total when nothing else differs
    from the published rule), change (alone less published), median, tenth, ninetieth (over all
    combinations with the option; people) and eta_squared (share of the variance over all
    combinations that the switch by itself explains, from 0 to 1, the same for its options; what the
    switches leave of 1 is their interplay).
    """
    rows = []
    for target in TARGETS:
        totals = _array(combined, target)
        default, variance = totals.flat[0], totals.var()
        for axis, switch in enumerate(SWITCHES):
            by_option = np.moveaxis(totals, axis, 0).reshape(len(switch.options), -1)
            eta = by_option.mean(axis=1).var() / variance if variance else 0.0
            for option, values in zip(switch.options, by_option, strict=True):
                tenth, median, ninetieth = np.percentile(values, [10, 50, 90])
                rows.append(
                    {
                        "switch": switch.name,
                        "option": option,
                        "target": target,
                        "is_default": option == switch.default,
                        "alone": int(values[0]),
                        "change": int(values[0] - default),
                        "median": median,
                        "tenth": tenth,
                        "ninetieth": ninetieth,
                        "eta_squared": float(eta),
                    }
                )
    return pd.DataFrame(rows)


def idle(combined: pd.DataFrame) -> list[str]:
    """Names of the switches that change no total in any combination."""
    totals = [_array(combined, target) for target in TARGETS]
    return [
        switch.name
        for axis, switch in enumerate(SWITCHES)
        if not any(np.ptp(array, axis=axis).any() for array in totals)
    ]


def _array(combined, target):
    """A target's totals, with an axis per switch; the first cell is the published total."""
    return combined[target].to_numpy().reshape(SHAPE)


def option_shares(combined: pd.DataFrame, target: str, bins: int) -> pd.DataFrame:
    """One row per switch, option and bin of the sorted totals: the share that takes the option.

    combined : combinations. The bins cut the combinations, sorted by total, into parts of equal
    size; combinations with one total are spread evenly over its places.
    Returns columns switch, option, is_default, bin, total (people, in the middle of the bin), share
    (from 0 to 1).
    """
    totals = combined[target].to_numpy()
    order = np.argsort(totals, kind="stable")
    middle = np.percentile(totals, 100 * (np.arange(bins) + 0.5) / bins)
    _, group, sizes = np.unique(totals[order], return_inverse=True, return_counts=True)
    edges = np.linspace(0, len(totals), bins + 1)
    ends = np.cumsum(sizes)
    rows = []
    for switch in SWITCHES:
        codes = combined[switch.name].cat.codes.to_numpy()[order]
        for position, option in enumerate(switch.options):
            taken = np.cumsum(np.bincount(group, codes == position, len(sizes)))
            share = np.diff(np.interp(edges, [0, *ends], [0, *taken])) / np.diff(edges)
            names = {"switch": switch.name, "option": option, "is_default": option == switch.default}
            rows.append(pd.DataFrame(names | {"bin": np.arange(1, bins + 1), "total": middle, "share": share}))
    return pd.concat(rows, ignore_index=True)
