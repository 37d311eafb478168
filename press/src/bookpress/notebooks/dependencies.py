"""Records the files, folders and modules that a notebook uses, with a fingerprint of each.

`Recorder` notes them in the process that runs the notebook; `unchanged` tells later if they are as
they were. A notebook that does something that cannot be noted (it starts a program, writes a file)
runs at every build. Not seen: files that a compiled library opens by itself, dates and modes of files,
and where the book lies, if a notebook prints that.
"""

from __future__ import annotations

import functools
import importlib.machinery
import importlib.util
import os
import stat
import sys
import threading
from pathlib import Path

import bookpress
from bookpress.files import MADE, digest_of, fingerprint

UNTRACEABLE = {
    "subprocess.Popen": "started another program",
    "os.system": "started another program",
    "os.exec": "started another program",
    "os.posix_spawn": "started another program",
    "os.fork": "started another process",
    "os.forkpty": "started another process",
    "socket.connect": "used the network",
    "socket.getaddrinfo": "used the network",
}
READ = {"open", "os.listdir", "os.scandir", "ctypes.dlopen"}
# What changes files: where its arguments have a path, and where the number of the open folder that this path is seen from.
CHANGED: dict[str, dict[int, int | None]] = {
    "os.remove": {0: 1},
    "os.rename": {0: 2, 1: 3},
    "os.mkdir": {0: 2},
    "os.rmdir": {0: 1},
    "os.link": {0: 2, 1: 3},
    "os.symlink": {0: None, 1: 2},
    "os.truncate": {0: None},
    "os.chmod": {0: 2},
    "sqlite3.connect": {0: None},
}
IN_MEMORY = ("sqlite3.connect", ":memory:")  # a database that is no file
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
SITE_FOLDERS = ("site-packages", "dist-packages")  # where installed packages lie
MODULES = "*"  # "src/*" is what Python can import from the folder src
LINK = (
    "@link"  # "a/@link" is what the place a is told to be without a look into it: whether it is there, a folder, a link
)
OPEN_FOLDERS = "/proc/self/fd"  # a link to each, by its number; only Linux has it
_readlink = os.readlink  # the one that notes nothing
_IMPORTLIB = "<frozen importlib._bootstrap_external>"
_PRESS = str(Path(bookpress.__file__).parent)
# Interpreter, environment and press, which a result's key stands for; and what is no file at all.
_PLACES = {sys.prefix, sys.base_prefix, _PRESS, "/proc", "/sys", "/dev"}
_PLACES |= {
    path for path in sys.path if os.path.basename(path) in SITE_FOLDERS
}  # of an environment that this one extends
LIBRARIES = tuple(os.path.realpath(path) + os.sep for path in _PLACES)


def is_own(file):
    """Tell if a module's file belongs to the book's project, not to a library."""
    return file and not os.path.realpath(file).startswith(LIBRARIES)


def unchanged(fingerprints, project):
    """Tell if all that a notebook used, {path: fingerprint}, is the same in `project`."""
    return all(_fingerprint(os.path.join(project, path)) == known for path, known in fingerprints.items())


def _fingerprint(path):
    folder, name = os.path.split(path)
    if name == LINK:
        link = os.readlink(folder) if os.path.islink(folder) else ""
        return digest_of(os.path.lexists(folder), os.path.isdir(folder), link)
    if name != MODULES:
        return fingerprint(path)
    patterns = ["*/", "*/__init__.*", *(f"*{suffix}" for suffix in importlib.machinery.all_suffixes())]
    found = (path.relative_to(folder).as_posix() for pattern in patterns for path in Path(folder).glob(pattern))
    return digest_of(sorted(set(found) - MADE))


def _is_folder(path, stat_of):
    """Tell if a path is one of a folder. stat_of : the os.stat that notes nothing."""
    try:
        return stat.S_ISDIR(stat_of(path).st_mode)
    except (OSError, ValueError):
        return False


def _seen_from(path, descriptor):
    """A path from the open folder of this number, -1 or None for none. Raises OSError where nothing tells which folder that is."""
    if descriptor is None or descriptor == -1:
        return path
    return os.path.join(_readlink(f"{OPEN_FOLDERS}/{descriptor}"), os.fsdecode(path))


