"""A copy of the project's data that a test can break."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from azawad_conflict.tables import REPOSITORY


class DataCopy:
    """A copy of data/ and of the bibliography beside it, edited cell by cell or as raw bytes."""

    def __init__(self, root):
        self.folder = root / "data"
        self.folder.mkdir()
        for path in (REPOSITORY / "data").glob("*.*"):
            shutil.copy(path, self.folder)
        (root / "book").mkdir()
        self.bibliography = Path(shutil.copy(REPOSITORY / "book" / "references.bib", root / "book"))

    def path(self, file):
        return self.bibliography if file == "references.bib" else self.folder / file

    def read(self, file):
        return self.path(file).read_bytes().decode()

    def write(self, file, content):
        self.path(file).write_bytes(content if isinstance(content, bytes) else content.encode())

    def replace(self, file, old, new):
        """Replace the first occurrence in the file's text, which must be there."""
        text = self.read(file)
        assert old in text, f"{file} has no {old!r}: the test no longer breaks anything"
        self.write(file, text.replace(old, new, 1))

    def line_of(self, file, row_id):
        """Number of the line that starts with the row's id."""
        starts = [number for number, line in enumerate(self.read(file).split("\n"), 1) if line.startswith(f"{row_id},")]
        assert starts, f"{file} has no row {row_id}: the test no longer breaks anything"
        return starts[0]

    def set(self, file, row_id, **values):
        """Set cells of one row, by column; return the row's line."""
        line = self.line_of(file, row_id)
        lines = self.read(file).split("\n")
        header = lines[0].split(",")
        (cells,) = csv.reader([lines[line - 1]])
        for column, value in values.items():
            assert cells[header.index(column)] != value, f"{file} has {value!r} there already"
            cells[header.index(column)] = value
        row = io.StringIO()
        csv.writer(row, lineterminator="\n").writerow(cells)
        lines[line - 1] = row.getvalue().removesuffix("\n")
        self.write(file, "\n".join(lines))
        return line

    def remove(self, file, row_id):
        """Remove one row."""
        lines = self.read(file).split("\n")
        del lines[self.line_of(file, row_id) - 1]
        self.write(file, "\n".join(lines))

    def append(self, file, row):
        """Add a row at the end; return its line."""
        text = self.read(file)
        self.write(file, text + row + "\n")
        return text.count("\n") + 1


@pytest.fixture
def data_copy(tmp_path):
    return DataCopy(tmp_path)
