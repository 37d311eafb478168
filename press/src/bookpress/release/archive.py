"""One zip that holds an edition whole: book, PDF, data, notebooks, code, lock, and the program that checks it. Same commit, same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile
import time
import zipfile
from pathlib import Path

from bookpress.book.attachments import book_package
from bookpress.book.edition import read_edition
from bookpress.errors import PressError
from bookpress.files import replace_file
from bookpress.pdf.compile import COMMIT
from bookpress.release import archive_check, licences, metadata

FILE_MODE, PROGRAM_MODE, LINK_MODE = 0o100644, 0o100755, 0o120777
DESCRIBED = {  # what the RO-Crate says of the parts that an archive has
    "README.md": "What this is and where a thing goes",
    "CITATION.cff": "How to cite it",
    "CHANGELOG.md": "What each edition changed",
    "LICENSE": "Licences of code and text",
    "requirements.txt": "Every package that the book was built with, by digest",
    "packages.csv": "Version and licence of each of those packages",
    "verify.py": "Checks every file, and with --rerun computes everything anew",
    "book/": "The prose",
    "notebooks/": "The notebooks that compute it",
    "data/": "The data package",
    "src/": "The code",
    "tests/": "The tests",
    "build/html/": "The published pages",
}


class ReleaseError(PressError):
    """The edition cannot be released as it stands; the message says why."""


def release(book, output):
    """Write `output`/SLUG-VERSION.zip from the commit that is checked out and the book that is published in `output`.

    Returns its path. Raises ReleaseError when something is not committed, or the published book is of another commit.
    """
    book, output = Path(book).resolve(), Path(output).resolve()
    project, edition = book.parent, read_edition(book)
    if not edition.commit or edition.commit.endswith("-dirty"):
        raise ReleaseError(
            "a release is made from a commit: commit what has changed first"
            if edition.commit
            else f"{project} is no git checkout"
        )
    published = output / "html"
    if not (published / edition.pdf_name).is_file():
        raise ReleaseError(f"{published} holds no edition {edition.version}: build the book first")
    if (told := commit_of(published / edition.pdf_name)) != edition.commit:
        raise ReleaseError(
            f"{published} was built from {told or 'no commit'}, not from {edition.commit}: build the book first"
        )
    files, links = committed(project)
    files |= {
        f"build/html/{path.relative_to(published).as_posix()}": path.read_bytes()
        for path in published.rglob("*")
        if path.is_file()
    }
    files[f"build/{edition.pdf_name}"] = (published / edition.pdf_name).read_bytes()
    files["verify.py"] = Path(archive_check.__file__).read_bytes()
    files["packages.csv"] = licences.as_csv(licences.report(files["requirements.txt"].decode())).encode()
    files[".zenodo.json"] = metadata.zenodo(edition)
    if package := book_package(book):
        files["croissant.json"] = metadata.croissant(
            edition, package, package.descriptor.parent.relative_to(project).as_posix()
        )
    described = {**DESCRIBED, f"build/{edition.pdf_name}": "The report as one PDF"}
    files["ro-crate-metadata.json"] = metadata.ro_crate(
        edition, files, {path: words for path, words in described.items() if _is_there(path, files)}
    )
    files["manifest.json"] = manifest(edition, files, links)
    archive = output / f"{edition.slug}-{edition.version}.zip"
    write_zip(archive, f"{edition.slug}-{edition.version}", files, links, edition.epoch)
    return archive


def _is_there(path, files):
    return path in files or path.endswith("/") and any(name.startswith(path) for name in files)


def commit_of(pdf):
    """The commit that a PDF of the press says it was built from; "" where it says none."""
    import pikepdf  # slow to import, and only a release asks

    with pikepdf.open(pdf) as document:
        return document.open_metadata().get("dc:source", "").removeprefix(COMMIT)


def committed(project):
    """(path to bytes, link to target) of what the commit holds, with the marks that git fills in for an archive."""
    run = subprocess.run(["git", "archive", "--format=tar", "HEAD"], cwd=project, capture_output=True)
    if run.returncode:
        raise ReleaseError(f"git archive: {run.stderr.decode(errors='replace').strip()}")
    files, links = {}, {}
    with tarfile.open(fileobj=io.BytesIO(run.stdout)) as tar:
        for member in tar:
            if member.issym():
                links[member.name] = member.linkname
            elif member.isfile():
                files[member.name] = tar.extractfile(member).read()
    return files, links


def manifest(edition, files, links):
    """What verify.py checks: the sha256 of every file but this one, and where the links lead."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    told = {
        "title": edition.full_title,
        "version": edition.version,
        "commit": edition.commit,
        "links": links,
        "files": digests,
    }
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def write_zip(archive, folder, files, links, epoch):
    """Write the zip with everything below `folder`: names in order, one date, no trace of the machine; whole or not at all."""
    date = time.gmtime(max(epoch, 315532800))[:6]  # a zip knows no date before 1980
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in sorted([*files, *links]):
            entry = zipfile.ZipInfo(f"{folder}/{name}", date)
            entry.create_system = 3  # Unix, so that the modes below are read
            entry.external_attr = (
                LINK_MODE if name in links else PROGRAM_MODE if name == "verify.py" else FILE_MODE
            ) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, links[name] if name in links else files[name], compresslevel=9)
    replace_file(archive, packed.getvalue())
