"""The checks of prose: words that only computed text may use, and nouns that a number counts.

A page says what its rows say. Words of this list reach a reader through computed text alone; where
a page explains such a word, it stands in quotation marks or is a term of a definition.
"""

import json
import re
from pathlib import Path

from azawad_conflict.casualties import GRADES
from azawad_conflict.checks.faults import Fault

# The word: what to write instead.
CLAIMING = {
    r"minimum|minima": "the computed caution, which says what the low rests on",
    r"confirmed": f"the grade that the rule computes: {', '.join(GRADES.values())}",
    r"verified|proven": "who reports it",
    r"(?:most )?trusted|most reliable": "the claimant of the highest role",
    r"nobody knows": "that nothing was read",
}
QUOTED = re.compile(r"“[^”]*”|`[^`]*`|\{[^}]*\}|\*[^*]*\*")
# "{glue}`..._core_incidents` fights": the noun after a computed number must be the one that its key
# counts.
COUNTED = re.compile(
    r"\{glue:text\}`(?:[^`]*::)?(?P<key>casualties_core_\w+?)(?::s)?`\s+(?P<noun>fights|battles|bombings|incidents)"
)


def prose_faults(root: Path) -> list[Fault]:
    """The faults of the prose in a repository: pages in book/, notebooks and README.md."""
    faults = []
    for path in [root / "README.md", *sorted((root / "book").glob("*.md"))]:
        if path.is_file():
            faults += _text_faults(path.name, path.read_text(encoding="utf-8"))
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], 1):
            if cell["cell_type"] == "markdown":
                faults += _text_faults(path.name, "".join(cell["source"]), f"cell {number}: ")
    return faults


def _text_faults(name, text, place=""):
    """The faults of a text by line, from one; in a notebook by line of the cell `place`."""
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        bare = QUOTED.sub(" ", line)
        for words, instead in CLAIMING.items():
            for found in re.finditer(rf"\b(?:{words})\b", bare, re.IGNORECASE):
                faults.append(Fault(name, number, "prose", f'{place}"{found[0]}" claims more than rows say', instead))
        for found in COUNTED.finditer(line):
            if found["key"] != f"casualties_core_{found['noun']}":
                faults.append(
                    Fault(
                        name,
                        number,
                        "prose",
                        f'{place}"{found["noun"]}" for the number {found["key"]}',
                        f"casualties_core_{found['noun']}",
                    )
                )
    return faults
