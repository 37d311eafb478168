"""The agreement of two codings, with readers' headings."""

import pandas as pd

from azawad_conflict.language import WordsByKey, _, number

READ = WordsByKey({"pages": "pages", "notes": "notes"})


def agreement(found: pd.DataFrame) -> pd.DataFrame:
    """Agreement by table and field; one row per field."""
    return pd.DataFrame(
        {
            _("Read"): found["basis"].map(READ),
            _("Table"): found["table"].str.replace("_", " "),
            _("Field"): [_field(row) for row in found.to_dict("records")],
            _("Rows"): found["rows"],
            _("Agree"): found["agree"],
            _("Per cent"): found["percent"].round().astype(int),
            _("Kappa"): ["" if pd.isna(kappa) else number(kappa, 2) for kappa in found["kappa"]],
        }
    )


def _field(row):
    """The field coded; of a source, whether it has statements for a table."""
    name = row["field"].replace("_", " ")
    return _("statements for {table}").format(table=name) if row["table"] == "sources" else name
