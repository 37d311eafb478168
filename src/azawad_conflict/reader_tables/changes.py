"""Tables of what editions changed, with readers' headings."""

import re

import pandas as pd

from azawad_conflict.language import _, number, said
from azawad_conflict.wording import short_day


def changes(moved: pd.DataFrame) -> pd.DataFrame:
    """Published numbers that moved; one row per number."""
    return pd.DataFrame(
        {
            _("Edition"): moved["edition"],
            _("Date"): moved["date"].map(short_day),
            _("Number"): said(moved["number"]),
            _("Before"): moved["before"].map(_stated),
            _("After"): moved["after"].map(_stated),
            _("Why"): said(moved["why"]),
        }
    )


def _stated(printed):
    """What an edition printed, in the language in use: words, or a number alone."""
    return number(int(printed.replace(",", ""))) if re.fullmatch(r"[\d,]+", printed) else _(printed)


def withdrawn(withdrawn_ids: pd.DataFrame) -> pd.DataFrame:
    """Ids that were withdrawn; one row per id."""
    return pd.DataFrame(
        {
            _("Edition"): withdrawn_ids["edition"],
            "Id": withdrawn_ids["withdrawn_id"],
            _("Why"): said(withdrawn_ids["why"]),
        }
    )
