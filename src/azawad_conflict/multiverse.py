"""The multiverse: every combination of the choices that the counting rule makes, and the totals that each one gives.

A switch is one choice; its first option is the published rule. All combinations are computed: the number of an incident
depends on few switches, so it is an array with one axis per switch, of length one where the switch changes nothing, and
the totals are sums of such arrays: sums of claims, neither minima nor estimates.
Rule: methods.md, "The multiverse".
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from azawad_conflict.counting.counted import between_sides, described_claims, has_number, ranks, whose_is_disputed
from azawad_conflict.counting.terms import BOMBER, SERIES, SIDES
from azawad_conflict.edtf_dates import day_bounds
from azawad_conflict.phases import core_span

DOZENS_LOW = 12  # as ACLED codes "dozens"; the tables code two dozen
UNSEPARATED = "unseparated"
# Sums: people killed on either side, and everyone killed in the fights between both.
TARGETS = {"mnla": SERIES["mnla"], "islamist": SERIES["islamist"], "everyone": "Everyone"}


class Switch(NamedTuple):
    """One choice: column name, name in figures, question, and its options (key: words), the published rule first."""

    name: str
    label: str
    question: str
    options: dict

    @property
    def default(self):
        """Key of the published rule."""
        return next(iter(self.options))


SWITCHES = (
    Switch(
        "volunteers",
        "Volunteers",
        "Do the volunteers who fought beside the MNLA at Ménaka count among its dead?",
        {"with_mnla": "with the MNLA", "apart": "apart"},
    ),
    Switch(
        "decides",
        "Who decides",
        "Where claims on one fight differ, whose claim decides?",
        {"roles": "order of roles", "own": "own losses first", "enemy": "enemy's claim first"},
    ),
    Switch(
        "number",
        "Which number",
        "Where the claims that decide give several numbers, which one counts?",
        {"best": "best by rule", "lowest": "the lowest", "highest": "the highest"},
    ),
    Switch(
        "together",
        "Both in one number",
        "For everyone killed: does a number decide that puts both sides together?",
        {"decides": "it decides", "sum": "sum of both sides first"},
    ),
    Switch(
        "vague",
        "“Dozens”",
        "What number stands for “dozens”?",
        {"coded": "as coded", "low": f"as {DOZENS_LOW}", "out": "left out"},
    ),
    Switch(
        "own_voice",
        "Encyclopaedias",
        "Does a number count that an encyclopaedia page gives without naming who said it?",
        {"alone": "only where alone", "equal": "as equals", "never": "never"},
    ),
    Switch(
        "relayed",
        "Relayed claims",
        "Does a claim count that is known only through an encyclopaedia or a blog?",
        {"alone": "blogs, or where alone", "equal": "as equals", "never": "never"},
    ),
    Switch(
        "earlier",
        "Earlier counts",
        "If the same claimant gave another number before, does that one still count?",
        {"kept": "kept", "latest": "only the latest"},
    ),
    Switch(
        "several_days",
        "Several days",
        "Does a number for several days count, where one fight alone lies in those days?",
        {"never": "never", "contained": "as claims on it"},
    ),
    Switch(
        "end",
        "End",
        "On which day does the count end?",
        {"window": "end of the window", "article": "end of the article"},
    ),
    Switch(
        "disputed",
        "Disputed fights",
        "Do fights count in which it is disputed whom the MNLA fought?",
        {"out": "left out", "in": "counted"},
    ),
    Switch(
        "whose",
        "Disputed dead",
        "Do dead count for a side where it is disputed whose they were?",
        {"counted": "counted", "out": "left out"},
    ),
    Switch(
        "bombers",
        "Suicide bombers",
        "Do suicide bombers count among the dead of their side?",
        {"counted": "counted", "out": "left out"},
    ),
    Switch(
        "captive",
        "Killed captive",
        "Does the killing of a captured fighter count as a death in the fighting?",
        {"counted": "counted", "out": "left out"},
    ),
)


class Combination(NamedTuple):
    """One combination with a name: its words, the source that says who counts like this (missing where nobody is known to), its choices."""

    words: str
    source_id: str | None
    choices: dict


NAMED = (
    Combination("The published rule", None, {}),
    Combination("The lowest number, “dozens” as twelve", "acled_faq", {"number": "lowest", "vague": "low"}),
    Combination("The highest number", None, {"number": "highest"}),
    Combination("Each side on its own dead first", None, {"decides": "own"}),
    Combination("The enemy's claim first", None, {"decides": "enemy"}),
    Combination("Encyclopaedias as equals", None, {"own_voice": "equal", "relayed": "equal"}),
    Combination("No encyclopaedia at all", None, {"own_voice": "never", "relayed": "never"}),
)
CELL = ["event_id", "side", "group"]  # the claims that make one number
FLAGS = (
    "dozens",
    "own_voice",
    "relayed",
    "several_days",
    "volunteers",
    "late",
    "disputed",
    "whose",
    "bombers",
    "captive",
)  # of a claim, as switches ask
SWITCH_OF = {"dozens": "vague", "late": "end"}  # the others have the name of their switch
LEFT_OUT = {  # flag: the option of a switch by which a cell with such a claim is left out
    "volunteers": ("volunteers", "apart"),
    "whose": ("whose", "out"),
    "captive": ("captive", "out"),
    "late": ("end", "article"),
    "disputed": ("disputed", "out"),
}
OPTIONS = {switch.name: list(switch.options) for switch in SWITCHES}
LATER = ("several_days",)  # choices that addresses made before edition 3.0.0 do not know; there they are as published
AXIS = {switch.name: axis for axis, switch in enumerate(SWITCHES)}
SHAPE = tuple(len(switch.options) for switch in SWITCHES)


def combinations(claims, events, actors, sources, phases):
    """One row per combination of options: the option of each switch, people killed per target, is_default.

    Columns: the names of SWITCHES (ordered categories, the published rule first), those of TARGETS (Unit: people) and
    is_default, True in one row, whose totals are the published ones.
    """
    totals = totals_of(incident_arrays(claims, events, actors, sources, phases))
    indices = np.indices(SHAPE, dtype=np.int8).reshape(len(SHAPE), -1)
    options = {
        switch.name: pd.Categorical.from_codes(index, list(switch.options), ordered=True)
        for switch, index in zip(SWITCHES, indices, strict=True)
    }
    numbers = {target: array.reshape(-1).astype(int) for target, array in totals.items()}
    return pd.DataFrame(options | numbers | {"is_default": ~indices.any(axis=0)})


def totals_of(arrays):
    """Target to the total of each combination, an array of SHAPE, from incident_arrays."""
    alike = {}  # arrays of one shape are added up before they are spread over all combinations
    for (_, target), array in arrays.items():
        alike.setdefault((target, array.shape), []).append(array)
    sums = [(target, np.nan_to_num(np.stack(several)).sum(axis=0)) for (target, _), several in alike.items()]
    return {target: sum((array for of, array in sums if of == target), np.zeros(SHAPE)) for target in TARGETS}


def address_of(combination):
    """The digits by which the page of the own rule names a combination: the place of its option for each switch."""
    return "".join(
        str(OPTIONS[switch.name].index(combination.choices.get(switch.name, switch.default))) for switch in SWITCHES
    )


def named(combined):
    """One row per combination of NAMED: words, source_id, choices (option by switch, those that differ from the published rule), address
    (the digits by which the page of the own rule names it) and the total of each target. Unit: people.
    """
    rows = []
    for combination in NAMED:
        address = address_of(combination)
        totals = {target: int(_array(combined, target)[tuple(map(int, address))]) for target in TARGETS}
        rows.append(combination._asdict() | {"address": address} | totals)
    return pd.DataFrame(rows)


def numbered(combined):
    """The combinations with their choices as one word, a digit per switch in the order of SWITCHES, 0 the published rule: a smaller file.

    The word is the address by which the page of the own rule names a combination.
    """
    digits = [combined[switch.name].cat.codes.astype(str) for switch in SWITCHES]
    return pd.DataFrame({"rule": digits[0].str.cat(digits[1:])} | {target: combined[target] for target in TARGETS})


def incident_arrays(claims, events, actors, sources, phases):
    """(event_id, target) to the number of that incident in every combination: an array that SHAPE broadcasts.

    nan where the combination has no number for it or leaves it out. Unit: people.
    """
    cells, points = _cell_points(stated_claims(claims, events, actors, sources, phases))
    rows, places = cells.groupby("event_id", sort=False).indices, cells["place"].to_numpy()
    kinds = (
        pd.Series(list(zip(cells["side"], cells["axes"], cells["whose"], strict=True)))
        .groupby(cells["event_id"], sort=False)
        .agg(tuple)
    )
    found = {}
    for event_ids in kinds.groupby(
        pd.factorize(kinds)[0], sort=False
    ).groups.values():  # incidents whose cells have the same axes
        kind, alike = kinds[event_ids[0]], np.stack([rows[event_id] for event_id in event_ids])
        numbers = {}
        for (side, axes, _), taken in zip(kind, alike.T, strict=True):
            numbers.setdefault(side, []).append(points[axes][places[taken]])
        for target, array in _arrays(numbers, whose={side for side, _, whose in kind if whose}).items():
            found |= {(event_id, target): one for event_id, one in zip(event_ids, array, strict=True)}
    return {
        (event_id, target): found[event_id, target]
        for event_id in kinds.index
        for target in TARGETS
        if (event_id, target) in found
    }


def _cell_points(stated):
    """The cells, and their numbers in every combination.

    Cells that are alike but for their figures are computed together. Returns a frame with a row per cell (event_id, side, whose,
    axes, place) and, by axes, an array with an axis of cells before those of the switches, in which the cell has its place.
    """
    number = stated.groupby(CELL, sort=False).ngroup()
    cells = stated.groupby(number)[["event_id", "side", "whose"]].agg(
        {"event_id": "first", "side": "first", "whose": "any"}
    )
    rows = stated.groupby(number).indices
    columns = {
        name: stated[name].to_numpy()
        for name in (*FLAGS, "origin", "claimant_role", "carried_by_encyclopaedia", "earliest", "latest")
    }
    columns |= {name: stated[name].to_numpy(float, na_value=np.nan) for name in ("low", "best", "high")}
    structures = pd.factorize(_asked(stated).groupby(number).agg(tuple))[0]
    found, axes, places = {}, np.empty(len(cells), dtype=object), np.empty(len(cells), dtype=int)
    for _, alike in pd.Series(structures).groupby(structures).indices.items():
        array = _points(columns, np.stack([rows[cell] for cell in alike]))
        others = found.setdefault(array.shape[1:], [])
        places[alike] = np.arange(len(alike)) + sum(map(len, others))
        axes[alike] = [array.shape[1:]] * len(alike)
        others.append(array)
    return cells.assign(axes=axes, place=places), {shape: np.concatenate(arrays) for shape, arrays in found.items()}


def _asked(stated):
    """A number for each claim, the same for two of which all that the switches ask is the same."""
    role = stated["claimant_role"].where(stated["claimant_role"].isin(["own_losses", "enemy_losses"]), "")
    told = stated[[*FLAGS, "carried_by_encyclopaedia"]].assign(
        role=role,
        later=_later_claims(stated),
        **{f"{column}_blank": stated[column].isna() for column in ("low", "best", "high")},
    )
    return told.groupby(list(told), sort=False, dropna=False).ngroup()


def _later_claims(stated):
    """For each claim the places, in its cell, of those by which the same claimant follows it; as a tuple, missing where there are none."""
    keys = [*CELL, "origin", "claimant_role"]
    claims = stated[[*keys, "earliest", "latest"]].assign(
        row=np.arange(len(stated)), place=stated.groupby(CELL).cumcount()
    )
    pairs = claims.merge(claims, on=keys, suffixes=("", "_after"))
    pairs = pairs[pairs["latest"] < pairs["earliest_after"]].sort_values(["row", "place_after"])
    return pairs.groupby("row")["place_after"].agg(tuple).reindex(claims["row"]).to_numpy()


def _arrays(numbers, whose):
    """Target to the number of each of several incidents in every combination: an array with an axis of incidents before the switches'.

    numbers : side to the arrays of its cells. whose : the sides of which it is disputed whether the dead were theirs.
    """
    sides = {side: _sum(numbers[side]) for side in SIDES if side in numbers}
    everyone = _everyone(_sum(numbers.get(UNSEPARATED, [])), list(sides.values()))
    return {side: _possibly_none(array) if side in whose else array for side, array in sides.items()} | {
        "everyone": everyone
    }


def stated_claims(claims, events, actors, sources, phases):
    """One row per claim with a number on people killed in a fight that some combination counts, with what the switches ask.

    Adds to counted.described_claims the flags dozens, own_voice, relayed, several_days, volunteers, late, disputed, whose, bombers,
    captive, and earliest, latest (days of publication). Sorted so that, of any choice of claims, the first with a best
    gives the best of the published rule.
    """
    several_days = _on_the_incident_within(claims, events)
    claims = pd.concat([claims[claims["counted"] == "yes"], several_days], ignore_index=True)
    described = described_claims(claims, events, actors, sources)
    killed = described[
        described["outcome"].eq("killed")
        & has_number(described)
        & described["kind"].ne("period")
        & described["scope"].isin(["core", "disputed"])
        & described["violence_type"].eq("non_state")
    ]
    carriers = killed["source_id"].map(sources.set_index("source_id")["kind"])
    qualifier = killed["qualifier"].fillna("")
    last_day = core_span(phases)[1]
    own_voice = killed["claimant_role"].eq("encyclopaedia")
    flagged = killed.assign(
        dozens=qualifier.str.contains("dozen"),
        own_voice=own_voice,
        relayed=carriers.isin(["encyclopaedia", "blog"]) & ~own_voice,
        several_days=killed["claim_id"].isin(several_days["claim_id"]),
        volunteers=killed["side"].eq("mnla")
        & killed["victim"].map(actors.set_index("actor_id")["kind"]).eq("self_defence"),
        late=day_bounds(killed["date"])["earliest"].gt(last_day),
        disputed=killed["scope"].eq("disputed"),
        whose=whose_is_disputed(killed) & killed["side"].isin(SIDES),
        bombers=qualifier.str.contains(BOMBER),
        captive=killed["kind"].eq("killing"),
        **day_bounds(killed["published"]),
        rank=ranks(killed),
        published=killed["published"].fillna(""),
    )
    flagged = flagged[flagged["side"].isin([*SIDES, UNSEPARATED])]
    return flagged.sort_values(
        ["rank", "published", "best", "claim_id"], ascending=[True, False, True, True], ignore_index=True
    )


def _on_the_incident_within(claims, events):
    """The claims on periods of days that hold one fight between both sides, as claims on that fight."""
    days = events.join(day_bounds(events["date"]))
    fights = days[days["kind"].ne("period") & between_sides(days)]
    only = {}
    for period in days[days["kind"].eq("period")].itertuples():
        within = fights[fights["earliest"].ge(period.earliest) & fights["latest"].le(period.latest)]
        if len(within) == 1:
            only[period.event_id] = within["event_id"].iloc[0]
    several = claims[claims["counted"].eq("period") & claims["event_id"].isin(only)]
    return several.assign(event_id=several["event_id"].map(only))


def _points(columns, rows):
    """The number of alike cells in every combination: an array with an axis of cells and one per switch.

    columns : stated claims, name to array. rows : positions of the claims of a cell, a row per cell.
    """
    cell = {name: columns[name][rows[0]] for name in (*FLAGS, "claimant_role", "carried_by_encyclopaedia")}
    cell |= {name: columns[name][rows] for name in ("low", "best", "high")}
    cell["open"], cell["committed"] = np.isnan(cell["high"][0]), ~np.isnan(cell["best"][0])
    cell["low"] = np.nan_to_num(cell["low"])  # "up to six" leaves zero open
    origin, earliest, latest = (columns[name][rows[0]] for name in ("origin", "earliest", "latest"))
    same = (origin[:, None] == origin) & (cell["claimant_role"][:, None] == cell["claimant_role"])
    cell["followed_by"] = same & (latest[:, None] < earliest)
    matters = _matters(cell)
    points = np.full(
        [len(rows), *(len(switch.options) if switch.name in matters else 1 for switch in SWITCHES)], np.nan
    )
    left_out = [(name, option) for flag, (name, option) in LEFT_OUT.items() if cell[flag].any()]
    along = np.moveaxis(points, AXIS["number"] + 1, -1)
    others = {name: options for name, options in OPTIONS.items() if name != "number"}
    for index in np.ndindex(along.shape[1:-1]):
        chosen = {name: options[position] for (name, options), position in zip(others.items(), index, strict=True)}
        if not any(chosen[name] == option for name, option in left_out):
            along[:, *index] = _numbers(cell, chosen)
    return points


def _matters(cell):
    """Names of the switches that can change the number of a cell."""
    found = {SWITCH_OF.get(flag, flag) for flag in FLAGS if cell[flag].any()} | {"number"}
    if len(cell["open"]) > 1:
        found.add("decides")
    if cell["followed_by"].any():
        found.add("earlier")
    return found


def _numbers(cell, chosen):
    """The number of each of alike cells by each option of the switch "number", in one combination of the others; nan where no claim decides."""
    kept = _deciding(cell, chosen)
    if not kept.any():
        return np.nan
    low = np.where(cell["dozens"] & cell["open"], DOZENS_LOW, cell["low"]) if chosen["vague"] == "low" else cell["low"]
    lowest, highest = low[:, kept].min(axis=1), np.where(cell["open"], low, cell["high"])[:, kept].max(axis=1)
    committed = kept & cell["committed"]
    numbers = {
        "best": cell["best"][:, committed][:, 0] if committed.any() else lowest,
        "lowest": lowest,
        "highest": highest,
    }
    return np.stack([numbers[option] for option in OPTIONS["number"]], axis=-1)


def _deciding(cell, chosen):
    """True for each claim of a cell that decides in one combination."""
    kept = ~(cell["dozens"] & (chosen["vague"] == "out")) & ~(cell["bombers"] & (chosen["bombers"] == "out"))
    kept &= ~(cell["several_days"] & (chosen["several_days"] == "never"))
    reserve = cell["carried_by_encyclopaedia"].astype(bool)
    for name in ("own_voice", "relayed"):
        kept &= ~(cell[name] & (chosen[name] == "never"))
        reserve &= ~(cell[name] & (chosen[name] == "equal"))
    if (kept & ~reserve).any():
        kept &= ~reserve
    if chosen["earlier"] == "latest":
        kept &= ~(cell["followed_by"] & kept).any(axis=1)
    first = kept & (cell["claimant_role"] == {"own": "own_losses", "enemy": "enemy_losses"}.get(chosen["decides"]))
    return first if first.any() else kept


def _possibly_none(array):
    """The numbers of a side whose dead may all have been of the other one: the lowest is 0."""
    return np.where((_one("number") == 1) & ~np.isnan(array), 0, array)


def _sum(points):
    """Sum of arrays of numbers, nan where none has one; nan for no arrays."""
    total = np.full([1] * len(SHAPE), np.nan)
    for array in points:
        total = np.where(np.isnan(total), array, total + np.nan_to_num(array))
    return total


def _everyone(whole, sides):
    """The number for everyone killed in an incident, as casualties.everyone_killed gives it, in every combination."""
    both = len(sides) == len(SIDES)
    parts = _sum(sides)
    separated = ~np.isnan(sides[0]) & ~np.isnan(sides[1]) if both else np.zeros([1] * len(SHAPE), dtype=bool)
    shape = np.broadcast_shapes(whole.shape, parts.shape, _one("together").shape, _one("number").shape)
    whole, parts, separated = (np.broadcast_to(array, shape) for array in (whole, parts, separated))
    point = np.where(np.isnan(whole), parts, whole)
    point = np.where(_one("number") == 1, np.fmin(whole, parts), point)
    point = np.where(_one("number") == 2, np.fmax(whole, parts), point)
    return np.where((_one("together") == 1) & separated, parts, point)


def _one(name):
    """The positions of the options of one switch along its axis."""
    shape = [1] * len(SHAPE)
    shape[AXIS[name]] = SHAPE[AXIS[name]]
    return np.arange(SHAPE[AXIS[name]]).reshape(shape)


def incident_spans(claims, events, actors, sources, phases):
    """One row per incident and target with a number in some combination.

    Returns columns event_id, target, least and most (over the combinations that have a number for it), published (its
    number in the default combination, missing where that leaves it out), always (no combination leaves it out),
    fixed (always, and with one number). Unit: people.
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


