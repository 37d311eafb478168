"""The tags of tables in the PDF, as a screen reader finds them."""

import pikepdf
import pytest


@pytest.fixture(scope="module")
def tables(built_book):
    """For each table of the small book's PDF its rows; a row is a list of (kind, id, heads) of its cells."""
    with pikepdf.open(built_book / "build" / "small-book-1.2.0.pdf") as pdf:
        yield [_rows(table) for table in _find(pdf.Root.StructTreeRoot, "/Table")]


def _find(node, kind):
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if kid.S == kind:
                yield kid
            else:
                yield from _find(kid, kind)


def _rows(table):
    return [[_cell(cell) for kind in ("/TH", "/TD") for cell in _find(row, kind)] for row in _find(table, "/TR")]


def _cell(cell):
    attributes = next(entry for entry in cell.A if entry.O == "/Table")
    return str(cell.S), str(cell.get("/ID", "")), [str(head) for head in attributes.get("/Headers", [])]


def test_each_cell_is_announced_with_the_head_of_its_own_column(tables):
    for heads, *rows in tables:
        ids = [identity for _, identity, _ in heads]
        assert len(set(ids)) == len(ids) and {kind for kind, _, _ in heads} == {"/TH"}
        for row in rows:
            if len(row) == len(heads):
                assert [told for _, _, told in row] == [[identity] for identity in ids]


def test_the_name_of_a_group_is_read_before_its_rows_and_is_head_of_no_column(tables):
    grouped = next(rows for rows in tables if any(len(row) == 1 for row in rows))
    assert [len(row) for row in grouped] == [2, 1, 2, 2, 1, 2]
    assert [row[0][0] for row in grouped if len(row) == 1] == ["/TD", "/TD"]
