"""The explorer of claims: its script counts as the analysis does, and every claim stands on the page once."""

import gzip
import html
import json
import re

import pandas as pd
import pytest

from azawad_conflict.interactive import explorer
from azawad_conflict.tables import load
from bookpress.show import screen
from bookpress.sphinx.bibliography import citations
from prose import ROOT

STATIC = ROOT / "book" / "_static"
PAGE_LIMIT = 60  # bytes, packed, for each claim


@pytest.fixture(scope="module")
def tables():
    return {name: load(name) for name in explorer.TABLES}


@pytest.fixture(scope="module")
def page(tables):
    return explorer.claims_html(tables)


def page_data(page):
    return json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)[1])


def ids(page):
    return [html.unescape(claim) for claim in re.findall(r' id="claim-([^"]+)"', page)]


def test_every_claim_of_every_kind_stands_there_once_in_the_order_of_its_data(page, tables):
    role = pd.concat([tables[name].set_index("claim_id")["claimant_role"] for name in explorer.CLAIMS])
    assert sorted(ids(page)) == sorted(role.index)
    data = page_data(page)
    place = data["columns"].index("role")
    assert [row[place] for row in data["rows"]] == role[ids(page)].tolist()


def test_each_filter_offers_every_value_once_and_no_words_twice(page):
    data = page_data(page)
    for key in explorer.FILTERS:
        options = re.findall(
            r'<option value="([^"]+)">([^<]*)</option>', re.search(rf'<select id="find-{key}".*?</select>', page)[0]
        )
        if key in explorer.IN_CELLS:
            cells = re.findall('<a class="cited"[^>]*>([^<]*)</a>', page)
            assert (
                key not in data["columns"]
                and {words for _, words in options} == set(cells)
                and len(cells) == len(data["rows"])
            )
        else:
            column = data["columns"].index(key)
            assert sorted(value for value, _ in options) == sorted({row[column] for row in data["rows"]} - {None})
        assert len({words for _, words in options}) == len(options)


def test_the_page_is_small_and_the_security_policy_lets_it_pass(page):
    packed = [
        len(gzip.compress(text.encode()))
        for text in (page, *((STATIC / f"explorer.{kind}").read_text(encoding="utf-8") for kind in ("js", "css")))
    ]
    assert sum(packed) <= PAGE_LIMIT * page.count('<tr id="claim-')
    assert re.search(r'<form[^>]* class="with-script">', screen(page).html)
    script = (STATIC / "explorer.js").read_text(encoding="utf-8")
    assert not re.search(
        r"\beval\b|\bfetch\b|XMLHttpRequest|innerHTML|Storage|clipboard|\.style\b|new Function", script
    )


def test_texts_are_escaped(tables):
    hostile = '</script><img src=x onerror="alert(1)">&\u2028'
    claims = tables["casualty_claims"].assign(claimant=hostile, qualifier=hostile)
    said = tables["event_claims"].assign(statement=hostile)
    events = tables["events"].assign(name=hostile)
    cited = dict.fromkeys(tables["sources"]["source_id"], hostile)
    page = explorer.claims_html({**tables, "casualty_claims": claims, "event_claims": said, "events": events}, cited)
    assert "<img" not in page and page.count("</script>") == 1 and html.escape(hostile) in page
    assert json.loads(explorer.as_json(hostile)) == hostile and "<" not in explorer.as_json(hostile)


def test_citations_are_those_of_the_bibliography(tables):
    cited = citations(explorer.BIBLIOGRAPHY)
    assert all(set(tables[name]["source_id"]) <= set(cited) for name in explorer.CLAIMS)
    assert cited["aba12625"] == "AFP (2013a)" and not any(re.search(r"[{}\\]|^ ", words) for words in cited.values())
