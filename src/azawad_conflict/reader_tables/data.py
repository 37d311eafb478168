"""The files of the data package, with readers' headings."""

import pandas as pd

from azawad_conflict.wording import Myst


def files(files: pd.DataFrame) -> pd.DataFrame:
    """The tables of the package; one row per file."""
    return pd.DataFrame(
        {
            "File": [Myst(f"{{packagefile}}`{name}`") for name in files["file"]],
            "What a row is": files["description"]
            .str.removeprefix("One row is ")
            .str.replace(r"^(.)", lambda m: m[1].upper(), regex=True),
            "Rows": files["rows"],
            "Size (kB)": (files["bytes"] / 1000).round(1),
            "sha256": files["sha256"].str[:12],
        }
    )
