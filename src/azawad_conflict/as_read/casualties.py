"""Tables on casualties, with readers' headings."""

import pandas as pd

from azawad_conflict.wording import number_range, short_date


def incidents(ranges):
    """Casualties by incident, with readers' headings; one row per incident, victim and outcome."""
    return pd.DataFrame(
        {
            "Date": ranges["date"].map(short_date),
            "Event": ranges["name"],
            "Victims": ranges["victim_name"],
            "Outcome": ranges["outcome"],
            "Reported": [number_range(row) for _, row in ranges.iterrows()],
            "Claims": ranges["claims"],
        }
    )


def totals(totals, heading, column):
    """Totals by one column, with readers' headings; one row per group and outcome."""
    return pd.DataFrame(
        {
            heading: totals[column],
            "Outcome": totals["outcome"],
            "Reported": [number_range(row) for _, row in totals.iterrows()],
            "Incidents": totals["incidents"],
            "Without a number": totals["unreported"],
        }
    )


def infobox(comparison):
    """The article against itself, with readers' headings; one row per year and outcome."""
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
