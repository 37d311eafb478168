"""Helps processes: how many may work side by side, how they end with their parent, what they print, less garbage."""

from __future__ import annotations

import ctypes
import gc
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Have Linux kill this process when its parent, the process `parent`, ends, however it does; leave Ctrl-C to the parent.

    A terminal sends Ctrl-C to all processes at once, and each would print a traceback of its own.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before this was said
            os._exit(1)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def forks(number: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of so many forks of this process, which has threads: they end with it."""
    with ProcessPoolExecutor(number, get_context("fork"), initializer=end_with_parent, initargs=(os.getpid(),)) as pool:
        yield pool


@contextmanager
def aside() -> Iterator[Executor]:
    """A process for work beside this one, begun with the first work: a fork, or on systems where that is not safe a thread."""
    with forks(1) if sys.platform == "linux" else ThreadPoolExecutor(1) as pool:
        yield pool


def begun(begin: Callable[..., T], *arguments: Any) -> T:
    """What `begin` gives, with Ctrl-C kept waiting: in the midst of a fork Python would drop it, and it would end the workers; in the midst of an import libraries would tell of it in their own words."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return begin(*arguments)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def write_any_letter() -> None:
    """Have streams that know few letters, as under PYTHONIOENCODING=ascii, print the others by their numbers."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def look_for_garbage_rarely() -> None:
    """Have Python look for garbage rarely: the trees of pages live to the end, and it finds none."""
    gc.set_threshold(500_000, 20, 100)
