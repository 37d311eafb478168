"""Words in a line: what each HTML node inside a paragraph is in the document tree."""

import re
from pathlib import Path
from urllib.parse import unquote

from bookpress.environment import HEADING_CLASS
from bookpress.errors import PressError
from bookpress.markup.fonts import drawn_letters
from bookpress.markup.html import children, classes, first, is_within, words_of

from .. import tree
from ..order import BLANK, NARROW_BLANK
from ..pages import NOTE_AGAIN_CLASS, NOTE_CLASS

# Tags that only style their words. time holds more in its attributes, which is for the pointer of a mouse.
STYLES = {
    "em": "emph", "i": "emph", "cite": "emph", "dfn": "emph", "var": "emph",
    "strong": "strong", "b": "strong",
    "sup": "super", "sub": "sub", "small": "small", "mark": "highlight",
    "u": "underline", "ins": "underline", "s": "strike", "del": "strike",
}  # fmt: skip
PLAIN_INLINE = {"span", "abbr", "time", "q", "bdi", "bdo", "label"}
CODE_INLINE = {"code", "kbd", "samp", "tt"}

# Classes of <span> that need nothing done: they name what their words are, or a look for the
# screen.
SPAN_CLASSES = re.compile(
    r"std(-\w+)?|doc|xref|myst|download|pre|brackets|guilabel|menuselection|versionmodified|added|changed|deprecated"
    r"|bibtex-citation|pasted-text|pasted-inline|caption-text|target|fn-bracket|sd-summary-text|caption-number|colon|sd-.+"
    r"|lang-\w+|equation|output|text_plain|nowrap|notranslate|why|number-.+"
)
PIXELS_OF_EM, STEPS_OF_EM = 16, 4  # of a formula on a page: sphinx/extension/mathematics.py
PIXEL = 0.75  # points; one of CSS
SPACE = re.compile(r"[ \t\r\n\f]+")  # not the no-break space, which \s would take too

ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")  # letters beyond ASCII in an address


class InlineReader:
    """Reads one page; holds what a node cannot know: the page's name and depth, the level of the last heading."""

    def __init__(self, page, depth=0):
        self.page, self.depth = page, depth
        self.last_level = depth
        self.faults = []

    def tried(self, read, *node):
        """What `read` makes of a node; nothing, and a fault more, where it refuses."""
        try:
            return read(*node)
        except PressError as fault:
            self.faults.append(str(fault))
            return []

    def refuse(self, node, why="not known to the press"):
        name = ".".join([node.tag, *classes(node)])
        words = " ".join(words_of(node).split())[:60]
        raise PressError(
            f"page {self.page}: <{name}> {words!r}: {why}; say it in another way, or leave it to the screen with the class noprint"
            " (the output of a cell: with the cell's tag noprint)"
        )

    def check_classes(self, node, known):
        for name in classes(node):
            if not known.fullmatch(name):
                self.refuse(node, f"class {name!r} is not known to the press")

    def inlines(self, nodes):
        """Inline nodes, without the space at either end."""
        found = [part for node in nodes for part in self.tried(self.inline, node)]
        return _trim(found)

    def inline(self, node):
        """The inline nodes that one HTML node stands for."""
        if isinstance(node, str):
            return [tree.Text(SPACE.sub(" ", node))]
        name, of_classes = node.tag, classes(node)
        if name in CODE_INLINE:
            self.check_resolved(node)
            return self.anchored(node, [tree.Code(SPACE.sub(" ", words_of(node)))])
        if NOTE_CLASS in of_classes:
            return [tree.Note(node.get("data-note"), self.note(node))]
        if NOTE_AGAIN_CLASS in of_classes:
            return [tree.NoteAgain(node.get("data-note"))]
        if name == "br":
            return [tree.LineBreak()]
        if name == "wbr":
            return []
        if name == "img" and "math" in of_classes:
            return [self.formula(node)]
        if name == "img":
            return [self.image(node)]
        if name == "picture":  # the drawing for paper is its img
            return [self.image(first(node, "img"))]
        if name == "input" and "task-list-item-checkbox" in of_classes:
            return [tree.Text("☑ " if "checked" in node.attrib else "☐ ")]
        inner = self.raw_inlines(node)
        if name == "a":
            return self.anchored(node, self.link(node, inner))
        if name in STYLES:
            return self.anchored(node, [tree.Styled(STYLES[name], tuple(inner))] if inner else [])
        if HEADING_CLASS in of_classes:
            return [tree.Drawn(tuple(inner))]
        if name in PLAIN_INLINE:
            self.check_classes(node, SPAN_CLASSES)
            self.check_resolved(node)
            if name == "q":
                inner = [tree.Text("“"), *inner, tree.Text("”")]
            if node.get("title") and name == "abbr":
                return [tree.Abbreviation(tuple(inner), node.get("title"), node.get("lang", ""))]
            return self.anchored(node, self.in_language(node, inner))
        self.refuse(node)

    def raw_inlines(self, node):
        return [part for child in children(node) for part in self.inline(child)]

    def anchored(self, node, parts):
        return [tree.Anchor(node.get("id")), *parts] if node.get("id") else parts

    def in_language(self, node, inner):
        lang, direction = node.get("lang", ""), node.get("dir", "")
        return [tree.Language(tuple(inner), lang, direction)] if lang or direction else inner

    def check_resolved(self, node):
        """A reference that Sphinx could not resolve is left in the HTML as words outside any link."""
        if {"xref", "std"} <= set(classes(node)) and not is_within(node, "a"):
            self.refuse(node, "reference was not resolved")

    def note(self, node):
        """The words of a footnote; its paragraphs become lines."""
        parts = []
        for child in children(node):
            if isinstance(child, str):
                if child.strip():
                    parts += self.inline(child)
            elif child.tag == "p":
                parts += ([tree.LineBreak()] if parts else []) + list(self.inlines(children(child)))
            else:
                self.refuse(child, "not known to the press inside a note")
        return tuple(parts)

    def link(self, node, inner):
        self_reference = node.get("href")
        if not self_reference:  # the target of a reference, or a file the paper knows no address of
            return inner
        if not self_reference.startswith("#"):
            return [tree.Link(self_reference, tuple(map(_readable, inner)))]
        pointing = first(node, ".std-numref, .std-ref, .std-doc, .doc, .myst") is not None
        with_page = pointing and "data-other-page" in node.attrib
        return [tree.Reference(self_reference[1:], tuple(inner), with_page)]

    def formula(self, node):
        [drop] = [name for name in classes(node) if name.startswith("math-drop-")]
        sides = [int(node.get(side)) / PIXELS_OF_EM for side in ("width", "height")]
        return tree.Formula(Path(node.get("data-file")), node.get("alt"), *sides, int(drop[10:]) / STEPS_OF_EM)

    def image(self, node):
        width = node.get("width", "")
        found = re.search(r"(?:^|;)\s*width:\s*([^;]+)", node.get("style", ""))
        told = [node.get(side, "") for side in ("width", "height")]
        size = tuple(int(side) * PIXEL for side in told) if all(side.isdigit() for side in told) else ()
        alt = SPACE.sub(" ", node.get("alt")).strip().replace(NARROW_BLANK, BLANK)
        return tree.Image(Path(node.get("data-file")), alt, _length(found[1] if found else width), size)


