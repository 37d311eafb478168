"""Mutants of the data package: each breaks a copy in one way, and says where the check has to find it.

Most are generated from datapackage.json, so that a new table or column brings its own. `PYTHONPATH=tests python -m mutants` prints
how many of each kind the check refuses; with --alone it checks each in a copy of its own, which takes a while.

"""

from mutants.cells import cell_mutants
from mutants.checking import Check, batches, refused, tally
from mutants.descriptor import descriptor_mutants
from mutants.files import file_mutants
from mutants.package import Mutant, read_package
from mutants.references import bibliography_mutants
from mutants.rules import rule_mutants

__all__ = ["Check", "Mutant", "all_mutants", "batches", "read_package", "refused", "tally"]


def all_mutants():
    """Every mutant, in an order that stays the same."""
    package = read_package()
    return [
        *(mutant for table in package.values() for mutant in cell_mutants(table)),
        *(mutant for table in package.values() for mutant in file_mutants(table)),
        *rule_mutants(package),
        *bibliography_mutants(package),
        *descriptor_mutants(package),
    ]
