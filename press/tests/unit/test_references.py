"""References by number are resolved from what a page said when it was first asked."""

from types import SimpleNamespace

from docutils import nodes
from docutils.utils import new_document
from sphinx.domains.std import StandardDomain

from bookpress.sphinx.extension.references import _Environment


class Reading:
    """What `_Environment` asks of Sphinx' environment; counts how often a page is read."""

    config, read = "settings", 0

    def get_doctree(self, docname):
        self.read += 1
        page = new_document(docname)
        code = nodes.container("", nodes.caption("", "Code"), nodes.literal_block("", "a = 1"), literal_block=True)
        for name, node in (
            ("fig", nodes.figure("", nodes.caption("", "Town"))),
            ("code", code),
            ("p1", nodes.target()),
        ):
            node["ids"] = [name]
            page += node
            page.ids[name] = node
        return page

    def get_domain(self, name):
        kinds = SimpleNamespace(enumerable_nodes=StandardDomain.enumerable_nodes)
        return SimpleNamespace(
            get_enumerable_node_type=lambda node: StandardDomain.get_enumerable_node_type(kinds, node)
        )


def test_a_page_is_read_once_and_does_not_stay_in_memory():
    reading = Reading()
    asked = _Environment(reading)
    is_numbered = reading.get_domain("std").get_enumerable_node_type
    kinds = {name: is_numbered(node) for name, node in asked.get_doctree("page").ids.items()}
    assert kinds == {"fig": "figure", "code": "code-block", "p1": None}
    assert asked.get_doctree("page").ids["fig"]["ids"] == ["fig"] and asked.config == "settings"
    assert all(node.parent is None for node in asked.get_doctree("page").ids.values())
    asked.get_doctree("other")
    assert reading.read == 2
