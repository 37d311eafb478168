"""The analysis computes without the press: only pages, notebooks and what words their notes import bookpress."""

import json
from pathlib import Path

from without_press import modules

EXPECTED = Path(__file__).parents[1] / "expected" / "headline.json"


def test_every_module_is_imported_and_every_number_computed_without_the_press(quoted):
    names = modules()
    assert {"azawad_conflict.wording", "azawad_conflict.reader_tables.data", "azawad_conflict.multiverse"} <= set(names)
    found = {key: number.text for numbers in quoted.values() for key, number in numbers.items()}
    assert found == json.loads(EXPECTED.read_text(encoding="utf-8"))
