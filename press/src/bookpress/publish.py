"""Replaces the last build by a finished one in one step; a failed or killed one changes nothing."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bookpress.cache import Cache
from bookpress.errors import PressError
from bookpress.files import PART

STAGING = "staging-"  # begins the name of a folder in the cache
_HERE, _SWAP = -100, 2  # AT_FDCWD; RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS


class OutputInUse(PressError):
    """Another build is writing to this folder."""


@contextmanager
def staging_folder(output: str | Path) -> Iterator[Path]:
    """Give an empty folder inside `output` for one build, which no other may use meanwhile.

    The process holds the lock, not the file: a run that was killed leaves none behind. What it left
    half done is cleared here. Raises OutputInUse if another build runs.
    """
    cache = Cache(output)
    cache.folder.mkdir(parents=True, exist_ok=True)
    with cache.lock.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputInUse(f"another build is writing to {output}; wait for it to end") from error
        _recover(Path(output), cache)
        # Each has another name: a Sphinx whose press was killed may go on writing into the old one.
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=cache.folder))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def publish(html: Path, pdfs: Sequence[str], output: str | Path) -> None:
    """Put the folder `html`, inside `output` and with the PDFs in it, in the place of `output/html`.

    pdfs : their paths below that folder. `output/NAME` of each is a link into it, so pages and PDFs change places together: whoever
    reads, or kills the run, finds the last ones or the new ones. Links to PDFs of other editions go
    with them.
    """
    output = Path(output)
    published, link = output / "html", html.parent / "link"
    for pdf in pdfs:
        link.symlink_to(Path("html") / pdf)
        os.replace(link, output / Path(pdf).name)
    if not published.exists():
        os.rename(html, published)
    elif not _exchange(html, published):
        previous = Cache(output).previous
        os.rename(published, previous)
        os.rename(html, published)
        shutil.rmtree(previous, ignore_errors=True)
    for other in output.glob("*.pdf"):
        if other.is_symlink() and not other.exists():
            other.unlink()


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; return False if the system cannot."""
    libc = ctypes.CDLL(None)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        return libc.renamex_np(*names, _SWAP) == 0
    return hasattr(libc, "renameat2") and libc.renameat2(_HERE, names[0], _HERE, names[1], _SWAP) == 0


def _recover(output: Path, cache: Cache) -> None:
    """Clear what a killed run left: its staging folder, files half written, and the last good pages if moved aside."""
    for half in cache.folder.rglob(f".*{PART}"):
        half.unlink(missing_ok=True)
    for staging in cache.folder.glob(f"{STAGING}*"):
        shutil.rmtree(staging, ignore_errors=True)
    if cache.previous.exists() and not (output / "html").exists():
        os.rename(cache.previous, output / "html")
    shutil.rmtree(cache.previous, ignore_errors=True)
