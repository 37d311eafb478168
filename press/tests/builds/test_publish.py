"""Publishing: all or nothing, one build at a time, and no traces of a run that was killed."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bookpress.publish import OutputInUse, publish, staging_folder


def make_build(staging, text):
    (staging / "pages").mkdir()
    (staging / "pages" / "index.html").write_text(text)
    (staging / "pages" / "book-1.pdf").write_text(text)
    return staging / "pages", ["book-1.pdf"]


def published(output):
    return (output / "html" / "index.html").read_text(), (output / "book-1.pdf").read_text()


def visible(output):
    return sorted(path.name for path in output.iterdir() if path.name != ".cache")


def test_a_finished_build_replaces_the_last_one_whole(tmp_path):
    for text in ("first", "second"):
        with staging_folder(tmp_path) as staging:
            publish(*make_build(staging, text), tmp_path)
        assert published(tmp_path) == (text, text)
        assert visible(tmp_path) == ["book-1.pdf", "html"]


def test_where_names_cannot_be_exchanged_two_renames_do(tmp_path, monkeypatch):
    monkeypatch.setattr("bookpress.publish._exchange", lambda one, other: False)
    test_a_finished_build_replaces_the_last_one_whole(tmp_path)


def test_there_is_no_moment_without_pages_and_the_pdf_is_always_theirs(tmp_path):
    """A reader looks all the time while twenty builds are published."""
    with staging_folder(tmp_path) as staging:
        publish(*make_build(staging, "0"), tmp_path)
    stop, seen = threading.Event(), set()

    def look():
        while not stop.is_set():
            folder = os.open(tmp_path / "html", os.O_RDONLY)
            seen.add(tuple(Path(f"/dev/fd/{folder}", name).read_text() for name in ("index.html", "book-1.pdf")))
            os.close(folder)

    with ThreadPoolExecutor(1) as readers:
        looking = readers.submit(look)
        with staging_folder(tmp_path) as staging:
            for number in range(1, 20):
                (one := staging / str(number)).mkdir()
                publish(*make_build(one, str(number)), tmp_path)
            stop.set()
            looking.result()  # before the staging folder goes, and with it the older pages that a reader may still have open
    assert seen and all(page == pdf for page, pdf in seen)


def test_a_new_edition_takes_the_link_to_the_last_one_away(tmp_path):
    with staging_folder(tmp_path) as staging:
        publish(*make_build(staging, "old"), tmp_path)
    with staging_folder(tmp_path) as staging:
        html, _ = make_build(staging, "new")
        (html / "book-1.pdf").rename(html / "book-2.pdf")
        publish(html, ["book-2.pdf"], tmp_path)
    assert visible(tmp_path) == ["book-2.pdf", "html"]


def test_a_failed_build_leaves_the_last_one_untouched(tmp_path):
    with staging_folder(tmp_path) as staging:
        publish(*make_build(staging, "good"), tmp_path)
    with pytest.raises(RuntimeError), staging_folder(tmp_path) as staging:  # noqa: PT012  it fails inside the folder
        make_build(staging, "bad")
        raise RuntimeError
    assert published(tmp_path) == ("good", "good")
    assert visible(tmp_path) == ["book-1.pdf", "html"]


def test_an_output_that_cannot_be_written_is_told_in_a_line(build, small_book):
    (small_book / "build").write_text("a file, not a folder")
    run = build(small_book)
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert "the last good one stands" in run.stderr and str(small_book / "build") in run.stderr


def test_two_builds_do_not_meet_in_one_folder(tmp_path):
    with staging_folder(tmp_path) as staging:
        (staging / "mine").touch()
        with pytest.raises(OutputInUse, match="another build is writing to"), staging_folder(tmp_path):
            pass
        assert (staging / "mine").exists()


def test_a_killed_run_neither_locks_nor_leaves_its_staging_or_a_file_half_written(tmp_path):
    program = f"""
        import os, signal
        from bookpress.files import replace_file
        from bookpress.publish import staging_folder
        with staging_folder({str(tmp_path)!r}) as staging:
            (staging / "half-done").touch()
            os.replace = lambda *names: os.kill(os.getpid(), signal.SIGKILL)
            replace_file({str(tmp_path / ".cache" / "notebooks" / "one.json")!r}, b"{{}}")
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(program)])
    assert run.returncode == -signal.SIGKILL
    [left] = tmp_path.glob(".cache/staging-*/half-done")
    assert len(list(tmp_path.glob(".cache/notebooks/.*"))) == 1
    with staging_folder(tmp_path) as staging:
        assert not left.exists() and list(staging.iterdir()) == []
        assert list(tmp_path.glob(".cache/notebooks/.*")) == []
    assert visible(tmp_path) == []


KILLED_PUBLISHING = """
    import os, signal, sys
    from pathlib import Path
    from bookpress import publish as module

    output, edition, last, exchange = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4] == "exchange"
    steps = 0

    def count(event, arguments):
        global steps
        if event.startswith(("os.", "shutil.", "ctypes.dlsym")):  # what changes names or files, and the exchange of names
            steps += 1
            if steps == last + 1:
                os.kill(os.getpid(), signal.SIGKILL)

    with module.staging_folder(output) as staging:
        html = staging / "pages"
        html.mkdir()
        (html / "index.html").write_text(edition)
        (html / f"book-{edition}.pdf").write_text(edition)
        if not exchange:
            module._exchange = lambda one, other: False
        sys.addaudithook(count)
        module.publish(html, [f"book-{edition}.pdf"], output)
"""


def read_edition(output):
    """What a reader finds: the text of the page and of the PDF that is linked beside it; None where there are no pages."""
    page = output / "html" / "index.html"
    if not page.exists():
        return None
    edition = page.read_text()
    assert (output / f"book-{edition}.pdf").read_text() == edition
    return edition


@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_a_run_killed_at_any_step_of_publishing_leaves_the_last_book_or_the_new_one(tmp_path, way):
    """Kill before the first step, after it, after the second, until publishing ends; then another build begins."""
    program, found, recovered = textwrap.dedent(KILLED_PUBLISHING), [], []
    subprocess.run([sys.executable, "-c", program, tmp_path / "last", "old", "1000", way], check=True)
    for steps in range(100):
        output = shutil.copytree(tmp_path / "last", tmp_path / str(steps), symlinks=True)
        run = subprocess.run([sys.executable, "-c", program, output, "new", str(steps), way])
        found.append(read_edition(output))
        with staging_folder(output):
            recovered.append(read_edition(output))
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL
    swap = found.index("new")
    assert set(recovered[:swap]) == {"old"} and set(recovered[swap:]) == {"new"} and swap < len(found) - 1
    away = [step for step, edition in enumerate(found) if edition is None]
    assert away == ([] if way == "exchange" else [swap - 1])  # without an exchange of names, between two renames


def test_pages_moved_aside_by_a_killed_run_come_back(tmp_path):
    previous = tmp_path / ".cache" / "previous"
    previous.mkdir(parents=True)
    (previous / "index.html").write_text("good")
    with staging_folder(tmp_path):
        assert (tmp_path / "html" / "index.html").read_text() == "good"
        assert not previous.exists()