def _readable(part):
    """A text with the letters of an address as they are read; encoded ones fill lines, and nobody can check them."""
    return tree.Text(ENCODED.sub(_letters, part.text)) if isinstance(part, tree.Text) else part


def _letters(encoded):
    """Encoded letters, or the code of such as are no UTF-8, part words, or have no font."""
    try:
        letters = unquote(encoded[0], errors="strict")
    except UnicodeDecodeError:
        return encoded[0]
    readable = all(letter.isprintable() and ord(letter) in drawn_letters() for letter in letters)
    return letters if readable else encoded[0]


def _trim(parts):
    """Take the space off both ends of a run, and join neighbouring texts."""
    joined = []
    for part in parts:
        if isinstance(part, tree.Text) and joined and isinstance(joined[-1], tree.Text):
            joined[-1] = tree.Text(SPACE.sub(" ", joined[-1].text + part.text))
        elif isinstance(part, tree.Text) and joined and isinstance(joined[-1], tree.LineBreak):
            joined.append(tree.Text(part.text.lstrip(" ")))
        else:
            joined.append(part)
    while joined and isinstance(joined[0], tree.Text) and not joined[0].text.lstrip(" "):
        joined.pop(0)
    while joined and isinstance(joined[-1], tree.Text) and not joined[-1].text.rstrip(" "):
        joined.pop()
    if joined and isinstance(joined[0], tree.Text):
        joined[0] = tree.Text(joined[0].text.lstrip(" "))
    if joined and isinstance(joined[-1], tree.Text):
        joined[-1] = tree.Text(joined[-1].text.rstrip(" "))
    return tuple(joined)


def _length(words):
    """A CSS width as Typst writes it, or "" where it says nothing for the paper."""
    found = re.fullmatch(r"([\d.]+)\s*(%|px|em|pt|cm|mm|in|)", words.strip())
    if not found:
        return ""
    number, unit = float(found[1]), found[2] or "px"
    return f"{number * 0.75:g}pt" if unit == "px" else f"{number:g}{unit}"
