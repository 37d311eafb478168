"""Keep the wheels that requirements.txt locks for this machine and Python in wheels/, from which the environment is then made without a network.

python -m tools.wheels
"""

from __future__ import annotations

import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor

from packaging.tags import sys_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from bookpress.release.lock import locked_here
from tools.environment import ROOT, WHEELS, EnvironmentFault, fetch_wheel

SIDE_BY_SIDE = 8


def main(root=ROOT):
    """Fetch what is missing; return the exit code."""
    try:
        names = fetch_wheels((root / "requirements.txt").read_text("utf-8"), root / WHEELS)
    except EnvironmentFault as fault:
        print(f"wheels: {fault}", file=sys.stderr)
        return 1
    print(
        f"wheels: {len(names)} in {root / WHEELS}, as requirements.txt locks them; with that folder the environment needs no network"
    )
    return 0


def fetch_wheels(lock, folder):
    """Fetch the wheels of the lock's text into the folder and remove all others; return their names. Raises EnvironmentFault."""
    folder.mkdir(exist_ok=True)
    kept = {hashlib.sha256(path.read_bytes()).hexdigest(): path.name for path in folder.iterdir()}
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        names = sorted(pool.map(lambda package: _kept(package, kept) or _fetch(package, folder), locked_here(lock)))
    for other in set(kept.values()) - set(names):
        (folder / other).unlink()
    return names


def _kept(package, kept):
    """The name of the package's wheel among those that are there, {sha256: name}, where one of them suits this machine."""
    files = [{"filename": kept[digest]} for digest in package.hashes & kept.keys()]
    return min((entry["filename"] for rank, entry in _suited(files, package)), default=None)


def _fetch(package, folder):
    """Fetch one package's wheel into the folder, checked; return its name."""
    name, content = fetch_wheel(package.name, lambda files: choose(files, package), package.hashes)
    new = folder / f"{name}.new"
    new.write_bytes(content)
    new.rename(folder / name)
    return name


def choose(files, package):
    """The entry of an index page whose wheel suits this machine best, as installers choose: the first of its tags that has one.

    files : list of dicts with "filename" and "url", as PEP 691 has them.
    """
    suited = _suited(files, package)
    if not suited:
        raise EnvironmentFault(f"the index has no wheel of {package.name} {package.version} for this machine")
    return min(suited, key=lambda one: one[0])[1]


def _suited(files, package):
    """(rank, entry) of the wheels that can be installed here; the lowest rank is the best."""
    ranks = {tag: rank for rank, tag in enumerate(sys_tags())}
    found = []
    for entry in files:
        try:
            _, version, build, tags = parse_wheel_filename(entry["filename"])
        except InvalidWheelFilename:
            continue
        if str(version) == package.version and (fitting := [ranks[tag] for tag in tags if tag in ranks]):
            found.append(((min(fitting), *(-number for number in build[:1])), entry))
    return found


if __name__ == "__main__":
    sys.exit(main())
