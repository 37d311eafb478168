"""Puts the data and their bibliography into the wheel, beside the modules; all else stands in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class WithData(build_py):
    """Copies what the modules read; an editable install reads it where it is."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib, "azawad_conflict")
            for path in [
                *(ROOT / "data").glob("*.*"),
                ROOT / "data" / "basemap" / "mali.json",
                ROOT / "book" / "references.bib",
            ]:
                copy = target / path.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)


setup(cmdclass={"build_py": WithData})
