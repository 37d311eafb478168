"""The HTML of a page beyond Sphinx' own: tables, figures, code cells and paragraphs, mended."""

from __future__ import annotations

import posixpath
import re
import urllib.parse
from xml.etree import ElementTree

from sphinx.errors import ExtensionError
from sphinx.locale import get_translation

from bookpress.book.languages import PRESS, runs_from_the_right
from bookpress.environment import PARAGRAPH_NUMBER
from bookpress.markup.html import (
    Element,
    classes,
    first,
    is_within,
    parsed,
    put_before,
    put_first,
    select,
    words_of,
    wrap,
    written_inside,
)
from bookpress.show import NAMED_BY
from bookpress.sphinx.abbreviations import explain
from bookpress.sphinx.page_metadata import shortened
from bookpress.sphinx.quotes import curl

_ = get_translation(PRESS)
POINT = 96 / 72  # CSS pixels
NARROW = "-narrow"  # ending of the name of a figure's drawing for a phone
SECTION_NUMBER = "section-number"  # Sphinx' class for the number of a heading
_NO_NAME = re.compile(r"[.!?…][»”\"’)\s]*$|^(?!.*\b(?:1[89]|20)\d\d\b).*\d")  # a sentence, or a number and no year
PHONE = "(max-width: 40rem)"  # pages on which it is shown; book.css holds the same


def mend(body, page_name, pictures, cite, number="", abbreviations=(), paragraphs=""):
    """Mend a page's HTML, a tree, for readers who do not see, or see little.

    number : that of the chapter, or the letter of the annex, or "".
    pictures : file by the address that a picture has below the site.
    cite : function from the words of a caption's number ("Figure 3") to the words that cite it.
    abbreviations : see `abbreviations.explain`.
    paragraphs : what stands before the numbers of its paragraphs, where it is no chapter.
    """
    # HTML allows no <p> in a summary, and no label with words other than those shown.
    for summary in select(body, "details.hide > summary"):
        summary.attrib.pop("aria-label", None)
        for words in summary.iter("p"):
            words.tag = "span"
    _gather_code(body)
    # A screen reader would read the mark with each heading and caption; the contents of the page
    # lead there too.
    for mark in select(body, "a.headerlink"):
        mark.attrib.update({"aria-hidden": "true", "tabindex": "-1"})
    for entry in select(body, '[role="doc-biblioentry"]'):
        entry.set("role", "listitem")
    for table in select(body, "table"):
        for head in select(table, "thead th"):
            head.set("scope", "col")
        if not is_within(table, ".screen"):
            _name_rows(table)
            curl(table)
        caption = first(table, "caption")
        label = shortened(words_of(caption)) if caption is not None else str(_("Table"))
        wrap(table, Element("div", {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label}))
    for figure in select(body, "figure"):
        _mend_figure(figure, page_name, pictures, cite)
        curl(figure)
    for words in select(body, "[lang]:not([dir])"):  # a number after words from the right would be drawn before them
        if runs_from_the_right(words.get("lang")):
            words.set("dir", "rtl")
    for code in select(body, "pre"):
        code.set("tabindex", "0")  # long lines scroll, also by the keyboard
    for node in select(body, "[style]"):  # refused by the page's content security policy
        del node.attrib["style"]
    if number:
        number_chapter(body, page_name, number)
    explain(number_paragraphs(body, page_name, number or paragraphs), abbreviations)


def _name_rows(table):
    """Make the cells that name a row its heads: those of the columns that the table's classes say, else the first, and beside one alone those of one more where it tells rows apart."""
    said = [int(name.removeprefix(NAMED_BY)) for name in classes(table) if name.startswith(NAMED_BY)] or [0]
    groups = [[]]  # of rows, each as its cells
    for row in select(table, "tbody tr"):
        if len(cells := list(row.iterchildren("td"))) > 1:
            groups[-1].append(cells)
        else:
            groups.append([])
    for column in said if len(said) > 1 else _naming_columns(groups, *said):
        for cells in (cells for group in groups for cells in group if words_of(cells[column]).strip()):
            cells[column].tag = "th"
            cells[column].set("scope", "row")


def _naming_columns(groups, column):
    """The given column, and the one without blanks that helps it most to name each row of a group alone; a screen reader tells both with each cell."""
    rows = [
        (number, [words_of(cell).strip() for cell in cells]) for number, group in enumerate(groups) for cells in group
    ]
    width = min((len(words) for _, words in rows), default=0)
    if not all(len(words) == width for _, words in rows):  # cells that reach over several rows or columns
        return [column]

    def alike(*columns):
        return len(rows) - len({(group, *(words[place] for place in columns)) for group, words in rows})

    def is_name(place):
        is_number = any("text-right" in classes(cells[place]) for group in groups for cells in group)
        others = sum(bool(_NO_NAME.search(words[place])) for _, words in rows)
        return not is_number and all(words[place] for _, words in rows) and 2 * others < len(rows)

    more = [place for place in range(width) if place != column and is_name(place)]
    best = min(more, key=lambda place: alike(column, place), default=column)
    return [column, best] if alike(column, best) < alike(column) else [column]


def number_chapter(body, page_name, number):
    """Put the number of a chapter before its name. Raises ExtensionError where Sphinx has numbered it already."""
    name = first(body, "h1")
    if first(name, f".{SECTION_NUMBER}") is not None:
        raise ExtensionError(
            f"{page_name}: is numbered by _toc.yml and by bookpress: annexes in _config.yml; take one of them away"
        )
    put_first(name, _section_number(number), " ")


