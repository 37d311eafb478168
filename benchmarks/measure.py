"""What a benchmark gives, and the table of all: each thing measured beside a floor of the same run, as a ratio with a goal."""

import csv
import datetime
import os
import platform
import statistics
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MEASURED = Path(__file__).with_name("measured.csv")  # what the last run gave; the book prints it
REPEATS = 5
COLUMNS = ("what", "unit", "median", "lowest", "highest", "times", "floor", "ratio", "goal", "met", "machine", "date")


@dataclass(frozen=True)
class Measured:
    """One line of the table: the values of each repetition, in `unit`; the floor they are held against, and the ratio to reach.

    Without a goal it is told for comparison; without a floor there is no ratio, and the goal is one of the median itself.
    """

    what: str
    values: list
    unit: str = "s"
    floor: float | None = None
    goal: float | None = None

    @property
    def median(self):
        return statistics.median(self.values)

    @property
    def ratio(self):
        """Of the median to the floor; None without one."""
        return None if self.floor is None else self.median / self.floor

    @property
    def met(self):
        """Whether the goal is reached; None without one."""
        return None if self.goal is None else (self.median if self.ratio is None else self.ratio) <= self.goal


def printed(rows):
    """The table as text."""
    width = max(len(row.what) for row in rows)
    lines = [f"{'what':{width}}  {'median':>9}  {'spread':>21}  {'floor':>9}  {'ratio':>6}  {'goal':>6}  met"]
    for row in rows:
        spread = f"{min(row.values):.2f} to {max(row.values):.2f} {row.unit}"
        told = [_number(row.floor), _number(row.ratio), _number(row.goal)]
        lines.append(
            f"{row.what:{width}}  {row.median:9.2f}  {spread:>21}  {told[0]:>9}  {told[1]:>6}  {told[2]:>6}  {_word(row.met)}"
        )
    return "\n".join(lines)


def keep(rows):
    """Write the table to MEASURED, with the machine and the day."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    day = datetime.date.today().isoformat()
    with MEASURED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            values = [_number(value) for value in (row.median, min(row.values), max(row.values))]
            told = [_number(row.floor), _number(row.ratio), _number(row.goal), _word(row.met), machine, day]
            writer.writerow([row.what, row.unit, *values, len(row.values), *told])


def _number(value):
    return "" if value is None else f"{value:.2f}"


def _word(met):
    return {None: "", True: "yes", False: "no"}[met]
