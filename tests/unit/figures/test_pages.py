"""The pages to which captions link: does each exist, and is each named in one place?"""

import re
from pathlib import Path

import yaml

import azawad_conflict.figures
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.tables import REPOSITORY

FIGURES = Path(azawad_conflict.figures.__file__).parent


def test_every_page_is_in_the_table_of_contents():
    contents = yaml.safe_load((REPOSITORY / "book" / "_toc.yml").read_text(encoding="utf-8"))
    listed = {chapter["file"] for part in contents["parts"] for chapter in part["chapters"]}
    assert set(Page) <= listed


def test_every_page_is_linked_and_no_module_writes_a_path_itself():
    modules = {path.name: path.read_text(encoding="utf-8") for path in FIGURES.rglob("*.py")}
    used = set(re.findall(r"link\(Page\.(\w+)\)", "".join(modules.values())))
    assert used == set(Page.__members__)
    paths = {name for name, text in modules.items() if re.search(r"\]\([^)]*\.(md|ipynb)", text)}
    assert paths == {"pages.py"}


def test_a_link_begins_at_the_root_of_the_book():
    assert link(Page.CLAIMS) == "[](/claims.md)"
