"""Tags of grouped tables, put right after the compiler: each cell is announced with the head of its own column.

Typst ties the cells below a group's name to that name alone, and through it to the heads of all
columns at once. A name across the table is no head of any column, and PDF knows no scope "the rows
below"; so it becomes a cell that is read before its rows.
"""

import pikepdf


def mend_grouped_tables(document):
    """Mend every table of the open PDF that has names of groups among its rows."""
    for table in _elements(document.Root.StructTreeRoot.K, "/Table"):
        _mend(table)


def _mend(table):
    heads, grouped = [], False
    for row in _elements(table.K, "/TR"):
        cells = list(_kids(row.K))
        if not heads:
            heads = [cell.ID for cell in cells]
        elif len(cells) == 1 and cells[0].S == "/TH" and _attributes(cells[0]).get("/ColSpan", 1) == len(heads):
            grouped = True
            _make_data_cell(cells[0])
        elif grouped and len(cells) == len(heads):
            for cell, head in zip(cells, heads, strict=True):
                _attributes(cell).Headers = pikepdf.Array([head])


def _make_data_cell(cell):
    cell.S = pikepdf.Name.TD
    del _attributes(cell)["/Scope"]
    del _attributes(cell)["/Headers"]


def _attributes(cell):
    """The cell's attributes as a table's cell (their owner is /Table)."""
    found = cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A]
    return next(entry for entry in found if entry.O == "/Table")


def _elements(kids, kind):
    """The structure elements of one kind, in reading order; those inside such an element are not looked for."""
    for kid in _kids(kids):
        if kid.S == kind:
            yield kid
        elif "/K" in kid:
            yield from _elements(kid.K, kind)


def _kids(kids):
    """The structure elements among an element's kids, which may be one or many, and numbers for marked words."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
