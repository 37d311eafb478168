"""Blocks, one under another: paragraphs, lists, boxes, figures and tables, as the document tree has them."""

import dataclasses
import re

from bookpress.environment import PARAGRAPH_NUMBER
from bookpress.markup.html import children, classes, first, is_within, select, taken, words_of

from .. import tree
from ..pages import fragment
from .inline import InlineReader

# Classes of <div> and <section> that only hold their blocks together.
BOX_CLASSES = re.compile(
    r"docutils|container|compound|cell|cell_(in|out)put|tag_.+|output|text_html|text_markdown|text_latex|stream|std(out|err)|text_plain"
    r"|highlight|highlight-.+|notranslate|literal-block-wrapper|pst-scrollable-table-container|table-wrapper|colwidths-\w+|legend|wide|full-width|dropdown"
    r"|citation-list|bibliography|section|line-block|line|formula|sd-(?!card$|tab-).+|sd-tab-set|sd-tab-content|toggle|lead|landscape|align-\w+|bd-article"
    r"|scroll|version(added|changed|removed)|deprecated|(tex2jax|mathjax)_(ignore|process)"
)
PARAGRAPH_CLASSES = re.compile(
    r"sd-.+|attribution|rubric|admonition-title|sidebar-title|topic-title|align-\w+|text-\w+|lead|first|last|centered"
)
TITLE_PARAGRAPHS = {"rubric", "centered"}  # words in bold that are no heading
ADMONITIONS = {"note", "tip", "hint", "important", "warning", "caution", "danger", "attention", "error", "seealso"}
LANGUAGE_OF_RAW = re.compile(r"highlight-(.+)")
NUMBERINGS = {"loweralpha": "a.", "upperalpha": "A.", "lowerroman": "i.", "upperroman": "I."}

