"""The PDF step beside its floor: against the cold HTML build of the same book, and more pages against fewer."""

import multiprocessing
import shutil
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from measure import REPEATS, ROOT, Measured

from bookpress.book.attachments import collect, read_package
from bookpress.book.edition import read_edition
from bookpress.pdf import make_pdf
from bookpress.sphinx.run import build_html, jupyter_book

SHARE = 0.12  # of the cold HTML build, at most
# By the chapters of two books: the longer one takes so many times as long, at most.
GROWTH = {(1, 13): 12, (13, 26): 2.2}
PARAGRAPH = (
    "<p>" + "Words of the ordinary kind, which fill a line as prose does, with <em>some</em> marks. " * 7 + "</p>"
)
ROWS = (
    "<tr><td><p>A place</p></td><td><p>12</p></td><td><p>What one source says of it, in a line or two.</p></td></tr>"
    * 12
)


def measure():
    """The PDF of the project's book, and of longer books against shorter ones."""
    edition = read_edition(ROOT / "book")
    with tempfile.TemporaryDirectory() as folder:
        return [own_book(edition, Path(folder)), *growth(edition, Path(folder))]


def own_book(edition, folder):
    """The PDF of the project's book against one cold build of its HTML."""
    start = time.perf_counter()
    (folder / "own").mkdir()
    with jupyter_book(ROOT / "book", folder / "own", edition) as process:
        html = build_html(process, ROOT / "book", folder / "own")
    floor = time.perf_counter() - start
    _, times = timed(own_pdf, html, folder / edition.pdf_name, edition)
    return Measured("PDF of this book against its HTML", times, floor=floor, goal=SHARE)


def own_pdf(html, target, edition):
    package = read_package(ROOT / "data" / "datapackage.json")
    files = collect(ROOT / "book", html, package)
    return make_pdf(html, ROOT / "book" / "_toc.yml", target, edition, attachments=files, package=package)


def growth(edition, folder):
    """Books of about 100 pages against about 10, and of twice as many against these, all of the same stuff."""
    lengths = sorted({chapters for pair in GROWTH for chapters in pair})
    made = {chapters: timed(make_pdf, *book(folder, chapters), edition) for chapters in lengths}
    for (short, long), goal in GROWTH.items():
        (few, fewer), (many, more) = made[short], made[long]
        yield Measured(f"PDF of {many} pages against {few}", more, floor=statistics.median(fewer), goal=goal)


def book(folder, chapters):
    """HTML and table of contents of a book with so many chapters; and where its PDF goes."""
    html = folder / f"book{chapters}"
    shutil.rmtree(html, ignore_errors=True)
    html.mkdir()
    names = [f"chapter{number}" for number in range(chapters)]
    for name in names:
        body = "".join(f"<h2>Section {number}</h2>{PARAGRAPH * 4}{table(name, number)}" for number in range(6))
        page = f'<article class="bd-article"><section id="{name}"><h1>{name}</h1>{body}</section></article>'
        (html / f"{name}.html").write_text(page, "utf-8")
    toc = html / "_toc.yml"
    others = "chapters:\n" + "".join(f"  - file: {name}\n" for name in names[1:]) if names[1:] else ""
    toc.write_text(f"format: jb-book\nroot: chapter0\n{others}", "utf-8")
    return html, toc, html / "book.pdf"


def table(name, number):
    caption = f'<caption><span class="caption-number">Table {number} </span><span class="caption-text">Places.</span></caption>'
    head = "<thead><tr><th><p>Place</p></th><th><p>Number</p></th><th><p>Words</p></th></tr></thead>"
    return f'<table class="docutils" id="tab-{name}-{number}">{caption}{head}<tbody>{ROWS}</tbody></table>'


def timed(step, *arguments):
    """What the step returns, and the seconds of its runs, each in a process of its own: Typst remembers what it has set before."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, max_tasks_per_child=1) as pool:
        results, times = zip(*(pool.submit(clocked, step, arguments).result() for _ in range(REPEATS)))
    return results[0], times


def clocked(step, arguments):
    start = time.perf_counter()
    result = step(*arguments)
    return result, time.perf_counter() - start
