"""Addresses of rows: those that were published lead somewhere for good."""

import json

import pandas as pd

from azawad_conflict.evidence.addresses import PAGES, with_former
from azawad_conflict.tables import load, schema
from tools.numbers import IDS, gone

KEYS = {resource["name"]: resource["schema"]["primaryKey"] for resource in schema()["resources"]}


def test_an_id_stands_before_all_that_it_replaces():
    withdrawn = pd.DataFrame({"withdrawn_id": ["oldest", "old", "other"], "replaced_by": ["old", "new", None]})
    shown = with_former(pd.DataFrame({"Id": ["new", "lone"]}, index=[7, 3]), withdrawn)
    assert shown["Id"].to_dict() == {7: "new old oldest", 3: "lone"}


def test_every_id_that_was_published_is_a_row_or_is_listed_as_withdrawn():
    published = json.loads(IDS.read_text("utf-8"))
    withdrawn = load("withdrawn_ids")
    ids = {name: set(load(name)[KEYS[name]]) for name in PAGES}
    assert published.keys() == PAGES.keys() and list(gone(published, ids, set(withdrawn["withdrawn_id"]))) == []
    assert [row.withdrawn_id for row in withdrawn.itertuples() if row.withdrawn_id not in published[row.table]] == []


def test_tables_on_one_page_share_no_id():
    for page in set(PAGES.values()):
        ids = pd.concat([load(name)[KEYS[name]] for name in PAGES if PAGES[name] == page])
        assert ids.is_unique, page
