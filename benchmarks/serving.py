"""How many requests a second the smallest server of all answers: Python's own (make serve), on one machine with those who ask.

For comparison, without a goal: the pages are static files, and any host of such files serves more.
"""

import re
import subprocess
import sys
import threading
import time
import urllib.request

from measure import REPEATS, ROOT, Measured

SECONDS, READERS = 2, 8


def measure(folder=ROOT / "build" / "html"):
    """Requests per second for all pages in turn; builds the book where there is none."""
    if not folder.is_dir():
        subprocess.run(["make", "book"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            port = re.search(r"port (\d+)", server.stdout.readline())[1]
            rates = [_rate(f"http://127.0.0.1:{port}/", pages) for _ in range(REPEATS)]
        finally:
            server.kill()
    return [Measured("requests that Python's own server answers", rates, unit="per second")]


def _rate(address, pages):
    until, counts = time.perf_counter() + SECONDS, []

    def read(first):
        number = first
        while time.perf_counter() < until:
            with urllib.request.urlopen(address + pages[number % len(pages)], timeout=10) as answer:
                answer.read()
            number += 1
        counts.append(number - first)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(counts) / SECONDS
