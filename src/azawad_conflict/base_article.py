"""The base article, statement by statement: what sources say of each, and what of this report would change without it."""

import pandas as pd

from azawad_conflict import casualties, territory

STATUSES = ("supported", "contradicted", "disputed", "unsourced", "vague")
# Where the rows of a table are shown: the chapter, by its topic.
CHAPTERS = {
    "phases": "phases",
    "events": "phases",
    "casualty_claims": "casualties",
    "control_claims": "territory",
    "actors": "actors",
    "people": "actors",
    "strength_claims": "actors",
    "attribution_claims": "actors",
}


def by_topic(statements):
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


def totals(tables):
    """Name to value of the totals that a statement of the base article can move.

    tables : name to frame of casualty_claims, events, actors, sources, control_claims, control_spells, places, phases.
    Units: people reported killed, wounded or captured; town-days with a documented or presumed holder.
    """
    return _counts(tables) | _holdings(tables)


def _counts(tables):
    claims, events, actors, sources = (tables[name] for name in ("casualty_claims", "events", "actors", "sources"))
    core = casualties.core_killed(casualties.incident_ranges(claims, events, actors, sources))
    article = claims[claims["source_id"] == casualties.BASE_ARTICLE]
    told = casualties.as_told(claims, events, actors, sources)
    own = told[(told["series"] == casualties.SERIES["mnla"]) & (told["scope"] == "core")]
    infobox = casualties.period_claims(article, events)
    found = {}
    for side in casualties.SIDES:
        series = casualties.SERIES[side]
        found[f"killed, {series}, all sources"] = int(casualties.total(core, series=series)["best"])
        found[f"killed, {series}, base article"] = int(casualties.total(casualties.core_killed(told), series=series)["best"])
    for outcome in ("killed", "wounded", "captured"):
        found[f"{outcome}, infobox"] = int(infobox.loc[infobox["outcome"] == outcome, "best"].fillna(0).sum())
        if outcome != "killed":
            found[f"{outcome}, MNLA and allies, base article"] = int(casualties.total(own, outcome=outcome)["best"])
    return found


def _holdings(tables):
    labels = {"assessed": "all sources", "base_article": "base article"}
    return {f"town-days with a holder, {label}": _town_days(reading, tables) for reading, label in labels.items()}


def _town_days(reading, tables):
    """Days on which a place has a documented or presumed holder, over all populated places and the study's phases."""
    spells = territory.reading(tables["control_spells"], reading)
    towns, phases = territory.populated(tables["places"]), tables["phases"]
    days = territory.runs(spells, tables["control_claims"], towns, phases["first_day"].min(), phases["last_day"].max())
    return int(days.loc[days["state"] != "unknown", "days"].sum())


def without(rows, tables):
    """The tables without the given rows ("table:identifier"); spells lose the claims they rest on, and go with the last."""
    lost = pd.Series(list(rows), dtype="string").str.split(":", n=1, expand=True)
    remaining = dict(tables)
    for name in ("casualty_claims", "control_claims"):
        gone = set(lost.loc[lost[0] == name, 1]) if len(lost) else set()
        remaining[name] = tables[name][~tables[name]["claim_id"].isin(gone)]
        if name == "control_claims" and gone:
            kept = tables["control_spells"]["control_claims"].map(lambda claims: tuple(c for c in claims if c not in gone))
            spells = tables["control_spells"].assign(control_claims=kept)
            remaining["control_spells"] = spells[kept.map(len).gt(0)]
    return remaining


def consequences(statements, tables):
    """One row per statement that rows carry: what would change in this report if it were wrong.

    Returns columns statement_id, base_sentence, statement, status, rows (that code it), chapters (tuple of topics that
    show them), moved (tuple of (total, before, after)): the totals computed again without those rows. A statement that
    other claims outweigh moves nothing. Rule: methods.md, "The base article, statement by statement".
    """
    before = totals(tables)
    found = []
    for row in statements[statements["carried_by"].map(len) > 0].itertuples():
        names = [item.partition(":")[0] for item in row.carried_by]
        rest, after = without(row.carried_by, tables), dict(before)
        if "casualty_claims" in names:
            after |= _counts(rest)
        if "control_claims" in names:
            after |= _holdings(rest)
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


def sources_of_rows(tables):
    """Row ("table:identifier") to its source_id, for every table whose rows rest on one source.

    tables : name to frame; the identifier is the first column.
    """
    return {
        f"{name}:{identifier}": source
        for name, table in tables.items()
        for identifier, source in zip(table.iloc[:, 0], table["source_id"], strict=True)
    }
