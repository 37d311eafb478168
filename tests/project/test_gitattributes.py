"""What .gitattributes keeps: the bytes of each file, where Git is told to write other ends of lines."""

import shutil
import subprocess

from prose import ROOT


def test_a_checkout_for_windows_has_the_same_bytes(tmp_path):
    def git(*arguments):
        subprocess.run(["git", "-c", "core.autocrlf=true", *arguments], cwd=tmp_path, check=True, capture_output=True)

    shutil.copy(ROOT / ".gitattributes", tmp_path)
    contents = {
        "claims.csv": b"a,b\n1,2\n",
        "run": b"#!/bin/sh\n",
        "map.png": b"\x89PNG\r\n",
        "report.pdf": b"%PDF\r\n\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    git("init")
    git("add", ".")
    for name in contents:
        (tmp_path / name).unlink()
    git("checkout", "--", ".")
    assert {name: (tmp_path / name).read_bytes() for name in contents} == contents
