"""What machines read of a page."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bookpress.book.attachments import Package
from bookpress.sphinx import page_metadata
from stress_edition import EDITION


@pytest.mark.parametrize(
    ("language", "told"), [("en", ["Lines", "What is drawn."]), ("fr", ["Lignes", "Ce qui est tracé."])]
)
def test_machines_read_of_tables_in_the_language_of_the_pages(language, told):
    words = {
        "title": "Lines",
        "title_fr": "Lignes",
        "description": "What is drawn.",
        "description_fr": "Ce qui est tracé.",
    }
    package = Package("Lines", "1.0.0", Path(__file__), (), "", {**words, "resources": [words]})
    edition = replace(EDITION, language=language)
    _report, dataset = json.loads(page_metadata.structured_data(edition, package))["@graph"]
    table = dataset["variableMeasured"][0]
    assert [table["name"], table["description"]] == told and dataset["name"] == told[0]
