"""Mutants are put into a copy of the package, which is checked."""

import shutil
from collections import Counter, defaultdict
from pathlib import Path

from azawad_conflict import tables
from azawad_conflict.tables import REPOSITORY
from mutants.package import ANYWHERE, BIBLIOGRAPHY, bibliography, csv_bytes, read_package


class Check:
    """A copy of the package in a folder, in which mutants are checked."""

    def __init__(self, root):
        self.folder = Path(shutil.copytree(REPOSITORY / "data", root / "data"))
        (root / "book").mkdir()
        self.bibliography = Path(shutil.copy(bibliography(), root / "book"))
        self.package = {table.file: table for table in read_package().values()}

    def faults(self, mutants):
        """The faults of the package with all of these mutants in it; the package is whole again afterwards."""
        before = {file: self._path(file).read_bytes() for file in set().union(*map(_files, mutants))}
        try:
            for file, content in self._broken(mutants, before).items():
                if content is None:
                    self._path(file).unlink()
                else:
                    self._path(file).write_bytes(content)
            return tables.check(self.folder)
        finally:
            for file, content in before.items():
                self._path(file).write_bytes(content)

    def survivors(self, mutants):
        """The mutants that the check does not refuse where they are broken, in their order.

        Mutants that touch nothing in common are checked together, since the check says every fault of a package. One
        that is not refused there is checked once more, alone.
        """
        survivors = set()
        for batch in batches(mutants):
            faults = self.faults(batch)
            at = defaultdict(list)
            for fault in faults:
                at[fault.file, fault.line, fault.column].append(fault)
            # Only the faults at its place can be those of a mutant; a big batch has a thousand others.
            left = [
                mutant
                for mutant in batch
                if not refused(mutant, faults if mutant.place == ANYWHERE else at[mutant.place])
            ]
            survivors |= {
                mutant.name for mutant in left if len(batch) == 1 or not refused(mutant, self.faults([mutant]))
            }
        return [mutant for mutant in mutants if mutant.name in survivors]

    def _path(self, file):
        return self.bibliography if file == BIBLIOGRAPHY else self.folder / file

    def _broken(self, mutants, before):
        """The content of each file that the mutants touch."""
        contents, rows = dict(before), {}
        for mutant in mutants:
            for file, row, column, value in mutant.cells:
                table = self.package[file]
                if file not in rows:
                    rows[file] = [list(cells) for cells in table.rows]
                rows[file][row][table.header.index(column)] = value
            if mutant.edit:
                file, edit = mutant.edit
                contents[file] = edit(contents[file])
        return contents | {file: csv_bytes([self.package[file].header, *rows[file]]) for file in rows}


def _files(mutant):
    return {mutant.edit[0]} if mutant.edit else {file for file, *_ in mutant.cells}


def batches(mutants):
    """Mutants that can be checked together: none touches what another one does."""
    alone = []
    levels = defaultdict(list)
    for mutant in mutants:
        levels[mutant.level].append(mutant)
    for level in levels.values():
        together, taken = [], []
        for mutant in level:
            if not mutant.touches:
                alone.append([mutant])
                continue
            free = next((number for number, touched in enumerate(taken) if not touched & mutant.touches), len(taken))
            if free == len(taken):
                together.append([])
                taken.append(set())
            together[free].append(mutant)
            taken[free] |= mutant.touches
        yield from together
    yield from alone


def refused(mutant, faults):
    """True when a fault is where the mutant is broken, and says what is wrong."""
    return any(
        mutant.place in (ANYWHERE, (fault.file, fault.line, fault.column)) and mutant.words in str(fault)
        for fault in faults
    )


def tally(mutants, survivors):
    """Numbers of mutants by level and kind: {(level, kind): (killed, survived)}."""
    total = Counter((mutant.level, mutant.kind) for mutant in mutants)
    survived = Counter((mutant.level, mutant.kind) for mutant in survivors)
    return {kind: (total[kind] - survived[kind], survived[kind]) for kind in total}
