"""The pages that the last build wrote, taken over by the next one: it writes those that it reads, and the others only if they may differ.

A page is made of its own text and of what Sphinx' environment tells of the others: titles, labels, numbers, citations. All that the
environment holds counts, but for what is named here; where any of it is not as it was, all pages are written.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote

from docutils import nodes

from bookpress.notebooks.depends import file_digest
from bookpress.sphinx.html import RESULTS_VARIABLE
from bookpress.stamp import is_untouched

# Of the environment, what no other page tells: when and from what each page was read, folders of one build, settings that follow from
# the configuration, which counts, and Sphinx' own working memory (names that begin with "_").
OWN = {
    "all_docs",
    "app",
    "bookpress_fingerprints",
    "bookpress_shared",
    "dependencies",
    "domains",
    "doctreedir",
    "events",
    "mystnb_config",
    "settings",
    "srcdir",
}
# Of what it holds of each page: how long it is, and in which line of its file something stands.
OWN_METADATA = {"wordcount"}
LINE = "line"
SLUGS = "myst_slugs"  # of each heading: line, id, words
GLUED = "*.glue.json"  # numbers that other pages quote, which myst-nb keeps in files


def take_pages(output, html):
    """Copy the published pages in the folder `output`, if they are as they were built, to `html`, the folder that Sphinx will write to."""
    if is_untouched(output):
        shutil.copytree(Path(output, "html"), html, ignore=shutil.ignore_patterns("*.pdf"))


def setup(app):
    """Have Sphinx, where the press started it, write no more pages than needed, and leave nothing of those that it wrote before."""
    if RESULTS_VARIABLE in os.environ:
        app.connect("env-get-updated", pages_to_write, priority=900)  # when sections and figures have their numbers
        app.connect("build-finished", remove_unseen_pictures)


def pages_to_write(app, env):
    """Beside those that were read: all, where what they draw on changed, and then nothing of the old ones stays; else none."""
    before, env.bookpress_shared = getattr(env, "bookpress_shared", None), shared_digest(env)
    if before == env.bookpress_shared:
        return []
    shutil.rmtree(app.outdir, ignore_errors=True)
    Path(app.outdir).mkdir()
    return sorted(env.found_docs)


def shared_digest(env):
    """A digest of what pages draw on beside their own text."""
    told = {name: value for name, value in env.__getstate__().items() if name not in OWN and not name.startswith("_")}
    told["metadata"] = {page: _shared_metadata(known) for page, known in env.metadata.items()}
    told["domaindata"] = {name: _in_any_order(name, data) for name, data in env.domaindata.items()}
    glued = Path(env.mystnb_config.output_folder)
    told["glued"] = {file.relative_to(glued).as_posix(): file_digest(file) for file in glued.rglob(GLUED)}
    return hashlib.sha256(_canonical(told).encode("utf-8", "surrogateescape")).hexdigest()


def _shared_metadata(known):
    slugs = {slug: place[1:] for slug, place in known.get(SLUGS, {}).items()}
    return {name: value for name, value in known.items() if name not in OWN_METADATA} | {SLUGS: slugs}


def _in_any_order(domain, data):
    """The data of a domain; citations by page, for a page that is read again puts its own behind those of all others."""
    if domain != "cite":
        return data
    by_page = {}
    for citation in data["citation_refs"]:
        by_page.setdefault(citation.docname, []).append(citation)
    return data | {"citation_refs": by_page}


def _canonical(value, within=()):
    """A text that is the same for values that are alike, whatever the order of sets and dictionaries."""
    if value is None or isinstance(value, (bool, int, float, str, bytes)):
        return repr(value)
    if id(value) in within:
        return "within itself"
    within = (*within, id(value))
    kind = type(value).__qualname__
    if isinstance(value, nodes.Text):
        return repr(str(value))
    if isinstance(value, nodes.Node):
        return value.pformat()
    if hasattr(value, "_asdict"):
        value = {name: part for name, part in value._asdict().items() if name != LINE}
    if isinstance(value, defaultdict):  # an entry that holds nothing is as good as none
        value = {key: part for key, part in value.items() if part}
    if isinstance(value, dict):
        parts = sorted(f"{_canonical(key, within)}: {_canonical(part, within)}" for key, part in value.items())
    elif isinstance(value, (set, frozenset)):
        parts = sorted(_canonical(part, within) for part in value)
    elif isinstance(value, (list, tuple)):
        parts = [_canonical(part, within) for part in value]
    elif hasattr(value, "__qualname__"):  # a class, a function
        parts = [value.__module__, value.__qualname__]
    elif hasattr(value, "__dict__"):
        parts = [_canonical(vars(value), within)]
    else:
        parts = [_canonical(part, within) for part in value.__reduce_ex__(2)[1:]]
    return f"{kind}({', '.join(parts)})"


def remove_unseen_pictures(app, exception):
    """Remove pictures that no page shows any more."""
    if exception or app.builder.format != "html":
        return
    text = "".join(file.read_text("utf-8") for file in Path(app.outdir).rglob("*.html"))
    for picture in Path(app.outdir, "_images").glob("*"):
        if quote(picture.name) not in text:  # as Sphinx writes an address
            picture.unlink()
