"""Other ways to make pages of the same notebooks, for comparison: each in an environment of its own, from a lock-free install.

They give less (no PDF, no data files, no checks), so no goal is set. A peer that cannot be installed is left out, and said so.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from book import bin_of, clocked, copy_project, notebooks
from measure import Measured

ROUNDS = 3
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
        rows = [_measured("jupyter-book alone, pages of the whole book", [bin_of("jupyter-book"), "build", "book", "--all"], project)]
        (project / "mkdocs.yml").write_text(MKDOCS)
        (project / "notebooks" / "conf.py").write_text(NBSPHINX)
        names = "\n".join(f"   {Path(name).stem}" for name in notebooks(project))
        (project / "notebooks" / "index.rst").write_text(f"peer\n====\n\n.. toctree::\n\n{names}\n")
        for what, packages, command in (
            ("mkdocs-jupyter, the notebooks alone", ["mkdocs", "mkdocs-jupyter"], ["mkdocs", "build", "--site-dir", f"{folder}/mkdocs"]),
            ("nbsphinx, the notebooks alone", ["sphinx", "nbsphinx"], ["sphinx-build", "-E", "notebooks", f"{folder}/nbsphinx"]),
        ):
            tools = _installed(Path(folder) / packages[-1], packages)
            if tools:
                rows.append(_measured(what, [str(tools / command[0]), *command[1:]], project))
            else:
                print(f"{what}: left out, {' and '.join(packages)} cannot be installed here", file=sys.stderr)
    return rows


def _measured(what, command, project):
    return Measured(what, [clocked(command, project) for _ in range(ROUNDS)])


def _installed(folder, packages):
    """The programs of an environment with the packages, whose kernel is ours; None where they cannot be installed."""
    python = str(folder / "bin" / "python")
    commands = [
        [bin_of("uv"), "venv", "--quiet", "--python", sys.executable, str(folder)],
        [bin_of("uv"), "pip", "install", "--quiet", "--python", python, *packages],
        [sys.executable, "-m", "ipykernel", "install", "--prefix", str(folder), "--name", "python3"],
    ]
    return folder / "bin" if all(subprocess.run(command, capture_output=True).returncode == 0 for command in commands) else None
