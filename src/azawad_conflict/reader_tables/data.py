"""The files of the data package, with readers' headings."""

from collections.abc import Iterable

import pandas as pd

from azawad_conflict.exchange.flat import Column
from azawad_conflict.language import WordsByKey, _
from azawad_conflict.wording import Myst, capital

# The kinds of columns, as exchange.flat has them.
KINDS = WordsByKey({"text": "text", "integer": "integer", "number": "number", "day": "day", "list": "list"})
# The heads of the tables of files: their name, what each is for, and its size.
FORM_HEADS = WordsByKey({"file": "File", "for": "For", "size": "Size (kB)"})


def files(files: pd.DataFrame) -> pd.DataFrame:
    """The tables of the package; one row per file."""
    return pd.DataFrame(
        {
            _("File"): [Myst(f"{{packagefile}}`{name}`") for name in files["file"]],
            _("What a row is"): [capital(_(words).removeprefix(_("One row is "))) for words in files["description"]],
            _("Rows"): files["rows"],
            _("Size (kB)"): (files["bytes"] / 1000).round(1),
            "sha256": files["sha256"].str[:12],
        }
    )


def forms(made: dict[str, tuple[bytes, str]]) -> dict[str, tuple[bytes, str]]:
    """The bytes of each form and what it is for, in the reader's language. made : exchange.forms.files."""
    return {name: (content, _(words)) for name, (content, words) in made.items()}


def computed_columns(columns: Iterable[Column]) -> pd.DataFrame:
    """The columns of a table that the report computes; one row per column."""
    return pd.DataFrame(
        [
            {_("Column"): column.name, _("Type"): KINDS[column.kind], _("Meaning"): _(column.description)}
            for column in columns
        ]
    )


def addresses(pages: dict[str, str], titles: dict[str, str]) -> pd.DataFrame:
    """Where rows have their address; one row per table. pages, titles : page and title of each table."""
    return pd.DataFrame(
        {
            _("Rows of"): [_(titles[name]) for name in pages],
            _("Table"): list(pages),
            _("Address"): [f"{page}.html#…" for page in pages.values()],
        }
    )
