"""Rules on the order of rows, so that a new row changes few lines of a file."""

from bisect import bisect_right
from itertools import accumulate, pairwise

import pandas as pd

from azawad_conflict.checks.faults import Fault, row_faults
from azawad_conflict.checks.rules.registry import rule
from azawad_conflict.checks.rules.shared import by_key

SORTED_BY = {  # table: its columns in the order of their weight; the last is the key of the row
    "phases": ["number"],
    "events": ["date", "event_id"],
    "control_claims": ["date", "claim_id"],
    "abuse_claims": ["date", "claim_id"],
    "background_claims": ["date", "claim_id"],
    "searches": ["month", "search_id"],
}


@rule
def rows_sorted(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Rows stand by the text of their date, the undated first, then by key; phases by number."""
    faults = []
    for name, columns in SORTED_BY.items():
        if name in tables:
            faults += _unsorted(name, tables[name], columns)
    return faults


@rule
def casualty_claims_sorted(casualty_claims: pd.DataFrame, events: pd.DataFrame) -> list[Fault]:
    """Casualty claims stand in the order of their event's date, event_id and claim_id."""
    dates = by_key(events, "event_id", "date")
    dated = casualty_claims.assign(date=casualty_claims["event_id"].map(dates))
    return _unsorted("casualty_claims", dated, ["date", "event_id", "claim_id"])


def _unsorted(table, rows, columns):
    """A fault, at the last of the columns, for each row that belongs above the row before it."""
    # An empty text sorts before every date, and -1 before the number of every phase.
    filled = (rows[name].fillna("" if rows[name].dtype == "string" else -1).tolist() for name in columns)
    keys = list(zip(*filled, strict=True))
    if keys == sorted(keys):
        return []
    early = [key < before for before, key in pairwise([*keys[:1], *keys])]
    highest = list(accumulate(keys, max))  # so far; a row belongs above the first that passes its key
    places = [bisect_right(highest, key) for key, is_early in zip(keys, early, strict=True) if is_early]
    wanted = f"it above {{above}} in line {{above_line}}: rows sorted by {', '.join(columns)}"
    misplaced = rows.loc[early].assign(
        above=[keys[place][-1] for place in places], above_line=[rows.index[place] for place in places]
    )
    return row_faults(table, misplaced, columns[-1], f"{{{columns[-1]}}} stands too low", wanted)
