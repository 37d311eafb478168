"""Tables on reconciliation, with readers' headings."""

import pandas as pd

from azawad_conflict.language import N_, _, said
from azawad_conflict.reader_tables.casualties import OUTCOMES
from azawad_conflict.wording import cited, number_range, short_date

MISSING = N_("no record")


def infobox(comparison: pd.DataFrame) -> pd.DataFrame:
    """The article against itself; one row per year and outcome."""
    return pd.DataFrame(
        {
            _("Year"): comparison["year"],
            _("Outcome"): comparison["outcome"].map(OUTCOMES),
            _("Infobox"): comparison["infobox"],
            _("MNLA, from the text"): comparison["mnla"],
            _("Volunteers, from the text"): comparison["volunteers"],
            _("Residual"): comparison["residual"],
        }
    )


def rivals(rival: pd.DataFrame) -> pd.DataFrame:
    """The widest gaps between claimants; one row per incident and group of victims."""
    return pd.DataFrame(
        {
            _("Date"): rival["date"].map(short_date),
            _("Event"): said(rival["name"]),
            _("Victims"): said(rival["victims"]),
            _("Lowest"): rival["low"],
            _("Lowest, by"): rival["low_stand"].map(_),
            _("Highest"): rival["high"],
            _("Highest, by"): rival["high_stand"].map(_),
        }
    )


def periods(checks: pd.DataFrame) -> pd.DataFrame:
    """Claims on several fights at once, beside the sum of these fights; one row per claim."""
    sums = [
        {"low": row["sum_low"], "high": row["sum_high"], "at_least": row["sum_at_least"]}
        for row in checks.to_dict("records")
    ]
    return pd.DataFrame(
        {
            _("Period"): checks["date"].map(short_date),
            _("Dead of"): said(checks["victims"]),
            _("Claimant"): said(checks["claimant"]),
            _("Number claimed"): [number_range(row) for row in checks.to_dict("records")],
            _("Sum of the incidents"): [number_range(row) for row in sums],
            _("Best"): checks["sum_best"],
            _("They meet"): [
                (_("yes") if row["firmly"] else _("only through “or more”")) if row["inside"] else _("no")
                for row in checks.to_dict("records")
            ],
            _("Source"): checks["source_id"].map(cited),
        }
    )


def published(totals: pd.DataFrame) -> pd.DataFrame:
    """Totals in circulation with their scope; one row per total."""
    return pd.DataFrame(
        {
            _("Who counts"): totals["publisher"].map(_),
            _("What"): totals["series"].map(_),
            _("When"): totals["date"].map(short_date),
            _("Killed"): [
                number_range(row) if pd.notna(row["low"]) else _(MISSING) for row in totals.to_dict("records")
            ],
            _("Deaths counted"): totals["deaths_counted"].map(_),
            _("Source"): totals["source_id"].map(
                lambda source: cited(source) if pd.notna(source) else _("this report")
            ),
        }
    )


def beside(table: pd.DataFrame) -> pd.DataFrame:
    """Published totals beside the report's range of the same event; one row per total."""
    return pd.DataFrame(
        {
            _("Event"): said(table["name"]),
            _("UCDP"): [
                number_range({"low": row["published_low"], "high": row["published_high"]})
                for row in table.to_dict("records")
            ],
            _("Records"): table["records"],
            _("With a side"): table["deaths_known_side"].astype("string").fillna(""),
            _("This report, everyone"): [number_range(row) for row in table.to_dict("records")],
            _("Inside the range"): table["inside"].map({True: _("yes"), False: _("no")}),
            _("Note"): said(table["note"]).fillna(""),
        }
    )
