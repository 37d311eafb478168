"""Digests of files and folders, sources read as text, and files written in one step."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection
from pathlib import Path

from bookpress.errors import BuildError

MADE = {"_build", "__pycache__", ".ipynb_checkpoints"}  # folders that programs make beside sources
_MERGE = re.compile(r"^(<{7}|>{7}) \S", re.MULTILINE)
PART = ".part"  # ends the name of a file that `replace_file` has not finished


def digest_of(*parts: object) -> str:
    """Return the sha256 of values that JSON can hold."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def fingerprint(path: str | Path) -> str:
    """Return the sha256 of a file, or of the names in a folder; "" if there is nothing to read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except IsADirectoryError:
        return digest_of(sorted(set(os.listdir(path)) - MADE))
    except OSError:
        return ""


def read_text(path: str | Path) -> str:
    """Return the text of a source, without the mark of its encoding (BOM).

    Raises BuildError with file and line if it is not UTF-8, or if git left marks of a merge in it.
    """
    data = Path(path).read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise BuildError(f"{path}, line 1: is UTF-16, or no text; save the file as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, byte = data.count(b"\n", 0, error.start) + 1, data[error.start]
        raise BuildError(f"{path}, line {line}: is not UTF-8 (byte 0x{byte:02X}); save the file as UTF-8") from error
    if merge := _MERGE.search(text):
        line = text.count("\n", 0, merge.start()) + 1
        raise BuildError(
            f"{path}, line {line}: marks of a merge; keep one of the versions and take out <<<<<<<, ======= and >>>>>>>"
        )
    return text


def tree_digest(folder: str | Path, without: Collection[str] = ()) -> str:
    """Return a digest of all files below a folder, with their names. Links are followed.

    without : paths below the folder that do not count. Folders in `MADE` do not count either.

    Raises BuildError for what is no file, such as a named pipe, whose reader would wait.
    """
    digest = hashlib.sha256()
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(set(folders) - MADE)
        for name in sorted(files):
            path = os.path.join(place, name)
            relative = os.path.relpath(path, folder)
            if relative not in without:
                if os.path.exists(path) and not os.path.isfile(path):
                    raise BuildError(f"{path}: is a pipe, a socket or a device; take it out of the folder")
                digest.update(f"{relative}\0{fingerprint(path)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def replace_file(target: str | Path, content: bytes) -> None:
    """Write a file in one step: a reader finds the old one or the new one, never half of one."""
    target = Path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}{PART}")
    try:
        beside.write_bytes(content)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
