"""The agreement of two codings, with readers' headings."""

import pandas as pd

from azawad_conflict.language import WordsByKey, _, number
from azawad_conflict.tables import schema

READ = WordsByKey({"pages": "pages", "notes": "notes"})


def agreement(found: pd.DataFrame) -> pd.DataFrame:
    """Agreement by table and field, each by its title in the schema; one row per field."""
    tables = {table["name"]: table for table in schema()["resources"]}
    return pd.DataFrame(
        {
            _("Read"): found["basis"].map(READ),
            _("Table"): [_(tables[table]["title"]) for table in found["table"]],
            _("Field"): [_field(tables, row["table"], row["field"]) for row in found.to_dict("records")],
            _("Rows"): found["rows"],
            _("Agree"): found["agree"],
            _("Per cent"): found["percent"].round().astype(int),
            _("Kappa"): ["" if pd.isna(kappa) else number(kappa, 2) for kappa in found["kappa"]],
        }
    )


def _field(tables, table, name):
    """The field coded; of a source, whether it has statements for a table."""
    if table == "sources":
        return _("statements for “{table}”").format(table=_(tables[name]["title"]))
    return next(_(field["title"]) for field in tables[table]["schema"]["fields"] if field["name"] == name)
