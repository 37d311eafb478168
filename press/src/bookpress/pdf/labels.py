"""What the pages of a PDF are called, "ii", "12", "C-3": beside the thumbnail, and by links that lead to them."""

import re
from bisect import bisect
from collections import Counter
from itertools import pairwise

import pikepdf

# What the compiler calls a figure: its number, its caption, and its number again.
_TWICE = re.compile(r"(\S+ \S+)\. .+\1(, .+)", re.DOTALL)
_NUMBERED = re.compile(r"(.+) (\d+|[A-Z])", re.DOTALL)  # and a chapter: its name and its number, and no page


class Places:
    """Where the named places of an open PDF are."""

    def __init__(self, document):
        names = document.Root.get("/Names", pikepdf.Dictionary())
        self._places = pikepdf.NameTree(names.Dests) if "/Dests" in names else {}
        self._numbers = {page.objgen: number for number, page in enumerate(document.pages)}

    def __contains__(self, name):
        return name in self._places

    def page(self, name):
        """The number of the page, from 0, that the place with this name stands on. Raises KeyError."""
        return self.where(name)[0]

    def where(self, target):
        """The page, from 0, and how far down on it, of a place by its name, or of one that is described, as the target of a link is."""
        described = target if isinstance(target, pikepdf.Array) else self._places[str(target)]
        return self._numbers[described[0].objgen], -float(described[3])


def label_pages(document, annexes, end, cover, last):
    """Label the pages that the compiler leaves without, for it labels them with plain numbers alone.

    annexes : letter by the page, from 0, on which an annex begins. end : the first page after them. cover, last : words for the first
    page and for those at the end.
    """
    labels = pikepdf.NumberTree(document.Root.PageLabels)
    labels[0] = pikepdf.Dictionary(P=cover)
    starts = sorted(annexes)
    for start, after in pairwise([*starts, end]):
        for page in range(start, after):
            labels[page] = pikepdf.Dictionary(S=pikepdf.Name.D, P=f"{annexes[start]}-", St=page - start + 1)
    for page in range(end, len(document.pages)):
        labels[page] = pikepdf.Dictionary(S=pikepdf.Name.D, P=f"{last} ", St=page - end + 1)
    if end == len(document.pages) - 1:
        labels[end] = pikepdf.Dictionary(P=last)


def name_links(document, page, chapters, addresses):
    """Have links told by their printed words, and say of each where it leads: a figure or table by its number, a chapter by its name, each with its page.

    page : the word for one. chapters : name by the place. addresses : the same of links out of the book whose words are the address.
    The compiler gives the tag of a link other words, which a screen reader tells in place of the printed ones; what can be asked of the
    link is said of its area.
    """
    places, labels = Places(document), _plain_labels(document)
    elements = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
    starts = sorted((*places.where(place), name) for place, name in chapters.items())
    has_page = re.compile(rf"(?:(.+), )?{re.escape(page)} \S+", re.DOTALL)
    for link in [note for sheet in document.pages for note in sheet.get("/Annots", ())]:
        if "/Alt" in (element := elements[link.StructParent]):
            del element.Alt
        if "/Dest" not in link:
            if name := addresses.get(str(link.A.get("/URI", ""))):
                link.Contents = pikepdf.String(name)
            continue
        said = str(link.get("/Contents", ""))
        where = places.where(link.Dest)
        chapter, label, told = _NUMBERED.fullmatch(said), labels.get(where[0]), has_page.fullmatch(said)
        if twice := _TWICE.fullmatch(said):
            link.Contents = pikepdf.String(twice[1] + twice[2])
        elif chapter and label and not told:
            link.Contents = pikepdf.String(f"{chapter[1]}, {page} {label}")
        elif told and not told[1]:
            before = bisect(starts, where, key=lambda start: start[:2])
            around = starts[before - 1][2] if before else ""
            link.Contents = pikepdf.String(f"{around}, {said}" if around else said)


def name_bookmarks(document):
    """Have bookmarks that have the same words tell what they stand below."""
    entries = list(_bookmarks(document.Root.get("/Outlines", pikepdf.Dictionary())))
    count = Counter(str(entry.Title) for entry in entries)
    above = {entry.objgen: str(entry.Parent.get("/Title", "")) for entry in entries}
    for entry in entries:
        if count[str(entry.Title)] > 1 and above[entry.objgen]:
            entry.Title = pikepdf.String(f"{entry.Title} ({above[entry.objgen]})")


def _bookmarks(parent):
    """The entries of an outline below one, in order."""
    entry = parent.get("/First")
    while entry is not None:
        yield entry
        yield from _bookmarks(entry)
        entry = entry.get("/Next")


def _plain_labels(document):
    """The label of each page, from 0, that is called by a plain number, and a letter in an annex."""
    ranges, found = pikepdf.NumberTree(document.Root.PageLabels), {}
    starts = sorted(ranges.keys())
    for start, after in pairwise([*starts, len(document.pages)]):
        label = ranges[start]
        if label.get("/S") == "/D":
            for number in range(start, after):
                found[number] = f"{label.get('/P', '')}{int(label.get('/St', 1)) + number - start}"
    return found
