"""Tags put right after the compiler: each cell is announced with the head of its column, of its row, and of its group.

Typst knows heads of columns alone, and its last rows, which stand on one page, are a foot to it. It ties the cells below a group's name to that name and through it to all
columns at once, and leaves the first group's name among the heads of columns. It gives an item of a list without
marks an empty mark, and calls all marks circles. It has no tag for an abbreviation or for the number of a paragraph or of a heading: report.typ sets
them apart as quotations, which they are not, and here they become what they are.
"""

from itertools import chain, repeat

import pikepdf

LABEL, ABBREVIATION, ROW_ID = "label", "abbreviation", "row id"  # what words are that have a tag of their own
_WITHOUT_PARTS = frozenset(("/TOC", "/Lbl", "/Caption", "/Title"))  # in which nothing is mended but links
_NESTED = frozenset(("/L", "/LI", "/LBody"))


def mend_tags(document, named_by, set_apart, called):
    """Mend the tags of the open PDF: tie each cell of a table to its heads, label paragraphs, headings and items, leave out lines of code without words, put captions behind their figures and areas behind the words of links.

    named_by : of each table, in order, the columns that name its rows; those that the press adds after them are named by their first.
    set_apart : what to make of the words that report.typ sets apart, see `bookpress.pdf.write.Source`. called : what is said before
    the id of a row, which is no value of the last column. Returns the tags of those that it sets
    apart twice, for `bookpress.pdf.order.tell_whole`.
    """
    found, twice = {"/Table": [], "/L": [], "/Div": [], "/Quote": [], "/Code": [], "/Link": []}, []
    _gather(document.Root.StructTreeRoot.K, found, twice)
    named = {}
    for table, columns in zip(found["/Table"], chain(named_by, repeat((0,)))):
        named |= _mend(table, columns)
    if named:
        _name(document.Root.StructTreeRoot, named)
    for each in found["/L"]:
        _mend_list(each)
    for link in found["/Link"]:
        _put_areas_last(link)
    for code in found["/Code"]:  # lines without words
        code.K = pikepdf.Array(
            [line for line in code.K if not isinstance(line, pikepdf.Dictionary) or not _is_empty(line)]
        )
    for words, (kind, told, lang) in zip(found["/Quote"], set_apart, strict=True):
        words.S = pikepdf.Name.Lbl if kind == LABEL else pikepdf.Name.Span
        if kind == ABBREVIATION:
            words.E = pikepdf.String(told)
        elif told:  # a number that ends where it is told is no part of one that begins the paragraph
            words.ActualText = pikepdf.String(f"{called} {told}" if kind == ROW_ID else f"{told}.")
        if lang:
            words.Lang = pikepdf.String(lang)
    document.Root.StructTreeRoot.RoleMap.Title = pikepdf.Name.H1  # of the cover, a paragraph to the compiler
    for box in found["/Div"]:
        _put_caption_behind(box)
    _put_into_lists(document)
    return twice


def _gather(kids, found, twice):
    """Add the structure elements of some kinds to their lists, in reading order, and those that are set apart twice to theirs."""
    for kid in _all_kids(kids):
        if isinstance(kid, pikepdf.Dictionary) and (kind := kid.get("/S")) is not None:
            kind, below = str(kind), kid.get("/K")
            if kind == "/Quote" and _is_set_apart_twice(below):
                twice.append(kid)
                continue
            if kind in found:
                found[kind].append(kid)
            if below is not None:
                _gather(below, {"/Link": found["/Link"]} if kind in _WITHOUT_PARTS else found, twice)


def _is_set_apart_twice(kids):
    """Whether the kids of a quotation are one quotation, and no label of words that are set apart twice."""
    inner = list(_kids(kids))
    is_one = [kid.S for kid in inner] == ["/Quote"] and len(kids) == 1
    return is_one and not _is_set_apart_twice(inner[0].K)


def _mend_list(each):
    """Take empty marks from the items of a list, and say what the others are: dots, or in a list inside another signs of no known kind."""
    is_marked = False
    for item in _kids(each.K):
        kids = list(_kids(item.K))
        item.K = pikepdf.Array([kid for kid in kids if kid.S != "/Lbl" or not _is_empty(kid)])
        is_marked = is_marked or (item.S == "/LI" and item.K[0].S == "/Lbl")
    look = _attributes(each, "/List")
    if look.ListNumbering == "/Circle":
        look.ListNumbering = pikepdf.Name.Disc if is_marked and each.P.S not in _NESTED else pikepdf.Name("/None")


def _put_areas_last(link):
    """Put the areas to press on behind a link's words: between these, one link is heard as two, and a word in it as two parts."""
    link.K = pikepdf.Array(
        sorted(_all_kids(link.K), key=lambda kid: isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid)
    )


