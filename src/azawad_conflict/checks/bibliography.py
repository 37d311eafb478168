"""The bibliography as a table: what the BibTeX file says of each source, and on which line."""

import re
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path

import pandas as pd
from pybtex import errors
from pybtex.database import parse_string
from pybtex.exceptions import PybtexError

from azawad_conflict.checks.faults import FILE, Fault

ENTRY = re.compile(r"^\s*@\w+\s*[{(]\s*([^,\s]+)", re.MULTILINE)


def read_bibliography(path: Path) -> tuple[pd.DataFrame | None, list[Fault]]:
    """One row per entry, by `line`: source_id (its key), url (missing without one); and the faults.

    Returns (entries, faults); entries is None when the file cannot be read, and else has its path in attrs["path"].
    """
    if not path.is_file():
        return None, [Fault(path.name, 1, FILE, "the file is missing", "the bibliography of the sources")]
    try:
        text = path.read_text(encoding="utf-8")
        urls, reported = _parsed(text)
    except (PybtexError, UnicodeDecodeError) as error:
        return None, [_fault(path.name, error)]
    ends = [match.start() for match in re.finditer("\n", text)]
    lines = {match[1]: bisect_left(ends, match.start(1)) + 1 for match in ENTRY.finditer(text)}
    entries = pd.DataFrame(
        {"source_id": [*urls], "url": [*urls.values()]},
        index=pd.Index([lines[key] for key in urls], name="line"),
        dtype="string",
    )
    entries.attrs["path"] = str(path)
    return entries, [_fault(path.name, error) for error in reported]


@lru_cache(maxsize=4)
def _parsed(text: str) -> tuple[dict[str, str | None], list[PybtexError]]:
    """The URL of each entry by its key, and what is wrong with others; parsing takes longer than the check of all tables, of which many share one text."""
    with errors.capture() as reported:
        entries = parse_string(text, "bibtex").entries
    return {key: entry.fields.get("url") for key, entry in entries.items()}, reported


def _fault(file, error):
    return Fault(
        file,
        getattr(error, "lineno", None) or 1,
        FILE,
        f"not read as BibTeX ({error})",
        "BibTeX in UTF-8, each key once",
    )
