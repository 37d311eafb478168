"""What stands behind a quoted number: every number that prose quotes has a rule, and its claims alone give it."""

import pytest

from azawad_conflict import behind, casualties, headline
from azawad_conflict.casualties import SERIES
from azawad_conflict.interactive import explorer
from azawad_conflict.tables import load
from bookpress.sphinx.bibliography import citations
from prose import quoted_keys

TABLES = ("casualty_claims", "events", "actors", "sources")


@pytest.mark.parametrize("key", sorted(quoted_keys()))
def test_every_quoted_number_has_a_rule(key):
    assert behind.behind(key).rule.endswith(".")


def test_a_number_that_nothing_explains_is_refused():
    with pytest.raises(KeyError):
        behind.behind("weather_days")
    with pytest.raises(KeyError):
        behind.behind("casualties_no_such_event_mnla_killed")


@pytest.mark.parametrize(
    ("key", "where"),
    [
        ("casualties_mnla_side_killed", {"series": SERIES["mnla"]}),
        ("casualties_islamist_best", {"series": SERIES["islamist"]}),
        ("casualties_volunteers_killed", {"victim": "menaka_volunteers"}),
        ("casualties_told_mnla_side_killed", {"series": SERIES["mnla"]}),
    ],
)
def test_the_claims_behind_a_total_give_it_without_any_other(key, where):
    claims, events, actors, sources = (load(name) for name in TABLES)
    told = claims[claims["source_id"] == casualties.BASE_ARTICLE] if "told" in key else claims
    alone = claims[claims["claim_id"].isin(behind.behind(key).claims)]
    published, again = (
        casualties.total(casualties.core_killed(casualties.incident_ranges(rows, events, actors, sources)), **where)
        for rows in (told, alone)
    )
    assert (
        len(alone)
        and again[["low", "best", "high", "at_least"]].tolist()
        == published[["low", "best", "high", "at_least"]].tolist()
    )


def test_the_claims_behind_everyone_killed_give_it_without_any_other():
    claims, events, actors, sources = (load(name) for name in TABLES)
    alone = claims[claims["claim_id"].isin(behind.behind("casualties_everyone_killed").claims)]
    published, again = (
        casualties.everyone_killed(casualties.incident_ranges(rows, events, actors, sources))
        for rows in (claims, alone)
    )
    assert again[["low", "best", "high"]].sum().tolist() == published[["low", "best", "high"]].sum().tolist()


def test_each_incident_rests_on_its_own_claims():
    claims = load("casualty_claims").set_index("claim_id")
    for key in headline.numbers("casualties"):
        if key.startswith("casualties_gao_2012_06_27_") and key.endswith(("killed", "wounded", "captured")):
            rows = claims.loc[list(behind.behind(key).claims)]
            assert set(rows["event_id"]) <= {"gao_2012_06_27"} and set(rows["outcome"]) <= {key.rpartition("_")[2]}


def test_notes_lead_to_rows_and_filters_that_the_explorer_has():
    rows = explorer.explored({name: load(name) for name in explorer.TABLES}, citations(explorer.BIBLIOGRAPHY))
    for topic in headline.TOPICS:
        for note in behind.notes(headline.numbers(topic)).values():
            assert {address.removeprefix("explorer.html#claim-") for _, address in note["claims"]} <= set(
                rows["claim_id"]
            )
            address = note["more"][1] if note["more"] else ""
            if "#claims?" in address:
                name, _, value = address.partition("#claims?")[2].partition("=")
                assert value in set(rows[explorer.FILTERS[name][1]])
