"""Keep the locked wheels for this machine in wheels/; with them the environment needs no network.

python -m tools.wheels
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys

from virtualenv.seed.wheels.embed import get_embed_wheel

from tools.environment import ROOT, WHEELS, index_url


def main(root=ROOT):
    """Fetch what is missing, remove what the lock does not name; return the exit code."""
    lock, folder = root / "requirements.txt", root / WHEELS
    folder.mkdir(exist_ok=True)
    remove_others(folder, set(re.findall(r"--hash=sha256:([0-9a-f]{64})", lock.read_text("utf-8"))))
    options = ["--require-hashes", "--only-binary=:all:", "--no-deps", "--quiet", "--index-url", index_url()]
    # The environment has no pip; virtualenv, which is locked, brings a wheel of it, which runs as
    # it is.
    pip = get_embed_wheel("pip", f"{sys.version_info.major}.{sys.version_info.minor}").path
    environ = {
        **os.environ,
        "PYTHONPATH": str(pip),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), "--requirement", str(lock)]
    if subprocess.run(command, env=environ).returncode:
        print("wheels: pip download failed, see the lines above", file=sys.stderr)
        return 1
    print(
        f"wheels: {len(list(folder.iterdir()))} in {folder}, as requirements.txt locks them; with that folder the environment needs no network"
    )
    return 0


def remove_others(folder, digests):
    """Remove the files whose sha256 is none of `digests`: wheels of another lock, or cut short."""
    for path in folder.iterdir():
        if hashlib.sha256(path.read_bytes()).hexdigest() not in digests:
            path.unlink()


if __name__ == "__main__":
    sys.exit(main())
