"""Lists what a build keeps for the next one: parts of the folder `.cache` in the output folder."""

from __future__ import annotations

import shutil
from pathlib import Path


class Cache:
    """The parts of an output folder's cache. If one is deleted, the next build works anew."""

    def __init__(self, output: str | Path) -> None:
        self.folder = Path(output, ".cache")
        self.results = self.folder / "notebooks"  # a file for each: what it gave, and what that rests on
        self.reading = self.folder / "pages"  # Sphinx' reading, with passages for the search and pictures as PNG
        self.further = self.folder / "languages"  # the same for each further language: readings, and sources of PDFs
        self.typst = self.folder / "typst"  # the sources of the last PDF, which warm the compiler up
        self.record = self.folder / "built.json"  # digests of all that the published book was made from
        # Of a build at work; `clear` leaves these alone.
        self.lock = self.folder / "lock"
        self.previous = self.folder / "previous"  # the last good pages, between two renames

    def in_language(self, language: str) -> tuple[Path, Path]:
        """Return the folders of a language's reading and of the sources of its PDF; "" is the book's own."""
        own = self.further / language
        return (own / "pages", own / "typst") if language else (self.reading, self.typst)

    def is_empty(self) -> bool:
        """Tell if nothing is kept of an earlier build."""
        kept = (self.results, self.reading, self.further, self.typst, self.record)
        return not any(place.is_file() or (place.is_dir() and any(place.iterdir())) for place in kept)

    def clear(self) -> None:
        """Forget what earlier builds kept."""
        for folder in (self.results, self.reading, self.further, self.typst):
            shutil.rmtree(folder, ignore_errors=True)
        self.record.unlink(missing_ok=True)
