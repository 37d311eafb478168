"""Make `.venv` hold what requirements.txt locks, less what excluded.txt names, with nothing but the system's Python.

    python3 tools/environment.py

Standard library only, because it runs before anything is installed. A fresh Debian has neither pip
nor ensurepip, so the wheel of uv that the lock names is fetched first, checked against the lock's
hashes, and installs the rest.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import re
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST_PYTHON = (3, 11)
PYPI = "https://pypi.org/simple/"
EXCLUDED = "tools/excluded.txt"  # names, one a line, that the lock has and .venv does without
WHEELS = "wheels"  # folder beside requirements.txt, filled by tools.wheels; where it is, nothing is fetched
JSON_API = "application/vnd.pypi.simple.v1+json"
TIMEOUT_SECONDS = 60


class EnvironmentFault(Exception):
    """The environment cannot be made; the message says what to do."""


def main(root=ROOT):
    """Make or renew the environment of the project in `root`; return the exit code."""
    try:
        if sys.version_info < OLDEST_PYTHON:
            raise EnvironmentFault(
                f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed, "
                f"{sys.executable} is {platform.python_version()}. Try: make PYTHON=python3.12"
            )
        if not is_current(root):
            install(root)
    except EnvironmentFault as fault:
        print(f"environment: {fault}", file=sys.stderr)
        return 1
    return 0


def fingerprint(root):
    """Digest of all that decides what `.venv` holds: the lock, the project's settings, the Python, the place."""
    digest = hashlib.sha256()
    for name in ("requirements.txt", "pyproject.toml", "press/pyproject.toml"):
        digest.update((root / name).read_bytes() + b"\0")
    digest.update(" ".join(excluded(root)).encode() + b"\0")
    digest.update(f"{sys.version}\0{sys.base_prefix}\0{root}".encode())
    return digest.hexdigest()


def is_current(root):
    """Whether a finished installation stands in `.venv` and nothing it was made from has changed since."""
    stamp = root / ".venv" / "stamp"
    whole = stamp.is_file() and (root / ".venv" / "bin" / "python").exists()
    return whole and stamp.read_text("utf-8") == fingerprint(root)


def install(root):
    """Make `.venv` anew: never mended in place, so that a run cut short leaves nothing for the next to trip over."""
    lock = (root / "requirements.txt").read_text("utf-8")
    wheels = root / WHEELS
    kept = ["--no-index", "--find-links", str(wheels)] if wheels.is_dir() else []
    print(
        f"environment: installing what requirements.txt locks into .venv{f' from {WHEELS}/' if kept else ''}",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        uv = unpack_uv(*(kept_uv(lock, wheels) if kept else fetch_uv(lock)), Path(folder))
        venv.EnvBuilder(clear=True, symlinks=True, with_pip=False).create(root / ".venv")
        wanted = Path(folder, "requirements.txt")
        wanted.write_text(without(lock, excluded(root)), "utf-8")
        run_uv(uv, root, "sync", *kept, "--require-hashes", str(wanted))
        # Editable, built with the locked backend: the project's own code is used from src/, and
        # nothing is downloaded.
        run_uv(uv, root, "install", "--no-deps", "--no-build-isolation", "--editable", "press", "--editable", ".")
    (root / ".venv" / "stamp").write_text(fingerprint(root), "utf-8")


def excluded(root):
    """The packages that the environment does without."""
    listed = root / EXCLUDED
    lines = listed.read_text("utf-8").splitlines() if listed.is_file() else []
    return [line for line in lines if line and not line.startswith("#")]


def without(lock, names):
    """The text of requirements.txt without the entries of some packages."""
    for name in names:
        lock = re.sub(rf"^{re.escape(name)}==.*\n(?:[ \t].*\n)*", "", lock, flags=re.MULTILINE)
    return lock


def run_uv(uv, root, verb, *arguments):
    """Run `uv pip VERB` on `.venv`, reading no configuration but the environment's index, proxy and certificates."""
    environ = {**os.environ, "UV_DEFAULT_INDEX": index_url(), "UV_SYSTEM_CERTS": "1"}
    environ.pop("VIRTUAL_ENV", None)
    for local in ("UV_FIND_LINKS", "UV_EXTRA_INDEX_URL", "UV_INDEX", "UV_INDEX_URL", "UV_CONSTRAINT", "UV_OVERRIDE"):
        environ.pop(
            local, None
        )  # the lock is complete; another index could only add a wheel that is not the locked one
    if os.environ.get("PIP_CERT"):
        environ.setdefault("SSL_CERT_FILE", os.environ["PIP_CERT"])
    python = root / ".venv" / "bin" / "python"
    command = [str(uv), "pip", verb, "--no-config", "--quiet", "--python", str(python), *arguments]
    if subprocess.run(command, cwd=root, env=environ).returncode:
        hint = (
            f"; {WHEELS}/ may be of another lock, Python or machine: remove it, and fill it again with `make wheels` where there is a network"
            if "--no-index" in arguments
            else ""
        )
        raise EnvironmentFault(f"uv pip {verb} failed, see the lines above{hint}; the next run starts afresh")


def index_url():
    """The package index: PIP_INDEX_URL, else UV_DEFAULT_INDEX or UV_INDEX_URL, else PyPI."""
    for name in ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        if os.environ.get(name):
            return os.environ[name].rstrip("/") + "/"
    return PYPI


def fetch_uv(lock):
    """Version and content of the locked uv's wheel for this platform, from the index."""
    version, hashes = locked("uv", lock)
    page_url = urllib.parse.urljoin(index_url(), "uv/")
    try:
        files = json.loads(download(page_url, accept=JSON_API))["files"]
    except (ValueError, KeyError) as error:
        raise EnvironmentFault(
            f"{page_url} does not answer in JSON (PEP 691); set PIP_INDEX_URL to one that does"
        ) from error
    wheel = choose_wheel(files, version)
    content = download(urllib.parse.urljoin(page_url, wheel["url"]))
    check_hash(wheel["filename"], content, hashes)
    return version, content


def kept_uv(lock, wheels):
    """Version and content of the locked uv's wheel for this platform, from the folder `wheels`."""
    version, hashes = locked("uv", lock)
    try:
        name = choose_wheel([{"filename": path.name} for path in wheels.iterdir()], version)["filename"]
    except EnvironmentFault as fault:
        raise EnvironmentFault(
            f"{wheels} does not hold what requirements.txt locks ({fault}); remove it, and fill it again with `make wheels` where there is a network"
        ) from fault
    content = (wheels / name).read_bytes()
    check_hash(name, content, hashes)
    return version, content


def unpack_uv(version, content, folder):
    """Put the program out of uv's wheel into `folder`; return its path."""
    program = folder / "uv"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        program.write_bytes(archive.read(f"uv-{version}.data/scripts/uv"))
    program.chmod(0o755)
    return program


def locked(package, lock):
    """Version and set of sha256 digests that the text of requirements.txt gives for `package`."""
    entry = re.search(rf"^{re.escape(package)}==(\S+)((?:.*\\\n)*.*)", lock, re.MULTILINE)
    if not entry:
        raise EnvironmentFault(f"requirements.txt does not lock {package}; run: make lock")
    return entry[1], set(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry[2]))


