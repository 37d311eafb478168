"""Prose: no typed numbers, no unknown keys, no borrowed epithets, every page in the contents."""

import ast
import json
import re

import pytest
import yaml

from prose import ALLOWED, NOTEBOOKS, PAGES, PUBLISHED, ROOT, glued, texts, typed_numbers

TEXTS = texts()
IDS = [name for name, _ in TEXTS]


@pytest.mark.parametrize(("name", "text"), TEXTS, ids=IDS)
def test_no_number_is_typed_in_prose(name, text):
    assert typed_numbers(text) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It reports 19 killed.",
        "It reports nineteen killed.",
        "In 2012 it fell.",
        "They lost three towns.",
        "See `x` and 7 others.",
    ],
)
def test_a_typed_number_is_found(sentence):
    assert typed_numbers(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["It reports {glue:text}`killed_2012` killed.", "See {numref}`tab-2`.", "Run `make 2`.", "[page](02-x.ipynb)"],
)
def test_a_number_inside_a_role_code_or_link_is_not_prose(sentence):
    assert typed_numbers(sentence) == []


def test_each_allowed_phrase_is_used():
    everything = "\n".join(text for _, text in TEXTS)
    assert [phrase for phrase in ALLOWED if phrase not in everything] == []


def _strings_of_words(source):
    """String constants of a module or cell that a reader sees: those inside caption, alt, note or title."""
    tree = ast.parse(source)
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in ("caption", "alt")
    ]
    keywords = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in ("caption", "alt", "note")
    ]
    for node in [statement for function in functions for statement in function.body[1:]] + keywords:
        for constant in ast.walk(node):
            if isinstance(constant, ast.Constant) and isinstance(constant.value, str) and " " in constant.value:
                yield constant.value


FIGURES = sorted((ROOT / "src" / "azawad_conflict" / "figures").rglob("*.py"))


@pytest.mark.parametrize("module", FIGURES, ids=[path.stem for path in FIGURES])
def test_no_number_is_typed_in_a_caption_or_alt_text(module):
    for text in _strings_of_words(module.read_text(encoding="utf-8")):
        assert typed_numbers(text) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=[path.name for path in NOTEBOOKS])
def test_no_number_is_typed_in_a_caption_in_a_notebook(notebook):
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            for text in _strings_of_words("".join(cell["source"])):
                assert typed_numbers(text) == []


def test_every_glued_key_exists_and_every_number_across_pages_has_a_format():
    for name, text in TEXTS:
        for reference in glued(text):
            if "::" in reference:
                notebook, key = reference.split("::")
                key, form = key.split(":")
                assert form == "s", f"{name}: {reference}"
                folder = "notebooks" if name.endswith(".ipynb") else "book"
                assert (ROOT / folder / notebook).exists(), f"{name}: {reference}"
                topic = re.search(r"\d\d-([a-z-]+)\.ipynb", notebook)[1].replace("-", "_")
                assert key.startswith(topic + "_"), f"{name}: {reference} is glued by another notebook"
            else:
                key = reference
            assert key in PUBLISHED, f"{name}: {key}"


def test_every_page_and_notebook_is_in_the_contents():
    contents = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
    listed = {chapter["file"] for part in contents["parts"] for chapter in part["chapters"]} | {contents["root"]}
    there = {page.stem for page in PAGES} | {f"notebooks/{notebook.stem}" for notebook in NOTEBOOKS}
    assert listed == there


@pytest.mark.parametrize("word", ["terrorist", "neutralised", "neutralized", "martyred", "regime"])
def test_neutral_words(word):
    assert [name for name, text in TEXTS if re.search(rf"\b{word}", text, re.IGNORECASE)] == []


def test_the_epithets_of_the_article_are_quoted_once():
    everything = "\n".join(text for _, text in TEXTS)
    assert len(re.findall("terror groups", everything)) == 1


@pytest.mark.parametrize("page", ["index.md", "summary.md"])
def test_the_leading_pages_split_the_totals_by_who_says_so(page):
    """What the first paragraph on the dead says: whose word they are, before how many they are."""
    text = (ROOT / "book" / page).read_text(encoding="utf-8")
    enemy, everything = text.index("casualties_voice_islamist_enemy_best"), text.index("casualties_islamist_killed")
    assert enemy < everything < text.index("casualties_reading_no_enemy_islamist_killed")
