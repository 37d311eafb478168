"""Build the book anew, compare it with the published one byte by byte, and certify the result."""

from __future__ import annotations

import base64
import datetime
import fnmatch
import hashlib
import importlib.metadata
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from bookpress.book.edition import (
    PAPERS,
    EditionError,
    lock_file,
    named_variables,
    press_settings,
    read_edition,
    why_no_commit,
)
from bookpress.book.languages import pdfs_of
from bookpress.environment import COMMIT_VARIABLE, KEPT_VARIABLES, LANGUAGES_VARIABLE, PACKAGE_VARIABLE
from bookpress.errors import PressError
from bookpress.files import fingerprint
from bookpress.markup.html import parsed, select
from bookpress.release.archive import commit_of
from bookpress.release.compare import compare_trees
from bookpress.release.lock import locked_here

HEIGHTS = dict(zip(PAPERS, (842, 792), strict=True))  # points


class VerifyError(PressError):
    """There is nothing to compare, or the book does not build; the message says which."""


@dataclass(frozen=True)
class Verdict:
    """The result of a verification; `listed` are differences with a reason in `_config.yml`."""

    certificate: str
    differences: tuple
    listed: tuple

    @property
    def identical(self):
        """Whether nothing differs but what is listed."""
        return not self.differences


def verify(book, output):
    """Rebuild the book in folder `book` and compare it with the one published in `output`.

    The rebuild has a home of its own and none of the caller's variables but those that the book names, and the one that names
    other data; its paper is that of the published PDF.
    Returns a Verdict; raises VerifyError.
    """
    book, output = Path(book).resolve(), Path(output).resolve()
    published, edition, lock = output / "html", read_edition(book), lock_file(book)
    if not (published / edition.pdf_name).is_file():
        raise VerifyError(
            f"{published} holds no edition {edition.version}: nothing to compare. Build it, or unpack a release"
        )
    if not edition.commit and (commit := commit_of(published / edition.pdf_name)):
        reason = why_no_commit(book) or f"{book} is in no git checkout: verify a clone, or an unpacked release"
        raise VerifyError(f"{published} was built from {commit}, which is not known here. {reason}")
    _say("comparing the packages with the lock")
    differences = environment_faults(lock) if lock else []
    with tempfile.TemporaryDirectory(prefix="bookpress-verify-") as folder:
        _say(f"building {edition.full_title} anew")
        rebuild(book, Path(folder), edition.commit, paper_of(published / edition.pdf_name))
        _say(f"comparing it with {published}")
        found, same = compare_trees(published, Path(folder) / "build" / "html")
        for pdf in pdfs_of(book, edition):
            beside, among = output / Path(pdf).name, published / pdf
            if not (beside.is_file() and among.is_file()) or beside.read_bytes() != among.read_bytes():
                differences.append(f"{beside.name}: the PDF beside the pages is not the one among them")
    listed = []
    reasons = _reasons(book / "_config.yml")
    for one in found:
        reason = next((words for pattern, words in reasons if fnmatch.fnmatch(one.file, pattern)), "")
        (listed if reason else differences).append(f"{one} ({reason})" if reason else str(one))
    certificate = _certificate(edition, lock, published, same, differences, listed)
    return Verdict(certificate, tuple(differences), tuple(listed))


def paper_of(pdf):
    """The paper of a PDF, by the height of its cover; of a file that is none, the one that a build takes by itself."""
    import pypdfium2  # slow to import

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            height = document[0].get_height()
    except pypdfium2.PdfiumError:  # the comparison tells what is wrong with it
        return PAPERS[0]
    return min(HEIGHTS, key=lambda paper: abs(HEIGHTS[paper] - height))


