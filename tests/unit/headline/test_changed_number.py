"""A changed number in the data moves what rests on it, and nothing else."""

import nbformat
import pytest

from azawad_conflict import headline
from azawad_conflict.headline import provenance
from bookpress import show
from prose import NOTEBOOKS

pytestmark = pytest.mark.long

# A claim of officials on the MNLA's dead on the Ansongo road; it alone decides the best there.
CLAIM = "gao_2012_11_16_mnla_killed_afp_nov16"
MOVED = {
    "casualties_mnla_side_best",
    "casualties_everyone_best",
    "casualties_reading_no_enemy_mnla_killed",
    "reconciliation_everyone_2012_best",
}
# What is computed from those: shares of the total, totals with a source left out, combinations of choices.
DERIVED = ("casualties_voice_mnla_", "reconciliation_left_out_", "multiverse_")


@pytest.fixture(scope="module")
def changed(copy_into, tmp_path_factory):
    """A copy of the data in which the number of CLAIM is another."""
    copy = copy_into(tmp_path_factory.mktemp("changed"))
    copy.set("casualty_claims.csv", CLAIM, low="12", best="12")
    return copy.folder


@pytest.fixture(scope="module")
def moved(quoted, changed):
    """The keys of the numbers that are others in the copy."""
    before = {key: number.text for numbers in quoted.values() for key, number in numbers.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AZAWAD_DATA", str(changed))
        after = {key: text for topic in headline.TOPICS for key, text in headline.numbers(topic).items()}
    assert before.keys() == after.keys()
    return {key for key in before if before[key] != after[key]}


def test_what_rests_on_the_number_moves(moved):
    assert moved >= MOVED


def test_nothing_else_moves(moved):
    assert {key for key in moved - MOVED if not key.startswith(DERIVED)} == set()


# Chapters quick enough to run twice here; what they show is compared: captions, alt texts, drawings and data.
CHAPTERS = [path for path in NOTEBOOKS if path.stem in ("01-phases", "02-casualties", "04-actors", "05-reconciliation")]
SHOWN_ANEW = {
    "fig-casualties-incidents",
    "fig-casualties-phases",
    "fig-casualties-readings",
    "fig-casualties-running",
    "fig-casualties-voices",
    "fig-phases-timeline",
    "fig-reconciliation-claims",
    "tab-casualties-everyone",
    "tab-casualties-readings",
    "tab-casualties-sides",
    "tab-casualties-voices",
    "tab-reconciliation-left-out",
    "tab-reconciliation-periods",
    "tab-reconciliation-ucdp",
}


def everything_shown(monkeypatch):
    """Label to markup of each figure and table that the chapters show."""
    shown = {}

    def recorded(make):
        def record(*args, **kwargs):
            made = make(*args, **kwargs)
            shown[made.name] = made.markdown
            return made

        return record

    with monkeypatch.context() as patch:
        patch.setattr(show, "figure", recorded(show.figure))
        patch.setattr(show, "table", recorded(show.table))
        patch.setattr(show, "numbers", lambda mapping, notes: None)
        patch.setattr(provenance, "noted", lambda topic: ({}, {}))  # the numbers are compared above
        for path in CHAPTERS:
            namespace = {}
            for cell in nbformat.read(path, as_version=4).cells:
                if cell.cell_type == "code":
                    exec(cell.source, namespace)
    return shown


def test_figures_and_tables_that_rest_on_the_number_change_and_no_other(changed, monkeypatch):
    before = everything_shown(monkeypatch)
    monkeypatch.setenv("AZAWAD_DATA", str(changed))
    after = everything_shown(monkeypatch)
    assert len(before) > 15 and before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == SHOWN_ANEW
