"""Tables whose first column names groups of rows: the name stands once, above its rows."""

from __future__ import annotations

from docutils import nodes

from bookpress.show import GROUPED


def setup(app):
    """Register what grouped tables need."""
    app.add_node(groupname, html=(open_group_name, close_group_name))
    app.connect("doctree-read", group_rows)


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
