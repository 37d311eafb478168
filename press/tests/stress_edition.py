"""The stress book: what goes wrong on paper, as an edition with files."""

import datetime
from pathlib import Path

from bookpress.book.attachments import Attachment, Package
from bookpress.book.edition import Edition

STRESS_BOOK = Path(__file__).parent / "stress_book"
EDITION = Edition(
    title="The stress book",
    subtitle="All that goes wrong on paper",
    authors=("Ada Tester", "Ben Prüfer"),
    version="1.2.3",
    date=datetime.date(2026, 11, 23),
    licence="CC BY-SA 4.0",
    abstract="What the book says.",
    keywords=("tests", "printing"),
    url="https://example.org/stress/",
    language="en-GB",
    commit="0123abc",
    rebuild="make book",
    slug="stress",
)


ATTACHED = [
    Attachment(STRESS_BOOK / "_static/data.csv", "data", "Données en été"),
    Attachment(STRESS_BOOK / "index.md", "source", "The text", ("*.md", "The text")),
    Attachment(STRESS_BOOK / "references.md", "source", "The list", ("*.md", "The text")),
]
PACKAGE = Package("Stress data", "1.2.3", STRESS_BOOK / "datapackage.json", (), "5" * 64)
