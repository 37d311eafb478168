"""Binder, the dev container and the workflow make the environment that requirements.txt locks, with a Python that the project supports."""

import json
import os
import re
import subprocess
import tomllib

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from prose import ROOT

CONTAINER = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
PYTHONS = {
    "Binder": (ROOT / ".binder" / "runtime.txt").read_text("utf-8").strip().removeprefix("python-"),
    "dev container": re.fullmatch(r".*/python:([\d.]+)-\w+", CONTAINER["image"])[1],
    **{
        f"job {name}": re.fullmatch(r"python:([\d.]+)-\w+", job["container"])[1]
        for name, job in WORKFLOW["jobs"].items()
        if "strategy" not in job
    },
}


@pytest.mark.parametrize("place", PYTHONS)
def test_its_python_is_the_one_of_the_lock(place):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked_for = re.search(r"--python-version (\S+)", (ROOT / "Makefile").read_text("utf-8"))[1]
    assert PYTHONS[place] == locked_for and PYTHONS[place] in SpecifierSet(project["requires-python"])


def test_newer_pythons_of_the_workflow_are_supported():
    newer = WORKFLOW["jobs"]["newer"]["strategy"]["matrix"]["python"]
    supported = SpecifierSet(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"])
    assert newer and all(version in supported and version not in PYTHONS.values() for version in newer)


def test_binder_takes_its_kernel_from_the_locked_environment(tmp_path):
    """Run with stand-ins for make and Python, which tell how they were called."""
    for program in ("make", ".venv/bin/python"):
        (tmp_path / program).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / program).write_text(f'#!/bin/sh\necho "{program} $*"\n')
        (tmp_path / program).chmod(0o755)
    environ = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "NB_PYTHON_PREFIX": "/prefix"}
    run = subprocess.run([ROOT / ".binder" / "postBuild"], cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert run.stdout.splitlines() == [
        "make env",
        ".venv/bin/python -m ipykernel install --prefix /prefix --name python3 --display-name Python 3 (ipykernel)",
    ]


def test_nothing_else_is_installed_beside_the_lock():
    """Either would install packages of its own from such files."""
    assert sorted(path.name for path in (ROOT / ".binder").iterdir()) == ["apt.txt", "postBuild", "runtime.txt"]
    assert CONTAINER["postCreateCommand"] == "make env" and not {"features", "build", "dockerFile"} & set(CONTAINER)
    assert CONTAINER["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"] == ".venv/bin/python"


def test_the_workflow_runs_actions_at_a_commit_and_the_commands_of_the_readme():
    steps = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"]) for step in steps if "uses" in step)
    assert {"make lint", ".ci/run"} <= {step.get("run") for step in steps}
    assert (ROOT / ".ci" / "run").read_text("utf-8").endswith("make book\nmake test\n")
