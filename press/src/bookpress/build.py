"""Builds a book step by step: runs its notebooks, makes HTML and PDF, publishes both."""

from __future__ import annotations

import json
import os
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bookpress.book.attachments import Package, book_package, collect, named
from bookpress.book.edition import PAPERS, Edition, press_settings, read_edition, why_no_commit
from bookpress.book.languages import (
    LOCALE,
    PRESS,
    SETTINGS,
    Words,
    compile_catalogues,
    folder_of,
    languages_of,
    messages_of,
    untranslated,
    update_catalogues,
)
from bookpress.book.sources import check_bibliographies, check_sources
from bookpress.cache import Cache
from bookpress.errors import BuildError
from bookpress.files import fingerprint
from bookpress.notebooks.plan import execute_book
from bookpress.processes import aside, begun, cores
from bookpress.publish import publish, staging_folder
from bookpress.sphinx.doctree_cache import keep, take
from bookpress.sphinx.run import MADE, build_html, jupyter_book
from bookpress.up_to_date import INCLUDED, MESSAGES_FILE, inputs_digest, is_built, reading_digest, remember

SHOWN = 5  # messages that are not translated, of which a build tells
LONGEST = 5  # notebooks that the table of times names


def build_book(book, output, paper=PAPERS[0], jobs=None, fresh=False):
    """Build HTML and PDF of the book, publish both in `output`; do nothing if nothing changed.

    jobs : how many notebooks run side by side. fresh : whether to forget what was built before.
    Raises a PressError that says what is wrong with the book; the last good one then stands.
    """
    if output == book or book in output.parents:
        raise BuildError(
            f"{output}: lies inside the book, which it would change; name a folder beside {book} (--output)"
        )
    clock = Clock()
    build = Build(book, Cache(output), paper, read_edition(book), book_package(book), languages_of(book))
    edition, cache = build.edition, build.cache
    clock.note(f"{edition.full_title}, version {edition.label}")
    if not edition.commit and (reason := why_no_commit(book)):
        print(f"          the PDF will name no commit: {reason}", flush=True)
    check_sources(book)
    with staging_folder(output) as staging, ExitStack() as started:
        with clock.step("running the notebooks"):
            parts = [
                LanguageBuild(build, language, staging / language, started, jobs or pages_side_by_side())
                for language in ("", *build.languages)
            ]
            if fresh:
                cache.clear()
            from_nothing = cache.is_empty()
            ran = execute_book(book, cache.results, staging, edition, jobs)
        inputs = build.inputs()
        if is_built(book, output, cache.record, inputs):
            clock.note(f"nothing changed since {output / 'html' / 'index.html'} was built")
            return
        check_bibliographies(book)
        with side_by_side(len(parts)) as each:
            list(each(partial(write_and_set, clock), parts))
        html = parts[0].html
        with clock.step("publishing the book"):
            messages = messages_in(book, edition, html)
            missing = {language: untranslated(book, language, messages) for language in build.languages}
            included = [path for part in parts for path in included_files(part.html, staging)]
            if build.inputs() != inputs:
                raise BuildError(f"{book}: the book changed while it was being built")
            for part in parts[1:]:
                os.rename(part.html, html / part.language)
            publish(html, [part.pdf for part in parts], output)
            for part in parts:
                part.keep()
            links = [Path(part.pdf).name for part in parts]
            left = {language: len(found) for language, found in missing.items()}
            remember(book, output, cache.record, inputs, links, included, from_nothing, left)
    clock.note(f"done: {output / 'html' / 'index.html'} and {', '.join(str(output / link) for link in links)}")
    print(time_table(clock.spent, ran), flush=True)
    for language, found in missing.items():
        print(told_untranslated(language, found, sum(map(len, messages.values()))), flush=True)


def catalogues(book, output, jobs=None):
    """Bring the catalogues of each further language up to date with the book, and print how much is left to translate.

    Raises a PressError that says what is wrong with the book; all catalogues then stay as they are.
    """
    languages, edition, cache = languages_of(book, begun=False), read_edition(book), Cache(output)
    if not languages:
        raise BuildError(f"{book / '_config.yml'}: bookpress: languages: names no further language, such as [fr]")
    check_sources(book)
    with (
        staging_folder(output) as staging,
        jupyter_book(book, staging, edition, cache.results, jobs or pages_side_by_side()) as sphinx,
    ):
        execute_book(book, cache.results, staging, edition, jobs)
        html = build_html(sphinx, book, staging)
        messages = messages_in(book, edition, html)
    for language in languages:
        count, left = update_catalogues(book, language, messages, edition)
        print(f"{folder_of(book, language)}: {count:,} messages, {left:,} of them to translate", flush=True)


def messages_in(book, edition, html):
    """The messages of a book by domain, of which Sphinx has just written the pages in the folder `html`."""
    return messages_of(book, edition, json.loads(html.with_name(MESSAGES_FILE).read_text("utf-8")), book_package(book))


def told_untranslated(language, found, count):
    """Return what a build says of a language's messages that are not translated, the first of them with file and line."""
    lines = [f"          {language}: {count - len(found):,} of {count:,} messages are translated"]
    for file, line, words in found[:SHOWN]:
        # MyST-NB counts ten thousand lines for each cell of a notebook.
        place = f"cell {line // 10_000}" if file.endswith(".ipynb") and line else f"line {line}" if line else "settings"
        lines.append(f"            {file}, {place}: {textwrap.shorten(words, 80, placeholder=' …')}")
    return "\n".join(lines + [f"            … and {len(found) - SHOWN:,} more"] * (len(found) > SHOWN))


