"""Check this archive: python3 verify.py        every file against the digest in manifest.json
                     python3 verify.py --rerun  and then run every notebook, and compare the results

Needs nothing but Python. The second form first runs the program that manifest.json names as
"environment", which makes .venv here; if it names none, the Python that runs this file must have
bookpress and all that the notebooks import.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MADE_LATER = {
    ".venv",
    "wheels",
    ".git",
    "__pycache__",
    ".pytest_cache",
    ".hypothesis",
    ".ipynb_checkpoints",
    ".cache",
    "manifest.json",
    ".checked",
}


def main(arguments):
    """Return the exit code: 0 if all is as published, 1 if something differs, 2 for a wrong call."""
    if arguments not in ([], ["--rerun"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
        files, links, book, environment = (manifest[key] for key in ("files", "links", "book", "environment"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"manifest.json: cannot be read: {error}", file=sys.stderr)
        return 1
    faults = restore_links(links) + differences(files)
    for fault in faults:
        print(fault)
    for path in strangers(files, links):
        print(f"note: {path} is not part of the archive")
    print(f"{manifest['title']}, edition {manifest['version']}, commit {manifest['commit']}")
    print(f"{len(files)} files: " + (f"{len(faults)} not as published" if faults else "all as published"), flush=True)
    if faults or not arguments:
        return 1 if faults else 0
    return rerun(book, environment)


def restore_links(links):
    """Make the links anew that some programs unpack as small files; return a fault for each that is not as published."""
    faults = []
    for name, target in links.items():
        path = ROOT / name
        if path.is_symlink():
            if os.readlink(path) != target:
                faults.append(f"{name}: leads to {os.readlink(path)}, not to {target}")
        elif path.is_file() and path.read_bytes() != target.encode():
            faults.append(f"{name}: changed, it is a link to {target}")
        elif not path.is_dir():
            try:
                path.unlink(missing_ok=True)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.symlink_to(target)
            except OSError as error:
                print(f"note: {name} is a link to {target} and was unpacked as a file; it is left so: {error.strerror}")
            else:
                print(f"note: {name} was unpacked as a file and is a link to {target} again")
    return faults


def differences(files):
    """What is missing or changed, in words."""
    found = []
    for name, digest in files.items():
        path = ROOT / name
        if not path.is_file():
            found.append(f"{name}: missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            found.append(f"{name}: changed, its sha256 is not {digest}")
    return found


def strangers(files, links):
    """Files that the manifest does not name, apart from what running the archive makes."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE_LATER and not name.endswith(".egg-info")]
        paths = [(Path(folder) / name).relative_to(ROOT).as_posix() for name in names if name not in MADE_LATER]
        found += [path for path in paths if path not in files and path not in links]
    return sorted(found)


def rerun(book, environment):
    """Make the environment, rebuild the book from its data and notebooks, and compare it with the published one."""
    python = sys.executable
    if environment:
        if subprocess.run([python, str(ROOT / environment)], cwd=ROOT).returncode:
            return 1
        python = str(ROOT / ".venv" / "bin" / "python")
    return subprocess.run([python, "-m", "bookpress", "verify", book, "--output", "build"], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
