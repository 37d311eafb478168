"""What requirements.txt locks, for this machine."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@dataclass(frozen=True)
class Locked:
    """One package of the lock: its canonical name, its version, the sha256 of each file that may be installed for it."""

    name: str
    version: str
    hashes: frozenset


def locked_here(text):
    """The packages that a lock, the text of requirements.txt, names for this machine, in its order."""
    found = []
    for entry in re.split(r"\n(?=[^\s#])", text):
        if "==" not in (line := entry.partition("\\")[0].strip()) or line.startswith("#"):
            continue
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            hashes = frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
            found.append(Locked(canonicalize_name(wanted.name), str(wanted.specifier).removeprefix("=="), hashes))
    return found
