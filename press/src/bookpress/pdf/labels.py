"""What the pages of a PDF are called: the labels that a reader shows beside the thumbnail, "ii", "12", "C-3"."""

from itertools import pairwise

import pikepdf


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
        return self._numbers[self._places[name][0].objgen]


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
