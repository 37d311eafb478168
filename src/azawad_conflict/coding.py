"""Agreement of two codings of one sample: the first, which the tables held then, and a second made without seeing it."""

import pandas as pd


def agreement(second_coding):
    """One row per table and field: rows coded twice, rows on which both agree, share, Cohen's kappa.

    Returns columns table, field, rows, agree, percent (of rows), kappa (agreement beyond what chance would give by the
    codes' own frequencies; missing where both codings use one code only). Rule: methods.md, "Coding" (C26).
    """
    sample = second_coding.assign(
        table=second_coding["row"].str.partition(":")[0],
        first=second_coding["first"].fillna(""),
        second=second_coding["second"].fillna(""),
    )
    rows = []
    for (table, field), group in sample.groupby(["table", "field"], sort=False):
        same = group["first"].eq(group["second"])
        rows.append(
            {
                "table": table,
                "field": field,
                "rows": len(group),
                "agree": int(same.sum()),
                "percent": 100 * same.mean(),
                "kappa": _kappa(group["first"], group["second"]),
            }
        )
    return pd.DataFrame(rows)


def _kappa(first, second):
    shares = [codes.value_counts(normalize=True) for codes in (first, second)]
    chance = (shares[0] * shares[1]).sum()
    return pd.NA if chance == 1 else (first.eq(second).mean() - chance) / (1 - chance)
