"""The parts of a PDF that tests ask for: its bookmarks, its tags, where they stand, and the ends of its lines."""

import ctypes
import re
from itertools import pairwise
from pathlib import Path

import page as validator
import pypdf
import pypdfium2
from pypdfium2 import raw

TOP_AND_FOOT = {False: (79.0, 71.0), True: (77.0, 62.0)}  # points above and below the text, upright and across
LETTERS = r"[^\W\d_]"


def bookmarks(items, depth=0):
    """(depth, title) of each bookmark of an outline of pypdf, in order."""
    for item in items:
        if isinstance(item, list):
            yield from bookmarks(item, depth + 1)
        else:
            yield depth, item.title


def tagged(node, kinds):
    """Each element of these kinds below a node of the tags, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict) and "/S" in kid:
            if kid["/S"] in kinds:
                yield kid
            yield from tagged(kid, kinds)


def broken_rules(path):
    """The rules of PDF/A-3a and of PDF/UA-1 that a validator finds broken: the rules of veraPDF, read a second time by somebody else."""
    broken = []
    for profile in ("3a", "ua1"):
        report = validator.validate_pdf(path, profile=profile, limits=validator.SafetyLimits.unlimited())
        rules = {failure.rule_id for failure in report.failures}
        # It takes a carriage return that ends the data of a stream for part of the end of its line.
        if report.checks.failed == _ending_in_return(path):
            rules -= {"PDFA3A-STREAM-LENGTH-001"}
        broken += sorted(rules)
    return broken


def _ending_in_return(path):
    """How many streams end so, those among them that hold other objects, which no reader of PDF files lists."""
    return len(re.findall(rb"\r\nendstream", Path(path).read_bytes()))


class Places:
    """Where the tagged parts of a PDF stand.

    Of a tag: (page, top, bottom) for each page that has something of it, in points from the page's top.
    """

    def __init__(self, file, reader=None):
        """file : a path, or a stream. reader : one of it that has read its tags already, which takes seconds."""
        self.reader = reader or pypdf.PdfReader(file)
        self.root = self.reader.trailer["/Root"]["/StructTreeRoot"]
        self._numbers = {page.indirect_reference.idnum: number for number, page in enumerate(self.reader.pages)}
        self.drawn = {}
        for number, page in enumerate(pypdfium2.PdfDocument(file)):
            for count in range(raw.FPDFPage_CountObjects(page)):
                thing = raw.FPDFPage_GetObject(page, count)
                mark = raw.FPDFPageObj_GetMarkedContentID(thing)
                left, bottom, right, top = (ctypes.c_float() for _ in range(4))
                if mark >= 0 and raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
                    box = page.get_height() - top.value, page.get_height() - bottom.value, left.value, right.value
                    self.drawn.setdefault((number, mark), []).append(box)

    def of(self, tag):
        return [
            (page, min(top for top, *_ in boxes), max(bottom for _, bottom, *_ in boxes))
            for page, boxes in self.boxes(tag)
        ]

    def boxes(self, tag):
        """(page, boxes) of each page that has something of a tag; a box is top, bottom, left and right."""
        found = {}
        for page, mark in self._marks(tag, tag.get("/Pg")):
            found.setdefault(page, []).extend(self.drawn.get((page, mark), []))
        return [(page, boxes) for page, boxes in sorted(found.items()) if boxes]

    def _marks(self, tag, page):
        """(page, mark) of all that stands below a tag; a kid names its page, or has its parent's."""
        kids = tag.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object()
            if isinstance(kid, int):
                yield self._numbers[page.indirect_reference.idnum], int(kid)
            elif kid.get("/Type") == "/MCR":
                yield self._numbers[kid.get("/Pg", page).indirect_reference.idnum], int(kid["/MCID"])
            elif "/S" in kid:
                yield from self._marks(kid, kid.get("/Pg", page))


def parted_tables(places):
    """(page of the table, page of the figure) of each figure that stands between two rows of one table."""
    figures = [places.of(tag)[0] for tag in tagged(places.root, {"/Figure"})]
    for table in map(places.of, tagged(places.root, {"/Table"})):
        for page, top, bottom in figures if len(table) > 1 else []:
            if table[0][:2] < (page, top) and (page, bottom) < (table[-1][0], table[-1][2]):
                yield table[0][0] + 1, page + 1


def short_beginnings(places, fewest):
    """(page, rows) of each table that goes on on another page after fewer rows than that, its head left out."""
    for table in tagged(places.root, {"/Table"}):
        pages = [page for page, _, _ in places.of(table)]
        if len(pages) > 1:
            rows = [places.of(row) for row in tagged(table, {"/TR"}) if next(tagged(row, {"/TD"}), None)]
            first = sum(row[0][0] == pages[0] for row in rows if row)
            if first < fewest:
                yield pages[0] + 1, first


def short_endings(places, fewest):
    """(page, rows) of each table that goes on on a last page with fewer rows than that, the names of their groups left out."""
    for table in tagged(places.root, {"/Table"}):
        rows = [
            places.of(row)[0][0]
            for row in tagged(table, {"/TR"})
            if next(tagged(row, {"/TD"}), None) and places.of(row)
        ]
        if rows and rows[0] < rows[-1] and rows.count(rows[-1]) < fewest:
            yield rows[-1] + 1, rows.count(rows[-1])


