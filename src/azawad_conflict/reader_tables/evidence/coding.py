"""The agreement of two codings, with readers' headings."""

import pandas as pd


def agreement(found: pd.DataFrame) -> pd.DataFrame:
    """Agreement by table and field; one row per field."""
    return pd.DataFrame(
        {
            "Read": found["basis"],
            "Table": found["table"].str.replace("_", " "),
            "Field": found["field"]
            .str.replace("_", " ")
            .where(found["table"] != "sources", "statements for " + found["field"].str.replace("_", " ")),
            "Rows": found["rows"],
            "Agree": found["agree"],
            "Per cent": found["percent"].round().astype(int),
            "Kappa": ["" if pd.isna(kappa) else f"{kappa:.2f}" for kappa in found["kappa"]],
        }
    )
