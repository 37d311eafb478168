"""What the compiler refuses, told by page and element: its own words name files that nobody has written."""

import re
import unicodedata

import typst

from .write import quoted

_SIGN = re.compile(r'the text `"(?P<sign>.+?)"` could not be displayed')
_PLACE = re.compile(r"pages/(\d+)\.typ:\d+")
_PICTURE = re.compile(
    r"failed to (?:decode|parse|load) .*|unknown image format.*|.*contains foreign object.*|.*missing a CMYK profile.*"
)


def told(words, folder, source, options):
    """Return the message for a reader of what the compiler said.

    words : what it said. folder : in which it worked. source, options : what it was given.
    """
    if named := re.search(r'panicked with: "?(page .*?)"?$', words, re.MULTILINE):  # report.typ found it
        return named[1]
    if _PICTURE.search(words):
        return "\n".join(_broken_pictures(source, options)) or words
    faults = re.split(r"^error: ", words, flags=re.MULTILINE)
    lines = [_of_sign(fault, source) for fault in faults if _SIGN.search(fault)]
    return (
        "\n".join(dict.fromkeys(lines))
        or f"the PDF cannot be made: {_page(words, source)}{words.replace(str(folder), '')}"
    )


def _of_sign(fault, source):
    sign = re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), _SIGN.search(fault)["sign"])
    names = ", ".join(f"U+{ord(letter):04X} {unicodedata.name(letter, 'without a name')}" for letter in sign)
    return (
        f"{_page(fault, source)}{sign} ({names}): no font of the PDF has this sign; write it in words, or leave it to the screen"
        " with the class noprint"
    )


def _page(fault, source):
    found = _PLACE.search(fault)
    return f"page {list(source.pages)[int(found[1])]}: " if found else ""


def _broken_pictures(source, options):
    """A line for each picture that cannot be read; the compiler does not say which, so each is tried alone."""
    for name, path in source.images.items():
        try:
            typst.compile(f'#image("/{name}", alt: "-")'.encode(), **(options | {"pdf_standards": ["a-3b"]}))
        except typst.TypstError as error:
            reason = _PICTURE.search(getattr(error, "diagnostic", None) or str(error))
            if not reason:  # of the small document, not of the picture
                continue
            page = next((page for page, text in source.pages.items() if quoted(name) in text), "")
            yield f"page {page}: picture {path.name}: cannot be printed: {reason[0].strip()}; save it as PNG, JPEG (in RGB) or SVG"