def run_together(places):
    """The page of each cell of a table whose words end within two points of the words of the next cell, or beyond."""
    for row in tagged(places.root, {"/TR"}):
        cells = [dict(places.boxes(cell)) for cell in tagged(row, {"/TH", "/TD"})]
        for cell, following in pairwise(cells):
            for page in cell.keys() & following.keys():
                if max(box[3] for box in cell[page]) + 2 > min(box[2] for box in following[page]):
                    yield page + 1


def parted_sections(places, highest=75):
    """The page of each heading below which nothing but a paragraph of so many points stands, while the table below that begins on a later page."""
    kinds = {"/P", "/H1", "/H2", "/H3", "/H4", "/L", "/Figure", "/Table"}
    found = [(tag["/S"], places.of(tag)) for tag in tagged(places.root, kinds)]
    for (kind, heading), (words, paragraph), (last, table) in zip(found, found[1:], found[2:]):
        if kind.startswith("/H") and (words, last) == ("/P", "/Table") and heading and paragraph and table:
            (page, top, bottom), *more = paragraph
            if bottom - top < highest and not more and heading[0][0] == page < table[0][0]:
                yield page


def lines_of(document):
    """The lines of each page of a document of pypdfium2; where the typesetter hyphenates, both lines are one with U+FFFE in it."""
    for page in document:
        yield page.get_textpage().get_text_range().split("\r\n")


def words_cut(lines, vocabulary):
    """The two parts of each word that is cut at the end of a line without a hyphen.

    lines : those of one page. vocabulary : the words of the book in lower case; two parts that make one of them, and of which one
    is no word itself, are a word cut.
    """
    for line, following in pairwise(lines):
        end, start = re.search(rf"(?<![\w-]){LETTERS}+$", line.rstrip()), re.match(rf"{LETTERS}+(?![\w-])", following)
        if end and start:
            parts = end[0].lower(), start[0].lower()
            if "".join(parts) in vocabulary and not vocabulary.issuperset(parts):
                yield parts


def vocabulary(texts):
    """The words of the texts, in lower case."""
    return {word.lower() for text in texts for word in re.findall(rf"{LETTERS}+", text)}


def far_figures(places, furthest=1):
    """(page of the words before it, page of the figure) of each captioned figure that stands before these words or more than
    `furthest` pages after them. The words are the paragraph, list, heading or other figure that it follows in reading order."""
    last = None
    for tag in tagged(places.root, {"/P", "/H1", "/H2", "/H3", "/H4", "/L", "/Figure"}):
        where = places.of(tag)
        if not where:
            continue
        if tag["/S"] == "/Figure" and last is not None and not 0 <= where[0][0] - last <= furthest:
            yield last + 1, where[0][0] + 1
        last = where[-1][0]


def foreign_figures(places):
    """(page, words of the alternative text) of each figure that stands, by the page and the height on it, under another heading than the one it follows
    in reading order."""
    headings, figures = [], []
    for tag in tagged(places.root, {"/H1", "/H2", "/H3", "/H4", "/H5", "/Figure"}):
        for page, top, _ in places.of(tag)[:1]:
            if tag["/S"] == "/Figure":
                figures.append((page, top, headings[-1:], str(tag["/Alt"])[:30]))
            else:
                headings.append((page, top))
    for page, top, own, words in figures:
        if own != [max((heading for heading in headings if heading < (page, top)), default=None)]:
            yield page + 1, words


def beyond_the_foot(file, slack=4):
    """The pages, from 0, on which something but the running foot stands lower than the text may, by more than `slack` points."""
    for number, page in enumerate(pypdfium2.PdfDocument(file)):
        foot = TOP_AND_FOOT[page.get_width() > page.get_height()][1]
        for count in range(raw.FPDFPage_CountObjects(page)):
            thing = raw.FPDFPage_GetObject(page, count)
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            is_told = raw.FPDFPageObj_GetMarkedContentID(thing) >= 0  # what runs on each page is not
            has_box = number and is_told and raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
            if has_box and bottom.value < foot - slack:
                yield number
                break


def thin_pages(places, share=0.5):
    """The pages, from 0, that are filled to less than this share, but for the cover and for those before a page on which a part or
    an annex begins, or the end of the file."""
    labels = places.reader.page_labels
    lowest = {}
    for (page, _), boxes in places.drawn.items():
        lowest[page] = max([lowest.get(page, 0), *(bottom for _, bottom, *_ in boxes)])
    opened = {page for item in places.reader.outline for page in _opening_pages(places.reader, item)}
    for number, page in enumerate(places.reader.pages[1:], 1):
        across = page.mediabox.width > page.mediabox.height
        top, foot = TOP_AND_FOOT[across]
        filled = (lowest.get(number, 0) - top) / (float(page.mediabox.height) - top - foot)
        before_another = number + 1 == len(labels) or number + 1 in opened or labels[number + 1].endswith("-1")
        if filled < share and not before_another:
            yield number


def _opening_pages(reader, item):
    if not isinstance(item, list):
        yield reader.get_destination_page_number(item)
