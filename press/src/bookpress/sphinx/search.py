"""The text that theme/static/search.js looks through, made from the HTML of the pages.

Sphinx makes no index of its own: it leaves out numbers by design (sphinx-doc/sphinx#776), takes é
for another letter than e, and names pages without a line of them. The text is needed for the line
that is shown, and a look through all of it takes milliseconds: there is no index.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from bookpress.markup.html import children, first, is_within, select
from bookpress.sphinx.kept_pages import keep, kept

CELL_END = "|"  # between the cells of a row; the script shows it between blanks, which would make the file heavier
KEPT = "passages"  # folder beside the HTML while it is made
PROSE_FILE, ROWS_FILE = "_static/search-prose.js", "_static/search-rows.js"
# Code of notebooks ("hide": folded away), controls, drawings, words that nobody sees where a link would lead, and what
# bookpress.show.screen gives ("screen"): it says what stands elsewhere too, and would be found and loaded twice.
_LEFT_OUT = (
    "script, style, template, noscript, svg, form, select, button, [hidden],"
    " .screen, .headerlink, .label, .datafile, .hide, .cell_input, .section-number, .visually-hidden"
)
_BLOCKS = {
    "p", "li", "dt", "dd", "pre", "tr", "blockquote", "section", "figure", "figcaption", "caption", "table", "div",
    "details", "summary", "aside",
}  # fmt: skip
_APART = _BLOCKS | {"br"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_INNER = _BLOCKS | _HEADINGS  # what ends a line
_PLACES = {"section", "figure", "details"}  # whose ids are addresses that a reader may be led to
# Beside the punctuation of French a blank never breaks. Elsewhere one that does not break would only make the files larger.
_BLANKS = re.compile(r"(?:[ \t\r\n\f\v]|(?<!«)[\u00a0\u202f](?![»:;?!]))+")
_ADDRESS = re.compile(r"https?://\S+")  # long, and a list of references has the outlet's name beside it


def setup(app):
    """Have the extension's pages kept, joined, and nothing else made."""
    app.connect("builder-inited", leave_out_sphinx_search)
    app.connect("build-finished", write_search_files)


def leave_out_sphinx_search(app):
    """Have Sphinx make no index of its own."""
    app.builder.search = False


def keep_passages(app, pagename, title, body):
    """Keep the passages of a page, a tree, for `write_search_files`."""
    keep(app, KEPT, pagename, [title, *passages(body)])


def passages(body):
    """Return the passages of a page: those of its prose, and those of its rows.

    Rows are those of tables and references. A passage is [id of the place, its heading, text]; the
    text has a line for each paragraph or row, and CELL_END between cells, which is shown as " | ".
    A heading equal to that of the passage before is "". Code of notebooks, controls and drawings
    are taken out of `body`, a tree.
    """
    for node in select(body, _LEFT_OUT):
        node.drop_tree()
    prose, rows = _Passages(), _Passages()
    _read(body, "", "", prose, rows)
    return prose.list(), rows.list()


class _Passages:
    """Lines by the place where they stand, in the order of the page."""

    def __init__(self):
        self._found = {}

    def add(self, place, heading, *lines):
        self._found.setdefault((place, heading), []).extend(line for line in lines if line)

    def list(self):
        found, last = [], None
        for (place, heading), lines in self._found.items():
            found.append([place, "" if heading == last else heading, "\n".join(lines)])
            last = heading
        return found


def _read(node, place, heading, prose, rows):
    """Read what stands below a node into `prose` and `rows`; `place` and `heading` are those that it stands under."""
    words = []

    def end_line():
        if line := _line("".join(words)):
            prose.add(place, heading, line)
        words.clear()

    for child in children(node):
        if isinstance(child, str):
            words.append(child)
            continue
        if child.tag not in _INNER and first(child, ", ".join(_INNER)) is None:
            words.append(_text(child))
            continue
        end_line()
        inner = child.get("id", place)
        if child.tag in _HEADINGS:
            place, heading = inner, _line(_text(child))
            prose.add(place, heading)
        elif child.tag == "table":
            _read_table(child, inner, heading, prose, rows)
        elif child.get("role") == "listitem":  # a reference
            rows.add(inner, heading, _line(_text(child)))
        elif child.tag == "pre":
            prose.add(place, heading, *map(_line, _text(child).splitlines()))
        else:
            _read(child, inner if child.tag in _PLACES else place, heading, prose, rows)
    end_line()


def _read_table(table, place, heading, prose, rows):
    """The caption is prose; the rows stand under the name of their group, else under the table's caption."""
    caption = first(table, "caption")
    name = _line(_text(caption)) if caption is not None else heading
    if caption is not None:
        prose.add(place, heading, name)
    group = place
    for row in table.iter("tr"):
        if is_within(row, "thead"):
            continue
        head = first(row, "th.group")
        if head is not None:
            group, name = head.get("id", place), _line(_text(head))
        else:
            cells = [_line(_text(cell)) for cell in row.iterchildren("td", "th")]
            own = group
            # A row is a place of its own, with its first cell for a heading; one that has its id as an address alone stays
            # with the others: a place for each would make the search heavier, and the group names what it is on.
            if row.get("id") and first(row, ".row-link") is None:
                own, (name, *cells) = row.get("id"), cells
            rows.add(own, name, CELL_END.join(cell for cell in cells if cell))


def _text(node):
    """The text of a node, in which words of two blocks do not run together."""
    text = "".join(inner if isinstance(inner, str) else _text(inner) for inner in children(node))
    return f" {text} " if node.tag in _APART else text


def _line(text):
    return _BLANKS.sub(" ", _ADDRESS.sub("", text)).strip()


def write_search_files(app, exception):
    """Join the passages of all pages in two scripts, prose and rows.

    Each sets a list of [page, title, passages] in the order of the contents.
    """
    if exception or app.builder.format != "html":
        return
    pages = kept(app, KEPT)
    for number, (file, variable) in enumerate({PROSE_FILE: "searchProse", ROWS_FILE: "searchRows"}.items(), start=1):
        listed = [[name, page[0], page[number]] for name, page in pages.items() if page[number]]
        words = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
        Path(app.outdir, file).write_text(f"window.{variable} = {words};\n", "utf-8")
