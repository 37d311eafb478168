"""Other ways to make pages of the same notebooks, for comparison: each in an environment of its own, from a lock-free install.

They give less (no PDF, no data files, no checks), so no goal is set. A peer that cannot be installed is left out, and said so.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import REPEATS, Measured

from book import FLOOR, clocked, copy_project, floor_seconds, notebooks, program

MKDOCS = """\
site_name: peer
docs_dir: notebooks
plugins: [{mkdocs-jupyter: {execute: true, cache: false}}]
"""
NBSPHINX = 'extensions = ["nbsphinx"]\nnbsphinx_execute = "always"\nproject = "peer"\n'
PANDOC = "lib/*/site-packages/pypandoc/files/pandoc"  # where pypandoc-binary has it; nbsphinx looks for it in the path


def measure():
    """Cold builds of the pages: plain jupyter-book of the whole book, and two other tools of the notebooks alone."""
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        project = copy_project(Path(folder) / "project")
        clocked(["make", "env"], project)
        (project / "mkdocs.yml").write_text(MKDOCS)
        (project / "notebooks" / "conf.py").write_text(NBSPHINX)
        names = "\n".join(f"   {Path(name).stem}" for name in notebooks(project))
        (project / "notebooks" / "index.rst").write_text(f"peer\n====\n\n.. toctree::\n\n{names}\n")
        peers = {
            "jupyter-book alone, pages of the whole book": ([], ["jupyter-book", "build", "book", "--path-output"]),
            "mkdocs-jupyter, the notebooks alone": (["mkdocs", "mkdocs-jupyter"], ["mkdocs", "build", "--site-dir"]),
            "nbsphinx, the notebooks alone": (["sphinx", "nbsphinx", "pypandoc-binary"], ["sphinx-build", "notebooks"]),
        }
        floor_seconds(project)  # Python compiles what it imports for the first time
        floor = statistics.median(FLOOR or [floor_seconds(project) for _ in range(REPEATS)])
        rows = [_measured(what, *tools, project, Path(folder)) for what, tools in peers.items()]
    return [Measured(what, seconds, floor=floor) for what, seconds in filter(None, rows)]


def _measured(what, packages, command, project, folder):
    """What was measured and its seconds, each time from a new copy of the project into a folder, the last word of the command; None, with the reason on stderr, where it cannot be installed or does not run."""
    try:
        programs = _installed(folder / packages[1], packages, project) if packages else Path(program("", project))
        seconds = []
        for number in range(REPEATS):
            # A copy for each time: what a tool keeps beside the notebooks would make the second one no build from nothing.
            copy = shutil.copytree(
                project, folder / f"{command[0]}{number}", symlinks=True, ignore=shutil.ignore_patterns(".venv")
            )
            seconds.append(clocked([str(programs / command[0]), *command[1:], str(copy / "made")], copy, programs))
        return what, seconds
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout or b"").decode(errors="replace").strip().splitlines()
        print(
            f"{what}: left out, {Path(error.cmd[0]).name} failed: {next((line for line in said if 'Error' in line), said[-1:])}",
            file=sys.stderr,
        )
        return None


def _installed(folder, packages, project):
    """The programs of an environment with the packages, whose kernel is the project's. Raises CalledProcessError."""
    uv = program("uv", project)
    commands = [
        [uv, "venv", "--quiet", "--python", program("python", project), str(folder)],
        [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(folder / "bin" / "python"), *packages],
        [program("python", project), "-m", "ipykernel", "install", "--prefix", str(folder), "--name", "python3"],
    ]
    for command in commands:
        subprocess.run(command, capture_output=True, check=True)
    for pandoc in folder.glob(PANDOC):
        (folder / "bin" / "pandoc").symlink_to(pandoc)
    return folder / "bin"
