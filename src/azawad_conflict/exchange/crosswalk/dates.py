"""Dates and places of events as both schemes need them: first and last day, and how precise a place is."""

import pandas as pd

from azawad_conflict.edtf_dates import bounds

PLACE_RANKS = ("exact", "approximate", "area")


def days_of(events: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """event_id, first and last day (datetime.date) and days between them, both counted, of each event.

    Raises ValueError for an event whose date is blank, not a date, or open at one end: the scheme has a day in every row.
    """
    rows = []
    for event_id, date in zip(events["event_id"], events["date"]):
        if pd.isna(date):
            raise ValueError(f"{scheme}: {event_id} has no date, and a row needs one")
        try:
            first, last = bounds(date)
        except ValueError as error:
            raise ValueError(f"{scheme}: {event_id}: {date!r}: {error}") from error
        if first == first.min or last == last.max:
            raise ValueError(f"{scheme}: {event_id}: {date!r} is open at one end, and a row needs both")
        rows.append({"event_id": event_id, "first": first, "last": last, "days": (last - first).days + 1})
    return pd.DataFrame(rows, columns=["event_id", "first", "last", "days"])


def located(events: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The events with the columns of their place, and where: its precision by the worse of both tables, missing without a place."""
    columns = ["name", "region_2012", "country", "latitude", "longitude", "coordinate_precision"]
    known = places.set_index("place_id")[columns].rename(columns={"name": "place"})
    table = events.join(known, on="place_id")
    ranks = [
        max(PLACE_RANKS.index(kind) for kind in (event, place)) if pd.notna(event) and pd.notna(place) else None
        for event, place in zip(table["place_precision"], table["coordinate_precision"])
    ]
    return table.assign(where=pd.array(ranks, dtype="Int64"))
