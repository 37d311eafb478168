"""The number of each incident, and the totals, in every combination of the choices.

The number of an incident depends on few choices, so it is an array with one axis per switch, of
length one if the switch changes nothing, and the totals are sums of such arrays: sums of claims,
neither minima nor estimates. Incidents whose claims ask for the same switches are counted together,
along an axis before those of the switches.
"""

from itertools import groupby

import numpy as np
import pandas as pd

from azawad_conflict.counting.counted import between_sides, described_claims, has_number, is_marked, whose_is_disputed
from azawad_conflict.counting.terms import BOMBER, SIDES
from azawad_conflict.counting.weight import by_weight
from azawad_conflict.edtf_dates import day_bounds
from azawad_conflict.multiverse.switches import AXIS, DOZENS_LOW, OPTIONS, SHAPE, SWITCHES, TARGETS
from azawad_conflict.phases import core_span

UNSEPARATED = "unseparated"
# The claims of a cell make one number.
CELL = ["event_id", "side", "group"]
# By event and target: an array with one axis a switch.
Arrays = dict[tuple[str, str], np.ndarray]
# What the switches ask of a claim, and the switch that asks.
SWITCH_OF = {
    "dozens": "vague",
    "own_voice": "own_voice",
    "relayed": "relayed",
    "several_days": "several_days",
    "volunteers": "volunteers",
    "late": "end",
    "disputed": "disputed",
    "whose": "whose",
    "bombers": "bombers",
    "captive": "captive",
    "rivalled": "decides",
    "followed": "earlier",
}
# Flag of a claim to the option of its switch that leaves out every cell with such a claim.
LEFT_OUT = {"volunteers": "apart", "whose": "out", "captive": "out", "late": "article", "disputed": "out"}


def combinations(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame, phases: pd.DataFrame
) -> pd.DataFrame:
    """One row per combination: the option of each switch, people killed per target, is_default.

    Columns: the names of SWITCHES (ordered categories, the published rule first), those of TARGETS
    (Unit: people) and is_default, True in one row, whose totals are the published ones.
    """
    totals = totals_of(incident_arrays(claims, events, actors, sources, phases))
    indices = np.indices(SHAPE, dtype=np.int8).reshape(len(SHAPE), -1)
    options = {
        switch.name: pd.Categorical.from_codes(index, list(switch.options), ordered=True)
        for switch, index in zip(SWITCHES, indices, strict=True)
    }
    numbers = {target: array.reshape(-1).astype(int) for target, array in totals.items()}
    return pd.DataFrame(options | numbers | {"is_default": ~indices.any(axis=0)})


def totals_of(arrays: Arrays) -> dict[str, np.ndarray]:
    """Target to the total of each combination, an array of SHAPE, from incident_arrays."""
    alike = {}  # arrays of one shape are added up before they are spread over all combinations
    for (_, target), array in arrays.items():
        alike.setdefault((target, array.shape), []).append(array)
    sums = [(target, _or_zero(np.stack(several)).sum(axis=0)) for (target, _), several in alike.items()]
    return {target: sum((array for of, array in sums if of == target), np.zeros(SHAPE)) for target in TARGETS}


def incident_arrays(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame, phases: pd.DataFrame
) -> Arrays:
    """(event_id, target) to the incident's number in every combination, an array for SHAPE.

    nan where the combination has no number for it or leaves it out. Unit: people.
    """
    stated = stated_claims(claims, events, actors, sources, phases)
    arrays = {event_id: {} for event_id in stated["event_id"].unique()}
    for event_ids, cells in _alike(stated):
        for target, numbers in _targets(cells).items():
            for event_id, own in zip(event_ids, numbers, strict=True):
                arrays[event_id][target] = own
    return {(event_id, target): numbers for event_id, own in arrays.items() for target, numbers in own.items()}


