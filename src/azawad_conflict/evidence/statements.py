"""Statements: the base article cut into atomic statements, and where the data carries each."""

import pandas as pd


def coverage(statements: pd.DataFrame) -> pd.DataFrame:
    """One row per topic: statements, carried (by a row of data), not_carried (with a reason)."""
    carried = statements["carried_by"].map(len).gt(0)
    return (
        statements.assign(carried=carried)
        .groupby("topic", sort=False)
        .agg(statements=("statement_id", "size"), carried=("carried", "sum"))
        .assign(not_carried=lambda table: table["statements"] - table["carried"])
        .reset_index()
    )


def sentences_covered(statements: pd.DataFrame) -> int:
    """Number of sentences of the text (the infobox apart) that have at least one statement."""
    return int(statements.loc[statements["base_sentence"] > 0, "base_sentence"].nunique())
