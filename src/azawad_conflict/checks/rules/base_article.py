"""Rules on the base article's statements: the rows that carry one, and its evidence."""

from collections import defaultdict
from typing import Any

import pandas as pd

from azawad_conflict.checks.columns import fields_of
from azawad_conflict.checks.faults import Fault, quoted, row_faults
from azawad_conflict.checks.rules.registry import rule
from azawad_conflict.checks.rules.shared import by_key, parents_of, resources_of, rests_on_base_article, wholes_of
from azawad_conflict.counting.terms import BASE_ARTICLE

CLAIM_TABLES = ("casualty_claims", "strength_claims", "attribution_claims", "control_claims")
SILENCE = r"no source (?:read )?(?:speaks|says|gives|names|supports)|nothing read bears"


@rule
def every_sentence_has_a_statement(statements: pd.DataFrame, package: dict[str, Any]) -> list[Fault]:
    """Every sentence of the base article, and its infobox, has at least one statement."""
    present = set(statements["base_sentence"].dropna())
    return [
        Fault("statements.csv", 1, "base_sentence", f"no statement for sentence {number}", "at least one")
        for number in _sentences(package)
        if number not in present
    ]


@rule
def statement_is_carried_or_not(statements: pd.DataFrame) -> list[Fault]:
    """A statement is carried by rows, or says why not; never both."""
    carried, reasoned = statements["carried_by"].map(len).gt(0), statements["reason"].notna()
    return [
        *row_faults(
            "statements", statements[~carried & ~reasoned], "carried_by", "neither carried_by nor reason", "one of them"
        ),
        *row_faults(
            "statements", statements[carried & reasoned], "reason", "both carried_by and reason", "one of them"
        ),
    ]


@rule
def named_rows_exist(
    statements: pd.DataFrame, second_coding: pd.DataFrame, tables: dict[str, pd.DataFrame], package: dict[str, Any]
) -> list[Fault]:
    """carried_by, evidence and the row of a second coding name rows as table:identifier."""
    ids = {
        resource["name"]: set(tables[resource["name"]][resource["schema"]["primaryKey"]].array.tolist())
        for resource in resources_of(tables, package)
    }
    all_names = {resource["name"] for resource in package["resources"]}
    faults = []
    for file, rows, column in (
        ("statements.csv", statements, "carried_by"),
        ("statements.csv", statements, "evidence"),
        ("second_coding.csv", second_coding, "row"),
    ):
        items = rows[column].explode().dropna()
        wrong = {item: told for item in items.unique().tolist() if (told := _not_a_row(item, ids, all_names))}
        faults += [Fault(file, int(line), column, *wrong[item]) for line, item in items[items.isin(wrong)].items()]
    return faults


@rule
def status_fits_its_evidence(statements: pd.DataFrame) -> list[Fault]:
    """A supported, contradicted or disputed statement names rows; an unsourced one none."""
    silent = statements["evidence"].map(len).eq(0)
    judged = statements["status"].isin(["supported", "contradicted", "disputed"])
    unsourced = statements["status"].eq("unsourced").fillna(False)
    return [
        *row_faults(
            "statements", statements[judged & silent], "evidence", "blank for {status}", "the rows that say so"
        ),
        *row_faults(
            "statements", statements[unsourced & ~silent], "status", "unsourced, with evidence", "another status"
        ),
    ]


@rule
def silence_is_true(
    statements: pd.DataFrame, casualty_claims: pd.DataFrame, sources: pd.DataFrame, actors: pd.DataFrame
) -> list[Fault]:
    """A finding of silence has no evidence.

    A statement is not unsourced if an independent claim gives its number.
    """
    silent = statements["finding"].str.contains(SILENCE, case=False, regex=True).fillna(False)
    heard = statements[
        silent & statements["evidence"].map(len).gt(0) & statements["status"].eq("supported").fillna(False)
    ]
    faults = row_faults("statements", heard, "finding", "silence, and rows say so", "what they say")
    unsourced = statements["status"].eq("unsourced").fillna(False)
    carried = statements.loc[unsourced, "carried_by"].explode().dropna().astype("string")
    carried = carried[carried.str.startswith("casualty_claims:")].str.removeprefix("casualty_claims:")
    claims = casualty_claims[casualty_claims["best"].notna()].drop_duplicates("claim_id")
    own = claims[claims["claim_id"].isin(carried)]
    claims = claims[claims["event_id"].isin(own["event_id"])]
    kinds = claims["source_id"].map(by_key(sources, "source_id", "kind"))
    independent = claims[kinds.ne("encyclopaedia").fillna(False)]
    parents = parents_of(actors)
    wholes = {victim: [victim, *wholes_of(victim, parents)][-1] for victim in claims["victim"].fillna("").unique()}
    by = ["event_id", "whole", "outcome", "best"]
    own, independent = (rows.assign(whole=rows["victim"].fillna("").map(wholes)) for rows in (own, independent))
    given = own.merge(independent.drop_duplicates(by, keep="last"), on=by, suffixes=("", "_given"))
    givers = given.set_index("claim_id")["claim_id_given"]
    return faults + [
        Fault(
            "statements.csv",
            int(line),
            "status",
            f"unsourced, and {givers[claim]} gives the number",
            "a status that heeds it",
        )
        for line, claim in carried[carried.isin(givers.index)].items()
    ]