def rebuild(book, folder, commit, paper):
    """Build the book into `folder`/build, in an environment that holds nothing of the caller's but what `verify` says.

    Prints on stderr what the build says meanwhile.
    """
    kept = (*KEPT_VARIABLES, PACKAGE_VARIABLE, LANGUAGES_VARIABLE, *named_variables(book))
    environ = {name: os.environ[name] for name in kept if name in os.environ}
    environ |= {"HOME": str(folder), COMMIT_VARIABLE: commit}
    command = [sys.executable, "-m", "bookpress", "build", str(book), "--paper", paper]
    command += ["--output", str(folder / "build")]
    run = subprocess.run(command, env=environ, cwd=book.parent, stdout=sys.stderr)
    if run.returncode:
        raise VerifyError("the book does not build again, for the reason above")


def _say(step):
    """Tell on stderr what begins: the certificate stands alone on stdout."""
    print(f"verify: {step}", file=sys.stderr, flush=True)


def environment_faults(lock):
    """Return differences between the running environment and the lock, in words.

    They are versions, and files with other bytes than their wheels recorded. Packages that the lock
    does not name, or names for other systems, are left alone.
    """
    locked = locked_here(Path(lock).read_text("utf-8"))
    found = []
    for distribution in importlib.metadata.distributions():
        name = canonicalize_name(distribution.name)
        if name not in locked:
            continue
        if distribution.version != locked[name]:
            found.append(f"package {name}: {distribution.version} is installed, the lock has {locked[name]}")
        found += [
            f"package {name}: {file} is not as its wheel recorded it"
            for file in distribution.files or []
            if _is_changed(file)
        ]
    return found


def _is_changed(file):
    """Whether an installed file has other bytes than its wheel recorded.

    Scripts, which lie outside the package's folder, do not count: installing rewrites their first
    line.
    """
    if not file.hash or file.hash.mode != "sha256" or ".." in file.parts:
        return False
    path = file.locate()
    digest = hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""
    return digest != _decoded(file.hash.value)


def _decoded(words):
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


def _reasons(config):
    """(pattern of files, reason) of each difference that `_config.yml` lists under bookpress: differences."""
    reasons = []
    for entry in press_settings(config).get("differences", []):
        if not isinstance(entry, dict) or not all(
            isinstance(entry.get(field), str) and entry[field].strip() for field in ("files", "reason")
        ):
            raise EditionError(f"{config}: bookpress: differences: {entry} needs files and a reason")
        reasons.append((entry["files"], entry["reason"]))
    return reasons


def _certificate(edition, lock, published, same, differences, listed):
    """The certificate in words: when, where, with what, what was compared, and the verdict."""
    pages = [parsed(page.read_text("utf-8")) for page in sorted(published.rglob("*.html"))]
    counts = {
        "pages": len(pages),
        "computed numbers in prose": sum(len(select(page, "article .why")) for page in pages),
        "figures": sum(len(select(page, "article figure img")) for page in pages),
        "tables": sum(len(select(page, "article table")) for page in pages),
        "data files": len(list(published.rglob("*.csv"))),
        "files in all": sum(path.is_file() for path in published.rglob("*")),
    }
    lines = [
        ("Report", f"{edition.full_title}, edition {edition.label}"),
        ("Commit", edition.commit or "unknown"),
        ("Verified", datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")),
        ("Machine", f"{platform.system()} {platform.release()}, {platform.machine()}, {os.cpu_count()} cores"),
        ("Python", platform.python_version()),
        ("Lock", f"sha256 {fingerprint(lock)}" if lock else "none: versions not compared"),
        ("PDF", f"sha256 {fingerprint(published / edition.pdf_name)}"),
        ("Compared", ", ".join(f"{number:,} {name}" for name, number in counts.items())),
        ("Identical", f"{same:,} files, byte by byte"),
        *(("Listed", words) for words in listed),
        *(("Differs", words) for words in differences),
        ("Verdict", f"{len(differences)} differences that are not listed" if differences else "identical"),
    ]
    return "\n".join(f"{head:10} {words}" for head, words in lines)
