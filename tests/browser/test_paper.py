"""What leaves the browser: a page printed on A4 from the dark, and a heading that is copied."""

import re

import pypdfium2
import pytest


@pytest.mark.parametrize("name", ["reproduce", "notebooks/02-casualties", "index"])
def test_the_sheets_hold_every_word_and_picture_on_white(dark, site, pages, tmp_path, name):
    page = dark.new_page()
    page.goto(site[name])
    page.pdf(path=tmp_path / "page.pdf", format="A4", print_background=True)
    page.close()
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    # pdfium tells a hyphen at the end of a line, of hyphenation or of a name, as U+FFFE.
    text = re.sub("\\s|[-\ufffe]", "", "".join(sheet.get_textpage().get_text_range() for sheet in document))
    told = [
        tag.get_text()
        for tag in pages[name].select("article > section pre, article p:not(.datafile), article h2")
        if not tag.find_parent(["details", "figure", "table"])
    ]
    assert len(told) > 3 and [words for words in told if re.sub("\\s|[-\xad]", "", words) not in text] == []
    drawings = len(pages[name].select("article figure img"))
    objects = sum(
        1 for sheet in document for thing in sheet.get_objects(max_depth=3) if thing.type in (2, 3, 5)
    )  # paths, images, forms
    assert objects > 50 * drawings
    for sheet in document:
        picture = sheet.render(scale=0.5).to_pil().convert("L")
        assert (
            picture.getpixel((2, 2)) == 255 and sum(picture.histogram()[:128]) < 0.25 * picture.width * picture.height
        )


@pytest.mark.parametrize("level", ["h1", "h2"])
def test_a_heading_is_copied_without_its_mark(chromium, site, level):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site["notebooks/02-casualties"])
    heading = page.locator(f"article {level}").first
    heading.scroll_into_view_if_needed()
    heading.click(click_count=3)
    page.keyboard.press("Control+C")
    field = page.locator("header input")
    field.focus()
    page.keyboard.press("Control+V")
    assert field.input_value().strip() == heading.text_content().strip() and heading.text_content().strip()[-1] != "¶"
    heading.hover()
    assert heading.locator(".headerlink").evaluate(
        "link => [getComputedStyle(link, '::after').content, getComputedStyle(link).opacity]"
    ) == ['"¶"', "1"]
    context.close()