def _alike(stated):
    """Yield incidents whose cells are alike: their ids, and side to its cells.

    Cells are alike if they have as many claims, which ask for the same switches. A cell : name of a column to an array of
    incidents by 1 (for the combinations) by claims.
    """
    cells = stated.groupby(CELL).ngroup()
    latest = stated["earliest"].groupby([cells, stated["origin"], stated["claimant_role"]]).transform("max")
    stated = stated.assign(rivalled=cells.duplicated(keep=False), followed=latest.gt(stated["latest"]))
    asked = stated[[*SWITCH_OF]].astype(bool).groupby(cells).transform("any")
    place = cells - cells.groupby(stated["event_id"]).transform("min")
    form = asked.groupby([stated["side"], place, *SWITCH_OF]).ngroup().to_numpy()
    cells, event_ids, sides = cells.to_numpy(), stated["event_id"].to_numpy(), stated["side"].to_numpy()
    alike = {}
    for _, incident in groupby(cells.argsort(kind="stable"), event_ids.__getitem__):
        rows = [*incident]
        alike.setdefault(form[rows].tobytes(), []).append(rows)
    columns = {name: stated[name].to_numpy() for name in (*SWITCH_OF, "origin", "claimant_role", "earliest", "latest")}
    columns["reserve"] = stated["carried_by_encyclopaedia"].to_numpy(bool)
    columns["part"] = stated["part"].to_numpy(bool)
    columns |= {name: stated[name].to_numpy(float, na_value=np.nan) for name in ("low", "best", "high")}
    for incidents in map(np.array, alike.values()):
        told = {}
        for rows in np.split(incidents, np.flatnonzero(np.diff(cells[incidents[0]])) + 1, axis=1):
            cell = {name: column[rows][:, None] for name, column in columns.items()}
            told.setdefault(sides[rows[0, 0]], []).append(cell)
        yield event_ids[incidents[:, 0]], told


def _targets(cells):
    """Target to the numbers of incidents in every combination. cells : as _alike gives them."""
    sums = {side: _sum(map(_cell_numbers, several)) for side, several in cells.items()}
    sides = {side: sums[side] for side in SIDES if side in sums}
    everyone = _everyone(sums.get(UNSEPARATED, _sum([])), list(sides.values()))
    for side in sides:
        if any(cell["whose"].any() for cell in cells[side]):
            # They may all have been of the other side: the lowest is 0. Whose they were does not
            # matter for everyone.
            sides[side] = np.where((_one("number") == 1) & ~np.isnan(sides[side]), 0, sides[side])
    return sides | {"everyone": everyone}


def stated_claims(
    claims: pd.DataFrame, events: pd.DataFrame, actors: pd.DataFrame, sources: pd.DataFrame, phases: pd.DataFrame
) -> pd.DataFrame:
    """One row per claim on people killed that some combination counts, with flags for the switches.

    Adds to counted.described_claims the flags dozens, own_voice, relayed, several_days, volunteers,
    late, disputed, whose, bombers, captive, part, and earliest, latest (days of publication), in the
    order of weight.by_weight.
    """
    several_days = _on_the_incident_within(claims, events)
    claims = pd.concat([claims[is_marked(claims)], several_days], ignore_index=True)
    claims = claims[claims["outcome"].eq("killed") & has_number(claims)]
    described = described_claims(claims, events, actors, sources)
    killed = described[
        described["kind"].ne("period")
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
        part=killed["counted"].eq("part"),
        **day_bounds(killed["published"]),
    )
    return by_weight(flagged[flagged["side"].isin([*SIDES, UNSEPARATED])]).reset_index(drop=True)


def _on_the_incident_within(claims, events):
    """Claims on periods of days that hold one fight between both sides, as claims on that fight."""
    days = events.join(day_bounds(events["date"]))
    fights = days[days["kind"].ne("period") & between_sides(days)].groupby(["earliest", "latest"])["event_id"]
    fights = fights.agg(["first", "size"]).reset_index()
    ids, number, earliest, latest = (fights[name].to_numpy() for name in ("first", "size", "earliest", "latest"))
    only = {}
    for period in days[days["kind"].eq("period")].itertuples():
        within = (earliest >= period.earliest.to_datetime64()) & (latest <= period.latest.to_datetime64())
        if number[within].sum() == 1:
            only[period.event_id] = ids[within][0]
    several = claims[claims["counted"].eq("period") & claims["event_id"].isin(only)]
    return several.assign(event_id=several["event_id"].map(only))


