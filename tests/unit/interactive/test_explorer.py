"""The explorer of claims: its script counts as the analysis does, and every claim stands on the page once."""

import gzip
import html
import json
import re
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest

from azawad_conflict.casualties import SERIES, core_killed, incident_ranges, total, totals
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


def run(program, given):
    """What a program for node prints as JSON; it finds the script's functions as `explorer` and what it is given as `given`."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine: the script is not run outside a browser")
    scripts = f"const explorer = require({json.dumps(str(STATIC / 'explorer.js'))});"
    scripts += "const given = JSON.parse(require('fs').readFileSync(0));"
    done = subprocess.run(
        [node, "-e", f"{scripts}console.log(JSON.stringify({program}))"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def page_data(page):
    return json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)[1])


def ids(page):
    return [html.unescape(claim) for claim in re.findall(r' id="claim-([^"]+)"', page)]


def counted(claims, tables):
    """The totals by side and outcome over the fights between both sides, in the words of the script."""
    ranges = incident_ranges(claims, tables["events"], tables["actors"], tables["sources"])
    ranges = ranges[ranges["scope"].eq("core") & ranges["violence_type"].eq("non_state")]
    side = {words: side for side, words in SERIES.items()}
    columns = ["low", "best", "high", "at_least", "reported", "incidents"]
    return {
        f"{side[row['series']]} {row['outcome']}": {column: row[column] for column in columns}
        for row in totals(ranges, ["series", "outcome"]).to_dict("records")
    }


def test_the_script_without_a_filter_gives_the_published_totals(page, tables):
    (found,) = run("[explorer.totals(explorer.claimsOf(given))]", page_data(page))
    claims = tables["casualty_claims"]
    assert found == counted(claims, tables)
    core = core_killed(incident_ranges(claims, tables["events"], tables["actors"], tables["sources"]))
    for side in ("mnla", "islamist"):
        published = total(core, series=SERIES[side])
        assert [found[f"{side} killed"][column] for column in ("low", "best", "high")] == published[
            ["low", "best", "high"]
        ].tolist()


def test_the_script_counts_any_choice_of_claims_as_the_analysis_does(page, tables):
    draw, order, claims = np.random.default_rng(20261123), ids(page), tables["casualty_claims"]
    choices = [
        sorted(draw.choice(len(order), size, replace=False).tolist())
        for size in draw.integers(1, len(order), 20).tolist()
    ]
    claim_of = claims.set_index("claim_id", drop=False)
    choices += [
        [place for place, claim in enumerate(order) if claim in claim_of.index and claim_of.at[claim, column] == value]
        for column in ("victim", "claimant_role")
        for value in sorted(claims[column].unique())
    ]
    found = run(
        "given.choices.map(choice => explorer.totals(choice.map(place => explorer.claimsOf(given.data)[place])))",
        {"data": page_data(page), "choices": choices},
    )
    for choice, sums in zip(choices, found, strict=True):
        assert sums == counted(claims[claims["claim_id"].isin([order[place] for place in choice])], tables)


def test_the_totals_on_the_page_are_worded_as_the_script_words_them(page):
    sums, cells = run(
        "[explorer.totals(explorer.claimsOf(given)), Object.fromEntries(Object.entries(explorer.totals(explorer.claimsOf(given)))"
        ".map(([key, sum]) => [key, explorer.totalCells(sum)]))]",
        page_data(page),
    )
    rows = re.findall(r'<tr data-side="(\w+)" data-outcome="(\w+)"><th scope="row">[^<]*</th>(.*?)</tr>', page)
    assert len(rows) == 6
    for side, outcome, row in rows:
        assert (
            re.findall("<td>(.*?)</td>", row)
            == cells[f"{side} {outcome}"]
            == explorer.total_cells(sums[f"{side} {outcome}"])
        )
    nothing = total(pd.DataFrame({"outcome": []}), outcome="killed")
    assert run("[explorer.totalCells(undefined)]", None) == [explorer.total_cells(nothing)]


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


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", '"\'=1+1"'),
        (" @x", '"\'@x"'),
        ("-3", '"\'-3"'),
        ("+3", '"\'+3"'),
        ('a "b"\u00a0c', '"a ""b"" c"'),
        (None, '""'),
        (0, '"0"'),
    ],
)
def test_a_cell_of_the_download_is_no_formula(cell, written):
    assert run("explorer.cellOf(given)", cell) == written


def test_the_search_is_blind_to_accents_and_odd_addresses_are_none():
    assert run("given.map(explorer.folded)", ["Ségou", "SEGOU", "Ménaka"]) == ["segou", "segou", "menaka"]
    assert (
        run(
            "given.map(hash => explorer.stateOf(hash) === null)",
            ["", "#claim-x", "#claims", "#find?x", "#claims?%", "#claims?sort=%E0"],
        )
        == [True] * 4 + [False] * 2
    )


@pytest.mark.parametrize(
    ("page", "claims", "first", "end", "number", "pages"),
    [
        (1, 120, 0, 50, 1, 3),
        (3, 120, 100, 120, 3, 3),
        (9, 120, 100, 120, 3, 3),
        (0, 120, 0, 50, 1, 3),
        (2, 100, 50, 100, 2, 2),
        (1, 0, 0, 0, 1, 1),
    ],
)
def test_a_page_of_rows_lies_within_the_claims(page, claims, first, end, number, pages):
    found = run("explorer.windowOf(given.page, given.claims, 50)", {"page": page, "claims": claims})
    assert found == {"first": first, "end": end, "page": number, "pages": pages}


def test_victims_that_claims_name_differently_count_on_the_side_of_the_whole(tables):
    actors = tables["actors"]
    parts = {**tables, "actors": actors.assign(side=actors["side"].mask(actors["actor_id"] == "mujao", "other"))}
    page = explorer.claims_html(parts)
    (found,) = run("[explorer.totals(explorer.claimsOf(given))]", page_data(page))
    assert found == counted(parts["casualty_claims"], parts) and "other killed" in found
