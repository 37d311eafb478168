"""Words in the place of what only the book understands: numbers, references and citations, for readers of plain Markdown."""

from __future__ import annotations

import ast
import html
import json
import posixpath
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt

from bookpress.environment import HEADING_CLASS

WORDS_FILE = "_static/words.json"  # below the HTML, written by the extension
UNKNOWN = "…"  # a number that nothing has computed yet
MYST_CLASS = "myst"  # class of the elements of HTML whose words are MyST
GLUED = "application/papermill.record/text/plain"  # how an output carries a glued value

_ROLE = r"\{(?P<role>[A-Za-z][\w:.+-]*)\}(?P<ticks>`+)(?P<content>.+?)(?P=ticks)(?!`)"
_CODE = r"(?P<fence>`+)(?!`).+?(?<!`)(?P=fence)(?!`)"
_LINK = r"(?<!!)\[(?P<words>[^\[\]]*)\]\((?P<target>[^()\s]+)\)"
_INLINE = re.compile(f"{_ROLE}|{_CODE}|{_LINK}", re.DOTALL)
_TARGET = re.compile(r"^ {0,3}\([^()\n]+\)=[ \t]*(?:\n|\Z)", re.MULTILINE)
_FENCE = re.compile(
    r"^(?P<marks>`{3,}|~{3,}|:{3,})(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=marks)[ \t]*$\n?", re.DOTALL | re.MULTILINE
)
_DIRECTIVE = re.compile(r"\{(?P<kind>[\w:.+-]+)\}[ \t]*(?P<argument>.*)")
_OPTIONS = re.compile(r"\A(?:[ \t]*:[\w-]+:[^\n]*\n|---\n.*?^---\n)*\s*", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(rf'<span class="{HEADING_CLASS}">.*?</span>')
_EXPLICIT = re.compile(r"(?P<words>.+?)\s*<(?P<target>[^<>]+)>", re.DOTALL)
_ELEMENT = re.compile(
    rf'<(?P<tag>\w+)(?P<before> class="{MYST_CLASS}"(?: data-label="(?P<label>[^"]*)")?)(?P<after>[^>]*)>(?P<inner>.*?)</(?P=tag)>',
    re.DOTALL,
)
_IN_BRACKETS = re.compile(r" \(([^()]*)\)$")  # the year of "Author (year)"
_NOT_SAID = {
    "bibliography",
    "contents",
    "tableofcontents",
    "datafile",
    "givenfiles",
    "numbernotes",
    "narrowdrawing",
    "raw",
}
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class Words:
    """What the roles of a book stand for.

    labels : "Figure 4", or the title of a place, by label. pages : title by the name of the page. citations : "Author (year)" by
    key, in the order of the bibliography, in which a bracket has them too. numbers : text by the name of the page and key. site : address of the published pages, or "".
    """

    labels: dict = field(default_factory=dict)
    pages: dict = field(default_factory=dict)
    citations: dict = field(default_factory=dict)
    numbers: dict = field(default_factory=dict)
    site: str = ""


def read_words(file: str | Path) -> Words:
    """The words that a build has written. Raises OSError and ValueError where there are none."""
    return Words(**json.loads(Path(file).read_text("utf-8")))


def write_words(words: Words, file: str | Path) -> None:
    """Write the words where readers of the built book find them."""
    Path(file).write_text(json.dumps(asdict(words), ensure_ascii=False, indent=0), "utf-8")


def glued(outputs: list) -> dict[str, str]:
    """The numbers that outputs of cells have glued, by key."""
    found = {}
    for output in outputs:
        name = output.get("metadata", {}).get("scrapbook", {}).get("name")
        if name and GLUED in output.get("data", {}):
            found[name] = _value("".join(output["data"][GLUED]))
    return found


def glued_values(outputs: dict) -> dict[str, str]:
    """The same from the outputs that MyST-NB keeps by key."""
    return {key: _value("".join(output["data"].get("text/plain", ""))) for key, output in outputs.items()}


def _value(shown):
    """A glued value as text: strings lose the quotation marks that they are shown with."""
    try:
        value = ast.literal_eval(shown)
    except (ValueError, SyntaxError):
        return shown
    return value if isinstance(value, str) else shown


def plain_markdown(text: str, words: Words, page: str = "", numbers: dict[str, str] | None = None) -> str:
    """Markdown without roles, labels and directives: each is the words that the book has there.

    page : the name of the page that the text stands on. numbers : those that the page itself has computed. Code stays as it is.
    """
    speaker = _Speaker(words, page, numbers or {})
    parts, end = [], 0
    for block in _FENCE.finditer(text):
        parts += [speaker.prose(text[end : block.start()]), speaker.block(block)]
        end = block.end()
    return "".join([*parts, speaker.prose(text[end:])])


def plain_html(text: str, words: Words, page: str = "", numbers: dict[str, str] | None = None) -> str:
    """HTML of `bookpress.show` whose captions, notes and cells are words, and whose captions have the numbers of the book."""
    speaker = _Speaker(words, page, numbers or {})

    def said(element):
        inner = _MARKDOWN.renderInline(speaker.prose(html.unescape(element["inner"])))
        number = words.labels.get(element["label"], "")
        head = f"<strong>{html.escape(number)}</strong> " if number else ""
        return f"<{element['tag']}{element['before']}{element['after']}>{head}{inner}</{element['tag']}>"

    return _ELEMENT.sub(said, text)


@dataclass(frozen=True)
class _Speaker:
    words: Words
    page: str
    numbers: dict

    def prose(self, text):
        return _INLINE.sub(self._inline, _TARGET.sub("", text))

    def block(self, block):
        """A fenced block: code stays; a directive is what it would say."""
        directive = _DIRECTIVE.fullmatch(block["info"].strip())
        if directive is None:
            return block[0]
        kind, argument = directive["kind"], directive["argument"]
        body = _OPTIONS.sub("", block["body"], count=1)
        if kind in _NOT_SAID:
            return ""
        if kind in ("code", "code-block", "code-cell"):
            return f"```{argument}\n{body}```\n"
        if kind == "math":
            return f"$$\n{body}$$\n"
        if kind == "figure":
            body = _HEADING.sub("", body)
        inner = plain_markdown(body, self.words, self.page, self.numbers)
        if kind in ("figure", "image"):
            alt = re.search(r"^\s*:alt:\s*(.*)$", block["body"], re.MULTILINE)
            return f"![{alt[1] if alt else ''}]({argument})\n\n{inner}"
        if kind in ("table", "list-table", "csv-table", "div", "container", "grid", "card"):
            return "\n\n".join(part for part in (f"**{self.prose(argument)}**" if argument else "", inner) if part)
        title = self.prose(argument) or kind.rpartition(":")[2].capitalize()
        lines = [f"**{title}**", "", *inner.rstrip("\n").split("\n")]
        return "".join(f"> {line}".rstrip() + "\n" for line in lines)

    def _inline(self, found):
        if found["role"]:
            return self._role(found["role"].lower(), found["content"].strip())
        if found["fence"]:
            return found[0]
        return self._link(found["words"], found["target"])

    def _role(self, role, content):
        name = role.rpartition(":")[0] or role
        if name == "glue" or role == "glue":
            return self._number(content)
        if role == "cite" or name == "cite":
            return self._citation(role, content)
        explicit = _EXPLICIT.fullmatch(content)
        said, target = (explicit["words"], explicit["target"]) if explicit else ("", content)
        if role == "numref":
            return self._numbered(said, target)
        if role in ("ref", "any", "std:ref"):
            return said or self.words.labels.get(target.lower(), "") or self.words.labels.get(target, target)
        if role == "doc":
            return said or self.words.pages.get(self._page(target), target)
        return said or content

    def _number(self, content):
        path, apart, key = content.rpartition("::")
        key, _, form = key.partition(":")
        known = self.words.numbers.get(self._page(path), {}) if apart else self.numbers
        text = known.get(key)
        if text is None:
            return UNKNOWN
        try:
            return format(ast.literal_eval(text), form) if form and form != "s" else text
        except (ValueError, SyntaxError):
            return text

    def _citation(self, role, content):
        keys = [key.strip() for key in content.split(",")]
        cited = [words for key, words in self.words.citations.items() if key in keys]
        cited += [key for key in keys if key not in self.words.citations]
        if role.endswith((":t", ":ts", ":ct", ":cts")):
            return ", ".join(cited)
        return "(" + "; ".join(_IN_BRACKETS.sub(r", \1", one) for one in cited) + ")"

    def _numbered(self, said, label):
        number = self.words.labels.get(label)
        if number is None:  # not built yet
            return {"fig": "the figure", "tab": "the table"}.get(label.partition("-")[0], label)
        return said.replace("%s", number.split()[-1]).replace("{number}", number.split()[-1]) if said else number

    def _link(self, said, target):
        """A link within the book: to its published page if it has one; else the words alone."""
        path, _, place = target.partition("#")
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            return f"[{said or target}]({target})"
        page = self._page(path) if path else self.page
        if path and page not in self.words.pages:
            return f"[{said or path}]({target})"
        said = said or self.words.labels.get(place, "") or self.words.pages.get(page, target)
        return (
            f"[{said}]({self.words.site.rstrip('/')}/{page}.html{'#' + place if place else ''})"
            if self.words.site
            else said
        )

    def _page(self, path):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path))
        return re.sub(r"\.(ipynb|md)$", "", path.lstrip("/"))
