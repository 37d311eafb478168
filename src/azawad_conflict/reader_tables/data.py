"""The files of the data package, with readers' headings."""

from collections.abc import Iterable

import pandas as pd

from azawad_conflict.exchange.flat import Column
from azawad_conflict.language import _
from azawad_conflict.wording import Myst


def files(files: pd.DataFrame) -> pd.DataFrame:
    """The tables of the package; one row per file."""
    return pd.DataFrame(
        {
            _("File"): [Myst(f"{{packagefile}}`{name}`") for name in files["file"]],
            _("What a row is"): files["description"]
            .str.removeprefix("One row is ")
            .str.replace(r"^(.)", lambda m: m[1].upper(), regex=True),
            _("Rows"): files["rows"],
            _("Size (kB)"): (files["bytes"] / 1000).round(1),
            "sha256": files["sha256"].str[:12],
        }
    )


def computed_columns(columns: Iterable[Column]) -> pd.DataFrame:
    """The columns of a table that the report computes; one row per column."""
    return pd.DataFrame(
        [{_("Column"): column.name, _("Type"): column.kind, _("Meaning"): column.description} for column in columns]
    )


def addresses(pages: dict[str, str], titles: dict[str, str]) -> pd.DataFrame:
    """Where rows have their address; one row per table. pages, titles : page and title of each table."""
    return pd.DataFrame(
        {
            _("Rows of"): [titles[name] for name in pages],
            _("Table"): list(pages),
            _("Address"): [f"{page}.html#…" for page in pages.values()],
        }
    )
