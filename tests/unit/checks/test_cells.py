"""One look at all cells of a column passes none that a look at each would find."""

from hypothesis import example, given
from hypothesis import strategies as st

from azawad_conflict.checks.csv_files import LONGEST_CELL, _are_plain, _cell_reason

WORDS = st.text(alphabet="ab =+@-\n\t\ré\u200b", max_size=6)


@given(st.lists(WORDS, unique=True), st.booleans())
@example(["a\nb"], True)
@example(["a", "=1"], True)
@example(["", "=1"], False)
@example(["a" * (LONGEST_CELL + 1)], False)
@example(["a  b", "a "], True)
def test_plain_cells_have_no_fault(texts, is_text):
    if _are_plain(texts, is_text):
        assert [text for text in texts if _cell_reason(text, is_text)] == []


def test_columns_of_plain_cells_are_told():
    assert _are_plain(["", "gao_2012_06_27", "A word; and 1,234 more."], True)
    assert _are_plain(["=1", ""], False) and not _are_plain(["=1", ""], True)
    assert not _are_plain(["Ménaka"], True)
