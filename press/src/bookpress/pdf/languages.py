"""Words in another language than the book's, said so in the tags.

The compiler says it of the marked words alone, where most screen readers do not look.
"""

import re
from itertools import groupby

import pikepdf

from .order import apart, places_of

_MARK = re.compile(rb"/MCID (\d+)/Lang\(([\w-]+)\)")  # as the compiler writes it


def tell_languages(document):
    """Give the tags of the open PDF the languages of their words: an element all of whose words are in one bears it, others get elements of their own for such words.

    The compiler gives a list or an item the language of its first words, and says of others alone that theirs is another; an element bears
    no language here that a part of it has not.
    """
    own, langs, elements = str(document.Root.Lang), {}, {}  # by page and number; by id
    parents, pages = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree), {}
    for page in document.pages:
        pages[page.objgen] = page
        found = _MARK.findall(page.Contents.read_bytes())
        langs |= {(page.objgen, int(number)): lang.decode() for number, lang in found}
    for element in _bearing(document.Root.StructTreeRoot.K):
        _take_from(element, own, langs)
    langs = {place: lang for place, lang in langs.items() if lang != own}
    for page, number in langs:
        element = parents[pages[page].StructParents][number]
        elements[element.objgen] = element
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


def _bearing(kids):
    """The elements that bear a language, in none that does."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if "/Lang" in kid and "/E" not in kid:
                yield kid
            elif "/K" in kid:
                yield from _bearing(kid.K)


def _take_from(element, above, langs):
    """Take its language from an element and from all below it; note it for the words that have none of their own. That of the name of an abbreviation stays."""
    lang = str(element.get("/Lang", above)) if "/E" not in element else above
    if "/Lang" in element and "/E" not in element:
        del element.Lang
    for kid, place in places_of(element) if "/K" in element else ():
        if place:
            langs.setdefault((place[0].objgen, place[1]), lang)
        elif not _is_plain(kid):
            _take_from(kid, lang, langs)


def _is_plain(kid):
    """Whether a kid of an element is marked words or a link's area, and no element."""
    return not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid
