"""Tables of claims, with readers' headings: each row names its claimant and cites its source."""

import pandas as pd

from azawad_conflict.as_read.territory import HOW, holders
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


def casualties(claims):
    """Casualty claims with readers' headings; one row per claim."""
    said = [number_range(row) for _, row in claims.iterrows()]
    words = claims["qualifier"].fillna("")
    return pd.DataFrame(
        {
            "Event": claims["event_name"] + ", " + claims["date"].map(short_date),
            "Victims": claims["victim_name"],
            "Outcome": claims["outcome"],
            "Number": [f"{number} ({word})" if word else number for number, word in zip(said, words, strict=True)],
            "Claimant": claims["claimant"],
            "Stands as": claims["claimant_role"].map(ROLES),
            "Counts": claims["counted"],
            "Source": claims["source_id"].map(cited),
        }
    )


def others(claims):
    """Claims on events other than numbers, with readers' headings; one row per claim."""
    return pd.DataFrame(
        {
            "Event": claims["event_name"] + ", " + claims["date"].map(short_date),
            "On": claims["aspect"],
            "What is said": claims["statement"],
            "Claimant": claims["claimant"],
            "Stands as": claims["claimant_role"].map(ROLES),
            "Source": claims["source_id"].map(cited),
        }
    )


def control(claims, actors):
    """Control claims with readers' headings; one row per claim."""
    short = actors.set_index("actor_id")["short_name"]
    return pd.DataFrame(
        {
            "Place": claims["place_name"],
            "Date": claims["date"].map(short_date),
            "From": [holders(ids, short) for ids in claims["from_holder"]],
            "To": [holders(ids, short) for ids in claims["to_holder"]],
            "How": claims["how"].map(HOW),
            "Claimant": claims["claimant"],
            "Stands as": claims["claimant_role"].map(ROLES),
            "Source": claims["source_id"].map(cited),
        }
    )
