"""Addresses: on which page the book shows the rows that can be cited, and the ids that rows had before.

The address of a row is PAGE.html#ID, with the id that it has in every form of the data.
"""

import pandas as pd

# The tables whose rows have an address, and the page that shows all of them; tests go through the pages.
PAGES = {
    "sources": "sources",
    "events": "events",
    "places": "events",
    "casualty_claims": "claims",
    "attribution_claims": "claims-events",
    "event_claims": "claims-events",
    "control_claims": "claims-control",
    "background_claims": "claims-background",
    "strength_claims": "notebooks/04-actors",
    "abuse_claims": "civilian-statements",
    "statements": "article-statements",
}

SMALL_PAGE = "explorer/{}.html"  # of the claims on an event or a place
ELSEWHERE = "no_place"  # its name for claims that name neither


def with_former(shown: pd.DataFrame, withdrawn: pd.DataFrame) -> pd.DataFrame:
    """A table of readers whose column Id has, behind each id, those that it replaces, separated by blanks.

    withdrawn : withdrawn_ids; an id that replaces one for which others were withdrawn has all of them.
    """
    replaces = withdrawn.dropna(subset=["replaced_by"]).groupby("replaced_by")["withdrawn_id"].agg(list).to_dict()

    def known_as(row_id: str) -> list[str]:
        return [row_id, *(name for former in replaces.get(row_id, ()) for name in known_as(former))]

    return shown.assign(Id=[" ".join(known_as(row_id)) for row_id in shown["Id"]])


def small_pages(claims: pd.DataFrame) -> pd.Series:
    """The name of the small page that holds each claim: its event, else its place; one per row of claims.

    The page lies below the explorer, weighs little, and has the rows of that event or place alone.
    """
    return claims["event_id"].fillna(claims["place_id"]).fillna(ELSEWHERE)


def claim_links(claims: pd.DataFrame) -> dict[str, str]:
    """Claim to the address of its row on its small page, seen from the top of the book; claims as for small_pages."""
    pages = small_pages(claims).map(SMALL_PAGE.format)
    return dict(zip(claims["claim_id"], pages + "#claim-" + claims["claim_id"], strict=True))
