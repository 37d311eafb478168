"""The claims as a table that is searched, sorted, filtered and taken away."""

import urllib.parse
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from azawad_conflict import tables
from azawad_conflict.interactive import explorer


@pytest.fixture(scope="module")
def claims():
    """How many there are."""
    return sum(len(tables.load(name)) for name in explorer.CLAIMS)


def test_the_claims_are_searched_filtered_added_up_and_taken_away(chromium, site, visit, claims):
    page, _, complaints = visit(chromium.new_context(accept_downloads=True), site["explorer"])
    status, total = page.locator(".explorer [role=status]"), page.locator("table.totals tbody tr").first
    published = total.text_content()  # the words also while it is out of sight
    assert status.inner_text().startswith(f"All {claims:,} claims; rows 1–")
    page.get_by_label("Words").fill("menaka")  # without its accent
    page.get_by_label("Outcome or subject", exact=True).select_option("killed")
    shown = int(status.inner_text().split(" of ")[0])
    assert 0 < page.locator("table.claims tbody tr").count() <= shown < claims and status.inner_text().startswith(
        f"{shown} of {claims:,} claims; rows 1–"
    )
    assert total.text_content() != published
    page.get_by_role("button", name="Date").click()
    assert page.locator("th[data-sort=date]").get_attribute("aria-sort") == "descending"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == shown + 1 and all("Ménaka" in line for line in lines[1:])
    source = page.get_by_label("Source", exact=True)
    source.select_option(index=1)
    page.get_by_label("Words").fill("")
    page.get_by_label("Outcome or subject", exact=True).select_option("")
    cited = source.evaluate("select => select.selectedOptions[0].text")
    assert set(page.locator("table.claims tbody td:last-child").all_inner_texts()) == {cited}
    kept, words = page.url, status.inner_text()
    page.goto("about:blank")
    page.goto(kept)
    assert status.inner_text() == words
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(50)
    assert (
        status.inner_text().startswith(f"All {claims:,} claims")
        and total.text_content() == published
        and complaints == []
    )


def test_few_rows_are_in_the_document_and_search_order_and_download_act_on_all(chromium, site, visit, claims):
    """What is done at each step is counted in rows, not in seconds: no step puts more of them into the document than a page of rows holds."""
    page, _, complaints = visit(chromium.new_context(accept_downloads=True), site["explorer"])
    rows, status = page.locator("table.claims tbody tr"), page.locator(".explorer [role=status]")
    page_of_rows, first = rows.count(), rows.first.get_attribute("id")
    assert page_of_rows * 4 < claims
    above, below = (
        page.get_by_role("navigation", name=f"Pages of rows, {place} the table") for place in ("above", "below")
    )
    assert above.get_by_role("button", name="Previous").get_attribute("aria-disabled") == "true"
    below.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the same button above the rows has focus now
    span = f"{2 * page_of_rows + 1}–{3 * page_of_rows}"
    assert f"Rows {span} of {claims:,}" in above.inner_text()
    assert (
        f"rows {span} are on this page" in status.inner_text()
        and rows.count() == page_of_rows
        and page.url.endswith("#claims?page=3")
    )
    third = rows.first.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{site['explorer']}#claims?page=3")
    assert rows.first.get_attribute("id") == third != first
    for name in ("Claimant", "Claimed", "Date", "Date"):  # the last time from the latest on
        page.get_by_role("columnheader", name=name).get_by_role("button").click()
        assert rows.count() == page_of_rows and "page=" not in page.url
    assert rows.first.get_attribute("id") != first
    page.get_by_label("Words").fill("a")
    assert rows.count() == page_of_rows
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert len(Path(download.value.path()).read_text(encoding="utf-8").splitlines()) - 1 > page_of_rows
    page.get_by_label("Words").fill("zzzqqq")
    assert rows.count() == 0 and not above.is_visible() and "Take a filter away" in status.inner_text()
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(50)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() == claims
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert rows.count() == page_of_rows and complaints == []


def test_the_address_of_a_claim_opens_the_page_of_rows_that_holds_it(chromium, site, visit):
    ids = [
        row["id"]
        for row in BeautifulSoup(
            Path(urllib.parse.urlsplit(site["explorer"]).path).read_text(encoding="utf-8"), "html.parser"
        ).select("table.claims tbody tr")
    ]
    page, _, complaints = visit(chromium.new_context(), f"{site['explorer']}#{ids[-1]}")
    named = page.locator("tr:target")
    assert (
        named.get_attribute("id") == ids[-1]
        and named.is_visible()
        and page.locator("table.claims tbody tr").count() < len(ids) / 4
    )
    page.get_by_label("Words").fill("zzzqqq")
    page.evaluate("claim => { location.hash = claim; }", ids[len(ids) // 2])
    named.wait_for(timeout=2000)
    assert named.get_attribute("id") == ids[len(ids) // 2] and named.bounding_box()["y"] >= 0 and complaints == []
