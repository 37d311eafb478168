"""Run all benchmarks, print the table of each as it is done, and keep them in measured.csv: python benchmarks/run.py [name ...]

Exit code 1 when a goal is missed. A ratio, not a time, is the result: it is what another machine would find too.
"""

import sys

import exports
import pdf
import peers
import scale
import serving
from measure import keep, printed

import book

ALL = {"book": book, "pdf": pdf, "scale": scale, "exports": exports, "serving": serving, "peers": peers}


def main(names):
    """Run the named benchmarks, all by default; only a whole run is kept."""
    if unknown := set(names) - set(ALL):
        print(f"no benchmark {min(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    rows = []
    for name in names or ALL:
        measured = ALL[name].measure()
        print(printed(measured), end="\n\n", flush=True)
        rows += measured
    if not names:
        keep(rows)
    return int(any(row.met is False for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
