"""Digests of files and folders, and files written in one step."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_UNLISTED = {"__pycache__", ".ipynb_checkpoints"}


def file_digest(path):
    """The sha256 of a file; "folder" for a folder, "" where there is nothing to read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except IsADirectoryError:
        return "folder"
    except OSError:
        return ""


def names_digest(folder):
    """The sha256 of the names in a folder, without those of caches; "" where there is no such folder."""
    try:
        names = sorted(set(os.listdir(folder)) - _UNLISTED)
    except OSError:
        return ""
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def replace_file(target, content):
    """Write a file in one step: a reader finds the old one or the new one, never half of one."""
    target = Path(target)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
