"""The benchmarks: a larger package is sound and larger, a ratio is judged as its goal says, and the kept table can be read."""

import importlib
import re
import subprocess
import sys

import pandas as pd
import pytest

from azawad_conflict import casualties, tables
from azawad_conflict.reader_tables import benchmarks
from bookpress.pdf.pages import printed
from prose import ROOT

FOLDER = ROOT / "benchmarks"


@pytest.fixture
def module(monkeypatch):
    """The function that imports a module of benchmarks/, which is a folder of programs."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module


def test_a_larger_package_passes_the_check_and_its_copies_differ(module, tmp_path):
    claims = module("larger").write_larger(tmp_path / "data", 3)
    own = sum(
        len(tables.load(name)) for name in ("casualty_claims", "attribution_claims", "event_claims", "control_claims")
    )
    assert claims == 3 * own
    larger, faults = tables.read(tmp_path / "data")
    assert faults == []
    once, thrice = (
        casualties.incident_ranges(*(of[name] for name in ("casualty_claims", "events", "actors", "sources")))
        for of in ({name: tables.load(name) for name in larger}, larger)
    )
    assert len(thrice) == 3 * len(once)
    copies = larger["casualty_claims"].groupby(
        larger["casualty_claims"]["claim_id"].str.extract(r"(_copy\d+)$")[0].fillna("own")
    )
    assert copies["low"].sum().is_unique and copies["claimant_role"].agg(tuple).is_unique
    assert copies["high"].agg(lambda numbers: numbers.isna().sum()).is_unique


@pytest.mark.parametrize(
    ("values", "floor", "goal", "met"),
    [([1, 2, 9], 4, 0.5, True), ([1, 3, 9], 4, 0.5, False), ([2], None, 3, True), ([2], 1, None, None)],
)
def test_the_median_is_held_against_the_floor_or_the_goal_alone(module, values, floor, goal, met):
    assert module("measure").Measured("a", values, floor=floor, goal=goal).met is met


def test_the_kept_table_names_what_run_measures_and_is_printed(module):
    measured = pd.read_csv(FOLDER / "measured.csv")
    assert list(measured.columns) == list(module("measure").COLUMNS)
    told = benchmarks.speed(measured)
    assert len(told) == len(measured) > 10 and set(told["Reached"].dropna()) <= {"yes", "no"}
    assert (
        not told[["What", "Median", "Spread"]]
        .apply(lambda column: column.str.contains("nan").fillna(False))
        .any(axis=None)
    )
    numbers = told[["Median", "Spread", "Ratio to its floor", "Goal, at most"]].stack().dropna().str.findall(r"[\d,.]+")
    assert all(re.search(r"\d\.\d\d$", each) for found in numbers for each in found)
    assert (told["Spread"].isna() == (told["Runs"] == 1)).all() and re.search(
        r"Measured on \d+\s\w+ 20\d\d: ", benchmarks.note(measured)
    )


def test_the_copy_that_is_measured_holds_all_that_git_knows_and_nothing_that_was_made(module, tmp_path):
    copy = module("book").copy_project(tmp_path / "project")
    held = {file.relative_to(copy).as_posix() for file in copy.rglob("*") if file.is_file() or file.is_symlink()}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git checkout: nothing says what the project is")
    assert set(listed.stdout.strip("\0").split("\0")) - held == set()
    assert not any((copy / name).exists() for name in (".venv", "build", "book/_build"))


@pytest.mark.parametrize("chapters", [1, 3])
def test_the_books_that_are_printed_for_comparison_have_their_chapters(module, tmp_path, chapters):
    html, toc, _ = module("pdf").book(tmp_path, chapters)
    assert [name for name, *_ in printed(html, toc)] == [f"chapter{number}" for number in range(chapters)]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, which Linux has")
def test_what_a_process_and_its_children_take_is_told_by_part(module):
    busy = "import time\nwhile time.process_time() < .5: pass"
    command = (
        f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {busy!r}, 'bookpress.notebooks.fork_server'])"
    )
    parts = module("parts")
    with subprocess.Popen([sys.executable, "-c", command]) as process:
        taken = parts.watched(process).values()
    seconds = {part: sum(spent for of, spent in taken if of == part) for part in parts.PARTS.values()}
    assert seconds["running the notebooks"] > 0.3
    assert seconds["reading and writing the pages"] == 0 and seconds["setting the PDF, and the rest"] < 0.3


def test_the_kept_table_of_parts_adds_up_to_all_cores(module):
    kept = pd.read_csv(FOLDER / "parts.csv")
    assert list(kept.columns) == list(module("parts").COLUMNS)
    assert kept.groupby("languages")["share"].sum().between(0.98, 1.02).all() and set(kept["languages"]) == {
        "en",
        "all",
    }


def test_an_unknown_benchmark_is_named():
    run = subprocess.run([sys.executable, FOLDER / "run.py", "speed"], capture_output=True, text=True)
    assert (
        run.returncode == 2 and "no benchmark speed; there are book, pdf, scale, exports, serving, peers" in run.stderr
    )
