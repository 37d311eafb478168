"""The wheel of the analysis holds its modules, and the templates that they read."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from prose import ROOT

UV = Path(sys.executable).with_name("uv")


def test_the_wheel_holds_all_that_lies_beside_the_modules(tmp_path):
    source = tmp_path / "source"
    made = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "src", source / "src", ignore=made)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
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
    assert packed == {name for name in files if "__pycache__" not in name}
    assert "azawad_conflict/templates/explorer.html" in packed
