"""Agreement of two codings of one sample: that of the tables, and one made without seeing it."""

import pandas as pd

from azawad_conflict.language import number
from azawad_conflict.tables import load


def agreement(second_coding: pd.DataFrame) -> pd.DataFrame:
    """One row per basis, table and field: rows coded twice, rows that agree, share, Cohen's kappa.

    Returns columns basis (what was read: pages or notes), table, field, rows, agree, percent (of
    rows), kappa (agreement beyond what chance would give by the codes' own frequencies; missing
    where both codings use one code only, and for whole statements). A row of a source says whether
    each coding has a statement of it at all; what neither has is not known, so chance has no
    measure there. Rule: methods.md, "Coding".
    """
    sample = second_coding.assign(
        table=second_coding["row"].str.partition(":")[0],
        first=second_coding["first"].fillna(""),
        second=second_coding["second"].fillna(""),
    )
    rows = []
    for (basis, table, field), group in sample.groupby(["basis", "table", "field"], sort=False):
        same = group["first"].eq(group["second"])
        rows.append(
            {
                "basis": basis,
                "table": table,
                "field": field,
                "rows": len(group),
                "agree": int(same.sum()),
                "percent": 100 * same.mean(),
                "kappa": pd.NA if table == "sources" else _kappa(group["first"], group["second"]),
            }
        )
    return pd.DataFrame(rows)


def from_pages(table: str, field: str, measure: str = "percent", digits: int = 0) -> str:
    """A column of `agreement` for a field of the rows coded twice from the pages themselves, in words."""
    found = agreement(load("second_coding")).set_index(["basis", "table", "field"])[measure]
    return number(float(found[("pages", table, field)]), digits)


def _kappa(first, second):
    shares = [codes.value_counts(normalize=True) for codes in (first, second)]
    chance = (shares[0] * shares[1]).sum()
    return pd.NA if chance == 1 else (first.eq(second).mean() - chance) / (1 - chance)
