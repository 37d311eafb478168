"""A book is shown while it is written: the open page follows what is saved, and a fault stands on it until it is mended."""

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from notebook_books import SMALL_BOOK

WAIT = 60  # seconds


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return shutil.copytree(SMALL_BOOK, tmp_path_factory.mktemp("preview") / "small_book", symlinks=True)


@pytest.fixture(scope="module")
def preview(project):
    """Address of a preview of `project`, once its first build has ended; a test waits for the end of those that it begins."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bookpress", "preview", "book", "--output", "build", "--port", str(port)]
    with (
        (project.parent / "log").open("w") as log,
        subprocess.Popen(command, cwd=project, stdout=log, stderr=log) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}/"
            until(lambda: "?shown=1" in read(address))
            yield address
        finally:
            server.terminate()


def read(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return f"{error.code}"
    except OSError:
        return ""


def builds(address):
    """How many builds have ended that the page knows of."""
    return int(re.search(r"\?shown=(\d+)", read(address))[1])


def until(holds):
    end = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_what_is_saved_is_shown_and_a_fault_stands_on_the_last_good_page(preview, project):
    page = project / "book" / "index.md"
    words = page.read_text("utf-8")
    shown = read(preview)
    assert "EventSource" in shown and "Content-Security-Policy" not in shown and 'role="alert"' not in shown
    assert read(f"{preview}_static/book.css").startswith("@") or "{" in read(f"{preview}_static/book.css")
    page.write_text(f"{words}\nNew words.\n", "utf-8")
    until(lambda: "New words." in read(preview))
    page.write_text(f"{words}\nNew words, {{nonsense}}`x`.\n", "utf-8")
    until(lambda: 'role="alert"' in read(preview))
    broken = read(preview)
    assert re.search(r"book/index\.md:\d+: .*nonsense", broken) and "New words." in broken
    ended = builds(preview)
    page.write_text(words, "utf-8")
    until(lambda: builds(preview) > ended)
    assert 'role="alert"' not in read(preview) and "New words." not in read(preview)


def test_no_file_beside_the_pages_is_served(preview, project):
    (project / "build" / "secret.html").write_text("secret")
    assert read(f"{preview}%2e%2e/secret.html") == "404" and read(f"{preview}nowhere.css") == "404"


def test_an_open_page_is_told_of_each_build_also_of_one_that_ended_while_it_loaded(preview, project):
    page = project / "book" / "index.md"
    (listen,) = re.findall(r'EventSource\("/([^"]*)"\)', read(preview))
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    with urllib.request.urlopen(preview + listen, timeout=WAIT) as answer:
        assert answer.read() == b"data: built\n\n"
    assert "More." in read(preview)
    assert read(preview + listen) == "data: built\n\n"  # at once: what that page shows is of a build before
