"""The pages for contributors: the commands and paths that they name are there."""

import re

import pytest

from prose import ROOT

# What each path may start from: `data/README.md` speaks of its own folder, the README of packages.
BASES = [ROOT, ROOT / "src", ROOT / "data"]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", ".github/pull_request_template.md"])
def test_a_command_is_a_target_of_the_makefile(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([\w-]+)", (ROOT / page).read_text("utf-8")))
    assert named and named <= targets


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "STYLE.md", "data/README.md"])
def test_a_path_is_there(page):
    """Those written as code; what make writes is not there yet, and NN stands for the number of any notebook."""
    text = (ROOT / page).read_text("utf-8")
    paths = re.findall(r"`(\.?[a-z](?:[\w-]*/)+[\w.-]*|[\w-]+\.(?:md|toml|txt|cff))`", text)
    named = [path for path in paths if not path.startswith("build/") and "NN" not in path]
    assert named and [path for path in named if not any((base / path).exists() for base in BASES)] == []
