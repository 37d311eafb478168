"""Files and cells are the same by the quick way and by the thorough one."""

from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from azawad_conflict import tables
from azawad_conflict.checks import csv_files
from azawad_conflict.checks.csv_files import LONGEST_CELL, _are_plain, _cell_reason, read_cells

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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["a", "b", ",", ",", "\n", "\n", '"', '""', '"a"', "\r", "\0", "é", "\ufeff", "<<<<<<<"]))
)
@example(["a", ",", '"b""é"', "\n", '""', ",", "\n"])
@example(['"a', "\n", 'b"', ",", "a", "\n"])
@example(["<<<<<<<", " ,a", "\n"])
@example(["a\0b", ",", '"c\0d"', "\n", "a\0e", ",", "c", "\n"])
@example(["a", ",", '"b\rc"', "\n"])
@example([" ", "\n", "b", "\n"])
@example(["a", ",", "b"])
def test_a_regular_file_is_read_as_the_csv_module_reads_it(tmp_path, parts):
    for text, columns in (("x,y\n" + "".join(parts), ["x", "y"]), ("x\n" + "".join(parts), ["x"])):
        (tmp_path / "table.csv").write_bytes(text.encode())
        cells, faults = read_cells(tmp_path / "table.csv", columns)
        with patch.object(csv_files, "_regular", return_value=None):
            thorough, found = read_cells(tmp_path / "table.csv", columns)
        assert faults == found
        assert (cells is None) == (thorough is None)
        if cells is not None:
            pd.testing.assert_frame_equal(cells, thorough, check_index_type=False)


@pytest.mark.parametrize("text", ["\ufeffx,y\na,b\n", "y,x\na,b\n", "x,y\n", "x,y\na,\xe9\n", 'x,y\na,b"c\n'])
def test_other_files_are_left_to_the_csv_module(text):
    assert csv_files._regular(text.encode("utf-8" if "\ufeff" in text else "latin-1"), ["x", "y"]) is None


def test_the_files_of_the_project_are_regular():
    for resource in tables.schema()["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert csv_files._regular((tables.data_dir() / resource["path"]).read_bytes(), columns) is not None
