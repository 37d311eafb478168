"""python -m bookpress build|verify|release BOOK --output FOLDER"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import shutil
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from bookpress.book.attachments import book_package, collect, named
from bookpress.book.edition import EditionError, read_edition
from bookpress.notebooks.execute import execute_book
from bookpress.pdf import PAPERS, PressError, compile_ahead, make_pdf
from bookpress.processes import cores
from bookpress.publish import OutputInUse, publish, staging_folder
from bookpress.release.archive import ReleaseError, release
from bookpress.release.verify import VerifyError, verify
from bookpress.sphinx.html import MADE, PACKAGE_VARIABLE, BuildError, build_html, jupyter_book
from bookpress.sphinx.reading import keep, take
from bookpress.stamp import INCLUDED, STAMP, inputs_digest, is_built, reading_digest, remember

# Inside the output folder, kept for the next build: what the notebooks gave, Sphinx' reading of the pages, the sources of the PDF.
RESULTS, READING, TYPESET = ".executed", ".read", ".typeset"
LONGEST = 5  # notebooks that the table of times names; they run side by side, so that their times add up to more than their step's


def main(arguments=None):
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m bookpress", description="Build a Jupyter Book as HTML and PDF.")
    commands = parser.add_subparsers(required=True)
    build = commands.add_parser("build", help="execute the notebooks, make HTML and PDF, publish both")
    build.add_argument("book", type=Path, help="folder with _config.yml and _toc.yml")
    build.add_argument("--output", type=Path, default=Path("build"), help="folder for html/ and the PDF")
    build.add_argument(
        "--package", type=Path, help="datapackage.json of the data, where it is not the one that _config.yml names"
    )
    build.add_argument("--paper", choices=PAPERS, default=PAPERS[0], help="paper of the PDF")
    build.add_argument(
        "--jobs", type=_positive, help="notebooks that run side by side; as many as there are cores where not given"
    )
    build.add_argument("--fresh", action="store_true", help="run and build everything, even what did not change")
    build.set_defaults(run=_build, failed="book: not built, the last good one stands.")
    check = commands.add_parser(
        "verify", help="build anew and compare with what is published; 1 at the first difference"
    )
    check.set_defaults(run=_verify, failed="verify: not done.")
    pack = commands.add_parser("release", help="write the zip of this edition: book, PDF, data, notebooks, code, lock")
    pack.set_defaults(run=_release, failed="release: not written.")
    for command in (check, pack):
        command.add_argument("book", type=Path, help="folder with _config.yml and _toc.yml")
        command.add_argument("--output", type=Path, default=Path("build"), help="folder with the published book")
    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except (BuildError, EditionError, OSError, OutputInUse, PressError, ReleaseError, VerifyError) as error:
        print(f"\n{options.failed}\n{error}", file=sys.stderr)
        return 1


def _build(options):
    if options.package:
        os.environ[PACKAGE_VARIABLE] = str(options.package.resolve())
    build_book(options.book.resolve(), options.output.resolve(), options.paper, options.jobs, options.fresh)
    return 0


def _verify(options):
    verdict = verify(options.book, options.output)
    print(verdict.certificate)
    return 0 if verdict.identical else 1


def _release(options):
    archive = release(options.book, options.output)
    print(f"{archive}\nsha256 {hashlib.sha256(archive.read_bytes()).hexdigest()}, {archive.stat().st_size:,} bytes")
    return 0


def pages_side_by_side():
    """How many pages Sphinx reads and writes at once: more than there are cores, for some pages take many times longer than others."""
    return 2 * cores() if cores() > 1 else 1


def _positive(text):
    """A whole number above zero, for argparse."""
    if (number := int(text)) < 1:
        raise ValueError
    return number


def build_book(book, output, paper=PAPERS[0], jobs=None, fresh=False):
    """Build HTML and PDF of the book and publish them together in `output`; do nothing where nothing changed.

    jobs : how many notebooks run side by side. fresh : whether to forget what was built before.
    """
    start = time.monotonic()

    said = []

    def say(message):
        said.append((time.monotonic() - start, message))
        print(f"{said[-1][0]:6.1f} s  {message}", flush=True)

    gc.set_threshold(
        500_000, 20, 100
    )  # the pages' trees live to the end: looking for garbage in them takes long and finds none
    edition = read_edition(book)
    data = book_package(book)
    say(f"{edition.full_title}, version {edition.version}")
    results, read, typeset = (output / name for name in (RESULTS, READING, TYPESET))
    with (
        staging_folder(output) as staging,
        jupyter_book(book, staging, edition, results, jobs or pages_side_by_side()) as sphinx,
    ):
        say("running the notebooks")
        if fresh:
            for folder in (results, read, typeset):
                shutil.rmtree(folder, ignore_errors=True)
            (output / STAMP).unlink(missing_ok=True)
        ran = execute_book(book, results, staging, edition, jobs)
        own_files = [attachment.path for attachment in named(book)]
        inputs = inputs_digest(book, results, edition, data, paper, files=own_files)
        if is_built(output, inputs):
            say(f"nothing changed since {output / 'html' / 'index.html'} was built")
            return
        say("writing the pages")
        reading_rests_on = reading_digest(
            book, replace(edition, commit=""), data
        )  # the commit is told by no page's text
        ahead = None
        if take(read, reading_rests_on, staging / MADE):
            ahead = compile_ahead(
                typeset, edition
            )  # else all pages are read anew, most of them changed, and the compiler would work in vain
        html = build_html(sphinx, book, staging)
        say("setting the PDF")
        if book_package(book) != data:
            raise BuildError(f"{data.descriptor}: the data changed while the book was being built")
        attached, target = collect(book, html, data), html / edition.pdf_name
        make_pdf(
            html,
            book / "_toc.yml",
            target,
            edition,
            attachments=attached,
            package=data,
            paper=paper,
            kept=typeset,
            ahead=ahead,
        )
        included = json.loads(html.with_name(INCLUDED).read_text("utf-8"))
        if inputs_digest(book, results, edition, data, paper, files=own_files) != inputs:
            raise BuildError(f"{book}: the book changed while it was being built")
        publish(html, edition.pdf_name, output)
        keep(staging / MADE, reading_rests_on, read)
        remember(output, inputs, [edition.pdf_name], [path for path in included if not path.startswith(str(staging))])
    say(f"done: {output / 'html' / 'index.html'} and {output / edition.pdf_name}")
    spent = [(message, after - before) for (before, message), (after, _) in pairwise(said[1:])]
    print(time_table(spent, ran), flush=True)


def time_table(spent, ran):
    """Where the time went, as text. spent : (step, seconds), the first of them running the notebooks. ran : seconds by notebook."""
    longest = sorted(ran.items(), key=lambda item: -item[1])[:LONGEST]
    (first, *others) = spent
    rows = [first, *((f"  {name}", seconds) for name, seconds in longest), *others]
    width = max(len(what) for what, _ in rows)
    return "\n".join(f"          {what:{width}}  {seconds:5.1f} s" for what, seconds in rows)


if __name__ == "__main__":
    sys.exit(main())
