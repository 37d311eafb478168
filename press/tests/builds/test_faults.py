"""A machine that fails: a full disk, one that cannot be written to, a press that is killed, two at once. The last good book stays whole."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PDF = "small-book-1.2.0.pdf"
KILLS = 20
COMMAND = [sys.executable, "-m", "bookpress", "build", "book", "--output"]


def digests(folder):
    """{path: sha256} of what readers see in an output folder."""
    seen = [*(folder / "html").rglob("*"), folder / PDF]
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in seen
        if file.is_file()
    }


def change(project, words):
    """Give the book something new to build."""
    page = project / "book" / "index.md"
    page.write_text(page.read_text("utf-8") + f"\n{words}\n", "utf-8")


@pytest.fixture
def project(built_book, tmp_path):
    """A copy of the small book with its last good build, whose text has changed since."""
    copy = shutil.copytree(built_book, tmp_path / "project", symlinks=True)
    change(copy, "New words.")
    return copy


def on_a_disk_of_its_own(project, kilobytes, options):
    """Build into a file system of this size that holds the last good book; return the process and what readers then see."""
    space = project.parent / "disk"
    space.mkdir()
    script = f"""
        mount -t tmpfs -o size={kilobytes}k none {space} && cp -a build/. {space} && mount -o remount,{options} {space} || exit 99
        {" ".join(map(str, COMMAND))} {space}; code=$?
        cp -a {space} {project.parent / "seen"} && exit $code"""
    run = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script], cwd=project, capture_output=True, text=True
    )
    if run.returncode == 99 or "unshare" in run.stderr:
        pytest.skip(f"no file system can be mounted here: {run.stderr}")
    return run, digests(project.parent / "seen")


@pytest.mark.skipif(not shutil.which("unshare"), reason="unshare is missing: no full disk can be made here")
@pytest.mark.parametrize("left", [8, 100, 400, 800])
def test_a_full_disk_is_told_and_the_last_good_book_stands(project, left):
    good = digests(project / "build")
    used = int(subprocess.run(["du", "-sk", "build"], cwd=project, capture_output=True, text=True).stdout.split()[0])
    run, seen = on_a_disk_of_its_own(project, used + 60 + left, "rw")  # folders take a little of a tmpfs too
    assert run.returncode == 1 and "No space left on device" in run.stderr and "the last good one stands" in run.stderr
    assert seen == good


@pytest.mark.skipif(not shutil.which("unshare"), reason="unshare is missing: no read-only disk can be made here")
def test_a_disk_that_cannot_be_written_to_is_told(project):
    good = digests(project / "build")
    run, seen = on_a_disk_of_its_own(project, 100_000, "ro")
    assert run.returncode == 1 and "Read-only file system" in run.stderr and "Traceback" not in run.stderr
    assert seen == good


def processes_of(folder):
    """The commands that run with a path below the folder among their arguments."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = entry.read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in command:
            found.append(command)
    return found


def test_a_press_that_is_killed_at_any_moment_leaves_the_last_good_book_and_nothing_running(project):
    chance = random.Random(20261123)
    output = project / "build"
    whole = {"first": digests(output)}
    start = time.monotonic()
    subprocess.run([*COMMAND, "build"], cwd=project, check=True, capture_output=True)
    length = time.monotonic() - start
    whole["second"] = digests(output)
    assert whole["first"] != whole["second"]
    for number in range(KILLS):
        change(project, f"Killed {number}.")
        press = subprocess.Popen(
            [*COMMAND, str(output)], cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.05, 0.98) * length)
        press.send_signal(signal.SIGKILL)
        finished = press.wait() == 0
        if finished or digests(output) not in whole.values():  # it was done already, or killed after it had published
            assert (output / "html" / PDF).read_bytes() == (output / PDF).read_bytes()
            assert f"Killed {number}." in (output / "html" / "index.html").read_text("utf-8")
            whole[number] = digests(output)
    for _ in range(50):
        if not (running := processes_of(output)):
            break
        time.sleep(0.1)
    assert running == []
    run = subprocess.run([*COMMAND, "build"], cwd=project, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"Killed {KILLS - 1}." in (output / "html" / "index.html").read_text("utf-8")
    assert {path.name for path in output.iterdir()} == {"html", PDF, ".cache"}
    kept = {"lock", "notebooks", "pages", "typst", "built.json"}
    assert {path.name for path in (output / ".cache").iterdir()} == kept


@pytest.mark.parametrize("step", [None, "running the notebooks", "writing the pages", "setting the PDF"])
def test_a_build_that_is_stopped_says_so_in_a_line_and_the_last_good_book_stands(project, step):
    good = digests(project / "build")
    press = subprocess.Popen(
        [*COMMAND, "build", "--fresh"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | ({"PYTHONPROFILEIMPORTTIME": "1"} if step is None else {}),
    )
    if step is None:
        next(line for line in press.stderr if "bookpress.processes" in line)  # it still imports what it needs
    else:
        next(line for line in press.stdout if step in line)
    os.killpg(press.pid, signal.SIGINT)  # as a terminal does
    said = "".join(line for line in press.communicate()[1].splitlines(True) if not line.startswith("import time:"))
    assert press.returncode == 130 and said.strip().startswith("stopped") and len(said.strip().splitlines()) == 1
    assert digests(project / "build") == good


def test_of_two_builds_at_once_one_is_told_to_wait(project):
    both = [
        subprocess.Popen([*COMMAND, "build"], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [one.communicate()[1] for one in both]
    assert sorted(one.returncode for one in both) == [0, 1]
    assert "another build is writing to" in "".join(said)
    assert "New words." in (project / "build" / "html" / "index.html").read_text("utf-8")