class Recorder:
    """Notes what this process uses from now on.

    A process can have one at most: Python takes no audit hook away.

    fingerprints : {path: fingerprint}, each taken before the first use, so that a later change
    counts. Paths are those that the notebook asked for, seen from the project: links and `..` lead
    to the same places when the project has moved.
    untraceable : {what was done that cannot be noted}.
    is_resting : whether nothing is noted for now, as in the process whose forks go on with what it has noted so far.
    """

    def __init__(self, project, scratch):
        """project : paths are seen from it. scratch : folder in which all may be done."""
        self.fingerprints, self.untraceable, self.is_resting = {}, set(), False
        self._project = os.path.realpath(project) + os.sep
        self._ignored = (*LIBRARIES, os.path.realpath(scratch) + os.sep)
        # The same wherever the project lies, for the key of a result holds sys.path.
        self._imported = tuple(folder + os.sep for folder in sys.path if folder)
        self._noting = threading.local()
        # No audit event tells of a file that is looked for.
        os.stat = self._noted(os.stat)
        for name in ("lstat", "readlink", "access"):
            setattr(os, name, self._noted(getattr(os, name), LINK))
        os.open = self._from_folders(os.open)
        sys.addaudithook(self._hear)

    def _hear(self, event, arguments):
        """The audit hook: Python calls it at every event, most of which tell nothing here."""
        if self.is_resting:
            return
        if event in UNTRACEABLE:
            self.untraceable.add(UNTRACEABLE[event])
        elif event == "import":  # of a compiled module, its file; of another one, sys.path
            self._use(arguments[1], *(os.path.join(folder, MODULES) for folder in arguments[2] or ()))
        elif event == "os.listdir" and sys._getframe(1).f_code.co_filename == _IMPORTLIB:
            self._use(os.path.join(arguments[0], MODULES))
        elif event in READ:
            is_written = event == "open" and bool((arguments[2] or 0) & _WRITES)
            self._use("." if arguments[0] is None else arguments[0], is_changed=is_written)
        elif event in CHANGED and (event, arguments[0]) != IN_MEMORY:
            for at, folder_at in CHANGED[event].items():
                self._use_from(arguments[at], None if folder_at is None else arguments[folder_at], is_changed=True)

    def _use(self, *paths, is_changed=False):
        """Note paths that are asked for. Taking a fingerprint opens files too: that is not noted."""
        if getattr(self._noting, "now", False):
            return
        self._noting.now = True
        try:
            for path in paths:
                # An empty path is no place, wherever it is asked for; other things are descriptors, or no path at all.
                if isinstance(path, (str, bytes, os.PathLike)) and os.fspath(path):
                    self._note(os.path.join(os.getcwd(), os.fsdecode(path)), is_changed)
        finally:
            self._noting.now = False

    def _use_from(self, path, descriptor, mark_of=lambda seen: "", is_changed=False):
        """Note a path that is seen from an open folder, with the mark that it has; only a list tells what names are in a folder."""
        try:
            seen = _seen_from(path, descriptor)
        except OSError:
            self.untraceable.add("looked into a folder, or changed it, by its number")
            return
        if isinstance(seen, (str, bytes, os.PathLike)):
            mark = mark_of(seen)
            self._use(os.path.join(os.fsdecode(seen), mark) if mark else seen, is_changed=is_changed)

    def _note(self, path, is_changed):
        if (os.path.realpath(path) + os.sep).startswith(self._ignored):
            return
        if f"{os.sep}__pycache__" in path:
            if is_changed or not path.endswith(".pyc"):  # Python keeps a compiled module
                return
            path = importlib.util.source_from_cache(path)
        if (path + os.sep).startswith(self._project):
            names = [path[len(self._project) :]]
        elif path.startswith(self._imported):
            names = [path]
        else:  # the notebook may have made the path from its own place
            names = [path, os.path.relpath(path, self._project)]
        for name in names:
            if name not in self.fingerprints:
                self.fingerprints[name] = _fingerprint(path)
        if is_changed:
            self.untraceable.add(f"changed {names[0]}")

    def _noted(self, look, mark=""):
        @functools.wraps(look)
        def noting(path, *arguments, **options):
            if not self.is_resting:
                self._use_from(
                    path, options.get("dir_fd"), lambda seen: mark or (LINK if _is_folder(seen, look) else "")
                )
            return look(path, *arguments, **options)

        return noting

    def _from_folders(self, opened):
        @functools.wraps(opened)
        def noting(path, flags, *arguments, **options):
            descriptor = options.get("dir_fd")
            if self.is_resting or descriptor is None:
                return opened(path, flags, *arguments, **options)
            self._use_from(path, descriptor, is_changed=bool(flags & _WRITES))
            self._noting.now = True  # its audit event tells the path alone
            try:
                return opened(path, flags, *arguments, **options)
            finally:
                self._noting.now = False

        return noting
