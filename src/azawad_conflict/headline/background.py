"""What prose quotes on what surrounds the conflict."""

from azawad_conflict.edtf_dates import in_words
from azawad_conflict.tables import load


def numbers():
    """Key to text, for the page on the background."""
    claims = load("background_claims")
    counted = claims[claims["number"].notna()]
    return {
        **{f"background_{row.claim_id}_date": in_words(row.date) for row in claims.itertuples()},
        **{f"background_{row.claim_id}_number": f"{row.number:,}" for row in counted.itertuples()},
    }