@dataclass(frozen=True)
class Build:
    """One build: the book, the cache, and what is read before anything is made."""

    book: Path
    cache: Cache
    paper: str
    edition: Edition
    data: Package | None
    languages: list  # the further ones

    def inputs(self):
        """A digest of all that the build rests on."""
        files = [attachment.path for attachment in named(self.book)]
        return inputs_digest(self.book, self.cache.results, self.edition, self.data, self.paper, files=files)

    def reading(self, language):
        """A digest of all that Sphinx' reading of every page rests on; of the commit pages print no more than the label."""
        shared = [folder_of(self.book, language) / f"{domain}.po" for domain in (PRESS, SETTINGS)] if language else []
        edition = replace(self.edition, commit="")
        return reading_digest(self.book, edition, self.edition.label, self.data, *map(fingerprint, shared))


class LanguageBuild:
    """The book in one language on its way: Sphinx waits for `write_pages`, the PDF is made of its pages."""

    def __init__(self, build, language, staging, started, jobs):
        """language : a further one, or "" for the book's own. started : an ExitStack that ends what is begun here."""
        self.language, self.html, self._build, self._staging = language, None, build, staging
        self.told = f", {language}" if language else ""
        self.words = Words(build.book, language) if language else None
        self.edition = build.edition
        if language:
            staging.mkdir()
            self.edition = self.words.edition(build.edition, language, build.edition.language)
            compile_catalogues(build.book, language, staging / LOCALE)
        self.pdf = f"{language}/{self.edition.pdf_name}".lstrip("/")  # below the pages of the book's own language
        self._kept, self._typst = build.cache.in_language(language)
        self._compiler = started.enter_context(aside())
        self._sphinx = started.enter_context(
            jupyter_book(build.book, staging, build.edition, build.cache.results, jobs, language)
        )

    def write_pages(self):
        """Have Sphinx write the HTML. Raises BuildError with Sphinx' warnings and, beside them, what the PDF would refuse."""
        pdf = begun(pdf_package)
        self._reading = self._build.reading(self.language)
        # Without the last reading most pages change, and the compiler would work in vain; several languages leave no core to it.
        if take(self._kept, self._reading, self._staging / MADE) and not self._build.languages:
            begun(self._compiler.submit, pdf.compile_ahead, self._typst, self.edition).result()
        book = self._build.book
        try:
            self.html = build_html(self._sphinx, book, self._staging)
        except BuildError as warned:
            made = self._staging / MADE / "html"
            refused = pdf.unprintable(made, book / "_toc.yml", self.edition) if (made / "index.html").is_file() else []
            raise BuildError("\n".join([str(warned), *refused])) from warned

    def set_pdf(self):
        """Write the PDF among the HTML. Raises BuildError if the data are not those of the pages."""
        book, data = self._build.book, self._build.data
        if book_package(book) != data:
            raise BuildError(f"{data.descriptor}: the data changed while the book was being built")
        settings, files = press_settings(book / "_config.yml"), collect(book, self.html, data)
        make = partial(
            pdf_package().make_pdf,
            self.html,
            book / "_toc.yml",
            self.html / self.edition.pdf_name,
            self.edition,
            attachments=self.words.attachments(files, data) if self.words else files,
            package=replace(data, title=self.words.say(data.title, SETTINGS)) if self.words and data else data,
            paper=self._build.paper,
            summary=settings.get("summary", ""),
            cover=settings.get("cover", ""),
            words=self.words,
            kept=self._typst,
        )
        begun(self._compiler.submit, make).result()

    def keep(self):
        """Keep what Sphinx has read for the next build."""
        keep(self._staging / MADE, self._reading, self._kept)


def pdf_package():
    """The package that makes PDF: slow to import, which is done while Sphinx imports what it needs itself."""
    from bookpress import pdf

    return pdf


def included_files(html, staging):
    """Return the files that pages include, without those that the build made itself."""
    included = json.loads(html.with_name(INCLUDED).read_text("utf-8"))
    return [path for path in included if not path.startswith(str(staging))]


def pages_side_by_side():
    """Return how many pages Sphinx works on at once: more than cores, for some take much longer."""
    return 2 * cores() if cores() > 1 else 1


@contextmanager
def side_by_side(number):
    """A `map` for so many languages: a thread for each, for Sphinx and the compiler of the PDF work beside Python."""
    if number == 1:
        yield map
        return
    with ThreadPoolExecutor(number) as pool:
        yield pool.map


def write_and_set(clock, part):
    """Write the pages of a language, and set its PDF."""
    with clock.step(f"writing the pages{part.told}"):
        part.write_pages()
    with clock.step(f"setting the PDF{part.told}"):
        part.set_pdf()


class Clock:
    """Prints what happens with the seconds since the start, and remembers how long each step takes."""

    def __init__(self):
        self._start, self.spent = time.monotonic(), []

    def note(self, what):
        """Print what happens now; return the seconds since the start."""
        now = time.monotonic() - self._start
        print(f"{now:6.1f} s  {what}\n", end="", flush=True)  # in one piece, for languages print side by side
        return now

    @contextmanager
    def step(self, what):
        """Print that a step begins; when it has ended, it stands in `spent` as (what, seconds)."""
        before = self.note(what)
        yield
        self.spent.append((what, time.monotonic() - self._start - before))


def time_table(spent, ran):
    """Return where the time went, as text.

    Notebooks run side by side, and so do languages, so that theirs add up to more than the whole.

    spent : (step, seconds), the notebooks first. ran : seconds by notebook.
    """
    longest = sorted(ran.items(), key=lambda item: -item[1])[:LONGEST]
    (first, *others) = spent
    rows = [first, *((f"  {name}", seconds) for name, seconds in longest), *others]
    width = max(len(what) for what, _ in rows)
    return "\n".join(f"          {what:{width}}  {seconds:5.1f} s" for what, seconds in rows)