@rule
def base_sentences_exist(tables: dict[str, pd.DataFrame], package: dict[str, Any]) -> list[Fault]:
    """A row on the base article names its sentences, from 0 (the infobox) to 53."""
    known = {str(number) for number in _sentences(package)}
    faults = []
    for resource in resources_of(tables, package):
        table = tables[resource["name"]]
        if "base_sentence" not in fields_of(resource, "list"):
            continue
        lists = table["base_sentence"]
        numbers = lists[~lists.map(known.issuperset).astype(bool)].explode()
        for line, number in numbers[~numbers.isin(known)].items():
            faults.append(
                Fault(
                    resource["path"],
                    int(line),
                    "base_sentence",
                    f"{quoted(number)} is no sentence",
                    f"{min(known, key=int)} to {max(known, key=int)}",
                )
            )
        if "source_id" in table:
            silent = table[rests_on_base_article(table) & table["base_sentence"].map(len).eq(0)]
            faults += row_faults(
                resource["name"],
                silent,
                "base_sentence",
                f"blank for a row of {BASE_ARTICLE}",
                "the sentences that the row rests on",
            )
    return faults


@rule
def base_article_rows_are_stated(
    tables: dict[str, pd.DataFrame],
    statements: pd.DataFrame,
    events: pd.DataFrame,
    casualty_claims: pd.DataFrame,
    strength_claims: pd.DataFrame,
    attribution_claims: pd.DataFrame,
    control_claims: pd.DataFrame,
) -> list[Fault]:
    """A row coded from the base article is carried by a statement; none goes beyond it.

    A claim is carried when a statement names it; an event when a statement names it or one of its
    claims. Periods, and the claims on them, are no incidents: the rule asks for the claims alone.
    """
    named = defaultdict(list)
    for item in statements["carried_by"].explode().dropna().tolist():
        table, _, identifier = item.partition(":")
        named[table].append(identifier)
    faults = []
    event_ids = set()
    for name in CLAIM_TABLES:
        claims = tables[name]
        is_named = claims["claim_id"].isin(named[name])
        if "event_id" in claims:
            event_ids |= set(claims.loc[is_named, "event_id"].dropna().tolist())
        unstated = claims[rests_on_base_article(claims) & ~is_named]
        faults += row_faults(
            name, unstated, "claim_id", "{claim_id} is in no statement", "a statement whose carried_by names it"
        )
    is_named = events["event_id"].isin([*named["events"], *event_ids])
    is_period = events["kind"].eq("period").fillna(False)
    unstated = events[rests_on_base_article(events) & ~is_named & ~is_period]
    return faults + row_faults(
        "events",
        unstated,
        "event_id",
        "{event_id} is in no statement",
        "a statement whose carried_by names it or a claim on it",
    )


def _not_a_row(item, ids, all_names):
    """The problem with table:identifier, and the expected text; None if it names a row.

    Returns None also for a table that could not be read.
    """
    table, _, identifier = item.partition(":")
    if table not in all_names:
        return f"{quoted(item)} names no table", "table:identifier"
    if table in ids and identifier not in ids[table]:
        return f"{quoted(identifier)} is not in {table}.csv", "the identifier of a row"
    return None


def _sentences(package):
    """Numbers of the base article's sentences, from the schema of the statements."""
    statements = next(resource for resource in package["resources"] if resource["name"] == "statements")
    field = next(field for field in statements["schema"]["fields"] if field["name"] == "base_sentence")
    return range(field["constraints"]["minimum"], field["constraints"]["maximum"] + 1)
