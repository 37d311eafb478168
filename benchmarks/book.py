"""Building this book, beside the floor F: one plain sequential `jupyter nbconvert --execute --to html` of the same notebooks.

All in a copy of the project with an environment of its own, by `make book`, as a reader does it; nothing of the project is changed.
"""

import json
import os
import shutil
import statistics
import subprocess
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
FLOOR = []  # the seconds of F in this run
# What is made from the project, and not of it: as in .gitignore.
MADE = (
    ".git",
    ".venv",
    "build",
    "_build",
    "wheels",
    "*.egg-info",
    "__pycache__",
    ".*_cache",
    ".coverage*",
    ".hypothesis",
    ".ipynb_checkpoints",
)


def measure():
    """Each change in each round, after the floor of that round; and the environment from an empty folder."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        set_up = [clocked(["make", "env"], copy_project(Path(folder) / f"set-up{number}")) for number in range(REPEATS)]
        project = Path(folder) / "set-up0"
        for warm_up in (
            floor_seconds,
            lambda project: clocked(["make", "book"], project),
        ):  # Python compiles what it imports for the first time
            warm_up(project)
        seconds = {what: [] for what in GOALS}
        for number in range(REPEATS):
            FLOOR.append(floor_seconds(project))
            shutil.rmtree(project / "build", ignore_errors=True)
            for what, change in zip(GOALS, (None, None, change_prose, change_notebook, change_row), strict=True):
                if change:
                    change(project, number)
                seconds[what].append(clocked(["make", "book"], project))
    rows = [
        Measured(f"this book: {what}", values, floor=statistics.median(FLOOR), goal=GOALS[what])
        for what, values in seconds.items()
    ]
    return [*rows, Measured("environment, with a warm cache of packages", set_up, goal=SET_UP_SECONDS)]


def copy_project(folder):
    """The project without what is made from it, as a folder of its own."""
    return shutil.copytree(ROOT, folder, symlinks=True, ignore=shutil.ignore_patterns(*MADE))


def floor_seconds(project):
    """The seconds of F, for a project that has its environment."""
    with tempfile.TemporaryDirectory() as pages:
        return clocked(
            [
                program("jupyter", project),
                "nbconvert",
                "--execute",
                "--to",
                "html",
                "--output-dir",
                pages,
                *notebooks(project),
            ],
            project,
        )


def notebooks(project):
    return sorted(map(str, (project / "notebooks").glob("*.ipynb")))


def program(name, project):
    """A program of the project's own environment."""
    return str(project / ".venv" / "bin" / name)


def clocked(command, project, first_in_path=None):
    """The seconds that a command takes in the project, on its data. Raises CalledProcessError with what it said."""
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "AZAWAD_DATA"
    }
    if first_in_path:
        environ["PATH"] = f"{first_in_path}{os.pathsep}{environ['PATH']}"
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
