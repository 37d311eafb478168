"""The pages of the book to which captions link, each named once."""

from enum import StrEnum


class Page(StrEnum):
    """A page by its name in book/_toc.yml."""

    CLAIMS = "claims"
    CLAIMS_BACKGROUND = "claims-background"
    CLAIMS_CONTROL = "claims-control"
    CLAIMS_EVENTS = "claims-events"
    METHODS = "methods"


def link(page: Page) -> str:
    """Link to a page by its title. The path from the root of the book holds on any page."""
    return f"[](/{page}.md)"
