"""Building this book, beside the floor F: one plain sequential `jupyter nbconvert --execute --to html` of the same notebooks.

All in a copy of the project, so that nothing of it is changed; its analysis and press are the installed ones.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import REPEATS, ROOT, Measured

GOALS = {  # after which change, at most so many F
    "cold build of pages and PDF": 0.6,
    "nothing changed": 0.05,
    "one page of prose changed": 0.2,
    "one notebook changed": 0.35,
    "one row of data changed": 0.6,
}
SET_UP_SECONDS = 15
COPIED = ("book", "notebooks", "data", "CITATION.cff", "CHANGELOG.md", "LICENSE", "requirements.txt")


def measure():
    """Each change in each round, after the floor of that round; and the environment from an empty folder."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        project = copy_project(Path(folder) / "project")
        seconds = {what: [] for what in ["F", *GOALS]}
        for number in range(REPEATS):
            seconds["F"].append(clocked([bin_of("jupyter"), "nbconvert", "--execute", "--to", "html", "--output-dir", f"{folder}/{number}", *notebooks(project)], project))
            shutil.rmtree(project / "build", ignore_errors=True)
            for what, change in zip(GOALS, (None, None, change_prose, change_notebook, change_row), strict=True):
                if change:
                    change(project, number)
                seconds[what].append(clocked([sys.executable, "-m", "bookpress", "build", "book", "--output", "build", "--package", "data/datapackage.json"], project))
        set_up = [empty_to_finished(Path(folder) / f"set-up{number}") for number in range(REPEATS)]
    floor = statistics.median(seconds.pop("F"))
    rows = [Measured(f"this book: {what}", values, floor=floor, goal=GOALS[what]) for what, values in seconds.items()]
    return [*rows, Measured("environment, with a warm cache of packages", set_up, goal=SET_UP_SECONDS)]


def copy_project(folder):
    """What a build reads of the project, as a folder of its own."""
    folder.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, symlinks=True, ignore=shutil.ignore_patterns("_build", ".ipynb_checkpoints"))
        else:
            shutil.copy(source, folder)
    return folder


def notebooks(project):
    return sorted(map(str, (project / "notebooks").glob("*.ipynb")))


def bin_of(program):
    return str(Path(sys.executable).with_name(program))


def clocked(command, project):
    """The seconds that a command takes in the project, on its data. Raises CalledProcessError with what it said."""
    environ = os.environ | {"AZAWAD_DATA": str(project / "data")}
    start = time.perf_counter()
    subprocess.run(command, cwd=project, env=environ, check=True, capture_output=True)
    return time.perf_counter() - start


def change_prose(project, number):
    page = project / "book" / "background.md"
    page.write_text(page.read_text("utf-8") + f"\nMore words, {'again ' * number}.\n", "utf-8")


def change_notebook(project, number):
    file = project / "notebooks" / "04-actors.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["source"] = [*code["source"], f"\nround_{number} = {number}"]
    file.write_text(json.dumps(notebook, indent=1), "utf-8")


def change_row(project, number):
    """Another certainty for the first casualty claim, which most notebooks read."""
    file = project / "data" / "casualty_claims.csv"
    lines = file.read_text("utf-8").split("\n")
    grades = ["high", "medium", "low"]
    before = next(grade for grade in grades if f",{grade}," in lines[1])
    lines[1] = lines[1].replace(f",{before},", f",{grades[(grades.index(before) + 1) % 3]},", 1)
    file.write_text("\n".join(lines), "utf-8")


def empty_to_finished(folder):
    """The seconds from a folder with the lock and the code to an environment that is ready."""
    for name in ("requirements.txt", "pyproject.toml", "README.md", "src"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
        else:
            folder.mkdir(exist_ok=True)
            shutil.copy(source, folder)
    start = time.perf_counter()
    subprocess.run([sys.executable, "src/bookpress/environment.py"], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start
