"""What is wrong with a YAML file, in one line: file, line, reason, and what to write."""

from __future__ import annotations

import re

import yaml

from bookpress.files import read_text

# What PyYAML says, and what it means to somebody who writes settings.
_REASONS = (
    (r"expected <block end>", "stands in another column than the entries above it; those of one list begin in one column"),
    (r"found character '\\t'", "begins with a tab; YAML is indented with spaces"),
    (r"mapping values are not allowed", "a colon where none can be; words with a colon in them stand in quotes, and what"
     " belongs to an entry in its column"),
    (r"could not find expected ':'", "a name without a colon behind it"),
    (r"end of stream|<stream end>|expected ',' or '[\]}]'", "a bracket or a quotation mark is not closed, or a comma is missing"),
    (r"found undefined alias|expected alphabetic or numeric", "a word that begins with * or & stands in quotes"),
    (r"cannot start any token", "a word that begins with @ or ` stands in quotes"),
)  # fmt: skip
_SET = re.compile(r"\{([^{}]*)\}")
_PLACE = re.compile(r"(?P<reason>.*) @ '(?P<path>/[^']*)'", re.DOTALL)


def told(file, error):
    """The fault that PyYAML found in a file, with its line and what it means."""
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None) or str(error)
    words = next((words for pattern, words in _REASONS if re.search(pattern, problem)), problem)
    return f"{file}, line {mark.line + 1}: {words}" if mark else f"{file}: {words}"


def told_of_contents(file, error):
    """The fault that sphinx-external-toc found in a table of contents, with the line of the entry."""
    found = _PLACE.fullmatch(str(error))
    reason = _SET.sub(lambda names: ", ".join(sorted(names[1].split(", "))), found["reason"] if found else str(error))
    if "toc is not a mapping" in reason:
        reason = "no contents; it begins with `format: jb-book` and `root: index`, the name of the first page"
    reason = reason.replace("not a mapping type", "is no `name: value`")
    remedy = "; an entry is `- file: PAGE`, or `- url: ADDRESS`" if reason.startswith("entry") else ""
    keys = [key for key in found["path"].split("/") if key] if found else []
    return f"{file}{f', line {_line_of(file, keys)}' if found else ''}: {reason}{remedy}"


def _line_of(file, keys):
    """The line of what stands under keys and numbers of entries; that of the last one that is there."""
    node = yaml.compose(read_text(file))
    for key in keys:
        if isinstance(node, yaml.SequenceNode) and key.isdigit() and int(key) < len(node.value):
            node = node.value[int(key)]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == key), node)
    return node.start_mark.line + 1
