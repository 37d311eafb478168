"""Tables of what editions changed, with readers' headings."""

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


def withdrawn(withdrawn_ids: pd.DataFrame) -> pd.DataFrame:
    """Ids that were withdrawn; one row per id."""
    return pd.DataFrame(
        {"Edition": withdrawn_ids["edition"], "Id": withdrawn_ids["withdrawn_id"], "Why": withdrawn_ids["why"]}
    )