# The method of `Reader` that reads a tag which its name alone explains.
READERS = {
    "p": "paragraph", "ul": "list", "ol": "list", "dl": "definitions", "blockquote": "quote", "table": "table",
    "figure": "figure", "pre": "code", "hr": "rule", "details": "drawer",
}  # fmt: skip
BLOCK_TAGS = {
    "p", "div", "section", "article", "ul", "ol", "dl", "table", "figure", "pre", "blockquote", "aside", "hr", "details", "nav",
    "h1", "h2", "h3", "h4", "h5", "h6", "main", "header", "footer", "video", "iframe", "form", "fieldset", "address",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class TableNote:
    """The note of a table, on its way into the table."""

    blocks: tuple


class Reader(InlineReader):
    """Reads the blocks of one page."""

    def blocks(self, node, labels=()):
        """The blocks inside a node; runs of words between them become paragraphs.

        labels : ids of the sections that open here; the next heading answers to them.
        """
        found, run, waiting = [], [], list(labels)

        def close_run():
            words = self.inlines(run)
            run.clear()
            if any(not isinstance(part, tree.Anchor) for part in words):
                found.extend(_paragraph_or_images(words))
            else:
                waiting.extend(part.label for part in words)

        for child in children(node):
            if not isinstance(child, str) and child.tag in BLOCK_TAGS:
                close_run()
                if re.fullmatch("h[1-6]", child.tag):
                    found.append(self.heading(child, waiting))
                    waiting.clear()
                else:
                    found += self.tried(self.block, child, waiting)
            else:
                run.append(child)
        close_run()
        found = self.with_notes(found)
        if waiting:  # an id with nothing of its own: a place all the same
            found.insert(0, tree.Paragraph(tuple(tree.Anchor(name) for name in waiting)))
        return tuple(found)

    def with_notes(self, blocks):
        """The blocks, with each note of a table put into the table before it."""
        found = []
        for block in blocks:
            if isinstance(block, TableNote) and found and isinstance(found[-1], tree.Table):
                found[-1] = dataclasses.replace(found[-1], note=block.blocks)
            else:
                found.append(block)
        return found

    def block(self, node, waiting):
        """The blocks that one HTML block stands for. `waiting`: ids that stand before it, emptied where they are used."""
        name, of_classes = node.tag, set(classes(node))
        if name in ("section", "article"):
            self.check_classes(node, BOX_CLASSES)
            labels = [*waiting, *_ids(node)]
            waiting.clear()
            return self.blocks(node, labels)
        if name in READERS:
            return getattr(self, READERS[name])(node)
        if name == "aside" or of_classes & {"topic", "sidebar"}:
            return [self.titled(node, "p.sidebar-title, p.topic-title, p.admonition-title")]
        if name == "div":
            return self.box(node, of_classes)
        self.refuse(node)

    def heading(self, node, labels):
        number = first(node, "span.section-number")
        number_words = words_of(taken(number)).strip().rstrip(".") if number is not None else ""
        # PDF/UA lets no level be skipped on the way down.
        level = min(int(node.tag[1]) + self.depth, self.last_level + 1, 6)
        self.last_level = level
        words = self.inlines(children(node))
        if any(isinstance(part, (tree.Note, tree.Image)) for part in words):
            self.refuse(node, "a note or picture in a heading cannot be printed")
        if not any(isinstance(part, (tree.Text, tree.Code)) and part.text.strip() for part in tree.walk(words)):
            self.refuse(node, "a heading needs words: contents and screen readers tell nothing else of it")
        return tree.Heading(level, number_words, words, (*labels, *_ids(node)))

    def quote(self, node):
        return [tree.Quote(self.blocks(node))]

    def rule(self, node):
        return [tree.Rule()]

    def paragraph(self, node):
        self.check_classes(node, PARAGRAPH_CLASSES)
        mark = next((child for child in node.iterchildren("a") if PARAGRAPH_NUMBER in classes(child)), None)
        if mark is not None:
            taken(mark)
        words = self.inlines(children(node))
        if TITLE_PARAGRAPHS & set(classes(node)):
            words = (tree.Styled("strong", words),)
        for place in [*_ids(node), *(_ids(mark) if mark is not None else [])]:
            words = (tree.Anchor(place), *words)
        found = _paragraph_or_images(words, node.get("dir", ""), node.get("lang", ""))
        return (
            [dataclasses.replace(part, number=mark.get("data-number")) for part in found] if mark is not None else found
        )

    def list(self, node):
        items = tuple(self.item(item) for item in _children(node, {"li"}, self.refuse))
        numbering = next((NUMBERINGS[name] for name in classes(node) if name in NUMBERINGS), "1.")
        tight = all(
            len(item) == 1 or all(not isinstance(block, tree.Paragraph) for block in item[1:]) for item in items
        )
        tasks = "contains-task-list" in classes(node)
        return [tree.List(items, node.tag == "ol", int(node.get("start", 1)), numbering, tight, tasks)]

    def item(self, node):
        return self.blocks(node, _ids(node))

    def definitions(self, node):
        pairs, terms = [], []
        for child in _children(node, {"dt", "dd"}, self.refuse):
            if child.tag == "dt":
                terms.append(tuple(self.anchored(child, list(self.inlines(children(child))))))
            elif terms or not pairs:
                pairs.append((tuple(terms), self.blocks(child)))
                terms = []
            else:  # a further meaning of the same term
                pairs[-1] = (pairs[-1][0], pairs[-1][1] + self.blocks(child))
        if terms:
            pairs.append((tuple(terms), ()))
        return [tree.Definitions(tuple(pairs))]

    def box(self, node, of_classes):
        """A <div>: what it is stands in its classes."""
        if "admonition" in of_classes:
            return [self.admonition(node, of_classes)]
        if "citation-list" in of_classes:
            return [tree.Bibliography(tuple(self.entry(child) for child in _children(node, {"div"}, self.refuse)))]
        if "table-note" in of_classes:
            return [TableNote(self.blocks(node))]
        if "sd-card" in of_classes:
            return [self.titled(node, ".sd-card-title")]
        if "sd-tab-set" in of_classes:
            return self.tabs(node)
        if "line-block" in of_classes:
            return [self.lines(node)]
        if "output" in of_classes and "traceback" in of_classes:
            self.refuse(node, "a cell of the notebook failed")
        if any(LANGUAGE_OF_RAW.fullmatch(name) for name in of_classes) and first(node, "pre") is not None:
            self.check_classes(node, BOX_CLASSES)
            return self.code(first(node, "pre"), "output" if "output" in of_classes else "input")
        if "code-block-caption" in of_classes:
            return [tree.Paragraph((tree.Styled("strong", self.inlines(_flat(node))),))]
        self.check_classes(node, BOX_CLASSES)
        return list(self.blocks(node, _ids(node)))

    def admonition(self, node, of_classes):
        words = self.title(node, "p.admonition-title")
        kind = next((name for name in sorted(of_classes) if name in ADMONITIONS), "note")
        return tree.Admonition(kind, words, self.blocks(node, _ids(node)))

    def entry(self, node):
        mark = first(node, "span.label")
        key = words_of(taken(mark)).strip().strip("[]") if mark is not None else ""
        paragraphs = _children(node, {"p"}, self.refuse)
        words = [part for child in paragraphs for part in self.inlines(children(child))]
        return tree.Entry(node.get("id"), key, tuple(words))

    def titled(self, node, title):
        """A box with a title of its own kind; a card is a link as a whole, so its link keeps standing at its end."""
        return tree.Titled(self.title(node, title), self.blocks(node, _ids(node)))

    def title(self, node, css):
        """The words of the first node that a selector names, taken out."""
        found = first(node, css)
        return self.inlines(_flat(taken(found))) if found is not None else ()

    def drawer(self, node):
        return [self.titled(node, "summary")]

    def tabs(self, node):
        found = []
        for child in _children(node, {"label", "div"}, self.refuse):
            if child.tag == "label":
                title = self.inlines(children(child))
            else:
                found.append(tree.Titled(title, self.blocks(child)))
        return found

    def lines(self, node):
        words = []
        for line in _children(node, {"div"}, self.refuse):
            words += ([tree.LineBreak()] if words else []) + list(self.inlines(children(line)))
        return tree.Paragraph(tuple(words))

    def code(self, node, kind="input"):
        for mark in select(node, "span.linenos"):
            mark.drop_tree()
        return [tree.CodeBlock(words_of(node).strip("\n").rstrip(), kind)]

    def caption(self, node):
        """Number, words and legend of a <caption> or <figcaption>."""
        if node is None:
            return None
        number = first(node, "span.caption-number")
        number_words = words_of(taken(number)).strip() if number is not None else ""
        legend = first(node, "div.legend")
        legend_blocks = self.blocks(taken(legend)) if legend is not None else ()
        return tree.Caption(number_words, self.inlines(_flat(node)), legend_blocks)

    def figure(self, node):
        caption = first(node, "figcaption")
        read = self.caption(taken(caption) if caption is not None else None)
        return [tree.Figure(node.get("id", ""), self.blocks(node), read)]

    def table(self, node):
        found = first(node, "caption")
        caption = self.caption(taken(found) if found is not None else None)
        head, body = [], []
        for row in node.iter("tr"):
            if next(row.iterancestors("table")) is not node:
                self.refuse(row, "a table in a table cannot be printed")
            cells = tuple(self.cell(cell) for cell in _children(row, {"td", "th"}, self.refuse))
            if row.get("id"):
                cells = _with_id(cells, fragment(row.get("id"), self.page))
            (head if is_within(row, "thead") else body).append(cells)
        wide = "landscape" in classes(node)
        return [tree.Table(node.get("id", ""), tuple(head), tuple(body), caption, wide)]

    def cell(self, node):
        align = next((side for side in ("left", "right", "center") if f"text-{side}" in classes(node)), "")
        spans = int(node.get("colspan", 1)), int(node.get("rowspan", 1))
        names_row = node.get("scope") == "row"
        return tree.Cell(self.blocks(node, _ids(node)), node.tag == "th" and not names_row, *spans, align, names_row)


def _with_id(cells, name):
    """The cells of a row, the last of which ends with the id of the row, in the line of its last words."""
    *others, last = cells
    *above, words = last.blocks or (tree.Paragraph(()),)
    if not isinstance(words, tree.Paragraph):
        above, words = last.blocks, tree.Paragraph(())
    gap = (tree.Text(" "),) if words.children else ()
    words = dataclasses.replace(words, children=(*words.children, *gap, tree.RowId(name)))
    return *others, dataclasses.replace(last, blocks=(*above, words))


def _ids(node):
    """Return the id of a node as a list, which is empty if it has none."""
    return [node.get("id")] if node.get("id") else []


def _children(node, names, refuse):
    """The child tags of a node, all of which must be among `names`; words between them are refused."""
    found = []
    for child in children(node):
        if not isinstance(child, str):
            if child.tag not in names:
                refuse(child, f"not known to the press inside <{node.tag}>")
            found.append(child)
        elif child.strip():
            refuse(node, "words between its parts are not known to the press")
    return found


def _flat(node):
    """The inline nodes of a node whose words may or may not stand in paragraphs."""
    parts = []
    for child in children(node):
        if not isinstance(child, str) and child.tag == "p":
            parts += ([" "] if parts else []) + list(children(child))
        else:
            parts.append(child)
    return parts


def _paragraph_or_images(words, direction="", lang=""):
    """The paragraph that the words make; where they are nothing but pictures, the pictures."""
    images = [part for part in words if isinstance(part, tree.Image)]
    others = [part for part in words if not isinstance(part, tree.Image) and part != tree.Text(" ")]
    if others:
        return [tree.Paragraph(tuple(words), direction, lang)]
    return images
