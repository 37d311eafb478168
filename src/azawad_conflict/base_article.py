"""The base article, statement by statement: what sources say, and what rests on it here."""

from collections.abc import Iterable

import pandas as pd

from azawad_conflict import casualties, territory
from azawad_conflict.counting.terms import VOICE_OF

STATUSES = ("supported", "contradicted", "disputed", "unsourced", "vague")
# Where the rows of a table are shown: the chapter, by its topic.
CHAPTERS = {
    "phases": "phases",
    "events": "phases",
    "casualty_claims": "casualties",
    "event_claims": "phases",
    "control_claims": "territory",
    "places": "territory",
    "actors": "actors",
    "people": "actors",
    "strength_claims": "actors",
    "attribution_claims": "actors",
    "abuse_claims": "civilians",
}
# The sides in the names of the totals, which are keys.
NAMES = {"mnla": "MNLA and allies", "islamist": "Islamist armed groups"}
COUNTED = ("casualty_claims", "control_claims")  # tables whose rows the totals rest on


def by_topic(statements: pd.DataFrame) -> pd.DataFrame:
    """One row per topic, in order of size: statements with each status.

    Returns columns topic, one per status of STATUSES, statements. Unit: statements.
    """
    table = pd.crosstab(statements["topic"], statements["status"]).reindex(columns=list(STATUSES), fill_value=0)
    return (
        table.assign(statements=table.sum(axis=1))
        .sort_values(["statements", "topic"], ascending=[False, True])
        .reset_index()
        .rename_axis(columns=None)
    )


