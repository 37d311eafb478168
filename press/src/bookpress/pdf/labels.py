"""What the pages of a PDF are called, "ii", "12", "C-3": beside the thumbnail, and by links that lead to them."""

import re
from itertools import pairwise

import pikepdf

# What the compiler calls a figure: its number, its caption, and its number again.
_TWICE = re.compile(r"(\S+ \S+) .+\1(, .+)", re.DOTALL)
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
        return self.leads_to(self._places[name])

    def leads_to(self, target):
        """The number of the page, from 0, that the target of a link is on: a place by its name, or one that is described."""
        return self.page(str(target)) if isinstance(target, pikepdf.String) else self._numbers[target[0].objgen]


def label_annexes(document, annexes, end):
    """Label the pages of annexes, which the compiler leaves without: it labels pages with plain numbers alone.

    annexes : letter by the page, from 0, on which an annex begins. end : the first page after them; from there on
    pages have no label.
    """
    labels = pikepdf.NumberTree(document.Root.PageLabels)
    starts = sorted(annexes)
    for start, after in pairwise([*starts, end]):
        for page in range(start, after):
            labels[page] = pikepdf.Dictionary(S=pikepdf.Name.D, P=f"{annexes[start]}-", St=page - start + 1)
    for page in range(end, len(document.pages)):
        labels[page] = pikepdf.Dictionary()


def name_links(document, page):
    """Have links to figures and tables announced by their number once, and links to chapters by their page too. page : the word for one."""
    places, labels = Places(document), _plain_labels(document)
    has_page = re.compile(rf"(^|, ){re.escape(page)} \S+$")
    for link in [note for sheet in document.pages for note in sheet.get("/Annots", ()) if "/Dest" in note]:
        said = str(link.get("/Contents", ""))
        chapter, label = _NUMBERED.fullmatch(said), labels.get(places.leads_to(link.Dest))
        if twice := _TWICE.fullmatch(said):
            link.Contents = pikepdf.String(twice[1] + twice[2])
        elif chapter and label and not has_page.search(said):
            link.Contents = pikepdf.String(f"{chapter[1]}, {page} {label}")


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
