"""Figures and tables as a notebook shows them: HTML for JupyterLab, MyST for the book.

The book takes the MyST, so that captions, numbers and cross-references work as in hand-written
pages. Captions and notes are MyST on purpose (they may cite); the cells of a table are text, unless
a cell has a method `_repr_markdown_`.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from bookpress.environment import HEADING_CLASS
from bookpress.markup.cells import escaped, line, marked, standing, text_of
from bookpress.markup.numbers import FIGURE_SPACE
from bookpress.markup.pictures import data_uri, drawn

if TYPE_CHECKING:  # slow to import, and the pages are made without them
    from matplotlib.figure import Figure
    from pandas import DataFrame

_SIDES = {"left": ":--", "right": "--:", "center": ":-:"}
NAMED_BY = (
    "named-by-"  # class of a table, with the number of a column that names its rows, from 0, its groups' left out
)
GROUPED = "grouped"  # class of a table whose first column names the groups of its rows
_WORDS = r"(-[a-z0-9]+)+"  # of a name, after "fig" or "tab"
_TOLD = {"caption": "what to see in it.", "alt": "what the figure shows, for whoever cannot see it"}
FILES_KEY = "bookpress_files"  # of an output's metadata, where it bears files as {name: base64}
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\.[a-z0-9]+")
_ROW_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
DIGEST_LETTERS = 12  # of a digest, which a page shows


class Myst(str):
    """A table cell that is MyST, for example a citation or a link, and is not escaped."""

    def _repr_markdown_(self) -> str:
        return str(self)


@dataclass(frozen=True, repr=False)
class Shown:
    """What `figure` and `table` return: put it last in a cell and the notebook shows it."""

    name: str
    html: str
    markdown: str
    metadata: Mapping[str, Any] = field(default_factory=dict)  # of the output, for the press alone

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str] | tuple[dict[str, str], Mapping[str, object]]:
        bundle = {"text/html": self.html, "text/markdown": self.markdown}
        return (bundle, self.metadata) if self.metadata else bundle


def figure(
    drawing: str | Figure,
    name: str,
    caption: str = "",
    alt: str = "",
    data: DataFrame | None = None,
    sheet: bool = False,
) -> Shown:
    """A numbered figure with its alternative text and its data as CSV.

    Parameters
    ----------
    drawing : SVG text or a matplotlib figure; SVG text may have an attribute `narrow`, the same
    drawing for a phone, and `heading`, the title that it bears. The title goes before the alternative text, and names the
    figure in lists and in the search; the caption does not say it again.
    name : label for cross-references, for example "fig-shapes-sides"; of a table,
    "tab-shapes-sides".
    caption : MyST, one paragraph.
    alt : plain text that says what the figure shows.
    data : frame that was drawn, offered as NAME.csv.
    sheet : whether the drawing has a ground of its own, as a map has, and keeps it on a dark page.

    Raises ValueError when a part is missing, with the argument that gives it, or the drawing is not well-formed SVG.
    """
    _require("fig", name, caption=caption, alt=alt)
    if data is None:
        raise ValueError(f"{name}: data is missing. Give the frame that was drawn: data=frame")
    source = data_uri(name, drawing if isinstance(drawing, str) else drawn(drawing, name))
    narrow = getattr(drawing, "narrow", None)
    heading = line(getattr(drawing, "heading", ""))
    headed = f'<span class="{HEADING_CLASS}">{escaped(heading)}. </span>' if heading else ""
    alt = f"{heading}. {alt}" if heading and heading not in alt else alt
    options = {"name": name, "alt": json.dumps(line(alt), ensure_ascii=False)} | ({"class": "sheet"} if sheet else {})
    return Shown(
        name,
        f'<figure><img src="{source}" alt="{html.escape(line(alt))}">{_myst("figcaption", caption, name)}</figure>',
        _directive("figure", source, options, headed + line(caption))
        + (_directive("narrowdrawing", name, {}, data_uri(name, narrow)) if narrow else "")
        + _datafile(name, data),
    )


def table(
    frame: DataFrame,
    name: str,
    caption: str,
    note: str = "",
    align: Mapping[str, str] | None = None,
    data: DataFrame | None = None,
    group: str = "",
    ids: str = "",
    names: str | Sequence[str] = "",
    sums: Sequence[bool] = (),
) -> Shown:
    """A numbered table with its data as CSV. The frame's index is not shown.

    Parameters
    ----------
    frame : one row of the table per row. Columns of numbers, as such or as text, are set to the right; years are not.
    name, caption : as for `figure`.
    note : MyST, set below the table, and on paper above it.
    align : {column: "left" | "right" | "center"} where the default does not fit.
    data : frame offered as NAME.csv, when it is not the one shown.
    group : where the rows are grouped by their first column, the beginning of the groups' ids ("shape": shape-circle); the book
        then prints that column once, over the rows of each group.
    ids : the column of the rows' ids: PAGE.html#ID is the address of a row in the book, and a link at its end gives it; on
        paper the id itself ends the row. Ids that a row had before stand behind its own, after blanks; their addresses lead to it too.
    names : the column that names the rows, where it is not the first that is shown, or the columns that name them together; each
        cell is announced with them.
    sums : for each row, whether it is a sum of others; such rows are set in bold.

    Raises ValueError when a part is missing, a column is unknown, `sums` has more or fewer rows, or an id is no plain word or stands twice.
    """
    _require("tab", name, caption=caption)
    marks = _row_marks(frame, name, ids)
    frame = frame.drop(columns=ids) if ids else frame
    align = align or {}
    if unknown := set(align) - set(frame.columns):
        raise ValueError(f"table {name}: no column {sorted(unknown)} to align")
    said = [names] * bool(names) if isinstance(names, str) else [*names]
    if unknown := set(said) - set(frame.columns):
        raise ValueError(f"table {name}: no column {min(unknown)!r} with the names of its rows")
    if len(sums) not in (0, len(frame)):
        raise ValueError(f"table {name}: sums tells of {len(sums)} rows, and the table has {len(frame)}")
    before = int(bool(group))  # columns that name a group, before those of the row
    named_by = [list(frame.columns).index(column) for column in said] or [before]
    looks = [f"{GROUPED} {GROUPED}-{group}"] * before + [f"{NAMED_BY}{place - before}" for place in named_by if said]
    sides, columns = zip(*(standing(frame[column], align.get(column)) for column in frame.columns))
    rows = list(zip(*columns))
    rows = [(*row[:before], *map(_bold, row[before:])) if is_sum else row for row, is_sum in zip_longest(rows, sums)]
    lines = [
        _row(map(_myst_cell, frame.columns)),
        _row(_SIDES[side] for side in sides),
        *(_row(map(_myst_cell, row)).removesuffix("|") + mark + "|" for row, mark in zip(rows, marks)),
    ]
    note_block = _directive("container", "table-note", {}, line(note)) if note else ""
    return Shown(
        name,
        _html_table(name, frame.columns, rows, sides, caption, note, named_by),
        _directive(
            "table", line(caption), {"name": name} | ({"class": " ".join(looks)} if looks else {}), "\n".join(lines)
        )
        + note_block
        + _datafile(name, frame if data is None else data),
    )


def _row_marks(frame: DataFrame, name: str, ids: str) -> list[str]:
    """What gives each row its ids, at its end; nothing where the table has none."""
    if not ids:
        return [""] * len(frame)
    if ids not in frame.columns:
        raise ValueError(f"table {name}: no column {ids!r} with the ids of its rows")
    given = [str(cell).split() for cell in frame[ids]]
    known: set[str] = set()
    for row, words in enumerate(given, 1):
        for word in words or [""]:
            if not _ROW_ID.fullmatch(word):
                raise ValueError(f"table {name}: row {row}: {word!r} is no id: a letter, then letters, digits, _ and -")
            if word in known:
                raise ValueError(f"table {name}: row {row}: the id {word!r} stands twice")
            known.add(word)
    return [f"{{rowid}}`{' '.join(words)}` " for words in given]


def files(
    given: Mapping[str, tuple[bytes, str]],
    name: str,
    caption: str,
    note: str = "",
    heads: Iterable[str] = ("File", "For", "Size (kB)"),
) -> Shown:
    """A numbered table of files that the cell has made, which the book offers for download under their names.

    Parameters
    ----------
    given : name of the file to its bytes and what it is for, in plain words. The build writes them beside the pages; the
    PDF prints the table and carries none of them.
    name, caption, note : as for `table`; the table's data have size and digest in full.
    heads : of the first three columns, in the reader's language.

    Raises ValueError when a part is missing or a name is no plain name of a file with an ending.
    """
    from pandas import DataFrame

    if not given:
        raise ValueError(f"{name}: no file is given")
    for file, (content, words) in given.items():
        if not _FILE_NAME.fullmatch(file):
            raise ValueError(f"{name}: {file!r}: a file's name has letters, digits, and . _ - alone, and an ending")
        if not isinstance(content, bytes) or not words or not words.strip():
            raise ValueError(f"{name}: {file}: is given as its bytes and what it is for")
    listed = DataFrame(
        [
            {"file": file, "for": words, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for file, (content, words) in given.items()
        ]
    )
    file_head, words_head, size_head = heads
    seen = DataFrame(
        {
            file_head: [Myst(f"{{givenfile}}`{file}`") for file in listed["file"]],
            words_head: listed["for"],
            size_head: [marked(f"{size / 1000:,.1f}") for size in listed["bytes"]],
            "sha256": listed["sha256"].str[:DIGEST_LETTERS],
        }
    )
    shown = table(seen, name, caption, note, align={size_head: "right"}, data=listed)
    digests = "".join(f"{digest}  {file}\n" for file, digest in zip(listed["file"], listed["sha256"], strict=True))
    packed = {file: base64.b64encode(content).decode() for file, (content, _) in given.items()}
    return Shown(name, shown.html, shown.markdown + _directive("givenfiles", "", {}, digests), {FILES_KEY: packed})


def several(*parts: Shown | str) -> Shown:
    """Several of what this module makes as one, below each other; a text between them is MyST. Raises ValueError without any."""
    if not parts:
        raise ValueError("nothing is given to show")
    shown = [part if isinstance(part, Shown) else Shown("words", _myst("div", part), f"{part}\n\n") for part in parts]
    packed = {file: content for part in shown for file, content in part.metadata.get(FILES_KEY, {}).items()}
    return Shown(
        shown[0].name,
        "".join(part.html for part in shown),
        "".join(part.markdown for part in shown),
        {FILES_KEY: packed} if packed else {},
    )


def screen(fragment: str, pages: Mapping[str, tuple[str, str]] | None = None) -> Shown:
    """A fragment of HTML for the screen alone; the paper leaves it out, so what it says must stand elsewhere too.

    pages : small pages beside that of the cell, by name: title and fragment. They stand at PAGE/NAME.html, and in neither contents,
        search nor paper.

    Scripts and styles for it are named in `_config.yml` (bookpress: pages); small pages have the styles alone. Raises ValueError for
    one that brings its own, and for a name that is no plain word.
    """
    from bookpress.markup.html import parsed, select  # slow to import, and few notebooks show fragments

    small = pages or {}
    if wrong := [name for name in small if not _ROW_ID.fullmatch(name)]:
        raise ValueError(f"{wrong[0]!r} is no name of a small page: a letter, then letters, digits, _ and -")
    for node in select(parsed(fragment + "".join(inside for _, inside in small.values())), "*"):
        runs = node.tag == "style" or (node.tag == "script" and node.get("type") != "application/json")
        if runs or any(name == "style" or name.startswith("on") for name in node.attrib):
            raise ValueError(
                f"the fragment's <{node.tag}> brings a script, a style or a handler, which the pages' security policy refuses"
            )
    given = _directive("smallpages", "", {}, json.dumps(small, ensure_ascii=False)) if small else ""
    shown = f'```{{raw}} html\n<div class="screen noprint">\n{fragment}\n</div>\n```\n\n'
    return Shown("fragment", fragment, shown + given)


def numbers(mapping: Mapping[str, str], notes: Mapping[str, Mapping[str, object]] | None = None) -> Shown:
    """Glue each value of `mapping` under its key, for `` {glue:text}`key` `` in prose. Values are strings.

    notes : key to {"rule": words, "claims": [words, address] pairs, or [words, address, what it is on], "more": a pair or None}, which the pages show at the number;
        addresses are seen from the top of the site. Put the call last in its cell: what it returns shows the notes, and tells the
        press that the numbers are to be worded in each language. Raises ValueError for
        a value that is no text and for a note to a key that is not in `mapping`.
    """
    from myst_nb import glue  # slow to import, and only a notebook that glues needs it

    if unknown := set(notes or ()) - set(mapping):
        raise ValueError(f"note to {min(unknown)}: there is no such number")
    for key, text in mapping.items():
        if not isinstance(text, str) or not text:
            raise ValueError(f"number {key}: {text!r} is not a non-empty string; word it before gluing")
        glue(key, text, display=False)
    return Shown("numbers", "", _directive("numbernotes", "", {}, json.dumps(notes or {}, ensure_ascii=False)))


def _require(kind: str, name: str, **parts: str) -> None:
    """Raise ValueError for an empty part, or a name without the beginning of its kind.

    Pages and PDF know files by that beginning.
    """
    if not name or not re.fullmatch(kind + _WORDS, name):
        raise ValueError(f"name {name!r} is not like '{kind}-two-words'")
    for part, text in parts.items():
        if not text or not text.strip():
            raise ValueError(f"{name}: {part} is missing. Give it: {part}={_TOLD[part]!r}")


def _datafile(name: str, frame: DataFrame) -> str:
    """The block that offers `frame` as NAME.csv; lists in cells are joined by semicolons."""
    if frame is None or not len(frame.columns):
        raise ValueError(f"{name}: data is missing")
    csv = frame.apply(lambda column: column.map(_joined) if column.dtype == object else column).to_csv(
        index=False, lineterminator="\n"
    )
    if csv.splitlines() != csv.removesuffix("\n").split("\n"):
        raise ValueError(f"{name}: the data hold an exotic line separator, which would not survive as CSV")
    return _directive("datafile", f"{name}.csv", {"for": name}, csv.removesuffix("\n"))


def _joined(cell: object) -> object:
    """A list in a cell as text, its items separated by semicolons."""
    return ";".join(map(str, cell)) if isinstance(cell, (tuple, list)) else cell


def _directive(kind: str, argument: str, options: Mapping[str, str], content: str) -> str:
    """A MyST directive whose fence is longer than any run of colons within."""
    longest = max((len(run) for run in re.findall(r"^\s*(:{3,})", content, re.MULTILINE)), default=2)
    fence = ":" * (longest + 1)
    option_lines = "".join(f":{key}: {text}\n" for key, text in options.items())
    return f"{fence}{{{kind}}} {argument}\n{option_lines}\n{content}\n{fence}\n\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _myst_cell(cell: Any) -> str:
    """A cell as MyST: `_repr_markdown_` but for bars that would end the cell; all other text escaped."""
    if hasattr(cell, "_repr_markdown_"):
        return re.sub(r"(?<!\\)\|", r"\\|", line(cell._repr_markdown_()))
    # Markdown takes any space from the beginning of a cell, but for one that is written as a name.
    return escaped(text_of(cell)).replace(FIGURE_SPACE, "&numsp;")


def _bold(cell: Any) -> Any:
    return Myst(f"**{_myst_cell(cell)}**") if text_of(cell) else cell


def _html_table(
    name: str,
    columns: Iterable[object],
    rows: Iterable[Iterable[object]],
    sides: Iterable[str],
    caption: str,
    note: str,
    named_by: Sequence[int],
) -> str:
    def cell(tag: str, side: str, value: Any, more: str = "") -> str:
        style = f' style="text-align:{side}"{more}'
        if hasattr(value, "_repr_markdown_"):
            return _myst(tag, value._repr_markdown_(), more=style)
        return f"<{tag}{style}>{html.escape(text_of(value))}</{tag}>"

    def row(values: Iterable[object]) -> str:
        parts = [("th", ' scope="row"') if place in named_by else ("td", "") for place, _ in enumerate(sides)]
        return "".join(cell(tag, side, value, more) for (tag, more), side, value in zip(parts, sides, values))

    heads = "".join(cell("th", side, value) for side, value in zip(sides, columns, strict=True))
    body = "".join(f"<tr>{row(values)}</tr>" for values in rows)
    head = f"{_myst('caption', caption, name)}<thead><tr>{heads}</tr></thead>"
    return f"<table>{head}<tbody>{body}</tbody></table>{_myst('p', note) if note else ''}"


def _myst(tag: str, text: str, label: str = "", more: str = "") -> str:
    """An element whose words are MyST, which `bookpress.notebooks.words` says in words; label : of the figure or table that it names."""
    named = f' data-label="{label}"' if label else ""
    return f'<{tag} class="myst"{named}{more}>{html.escape(line(text), quote=False)}</{tag}>'
