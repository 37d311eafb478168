"""Tables on casualties, with readers' headings."""

import pandas as pd

from azawad_conflict.wording import number_range, short_date

ALONE = " (encyclopaedia pages alone)"


def incidents(ranges, told):
    """Casualties by incident beside what the base article tells; one row per incident, victims and outcome."""
    article = {(row["event_id"], row["group"], row["outcome"]): number_range(row) for row in told.to_dict("records")}
    keys = zip(ranges["event_id"], ranges["group"], ranges["outcome"], strict=True)
    said = [number_range(row) + (ALONE if row["encyclopaedia_only"] else "") for row in ranges.to_dict("records")]
    return pd.DataFrame(
        {
            "Incident": ranges["name"] + ", " + ranges["date"].map(short_date),
            "Victims": ranges["victim_name"],
            "Outcome": ranges["outcome"],
            "Reported": said,
            "Best": [str(best) if pd.notna(best) else "" for best in ranges["best"]],
            "Base article": [article.get(key, "") for key in keys],
            "Claims": ranges["claims"],
            "Origins": ranges["origins"],
            "Grade": ranges["grade"],
        }
    )


def totals(totals, told, heading, column):
    """Totals by one column beside the base article's; one row per group."""
    article = told.set_index(column)["best"]
    return pd.DataFrame(
        {
            heading: totals[column],
            "Reported": [number_range(row) for row in totals.to_dict("records")],
            "Best": totals["best"],
            "Base article": [int(article.get(group, 0)) for group in totals[column]],
            "Incidents": totals["incidents"],
            "Without a number": totals["unreported"],
        }
    )


def everyone(everyone):
    """Everyone reported killed, by incident; one row per incident."""
    return pd.DataFrame(
        {
            "Date": everyone["date"].map(short_date),
            "Event": everyone["name"],
            "Reported": [number_range(row) for row in everyone.to_dict("records")],
            "Best": everyone["best"],
            "Counted": everyone["separated"].map({True: "side by side", False: "together"}),
        }
    )
