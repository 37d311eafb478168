"""What a notebook used while it ran: files, folders, modules and environment variables, each with a fingerprint.

`Recorder` notes them in the process that runs the notebook; `unchanged` says later whether they are still as they were.
Where something cannot be noted (another program was started, a file was written) the recorder says so in `beyond`, and the
notebook must run again every time. Not seen: what a compiled library reads without Python's `open`.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import os
import sys
import threading

from bookpress.files import file_digest, names_digest

FILE, NAMES, MODULE, VARIABLE = "file", "names", "module", "variable"
STARTED = {
    "subprocess.Popen": "started another program",
    "os.system": "started another program",
    "os.exec": "started another program",
    "os.posix_spawn": "started another program",
    "os.fork": "started another process",
    "socket.connect": "used the network",
    "socket.getaddrinfo": "used the network",
}
CHANGED = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
LISTED = {"os.listdir", "os.scandir"}
HEARD = {"open", "sqlite3.connect", *LISTED, *CHANGED, *STARTED}
_IMPORTLIB = "<frozen importlib._bootstrap_external>"
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
# The interpreter and the environment, which the lock stands for; and what is no file at all.
LIBRARIES = tuple(os.path.realpath(path) + os.sep for path in {sys.prefix, sys.base_prefix, "/proc", "/sys", "/dev"})


def is_own(file):
    """Whether a module's file is the project's own, not of a library."""
    return file and not os.path.realpath(file).startswith(LIBRARIES)


def candidates(place):
    """What could be imported as a module: the names beside `place` (a path without suffix) that begin with its name."""
    folder, name = os.path.split(place)
    try:
        return " ".join(sorted(entry for entry in os.listdir(folder) if entry.partition(".")[0] == name))
    except OSError:
        return ""


def variable_digest(name):
    """The sha256 of an environment variable, which may hold a secret; "" where it is not set."""
    value = os.environ.get(name)
    return "" if value is None else hashlib.sha256(value.encode("utf-8", "surrogateescape")).hexdigest()


FINGERPRINTS = {FILE: file_digest, NAMES: names_digest, MODULE: candidates, VARIABLE: variable_digest}


def unchanged(found):
    """Whether everything in `found`, a {"kind name": fingerprint} of a recorder, is as it was."""
    return all(
        FINGERPRINTS[kind](name) == known
        for (kind, _, name), known in ((key.partition(" "), known) for key, known in found.items())
    )


class Recorder:
    """Notes what this process uses from now on. A process can have one at most, for Python cannot take an audit hook away.

    found : {"kind name": fingerprint}, each taken before the first use: what changes while the notebook runs counts as changed.
    beyond : {what was done that cannot be noted}.
    """

    def __init__(self, scratch, unnoted=()):
        """scratch : folder in which everything may be done unnoted. unnoted : names of environment variables that the press sets."""
        self.found, self.beyond = {}, set()
        self._apart = (*LIBRARIES, os.path.realpath(scratch) + os.sep)
        self._unnoted = frozenset(unnoted)
        self._busy = threading.local()
        os.stat = self._noting_paths(os.stat)  # looking whether a file is there raises no audit event
        kind = type(os.environ)
        kind.__getitem__ = self._noting_variables(kind.__getitem__)
        sys.meta_path.insert(0, self)
        sys.addaudithook(self._hear)

    def _note(self, kind, name):
        key = f"{kind} {name}"
        if key not in self.found:
            self.found[key] = FINGERPRINTS[kind](name)

    def _hear(self, event, arguments):
        """The audit hook: called for every event of the interpreter, most of which tell nothing."""
        if event not in HEARD:
            return
        with self._alone() as alone:
            if alone:
                self._heard(event, arguments, sys._getframe(1).f_code.co_filename == _IMPORTLIB)

    def _heard(self, event, arguments, by_import):
        if event in STARTED:
            self.beyond.add(STARTED[event])
        elif (place := self._place(arguments[0] if arguments[0] is not None else ".")) is None:
            return
        elif event == "open":
            self._opened(place, arguments[1] or "", arguments[2] or 0, by_import)
        elif by_import:  # it lists folders and keeps compiled modules, which change no result
            return
        elif event in LISTED:
            self._note(NAMES, place)
        else:
            self._note(FILE, place)
            self.beyond.add(f"changed {place}")

    def _opened(self, place, mode, flags, by_import):
        writes = bool(set(mode) & set("wax+") or flags & _WRITES)
        if by_import:
            if not writes:
                self._note(FILE, importlib.util.source_from_cache(place) if place.endswith(".pyc") else place)
            return
        self._note(FILE, place)
        if writes:
            self.beyond.add(f"changed {place}")

    def find_spec(self, name, path=None, target=None):
        """Asked first by Python where a module is; notes what lies in each folder of the project where it could be.

        Finds nothing, but another module may turn up later in front of the one that is found.
        """
        with self._alone():
            for folder in sys.path if path is None else path:
                place = self._place(os.path.join(folder, name.rpartition(".")[2]))
                if place is not None:
                    self._note(MODULE, place)

    def _place(self, path):
        """The real path, or None for a file descriptor and for what lies in a library or in the scratch folder."""
        if isinstance(path, int):
            return None
        place = os.path.realpath(os.fsdecode(path))
        return None if f"{place}{os.sep}".startswith(self._apart) else place

    @contextlib.contextmanager
    def _alone(self):
        """Tells whether this thread is not at noting already: taking a fingerprint opens files and reads variables too."""
        alone = not getattr(self._busy, "now", False)
        self._busy.now = True
        try:
            yield alone
        finally:
            if alone:
                self._busy.now = False

    def _noting_paths(self, stat):
        @functools.wraps(stat)
        def noting(path, *arguments, **options):
            with self._alone() as alone:
                if alone and (place := self._place(path)) is not None:
                    self._note(FILE, place)
            return stat(path, *arguments, **options)

        return noting

    def _noting_variables(self, get):
        def noting(environ, name):
            with self._alone() as alone:
                if alone and name not in self._unnoted:
                    self._note(VARIABLE, name)
            return get(environ, name)

        return noting
