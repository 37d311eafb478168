"""The command: python -m bookpress build|preview|verify|catalogues|release BOOK --output FOLDER

What one of them alone needs it imports itself: a build is asked for at every save.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import traceback
from pathlib import Path

from bookpress.book.edition import PAPERS
from bookpress.build import build_book, catalogues
from bookpress.environment import LANGUAGES_VARIABLE, PACKAGE_VARIABLE
from bookpress.errors import PressError, Unforeseen
from bookpress.files import fingerprint

DEBUG_VARIABLE = "BOOKPRESS_DEBUG"
STOPPED = 130  # the exit code of a program that was stopped by Ctrl-C


def main(arguments=None):
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m bookpress", description="Build a Jupyter Book as HTML and PDF.")
    commands = parser.add_subparsers(required=True)
    build = commands.add_parser("build", help="execute the notebooks, make HTML and PDF, publish both")
    build.add_argument("--package", type=Path, help="datapackage.json of the data, if not the one in _config.yml")
    build.add_argument("--paper", choices=PAPERS, default=PAPERS[0], help="paper of the PDF")
    build.add_argument("--jobs", type=_positive, help="notebooks that run side by side (default: one on each core)")
    build.add_argument("--fresh", action="store_true", help="run and build everything, even what did not change")
    build.set_defaults(run=_build, failed="book: not built, the last good one stands.")
    check = commands.add_parser("verify", help="build anew, compare with what is published; 1 if anything differs")
    check.set_defaults(run=_verify, failed="verify: not done.")
    show = commands.add_parser(
        "preview", help="build, serve the pages on this machine, and build again after each saved change"
    )
    show.add_argument("--port", type=_positive, default=8000, help="of the server (default: 8000)")
    show.set_defaults(run=_preview, failed="preview: ended.")
    words = commands.add_parser("catalogues", help="bring the catalogues of further languages up to date with the book")
    words.set_defaults(run=_catalogues, failed="catalogues: as they were.")
    for command in (build, check, show, words):
        command.add_argument(
            "--languages",
            metavar="CODES",
            help="further languages, with commas between, if not those of _config.yml; the book's own alone leaves them out",
        )
    pack = commands.add_parser("release", help="write the zip of this edition: book, PDF, data, notebooks, code, lock")
    pack.set_defaults(run=_release, failed="release: not written.")
    for command in (build, check, show, words, pack):
        command.add_argument("book", type=Path, help="folder with _config.yml and _toc.yml")
        command.add_argument("--output", type=Path, default=Path("build"), help="folder of html/ and the PDF")
    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except (PressError, OSError) as error:
        print(f"\n{options.failed}\n{error}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"\nstopped. {options.failed}", file=sys.stderr)
        return STOPPED
    except Exception as error:  # noqa: BLE001  the last net: a reader is told, whatever happened
        print(f"\n{options.failed}\n{_unforeseen(error)}", file=sys.stderr)
    return 1


def _unforeseen(error):
    """Say in one line where a fault arose that no message was written for; keep its traceback, or give it after the line."""
    call = traceback.extract_tb(error.__traceback__)[-1]
    where, trace = f"{call.filename}, line {call.lineno}", traceback.format_exc()
    if isinstance(error, Unforeseen):
        where, trace = str(error), error.trace
    said = f"{where}: {trace.strip().splitlines()[-1]}; nobody foresaw this fault"
    if os.environ.get(DEBUG_VARIABLE):
        return f"{said}\n{trace}"
    number, file = tempfile.mkstemp(prefix="bookpress-", suffix=".txt")
    with open(number, "w", encoding="utf-8") as kept:
        kept.write(trace)
    return f"{said}: please report it with {file} ({DEBUG_VARIABLE}=1 prints that here)"


def _build(options):
    _name_languages(options)
    if options.package:
        os.environ[PACKAGE_VARIABLE] = str(options.package.resolve())
    build_book(options.book.resolve(), options.output.resolve(), options.paper, options.jobs, options.fresh)
    return 0


def _verify(options):
    from bookpress.release.rebuild import verify

    _name_languages(options)
    verdict = verify(options.book, options.output)
    print(verdict.certificate)
    return 0 if verdict.identical else 1


def _preview(options):
    import asyncio

    from bookpress.preview import serve

    _name_languages(options)
    asyncio.run(serve(options.book, options.output, options.port))
    return 0


def _name_languages(options):
    if options.languages is not None:
        os.environ[LANGUAGES_VARIABLE] = options.languages


def _catalogues(options):
    _name_languages(options)
    catalogues(options.book.resolve(), options.output.resolve())
    return 0


def _release(options):
    from bookpress.release.archive import release

    archive = release(options.book, options.output)
    print(f"{archive}\nsha256 {fingerprint(archive)}, {archive.stat().st_size:,} bytes")
    return 0


def _positive(text):
    """A whole number above zero, for argparse."""
    if (number := int(text)) < 1:
        raise ValueError
    return number
