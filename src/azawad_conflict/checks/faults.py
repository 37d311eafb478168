"""A fault in the data: where it is, what is wrong, what was expected."""

from dataclasses import dataclass

import pandas as pd

FILE = "(file)"  # stands for the column where a fault concerns the file as a whole
ROW = "(row)"  # stands for the column where a fault concerns a line as a whole


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one place. Faults sort by file, line, column."""

    file: str
    line: int
    column: str
    problem: str
    expected: str

    def __str__(self):
        text = f"{self.file}:{self.line}: {self.column}: {self.problem}, expected {self.expected}"
        # One fault is one line on any terminal, whatever the cell holds.
        return "".join(char if char.isprintable() else "?" for char in text)


class DataError(ValueError):
    """The data folder has faults; `faults` holds each of them and the message lists them all."""

    def __init__(self, faults):
        self.faults = list(faults)
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__("\n".join([f"{count} in the data:", *map(str, self.faults)]))


def quoted(value: object) -> str:
    """A cell as a message shows it: in quotes, cut to 60 characters."""
    text = str(value)
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'


def row_faults(table: str, rows: pd.DataFrame, column: str, problem: str, expected: str) -> list[Fault]:
    """One fault per row of a frame whose index is the line in the table's file.

    problem, expected : templates over the row's columns, such as "low {low} is above best {best}".
    """
    if rows.empty:  # nearly always: to_dict is slow even on nothing
        return []
    return [
        Fault(f"{table}.csv", int(line), column, problem.format_map(row), expected.format_map(row))
        for line, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]
