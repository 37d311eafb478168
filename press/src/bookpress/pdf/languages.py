"""Words in another language than the book's, said so in the tags.

The compiler says it of the marked words alone, where most screen readers do not look.
"""

import re
from itertools import groupby

import pikepdf

from .order import apart, places_of

_MARK = re.compile(rb"/MCID (\d+)/Lang\(([\w-]+)\)")  # as the compiler writes it


def tell_languages(document):
    """Give the tags of the open PDF the languages of their words: an element all of whose words are in one bears it, others get elements of their own for such words."""
    own, elements, langs = str(document.Root.Lang), {}, {}  # by id; by page and number
    parents = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
    for page in document.pages:
        marks = {int(number): lang.decode() for number, lang in _MARK.findall(page.Contents.read_bytes())}
        if foreign := {number: lang for number, lang in marks.items() if lang != own}:
            known = parents[page.StructParents]
            for number, lang in foreign.items():
                langs[page.objgen, number] = lang
                elements[known[number].objgen] = known[number]
    for element in elements.values():
        told = [(kid, place, langs.get(place and (place[0].objgen, place[1]))) for kid, place in places_of(element)]
        if len({lang for _, place, lang in told if place}) == 1 and all(_is_plain(kid) for kid, _, _ in told):
            element.Lang = pikepdf.String(next(lang for _, _, lang in told if lang))
            continue
        mended = []
        for lang, run in groupby(told, lambda kid: kid[2]):
            kids, places, _ = zip(*run, strict=True)
            if lang:
                span = apart(document, element, kids, places, parents)
                span.Lang = pikepdf.String(lang)
            mended += [span] if lang else kids
        element.K = pikepdf.Array(mended)


def _is_plain(kid):
    """Whether a kid of an element is marked words or a link's area, and no element."""
    return not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid
