"""The counting rule that a reader makes."""

import pytest


@pytest.mark.parametrize("size", [(1440, 900), (820, 900), (390, 844)])
def test_answers_move_the_totals_which_stay_in_sight(chromium, site, visit, size):
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page, _, complaints = visit(context, site["own-rule"])
    total, mark = page.locator("b[data-target=islamist]"), page.locator(".islamist .mark")
    published, place = total.inner_text(), mark.get_attribute("x")
    page.get_by_role("button", name="Each side on its own dead", exact=True).click()
    told = page.locator("tr", has=page.locator("button[aria-pressed=true]")).locator("td").nth(1).inner_text()
    assert total.inner_text() == told != published and mark.get_attribute("x") != place
    assert (
        page.url.endswith("&heard=own_dead")
        and page.locator("[data-question=heard].changed input:checked").get_attribute("value") != "0"
    )
    page.locator("[data-question=number]").get_by_role("radio", name="The highest").focus()
    page.keyboard.press("ArrowUp")  # the one before it
    assert page.locator("[data-question=number] input:checked").get_attribute("value") == "1"
    assert page.locator("button[aria-pressed=true]").count() == 0
    assert (
        page.locator(".incidents tr.changed").count() > 0 and total.inner_text() in page.locator(".unseen").inner_text()
    )
    for question in page.locator(".question").all():
        answer = question.locator("input").first
        answer.focus()
        focused, panel = answer.bounding_box(), page.locator(".panel").bounding_box()
        assert panel["y"] >= 0 and panel["y"] + panel["height"] <= size[1]
        assert panel["x"] > focused["x"] + focused["width"] or focused["y"] >= panel["y"] + panel["height"], (
            "the totals hide what has focus"
        )
    kept, answers = page.url, total.inner_text()
    page.goto("about:blank")
    page.goto(kept)
    assert total.inner_text() == answers
    page.get_by_role("button", name="Back to published").click()
    assert total.inner_text() == published and page.locator(".changed").count() == 0 and complaints == []
