"""What stands behind a quoted number: each has a rule, and its claims alone give it."""

import pytest

from azawad_conflict import casualties, headline
from azawad_conflict.evidence.addresses import claim_links
from azawad_conflict.headline import provenance
from azawad_conflict.interactive import explorer
from azawad_conflict.tables import CITED_FROM, load
from bookpress.sphinx.bibliography import citations

TABLES = ("casualty_claims", "events", "actors", "sources")


@pytest.fixture(scope="module")
def of_casualties(quoted):
    return quoted["casualties"]


@pytest.mark.parametrize("topic", headline.TOPICS)
def test_every_quoted_number_has_a_rule(topic, quoted):
    without = {key for key, number in quoted[topic].items() if not number.rule.endswith(".")}
    assert without == ({"casualties_whose_decides", "casualties_among_equals"} if topic == "casualties" else set())


@pytest.mark.parametrize(
    ("key", "where"),
    [
        ("casualties_mnla_side_killed", {"side": "mnla"}),
        ("casualties_islamist_best", {"side": "islamist"}),
        ("casualties_volunteers_killed", {"victim": "menaka_volunteers"}),
    ],
)
def test_the_claims_behind_a_total_give_it_without_any_other(of_casualties, key, where):
    claims, events, actors, sources = (load(name) for name in TABLES)
    alone = claims[claims["claim_id"].isin(of_casualties[key].claims)]
    published, again = (
        casualties.total(casualties.core_killed(casualties.incident_ranges(rows, events, actors, sources)), **where)
        for rows in (claims, alone)
    )
    assert (
        len(alone)
        and again[["low", "best", "high", "at_least"]].tolist()
        == published[["low", "best", "high", "at_least"]].tolist()
    )


def test_the_claims_behind_everyone_killed_give_it_without_any_other(of_casualties):
    claims, events, actors, sources = (load(name) for name in TABLES)
    alone = claims[claims["claim_id"].isin(of_casualties["casualties_everyone_killed"].claims)]
    published, again = (
        casualties.everyone_killed(casualties.incident_ranges(rows, events, actors, sources))
        for rows in (claims, alone)
    )
    assert again[["low", "best", "high"]].sum().tolist() == published[["low", "best", "high"]].sum().tolist()


def test_the_claims_behind_a_reading_give_it_without_any_other(of_casualties):
    claims, events, actors, sources = (load(name) for name in TABLES)
    number = of_casualties["casualties_reading_no_enemy_islamist_best"]
    alone = claims[claims["claim_id"].isin(number.claims)]
    core = casualties.core_killed(casualties.incident_ranges(alone, events, actors, sources))
    assert str(casualties.total(core, side="islamist")["best"]) == number.text


def test_what_the_base_article_tells_rests_on_its_claims_alone(of_casualties):
    sources = load("casualty_claims").set_index("claim_id")["source_id"]
    numbers = [number for key, number in of_casualties.items() if key.startswith("casualties_told_") and number.claims]
    assert numbers and {sources[claim] for number in numbers for claim in number.claims} == {casualties.BASE_ARTICLE}


def test_each_incident_rests_on_its_own_claims(of_casualties):
    claims = load("casualty_claims").set_index("claim_id")
    keys = [key for key in of_casualties if key.startswith("casualties_gao_2012_06_27_") and not key.endswith("_date")]
    assert keys
    for key in keys:
        rows = claims.loc[list(of_casualties[key].claims)]
        assert set(rows["event_id"]) == {"gao_2012_06_27"} and set(rows["outcome"]) == {key.rpartition("_")[2]}


def test_notes_lead_to_rows_and_filters_that_the_explorer_has(quoted, monkeypatch):
    rows = explorer.explored({name: load(name) for name in explorer.TABLES}, citations(CITED_FROM))
    links = claim_links(rows)
    pages = {link.partition("#")[0] for link in links.values()}
    monkeypatch.setattr(headline, "quoted", quoted.__getitem__)  # computed once
    monkeypatch.setattr(explorer, "explored", lambda *_: rows)
    for topic in headline.TOPICS:
        texts, notes = provenance.noted(topic)
        assert texts == {key: number.text for key, number in quoted[topic].items()}
        assert notes.keys() == {key for key, number in quoted[topic].items() if number.rule}
        for note in notes.values():
            assert {address for _, address, _ in note["claims"]} <= set(links.values())
            address = note["more"][1] if note["more"] else ""
            if address.startswith("explorer/"):
                assert address in pages
            if "#claims?" in address:
                name, _, value = address.partition("#claims?")[2].partition("=")
                assert value in set(rows[explorer.FILTERS[name][1]])
