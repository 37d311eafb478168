"""Tables of claims, with readers' headings: each row names its claimant and cites its source."""

import pandas as pd

from azawad_conflict.reader_tables.territory import HOW, holders
from azawad_conflict.wording import cited, number_range, short_date

ROLES = {
    "own_losses": "party, on itself",
    "enemy_losses": "party, on its enemy",
    "medical": "medical",
    "monitor": "monitor",
    "local": "local",
    "press": "press",
    "state": "state",
    "encyclopaedia": "encyclopaedia",
}


def casualties(claims: pd.DataFrame) -> pd.DataFrame:
    """Casualty claims with readers' headings; one row per claim, with its id."""
    return pd.DataFrame(
        {
            "Event": claims["event_name"] + ", " + claims["date"].map(short_date),
            "Victims": claims["victim_name"],
            "Claimed": [_claimed(row) for row in claims.to_dict("records")],
            "Claimant": _claimants(claims),
            "Source": claims["source_id"].map(cited),
            "Id": claims["claim_id"],
        }
    )


def _claimed(row):
    """A claim's number with outcome and the source's words, and the reason if it does not count."""
    words = f"{number_range(row)} {row['outcome']}"
    # The number says "at least" itself.
    qualifier = "" if pd.isna(row["qualifier"]) else row["qualifier"].removeprefix("at least").strip()
    words += f" ({qualifier})" if qualifier else ""
    return words if row["counted"] == "yes" else f"{words}; {row['reason'][0].lower()}{row['reason'][1:].rstrip('.')}"


def _claimants(claims):
    """Who says it, and where they stand."""
    return claims["claimant"] + " (" + claims["claimant_role"].map(ROLES) + ")"


def overview(overview: pd.DataFrame, by: str, on: str) -> pd.DataFrame:
    """How many claims there are, group by group; one row per group.

    overview : claims.overview. by, on : headings of the groups and of what the claims are on.
    """
    table = {
        by: overview[overview.columns[0]],
        "Claims": overview["claims"],
        on: overview["on"],
        "Sources": overview["sources"],
    }
    return pd.DataFrame(
        table | ({"Claims that count": overview["counted"]} if overview["counted"].notna().all() else {})
    )


def others(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims on events other than numbers, with readers' headings; one row per claim, with its id."""
    return pd.DataFrame(
        {
            "Event": claims["event_name"] + ", " + claims["date"].map(short_date),
            "What is said": claims["statement"],
            "Claimant": _claimants(claims),
            "Source": claims["source_id"].map(cited),
            "Id": claims["claim_id"],
        }
    )


def control(claims: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Control claims with readers' headings; one row per claim, with its id."""
    short = actors.set_index("actor_id")["short_name"]
    return pd.DataFrame(
        {
            "Place": claims["place_name"],
            "Date": claims["date"].map(short_date),
            "From": [holders(ids, short) for ids in claims["from_holder"]],
            "To": [holders(ids, short) for ids in claims["to_holder"]],
            "How": claims["how"].map(HOW),
            "Claimant": _claimants(claims),
            "Source": claims["source_id"].map(cited),
            "Id": claims["claim_id"],
        }
    )
