"""Tables on reconciliation, with readers' headings."""

import pandas as pd

from azawad_conflict.casualties import SERIES
from azawad_conflict.wording import cited, number_range, short_date

MISSING = "no record"


def infobox(comparison: pd.DataFrame) -> pd.DataFrame:
    """The article against itself; one row per year and outcome."""
    return pd.DataFrame(
        {
            "Year": comparison["year"],
            "Outcome": comparison["outcome"],
            "Infobox": comparison["infobox"],
            "MNLA, from the text": comparison["mnla"],
            "Volunteers, from the text": comparison["volunteers"],
            "Residual": comparison["residual"],
        }
    )


def rivals(rival: pd.DataFrame) -> pd.DataFrame:
    """The widest gaps between claimants; one row per incident and group of victims."""
    return pd.DataFrame(
        {
            "Date": rival["date"].map(short_date),
            "Event": rival["name"],
            "Victims": rival["victims"],
            "Lowest": rival["low"],
            "From": rival["low_stand"],
            "Highest": rival["high"],
            "From whom": rival["high_stand"],
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
            "Period": checks["date"].map(short_date),
            "Dead of": checks["side"].map(SERIES),
            "Claimant": checks["claimant"],
            "Claims": [number_range(row) for row in checks.to_dict("records")],
            "Sum of the incidents": [number_range(row) for row in sums],
            "Best": checks["sum_best"],
            "They meet": [
                ("yes" if row["firmly"] else "only through “or more”") if row["inside"] else "no"
                for row in checks.to_dict("records")
            ],
            "Source": checks["source_id"].map(cited),
        }
    )


def published(totals: pd.DataFrame) -> pd.DataFrame:
    """Totals in circulation with their scope; one row per total."""
    return pd.DataFrame(
        {
            "Who counts": totals["publisher"],
            "What": totals["series"],
            "When": totals["date"].map(short_date),
            "Killed": [number_range(row) if pd.notna(row["low"]) else MISSING for row in totals.to_dict("records")],
            "Deaths counted": totals["deaths_counted"],
            "Source": totals["source_id"].map(lambda source: cited(source) if pd.notna(source) else "this report"),
        }
    )


def beside(table: pd.DataFrame) -> pd.DataFrame:
    """Published totals beside the report's range of the same event; one row per total."""
    return pd.DataFrame(
        {
            "Event": table["name"],
            "Published": [
                number_range({"low": row["published_low"], "high": row["published_high"]})
                for row in table.to_dict("records")
            ],
            "Records": table["records"],
            "With a side": table["deaths_known_side"].astype("string").fillna(""),
            "This report, everyone": [number_range(row) for row in table.to_dict("records")],
            "Inside the range": table["inside"].map({True: "yes", False: "no"}),
            "Note": table["note"].fillna(""),
        }
    )
