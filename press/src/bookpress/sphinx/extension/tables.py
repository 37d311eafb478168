"""Tables: rows that have an address, and a first column that names groups of rows and stands once, above them."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.locale import get_translation
from sphinx.util.docutils import SphinxRole

from bookpress.book.languages import PRESS
from bookpress.show import GROUPED

_ = get_translation(PRESS)


def setup(app):
    """Register what these tables need."""
    app.add_node(rowid)
    app.add_role("rowid", RowId())
    app.connect("doctree-read", give_ids)
    app.add_node(groupname, html=(open_group_name, close_group_name))
    app.connect("doctree-read", group_rows)


class rowid(nodes.Inline, nodes.Element):
    """The ids of the row that it stands in, its own first."""


class RowId(SphinxRole):
    """Ids of a row, separated by blanks: `` {rowid}`id former-id` `` in a cell, as `bookpress.show.table` writes it."""

    def run(self):
        return [rowid(row_ids=self.text.split())], []


def give_ids(app, doctree):
    """Give rows their ids, and each a link to itself. Raises ExtensionError for an id that the page has twice."""
    marks = list(doctree.findall(rowid))
    taken = {name for node in doctree.findall(nodes.Element) for name in node["ids"]} if marks else set()
    for mark in marks:
        row = mark.parent
        while row is not None and not isinstance(row, nodes.row):
            row = row.parent
        if row is None:
            raise ExtensionError(
                f"{app.env.docname}: {{rowid}}`{' '.join(mark['row_ids'])}` stands in no row of a table"
            )
        own, *former = mark["row_ids"]
        for name in mark["row_ids"]:
            if name in taken:
                raise ExtensionError(
                    f"{app.env.docname}: the id {name!r} of a row is that of something else on the page"
                )
            taken.add(name)
        row["ids"].append(own)
        anchors = "".join(f'<span id="{escape(name)}"></span>' for name in former)
        said = escape(_("Address of this row"))
        link = f'<a class="row-link" href="#{escape(own)}" aria-label="{said}"></a>'
        mark.replace_self(nodes.raw("", f'<span class="noprint">{anchors}{link}</span>', format="html"))


class groupname(nodes.entry):
    """The cell that names a group of rows; it stands across the table, above them."""


def open_group_name(translator, node):
    """Write the start tag of a group's name."""
    translator.body.append(
        translator.starttag(node, "th", "", scope="colgroup", colspan=node["morecols"] + 1, CLASS="group")
    )


def close_group_name(translator, node):
    """Write its end tag."""
    translator.body.append("</th>")


def group_rows(app, doctree):
    """Take the first column out of each grouped table; its words stand once, over the rows that share them."""
    for table in doctree.findall(nodes.table):
        if GROUPED not in table["classes"]:
            continue
        prefix = next(name for name in table["classes"] if name.startswith(f"{GROUPED}-")).removeprefix(f"{GROUPED}-")
        (group,) = table.findall(nodes.tgroup)
        group["cols"] -= 1
        group.remove(next(group.findall(nodes.colspec)))
        for row in next(group.findall(nodes.thead)).findall(nodes.row):
            row.pop(0)
        (body,) = group.findall(nodes.tbody)
        last = None
        for row in list(body.children):
            name = row.pop(0)
            if name.astext() != last:
                last = name.astext()
                cell = groupname(
                    "", *name.children, morecols=group["cols"] - 1, ids=[nodes.make_id(f"{prefix}-{last}")]
                )
                body.insert(body.index(row), nodes.row("", cell))