def distribution(combined):
    """One row per target and total that occurs: how many combinations give it, counted one by one, in order of total.

    combined : combinations. Returns columns target, total (people) and combinations (a count; for each target they add up to all).
    """
    counts = {target: combined[target].value_counts().sort_index() for target in TARGETS}
    return pd.concat(
        [
            pd.DataFrame({"target": target, "total": found.index, "combinations": found.to_numpy()})
            for target, found in counts.items()
        ],
        ignore_index=True,
    )


def spread(combined):
    """One row per target: where the published total lies among all combinations.

    combined : combinations. Returns columns target, low, published, high (the published range: the same rule with the
    lowest and the highest number), least, tenth, median, ninetieth, most (people), rank (the combinations below the
    published one, plus one), percentile (per cent of combinations below it, those that tie with it half), same (per cent
    that tie with it).
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


def place_of(combined, target):
    """The row of `spread` for one target, as a dict."""
    return next(row for row in spread(combined).to_dict("records") if row["target"] == target)


def influence(combined):
    """One row per switch, option and target: what the choice does to the total.

    combined : combinations. Returns columns switch, option, target, is_default, alone (the total when nothing else
    differs from the published rule), change (alone less published), median, tenth, ninetieth (over all combinations
    with the option; people) and eta_squared (share of the variance over all combinations that the switch by itself
    explains, from 0 to 1, the same for its options; what the switches leave of 1 is their interplay).
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


def idle(combined):
    """Names of the switches that change no total in any combination."""
    totals = [_array(combined, target) for target in TARGETS]
    return [
        switch.name
        for axis, switch in enumerate(SWITCHES)
        if not any(np.ptp(array, axis=axis).any() for array in totals)
    ]


def _array(combined, target):
    """Totals of one target as an array with an axis per switch; the first cell is the published rule."""
    return combined[target].to_numpy().reshape(SHAPE)


def option_shares(combined, target, bins):
    """One row per switch, option and bin: how many of the combinations take the option along the sorted totals.

    combined : combinations. The bins cut the combinations, sorted by total, into parts of equal size; combinations with
    one total are spread evenly over its places. Returns columns switch, option, is_default, bin, total (people, in the middle of the
    bin), share (from 0 to 1).
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
