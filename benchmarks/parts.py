"""Where the seconds of a cold build go: CPU seconds by part of the press, in English alone and in both languages: python benchmarks/parts.py

Keeps the table in parts.csv. It is no benchmark with a goal but says where one could be reached. For Linux, whose /proc tells what a
process took; a process is looked at twenty times a second, so that its last hundredths are missed.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import ROOT

TABLE = Path(__file__).with_name("parts.csv")
COLUMNS = ("languages", "part", "seconds", "share")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
EVERY = 0.05  # seconds
# What the command line of a process holds, and the part that it does; its forks have the same one.
PARTS = {
    "bookpress.notebooks.fork_server": "running the notebooks",
    "bookpress.sphinx.run_jupyter_book": "reading and writing the pages",
    "bookpress": "setting the PDF, and the rest",
}
IDLE = "cores that wait"


def main():
    """Build the book from nothing in each choice of languages; print and keep the table."""
    rows = [row for languages in ("en", "") for row in measured(languages)]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    for row in rows:
        print(f"{row[0]:12}  {row[1]:32}  {row[2]:>7}  {row[3]:>5}")


def measured(languages):
    """Rows of the table for one build; the share is of all cores for as long as the build takes. languages : of `--languages`, or ""."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bookpress", "build", "book", "--output", folder]
        command += ["--languages", languages] if languages else []
        start = time.perf_counter()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as build:
            taken = watched(build)
        whole = (time.perf_counter() - start) * len(os.sched_getaffinity(0))
    if build.returncode:
        raise subprocess.CalledProcessError(build.returncode, command)
    seconds = dict.fromkeys(PARTS.values(), 0.0)
    for part, spent in taken.values():
        seconds[part] += spent
    seconds[IDLE] = max(0.0, whole - sum(seconds.values()))
    return [(languages or "all", part, f"{spent:.1f}", f"{spent / whole:.2f}") for part, spent in seconds.items()]


def watched(build):
    """Process to (part, CPU seconds), of a build and all that it starts, once it has ended."""
    taken, mine = {}, {str(build.pid)}
    while build.poll() is None:
        for process in sorted(filter(str.isdigit, os.listdir("/proc")), key=int):
            try:
                parent, spent = told(process)
                if parent in mine or process in mine:
                    mine.add(process)
                    taken[process] = (part_of(process) if process not in taken else taken[process][0], spent)
            except OSError:  # it has ended
                continue
        time.sleep(EVERY)
    return taken


def told(process):
    """The parent of a process, and its CPU seconds, those of its ended children left out."""
    fields = Path("/proc", process, "stat").read_text().rpartition(")")[2].split()
    return fields[1], (int(fields[11]) + int(fields[12])) / TICKS


def part_of(process):
    """The part that a process does, by its command line."""
    command = Path("/proc", process, "cmdline").read_text().replace("\0", " ")
    return next((part for words, part in PARTS.items() if words in command), PARTS["bookpress"])


if __name__ == "__main__":
    main()
