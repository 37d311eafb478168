"""What a requirements.txt locks, for this machine."""

from __future__ import annotations

import re

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def locked_here(text):
    """Version by canonical name of the packages that a lock, the text of requirements.txt, names for this machine."""
    wanted = map(Requirement, re.findall(r"^[^\s#][^\\\n]*==[^\\\n]*", text, re.MULTILINE))
    return {
        canonicalize_name(one.name): str(one.specifier).removeprefix("==")
        for one in wanted
        if one.marker is None or one.marker.evaluate()
    }
