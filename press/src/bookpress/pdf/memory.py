"""The trees of pages, kept from one run to the next: a page of which nothing changed is not read again."""

import hashlib
import pickle
from pathlib import Path

SUFFIX = ".pickle"


def tree_key(html_dir, entry, known):
    """A digest of all that the tree of a page rests on beside the press itself: its HTML, its place in the book, what its links can lead to.

    entry, known : as `pages.load_page` takes them.
    """
    files = sorted(path.relative_to(html_dir).as_posix() for path in Path(html_dir).rglob("*"))
    html = Path(html_dir, f"{entry[0]}.html").read_bytes()
    return hashlib.sha256(repr((entry, known, files)).encode("utf-8", "surrogateescape") + html).hexdigest()


def take(folder, entry, key):
    """The tree of a page that was kept under the same key, or None."""
    try:
        known, page = pickle.loads(_file(folder, entry).read_bytes())
    except (
        OSError,
        pickle.UnpicklingError,
        AttributeError,
        EOFError,
        ImportError,
        IndexError,
        ValueError,
    ):  # never kept, or not whole
        return None
    return page if known == key else None


def keep(folder, entry, key, page):
    """Keep the tree of a page, in the place of the one that was kept before."""
    file = _file(folder, entry)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pickle.dumps((key, page)))


def _file(folder, entry):
    return Path(folder, entry[0] + SUFFIX)
