"""The small pages of claims: each claim stands on one of them, at the address that notes and map give."""

import pytest
from docutils.nodes import make_id

from azawad_conflict.evidence.addresses import SMALL_PAGE, claim_links
from azawad_conflict.interactive import explorer, small_pages
from azawad_conflict.tables import load
from bookpress.show import screen
from fragments import HOSTILE, claim_ids, parsed

ALONE_AT_MOST = 70_000  # bytes of the largest, without the frame of the theme


@pytest.fixture(scope="module")
def tables():
    return {name: load(name) for name in (*explorer.TABLES, "withdrawn_ids")}


@pytest.fixture(scope="module")
def pages(tables):
    return small_pages.claims_on_each(tables)


@pytest.fixture(scope="module")
def trees(pages):
    return {SMALL_PAGE.format(name): parsed(fragment) for name, (_, fragment) in pages.items()}


def test_each_claim_stands_on_the_page_of_its_link_and_on_no_other(trees, tables):
    links = claim_links(explorer.explored(tables, dict.fromkeys(tables["sources"]["source_id"], "cited")))
    assert links.keys() == {claim for name in explorer.CLAIMS for claim in tables[name]["claim_id"]}
    found = {claim: page for page, tree in trees.items() for claim in claim_ids(tree)}
    assert sum(len(claim_ids(tree)) for tree in trees.values()) == len(found)
    assert {claim: f"{page}#claim-{claim}" for claim, page in found.items()} == links


def test_a_withdrawn_claim_leads_to_the_row_that_replaces_it(trees, tables):
    withdrawn = tables["withdrawn_ids"].query("table in @explorer.CLAIMS").dropna(subset="replaced_by")
    for old, new in zip(withdrawn["withdrawn_id"], withdrawn["replaced_by"], strict=True):
        (row,) = (tree.find(id=f"claim-{new}") for tree in trees.values() if tree.find(id=f"claim-{new}"))
        assert row.find(id=f"claim-{old}")


def test_a_page_bears_the_name_of_what_its_claims_are_on_and_leads_to_them_in_the_explorer(pages, tables):
    names = {
        **tables["places"].set_index("place_id")["name"],
        **tables["events"].set_index("event_id")["name"],
        "no_place": explorer.NO_PLACE,
    }
    filters = {option["value"] for option in parsed(explorer.claims_html(tables)).select("select option")}
    for name, (title, fragment) in pages.items():
        tree = parsed(fragment)
        asked = tree.p.a["href"].partition("#claims?")[2].partition("=")[2]
        assert title == tree.h1.text == names[name] and asked == ("" if name == "no_place" else name)
        assert asked in filters


def test_the_largest_is_small_and_the_security_policy_lets_all_pass(pages):
    assert max(len(fragment.encode()) for _, fragment in pages.values()) <= ALONE_AT_MOST
    assert screen("<p>The page beside them</p>", pages)


def test_texts_are_text(tables):
    hostile = {
        "casualty_claims": tables["casualty_claims"].assign(claimant=HOSTILE, qualifier=HOSTILE),
        "events": tables["events"].assign(name=HOSTILE),
        "sources": tables["sources"].assign(url=HOSTILE),
    }
    ids = tables["sources"]["source_id"]
    made = small_pages.claims_on_each(
        {**tables, **hostile}, dict.fromkeys(ids, HOSTILE), dict.fromkeys(ids, (HOSTILE, HOSTILE))
    )
    for name, (_, fragment) in made.items():
        tree = parsed(fragment)
        assert not tree.select("b, script, [onclick]")
        assert {words.text for words in tree.select("tbody td:last-child :is(a[dir], span[dir], a:first-child)")} == {
            HOSTILE
        }
        assert {words.get("lang") for words in tree.select("tbody [dir]")} == {HOSTILE}, name


def test_a_reader_of_french_finds_no_english_and_the_same_addresses(pages, tables, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "fr")
    french = small_pages.claims_on_each(tables)
    assert french.keys() == pages.keys()
    for name, (title, fragment) in french.items():
        tree, english = parsed(fragment), parsed(pages[name][1])
        assert sorted(claim_ids(tree)) == sorted(claim_ids(english)) and title == tree.h1.text
        assert not any(words in fragment for words in ("These claims", "Claimant", "Says:", "Address of"))


@pytest.mark.parametrize("shown", ["en", "fr"])
def test_a_title_of_ours_is_in_the_language_of_the_page_and_one_of_others_in_its_own(tables, monkeypatch, shown):
    monkeypatch.setenv("LANGUAGE", shown)
    told = {}
    for _, fragment in small_pages.claims_on_each(tables).values():
        for cell in parsed(fragment).select("tbody td:last-child"):
            told[cell.a["href"].partition("#ref-")[2]] = cell.select_one("[dir]")
    rows = tables["sources"].fillna("").set_index(tables["sources"]["source_id"].map(make_id)).loc[list(told)]
    rows = rows.assign(lang=[words["lang"] for words in told.values()], said=[words.text for words in told.values()])
    arabic = rows["title"].str.contains(r"[\u0600-\u06ff]")
    ours = rows["note"].str.contains("escriptive title") & ~arabic
    assert set(rows.loc[ours, "lang"]) == {shown}
    assert (rows.loc[ours, "said"] == rows.loc[ours, "title"]).eq(shown == "en").all()
    assert (rows.loc[~ours, "said"] == rows.loc[~ours, "title"]).all() and set(rows.loc[arabic, "lang"]) == {"ar"}
    assert set(rows.loc[~ours & rows["language"].eq("en"), "lang"]) == {"en"}
