"""Executed copies of notebooks show what every viewer shows."""

import base64
import copy

from bookpress.markup.pictures import PIXELS_PER_INCH
from bookpress.notebooks.copies import executed_copy
from bookpress.notebooks.words import Words
from bookpress.show import FILES_KEY

WORDS = Words(labels={"fig-a-dot": "Figure 1"}, numbers={"shapes": {"shapes": "12"}})
GLUE = {
    "output_type": "display_data",
    "data": {"application/papermill.record/text/plain": "'12'"},
    "metadata": {"scrapbook": {"name": "shapes"}},
}
FIGURE = {
    "output_type": "execute_result",
    "execution_count": 2,
    "data": {
        "text/html": '<figure><img src="data:image/svg+xml;base64,AAAA" alt="A &quot;dot&quot;"><figcaption class="myst" data-label="fig-a-dot">Of {glue:text}`shapes`.</figcaption></figure>',
        "text/markdown": ":::{figure} ...",
        "text/plain": "<fig-a-dot>",
    },
    "metadata": {},
}
NOTES = {
    "output_type": "execute_result",
    "execution_count": 2,
    "data": {"text/html": "", "text/markdown": ":::{numbernotes}", "text/plain": "<numbers>"},
    "metadata": {},
}
PRINTED = {"output_type": "stream", "name": "stdout", "text": "hello\n"}
ARRAY = {"output_type": "execute_result", "execution_count": 3, "data": {"text/plain": "array"}, "metadata": {}}
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "source": ["# Shapes\n", "There are {glue:text}`shapes`."], "metadata": {}},
        {"cell_type": "code", "source": "a", "metadata": {}, "outputs": [], "execution_count": None},
        {"cell_type": "raw", "source": "{glue:text}`shapes`", "metadata": {}},
        {"cell_type": "code", "source": "b", "metadata": {}, "outputs": [], "execution_count": None},
    ]
}


def test_prose_and_captions_are_words_and_what_serves_the_book_alone_is_away():
    before = copy.deepcopy(NOTEBOOK)
    given = [
        {"execution_count": 1, "outputs": [GLUE, NOTES, PRINTED]},
        {"execution_count": 2, "outputs": [FIGURE, ARRAY]},
    ]
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (400).to_bytes(4, "big") + (300).to_bytes(4, "big")
    made = executed_copy(NOTEBOOK, given, WORDS, "shapes", {"fig-a-dot": png})
    assert before == NOTEBOOK
    prose, first, raw, second = made["cells"]
    assert prose["source"] == "# Shapes\nThere are 12." and raw["source"] == "{glue:text}`shapes`"
    assert first["execution_count"] == 1 and first["outputs"] == [PRINTED]
    picture, caption, array = second["outputs"]
    assert base64.b64decode(picture["data"]["image/png"]) == png and picture["data"]["text/plain"] == 'A "dot"'
    assert picture["metadata"]["image/png"]["width"] == 400 * 96 // PIXELS_PER_INCH
    assert "<strong>Figure 1</strong> Of 12." in caption["data"]["text/html"] and "text/markdown" not in caption["data"]
    assert "<img" not in caption["data"]["text/html"] and array == ARRAY


def test_a_drawing_without_a_picture_stays_in_its_html():
    made = executed_copy(
        NOTEBOOK,
        [{"execution_count": 1, "outputs": []}, {"execution_count": 2, "outputs": [FIGURE]}],
        WORDS,
        "shapes",
        {},
    )
    assert "data:image/svg+xml" in made["cells"][3]["outputs"][0]["data"]["text/html"]


def test_what_an_output_carries_for_the_press_is_not_in_the_copy():
    files = FIGURE | {"metadata": {FILES_KEY: {"data.bin": "AAAA" * 1000}}}
    made = executed_copy(
        NOTEBOOK,
        [{"execution_count": 1, "outputs": [files]}, {"execution_count": 2, "outputs": [ARRAY]}],
        WORDS,
        "shapes",
        {},
    )
    assert [output["metadata"] for output in made["cells"][1]["outputs"]] == [{}]
    assert "Of 12." in str(made) and "AAAAAAAA" not in str(made)
