"""One zip with a whole edition and the program that checks it. Same commit, same bytes."""

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
from bookpress.book.edition import (
    ARCHIVAL,
    MANIFEST,
    citation_file,
    lock_file,
    press_settings,
    read_edition,
    why_no_commit,
    with_addresses,
)
from bookpress.book.languages import autonym, pdfs_of
from bookpress.cache import Cache
from bookpress.environment import FILES_FOLDER
from bookpress.errors import PressError
from bookpress.files import replace_file
from bookpress.pdf.compile import COMMIT
from bookpress.release import licences, metadata, verify_script
from bookpress.up_to_date import untranslated_in

FILE_MODE, PROGRAM_MODE, LINK_MODE = 0o100644, 0o100755, 0o120777


class ReleaseError(PressError):
    """The edition cannot be released as it stands; the message says why."""


def release(book, output):
    """Write `output`/SLUG-VERSION.zip from the commit that is checked out and the book that is published in `output`.

    Returns its path. Raises ReleaseError when something is not committed, or the published book is
    of another commit.
    """
    book, output, edition = Path(book).resolve(), Path(output).resolve(), read_edition(book)
    if not edition.commit or edition.is_modified:
        raise ReleaseError(
            "a release is made from a commit: commit what has changed first"
            if edition.commit
            else why_no_commit(book) or f"{book} is in no git checkout"
        )
    published = output / "html"
    if not (published / edition.pdf_name).is_file():
        raise ReleaseError(f"{published} holds no edition {edition.version}: build the book first")
    if (built_from := commit_of(published / edition.pdf_name)) != edition.commit:
        raise ReleaseError(
            f"{published} was built from {built_from or 'no commit'}, not from {edition.commit}: build the book first"
        )
    for language, left in untranslated_in(Cache(output).record).items():
        if left:
            raise ReleaseError(f"{left:,} messages are not translated into {language}: an edition is released whole")
    project = Path(_git(book, "rev-parse", "--show-toplevel").decode().strip())
    files, links = committed(project)
    places = _places(project, book)
    for path in (place for name, place in places.items() if name in ("citation", "lock", "environment")):
        if path not in files:
            raise ReleaseError(f"{path} is not in the commit")
    files |= {
        f"build/html/{path.relative_to(published).as_posix()}": path.read_bytes()
        for path in published.rglob("*")
        if path.is_file()
    }
    for pdf in pdfs_of(book, edition):
        files[f"build/{Path(pdf).name}"] = (published / pdf).read_bytes()
    files["verify.py"] = Path(verify_script.__file__).read_bytes()
    if "lock" in places:
        files["packages.csv"] = licences.as_csv(licences.report(files[places["lock"]].decode())).encode()
    archival = (project / places["citation"]).with_name(ARCHIVAL).relative_to(project).as_posix()
    files.setdefault(archival, b"node: " + _git(book, "rev-parse", "HEAD"))  # else a rebuild does not know its commit
    files[places["citation"]] = with_addresses(edition, files[places["citation"]].decode()).encode()
    package = book_package(book)
    files[".zenodo.json"] = metadata.zenodo(edition)
    files["datacite.json"] = metadata.datacite(edition, package)
    if package:
        files["croissant.json"] = metadata.croissant(edition, package, places["package"])
    files["ro-crate-metadata.json"] = metadata.ro_crate(
        edition, files, _described(book, edition, places, files, package)
    )
    files[MANIFEST] = manifest(edition, files, links, places)
    archive = output / f"{edition.slug}-{edition.version}.zip"
    write_zip(archive, f"{edition.slug}-{edition.version}", files, links, edition.epoch)
    return archive


def _places(project, book):
    """Return paths in the archive, by setting of `_config.yml`, and that of the book's folder.

    Raises ReleaseError for a place outside the checkout, of which an archive of the commit holds
    nothing.
    """
    package, environment = book_package(book), press_settings(book / "_config.yml").get("environment")
    places = {
        "book": book,
        "citation": citation_file(book),
        "lock": lock_file(book),
        "package": package and package.descriptor.resolve().parent,
        "environment": environment and (book / environment).resolve(),
    }
    for path in filter(None, places.values()):
        if not path.is_relative_to(project):
            raise ReleaseError(f"{path} lies outside the checkout {project}")
    return {name: path.relative_to(project).as_posix() for name, path in places.items() if path}


def _described(book, edition, places, files, package):
    """Return words for the archive's parts, by path: those the press knows, and `contents`."""
    known = {
        places["citation"]: "How to cite it",
        places.get("lock"): "Every package that the book was built with, by digest",
        "packages.csv": "Version and licence of each of those packages",
        "verify.py": "Checks every file, and with --rerun computes everything anew",
        f"{places['book']}/": "The prose",
        f"{places.get('package')}/": "The data package",
        "croissant.json": "The data package as Croissant, for programs that load tables",
        "datacite.json": "The edition as DataCite registers it",
        "build/html/": "The published pages",
        f"build/{edition.pdf_name}": "The report as one PDF",
    }
    known |= {
        f"build/{Path(pdf).name}": f"The same, {autonym(Path(pdf).parent.name)}" for pdf in pdfs_of(book, edition)[1:]
    }
    if package:
        known |= {f"{places['package']}/{path.name}": words for path, words in package.tables}
    given = f"build/html/{FILES_FOLDER}/"
    known |= {path: f"The data in another form: {path.removeprefix(given)}" for path in files if path.startswith(given)}
    contents = press_settings(book / "_config.yml").get("contents", {})
    if missing := [path for path in contents if not _is_there(path, files)]:
        raise ReleaseError(f"_config.yml: bookpress: contents: {missing[0]}: not in the archive")
    return {path: words for path, words in (known | contents).items() if path and _is_there(path, files)}


def _is_there(path, files):
    return path in files or (path.endswith("/") and any(name.startswith(path) for name in files))


def commit_of(pdf):
    """The commit that a PDF of the press says it was built from; "" where it says none, or is broken."""
    import pikepdf  # slow to import, and few ask

    try:
        with pikepdf.open(pdf) as document:
            return document.open_metadata().get("dc:source", "").removeprefix(COMMIT)
    except pikepdf.PdfError:
        return ""


def committed(project):
    """(path to bytes, link to target) of what the commit holds, with the marks that git fills in for an archive."""
    files, links = {}, {}
    with tarfile.open(fileobj=io.BytesIO(_git(project, "archive", "--format=tar", "HEAD"))) as tar:
        for member in tar:
            if member.issym():
                links[member.name] = member.linkname
            elif member.isfile():
                files[member.name] = tar.extractfile(member).read()
    return files, links


def _git(folder, *arguments):
    """Run git and return what it prints. Raises ReleaseError with git's words if it fails."""
    run = subprocess.run(["git", *arguments], cwd=folder, capture_output=True)
    if run.returncode:
        raise ReleaseError(f"git {arguments[0]}: {run.stderr.decode(errors='replace').strip()}")
    return run.stdout


def manifest(edition, files, links, places):
    """Return manifest.json: digests and links that verify.py checks, and what it runs."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    fields = {
        "title": edition.full_title,
        "version": edition.version,
        "commit": edition.commit,
        "book": places["book"],
        "environment": places.get("environment", ""),
        "links": links,
        "files": digests,
    }
    return (json.dumps(fields, indent=1, ensure_ascii=False) + "\n").encode()


def write_zip(archive, folder, files, links, epoch):
    """Write the zip, whole or not at all: names in order, one date, no trace of the machine."""
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
