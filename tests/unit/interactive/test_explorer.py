"""The explorer of claims: every claim stands on the page once, under filters that offer all of them."""

import gzip
import re

import pandas as pd
import pytest

from azawad_conflict.interactive import explorer
from azawad_conflict.tables import CITED_FROM, load
from bookpress.show import screen
from bookpress.sphinx.bibliography import citations
from fragments import HOSTILE, claim_ids, data_of, parsed
from prose import ROOT

STATIC = ROOT / "book" / "_static"
PAGE_LIMIT = 60  # bytes, packed, for each claim


@pytest.fixture(scope="module")
def tables():
    return {name: load(name) for name in explorer.TABLES}


@pytest.fixture(scope="module")
def page(tables):
    return explorer.claims_html(tables)


@pytest.fixture(scope="module")
def tree(page):
    return parsed(page)


def test_every_claim_of_every_kind_stands_there_once_in_the_order_of_its_data(tree, tables):
    role = pd.concat([tables[name].set_index("claim_id")["claimant_role"] for name in explorer.CLAIMS])
    assert sorted(claim_ids(tree)) == sorted(role.index)
    data = data_of(tree)
    place = data["columns"].index("role")
    assert [row[place] for row in data["rows"]] == role[claim_ids(tree)].tolist()


def test_each_filter_offers_every_value_once_and_no_words_twice(tree):
    data = data_of(tree)
    for key in explorer.FILTERS:
        options = [(option["value"], option.text) for option in tree.select(f"select#find-{key} option")[1:]]
        if key in explorer.IN_CELLS:
            cells = [link.text for link in tree.select("a.cited")]
            assert (
                key not in data["columns"]
                and {words for _, words in options} == set(cells)
                and len(cells) == len(data["rows"])
            )
        else:
            column = data["columns"].index(key)
            assert sorted(value for value, _ in options) == sorted({row[column] for row in data["rows"]} - {None})
        assert len({words for _, words in options}) == len(options)


def test_the_page_is_small_and_the_security_policy_lets_it_pass(page, tree):
    packed = [
        len(gzip.compress(text.encode()))
        for text in (page, *((STATIC / f"explorer.{kind}").read_text(encoding="utf-8") for kind in ("js", "css")))
    ]
    assert sum(packed) <= PAGE_LIMIT * len(claim_ids(tree))
    assert parsed(screen(page).html).select_one("form.with-script")
    script = (STATIC / "explorer.js").read_text(encoding="utf-8")
    assert not re.search(
        r"\beval\b|\bfetch\b|XMLHttpRequest|innerHTML|Storage|clipboard|\.style\b|new Function", script
    )


def test_texts_are_text(tables):
    hostile = {
        "casualty_claims": tables["casualty_claims"].assign(claimant=HOSTILE, qualifier=HOSTILE),
        "event_claims": tables["event_claims"].assign(claim_id=lambda claims: claims["claim_id"] + HOSTILE),
        "events": tables["events"].assign(name=HOSTILE),
        "places": tables["places"].assign(place_id=lambda places: places["place_id"] + HOSTILE, name=HOSTILE),
    }
    for name in ("events", "control_claims"):
        frame = hostile.get(name, tables[name])
        hostile[name] = frame.assign(place_id=frame["place_id"] + HOSTILE)
    page = explorer.claims_html({**tables, **hostile}, dict.fromkeys(tables["sources"]["source_id"], HOSTILE))
    tree, claims = parsed(page), tables["event_claims"]["claim_id"]
    assert page.count("</script>") == 1 and not tree.select("b, [onclick]")
    heads = [row.th.text for row in tree.select("table.claims tbody tr")]
    assert heads.count(HOSTILE) >= len(tables["casualty_claims"]) + len(claims)
    assert {link.text for link in tree.select("a.cited")} == {HOSTILE}
    said_by = [row.select("td")[4].text for row in tree.select("table.claims tbody tr")]
    assert sum(HOSTILE in words for words in said_by) == len(tables["casualty_claims"])
    assert {claim + HOSTILE for claim in claims} <= set(claim_ids(tree))
    data = data_of(tree)
    place = data["columns"].index("place")
    assert {row[place][-len(HOSTILE) :] for row in data["rows"] if row[place]} == {HOSTILE}


def test_citations_are_those_of_the_bibliography(tables):
    cited = citations(CITED_FROM)
    assert all(set(tables[name]["source_id"]) <= set(cited) for name in explorer.CLAIMS)
    assert cited["aba12625"] == "AFP (2013a)" and not any(re.search(r"[{}\\]|^ ", words) for words in cited.values())
