"""The pages of the book to which captions link, each named once."""

from enum import StrEnum


class Page(StrEnum):
    """A page by its name in book/_toc.yml."""

    CLAIMS = "claims"
    CLAIMS_BACKGROUND = "claims-background"
    CLAIMS_CONTROL = "claims-control"
    CLAIMS_EVENTS = "claims-events"
    METHODS = "methods"


def link(page):
    """Link to a page, from any page: its path begins at the root of the book, its text is its title."""
    return f"[](/{page}.md)"
