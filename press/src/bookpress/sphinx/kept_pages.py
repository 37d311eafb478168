"""What one page gives and a file of the whole book is made of, kept beside the HTML until all pages are written.

Several processes write pages, and of a page that has not changed none writes it again.
"""

from __future__ import annotations

import json
from pathlib import Path


def keep(app, kind, pagename, value):
    """Keep a value of a page, as JSON, in the folder `kind` beside the HTML."""
    file = _file_of(app, kind, pagename)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def kept(app, kind):
    """Page to what `keep` was given of it, in the order of the contents; what is kept of other pages is dropped."""
    names = _in_order(app.env)
    files = {name: _file_of(app, kind, name) for name in names}
    for file in Path(app.outdir).with_name(kind).rglob("*.json"):
        if file not in files.values():
            file.unlink()
    return {name: json.loads(file.read_text("utf-8")) for name, file in files.items()}


def _file_of(app, kind, pagename):
    return Path(app.outdir).with_name(kind) / f"{pagename}.json"


def _in_order(env):
    """The names of all pages, as the contents have them."""
    order, waiting = [], [env.config.root_doc]
    while waiting:
        name = waiting.pop()
        if name not in order:
            order.append(name)
            waiting.extend(reversed(env.toctree_includes.get(name, [])))
    return [*order, *sorted(env.found_docs - set(order))]
