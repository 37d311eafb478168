"""Words told as they are read: those from right to left in their order, those of several parts as one, those drawn twice once, blanks as such.

The compiler puts letters where they stand, from left to right, and so a screen reader tells words from right to left backwards. Each run of
them becomes an element of the tags whose `ActualText` is the words as the book has them. Which words a run is its letters tell, in
whatever order. Ids, paths and addresses, which may break behind their marks, are many parts to the compiler, and get such a text too.
"""

import re
from collections import Counter
from itertools import groupby

import pikepdf

from . import tree
from .tree import plain_text

RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
REVERSED = b"/ReversedChars"  # how the compiler marks letters that run from right to left
BLANK, NARROW_BLANK = (
    "\u00a0",
    "\u202f",
)  # that no line ends at; of the narrow one, between the digits of a number, many voices make an end
# Of numbers, or the dash between two that are links; with blanks around it, of dates or of what has a number.
SPAN = re.compile(r"(?:\d+[^\W\d_]{0,2})?–\d*|[^\W_][^–_]*\s–\s?[^–_]*")
_HALO = re.compile(
    rb"^BT 1 Tr.*?\nET\n", re.MULTILINE | re.DOTALL
)  # words in outline alone, as the compiler writes them
_BEGINS = re.compile(rb"/\w+ ?<</MCID (\d+)")  # marked words, as the compiler writes them


def read_from_the_right(nodes):
    """The words in a document tree that are marked as another language or lead out of the book, and have such letters."""
    marked = (node for node in nodes if isinstance(node, (tree.Language, tree.Link, tree.Paragraph)))
    return {words for words in (plain_text(node.children) for node in marked) if RIGHT_TO_LEFT.search(words)}


def tell_in_order(document, texts):
    """Give the tags of the open PDF the words of these texts in the order of reading."""
    known = Counter(map(_letters, texts))
    by_letters = {_letters(text): text for text in texts if known[_letters(text)] == 1}
    marks, elements, known_fonts = {}, {}, {}  # by page and number; by id
    parents = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
    for page in document.pages:
        if REVERSED in page.Contents.read_bytes():
            own = parents[page.StructParents]
            for number, (words, lang) in _marks(page, known_fonts).items():
                marks[page.objgen, number] = words, lang
                if RIGHT_TO_LEFT.search(words):
                    elements[own[number].objgen] = own[number]
    for element in elements.values():
        _mend(document, element, marks, by_letters, parents)


def _mend(document, element, marks, by_letters, parents):
    """Put each run of an element's kids that is one of the texts into an element of its own."""
    told = [(kid, place, marks.get(place and (place[0].objgen, place[1]))) for kid, place in places_of(element)]
    if element.S == "/Link":  # between the lines of its words stand the areas to press on
        told.sort(key=lambda kid: kid[2] is None)
    mended = []
    for lang, run in groupby(told, lambda kid: kid[2] and kid[2][1]):
        kids, places, words = zip(*run, strict=True)
        text = by_letters.get(_letters("".join(word for word, _ in words))) if lang is not None else None
        if text is None:
            mended += kids
            continue
        own = apart(document, element, kids, places, parents)
        own.ActualText = pikepdf.String(text)
        if lang:
            own.Lang = pikepdf.String(lang)
        mended.append(own)
    element.K = pikepdf.Array(mended)


def apart(document, element, kids, places, parents):
    """An element of their own for some of an element's kids, all of them marked words, which the caller puts in their place."""
    own = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Span, P=element, K=pikepdf.Array(kids))
    )
    if "/Pg" in element:
        own.Pg = element.Pg
    for page, number in places:
        parents[page.StructParents][number] = own
    return own


def places_of(element):
    """Each kid of an element with (page, number) of the marked words that it stands for, or with None where it is no words."""
    kids, page = element.K if isinstance(element.K, pikepdf.Array) else [element.K], element.get("/Pg")
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary):
            yield kid, (kid.get("/Pg", page), int(kid.MCID)) if "/MCID" in kid else None
        else:
            yield kid, (page, int(kid))


def tell_blanks(document):
    """Have the narrow blank heard and copied as the one that is as old as numbers are parted by it. On paper it stays narrow."""
    narrow, blank = b"%04X" % ord(NARROW_BLANK), b"%04X" % ord(BLANK)
    for page in document.pages:
        content = page.Contents.read_bytes()
        if b"<FEFF%s>" % narrow in content:  # of a font that has one blank alone
            page.Contents.write(content.replace(b"<FEFF%s>" % narrow, b"<FEFF%s>" % blank))
    fonts = {font.objgen: font for page in document.pages for font in page.Resources.get("/Font", {}).values()}
    for font in fonts.values():
        table = font.ToUnicode.read_bytes()
        if b"> <%s>" % narrow in table:
            font.ToUnicode.write(table.replace(b"> <%s>" % narrow, b"> <%s>" % blank))