def choose_wheel(files, version, wanted=None):
    """The entry of the index page `files` whose wheel of uv `version` runs on this platform.

    files : list of dicts with "filename" and "url", as PEP 691 has them.
    wanted : regular expression for the platform tag; by default this machine's.
    """
    wanted = wanted or platform_pattern()
    for entry in files:
        parts = entry["filename"].removesuffix(".whl").split("-")
        is_wheel = entry["filename"].endswith(".whl") and parts[:2] == ["uv", version]
        if is_wheel and any(re.fullmatch(wanted, tag) for tag in parts[-1].split(".")):
            return entry
    raise EnvironmentFault(f"there is no wheel of uv {version} for this platform ({wanted})")


def platform_pattern(system=None, machine=None, libc=None):
    """Regular expression of the wheel tags that run here: Linux with glibc or musl, or macOS."""
    system = system or platform.system()
    machine = machine or platform.machine()
    if system == "Darwin":
        return rf"macosx_\d+_\d+_{machine}"
    if system != "Linux":
        raise EnvironmentFault(f"{system} is not supported; use Linux, macOS or the Windows Subsystem for Linux")
    machine = {"arm64": "aarch64", "amd64": "x86_64"}.get(machine, machine)
    libc = libc or platform.libc_ver()[0] or "musl"
    return rf"manylinux(_\d+_\d+|20\d\d)_{machine}" if libc == "glibc" else rf"musllinux_\d+_\d+_{machine}"


def check_hash(filename, content, hashes):
    """Raise EnvironmentFault unless the digest of `content` is one of the locked `hashes`."""
    digest = hashlib.sha256(content).hexdigest()
    if digest not in hashes:
        raise EnvironmentFault(
            f"{filename} has sha256 {digest}, which requirements.txt does not allow; it was not used"
        )


def download(url, accept="*/*"):
    """The bytes at `url`. Proxies and SSL_CERT_FILE are respected by the library, PIP_CERT here."""
    context = ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or None)
    request = urllib.request.Request(url, headers={"Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=context) as response:
            return response.read()
    except (OSError, ValueError) as error:  # URLError and time-outs are OSErrors; a malformed URL is a ValueError
        raise EnvironmentFault(
            f"cannot fetch {url}: {error}. Is there a network? PIP_INDEX_URL may name a mirror"
        ) from error


if __name__ == "__main__":
    sys.exit(main())
