"""A data package many times larger, made of copies of the project's own: events, claims, statements, towns and spells with ids of their own.

Sources, actors, people and phases stay as they are: the same groups and publications, met more often. Each copy has other
numbers, and claims of other roles, some of them open-ended, so that little of what is computed for one serves for the next.
"""

import random
import shutil

import pandas as pd
from measure import ROOT

COPIED = {  # table: the columns whose values each copy has for itself
    "places": ["place_id", "name"],
    "events": ["event_id", "name", "place_id"],
    "casualty_claims": ["claim_id", "event_id"],
    "attribution_claims": ["claim_id", "event_id"],
    "event_claims": ["claim_id", "event_id"],
    "control_claims": ["claim_id", "place_id", "event_id"],
    "statements": ["statement_id"],
    "control_spells": ["spell_id", "place_id", "control_claims"],
}
LIST_MARK = ";"
ENCYCLOPAEDIA = "encyclopaedia"
OPENED = 10
NAMED_ROWS = ["carried_by", "evidence"]  # of a statement: rows as table:id, and words


def own_claims():
    """The number of claims of all kinds in the project's own data."""
    return sum(
        len(pd.read_csv(ROOT / "data" / f"{name}.csv", usecols=["claim_id"]))
        for name, own in COPIED.items()
        if "claim_id" in own
    )


def write_larger(folder, times):
    """Write the data package with each table of COPIED `times` as long into the new folder; return the number of claims."""
    data = ROOT / "data"
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns("basemap"))
    tables = {}
    for name, own in COPIED.items():
        table = pd.read_csv(data / f"{name}.csv", dtype="string", keep_default_na=False)
        tables[name] = pd.concat(
            [table, *(_copy(table, own, f"_copy{number}") for number in range(2, times + 1))], ignore_index=True
        )
    dates = tables["events"].set_index("event_id")["date"]
    for name, table in tables.items():
        _in_order(name, table, dates).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    return sum(len(table) for table in tables.values() if "claim_id" in table)


def _copy(table, own, ending):
    """The rows with the copy's ending behind each of its own values."""
    copied = {
        column: table[column].where(
            table[column] == "", table[column].str.replace(LIST_MARK, f"{ending}{LIST_MARK}") + ending
        )
        for column in own
    }
    named = {
        column: table[column].str.replace(rf"\b({'|'.join(COPIED)}):(\w+)", rf"\1:\2{ending}", regex=True)
        for column in NAMED_ROWS
        if column in table
    }
    other = _other_numbers(table.assign(**copied, **named), int(ending.removeprefix("_copy")))
    return _other_claimants(other, random.Random(ending)) if "victim" in table else other


def _other_numbers(table, number):
    """Other numbers in each copy: all of a claim's grow alike."""
    more = number % 7
    numbers = [column for column in ("low", "best", "high") if column in table]
    if not numbers:
        return table
    fixed = table["qualifier"].str.contains("dozen")  # a word that stands for one number
    return table.assign(
        **{
            column: [
                str(int(cell) + more) if cell and not word else cell
                for cell, word in zip(table[column], fixed, strict=True)
            ]
            for column in numbers
        }
    )


def _other_claimants(claims, chance):
    """Other roles of the claimants, as often as there are, and one claim in OPENED without an upper end; an encyclopaedia stays one."""
    roles = claims["claimant_role"]
    others = roles[roles != ENCYCLOPAEDIA].to_list()
    chance.shuffle(others)
    opened = pd.Series([chance.randrange(OPENED) == 0 for _ in range(len(claims))], index=claims.index) & claims[
        "best"
    ].ne("")
    return claims.assign(
        claimant_role=[ENCYCLOPAEDIA if role == ENCYCLOPAEDIA else others.pop() for role in roles],
        best=claims["best"].mask(opened, claims["low"]),
        high=claims["high"].mask(opened, ""),
    )


def _in_order(name, table, dates):
    """The rows as the checks want them."""
    if name == "casualty_claims":
        return (
            table.assign(date=table["event_id"].map(dates))
            .sort_values(["date", "event_id", "claim_id"])
            .drop(columns="date")
        )
    order = {"events": ["date", "event_id"], "control_claims": ["date", "claim_id"]}
    return table.sort_values(order[name]) if name in order else table