def tell_once(document):
    """Leave the halos of words untold: they are these words, drawn below them."""
    for page in document.pages:
        content = page.Contents.read_bytes()
        if _HALO.search(content):
            page.Contents.write(_HALO.sub(rb"/Span<</ActualText()>>BDC\n\g<0>EMC\n", content))


def tell_whole(document, elements, to):
    """Have words of several parts heard as one; in spans of numbers and dates say `to` for the dash.

    The letters on the page stay as they are: not every program that copies them knows how to take one text for several parts.
    elements : of the tags, set apart twice by report.typ.
    """
    parents, pages, known_fonts = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree), {}, {}
    marked = [list(_marked(element.K[0])) for element in elements]
    for page, number in (place for places in marked for _, place in places):
        if page.objgen not in pages:
            pages[page.objgen] = page, _parts(page.Contents.read_bytes()), []
        pages[page.objgen][2].append(number)
    told = {}
    for key, (page, parts, numbers) in pages.items():
        content = pikepdf.Stream(document, b"".join(parts[number] for number in numbers))
        told |= {(key, number): words for number, (words, _) in _marks(page, known_fonts, content).items()}
    for element, places in zip(elements, marked):
        inner = element.K[0]
        for holder, (page, number) in places:
            if holder.objgen == inner.objgen:
                parents[page.StructParents][number] = element
            else:  # words in bold
                holder.P = element
        words = "".join(told[page.objgen, number] for _, (page, number) in places)
        element.S, element.K, is_span = pikepdf.Name.Span, inner.K, SPAN.fullmatch(words)
        element.ActualText = pikepdf.String(re.sub(r"\s*–\s*", f" {to} ", words) if is_span else words)
        if "/Pg" in inner:
            element.Pg = inner.Pg


def _marked(element):
    """The page and number of all marked words in an element, each behind the element that it stands in."""
    for kid, place in places_of(element):
        if place:
            yield element, place
        else:
            yield from _marked(kid)


def _parts(content):
    """The content of a page in parts: each begins with marked words, and is known by their number; the first by None."""
    begins = [(None, 0), *((int(found[1]), found.start()) for found in _BEGINS.finditer(content))]
    ends = [start for _, start in begins[1:]] + [len(content)]
    return {number: content[start:end] for (number, start), end in zip(begins, ends)}


def _letters(text):
    """The letters and digits of a text, in an order of their own."""
    return "".join(sorted(letter for letter in text if letter.isalnum()))


def _marks(page, known_fonts, content=None):
    """(words, language) of each run of marked words on a page, or in a part of its content, by its number, the words in the order in which they are drawn."""
    words, langs, font = {}, {}, {}
    opened = [
        None
    ]  # of each mark that is open, the number whose words follow; None where they are nobody's, or told already
    fonts = {}
    for name, used in page.Resources.Font.items():
        if used.objgen not in known_fonts:
            known_fonts[used.objgen] = _characters(used)
        fonts[name] = known_fonts[used.objgen]
    for operands, operator in pikepdf.parse_content_stream(content or page, "BDC BMC EMC Tf Tj TJ"):
        name, number = str(operator), opened[-1]
        if name == "Tf":
            font = fonts[str(operands[0])]
        elif name == "EMC":
            opened.pop()
        elif name in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            if "/MCID" in properties:
                number = int(properties.MCID)
                words[number], langs[number] = "", str(properties.get("/Lang", ""))
            elif "/ActualText" in properties and number is not None:
                words[number] += str(properties.ActualText)
            is_nobodys = operands[0] == "/Artifact" or "/ActualText" in properties
            opened.append(None if is_nobodys else number)
        elif number is not None:
            shown = operands[0] if name == "TJ" else operands
            codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
            words[number] += "".join(font[codes[at : at + 2]] for at in range(0, len(codes), 2))
    return {number: (words[number], langs[number]) for number in words}


def _characters(font):
    """The characters of each code of a font, from the table that the compiler writes for them."""
    table = re.findall(rb"<(\w{4})> <(\w+)>", font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2])
    return {bytes.fromhex(code.decode()): bytes.fromhex(words.decode()).decode("utf-16-be") for code, words in table}
