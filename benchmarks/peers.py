"""Other ways to make pages of the same notebooks, for comparison: each in an environment of its own, from a lock-free install.

They give less (no PDF, no data files, no checks), so no goal is set. A peer that cannot be installed is left out, and said so.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from book import bin_of, clocked, copy_project, notebooks
from measure import Measured

ROUNDS = 1  # for comparison, not for a goal
MKDOCS = """\
site_name: peer
docs_dir: notebooks
plugins: [{mkdocs-jupyter: {execute: true}}]
"""
NBSPHINX = 'extensions = ["nbsphinx"]\nnbsphinx_execute = "always"\nproject = "peer"\n'


def measure():
    """Cold builds of the pages: plain jupyter-book of the whole book, and two other tools of the notebooks alone."""
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        project = copy_project(Path(folder) / "project")
        (project / "mkdocs.yml").write_text(MKDOCS)
        (project / "notebooks" / "conf.py").write_text(NBSPHINX)
        names = "\n".join(f"   {Path(name).stem}" for name in notebooks(project))
        (project / "notebooks" / "index.rst").write_text(f"peer\n====\n\n.. toctree::\n\n{names}\n")
        peers = {
            "jupyter-book alone, pages of the whole book": (None, ["jupyter-book", "build", "book", "--all"]),
            "mkdocs-jupyter, the notebooks alone": (["mkdocs", "mkdocs-jupyter"], ["mkdocs", "build", "--site-dir", f"{folder}/mkdocs"]),
            "nbsphinx, the notebooks alone": (["sphinx", "nbsphinx"], ["sphinx-build", "-E", "notebooks", f"{folder}/nbsphinx"]),
        }
        rows = [_measured(what, *tools, project, Path(folder)) for what, tools in peers.items()]
    return [row for row in rows if row]


def _measured(what, packages, command, project, folder):
    """The seconds that a peer takes; None, with the reason on stderr, where it cannot be installed or does not run."""
    try:
        program = _installed(folder / packages[-1], packages) / command[0] if packages else bin_of(command[0])
        return Measured(what, [clocked([str(program), *command[1:]], project) for _ in range(ROUNDS)])
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout or b"").decode(errors="replace").strip().splitlines()
        print(f"{what}: left out, {Path(error.cmd[0]).name} failed: {next((line for line in said if 'Error' in line), said[-1:])}", file=sys.stderr)
        return None


def _installed(folder, packages):
    """The programs of an environment with the packages, whose kernel is ours. Raises CalledProcessError."""
    commands = [
        [bin_of("uv"), "venv", "--quiet", "--python", sys.executable, str(folder)],
        [bin_of("uv"), "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), *packages],
        [sys.executable, "-m", "ipykernel", "install", "--prefix", str(folder), "--name", "python3"],
    ]
    for command in commands:
        subprocess.run(command, capture_output=True, check=True)
    return folder / "bin"
