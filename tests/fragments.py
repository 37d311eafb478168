"""What tests of the pages to try and of their scripts share: the fragments of HTML parsed, and the parts of the own rule."""

import json
from functools import cached_property

from bs4 import BeautifulSoup

from azawad_conflict import casualties, multiverse, territory
from azawad_conflict.interactive import own_rule
from azawad_conflict.tables import CITED_FROM, load
from bookpress.sphinx.bibliography import citations

HOSTILE = '"\'</script><b onclick="x">&amp;\u2028'  # what must stand on a page as these very letters


def parsed(fragment):
    return BeautifulSoup(fragment, "html.parser")


def data_of(tree):
    """The data for the page's script."""
    return json.loads(tree.select_one("script").string)


def claim_ids(tree):
    """The ids of the claims in the order of the explorer's table."""
    return [row["id"].removeprefix("claim-") for row in tree.select("table.claims tbody tr")]


def map_tables():
    """What dated_map.draw takes, from the published data."""
    rows = {name: load(name) for name in ("control_claims", "actors", "phases", "places", "events")}
    ranges = casualties.incident_ranges(load("casualty_claims"), rows["events"], rows["actors"], load("sources"))
    return {
        "spells": territory.reading(load("control_spells"), "assessed"),
        "claims": rows["control_claims"],
        "towns": territory.populated(rows["places"]),
        "actors": rows["actors"],
        "phase_rows": rows["phases"],
        "cited": citations(CITED_FROM),
        "fights": casualties.fights(casualties.everyone_killed(ranges), rows["events"], rows["places"]),
        "events": rows["events"],
    }


class OwnRule:
    """The own rule over the published data, each part made when it is first asked for."""

    worth = "Worth & more."

    @cached_property
    def tables(self):
        return [load(name) for name in ("casualty_claims", "events", "actors", "sources", "phases")]

    @cached_property
    def readings(self):
        return load("readings")

    @cached_property
    def heard(self):
        return own_rule.arrays_by_reading(self.readings, *self.tables)

    @cached_property
    def totals(self):
        return {reading: multiverse.totals_of(arrays) for reading, arrays in self.heard.items()}

    @cached_property
    def combined(self):
        return multiverse.combinations(*self.tables)

    @cached_property
    def distribution(self):
        return multiverse.distribution(self.combined)

    @cached_property
    def page(self):
        return own_rule.form(self.heard, self.readings, self.distribution, self.tables[1], self.worth)

    @cached_property
    def tree(self):
        return parsed(self.page)

    @cached_property
    def data(self):
        return own_rule.data(self.heard, self.distribution)
