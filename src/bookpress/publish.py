"""A finished build replaces the last one by renames; a failed one leaves it untouched."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

STAGING = ".staging-"


class OutputInUse(Exception):
    """Another build is writing to this folder."""


@contextmanager
def staging_folder(output):
    """An empty folder inside `output` for one build, which nothing else may build into meanwhile.

    The lock is held by the process, not by the file, so a run that was killed leaves none behind; what it left half done
    is cleared here. Raises OutputInUse when another build runs.
    """
    output = Path(output)
    output.mkdir(parents=True, exist_ok=True)
    with (output / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputInUse(f"another build is writing to {output}; wait for it to end") from error
        _recover(output)
        # a name of its own, because a Sphinx whose press was killed may go on writing into the folder it was given
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=output))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def publish(html, pdf, output):
    """Put the folder `html` and the file `pdf`, both inside `output`, in the place of `output/html` and the last PDF."""
    output = Path(output)
    published, previous = output / "html", output / ".previous"
    if published.exists():
        os.rename(published, previous)
    os.rename(html, published)
    os.replace(pdf, output / Path(pdf).name)
    shutil.rmtree(previous, ignore_errors=True)


def _recover(output):
    """Clear what a run that was killed left: its staging folder, and the last good pages if it had moved them aside."""
    for staging in output.glob(f"{STAGING}*"):
        shutil.rmtree(staging, ignore_errors=True)
    published, previous = output / "html", output / ".previous"
    if previous.exists() and not published.exists():
        os.rename(previous, published)
    shutil.rmtree(previous, ignore_errors=True)
