"""The script of the explorer of claims, in Chromium: it counts as the analysis does."""

import numpy as np
import pandas as pd
import pytest

from azawad_conflict.casualties import core_killed, incident_ranges, total, totals
from azawad_conflict.interactive import explorer
from azawad_conflict.tables import load
from deciding import CASES, expected, tables_with_cases
from fragments import claim_ids, data_of, parsed

COUNT_EACH = "(claims => given.choices.map(choice => explorer.totals(choice.map(place => claims[place]))))(explorer.claimsOf(given.data))"


@pytest.fixture(scope="module")
def tables():
    return {name: load(name) for name in explorer.TABLES}


@pytest.fixture(scope="module")
def page(tables):
    return parsed(explorer.claims_html(tables))


@pytest.fixture(scope="module")
def run(script):
    """The function that runs a program in Chromium, with the script's functions as `explorer` and what it is given as `given`."""
    return script("explorer.js", "explorer")


def counted(claims, tables):
    """The totals by side and outcome over the fights between both sides, in the words of the script."""
    (found,) = counted_each([claims["claim_id"].tolist()], tables | {"casualty_claims": claims})
    return found


def counted_each(choices, tables):
    """The totals of each of several choices of claims, by their ids: each has a copy of the events, all are counted at once."""
    claims, events = tables["casualty_claims"], tables["events"]
    chosen = [claims[claims["claim_id"].isin(choice)] for choice in choices]
    copies = [frame.assign(event_id=f"{number}:" + frame["event_id"]) for number, frame in enumerate(chosen)]
    worlds = [events.assign(event_id=f"{number}:" + events["event_id"]) for number in range(len(choices))]
    ranges = incident_ranges(pd.concat(copies), pd.concat(worlds), tables["actors"], tables["sources"])
    ranges = ranges[ranges["scope"].eq("core") & ranges["violence_type"].eq("non_state")]
    ranges = ranges.assign(choice=ranges["event_id"].str.split(":").str[0].astype(int))
    columns = ["low", "best", "high", "at_least", "reported", "incidents"]
    found = [{} for _ in choices]
    for row in totals(ranges, ["choice", "side", "outcome"]).to_dict("records"):
        found[row["choice"]][f"{row['side']} {row['outcome']}"] = {column: row[column] for column in columns}
    return found


@pytest.fixture(scope="module")
def cases(run):
    """Name of a case to the script's totals of its claims."""
    tables = tables_with_cases(explorer.TABLES)
    page = parsed(explorer.claims_html(tables, dict.fromkeys(tables["sources"]["source_id"], "cited")))
    order = claim_ids(page)
    given = {
        "data": data_of(page),
        "choices": [
            [order.index(f"{name} {number}") for number in range(len(case["claims"]))] for name, case in CASES.items()
        ],
    }
    return dict(zip(CASES, run(COUNT_EACH, given), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_whose_number_decides(name, cases):
    """The shared cases, which tests/unit/counting/test_deciding.py counts in Python."""
    found = cases[name].get(f"{CASES[name].get('side', 'mnla')} killed", {"reported": False})
    columns = ("low", "best", "high", "at_least")
    assert ({column: found[column] for column in columns} if found["reported"] else None) == expected(CASES[name])


def test_the_script_without_a_filter_gives_the_published_totals(page, tables, run):
    (found,) = run("[explorer.totals(explorer.claimsOf(given))]", data_of(page))
    claims = tables["casualty_claims"]
    assert found == counted(claims, tables)
    core = core_killed(incident_ranges(claims, tables["events"], tables["actors"], tables["sources"]))
    for side in ("mnla", "islamist"):
        published = total(core, side=side)
        assert [found[f"{side} killed"][column] for column in ("low", "best", "high")] == published[
            ["low", "best", "high"]
        ].tolist()


def test_the_script_counts_any_choice_of_claims_as_the_analysis_does(page, tables, run):
    draw, order, claims = np.random.default_rng(20261123), claim_ids(page), tables["casualty_claims"]
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
    found = run(COUNT_EACH, {"data": data_of(page), "choices": choices})
    for sums, wanted in zip(
        found, counted_each([[order[place] for place in choice] for choice in choices], tables), strict=True
    ):
        assert sums == wanted


def test_victims_that_claims_name_differently_count_on_the_side_of_the_whole(tables, run):
    actors = tables["actors"]
    parts = {**tables, "actors": actors.assign(side=actors["side"].mask(actors["actor_id"] == "mujao", "other"))}
    page = parsed(explorer.claims_html(parts))
    (found,) = run("[explorer.totals(explorer.claimsOf(given))]", data_of(page))
    assert found == counted(parts["casualty_claims"], parts) and "other killed" in found


def test_the_totals_on_the_page_are_worded_as_the_script_words_them(page, run):
    sums, cells = run(
        "[explorer.totals(explorer.claimsOf(given)), Object.fromEntries(Object.entries(explorer.totals(explorer.claimsOf(given)))"
        ".map(([key, sum]) => [key, explorer.totalCells(sum, given.words)]))]",
        data_of(page),
    )
    rows = page.select("table.totals tbody tr")
    assert len(rows) == 6
    for row in rows:
        key = f"{row['data-side']} {row['data-outcome']}"
        assert [cell.text for cell in row.select("td")] == cells[key] == explorer.total_cells(sums[key])
    nothing = total(pd.DataFrame({"outcome": []}), outcome="killed")
    assert run("[explorer.totalCells(undefined)]", None) == [explorer.total_cells(nothing)]


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
def test_a_cell_of_the_download_is_no_formula(cell, written, run):
    assert run("explorer.cellOf(given)", cell) == written


def test_the_search_is_blind_to_accents_and_odd_addresses_are_none(run):
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
def test_a_page_of_rows_lies_within_the_claims(page, claims, first, end, number, pages, run):
    found = run("explorer.windowOf(given.page, given.claims, 50)", {"page": page, "claims": claims})
    assert found == {"first": first, "end": end, "page": number, "pages": pages}