def number_contents(contents, numbers):
    """Return the contents of the site, HTML, with the number of each chapter before its name.

    numbers : text by the address that the contents give the chapter.
    """
    tree = parsed(contents)
    for link in select(tree, "a[href]"):
        if number := numbers.get(link.get("href")):
            put_first(link, _section_number(number), " ")
    return written_inside(tree)


def _section_number(number):
    return _with_words("span", number, {"class": SECTION_NUMBER})


def _with_words(tag, words, attributes=()):
    node = Element(tag, dict(attributes))
    node.text = words
    return node


def number_paragraphs(body, page_name, chapter=""):
    """Number the paragraphs of the running text and the items of its lists, so that one of them can be cited.

    The third of chapter 2 is shown as 2.3; its id is p3, as on each page. Admonitions are part of it; captions, notes,
    rows and what is for the screen alone are not. Returns them. Raises ExtensionError for an id that
    the page has given to something else.
    """
    taken = {node.get("id") for node in select(body, "[id]")}
    found = list(filter(_is_running_text, select(body, "p:not([class])")))
    for number, node in enumerate(found, 1):
        place = f"p{number}"
        if place in taken:
            raise ExtensionError(
                f"{page_name}: the name ({place})= is that of paragraph {number}; give its place another"
            )
        # The look draws the number: it is not copied with the text.
        attributes = {
            "class": PARAGRAPH_NUMBER,
            "id": place,
            "href": f"#{place}",
            "data-number": f"{chapter}.{number}".lstrip("."),
        }
        put_first(node, Element("a", attributes | {"aria-hidden": "true", "tabindex": "-1"}))
    return found


def _is_running_text(node):
    """Whether a paragraph stands in a section, in an admonition, below a heading that code has written, or begins an item of a list there, and is for the paper too."""
    place = box = node.getparent()
    if place.tag == "li" and place.getparent().tag in ("ul", "ol") and next(place.iterchildren("*")) is node:
        place = place.getparent().getparent()
    is_led = bool(node.xpath("preceding-sibling::*[1][self::h2 or self::h3 or self::h4]"))
    is_inside = place.tag == "section" or "admonition" in classes(box) or is_led
    return is_inside and words_of(node).strip() and not is_within(node, "details, aside, .noprint")


def _gather_code(body):
    """Lay the hidden code of cells without output into the drawer of the next cell with output.

    A page then opens with its text, not with drawers.
    """
    waiting = []
    for cell in select(body, "div.cell"):
        drawer = next((node for node in cell.iterchildren("details") if "hide" in classes(node)), None)
        if drawer is None:
            continue
        shown = next((node for node in cell if "cell_output" in classes(node)), None)
        if shown is None or not (words_of(shown).strip() or select(shown, "img, svg, input, script")):
            waiting.append(cell)
            continue
        own = first(drawer, ".cell_input")
        for earlier in waiting:
            for code in select(earlier, ".cell_input"):
                put_before(own, code)
            earlier.drop_tree()
        waiting = []


def _mend_figure(figure, page_name, pictures, cite):
    image = first(figure, "img")
    if image is None or urllib.parse.urlsplit(image.get("src")).scheme:
        return
    file = pictures.get(posixpath.normpath(posixpath.join(posixpath.dirname(page_name), image.get("src"))))
    if file and file.suffix == ".svg":
        width, height = svg_size(file)
        image.attrib.update({"width": width, "height": height})
    image.set("loading", "lazy")
    _offer_narrow(image, page_name, pictures)
    number = first(figure, ".caption-number")
    name = words_of(number).strip() if number is not None else str(_("Figure"))
    if image.getparent().tag != "picture":  # without a drawing for a phone, it scrolls in a frame of its own
        wrap(image, Element("div", {"class": "scroll", "role": "group", "tabindex": "0", "aria-label": name}))
    data = next((node for node in figure.itersiblings("p") if "datafile" in classes(node)), None)
    if data is None:
        return
    for kind in ("svg", "png"):
        address = f"{image.get('src').rpartition('.')[0]}.{kind}"
        said = _("Image ({kind}) of {name}").format(kind=kind.upper(), name=name)
        attributes = {"href": address, "download": "", "aria-label": said}
        data.append(_with_words("a", _("Image ({kind})").format(kind=kind.upper()), attributes))
    data.tag = "div"
    details = Element("details")
    details.extend([_with_words("summary", str(_("Cite this figure"))), _with_words("p", cite(name))])
    data.append(details)


def _offer_narrow(image, page_name, pictures):
    """Give a figure's image its drawing for a phone, where it has one."""
    stem, _, ending = image.get("src").rpartition(".")
    address = f"{stem}{NARROW}.{ending}"
    file = pictures.get(posixpath.normpath(posixpath.join(posixpath.dirname(page_name), address)))
    if file:
        width, height = svg_size(file)
        picture = wrap(image, Element("picture"))
        put_first(picture, Element("source", {"media": PHONE, "srcset": address, "width": width, "height": height}))


def svg_size(file):
    """Width and height of a drawing in CSS pixels, as whole numbers in text."""
    root = ElementTree.parse(file).getroot()
    box = root.get("viewBox")
    width, height = (
        map(float, box.split()[2:])
        if box
        else (float(re.sub("[a-z]+$", "", root.get(side))) for side in ("width", "height"))
    )
    scale = POINT if root.get("width", "").endswith("pt") else 1
    return str(round(width * scale)), str(round(height * scale))
