"""How many mutants of each kind the check refuses."""

import sys
import tempfile
from pathlib import Path

from mutants import Check, all_mutants, refused, tally


def main():
    mutants = all_mutants()
    with tempfile.TemporaryDirectory() as folder:
        check = Check(Path(folder))
        if "--alone" in sys.argv[1:]:
            survivors = [mutant for mutant in mutants if not refused(mutant, check.faults([mutant]))]
        else:
            survivors = check.survivors(mutants)
    counts = tally(mutants, survivors)
    for (level, kind), (killed, survived) in counts.items():
        print(f"{level:14}{kind:45}{killed:6}{survived:6}")
    print(f"{'all':59}{len(mutants) - len(survivors):6}{len(survivors):6}")
    print(*(f"survived: {mutant.name}" for mutant in survivors), sep="\n")


if __name__ == "__main__":
    main()