def _cell_numbers(cell):
    """The number of a cell of each incident in every combination, with an axis per switch; nan if no claim decides."""
    matters = {switch for flag, switch in SWITCH_OF.items() if cell[flag].any()}
    options = {name: names if name in matters else names[:1] for name, names in OPTIONS.items() if name != "number"}
    lengths = [*map(len, options.values())]
    positions = dict(zip(options, np.indices(lengths).reshape(len(options), -1), strict=True))

    def chosen(name, option):
        """True for each combination, a row, that has the option."""
        return np.equal(options[name], option)[positions[name], None]

    kept = _deciding(cell, chosen)
    for flag, option in LEFT_OUT.items():
        if cell[flag].any():
            kept &= ~chosen(SWITCH_OF[flag], option)
    array = _numbers(cell, kept, chosen("vague", "low")).reshape(-1, *lengths, len(OPTIONS["number"]))
    return np.moveaxis(array, -1, AXIS["number"] + 1)


def _numbers(cell, kept, is_dozen_low):
    """A cell's numbers by incident, combination and option of the switch "number"; nan where no claim is kept.

    kept : incidents by combinations by claims. is_dozen_low : whether a combination takes "dozens" for DOZENS_LOW.
    """
    open_end = np.isnan(cell["high"])
    low = _or_zero(cell["low"])  # "up to six" leaves zero open
    low = np.where(is_dozen_low & cell["dozens"] & open_end, DOZENS_LOW, low)
    lowest = np.where(kept, low, np.inf).min(axis=-1)
    highest = np.where(kept, np.where(open_end, low, cell["high"]), -np.inf).max(axis=-1)
    commits = kept & ~np.isnan(cell["best"])
    first = np.take_along_axis(cell["best"][:, 0], commits.argmax(axis=-1), axis=-1)
    numbers = {"best": np.where(commits.any(axis=-1), first, lowest), "lowest": lowest, "highest": highest}
    columns = np.stack([numbers[option] for option in OPTIONS["number"]], axis=-1)
    return np.where(kept.any(axis=-1, keepdims=True), columns, np.nan)


def _deciding(cell, chosen):
    """Incidents by combinations by claims of a cell: True where the claim decides.

    chosen : name of a switch and option to the combinations with it.
    """
    kept = ~(cell["dozens"] & chosen("vague", "out")) & ~(cell["bombers"] & chosen("bombers", "out"))
    kept &= ~(cell["several_days"] & chosen("several_days", "never"))
    reserve = cell["reserve"]  # decides only where no other claim is left
    for name in ("own_voice", "relayed"):
        kept &= ~(cell[name] & chosen(name, "never"))
        reserve = reserve & ~(cell[name] & chosen(name, "equal"))
    if cell["part"].any():  # gives way to a larger number, as counting.counted.counts has it
        told = np.where(np.isnan(cell["high"]), cell["low"], cell["high"])
        of_all, of_others = (
            np.where(rivals, told, -np.inf).max(axis=-1, keepdims=True) for rivals in (kept, kept & ~reserve)
        )
        kept &= ~(cell["part"] & (told < np.where(reserve, of_all, of_others)))
    kept &= ~(reserve & (kept & ~reserve).any(axis=-1, keepdims=True))
    if cell["followed"].any():
        # Column by row: the same claimant later.
        turned = {name: cell[name].swapaxes(1, 2) for name in ("origin", "claimant_role", "earliest")}
        follows = (cell["latest"] < turned["earliest"]) & (cell["origin"] == turned["origin"])
        follows &= cell["claimant_role"] == turned["claimant_role"]
        kept &= ~(kept @ follows & chosen("earlier", "latest"))
    for option, role in (("own", "own_losses"), ("enemy", "enemy_losses")):
        first = kept & (cell["claimant_role"] == role) & chosen("decides", option)
        kept = np.where(first.any(axis=-1, keepdims=True), first, kept)
    return kept


def _or_zero(numbers):
    """Numbers, zero for nan."""
    return np.where(np.isnan(numbers), 0, numbers)


def _sum(points):
    """Sum of arrays of numbers, nan where none has one; nan for no arrays."""
    total = np.full([1] * len(SHAPE), np.nan)
    for array in points:
        total = np.where(np.isnan(total), array, total + _or_zero(array))
    return total


def _everyone(whole, sides):
    """The number of casualties.everyone_killed for an incident, in every combination."""
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
