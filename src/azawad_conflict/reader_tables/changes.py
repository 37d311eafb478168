"""The table of changes, with readers' headings."""

import pandas as pd

from azawad_conflict.wording import short_day


def changes(moved: pd.DataFrame) -> pd.DataFrame:
    """Published numbers that moved; one row per number."""
    return pd.DataFrame(
        {
            "Edition": moved["edition"],
            "Date": moved["date"].map(short_day),
            "Number": moved["number"],
            "Before": moved["before"],
            "After": moved["after"],
            "Why": moved["why"],
        }
    )