def _put_caption_behind(box):
    """Have a figure's caption follow it, as on the page: the figure's words begin with the title that the caption goes on from."""
    kids = list(_kids(box.K))
    if [kid.S for kid in kids[:2]] == ["/Caption", "/Figure"] and len(kids) == len(box.K):
        box.K = pikepdf.Array([kids[1], kids[0], *kids[2:]])


def _put_into_lists(document):
    """Make the links that follow a list of figures or tables entries of it: those to a work of reference, whose figures stand in one line."""
    above = document.Root.StructTreeRoot.K
    above, listed, kids = above[0] if isinstance(above, pikepdf.Array) else above, None, []
    for kid in above.K:
        is_element = isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        if is_element and listed is not None and kid.S == "/Link":
            entry, words = (document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem)) for _ in range(2))
            entry.S, entry.P, entry.K = pikepdf.Name.TOCI, listed, pikepdf.Array([words])
            words.S, words.P, words.K = pikepdf.Name.Reference, entry, pikepdf.Array([kid])
            kid.P = words
            listed.K.append(entry)
            continue
        listed = kid if is_element and kid.S == "/TOC" else None
        kids.append(kid)
    above.K = pikepdf.Array(kids)


def _mend(table, columns):
    """Mend one table, whose rows some columns name; return its new heads by their ids."""
    named, heads, ids, group = {}, [], [], None
    _move_last_rows(table)
    for row in _elements(table.K, "/TR"):
        cells = list(_kids(row.K))
        if not heads:
            if any(cell.S != "/TH" for cell in cells):  # the author gave it none
                break
            heads, ids = cells, [head.ID for head in cells]
        elif len(cells) == 1 and _attributes(cells[0]).get("/ColSpan", 1) == len(heads) > 1:
            group = cells[0]
            if group.S == "/TD":  # of the last rows, which the compiler has for a foot
                group.S, group.ID = pikepdf.Name.TH, _id_of(heads[0], len(named))
                named[bytes(group.ID)] = group
            _attributes(group).Scope = pikepdf.Name.Row
            _attributes(group).Headers = pikepdf.Array([])
            if row.P.S == "/THead":
                _move_to_body(table, row)
        elif len(cells) == len(heads) > 1 and cells[0].S == "/TD":
            outer = [] if group is None else [group.ID]
            names = {column: cells[column] for column in columns if "/K" in cells[column]}
            for column, name in names.items():
                name.S, name.ID = pikepdf.Name.TH, name.get("/ID", _id_of(heads[column], len(named)))
                _attributes(name).Scope = pikepdf.Name.Row
                named[bytes(name.ID)] = name
            own = [name.ID for name in names.values()]
            for place, (cell, identity) in enumerate(zip(cells, ids, strict=True)):
                _attributes(cell).Headers = pikepdf.Array([identity, *outer, *([] if place in names else own)])
    return named


def _id_of(head, number):
    """An id that no other element has: those of the compiler end with the place of their cell."""
    return pikepdf.String(f"{head.ID}row{number}")


def _move_to_body(table, row):
    """Move a group's name from the heads of columns to the rows below it."""
    head, bodies = row.P, [kid for kid in _kids(table.K) if kid.S == "/TBody"]
    head.K = pikepdf.Array([kid for kid in head.K if kid.objgen != row.objgen])
    body = bodies[0]
    body.K.insert(0, row)
    row.P = body


def _move_last_rows(table):
    """Move the last rows of a table from its foot to the rows above it."""
    parts = {part.S: part for part in _kids(table.K)}
    foot, body = parts.get("/TFoot"), parts.get("/TBody")
    if foot is None:
        return
    for row in _kids(foot.K):
        body.K.append(row)
        row.P = body
    table.K = pikepdf.Array([kid for kid in table.K if kid.objgen != foot.objgen])


def _name(root, named):
    """Add elements to the tree in which a reader finds them by id."""
    names = pikepdf.NameTree(root.IDTree)
    known = {key.encode(): element for key, element in names.items()}
    entries = sorted((known | named).items())
    root.IDTree = pikepdf.Dictionary(
        Names=pikepdf.Array([part for key, element in entries for part in (pikepdf.String(key), element)])
    )


def _is_empty(element):
    return isinstance(element.K, pikepdf.Array) and len(element.K) == 0


def _attributes(element, owner="/Table"):
    """The element's attributes as a table's cell, or as a list."""
    given = element.A
    return next(entry for entry in (given if isinstance(given, pikepdf.Array) else [given]) if entry.O == owner)


def _elements(kids, kind):
    """The structure elements of one kind, in reading order; those inside such an element are not looked for."""
    for kid in _kids(kids):
        if kid.S == kind:
            yield kid
        elif "/K" in kid:
            yield from _elements(kid.K, kind)


def _all_kids(kids):
    """The kids of an element, which may be one or many."""
    return kids if isinstance(kids, pikepdf.Array) else [kids]


def _kids(kids):
    """The structure elements among an element's kids, which may be numbers for marked words too."""
    for kid in _all_kids(kids):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
