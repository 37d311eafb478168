"""References by number: Sphinx reads the page of a figure from disk anew for each reference to it, here once for all."""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace

from docutils import nodes
from sphinx.domains.std import StandardDomain

from bookpress.markup.numbers import NO_BREAK


def setup(app):
    """Put the domain in the place of Sphinx' own, of which it is one."""
    app.add_domain(RereadingNothing, override=True)


class RereadingNothing(StandardDomain):
    """Resolves `numref` as Sphinx does, from what a page said when it was first asked; no line ends between "Figure" and its number."""

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        asked = _Environment(env) if typ == "numref" else env
        found = super().resolve_xref(asked, fromdocname, builder, typ, target, node, contnode)
        if found is not None and typ == "numref":
            for words in list(found.findall(nodes.Text)):
                words.parent.replace(words, nodes.Text(re.sub(r" (?=\d[\d.]*$)", NO_BREAK, words)))
        return found


class _Environment:
    """Sphinx' environment, whose pages hold no more than what can be referred to."""

    def __init__(self, env):
        self._env = env

    def __getattr__(self, name):
        return getattr(self._env, name)

    def get_doctree(self, docname):
        return SimpleNamespace(ids=_targets(self._env, docname))


@cache
def _targets(env, docname):
    """The elements of a page by id, each without the page around it, which would stay in memory; those without a number are blank."""
    is_numbered = env.get_domain("std").get_enumerable_node_type
    return {
        name: _with_children(node) if is_numbered(node) else nodes.Element()
        for name, node in env.get_doctree(docname).ids.items()
    }


def _with_children(node):
    """A copy of an element with its children, for by these Sphinx tells code with a caption; not with theirs."""
    alone = node.copy()
    alone += [child.copy() for child in node.children]
    return alone
