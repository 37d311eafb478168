"""Whose number decides: the shared cases, counted by casualties.incident_ranges and by the multiverse's published rule."""

import numpy as np
import pytest

from azawad_conflict import casualties, multiverse
from deciding import CASES, expected, tables_with_cases

RULES = {"low": "lowest", "best": "best", "high": "highest"}


@pytest.fixture(scope="module")
def tables():
    return tables_with_cases(("casualty_claims", "events", "actors", "sources", "phases"))


@pytest.fixture(scope="module")
def ranges(tables):
    return casualties.core_killed(casualties.incident_ranges(*list(tables.values())[:4]))


@pytest.fixture(scope="module")
def arrays(tables):
    return multiverse.incident_arrays(*tables.values())


@pytest.mark.parametrize("name", CASES)
def test_the_range_of_an_incident(name, ranges):
    case = CASES[name]
    found = casualties.total(ranges, event_id=name, side=case.get("side", "mnla"))
    assert (dict(found[["low", "best", "high", "at_least"]]) if found["reported"] else None) == expected(case)


@pytest.mark.parametrize("name", CASES)
def test_the_multiverse_under_the_published_rule(name, arrays):
    case = CASES[name]
    array = arrays.get((name, case.get("side", "mnla")))
    number = np.full(3, np.nan)
    if array is not None:
        number = np.moveaxis(array, multiverse.AXIS["number"], -1)[(0,) * (array.ndim - 1)]
    found = dict(zip(multiverse.OPTIONS["number"], number, strict=True))
    range_ = expected(case) or dict.fromkeys(RULES, np.nan)
    assert [found[option] for option in RULES.values()] == pytest.approx([range_[end] for end in RULES], nan_ok=True)
