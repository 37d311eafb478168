"""The wheel of the analysis holds its modules, the templates and the data that they read, and counts without the repository."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

from azawad_conflict.tables import load
from prose import ROOT

NAME = "azawad-conflict-report"
COUNTS = """
import json
import azawad_conflict
from azawad_conflict.tables import data_dir, load
print(json.dumps([str(data_dir()), len(load("events")), azawad_conflict.__version__]))
"""
UV = Path(sys.executable).with_name("uv")


def test_the_wheel_holds_all_that_lies_beside_the_modules(tmp_path):
    source = tmp_path / "source"
    made = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in ("src", "data"):
        shutil.copytree(ROOT / folder, source / folder, ignore=made)
    (source / "book").mkdir()
    for name in ("pyproject.toml", "setup.py", "README.md", "book/references.bib"):
        shutil.copy(ROOT / name, source / name)
    options = ("--wheel", "--no-build-isolation", "--offline", "--no-config", "--python", sys.executable)
    run = subprocess.run(
        [UV, "build", *options, "--out-dir", tmp_path, source],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("azawad_conflict/")}
    files = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src" / "azawad_conflict").rglob("*.*")}
    data = {f"azawad_conflict/data/{path.name}" for path in (ROOT / "data").glob("*.*")} | {
        "azawad_conflict/data/basemap/mali.json"
    }
    assert packed == {name for name in files if "__pycache__" not in name} | data | {
        "azawad_conflict/book/references.bib"
    }
    assert "azawad_conflict/templates/explorer.html" in packed and "azawad_conflict/data/events.csv" in packed
    counted = subprocess.run(
        [sys.executable, "-P", "-c", COUNTS], cwd=tmp_path, capture_output=True, text=True,
        env={name: value for name, value in os.environ.items() if name != "AZAWAD_DATA"} | {"PYTHONPATH": str(unpacked(wheel, tmp_path))},
    )  # fmt: skip
    assert counted.returncode == 0, counted.stderr
    assert json.loads(counted.stdout) == [
        str(tmp_path / "unpacked" / "azawad_conflict" / "data"),
        len(load("events")),
        version(NAME),
    ]


def unpacked(wheel, folder):
    """The folder that a wheel is unpacked into, as an installer does."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"
