"""Tables of what editions changed, with readers' headings."""

import pandas as pd

from azawad_conflict.language import _, said
from azawad_conflict.wording import short_day


def changes(moved: pd.DataFrame) -> pd.DataFrame:
    """Published numbers that moved; one row per number."""
    return pd.DataFrame(
        {
            _("Edition"): moved["edition"],
            _("Date"): moved["date"].map(short_day),
            _("Number"): said(moved["number"]),
            _("Before"): said(moved["before"]),
            _("After"): said(moved["after"]),
            _("Why"): said(moved["why"]),
        }
    )


def withdrawn(withdrawn_ids: pd.DataFrame) -> pd.DataFrame:
    """Ids that were withdrawn; one row per id."""
    return pd.DataFrame(
        {
            _("Edition"): withdrawn_ids["edition"],
            "Id": withdrawn_ids["withdrawn_id"],
            _("Why"): said(withdrawn_ids["why"]),
        }
    )