def by_parties_alone(statements: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The supported statements whose evidence is the word of parties to the conflict alone, on their own side or on their enemy.

    tables : name to frame of those that evidence names and whose rows have a claimant_role; any other row is no party's word.
    """
    of_party = {
        f"{name}:{row_id}"
        for name, table in tables.items()
        for row_id, role in zip(table["claim_id"], table["claimant_role"], strict=True)
        if VOICE_OF[role] in ("own_side", "enemy")
    }
    supported = statements[statements["status"].eq("supported")]
    return supported[[len(rows) > 0 and of_party.issuperset(rows) for rows in supported["evidence"]]]


def totals(tables: dict[str, pd.DataFrame]) -> dict[str, int]:
    """Name to value of the totals that a statement of the base article can move.

    tables : name to frame of casualty_claims, events, actors, sources, control_claims,
    control_spells, places, phases. Units: people reported killed, wounded or captured; town-days
    with a documented or presumed holder.
    """
    return totals_of([tables])[0]


def totals_of(worlds: list[dict[str, pd.DataFrame]]) -> list[dict[str, int]]:
    """The `totals` of several sets of tables at once, which differ in claims and spells alone."""
    return [counts | holdings for counts, holdings in zip(_counts(worlds), _holdings(worlds), strict=True)]


def _counts(worlds):
    claims = _together(worlds, "casualty_claims", "event_id")
    events = _together(worlds, "events", "event_id")
    actors, sources = worlds[0]["actors"], worlds[0]["sources"]
    core = casualties.core_killed(casualties.incident_ranges(claims, events, actors, sources))
    told = casualties.as_told(claims, events, actors, sources)
    own = casualties.mnla_harmed(told)
    killed, killed_told = (_best_by_world(ranges, "side") for ranges in (core, casualties.core_killed(told)))
    hurt = _best_by_world(own, "outcome")
    found = []
    for number, tables in enumerate(worlds):
        counts = {}
        for side, series in NAMES.items():
            counts[f"killed, {series}, all sources"] = int(killed.get((number, side), 0))
            counts[f"killed, {series}, base article"] = int(killed_told.get((number, side), 0))
        rows = tables["casualty_claims"]
        infobox = casualties.period_claims(rows[rows["source_id"] == casualties.BASE_ARTICLE], tables["events"])
        for outcome in ("killed", "wounded", "captured"):
            counts[f"{outcome}, infobox"] = int(infobox.loc[infobox["outcome"] == outcome, "best"].fillna(0).sum())
            if outcome != "killed":
                counts[f"{outcome}, MNLA and allies, base article"] = int(hurt.get((number, outcome), 0))
        found.append(counts)
    return found


def _best_by_world(ranges, column):
    """The sum of the best numbers by number of the world and value of a column."""
    return casualties.totals(ranges.assign(world=_world(ranges["event_id"])), ["world", column]).set_index(
        ["world", column]
    )["best"]


def _holdings(worlds):
    """Town-days with a documented or presumed holder in the study's phases, by reading."""
    places, phases = _together(worlds, "places", "place_id"), worlds[0]["phases"]
    spells = _together(worlds, "control_spells", "place_id")
    window = phases["first_day"].min(), phases["last_day"].max()
    found = [{} for _ in worlds]
    for name, label in (("assessed", "all sources"), ("base_article", "base article")):
        days = territory.runs(
            territory.reading(spells, name), worlds[0]["control_claims"], territory.populated(places), *window
        )
        known = days[days["holders"].map(len) > 0]
        sums = known.groupby(_world(known["place_id"]))["days"].sum()
        for number, holdings in enumerate(found):
            holdings[f"town-days with a holder, {label}"] = int(sums.get(number, 0))
    return found


def _together(worlds, name, column):
    """One table of all worlds, an id in the given column being another in each."""
    return pd.concat(
        [tables[name].assign(**{column: f"{number}:" + tables[name][column]}) for number, tables in enumerate(worlds)],
        ignore_index=True,
    )


def _world(ids):
    """The number of the world that an id of `_together` is of."""
    return ids.str.partition(":")[0].astype(int)


def without(rows: Iterable[str], tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables without the given rows ("table:identifier").

    Spells lose those claims, and go with their last one.
    """
    lost = pd.Series(list(rows), dtype="string").str.split(":", n=1, expand=True)
    remaining = dict(tables)
    for name in COUNTED:
        gone = set(lost.loc[lost[0] == name, 1]) if len(lost) else set()
        remaining[name] = tables[name][~tables[name]["claim_id"].isin(gone)]
        if name == "control_claims" and gone:
            kept = tables["control_spells"]["control_claims"].map(
                lambda claims, gone=gone: tuple(c for c in claims if c not in gone)
            )
            spells = tables["control_spells"].assign(control_claims=kept)
            remaining["control_spells"] = spells[kept.map(len).gt(0)]
    return remaining


def consequences(statements: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per statement that rows carry: what would change in this report if it were wrong.

    Returns columns statement_id, base_sentence, statement, status, rows (that code it), chapters
    (tuple of topics that show them), moved (tuple of (total, before, after)): the totals computed
    again without those rows. A statement that other claims outweigh moves nothing. Rule:
    methods.md, "The base article, statement by statement".
    """
    carried = statements[statements["carried_by"].map(len) > 0]
    moving = carried[[any(name in COUNTED for name in _tables_of(rows)) for rows in carried["carried_by"]]]
    before, *afters = totals_of([tables, *(without(rows, tables) for rows in moving["carried_by"])])
    after_without = dict(zip(moving["statement_id"], afters, strict=True))
    found = []
    for row in carried.itertuples():
        names, after = _tables_of(row.carried_by), after_without.get(row.statement_id, before)
        found.append(
            {
                "statement_id": row.statement_id,
                "base_sentence": row.base_sentence,
                "statement": row.statement,
                "status": row.status,
                "rows": len(names),
                "chapters": tuple(dict.fromkeys(CHAPTERS[name] for name in names)),
                "moved": tuple((name, before[name], after[name]) for name in before if before[name] != after[name]),
            }
        )
    return pd.DataFrame(found)


def _tables_of(rows):
    """The tables of rows given as "table:identifier", in order."""
    return [row.partition(":")[0] for row in rows]


def sources_of_rows(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Row ("table:identifier") to its source_id, for every table whose rows rest on one source.

    tables : name to frame; the identifier is the first column.
    """
    return {
        f"{name}:{identifier}": source
        for name, table in tables.items()
        for identifier, source in zip(table.iloc[:, 0], table["source_id"], strict=True)
    }
