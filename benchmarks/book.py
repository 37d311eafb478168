"""Building this book, beside the floor F: one plain sequential `jupyter nbconvert --execute --to html` of the same notebooks.

All in a copy of the project with an environment of its own, by `make book`, as a reader does it, in English alone but for the build in both
languages; nothing of the project is changed.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from measure import REPEATS, ROOT, Measured

PROSE, COLD = "one page of prose changed", "cold build of pages and PDF"
GOALS = {  # after which change, at most so many F
    COLD: 0.45,
    "nothing changed": 0.02,
    PROSE: 0.12,
    "one notebook changed": 0.18,
    "one row of data changed": 0.4,
}
LANGUAGES = 1.35  # of a cold build in one language, in both
PREVIEW = 1.1  # of a build after the same change
VERIFY = 1.5  # of a build from nothing
SET_UP_SECONDS = 15
ADDRESS = "http://localhost:8000/background.html"
ENGLISH = "LANGUAGES=en"
BOOK = ["make", "book", ENGLISH]
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
            lambda project: clocked(BOOK, project),
        ):  # Python compiles what it imports for the first time
            warm_up(project)
        seconds, verified, both = {what: [] for what in GOALS}, [], []
        for number in range(REPEATS):
            FLOOR.append(floor_seconds(project))
            shutil.rmtree(project / "build", ignore_errors=True)
            for what, change in zip(GOALS, (None, None, change_prose, change_notebook, change_row), strict=True):
                if change:
                    change(project, number)
                if change is change_row:  # the published book is now another than that of its sources
                    verified.append(clocked(["make", "verify", ENGLISH], project, expected=2))
                seconds[what].append(clocked(BOOK, project))
            shutil.rmtree(project / "build")
            both.append(clocked(["make", "book"], project))
        previewed = preview_seconds(project)
    rows = [
        Measured(f"this book: {what}", values, floor=statistics.median(FLOOR), goal=GOALS[what])
        for what, values in seconds.items()
    ]
    medians = {what: statistics.median(values) for what, values in seconds.items()}
    rows += [
        Measured("this book in two languages: cold build", both, floor=medians[COLD], goal=LANGUAGES),
        Measured("preview: a saved page, until it is shown", previewed, floor=medians[PROSE], goal=PREVIEW),
        Measured("verify: a book that differs by a row of data", verified, floor=medians[COLD], goal=VERIFY),
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


def clocked(command, project, first_in_path=None, expected=0):
    """The seconds that a command takes in the project, on its data.

    expected : its exit code. Raises CalledProcessError with what it said for another one.
    """
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "AZAWAD_DATA"
    }
    if first_in_path:
        environ["PATH"] = f"{first_in_path}{os.pathsep}{environ['PATH']}"
    start = time.perf_counter()
    run = subprocess.run(command, cwd=project, env=environ, capture_output=True)
    seconds = time.perf_counter() - start
    if run.returncode != expected:
        run.check_returncode()
        raise subprocess.CalledProcessError(0, command, run.stdout, run.stderr)
    return seconds


def preview_seconds(project):
    """The seconds from saving a page to its being served, for each of REPEATS changes while the book is watched."""
    with subprocess.Popen(
        ["make", "preview", ENGLISH], cwd=project, stdout=subprocess.DEVNULL, start_new_session=True
    ) as server:
        try:
            waited_for("Background")
            seconds = []
            for number in range(REPEATS):
                time.sleep(1)  # as long as nobody saves again
                change_prose(project, f"preview {number}")
                start = time.perf_counter()
                waited_for(f"preview {number}")
                seconds.append(time.perf_counter() - start)
            return seconds
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def waited_for(words):
    """Return once the page at ADDRESS has the words. Raises TimeoutError."""
    end = time.monotonic() + 600
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(ADDRESS) as answer:
                if words in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"{ADDRESS} has no {words!r}")


def change_prose(project, number):
    page = project / "book" / "background.md"
    page.write_text(page.read_text("utf-8") + f"\nMore words, {number}.\n", "utf-8")


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
